package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// validateLocale validates a locale file as editors do. It is not ok if the file is not TOML.
func validateLocale(t *testing.T, schema *jsonschema.Schema, name string) (fault error, ok bool) {
	t.Helper()
	var texts map[string]any
	if _, err := toml.DecodeFile(name, &texts); err != nil {
		return err, false
	}
	return schema.Validate(texts), true
}

// TestLocaleSchema validates our locale files, and files with one mistake each.
func TestLocaleSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../docs/locale-file.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := 0
	for _, folder := range []string{"locales", "catalog/rules/locales", "examples/shop/locales", "examples/booking/locales"} {
		names, err := filepath.Glob("../" + folder + "/*.toml")
		if err != nil {
			t.Fatal(err)
		}
		obsolete, err := filepath.Glob("../" + folder + "/_state/*.obsolete")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range append(names, obsolete...) {
			valid++
			if fault, ok := validateLocale(t, schema, name); fault != nil || !ok {
				t.Errorf("%s: %v", name, fault)
			}
		}
	}
	if valid < 50 {
		t.Errorf("%d locale files, want 50 at least", valid)
	}

	// The schema knows neither the codes and params of a program nor the words of a language.
	unknown := []string{"no code is called", "no label is called", "no phrase is called", "unknown placeholder",
		"is in the file twice", "is not a valid name", "is not a language tag"}
	findings, err := filepath.Glob("../internal/localefile/testdata/malformed/*/findings.txt")
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, found := range findings {
		text, err := os.ReadFile(found)
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(filepath.Dir(found), "*.toml"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %q, %v", found, files, err)
		}
		fault, isTOML := validateLocale(t, schema, files[0])
		if !isTOML {
			continue
		}
		beyond := false
		for _, what := range unknown {
			beyond = beyond || strings.Contains(string(text), what)
		}
		if fault == nil && !beyond {
			t.Errorf("the schema allows %s, in which extract finds\n%s", files[0], text)
		}
		if fault != nil {
			refused++
		}
	}
	if refused < 15 {
		t.Errorf("%d files are refused, want 15 at least", refused)
	}
}
