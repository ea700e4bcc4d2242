package bench_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/ru"
	ut "github.com/go-playground/universal-translator"
	"github.com/leonelquinteros/gotext"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bench/internal/fixture"
	errcatalog "github.com/errlingo/errlingo/catalog"
)

// peers has the libraries, loaded with the same texts.
type peers struct {
	set         *fixture.Set
	bundle      *errlingo.Bundle
	goI18n      *i18n.Bundle
	xText       catalog.Catalog
	translators []ut.Translator  // in the order of set.Locales
	catalogs    []*gotext.Po     // in the order of set.Locales
	matcher     language.Matcher // for x/text and the last two, which do not negotiate
}

func newPeers(t testing.TB) *peers {
	t.Helper()
	set := fixture.Shop()
	files := set.Files(true)
	return &peers{
		set:         set,
		bundle:      loadErrlingo(t, set.Domain, files),
		goI18n:      loadGoI18n(t, files),
		xText:       loadXText(t, set.Formats(fixture.Verb).Files(true)),
		translators: loadTranslators(t, set.Locales, set.Formats(fixture.Brace).Files(true)),
		catalogs:    loadCatalogs(t, set.Locales, set.Formats(fixture.Verb).Catalogs(true)),
		matcher:     newMatcher(set.Locales),
	}
}

func loadErrlingo(t testing.TB, domain *errcatalog.Domain, files fs.FS) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: domain, FS: files}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

func loadGoI18n(t testing.TB, files fs.FS) *i18n.Bundle {
	t.Helper()
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		t.Fatal(err)
	}
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, name := range names {
		if _, err := bundle.LoadMessageFileFS(files, name); err != nil {
			t.Fatal(err)
		}
	}
	return bundle
}

// loadXText reads files whose texts are formats. X/text cannot read files at run time: its tool
// generates Go code. A program that wants files has to decode them and fill a catalog, as done
// here.
func loadXText(t testing.TB, files fs.FS) catalog.Catalog {
	t.Helper()
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		t.Fatal(err)
	}
	builder := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, name := range names {
		var texts map[string]map[string]map[string]string // by name, part and category
		if _, err := toml.DecodeFS(files, name, &texts); err != nil {
			t.Fatal(err)
		}
		addXText(t, builder, language.MustParse(strings.TrimSuffix(name, ".toml")), texts)
	}
	return builder
}

func addXText(
	t testing.TB, builder *catalog.Builder, tag language.Tag,
	texts map[string]map[string]map[string]string,
) {
	t.Helper()
	for name, parts := range texts {
		for part, forms := range parts {
			if err := builder.Set(tag, name+"."+part, xTextMessage(forms)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// xTextMessage returns a message with the forms, which are keyed by category. The first argument
// selects the form.
func xTextMessage(forms map[string]string) catalog.Message {
	if len(forms) == 1 {
		return catalog.String(forms["other"])
	}
	var cases []any
	for _, category := range []string{"zero", "one", "two", "few", "many", "other"} {
		if form, ok := forms[category]; ok {
			cases = append(cases, category, form)
		}
	}
	return plural.Selectf(1, "%d", cases...)
}

// translatorOf makes the translators of universal-translator.
var translatorOf = map[string]func() locales.Translator{
	"ar": ar.New, "de": de.New, "en": en.New, "es": es.New, "fr": fr.New, "it": it.New, "nl": nl.New,
	"pl": pl.New, "pt": pt.New, "ru": ru.New,
}

var pluralRules = map[string]locales.PluralRule{
	"zero": locales.PluralRuleZero, "one": locales.PluralRuleOne, "two": locales.PluralRuleTwo,
	"few": locales.PluralRuleFew, "many": locales.PluralRuleMany, "other": locales.PluralRuleOther,
}

// loadTranslators reads files whose placeholders are {0} and {1}. Universal-translator can read only
// JSON files of its own on disk, so a program decodes other files and adds the texts, as done here.
func loadTranslators(t testing.TB, all []fixture.Locale, files fs.FS) []ut.Translator {
	t.Helper()
	universal := ut.New(en.New())
	translators := make([]ut.Translator, len(all))
	for i := range all {
		tag := all[i].Tag
		err := universal.AddTranslator(translatorOf[tag](), true)
		var texts map[string]map[string]map[string]string // by name, part and category
		if err == nil {
			_, err = toml.DecodeFS(files, tag+".toml", &texts)
		}
		if err != nil {
			t.Fatal(err)
		}
		translators[i], _ = universal.GetTranslator(tag)
		for name, parts := range texts {
			for part, forms := range parts {
				addTranslation(t, translators[i], name+"."+part, forms)
			}
		}
	}
	return translators
}

func addTranslation(t testing.TB, to ut.Translator, key string, forms map[string]string) {
	t.Helper()
	if len(forms) == 1 {
		if err := to.Add(key, forms["other"], false); err != nil {
			t.Fatal(err)
		}
		return
	}
	for category, form := range forms {
		if err := to.AddCardinal(key, form, pluralRules[category], false); err != nil {
			t.Fatal(err)
		}
	}
}

// translate returns a text of universal-translator. Its plural texts take the number only, so the
// other argument is replaced afterwards.
func translate(tr ut.Translator, key string, plural bool, count int, args []string) string {
	if !plural {
		s, _ := tr.T(key, args...)
		return s
	}
	s, _ := tr.C(key, float64(count), 0, tr.FmtNumber(float64(count), 0))
	return strings.Replace(s, "{1}", args[1], 1)
}

// loadCatalogs reads PO files.
func loadCatalogs(t testing.TB, all []fixture.Locale, files fs.FS) []*gotext.Po {
	t.Helper()
	catalogs := make([]*gotext.Po, len(all))
	for i := range all {
		data, err := fs.ReadFile(files, all[i].Tag+".po")
		if err != nil {
			t.Fatal(err)
		}
		catalogs[i] = gotext.NewPo()
		catalogs[i].Parse(data)
	}
	return catalogs
}

// lookUp returns a text of gotext.
func lookUp(po *gotext.Po, key string, plural bool, count int, args []any) string {
	if plural {
		return po.GetN(key, key, count, args...)
	}
	return po.Get(key, args...)
}

func newMatcher(locales []fixture.Locale) language.Matcher {
	var tags []language.Tag
	for i := range locales {
		tags = append(tags, language.MustParse(locales[i].Tag))
	}
	return language.NewMatcher(tags)
}

// printer returns the x/text printer for a user.
func (p *peers) printer(tag string) *message.Printer {
	return message.NewPrinter(language.MustParse(tag), message.Catalog(p.xText))
}

// printerFor returns the x/text printer for a user who sends the header.
func (p *peers) printerFor(header string) *message.Printer {
	tag, _ := language.MatchStrings(p.matcher, header)
	return message.NewPrinter(tag, message.Catalog(p.xText))
}

// match returns the index of the locale for a user who sends the header.
func (p *peers) match(header string) int {
	_, i := language.MatchStrings(p.matcher, header)
	return i
}

// locale returns the texts in a locale.
func (p *peers) locale(tag string) *fixture.Locale { return &p.set.Locales[p.index(tag)] }

func (p *peers) index(tag string) int {
	return slices.IndexFunc(p.set.Locales, func(l fixture.Locale) bool { return l.Tag == tag })
}
