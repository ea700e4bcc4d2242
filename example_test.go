package errlingo_test

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log"
	"os"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

// exampleBundle loads a German and a Russian file of the shop.
func exampleBundle(options errlingo.Options) *errlingo.Bundle {
	locales := fstest.MapFS{
		"de.toml": {Data: []byte(germanTexts)},
		"ru.toml": {Data: []byte(russianTexts)},
	}
	options.Sources = []errlingo.Source{{Domain: shop, FS: locales}}
	bundle, err := errlingo.Load(options)
	if err != nil {
		log.Fatal(err)
	}
	return bundle
}

func ExampleLoad() {
	locales := fstest.MapFS{"de.toml": {Data: []byte(`
[OUT_OF_STOCK.title]
other = "Nicht vorrätig"

[OUT_OF_STOCK.detail]
one = "Nur noch ein Stück von {{.Item}}."
other = "Nur noch {{.Left}} Stück von {{.Item}}."
`)}}
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: shop, FS: locales}},
	})
	if err != nil {
		log.Fatal(err)
	}
	sold := outOfStock.New(item.Arg("blaue Socken"), left.Arg(1))
	fmt.Println(bundle.Localizer("de-AT, en;q=0.8").Detail(sold))
	fmt.Println(bundle.Localizer("fr").Title(sold))
	// Output:
	// Nur noch ein Stück von blaue Socken.
	// Out of stock
}

func ExampleLoad_fault() {
	locales := fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = Zu\n")}}
	_, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: shop, FS: locales}},
	})
	fmt.Println(err)
	// Output:
	// de.toml:2:9: expected a value, found "Zu"
	// hint: put text in quotes
}

func ExampleSource() {
	// The shop's operator overrides one text; the others stay.
	own := fstest.MapFS{"locales/de.toml": {Data: []byte("[OUT_OF_STOCK.title]\nother = \"Leider weg\"\n")}}
	bundle := exampleBundle(errlingo.Options{})
	both, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: shop, FS: fstest.MapFS{"de.toml": {Data: []byte(germanTexts)}}},
		{Domain: shop, FS: own},
	}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bundle.Localizer("de").Title(outOfStock))
	fmt.Println(both.Localizer("de").Title(outOfStock))
	// Output:
	// Nicht vorrätig
	// Leider weg
}

func ExampleOptions_defaultLocale() {
	bundle := exampleBundle(errlingo.Options{DefaultLocale: language.German})
	fmt.Println(bundle.Localizer("ja").Title(outOfStock))
	// Output: Nicht vorrätig
}

func ExampleOptions_onEvent() {
	bundle := exampleBundle(errlingo.Options{
		OnEvent: func(e errlingo.Event) { fmt.Println("event:", e) },
	})
	fmt.Println(bundle.Localizer("ru").Help(outOfStock))
	// Output:
	// event: missing text: OUT_OF_STOCK.help in ru
	// Choose a smaller quantity.
}

func ExampleOptions_uncoded() {
	bundle := exampleBundle(errlingo.Options{Uncoded: closed})
	fmt.Println(bundle.Localizer("en").Detail(errors.New("dial tcp: connection refused")))
	// Output: The shop opens again tomorrow.
}

func ExampleOptions_alsoReads() {
	strict := exampleBundle(errlingo.Options{})
	helpful := exampleBundle(errlingo.Options{AlsoReads: map[language.Tag][]language.Tag{
		language.MustParse("be"): {language.Russian},
	}})
	fmt.Println(strict.Localizer("be").Title(outOfStock))
	fmt.Println(helpful.Localizer("be").Title(outOfStock))
	// Output:
	// Out of stock
	// Нет в наличии
}

func ExampleOptions_pseudo() {
	bundle := exampleBundle(errlingo.Options{Pseudo: true})
	fmt.Println(bundle.Localizer("en-XA").Title(outOfStock))
	fmt.Println(bundle.Localizer("en").Title(outOfStock))
	// Output:
	// [Öûţ öƒ šţöçķ öñé]
	// Out of stock
}

func ExampleBundle_Localizer() {
	bundle := exampleBundle(errlingo.Options{})
	query, cookie, header := "", "de", "ru, en;q=0.5"
	loc := bundle.Localizer(query, cookie, header)
	fmt.Println(loc.Locale(), loc.Dir(), loc.Title(outOfStock))
	// Output: de ltr Nicht vorrätig
}

func ExampleBundle_LocalizerFor() {
	fmt.Println(exampleBundle(errlingo.Options{}).LocalizerFor(language.Japanese, language.Russian).Title(outOfStock))
	// Output: Нет в наличии
}

