package release_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/release"
)

// key returns the same key for the same name.
func key(name string) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, name)
	return ed25519.NewKeyFromSeed(seed)
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// sample is a release with a value in each field. Changes are made to it before it is returned.
func sample(changes ...func(*release.Release)) *release.Release {
	r := &release.Release{
		Domain: "shop", Revision: 42, Share: 10,
		Pack: release.Ref{Digest: pack.Of([]byte("new")), Size: 3, Fingerprint: "00ff", Git: "v1.2-3-gabc"},
		Rest: &release.Ref{Digest: pack.Of([]byte("old")), Size: 3, Fingerprint: "00ff", Git: "v1.2"},
		Back: 41, Time: time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC), Note: "typo – “as before”",
	}
	for _, change := range changes {
		change(r)
	}
	return r
}

func sign(t testing.TB, r *release.Release, k ed25519.PrivateKey) []byte {
	t.Helper()
	signed, err := release.Sign(r, k)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// signLine signs any line as [release.Sign] signs a release.
func signLine(context, line string, k ed25519.PrivateKey) []byte {
	signature := ed25519.Sign(k, []byte(context+line))
	return fmt.Appendf(nil, "%s\ned25519 %s %s\n", line, release.KeyID(public(k)),
		base64.StdEncoding.EncodeToString(signature))
}

const context = "errlingo fleet release 1\n"

func expectError(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, part := range want {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is\n%v\nwant %q in it", err, part)
		}
	}
}

func TestSignAndOpen(t *testing.T) {
	old, current, other := key("old"), key("current"), key("other")
	tests := []struct {
		name    string
		release *release.Release
		keys    []ed25519.PublicKey
	}{
		{"all fields", sample(), []ed25519.PublicKey{public(current)}},
		{"for all nodes", sample(func(r *release.Release) { r.Share, r.Rest, r.Note = 100, nil, "" }), []ed25519.PublicKey{public(current)}},
		{"the largest revision", sample(func(r *release.Release) { r.Revision = release.MaxRevision }), []ed25519.PublicKey{public(current)}},
		{"the second of two keys", sample(), []ed25519.PublicKey{public(old), public(current)}},
		{"the first of two keys", sample(), []ed25519.PublicKey{public(current), public(other)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			signed := sign(t, test.release, current)
			got, err := release.Open(signed, test.keys)
			if err != nil || !reflect.DeepEqual(got, test.release) {
				t.Errorf("got %+v, %v, want %+v", got, err, test.release)
			}
			if again := sign(t, test.release, current); !bytes.Equal(again, signed) {
				t.Errorf("signed once more, it is\n%s\nand not\n%s", again, signed)
			}
		})
	}
}

// The form is what receivers of other versions read, so it stays.
func TestForm(t *testing.T) {
	const want = `{"domain":"shop","revision":42,` +
		`"pack":{"digest":"11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437","size":3,"fingerprint":"00ff","git":"v1.2-3-gabc"},` +
		`"share":10,` +
		`"rest":{"digest":"cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4","size":3,"fingerprint":"00ff","git":"v1.2"},` +
		`"back":41,"time":"2026-11-29T03:00:00Z","note":"typo – “as before”"}` + "\n" +
		"ed25519 ID SIGNATURE\n"
	signed := sign(t, sample(), key("a"))
	fields := strings.Fields(string(signed[bytes.LastIndex(signed, []byte("\ned25519")):]))
	got := strings.NewReplacer(" "+fields[1], " ID", fields[2], "SIGNATURE").Replace(string(signed))
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOpenRefuses(t *testing.T) {
	k := key("a")
	signed := string(sign(t, sample(), k))
	line, last, _ := strings.Cut(signed, "\n")
	id := release.KeyID(public(k))
	signature := strings.Fields(last)[2]
	tests := []struct {
		name   string
		signed string
		want   string
	}{
		{"nothing", "", "not signed, or cut"},
		{"no signature", line + "\n", "not signed, or cut"},
		{"no line end", strings.TrimSuffix(signed, "\n"), "not signed, or cut"},
		{"more lines", signed + "\n", "not signed, or cut"},
		{"another algorithm", line + "\nnone " + id + " " + signature + "\n", "not signed, or cut"},
		{"two blanks", line + "\ned25519  " + id + " " + signature + "\n", "not signed, or cut"},
		{"another key", string(sign(t, sample(), key("b"))), "this program accepts " + id},
		{"another key under the name of this one", line + "\ned25519 " + id + " " + strings.Fields(string(sign(t, sample(), key("b"))[len(line):]))[2] + "\n", "the signature is not of key"},
		{"another release", strings.Replace(line, `"share":10`, `"share":99`, 1) + "\n" + last, "the signature is not of key"},
		{"the signature in another form", line + "\ned25519 " + id + " " + signature + "\r\n", "the signature is not of key"},
		{"not base64", line + "\ned25519 " + id + " x\n", "the signature is not of key"},
		{"a signature of something else", string(signLine("", line, k)), "the signature is not of key"},
		{"a signature of another version", string(signLine("errlingo fleet release 2\n", line, k)), "the signature is not of key"},
		{"too long", string(signLine(context, line+strings.Repeat(" ", release.MaxSize), k)), "at most 8192 are read"},
		{"not JSON", string(signLine(context, "x", k)), "can't be read"},
		{"two values", string(signLine(context, line+line, k)), "can't be read"},
		{"null", string(signLine(context, "null", k)), "the domain of the release"},
		{"a bad digest", string(signLine(context, strings.Replace(line, `"digest":"11`, `"digest":"XX`, 1), k)), "is not a digest"},
		{"a share of everybody and more", string(signLine(context, strings.Replace(line, `"share":10`, `"share":101`, 1), k)), "it must be between 1 and 100"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := release.Open([]byte(test.signed), []ed25519.PublicKey{public(k)})
			expectError(t, err, test.want)
			if r != nil {
				t.Errorf("the release is %+v", r)
			}
		})
	}
	_, err := release.Open([]byte(signed), nil)
	expectError(t, err, "this program accepts no key")
	_, err = release.Open([]byte(signed), []ed25519.PublicKey{nil, make([]byte, 5)})
	expectError(t, err, id)
}

