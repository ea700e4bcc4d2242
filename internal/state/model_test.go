package state_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// The model plays every short story about one text on two branches, and an oracle that looks over
// the translators' shoulders says which source text they saw. It is small on purpose: one form, one
// target locale, and texts that are numbered in the order in which they are written.
//
// Files are merged slot by slot: what Go says, the source locale's file, the translation and each
// kind of comment are merged as if they were far apart, which is worse than git, where neighbouring
// lines conflict.

const id = "OUT_OF_STOCK.detail"

// digits is a list of source texts, such as "01" for two lines.
type digits = string

// table is a target's table.
type table struct {
	translation int8
	flag        state.Flag
	shown, prev digits // the "#." and "#|" lines
}

// branch is a commit. It is comparable: the states are the lock files.
type branch struct {
	table
	goText, enText int8   // the source text in Go and in the source locale's file
	facts, written string // the lock files of the target and of the source locale
	past           string // what the target's lock file ever had
	goBefore       int8   // what a revert of the last change of Go gives
	before         int8   // what a revert of the last change of the translation gives
}

// world is two branches, their common ancestor, and what the oracle knows.
type world struct {
	branch         [2]branch
	base           branch
	sources, texts int8      // how many were written
	saw            [8]uint16 // by translation: the source texts that its translators saw
	excused        [8]uint16 // and those that an exception of the contract lets pass for them
}

// excuse lets a translation pass as made from what is beside it: the table has come to show a
// source text that its translator did not see, and no extract could know. The places where this is
// called are the exceptions that docs/locale-file.md names.
func (w *world) excuse(b *branch) {
	w.excused[b.translation] |= 1 << b.enText
	for _, d := range b.shown {
		w.excused[b.translation] |= 1 << (d - '0')
	}
}

type operation struct {
	name  string
	apply func(w *world, here, there *branch) bool
}

var operations = []operation{
	{"edit", func(w *world, here, _ *branch) bool {
		here.before, here.translation = here.translation, w.texts
		w.see(w.texts, here)
		w.texts++
		return true
	}},
	{"change-source", func(w *world, here, _ *branch) bool {
		here.goBefore, here.goText = here.goText, w.sources
		w.sources++
		return true
	}},
	{"revert-source", func(_ *world, here, _ *branch) bool {
		here.goBefore, here.goText = here.goText, here.goBefore
		return true
	}},
	{"extract", func(_ *world, here, _ *branch) bool {
		*here, _ = extract(*here)
		return true
	}},
	{"strip-comments", func(w *world, here, _ *branch) bool {
		here.flag, here.shown, here.prev = state.NoFlag, "", ""
		if here.fresh() {
			w.excuse(here) // a bare file, made from another source
		}
		return true
	}},
	{"delete-flag", func(_ *world, here, _ *branch) bool {
		here.flag = state.NoFlag
		return true
	}},
	{"ok", func(w *world, here, _ *branch) bool {
		if here.flag == state.NoFlag || here.flag == state.FlagOK {
			return false
		}
		here.flag = state.FlagOK
		w.see(here.translation, here)
		return true
	}},
	{"revert-translation", func(w *world, here, _ *branch) bool {
		here.before, here.translation = here.translation, here.before
		if here.fresh() || here.flag == state.FlagOK {
			w.excuse(here) // back to a wording that no extract saw, or under an ok for another one
		}
		return true
	}},
	{"restore-day-0", func(_ *world, here, _ *branch) bool {
		here.before, here.table = here.translation, day0.table
		return true
	}},
	{"copy-table", func(w *world, here, there *branch) bool {
		here.before, here.table = here.translation, there.table
		if here.fresh() && (here.shown == "" || !there.fresh()) {
			w.excuse(here) // a bare file, or one without the state that knows better
		}
		return true
	}},
	{"cherry-pick-table", func(w *world, here, there *branch) bool {
		here.merge(w, there, false, false)
		return true
	}},
	{"cherry-pick", func(w *world, here, there *branch) bool {
		here.merge(w, there, true, false)
		return true
	}},
	{"merge", func(w *world, here, there *branch) bool {
		here.merge(w, there, true, true)
		w.base = *there
		return true
	}},
}

