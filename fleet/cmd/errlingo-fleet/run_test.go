package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/internal/localefolder"
)

// ran is what a run has said.
type ran struct {
	code           int
	stdout, stderr string
}

// runIn runs the command in a folder, with an environment without variables.
func runIn(t *testing.T, dir string, args ...string) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), environment{args: args, dir: dir, stdout: &stdout, stderr: &stderr})
	return ran{code, stdout.String(), stderr.String()}
}

// folder returns a new folder with the files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const shopSource = `package shop

import "github.com/errlingo/errlingo/catalog"

var (
	Domain = catalog.NewDomain("shop")
	Left   = catalog.Int("Left", 3)

	SoldOut = Domain.Define(1, "SOLD_OUT", catalog.Spec{
		Title: "Sold out", Detail: "Only {{.Left}} pieces are left.",
		Plural: catalog.Plural{By: Left, One: "Only one piece is left."},
		Params: catalog.Params{Left},
	})
	Later = Domain.Phrase("later", catalog.PhraseSpec{Text: "Try again later"})
)
`

const shopGerman = `[SOLD_OUT.title]
other = "Ausverkauft"

[SOLD_OUT.detail]
one = "Nur noch ein Stück."
other = "Nur noch {{.Left}} Stück."

[phrases.later]
other = ""
`

const shopEnglish = `[SOLD_OUT.title]
other = "Sold out"

[SOLD_OUT.detail]
one = "Only one piece is left."
other = "Only {{.Left}} pieces are left."

