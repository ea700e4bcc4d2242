package servertest_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// declarations are those of the program that the nodes of these tests run.
const declarations = `package shop

import "github.com/errlingo/errlingo/catalog"

var (
	Domain = catalog.NewDomain("` + servertest.Name + `")
	Left   = catalog.Int("Left", 3)
	Item   = catalog.String("Item", "socks")

	Closed = Domain.Define(1, "CLOSED", catalog.Spec{
		Title: "en CLOSED title r0", Detail: "en CLOSED detail r0",
	})
	OutOfStock = Domain.Define(2, "OUT_OF_STOCK", catalog.Spec{
		Title: "en OUT_OF_STOCK title r0", Detail: "en OUT_OF_STOCK detail r0 {{.Left}} {{.Item}}",
		Params: catalog.Params{Left, Item},
	})
	Refused = Domain.Define(3, "REFUSED", catalog.Spec{
		Title: "en REFUSED title r0", Detail: "en REFUSED detail r0",
	})
	Email    = Domain.Label("email", "en labels email r0")
	GiftGone = Domain.Define(4, "GIFT_GONE", catalog.Spec{
		Title: "en GIFT_GONE title r0", Detail: "en GIFT_GONE detail r0 {{.Item}}",
		Params: catalog.Params{Item},
	})
	Later = Domain.Phrase("later", catalog.PhraseSpec{Text: "en phrases later r0"})
)
`

// command runs errlingo-fleet in a process of its own, in a module.
type command struct {
	binary string
	dir    string // of the module
	url    string
}

// ran is what a process has said.
type ran struct {
	code           int
	stdout, stderr string
}

func buildCommand(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "errlingo-fleet")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = filepath.Join("..", "cmd", "errlingo-fleet")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

// in returns the command for a new module with German texts, and a server.
func (c command) in(t *testing.T, url string) command {
	t.Helper()
	c.dir, c.url = t.TempDir(), url
	c.write(t, "go.mod", "module example.com/shop\n\ngo 1.26\n")
	c.write(t, "shop/shop.go", declarations)
	c.texts(t, "en", 0)
	c.texts(t, "de", 1)
	return c
}

func (c command) write(t *testing.T, name, text string) {
	t.Helper()
	name = filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// texts writes the locale file of a revision.
func (c command) texts(t *testing.T, locale string, revision uint64) {
	t.Helper()
	name := locale + ".toml"
	files := load(t, servertest.Current).Files(revision, locale)
	c.write(t, "shop/locales/"+name, string(files[name].Data))
}

func (c command) start(ctx context.Context, args ...string) (*exec.Cmd, *bytes.Buffer, *bytes.Buffer) {
	var stdout, stderr bytes.Buffer
	process := exec.CommandContext(ctx, c.binary, args...)
	process.Dir, process.Stdout, process.Stderr = c.dir, &stdout, &stderr
	process.Env = append(os.Environ(), "NATS_URL="+c.url)
	return process, &stdout, &stderr
}

func (c command) run(t *testing.T, args ...string) ran {
	t.Helper()
	process, stdout, stderr := c.start(within(t), args...)
	err := process.Run()
	if _, is := errors.AsType[*exec.ExitError](err); err != nil && !is {
		t.Fatal(err)
	}
	return ran{process.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// must runs the command, which must succeed and print some texts.
func (c command) must(t *testing.T, line string, prints ...string) ran {
	t.Helper()
	return c.expect(t, 0, line, prints...)
}

// expect runs the command, which must have an exit code and print some texts.
func (c command) expect(t *testing.T, code int, line string, prints ...string) ran {
	t.Helper()
	r := c.run(t, strings.Fields(line)...)
	if r.code != code {
		t.Fatalf("%s: exit code %d, want %d\n%s%s", line, r.code, code, r.stdout, r.stderr)
	}
	for _, want := range prints {
		if !strings.Contains(r.stdout+r.stderr, want) {
			t.Errorf("%s: %q is missing in\n%s%s", line, want, r.stdout, r.stderr)
		}
	}
	return r
}

func TestCommand(t *testing.T) {
	c := command{binary: buildCommand(t)}
	for _, tt := range []struct {
		name string
		test func(*testing.T, command)
	}{
		{"session", testSession},
		{"json", testJSON},
		{"two publishers", testManyPublish},
		{"errors in texts", testBadTexts},
		{"wrong key", testWrongKey},
		{"hostile report", testHostileReport},
		{"lost data", testLostData},
		{"no answer", testNoServer},
		{"refused", testRefused},
		{"interrupt", testInterrupt},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, c) })
	}
}

