package servertest_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet"
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
	t.Run("session", func(t *testing.T) { testSession(t, c.in(t, startServer(t).URL())) })
}

// From a key to a rollout and back.
func testSession(t *testing.T, c command) {
	c.must(t, "key fleet.key", "fleet.key.pub")
	public := must(os.ReadFile(filepath.Join(c.dir, "fleet.key.pub")))(t)
	key := must(fleet.ParseKey(public))(t)
	all := make([]*servertest.Node, 0, 4)
	for _, name := range []string{"ada", "bob", "eve", "joe"} {
		all = append(all, startNode(t, servertest.NodeConfig{Name: name, URL: c.url,
			Keys: []ed25519.PublicKey{key}}))
	}
	c.expect(t, 2, "rollout status --trust fleet.key.pub", `the server has no such bucket "errlingo"`,
		"hint: the first publish makes it")
	c.must(t, "publish --key fleet.key --note first", "published revision 1 for all servers")
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
	c.must(t, "rollout status --trust fleet.key.pub --wait 1m", "4 of 4 servers current")
	c.must(t, "rollout share 100 --key fleet.key", "published revision 3 for all servers")
	for _, n := range all {
		checkTexts(t, n, wait(t, n, 3), title(2))
	}
	c.must(t, "rollout back --key fleet.key", "published revision 4 for all servers", "back to 1")
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
