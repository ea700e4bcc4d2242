package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestDiff plays a history of 20 releases and compares what diff says of pairs of them with what
// follows from their Go sources, which the test reads in another way: it knows how it writes them.
func TestDiff(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	const releases = 20
	dir := t.TempDir()
	write(t, "module example.com/shop\n\ngo 1.26\n", dir, "go.mod")
	git := func(args ...string) { gitIn(t, dir, args...) }
	git("init", "-q", "-b", "main")
	r := rand.New(rand.NewPCG(14, 5))
	h := history{rand: r}
	sources := make([]map[int]declaredCode, releases)
	for i := range releases {
		h.change(1 + r.IntN(6))
		write(t, h.source(), dir, "shop.go")
		for _, name := range h.broken {
			runIn(t, dir, "accept", name, "--ledger") // It fails if nothing is to be accepted.
		}
		mustRun(t, dir)
		git("add", "--all")
		git("commit", "-q", "-m", "release")
		git("tag", fmt.Sprintf("v%d", i))
		sources[i] = declaredCodes(t, read(t, dir, "shop.go"))
	}
	pairs := [][2]int{{0, releases - 1}, {releases - 1, 0}, {3, 3}}
	for i := 1; i < releases; i++ {
		pairs = append(pairs, [2]int{i - 1, i})
	}
	if long() {
		for i := range releases {
			for j := range releases {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	seen := map[string]int{} // lines of each sort
	for _, pair := range pairs {
		name := fmt.Sprintf("v%d..v%d", pair[0], pair[1])
		out := runIn(t, dir, "diff", name, "--format", "json")
		if out.code == exitFailure {
			t.Fatalf("%s: %s", name, out.stderr)
		}
		got := diffLines(t, out.stdout)
		want := expectedLines(sources[pair[0]], sources[pair[1]])
		for _, line := range want {
			seen[strings.Fields(line)[0]]++
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for _, sort := range []string{"new", "retired", "renamed", "status", "param", "text"} {
		if seen[sort] == 0 {
			t.Errorf("no release has a change of the sort %q", sort)
		}
	}
}

// declaredCode is a code of the made-up shop.
type declaredCode struct {
	name   string
	status string
	params map[string]string // kind, and "public"
	texts  map[string]string // by the field's name
}

// history makes up releases.
type history struct {
	rand   *rand.Rand
	codes  []*madeCode
	issued int
	broken []string // names of codes that have changed since the last release
}

type madeCode struct {
	number, status int
	name           string
	title, help    int // versions of the texts; no help if it is 0
	params         []madeParam
}

type madeParam struct {
	name, kind string
	public     bool
}

// change makes n changes.
func (h *history) change(n int) {
	h.broken = nil
	for range n {
		if len(h.codes) < 4 || h.rand.IntN(4) == 0 {
			h.issued++
			h.codes = append(h.codes, &madeCode{number: 100 + h.issued, status: 400 + h.rand.IntN(5),
				name: fmt.Sprintf("CODE_%d", h.issued), title: h.rand.IntN(1000)})
			continue
		}
		i := h.rand.IntN(len(h.codes))
		c := h.codes[i]
		h.broken = append(h.broken, c.name)
		switch h.rand.IntN(7) {
		case 0:
			h.codes = slices.Delete(h.codes, i, i+1)
		case 1:
			h.issued++
			c.name = fmt.Sprintf("CODE_%d", h.issued)
			h.broken = append(h.broken, c.name)
		case 2:
			c.status = 400 + h.rand.IntN(5)
		case 3:
			c.title = h.rand.IntN(1000)
		case 4:
			c.help = h.rand.IntN(3)
		case 5:
			h.issued++
			c.params = append(c.params, madeParam{fmt.Sprintf("Param%d", h.issued),
				[]string{"String", "Int", "Literal"}[h.rand.IntN(3)], h.rand.IntN(2) == 0})
		case 6:
			if len(c.params) > 0 {
				p := &c.params[h.rand.IntN(len(c.params))]
				p.public = !p.public
			}
		}
	}
}

var madeExamples = map[string]string{"String": `"Socks"`, "Int": "3", "Literal": `"x"`}

// source returns the Go source of the codes.
func (h *history) source() string {
	var b strings.Builder
	b.WriteString("package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n" +
		"var Domain = catalog.NewDomain(\"shop\")\n")
	for _, c := range h.codes {
		fmt.Fprintf(&b, "\nvar _ = Domain.Define(%d, %q, catalog.Spec{\n\tTitle: \"Title %d\",\n\tHTTP: %d,\n",
			c.number, c.name, c.title, c.status)
		if c.help > 0 {
			fmt.Fprintf(&b, "\tHelp: \"Help %d\",\n", c.help)
		}
		b.WriteString("\tParams: catalog.Params{\n")
		for _, p := range c.params {
			declared := fmt.Sprintf("catalog.%s(%q, %s)", p.kind, p.name, madeExamples[p.kind])
			if p.public {
				declared = "catalog.Public(" + declared + ")"
			}
			fmt.Fprintf(&b, "\t\t%s,\n", declared)
		}
		b.WriteString("\t},\n})\n")
	}
	return b.String()
}

// declaredCodes reads Go source that [history.source] has written, by its syntax alone.
func declaredCodes(t *testing.T, src string) map[int]declaredCode {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "shop.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	literal := func(e ast.Expr) string {
		value := e.(*ast.BasicLit).Value
		if s, err := strconv.Unquote(value); err == nil {
			return s
		}
		return value
	}
	codes := map[int]declaredCode{}
	for n := range ast.Preorder(file) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 3 {
			continue
		}
		number, err := strconv.Atoi(literal(call.Args[0]))
		if err != nil {
			t.Fatal(err)
		}
		c := declaredCode{name: literal(call.Args[1]), params: map[string]string{}, texts: map[string]string{}}
		for _, e := range call.Args[2].(*ast.CompositeLit).Elts {
			field := e.(*ast.KeyValueExpr)
			switch name := field.Key.(*ast.Ident).Name; name {
			case "HTTP":
				c.status = literal(field.Value)
			case "Params":
				for _, p := range field.Value.(*ast.CompositeLit).Elts {
					param, public := p.(*ast.CallExpr), ""
					if len(param.Args) == 1 {
						param, public = param.Args[0].(*ast.CallExpr), " public"
					}
					kind := strings.ToLower(param.Fun.(*ast.SelectorExpr).Sel.Name)
					c.params[literal(param.Args[0])] = kind + public
				}
			default:
				c.texts[strings.ToLower(name)] = literal(field.Value)
			}
		}
		codes[number] = c
	}
	return codes
}

// expectedLines returns what changed, sorted.
func expectedLines(from, to map[int]declaredCode) []string {
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for number, now := range to {
		before, known := from[number]
		if !known {
			say("new %d %s %s %s", number, now.name, now.status, now.texts["title"])
			continue
		}
		if before.name != now.name {
			say("renamed %d %s %s", number, before.name, now.name)
		}
		if before.status != now.status {
			say("status %d %s %s", number, before.status, now.status)
		}
		for _, p := range keys(before.params, now.params) {
			if before.params[p] != now.params[p] {
				say("param %d %s %q %q", number, p, before.params[p], now.params[p])
			}
		}
		for _, part := range keys(before.texts, now.texts) {
			if before.texts[part] != now.texts[part] {
				say("text %s.%s %q %q", now.name, part, before.texts[part], now.texts[part])
			}
		}
	}
	for number, before := range from {
		if _, stays := to[number]; !stays {
			say("retired %d %s", number, before.name)
		}
	}
	slices.Sort(lines)
	return lines
}

func keys(a, b map[string]string) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

// diffLines returns what diff says, in the form of expectedLines.
func diffLines(t *testing.T, out string) []string {
	t.Helper()
	var log changelog
	if err := json.Unmarshal([]byte(out), &log); err != nil || len(log.Domains) != 1 {
		t.Fatal(err, out)
	}
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	d := log.Domains[0]
	for _, c := range d.New {
		say("new %d %s %d %s", c.Number, c.Name, c.HTTP, c.Title)
	}
	for _, c := range d.Retired {
		say("retired %d %s", c.Number, c.Name)
	}
	for _, x := range d.Renamed {
		say("renamed %d %s %s", x.Number, x.WasName, x.Name)
	}
	for _, a := range d.Changed {
		if a.What == "param" {
			say("param %d %s %q %q", a.Number, a.Param, a.From, a.To)
		} else {
			say("%s %d %s %s", a.What, a.Number, a.From, a.To)
		}
	}
	for _, x := range d.Texts {
		say("text %s %q %q", x.ID, x.From, x.To)
	}
	slices.Sort(lines)
	return lines
}

// TestDiffInSubfolder compares revisions of a module that is not at the root of the repository, one
// of them older than the module and one older than its codes.
func TestDiffInSubfolder(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	root := t.TempDir()
	git := func(args ...string) { gitIn(t, root, args...) }
	git("init", "-q", "-b", "main")
	git("commit", "-q", "--allow-empty", "-m", "empty")
	git("tag", "v0")
	dir := filepath.Join(root, "shop")
	if err := copyShop(dir); err != nil {
		t.Fatal(err)
	}
	git("add", "shop/go.mod")
	git("commit", "-q", "-m", "a module without codes")
	git("tag", "v0.1")
	mustRun(t, dir)
	git("add", "--all")
	git("commit", "-q", "-m", "shop")
	git("tag", "v1")
	for name, want := range map[string]string{
		"v0..v1":   "shop\n\nThe domain is new.\n\nNew\n- 1201 OUT_OF_STOCK, HTTP 409: \"Out of stock\"\n",
		"v0.1..v1": "shop\n\nThe domain is new.\n\nNew\n- 1201 OUT_OF_STOCK, HTTP 409: \"Out of stock\"\n",
		"v1..v0":   "shop\n\nThe domain is gone.\n\nRetired\n- 1201 OUT_OF_STOCK, HTTP 409: \"Out of stock\"\n",
		"v1":       "shop\n\nNothing has changed.\n",
	} {
		if r := runIn(t, dir, "diff", name); r.code != exitOK || r.stdout != want {
			t.Errorf("diff %s: %d\n%s\nwant\n%s%s", name, r.code, r.stdout, want, r.stderr)
		}
	}
}
