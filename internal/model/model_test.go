package model_test

import (
	"slices"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// valid returns a code that breaks no rule and has everything.
func valid() *model.Code {
	c := &model.Code{
		Number: 1201, Name: "OUT_OF_STOCK", HTTP: 409,
		Signature: model.Signature{Count: "Left", Params: []model.Param{
			{Name: "Item", Kind: "string", FormerNames: []string{"Product"}},
			{Name: "Left", Kind: "int", Public: true},
			{Name: "Ways", Kind: model.ListOf("string")},
		}},
	}
	c.Texts[model.Title].Forms[plural.Other] = "Out of stock"
	c.Texts[model.Detail].Forms[plural.One] = "Only one {{.Product}} is left."
	c.Texts[model.Detail].Forms[plural.Other] = "Only {{.Left}} of {{.Item}} are left."
	c.Texts[model.Detail].Places.Set(plural.Other,
		model.Place{File: "shop.go", Pos: diag.Pos{Line: 7, Column: 3}})
	return c
}

// TestValidate checks field, rule, place and fix of faults. Their texts are in the tests of the
// packages that show them, catalog and codescan.
func TestValidate(t *testing.T) {
	tests := []struct {
		name   string
		change func(*model.Code)
		want   []model.Fault // without Text and Hint
	}{
		{"valid", func(*model.Code) {}, nil},
		{"name", func(c *model.Code) { c.Name = "x" },
			[]model.Fault{{Field: "Name", Rule: model.RuleName}}},
		{"reserved", func(c *model.Code) { c.Name = "ZERO" },
			[]model.Fault{{Field: "Name", Rule: model.RuleName}}},
		{"status", func(c *model.Code) { c.HTTP = 207 },
			[]model.Fault{{Field: "HTTP", Rule: model.RuleDeclaration}}},
		{"status of an aggregate", func(c *model.Code) { c.HTTP, c.Aggregate = 207, true }, nil},
		{"no status", func(c *model.Code) { c.HTTP = 0 }, nil},
		{"replaced", func(c *model.Code) { c.ReplacedBy = "OTHER" },
			[]model.Fault{{Field: "ReplacedBy", Rule: model.RuleDeclaration}}},
		{"shown as another code", func(c *model.Code) { c.ShownAs = &model.Code{Name: "OTHER"} }, nil},
		{"shown as one that is shown as another",
			func(c *model.Code) { c.ShownAs = &model.Code{ShownAs: &model.Code{}} },
			[]model.Fault{{Field: "ShownAs", Rule: model.RuleDeclaration}}},
		{"shown as an aggregate", func(c *model.Code) { c.ShownAs = &model.Code{Aggregate: true} },
			[]model.Fault{{Field: "ShownAs", Rule: model.RuleDeclaration}}},
		{"shown as one that needs more", func(c *model.Code) {
			other := valid()
			other.Params[0].Sensitive, c.Params[0].Sensitive = false, true
			c.ShownAs = other
		}, []model.Fault{{Field: "ShownAs", Rule: model.RuleDeclaration}}},
		{"count is unknown", func(c *model.Code) { c.Count = "Rest" },
			[]model.Fault{{Field: "Plural.By", Rule: model.RuleDeclaration}}},
		{"count by a former name",
			func(c *model.Code) { c.Count, c.Params[1].FormerNames = "Rest", []string{"Rest"} },
			[]model.Fault{{Field: "Plural.By", Rule: model.RuleDeclaration}}},
		{"no count", func(c *model.Code) { c.Count = "" },
			[]model.Fault{{Field: "Plural", Rule: model.RuleDeclaration}}},
		{"former name of another", func(c *model.Code) { c.Params[1].FormerNames = []string{"Item"} },
			[]model.Fault{{Field: "Params[1]", Rule: model.RuleDuplicate}}},
		{"all faults at once", func(c *model.Code) {
			c.Params[0].Name = "Things"
			c.Texts[model.Title].Forms[plural.Other] = ""
			c.Texts[model.Help].Forms[plural.Other] = "{{if .Left}}"
		}, []model.Fault{
			{Field: "Title", Rule: model.RuleDeclaration},
			{Field: "Detail", Rule: pattern.RuleUnknownPlaceholder,
				Place: valid().Texts[model.Detail].Places.Of(plural.Other)},
			{Field: "Help", Rule: pattern.RulePlaceholderSyntax},
		}},
		{"misspelled placeholder", func(c *model.Code) {
			c.Texts[model.Detail].Forms[plural.Other] = "{{.Left}} {{ .Itme }}"
		}, []model.Fault{{
			Field: "Detail", Rule: pattern.RuleUnknownPlaceholder,
			Place: valid().Texts[model.Detail].Places.Of(plural.Other),
			Fix:   diag.Fix{Old: "{{ .Itme }}", New: "{{.Item}}"},
		}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := valid()
			test.change(c)
			var got []model.Fault
			c.Validate(func(f model.Fault) {
				if f.Text == "" {
					t.Errorf("the fault of %s has no text", f.Field)
				}
				f.Text, f.Hint = "", ""
				got = append(got, f)
			})
			if !slices.Equal(got, test.want) {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestParams(t *testing.T) {
	c := valid()
	for name, want := range map[string]int{"Item": 0, "Product": 0, "Left": 1, "Price": -1} {
		if got := c.ParamIndex(name); got != want {
			t.Errorf("the index of %s is %d, want %d", name, got, want)
		}
	}
	for _, test := range []struct {
		param model.Param
		want  int
	}{
		{model.Param{Name: "Item", Kind: "string"}, 0},
		{model.Param{Name: "Item", Kind: "literal"}, -1},
		{model.Param{Name: "Product", Kind: "string"}, -1},
		{model.Param{Name: "Ways", Kind: "label-list"}, 2},
	} {
		if got := c.Takes(&test.param); got != test.want {
			t.Errorf("%s %s goes to %d, want %d", test.param.Name, test.param.Kind, got, test.want)
		}
	}
	var shown []bool
	for i := range c.Params {
		shown = append(shown, c.Shows(i))
	}
	if want := []bool{true, true, false}; !slices.Equal(shown, want) {
		t.Errorf("shown are %v, want %v", shown, want)
	}
}

func TestExampleText(t *testing.T) {
	at := time.Date(2026, time.March, 31, 14, 30, 0, 0, time.UTC)
	list := []format.Value{format.Text(format.String, "SMS"), format.Text(format.String, "app")}
	for _, test := range []struct {
		value format.Value
		want  string
	}{
		{format.Value{}, ""},
		{format.Text(format.String, "Blue socks"), `"Blue socks"`},
		{format.Text(format.URL, ""), `""`},
		{format.Named(nil, "page"), `"page"`},
		{format.Whole(format.Int, true, 3), "-3"},
		{format.Whole(format.Identifier, false, 1<<64-1), "18446744073709551615"},
		{format.Float(format.Percent, 0.25), "0.25"},
		{format.Float(format.Number, 1e21), "1000000000000000000000"},
		{format.Decimal("-12.50"), "-12.50"},
		{format.Span(format.RelativeTime, 2*time.Minute), "2m0s"},
		{format.Moment(format.Time, at), "2026-03-31 14:30 UTC"},
		{format.Moment(format.Date, at), "2026-03-31"},
		{format.Moment(format.TimeOfDay, at), "14:30"},
		{format.Several(format.Or, list), `"SMS", "app"`},
	} {
		p := model.Param{Example: test.value}
		if got := p.ExampleText(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestClash(t *testing.T) {
	c := valid()
	c.Place = model.Place{File: "shop.go", Pos: diag.Pos{Line: 7}}
	for name, test := range map[string]struct {
		other model.Code
		field string
	}{
		"number":  {model.Code{Number: 1201, Name: "OTHER"}, "Number"},
		"name":    {model.Code{Number: 1, Name: "OUT_OF_STOCK"}, "Name"},
		"neither": {model.Code{Number: 1, Name: "OTHER"}, ""},
	} {
		f := test.other.Clash(c)
		if test.field == "" && f != nil || test.field != "" && (f == nil || f.Field != test.field) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestMessages(t *testing.T) {
	d := model.Domain{Codes: []model.Code{*valid()}, Labels: []model.Label{{Name: "email"}}}
	var ids []string
	for m := range d.Messages() {
		ids = append(ids, m.ID.String())
	}
	want := []string{"OUT_OF_STOCK.title", "OUT_OF_STOCK.detail", "labels.email"}
	if !slices.Equal(ids, want) || d.NumMessages() != len(want) {
		t.Errorf("messages are %q, want %q", ids, want)
	}
}
