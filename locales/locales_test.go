package locales_test

import (
	"flag"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/texttable"
	"github.com/errlingo/errlingo/locales"
)

func load(t *testing.T) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// TestTexts checks the texts with the rules for them, among them that no text has a word that the
// glossary forbids.
func TestTexts(t *testing.T) {
	catalogtest.Check(t, codes.Domain, os.DirFS("."), catalogtest.Strict())
}

func TestNoFindings(t *testing.T) {
	for _, f := range load(t).Findings() {
		t.Error(f.Detail())
	}
}

var update = flag.Bool("update", false, "write testdata/texts.*.txt")

// TestEveryText renders all texts with arguments at their limits.
func TestEveryText(t *testing.T) { texttable.Check(t, load(t), codes.Domain, *update) }

// TestEveryCode renders each code in each language with the examples of its params.
func TestEveryCode(t *testing.T) {
	bundle := load(t)
	for _, tag := range bundle.Locales() {
		loc, dir := bundle.LocalizerFor(tag), "ltr"
		if slices.Contains([]string{"ar", "he"}, tag.String()) {
			dir = "rtl"
		}
		for code := range codes.Domain.Codes() {
			t.Run(tag.String()+"/"+code.Name(), func(t *testing.T) {
				m := loc.Localize(code.Example())
				parts := map[string]errlingo.Text{"title": m.Title, "detail": m.Detail}
				if code.Spec().Help != "" {
					parts["help"] = m.Help
				}
				for name, text := range parts {
					if text.Value == "" || strings.ContainsAny(text.Value, "{}") {
						t.Errorf("%s = %q, want a text without braces", name, text.Value)
					}
					if text.Locale != tag {
						t.Errorf("%s is in %v, want %v", name, text.Locale, tag)
					}
					if text.Dir != dir {
						t.Errorf("%s runs %s, want %s", name, text.Dir, dir)
					}
				}
			})
		}
	}
}

// TestEveryCodeAlone renders each code in each language when nothing but its number is known, as of a
// bare code: no text has a brace, and there is a sentence besides the title.
func TestEveryCodeAlone(t *testing.T) {
	bundle := load(t)
	for _, tag := range bundle.Locales() {
		loc := bundle.LocalizerFor(tag)
		for code := range codes.Domain.Codes() {
			t.Run(tag.String()+"/"+code.Name(), func(t *testing.T) {
				m := loc.Localize(codes.Domain.CodeNumbered(code.Number()))
				for _, text := range []errlingo.Text{m.Title, m.Detail, m.Help} {
					if strings.ContainsAny(text.Value, "{}") || text.Value != "" && text.Locale != tag {
						t.Errorf("%q in %v", text.Value, text.Locale)
					}
				}
				if m.Title.Value == "" || m.Detail.Value == "" && m.Help.Value == "" {
					t.Errorf("readers see nothing but the title %q", m.Title.Value)
				}
				if detail := loc.Detail(code); detail == "" || m.Detail.Value == "" && detail != m.Title.Value {
					t.Errorf("in one text it is %q, and the title is %q", detail, m.Title.Value)
				}
			})
		}
	}
}

// TestLabels checks that every label is translated.
func TestLabels(t *testing.T) {
	bundle := load(t)
	for _, tag := range bundle.Locales() {
		for label := range codes.Domain.Labels() {
			if got := bundle.LocalizerFor(tag).Label(label); got.Value == "" || got.Locale != tag {
				t.Errorf("label %s is %q in %v, want it in %v", label.Name(), got.Value, got.Locale, tag)
			}
		}
	}
}

