package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
)

func TestCommentsSwitchRulesOff(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want []string
	}{
		{"above the header",
			"# lint: allow same-as-source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", nil},
		{"among other lines",
			"# A name.\n#. 1201\n# lint: allow same-as-source\n#. more\n[OUT_OF_STOCK.title]\n" +
				"other = \"Out of stock\"", nil},
		{"inside",
			"[OUT_OF_STOCK.title]\n#. en: \"Out of stock\"\n# lint: allow same-as-source\n" +
				"other = \"Out of stock\"", nil},
		{"below the form",
			"[OUT_OF_STOCK.title]\nother = \"Out of stock\"\n# lint: allow same-as-source\n\n[labels.email]",
			nil},
		{"behind the header",
			"[OUT_OF_STOCK.title] # lint: allow same-as-source\nother = \"Out of stock\"", nil},
		{"behind the form", "[OUT_OF_STOCK.title]\nother = \"Out of stock\" # lint: allow same-as-source",
			nil},
		{"several rules",
			"# lint: allow punctuation, same-as-source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"",
			nil},
		{"several lines",
			"# lint: allow punctuation\n#lint: allow same-as-source\n[OUT_OF_STOCK.title]\n" +
				"other = \"Out of stock\"", nil},
		{"above a plain text", "[OUT_OF_STOCK]\n# lint: allow same-as-source\ntitle = \"Out of stock\"",
			nil},
		{"behind a plain text", "[OUT_OF_STOCK]\ntitle = \"Out of stock\" # lint: allow same-as-source",
			nil},
		{"above an inline table",
			"[OUT_OF_STOCK]\n# lint: allow same-as-source\ntitle = { other = \"Out of stock\" }", nil},
		{"behind nested inline tables",
			"OUT_OF_STOCK = { title = { other = \"Out of stock\" } } # lint: allow same-as-source", nil},
		{"above dotted keys",
			"[OUT_OF_STOCK]\n# lint: allow same-as-source\ntitle.other = \"Out of stock\"", nil},
		{"a fault of a text",
			"# lint: allow unknown-placeholder\n[OUT_OF_STOCK.title]\nother = \"Nicht {{.X}} da\"", nil},
		{"an unknown code", "# lint: allow unknown-code\n[OLD.title]\nother = \"Nicht da\"", nil},

		{"capital letters",
			"# Lint: Allow Same-As-Source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", nil},
		{"apart from the form, in front of another",
			"[OUT_OF_STOCK.detail]\none = \"{{.Item}}\"\n\n# lint: allow punctuation\n\n" +
				"other = \"{{.Left}} {{.Item}}\"", nil},
		{"apart from the head, in front of the first form",
			"[OUT_OF_STOCK.title]\n\n# lint: allow same-as-source\n\nother = \"Out of stock\"", nil},
		{"apart from the head of a text without forms",
			"[OUT_OF_STOCK.title] # later\n\n# lint: allow missing\n", nil},
		{"apart from the text above, at the head below",
			"[labels.email]\nother = \"Post\"\n\n# lint: allow same-as-source\n#. 1201\n" +
				"[OUT_OF_STOCK.title]\nother = \"Out of stock\"", nil},

		{"another rule", "# lint: allow punctuation\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"",
			[]string{"3:10 same-as-source"}},
		{"another text",
			"# lint: allow same-as-source\n[OUT_OF_STOCK.help]\nother = \"Choose less, please.\"\n" +
				"[OUT_OF_STOCK.title]\nother = \"Out of stock\"",
			[]string{"5:10 same-as-source"}},
		{"a comment of the next header",
			"[OUT_OF_STOCK.title]\nother = \"Out of stock\"\n# lint: allow same-as-source\n" +
				"[labels.email]\nother = \"Post\"",
			[]string{"2:10 same-as-source"}},
		{"a fault of another text",
			"[OUT_OF_STOCK.title]\nother = \"Nicht {{.X}} da\"\n# lint: allow unknown-placeholder\n" +
				"[labels.email]\nother = \"Post\"",
			[]string{"2:16 unknown-placeholder"}},
		{"a line of the command's",
			"#. lint: allow same-as-source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"",
			[]string{"3:10 same-as-source"}},
		{"a parked text",
			"#~ # lint: allow same-as-source\n#~ [OLD.title]\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			nil},
		{"an unknown rule", "# lint: allow same-as-sorce\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			[]string{"1:15 lint-comment"}},
		{"an unknown and a known rule",
			"# lint: allow html, nothing\n[OUT_OF_STOCK.title]\nother = \"<b>Nicht da\"",
			[]string{"1:21 lint-comment"}},
		{"a rule of files", "# lint: allow toml-syntax\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			[]string{"1:15 lint-comment"}},
		{"no rule", "# lint: allow\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			[]string{"1:8 lint-comment"}},
		{"no verb", "# lint: html\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			[]string{"1:8 lint-comment"}},
		{"another verb", "# lint: allows html\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			[]string{"1:8 lint-comment"}},
		{"between two texts",
			"[labels.email]\nother = \"Post\"\n\n# lint: allow same-as-source\n\n[OUT_OF_STOCK.title]\n" +
				"other = \"Out of stock\"",
			[]string{"4:1 lint-comment", "7:10 same-as-source"}},
		{"between two texts, with a note",
			"[OUT_OF_STOCK.title]\nother = \"Out of stock\" # sic\n# note\n\n# lint: allow same-as-source\n",
			[]string{"2:10 same-as-source", "5:1 lint-comment"}},
		{"no text", "# lint: allow html\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			[]string{"1:1 lint-comment"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, shop(), "de", tt.src, tt.want) })
	}
}

func TestUnknownRuleHasAHint(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"same-as-sorce", "did you mean same-as-source?"},
		{"same", "did you mean same-as-source?"},
		{"long", "did you mean too-long?"},
		{"placeholder",
			"did you mean placeholder-syntax or unknown-placeholder or near-miss-placeholder or " +
				"missing-placeholder or title-placeholder or foreign-placeholder or " +
				"glued-placeholder?"},
		{"nothing", "https://github.com/errlingo/errlingo/blob/main/docs/lint.md lists the rules"},
		{"toml-syntax", "it is about the file, not about one text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := check(t, shop(), "de",
				"# lint: allow "+tt.name+"\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"")
			if len(findings) != 1 || findings[0].Hint != tt.want {
				t.Errorf("got %+v", findings)
			}
		})
	}
}

func TestHintsNameTheComment(t *testing.T) {
	d := shop()
	d.Codes[0].Texts[0].Max = 20
	d.Codes[0].Texts[2] = text("Take less\u200b.")
	_, findings := check(t, d, "de",
		"[OUT_OF_STOCK.title]\nother = \"Ganz und gar nicht da; Out of stock \"")
	if len(findings) != 3 {
		t.Fatalf("got %v", findings)
	}
	for _, f := range findings {
		want := fmt.Sprintf("if this is intended, write \"# lint: allow %s\" above the text", f.Rule)
		if f.File == "" {
			want += " in en.toml"
		}
		if !strings.HasSuffix(f.Hint, want) {
			t.Errorf("%s: the hint is %q, want it to end with %q", f.Rule, f.Hint, want)
		}
	}
}

// TestEveryRuleOfATextCanBeSwitchedOff takes a file with all of them and allows each in turn.
func TestEveryRuleOfATextCanBeSwitchedOff(t *testing.T) {
	d := shop()
	d.Codes[0].Texts[0].Max = 20
	for rule, src := range map[string]string{
		"unknown-code":          "[OLD.title]\nother = \"Nicht da\"",
		"unknown-part":          "[OUT_OF_STOCK.note]\nother = \"Nicht da\"",
		"unknown-label":         "[labels.mail]\nother = \"Post\"",
		"placeholder-syntax":    "[OUT_OF_STOCK.title]\nother = \"Nicht {{da\"",
		"unknown-placeholder":   "[OUT_OF_STOCK.title]\nother = \"Nicht {{.Da}}\"",
		"near-miss-placeholder": "[OUT_OF_STOCK.title]\nother = \"Nicht {Item}\"",
		"missing-placeholder": "[OUT_OF_STOCK.detail]\none = \"Ein {{.Item}}.\"\n" +
			"other = \"Nur {{.Left}}.\"",
		"missing-category": "[OUT_OF_STOCK.detail]\nother = \"Nur {{.Left}} {{.Item}}.\"",
		"impossible-category": "[OUT_OF_STOCK.detail]\none = \"Ein {{.Item}}.\"\n" +
			"few = \"{{.Item}}.\"\nother = \"Nur {{.Left}} {{.Item}}.\"",
		"unused-form":         "[OUT_OF_STOCK.title]\none = \"Nicht da\"\nother = \"Nicht da\"",
		"blank":               "[OUT_OF_STOCK.title]\nother = \" \"",
		"flag":                "[OUT_OF_STOCK.title]\n#, fuzzy\nother = \"Nicht da\"",
		"go-i18n-field":       "[OUT_OF_STOCK.title]\nhash = \"sha1-x\"\nother = \"Nicht da\"",
		"title-placeholder":   "[OUT_OF_STOCK.title]\nother = \"Nicht {{.Item}}\"",
		"too-long":            "[OUT_OF_STOCK.title]\nother = \"Ganz und gar nicht da\"",
		"space":               "[OUT_OF_STOCK.title]\nother = \"Nicht da \"",
		"punctuation":         "[OUT_OF_STOCK.title]\nother = \"Nicht da.\"",
		"same-as-source":      "[OUT_OF_STOCK.title]\nother = \"Out of stock\"",
		"control-character":   "[OUT_OF_STOCK.title]\nother = \"Nicht\\tda\"",
		"bidi-control":        "[OUT_OF_STOCK.title]\nother = \"Nicht\\u202eda\"",
		"invisible-character": "[OUT_OF_STOCK.title]\nother = \"Nicht\\u200bda\"",
		"html":                "[OUT_OF_STOCK.title]\nother = \"<b>Nicht da\"",
	} {
		t.Run(rule, func(t *testing.T) {
			got, _ := check(t, d, "de", src)
			if len(got) != 1 || !strings.HasSuffix(got[0], " "+rule) {
				t.Errorf("without a comment: got %q", got)
			}
			expect(t, d, "de", "# lint: allow "+rule+"\n"+src, nil)
		})
	}
}

// FuzzCheck checks that no locale file that can be read makes the check panic, and that checking
// twice finds the same.
func FuzzCheck(f *testing.F) {
	f.Add("# lint: allow html\n[OUT_OF_STOCK.detail]\none = \"{.Item} \u2068\"\n" +
		"other = '''{{.Left}} <b>'''\n")
	f.Add("OUT_OF_STOCK = { title = { other = \"Out of stock\" } } # lint: allow same-as-source\n")
	f.Add("#lint:\n[OUT_OF_STOCK]\n# lint: allow x,,y\ntitle.one = \"\\u0000\"\nhelp = \"｛Item｝\"\n")
	d := shop()
	f.Fuzz(func(t *testing.T, src string) {
		file, syntax, _ := localefile.Read("de.toml", language.German, []byte(src))
		if len(syntax) > 0 {
			return
		}
		files := []*localefile.File{file}
		if first, again := lint.Check(d, files, nil, nil).Error(),
			lint.Check(d, files, nil, nil).Error(); first != again {
			t.Errorf("first\n%s\nthen\n%s", first, again)
		}
	})
}

func TestFlags(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want []string
	}{
		{"flags", "[OUT_OF_STOCK.title]\n#, stale\n#, review\nother = \"Nicht da\"", nil},
		{"another comment with a comma",
			"[OUT_OF_STOCK.title]\n#,,, a wave\n#,stalemate\nother = \"Nicht da\"", nil},
		{"flags of a table without a form, above the next",
			"[OUT_OF_STOCK.title]\n#, review\n[labels.email]\nother = \"Post\"", nil},
		{"a translator's confirmation", "[OUT_OF_STOCK.title]\n#, ok\nother = \"Nicht da\"", nil},

		{"two flags on a line", "[OUT_OF_STOCK.title]\n#, stale a6f8d80e, review\nother = \"Nicht da\"",
			[]string{"2:1 flag"}},
		{"the flag of gettext", "[OUT_OF_STOCK.title]\n#, fuzzy\nother = \"Nicht da\"",
			[]string{"2:1 flag"}},
		{"no space", "[OUT_OF_STOCK.title]\n#,stale a6f8d80e\nother = \"Nicht da\"",
			[]string{"2:1 flag"}},
		{"a sentence", "[OUT_OF_STOCK.title]\n#, review bitte prüfen\nother = \"Nicht da\"",
			[]string{"2:1 flag"}},
		{"capital letter", "[OUT_OF_STOCK.title]\n#, Stale\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"nothing", "[OUT_OF_STOCK.title]\n#,\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"behind a form", "[OUT_OF_STOCK.title]\nother = \"Nicht da\" #, review", []string{"2:20 flag"}},
		{"a flag of version 1", "[OUT_OF_STOCK.title]\n#, full\nother = \"Nicht da\"",
			[]string{"2:1 flag"}},
		{"above the first head", "#, review\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"",
			[]string{"1:1 flag"}},
		{"above another head",
			"[labels.email]\nother = \"Post\"\n\n#. 1201\n#, review\n[OUT_OF_STOCK.title]\n" +
				"other = \"Nicht da\"", []string{"5:1 flag"}},
		{"under a name alone", "[OUT_OF_STOCK]\n#, review\ntitle = \"Nicht da\"", []string{"2:1 flag"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, shop(), "de", tt.src, tt.want) })
	}
}

// TestFlagAboveAHeadIsOfTheTextAbove checks that a flag counts for the text for which it counts
// when the file is written.
func TestFlagAboveAHeadIsOfTheTextAbove(t *testing.T) {
	const form = "one = \"Nicht da\"\nother = \"Nicht da\"\n"
	expect(t, shop(), "de", "[OUT_OF_STOCK.title]\n"+form+"#, stale\n[labels.email]\n"+form,
		[]string{"6:8 unused-form"})
}

// TestExcuses checks that a file with nothing but its texts and their excuses has the errors that
// the file has.
func TestExcuses(t *testing.T) {
	const form = "one = \"Nicht da\"\nother = \"{{.Left}}\"\n"
	tests := []struct {
		name, src string
		want      []string // of OUT_OF_STOCK.detail
	}{
		{"none", "# A comment.\n[OUT_OF_STOCK.detail]\n#. en: \"x\"\n#, review\n" + form, nil},
		{"a rule whose findings are errors", "# lint: allow missing-placeholder\n[OUT_OF_STOCK.detail]\n" + form,
			[]string{"# lint: allow missing-placeholder"}},
		{"several", "[OUT_OF_STOCK.detail]\n# lint: allow blank, bidi-control\none = \"x\"\nother = \"y\" # lint: allow missing-placeholder\n",
			[]string{"# lint: allow missing-placeholder blank bidi-control"}},
		{"a rule whose findings are warnings", "# lint: allow punctuation\n[OUT_OF_STOCK.detail]\n" + form, nil},
		{"stale", "[OUT_OF_STOCK.detail]\n# , stale\n" + form, []string{"#, stale"}},
		{"both", "# lint: allow missing-placeholder\n[OUT_OF_STOCK.detail]\n#, stale\n" + form,
			[]string{"# lint: allow missing-placeholder", "#, stale"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := read(t, "de", test.src)
			got := lint.Excuses(file)[file.Entries[0].ID]
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			texts := strings.Split(test.src, "]\n")[1]
			bare := read(t, "de", "[OUT_OF_STOCK.detail]\n"+strings.Join(append(got, texts), "\n"))
			checker := lint.NewChecker(shop(), nil)
			if got, want := checker.File(bare).Errors(), checker.File(file).Errors(); len(got) != len(want) {
				t.Errorf("with its excuses the text has the errors\n%v\nwant\n%v", got, want)
			}
		})
	}
}

func TestFieldsOfGoI18n(t *testing.T) {
	const fields = "hash = \"sha1-abc\"\nDescription = \"The title.\"\nid = \"x\"\n" +
		"leftDelim = \"{{\"\nrightDelim = \"}}\"\n"
	for _, src := range []string{
		"[OUT_OF_STOCK.title]\n" + fields + "other = \"Nicht da\"",
		"[OUT_OF_STOCK.title]\n" + fields +
			"other = \"Nicht {{.X}} da\"\n# lint: allow unknown-placeholder",
	} {
		expect(t, shop(), "de", src, []string{"2:1 go-i18n-field", "3:1 go-i18n-field",
			"4:1 go-i18n-field", "5:1 go-i18n-field", "6:1 go-i18n-field"})
	}
	_, findings := check(t, shop(), "de",
		"[OUT_OF_STOCK]\ntitle = { description = \"x\", other = \"Nicht da\" }")
	const want = "write it as a comment above the table and delete the line; if this is intended, " +
		"write \"# lint: allow go-i18n-field\" above the text"
	if len(findings) != 1 || findings[0].Rule != lint.RuleGoI18nField.ID || findings[0].Hint != want {
		t.Errorf("got %+v", findings)
	}
}