[phrases.later]
other = "Try again later"
`

// shop returns the files of a module, with changes: a file that is "" is left out.
func shop(changes map[string]string) map[string]string {
	files := map[string]string{
		"go.mod": "module example.com/shop\n\ngo 1.26\n", "shop.go": shopSource,
		"locales/de.toml": shopGerman, "locales/en.toml": shopEnglish,
	}
	maps.Copy(files, changes)
	maps.DeleteFunc(files, func(_, text string) bool { return text == "" })
	return files
}

// With --dry-run and without a key, no server is asked.
func TestCheck(t *testing.T) {
	tests := []struct {
		name    string
		changes map[string]string
		args    []string
		code    int
		stdout  string
		stderr  string
	}{
		{name: "all is well", stdout: "shop: 2 locales in ", stderr: "what is published already is not compared"},
		{
			name: "another domain is wrong, but not asked for",
			changes: map[string]string{"b/b.go": "package b\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n" +
				"var B = catalog.NewDomain(\"b\")\n\nvar C = B.Define(-1, \"c\", catalog.Spec{})\n"},
			args: []string{"--domain", "shop"}, stdout: "shop: 2 locales",
		},
		{
			name:    "several domains",
			changes: map[string]string{"b.go": "package shop\n\nvar B = catalog.NewDomain(\"b\")\n\nimport \"github.com/errlingo/errlingo/catalog\"\n"},
			code:    exitFailure, stderr: "b.go:5:1: ",
		},
		{
			name: "several domains, none chosen",
			changes: map[string]string{"b.go": "package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n" +
				"var B = catalog.NewDomain(\"b\")\n"},
			code: exitFailure, stderr: "declares several domains: b, shop\nhint: choose one with --domain NAME",
		},
		{
			name: "an unknown domain", args: []string{"--domain", "shpo"},
			code: exitFailure, stderr: "declares no domain \"shpo\"\nhint: did you mean shop?",
		},
		{
			name: "no module", changes: map[string]string{"go.mod": ""},
			code: exitFailure, stderr: "or give one with -C",
		},
		{name: "no folder", args: []string{"-C", "nowhere"}, code: exitFailure, stderr: `there is no folder "nowhere"`},
		{
			name: "no domain", changes: map[string]string{"shop.go": "package shop\n"},
			code: exitFailure, stderr: "no domain is declared in module example.com/shop",
		},
		{
			name: "a domain without a code",
			changes: map[string]string{"shop.go": "package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n" +
				"var Domain = catalog.NewDomain(\"shop\")\n"},
			code: exitFindings, stderr: "shop.go:5:14: domain \"shop\" has no code",
		},
		{
			name: "no locale files", changes: map[string]string{"locales/de.toml": "", "locales/en.toml": ""},
			code: exitFindings, stderr: "locales: domain \"shop\" has no locale files\nhint: run \"extract\"",
		},
		{
			name: "a wrong placeholder", changes: map[string]string{
				"locales/de.toml": strings.ReplaceAll(shopGerman, "{{.Left}}", "{{.Let}}")},
			code: exitFindings, stderr: "locales/de.toml:6:19: unknown placeholder {{.Let}}",
		},
		{
			name: "a warning", changes: map[string]string{
				"locales/de.toml": strings.Replace(shopGerman, "Ausverkauft", "Ausverkauft.", 1)},
			stdout: "shop: 2 locales", stderr: "locales/de.toml:2:21: warning: the text ends with a full stop",
		},
		{
			name: "a file that does not parse", changes: map[string]string{"locales/de.toml": "[SOLD_OUT"},
			code: exitFindings, stderr: "locales/de.toml:1:",
		},
		{
			name:    "a source text that was edited in Go only",
			changes: map[string]string{"shop.go": strings.Replace(shopSource, "Sold out", "Gone", 1)},
			code:    exitFindings, stderr: "locales/en.toml: the file is not up to date with Go source\nhint: run \"extract\"",
		},
		{
			name: "a changed number", changes: map[string]string{"locales/codes.lock": "errlingo 2 codes shop\n2 SOLD_OUT - Left:int\n"},
			code: exitFindings, stderr: "shop.go:",
		},
		{
			name: "the folder of another domain", changes: map[string]string{
				"shop.go":            strings.Replace(shopSource, `NewDomain("shop")`, `NewDomain("shop", catalog.LocalesDir("locales"))`, 1),
				"locales/codes.lock": "errlingo 2 codes other\n"},
			code: exitFailure, stderr: `belongs to domain "other"`,
		},
		{name: "a share of nothing", args: []string{"--share", "0"}, code: exitFailure, stderr: "--share is 0\nhint: give a number from 1 to 100"},
		{name: "the first one after another", args: []string{"--first", "--after", "3"}, code: exitFailure,
			stderr: "--first and --after exclude each other"},
		{name: "an argument", args: []string{"now"}, code: exitFailure, stderr: "hint: usage: errlingo-fleet publish"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := runIn(t, folder(t, shop(tt.changes)), append([]string{"publish", "--dry-run"}, tt.args...)...)
			if got.code != tt.code || !strings.Contains(got.stdout, tt.stdout) || !strings.Contains(got.stderr, tt.stderr) {
				t.Errorf("exit code %d, want %d\n%s%s", got.code, tt.code, got.stdout, got.stderr)
			}
		})
	}
}

func TestCheckAsJSON(t *testing.T) {
	got := runIn(t, folder(t, shop(nil)), "publish", "--dry-run", "--json")
	var result publishResult
	if err := json.Unmarshal([]byte(got.stdout), &result); err != nil || got.code != exitOK {
		t.Fatalf("%v\n%+v", err, got)
	}
	if result.Domain != "shop" || result.Published || result.Pack.Size == 0 ||
		len(result.Locales) != 2 || result.Locales[0] != "de" || result.LeftOut == nil {
		t.Errorf("got %+v", result)
	}
}

func TestKey(t *testing.T) {
	dir := folder(t, nil)
	made := runIn(t, dir, "key", "fleet.key")
	if made.code != exitOK || !strings.Contains(made.stdout, "//go:embed fleet.key.pub") {
		t.Fatalf("%+v", made)
	}
	text, err := os.ReadFile(filepath.Join(dir, "fleet.key"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(made.stdout, strings.Split(string(text), "\n")[1]) {
		t.Error("the private key is printed")
	}
	if _, err := release.ParsePrivate(text); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "fleet.key")); err != nil ||
		runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	again := runIn(t, dir, "key", "fleet.key")
	if again.code != exitFailure || !strings.Contains(again.stderr, "it is never overwritten") {
		t.Errorf("%+v", again)
	}
	if now, err := os.ReadFile(filepath.Join(dir, "fleet.key")); err != nil || !bytes.Equal(now, text) {
		t.Errorf("the key was overwritten, %v", err)
	}
	// Half of a pair is not left behind.
	if err := os.WriteFile(filepath.Join(dir, "other.pub"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if half := runIn(t, dir, "key", "other"); half.code != exitFailure {
		t.Errorf("%+v", half)
	}
	if _, err := os.Stat(filepath.Join(dir, "other")); err == nil {
		t.Error("half of a pair is left behind")
	}
	if in := runIn(t, dir, "key", "nowhere/fleet.key"); in.code != exitFailure ||
		!strings.Contains(in.stderr, "make its folder first") {
		t.Errorf("%+v", in)
	}
}

func TestKeyFiles(t *testing.T) {
	dir := folder(t, shop(nil))
	if made := runIn(t, dir, "key", "fleet.key"); made.code != exitOK {
		t.Fatalf("%+v", made)
	}
	open := filepath.Join(dir, "open.key")
	private, err := os.ReadFile(filepath.Join(dir, "fleet.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(open, private, 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no key", []string{"publish"}, "no key to sign with\nhint: give the private key with --key FILE"},
		{"no file", []string{"publish", "--key", "gone.key"}, "gone.key: no such file or directory\nhint: make it with"},
		{"the public key", []string{"publish", "--key", "fleet.key.pub"}, "hint: --key takes the file"},
		{"others may read it", []string{"publish", "--key", "open.key"}, "hint: take their rights with chmod 600"},
		{"a private key is trusted", []string{"rollout", "list", "--trust", "fleet.key"}, "hint: --trust takes the file of a public key"},
		{"no key is trusted", []string{"rollout", "status"}, "hint: give the public key"},
		{"no key for a rollout", []string{"rollout", "back", "--trust", "fleet.key.pub"}, "no key to sign with"},
		{"not a share", []string{"rollout", "share", "101"}, `"101" is not a share`},
		{"not a revision", []string{"rollout", "back", "0"}, `"0" is not a revision`},
		{"not a domain", []string{"rollout", "list", "--trust", "fleet.key.pub", "--domain", "a b"}, `"a b" is not the name of a domain`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if runtime.GOOS == "windows" && tt.name == "others may read it" {
				t.Skip("there are no such modes")
			}
			got := runIn(t, dir, tt.args...)
			if got.code != exitFailure || !strings.Contains(got.stderr, tt.want) || got.stdout != "" {
				t.Errorf("exit code %d\n%s%s\nwant %s", got.code, got.stdout, got.stderr, tt.want)
			}
		})
	}
}

// A misspelled command gets the name that was probably meant.
func TestUnknownCommand(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"publsh"}, "unknown command \"errlingo-fleet publsh\"\nhint: did you mean publish?\n"},
		{[]string{"rollout", "bak"}, "unknown command \"errlingo-fleet rollout bak\"\nhint: did you mean back?\n"},
		{[]string{"rollout", "bak", "41"}, "hint: did you mean back?\n"},
		{[]string{"rollout", "undo"}, "hint: the commands are back, list, share, status\n"},
		{[]string{"--json", "deploy"}, "hint: the commands are "},
	}
	for _, tt := range tests {
		got := runIn(t, t.TempDir(), tt.args...)
		if got.code != exitFailure || !strings.Contains(got.stderr, tt.want) || got.stdout != "" {
			t.Errorf("%q: exit code %d\n%s%s\nwant %s", tt.args, got.code, got.stdout, got.stderr, tt.want)
		}
	}
	for _, args := range [][]string{{}, {"rollout"}, {"help", "rollout"}, {"--help"}} {
		if got := runIn(t, t.TempDir(), args...); got.code != exitOK || !strings.Contains(got.stdout, "Available Commands:") {
			t.Errorf("%q: exit code %d\n%s%s", args, got.code, got.stdout, got.stderr)
		}
	}
}

// The address of a server may have a password, which is not printed.
func TestPasswordIsNotShown(t *testing.T) {
	dir := folder(t, nil)
	if made := runIn(t, dir, "key", "k"); made.code != exitOK {
		t.Fatalf("%+v", made)
	}
	for _, server := range []string{
		"nats://ada:hunter2@127.0.0.1:1", "ada:hunter2@127.0.0.1:1",
		"nats://127.0.0.1:1,nats://ada:hunter2@127.0.0.1:2", "nats://ada:hun%ter2@127.0.0.1:1",
	} {
		got := runIn(t, dir, "rollout", "list", "--domain", "shop", "--trust", "k.pub", "--server", server)
		if got.code != exitFailure || strings.Contains(got.stderr, "hun") || strings.Contains(got.stderr, "ter2") {
			t.Errorf("%s: %+v", server, got)
		}
	}
}

// Each error of the server has a hint on what to do.
func TestExplain(t *testing.T) {
	a := &app{options: options{server: "nats://127.0.0.1:1"}}
	tests := []struct {
		err  error
		want string
	}{
		{store.ErrConflict, "somebody else has published in the meantime; nothing was published\nhint: look at \"rollout list\""},
		{fmt.Errorf("%w: the reason", publish.ErrUntrusted), "is not trusted: the reason\nhint: if you trust who published it"},
		{fmt.Errorf("bucket: %w", context.DeadlineExceeded), "the server nats://127.0.0.1:1 has not answered in time"},
		{fmt.Errorf("%w \"a\"", store.ErrNoBucket), "the server has no such bucket \"a\"\nhint: \"publish --first\" creates it"},
		{fmt.Errorf("%w of domain \"a\"", publish.ErrFirst), "has no release of domain \"a\"\nhint: if it never had one"},
	}
	for _, tt := range tests {
		var stderr bytes.Buffer
		a.stderr = &stderr
		a.complain(a.explain(tt.err))
		if !strings.Contains(stderr.String(), tt.want) {
			t.Errorf("got %q, want %q", stderr.String(), tt.want)
		}
	}
}

// The revision of the sources is what git says, and says if files have changed since.
func TestRevision(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := folder(t, shop(nil))
	s := &source{folder: localefolder.Folder{Base: dir}}
	if got := s.revision(t.Context(), os.Environ()); got != "" {
		t.Errorf("without git, the revision is %q", got)
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "."},
		{"-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", "texts"}} {
		command := exec.Command("git", args...)
		command.Dir = dir
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	committed := s.revision(t.Context(), os.Environ())
	if committed == "" || strings.Contains(committed, "+") {
		t.Errorf("the revision is %q", committed)
	}
	if err := os.WriteFile(filepath.Join(dir, "shop.go"), []byte("package shop\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := s.revision(t.Context(), os.Environ()); got != committed+"+changes" {
		t.Errorf("with changes, the revision is %q, want %q", got, committed+"+changes")
	}
}
