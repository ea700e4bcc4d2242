package wireschema_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/wireschema"
)

// TestSchema checks that the schema refuses what is wrong.
func TestSchema(t *testing.T) {
	valid := func() map[string]any {
		return map[string]any{"title": "T", "code": 1.0, "name": "A_B", "domain": "shop", "lang": "en", "dir": "ltr", "action": "fix"}
	}
	s := wireschema.MustRead("../../docs/problem.schema.json")
	if found := s.Faults(valid()); found != nil {
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
			if s.Faults(doc) == nil {
				t.Errorf("the schema allows %v", doc)
			}
		})
	}
	for name := range valid() {
		doc := valid()
		delete(doc, name)
		if s.Faults(doc) == nil {
			t.Errorf("the schema allows a document without %s", name)
		}
	}
}

// recorder is a test that only counts its failures.
type recorder struct {
	testing.TB
	failed int
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed++ }

// TestTransport checks that error documents are checked, and that the caller reads them whole.
func TestTransport(t *testing.T) {
	const valid = `{"title": "T", "code": 1, "name": "A_B", "domain": "shop", "lang": "en", ` +
		`"dir": "ltr", "action": "fix"}`
	tests := []struct {
		name, method, media, body string
		failures                  int
	}{
		{"valid", "GET", "application/problem+json", valid, 0},
		{"another direction", "GET", "application/problem+json", strings.Replace(valid, "ltr", "up", 1), 1},
		{"not JSON", "GET", "application/problem+json", "{", 1},
		{"only the header", "HEAD", "application/problem+json", "", 0},
		{"no error document", "GET", "application/json", "{}", 0},
	}
	schema := wireschema.MustRead("../../docs/problem.schema.json")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.media)
				fmt.Fprint(w, test.body)
			}))
			defer server.Close()
			r, err := http.NewRequest(test.method, server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			var found recorder
			client := http.Client{Transport: schema.Transport(&found, http.DefaultTransport)}
			res, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			if body, err := io.ReadAll(res.Body); string(body) != test.body || err != nil {
				t.Errorf("read %q, %v", body, err)
			}
			if found.failed != test.failures {
				t.Errorf("%d failures, want %d", found.failed, test.failures)
			}
		})
	}
}
