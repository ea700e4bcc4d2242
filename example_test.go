package errlingo_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

// exampleBundle loads a German and a Russian file of the shop.
func exampleBundle(options ...errlingo.Option) *errlingo.Bundle {
	locales := fstest.MapFS{
		"de.toml": {Data: []byte(germanTexts)},
		"ru.toml": {Data: []byte(russianTexts)},
	}
	bundle, err := errlingo.Load(append(options, errlingo.From(shop, locales))...)
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
	bundle, err := errlingo.Load(errlingo.From(shop, locales))
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
	_, err := errlingo.Load(errlingo.From(shop, fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = Zu\n")}}))
	fmt.Println(err)
	// Output:
	// de.toml:2:9: expected a value, found "Zu"
	// hint: put text in quotes
}

func ExampleFrom() {
	// The operator of the shop overrides one text; the others stay.
	own := fstest.MapFS{"locales/de.toml": {Data: []byte("[OUT_OF_STOCK.title]\nother = \"Leider weg\"\n")}}
	bundle := exampleBundle()
	both, err := errlingo.Load(errlingo.From(shop, fstest.MapFS{"de.toml": {Data: []byte(germanTexts)}}), errlingo.From(shop, own))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bundle.Localizer("de").Title(outOfStock))
	fmt.Println(both.Localizer("de").Title(outOfStock))
	// Output:
	// Nicht vorrätig
	// Leider weg
}

func ExampleDefault() {
	bundle := exampleBundle(errlingo.Default(language.German))
	fmt.Println(bundle.Localizer("ja").Title(outOfStock))
	// Output: Nicht vorrätig
}

func ExampleObserve() {
	bundle := exampleBundle(errlingo.Observe(func(e errlingo.Event) { fmt.Println("heard of a", e) }))
	fmt.Println(bundle.Localizer("ru").Help(outOfStock))
	// Output:
	// heard of a missing text: OUT_OF_STOCK.help in ru
	// Choose a smaller quantity.
}

func ExampleUnknown() {
	bundle := exampleBundle(errlingo.Unknown(closed))
	fmt.Println(bundle.Localizer("en").Detail(errors.New("dial tcp: connection refused")))
	// Output: The shop opens again tomorrow.
}

func ExampleUnderstand() {
	strict := exampleBundle()
	helpful := exampleBundle(errlingo.Understand(language.MustParse("be"), language.Russian))
	fmt.Println(strict.Localizer("be").Title(outOfStock))
	fmt.Println(helpful.Localizer("be").Title(outOfStock))
	// Output:
	// Out of stock
	// Нет в наличии
}

func ExamplePseudo() {
	bundle := exampleBundle(errlingo.Pseudo())
	fmt.Println(bundle.Localizer("en-XA").Title(outOfStock))
	fmt.Println(bundle.Localizer("en").Title(outOfStock))
	// Output:
	// [Öûţ öƒ šţöçķ öñé]
	// Out of stock
}

func ExampleBundle_Localizer() {
	bundle := exampleBundle()
	query, cookie, header := "", "de", "ru, en;q=0.5"
	loc := bundle.Localizer(query, cookie, header)
	fmt.Println(loc.Locale(), loc.Dir(), loc.Title(outOfStock))
	// Output: de ltr Nicht vorrätig
}

func ExampleBundle_For() {
	fmt.Println(exampleBundle().For(language.Japanese, language.Russian).Title(outOfStock))
	// Output: Нет в наличии
}

func ExampleBundle_FromEnv() {
	env := map[string]string{"LANG": "de_DE.UTF-8"}
	fmt.Println(exampleBundle().FromEnv(func(name string) string { return env[name] }).Title(outOfStock))
	// Output: Nicht vorrätig
}

func ExampleBundle_Reload() {
	locales := fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Morgen wieder.\"\n")}}
	bundle, err := errlingo.Load(errlingo.From(shop, locales))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bundle.Localizer("de").Title(closed))
	locales["de.toml"] = &fstest.MapFile{Data: []byte("[CLOSED.title]\nother = \"Geschlossen\"\n[CLOSED.detail]\nother = \"Morgen wieder.\"\n")}
	fmt.Println(bundle.Reload(), bundle.Localizer("de").Title(closed))
	// Output:
	// Zu
	// <nil> Geschlossen
}

func ExampleBundle_Findings() {
	bundle, err := errlingo.Load(errlingo.From(shop, fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.titel]\nother = \"Zu\"\n")}}))
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range bundle.Findings() {
		fmt.Println(f.Detail())
	}
	// Output:
	// de.toml:1:1: "titel" is no part of a code
	// hint: did you mean title?
}