// losses are what takes facts out of a lock file, while git still has them.
var losses = []operation{
	{"restore-state-0", func(_ *world, here, _ *branch) bool {
		here.facts = day0.facts
		return true
	}},
	{"lose-state", func(_ *world, here, _ *branch) bool {
		here.facts = ""
		return true
	}},
	{"merge-but-state", func(w *world, here, there *branch) bool {
		ours := here.facts
		here.merge(w, there, true, true)
		here.facts, w.base = ours, *there
		return true
	}},
}

// day0 is the first commit: a translation that everybody agrees on.
var day0 = branch{
	table: table{shown: "0"},
	facts: day0Facts, past: day0Facts,
	written: lock(state.SourceFacts(id, forms("s0"), nil)...),
}

var day0Facts = lock(state.Fact{
	ID: id, Form: plural.Other, Text: fingerprint("t0"), Source: fingerprint("s0"),
})

func start() world {
	w := world{branch: [2]branch{day0, day0}, base: day0, sources: 1, texts: 1}
	w.saw[0] = 1
	return w
}

// see notes the source text that a translator has before their eyes. Of several nobody knows.
func (w *world) see(translation int8, here *branch) {
	switch len(here.shown) {
	case 0:
		w.saw[translation] |= 1 << here.enText
	case 1:
		w.saw[translation] |= 1 << (here.shown[0] - '0')
	}
}

// merge merges the other branch's table into this one, and its state and its source if asked to.
// Where both changed, a person prefers what is here, and extract's own lines are kept twice.
func (b *branch) merge(w *world, there *branch, states, source bool) {
	here := *b
	b.translation = three(w.base.translation, here.translation, there.translation)
	b.flag = three(w.base.flag, here.flag, there.flag)
	b.shown = lines(w.base.shown, here.shown, there.shown)
	b.prev = lines(w.base.prev, here.prev, there.prev)
	if here.translation != b.translation {
		b.before = here.translation
	}
	if states {
		b.facts, b.past = union(here.facts, there.facts), union(here.past, there.past)
	}
	if source {
		b.goText = three(w.base.goText, here.goText, there.goText)
		b.enText = three(w.base.enText, here.enText, there.enText)
		b.written = union(here.written, there.written)
		if here.goText != b.goText {
			b.goBefore = here.goText
		}
	}
	for _, side := range []*branch{&here, there} {
		moved := b.shown != side.shown || b.enText != side.enText
		switch {
		case b.translation == side.translation && side.fresh() && moved:
			w.excuse(b) // edited without extract on one branch, comments changed on the other
		case b.flag == state.FlagOK && side.flag == state.FlagOK &&
			(moved || b.translation != side.translation):
			w.excuse(b) // the same with an ok
		case !states && b.translation == side.translation && b.fresh():
			w.excuse(b) // taken to another branch without the state that knows better
		}
	}
}

// fresh reports whether no extract has seen the translation on this branch.
func (b *branch) fresh() bool {
	text := fingerprint(fmt.Sprint("t", b.translation))
	for _, f := range set(b.past).Of(id) {
		if f.Text == text {
			return false
		}
	}
	return true
}

func three[T comparable](base, here, there T) T {
	if here == base {
		return there
	}
	return here
}

func lines(base, here, there digits) digits {
	if here != base && there != base && here != there {
		return here + there
	}
	return three(base, here, there)
}

// extract runs extract on one branch.
func extract(b branch) (branch, state.State) {
	if after, ok := extracted[b]; ok {
		return after.branch, after.State
	}
	before, r := b, resolve(b)
	facts := set(b.facts).Clone()
	facts.Add(r.New...)
	written := set(b.written).Clone()
	written.Add(state.SourceFacts(id, forms(source(b.goText)), nil)...)
	b.facts, b.written = string(facts.Bytes()), string(written.Bytes())
	b.past = union(b.past, b.facts)
	b.flag, b.shown, b.prev = r.Flag, fmt.Sprint(b.goText), ""
	if text := r.Previous[plural.Other]; text != "" {
		b.prev = text[1:]
	}
	b.enText = b.goText
	extracted[before] = result{b, r.State}
	return b, r.State
}

type result struct {
	branch
	state.State
}

// Stories meet the same branches and the same lock files again and again.
var (
	extracted = make(map[branch]result)
	sets      = make(map[string]*state.Set)
)

