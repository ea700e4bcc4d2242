package codescan_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/codescan"
)

// BenchmarkScan scans a module in which one package of ten declares codes and all others return
// some, next to what no scan can do without: reading every file and searching it for the import
// path. The module has 1,000 files with 200 codes; ERRLINGO_BENCH_FILES sets another number of
// files, with as many codes in proportion.
func BenchmarkScan(b *testing.B) {
	files := 1000
	if n, err := strconv.Atoi(os.Getenv("ERRLINGO_BENCH_FILES")); err == nil {
		files = n
	}
	root := b.TempDir()
	codes := generate(b, root, files)

	b.Run("read and search", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if hits := readAndSearch(b, root); hits == 0 {
				b.Fatal("nothing found")
			}
		}
	})
	b.Run("scan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			result, err := codescan.Scan(b.Context(), root, codescan.Options{})
			if err != nil {
				b.Fatal(err)
			}
			found := 0
			for _, d := range result.Domains {
				found += len(d.Codes)
			}
			if found != codes || len(result.Findings) > 0 || result.Files != files {
				b.Fatalf("%d codes of %d in %d files; findings: %v", found, codes, result.Files,
					result.Findings)
			}
			b.SetBytes(result.Bytes)
			b.ReportMetric(float64(result.Parsed), "parsed")
		}
	})
}

// readAndSearch returns the number of files that have the import path.
func readAndSearch(b *testing.B, root string) int {
	path := []byte("github.com/errlingo/errlingo/catalog")
	hits := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") {
			return err
		}
		src, err := os.ReadFile(name)
		if bytes.Contains(src, path) {
			hits++
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return hits
}

// generate writes a module of so many files, twenty in a package, and returns the number of codes
// that it declares.
func generate(b *testing.B, root string, files int) int {
	const perPackage, codesPerPackage = 20, 40
	write(b, root, "go.mod", "module example.com/shop\n")
	var filler strings.Builder
	for i := range 120 {
		fmt.Fprintf(&filler,
			"\n// step%d does one thing and returns another, as code of its size does.\nfunc step%d(n "+
				"int) (int, error) {\n\tif n < 0 {\n\t\treturn 0, errors.New(\"negative\")\n\t}\n\treturn n "+
				"+ %d, nil\n}\n", i, i, i)
	}
	codes := 0
	for p := range files / perPackage {
		dir := fmt.Sprintf("pkg%d/sub", p)
		for i := range perPackage {
			var src strings.Builder
			declares := p%10 == 0 && i == 0
			fmt.Fprintf(&src,
				"package sub\n\nimport (\n\t\"errors\"\n\n\tbase \"example.com/shop/pkg%d/sub\"\n", p-p%10)
			if declares {
				src.WriteString("\t\"github.com/errlingo/errlingo/catalog\"\n")
			}
			src.WriteString(")\n")
			if declares {
				fmt.Fprintf(&src,
					"\nvar Domain = catalog.NewDomain(\"d%d\")\n\nvar Item = catalog.String(\"Item\", \"Blue "+
						"socks\")\n", p)
				for c := range codesPerPackage {
					codes++
					fmt.Fprintf(&src,
						"\n// Code%d: the buyer asked for more pieces than are left.\nvar Code%d = "+
							"Domain.Define(first+%d, \"CODE_%d\", catalog.Spec{\n\tTitle:  \"Out of "+
							"stock\",\n\tDetail: \"No more {{.Item}} are left.\",\n\tHelp:   \"Choose a smaller "+
							"quantity.\",\n\tParams: catalog.Params{Item},\n\tHTTP:   409,\n})\n", c, c, c, c)
				}
			}
			if p%10 == 0 && i == 1 {
				src.WriteString("\nconst first = 1000\n")
			}
			if p%10 != 0 && i == 2 {
				fmt.Fprintf(&src, "\nfunc fail() error { return base.Code%d.New(base.Item.Arg(\"x\")) }\n",
					p%codesPerPackage)
			}
			src.WriteString(strings.ReplaceAll(filler.String(), "step", fmt.Sprintf("step%d_", i)))
			write(b, root, fmt.Sprintf("%s/file%d.go", dir, i), src.String())
		}
	}
	return codes
}
