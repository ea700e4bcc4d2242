// Package wireschema checks the error documents that programs answer with against
// docs/problem.schema.json, in go test.
package wireschema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Schema is a JSON Schema (draft 2020-12) with the keywords that docs/problem.schema.json uses. The
// tests in e2e apply the same file with a complete implementation.
type Schema struct {
	Schema, Title, Description, Format string // annotations

	Ref                                                     string `json:"$ref"`
	Type                                                    any
	Enum                                                    []any
	Pattern                                                 *regexp.Regexp
	Minimum, Maximum                                        *float64
	MinLength, MaxLength, MinItems, MaxItems, MinProperties *int
	Required                                                []string
	DependentRequired                                       map[string][]string
	PropertyNames, Items                                    *Schema
	Properties                                              map[string]*Schema
	AdditionalProperties                                    json.RawMessage
	AnyOf                                                   []*Schema
	Defs                                                    map[string]*Schema `json:"$defs"`
}

// MustRead reads a schema from a file. It panics if that has a keyword that [Schema] lacks.
func MustRead(file string) *Schema {
	text, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	text = bytes.Replace(text, []byte(`"$schema"`), []byte(`"schema"`), 1)
	s := &Schema{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(s); err != nil {
		panic(err)
	}
	return s
}

// RecordVariable is the environment variable that names a file to which [Schema.Check] adds each
// document, in a line, so that another test can check it by other schemas.
const RecordVariable = "ERRLINGO_ANSWERS"

func record(t testing.TB, document []byte) {
	name := os.Getenv(RecordVariable)
	if name == "" {
		return
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var line bytes.Buffer
	if json.Compact(&line, document) == nil {
		line.WriteByte('\n')
		if _, err := file.Write(line.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
}

// Check reports to the test what is wrong with a document.
func (s *Schema) Check(t testing.TB, document []byte) {
	t.Helper()
	record(t, document)
	var v any
	if err := json.Unmarshal(document, &v); err != nil {
		t.Errorf("%v:\n%s", err, document)
		return
	}
	for _, fault := range s.Faults(v) {
		t.Errorf("not as in docs/problem.schema.json: %s in\n%s", fault, document)
	}
}

// Transport returns a transport that checks each error document that the given one receives.
func (s *Schema) Transport(t testing.TB, under http.RoundTripper) http.RoundTripper {
	return checking{t, s, under}
}

type checking struct {
	t      testing.TB
	schema *Schema
	under  http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (c checking) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := c.under.RoundTrip(r)
	if err != nil || r.Method == http.MethodHead ||
		res.Header.Get("Content-Type") != "application/problem+json" {
		return res, err
	}
	defer res.Body.Close()
	document, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	c.schema.Check(c.t, document)
	res.Body = io.NopCloser(bytes.NewReader(document))
	return res, nil
}

// Faults returns what is wrong with a document that was decoded into an any.
func (s *Schema) Faults(v any) []string { return s.faults(s, "", v) }

// faults returns what the schema, which is a part of the root, says is wrong with a value at a
// place.
func (s *Schema) faults(root *Schema, at string, v any) (found []string) {
	add := func(format string, args ...any) {
		found = append(found, at+": "+fmt.Sprintf(format, args...))
	}
	if s.Ref != "" {
		definition := root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
		found = append(found, definition.faults(root, at, v)...)
	}
	matches := func(s *Schema) bool { return s.faults(root, at, v) == nil }
	if len(s.AnyOf) > 0 && !slices.ContainsFunc(s.AnyOf, matches) {
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

func (s *Schema) objectFaults(root *Schema, at string, v map[string]any) (found []string) {
	if s.MinProperties != nil && len(v) < *s.MinProperties {
		found = append(found, at+": no member")
	}
	required := slices.Clone(s.Required)
	for name, value := range v {
		required = append(required, s.DependentRequired[name]...)
		if s.PropertyNames != nil {
			found = append(found, s.PropertyNames.faults(root, at+" name", name)...)
		}
		if p := s.Properties[name]; p != nil {
			found = append(found, p.faults(root, at+"/"+name, value)...)
			continue
		}
		var further Schema
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
