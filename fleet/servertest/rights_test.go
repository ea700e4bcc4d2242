package servertest_test

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// The users of testdata/permissions.conf.
const (
	publisherUser = "publisher"
	nodeUser      = "node-1"
)

// startGuarded starts a server with the users of testdata/permissions.conf. The password of each is
// its name. A payload is so small that the standard codes need the object store.
func startGuarded(t *testing.T, change ...func(*server.Options)) *servertest.Server {
	t.Helper()
	t.Setenv("PUBLISHER_PASSWORD", publisherUser)
	t.Setenv("NODE_1_PASSWORD", nodeUser)
	return startServer(t, append([]func(*server.Options){func(o *server.Options) {
		if err := o.ProcessConfigFile("testdata/permissions.conf"); err != nil {
			t.Error(err)
		}
		o.MaxPayload = 64 << 10
	}}, change...)...)
}

// as connects as a user.
func as(t *testing.T, s *servertest.Server, user string) *nats.Conn {
	t.Helper()
	return connect(t, s.URL(), nats.UserInfo(user, user),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})) // Not on the terminal.
}

// With the rights of the example, a publisher publishes, and a node follows and reports.
func TestRights(t *testing.T) {
	s := startGuarded(t)
	conn := as(t, s, publisherUser)
	for _, program := range []string{servertest.Current, "standard"} { // a small pack and a large one
		p := newPublisher(t, conn, program, 1)
		n := startNode(t, servertest.NodeConfig{
			Name: nodeUser, User: nodeUser, URL: s.URL(), Program: program,
		})
		for revision := uint64(1); revision <= 2; revision++ {
			mustPublish(t, p, p.Program.Texts)
			if line := wait(t, n, revision); line.Status.Pack == "" {
				t.Errorf("%s: the status is %+v", program, line.Status)
			}
		}
		current := must(p.Current(within(t)))(t)
		if _, err := p.Pack(within(t), &current.Pack); err != nil {
			t.Error(err)
		}
		if all := must(p.Releases(within(t)))(t); len(all) != 2 {
			t.Errorf("%s: %d releases, want 2", program, len(all))
		}
		// The node reports after it has shown the texts.
		for ctx, reported := within(t), uint64(0); reported != 2; {
			reports := must(p.Nodes(ctx))(t)
			if len(reports) != 1 || reports[0].Node != nodeUser {
				t.Fatalf("%s: the reports are %+v", program, reports)
			}
			reported = reports[0].Revision
		}
		end(t, n)
		removed, err := p.Store.Prune(within(t), p.Domain, nil, time.Now().Add(time.Hour))
		if removed != 1 || err != nil {
			t.Errorf("%s: %d packs were removed, %v", program, removed, err)
		}
	}
	if err := conn.LastError(); err != nil {
		t.Errorf("the publisher has done what it may not do: %v", err)
	}
}

