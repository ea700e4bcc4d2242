package servertest_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// title is what a German reader sees of a revision.
func title(revision uint64) map[string]string {
	return map[string]string{"de CLOSED.title": fmt.Sprintf("de CLOSED title r%d", revision)}
}

// A node that was cut off shows its last good texts, and the newest ones once it is not.
func TestPartition(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	proxy, err := servertest.StartProxy(s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	n := startNode(t, servertest.NodeConfig{Name: "node", URL: "nats://" + proxy.Addr(), Renderers: 4})
	for revision := uint64(1); revision <= 9; revision += 2 {
		mustPublish(t, p, p.Program.Files(revision, "de"))
		checkTexts(t, n, wait(t, n, revision), title(revision))
		if revision%4 == 1 {
			proxy.Block()
		}
		proxy.Cut()
		mustPublish(t, p, p.Program.Files(revision+1, "de"))
		proxy.Restore()
		checkTexts(t, n, wait(t, n, revision+1), title(revision+1))
	}
	end(t, n)
}

// The server vanishes, comes back, and comes back without its data.
func TestServerVanishes(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	conn := connect(t, s.URL())
	p := newPublisher(t, conn, servertest.Current, 1)
	cache := filepath.Join(t.TempDir(), "cache")
	first := startNode(t, servertest.NodeConfig{Name: "first", URL: s.URL(), Cache: cache})
	mustPublish(t, p, p.Program.Files(1, "de"))
	wait(t, first, 1)
	s.Stop()

	second := startNode(t, servertest.NodeConfig{Name: "second", URL: s.URL(), Cache: cache})
	checkTexts(t, second, wait(t, second, 1), title(1))
	third := startNode(t, servertest.NodeConfig{Name: "third", URL: s.URL()})
	waitFor(t, third, func(l servertest.Line) bool { return l.Err != "" })
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	all := []*servertest.Node{first, second, third}
	p = newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	mustPublish(t, p, p.Program.Files(2, "de"))
	for _, n := range all {
		checkTexts(t, n, wait(t, n, 2), title(2))
	}

	s.Stop()
	if err := s.Erase(); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	p = newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	for nodes, err := p.Nodes(within(t)); len(nodes) < len(all); nodes, err = p.Nodes(within(t)) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Files(within(t), p.Program.Files(3, "de"), publish.Change{}); !errors.Is(err, publish.ErrLost) {
		t.Errorf("the publisher gets the error %v, want one that names the lost releases", err)
	}
	r := must(p.Files(within(t), p.Program.Files(3, "de"), publish.Change{After: 2}))(t)
	if r.Revision != 3 {
		t.Errorf("the revision is %d, want 3", r.Revision)
	}
	for _, n := range all {
		checkTexts(t, n, wait(t, n, 3), title(3))
		end(t, n)
	}
}

func TestRollback(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	n := startNode(t, servertest.NodeConfig{Name: "node", URL: s.URL(), Renderers: 0})
	for revision := uint64(1); revision <= 3; revision++ {
		mustPublish(t, p, p.Program.Files(revision, "de"))
		wait(t, n, revision)
	}
	for _, step := range []struct{ to, revision, shows uint64 }{{0, 4, 2}, {1, 5, 1}} {
		current := must(p.Current(within(t)))(t)
		r, _, err := p.Back(within(t), current, step.to, "")
		if err != nil {
			t.Fatal(err)
		}
		if r.Revision != step.revision {
			t.Errorf("back to %d is revision %d, want %d", step.to, r.Revision, step.revision)
		}
		checkTexts(t, n, wait(t, n, step.revision), title(step.shows))
	}
	current := must(p.Current(within(t)))(t)
	if _, _, err := p.Back(within(t), current, 77, ""); err == nil {
		t.Error("a revision that never was is accepted")
	}
	end(t, n)
}

// Rollbacks in a row go further and further back, and never publish what was rolled back.
func TestRollbacksInARow(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		steps string // "2" publishes texts 2, "2%" to a share, "all" widens, "to3" goes back to revision 3
		shows string // the texts after each step, "-" for a step that is refused
	}{
		{"a bad release", "1 2 back back", "1 2 1 -"},
		{"two bad releases", "1 2 3 back back back", "1 2 3 2 1 -"},
		{"a bad fix after a rollback", "1 2 back 3 back back", "1 2 1 3 1 -"},
		{"and older texts before", "1 2 3 back 4 back back back", "1 2 3 2 4 2 1 -"},
		{"a share", "1 2% back back", "1 2 1 -"},
		{"a share that was widened", "1 2 3% all back back back", "1 2 3 3 2 1 -"},
		{"a share of a fix", "1 2 back 3% back back", "1 2 1 3 1 -"},
		{"a share that was never for all", "1 2% 3 back back", "1 2 3 1 -"},
		{"back to a revision", "1 2 3 to1 to3 back back back", "1 2 3 1 3 2 1 -"},
		{"back to a rollback", "1 2 3 back to4 back back", "1 2 3 2 2 1 -"},
		{"texts of a rollback, published once more", "1 2 3 back 2 back back", "1 2 3 2 2 1 -"},
		{"the only texts", "1 back", "1 -"},
		{"the first texts for a share", "1% back", "1 -"},
		{"nothing", "back", "-"},
	}
	s := startServer(t)
	conn := connect(t, s.URL())
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newPublisher(t, conn, servertest.Current, 1)
			domain := *p
			domain.Domain = fmt.Sprintf("fleet.test%d", i)
			var shown []string
			textsOf := map[pack.Digest]string{}
			for step := range strings.FieldsSeq(tt.steps) {
				r, err := rollStep(t, &domain, step)
				if err != nil {
					shown = append(shown, "-")
					continue
				}
				if number := strings.TrimSuffix(step, "%"); number[0] <= '9' {
					textsOf[r.Pack.Digest] = number
				}
				shown = append(shown, textsOf[r.Pack.Digest])
			}
			if got := strings.Join(shown, " "); got != tt.shows {
				t.Errorf("%s: the texts are %s, want %s", tt.steps, got, tt.shows)
			}
		})
	}
}

