package main

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"strings"
	"testing/fstest"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// subject is a program, and texts of it to publish.
type subject struct {
	name    string // for servertest.Load
	size    string // codes × languages
	program *servertest.Program
	texts   fstest.MapFS
}

// newSubject returns a program with its own texts or, for the large one, made-up texts for so many
// of its codes.
func newSubject(name string, codes int) (*subject, error) {
	program, err := servertest.Load(name)
	if err != nil {
		return nil, err
	}
	s := &subject{name: name, program: program, texts: fstest.MapFS{}}
	files, err := fs.Glob(program.Texts, "*.toml")
	if err != nil {
		return nil, err
	}
	for i, file := range files {
		text, err := fs.ReadFile(program.Texts, file)
		if err != nil {
			return nil, err
		}
		if name == servertest.Large {
			text = madeUp(program, codes, uint64(i))
		}
		s.texts[file] = &fstest.MapFile{Data: text}
	}
	s.size = fmt.Sprintf("%d × %d", codes, len(files))
	return s, nil
}

// madeUp returns a locale file with texts that look like a language and repeat little: a title of 2
// to 5 words and a detail of 8 to 16 with a placeholder. Each word is one of 20,000, with the same
// probability, and has 2 to 4 syllables of 2 or 3 letters.
func madeUp(program *servertest.Program, codes int, seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 0))
	letter := func(of string) byte { return of[random.IntN(len(of))] }
	words := make([]string, 20_000)
	for i := range words {
		var word []byte
		for range 2 + random.IntN(3) {
			word = append(word, letter("bdfghjklmnprstvz"), letter("aeiou"))
			if random.IntN(2) == 0 {
				word = append(word, letter("lmnrst"))
			}
		}
		words[i] = string(word)
	}
	sentence := func(least, most int) string {
		chosen := make([]string, least+random.IntN(most-least+1))
		for i := range chosen {
			chosen[i] = words[random.IntN(len(words))]
		}
		return strings.Join(chosen, " ")
	}
	var b strings.Builder
	for code := range program.Domain.Codes() {
		if codes--; codes < 0 {
			break
		}
		fmt.Fprintf(&b, "[%s.title]\nother = %q\n[%[1]s.detail]\nother = %[3]q\n",
			code.Name(), sentence(2, 5), sentence(8, 16)+" {{.Item}}")
	}
	return []byte(b.String())
}

// version returns the texts with another German title for the program's first code.
func (s *subject) version(n int) fs.FS {
	files := maps.Clone(s.texts)
	german := string(files["de.toml"].Data)
	at := strings.Index(german, "["+s.program.Codes[0].Name()+".title]")
	const before = `other = "`
	at += strings.Index(german[at:], before) + len(before)
	files["de.toml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "%s%d %s", german[:at], n, german[at:])}
	return files
}

// key is that of the publisher.
var key = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))

var keys = []ed25519.PublicKey{key.Public().(ed25519.PublicKey)}

// site is a server of NATS to which a subject is published.
type site struct {
	subject   *subject
	server    *servertest.Server
	conn      *nats.Conn
	publisher *servertest.Publisher
	dir       string
	published int // versions
}

func startSite(ctx context.Context, s *subject) (_ *site, err error) {
	w := &site{subject: s}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if w.dir, err = os.MkdirTemp("", "figures"); err != nil {
		return nil, err
	}
	if w.server, err = servertest.Start(w.dir); err != nil {
		return nil, err
	}
	if w.conn, err = nats.Connect(w.server.URL()); err != nil {
		return nil, err
	}
	w.publisher, err = servertest.NewPublisher(ctx, w.conn, s.program, key, 1)
	return w, err
}

func (w *site) close() {
	if w.conn != nil {
		w.conn.Close()
	}
	if w.server != nil {
		w.server.Stop()
	}
	_ = os.RemoveAll(w.dir)
}

// update is a new version that was published.
type update struct {
	*release.Release
	began time.Time // when the pack was ready
	data  []byte    // the pack
}

// publish publishes a new version.
func (w *site) publish(ctx context.Context) (*update, error) {
	w.published++
	data, ref, err := w.publisher.Encode(w.subject.version(w.published))
	if err != nil {
		return nil, err
	}
	current, err := w.publisher.Current(ctx)
	if err != nil {
		return nil, err
	}
	u := &update{began: time.Now(), data: data}
	u.Release, err = w.publisher.Publish(ctx, current, ref, data,
		publish.Change{First: current.Release == nil})
	return u, err
}

// start starts nodes that show the program of the subject.
func (w *site) start(n int, config servertest.NodeConfig) ([]*servertest.Node, error) {
	config.Program, config.Keys = w.subject.name, keys
	config.Poll, config.Pause = time.Hour, time.Hour
	var nodes []*servertest.Node
	for i := range n {
		config.Name = fmt.Sprintf("node-%d", i)
		node, err := servertest.StartNode(config)
		if err != nil {
			return nodes, err
		}
		nodes = append(nodes, node)
	}
	return nodes, nil
}

// shown waits until a node shows an update, and returns what it says then.
func (u *update) shown(ctx context.Context, n *servertest.Node) (servertest.Line, error) {
	line, err := n.Wait(ctx, func(l servertest.Line) bool {
		return l.Status.Revision == u.Revision || l.Status.Refused != nil
	})
	if err == nil && line.Status.Refused != nil {
		err = fmt.Errorf("node %q has refused it: %s", n.Config.Name, line.Status.Refused.Reason)
	}
	return line, err
}

// stop stops nodes.
func stop(nodes []*servertest.Node) {
	for _, n := range nodes {
		n.Kill()
	}
}

// unpacked returns the size of the texts of a pack.
func unpacked(data []byte) (size int, err error) {
	p, err := pack.Read(data)
	if err != nil {
		return 0, err
	}
	files := p.FS()
	for _, tag := range p.Locales() {
		info, err := fs.Stat(files, tag.String()+".toml")
		if err != nil {
			return 0, err
		}
		size += int(info.Size())
	}
	return size, nil
}
