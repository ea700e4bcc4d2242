package fleet_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/internal/access"
)

var (
	shop   = catalog.NewDomain("shop")
	left   = catalog.Int("Left", 3)
	closed = shop.Define(1, "CLOSED", catalog.Spec{Title: "Closed"})
	few    = shop.Define(2, "TOO_FEW", catalog.Spec{
		Title: "Too few", Detail: "{{.Left}} are left.", Params: catalog.Params{left},
	})
)

// mint makes releases and packs of the domain, and keeps the packs.
type mint struct {
	key   ed25519.PrivateKey
	packs map[pack.Digest][]byte
}

func newMint() *mint {
	return &mint{release.NewKey(), map[pack.Digest][]byte{}}
}

func (m *mint) keys() []ed25519.PublicKey {
	return []ed25519.PublicKey{m.key.Public().(ed25519.PublicKey)}
}

// ref packs German texts.
func (m *mint) ref(t testing.TB, german string) release.Ref {
	t.Helper()
	p, err := pack.New(access.Model(shop), fstest.MapFS{"de.toml": {Data: []byte(german)}})
	if err != nil {
		t.Fatal(err)
	}
	data := p.Encode()
	ref := release.RefOf(p, data, "abc123")
	m.packs[ref.Digest] = data
	return ref
}

// title is ref for a title of CLOSED alone.
func (m *mint) title(t testing.TB, text string) release.Ref {
	t.Helper()
	return m.ref(t, "[CLOSED.title]\nother = \""+text+"\"\n")
}

func (m *mint) sign(t testing.TB, r release.Release) []byte {
	t.Helper()
	if r.Domain == "" {
		r.Domain = "shop"
	}
	if r.Share == 0 {
		r.Share = 100
	}
	signed, err := release.Sign(&r, m.key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func (m *mint) fetch(ref *release.Ref) ([]byte, error) {
	if data, has := m.packs[ref.Digest]; has {
		return data, nil
	}
	return nil, errors.New("no such pack")
}

// follow runs a test with a bundle that follows what is given to take. Seen has the statuses.
func follow(
	t *testing.T, m *mint, options fleet.Options,
	run func(bundle *errlingo.Bundle, take func([]byte) error, seen *[]fleet.Status),
) {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: shop, FS: fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = \"Zu\"\n")}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var seen []fleet.Status
	options.Domain, options.Keys = shop, m.keys()
	options.OnStatus = func(s fleet.Status) { seen = append(seen, s) }
	if options.Node == "" {
		options.Node = "node"
	}
	origin := fleet.Feed(m.fetch, func(take func([]byte) error) { run(bundle, take, &seen) })
	if err := fleet.Follow(t.Context(), bundle, origin, options); err != nil {
		t.Fatal(err)
	}
}

func germanTitle(b *errlingo.Bundle) string { return b.Localizer("de").Title(closed) }

