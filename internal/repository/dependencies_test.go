package repository_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/errlingo/errlingo"

// direct is go.mod's list of direct requirements. Each line of it is in the module graph of every
// user, so it only grows with a decision record.
var direct = []string{
	"github.com/BurntSushi/toml",
	"github.com/nicksnyder/go-i18n/v2",
	"github.com/rogpeppe/go-internal",
	"github.com/spf13/cobra",
	"go.yaml.in/yaml/v3",
	"golang.org/x/mod",
	"golang.org/x/sys",
	"golang.org/x/text",
}

// leaves are the internal packages that a declaration needs. They import one another and nothing
// else of the module.
var leaves = []string{
	"internal/access", "internal/diag", "internal/format", "internal/invisible", "internal/jsontext", "internal/locale",
	"internal/model", "internal/naming", "internal/pattern", "internal/plural", "internal/wire",
}

// arrows says which packages of the module each package may import directly. They all point down:
// a package is above those that it lists. Commands, examples and tests import what they need.
var arrows = map[string][]string{
	"": append([]string{
		"catalog", "internal/localefile", "internal/negotiate", "internal/pseudo",
	}, leaves...),
	"catalog":          leaves,
	"catalog/codes":    {"catalog", "internal/access"},
	"catalog/rules":    {"catalog", "catalog/codes"},
	"catalog/declared": {"catalog", "internal/access", "internal/model"},
	"problem": {
		"", "catalog", "catalog/codes", "internal/access", "internal/diag", "internal/format",
		"internal/invisible", "internal/jsontext", "internal/locale", "internal/model", "internal/naming",
		"internal/weighted", "internal/wire",
	},
	"errtest":             {"", "catalog", "internal/access", "internal/format"},
	"problem/problemtest": {"catalog", "problem"},
	"locales":             {},
	"internal/diag":       {},
	"internal/naming":     {},
	"internal/environ":    {},
	"internal/git":        {"internal/environ"},
	"internal/invisible":  {},
	"internal/jsontext":   {},
	"internal/weighted":   {},
	"internal/locale":     {},
	"internal/plural":     {"internal/locale"},
	"internal/cldr":       {},
	"internal/format":     {"internal/invisible", "internal/jsontext", "internal/locale", "internal/plural"},
	"internal/pattern": {
		"internal/diag", "internal/format", "internal/invisible", "internal/plural",
	},

	"internal/pseudo":    {"internal/locale", "internal/pattern"},
	"internal/negotiate": {"internal/locale", "internal/weighted"},
	"internal/tomldoc":   {"internal/diag", "internal/invisible"},
	"internal/localefile": {
		"internal/diag", "internal/invisible", "internal/model", "internal/pattern",
		"internal/plural", "internal/tomldoc",
	},

	"internal/threeway": {"internal/localefile", "internal/tomldoc"},
	"internal/textcontext": {
		"internal/format", "internal/invisible", "internal/model", "internal/pattern",
	},
	"internal/localeedit": {
		"internal/diag", "internal/invisible", "internal/localefile", "internal/plural",
		"internal/tomldoc",
	},

	"internal/model": {
		"internal/diag", "internal/format", "internal/naming", "internal/pattern",
		"internal/plural",
	},
	"internal/wire": {
		"internal/format", "internal/jsontext", "internal/model", "internal/naming",
	},
	"internal/access": {"internal/format", "internal/model", "internal/pattern"},
	"internal/codescan": {
		"catalog/codes", "internal/access", "internal/atomicfile", "internal/diag", "internal/format", "internal/model", "internal/naming",
		"internal/plural",
	},
	"internal/ledger":   {"internal/model", "internal/diag"},
	"internal/state":    {"internal/diag", "internal/pattern", "internal/plural"},
	"internal/exchange": {"internal/diag", "internal/localefile", "internal/plural", "internal/state"},
	"internal/frontend": {
		"internal/format", "internal/locale", "internal/localefile", "internal/model", "internal/naming",
		"internal/negotiate", "internal/pattern", "internal/plural",
	},
	"internal/changes": {"internal/ledger", "internal/model", "internal/plural"},
	"internal/adopt": {
		"internal/diag", "internal/exchange", "internal/goi18n", "internal/localefile",
		"internal/naming", "internal/pattern", "internal/plural", "internal/state", "internal/tomldoc",
	},
	"internal/goi18n": {"internal/diag", "internal/plural", "internal/tomldoc"},
	"internal/merge": {
		"internal/model", "internal/diag", "internal/exchange", "internal/format", "internal/locale",
		"internal/localeedit", "internal/localefile", "internal/plural", "internal/state",
		"internal/textcontext", "internal/threeway", "internal/tomldoc",
	},
	"internal/lint": {
		"internal/model", "internal/diag", "internal/invisible", "internal/locale", "internal/localefile",
		"internal/pattern", "internal/plural", "internal/pseudo", "internal/merge", "internal/state",
		"internal/tomldoc",
	},
	"internal/draft": {
		"internal/diag", "internal/localefile", "internal/model", "internal/plural", "internal/tomldoc",
	},
	"internal/studio": {
		"", "catalog", "catalog/codes", "locales", "problem",
		"internal/access", "internal/atomicfile", "internal/diag", "internal/draft", "internal/exchange",
		"internal/format", "internal/ledger", "internal/lint", "internal/locale",
		"internal/localefile", "internal/merge", "internal/model", "internal/plural",
		"internal/pseudo", "internal/state", "internal/textcontext", "internal/tomldoc",
	},
	"internal/sample": {
		"", "catalog", "catalog/codes", "locales", "problem", "internal/access", "internal/format",
		"internal/model",
	},
	"internal/openapi": {
		"internal/format", "internal/model", "internal/naming", "internal/plural",
	},
	"internal/site": {
		"", "catalog", "internal/ledger", "internal/locale", "internal/localefile", "internal/model",
		"internal/pattern", "internal/plural", "internal/sample",
	},
	"internal/rpctest":    {"", "catalog", "catalog/codes", "locales", "problem"},
	"internal/wireschema": {},
	"internal/texttable": {
		"", "catalog", "internal/access", "internal/format", "internal/invisible", "internal/model",
	},
	"internal/localetest": {
		"", "catalog", "internal/access", "internal/format", "internal/locale", "internal/localefile",
		"internal/model", "internal/pattern", "internal/plural", "internal/texttable",
	},
	"internal/report":     {"internal/diag", "internal/invisible"},
	"internal/atomicfile": {},
	"internal/localefolder": {
		"internal/atomicfile", "internal/diag", "internal/ledger", "internal/model",
	},
	"catalog/catalogtest": {
		"catalog", "internal/access", "internal/model", "internal/diag", "internal/ledger", "internal/lint",
		"internal/localefile", "internal/merge", "internal/textfiles",
	},
	"internal/textfiles": {
		"internal/diag", "internal/lint", "internal/localefile", "internal/merge", "internal/pseudo",
	},
}

