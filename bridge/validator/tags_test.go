package validator_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	playground "github.com/go-playground/validator/v10"

	bridge "github.com/errlingo/errlingo/bridge/validator"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/internal/wireschema"
)

var wireSchema = wireschema.MustRead("../../docs/problem.schema.json")

// TestEveryTag takes the tags and aliases from the validator's source, so that a new version with
// another one fails, and checks that the sentences for each are in every language.
func TestEveryTag(t *testing.T) {
	tags := sourceTags(t)
	if len(tags) < 170 {
		t.Fatalf("found only %d tags", len(tags))
	}
	covered := map[string]bool{}
	for _, c := range cases {
		tag, _, _ := strings.Cut(c.tag, "=")
		covered[tag] = true
	}
	for _, tag := range tags {
		if !covered[tag] {
			t.Errorf("the tag %q has no case", tag)
		}
	}

	v := newValidate(t)
	bundle := load(t, func(e errlingo.Event) { t.Errorf("event %v", e) })
	for _, language := range []string{"en", "de", "ar"} {
		for _, c := range cases {
			t.Run(language+"/"+c.tag, func(t *testing.T) {
				value, err := c.fail(t, v)
				failed := new(bridge.Bridge).Convert(err, value)
				document, err := json.Marshal(failed)
				if err != nil {
					t.Fatal(err)
				}
				wireSchema.Check(t, document)
				m := bundle.Localizer(language).Localize(failed).Violations[0]
				for _, text := range []errlingo.Text{m.Title, m.Detail} {
					if text.Value == "" || text.Locale.String() != language {
						t.Errorf("%q is in %v", text.Value, text.Locale)
					}
				}
				if language != "en" && (m.Detail.Value == c.said || english(m.Detail.Value)) {
					t.Errorf("it is English: %q", m.Detail.Value)
				}
			})
		}
	}
}

// english reports whether a sentence has a word that only English ones have.
func english(sentence string) bool {
	words := strings.FieldsFunc(strings.ToLower(sentence), func(r rune) bool { return r != '’' && (r < 'a' || 'z' < r) })
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"enter", "the", "such", "use", "only", "choose", "must", "field", "value", "with", "or"}, w)
	})
}

// TestTranslationTests gives the bridge every tag on every type of field that the validator's tests of
// its own translations have, in all languages. A German answer has no English.
func TestTranslationTests(t *testing.T) {
	kinds := map[string]reflect.Type{
		"string": reflect.TypeFor[string](), "*string": reflect.TypeFor[*string](), "int": reflect.TypeFor[int](),
		"float64": reflect.TypeFor[float64](), "[]string": reflect.TypeFor[[]string](), "[3]string": reflect.TypeFor[[3]string](),
		"map[string]string": reflect.TypeFor[map[string]string](), "time.Time": reflect.TypeFor[time.Time](),
		"time.Duration": reflect.TypeFor[time.Duration](), "Foo": reflect.TypeFor[checked](),
	}
	german := load(t, func(e errlingo.Event) { t.Errorf("event %v", e) }).Localizer("de")
	seen := map[string]bool{}
	for _, field := range translationFields(t) {
		typ := kinds[field.typ]
		if typ == nil {
			t.Errorf("the type %s is not in the table", field.typ)
		}
		for tag := range strings.SplitSeq(field.tags, ",") {
			name, param, _ := strings.Cut(tag, "=")
			failed := new(bridge.Bridge).Convert(playground.ValidationErrors{fake{nil, name, param, typ}}, nil)
			m := german.Localize(failed).Violations[0]
			if m.Detail.Value == "" || m.Detail.Locale.String() != "de" || english(m.Detail.Value) {
				t.Errorf("%s of %s says %q", tag, field.typ, m.Detail.Value)
			}
			comparesTexts := field.typ == "string" && strings.HasSuffix(name, "field")
			if m.Code() == rules.Invalid && name != "validateFn" && !comparesTexts {
				t.Errorf("%s of %s gets the general sentence", tag, field.typ)
			}
			seen[name] = true
		}
	}
	if len(seen) < 110 {
		t.Errorf("found only %d tags", len(seen))
	}
}

// translationFields returns the fields of the structs in the validator's tests of its translations.
func translationFields(t *testing.T) (fields []struct{ typ, tags string }) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sourceDir(t), "translations", "*", "*_test.go"))
	if err != nil || len(files) < 20 {
		t.Fatalf("found %d tests, %v", len(files), err)
	}
	for _, name := range files {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for node := range ast.Preorder(file) {
			if field, ok := node.(*ast.Field); ok && field.Tag != nil {
				tag, _ := strconv.Unquote(field.Tag.Value)
				fields = append(fields, struct{ typ, tags string }{
					types.ExprString(field.Type), reflect.StructTag(tag).Get("validate"),
				})
			}
		}
	}
	return fields
}

// sourceDir returns the folder of the validator's source.
func sourceDir(t *testing.T) string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-playground/validator/v10").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(dir))
}

// sourceTags returns the names of the tags and aliases that the validator has by itself.
func sourceTags(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(sourceDir(t), "baked_in.go"), nil,
		parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	tags := map[string]bool{}
	found := 0
	for node := range ast.Preorder(file) {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "bakedInValidators" && spec.Names[0].Name != "bakedInAliases" {
			continue
		}
		found++
		for _, element := range spec.Values[0].(*ast.CompositeLit).Elts {
			name, err := strconv.Unquote(element.(*ast.KeyValueExpr).Key.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			tags[name] = true
		}
	}
	if found != 2 {
		t.Fatalf("found %d of the two maps", found)
	}
	return slices.Sorted(maps.Keys(tags))
}

// TestExamplesAreValid checks that what a sentence shows as an example passes the tag.
func TestExamplesAreValid(t *testing.T) {
	v := newValidate(t)
	checked := 0
	for _, c := range cases {
		value, err := c.fail(t, v)
		failed := new(bridge.Bridge).Convert(err, value).(*catalog.Error).Violations()[0].Err
		example, ok := rules.Example.From(failed)
		if !ok || c.code == rules.NotSocket {
			continue
		}
		checked++
		var valid any = example
		if _, number := c.value.(int); number {
			valid, _ = strconv.Atoi(example)
		}
		if err := v.Var(valid, c.tag); err != nil {
			t.Errorf("%s: the example %s fails: %v", c.tag, example, err)
		}
	}
	if checked < 80 {
		t.Errorf("only %d cases have an example", checked)
	}
}

var write = flag.Bool("write", false, "write the table of tags into README.md")

// TestReadme compares the table of tags in the README with what the cases say. With -write, it
// writes the table.
func TestReadme(t *testing.T) {
	const begin, end = "<!-- The test TestReadme makes this table: go test -run TestReadme -write -->\n", "<!-- end -->\n"
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), begin)
	table, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("the README has no table of tags")
	}
	want := tagTable()
	if *write {
		if err := os.WriteFile("README.md", []byte(before+begin+want+end+after), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if table != want {
		t.Errorf("the table of tags is not up to date; run go test -run TestReadme -write")
	}
}

func tagTable() string {
	var b strings.Builder
	b.WriteString("\n| tag | field | code | sentence |\n|---|---|---|---|\n")
	for _, c := range cases {
		field := reflect.TypeOf(c.value).String()
		if field == "validator_test.checked" {
			field = "any"
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", strings.ReplaceAll(c.tag, "|", `\|`), field,
			c.code.Name(), strings.ReplaceAll(c.said, "<", "&lt;"))
	}
	b.WriteString("\n")
	return b.String()
}
