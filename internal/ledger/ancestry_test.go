package ledger_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/ledger"
)

// TestAncestry shows which line of a code accepts what another one breaks.
func TestAncestry(t *testing.T) {
	removed := "param A of AB was removed (codes.lock:%d)"
	tests := []struct {
		name     string
		versions []string // each with its name, its parents and its lines; parents first
		old      string
		declared string
		breaks   []string
		warnings []string
	}{
		{name: "a new param that one branch has never seen is lost in Go",
			versions: []string{"r:7 AB 404 -", "a r:7 AB 404 A:int", "b r:7 AB 404 B:int"},
			old:      "7 AB 404 A:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
		{name: "a param that one branch has removed",
			versions: []string{"r:7 AB 404 A:int", "a r:7 AB 404 A:int C:int", "b r:7 AB 404 B:int"},
			old:      "7 AB 404 A:int C:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int C:int\n",
			warnings: []string{"already accepted: " + fmt.Sprintf(removed, 2)}},
		{name: "the versions of the main branch are the same, but the branch has removed the param",
			versions: []string{"0:7 AB 404 -", "r 0:7 AB 404 A:int", "a r:7 AB 404 A:int C:int", "b r:7 AB 404 B:int"},
			old:      "7 AB 404 A:int C:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int C:int\n",
			warnings: []string{"already accepted: " + fmt.Sprintf(removed, 2)}},
		{name: "the versions of the main branch are the same, but the branch is older",
			versions: []string{"0:7 AB 404 -", "r 0:7 AB 404 A:int", "a r:7 AB 404 A:int C:int", "b 0:7 AB 404 B:int"},
			old:      "7 AB 404 A:int C:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int C:int\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
		{name: "a param that was removed, and added again on one branch",
			versions: []string{"0:7 AB 404 A:int", "r 0:7 AB 404 -", "a r:7 AB 404 A:int", "b r:7 AB 404 B:int"},
			old:      "7 AB 404 A:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
		{name: "the branch that removes it had it from a third one",
			versions: []string{"r:7 AB 404 -", "c r:7 AB 404 A:int", "a r c:7 AB 404 A:int C:int", "b1 r c:7 AB 404 A:int",
				"b b1:7 AB 404 B:int"},
			old: "7 AB 404 A:int C:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int C:int\n",
			warnings: []string{"already accepted: " + fmt.Sprintf(removed, 2)}},
		{name: "branches that were merged crosswise",
			versions: []string{"r:7 AB 404 -", "x r:7 AB 404 A:int", "y r:7 AB 404 B:int", "a x y:7 AB 404 A:int B:int",
				"b1 y x:7 AB 404 A:int B:int", "a1 a:7 AB 404 A:int B:int C:int", "b b1:7 AB 404 B:int"},
			old: "7 AB 404 A:int B:int C:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int C:int\n",
			warnings: []string{"already accepted: " + fmt.Sprintf(removed, 2)}},
		{name: "a merge that extract has not seen, and a third branch",
			versions: []string{"r:7 AB 404 -", "a r:7 AB 404 A:int", "b r:7 AB 404 B:int",
				"m a b:7 AB 404 A:int\n7 AB 404 B:int"},
			old: "7 AB 404 A:int\n7 AB 404 B:int\n7 AB 404 C:int\n", declared: "7 AB 404 B:int C:int\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
		{name: "a line that was cherry-picked comes without a history",
			versions: []string{"r:7 AB 404 A:int", "a r:7 AB 404 A:int C:int"},
			old:      "7 AB 404 A:int C:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int C:int\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
		{name: "another status is lost in Go",
			versions: []string{"r:7 AB 404 -", "a r:7 AB 410 -", "b r:7 AB 404 B:int"},
			old:      "7 AB 410 -\n7 AB 404 B:int\n", declared: "7 AB 404 B:int\n",
			breaks: []string{"HTTP status of AB changed from 410 to 404 (codes.lock:2)"}},
		{name: "both branches have another status",
			versions: []string{"r:7 AB 404 -", "a r:7 AB 410 -", "b r:7 AB 422 -"},
			old:      "7 AB 410 -\n7 AB 422 -\n", declared: "7 AB 422 -\n",
			warnings: []string{"already accepted: HTTP status of AB changed from 410 to 422 (codes.lock:2)"}},
		{name: "another name is lost in Go",
			versions: []string{"r:7 AB 404 -", "a r:7 CD 404 - was:AB", "b r:7 AB 404 B:int"},
			old:      "7 CD 404 - was:AB\n7 AB 404 B:int\n", declared: "7 AB 404 B:int\n",
			breaks: []string{"code 7 was renamed from CD to AB (codes.lock:2)"}},
		{name: "both branches have another name",
			versions: []string{"r:7 AB 404 -", "a r:7 CD 404 - was:AB", "b r:7 EF 404 - was:AB"},
			old:      "7 CD 404 - was:AB\n7 EF 404 - was:AB\n", declared: "7 EF 404 -\n",
			warnings: []string{"already accepted: code 7 was renamed from CD to EF (codes.lock:2)"}},
		{name: "the lines before a rename are the code's, too",
			versions: []string{"r:7 AB 404 A:int", "a r:7 AB 404 A:int C:int", "b1 r:7 CD 404 A:int was:AB",
				"b b1:7 CD 404 B:int was:AB"},
			old: "7 AB 404 A:int C:int\n7 CD 404 B:int was:AB\n", declared: "7 CD 404 B:int C:int\n",
			warnings: []string{"already accepted: param A of CD was removed (codes.lock:2)"}},
		{name: "lines of another code with the number",
			versions: []string{"r:7 AB 404 -\n7 EF 404 A:int", "a r:7 AB 404 A:int", "b r:7 AB 404 B:int"},
			old:      "7 AB 404 A:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
		{name: "lines of the code with an earlier number",
			versions: []string{"r:7 AB 404 -\n6 AB 404 A:int retired", "a r:7 AB 404 A:int", "b r:7 AB 404 B:int"},
			old:      "6 AB 404 - retired\n6 AB 404 C:int retired\n7 AB 404 A:int\n7 AB 404 B:int\n",
			declared: "7 AB 404 B:int\n",
			breaks:   []string{"param A of AB was removed (codes.lock:4)"}},
		{name: "retired by a branch that has never seen the param",
			versions: []string{"r:7 AB 404 -", "a r:7 AB 404 A:int", "b r:7 AB 404 - retired"},
			old:      "7 AB 404 A:int\n7 AB 404 - retired\n", declared: "7 AB 404 -\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
		{name: "a version without the code, and one that cannot be read",
			versions: []string{"0:7 AB 404 A:int", "r 0:", "a r:7 AB x -\n7 AB 404 A:int", "b r:7 AB 404 B:int"},
			old:      "7 AB 404 A:int\n7 AB 404 B:int\n", declared: "7 AB 404 B:int\n",
			breaks: []string{fmt.Sprintf(removed, 2)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			old := parse(t, "codes.lock", test.old)
			ancestry := old.Ancestry()
			for _, v := range test.versions {
				names, lines, _ := strings.Cut(v, ":")
				commits := strings.Fields(names)
				ancestry.Add(commits[0], commits[1:], []byte(header+lines+"\n"))
			}
			c := ledger.Compare(ledger.Input{
				Domain: declare(t, test.declared), Ledger: old, Ancestry: ancestry,
			})
			if got := texts(c.Breaks); !slices.Equal(got, test.breaks) || len(c.Conflicts) > 0 {
				t.Errorf("breaks %q and %v, want %q", got, c.Conflicts, test.breaks)
			}
			if got := texts(c.Warnings); !slices.Equal(got, test.warnings) {
				t.Errorf("warnings %q, want %q", got, test.warnings)
			}
		})
	}
}

func TestAncestryIsNotNeeded(t *testing.T) {
	l := parse(t, "codes.lock", "7 AB 404 -\n7 CD 404 -\n8 AB 404 -\n")
	if l.Ancestry() != nil {
		t.Error("no code has two lines")
	}
}

// TestBranches plays every short story of two branches: each adds params to a code, changes an
// attribute, which it accepts, and merges the other one. In the end the first one merges the other,
// and Go has this or that. There must be a break exactly if Go breaks a line and does not have what
// a three-way merge gives: then no branch has accepted that.
func TestBranches(t *testing.T) {
	steps := 4
	if os.Getenv("ERRLINGO_LONG") != "" {
		steps = 6
	}
	tests := []struct {
		name   string
		values [2]string // the line of the code, for each value of the attribute
		free   bool      // getting the second value breaks nobody
	}{
		{"a param", [2]string{"7 AB 404", "7 AB 404 A:int"}, true},
		{"public", [2]string{"7 AB 404 A:int", "7 AB 404 A:int+"}, true},
		{"the kind", [2]string{"7 AB 404 A:int", "7 AB 404 A:string"}, false},
		{"the status", [2]string{"7 AB 404", "7 AB 410"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := &stories{T: t, values: test.values, free: test.free}
			for value := range 2 {
				root := &commit{name: "0", value: value}
				root.lines = s.line(root)
				s.play(steps, pair{tips: [2]*commit{root, root}, shared: root, all: []*commit{root}})
			}
			t.Logf("%d merges, %d of them with two lines, %d breaks", s.merges, s.twice, s.breaks)
			if s.breaks == 0 {
				t.Error("no story has a break")
			}
		})
	}
}

type stories struct {
	*testing.T
	values                [2]string
	free                  bool
	merges, twice, breaks int
}

// commit is a version of the Go source and of the ledger.
type commit struct {
	name    string
	parents []string
	value   int      // of the attribute
	params  []string // other ones, sorted
	lines   string   // the ledger without its header
}

// pair is two branches.
type pair struct {
	tips   [2]*commit
	shared *commit   // the last one that is part of both
	all    []*commit // parents first
}

// line returns the line of the code, as Go declares it.
func (s *stories) line(c *commit) string {
	return strings.Join(append([]string{s.values[c.value]}, c.params...), " ") + "\n"
}

func (s *stories) isBreak(from, to int) bool { return from != to && !(s.free && to == 1) }

// add puts a commit on a branch.
func (p pair) add(branch int, c *commit) pair {
	c.name = fmt.Sprint(len(p.all))
	p.all = append(slices.Clip(p.all), c)
	p.tips[branch] = c
	return p
}

func (s *stories) play(steps int, p pair) {
	s.end(p)
	if steps == 0 || s.Failed() {
		return
	}
	for branch, tip := range p.tips {
		for _, value := range []int{tip.value, 1 - tip.value} {
			c := &commit{parents: []string{tip.name}, value: value, params: tip.params}
			if value == tip.value {
				c.params = append(slices.Clip(c.params), fmt.Sprintf("P%d:int", len(p.all)))
			}
			c.lines = s.line(c)
			s.play(steps-1, p.add(branch, c))
		}
		if theirs := p.tips[1-branch]; theirs != p.shared {
			merged := p.merge(branch)
			next := p.add(branch, merged)
			next.shared = theirs
			c := s.compare(next, merged, merged.value)
			if len(c.Breaks) > 0 {
				s.tell(next, merged.value, c)
			}
			if settled := strings.TrimPrefix(string(c.Next.Bytes()), header); settled != merged.lines {
				next = next.add(branch, &commit{parents: []string{merged.name}, value: merged.value,
					params: merged.params, lines: settled})
			}
			s.play(steps-1, next)
		}
	}
}

// merge merges the other branch into one, as git does with the source, and with the ledger by
// keeping the lines of both.
func (p pair) merge(branch int) *commit {
	ours, theirs := p.tips[branch], p.tips[1-branch]
	c := &commit{parents: []string{ours.name, theirs.name}, value: ours.value, lines: ours.lines + theirs.lines}
	if ours.value == p.shared.value {
		c.value = theirs.value
	}
	switch {
	case ours.lines == p.shared.lines:
		c.lines = theirs.lines
	case theirs.lines == p.shared.lines || theirs.lines == ours.lines:
		c.lines = ours.lines
	}
	c.params = slices.Compact(slices.Sorted(slices.Values(slices.Concat(ours.params, theirs.params))))
	return c
}

// end merges the second branch into the first one, before and after the commit.
func (s *stories) end(p pair) {
	merged := p.merge(0)
	s.merges++
	lines := strings.Count(merged.lines, "\n")
	if lines > 1 {
		s.twice++
	}
	for value := range 2 {
		breaks := false // a line
		for _, side := range p.tips {
			if strings.Contains(merged.lines, side.lines) && s.isBreak(side.value, value) {
				breaks = true
			}
		}
		want := breaks && (lines == 1 || value != merged.value)
		if want {
			s.breaks++
		}
		for _, p := range []pair{p, p.add(0, merged)} {
			c := s.compare(p, merged, value)
			if len(c.Breaks) > 0 != want || len(c.Warnings) > 0 != (breaks && !want) {
				s.tell(p, value, c)
			}
		}
	}
}

// compare compares the ledger of a commit with Go, in which the attribute has a value.
func (s *stories) compare(p pair, c *commit, value int) ledger.Comparison {
	declared := *c
	declared.value = value
	old := parse(s.T, "codes.lock", c.lines)
	ancestry := old.Ancestry()
	if ancestry != nil {
		for _, v := range p.all {
			ancestry.Add(v.name, v.parents, []byte(header+v.lines))
		}
	}
	return ledger.Compare(ledger.Input{
		Domain: declare(s.T, s.line(&declared)), Ledger: old, Ancestry: ancestry,
	})
}

func (s *stories) tell(p pair, value int, c ledger.Comparison) {
	s.Helper()
	for _, v := range p.all {
		s.Logf("%s %v: %q", v.name, v.parents, v.lines)
	}
	s.Errorf("with %q in Go: breaks %v, warnings %v", s.values[value], c.Breaks, c.Warnings)
}
