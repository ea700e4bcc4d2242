package merge_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/state"
)

// comments are what translators and their tools leave in a table, but for "#, ok".
var comments = []string{
	`#. en: "First"`, `#. en: "Foremost"`, `#. en: "Elsewhere"`, `# . en: "First"`,
	`# . en: "Foremost"`,
	`#. en.one: "One is left."`, `#. en.other: "First"`, `#. en.one: "Elsewhere"`, "#, stale",
	"# , stale",
	"#, review", "# , review", `#| en: "First"`, `#| en: "Foremost"`, `#| en: "Elsewhere"`,
	`# | en: "First"`,
	"#, fuzzy", "#, stale 5b1f09c2", "#", "# x", "", "#. 1 AB", "#.", "# . x",
}

// FuzzComments checks that comments can lower the trust in a translation and never raise it: the
// state of a wording that has a fact does not depend on them, and one that has none is no better
// with them than without.
func FuzzComments(f *testing.F) {
	f.Add([]byte{0, 1, 8, 12, 0, 2, 10}, uint8(0))
	f.Add([]byte{8, 12, 0, 200, 201, 202}, uint8(5))
	const before = "1 AB\n title First\n2 CD\n title First\n3 EF\n title First\n"
	const known, unknown = "Erster", "Neu"
	start := folder{in: merge.Input{Dir: "locales"}, files: map[string][]byte{"de.toml": []byte(
		"AB.title = \"Erster\"\nCD.title = \"Erster\"\nEF.title = \"Erster\"\n")}}
	start.in.Domain = parseDomain(f, before)
	in := start.input(f)
	plan, _ := merge.Make(in)
	start.carryOut(plan)
	after := parseDomain(f, strings.Replace(before, "title First", "title Foremost", 2))
	f.Fuzz(func(t *testing.T, script []byte, wording uint8) {
		if len(script) > 60 {
			return
		}
		var with, without strings.Builder
		at := 0
		for n, name := range []string{"AB", "CD", "EF"} {
			text := known
			if wording>>n&1 > 0 {
				text = unknown
			}
			end := at + (len(script)-at)/(3-n)
			fmt.Fprintf(&with, "[%s.title]\n", name)
			for i, c := range script[at:end] {
				if i == 3 {
					fmt.Fprintf(&with, "other = %q\n", text)
				}
				with.WriteString(comments[int(c)%len(comments)] + "\n")
			}
			if end-at <= 3 {
				fmt.Fprintf(&with, "other = %q\n", text)
			}
			fmt.Fprintf(&without, "[%s.title]\nother = %q\n", name, text)
			at = end
		}
		got, bare := statesOf(t, &start, after, with.String()), statesOf(t, &start, after,
			without.String())
		for n, name := range []string{"AB", "CD", "EF"} {
			id := name + ".title"
			hasFact := wording>>n&1 == 0
			if hasFact && got[id] != bare[id] || got[id] > bare[id] {
				t.Errorf("%s is %v with comments and %v without in\n%s", id, got[id], bare[id], with.String())
			}
		}
	})
}

// statesOf returns the states that texts have if a German file is as given.
func statesOf(
	t *testing.T, start *folder, domain *model.Domain, text string,
) map[string]state.State {
	t.Helper()
	in := start.input(t)
	in.Domain = domain
	for i := range in.Files {
		if in.Files[i].Name == "locales/de.toml" {
			in.Files[i].Text = []byte(text)
		}
	}
	plan, unusable := merge.Make(in)
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	states := map[string]state.State{
		"AB.title": state.Translated, "CD.title": state.Translated, "EF.title": state.Translated,
	}
	for _, left := range plan.Files[1].Left {
		states[left.ID.String()] = left.State
	}
	return states
}