// A publisher may be newer than a receiver and say more.
func TestOpenUnknownField(t *testing.T) {
	line, _, _ := strings.Cut(string(sign(t, sample(), key("a"))), "\n")
	more := strings.Replace(line, "{", `{"region":"eu",`, 1)
	got, err := release.Open(signLine(context, more, key("a")), []ed25519.PublicKey{public(key("a"))})
	if err != nil || !reflect.DeepEqual(got, sample()) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// No change of a single bit is accepted.
func TestOpenFlipped(t *testing.T) {
	signed := sign(t, sample(), key("a"))
	keys := []ed25519.PublicKey{public(key("a"))}
	for i := range signed {
		for bit := range 8 {
			changed := bytes.Clone(signed)
			changed[i] ^= 1 << bit
			if _, err := release.Open(changed, keys); err == nil {
				t.Errorf("byte %d, bit %d: accepted\n%s", i, bit, changed)
			}
		}
	}
	for n := range signed {
		if _, err := release.Open(signed[:n], keys); err == nil {
			t.Errorf("cut to %d bytes: accepted", n)
		}
	}
}

func TestValidate(t *testing.T) {
	tests := []struct {
		name   string
		change func(*release.Release)
		want   string
	}{
		{"no domain", func(r *release.Release) { r.Domain = "" }, "the domain of the release"},
		{"a bad domain", func(r *release.Release) { r.Domain = "a>b" }, "the domain of the release"},
		{"no revision", func(r *release.Release) { r.Revision = 0 }, "no revision"},
		{"a revision that is too large", func(r *release.Release) { r.Revision = release.MaxRevision + 1 }, "the last one that there can be"},
		{"no share", func(r *release.Release) { r.Share = 0 }, "between 1 and 100"},
		{"a negative share", func(r *release.Release) { r.Share = -1 }, "between 1 and 100"},
		{"a rest of nothing", func(r *release.Release) { r.Share = 100 }, "there is no rest"},
		{"no pack", func(r *release.Release) { r.Pack = release.Ref{} }, "without a digest"},
		{"a pack without bytes", func(r *release.Release) { r.Pack.Size = 0 }, "has 0 bytes"},
		{"a rest without bytes", func(r *release.Release) { r.Rest.Size = -1 }, "has -1 bytes"},
		{"a note that clears the screen", func(r *release.Release) { r.Note = "\x1b[2J" }, "letters that can be printed"},
		{"a note with a direction control", func(r *release.Release) { r.Note = "\u202e" }, "letters that can be printed"},
		{"a note that is not UTF-8", func(r *release.Release) { r.Note = "\xff" }, "letters that can be printed"},
		{"a long note", func(r *release.Release) { r.Note = strings.Repeat("x", release.MaxText+1) }, "shorten it to 500"},
		{"a git revision with a line end", func(r *release.Release) { r.Pack.Git = "a\nb" }, "the git revision"},
		{"a fingerprint with a line end", func(r *release.Release) { r.Rest.Fingerprint = "a\nb" }, "the fingerprint"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := sample(test.change)
			expectError(t, r.Validate(), test.want)
			if _, err := release.Sign(r, key("a")); err == nil {
				t.Error("it is signed")
			}
		})
	}
}

