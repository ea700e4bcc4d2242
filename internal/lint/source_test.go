package lint_test

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

func TestDeclaredTexts(t *testing.T) {
	detail := func(forms map[plural.Category]string) func(*model.Code) {
		return func(c *model.Code) {
			c.Count = "Left"
			for category, text := range forms {
				c.Texts[model.Detail].Forms[category] = text
			}
		}
	}
	tests := []struct {
		name   string
		change func(*model.Code)
		want   []string
	}{
		{"nothing", func(*model.Code) {}, nil},
		{"full stop in a title", func(c *model.Code) { c.Texts[model.Title] = text("Out of stock.") }, []string{"title-stop"}},
		{"question in a title", func(c *model.Code) { c.Texts[model.Title] = text("Out of stock?") }, nil},
		{"near miss", func(c *model.Code) { c.Texts[model.Help] = text("Count {Left}.") }, []string{"near-miss-placeholder"}},
		{"tag", func(c *model.Code) { c.Texts[model.Help] = text("Count <b>less</b>.") }, []string{"html"}},
		{"zero-width space", func(c *model.Code) { c.Texts[model.Help] = text("Count\u200b less.") }, []string{"invisible-character"}},
		{"override", func(c *model.Code) { c.Texts[model.Help] = text("Count\u202e less.") }, []string{"bidi-control"}},
		{"too long", func(c *model.Code) { c.Texts[model.Title].Max = 4 }, []string{"too-long"}},
		{"few in English", detail(map[plural.Category]string{plural.One: "One.", plural.Few: "{{.Left}}.", plural.Other: "{{.Left}}."}), []string{"impossible-category"}},
		{"no one in English", detail(map[plural.Category]string{plural.Other: "{{.Left}} left."}), []string{"missing-category"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := domain("Out of stock", "Item", "Left")
			tt.change(&d.Codes[0])
			var got []string
			for _, f := range lint.Check(d, nil, nil) {
				got = append(got, f.Rule)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlacesOfDeclaredTexts(t *testing.T) {
	at := func(line int) model.Place {
		return model.Place{File: "shop/codes.go", Pos: diag.Pos{Line: line, Column: 3}}
	}
	d := domain("Out of stock.")
	d.Codes[0].Place = at(7)
	expectPlace(t, d, "shop/codes.go:7:3: the title \"Out of stock.\" ends with a full stop")
	d.Codes[0].Texts[model.Title].Places[plural.Other] = at(8)
	expectPlace(t, d, "shop/codes.go:8:3: the title \"Out of stock.\" ends with a full stop")

	d = domain("Out of stock.")
	expectPlace(t, d, "A_CODE.title: the title \"Out of stock.\" ends with a full stop")

	d = domain("Out of stock")
	d.Labels = []model.Label{{Name: "email", Text: text("<b>e-mail</b>"), Place: at(9)}}
	expectPlace(t, d, "shop/codes.go:9:3: <b> would be shown as it stands")
}

func TestLabelCalledTitleMayEndWithAStop(t *testing.T) {
	d := domain("Out of stock")
	d.Labels = []model.Label{{Name: "title", Text: text("Mr.")}}
	if found := lint.Check(d, nil, nil); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

func expectPlace(t *testing.T, d *model.Domain, want string) {
	t.Helper()
	found := lint.Check(d, nil, nil)
	if len(found) != 1 || found[0].Error() != want {
		t.Errorf("got %v, want %q", found, want)
	}
}

func TestCommentInSourceFileAllowsForDeclaredText(t *testing.T) {
	d := domain("Out of stock.")
	expectPlace(t, d, "A_CODE.title: the title \"Out of stock.\" ends with a full stop")
	f := read(t, "en", "# lint: allow title-stop\n[A_CODE.title]\nother = \"Out of stock.\"\n")
	if found := lint.Check(d, []*localefile.File{f}, nil); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

func ExampleCheck() {
	d := shop()
	file, _, _ := localefile.Read("locales/de.toml", language.German, []byte(`
[OUT_OF_STOCK.title]
other = "Nicht vorrätig."

[OUT_OF_STOCK.help]
# lint: allow punctuation
other = "Wählen Sie eine kleinere Menge"
`))
	fmt.Println(lint.Check(d, []*localefile.File{file}, nil))
	// Output:
	// locales/de.toml:3:24: the text ends with a full stop, the source text without punctuation
	// hint: if it is meant to be so, write "# lint: allow punctuation" above the text
}