// From a key to a rollout and back.
func testSession(t *testing.T, c command) {
	c = c.in(t, startServer(t).URL())
	c.must(t, "key fleet.key", "fleet.key.pub")
	public := must(os.ReadFile(filepath.Join(c.dir, "fleet.key.pub")))(t)
	key := must(fleet.ParseKey(public))(t)
	all := make([]*servertest.Node, 0, 4)
	for _, name := range []string{"ada", "bob", "eve", "joe"} {
		all = append(all, startNode(t, servertest.NodeConfig{Name: name, URL: c.url,
			Keys: []ed25519.PublicKey{key}}))
	}
	c.expect(t, 2, "rollout status --trust fleet.key.pub", `the server has no such bucket "errlingo"`,
		`hint: "publish --first" creates it`)
	c.must(t, "publish --dry-run --key fleet.key --diff", "not published (--dry-run); there is no release yet")
	const created = "created on the server: KV_errlingo, KV_errlingo_packs, KV_errlingo_nodes, OBJ_errlingo\n"
	c.expect(t, 2, "publish --key fleet.key", created, "the server has no release of domain",
		"run the command again with --first")
	again := c.must(t, "publish --key fleet.key --note first --first", "published revision 1 for all servers")
	if strings.Contains(again.stdout, "created") {
		t.Errorf("the streams are created again:\n%s", again.stdout)
	}
	for _, n := range all {
		checkTexts(t, n, wait(t, n, 1), title(1))
	}
	c.must(t, "publish --key fleet.key", "unchanged: revision 1 has these texts already")
	c.texts(t, "de", 2)
	c.must(t, "publish --dry-run --trust fleet.key.pub", "not published", "the current revision is 1")
	c.must(t, "publish --key fleet.key --share 30 --diff", "published revision 2 for 30 % of the servers",
		"compared with revision 1: 10 changes\nde: 10 changes\n  CLOSED.title\n"+
			"  - de CLOSED title r1\n  + de CLOSED title r2\n", "+ de OUT_OF_STOCK detail r2 3 socks\n")
	for _, n := range all {
		wait(t, n, 2)
	}
	c.must(t, "rollout status --trust fleet.key.pub --wait 1m", "4 of 4 servers current: ")
	c.must(t, "rollout share 100 --key fleet.key", "published revision 3 for all servers")
	for _, n := range all {
		checkTexts(t, n, wait(t, n, 3), title(2))
	}
	c.must(t, "rollout back --key fleet.key", "published revision 4 for all servers", "back to 1",
		"\nthese are the texts of revision 1, published 20")
	c.expect(t, 2, "rollout back --key fleet.key", "there is nothing to go back to", "the texts of revision 1",
		"hint: \"rollout list\" shows the revisions; name one")
	for _, n := range all {
		checkTexts(t, n, wait(t, n, 4), title(1))
		end(t, n)
	}
	r := c.must(t, "rollout list --trust fleet.key.pub --domain "+servertest.Name)
	if lines := strings.Split(strings.TrimSpace(r.stdout), "\n"); len(lines) != 4 ||
		!strings.HasPrefix(lines[0], "revision 4") || !strings.Contains(lines[3], `"first"`) {
		t.Errorf("the list is\n%s", r.stdout)
	}
}

