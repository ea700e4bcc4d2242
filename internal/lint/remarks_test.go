package lint_test

import (
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
		{"above the header", "# lint: allow same-as-source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", nil},
		{"among other lines", "# A name.\n#. 1201\n# lint: allow same-as-source\n#. more\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", nil},
		{"inside", "[OUT_OF_STOCK.title]\n#. en: \"Out of stock\"\n# lint: allow same-as-source\nother = \"Out of stock\"", nil},
		{"below the form", "[OUT_OF_STOCK.title]\nother = \"Out of stock\"\n# lint: allow same-as-source\n\n[labels.email]", nil},
		{"behind the header", "[OUT_OF_STOCK.title] # lint: allow same-as-source\nother = \"Out of stock\"", nil},
		{"behind the form", "[OUT_OF_STOCK.title]\nother = \"Out of stock\" # lint: allow same-as-source", nil},
		{"several rules", "# lint: allow punctuation, same-as-source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", nil},
		{"several lines", "# lint: allow punctuation\n#lint: allow same-as-source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", nil},
		{"above a plain text", "[OUT_OF_STOCK]\n# lint: allow same-as-source\ntitle = \"Out of stock\"", nil},
		{"behind a plain text", "[OUT_OF_STOCK]\ntitle = \"Out of stock\" # lint: allow same-as-source", nil},
		{"above an inline table", "[OUT_OF_STOCK]\n# lint: allow same-as-source\ntitle = { other = \"Out of stock\" }", nil},
		{"behind nested inline tables", "OUT_OF_STOCK = { title = { other = \"Out of stock\" } } # lint: allow same-as-source", nil},
		{"above dotted keys", "[OUT_OF_STOCK]\n# lint: allow same-as-source\ntitle.other = \"Out of stock\"", nil},
		{"a fault of a text", "# lint: allow unknown-placeholder\n[OUT_OF_STOCK.title]\nother = \"Nicht {{.X}} da\"", nil},
		{"an unknown code", "# lint: allow unknown-code\n[OLD.title]\nother = \"Nicht da\"", nil},

		{"another rule", "# lint: allow punctuation\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", []string{"3:10 same-as-source"}},
		{"another text", "# lint: allow same-as-source\n[OUT_OF_STOCK.help]\nother = \"Choose less, please.\"\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"",
			[]string{"5:10 same-as-source"}},
		{"a comment of the next header", "[OUT_OF_STOCK.title]\nother = \"Out of stock\"\n# lint: allow same-as-source\n[labels.email]\nother = \"Post\"",
			[]string{"2:10 same-as-source"}},
		{"a fault of another text", "[OUT_OF_STOCK.title]\nother = \"Nicht {{.X}} da\"\n# lint: allow unknown-placeholder\n[labels.email]\nother = \"Post\"",
			[]string{"2:16 unknown-placeholder"}},
		{"a line of the command's", "#. lint: allow same-as-source\n[OUT_OF_STOCK.title]\nother = \"Out of stock\"", []string{"3:10 same-as-source"}},
		{"a parked text", "#~ # lint: allow same-as-source\n#~ [OLD.title]\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", nil},
		{"an unknown rule", "# lint: allow same-as-sorce\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"1:15 lint-comment"}},
		{"an unknown and a known rule", "# lint: allow html, nothing\n[OUT_OF_STOCK.title]\nother = \"<b>Nicht da\"", []string{"1:21 lint-comment"}},
		{"a rule of files", "# lint: allow toml-syntax\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"1:15 lint-comment"}},
		{"no rule", "# lint: allow\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"1:8 lint-comment"}},
		{"no verb", "# lint: html\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"1:8 lint-comment"}},
		{"another verb", "# lint: allows html\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"1:8 lint-comment"}},
		{"no text", "# lint: allow html\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"1:1 lint-comment"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, shop(), "de", tt.src, tt.want) })
	}
}

func TestUnknownRuleHasNearestHint(t *testing.T) {
	_, findings := check(t, shop(), "de", "# lint: allow same-as-sorce\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"")
	if len(findings) != 1 || findings[0].Hint != "did you mean same-as-source?" {
		t.Errorf("got %+v", findings)
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
		"missing-placeholder":   "[OUT_OF_STOCK.detail]\none = \"Ein {{.Item}}.\"\nother = \"Nur {{.Left}}.\"",
		"missing-category":      "[OUT_OF_STOCK.detail]\nother = \"Nur {{.Left}} {{.Item}}.\"",
		"impossible-category":   "[OUT_OF_STOCK.detail]\none = \"Ein {{.Item}}.\"\nfew = \"{{.Item}}.\"\nother = \"Nur {{.Left}} {{.Item}}.\"",
		"unused-form":           "[OUT_OF_STOCK.title]\none = \"Nicht da\"\nother = \"Nicht da\"",
		"too-long":              "[OUT_OF_STOCK.title]\nother = \"Ganz und gar nicht da\"",
		"space":                 "[OUT_OF_STOCK.title]\nother = \"Nicht da \"",
		"punctuation":           "[OUT_OF_STOCK.title]\nother = \"Nicht da.\"",
		"same-as-source":        "[OUT_OF_STOCK.title]\nother = \"Out of stock\"",
		"control-character":     "[OUT_OF_STOCK.title]\nother = \"Nicht\\tda\"",
		"bidi-control":          "[OUT_OF_STOCK.title]\nother = \"Nicht\\u202eda\"",
		"invisible-character":   "[OUT_OF_STOCK.title]\nother = \"Nicht\\u200bda\"",
		"html":                  "[OUT_OF_STOCK.title]\nother = \"<b>Nicht da\"",
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

func TestAllowed(t *testing.T) {
	f := read(t, "de", "# lint: allow missing, stale\n[OUT_OF_STOCK.title]\nother = \"\"\n")
	allowed := lint.AllowedIn(f)
	title := localefile.ID{Name: "OUT_OF_STOCK", Part: "title"}
	help := localefile.ID{Name: "OUT_OF_STOCK", Part: "help"}
	if !allowed.Has(title, lint.RuleMissing) || allowed.Has(title, lint.RuleReview) || allowed.Has(help, lint.RuleMissing) {
		t.Errorf("got %+v", allowed)
	}
	if (lint.Allowed{}).Has(title, lint.RuleMissing) {
		t.Error("the zero value allows something")
	}
}

// FuzzCheck holds that no locale file that can be read makes the check panic, and that checking twice finds the same.
func FuzzCheck(f *testing.F) {
	f.Add("# lint: allow html\n[OUT_OF_STOCK.detail]\none = \"{.Item} \u2068\"\nother = '''{{.Left}} <b>'''\n")
	f.Add("OUT_OF_STOCK = { title = { other = \"Out of stock\" } } # lint: allow same-as-source\n")
	f.Add("#lint:\n[OUT_OF_STOCK]\n# lint: allow x,,y\ntitle.one = \"\\u0000\"\nhelp = \"｛Item｝\"\n")
	d := shop()
	f.Fuzz(func(t *testing.T, src string) {
		file, syntax, _ := localefile.Read("de.toml", language.German, []byte(src))
		if len(syntax) > 0 {
			return
		}
		files := []*localefile.File{file}
		if first, again := lint.Check(d, files).Error(), lint.Check(d, files).Error(); first != again {
			t.Errorf("first\n%s\nthen\n%s", first, again)
		}
	})
}
