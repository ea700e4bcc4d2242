package pack_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"runtime/metrics"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet/internal/pack"
)

// zipped compresses what a pack may have in it.
func zipped(t testing.TB, body io.Reader) []byte {
	t.Helper()
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(zip, body); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const head = "errlingo pack 1\ndomain shop\nfingerprint 00ff\n"

func TestRead(t *testing.T) {
	tests := []struct {
		name, body string
		want       string // in the error; "" for no error
	}{
		{"one file", head + "file de.toml 0\n", ""},
		{"two files", head + "file de.toml 2\n#\nfile en.toml 0\n", ""},
		{"nothing", "", "unexpected EOF"},
		{"another format", "PK\x03\x04\n", `it begins with "PK\x03\x04"`},
		{"a later version", "errlingo pack 2\n", "update the program"},
		{"no domain", "errlingo pack 1\nfingerprint 00\n", `should begin with "domain"`},
		{"a bad domain", "errlingo pack 1\ndomain ../x\nfingerprint 00\n", `"../x" is not the name of a domain`},
		{"no fingerprint", "errlingo pack 1\ndomain shop\n", "unexpected EOF"},
		{"a bad fingerprint", "errlingo pack 1\ndomain shop\nfingerprint 00FF\nfile de.toml 0\n", `"00FF" is not a fingerprint`},
		{"no file", head, "it has no file"},
		{"a cut line", head + "file de.toml", "unexpected EOF"},
		{"a cut file", head + "file de.toml 3\n#\n", `in the file "de.toml": unexpected EOF`},
		{"more than the file", head + "file de.toml 1\n#\n\n", "should have the name and the size"},
		{"a long line", head + "file " + strings.Repeat("x", 300) + "\n", "more than 256 bytes"},
		{"a path", head + "file ../de.toml 0\n", `"../de.toml" is not the name`},
		{"a folder", head + "file locales/de.toml 0\n", `is not the name`},
		{"an absolute path", head + "file /de.toml 0\n", `is not the name`},
		{"a name for Windows", head + "file c:de.toml 0\n", `is not the name`},
		{"another extension", head + "file de.sh 0\n", `is not the name`},
		{"not canonical", head + "file DE.toml 0\n", `is not the name`},
		{"no name", head + "file  0\n", `is not the name`},
		{"a name twice", head + "file de.toml 0\nfile de.toml 0\n", "files are sorted"},
		{"not sorted", head + "file en.toml 0\nfile de.toml 0\n", "files are sorted"},
		{"no size", head + "file de.toml\n", "should have the name and the size"},
		{"a negative size", head + "file de.toml -1\n", `"-1" is not the size`},
		{"an odd size", head + "file de.toml 01\n#", `"01" is not the size`},
		{"a size that is too large", head + "file de.toml 8388609\n", "which is too much"},
		{"a size beyond an int", head + "file de.toml 99999999999999999999\n", "is not the size"},
		{"too many files", head + manyFiles(pack.MaxFiles+1), "more than 1000 files"},
		{"as many files as may be", head + manyFiles(pack.MaxFiles), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := pack.Read(zipped(t, strings.NewReader(test.body)))
			if test.want != "" {
				expectError(t, err, test.want, "not a readable pack")
			} else if err != nil || unpacked(t, p.Encode()) != test.body {
				t.Errorf("got %v, %v", p, err)
			}
		})
	}
}

// manyFiles returns the lines of empty files in order.
func manyFiles(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "file de-x-a%04d.toml 0\n", i)
	}
	return b.String()
}

func small(t testing.TB) []byte {
	return newPack(t, shop(), files("de.toml", "[CLOSED.title]\nother = \"Zu\"\n", "en.toml", "")).Encode()
}

func TestReadCut(t *testing.T) {
	data := small(t)
	for n := range data {
		if _, err := pack.Read(data[:n]); err == nil || !strings.Contains(err.Error(), "publish the texts again") {
			t.Errorf("cut to %d of %d bytes: %v", n, len(data), err)
		}
	}
	if _, err := pack.Read(append(data, 0)); err == nil {
		t.Error("a byte behind the end is accepted")
	}
	if _, err := pack.Read(append(small(t), small(t)...)); err == nil {
		t.Error("two packs are accepted")
	}
}

