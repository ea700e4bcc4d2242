package problem_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// schema is a JSON Schema (draft 2020-12) with the keywords that docs/problem.schema.json uses. The
// tests in e2e apply the same file with a complete implementation.
type schema struct {
	Schema, Title, Description, Format string // annotations

	Ref                                                     string `json:"$ref"`
	Type                                                    any
	Enum                                                    []any
	Pattern                                                 *regexp.Regexp
	Minimum, Maximum                                        *float64
	MinLength, MaxLength, MinItems, MaxItems, MinProperties *int
	Required                                                []string
	DependentRequired                                       map[string][]string
	PropertyNames, Items                                    *schema
	Properties                                              map[string]*schema
	AdditionalProperties                                    json.RawMessage
	AnyOf                                                   []*schema
	Defs                                                    map[string]*schema `json:"$defs"`
}

var wireSchema = sync.OnceValue(func() *schema {
	text, err := os.ReadFile("../docs/problem.schema.json")
	if err != nil {
		panic(err)
	}
	s := &schema{}
	decoder := json.NewDecoder(bytes.NewReader(bytes.Replace(text, []byte(`"$schema"`), []byte(`"schema"`), 1)))
	decoder.DisallowUnknownFields() // a keyword that this test does not know
	if err := decoder.Decode(s); err != nil {
		panic(err)
	}
	return s
})

// faults returns what the schema says is wrong with a value.
func (s *schema) faults(root *schema, at string, v any) (found []string) {
	add := func(format string, args ...any) { found = append(found, at+": "+fmt.Sprintf(format, args...)) }
	if s.Ref != "" {
		found = append(found, root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")].faults(root, at, v)...)
	}
	if len(s.AnyOf) > 0 && !slices.ContainsFunc(s.AnyOf, func(s *schema) bool { return s.faults(root, at, v) == nil }) {
		add("%v matches none", v)
	}
	if s.Enum != nil && !slices.Contains(s.Enum, v) {
		add("%v is not in %v", v, s.Enum)
	}
	name := ""
	below := func(limit *int, n int) bool { return limit != nil && n < *limit }
	above := func(limit *int, n int) bool { return limit != nil && n > *limit }
	switch v := v.(type) {
	case string:
		name = "string"
		if n := len([]rune(v)); below(s.MinLength, n) || above(s.MaxLength, n) ||
			s.Pattern != nil && !s.Pattern.MatchString(v) {
			add("the string %q", v)
		}
	case float64:
		name = "number"
		if s.Type == "integer" && v == float64(int(v)) {
			name = "integer"
		}
		if s.Minimum != nil && v < *s.Minimum || s.Maximum != nil && v > *s.Maximum {
			add("the number %v", v)
		}
	case []any:
		name = "array"
		if below(s.MinItems, len(v)) || above(s.MaxItems, len(v)) {
			add("%d items", len(v))
		}
		for i, item := range v {
			if s.Items != nil {
				found = append(found, s.Items.faults(root, fmt.Sprint(at, "/", i), item)...)
			}
		}
	case map[string]any:
		name = "object"
		found = append(found, s.objectFaults(root, at, v)...)
	default:
		name = fmt.Sprintf("%T", v)
	}
	types, several := s.Type.([]any)
	if several && !slices.Contains(types, any(name)) || !several && s.Type != nil && s.Type != name {
		add("is a %s, not a %v", name, s.Type)
	}
	return found
}

func (s *schema) objectFaults(root *schema, at string, v map[string]any) (found []string) {
	if s.MinProperties != nil && len(v) < *s.MinProperties {
		found = append(found, at+": no member")
	}
	required := s.Required
	for name, value := range v {
		required = append(required, s.DependentRequired[name]...)
		if s.PropertyNames != nil {
			found = append(found, s.PropertyNames.faults(root, at+" name", name)...)
		}
		if p := s.Properties[name]; p != nil {
			found = append(found, p.faults(root, at+"/"+name, value)...)
			continue
		}
		var further schema
		switch {
		case s.AdditionalProperties == nil:
		case json.Unmarshal(s.AdditionalProperties, &further) == nil:
			found = append(found, further.faults(root, at+"/"+name, value)...)
		default:
			found = append(found, at+": unknown member "+name)
		}
	}
	for _, name := range required {
		if _, ok := v[name]; !ok {
			found = append(found, at+": no "+name)
		}
	}
	return found
}

// checkSchema checks a document that is sent.
func checkSchema(t testing.TB, document []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(document, &v); err != nil {
		t.Errorf("%v:\n%s", err, document)
		return
	}
	s := wireSchema()
	for _, fault := range s.faults(s, "", v) {
		t.Errorf("not as in docs/problem.schema.json: %s in\n%s", fault, document)
	}
}

// TestSchema checks that the schema refuses what is wrong.
func TestSchema(t *testing.T) {
	valid := func() map[string]any {
		return map[string]any{"title": "T", "code": 1.0, "name": "A_B", "domain": "shop", "lang": "en", "dir": "ltr", "action": "fix"}
	}
	s := wireSchema()
	if found := s.faults(s, "", valid()); found != nil {
		t.Fatal(found)
	}
	tests := []struct {
		name   string
		member string
		value  any
	}{
		{"an empty title", "title", ""},
		{"a text for the code", "code", "1"},
		{"a fraction for the code", "code", 1.5},
		{"a status of success", "status", 200.0},
		{"an empty detail", "detail", ""},
		{"a pointer without #", "pointer", "/a"},
		{"a name in small letters", "name", "out"},
		{"a language that is not a tag", "lang", "de_CH"},
		{"another direction", "dir", "up"},
		{"another retry", "retry", "never"},
		{"another action", "action", "again"},
		{"params in a list", "params", []any{}},
		{"no params", "params", map[string]any{}},
		{"a null param", "params", map[string]any{"a": nil}},
		{"a param in capitals", "params", map[string]any{"A": 1.0}},
		{"a list with null", "params", map[string]any{"a": []any{nil}}},
		{"another object", "params", map[string]any{"a": map[string]any{"b": 1.0}}},
		{"no errors", "errors", []any{}},
		{"an error without a code", "errors", []any{map[string]any{"title": "T", "name": "A_B", "domain": "shop", "action": "fix"}}},
		{"a total of 0", "total", 0.0},
		{"a short name", "ab", 1.0},
		{"a name with a dash", "a-b", 1.0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := valid()
			doc[test.member] = test.value
			if s.faults(s, "", doc) == nil {
				t.Errorf("the schema allows %v", doc)
			}
		})
	}
	for name := range valid() {
		doc := valid()
		delete(doc, name)
		if s.faults(s, "", doc) == nil {
			t.Errorf("the schema allows a document without %s", name)
		}
	}
}

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
	for name, s := range wireSchema().Defs["error"].Properties {
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
			checkSchema(t, []byte(marshal(t, v)))
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
