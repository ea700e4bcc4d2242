package lint_test

import (
	"testing"

	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

func TestMissingPlaceholderHints(t *testing.T) {
	tests := []struct {
		name, tag, src, want string
	}{
		{"a form for more numbers than the source's", "ru",
			"one = \"Осталась одна штука {{.Item}}.\"\nfew = \"{{.Left}} {{.Item}}.\"\n" +
				"many = \"{{.Left}} {{.Item}}.\"\nother = \"{{.Left}} {{.Item}}.\"",
			`the form "one" of ru is for 21, 31, 41, too: show {{.Left}} in it, as in "Only {{.Left}} ` +
				`pieces of {{.Item}} are left."`},
		{"a form for one number more", "fr",
			"one = \"Un seul {{.Item}}.\"\nmany = \"{{.Left}} {{.Item}}.\"\n" +
				"other = \"{{.Left}} {{.Item}}.\"",
			`the form "one" of fr is for 0, too: show {{.Left}} in it, as in "Only {{.Left}} pieces of ` +
				`{{.Item}} are left."`},
		{"a form that the source has with the placeholder", "de",
			"one = \"Ein {{.Item}}.\"\nother = \"Einige {{.Item}}.\"",
			`the source text is "Only {{.Left}} pieces of {{.Item}} are left."`},
		{"a form that the source does not have", "ru",
			"one = \"{{.Left}} {{.Item}}.\"\nfew = \"{{.Item}}.\"\nmany = \"{{.Left}} {{.Item}}.\"\n" +
				"other = \"{{.Left}} {{.Item}}.\"",
			`the source text is "Only {{.Left}} pieces of {{.Item}} are left."`},
		{"another placeholder", "de", "one = \"Eines.\"\nother = \"{{.Left}} {{.Item}}.\"",
			`the source text is "Only one {{.Item}} is left."`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := check(t, shop(), tt.tag, "[OUT_OF_STOCK.detail]\n"+tt.src)
			if len(findings) != 1 || findings[0].Rule != lint.RuleMissingPlaceholder.ID ||
				findings[0].Hint != tt.want {
				t.Errorf("got %+v", findings)
			}
		})
	}
}

func TestNearMissIsNotMissing(t *testing.T) {
	expect(t, domain("No {{.Item}}", "Item"), "de", "[A_CODE.title]\nother = \"Kein {.Item}\"",
		[]string{"2:15 near-miss-placeholder"})
	expect(t, shop(), "de", "[OUT_OF_STOCK.detail]\none = \"Ein {.Item}.\"\nother = \"{.Itme}.\"",
		[]string{"2:12 near-miss-placeholder", "3:10 missing-placeholder", "3:10 near-miss-placeholder"})
}

func TestNearMisses(t *testing.T) {
	for _, tt := range []struct{ written, param string }{
		{"{.Item}", "Item"}, {"{Item}", "Item"}, {"{item}", "Item"}, {"{ .item }", "Item"},
		{"{.Itme}", "Item"}, {"${Item}", "Item"},
		{"{.Item}}", "Item"}, {"｛｛.Item｝｝", "Item"},
	} {
		t.Run(tt.written, func(t *testing.T) {
			_, findings := check(t, domain("No {{.Item}} here", "Item"), "de",
				"[A_CODE.title]\nother = \"Kein {{.Item}}: "+tt.written+" hier\"")
			if len(findings) != 1 || findings[0].Rule != lint.RuleNearMiss.ID ||
				findings[0].Hint != "write {{."+tt.param+"}}" || findings[0].Fix.Old != tt.written ||
				findings[0].Fix.New != "{{."+tt.param+"}}" {
				t.Errorf("%+v", findings)
			}
		})
	}
	for _, fine := range []string{"{}", "{other}", "{{.Item}}", "{ }", "{.}", "{{ .Item }}"} {
		t.Run(fine, func(t *testing.T) {
			expect(t, domain("No {{.Item}} here", "Item"), "de",
				"[A_CODE.title]\nother = \"Kein {{.Item}}: "+fine+" hier\"", nil)
		})
	}
}

func TestPlaceholderOfSomeSourceFormsIsNeededOnce(t *testing.T) {
	d := shop()
	d.Codes[0].Texts[model.Detail].Forms[plural.One] = "Only one is left."
	expect(t, d, "de",
		"[OUT_OF_STOCK.detail]\none = \"Eines ist da.\"\nother = \"{{.Left}} {{.Item}} sind da.\"", nil)
	expect(t, d, "de",
		"[OUT_OF_STOCK.detail]\none = \"Eines ist da.\"\nother = \"{{.Left}} sind da.\"",
		[]string{"1:1 missing-placeholder"})
}
