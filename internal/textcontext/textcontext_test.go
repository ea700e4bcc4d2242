package textcontext_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/textcontext"
)

// TestLines checks the lines of the last text of a code called AB.
func TestLines(t *testing.T) {
	left := model.Param{Name: "Left", Kind: "int", Example: format.Decimal("1234")}
	text := func(forms ...string) (text model.Text) {
		copy(text.Forms[plural.NumCategories-plural.Category(len(forms)):], forms)
		return text
	}
	title := [model.NumParts]model.Text{model.Title: text("First")}
	limited := title
	limited[model.Title].Max = 40
	tests := []struct {
		name string
		code model.Code
		want []string
	}{
		{"the least", model.Code{Texts: title}, []string{"1 AB"}},
		{"a status", model.Code{HTTP: 404, Texts: title}, []string{"1 AB, HTTP 404"}},
		{"a comment", model.Code{Doc: "somebody did something.", Texts: title},
			[]string{"1 AB", "Somebody did something."}},
		{"a name is not capitalized", model.Code{Doc: "iPhones do it.", Texts: title},
			[]string{"1 AB", "iPhones do it."}},
		{"lines are filled, code and items are not",
			model.Code{Doc: "One\nline.\n\n\tcode()\n- item\nThe end.", Texts: title},
			[]string{"1 AB", "One line.", "", "\tcode()", "- item", "The end."}},
		{"a long line", model.Code{Doc: strings.Repeat("word ", 30), Texts: title},
			[]string{"1 AB", "Word" + strings.Repeat(" word", 19),
				strings.TrimSpace(strings.Repeat(" word", 10))}},
		{"what cannot be seen", model.Code{Doc: "a\u202eb\u0000c\u2028d\U000e0041e\rf", Texts: title},
			[]string{"1 AB", `A\u202Eb\u0000c d\U000E0041e f`}},
		{"deprecated", model.Code{Deprecated: "Nobody says so.", Texts: title},
			[]string{"1 AB", "Deprecated: Nobody says so."}},
		{"deprecated and replaced", model.Code{Deprecated: "Old.", ReplacedBy: "CD", Texts: title},
			[]string{"1 AB", "Deprecated: Old. Replaced by CD."}},
		{"deprecated in the comment as well",
			model.Code{Doc: "Somebody did it.\n\nDeprecated: Use CD.", Deprecated: "Old.", Texts: title},
			[]string{"1 AB", "Somebody did it.", "Deprecated: Old."}},
		{"params that are used", model.Code{
			Signature: model.Signature{Params: []model.Param{
				{Name: "A", Kind: "string", Example: format.Text(format.String, "a\nb")}, left,
				{Name: "C", Kind: "relative-time-list"},
			}},
			Texts: [model.NumParts]model.Text{model.Title: text("{{.A}} { .Left} {{ .C }}")},
		}, []string{"1 AB", `{{.A}} text, for example "a b"`, "{{.C}} list of values: time from now"}},
		{"the count, shown or not", model.Code{
			Signature: model.Signature{Params: []model.Param{left}, Count: "Left"},
			Texts:     [model.NumParts]model.Text{model.Title: title[0], model.Detail: text("One.", "Some.")},
		}, []string{"{{.Left}} whole number, for example 1.234"}},
		{"for an exact zero", model.Code{
			Signature: model.Signature{Params: []model.Param{left}, Count: "Left"},
			Texts:     [model.NumParts]model.Text{model.Title: title[0], model.DetailZero: text("None.")},
		}, []string{"Optional: shown if {{.Left}} is 0. While it is empty, readers see the text above."}},
		{"a limit", model.Code{Texts: limited}, []string{"1 AB", "at most 40 characters"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.code.Number, test.code.Name = 1, "AB"
			d := model.Domain{Codes: []model.Code{test.code}}
			var m model.Message
			for m = range d.Messages() {
			}
			params, german := textcontext.Params(&m), format.For(language.German)
			got := textcontext.Lines(&m, params, german)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			alone := textcontext.Alone(&m, params, german)
			if alone[0][:4] != "1 AB" || !slices.Equal(alone[len(alone)-len(got):], got) {
				t.Errorf("alone it has %q", alone)
			}
		})
	}
}

// TestVary checks that only params whose examples look the same in all locales do not vary.
func TestVary(t *testing.T) {
	for _, test := range []struct {
		kind    string
		example format.Value
		want    bool
	}{{"string", format.Text(format.String, "socks"), false}, {"int", format.Decimal("1234"), true}} {
		params := []*model.Param{{Name: "A", Kind: test.kind, Example: test.example}}
		if got := textcontext.Vary(params); got != test.want {
			t.Errorf("%s: got %v, want %v", test.kind, got, test.want)
		}
	}
}