// What --json prints keeps its shape, since programs read it.
func testJSON(t *testing.T, c command) {
	c = c.in(t, startServer(t).URL())
	c.must(t, "key fleet.key --json")
	shape := func(line string) string {
		var value any
		r := c.must(t, line+" --json")
		if err := json.Unmarshal([]byte(r.stdout), &value); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, r.stdout)
		}
		return keysOf(value)
	}
	const release = "{domain note pack{digest fingerprint size} revision share time}"
	const rollback = "{back domain pack{digest fingerprint size} revision share time}"
	tests := []struct{ line, want string }{
		{"publish --key fleet.key --note a --first", "{created[] domain left_out[] locales[] pack{digest fingerprint size} " +
			"published release" + release + "}"},
		{"rollout status --trust fleet.key.pub", "{current domain nodes[{domain due node pack revision seen state}] " +
			"present release" + release + " updated}"},
		{"rollout list --trust fleet.key.pub", "{domain releases[" + release + "]}"},
		{"publish --key fleet.key --note b --diff", "{changes[{id locale new old}] compared_with domain " +
			"left_out[] locales[] pack{digest fingerprint size} published release" + release + "}"},
		{"rollout back --key fleet.key", "{domain earlier" + release + " release" + rollback + "}"},
	}
	key := must(fleet.ParseKey(must(os.ReadFile(filepath.Join(c.dir, "fleet.key.pub")))(t)))(t)
	n := startNode(t, servertest.NodeConfig{Name: "node", URL: c.url, Keys: []ed25519.PublicKey{key}})
	for i, tt := range tests {
		c.texts(t, "de", uint64(i))
		if got := shape(tt.line); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.line, got, tt.want)
		}
		if i == 0 {
			wait(t, n, 1)
			c.must(t, "rollout status --trust fleet.key.pub --wait 1m")
		}
	}
	end(t, n)
}

// keysOf returns the keys of a JSON value, and of the first element of each list.
func keysOf(value any) string {
	switch value := value.(type) {
	case map[string]any:
		var all []string
		for _, key := range slices.Sorted(maps.Keys(value)) {
			all = append(all, key+keysOf(value[key]))
		}
		return "{" + strings.Join(all, " ") + "}"
	case []any:
		if len(value) == 0 {
			return "[]"
		}
		return "[" + keysOf(value[0]) + "]"
	}
	return ""
}

// Of publishers at once, each one publishes a revision of its own or nothing.
func testManyPublish(t *testing.T, c command) {
	c = c.in(t, startServer(t).URL())
	c.must(t, "key fleet.key")
	c.must(t, "publish --key fleet.key --first")
	key := filepath.Join(c.dir, "fleet.key")
	all := make([]ran, 6)
	var done sync.WaitGroup
	for i := range all {
		other := c.in(t, c.url)
		other.texts(t, "de", uint64(2+i))
		done.Go(func() { all[i] = other.run(t, "publish", "--key", key, "--note", fmt.Sprint(i)) })
	}
	done.Wait()
	published := 0
	for _, r := range all {
		switch {
		case r.code == 0:
			published++
		case r.code != 2 || !strings.Contains(r.stderr, "nothing was published\nhint: look at \"rollout list\""):
			t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
		}
	}
	list := c.must(t, "rollout list --trust fleet.key.pub")
	if n := strings.Count(list.stdout, "\n"); published == 0 || n != 1+published {
		t.Errorf("%d have published, and the list is\n%s", published, list.stdout)
	}
}

func testBadTexts(t *testing.T, c command) {
	c = c.in(t, startServer(t).URL())
	c.must(t, "key fleet.key")
	c.write(t, "shop/locales/de.toml", "[CLOSED.title]\nother = \"{{.Clos}}\"\n")
	c.expect(t, 1, "publish --key fleet.key", "shop/locales/de.toml:2:10: ", "so nothing is published")
	c.expect(t, 2, "rollout list --trust fleet.key.pub", "the server has no such bucket")
}

