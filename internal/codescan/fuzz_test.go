package codescan_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/errlingo/errlingo/internal/codescan"
)

// Whatever a file holds, a scan returns; every place that it names is in a file of the module; all
// codes of a domain have different numbers; and a second scan says the same.
func FuzzScan(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		_, files := unpack(string(text))
		for _, file := range files {
			if filepath.Ext(file.name) == ".go" {
				f.Add(file.text, "package other\n")
			}
		}
	}
	f.Add("package shop\nimport . \"example.com/shop/other\"\nimport "+
		"\"github.com/errlingo/errlingo/catalog\"\nvar A = X.Define(Y, Z, Spec)\n",
		"package other\nconst Y, Z = iota, \"Z\"\nvar X, Spec = X, Spec\n")
	root := f.TempDir()
	write(f, root, "go.mod", "module example.com/shop\n")
	write(f, root, "base/base.go",
		"package base\nimport \"github.com/errlingo/errlingo/catalog\"\nvar Domain = "+
			"catalog.NewDomain(\"base\")\n")
	f.Fuzz(func(t *testing.T, first, second string) {
		write(t, root, "codes.go", first)
		write(t, root, "other/other.go", second)
		result, err := codescan.Scan(t.Context(), root, codescan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range result.Domains {
			numbers := map[int]bool{}
			for _, c := range d.Codes {
				if numbers[c.Number] || c.Place.Line == 0 || c.Place.File == "" {
					t.Errorf("code %+v", c)
				}
				numbers[c.Number] = true
			}
		}
		for _, finding := range append(result.Syntax, result.Findings...) {
			if finding.File == "" || finding.Line == 0 || finding.Text == "" || finding.Rule == "" {
				t.Errorf("finding %+v", finding)
			}
		}
		again, err := codescan.Scan(t.Context(), root, codescan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := dump(result), dump(again); a != b {
			t.Errorf("first\n%s\nthen\n%s", a, b)
		}
	})
}
