package state_test

import (
	"slices"
	"testing"

	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// fact returns a fact about the form other; the texts stand for their fingerprints.
func fact(text, source string, mark state.Mark) state.Fact {
	f := state.Fact{
		ID: id, Form: plural.Other, Text: fingerprint(text), Source: state.Unknown, Mark: mark,
	}
	if source != "-" {
		f.Source = fingerprint(source)
	}
	return f
}

func facts(list ...state.Fact) *state.Set {
	var s state.Set
	s.Add(list...)
	return &s
}

func list(texts ...string) map[plural.Category][]string {
	return map[plural.Category][]string{plural.Other: texts}
}

// TestStateTable has at least one case for every row of the table in docs/locale-file.md. Go says
// "now", the translation is "text".
func TestStateTable(t *testing.T) {
	now, old := forms("now"), forms("old")
	known := func(mark state.Mark) *state.Set { return facts(fact("text", "now", mark)) }
	tests := []struct {
		name     string
		facts    *state.Set
		text     string // else "text"
		before   state.Forms
		flag     state.Flag
		shown    []string
		previous []string

		state state.State
		add   []state.Fact
		was   string // the "#|" line to show
	}{
		{name: "empty", text: " \n", state: state.Missing},
		{name: "empty, with facts", facts: known(state.Plain), text: " ", state: state.Missing},

		{name: "a fact for the source", facts: known(state.Plain), state: state.Translated},
		{name: "no comment lowers what has a fact", facts: known(state.Plain), before: old,
			flag: state.FlagStale, shown: []string{"old"}, state: state.Translated},
		{name: "review", facts: known(state.ForReview), state: state.Review},
		{name: "review, and a fact without it", state: state.Translated,
			facts: facts(fact("text", "now", state.ForReview), fact("text", "now", state.Plain))},
		{name: "facts, none for the source", facts: facts(fact("text", "old", state.Plain)),
			shown: []string{"now"}, before: now, state: state.Stale},
		{name: "a fact that fits nothing", facts: facts(fact("text", "-", state.Plain)),
			before: now, state: state.Stale},
		{name: "a fact of another ID", state: state.Translated, before: now,
			add: []state.Fact{fact("text", "now", state.Plain)},
			facts: facts(state.Fact{
				ID: "OTHER.title", Form: plural.Other, Text: fingerprint("text"), Source: fingerprint("old"),
			})},

		{name: "new, the table shows the source", before: now, shown: []string{"now"},
			state: state.Translated, add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "new, the table shows an older source", before: now, shown: []string{"old"},
			state: state.Stale, add: []state.Fact{fact("text", "old", state.Plain)}, was: "old"},
		{name: "new, without comments", before: old,
			state: state.Stale, add: []state.Fact{fact("text", "old", state.Plain)}, was: "old"},
		{name: "new, nothing is known", state: state.Translated,
			add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "new, the table is ahead of the source locale's file", before: old,
			shown: []string{"now"}, state: state.Stale, add: []state.Fact{fact("text", "-", state.Plain)}},
		{name: "new, the table shows several source texts", before: now, shown: []string{"old", "now"},
			state: state.Stale, add: []state.Fact{fact("text", "-", state.Plain)}},
		{name: "edited, with the flag of the former wording", before: now, flag: state.FlagStale,
			shown: []string{"now"}, previous: []string{"old"},
			facts: facts(fact("former", "old", state.Plain)),
			state: state.Translated, add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "edited, and the source changed since", before: old, flag: state.FlagStale,
			shown: []string{"old"}, previous: []string{"older"},
			state: state.Stale, add: []state.Fact{fact("text", "old", state.Plain)}, was: "old"},

		{name: "a stale flag from elsewhere", before: old, flag: state.FlagStale, shown: []string{"now"},
			state: state.Stale, add: []state.Fact{fact("text", "-", state.Plain)}},
		{name: "a review flag from elsewhere", before: now, flag: state.FlagReview,
			shown: []string{"old"}, state: state.Stale, add: []state.Fact{fact("text", "-", state.Plain)}},
		{name: "a stale flag, nothing known before", flag: state.FlagStale, shown: []string{"now"},
			state: state.Stale, add: []state.Fact{fact("text", "-", state.Plain)}},
		{name: "a former source text from elsewhere", before: now, previous: []string{"older"},
			shown: []string{"old"}, state: state.Stale, add: []state.Fact{fact("text", "-", state.Plain)}},

		{name: "ok", facts: facts(fact("text", "old", state.Plain)), before: now, flag: state.FlagOK,
			shown: []string{"now"}, previous: []string{"old"}, state: state.Translated,
			add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "ok for a text to be reviewed", facts: known(state.ForReview), before: now,
			flag: state.FlagOK, shown: []string{"now"}, state: state.Translated,
			add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "ok, and the source changed since", facts: facts(fact("text", "older", state.Plain)),
			before: old, flag: state.FlagOK, shown: []string{"old"}, previous: []string{"older"},
			state: state.Stale, add: []state.Fact{fact("text", "old", state.Plain)}, was: "older"},
		{name: "ok that the table shows ahead of the file",
			facts:  facts(fact("text", "old", state.Plain)),
			before: old, flag: state.FlagOK, shown: []string{"now"}, state: state.Translated,
			add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "ok without the source text", facts: facts(fact("text", "old", state.Plain)),
			before: now, flag: state.FlagOK, state: state.Translated,
			add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "ok for one of several source texts", facts: facts(fact("text", "older", state.Plain)),
			before: now, flag: state.FlagOK, shown: []string{"now", "old"}, previous: []string{"older"},
			state: state.Stale, add: []state.Fact{fact("text", "-", state.Plain)}, was: "older"},

		{name: "rejected", state: state.Stale, before: now,
			facts: facts(fact("text", "now", state.Rejected), fact("text", "now", state.Plain))},
		{name: "rejected, and confirmed", facts: facts(fact("text", "now", state.Rejected)), before: now,
			flag: state.FlagOK, shown: []string{"now"}, state: state.Stale,
			add: []state.Fact{fact("text", "now", state.Plain)}},
		{name: "rejected for another source", state: state.Translated,
			facts: facts(fact("text", "old", state.Rejected), fact("text", "now", state.Plain))},
		{name: "edited after it was rejected", before: now, flag: state.FlagStale, shown: []string{"now"},
			facts: facts(fact("former", "now", state.Rejected)),
			state: state.Translated, add: []state.Fact{fact("text", "now", state.Plain)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.text == "" {
				tt.text = "text"
			}
			text := &state.Text{
				ID: id, Forms: forms(tt.text), Asked: plural.SetOf(plural.Other),
				Source: now, Before: tt.before,
				Flag: tt.flag, Shown: list(tt.shown...), Previous: list(tt.previous...),
			}
			got := state.Resolve(tt.facts, nil, text)
			if got.State != tt.state || got.Forms[plural.Other] != tt.state {
				t.Errorf("got %v, forms %v, want %v", got.State, got.Forms, tt.state)
			}
			if !slices.Equal(got.New, tt.add) {
				t.Errorf("new facts: got %v, want %v", got.New, tt.add)
			}
			flags := map[state.State]state.Flag{
				state.Stale: state.FlagStale, state.Review: state.FlagReview,
			}
			if got.Flag != flags[tt.state] {
				t.Errorf("got the flag %v", got.Flag)
			}
			if got.Previous[plural.Other] != tt.was {
				t.Errorf("#| line: got %q, want %q", got.Previous[plural.Other], tt.was)
			}
		})
	}
}

func TestWithoutSourceNothingIsTranslated(t *testing.T) {
	text := &state.Text{ID: id, Forms: forms("text")}
	for _, known := range []*state.Set{nil, facts(fact("text", "-", state.Plain))} {
		if got := state.Resolve(known, nil, text); got.State != state.Stale {
			t.Errorf("got %v ", got.State)
		}
	}
}

func TestSourceForm(t *testing.T) {
	tests := []struct {
		name   string
		source plural.Set
		form   plural.Category
		want   plural.Category
		ok     bool
	}{
		{"the same", plural.SetOf(plural.One, plural.Other), plural.One, plural.One, true},
		{"else other", plural.SetOf(plural.Many, plural.Other), plural.Few, plural.Other, true},
		{"else many", plural.SetOf(plural.One, plural.Many), plural.Few, plural.Many, true},
		{"else any", plural.SetOf(plural.One, plural.Few), plural.Other, plural.One, true},
		{"none", 0, plural.Other, plural.Other, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, ok := state.SourceForm(tt.source, tt.form); got != tt.want || ok != tt.ok {
				t.Errorf("got %v, %v, want %v, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

func polish() *state.Text {
	return &state.Text{
		ID: id,
		Forms: state.Forms{
			plural.One: "jeden", plural.Few: "kilka", plural.Many: "wiele", plural.Other: "ułamek",
		},
		Asked:  plural.SetOf(plural.One, plural.Few, plural.Many),
		Source: state.Forms{plural.One: "one", plural.Other: "other"},
	}
}

func TestTextIsAsGoodAsItsWorstForm(t *testing.T) {
	tests := []struct {
		name   string
		change func(text *state.Text, facts *state.Set)
		state  state.State
		flag   state.Flag
		was    state.Forms
	}{
		{"all translated", func(*state.Text, *state.Set) {}, state.Translated, state.NoFlag, state.Forms{}},
		{"one form of the source changed", func(text *state.Text, _ *state.Set) {
			text.Before, text.Source = text.Source, state.Forms{plural.One: "1", plural.Other: "other"}
		}, state.Stale, state.FlagStale, state.Forms{plural.One: "one"}},
		{"one to be reviewed", func(text *state.Text, facts *state.Set) {
			text.Forms[plural.Few] = "parę"
			few := &state.Text{ID: id, Forms: state.Forms{plural.Few: "parę"}}
			facts.Add(few.FactsFor(text.Source, state.ForReview)...)
		}, state.Review, state.FlagReview, state.Forms{}},
		{"one missing, one stale", func(text *state.Text, _ *state.Set) {
			text.Forms[plural.Many] = ""
			text.Before, text.Source = text.Source, state.Forms{plural.One: "1", plural.Other: "other"}
		}, state.Missing, state.FlagStale, state.Forms{plural.One: "one"}},
		{"one missing", func(text *state.Text, _ *state.Set) {
			text.Forms[plural.Many] = ""
		}, state.Missing, state.NoFlag, state.Forms{}},
		{"one missing that is not asked for", func(text *state.Text, _ *state.Set) {
			text.Forms[plural.Other] = ""
		}, state.Translated, state.NoFlag, state.Forms{}},
		{"a variant has none", func(text *state.Text, _ *state.Set) {
			text.Forms, text.Asked = state.Forms{}, 0
		}, state.Translated, state.NoFlag, state.Forms{}},
		{"the source has a plural now", func(text *state.Text, facts *state.Set) {
			facts.Prune(func(string) bool { return true })
			facts.Add(text.FactsFor(forms("other"), state.Plain)...)
			text.Before = forms("other")
		}, state.Stale, state.FlagStale, forms("other")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, facts := polish(), new(state.Set)
			facts.Add(text.FactsFor(text.Source, state.Plain)...)
			tt.change(text, facts)
			got := state.Resolve(facts, nil, text)
			if got.State != tt.state || got.Flag != tt.flag || got.Previous != tt.was {
				t.Errorf("got %v, %v, %v, want %v, %v, %v",
					got.State, got.Flag, got.Previous, tt.state, tt.flag, tt.was)
			}
			if len(got.New) > 0 {
				t.Errorf("new facts %v", got.New)
			}
		})
	}
}

// TestSourceTextBefore has a source locale's file that differs from its state.
func TestSourceTextBefore(t *testing.T) {
	written := func(texts ...string) *state.Set {
		var s state.Set
		for _, text := range texts {
			s.Add(state.SourceFacts(id, forms(text), nil)...)
		}
		return &s
	}
	tests := []struct {
		name    string
		written *state.Set
		before  state.Forms
		source  state.Fingerprint
	}{
		{"the file is as its state has it", written("old", "now"), forms("old"), fingerprint("old")},
		{"the state has more", written("old", "now"), forms("now"), fingerprint("now")},
		{"the state lacks the text", new(state.Set), forms("old"), fingerprint("old")},
		{"somebody edited the file as Go", written("old"), forms("now"), fingerprint("old")},
		{"somebody edited the file", written("old", "older"), forms("now"), state.Unknown},
		{"the file lacks the text", written("old"), state.Forms{}, fingerprint("old")},
		{"nobody knows", nil, state.Forms{}, fingerprint("now")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := &state.Text{ID: id, Forms: forms("text"), Source: forms("now"), Before: tt.before}
			got := state.Resolve(nil, tt.written, text).New
			if len(got) != 1 || got[0].Source != tt.source {
				t.Errorf("got %v, want made from %v", got, tt.source)
			}
		})
	}
}

func TestPreviousLines(t *testing.T) {
	stale := facts(fact("text", "old", state.Plain), fact("text", "older", state.Plain))
	older := func(f state.Fingerprint) (string, bool) { return "older", f == fingerprint("older") }
	tests := []struct {
		name  string
		facts *state.Set
		text  state.Text
		want  string
	}{
		{"kept", stale, state.Text{Previous: list("older"), Before: forms("old")}, "older"},
		{"kept, and nothing else is needed", stale,
			state.Text{Previous: list("older"), Before: state.Forms{plural.One: "old"}}, "older"},
		{"of several the one that fits", stale, state.Text{Previous: list("wrong", "old")}, "old"},
		{"from the source locale's file", stale,
			state.Text{Previous: list("wrong"), Before: forms("old"), Older: older}, "old"},
		{"from the table", stale, state.Text{Shown: list("old"), Before: forms("now")}, "old"},
		{"from history", stale, state.Text{Before: forms("now"), Older: older}, "older"},
		{"from nowhere", stale, state.Text{Before: forms("now"), Previous: list("wrong")}, ""},
		{"not for a translation", facts(fact("text", "now", state.Plain), fact("text", "old", state.Plain)),
			state.Text{Previous: list("old"), Before: forms("old"), Older: older}, ""},
		{"not the text in Go", facts(fact("text", "now", state.Rejected)),
			state.Text{Previous: list("now"), Before: forms("now")}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.text.ID, tt.text.Forms, tt.text.Source = id, forms("text"), forms("now")
			got := state.Resolve(tt.facts, nil, &tt.text).Previous
			if got != forms(tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFactsFor(t *testing.T) {
	texts := state.Forms{plural.One: "eins", plural.Few: " ", plural.Other: "viele"}
	text := &state.Text{ID: id, Forms: texts}
	got := text.FactsFor(forms("many"), state.ForReview)
	want := []state.Fact{
		{id, fingerprint("eins"), fingerprint("many"), plural.One, state.ForReview},
		{id, fingerprint("viele"), fingerprint("many"), plural.Other, state.ForReview},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := text.FactsFor(state.Forms{}, state.Plain); got[0].Source != state.Unknown {
		t.Errorf("without a source text: got %v", got)
	}
}

func TestHashFits(t *testing.T) {
	// From go-i18n's documentation of goi18n merge.
	const hash = "sha1-f937a0e05e19bfe6cd70937c980eaf1f9832f091"
	const description, other = "The number of cats a person has", "{{.Name}} has {{.Count}} cats."
	if !state.HashFits(hash, description, other) {
		t.Error("go-i18n's own hash does not fit")
	}
	if state.HashFits(hash, description, other+" ") {
		t.Error("the hash fits another text")
	}
}
