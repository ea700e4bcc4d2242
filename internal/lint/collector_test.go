package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// TestCollector shows that a collector finds what is wrong with the texts of files, their states,
// and, once, what is wrong with the texts in Go, whether or not there is a file of the source
// locale.
func TestCollector(t *testing.T) {
	const german = "[OLD.title]\nother = \"Alt\"\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da!\"\n"
	found := []string{lint.RuleMissing.ID, lint.RuleObsolete.ID, lint.RulePunctuation.ID, lint.RuleTooLong.ID,
		localefile.RuleUnknownCode.ID}
	known := slices.DeleteFunc(slices.Clone(found), func(rule string) bool {
		return rule == localefile.RuleUnknownCode.ID
	})
	tests := []struct {
		name    string
		sources map[string]string
		gone    func(string) bool
		want    []string
	}{
		{"no file", nil, nil, []string{lint.RuleTooLong.ID}},
		{"unknown code", map[string]string{"de": german}, nil, found},
		{"gone code", map[string]string{"de": german}, func(code string) bool { return code == "OLD" },
			known},
		{"other code gone", map[string]string{"de": german},
			func(code string) bool { return code == "NEW" }, found},
		{"source file", map[string]string{"de": german, "en": ""}, nil, found},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := shop()
			d.Codes[0].Texts[0].Max = len("Out of stoc")
			collector := lint.NewCollector(d, nil, test.gone)
			in := merge.Input{Domain: d, Inspect: collector.Inspect}
			for tag, src := range test.sources {
				f := read(t, tag, src)
				in.Files = append(in.Files, fileOf(f, src))
			}
			if _, unusable := merge.Make(in); len(unusable) > 0 {
				t.Fatal(unusable)
			}
			var got []string
			long := 0
			for _, f := range collector.Findings() {
				got = append(got, f.Rule)
				if f.Rule == lint.RuleTooLong.ID {
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

// TestCollectorKnowsWhichTextsGetStale shows that what is not said of stale texts is not said of
// those either that the plan is to mark as stale.
func TestCollectorKnowsWhichTextsGetStale(t *testing.T) {
	const german = "[OUT_OF_STOCK.title]\n#. en: %q\none = \"Nicht da\"\nother = \"Nicht da \"\n"
	for _, test := range []struct {
		name, before string
		want         []string
	}{
		{"changed", "No stock", []string{lint.RuleStale.ID}},
		{"unchanged", "Out of stock", []string{lint.RuleSpace.ID, lint.RuleUnusedForm.ID}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := shop()
			collector := lint.NewCollector(d, nil, nil)
			f := read(t, "de", fmt.Sprintf(german, test.before))
			in := merge.Input{Domain: d, Inspect: collector.Inspect,
				Files: []merge.File{fileOf(f, f.Doc.Source())}}
			if _, unusable := merge.Make(in); len(unusable) > 0 {
				t.Fatal(unusable)
			}
			var got []string
			for _, f := range collector.Findings() {
				if f.Rule != lint.RuleMissing.ID {
					got = append(got, f.Rule)
				}
			}
			if slices.Sort(got); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// fileOf returns a locale file with a state that knows nothing yet. What follows a line of dashes
// is its obsolete texts.
func fileOf(f *localefile.File, src string) merge.File {
	out := merge.File{Name: f.Name, Tag: f.Tag}
	text, obsolete, has := strings.Cut(src, "# ----\n")
	if out.Text = []byte(text); has {
		out.Obsolete = []byte(obsolete)
	}
	facts := state.Set{Header: state.Header{Domain: "shop", Role: state.Target}}
	if f.Tag == language.MustParse("de-AT") {
		facts.Header.Role, facts.Header.Parent = state.Variant, "de"
	}
	// The help is waiting for review, wherever it is translated so.
	facts.Add(state.Fact{
		ID: "OUT_OF_STOCK.help", Form: plural.Other, Mark: state.ForReview,
		Text:   state.FingerprintOf("Nehmen Sie doch weniger, bitte.", nil),
		Source: state.FingerprintOf("Choose a smaller quantity, please.", nil),
	})
	out.State = facts.Bytes()
	return out
}

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
		in.Files = append(in.Files, fileOf(f, src))
	}
	p, unusable := merge.Make(in)
	if err := unusable.Err(); err != nil {
		t.Fatal(err)
	}
	states.Sort()
	return p, states
}

func TestStates(t *testing.T) {
	p, states := plan(t, map[string]string{
		"de": `
[OUT_OF_STOCK.title]
#. en: "No stock"
other = "Nicht vorrätig"

[OUT_OF_STOCK.detail]
one = ""
other = ""

[OUT_OF_STOCK.help]
#. en: "Choose a smaller quantity, please."
other = "Nehmen Sie doch weniger, bitte."
# ----
[OLD.title]
other = "Alt"
`,
		"de-AT": "[OUT_OF_STOCK.title]\nother = \"\"\n",
		"en":    "",
	})
	var got []string
	for _, f := range states {
		got = append(got, fmt.Sprintf("%v: %s (%v, %s)", f.Position(), f.Text, f.Severity, f.Rule))
	}
	want := []string{
		"locales/_state/de.obsolete:1:1: 1 obsolete text (warning, obsolete)",
		"locales/de.toml: labels.email is not translated (warning, missing)",
		"locales/de.toml:2:1: the source text of OUT_OF_STOCK.title has changed since it was " +
			"translated (warning, stale)",
		"locales/de.toml:6:1: OUT_OF_STOCK.detail is not translated (warning, missing)",
		"locales/de.toml:10:1: OUT_OF_STOCK.help is waiting for review (off, review)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	coverage := lint.CoverageOf(p)
	if want := []lint.Coverage{{File: "locales/de.toml", Tag: language.German, Translated: 2,
		Total: 5}}; !slices.Equal(coverage, want) {
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

func TestDeclaredTexts(t *testing.T) {
	detail := func(forms map[plural.Category]string) func(*model.Code) {
		return func(c *model.Code) {
			c.Count = "Left"
			for category, text := range forms {
				c.Texts[model.Detail].Forms[category] = text
			}
		}
	}
	tests := []struct {
		name   string
		change func(*model.Code)
		want   []string
	}{
		{"nothing", func(*model.Code) {}, nil},
		{"full stop in a title", func(c *model.Code) { c.Texts[model.Title] = text("Out of stock.") },
			[]string{"title-stop"}},
		{"question in a title", func(c *model.Code) { c.Texts[model.Title] = text("Out of stock?") },
			nil},
		{"a placeholder in a title", func(c *model.Code) { c.Texts[model.Title] = text("No {{.Item}} left") },
			[]string{"title-placeholder"}},
		{"a param that is not public", func(c *model.Code) {
			c.Params[0].Public = false
			c.Texts[model.Detail].Forms[plural.Other] = "{{.Left}} of {{.Item}}, {{.Item}}."
		}, []string{"shown-not-public"}},
		{"a sensitive param", func(c *model.Code) {
			c.Params[0].Public, c.Params[0].Sensitive = false, true
			c.Texts[model.Detail].Forms[plural.Other] = "{{.Item}}."
		}, nil},
		{"near miss", func(c *model.Code) { c.Texts[model.Help] = text("Count {Left}.") },
			[]string{"near-miss-placeholder"}},
		{"tag", func(c *model.Code) { c.Texts[model.Help] = text("Count <b>less</b>.") },
			[]string{"html"}},
		{"zero-width space", func(c *model.Code) { c.Texts[model.Help] = text("Count\u200b less.") },
			[]string{"invisible-character"}},
		{"override", func(c *model.Code) { c.Texts[model.Help] = text("Count\u202e less.") },
			[]string{"bidi-control"}},
		{"too long", func(c *model.Code) { c.Texts[model.Title].Max = 4 }, []string{"too-long"}},
		{"few in English", detail(map[plural.Category]string{plural.One: "One.", plural.Few: "{{.Left}}.",
			plural.Other: "{{.Left}}."}), []string{"impossible-category"}},
		{"no one in English", detail(map[plural.Category]string{plural.Other: "{{.Left}} left."}),
			[]string{"missing-category"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := domain("Out of stock", "Item", "Left")
			tt.change(&d.Codes[0])
			var got []string
			for _, f := range lint.Check(d, nil, nil, nil, lint.RuleShownNotPublic.ID) {
				got = append(got, f.Rule)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRuleThatIsOff(t *testing.T) {
	d := domain("Out of stock", "Item", "Left")
	d.Codes[0].Params[0].Public = false
	d.Codes[0].Texts[model.Detail] = text("{{.Item}}.")
	if found := lint.Check(d, nil, nil, nil); len(found) > 0 {
		t.Errorf("not named, but found %v", found)
	}
	found := lint.Check(d, nil, nil, nil, lint.RuleShownNotPublic.ID)
	if len(found) != 1 || found[0].Rule != lint.RuleShownNotPublic.ID {
		t.Errorf("named, but found %v", found)
	}
}

func TestPlacesOfDeclaredTexts(t *testing.T) {
	at := func(line int) model.Place {
		return model.Place{File: "shop/codes.go", Pos: diag.Pos{Line: line, Column: 3}}
	}
	d := domain("Out of stock.")
	d.Codes[0].Place = at(7)
	expectPlace(t, d, "shop/codes.go:7:3: the title \"Out of stock.\" ends with a full stop")
	d.Codes[0].Texts[model.Title].Places.Set(plural.Other, at(8))
	expectPlace(t, d, "shop/codes.go:8:3: the title \"Out of stock.\" ends with a full stop")

	d = domain("Out of stock.")
	expectPlace(t, d, "A_CODE.title: the title \"Out of stock.\" ends with a full stop")

	d = domain("Out of stock")
	d.Labels = []model.Label{{Name: "email", Text: text("<b>e-mail</b>"), Place: at(9)}}
	expectPlace(t, d, "shop/codes.go:9:3: <b> would be shown as is")
}

func TestLabelCalledTitleMayEndWithAStop(t *testing.T) {
	d := domain("Out of stock")
	d.Labels = []model.Label{{Name: "title", Text: text("Mr.")}}
	if found := lint.Check(d, nil, nil, nil); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

func expectPlace(t *testing.T, d *model.Domain, want string) {
	t.Helper()
	found := lint.Check(d, nil, nil, nil)
	if len(found) != 1 || found[0].Error() != want {
		t.Errorf("got %v, want %q", found, want)
	}
}

func TestCommentInSourceFileAllowsForDeclaredText(t *testing.T) {
	d := domain("Out of stock.")
	expectPlace(t, d, "A_CODE.title: the title \"Out of stock.\" ends with a full stop")
	f := read(t, "en", "# lint: allow title-stop\n[A_CODE.title]\nother = \"Out of stock.\"\n")
	if found := lint.Check(d, []*localefile.File{f}, nil, nil); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

func ExampleCheck() {
	d := shop()
	file, _, _ := localefile.Read("locales/de.toml", language.German, []byte(`
[OUT_OF_STOCK.title]
other = "Nicht vorrätig."

[OUT_OF_STOCK.help]
# lint: allow punctuation
other = "Wählen Sie eine kleinere Menge"
`))
	fmt.Println(lint.Check(d, []*localefile.File{file}, nil, nil))
	// Output:
	// locales/de.toml:3:24: the text ends with a full stop, the source text without punctuation
	// hint: if this is intended, write "# lint: allow punctuation" above the text
}
