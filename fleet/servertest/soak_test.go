package servertest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// Of many revisions, a third is bad. Meanwhile the server that leads the releases is killed, half
// of the nodes are cut off, and nodes are killed, again and again. No reader sees a text that was
// not published in a good revision, or an older one than before, and all nodes end with the last
// one.
func TestSoak(t *testing.T) {
	t.Parallel()
	nodes, revisions, kills := 10, 100, 100 // the leader is killed once in so many revisions
	if long() {
		nodes, revisions, kills = 50, 1000, 50
	}
	s := newSoak(t, nodes)
	faults := s.faults()
	killed := ""
	for i := range revisions {
		switch i % kills {
		case 20:
			killed = must(s.cluster.Leader(within(t)))(t)
			s.cluster.Kill(killed)
		case 35:
			if err := s.cluster.Start(within(t), killed); err != nil {
				t.Fatal(err)
			}
		}
		switch i % 40 {
		case 5:
			s.eachProxy((*servertest.Proxy).Cut)
		case 25:
			s.eachProxy((*servertest.Proxy).Block)
		case 15, 35:
			s.eachProxy((*servertest.Proxy).Restore)
		case 38:
			s.restartNode(1 + i/40%(len(s.nodes)-1))
		}
		switch {
		case i%3 == 2:
			f := faults[i/3%len(faults)]
			s.putBad(f.name, f.release(), f.want)
		case i%30 == 1: // The one before was good, so the others go on with its texts.
			s.publishTo(50)
			s.widen()
		default:
			s.publishTo(100)
		}
	}
	s.eachProxy((*servertest.Proxy).Restore)
	renders := uint64(0)
	for _, n := range s.nodes {
		line := waitFor(t, n, func(l servertest.Line) bool {
			return l.Status.Revision == s.last.Revision && l.Err == "" && l.Status.Refused == nil
		})
		checkTexts(t, n, line, map[string]string{
			"de CLOSED.title":        fmt.Sprintf("de CLOSED title r%d", s.number),
			"fr OUT_OF_STOCK.detail": fmt.Sprintf("fr OUT_OF_STOCK detail r%d 3 socks", s.number),
		})
		renders += end(t, n).End.Renders
	}
	t.Logf("%d nodes have rendered all texts %d times and show revision %d",
		len(s.nodes), renders, s.last.Revision)
}

// soak is a fleet that lives through many revisions.
type soak struct {
	*testing.T
	cluster *servertest.Cluster
	proxies []*servertest.Proxy // of half of the nodes
	nodes   []*servertest.Node
	p       *servertest.Publisher
	js      jetstream.JetStream
	number  uint64           // of the texts that were published last
	last    *release.Release // the last good one
	old     []byte           // a good release that is not the current one
}

func newSoak(t *testing.T, nodes int) *soak {
	s := &soak{T: t, cluster: startCluster(t)}
	conn := connect(t, s.cluster.URL())
	s.p = newPublisher(t, conn, servertest.Current, 3)
	s.js = must(jetstream.New(conn))(t)
	var urls []string
	for _, addr := range s.cluster.Addrs() {
		p := must(servertest.StartProxy(addr))(t)
		t.Cleanup(p.Close)
		s.proxies, urls = append(s.proxies, p), append(urls, "nats://"+p.Addr())
	}
	for i := range nodes {
		config := servertest.NodeConfig{Name: fmt.Sprintf("node-%d", i), URL: s.cluster.URL(),
			Cache: filepath.Join(t.TempDir(), "cache"), Renderers: 8, Pause: 200 * time.Millisecond}
		if i%2 == 1 {
			config.URL = strings.Join(urls, ",")
		}
		s.nodes = append(s.nodes, startNode(t, config))
	}
	s.publishTo(100)
	s.old = must(s.p.Store.Current(within(t), s.p.Domain))(t).Signed
	s.publishTo(100)
	return s
}

func (s *soak) eachProxy(do func(*servertest.Proxy)) {
	for _, p := range s.proxies {
		do(p)
	}
}

func (s *soak) restartNode(i int) {
	s.nodes[i].Kill()
	s.nodes[i] = startNode(s.T, s.nodes[i].Config)
}

// publishTo publishes new texts to a share of the nodes.
func (s *soak) publishTo(share int) {
	s.Helper()
	s.number++
	change := publish.Change{Share: share}
	if s.last != nil {
		change.After = s.last.Revision
	}
	s.follow(insist(s.T, func(ctx context.Context) (*release.Release, error) {
		return s.p.Files(ctx, s.p.Program.Files(s.number, "de", "fr"), change)
	}))
}

