package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

func TestCompareDeclarations(t *testing.T) {
	at := func(file string, line int) model.Place {
		return model.Place{File: file, Pos: diag.Pos{Line: line}}
	}
	read := &model.Domain{Name: "shop", Place: at("shop.go", 5), Codes: []model.Code{{
		Number: 1201, Name: "SOLD_OUT", HTTP: 409, Place: at("shop.go", 7),
		Signature: model.Signature{Params: []model.Param{{Name: "Item", Kind: "string"}}},
	}}}
	same := read.Declarations()[1]
	with := func(name, text string) model.Declaration {
		d := model.Declaration{Subject: same.Subject, Place: at("/m/shop.go", 7)}
		for _, v := range same.Values {
			if v.Name != name {
				d.Values = append(d.Values, v)
			}
		}
		if text != "" {
			d.Values = append(d.Values, model.Value{Name: name, Text: text})
		}
		return d
	}
	tests := []struct {
		name    string
		running []model.Declaration
		want    []string
	}{
		{"the same", []model.Declaration{same}, nil},
		{"another status", []model.Declaration{with("HTTP status", "410")}, []string{
			"shop.go:7: the HTTP status of code SOLD_OUT is 410 in the running program, but extract reads 409"}},
		{"no status", []model.Declaration{with("HTTP status", "")}, []string{
			"shop.go:7: the HTTP status of code SOLD_OUT is missing in the running program, but extract reads 409"}},
		{"one more value", []model.Declaration{with("param Left", "int")}, []string{
			"shop.go:7: the param Left of code SOLD_OUT is int in the running program, but extract reads nothing"}},
		{"an example that was not read", []model.Declaration{with(model.ExampleOf+"Item", `"socks"`)}, nil},
		{"one more code", []model.Declaration{same, {Subject: "code LATE", Place: at("/m/late.go", 3)}}, []string{
			"late.go:3: the running program declares code LATE here, but extract does not read it"}},
		{"no code", nil, []string{
			"shop.go:7: extract reads code SOLD_OUT, but the running program does not declare it on "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := comparison{
				app: &app{environment: environment{dir: "/m"}}, project: &project{domains: []*domain{{Domain: read}}},
				linked: map[string]bool{"/m": true}, seen: map[string]bool{},
			}
			domain := read.Declarations()[:1]
			c.add(map[string][]model.Declaration{"shop": append(domain[:1:1], tt.running...)})
			c.addAbsent()
			var got []string
			for _, f := range c.found {
				got = append(got, f.Error())
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], tt.want[i]) {
					t.Errorf("got %q, want %q", got[i], tt.want[i])
				}
			}
		})
	}
}

// TestUnknownDomain checks that a domain that was not read is reported if a package that was run
// declares it, and no other.
func TestUnknownDomain(t *testing.T) {
	running := map[string][]model.Declaration{
		"hidden": {{Subject: "domain hidden", Place: model.Place{File: "/m/a/a.go", Pos: diag.Pos{Line: 3}}}},
		"others": {{Subject: "domain others", Place: model.Place{File: "/m/a/a.go", Pos: diag.Pos{Line: 4}}}},
		"theirs": {{Subject: "domain theirs", Place: model.Place{File: "/cache/b/b.go", Pos: diag.Pos{Line: 3}}}},
	}
	c := comparison{app: &app{environment: environment{dir: "/m"}}, project: &project{others: []string{"others"}},
		linked: map[string]bool{"/m/a": true}, seen: map[string]bool{}}
	c.add(running)
	const want = "a/a.go:3: the running program declares domain hidden here, but extract does not read it"
	if len(c.found) != 1 || c.found[0].Error() != want {
		t.Errorf("got %v", c.found)
	}
}

// neverReady returns a copy of the shop with a package that is never initialized. It makes a file when
// it begins.
func neverReady(t *testing.T) (dir, begun string) {
	t.Helper()
	dir = shop(t)
	begun = filepath.Join(dir, "begun")
	write(t, `package shop

import (
	"os"
	"time"
)

func init() {
	os.WriteFile("begun", nil, 0o666)
	time.Sleep(time.Hour)
}
`, dir, "blocked.go")
	if err := requireThis(dir); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir)
	return dir, begun
}

func TestRunIsBounded(t *testing.T) {
	t.Parallel()
	dir, _ := neverReady(t)
	var stderr bytes.Buffer
	env := inProcess(dir, "check", "--run")
	env.stderr, env.runLimit = &stderr, 300*time.Millisecond
	if code := run(t.Context(), env); code != exitFailure {
		t.Errorf("exit code %d", code)
	}
	const want = "extract: the packages of module example.com/shop were not initialized within 300ms\nhint: "
	if !strings.HasPrefix(stderr.String(), want) {
		t.Errorf("got %q", &stderr)
	}
}

// TestRunIsInterrupted ends a run whose program does not end.
func TestRunIsInterrupted(t *testing.T) {
	dir, begun := neverReady(t)
	t.Setenv("TMPDIR", t.TempDir())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			if _, err := os.Stat(begun); err == nil {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	var stderr bytes.Buffer
	env := inProcess(dir, "check", "--run")
	env.stderr = &stderr
	if code := run(ctx, env); code != exitFailure {
		t.Errorf("exit code %d", code)
	}
	if !strings.HasPrefix(stderr.String(), "extract: interrupted; ") {
		t.Errorf("got %q", &stderr)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

// TestRunInWorkspace checks that each module has a program of its own, and what package arguments
// do.
func TestRunInWorkspace(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, name := range []string{"shop", "mail"} {
		dir := filepath.Join(root, name)
		if err := copyShop(dir); err != nil {
			t.Fatal(err)
		}
		source := strings.NewReplacer(`NewDomain("shop")`, `NewDomain("`+name+`")`).Replace(read(t, dir, "shop.go"))
		write(t, source, dir, "shop.go")
		write(t, "module example.com/"+name+"\n", dir, "go.mod")
		if err := requireThis(dir); err != nil {
			t.Fatal(err)
		}
	}
	write(t, "go 1.26.0\n\nuse (\n\t./shop\n\t./mail\n)\n", root, "go.work")
	mustRun(t, root)
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"all", nil, "6 declarations compared"},
		{"one", []string{"./mail/..."}, "3 declarations compared"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := runIn(t, root, append([]string{"check", "--run"}, tt.args...)...)
			if r.code != exitOK || !strings.HasPrefix(r.stdout, tt.want) || r.stderr != "" {
				t.Errorf("got %+v", r)
			}
		})
	}
}