func testWrongKey(t *testing.T, c command) {
	c = c.in(t, startServer(t).URL())
	c.must(t, "key old.key")
	c.must(t, "key new.key")
	c.must(t, "key other.key")
	c.must(t, "publish --key old.key --first")
	c.texts(t, "de", 2)
	c.expect(t, 2, "publish --key old.key --first", "has revision 1 already, so the next one isn't the first")
	for _, line := range []string{
		"publish --key new.key", "publish --dry-run --trust new.key.pub", "rollout back --key new.key",
		"rollout status --trust new.key.pub",
	} {
		c.expect(t, 2, line, "the current release is not trusted", "with --trust FILE")
	}
	c.must(t, "publish --key new.key --trust old.key.pub", "published revision 2")
	r := c.must(t, "publish --key other.key --after 5", "published revision 6")
	if !strings.Contains(r.stderr, "is replaced") {
		t.Errorf("a release that is not trusted is replaced without a word:\n%s", r.stderr)
	}
	c.must(t, "rollout back 2 --key new.key --trust other.key.pub", "published revision 7")

	// Somebody without a key can put something that is not a release.
	js := must(jetstream.New(connect(t, c.url)))(t)
	bucket := must(js.KeyValue(within(t), store.DefaultBucket))(t)
	key := strings.ReplaceAll(servertest.Name, ".", "/") + ".release"
	must(bucket.PutString(within(t), key, "\x00garbage"))(t)
	c.expect(t, 2, "publish --key new.key", "the current release is not trusted", "publish --after")
	c.must(t, "publish --key new.key --after 7", "published revision 8")
	c.must(t, "rollout list --trust old.key.pub --trust new.key.pub", "revision 2", "revision 1")
}

