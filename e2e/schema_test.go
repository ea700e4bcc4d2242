package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// TestWireSchema validates what is sent for every standard code, alone and inside others, with an
// implementation of JSON Schema that checks formats too.
func TestWireSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("../docs/problem.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(name string, document []byte) {
		t.Helper()
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
		if err == nil {
			err = schema.Validate(v)
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, document)
		}
	}
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{
		Logger: slog.New(slog.DiscardHandler),
		Extend: func(context.Context, *problem.Details) map[string]any { return map[string]any{"balance": 30} },
	})
	var all []error
	var violations []catalog.Violation
	for code := range codes.Domain.Codes() {
		example := code.Example()
		all = append(all, example)
		violations = append(violations, catalog.Violation{Path: "/a b/" + code.Name(), Err: example})
		for _, language := range []string{"en", "de-CH", "ar-EG"} {
			for _, err := range []error{code, example, code.Wrap(io.EOF).With(catalog.Violation{Err: example})} {
				r := httptest.NewRequest(http.MethodGet, "/", nil)
				r.Header.Set("Accept-Language", language)
				rec := httptest.NewRecorder()
				respond.Write(rec, r, err)
				validate(code.Name()+" "+language, rec.Body.Bytes())
			}
		}
	}
	for _, err := range []any{
		codes.ValidationError.New().With(violations...), codes.AggregateError.Wrap(errors.Join(all...)),
	} {
		document, fault := json.Marshal(err)
		if fault != nil {
			t.Fatal(fault)
		}
		validate("stored", document)
	}
	v, _ := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(`{"title":"no code"}`)))
	if schema.Validate(v) == nil {
		t.Error("the schema allows a document without a code")
	}
}
