package locales_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/localetest"
	"github.com/errlingo/errlingo/internal/texttable"
	"github.com/errlingo/errlingo/locales"
)

func load(t *testing.T) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// TestTexts checks the texts with the rules for them, among them that no text has a word that the
// glossary forbids.
func TestTexts(t *testing.T) {
	catalogtest.Check(t, codes.Domain, os.DirFS("."), catalogtest.Strict())
}

func TestNoFindings(t *testing.T) {
	for _, f := range load(t).Findings() {
		t.Error(f.Detail())
	}
}

var update = flag.Bool("update", false, "write testdata/texts.*.txt")

// TestEveryText renders all texts with arguments at their limits.
func TestEveryText(t *testing.T) { texttable.Check(t, load(t), codes.Domain, *update) }

// TestEveryCodeAlone renders each code in each language when nothing but its number is known, as of a
// bare code: no text has a brace, and there is a sentence besides the title.
func TestEveryCodeAlone(t *testing.T) {
	bundle := load(t)
	for _, tag := range bundle.Locales() {
		loc := bundle.LocalizerFor(tag)
		for code := range codes.Domain.Codes() {
			t.Run(tag.String()+"/"+code.Name(), func(t *testing.T) {
				m := loc.Localize(codes.Domain.CodeNumbered(code.Number()))
				for _, text := range []errlingo.Text{m.Title, m.Detail, m.Help} {
					if strings.ContainsAny(text.Value, "{}") || text.Value != "" && text.Locale != tag {
						t.Errorf("%q in %v", text.Value, text.Locale)
					}
				}
				if m.Title.Value == "" || m.Detail.Value == "" && m.Help.Value == "" {
					t.Errorf("readers see nothing but the title %q", m.Title.Value)
				}
				if detail := loc.Detail(code); detail == "" || m.Detail.Value == "" && detail != m.Title.Value {
					t.Errorf("in one text it is %q, and the title is %q", detail, m.Title.Value)
				}
			})
		}
	}
}

// TestPageNotShown checks the sentence about problems that are not shown, in each form.
func TestPageNotShown(t *testing.T) {
	tests := []struct {
		name, language string
		count          int
		want           string
	}{
		{"English, one", "en", 1, "One more problem is not shown."},
		{"English, other", "en", 12345, "12,345 more problems are not shown."},
		{"German, one", "de", 1, "Ein weiteres Problem wird nicht angezeigt."},
		{"German, other", "de", 12345, "12.345 weitere Probleme werden nicht angezeigt."},
		{"Arabic, zero", "ar", 0, "جميع المشكلات معروضة."},
		{"Arabic, one", "ar", 1, "هناك مشكلة واحدة أخرى غير معروضة."},
		{"Arabic, two", "ar", 2, "هناك مشكلتان أخريان غير معروضتين."},
		{"Arabic, few", "ar", 3, "هناك 3 مشكلات أخرى غير معروضة."},
		{"Arabic, many", "ar", 12, "هناك 12 مشكلة أخرى غير معروضة."},
		{"Arabic, other", "ar", 100, "هناك 100 مشكلة أخرى غير معروضة."},
	}
	bundle := load(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			phrase := codes.PageNotShown.With(codes.Count.Arg(test.count))
			if got := bundle.Localizer(test.language).Phrase(phrase).Value; got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestEveryLanguage checks what makes a text fit to be shown, in all languages.
func TestEveryLanguage(t *testing.T) {
	d := localetest.Domain{Domain: codes.Domain, Bundle: load(t), Files: locales.FS}
	d.Check(t)
}