// A node that follows revision 10 is given one more release.
func TestTake(t *testing.T) {
	m, stranger := newMint(), newMint()
	ten := m.title(t, "Zehn")
	good := m.title(t, "Elf")
	other := good
	other.Fingerprint = "another"
	tests := []struct {
		name    string
		signed  func() []byte
		want    string // the title
		refused string // a part of the reason
		fails   string // a part of the error
	}{
		{name: "a new one", signed: func() []byte { return m.sign(t, release.Release{Revision: 11, Pack: good}) },
			want: "Elf"},
		{name: "several were missed", want: "Elf",
			signed: func() []byte { return m.sign(t, release.Release{Revision: 99, Pack: good}) }},
		{name: "the same pack again", want: "Zehn",
			signed: func() []byte { return m.sign(t, release.Release{Revision: 11, Pack: ten}) }},
		{name: "a clock that jumps", want: "Elf", signed: func() []byte {
			return m.sign(t, release.Release{Revision: 11, Pack: good, Time: time.Unix(0, 0).UTC()})
		}},
		{name: "an older one", refused: "revision 9 is older than revision 10", want: "Zehn",
			signed: func() []byte { return m.sign(t, release.Release{Revision: 9, Pack: good}) }},
		{name: "another one with the same number", refused: "the same number", want: "Zehn",
			signed: func() []byte { return m.sign(t, release.Release{Revision: 10, Pack: good}) }},
		{name: "for another domain", refused: `"other"`, want: "Zehn", signed: func() []byte {
			return m.sign(t, release.Release{Domain: "other", Revision: 11, Pack: good})
		}},
		{name: "another key", refused: "signed with the key", want: "Zehn", signed: func() []byte {
			return stranger.sign(t, release.Release{Revision: 11, Pack: good})
		}},
		{name: "changed on its way", refused: "signature", want: "Zehn", signed: func() []byte {
			return []byte(strings.Replace(string(m.sign(t, release.Release{Revision: 11, Pack: good})),
				`"revision":11`, `"revision":12`, 1))
		}},
		{name: "cut", refused: "cut", want: "Zehn", signed: func() []byte {
			return m.sign(t, release.Release{Revision: 11, Pack: good})[:100]
		}},
		{name: "empty", refused: "not signed", want: "Zehn", signed: func() []byte { return nil }},
		{name: "too large", refused: "more than the 1000", want: "Zehn", signed: func() []byte {
			large := good
			large.Size = 100 << 20
			return m.sign(t, release.Release{Revision: 11, Pack: large})
		}},
		{name: "a pack that is cut", refused: "damaged or cut", want: "Zehn", signed: func() []byte {
			ref := m.title(t, "Gekürzt")
			m.packs[ref.Digest] = m.packs[ref.Digest][:20]
			return m.sign(t, release.Release{Revision: 11, Pack: ref})
		}},
		{name: "not a pack", refused: "pack", want: "Zehn", signed: func() []byte {
			data := []byte("Hello!")
			m.packs[pack.Of(data)] = data
			ref := release.Ref{Digest: pack.Of(data), Size: len(data)}
			return m.sign(t, release.Release{Revision: 11, Pack: ref})
		}},
		{name: "hostile texts", refused: "direction control", want: "Zehn", signed: func() []byte {
			return m.sign(t, release.Release{Revision: 11, Pack: m.title(t, `Zu \u202Egpj.exe`)})
		}},
		{name: "a placeholder that the code has not", refused: "Nothing", want: "Zehn",
			signed: func() []byte {
				return m.sign(t, release.Release{Revision: 11, Pack: m.title(t, "{{.Nothing}}")})
			}},
		{name: "to another share", want: "Zehn", signed: func() []byte {
			return m.sign(t, release.Release{Revision: 11, Pack: good, Share: shareWithout("node", good),
				Rest: &ten})
		}},
		{name: "to another share, the rest has the program's texts", want: "Zu", signed: func() []byte {
			return m.sign(t, release.Release{Revision: 11, Pack: good, Share: shareWithout("node", good)})
		}},
		{name: "a pack that is not there", want: "Zehn", fails: "no such pack", signed: func() []byte {
			ref := m.title(t, "Fehlt")
			delete(m.packs, ref.Digest)
			return m.sign(t, release.Release{Revision: 11, Pack: ref})
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			follow(t, m, fleet.Options{MaxPack: 1000},
				func(bundle *errlingo.Bundle, take func([]byte) error, seen *[]fleet.Status) {
					before := m.sign(t, release.Release{Revision: 10, Pack: ten})
					if err := take(before); err != nil {
						t.Fatal(err)
					}
					signed := test.signed()
					for range 2 { // Whatever comes once may come twice.
						err := take(signed)
						if test.fails == "" && err != nil ||
							test.fails != "" && (err == nil || !strings.Contains(err.Error(), test.fails)) {
							t.Errorf("the error is %v, want %q", err, test.fails)
						}
						if got := germanTitle(bundle); got != test.want {
							t.Errorf("the title is %q, want %q", got, test.want)
						}
					}
					last := (*seen)[len(*seen)-1]
					switch {
					case test.fails != "":
						if len(*seen) != 1 {
							t.Errorf("statuses %+v", *seen)
						}
					case test.refused == "":
						if last.Refused != nil || last.Revision < 11 {
							t.Errorf("the status is %+v", last)
						}
						if len(*seen) != 2 {
							t.Errorf("%d statuses, want 2", len(*seen))
						}
					case last.Refused == nil || !strings.Contains(last.Refused.Reason, test.refused):
						t.Errorf("the status is %+v, refused %+v, want the reason %q", last, last.Refused,
							test.refused)
					case last.Revision != 10 || len(*seen) != 2:
						t.Errorf("%d statuses, the last one is %+v", len(*seen), last)
					}
					// A good release ends it.
					if err := take(m.sign(t, release.Release{Revision: 100, Pack: good})); err != nil {
						t.Error(err)
					}
					last = (*seen)[len(*seen)-1]
					if got := germanTitle(bundle); got != "Elf" || last.Refused != nil || last.Revision != 100 {
						t.Errorf("after a good release the title is %q, the status %+v", got, last)
					}
				})
		})
	}
}