// TestPageNotShown checks the sentence about problems that are not shown, in each form.
func TestPageNotShown(t *testing.T) {
	tests := []struct {
		name, language string
		count          int
		want           string
	}{
		{"English, one", "en", 1, "One more problem is not shown."},
		{"English, other", "en", 12345, "12,345 more problems are not shown."},
		{"German, one", "de", 1, "Ein weiteres Problem wird nicht angezeigt."},
		{"German, other", "de", 12345, "12.345 weitere Probleme werden nicht angezeigt."},
		{"Arabic, zero", "ar", 0, "جميع المشكلات معروضة."},
		{"Arabic, one", "ar", 1, "هناك مشكلة واحدة أخرى غير معروضة."},
		{"Arabic, two", "ar", 2, "هناك مشكلتان أخريان غير معروضتين."},
		{"Arabic, few", "ar", 3, "هناك 3 مشكلات أخرى غير معروضة."},
		{"Arabic, many", "ar", 12, "هناك 12 مشكلة أخرى غير معروضة."},
		{"Arabic, other", "ar", 100, "هناك 100 مشكلة أخرى غير معروضة."},
	}
	bundle := load(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			phrase := codes.PageNotShown.With(codes.Count.Arg(test.count))
			if got := bundle.Localizer(test.language).Phrase(phrase).Value; got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestGoI18n loads each file into go-i18n as it is and compares every text. Those with placeholders
// are compared with arguments that both write alike.
func TestGoI18n(t *testing.T) {
	bundle := load(t)
	names, err := fs.Glob(locales.FS, "*.toml")
	if err != nil || len(names) < 3 {
		t.Fatalf("locale files %v, %v; want three at least", names, err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			peer := i18n.NewBundle(language.English)
			peer.RegisterUnmarshalFunc("toml", toml.Unmarshal)
			file, err := peer.LoadMessageFileFS(locales.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			messages := map[string]*i18n.Message{}
			for _, m := range file.Messages {
				messages[m.ID] = m
			}
			c := comparison{
				t: t, ours: bundle.LocalizerFor(file.Tag), peer: i18n.NewLocalizer(peer, file.Tag.String()),
				texts: read(t, name, file.Tag).Codes, locale: pattern.NewLocale(file.Tag),
			}
			for code := range codes.Domain.Codes() {
				for part, name := range model.PartNames {
					c.compare(code, part, messages[code.Name()+"."+name])
				}
			}
			for label := range codes.Domain.Labels() {
				if got, want := c.ours.Label(label).Value, messages["labels."+label.Name()]; want == nil || got != want.Other {
					t.Errorf("label %s is %q, go-i18n has %+v", label.Name(), got, want)
				}
			}
		})
	}
}

// read returns the texts of a locale file.
func read(t *testing.T, name string, tag language.Tag) *localefile.Texts {
	t.Helper()
	src, err := localefile.ReadFile(locales.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	file, syntax, findings := localefile.Read(name, tag, src)
	if len(syntax)+len(findings) > 0 {
		t.Fatal(syntax, findings)
	}
	texts, _ := file.Compile(localefile.NewSchema(access.Model(codes.Domain)))
	return &texts
}

type comparison struct {
	t      *testing.T
	ours   *errlingo.Localizer
	peer   *i18n.Localizer
	texts  []pattern.Text
	locale pattern.Locale
}

// compare renders one text with both. A missing argument shows as {Name} in a pattern, and go-i18n
// is given the same, so that only the texts are compared.
func (c comparison) compare(code *catalog.Code, part int, message *i18n.Message) {
	c.t.Helper()
	spec := code.Spec()
	if access.CodeOf(code).Texts[part].Missing() {
		if message != nil {
			c.t.Errorf("go-i18n has %s, which is not declared", message.ID)
		}
		return
	}
	if message == nil {
		c.t.Errorf("go-i18n has no %s.%s", code.Name(), model.PartNames[part])
		return
	}
	arguments := map[string]any{}
	for _, p := range spec.Params {
		arguments[p.Name()] = "{" + p.Name() + "}"
	}
	config := &i18n.LocalizeConfig{MessageID: message.ID, TemplateData: arguments}
	count := access.CodeOf(code).Count
	if message.Zero+message.One+message.Two+message.Few+message.Many == "" {
		c.form(code, part, config, nil)
		return
	}
	for category := range c.locale.Rule.Integers().All() {
		number := c.locale.Rule.Examples(category, 1)[0]
		n := format.Whole(format.Int, false, number)
		arguments[spec.Params[count].Name()] = string(c.locale.Values.Append(nil, &n, &format.Context{}))
		config.PluralCount = strconv.FormatUint(number, 10)
		args := make([]format.Value, count+1)
		args[count] = n
		c.form(code, part, config, args)
	}
}

// form renders one form of a text with both.
func (c *comparison) form(code *catalog.Code, part int, config *i18n.LocalizeConfig, args []format.Value) {
	c.t.Helper()
	want, err := c.peer.Localize(config)
	if err != nil {
		c.t.Errorf("go-i18n: %s: %v", config.MessageID, err)
		return
	}
	text := &c.texts[access.CodeOf(code).Index*model.NumParts+part]
	got, _ := text.Append(nil, &c.locale, args, access.CodeOf(code).Count, &format.Context{})
	if string(got) != want {
		c.t.Errorf("%s is %q, go-i18n has %q", config.MessageID, got, want)
	}
}