// What a node may not do, the server refuses, and the error says what is missing.
func TestNodeIsNoPublisher(t *testing.T) {
	s := startGuarded(t)
	p := newPublisher(t, as(t, s, publisherUser), servertest.Current, 1)
	mustPublish(t, p, p.Program.Files(1, "de"))
	before := must(p.Current(within(t)))(t)
	conn := as(t, s, nodeUser)
	bucket := must(store.Open(within(t), conn, store.DefaultBucket))(t)
	t.Run("errors", func(t *testing.T) {
		tests := []struct {
			name   string
			do     func(context.Context) error
			denied string
		}{
			{"publish", func(ctx context.Context) error {
				return bucket.Put(ctx, p.Domain, []byte("release"), 1)
			}, `Publish to "$KV.errlingo.fleet/test.release"`},
			{"store a pack", func(ctx context.Context) error {
				return bucket.PutPack(ctx, p.Domain, []byte("pack"))
			}, `Publish to "$KV.errlingo_packs.fleet/test.`},
			{"store a large pack", func(ctx context.Context) error {
				return bucket.PutPack(ctx, p.Domain, make([]byte, 100<<10))
			}, `"errlingo": this user lacks the permission for Publish to "$O.errlingo.`},
			{"report as another", func(ctx context.Context) error {
				return bucket.Report(ctx, p.Domain, "node-2", []byte("{}"))
			}, `Publish to "$KV.errlingo_nodes.fleet/test.node-2"`},
			{"read reports", func(ctx context.Context) error {
				_, err := bucket.Reports(ctx, p.Domain)
				return err
			}, `Publish to "$JS.API.CONSUMER.CREATE.KV_errlingo_nodes.`},
			{"remove packs", func(ctx context.Context) error {
				_, err := bucket.Prune(ctx, p.Domain, nil, time.Now())
				return err
			}, `Publish to "$JS.API.CONSUMER.CREATE.KV_errlingo_packs.`},
			{"make buckets", func(ctx context.Context) error {
				_, err := store.Create(ctx, conn, "other", 1)
				return err
			}, `Publish to "$JS.API.STREAM.INFO.`},
		}
		for _, test := range tests {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			err := test.do(ctx)
			cancel()
			if err == nil || !strings.Contains(err.Error(), test.denied) {
				t.Errorf("%s: the error is %v, want %q", test.name, err, test.denied)
			}
		}
	})
	for _, subject := range []string{
		"$JS.API.STREAM.DELETE.KV_errlingo", "$JS.API.STREAM.PURGE.KV_errlingo",
		"$JS.API.STREAM.UPDATE.KV_errlingo", "$JS.API.STREAM.MSG.DELETE.KV_errlingo",
		"$JS.API.STREAM.MSG.GET.KV_errlingo_nodes", "$JS.API.STREAM.SNAPSHOT.KV_errlingo",
		"$JS.API.STREAM.NAMES", "$JS.API.STREAM.INFO.KV_secret", "$JS.API.DIRECT.GET.KV_secret",
		"$JS.API.CONSUMER.NAMES.KV_errlingo", "$JS.API.CONSUMER.CREATE.KV_secret.a.$KV.secret.>",
		"$JS.API.CONSUMER.CREATE.KV_errlingo", "$JS.API.CONSUMER.CREATE.KV_errlingo.a",
		"$JS.API.CONSUMER.DURABLE.CREATE.KV_errlingo.a", "$JS.API.DIRECT.GET.KV_errlingo_nodes",
		"$KV.errlingo.fleet/test.release", "$KV.secret.key", "$O.errlingo.M.a", "$O.errlingo.C.a",
	} {
		if err := conn.Publish(subject, nil); err != nil {
			t.Fatal(err)
		}
		if err := conn.FlushWithContext(within(t)); err != nil {
			t.Fatal(err)
		}
		if err := conn.LastError(); !errors.Is(err, nats.ErrPermissionViolation) ||
			!strings.Contains(err.Error(), `"`+subject+`"`) {
			t.Errorf("a node may publish to %q: %v", subject, err)
		}
	}
	if after := must(p.Current(within(t)))(t); after.Revision != before.Revision {
		t.Errorf("the revision is %d, want %d", after.Revision, before.Revision)
	}
}

// The server sends what a node listens to to any subject that the node names. It can't
// write by that: the server doesn't send while nobody listens to just that subject, and a node may not.
func TestNoDetour(t *testing.T) {
	s := startGuarded(t)
	publisher := as(t, s, publisherUser)
	p := newPublisher(t, publisher, servertest.Current, 1)
	mustPublish(t, p, p.Program.Files(1, "de"))
	conn := as(t, s, nodeUser)
	const release, target = "$KV.errlingo.fleet/test.release", "$KV.errlingo_nodes.fleet/test.node-2"
	request := must(json.Marshal(map[string]any{"stream_name": "KV_errlingo", "config": map[string]any{
		"name": "detour", "filter_subject": release, "deliver_subject": target,
	}}))(t)
	reply := must(conn.RequestWithContext(within(t), "$JS.API.CONSUMER.CREATE.KV_errlingo.detour."+
		release, request))(t)
	if !strings.Contains(string(reply.Data), `"num_pending":1`) {
		t.Fatalf("the server has answered %s", reply.Data)
	}
	if _, err := conn.SubscribeSync(target); err != nil {
		t.Fatal(err)
	}
	// After five seconds without a listener, the server gives up.
	stream := must(must(jetstream.New(publisher))(t).Stream(within(t), "KV_errlingo"))(t)
	for must(stream.Info(within(t)))(t).State.Consumers > 0 {
		time.Sleep(100 * time.Millisecond)
	}
	if reports := must(p.Store.Reports(within(t), p.Domain))(t); len(reports) > 0 {
		t.Errorf("a node has written a report of another node: %q", reports[0].Data)
	}
}

