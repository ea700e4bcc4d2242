package tomldoc_test

import (
	"slices"
	"testing"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// TestHints checks that each of the common mistakes is one finding, with a hint that says what to
// write.
func TestHints(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want string
	}{
		{"typographic quotation marks", "other = „Feld leer“",
			`1:9 toml-syntax: „ is not a quotation mark in TOML (write "…", with plain quotation marks)`},
		{"quotation marks of French", "other = « Champ vide »",
			`1:9 toml-syntax: « is not a quotation mark in TOML (write "…", with plain quotation marks)`},
		{"quotation marks in a text", `other = "Feld "E-Mail" leer"`,
			`1:16 toml-syntax: expected the end of the line, found "E" (write \" for a quotation mark ` +
				`inside a text)`},
		{"a quotation mark of each sort in a text", `other = "Feld „E-Mail" leer"`,
			`1:24 toml-syntax: expected the end of the line, found "l" (write \" for a quotation mark ` +
				`inside a text)`},
		{"an apostrophe in a text", "other = 'Feld geht's'",
			`1:20 toml-syntax: expected the end of the line, found "s" (put a text with an apostrophe in ` +
				`"…")`},
		{"no closing mark", "other = \"Feld leer",
			`1:9 toml-syntax: this string is not closed (end the text with " on the same line)`},
		{"no closing apostrophe", "other = 'Feld leer\n",
			`1:9 toml-syntax: this string is not closed on its line (end the text with ' on the same line)`},
		{"a typographic closing mark", "other = \"Feld leer”\n",
			`1:9 toml-syntax: this string is not closed on its line (” is not a quotation mark in TOML; end ` +
				`the text with ")`},
		{"a closing mark behind a backslash", `other = "Feld leer\"` + "\n",
			`1:9 toml-syntax: this string is not closed on its line ` +
				`(\" is a quotation mark inside the text, and \\ a backslash; end the text with " on the ` +
				`same line)`},
		{"no value", "other =",
			`1:8 toml-syntax: expected a value, found the end of the file (write "" for an empty text)`},
		{"a comment for a value", "other = # later\n",
			`1:9 toml-syntax: expected a value, found "#" (write "" for an empty text)`},
		{"no equals sign", `other "x"`,
			`1:7 toml-syntax: expected "=" after the key, found "\"" (write other = "…")`},
		{"a sentence", "Das ist noch offen\n",
			`1:5 toml-syntax: expected "=" after the key, found "i" (start a comment with #)`},
		{"a header without its end", "[FIELD.title\n",
			`1:13 toml-syntax: expected "]" after the table's name, found the end of the line (write ` +
				`[FIELD.title])`},
		{"a header of two sorts of brackets", "[FIELD.title}\n",
			`1:13 toml-syntax: expected "]" after the table's name, found "}" (write [FIELD.title])`},
		{"a header of two words", "[FIELD title]\n",
			`1:8 toml-syntax: expected "]" after the table's name, found "t"`},
		{"a comma behind a text", "other = \"x\",\n",
			`1:12 toml-syntax: expected the end of the line, found "," (remove the ",")`},
		{"two forms on a line", `one = "x", other = "y"`,
			`1:10 toml-syntax: expected the end of the line, found "," (begin a new line for each key)`},
		{"a remark behind a text", "other = \"x\" unsure\n",
			`1:13 toml-syntax: expected the end of the line, found "u" (start a comment with #)`},
		{"a no-break space before a key", "\u00a0other = \"x\"",
			"1:1 toml-syntax: U+00A0 is a no-break space (replace the no-break space with a plain one)"},
		{"a no-break space before a text", "other =\u202f\"x\"",
			"1:8 toml-syntax: U+202F is a no-break space (replace the no-break space with a plain one)"},
		{"a no-break space behind a text", "other = \"x\"\u00a0\n",
			"1:12 toml-syntax: U+00A0 is a no-break space (replace the no-break space with a plain one)"},
		{"a wide space before a key", "\u3000other = \"x\"",
			"1:1 toml-syntax: U+3000 is not a plain space (replace it with a plain one)"},
		{"a zero-width space before a key", "\u200bother = \"x\"",
			"1:1 toml-syntax: U+200B is a character that cannot be seen (remove it)"},
		{"a colon", `other: "x"`,
			`1:6 toml-syntax: expected "=" after the key, found ":" (write = instead of :)`},
		{"a colon and an equals sign", `other := "x"`,
			`1:7 toml-syntax: expected "=" after the key, found ":=" (write = instead of :=)`},
		{"a wide equals sign", `other ＝ "x"`,
			`1:7 toml-syntax: expected "=" after the key, found "＝" (write = instead of ＝)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, found := tomldoc.Parse("x.toml", []byte(test.src))
			if got := describe(found); !slices.Equal(got, []string{test.want}) {
				t.Errorf("%s\ngot  %q\nwant %q", test.src, got, test.want)
			}
		})
	}
}
