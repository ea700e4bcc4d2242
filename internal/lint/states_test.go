package lint_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
)

// plan plans for the given files, and returns what is to be said about the states of their texts.
func plan(t *testing.T, sources map[string]string) (*merge.Plan, diag.List) {
	t.Helper()
	var mu sync.Mutex
	var states diag.List
	in := merge.Input{Domain: shop(), Inspect: func(f *merge.FilePlan, file *localefile.File) {
		mu.Lock()
		defer mu.Unlock()
		states = append(states, lint.States(f, file)...)
	}}
	for tag, src := range sources {
		f := read(t, tag, src)
		in.Files = append(in.Files, merge.File{Name: f.Name, Tag: f.Tag, Bytes: []byte(src)})
	}
	p, unusable := merge.Make(in)
	if err := unusable.Err(); err != nil {
		t.Fatal(err)
	}
	states.Sort()
	return p, states
}

func TestStates(t *testing.T) {
	help := localefile.Forms{plural.Other: "Nehmen Sie weniger, bitte."}
	p, states := plan(t, map[string]string{
		"de": `#~ [OLD.title]
#~ other = "Alt"

[OUT_OF_STOCK.title]
#. en: "No stock"
other = "Nicht vorrätig"

[OUT_OF_STOCK.detail]
one = ""
other = ""

[OUT_OF_STOCK.help]
#. en: "Choose a smaller quantity, please."
#, review ` + merge.Fingerprint(&help) + `
other = "Nehmen Sie weniger, bitte."
`,
		"de-AT": "[OUT_OF_STOCK.title]\nother = \"\"\n",
		"en":    "",
	})
	var got []string
	for _, f := range states {
		got = append(got, fmt.Sprintf("%v: %s (%v, %s)", f.At(), f.Text, f.Severity, f.Rule))
	}
	want := []string{
		"locales/de.toml: labels.email is not translated (warning, missing)",
		"locales/de.toml:1:1: 1 obsolete text (warning, obsolete)",
		"locales/de.toml:4:1: the source text of OUT_OF_STOCK.title has changed since it was translated (warning, stale)",
		"locales/de.toml:8:1: OUT_OF_STOCK.detail is not translated (warning, missing)",
		"locales/de.toml:12:1: OUT_OF_STOCK.help waits for a review (warning, review)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	coverage := lint.CoverageOf(p)
	if want := []lint.Coverage{{File: "locales/de.toml", Tag: language.German, Translated: 2, Total: 4}}; !slices.Equal(coverage, want) {
		t.Errorf("got %+v, want %+v", coverage, want)
	}
}

func TestCommentAllowsStates(t *testing.T) {
	_, found := plan(t, map[string]string{"de": `
# lint: allow stale
[OUT_OF_STOCK.title]
#. en: "No stock"
other = "Nicht vorrätig"

[OUT_OF_STOCK.detail]
# lint: allow missing
one = ""
other = ""

[OUT_OF_STOCK.help]
other = "Nehmen Sie weniger, bitte."

[labels.email]
other = "E-Mail-Adresse"
`})
	if len(found) > 0 {
		t.Errorf("got %v", found)
	}
}