func ExampleBundle_LocalizerFromEnv() {
	env := map[string]string{"LANG": "de_DE.UTF-8"}
	fmt.Println(exampleBundle(errlingo.Options{}).LocalizerFromEnv(func(name string) string { return env[name] }).Title(outOfStock))
	// Output: Nicht vorrätig
}

func ExampleBundle_Reload() {
	locales := fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Morgen wieder.\"\n")}}
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: shop, FS: locales}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bundle.Localizer("de").Title(closed))
	locales["de.toml"] = &fstest.MapFile{Data: []byte("[CLOSED.title]\nother = \"Geschlossen\"\n[CLOSED.detail]\nother = \"Morgen wieder.\"\n")}
	fmt.Println(bundle.Reload(context.Background()), bundle.Localizer("de").Title(closed))
	// Output:
	// Zu
	// <nil> Geschlossen
}

func ExampleBundle_Override() {
	bundle := exampleBundle(errlingo.Options{})
	err := bundle.Override(context.Background(), shop, fstest.MapFS{
		"de.toml": {Data: []byte("[OUT_OF_STOCK.title]\nother = \"Ausverkauft\"\n")},
	})
	fmt.Println(err, bundle.Localizer("de").Title(outOfStock))
	err = bundle.Override(context.Background(), shop, nil)
	fmt.Println(err, bundle.Localizer("de").Title(outOfStock))
	// Output:
	// <nil> Ausverkauft
	// <nil> Nicht vorrätig
}

func ExampleBundle_Layer() {
	bundle := exampleBundle(errlingo.Options{})
	customer, err := bundle.Layer(errlingo.Source{Domain: shop, FS: fstest.MapFS{
		"de.toml": {Data: []byte("[OUT_OF_STOCK.title]\nother = \"Beim Verein vergriffen\"\n")},
	}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(customer.Localizer("de").Title(outOfStock))
	fmt.Println(bundle.Localizer("de").Title(outOfStock))
	// Output:
	// Beim Verein vergriffen
	// Nicht vorrätig
}

func ExampleBundle_Findings() {
	locales := fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.titel]\nother = \"Zu\"\n")}}
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: shop, FS: locales}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range bundle.Findings() {
		fmt.Println(f.Detail())
	}
	// Output:
	// de.toml:1:1: a code has no part "titel"
	// hint: did you mean title?
}

func ExampleBundle_Locales() {
	fmt.Println(exampleBundle(errlingo.Options{}).Locales())
	// Output: [de en ru]
}

func ExampleLocalizer_Localize() {
	m := exampleBundle(errlingo.Options{}).Localizer("ru, de").Localize(outOfStock.New(item.Arg("носки"), left.Arg(21)))
	fmt.Printf("%s (%v)\n%s\n%s (%v)\n", m.Title, m.Title.Locale, m.Detail, m.Help, m.Help.Locale)
	// Output:
	// Нет в наличии (ru)
	// Осталась 21 штука: носки.
	// Wählen Sie eine kleinere Menge. (de)
}

func ExampleLocalizer_LocalizeFlat() {
	err := several.New().With(catalog.Violation{Path: "/email", Err: badField.New(field.Arg(email))})
	m := exampleBundle(errlingo.Options{}).Localizer("de").LocalizeFlat(err)
	fmt.Println(m.Title, len(m.Violations))
	// Output: Several things went wrong 0
}

func ExampleMessage_Field() {
	err := several.New().With(catalog.Violation{Path: "/email", Err: badField.New(field.Arg(email))})
	m := exampleBundle(errlingo.Options{}).Localizer("de").Localize(err)
	fmt.Println(m.Field("/email").Detail)
	// Output: Bitte prüfen: E-Mail-Adresse.
}

func ExampleLocalizer_AppendDetail() {
	loc := exampleBundle(errlingo.Options{}).Localizer("de")
	line := []byte("! ")
	line = loc.AppendDetail(line, outOfStock.New(item.Arg("Socken"), left.Arg(12_000)))
	fmt.Printf("%s\n", line)
	// Output: ! Nur noch 12.000 Stück von Socken.
}

func ExampleLocalizer_AppendTitle() {
	fmt.Printf("%s\n", exampleBundle(errlingo.Options{}).Localizer("de").AppendTitle(nil, outOfStock))
	// Output: Nicht vorrätig
}

