package openapi_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/openapi"
)

func domains(t *testing.T) []openapi.Domain {
	t.Helper()
	d := catalog.NewDomain("shop", catalog.Docs("https://shop.example/errors"))
	access.Forget(d)
	general := d.Define(1, "REFUSED", catalog.Spec{Title: "Refused", HTTP: 403})
	d.Define(2, "OUT_OF_STOCK", catalog.Spec{Title: "Out of stock", HTTP: 409, Retry: catalog.RetryAfter,
		Params: catalog.Params{catalog.Public(catalog.Int("PiecesLeft", 3)), catalog.String("Item", "socks"),
			catalog.Public(catalog.List(catalog.And, catalog.Literal("Methods", "GET")))}})
	d.Define(3, "STOLEN", catalog.Spec{Title: "Stolen", HTTP: 403, ShownAs: general})
	d.Define(4, "DISK_FULL", catalog.Spec{Title: "Disk full", HTTP: 500, Audience: catalog.AudienceOperator})
	d.Define(5, "CLIENT", catalog.Spec{Title: "Client", Deprecated: "Too old."})
	return []openapi.Domain{{Domain: access.Model(d), Example: func(c *model.Code) json.RawMessage {
		return json.RawMessage(`{"name":"` + c.Name + `"}`)
	}}}
}

// at returns what is at a path in a document.
func at(t *testing.T, document []byte, path ...string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(document, &v); err != nil {
		t.Fatal(err)
	}
	for _, name := range path {
		members, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = members[name]
	}
	return v
}

func TestDocument(t *testing.T) {
	doc, err := openapi.Document(domains(t), "3.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		path []string
		want string
	}{
		{"version", []string{"openapi"}, `"3.1.1"`},
		{"example", []string{"components", "examples", "shop.REFUSED", "value"}, `{"name":"REFUSED"}`},
		{"codes of a status", []string{"components", "schemas", "Problem409", "oneOf"},
			`[{"$ref":"#/components/schemas/shop.OUT_OF_STOCK"}]`},
		{"no status", []string{"components", "schemas", "Problem500", "oneOf"},
			`[{"$ref":"#/components/schemas/shop.CLIENT"}]`},
		{"deprecated", []string{"components", "schemas", "shop.CLIENT", "deprecated"}, `true`},
		{"shown as another", []string{"components", "schemas", "shop.STOLEN"}, `null`},
		{"for operators", []string{"components", "schemas", "shop.DISK_FULL"}, `null`},
		{"wait", []string{"components", "responses", "Problem409", "headers", "Retry-After", "schema", "type"},
			`"integer"`},
		{"no wait", []string{"components", "responses", "Problem403", "headers", "Retry-After"}, `null`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var want any
			if err := json.Unmarshal([]byte(tt.want), &want); err != nil {
				t.Fatal(err)
			}
			if got := at(t, doc, tt.path...); !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestSchema(t *testing.T) {
	schema, err := openapi.Schema(domains(t))
	if err != nil {
		t.Fatal(err)
	}
	all, ok := at(t, schema, "$defs", "shop.OUT_OF_STOCK", "allOf").([]any)
	if !ok || len(all) != 2 {
		t.Fatalf("got %s", schema)
	}
	got, err := json.Marshal(all[1].(map[string]any)["properties"])
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"code":{"const":2},"domain":{"const":"shop"},"name":{"const":"OUT_OF_STOCK"},` +
		`"params":{"properties":{"methods":{"items":{"type":"string"},"maxItems":100,"type":"array"},` +
		`"piecesLeft":{"type":"integer"}},"type":"object"},` +
		`"type":{"const":"https://shop.example/errors/OUT_OF_STOCK"}}`
	if string(got) != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