func resolve(b branch) state.Result {
	return state.Resolve(set(b.facts), set(b.written), &state.Text{
		ID:       id,
		Forms:    forms(fmt.Sprint("t", b.translation)),
		Asked:    plural.SetOf(plural.Other),
		Source:   forms(source(b.goText)),
		Before:   forms(source(b.enText)),
		Flag:     b.flag,
		Shown:    sources(b.shown),
		Previous: sources(b.prev),
		Past:     func() []state.Fact { return set(b.past).Of(id) },
	})
}

func source(n int8) string { return fmt.Sprint("s", n) }

func sources(list digits) map[plural.Category][]string {
	if list == "" {
		return nil
	}
	var texts []string
	for _, d := range list {
		texts = append(texts, "s"+string(d))
	}
	return map[plural.Category][]string{plural.Other: texts}
}

func forms(text string) state.Forms { return state.Forms{plural.Other: text} }

func fingerprint(text string) state.Fingerprint { return state.FingerprintOf(text, nil) }

func lock(facts ...state.Fact) string {
	var s state.Set
	s.Add(facts...)
	return string(s.Bytes())
}

func set(lock string) *state.Set {
	if sets[lock] == nil {
		sets[lock], _ = state.Parse("de.lock", []byte(lock))
	}
	return sets[lock]
}

func union(a, b string) string {
	both := set(a).Clone()
	both.Union(set(b))
	return string(both.Bytes())
}

// check compares a branch with what the oracle knows, and returns what is wrong.
func (w *world) check(b branch) string {
	after, got := extract(b)
	saw := w.saw[b.translation] | w.excused[b.translation]
	if got == state.Translated && saw&(1<<b.goText) == 0 {
		return fmt.Sprintf("t%d counts as a translation of s%d, which its translator never saw",
			b.translation, b.goText)
	}
	if again, s := extract(after); again != after || s != got {
		return fmt.Sprintf("a second run changes %+v to %+v", after, again)
	}
	return ""
}

// TestStories plays all stories of up to 5 steps. ERRLINGO_STORIES=8 plays longer ones.
func TestStories(t *testing.T) {
	play(t, 5, operations, func(w *world, b branch) string { return w.check(b) })
}

// TestStoriesOfLostStates plays all stories of up to 5 steps in which lock files lose facts, too.
func TestStoriesOfLostStates(t *testing.T) {
	play(t, 5, slices.Concat(operations, losses), func(w *world, b branch) string {
		return w.check(b)
	})
}

// TestNamedStories tells the stories that package state's documentation names: those in which a
// translation counts as made from a source text that its translator never saw, since nothing in the
// files says otherwise, and those beside them that end well.
func TestNamedStories(t *testing.T) {
	tests := []struct {
		name  string
		steps string
		want  state.State
		saw   bool // the last step's source text
	}{
		{"edited without extract, comments changed on the other branch",
			"A:edit B:change-source B:extract B:merge", state.Translated, false},
		{"edited with extract",
			"A:edit A:extract B:change-source B:extract B:merge", state.Stale, false},
		{"comments changed after the merge",
			"A:edit B:change-source B:merge B:extract", state.Stale, false},
		{"edited while it was stale",
			"A:change-source A:extract A:edit B:merge", state.Translated, true},
		{"cherry-picked with its state",
			"A:edit A:extract B:change-source B:extract B:cherry-pick", state.Stale, false},
		{"cherry-picked without its state",
			"A:edit A:extract B:change-source B:extract B:cherry-pick-table", state.Translated, false},
		{"copied with its comments",
			"A:edit B:change-source B:extract B:copy-table", state.Stale, false},
		{"copied with comments from the future",
			"A:edit A:change-source A:extract A:delete-flag B:copy-table B:extract A:cherry-pick",
			state.Stale, false},

		{"ok, comments changed on the other branch", "A:change-source A:extract B:merge A:ok " +
			"B:change-source B:extract B:merge", state.Translated, false},
		{"ok with extract", "A:change-source A:extract B:merge A:ok A:extract " +
			"B:change-source B:extract B:merge", state.Stale, false},
		{"ok under the comments of two branches", "A:change-source A:extract " +
			"B:change-source B:extract B:merge B:ok", state.Stale, false},

		{"reverted to what extract saw",
			"A:edit A:extract A:change-source A:extract A:revert-translation", state.Stale, false},
		{"reverted to what extract never saw",
			"A:edit A:edit A:change-source A:extract A:revert-translation", state.Translated, false},
		{"a state of the past", "A:edit A:extract A:change-source A:extract A:restore-state-0",
			state.Stale, false},
		{"the state of one side of a merge",
			"A:edit A:extract B:change-source B:extract B:merge-but-state", state.Stale, false},

		{"an old copy of the file", "A:change-source A:extract A:restore-day-0", state.Stale, false},
		{"an old copy of the file, edited, and the source changes back and forth",
			"A:change-source A:extract A:revert-source A:restore-day-0 A:edit A:extract " +
				"A:revert-source", state.Stale, false},
		{"an old copy of the file, edited, without comments",
			"A:change-source A:extract A:restore-day-0 A:edit A:strip-comments",
			state.Translated, false},
		{"the file without comments, edited",
			"A:strip-comments A:edit A:change-source", state.Stale, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := start()
			var b branch
			for step := range strings.FieldsSeq(tt.steps) {
				i := strings.Index("AB", step[:1])
				pick(step[2:]).apply(&w, &w.branch[i], &w.branch[1-i])
				b = w.branch[i]
			}
			if _, got := extract(b); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if saw := w.saw[b.translation]&(1<<b.goText) != 0; saw != tt.saw {
				t.Errorf("the translator saw the source text: %t, want %t", saw, tt.saw)
			}
		})
	}
}

