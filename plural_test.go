package errlingo_test

import (
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

// TestCounts checks that one count selects the forms of all texts, and that a text for an exact zero
// belongs to the locale that has it.
func TestCounts(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("counts"))
	name, n := catalog.String("Name", "socks"), catalog.Int("N", 3)
	few := domain.Define(1, "TOO_FEW", catalog.Spec{
		Title:  "Too few pieces",
		Detail: "{{.N}} are left.",
		Help:   "Take {{.N}}.",
		Plural: catalog.Plural{
			By: n, One: "One is left.", ExactZero: "Sold out: {{.Name}}.",
			Title: catalog.Forms{One: "Only a piece"},
			Help:  catalog.Forms{One: "Take it."}, HelpExactZero: "Come back.",
		},
		Params: catalog.Params{name, n},
	})
	const (
		german = "[TOO_FEW.title]\nother = \"Zu wenige\"\n[TOO_FEW.detail]\none = \"Noch eins.\"\nother = \"Noch {{.N}}.\"\n" +
			"[TOO_FEW.help]\nother = \"Nehmen Sie {{.N}}.\"\n"
		zeros  = "[TOO_FEW.detail_zero]\nother = \"Keine mehr.\"\n[TOO_FEW.help_zero]\nother = \"Später wieder.\"\n"
		arabic = "[TOO_FEW.title]\nother = \"t\"\n[TOO_FEW.detail]\nzero = \"zero\"\nother = \"other {{.N}}\"\n"
	)
	bundle := load(t, from(domain, files("de", german, "de-CH", german+zeros, "ar", arabic,
		"lv", arabic+zeros, "fr", zeros)))
	tests := []struct {
		name, lang string
		err        error
		want       string // title, detail and help
	}{
		{"one", "en", few.New(name.Arg("a"), n.Arg(1)), "Only a piece|One is left.|Take it."},
		{"other", "en", few.New(name.Arg("a"), n.Arg(2)), "Too few pieces|2 are left.|Take 2."},
		{"zero", "en", few.New(name.Arg("a"), n.Arg(0)), "Too few pieces|Sold out: a.|Come back."},
		{"minus zero", "en", few.New(name.Arg("a"), n.Arg(-0)), "Too few pieces|Sold out: a.|Come back."},
		{"an argument of the zero text is missing", "en", few.New(n.Arg(0)), "Too few pieces||Come back."},
		{"no count", "en", few.New(name.Arg("a")), "Too few pieces||"},
		{"a locale without the zero texts", "de", few.New(n.Arg(0)), "Zu wenige|Noch 0.|Nehmen Sie 0."},
		{"a locale with them", "de-CH", few.New(n.Arg(0)), "Zu wenige|Keine mehr.|Später wieder."},
		{"other count there", "de-CH", few.New(n.Arg(1)), "Zu wenige|Noch eins.|Nehmen Sie 1."},
		{"the category zero", "ar", few.New(n.Arg(0)), "t|zero|Come back."},
		{"before the category zero", "lv", few.New(n.Arg(0)), "t|Keine mehr.|Come back."},
		{"another count of the category zero", "lv", few.New(n.Arg(10)), "t|zero|Take 10."},
		{"only the zero texts", "fr", few.New(name.Arg("a"), n.Arg(0)),
			"Too few pieces|Sold out: a.|Come back."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := bundle.Localizer(test.lang).Localize(test.err)
			got := m.Title.Value + "|" + m.Detail.Value + "|" + m.Help.Value
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got, want := few.New(name.Arg("a"), n.Arg(0)).Error(), "TOO_FEW (1): Sold out: a"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

// TestUndeclaredZero checks that a locale file can't bring a text for an exact zero to a code that
// has none, and that a finding says so.
func TestUndeclaredZero(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts+"[OUT_OF_STOCK.detail_zero]\nother = \"Weg\"\n")))
	err := outOfStock.New(item.Arg("socks"), left.Arg(0))
	if got, want := bundle.Localizer("de").Detail(err), "Nur noch 0 Stück von socks."; got != want {
		t.Errorf("detail %q, want %q", got, want)
	}
	findings := bundle.Findings()
	if len(findings) != 1 || findings[0].Text != "OUT_OF_STOCK has no detail_zero, which is for an exact zero" {
		t.Errorf("findings %v", findings)
	}
}

// TestZeroOfLaterSource checks that sources override each other text by text.
func TestZeroOfLaterSource(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("layers"))
	n := catalog.Int("N", 3)
	few := domain.Define(1, "TOO_FEW", catalog.Spec{Title: "Few", Detail: "{{.N}} left",
		Plural: catalog.Plural{By: n, ExactZero: "None"}, Params: catalog.Params{n}})
	bundle := load(t,
		from(domain, files("en", "[TOO_FEW.detail]\nother = \"own {{.N}}\"\n", "de", "[TOO_FEW.title]\nother = \"t\"\n"+
			"[TOO_FEW.detail]\nother = \"{{.N}}\"\n[TOO_FEW.detail_zero]\nother = \"Keine\"\n")),
		from(domain, files("de", "[TOO_FEW.detail_zero]\nother = \"Gar keine\"\n")))
	for lang, want := range map[string]string{"en": "None", "de": "Gar keine"} {
		if got := bundle.Localizer(lang).Detail(few.New(n.Arg(0))); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
