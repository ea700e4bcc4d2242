package vet_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/errlingo/errlingo/cmd/errlingo-vet/vet"
)

// TestRules runs each analyzer on a package of its own. Comments there say what it reports, and
// golden files have what its fixes make of the package.
func TestRules(t *testing.T) {
	for _, tt := range []struct {
		name     string
		analyzer *analysis.Analyzer
		fixes    bool
	}{
		{"args", vet.Args, false},
		{"compare", vet.Compare, true},
		{"deprecated", vet.Deprecated, true},
		{"discard", vet.Discard, true},
		{"leak", vet.Leak, false},
		{"unlisted", vet.Unlisted, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(analysistest.TestData(), "module")
			if tt.fixes {
				analysistest.RunWithSuggestedFixes(t, dir, tt.analyzer, "./"+tt.name)
			} else {
				analysistest.Run(t, dir, tt.analyzer, "./"+tt.name)
			}
		})
	}
}

func TestUnused(t *testing.T) {
	dir := filepath.Join(analysistest.TestData(), "module")
	for _, tt := range []struct {
		name     string
		patterns []string
		want     []string
	}{
		{"all packages", []string{"./..."}, []string{
			"unlisted/unlisted.go:8:2: code Listed is declared and not used",
		}},
		{"one package", []string{"./shop"}, []string{
			"shop/shop.go:32:2: code SeveralErrors is declared and not used",
			"shop/shop.go:35:2: code SoldOut is declared and not used",
			"shop/shop.go:39:2: code Shut is declared and not used",
			"shop/shop.go:42:2: code NotAllowed is declared and not used",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found, err := vet.Unused(dir, tt.patterns...)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				got = append(got, f.String())
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
	if _, err := vet.Unused(dir, "./none"); err == nil {
		t.Error("a package that does not exist is not an error")
	}
}

func TestWithout(t *testing.T) {
	rest, err := vet.Without("causeleak", "codeargs")
	if err != nil {
		t.Fatal(err)
	}
	if len(rest) != len(vet.Analyzers())-2 || slices.Contains(rest, vet.Leak) {
		t.Errorf("got %v", rest)
	}
	if _, err := vet.Without("codearg"); err == nil || !strings.Contains(err.Error(), `"codearg"`) {
		t.Errorf("for a name that no analyzer has: %v", err)
	}
}

// TestRulesAreDocumented checks that users find every rule in the table of the docs, and that the
// links of findings lead to its section.
func TestRulesAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../../docs/vet.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range vet.Analyzers() {
		row, section := fmt.Sprintf("\n| [`%s`](#%s) |", a.Name, a.Name), "\n## "+a.Name+"\n"
		if !strings.Contains(string(page), row) || !strings.Contains(string(page), section) {
			t.Errorf("docs/vet.md lacks %s", a.Name)
		}
		if !strings.HasSuffix(a.URL, "/docs/vet.md#"+a.Name) {
			t.Errorf("%s has the URL %s", a.Name, a.URL)
		}
	}
}
