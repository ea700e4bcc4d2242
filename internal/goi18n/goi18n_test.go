package goi18n_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/goi18n"
	"github.com/errlingo/errlingo/internal/plural"
)

// show writes a message in one line.
func show(m goi18n.Message) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d:%d %s", m.At.Line, m.At.Column, m.ID)
	for c, form := range m.Forms {
		if form != "" {
			fmt.Fprintf(&b, " %v=%q", plural.Category(c), form)
		}
	}
	for _, extra := range []string{m.Description, m.Hash, m.LeftDelim + m.RightDelim,
		strings.Join(m.Comments, "|")} {
		if extra != "" {
			fmt.Fprintf(&b, " <%s>", extra)
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	for _, test := range []struct{ name, file, src, want string }{
		{"a flat file", "active.en.toml", `hello = "Hello"`, `1:1 hello other="Hello"`},
		{"tables", "en.toml", "# Top\n\n# Seen\n[a]\nhash = \"sha1-1\"\none = \"1\"\nother = \"n\"",
			`4:1 a one="1" other="n" <sha1-1> <Seen>`},
		{"nested tables", "en.toml", "[a.b]\nother = \"n\"\n[a.c]\nx = \"X\"",
			"1:1 a.b other=\"n\"\n4:1 a.c.x other=\"X\""},
		{"dotted keys", "en.toml", `a.b = "B"`, `1:1 a.b other="B"`},
		{"a quoted dotted key", "en.toml", "[\"a.b\"]\nother = \"B\"", `1:1 a.b other="B"`},
		{"a key with spaces", "en.toml", `"Hello there" = "Hi"`, `1:1 Hello there other="Hi"`},
		{"an inline table", "en.toml", "# Seen\na = { description = \"D\", other = \"B\" }",
			`2:1 a other="B" <D> <Seen>`},
		{"delimiters", "en.toml", "[a]\nleftDelim = \"<<\"\nrightDelim = \">>\"\nother = \"<<.X>>\"",
			`1:1 a other="<<.X>>" <<<>>>`},
		{"a group called other", "en.toml", "[other.a]\nother = \"A\"", `1:1 other.a other="A"`},
		{"JSON", "en.json", "{\n  \"a\": {\"one\": \"1\", \"other\": \"n\"},\n  \"b\": {\"c\": \"C\"}\n}",
			"2:3 a one=\"1\" other=\"n\"\n3:9 b.c other=\"C\""},
		{"a JSON list", "en.json", `[{"id": "a", "other": "\ud83d\ude00"}]`, `1:2 a other="😀"`},
		{"a list of go-i18n v1", "en.json", `[{"id": "a", "translation": "A"},
 {"id": "b", "translation": {"one": "1", "other": "n"}}]`,
			"1:2 a other=\"A\"\n2:2 b one=\"1\" other=\"n\""},
		{"YAML", "en.yaml", "# Seen\na:\n  one: '1'\n  other: n\nb:\n  c d: C\n",
			"2:1 a one=\"1\" other=\"n\" <Seen>\n6:3 b.c d other=\"C\""},
		{"a YAML list", "en.yml", "- id: a\n  other: A\n", `1:3 a other="A"`},
		{"an empty YAML file", "en.yml", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, findings := goi18n.Read(test.file, []byte(test.src))
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			var got []string
			for _, m := range f.Messages {
				got = append(got, show(m))
			}
			if got := strings.Join(got, "\n"); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestComments(t *testing.T) {
	for _, test := range []struct{ name, file, src, want string }{
		{"TOML", "en.toml", "# Top\n\n# Of a\na = \"A\" # beside\n\n# End", "[Top beside End]"},
		{"YAML", "en.yaml", "# Top\n\n# Group\na:\n  # Of b\n  b: B\n", "[Top Group]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, findings := goi18n.Read(test.file, []byte(test.src))
			if got := fmt.Sprint(f.Comments); len(findings) > 0 || got != test.want {
				t.Errorf("got %s, %v, want %s", got, findings, test.want)
			}
		})
	}
}

func TestReadFindings(t *testing.T) {
	for _, test := range []struct{ name, file, src, want string }{
		{"no language", "messages.toml", "", "messages.toml: its name has no language"},
		{"another format", "en.po", "", `en.po: ".po" is not a format of go-i18n`},
		{"a number", "en.toml", "a = 1", `en.toml:1:1: "a" is not a message`},
		{"a list of tables", "en.toml", "[[a]]\nid = \"x\"", `en.toml:1:1: "a" is not a message`},
		{"an unknown field", "en.json", `{"a": {"other": "A", "note": "N"}}`,
			`en.json:1:22: "note" is not a field of the message "a"`},
		{"a message twice", "en.toml", "a.b = \"1\"\n\"a.b\" = \"2\"",
			`en.toml:2:1: the message "a.b" is here twice, first in line 1`},
		{"no ID", "en.json", `[{"other": "A"}]`, "en.json:1:2: a message without an ID"},
		{"broken JSON", "en.json", "{\n\"a\": }", "en.json:2:6: not valid JSON: "},
		{"two JSON values", "en.json", "{} {}", "en.json:1:4: something follows the end of the object"},
		{"deep JSON", "en.json", strings.Repeat("[", 5000), "en.json:1:101: not valid JSON: values are"},
		{"broken YAML", "en.yaml", "a: b\nc: [", "en.yaml:2: not valid YAML: "},
		{"two YAML documents", "en.yaml", "a: A\n---\nb: B\n", "en.yaml:2:1: a second document"},
		{"an alias of a table", "en.yaml", "a: &x\n  other: A\nb: *x\n", `en.yaml:3:1: "b" is not a message`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, findings := goi18n.Read(test.file, []byte(test.src))
			if len(findings) != 1 || !strings.HasPrefix(findings[0].Error(), test.want) {
				t.Errorf("got %q, want %q", findings, test.want)
			}
		})
	}
}