func TestSignRefuses(t *testing.T) {
	_, err := release.Sign(sample(), nil)
	expectError(t, err, "no key to sign")
	_, err = release.Sign(sample(func(r *release.Release) { r.Time = time.Date(20_000, 1, 1, 0, 0, 0, 0, time.UTC) }), key("a"))
	expectError(t, err, "can't be written")
	_, err = release.Sign(sample(func(r *release.Release) { r.Domain = strings.Repeat("a", release.MaxSize) }), key("a"))
	expectError(t, err, "at most 8192 are read")
}

// The largest texts fit into a signed release, even if JSON escapes each character.
func TestLargestRelease(t *testing.T) {
	most := strings.Repeat("<", release.MaxText)
	r := sample(func(r *release.Release) { r.Note, r.Pack.Git = most, most })
	if n := len(sign(t, r, key("a"))); n > release.MaxSize {
		t.Errorf("%d bytes", n)
	}
}

func TestFor(t *testing.T) {
	const nodes = 10_000
	node := func(i int) string { return fmt.Sprintf("web-%d.example.com", i) }
	inShare := func(r *release.Release, i int) bool { return r.For(node(i)) == &r.Pack }

	t.Run("share", func(t *testing.T) {
		before := make([]bool, nodes)
		for share := 1; share <= 100; share++ {
			r, n := sample(func(r *release.Release) { r.Share = share }), 0
			for i := range nodes {
				in := inShare(r, i)
				if in {
					n++
				}
				if before[i] && !in {
					t.Fatalf("node %d is in the share at %d%% and not at %d%%", i, share-1, share)
				}
				if in != inShare(r, i) {
					t.Fatalf("node %d is in the share or not", i)
				}
				before[i] = in
			}
			if got := 100 * float64(n) / nodes; math.Abs(got-float64(share)) > 2 {
				t.Errorf("%d%%: %.1f%% of the nodes", share, got)
			}
			if share == 100 && n != nodes {
				t.Errorf("all nodes: %d", n)
			}
		}
	})
	t.Run("rest", func(t *testing.T) {
		r, alone := sample(), sample(func(r *release.Release) { r.Rest = nil })
		for i := range nodes {
			if inShare(r, i) {
				continue
			}
			if r.For(node(i)) != r.Rest || alone.For(node(i)) != nil {
				t.Fatalf("node %d is not in the share and shows %v, %v", i, r.For(node(i)), alone.For(node(i)))
			}
		}
	})
	t.Run("another pack begins with other nodes", func(t *testing.T) {
		both := 0
		r, other := sample(), sample(func(r *release.Release) { r.Pack.Digest = pack.Of([]byte("other")) })
		for i := range nodes {
			if inShare(r, i) && inShare(other, i) {
				both++
			}
		}
		if got := 100 * float64(both) / nodes; math.Abs(got-1) > 0.5 {
			t.Errorf("%.1f%% of the nodes are in both shares, want 1%%", got)
		}
	})
	t.Run("another revision begins with the same nodes", func(t *testing.T) {
		r, next := sample(), sample(func(r *release.Release) { r.Revision, r.Note = 43, "" })
		for i := range nodes {
			if inShare(r, i) != inShare(next, i) {
				t.Fatalf("node %d has changed sides", i)
			}
		}
	})
}

// Open accepts nothing but what the key has signed, and what it accepts is valid.
func FuzzOpen(f *testing.F) {
	k := key("a")
	keys := []ed25519.PublicKey{public(k)}
	line, _, _ := strings.Cut(string(sign(f, sample(), k)), "\n")
	f.Add([]byte(line), true)
	f.Add([]byte(`{"domain":"shop","revision":1e0,"share":100}`), true)
	f.Add(sign(f, sample(), k), false)
	f.Fuzz(func(t *testing.T, data []byte, signs bool) {
		if !signs {
			r, err := release.Open(data, keys)
			if err == nil && !bytes.Equal(data, sign(t, r, k)) {
				t.Fatalf("accepted: %q", data)
			}
			return
		}
		r, err := release.Open(signLine(context, string(data), k), keys)
		if err != nil {
			return
		}
		if !json.Valid(data) || r.Validate() != nil {
			t.Fatalf("%q is read as %+v", data, r)
		}
		again, err := release.Open(sign(t, r, k), keys)
		if err != nil || again.For("x") != nil && *again.For("x") != *r.For("x") || !again.Time.Equal(r.Time) {
			t.Fatalf("signed again, %+v is %+v, %v", r, again, err)
		}
	})
}
