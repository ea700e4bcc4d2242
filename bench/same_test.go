package bench_test

import (
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bench/internal/fixture"
	"github.com/errlingo/errlingo/internal/model"
)

// counts has one or more numbers of each plural category that the locales know. They stay below a
// thousand, since go-i18n does not group digits.
var counts = []int{0, 1, 2, 3, 5, 11, 21, 100, 101, 999}

// TestSameOutput holds the ground on which the benchmarks stand: for every text, locale and sample
// the three libraries return the same string.
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

// compare compares the output for all texts of a locale and returns how many there were.
func (p *peers) compare(t *testing.T, locale *fixture.Locale, count int) int {
	t.Helper()
	args := locale.Args
	args.Left = count
	loc := p.bundle.Localizer(locale.Reader)
	localizer := i18n.NewLocalizer(p.goI18n, locale.Tag)
	printer := p.printer(locale.Reader)
	n := 0
	for code := range p.set.Domain.Codes() {
		err := args.Error(code)
		for _, part := range model.PartNames {
			text := &locale.Texts[n]
			ours := show(loc, err, part)
			theirs := localizer.MustLocalize(&i18n.LocalizeConfig{
				MessageID: text.ID, TemplateData: args.Map(), PluralCount: pluralCount(text, count),
			})
			if ours != theirs {
				t.Errorf("%s with %d: errlingo has %q, go-i18n %q", text.ID, count, ours, theirs)
			}
			if theirs := printer.Sprintf(text.ID, args.List(text.Params)...); ours != theirs {
				t.Errorf("%s with %d: errlingo has %q, x/text %q", text.ID, count, ours, theirs)
			}
			if id := code.Name() + "." + part; id != text.ID {
				t.Fatalf("text %d is %s, want %s", n, text.ID, id)
			}
			n++
		}
	}
	return n
}

func show(loc *errlingo.Localizer, err error, part string) string {
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
