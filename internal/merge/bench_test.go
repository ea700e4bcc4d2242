package merge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/merge"
)

// BenchmarkMake plans for ten locales with ten thousand translated texts each.
func BenchmarkMake(b *testing.B) {
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text,
			"%d CODE_%d 404\n doc the buyer asked for more pieces than are left.\n title Out of stock %d\n",
			i, i, i)
		fmt.Fprintf(&text, " param Left int 3\n detail Only {{.Left}} pieces are left.\n")
	}
	domain := parseDomain(b, text.String())
	in := merge.Input{Domain: domain}
	for _, tag := range []string{"ar", "de", "es", "fr", "it", "ja", "pl", "pt", "ru", "zh"} {
		content := merge.NewFile(merge.Input{Domain: domain}, language.MustParse(tag), nil, false)
		content.Text = []byte(strings.ReplaceAll(string(content.Text), `= ""`,
			`= "translated {{.Left}}"`))
		in.Files = append(in.Files, merge.File{Name: tag + ".toml", Tag: language.MustParse(tag),
			Content: content})
	}
	settled, _ := merge.Make(in)
	in.Files = nil
	for i := range settled.Files {
		f := &settled.Files[i]
		in.Files = append(in.Files, merge.File{
			Name: f.Name, Tag: f.Tag, Content: merge.Content{Text: f.New, State: f.State.New},
		})
	}

	added, changed := *domain, *domain
	added.Codes = append(slices.Clone(domain.Codes), parseDomain(b, "9999 NEW\n title New\n").Codes...)
	changed.Codes = slices.Clone(domain.Codes)
	for i := range 100 {
		changed.Codes[50*i].Texts[0].Forms[5] += " now"
	}
	first, adopted := merge.Input{Domain: domain}, merge.Input{Domain: domain, Adopt: true}
	for _, f := range in.Files {
		first.Files = append(first.Files, merge.File{Name: f.Name, Tag: f.Tag})
		adopted.Files = append(adopted.Files, merge.File{Name: f.Name, Tag: f.Tag,
			Content: merge.Content{Text: f.Text}})
	}
	for _, bench := range []struct {
		name string
		in   merge.Input
	}{
		{"unchanged", in},
		{"one new code", merge.Input{Domain: &added, Files: in.Files}},
		{"100 texts changed", merge.Input{Domain: &changed, Files: in.Files}},
		{"first run", first},
		{"adopted", adopted},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				plan, unusable := merge.Make(bench.in)
				if len(unusable) > 0 || plan.Changed() == (bench.name == "unchanged") ||
					len(plan.Findings) > 0 {
					b.Fatal(unusable, plan.Findings)
				}
			}
		})
	}
}
