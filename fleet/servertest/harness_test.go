package servertest_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// patience is how long a test waits for what must happen.
const patience = 2 * time.Minute

func TestMain(m *testing.M) {
	isChild, err := servertest.Child()
	switch {
	case !isChild:
		os.Exit(m.Run())
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// long reports whether to run the long forms of the tests.
func long() bool { return os.Getenv("ERRLINGO_LONG") != "" }

// within returns a context for what must happen soon.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func startServer(t *testing.T, change ...func(*server.Options)) *servertest.Server {
	t.Helper()
	s, err := servertest.Start(filepath.Join(t.TempDir(), "data"), change...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func connect(t *testing.T, url string, options ...nats.Option) *nats.Conn {
	t.Helper()
	conn, err := nats.Connect(url, append([]nats.Option{nats.MaxReconnects(-1),
		nats.ReconnectWait(50 * time.Millisecond)}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// key returns a private key that is the same for the same number.
func key(n byte) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed)
}

func public(n byte) ed25519.PublicKey { return key(n).Public().(ed25519.PublicKey) }

func load(t *testing.T, program string) *servertest.Program {
	t.Helper()
	p, err := servertest.Load(program)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newPublisher(t *testing.T, conn *nats.Conn, program string, replicas int) *servertest.Publisher {
	t.Helper()
	p, err := servertest.NewPublisher(within(t), conn, load(t, program), key(1), replicas)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// mustPublish publishes files to all nodes.
func mustPublish(t *testing.T, p *servertest.Publisher, files fs.FS) *release.Release {
	t.Helper()
	return must(p.Files(within(t), files, publish.Change{}))(t)
}

// must returns a value or fails the test.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// startNode starts a node. What the config lacks is as most tests need it.
func startNode(t *testing.T, config servertest.NodeConfig) *servertest.Node {
	t.Helper()
	if config.Program == "" {
		config.Program = servertest.Current
	}
	if config.Keys == nil {
		config.Keys = []ed25519.PublicKey{public(1)}
	}
	if config.Poll == 0 {
		config.Poll = time.Second
	}
	if config.Pause == 0 {
		config.Pause = 10 * time.Millisecond
	}
	n, err := servertest.StartNode(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !n.Ended() {
			n.Kill()
		}
	})
	return n
}

// wait waits until a node follows a revision.
func wait(t *testing.T, n *servertest.Node, revision uint64) servertest.Line {
	t.Helper()
	return waitFor(t, n, func(l servertest.Line) bool { return l.Status.Revision == revision })
}

func waitFor(t *testing.T, n *servertest.Node, is func(servertest.Line) bool) servertest.Line {
	t.Helper()
	line, err := n.Wait(within(t), is)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// end ends a node, which must have shown no wrong text and must leave no goroutine.
func end(t *testing.T, n *servertest.Node) servertest.Line {
	t.Helper()
	line, err := n.End()
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range line.End.Wrong {
		t.Errorf("node %q: %s", n.Config.Name, wrong)
	}
	if line.End.Leaked != "" {
		t.Errorf("node %q leaves goroutines:\n%s", n.Config.Name, line.End.Leaked)
	}
	return line
}

// checkTexts compares what a node shows, by locale and text, with what it should show.
func checkTexts(t *testing.T, n *servertest.Node, line servertest.Line, want map[string]string) {
	t.Helper()
	for id, text := range want {
		if got := line.Texts[id]; !strings.HasPrefix(got+" ", text+" ") {
			t.Errorf("node %q shows %q as %q, want %q", n.Config.Name, id, got, text)
		}
	}
}