// widen publishes the texts of a share to all nodes.
func (s *soak) widen() {
	s.Helper()
	s.follow(insist(s.T, func(ctx context.Context) (*release.Release, error) {
		current, err := s.p.Current(ctx)
		if err != nil || current.Share == 100 { // An earlier try has succeeded.
			return current.Release, err
		}
		return s.p.Widen(ctx, current, publish.Change{Share: 100})
	}))
}

// follow waits until the first node follows a release. It is never cut off.
func (s *soak) follow(r *release.Release) {
	s.Helper()
	s.last = r
	wait(s.T, s.nodes[0], r.Revision)
}

// putBad puts a bad release, nil for none at all, and waits until the first node says what is
// wrong. Then it makes way for the next release, as somebody does who finds it.
func (s *soak) putBad(name string, signed []byte, want string) {
	s.Helper()
	insist(s.T, func(ctx context.Context) (any, error) {
		if signed == nil {
			return nil, s.remove(ctx)
		}
		e, err := s.p.Store.Current(ctx, s.p.Domain)
		if err != nil && !errors.Is(err, store.ErrNone) {
			return nil, err
		}
		return nil, s.p.Store.Put(ctx, s.p.Domain, signed, e.Sequence)
	})
	_, err := s.nodes[0].Wait(within(s.T), func(l servertest.Line) bool {
		refused := l.Status.Refused
		return refused != nil && strings.Contains(refused.Reason, want) || strings.Contains(l.Err, want)
	})
	if err != nil {
		s.Fatalf("%s: %v", name, err)
	}
	if _, err := release.Open(signed, s.p.Keys); err != nil {
		insist(s.T, func(ctx context.Context) (any, error) { return nil, s.remove(ctx) })
	}
}

// remove removes the current release.
func (s *soak) remove(ctx context.Context) error {
	kv, err := s.js.KeyValue(ctx, store.DefaultBucket)
	if err != nil {
		return err
	}
	return kv.Delete(ctx, token+"release")
}

// token begins the keys of the domain in the buckets.
const token = "fleet/test."

// fault is a way in which a release is bad.
type fault struct {
	name    string
	release func() []byte
	want    string // a part of what nodes say
}

func (s *soak) faults() []fault {
	large := make([]byte, 100<<20)
	if raceDetector {
		large = large[:40<<20] // The servers have it, too, and take a minute for more.
	}
	if err := s.p.Store.PutPack(within(s.T), s.p.Domain, large); err != nil {
		s.Fatal(err)
	}
	largeRef := release.Ref{Digest: pack.Of(large), Size: len(large)}
	bomb := compress(large)
	header := "errlingo pack 1\ndomain " + servertest.Name + "\nfingerprint abcd\nfile de.toml "
	return []fault{
		{"cut", func() []byte { return s.sign(s.next(s.bad()))[:200] }, "cut"},
		{"forged", func() []byte { return sign(s.next(s.bad()), key(2)) }, "signed with the key"},
		{"replayed", func() []byte { return s.old }, "is older than revision"},
		{"for another domain", func() []byte {
			r := s.next(s.bad())
			r.Domain = "other"
			return s.sign(r)
		}, `for domain "other"`},
		{"older", func() []byte {
			r := s.next(s.bad())
			r.Revision = 1
			return s.sign(r)
		}, "is older than revision"},
		{"with the same number", func() []byte {
			r := *s.last // A node that is behind may follow it, so its texts are good.
			r.Note = "another one"
			return s.sign(&r)
		}, "the same number"},
		{"a large pack", func() []byte { return s.sign(s.next(largeRef)) }, "more than the"},
		{"a large pack that is said to be small", func() []byte {
			ref := largeRef
			ref.Size = 1000
			return s.sign(s.next(ref))
		}, "damaged or cut"},
		{"a gzip bomb", func() []byte { return s.sign(s.next(s.store(bomb))) }, "more than 256 bytes"},
		{"a file with too much", func() []byte {
			return s.sign(s.next(s.store(compress([]byte(header + "100000000\n")))))
		}, "which is too much"},
		{"a large file that isn't TOML", func() []byte {
			text := fmt.Sprintf("%d\n%s", 8<<20, strings.Repeat("=", 8<<20))
			return s.sign(s.next(s.store(compress([]byte(header + text)))))
		}, "de.toml"},
		{"a damaged pack", func() []byte {
			return s.sign(s.next(s.change(s.bad(), func(data []byte) []byte {
				data[len(data)/2] ^= 1
				return data
			})))
		}, "damaged or cut"},
		{"a pack that is cut", func() []byte {
			return s.sign(s.next(s.change(s.bad(), func(data []byte) []byte { return data[:len(data)/2] })))
		}, "damaged or cut"},
		{"a missing pack", func() []byte {
			return s.sign(s.next(release.Ref{Digest: pack.Of([]byte{0}), Size: 1}))
		}, "not found"},
		{"one hostile text of many", func() []byte {
			return s.sign(s.next(s.texts("bad", `\u202Ebad`, 1)))
		}, "direction control"},
		{"a placeholder that the code has not", func() []byte {
			return s.sign(s.next(s.texts("bad", "{{.Secret}}", 1)))
		}, "Secret"},
		{"a share of 0", func() []byte {
			r := s.next(s.bad())
			r.Share = 0
			return sign(r, key(1))
		}, "the share of the release is 0%"},
		{"a share of 101", func() []byte {
			r := s.next(s.bad())
			r.Share = 101
			return sign(r, key(1))
		}, "the share of the release is 101%"},
		{"a rest of nobody", func() []byte {
			r := s.next(s.bad())
			r.Rest = &r.Pack
			return sign(r, key(1))
		}, "no rest"},
		{"the last revision that a number can be", func() []byte {
			r := s.next(s.bad())
			r.Revision = 1<<64 - 1
			return sign(r, key(1))
		}, "the last one that there can be"},
		{"without a digest", func() []byte { return sign(s.next(release.Ref{Size: 1}), key(1)) },
			"without a digest"},
		{"changed on its way", func() []byte {
			return bytes.Replace(s.sign(s.next(s.bad())), []byte(`"share":100`), []byte(`"share":99`), 1)
		}, "the signature is not"},
		{"too large", func() []byte { return make([]byte, release.MaxSize+1) }, "at most"},
		{"empty", func() []byte { return []byte{} }, "not signed"},
		{"removed", func() []byte { return nil }, "has no release"},
	}
}

