package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
)

// TestAdopt takes over a project in each layout that go-i18n reads: every message is taken over or
// named with its reason, the result passes check and compiles, and a second run changes nothing.
func TestAdopt(t *testing.T) {
	archives, err := filepath.Glob("testdata/adopt/*.txtar")
	if err != nil || len(archives) < 10 {
		t.Fatalf("archives %v, %v", archives, err)
	}
	declared := t.TempDir()
	t.Run("layouts", func(t *testing.T) {
		for _, name := range archives {
			layout := strings.TrimSuffix(filepath.Base(name), ".txtar")
			t.Run(layout, func(t *testing.T) {
				t.Parallel()
				adopted := newAdopted(t, name)
				adopted.takeOver(t)
				adopted.compare(t)
				pkg := filepath.Join(declared, strings.ReplaceAll(layout, "-", ""))
				if err := os.Mkdir(pkg, 0o777); err != nil {
					t.Fatal(err)
				}
				write(t, read(t, adopted.dir, "app", "texts.go"), pkg, "texts.go")
			})
		}
	})
	compile(t, declared)
}

// adoptedProject is a project of go-i18n in a folder.
type adoptedProject struct {
	dir, source string
	refused     []string // "file: ID: reason" of the messages that cannot be taken over
}

func newAdopted(t *testing.T, archive string) *adoptedProject {
	t.Helper()
	parsed, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	p := &adoptedProject{dir: t.TempDir(), source: "en"}
	write(t, "module example.com/adopted\n\ngo 1.26\n", p.dir, "go.mod")
	for _, f := range parsed.Files {
		switch f.Name {
		case "source":
			p.source = strings.TrimSpace(string(f.Data))
		case "refused":
			p.refused = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		default:
			name := filepath.Join(p.dir, filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			write(t, string(f.Data), name)
		}
	}
	return p
}

func (p *adoptedProject) adopt(t *testing.T) result {
	t.Helper()
	r := runIn(t, p.dir, "adopt", "i18n", "--into", "app", "--source", p.source)
	if r.code != exitOK {
		t.Fatalf("adopt: exit code %d\n%s", r.code, r.stderr)
	}
	return r
}

var refusal = regexp.MustCompile(`(?m)^i18n/(\S+?):\d+:\d+: warning: the message "(.*)" is not taken over: (.*)$`)

// takeOver runs adopt and extract until nothing is left to be done.
func (p *adoptedProject) takeOver(t *testing.T) {
	t.Helper()
	proposed := p.adopt(t)
	var refused []string
	for _, m := range refusal.FindAllStringSubmatch(proposed.stderr, -1) {
		refused = append(refused, m[1]+": "+m[2]+": "+m[3])
	}
	slices.Sort(refused)
	if !slices.Equal(refused, p.refused) {
		t.Errorf("not taken over:\n%s\nwant\n%s", strings.Join(refused, "\n"), strings.Join(p.refused, "\n"))
	}
	moved := p.adopt(t)
	write(t, moved.stdout, p.dir, "app", "texts.go")
	mustRun(t, p.dir)
	if r := runIn(t, p.dir, "check"); r.code != exitOK {
		t.Errorf("check: %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	before := snapshot(t, p.dir)
	if r := runIn(t, p.dir); r.code != exitOK || !strings.Contains(r.stdout, "nothing written") {
		t.Errorf("the second extract: %s%s", r.stdout, r.stderr)
	}
	if again := p.adopt(t); again.stdout != moved.stdout {
		t.Errorf("the second adopt prints\n%s\nthe first\n%s", again.stdout, moved.stdout)
	}
	if after := snapshot(t, p.dir); after != before {
		t.Errorf("the second run changes files:\n%s\nto\n%s", before, after)
	}
}

// snapshot returns all files of a folder but those of locks.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	names, err := filepath.Glob(filepath.Join(dir, "app", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, filepath.Join(dir, "app", "adopt.toml")) {
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			fmt.Fprintf(&b, "-- %s --\n%s", name, read(t, name))
		}
	}
	return b.String()
}

// compare compares every translation in the message files, as go-i18n reads them, with the locale
// files.
func (p *adoptedProject) compare(t *testing.T) {
	t.Helper()
	var mapping map[string]struct{ Name, Part, Phrase, Label string }
	if _, err := toml.DecodeFile(filepath.Join(p.dir, "app", "adopt.toml"), &mapping); err != nil {
		t.Fatal(err)
	}
	compared := 0
	err := filepath.WalkDir(filepath.Join(p.dir, "i18n"), func(name string, _ os.DirEntry, err error) error {
		base := filepath.Base(name)
		if err != nil || filepath.Ext(name) == "" || base == "README.md" || base == "config.json" {
			return err
		}
		file, err := i18n.ParseMessageFileBytes([]byte(read(t, name)), name, map[string]i18n.UnmarshalFunc{
			"toml": toml.Unmarshal, "yaml": yaml.Unmarshal, "yml": yaml.Unmarshal,
		})
		if err != nil {
			return err
		}
		texts := p.texts(t, file.Tag)
		for _, m := range file.Messages {
			if slices.ContainsFunc(p.refused, func(line string) bool {
				return strings.HasPrefix(line, base+": "+m.ID+": ")
			}) {
				continue
			}
			target, known := mapping[m.ID]
			if !known {
				t.Errorf("the message %q is neither taken over nor reported", m.ID)
				continue
			}
			id := target.Name + "." + target.Part
			if target.Phrase != "" {
				id = "phrases." + target.Phrase
			} else if target.Label != "" {
				id = "labels." + target.Label
			}
			want := localefile.Forms{plural.Zero: m.Zero, plural.One: m.One, plural.Two: m.Two,
				plural.Few: m.Few, plural.Many: m.Many, plural.Other: m.Other}
			if strings.HasPrefix(base, "translate.") {
				want = localefile.Forms{} // The texts are still in the source language.
			}
			compared++
			if got := texts[id]; fold(got) != fold(want) {
				t.Errorf("%s: %s is %q, want %q", name, id, got, want)
			}
		}
		return nil
	})
	if err != nil || compared == 0 {
		t.Fatal(compared, err)
	}
}

// texts returns the texts of a locale file by ID. A file that does not exist has no texts.
func (p *adoptedProject) texts(t *testing.T, tag language.Tag) map[string]localefile.Forms {
	t.Helper()
	name := filepath.Join(p.dir, "app", "locales", tag.String()+localefile.Ext)
	src, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	file, syntax, _ := localefile.Read(name, tag, src)
	if len(syntax) > 0 {
		t.Fatal(syntax)
	}
	texts := map[string]localefile.Forms{}
	for i := range file.Entries {
		texts[file.Entries[i].ID.String()] = file.Entries[i].Texts()
	}
	return texts
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// fold writes the placeholders of a text in one way. Their names may have changed.
func fold(forms localefile.Forms) localefile.Forms {
	for c, form := range forms {
		forms[c] = placeholder.ReplaceAllString(form, "{{.}}")
	}
	return forms
}

// compile vets packages that depend on this module.
func compile(t *testing.T, dir string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	mod := read(t, root, "go.mod")
	mod = strings.Replace(mod, "module github.com/errlingo/errlingo", "module example.com/adopted", 1)
	mod += "\nrequire github.com/errlingo/errlingo v0.0.0\n\nreplace github.com/errlingo/errlingo => " + root + "\n"
	write(t, mod, dir, "go.mod")
	write(t, read(t, root, "go.sum"), dir, "go.sum")
	cmd := exec.Command("go", "vet", "-mod=mod", "./...")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the declarations: %v\n%s", err, out)
	}
}
