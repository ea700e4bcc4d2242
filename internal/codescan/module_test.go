package codescan_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
)

func TestFindModule(t *testing.T) {
	for _, test := range []struct {
		name, mod string
		path      string // or
		err       string
	}{
		{"line", "module example.com/a\n", "example.com/a", ""},
		{"quoted", "// The shop.\nmodule \"example.com/a\"\n", "example.com/a", ""},
		{"in backquotes", "module `example.com/a`\n", "", "invalid quoted string"},
		{"block", "module (\n\texample.com/a // comment\n)\n", "example.com/a", ""},
		{"CRLF and BOM", "\uFEFFmodule example.com/a\r\n\r\ngo 1.26\r\n", "example.com/a", ""},
		{"comment at once", "module example.com/a//comment\n", "example.com/a", ""},
		{"others in blocks", "require (\n\tmodule v1.0.0\n)\nmodule a\n", "a", ""},
		{"none", "go 1.26\n", "", "there is no module line"},
		{"empty", "", "", "there is no module line"},
		{"broken", "module\n\"\nmodule (\n", "", "go.mod:2:2: unexpected newline in string"},
		{"twice", "module a\nmodule b\n", "", "go.mod:2: repeated module statement"},
		{"of a later Go version", "module a\n\ngo 1.99\n\nlater (\n\tthing\n)\n", "a", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			write(t, root, "go.mod", test.mod)
			write(t, root, "a/b/b.go", "package b\n")
			got, path, err := codescan.FindModule(filepath.Join(root, "a", "b"))
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Fatalf("error is %v, want %q", err, test.err)
				}
				return
			}
			if err != nil || got != root || path != test.path {
				t.Errorf("found %q in %q, %v; want %q in %q", path, got, err, test.path, root)
			}
		})
	}
}

func TestFindModuleWithout(t *testing.T) {
	dir := t.TempDir()
	_, _, err := codescan.FindModule(dir)
	if err == nil || !strings.Contains(err.Error(), "no go.mod in ") {
		t.Errorf("error is %v", err)
	}
	if _, err := codescan.Scan(t.Context(), dir, codescan.Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error of Scan is %v", err)
	}
}

func TestPatterns(t *testing.T) {
	const source = `package p
import "github.com/errlingo/errlingo/catalog"
var Domain = catalog.NewDomain("`
	root := module(t, []sourceFile{
		{"root.go", source + "root\")\n"},
		{"shop/shop.go", source + "shop\")\n"},
		{"shop/cart/cart.go", source + "cart\")\n"},
		{"shopping/shopping.go", source + "shopping\")\n"},
		{"docs/readme.txt", "no Go\n"},
	})
	for _, test := range []struct {
		name, dir, patterns string
		want                string
	}{
		{"none", "", "", "cart root shop shopping"},
		{"none, in a folder", "shop", "", "cart shop"},
		{"all", "shop", "all", "cart root shop shopping"},
		{"the root", "", ".", "root"},
		{"a folder", "", "./shop", "shop"},
		{"a folder with a slash", "", "./shop/", "shop"},
		{"a tree", "", "./shop/...", "cart shop"},
		{"a prefix", "", "./shop...", "cart shop shopping"},
		{"in the middle", "", "./.../cart", "cart"},
		{"upward", "shop/cart", "../../shopping ..", "shop shopping"},
		{"an import path", "shop", "example.com/shop/shop", "shop"},
		{"the module's path", "shop", "example.com/shop", "root"},
		{"the module's tree", "shop", "example.com/shop/...", "cart root shop shopping"},
		{"a tree without files", "", "./docs/...", ""},
		{"a folder without files", "", "./docs", `error: "./docs" has no Go files of the module`},
		{"no such folder", "", "./shop ./shpo", `error: "./shpo" has no Go files of the module`},
		{"outside", "shop", "../..", `error: "../.." is outside of module "example.com/shop"`},
		{
			"another module", "", "example.org/x",
			`error: "example.org/x" is not a package of module "example.com/shop"`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			opts := codescan.Options{Patterns: strings.Fields(test.patterns)}
			if test.dir != "" {
				opts.Dir = filepath.Join(root, test.dir)
			}
			result, err := codescan.Scan(t.Context(), root, opts)
			if err != nil {
				if got := "error: " + err.Error(); !strings.HasPrefix(got, test.want) || test.want == "" {
					t.Errorf("got %q, want %q", got, test.want)
				}
				return
			}
			var selected []string
			for _, d := range result.Domains {
				selected = append(selected, d.Name)
			}
			if got := strings.Join(selected, " "); got != test.want {
				t.Errorf("selected %q, want %q", got, test.want)
			}
			if len(result.Domains)+len(result.Others) != 4 || result.Files != 4 || result.Parsed != 4 ||
				result.Bytes == 0 {
				t.Errorf("result is %+v", result)
			}
		})
	}
}

