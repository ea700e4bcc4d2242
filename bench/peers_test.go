package bench_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bench/internal/fixture"
	errcatalog "github.com/errlingo/errlingo/catalog"
)

// peers has the three libraries, loaded with the same texts.
type peers struct {
	set     *fixture.Set
	bundle  *errlingo.Bundle
	goI18n  *i18n.Bundle
	xText   catalog.Catalog
	matcher language.Matcher // for x/text, whose printers do not negotiate
}

func newPeers(t testing.TB) *peers {
	t.Helper()
	set := fixture.Shop()
	files := set.Files(true)
	return &peers{
		set:     set,
		bundle:  loadErrlingo(t, set.Domain, files),
		goI18n:  loadGoI18n(t, files),
		xText:   loadXText(t, set.Formats().Files(true)),
		matcher: newMatcher(set.Locales),
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

// locale returns the texts in a locale.
func (p *peers) locale(tag string) *fixture.Locale {
	i := slices.IndexFunc(p.set.Locales, func(l fixture.Locale) bool { return l.Tag == tag })
	return &p.set.Locales[i]
}
