package lint_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

// TestSurvey shows that a survey finds what is wrong with the texts of files, their states, and, once, what is wrong with
// the texts in Go, whether or not there is a file of the source locale.
func TestSurvey(t *testing.T) {
	const german = "[OLD.title]\nother = \"Alt\"\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da!\"\n"
	found := []string{lint.RuleMissing, lint.RuleObsolete, lint.RulePunctuation, lint.RuleTooLong, localefile.RuleUnknownCode}
	known := slices.DeleteFunc(slices.Clone(found), func(rule string) bool { return rule == localefile.RuleUnknownCode })
	tests := []struct {
		name    string
		sources map[string]string
		gone    func(string) bool
		want    []string
	}{
		{"no file", nil, nil, []string{lint.RuleTooLong}},
		{"unknown code", map[string]string{"de": german}, nil, found},
		{"gone code", map[string]string{"de": german}, func(code string) bool { return code == "OLD" }, known},
		{"other code gone", map[string]string{"de": german}, func(code string) bool { return code == "NEW" }, found},
		{"source file", map[string]string{"de": german, "en": ""}, nil, found},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := shop()
			d.Codes[0].Texts[0].Max = len("Out of stoc")
			survey := lint.NewSurvey(d, test.gone)
			in := merge.Input{Domain: d, Inspect: survey.Inspect}
			for tag, src := range test.sources {
				f := read(t, tag, src)
				in.Files = append(in.Files, merge.File{Name: f.Name, Tag: f.Tag, Bytes: []byte(src)})
			}
			if _, unusable := merge.Make(in); len(unusable) > 0 {
				t.Fatal(unusable)
			}
			var got []string
			long := 0
			for _, f := range survey.Findings() {
				got = append(got, f.Rule)
				if f.Rule == lint.RuleTooLong {
					long++
				}
			}
			slices.Sort(got)
			if got = slices.Compact(got); !slices.Equal(got, test.want) || long != 1 {
				t.Errorf("got %q, want %q; %d texts too long, want 1", got, test.want, long)
			}
		})
	}
}

// TestSurveyKnowsWhichTextsGetStale shows that what is not said of stale texts is not said of those either that the plan
// is to mark as stale.
func TestSurveyKnowsWhichTextsGetStale(t *testing.T) {
	const german = "[OUT_OF_STOCK.title]\n#. en: %q\none = \"Nicht da\"\nother = \"Nicht da \"\n"
	for _, test := range []struct {
		name, before string
		want         []string
	}{
		{"changed", "No stock", []string{lint.RuleStale}},
		{"unchanged", "Out of stock", []string{lint.RuleSpace, lint.RuleUnusedForm}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := shop()
			survey := lint.NewSurvey(d, nil)
			f := read(t, "de", fmt.Sprintf(german, test.before))
			in := merge.Input{Domain: d, Inspect: survey.Inspect, Files: []merge.File{{Name: f.Name, Tag: f.Tag, Bytes: f.Doc.Bytes()}}}
			if _, unusable := merge.Make(in); len(unusable) > 0 {
				t.Fatal(unusable)
			}
			var got []string
			for _, f := range survey.Findings() {
				if f.Rule != lint.RuleMissing {
					got = append(got, f.Rule)
				}
			}
			if slices.Sort(got); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
