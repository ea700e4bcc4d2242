package state_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/state"
)

func TestFingerprint(t *testing.T) {
	oldest := func(param string) string {
		if param == "Product" {
			return "Item"
		}
		return param
	}
	const want = "0d30369a" // sha256sum of the first text
	tests := []struct {
		name, text string
		same       bool
	}{
		{"as it is", "Nur noch ein Stück\nvon {{.Item}}", true},
		{"CRLF", "Nur noch ein Stück\r\nvon {{.Item}}", true},
		{"CR", "Nur noch ein Stück\rvon {{.Item}}", true},
		{"space at the ends", " \tNur noch ein Stück\nvon {{.Item}}\n", true},
		{"decomposed", "Nur noch ein Stu\u0308ck\nvon {{.Item}}", true},
		{"space in the braces", "Nur noch ein Stück\nvon {{ .Item }}", true},
		{"a renamed param", "Nur noch ein Stück\nvon {{ .Product}}", true},
		{"another param", "Nur noch ein Stück\nvon {{.Name}}", false},
		{"no placeholder", "Nur noch ein Stück\nvon {{.Item|print}}", false},
		{"space inside", "Nur noch ein  Stück\nvon {{.Item}}", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := state.FingerprintOf(tt.text, oldest); (got.String() == want) != tt.same {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestSetIsAGrowingSet(t *testing.T) {
	a, b := fact("a", "now", state.Plain), fact("b", "now", state.ForReview)
	s := facts(a)
	c := s.Clone()
	s.Add(a, b)
	if s.Len() != 2 || c.Len() != 1 || c.Has(b) || !s.Has(b) {
		t.Errorf("got %v and %v", slices.Collect(s.All()), slices.Collect(c.All()))
	}
	if s.Equal(c) || !c.Equal(facts(a, a)) {
		t.Error("Equal is wrong")
	}
	c.Header = state.Header{Domain: "shop", Role: state.Target}
	if c.Equal(facts(a)) {
		t.Error("the header makes no difference")
	}
}

func TestRename(t *testing.T) {
	old, kept := fact("a", "now", state.Plain), fact("b", "now", state.Plain)
	old.ID, kept.ID = "OLD.detail", "OTHER.title"
	moved, again := old, fact("c", "now", state.Plain)
	moved.ID, again.ID = "NEW.detail", "NEW.detail"
	rename := func(id string) string {
		if rest, ok := strings.CutPrefix(id, "OLD."); ok {
			return "NEW." + rest
		}
		return id
	}
	s := facts(old, kept, again)
	s.Rename(rename)
	if !s.Equal(facts(moved, kept, again)) {
		t.Errorf("got %v", slices.Collect(s.All()))
	}
	s.Union(facts(old)) // a branch that knows the former name only
	s.Rename(rename)
	if !s.Equal(facts(moved, kept, again)) {
		t.Errorf("after a merge: got %v", slices.Collect(s.All()))
	}
}

// TestSettleOfATextWithoutFacts shows that nothing is left of a text that was empty and is not, if
// nothing else is known of it.
func TestSettleOfATextWithoutFacts(t *testing.T) {
	s, _ := state.Parse("de.lock", []byte("A.title.other - -\n"))
	if !s.Settle(func(string) bool { return true }) || s.Settle(func(string) bool { return true }) {
		t.Error("the second Settle changes something, or the first one nothing")
	}
	if _, known := s.Missing(func(string) bool { return false }); known != 0 || !s.Equal(new(state.Set)) {
		t.Errorf("%d texts are known", known)
	}
}

func TestMissingTextsCountOnce(t *testing.T) {
	s := new(state.Set)
	ids := strings.Fields("A B C D E F G H")
	for _, id := range ids {
		f := fact("text", "now", state.Plain)
		f.ID = id
		s.Add(f)
	}
	all := s.Clone()
	present := func(list string) func(string) bool {
		return func(id string) bool { return strings.Contains(list, id) }
	}

	missing, known := s.Missing(present("ABCDE"))
	if !slices.Equal(missing, []string{"F", "G", "H"}) || known != 8 {
		t.Errorf("got %v of %d", missing, known)
	}
	s.Settle(present("ABCDE"))
	if missing, known := s.Missing(present("ABCDE")); len(missing) != 0 || known != 5 {
		t.Errorf("settled: got %v of %d", missing, known)
	}
	for f := range all.All() {
		if !s.Has(f) {
			t.Errorf("the fact %v is lost", f)
		}
	}
	text := &state.Text{ID: "F", Forms: forms("text"), Source: forms("now"), Before: forms("old")}
	if r := state.Resolve(s, nil, text); r.State != state.Translated || len(r.New) > 0 {
		t.Errorf("a text that came back is %v, %v", r.State, r.New)
	}
	s.Settle(present("ABCDEFGH"))
	if !s.Equal(all) {
		t.Errorf("all are back: got %v", slices.Collect(s.All()))
	}
	s.Prune(present("FGH"))
	var left []string
	for id := range s.ByID() {
		left = append(left, id)
	}
	if !slices.Equal(left, ids[:5]) {
		t.Errorf("pruned: got %v", left)
	}
}

func TestShrinks(t *testing.T) {
	tests := []struct {
		missing, known int
		want           bool
	}{{2, 2, false}, {3, 3, true}, {3, 8, true}, {3, 9, false}, {4, 9, true}, {0, 0, false}}
	for _, tt := range tests {
		if got := state.Shrinks(tt.missing, tt.known); got != tt.want {
			t.Errorf("%d of %d: got %v", tt.missing, tt.known, got)
		}
	}
}

func TestRecall(t *testing.T) {
	const form = "OUT_OF_STOCK.title.other "
	tests := []struct {
		name                string
		has, earlier, wants string
	}{
		{"nothing is lost", "aaaaaaaa 11111111", "aaaaaaaa 11111111", "aaaaaaaa 11111111"},
		{"a wording with all its facts", "aaaaaaaa 11111111",
			"bbbbbbbb 11111111|bbbbbbbb 22222222 review",
			"aaaaaaaa 11111111|bbbbbbbb 11111111|bbbbbbbb 22222222 review"},
		{"an acceptance that was taken back", "aaaaaaaa 11111111",
			"aaaaaaaa 11111111|aaaaaaaa 22222222", "aaaaaaaa 11111111"},
		{"a review that was taken back", "aaaaaaaa 11111111 review",
			"aaaaaaaa 11111111 review|aaaaaaaa 11111111", "aaaaaaaa 11111111 review"},
		{"a rejection", "aaaaaaaa 11111111", "aaaaaaaa 11111111|aaaaaaaa 11111111 rejected",
			"aaaaaaaa 11111111|aaaaaaaa 11111111 rejected"},
		{"an unknown source text", "aaaaaaaa 11111111", "bbbbbbbb -",
			"aaaaaaaa 11111111|bbbbbbbb -"},
		{"that it was empty", "aaaaaaaa 11111111", "- -", "aaaaaaaa 11111111"},
	}
	parse := func(facts string) *state.Set {
		set, _ := state.Parse("", []byte(form+strings.ReplaceAll(facts, "|", "\n"+form)))
		return set
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, want := parse(test.has), parse(test.wants)
			changed := got.Recall(parse(test.earlier), func(string) bool { return true })
			if !got.Equal(want) {
				t.Errorf("got\n%swant\n%s", got.Bytes(), want.Bytes())
			}
			if want := test.has != test.wants; changed != want {
				t.Errorf("changed is %t", changed)
			}
			if got := parse(test.has); got.Recall(parse(test.earlier), func(string) bool { return false }) {
				t.Errorf("an ID that is not wanted changes the set")
			}
		})
	}
}
