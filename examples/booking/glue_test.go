package main

import (
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// glue is what each file may take, and what it is for.
var glue = []struct {
	file, does string
	most       int
}{
	{"glue_rpc.go", "gRPC and Connect, server and client", 10},
	{"glue_validator.go", "a sentence for each field", 8},
	{"glue_database.go", "codes for the errors of SQLite", 10},
	{"glue_client.go", "errors from responses", 5},
	{"glue_texts.go", "texts from a folder or over NATS, while the program runs", 45},
	{"glue_http.go", "texts, language, error page, wrong addresses and methods", 30},
}

// bridges are the packages that only glue may import, below errlingo's path.
var bridges = []string{"bridge/", "grpcerr", "connecterr", "rpcstatus", "catalog/rules", "fleet", "locales"}

const errlingoPath = "github.com/errlingo/errlingo/"

// TestGlue counts the lines of glue, and checks that there is no other.
func TestGlue(t *testing.T) {
	table := "| for | lines | in |\n|---|---|---|\n"
	known := map[string]bool{}
	for _, g := range glue {
		known[g.file] = true
		n := lines(t, g.file)
		if n > g.most {
			t.Errorf("%s has %d lines, the most is %d", g.file, n, g.most)
		}
		table += fmt.Sprintf("| %s | %d | `%s` |\n", g.does, n, g.file)
	}
	table += "| a call over HTTP or RPC, at the server or the client | 0 | |\n"
	inReadme(t, table)

	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || known[file] {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(src), "FromResponse") {
			t.Errorf("%s reads errors from responses", file)
		}
		for _, imported := range imports(t, file) {
			rest, ours := strings.CutPrefix(imported, errlingoPath)
			for _, bridge := range bridges {
				if ours && strings.HasPrefix(rest, bridge) {
					t.Errorf("%s imports %s, which is for glue", file, imported)
				}
			}
		}
	}
}

// TestPublicAPI checks that the service, with its tests but for the schema that these check answers
// against, needs nothing of errlingo that other programs can't use.
func TestPublicAPI(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, imported := range imports(t, file) {
			forTests := strings.HasSuffix(file, "_test.go") && strings.HasSuffix(imported, "/internal/wireschema")
			if strings.Contains(imported+"/", "/internal/") && !forTests {
				t.Errorf("%s imports %s", file, imported)
			}
		}
	}
}

func imports(t *testing.T, file string) (paths []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range f.Imports {
		paths = append(paths, path.Clean(strings.Trim(spec.Path.Value, `"`)))
	}
	return paths
}

// lines returns the number of lines below the imports that have code.
func lines(t *testing.T, file string) int {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, file, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	begin := files.Position(f.Imports[len(f.Imports)-1].End()).Line + 1 // that of the parenthesis
	var s scanner.Scanner
	code := map[int]bool{}
	whole := files.AddFile(file, -1, len(src))
	for s.Init(whole, src, nil, 0); ; {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return len(code)
		}
		if line := whole.Line(pos); line > begin && (tok != token.SEMICOLON || lit != "\n") {
			code[line] = true
		}
	}
}

// inReadme compares the table with that of README.md, or writes it there.
func inReadme(t *testing.T, table string) {
	t.Helper()
	const begin, end = "<!-- go test -run TestGlue -update -->\n\n", "\n<!-- end -->"
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(readme), begin)
	was, after, ok := strings.Cut(rest, end)
	switch {
	case !ok:
		t.Fatal("README.md has no place for the table")
	case *update:
		if err := os.WriteFile("README.md", []byte(before+begin+table+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case was != table:
		t.Errorf("README.md has the table\n%s\nwant\n%s", was, table)
	}
}
