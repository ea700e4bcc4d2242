package state_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// parse(print(s)) == s, and a lock file means the same in any order of its lines.
func FuzzParse(f *testing.F) {
	f.Add([]byte(lockFile))
	f.Add([]byte("errlingo 2 state std variant of de overlay of a.b/c\nA.title.other - -\n=======\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, findings := state.Parse("de.lock", src)
		if len(findings) > 0 {
			return
		}
		again, findings := state.Parse("de.lock", s.Bytes())
		if len(findings) > 0 || !again.Equal(s) || !bytes.Equal(again.Bytes(), s.Bytes()) {
			t.Fatalf("%v\nprinted and parsed:\n%s\nwas:\n%s", findings, again.Bytes(), s.Bytes())
		}
		lines := strings.Split(string(src), "\n")
		slices.Reverse(lines)
		reversed, findings := state.Parse("de.lock", []byte(strings.Join(lines, "\n")))
		if len(findings) > 0 || !reversed.Equal(s) {
			t.Fatalf("%v\nreversed:\n%s\nwas:\n%s", findings, reversed.Bytes(), s.Bytes())
		}
	})
}

// Merging lock files line by line is the union of their sets, in any order, any number of times.
func FuzzUnion(f *testing.F) {
	f.Add(lockFile, "errlingo 2 state shop variant of de", "A.title.other 11111111 -")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		parse := func(files ...string) (*state.Set, bool) {
			s, findings := state.Parse("de.lock", []byte(strings.Join(files, "\n")))
			return s, len(findings) == 0
		}
		ab, ok := parse(a, b, c)
		if !ok {
			return
		}
		for _, order := range [][]string{{a, b, c}, {c, b, a}, {b, a, c, a}} {
			union := new(state.Set)
			for _, file := range order {
				s, _ := parse(file)
				union.Union(s)
			}
			if !union.Equal(ab) {
				t.Fatalf("union:\n%s\nwant:\n%s", union.Bytes(), ab.Bytes())
			}
		}
	})
}

// For a form that has a fact, any rewriting of comments except one that adds "#, ok" leaves its
// state as it was; for one without it may lower the state of a bare table, never raise it.
func FuzzComments(f *testing.F) {
	f.Add([]byte("comments"))
	f.Fuzz(func(t *testing.T, data []byte) { checkComments(t, data) })
}

func checkComments(t *testing.T, data []byte) {
	text, facts, written := random(data)
	if text.Flag == state.FlagOK {
		text.Flag = state.FlagStale
	}
	bare := *text
	bare.Flag, bare.Shown, bare.Previous = state.NoFlag, nil, nil
	got, want := state.Resolve(facts, written, text), state.Resolve(facts, written, &bare)
	for form, s := range got.Forms {
		known := slices.ContainsFunc(facts.Of(id), func(f state.Fact) bool {
			return f.Form == form && f.Text == fingerprint(text.Forms[form])
		})
		if s > want.Forms[form] || known && s != want.Forms[form] {
			t.Fatalf("%v is %v with comments and %v without; it has a fact: %t\n%+v\n%s",
				form, s, want.Forms[form], known, text, facts.Bytes())
		}
	}
}

// Running twice is running once: the second run finds no new fact, the same states, and shows the
// same lines.
func FuzzTwice(f *testing.F) {
	f.Add([]byte("twice"))
	f.Fuzz(func(t *testing.T, data []byte) { checkTwice(t, data) })
}

func checkTwice(t *testing.T, data []byte) {
	text, facts, written := random(data)
	once := state.Resolve(facts, written, text)
	for _, f := range once.New {
		if facts.Has(f) {
			t.Fatalf("%v is not new", f)
		}
	}
	facts.Add(once.New...)
	written.Add(state.SourceFacts(id, text.Source, nil)...)
	text.Before, text.Flag = text.Source, once.Flag
	text.Shown, text.Previous = linesOf(text.Source), linesOf(once.Previous)
	twice := state.Resolve(facts, written, text)
	if len(twice.New) > 0 || twice.State != once.State || twice.Flag != once.Flag ||
		!maps.Equal(twice.Forms, once.Forms) || twice.Previous != once.Previous {
		t.Fatalf("once %+v, twice %+v\n%+v\n%s", once, twice, text, facts.Bytes())
	}
}

