package servertest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// Releases whose pack is not there don't hold up the next good one.
func TestMissingPack(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	n := startNode(t, servertest.NodeConfig{Name: "node", URL: s.URL(), Poll: time.Minute})
	mustPublish(t, p, p.Program.Files(1, "de"))
	wait(t, n, 1)
	for revision := uint64(2); revision <= 9; revision++ {
		signed := must(release.Sign(&release.Release{Domain: p.Domain, Revision: revision, Share: 100,
			Pack: release.Ref{Digest: pack.Of([]byte{byte(revision)}), Size: 1}}, p.Key))(t)
		e := must(p.Store.Current(within(t), p.Domain))(t)
		if err := p.Store.Put(within(t), p.Domain, signed, e.Sequence); err != nil {
			t.Fatal(err)
		}
		line := waitFor(t, n, func(l servertest.Line) bool {
			return strings.Contains(l.Err, fmt.Sprintf("revision %d: not found", revision))
		})
		checkTexts(t, n, line, title(1))
	}
	mustPublish(t, p, p.Program.Files(10, "de"))
	line := wait(t, n, 10)
	checkTexts(t, n, line, title(10))
	if line.Err != "" {
		t.Errorf("the error is still %q", line.Err)
	}
	end(t, n)
}

// A node that claims a revision which never was can't keep anybody from publishing.
func TestForgedReport(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	mustPublish(t, p, p.Program.Files(1, "de"))
	report := must(json.Marshal(fleet.Status{Node: "liar", Domain: p.Domain, Revision: 1 << 60}))(t)
	if err := p.Store.Report(within(t), p.Domain, "liar", report); err != nil {
		t.Fatal(err)
	}
	_, err := p.Files(within(t), p.Program.Files(2, "de"), publish.Change{})
	if !errors.Is(err, publish.ErrLost) || !strings.Contains(err.Error(), `"liar"`) {
		t.Errorf("the error is %v, want one that names the node", err)
	}
	r := must(p.Files(within(t), p.Program.Files(2, "de"), publish.Change{After: 1}))(t)
	if r.Revision != 2 {
		t.Errorf("the revision is %d, want 2", r.Revision)
	}
	if _, err := p.Files(within(t), p.Program.Files(3, "de"),
		publish.Change{After: release.MaxRevision}); err == nil {
		t.Error("a revision beyond the last one is accepted")
	}
}

// A report says how soon the next one comes, so that a node which polls rarely is not treated as gone.
func TestReportSaysWhenTheNextIsDue(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	polls := map[string]time.Duration{"often": 100 * time.Millisecond, "rarely": 2 * time.Hour}
	due := map[string]time.Duration{"often": time.Second, "rarely": 2 * time.Hour}
	for name, poll := range polls {
		startNode(t, servertest.NodeConfig{Name: name, URL: s.URL(), Poll: poll})
	}
	var nodes []publish.Node
	for ctx := within(t); len(nodes) < len(polls); {
		nodes = must(p.Nodes(ctx))(t)
	}
	for _, n := range nodes {
		if n.Next != due[n.Node] {
			t.Errorf("node %q reports again within %v, want %v", n.Node, n.Next, due[n.Node])
		}
	}
	for report, want := range map[string]time.Duration{
		`"renewed_within":-1`: 0, `"renewed_within":9223372036854775807`: 24 * time.Hour, `"git":"a"`: 0,
	} {
		text := fmt.Sprintf(`{"node":"liar","domain":%q,%s}`, p.Domain, report)
		if err := p.Store.Report(within(t), p.Domain, "liar", []byte(text)); err != nil {
			t.Fatal(err)
		}
		for _, n := range must(p.Nodes(within(t)))(t) {
			if n.Node == "liar" && n.Next != want {
				t.Errorf("%s: the node reports again within %v, want %v", report, n.Next, want)
			}
		}
	}
}

// Of two publishers at once, one publishes and the other one changes nothing.
func TestTwoPublishers(t *testing.T) {
	s := startServer(t)
	both := []*servertest.Publisher{
		newPublisher(t, connect(t, s.URL()), servertest.Current, 1),
		newPublisher(t, connect(t, s.URL()), servertest.Current, 1),
	}
	const rounds = 50
	for round := uint64(1); round <= rounds; round++ {
		errs := make([]error, len(both))
		var ready, done sync.WaitGroup
		ready.Add(len(both))
		for i, p := range both {
			done.Go(func() {
				data, ref, err := p.Encode(p.Program.Files(2*round+uint64(i), "de"))
				var from publish.Current
				if err == nil {
					from, err = p.Current(within(t))
				}
				ready.Done()
				ready.Wait() // Both have seen the same release.
				if err == nil {
					_, err = p.Publish(within(t), from, ref, data, publish.Change{First: round == 1})
				}
				errs[i] = err
			})
		}
		done.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, store.ErrConflict):
				t.Errorf("round %d: %v", round, err)
			}
		}
		if current := must(both[0].Current(within(t)))(t); won != 1 || current.Revision != round {
			t.Fatalf("round %d: %d publishers of 2 have published, the revision is %d",
				round, won, current.Revision)
		}
	}
}