// Each right of the example is needed: a node that lacks one says which.
func TestMissingRight(t *testing.T) {
	var without []string // the names of users that lack the right that is their name
	s := startGuarded(t, func(o *server.Options) {
		i := slices.IndexFunc(o.Users, func(u *server.User) bool { return u.Username == nodeUser })
		node := o.Users[i]
		deaf, rights := *node, *node.Permissions
		deaf.Username, deaf.Password, deaf.Permissions = "deaf", "deaf", &rights
		rights.Subscribe = &server.SubjectPermission{Deny: []string{">"}}
		o.Users = append(o.Users, &deaf)
		for _, subject := range node.Permissions.Publish.Allow {
			if strings.HasPrefix(subject, "$JS.FC.") || strings.Contains(subject, "CONSUMER.DELETE") {
				continue // What is lost with these is seen only when a server is slow.
			}
			without = append(without, subject)
			user, rights, publish := *node, *node.Permissions, *node.Permissions.Publish
			user.Username, user.Password = subject, subject
			user.Permissions, rights.Publish = &rights, &publish
			publish.Allow = slices.DeleteFunc(slices.Clone(publish.Allow),
				func(s string) bool { return s == subject })
			o.Users = append(o.Users, &user)
		}
	})
	p := newPublisher(t, as(t, s, publisherUser), "standard", 1)
	mustPublish(t, p, p.Program.Texts)
	var all sync.WaitGroup
	for _, user := range without {
		conn := as(t, s, user)
		all.Go(func() {
			beginning, _, _ := strings.Cut(user, "*")
			want := `this user lacks the permission for Publish to "` + beginning
			if got := firstError(t, conn, p.Program); !strings.Contains(got, want) {
				t.Errorf("without %q, the error is %q, want %q", user, got, want)
			}
		})
	}
	want := `this user lacks the permission for Subscription to "_INBOX.`
	if got := firstError(t, as(t, s, "deaf"), p.Program); !strings.Contains(got, want) {
		t.Errorf("without replies, the error is %q, want %q", got, want)
	}
	all.Wait()
}

// The server doesn't answer a report that it doesn't permit. A node that waits for the answer takes
// releases meanwhile.
func TestReportsHoldUpNothing(t *testing.T) {
	t.Parallel()
	s := startServer(t, func(o *server.Options) {
		o.Users = []*server.User{{Username: publisherUser, Password: publisherUser},
			{Username: "mute", Password: "mute", Permissions: &server.Permissions{
				Publish: &server.SubjectPermission{Deny: []string{"$KV.errlingo_nodes.>"}}}}}
	})
	p := newPublisher(t, as(t, s, publisherUser), servertest.Current, 1)
	bundle := must(errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: p.Program.Domain, FS: p.Program.Texts}},
	}))(t)
	statuses := make(chan fleet.Status, 100)
	ctx, stop := context.WithCancel(within(t))
	defer stop()
	ended := make(chan error, 1)
	go func() {
		ended <- fleet.Follow(ctx, bundle, fleet.NATS(as(t, s, "mute")), fleet.Options{
			Domain: p.Program.Domain, Keys: []ed25519.PublicKey{public(1)}, Node: "mute",
			OnStatus: func(s fleet.Status) { statuses <- s },
		})
	}()
	for revision := uint64(1); revision <= 5; revision++ {
		mustPublish(t, p, p.Program.Files(revision, "de"))
		if got := <-statuses; got.Revision != revision || got.Err != nil {
			t.Fatalf("the status is %+v, want revision %d", got, revision)
		}
	}
	const want = `what is shown can't be reported: bucket "errlingo_nodes": this user lacks the permission`
	if got := <-statuses; got.Revision != 5 || got.Err == nil || !strings.Contains(got.Err.Error(), want) {
		t.Errorf("the status is %+v, want the error %q", got, want)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Without JetStream, and without access, nodes and publishers say what is wrong.
func TestNoService(t *testing.T) {
	tests := []struct {
		name   string
		server func(*server.Options)
		user   string
		want   string
	}{
		{"no JetStream", func(o *server.Options) { o.JetStream = false }, "",
			"the server runs without JetStream"},
		{"no JetStream for the account", func(o *server.Options) {
			o.Accounts = []*server.Account{server.NewAccount("TEXTS")}
			o.Users = []*server.User{{Username: "a", Password: "a", Account: o.Accounts[0]}}
		}, "a", "this user's account has no JetStream"},
		{"an unknown user", func(o *server.Options) { o.Username, o.Password = "a", "a" }, "b",
			"Authorization Violation"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := startServer(t, test.server)
			conn := connect(t, s.URL(), nats.UserInfo(test.user, test.user),
				nats.RetryOnFailedConnect(true))
			program := load(t, servertest.Current)
			if got := firstError(t, conn, program); !strings.Contains(got, test.want) {
				t.Errorf("a node says %q, want %q", got, test.want)
			}
			_, err := servertest.NewPublisher(within(t), conn, program, key(1), 1)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("a publisher says %v, want %q", err, test.want)
			}
		})
	}
}

// firstError follows until something is wrong, and returns that.
func firstError(t *testing.T, conn *nats.Conn, p *servertest.Program) string {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: p.Domain, FS: p.Texts}},
	})
	if err != nil {
		t.Error(err)
		return ""
	}
	ctx, stop := context.WithCancel(within(t))
	defer stop()
	first := ""
	err = fleet.Follow(ctx, bundle, fleet.NATS(conn), fleet.Options{
		Domain: p.Domain, Keys: []ed25519.PublicKey{public(1)}, Node: nodeUser,
		OnStatus: func(s fleet.Status) {
			if first == "" && s.Err != nil {
				first = s.Err.Error()
				stop()
			}
		},
	})
	if err != nil {
		return err.Error()
	}
	return first
}