// A byte that differs gives another digest. Even without it, no other texts are read.
func TestReadFlipped(t *testing.T) {
	data := small(t)
	digest, want := pack.Of(data), unpacked(t, data)
	for i := range data {
		for bit := range 8 {
			changed := bytes.Clone(data)
			changed[i] ^= 1 << bit
			if pack.Of(changed) == digest {
				t.Fatalf("byte %d: the digest is the same", i)
			}
			if p, err := pack.Read(changed); err == nil && unpacked(t, p.Encode()) != want {
				t.Errorf("byte %d, bit %d: other texts", i, bit)
			}
		}
	}
}

// zeros is a reader of as many zeros as there is memory for.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// A small input that becomes a large one takes little memory before it is refused.
func TestReadBombs(t *testing.T) {
	const mega = 1 << 20
	tests := []struct {
		name string
		body io.Reader
		most uint64 // bytes
		want string
	}{
		{"100 MB of zeros", io.LimitReader(zeros{}, 100*mega), mega, "a line has more than"},
		{"a file of 100 MB",
			io.MultiReader(strings.NewReader(head+"file de.toml 104857600\n"), io.LimitReader(zeros{}, 100*mega)), mega, "which is too much"},
		{"a file that is shorter than it says",
			io.MultiReader(strings.NewReader(head+"file de.toml 8388608\n"), io.LimitReader(zeros{}, mega)), 9 * mega, "unexpected EOF"},
		{"behind a file",
			io.MultiReader(strings.NewReader(head+"file de.toml 0\n"), io.LimitReader(zeros{}, 100*mega)), mega, "a line has more than"},
		{"many files", manyZeros(33), pack.MaxSize + 10*mega, "which is too much"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data := zipped(t, test.body)
			before := allocated()
			_, err := pack.Read(data)
			took := allocated() - before
			expectError(t, err, test.want)
			if took > test.most {
				t.Errorf("%d bytes of memory for a pack of %d", took, len(data))
			}
		})
	}
}

// manyZeros is a pack of files that are as large as they may be.
func manyZeros(n int) io.Reader {
	const size = 8 << 20
	parts := []io.Reader{strings.NewReader(head)}
	for i := range n {
		parts = append(parts, strings.NewReader(fmt.Sprintf("file de-x-a%04d.toml %d\n", i, size)),
			io.LimitReader(zeros{}, size))
	}
	return io.MultiReader(parts...)
}

// What Read accepts is the same when it is encoded and read again. What a program takes of it, it
// takes as a whole the second time.
func FuzzRead(f *testing.F) {
	f.Add([]byte(head + "file de.toml 2\n#\nfile en.toml 0\n"))
	f.Add([]byte(unpacked(f, small(f))))
	f.Add([]byte(head + "file de.toml 45\n[labels.x]\nother=\"1\"\n[CLOSED.title]\nother=\"Zu\"\n"))
	f.Add([]byte(head + "file pl.toml 60\n[OUT_OF_STOCK.detail]\none=\"a\"\ntwo=\"{Item}\"\nother=\"{{.X}}\"\n"))
	f.Add(small(f))
	domain := shop()
	f.Fuzz(func(t *testing.T, body []byte) {
		_, _ = pack.Read(body) // which hardly ever is compressed well
		p, err := pack.Read(zipped(t, bytes.NewReader(body)))
		if err != nil {
			return
		}
		again, err := pack.Read(p.Encode())
		if err != nil || unpacked(t, again.Encode()) != string(body) {
			t.Fatalf("read again: %v", err)
		}
		fit, _, err := p.For(domain)
		if err != nil {
			return
		}
		second, left, err := fit.For(domain)
		if err != nil || len(left) > 0 {
			t.Fatalf("%v\nleft: %v", err, left)
		}
		if got, want := textsOf(t, second.FS()), textsOf(t, fit.FS()); !maps.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// What New accepts has the texts of the file, and packed once more it is the same.
func FuzzNew(f *testing.F) {
	f.Add("[CLOSED.title]\nother = \"Zu\"\n")
	f.Add("CLOSED = { title = 'Zu' }\n[labels]\nemail = \"\"\"\nE-Mail\"\"\"\n")
	f.Add("[\"A B\".\"\"]\n# lint: allow bidi-control\n#, stale\none = \"\\u202e\u00a0\"\nother=\"\"\n")
	f.Fuzz(func(t *testing.T, src string) {
		p, err := pack.New(shop(), files("de.toml", src))
		if err != nil {
			return
		}
		got, want := textsOf(t, p.FS()), textsOf(t, files("de.toml", src))
		if !maps.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
		if again := newPack(t, shop(), p.FS()); !bytes.Equal(again.Encode(), p.Encode()) {
			t.Fatalf("packed once more:\n%s", unpacked(t, again.Encode()))
		}
	})
}