// goPackage is what go list says of a package.
type goPackage struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string
	Module     *struct{ Path string }
}

func list(t *testing.T, args ...string) []goPackage {
	t.Helper()
	args = append([]string{"list", "-json=ImportPath,Standard,Imports,Deps,Module"}, args...)
	command := exec.Command("go", args...)
	command.Dir = "../.."
	var errs bytes.Buffer
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &errs)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := decoder.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// room returns the package's place in the module, "" for the root.
func room(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

func TestArrowsPointDown(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range list(t, "./...") {
		from, _ := room(p.ImportPath)
		allowed, ruled := arrows[from]
		if !ruled {
			if !free(from) {
				t.Errorf("package %q has no row in the table", from)
			}
			continue
		}
		seen[from] = true
		for _, path := range p.Imports {
			if to, ours := room(path); ours && !slices.Contains(allowed, to) {
				t.Errorf("package %q imports %q, which the table does not allow", from, to)
			}
		}
	}
	for from := range arrows {
		if !seen[from] {
			t.Errorf("the table has package %q, which does not exist", from)
		}
	}
}

// free reports whether a package may import what it needs: commands, examples, generators, and what
// is only tests.
func free(room string) bool {
	top, _, _ := strings.Cut(room, "/")
	return top == "cmd" || top == "examples" || room == "docs" || room == "internal/repository" ||
		strings.HasSuffix(room, "/gen") || strings.Contains(room, "/testdata/")
}

// TestLibraryIsLight checks what a program links that shows errors in several languages: nothing
// that reads Go source or go.mod, nothing of a command, and, unless it answers requests, no HTTP.
func TestLibraryIsLight(t *testing.T) {
	for _, p := range list(t, ".", "./catalog", "./catalog/codes", "./catalog/rules", "./problem", "./locales") {
		name, _ := room(p.ImportPath)
		for _, path := range p.Deps {
			switch {
			case strings.HasPrefix(path, "go/"),
				strings.HasPrefix(path, "golang.org/x/tools"),
				strings.HasPrefix(path, "golang.org/x/mod"),
				strings.HasPrefix(path, "github.com/rogpeppe"),
				strings.HasPrefix(path, "github.com/spf13"),
				strings.HasPrefix(path, "go.yaml.in"),
				strings.HasPrefix(path, "golang.org/x/sys"):
				t.Errorf("package %q reaches %s", name, path)
			case path == "net/http" && name != "problem":
				t.Errorf("package %q reaches %s", name, path)
			}
		}
	}
}

// TestLibraryModules checks that the library side uses no modules but two.
func TestLibraryModules(t *testing.T) {
	allowed := []string{module, "github.com/BurntSushi/toml", "golang.org/x/text"}
	for _, p := range list(t, "-deps", ".", "./catalog", "./catalog/codes", "./catalog/rules", "./problem", "./locales") {
		if p.Standard || p.Module == nil {
			continue
		}
		if !slices.Contains(allowed, p.Module.Path) {
			t.Errorf("the library side reaches %s of the module %s", p.ImportPath, p.Module.Path)
		}
	}
}

// TestNoExit checks that only a program's main function ends the program.
func TestNoExit(t *testing.T) {
	command := exec.Command("git", "grep", "-n", "-F", "-e", "os.Exit(", "-e", "log.Fatal", "--",
		"*.go", ":!*main.go", ":!*_test.go", ":!internal/*/gen", ":!bench")
	command.Dir = "../.."
	if out, err := command.Output(); err == nil {
		t.Errorf("outside of main:\n%s", out)
	} else if len(out) == 0 && command.ProcessState.ExitCode() != 1 {
		t.Skipf("git grep: %v", err)
	}
}

func TestDirectRequirements(t *testing.T) {
	command := exec.Command("go", "mod", "edit", "-json")
	command.Dir = "../.."
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range mod.Require {
		if !r.Indirect {
			got = append(got, r.Path)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, direct) {
		t.Errorf("direct requirements %q, want %q", got, direct)
	}
}
