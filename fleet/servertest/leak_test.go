package servertest_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// clients returns the stacks of the goroutines that package fleet or the client of NATS has started
// or runs in.
func clients() []string {
	all := make([]byte, 4<<20)
	all = all[:runtime.Stack(all, true)]
	var found []string
	for stack := range strings.SplitSeq(string(all), "\n\n") {
		if strings.Contains(stack, "errlingo/fleet.") ||
			strings.Contains(stack, "errlingo/fleet/internal") ||
			strings.Contains(stack, "nats-io/nats.go.") {
			found = append(found, stack)
		}
	}
	return found
}

// checkClients waits until there are not more of these goroutines than before.
func checkClients(t *testing.T, before int) {
	t.Helper()
	ctx := within(t)
	for {
		now := clients()
		if len(now) <= before {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%d goroutines instead of %d:\n%s", len(now), before, strings.Join(now, "\n\n"))
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// follower follows a program's texts in this process.
func follower(t *testing.T, conn *nats.Conn) func(context.Context, func(fleet.Status)) error {
	t.Helper()
	p := load(t, servertest.Current)
	bundle := must(errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: p.Domain, FS: p.Texts}},
	}))(t)
	return func(ctx context.Context, onStatus func(fleet.Status)) error {
		return fleet.Follow(ctx, bundle, fleet.NATS(conn), fleet.Options{
			Domain: p.Domain, Keys: []ed25519.PublicKey{public(1)}, Node: "node", OnStatus: onStatus,
		})
	}
}

// Follow ends when its context does, and leaves nothing running on a connection that it shares.
func TestFollowLeavesNothing(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	mustPublish(t, p, p.Program.Files(1, "de"))
	conn := connect(t, s.URL())
	follow := follower(t, conn)
	before := len(clients()) + 1 // The connection has one for all its requests from the first one on.
	for range 20 {
		ctx, stop := context.WithCancel(within(t))
		if err := follow(ctx, func(fleet.Status) { stop() }); err != nil {
			t.Fatal(err)
		}
	}
	checkClients(t, before)
	if n := conn.NumSubscriptions(); n > 1 {
		t.Errorf("%d subscriptions are left", n)
	}
}

// Follow ends at once while a large pack is on its way and the network is stuck.
func TestFollowEndsWhileFetching(t *testing.T) {
	s := startServer(t)
	proxy := must(servertest.StartProxy(s.Addr()))(t)
	t.Cleanup(proxy.Close)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	data := make([]byte, 8<<20)
	_, _ = rand.NewChaCha8([32]byte{}).Read(data)
	if err := p.Store.PutPack(within(t), p.Domain, data); err != nil {
		t.Fatal(err)
	}
	put(t, p, 1, release.Ref{Digest: pack.Of(data), Size: len(data)})
	follow := follower(t, connect(t, "nats://"+proxy.Addr()))
	before := len(clients()) + 1
	for i := range int64(4) {
		ctx, stop := context.WithCancel(within(t))
		var seen []error
		returned := make(chan error, 1)
		go func() {
			returned <- follow(ctx, func(s fleet.Status) { seen = append(seen, s.Err) })
		}()
		for start := proxy.Received(); proxy.Received() < start+1<<20+i<<20; {
			time.Sleep(time.Millisecond)
		}
		proxy.Block()
		stop()
		select {
		case err := <-returned:
			if err != nil || len(seen) > 0 {
				t.Errorf("Follow returns %v; it has said %v", err, seen)
			}
		case <-time.After(5 * time.Second): // Half of what the server has for an answer.
			t.Fatal("Follow does not end")
		}
		proxy.Restore()
	}
	checkClients(t, before)
}

// put makes a release that names a pack the current one.
func put(t *testing.T, p *servertest.Publisher, revision uint64, ref release.Ref) {
	t.Helper()
	signed := must(release.Sign(&release.Release{
		Domain: p.Domain, Revision: revision, Share: 100, Pack: ref,
	}, p.Key))(t)
	if err := p.Store.Put(within(t), p.Domain, signed, revision-1); err != nil {
		t.Fatal(err)
	}
}

// More releases come than the client of NATS keeps, while a program is busy. It takes the last one.
func TestManyReleases(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	data, ref, err := p.Encode(p.Program.Files(1, "de"))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Store.PutPack(within(t), p.Domain, data); err != nil {
		t.Fatal(err)
	}
	follow := follower(t, connect(t, s.URL()))
	before := len(clients()) + 1
	ctx, stop := context.WithCancel(within(t))
	busy, ready := make(chan struct{}), make(chan struct{})
	var revisions []uint64
	returned := make(chan error, 1)
	const last = 600
	go func() {
		returned <- follow(ctx, func(s fleet.Status) {
			revisions = append(revisions, s.Revision)
			if s.Revision == 1 {
				close(busy)
				<-ready
			}
			if s.Revision == last {
				stop()
			}
		})
	}()
	for revision := uint64(1); revision <= last; revision++ {
		put(t, p, revision, ref)
		if revision == 1 {
			<-busy
		}
	}
	close(ready)
	if err := <-returned; err != nil {
		t.Error(err)
	}
	if len(revisions) > 4 {
		t.Errorf("the program has seen revisions %d, not only the last ones", revisions)
	}
	checkClients(t, before)
}

// More nodes report than the client of NATS keeps reports.
func TestManyReports(t *testing.T) {
	s := startServer(t)
	p := newPublisher(t, connect(t, s.URL()), servertest.Current, 1)
	const all = 600
	for i := range all {
		report := fmt.Appendf(nil, `{"node":"node-%d","domain":%q}`, i, p.Domain)
		if err := p.Store.Report(within(t), p.Domain, fmt.Sprintf("node-%d", i), report); err != nil {
			t.Fatal(err)
		}
	}
	before := len(clients())
	if nodes := must(p.Nodes(within(t)))(t); len(nodes) != all {
		t.Errorf("%d nodes, want %d", len(nodes), all)
	}
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.N(10_000))*time.Microsecond)
		if _, err := p.Nodes(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		cancel()
	}
	checkClients(t, before)
}
