package catalogtest_test

import (
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/locales"
)

// recorder is a test that remembers what it was told.
type recorder struct {
	testing.TB
	errors, logs, fatals []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
func (r *recorder) Logf(format string, args ...any) {
	r.logs = append(r.logs, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatalf(format string, args ...any) {
	r.fatals = append(r.fatals, fmt.Sprintf(format, args...))
}

// shop is a domain with a text of each sort.
var shop = newShop()

func newShop() *catalog.Domain {
	d := catalog.NewDomain("shop")
	item, left := catalog.String("Item", "Blue socks").Formerly("Thing"), catalog.Int("Left", 3)
	d.Define(1201, "OUT_OF_STOCK", catalog.Spec{
		Title:  "Out of stock",
		Detail: "Only {{.Left}} pieces of {{.Item}} are left.",
		Plural: catalog.Plural{By: left, One: "Only one {{.Item}} is left."},
		Params: catalog.Params{item, left},
		Max:    catalog.Max{Title: 20},
	})
	d.Label("email", "e-mail address")
	return d
}

const german = `[OUT_OF_STOCK.title]
other = "Nicht vorrätig"

[OUT_OF_STOCK.detail]
one = "Nur noch ein Stück von {{.Thing}}."
other = "Nur noch {{.Left}} Stück von {{.Item}}."

[labels.email]
other = "E-Mail-Adresse"
`

const english = `[OUT_OF_STOCK.title]
other = "Out of stock"

[OUT_OF_STOCK.detail]
one = "Only one {{.Item}} is left."
other = "Only {{.Left}} pieces of {{.Item}} are left."

[labels.email]
other = "e-mail address"
`

const issued = "errlingo 2 codes shop\n1201 OUT_OF_STOCK - Item:string Left:int\n"

// files returns the files of a folder, as extract would have written it for the shop, with those
// that are given in pairs of name and content.
func files(contents ...string) fstest.MapFS {
	dir := path.Dir(contents[0])
	fsys := fstest.MapFS{
		path.Join(dir, "en.toml"):    {Data: []byte(english)},
		path.Join(dir, "codes.lock"): {Data: []byte(issued)},
	}
	for i := 0; i < len(contents); i += 2 {
		fsys[contents[i]] = &fstest.MapFile{Data: []byte(contents[i+1])}
	}
	return fsys
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name    string
		fsys    fs.FS
		options []catalogtest.Option
		errors  []string
		logs    []string
		fatals  []string
	}{
		{name: "all is well", fsys: files("locales/de.toml", german),
			options: []catalogtest.Option{catalogtest.Strict(), catalogtest.Min("de", 100)}},
		{
			name: "a pseudo-locale, which has no more forms than the source texts",
			fsys: files("de.toml", german,
				"ar-XB.toml", "[OUT_OF_STOCK.detail]\nother = \"{{.Left}} {{.Item}}\"\n"),
			options: []catalogtest.Option{catalogtest.Strict()},
		},
		{name: "files at the root", fsys: files("de.toml", german),
			options: []catalogtest.Option{catalogtest.Strict(), catalogtest.Min("de", 100)}},
		{
			name:   "an error",
			fsys:   files("de.toml", strings.Replace(german, ".Thing", ".Thin", 1)),
			errors: []string{"de.toml:5:31: unknown placeholder {{.Thin}}\nhint: "},
		},
		{
			name: "a warning",
			fsys: files("de.toml", strings.Replace(german, "vorrätig", "vorrätig.", 1)),
			logs: []string{"warning: de.toml:2:24: the text ends with a full stop, the source text " +
				"without punctuation\nhint: "},
		},
		{
			name: "a form without the count",
			fsys: files("de.toml",
				strings.NewReplacer("ein Stück", "{{.Left}} Stück", "{{.Left}} Stück",
					"ein Stück").Replace(german)),
			errors: []string{"de.toml:6:10: the placeholder {{.Left}} is missing\nhint: "},
		},
		{
			name: "a limit",
			fsys: files("de.toml", strings.Replace(german, "vorrätig", "mehr vorrätig heute", 1)),
			logs: []string{"warning: de.toml:2:10: 25 characters, of which at most 20 fit\nhint: "},
		},
		{
			name:    "strict",
			fsys:    files("de.toml", strings.Replace(german, "vorrätig", "vorrätig.", 1)),
			options: []catalogtest.Option{catalogtest.Strict()},
			errors:  []string{"de.toml:2:24: the text ends with a full stop"},
		},
		{
			name: "a missing text",
			fsys: files("de.toml", strings.Replace(german, "E-Mail-Adresse", "", 1)),
			logs: []string{"warning: de.toml:8:1: labels.email is not translated"},
		},
		{
			name:    "a missing text that must not be",
			fsys:    files("de.toml", strings.Replace(german, "E-Mail-Adresse", "", 1)),
			options: []catalogtest.Option{catalogtest.FailOn("missing")},
			errors:  []string{"de.toml:8:1: labels.email is not translated"},
		},
		{
			name:    "too few texts",
			fsys:    files("de.toml", strings.Replace(german, "E-Mail-Adresse", "", 1)),
			options: []catalogtest.Option{catalogtest.Min("de", 99)},
			errors:  []string{"de.toml: 3 of 4 forms are translated, 75.0%, but at least 99% must be"},
			logs:    []string{"warning: de.toml:8:1: labels.email is not translated"},
		},
		{
			name: "a stale text",
			fsys: files("de.toml", german, "_state/de.lock", fmt.Sprintf(
				"errlingo 2 state shop target\nOUT_OF_STOCK.title.other %s 0b3a1c9d\n",
				state.FingerprintOf("Nicht vorrätig", nil))),
			logs: []string{"warning: de.toml:1:1: the source text of OUT_OF_STOCK.title has changed since " +
				"it was translated\nhint: "},
		},
		{
			name: "a forbidden word",
			fsys: files("de.toml", german, "_state/glossary.toml", "[\"*\".de]\nforbidden = [\"nicht\"]"),
			logs: []string{"warning: de.toml:2:10: the glossary forbids \"nicht\"\nhint: "},
		},
		{
			name:   "an invalid glossary",
			fsys:   files("locales/de.toml", german, "locales/_state/glossary.toml", "[de"),
			errors: []string{"locales/_state/glossary.toml:1:4: "},
		},
		{name: "a variant", fsys: files("de.toml", german, "de-AT.toml", "")},
		{name: "a file that is not TOML", fsys: files("de.toml", "[OUT"),
			errors: []string{"de.toml:1:5: "}},
		{name: "a file with another name", fsys: files("de.toml", german, "german.toml", german),
			errors: []string{`german.toml: "german" is no`}},
		{name: "no file", fsys: fstest.MapFS{}, errors: []string{"there is no locale file\nhint: "}},
		{name: "no file system", errors: []string{"there is no locale file\nhint: "}},
		{name: "no rule", fsys: files("de.toml", german),
			options: []catalogtest.Option{catalogtest.FailOn("stael")},
			fatals:  []string{`catalogtest: no rule is called "stael"; did you mean stale?`}},
		{name: "no tag", fsys: files("de.toml", german),
			options: []catalogtest.Option{catalogtest.Min("?",
				1)}, fatals: []string{`catalogtest: "?" is not a language tag`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			catalogtest.Check(&r, shop, tt.fsys, tt.options...)
			same(t, "errors", r.errors, tt.errors)
			same(t, "logs", r.logs, tt.logs)
			same(t, "fatals", r.fatals, tt.fatals)
		})
	}
}

// same compares lines with what they should begin with.
func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestFindingAboutDeclarationHasItsPlace(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("ends"))
	d.Define(1, "A_CODE", catalog.Spec{Title: "It ends."})
	var r recorder
	catalogtest.Check(&r, d, files("en.toml", "[A_CODE.title]\nother = \"It ends.\"\n",
		"codes.lock", "errlingo 2 codes ends\n1 A_CODE - -\n"))
	same(t, "errors", r.errors, nil)
	if len(r.logs) != 1 || !strings.HasPrefix(r.logs[0], "warning: catalogtest_test.go:") {
		t.Errorf("got %q", r.logs)
	}
}

// TestTemporary checks that a name is free again after the test that used it, and not before.
func TestTemporary(t *testing.T) {
	taken := func() (taken bool) {
		defer func() { taken = recover() != nil }()
		catalogtest.Temporary(t, catalog.NewDomain("temporary"))
		return false
	}
	t.Run("first", func(t *testing.T) {
		catalogtest.Temporary(t, catalog.NewDomain("temporary"))
		if !taken() {
			t.Error("the name is free during the test")
		}
	})
	if taken() {
		t.Error("the name is taken after the test")
	}
}

// TestStandardCodes checks the standard codes and their translations, as a program would check its
// own.
func TestStandardCodes(t *testing.T) {
	catalogtest.Check(t, codes.Domain, locales.FS, catalogtest.Min("de", 100),
		catalogtest.Min("ar", 100))
}

// TestLinksNoParser checks that a test with this package links no parser of Go source.
func TestLinksNoParser(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "github.com/errlingo/errlingo/internal/lint") {
		t.Errorf("go list said %q", deps)
	}
	for _, dep := range deps {
		if strings.HasPrefix(dep, "go/") || dep == "net/http" || strings.Contains(dep, "cobra") {
			t.Errorf("%s is linked", dep)
		}
	}
}
