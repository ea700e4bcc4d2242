package servertest_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// The server gets back the data of an earlier day. Nodes go on with the newer texts, also after a
// restart; one that has kept none takes no older ones than it should. The publisher learns how to
// go on.
func TestRestoredServer(t *testing.T) {
	s := startServer(t)
	conn := connect(t, s.URL())
	p := newPublisher(t, conn, servertest.Current, 1)
	cache := filepath.Join(t.TempDir(), "cache")
	n := startNode(t, servertest.NodeConfig{
		Name: "node", URL: s.URL(), Cache: cache, Renderers: 2,
	})
	mustPublish(t, p, p.Program.Files(1, "de"))
	wait(t, n, 1)
	s.Stop()
	backup := filepath.Join(t.TempDir(), "backup")
	if err := os.CopyFS(backup, os.DirFS(s.Dir())); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	p = newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	for revision := uint64(2); revision <= 4; revision++ {
		mustPublish(t, p, p.Program.Files(revision, "de"))
		wait(t, n, revision)
	}

	s.Stop()
	if err := s.Erase(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(s.Dir(), os.DirFS(backup)); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	const older = "revision 1 is older than revision 4"
	line := waitFor(t, n, func(l servertest.Line) bool {
		return l.Status.Refused != nil && strings.Contains(l.Status.Refused.Reason, older)
	})
	checkTexts(t, n, line, title(4))
	restarted := startNode(t, servertest.NodeConfig{Name: "restarted", URL: s.URL(), Cache: cache})
	line = waitFor(t, restarted, func(l servertest.Line) bool { return l.Status.Refused != nil })
	checkTexts(t, restarted, line, title(4))
	careful := startNode(t, servertest.NodeConfig{Name: "careful", URL: s.URL(), AtLeast: 4})
	line = waitFor(t, careful, func(l servertest.Line) bool { return l.Status.Refused != nil })
	checkTexts(t, careful, line, title(0))

	p = newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	if current := must(p.Current(within(t)))(t); current.Revision != 1 {
		t.Fatalf("the server has revision %d, want 1", current.Revision)
	}
	for followed := uint64(0); followed != 4; { // until the nodes have reported
		for _, node := range must(p.Nodes(within(t)))(t) {
			followed = max(followed, node.Revision)
		}
	}
	_, err := p.Files(within(t), p.Program.Files(5, "de"), publish.Change{})
	if !errors.Is(err, publish.ErrLost) || !strings.Contains(err.Error(), "--after 4") {
		t.Errorf("the publisher gets the error %v, want one that says how to go on", err)
	}
	r := must(p.Files(within(t), p.Program.Files(5, "de"), publish.Change{After: 4}))(t)
	if r.Revision != 5 {
		t.Errorf("the revision is %d, want 5", r.Revision)
	}
	for _, n := range []*servertest.Node{n, restarted, careful} {
		line := wait(t, n, 5)
		checkTexts(t, n, line, title(5))
		if line.Status.Refused != nil {
			t.Errorf("node %q still refuses %+v", n.Config.Name, line.Status.Refused)
		}
		end(t, n)
	}
}
