package frontend_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/frontend"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

var update = flag.Bool("update", false, "write the golden files")

// shop returns a domain with one code for each rule about what is exported.
func shop() *model.Domain {
	code := func(number int, name, detail string, params ...model.Param) model.Code {
		c := model.Code{Number: number, Name: name, HTTP: 409, Doc: name + " occurs. /* Often. */\n",
			Signature: model.Signature{Params: params}}
		c.Texts[model.Title].Forms[plural.Other] = "Title of " + name
		c.Texts[model.Detail].Forms[plural.Other] = detail
		return c
	}
	item := model.Param{Name: "Item", Kind: "string", Example: format.Text(format.String, "socks")}
	left := model.Param{Name: "Left", Kind: "int", Example: format.Whole(format.Int, false, 3), Public: true}
	limit := model.Param{Name: "SizeLimit", Kind: "bytes", Style: format.Limit, Public: true}
	price := model.Param{Name: "Price", Kind: "money", Public: true}
	ways := model.Param{Name: "Ways", Kind: model.ListOf("label"), Public: true,
		Example: format.Several(format.Or, []format.Value{format.Named(nil, "SMS")})}
	phrase := model.Param{Name: "Rooms", Kind: "phrase", Public: true}

	plurals := code(1, "PLURAL", "{{.Left}} are left.", left)
	plurals.Count = "Left"
	plurals.Texts[model.Detail].Forms[plural.One] = "one is left."
	plurals.Texts[model.DetailZero].Forms[plural.Other] = "none is left."
	private := code(2, "PRIVATE", "{{.Item}} is sold.", item)
	private.Texts[model.Help].Forms[plural.Other] = "Choose another."
	values := code(3, "VALUES", "{{.SizeLimit}} for {{.Price}} by {{.Ways}}", limit, price, ways)
	values.Deprecated = "use OTHER"
	phrases := code(4, "PHRASE", "{{.Rooms}}", phrase)
	hidden := code(5, "HIDDEN", "Never shown.")
	hidden.ShownAs = &model.Code{Name: "OTHER"}
	escapes := code(6, "ESCAPES", "It's {'#'} \\ | <b>{{.Left}}</b> {'", left)
	d := &model.Domain{Name: "shop", Source: language.English,
		Codes:  []model.Code{plurals, private, values, phrases, hidden, escapes},
		Labels: []model.Label{{Name: "sms"}, {Name: "mail"}}}
	d.Labels[0].Text.Forms[plural.Other], d.Labels[1].Text.Forms[plural.Other] = "SMS", "email"
	return d
}

// german lacks texts, each in another way.
const german = `
[PLURAL.title]
other = "Mehrzahl"
[PLURAL.detail]
one = "eins übrig."
other = "{{.Left}} übrig."
[PRIVATE.title]
other = "Privat"
[PRIVATE.help]
other = "Wählen Sie etwas anderes."
[VALUES.title]
other = "Werte"
[VALUES.detail]
other = "{{.SizeLimit}} für {{.Price}} per {{.Ways}}"
[labels.mail]
other = "E-Mail"
`

func texts(t *testing.T, d *model.Domain, tag language.Tag, src string) *localefile.Texts {
	t.Helper()
	file, syntax, _ := localefile.Read(tag.String()+".toml", tag, []byte(src))
	texts, faults := file.Compile(localefile.NewSchema(d))
	if len(syntax)+len(faults) > 0 {
		t.Fatal(syntax, faults)
	}
	return &texts
}

// TestFiles compares all files for two locales with the golden ones. German has no detail for
// PRIVATE, so its title is English too; PLURAL has no German text for an exact zero.
func TestFiles(t *testing.T) {
	d := frontend.Domain{Domain: shop()}
	d.Add(language.German, texts(t, d.Domain, language.German, german))
	d.Add(language.English, texts(t, d.Domain, language.English, "[PLURAL.title]\nother = \"edited\"\n"))
	austrian := language.MustParse("de-AT")
	d.Add(austrian, texts(t, d.Domain, austrian, "[VALUES.title]\nother = \"below\"\n[VALUES.detail]\nother = \"below\"\n"))
	d.Add(austrian, texts(t, d.Domain, austrian, "[VALUES.title]\nother = \"above\"\n"))
	for _, messages := range []frontend.Format{frontend.MF2, frontend.ICU} {
		for _, f := range frontend.Files([]frontend.Domain{d}, []language.Tag{language.German, austrian}, messages) {
			if f.Name == "render.ts" {
				if !strings.HasPrefix(string(f.Content), frontend.Generated) {
					t.Error("render.ts does not say that it is generated")
				}
				continue
			}
			name := filepath.Join("testdata", filepath.FromSlash(f.Name))
			if *update {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, f.Content, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(name); err != nil || string(want) != string(f.Content) {
				t.Errorf("%s differs from %s (%v):\n%s", f.Name, name, err, f.Content)
			}
		}
	}
}