// What servers report is printed without the characters that would change the terminal, and without
// commands for a CI system.
func testHostileReport(t *testing.T, c command) {
	s := startServer(t)
	c = c.in(t, s.URL())
	c.must(t, "key fleet.key")
	c.must(t, "publish --key fleet.key --first")
	bucket := must(store.Open(within(t), connect(t, s.URL()), store.DefaultBucket))(t)
	const hostile = "::error::a\x1b]0;b\a\r\n\t##[command]\u202e\u2028"
	for i, report := range []string{
		string(must(json.Marshal(fleet.Status{Node: hostile, Domain: servertest.Name, Pack: hostile,
			Git: hostile, LeftOut: -1, Refused: &fleet.Refusal{Revision: 1 << 63, Pack: hostile,
				Reason: strings.Repeat(hostile, 10_000)}}))(t)),
		"not JSON", "null", `{"node":`,
	} {
		if err := bucket.Report(within(t), servertest.Name, fmt.Sprint(i), []byte(report)); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{"rollout status --trust fleet.key.pub", "rollout status --trust fleet.key.pub --json"} {
		r := c.must(t, line)
		for _, never := range []string{"\x1b", "\a", "\r", "\t", "##[", "\u202e", "\u2028"} {
			if strings.Contains(r.stdout, never) {
				t.Errorf("%s prints %q:\n%.2000q", line, never, r.stdout)
			}
		}
		for at := range strings.Lines(r.stdout) {
			if strings.HasPrefix(strings.TrimSpace(at), "::") {
				t.Errorf("%s prints the command %q", line, at)
			}
		}
	}
	c.expect(t, 1, "rollout status --trust fleet.key.pub --wait 1ms", "0 of 1 server current")
}

// A server that has lost its data is noticed before a revision is used twice: at once if it still has
// the reports of nodes, and else since the next release is not the first one.
func testLostData(t *testing.T, c command) {
	s := startServer(t)
	c = c.in(t, s.URL())
	c.must(t, "key fleet.key")
	key := must(fleet.ParseKey(must(os.ReadFile(filepath.Join(c.dir, "fleet.key.pub")))(t)))(t)
	var all []*servertest.Node
	for _, name := range []string{"ada", "bob"} {
		all = append(all, startNode(t, servertest.NodeConfig{Name: name, URL: c.url,
			Keys: []ed25519.PublicKey{key}}))
	}
	publish := func(revision uint64, line string) {
		c.texts(t, "de", revision)
		c.must(t, line, fmt.Sprintf("published revision %d for all servers", revision))
		for _, n := range all {
			checkTexts(t, n, wait(t, n, revision), title(revision))
		}
		c.must(t, "rollout status --trust fleet.key.pub --wait 1m", "2 of 2 servers current\n")
	}
	publish(1, "publish --key fleet.key --first")
	publish(2, "publish --key fleet.key")
	js := must(jetstream.New(connect(t, s.URL())))(t)
	if err := js.DeleteStream(within(t), "KV_"+store.DefaultBucket); err != nil {
		t.Fatal(err)
	}
	c.texts(t, "de", 3)
	c.expect(t, 2, "publish --key fleet.key", "created on the server: KV_errlingo\n",
		`node "ada" follows revision 2`, "publish with --after 2")
	publish(3, "publish --key fleet.key --after 2")

	s.Stop()
	if err := s.Erase(); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	c.texts(t, "de", 4)
	c.expect(t, 2, "publish --key fleet.key", "the server has no release of domain", "with --after and the last revision")
	const ahead = "\n0 of 2 servers current\n2 servers ahead, up to revision 3, which the NATS server has lost"
	for ctx := within(t); ; { // until both have reported
		r := c.must(t, "rollout status --trust fleet.key.pub")
		if strings.Contains(r.stdout, ahead) && strings.Count(r.stdout, "  ahead  ") == 2 {
			break
		}
		if ctx.Err() != nil {
			t.Fatalf("the status is still\n%s", r.stdout)
		}
	}
	for _, line := range []string{"publish --key fleet.key", "publish --key fleet.key --first"} {
		c.expect(t, 2, line, "the server has lost releases", "publish with --after 3")
	}
	publish(4, "publish --key fleet.key --after 3")
	for _, n := range all {
		end(t, n)
	}
}

func testNoServer(t *testing.T, c command) {
	s := startServer(t)
	c = c.in(t, s.URL())
	c.must(t, "key fleet.key")
	s.Stop()
	for _, line := range []string{"publish --key fleet.key", "rollout status --trust fleet.key.pub"} {
		c.expect(t, 2, line, "no server can be reached at "+c.url, "hint: check --server or $NATS_URL")
	}
	c.must(t, "publish --dry-run", "not published (--dry-run)")
}

// What the server refuses is reported at once, with what is missing.
func testRefused(t *testing.T, c command) {
	noJetStream := startServer(t, func(o *server.Options) { o.JetStream = false })
	guarded := startGuarded(t)
	single := startServer(t)
	c = c.in(t, "")
	c.must(t, "key fleet.key")
	as := func(user string) string {
		return strings.Replace(guarded.URL(), "nats://", "nats://"+user+":"+user+"@", 1)
	}
	tests := []struct{ name, url, line, want string }{
		{"no JetStream", noJetStream.URL(), "publish --key fleet.key", "JetStream"},
		{"no JetStream for status", noJetStream.URL(), "rollout status --trust fleet.key.pub", "JetStream"},
		{"no login", guarded.URL(), "publish --key fleet.key", "hint: log in with --creds FILE"},
		{"no credentials", guarded.URL(), "publish --key fleet.key --creds gone.creds", "gone.creds"},
		{"no right to publish", as(nodeUser), "publish --key fleet.key", `Permissions Violation for Publish to "$JS.API.`},
		{"too many replicas", single.URL(), "publish --key fleet.key --replicas 3", "hint: keep fewer copies with --replicas"},
		{"no bucket", single.URL(), "rollout list --trust fleet.key.pub --bucket other", `no such bucket "other"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c.url = tt.url
			began := time.Now()
			r := c.expect(t, 2, tt.line, tt.want)
			if strings.Contains(r.stderr, nodeUser+":") {
				t.Errorf("the password is printed:\n%s", r.stderr)
			}
			t.Logf("after %v: %s", time.Since(began).Round(time.Millisecond), r.stderr)
		})
	}
}

// An interrupt ends the command at once, even if the server does not answer.
func testInterrupt(t *testing.T, c command) {
	if runtime.GOOS == "windows" {
		t.Skip("a process can't be interrupted")
	}
	listener := must(net.Listen("tcp", "127.0.0.1:0"))(t)
	t.Cleanup(func() { _ = listener.Close() })
	c = c.in(t, "nats://"+listener.Addr().String())
	c.must(t, "key fleet.key")
	process, _, stderr := c.start(within(t), "publish", "--key", "fleet.key")
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	conn := must(listener.Accept())(t) // It waits for the server's greeting now.
	defer conn.Close()
	if err := process.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	err := process.Wait()
	took := time.Since(began)
	if process.ProcessState.ExitCode() != 2 || !strings.Contains(stderr.String(), "interrupted; ") ||
		took > 4*time.Second { // A connection that is being made ends after five seconds.
		t.Errorf("after %v: %v: %s", took, err, stderr)
	}
}