// TestCarefulStories plays stories in which extract runs after every edit and before and after
// every merge, which is what the documentation asks for. Then no exception is needed, and the state
// is exact: a translation is good for the source texts that its translators saw, and for no other.
func TestCarefulStories(t *testing.T) {
	careful := []operation{pick("change-source"), pick("revert-source"), pick("extract")}
	for _, name := range []string{
		"edit", "ok", "revert-translation", "strip-comments", "cherry-pick", "merge",
	} {
		op := pick(name)
		careful = append(careful, operation{name, func(w *world, here, there *branch) bool {
			*here, _ = extract(*here)
			*there, _ = extract(*there)
			done := op.apply(w, here, there)
			*here, _ = extract(*here)
			return done
		}})
	}
	play(t, 5, careful, func(w *world, b branch) string {
		// What one branch has not heard of yet, it cannot know.
		b.facts = union(w.branch[0].facts, w.branch[1].facts)
		_, got := extract(b)
		saw := w.saw[b.translation]&(1<<b.goText) != 0
		if (got == state.Translated) != saw {
			return fmt.Sprintf("t%d is %s for s%d; its translator saw it: %t",
				b.translation, got, b.goText, saw)
		}
		return ""
	})
}

func pick(name string) operation {
	all := slices.Concat(operations, losses)
	return all[slices.IndexFunc(all, func(op operation) bool { return op.name == name })]
}

// play plays all stories and reports those after whose last step check finds something wrong with
// the branch that the step changed. Different stories that lead to the same world go on as one.
func play(
	t *testing.T, depth int, operations []operation, check func(*world, branch) string,
) {
	if n, err := strconv.Atoi(os.Getenv("ERRLINGO_STORIES")); err == nil {
		depth = n
	}
	type story struct {
		world
		steps string
	}
	seen := map[world]bool{start(): true}
	now, wrong := []story{{world: start()}}, 0
	for step := range depth {
		var next []story
		for _, s := range now {
			for i := range 2 {
				if step == 0 && i == 1 {
					continue // the same with the branches' names exchanged
				}
				for _, op := range operations {
					w := s.world
					if !op.apply(&w, &w.branch[i], &w.branch[1-i]) || seen[w] {
						continue
					}
					seen[w] = true
					steps := s.steps + " " + "AB"[i:i+1] + ":" + op.name
					if text := check(&w, w.branch[i]); text == "" {
						next = append(next, story{w, steps})
					} else if wrong++; wrong <= 20 {
						t.Errorf("%s: %s", steps[1:], text)
					}
				}
			}
		}
		now = next
	}
	t.Logf("%d stories with different ends, %d of them wrong", len(seen), wrong)
}