// A link to a file is followed wherever it leads, as the compiler does; one to nothing is an error.
func TestSymbolicLinks(t *testing.T) {
	const source = "package p\nimport \"github.com/errlingo/errlingo/catalog\"\n" +
		"var Domain = catalog.NewDomain(\"p\")\n"
	outside := t.TempDir()
	write(t, outside, "out.go", strings.Replace(source, `"p"`, `"out"`, 1))
	root := module(t, []sourceFile{{"a/p.go", source}, {"b/b.go", "package p\n"}, {"dir/x.txt", ""}})
	for name, target := range map[string]string{
		"b/in.go":      "../a/p.go",
		"b/out.go":     filepath.Join(outside, "out.go"),
		"b/nowhere.go": "nothing.go",
		"b/dir.go":     "../dir",
		"c":            outside,
	} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Skip(err)
		}
	}
	result, err := codescan.Scan(t.Context(), root, codescan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `domain out source=en dir=b selected partial b/out.go:3:14
domain p source=en dir=a selected invalid partial a/p.go:3:14
domain p source=en dir=b selected invalid partial b/in.go:3:14
error: b/in.go:3:14: domain "p": it is declared twice, first at a/p.go:3:14 [duplicate] domain="p"
  hint: use the variable of the first declaration, or another name
error: b/nowhere.go: the symbolic link does not lead to a file [symbolic-link]
  hint: remove it, or put the file itself there
`
	if got := dump(result); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Every file and folder that cannot be read is named.
func TestUnreadableFiles(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("permissions do not keep this user from reading")
	}
	root := module(t, []sourceFile{
		{"a/a.go", "package a\n"}, {"b/b.go", "package b\n"}, {"c/c.go", "package c\n"},
	})
	for _, name := range []string{"a/a.go", "b"} {
		if err := os.Chmod(filepath.Join(root, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "b"), 0o777) })
	_, err := codescan.Scan(t.Context(), root, codescan.Options{})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "a.go") ||
		!strings.Contains(err.Error(), filepath.Join(root, "b")) {
		t.Errorf("error is %v", err)
	}
}

func TestLargeFile(t *testing.T) {
	root := t.TempDir()
	large := filepath.Join(root, "large.go")
	if err := errors.Join(
		os.WriteFile(filepath.Join(root, "go.mod"), []byte("module example.com/m\n"), 0o666),
		os.WriteFile(large, []byte("package m\n"), 0o666),
		os.Truncate(large, 33<<20)); err != nil {
		t.Fatal(err)
	}
	_, err := codescan.Scan(t.Context(), root, codescan.Options{Dir: root})
	path, ok := errors.AsType[*fs.PathError](err)
	if !ok || path.Path != large || !errors.Is(err, atomicfile.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	root := module(t, []sourceFile{{"a/a.go", "package a\n"}})
	if _, err := codescan.Scan(ctx, root, codescan.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}