// shareWithout returns a share of the nodes that a node is not in.
func shareWithout(node string, ref release.Ref) int {
	for share := 99; ; share-- {
		if r := (&release.Release{Pack: ref, Share: share}); r.For(node) == nil {
			return share
		}
	}
}

// A refusal is taken back when the release that is followed is the current one again.
func TestRefusalEnds(t *testing.T) {
	m := newMint()
	follow(t, m, fleet.Options{},
		func(_ *errlingo.Bundle, take func([]byte) error, seen *[]fleet.Status) {
			good := m.sign(t, release.Release{Revision: 2, Pack: m.title(t, "Zwei")})
			bad := m.sign(t, release.Release{Revision: 1, Pack: m.title(t, "Eins")})
			for _, signed := range [][]byte{good, bad, bad, good, good, bad} {
				if err := take(signed); err != nil {
					t.Fatal(err)
				}
			}
			var refused []bool
			for _, s := range *seen {
				refused = append(refused, s.Refused != nil)
			}
			if got := fmt.Sprint(refused); got != "[false true false true]" {
				t.Errorf("refused: %s", got)
			}
		})
}

// A pack depends on what was published, not on what was shown before: a text that it lacks is the
// program's own.
func TestPackReplacesPack(t *testing.T) {
	m := newMint()
	follow(t, m, fleet.Options{},
		func(bundle *errlingo.Bundle, take func([]byte) error, seen *[]fleet.Status) {
			few5 := few.New(left.Arg(5))
			for i, step := range []struct{ texts, title, detail string }{
				{"[CLOSED.title]\nother = \"Dicht\"\n", "Dicht", "5 are left."},
				{"[TOO_FEW.title]\nother = \"Wenig\"\n[TOO_FEW.detail]\nother = \"Noch {{.Left}}.\"\n", "Zu", "Noch 5."},
			} {
				ref := m.ref(t, step.texts)
				if err := take(m.sign(t, release.Release{Revision: uint64(i + 1), Pack: ref})); err != nil {
					t.Fatal(err)
				}
				if got := germanTitle(bundle); got != step.title {
					t.Errorf("the title is %q, want %q", got, step.title)
				}
				if got := bundle.Localizer("de").Detail(few5); got != step.detail {
					t.Errorf("the detail is %q, want %q", got, step.detail)
				}
			}
			if last := (*seen)[len(*seen)-1]; last.Git != "abc123" || len(last.Pack) != 64 {
				t.Errorf("the status is %+v", last)
			}
		})
}