// rollStep does what a step of TestRollbacksInARow says.
func rollStep(t *testing.T, p *servertest.Publisher, step string) (*release.Release, error) {
	t.Helper()
	current := must(p.Current(within(t)))(t)
	var number uint64
	switch {
	case step == "back":
		r, _, err := p.Back(within(t), current, 0, "")
		if err != nil && current.Release != nil && !errors.Is(err, publish.ErrOldest) {
			t.Error(err)
		}
		return r, err
	case step == "all":
		return p.Widen(within(t), current, publish.Change{Share: 100})
	case strings.HasPrefix(step, "to"):
		number = must(strconv.ParseUint(step[2:], 10, 64))(t)
		r, _, err := p.Back(within(t), current, number, "")
		return r, err
	}
	text, share := strings.CutSuffix(step, "%")
	change := publish.Change{}
	if share {
		change.Share = 10
	}
	number = must(strconv.ParseUint(text, 10, 64))(t)
	return p.Files(within(t), p.Program.Files(number, "de"), change)
}

// Two people go back at once: one does, and the other one learns that, and has published nothing.
func TestTwoRollBack(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	for revision := uint64(1); revision <= 3; revision++ {
		mustPublish(t, p, p.Program.Files(revision, "de"))
	}
	seen := must(p.Current(within(t)))(t)
	if _, _, err := p.Back(within(t), seen, 0, ""); err != nil {
		t.Fatal(err)
	}
	_, _, err := p.Back(within(t), seen, 0, "")
	if !errors.Is(err, store.ErrConflict) || !strings.Contains(err.Error(), "revision 4") {
		t.Errorf("the error is %v, want one that names revision 4", err)
	}
	now := must(p.Current(within(t)))(t)
	if now.Revision != 4 || now.Back != 2 {
		t.Errorf("revision %d goes back to %d, want 4 and 2", now.Revision, now.Back)
	}
}

// A release goes to a share of the nodes first; the others go on with the texts of before.
func TestShare(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	all := startFleet(t, nodes(), s.URL())
	mustPublish(t, p, p.Program.Files(1, "de"))
	r := must(p.Files(within(t), p.Program.Files(2, "de"), publish.Change{Share: 30}))(t)
	for revision, share := range map[uint64]int{2: 30} {
		checkShare(t, all, r, revision, share)
	}
	for revision, share := range []int{60, 100} {
		current := must(p.Current(within(t)))(t)
		r = must(p.Widen(within(t), current, publish.Change{Share: share}))(t)
		checkShare(t, all, r, uint64(revision+3), share)
	}
	for _, n := range all {
		end(t, n)
	}
}

func checkShare(
	t *testing.T, all []*servertest.Node, r *release.Release, revision uint64, share int,
) {
	t.Helper()
	chosen := 0
	for _, n := range all {
		shows := uint64(1)
		if r.For(n.Config.Name) == &r.Pack {
			shows, chosen = 2, chosen+1
		}
		checkTexts(t, n, wait(t, n, revision), title(shows))
	}
	if share == 100 && chosen != len(all) || chosen == 0 {
		t.Errorf("%d of %d nodes were chosen for a share of %d %%", chosen, len(all), share)
	}
}

// Older and newer versions of the program show what fits them.
func TestOtherVersions(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	mustPublish(t, p, p.Program.Files(1, "de"))
	tests := []struct {
		program string
		shows   string
		text    string
		leftOut bool
	}{
		{"v1", "de OUT_OF_STOCK.title", "de OUT_OF_STOCK title r1", true},
		{"v1", "de CLOSED.title", "de CLOSED title r1", true},
		{"v3", "de GIFT_GONE.title", "de GIFT_GONE title r1", false},
		{"v4", "de PAUSED.title", "de PAUSED title r0", true},
	}
	for i, test := range tests {
		n := startNode(t, servertest.NodeConfig{
			Name: fmt.Sprintf("node-%d", i), URL: s.URL(), Program: test.program,
		})
		line := wait(t, n, 1)
		checkTexts(t, n, line, map[string]string{test.shows: test.text})
		if line.Status.Refused != nil || (line.Status.LeftOut > 0) != test.leftOut {
			t.Errorf("%s: the status is %+v", test.program, line.Status)
		}
		end(t, n)
	}
}