func ExampleBundle_Locales() {
	fmt.Println(exampleBundle().Locales())
	// Output: [de en ru]
}

func ExampleLocalizer_Localize() {
	m := exampleBundle().Localizer("ru, de").Localize(outOfStock.New(item.Arg("носки"), left.Arg(21)))
	fmt.Printf("%s (%v)\n%s\n%s (%v)\n", m.Title, m.Title.Locale, m.Detail, m.Help, m.Help.Locale)
	// Output:
	// Нет в наличии (ru)
	// Осталась 21 штука: носки.
	// Wählen Sie eine kleinere Menge. (de)
}

func ExampleLocalizer_LocalizeAlone() {
	err := several.New().With(catalog.Violation{Path: "/email", Err: badField.New(field.Arg(email))})
	m := exampleBundle().Localizer("de").LocalizeAlone(err)
	fmt.Println(m.Title, len(m.Violations))
	// Output: Several things went wrong 0
}

func ExampleMessage_At() {
	err := several.New().With(catalog.Violation{Path: "/email", Err: badField.New(field.Arg(email))})
	m := exampleBundle().Localizer("de").Localize(err)
	fmt.Println(m.At("/email").Detail)
	// Output: Bitte prüfen: E-Mail-Adresse.
}

func ExampleLocalizer_AppendDetail() {
	loc := exampleBundle().Localizer("de")
	line := []byte("! ")
	line = loc.AppendDetail(line, outOfStock.New(item.Arg("Socken"), left.Arg(12_000)))
	fmt.Printf("%s\n", line)
	// Output: ! Nur noch 12.000 Stück von Socken.
}

func ExampleLocalizer_AppendTitle() {
	fmt.Printf("%s\n", exampleBundle().Localizer("de").AppendTitle(nil, outOfStock))
	// Output: Nicht vorrätig
}

func ExampleLocalizer_AppendHelp() {
	fmt.Printf("%s\n", exampleBundle().Localizer("de").AppendHelp(nil, outOfStock))
	// Output: Wählen Sie eine kleinere Menge.
}

func ExampleLocalizer_Title() {
	fmt.Println(exampleBundle().Localizer("de").Title(outOfStock))
	// Output: Nicht vorrätig
}

func ExampleLocalizer_Detail() {
	fmt.Println(exampleBundle().Localizer("de").Detail(outOfStock.New(item.Arg("Socken"))))
	// Output: Nur noch {Left} Stück von Socken.
}

func ExampleLocalizer_Help() {
	fmt.Println(exampleBundle().Localizer("de").Help(outOfStock))
	// Output: Wählen Sie eine kleinere Menge.
}

func ExampleLocalizer_Label() {
	label := exampleBundle().Localizer("de").Label(email)
	fmt.Println(label, label.Locale, label.Dir)
	// Output: E-Mail-Adresse de ltr
}

func ExampleLocalizer_In() {
	opens := catalog.Date("Opens", time.Time{})
	code := catalog.NewDomain("hours").Define(1, "CLOSED", catalog.Spec{
		Title: "Closed", Detail: "The shop opens again on {{.Opens}}.", Params: catalog.Params{opens},
	})
	err := code.New(opens.Arg(time.Date(2026, time.March, 31, 23, 30, 0, 0, time.UTC)))
	loc := exampleBundle().Localizer("de")
	fmt.Println(loc.Detail(err))
	fmt.Println(loc.In(time.FixedZone("CEST", 2*60*60)).Detail(err))
	// Output:
	// The shop opens again on Mar 31, 2026.
	// The shop opens again on Apr 1, 2026.
}

func ExampleFromContext() {
	show := func(ctx context.Context, err error) { fmt.Println(errlingo.FromContext(ctx).Title(err)) }
	show(errlingo.NewContext(context.Background(), exampleBundle().Localizer("ru")), outOfStock)
	show(context.Background(), outOfStock)
	// Output:
	// Нет в наличии
	// Out of stock
}

func ExampleNewContext() {
	ctx := errlingo.NewContext(context.Background(), exampleBundle().Localizer("de"))
	fmt.Println(errlingo.FromContext(ctx).Title(outOfStock))
	fmt.Println(errlingo.FromContext(context.Background()).Title(outOfStock))
	// Output:
	// Nicht vorrätig
	// Out of stock
}