// next returns a release of a pack to all nodes, with the next revision.
func (s *soak) next(ref release.Ref) *release.Release {
	return &release.Release{Domain: s.p.Domain, Revision: s.last.Revision + 1, Pack: ref, Share: 100}
}

func (s *soak) sign(r *release.Release) []byte {
	return must(release.Sign(r, s.p.Key))(s.T)
}

// sign signs a release that release.Sign may refuse.
func sign(r *release.Release, key ed25519.PrivateKey) []byte {
	line, err := json.Marshal(r)
	if err != nil {
		panic(err) // Every release can be written.
	}
	signature := ed25519.Sign(key, append([]byte("errlingo fleet release 1\n"), line...))
	return fmt.Appendf(line, "\ned25519 %s %s\n", release.KeyID(key.Public().(ed25519.PublicKey)),
		base64.StdEncoding.EncodeToString(signature))
}

// bad returns a pack that is good by itself, with texts that no reader may see.
func (s *soak) bad() release.Ref { return s.texts("", "", 0) }

// texts stores a pack with texts that no reader may see, after so many replacements in each file.
func (s *soak) texts(old, replacement string, times int) release.Ref {
	files := fstest.MapFS{}
	for name, f := range s.p.Program.Files(s.number+1, "de", "fr") {
		text := strings.ReplaceAll(string(f.Data), fmt.Sprintf(" r%d", s.number+1), " bad")
		files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, replacement, times))}
	}
	data, _, err := s.p.Encode(files)
	if err != nil {
		s.Fatal(err)
	}
	return s.store(data)
}

// store stores a pack, whatever it has.
func (s *soak) store(data []byte) release.Ref {
	insist(s.T, func(ctx context.Context) (any, error) {
		return nil, s.p.Store.PutPack(ctx, s.p.Domain, data)
	})
	return release.Ref{Digest: pack.Of(data), Size: len(data)}
}

// change changes a pack that is stored, but not its digest.
func (s *soak) change(ref release.Ref, change func([]byte) []byte) release.Ref {
	insist(s.T, func(ctx context.Context) (any, error) {
		data, err := s.p.Store.Pack(ctx, s.p.Domain, ref.Digest, ref.Size)
		if err != nil {
			return nil, err
		}
		kv, err := s.js.KeyValue(ctx, store.DefaultBucket+"_packs")
		if err != nil {
			return nil, err
		}
		return kv.Put(ctx, token+ref.Digest.String(), change(data))
	})
	return ref
}

func compress(data []byte) []byte {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	_, _ = zip.Write(data) // A bytes.Buffer returns no error.
	_ = zip.Close()
	return b.Bytes()
}