func ExampleLocalizer_AppendHelp() {
	fmt.Printf("%s\n", exampleBundle(errlingo.Options{}).Localizer("de").AppendHelp(nil, outOfStock))
	// Output: Wählen Sie eine kleinere Menge.
}

func ExampleLocalizer_Title() {
	fmt.Println(exampleBundle(errlingo.Options{}).Localizer("de").Title(outOfStock))
	// Output: Nicht vorrätig
}

func ExampleLocalizer_Detail() {
	fmt.Println(exampleBundle(errlingo.Options{}).Localizer("de").Detail(outOfStock.New(item.Arg("Socken"), left.Arg(3))))
	fmt.Println(exampleBundle(errlingo.Options{}).Localizer("de").Detail(outOfStock)) // The title needs no argument.
	// Output:
	// Nur noch 3 Stück von Socken.
	// Nicht vorrätig
}

func ExampleLocalizer_Help() {
	fmt.Println(exampleBundle(errlingo.Options{}).Localizer("de").Help(outOfStock))
	// Output: Wählen Sie eine kleinere Menge.
}

func ExampleLocalizer_Label() {
	label := exampleBundle(errlingo.Options{}).Localizer("de").Label(email)
	fmt.Println(label, label.Locale, label.Dir)
	// Output: E-Mail-Adresse de ltr
}

var (
	opens = catalog.Time("Opens", time.Time{})
	shut  = catalog.NewDomain("hours").Define(1, "CLOSED", catalog.Spec{
		Title: "Closed", Detail: "The shop opens again on {{.Opens}}.", Params: catalog.Params{opens},
	})
)

// The language of a request to another service.
func ExampleLocalizer_Reader() {
	loc := exampleBundle(errlingo.Options{}).Localizer("fr, de-CH;q=0.9")
	fmt.Println(loc.Locale(), loc.Reader())
	// Output: de de-CH
}

func ExampleLocalizer_WithZone() {
	err := shut.New(opens.Arg(time.Date(2026, time.March, 31, 23, 30, 0, 0, time.UTC)))
	loc := exampleBundle(errlingo.Options{}).Localizer("de")
	fmt.Println(loc.Detail(err))
	fmt.Println(loc.WithZone(time.FixedZone("CEST", 2*60*60)).Detail(err))
	// Output:
	// The shop opens again on March 31, 2026 at 11:30 PM UTC.
	// The shop opens again on April 1, 2026 at 1:30 AM.
}

func ExampleFromContext() {
	show := func(ctx context.Context, err error) { fmt.Println(errlingo.FromContext(ctx).Title(err)) }
	show(errlingo.NewContext(context.Background(), exampleBundle(errlingo.Options{}).Localizer("ru")), outOfStock)
	show(context.Background(), outOfStock)
	// Output:
	// Нет в наличии
	// Out of stock
}

func ExampleNewContext() {
	ctx := errlingo.NewContext(context.Background(), exampleBundle(errlingo.Options{}).Localizer("de"))
	fmt.Println(errlingo.FromContext(ctx).Title(outOfStock))
	fmt.Println(errlingo.FromContext(context.Background()).Title(outOfStock))
	// Output:
	// Nicht vorrätig
	// Out of stock
}

var (
	Nights  = catalog.Int("Nights", 3)
	booking = catalog.NewDomain("booking")
	stay    = booking.Phrase("stay", catalog.PhraseSpec{
		Text: "{{.Nights}} nights", By: Nights, Forms: catalog.Forms{One: "one night"},
		Params: catalog.Params{Nights},
	})
)

func ExampleLocalizer_Phrase() {
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{
		Domain: booking, FS: fstest.MapFS{"de.toml": {Data: []byte(
			"[phrases.stay]\none = \"eine Nacht\"\nother = \"{{.Nights}} Nächte\"\n")}},
	}}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bundle.Localizer("de").Phrase(stay.With(Nights.Arg(1))))
	fmt.Println(bundle.Localizer("de").Phrase(stay.With(Nights.Arg(2))))
	// Output:
	// eine Nacht
	// 2 Nächte
}

func ExampleTemplateFuncs() {
	page := template.Must(template.New("page").Funcs(errlingo.TemplateFuncs(nil)).Parse(
		`<title>{{phrase .Stay}}</title>` + "\n"))
	page = template.Must(page.Clone()).Funcs(errlingo.TemplateFuncs(&errlingo.Localizer{}))
	if err := page.Execute(os.Stdout, map[string]any{"Stay": stay.With(Nights.Arg(2))}); err != nil {
		log.Fatal(err)
	}
	// Output: <title>2 nights</title>
}