func TestCache(t *testing.T) {
	m := newMint()
	ref, rest := m.title(t, "Sieben"), m.title(t, "Rest")
	share := shareWithout("node", ref)
	inShare := func() string {
		for i := 0; ; i++ {
			name := fmt.Sprintf("node-%d", i)
			if (&release.Release{Pack: ref, Share: share}).For(name) != nil {
				return name
			}
		}
	}()
	tests := []struct {
		name    string
		release release.Release
		change  func(t *testing.T, file string) // before the next start
		options fleet.Options                   // of the next start
		want    string
		fault   string
	}{
		{name: "a next start", release: release.Release{Pack: ref}, want: "Sieben"},
		{name: "the program's texts", want: "Zu", release: release.Release{Pack: ref, Share: share}},
		{name: "the rest", want: "Rest", release: release.Release{Pack: ref, Share: share, Rest: &rest}},
		{name: "another name", want: "Rest", options: fleet.Options{Node: inShare},
			release: release.Release{Pack: ref, Share: share, Rest: &rest}},
		{name: "nothing", release: release.Release{Pack: ref}, want: "Zu",
			change: func(t *testing.T, file string) { remove(t, file) }},
		{name: "empty", release: release.Release{Pack: ref}, want: "Zu", fault: "not signed",
			change: func(t *testing.T, file string) { write(t, file, nil) }},
		{name: "cut", release: release.Release{Pack: ref}, want: "Zu", fault: "damaged",
			change: func(t *testing.T, file string) { write(t, file, read(t, file)[:len(read(t, file))-20]) }},
		{name: "changed", release: release.Release{Pack: ref}, want: "Zu", fault: "signature",
			change: func(t *testing.T, file string) {
				write(t, file, []byte(strings.Replace(string(read(t, file)), `"revision":7`, `"revision":8`, 1)))
			}},
		{name: "too old", release: release.Release{Pack: ref}, want: "Zu", fault: "older than 8",
			options: fleet.Options{AtLeast: 8}},
		{name: "too large", release: release.Release{Pack: ref}, want: "Zu", fault: "too large",
			change: func(t *testing.T, file string) {
				if err := os.Truncate(file, 64<<20); err != nil {
					t.Fatal(err)
				}
			}},
		{name: "a folder", release: release.Release{Pack: ref}, want: "Zu", fault: "regular",
			change: func(t *testing.T, file string) {
				remove(t, file)
				if err := os.Mkdir(file, 0o755); err != nil {
					t.Fatal(err)
				}
			}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a", "b")
			test.release.Revision = 7
			signed := m.sign(t, test.release)
			follow(t, m, fleet.Options{Cache: dir},
				func(_ *errlingo.Bundle, take func([]byte) error, _ *[]fleet.Status) {
					if err := take(signed); err != nil {
						t.Fatal(err)
					}
				})
			if test.change != nil {
				test.change(t, filepath.Join(dir, "shop.texts"))
			}
			test.options.Cache = dir
			follow(t, m, test.options,
				func(bundle *errlingo.Bundle, take func([]byte) error, seen *[]fleet.Status) {
					if got := germanTitle(bundle); got != test.want {
						t.Errorf("the title is %q, want %q", got, test.want)
					}
					fault := ""
					if len(*seen) > 0 && (*seen)[0].Err != nil {
						fault = (*seen)[0].Err.Error()
					}
					if test.fault == "" && fault != "" || !strings.Contains(fault, test.fault) {
						t.Errorf("the error is %q, want %q", fault, test.fault)
					}
					older := m.sign(t, release.Release{Revision: 6, Pack: m.title(t, "Sechs")})
					if err := take(older); err != nil {
						t.Error(err)
					}
					floor := test.fault == "" && test.name != "nothing" || test.options.AtLeast > 0
					if got := germanTitle(bundle); floor && got != test.want {
						t.Errorf("the title of an older revision is shown: %q", got)
					}
					if err := take(m.sign(t, release.Release{Revision: 9, Pack: m.title(t, "Neun")})); err != nil {
						t.Error(err)
					}
					if got := germanTitle(bundle); got != "Neun" {
						t.Errorf("the title of a newer revision is %q", got)
					}
				})
		})
	}
}

