package servertest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// startCluster starts three servers.
func startCluster(t *testing.T) *servertest.Cluster {
	t.Helper()
	c, err := servertest.StartCluster(within(t), t.TempDir(), 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	return c
}

// insist tries until it succeeds, as a publisher does who gets an error. Each try has a short
// time, since a server that was killed never answers.
func insist[T any](t *testing.T, try func(context.Context) (T, error)) T {
	t.Helper()
	all := within(t)
	for {
		ctx, done := context.WithTimeout(all, 5*time.Second)
		value, err := try(ctx)
		done()
		switch {
		case err == nil:
			return value
		case all.Err() != nil, errors.Is(err, publish.ErrLost), errors.Is(err, store.ErrNoBucket):
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// The server that leads the releases is killed again and again. What is published in the meantime
// reaches all nodes by their subscriptions, without their polls.
func TestLeaderKilled(t *testing.T) {
	t.Parallel()
	c := startCluster(t)
	p := newPublisher(t, connect(t, c.URL()), servertest.Current, 3)
	var all []*servertest.Node
	for _, name := range []string{"a", "b", "c", "d"} {
		all = append(all, startNode(t, servertest.NodeConfig{
			Name: name, URL: c.URL(), Poll: time.Hour, Renderers: 4}))
	}
	number := uint64(0)
	next := func() {
		t.Helper()
		number++
		r := insist(t, func(ctx context.Context) (*release.Release, error) {
			return p.Files(ctx, p.Program.Files(number, "de"), publish.Change{})
		})
		for _, n := range all {
			checkTexts(t, n, wait(t, n, r.Revision), title(number))
		}
	}
	next()
	kills := 1
	if long() {
		kills = 10
	}
	for range kills {
		leader := must(c.Leader(within(t)))(t)
		c.Kill(leader)
		for range 3 {
			next()
		}
		if err := c.Start(within(t), leader); err != nil {
			t.Fatal(err)
		}
		next()
	}
	for _, n := range all {
		end(t, n)
	}
}
