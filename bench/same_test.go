package bench_test

import (
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bench/internal/fixture"
	"github.com/errlingo/errlingo/internal/model"
)

// counts has at least one number for each plural category of the locales. They are below 1,000
// because go-i18n does not group digits.
var counts = []int{0, 1, 2, 3, 5, 11, 21, 100, 101, 999}

// TestSameOutput checks that the benchmarks compare equal work: all libraries return the same
// string for every text, locale and count.
func TestSameOutput(t *testing.T) {
	p := newPeers(t)
	if n := len(p.set.Locales[0].Texts); n != 72 {
		t.Fatalf("the set has %d texts, want 72", n)
	}
	if found := p.bundle.Findings(); len(found) > 0 {
		t.Fatalf("the locale files have findings: %v", found)
	}
	for i := range p.set.Locales {
		locale := &p.set.Locales[i]
		t.Run(locale.Tag, func(t *testing.T) {
			compared := 0
			for _, count := range counts {
				compared += p.compare(t, locale, count)
			}
			if want := 72 * len(counts); compared != want {
				t.Errorf("compared %d outputs, want %d", compared, want)
			}
		})
	}
}

// compare compares the output for all texts of a locale and returns the number of texts.
func (p *peers) compare(t *testing.T, locale *fixture.Locale, count int) int {
	t.Helper()
	args := locale.Args
	args.Left = count
	loc := p.bundle.Localizer(locale.Reader)
	localizer := i18n.NewLocalizer(p.goI18n, locale.Tag)
	printer := p.printer(locale.Reader)
	at := p.index(locale.Tag)
	n := 0
	for code := range p.set.Domain.Codes() {
		err := args.Error(code)
		for _, index := range []int{model.Title, model.Detail, model.Help} {
			part := model.PartNames[index]
			text := &locale.Texts[n]
			want := render(loc, err, part)
			got := localizer.MustLocalize(&i18n.LocalizeConfig{MessageID: text.ID, TemplateData: args.Map(),
				PluralCount: pluralCount(text, count)})
			if got != want {
				t.Errorf("%s with %d: go-i18n has %q, errlingo %q", text.ID, count, got, want)
			}
			if got := printer.Sprintf(text.ID, args.List(text.Params)...); got != want {
				t.Errorf("%s with %d: x/text has %q, errlingo %q", text.ID, count, got, want)
			}
			plural := len(text.Forms) > 1
			if got := translate(p.translators[at], text.ID, plural, count, args.Strings(text.Params)); got != want {
				t.Errorf("%s with %d: universal-translator has %q, errlingo %q", text.ID, count, got, want)
			}
			if got := lookUp(p.catalogs[at], text.ID, plural, count, args.List(text.Params)); got != want {
				t.Errorf("%s with %d: gotext has %q, errlingo %q", text.ID, count, got, want)
			}
			if id := code.Name() + "." + part; id != text.ID {
				t.Fatalf("text %d is %s, want %s", n, text.ID, id)
			}
			n++
		}
	}
	return n
}

func render(loc *errlingo.Localizer, err error, part string) string {
	switch part {
	case model.PartNames[model.Title]:
		return loc.Title(err)
	case model.PartNames[model.Detail]:
		return loc.Detail(err)
	}
	return loc.Help(err)
}

func pluralCount(text *fixture.Text, count int) any {
	if len(text.Forms) == 1 {
		return nil
	}
	return count
}