// Under another name the node shows its own pack as soon as it hears of the release.
func TestCacheOfAnotherNode(t *testing.T) {
	m, dir := newMint(), t.TempDir()
	ref, rest := m.title(t, "Pack"), m.title(t, "Rest")
	signed := m.sign(t, release.Release{Revision: 7, Pack: ref, Rest: &rest, Share: 50})
	shown := map[string]int{}
	for i := range 20 {
		follow(t, m, fleet.Options{Cache: dir, Node: fmt.Sprintf("node-%d", i)},
			func(bundle *errlingo.Bundle, take func([]byte) error, _ *[]fleet.Status) {
				if err := take(signed); err != nil {
					t.Fatal(err)
				}
				want := "Rest"
				r := &release.Release{Pack: ref, Rest: &rest, Share: 50}
				if r.For(fmt.Sprintf("node-%d", i)) == &r.Pack {
					want = "Pack"
				}
				if got := germanTitle(bundle); got != want {
					t.Errorf("node %d shows %q, want %q", i, got, want)
				}
				shown[want]++
			})
	}
	if len(shown) != 2 {
		t.Errorf("shown: %v", shown)
	}
}

// Texts that can't be kept are shown, and the status says so.
func TestCacheCannotBeWritten(t *testing.T) {
	m := newMint()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, []byte("not a folder"))
	follow(t, m, fleet.Options{Cache: filepath.Join(file, "cache")},
		func(bundle *errlingo.Bundle, take func([]byte) error, seen *[]fleet.Status) {
			if err := take(m.sign(t, release.Release{Revision: 1, Pack: m.title(t, "Eins")})); err != nil {
				t.Fatal(err)
			}
			last := (*seen)[len(*seen)-1]
			if germanTitle(bundle) != "Eins" || last.Err == nil || last.Revision != 1 {
				t.Errorf("title %q, status %+v", germanTitle(bundle), last)
			}
		})
}

func TestFollowOptions(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		origin  fleet.Origin
		options fleet.Options
		want    string
	}{
		{"no domain", fleet.Dir("."), fleet.Options{}, "Options.Domain"},
		{"no folder", fleet.Dir("none"), fleet.Options{Domain: shop}, "none"},
		{"no connection", fleet.NATS(nil), fleet.Options{Domain: shop, Keys: newMint().keys()}, "connection"},
		{"a long name", fleet.Dir("."), fleet.Options{Domain: shop, Node: strings.Repeat("x", 201)},
			"Options.Node"},
		{"a negative size", fleet.Dir("."), fleet.Options{Domain: shop, MaxPack: -1}, "Options.MaxPack"},
		{"a negative time", fleet.Dir("."), fleet.Options{Domain: shop, Poll: -1}, "Options.Poll"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := fleet.Follow(t.Context(), bundle, test.origin, test.options)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want %q", err, test.want)
			}
		})
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func write(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, file string) {
	t.Helper()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
}

// A node that may not report tries again later and later, but never later than after its poll and
// ten minutes.
func TestDeniedWait(t *testing.T) {
	tests := []struct {
		poll   time.Duration
		denied int
		want   time.Duration
	}{
		{time.Minute, 1, 2 * time.Minute},
		{time.Minute, 2, 4 * time.Minute},
		{time.Minute, 4, 10 * time.Minute},
		{time.Minute, 1_000_000_000, 10 * time.Minute},
		{time.Second, 3, 8 * time.Second},
		{time.Hour, 1, time.Hour},
	}
	for _, tt := range tests {
		if got := fleet.DeniedWait(tt.poll, tt.denied); got != tt.want {
			t.Errorf("poll %v, denied %d times: wait %v, want %v", tt.poll, tt.denied, got, tt.want)
		}
	}
}