// FuzzStories plays long stories of those that TestStories plays in full while they are short:
// merging two branches never turns a stale text into a translated one, except where the contract
// says so.
func FuzzStories(f *testing.F) {
	f.Add([]byte("once upon a time"))
	f.Fuzz(func(t *testing.T, data []byte) {
		w := start()
		var steps []string
		for _, d := range data[:min(len(data), 40)] {
			i, op := int(d)%2, operations[int(d)/2%len(operations)]
			if int(w.texts) == len(w.saw) || w.sources == 9 {
				return
			}
			if !op.apply(&w, &w.branch[i], &w.branch[1-i]) {
				continue
			}
			steps = append(steps, "AB"[i:i+1]+":"+op.name)
			if wrong := w.check(w.branch[i]); wrong != "" {
				t.Fatalf("%s: %s", strings.Join(steps, " "), wrong)
			}
		}
		if len(extracted) > 10_000 {
			clear(extracted)
			clear(sets)
		}
	})
}

// TestRandomTexts checks the properties of two fuzz tests for many texts in every run of the tests.
func TestRandomTexts(t *testing.T) {
	r := rand.NewChaCha8([32]byte{})
	data := make([]byte, 80)
	for range 2_000 {
		_, _ = r.Read(data)
		checkComments(t, data)
		checkTwice(t, data)
	}
}

// random makes a text with its facts out of data, from so few wordings that they meet often.
func random(data []byte) (text *state.Text, facts, written *state.Set) {
	n := func(max int) int {
		if len(data) == 0 {
			return 0
		}
		d := data[0]
		data = data[1:]
		return int(d) % max
	}
	categories := []plural.Category{plural.One, plural.Few, plural.Many, plural.Other}
	sourceTexts := []string{"", "s0", "s1", "s2"}
	forms := func(texts ...string) state.Forms {
		var f state.Forms
		for _, c := range categories {
			f[c] = texts[n(len(texts))]
		}
		return f
	}
	lines := func() state.Lines {
		l := make(state.Lines)
		for range n(4) {
			c := categories[n(4)]
			l[c] = append(l[c], sourceTexts[1+n(3)])
		}
		return l
	}
	text = &state.Text{
		ID: id, Forms: forms("", "t0", "t1"), Asked: plural.Set(n(64)),
		Source: forms(sourceTexts...), Before: forms(sourceTexts...),
		Flag: state.Flag(n(4)), Shown: lines(), Previous: lines(),
	}
	if n(2) == 1 {
		older := n(3)
		text.Older = func(f state.Fingerprint) (string, bool) {
			return sourceTexts[1+older], f == fingerprint(sourceTexts[1+older])
		}
	}
	facts, written = new(state.Set), new(state.Set)
	for range n(8) {
		f := state.Fact{
			ID: id, Form: categories[n(4)], Text: fingerprint([]string{"t0", "t1"}[n(2)]),
			Source: state.Unknown, Mark: []state.Mark{state.Plain, state.ForReview, state.Rejected}[n(3)],
		}
		if s := n(4); s > 0 {
			f.Source = fingerprint(sourceTexts[s])
		}
		facts.Add(f)
	}
	for range n(3) {
		written.Add(state.SourceFacts(id, forms(sourceTexts...), nil)...)
	}
	return text, facts, written
}

func linesOf(forms state.Forms) state.Lines {
	l := make(state.Lines)
	for c, text := range forms {
		if text != "" {
			l[plural.Category(c)] = []string{text}
		}
	}
	return l
}
