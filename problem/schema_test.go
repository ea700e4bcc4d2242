package problem_test

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/wireschema"
	"github.com/errlingo/errlingo/problem"
)

var wireSchema = wireschema.MustRead("../docs/problem.schema.json")

// TestMembersAreDocumented compares the members of the schema with those in docs/wire-format.md.
func TestMembersAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/wire-format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "## Members")
	table, _, _ = strings.Cut(table, "## Params")
	documented := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|").FindAllStringSubmatch(table, -1) {
		documented[row[1]] = row[2]
	}
	declared := map[string]string{}
	for name, s := range wireSchema.Defs["error"].Properties {
		declared[name] = "string" // also an enum
		if s.Type != nil {
			declared[name] = strings.Replace(s.Type.(string), "integer", "number", 1)
		}
	}
	if !maps.Equal(documented, declared) {
		t.Errorf("docs/wire-format.md has %v, the schema %v", documented, declared)
	}
}

// TestStandardCodesAsJSON checks the document of every standard code against the schema, as it is
// stored and as it is sent.
func TestStandardCodesAsJSON(t *testing.T) {
	respond, _ := newResponder(t, problem.Options{})
	for code := range codes.Domain.Codes() {
		for _, v := range []any{code, code.Example(), *respond.Details(t.Context(), nil, code.Example())} {
			wireSchema.Check(t, []byte(marshal(t, v)))
		}
		d := *respond.Details(t.Context(), nil, code.Example())
		built := d // as a program would build it, without what only the package knows
		if got, want := marshal(t, exported(built)), marshal(t, d); got != want {
			t.Errorf("%s built by hand is\n%s, want\n%s", code.Name(), got, want)
		}
	}
}

// exported returns a copy of a struct with its exported fields only.
func exported[T any](v T) T {
	var to T
	from, dst := reflect.ValueOf(v), reflect.ValueOf(&to).Elem()
	for i := range from.NumField() {
		if dst.Type().Field(i).IsExported() {
			dst.Field(i).Set(from.Field(i))
		}
	}
	return to
}
