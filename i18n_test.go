package errlingo_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

// The domain of most tests: a shop that sells socks.
var (
	shop = catalog.NewDomain("shop")

	item  = catalog.String("Item", "Blue socks")
	left  = catalog.Int("Left", 3)
	field = catalog.LabelParam("Field", email)
	email = shop.Label("email", "e-mail address")

	outOfStock = shop.Define(1201, "OUT_OF_STOCK", catalog.Spec{
		Title:  "Out of stock",
		Detail: "Only {{.Left}} pieces of {{.Item}} are left.",
		Plural: catalog.Plural{By: left, One: "Only one {{.Item}} is left."},
		Help:   "Choose a smaller quantity.",
		Params: catalog.Params{item, left},
		HTTP:   409,
	})
	closed = shop.Define(1202, "CLOSED", catalog.Spec{
		Title:  "The shop is closed",
		Detail: "The shop opens again tomorrow.",
		HTTP:   503,
	})
	badField = shop.Define(1203, "BAD_FIELD", catalog.Spec{
		Title:  "Not valid",
		Detail: "Check this field: {{.Field}}.",
		Params: catalog.Params{field},
		HTTP:   422,
	})
	several = shop.Define(1204, "SEVERAL", catalog.Spec{Title: "Several things went wrong", Aggregate: true, HTTP: 400})
)

const germanTexts = `
[OUT_OF_STOCK.title]
other = "Nicht vorrätig"
[OUT_OF_STOCK.detail]
one = "Nur noch ein Stück von {{.Item}}."
other = "Nur noch {{.Left}} Stück von {{.Item}}."
[OUT_OF_STOCK.help]
other = "Wählen Sie eine kleinere Menge."
[BAD_FIELD.title]
other = "Ungültig"
[BAD_FIELD.detail]
other = "Bitte prüfen: {{.Field}}."
[labels.email]
other = "E-Mail-Adresse"
`

const russianTexts = `
[OUT_OF_STOCK.title]
other = "Нет в наличии"
[OUT_OF_STOCK.detail]
one = "Осталась {{.Left}} штука: {{.Item}}."
few = "Осталось {{.Left}} штуки: {{.Item}}."
many = "Осталось {{.Left}} штук: {{.Item}}."
`

const arabicTexts = `
[OUT_OF_STOCK.title]
other = "غير متوفر"
[OUT_OF_STOCK.detail]
zero = "لم تبق أي قطعة من {{.Item}}."
one = "بقيت قطعة واحدة من {{.Item}}."
two = "بقيت قطعتان من {{.Item}}."
few = "بقيت {{.Left}} قطع من {{.Item}}."
many = "بقيت {{.Left}} قطعة من {{.Item}}."
other = "بقيت {{.Left}} قطعة من {{.Item}}."
`

// files returns a file system with one locale file for each pair of a tag and its content.
func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]+".toml"] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// option changes the options of a test.
type option func(*errlingo.Options)

func from(domain *catalog.Domain, fsys fs.FS) option {
	return func(o *errlingo.Options) {
		o.Sources = append(o.Sources, errlingo.Source{Domain: domain, FS: fsys})
	}
}

func onEvent(f func(errlingo.Event)) option {
	return func(o *errlingo.Options) { o.OnEvent = f }
}

func withPseudo(o *errlingo.Options) { o.Pseudo = true }

func optionsOf(options []option) (all errlingo.Options) {
	for _, set := range options {
		set(&all)
	}
	return all
}

func load(t testing.TB, options ...option) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(optionsOf(options))
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

func TestDetail(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts, "ru", russianTexts, "ar", arabicTexts)))
	socks := func(n int) error { return outOfStock.New(item.Arg("socks"), left.Arg(n)) }
	tests := []struct {
		name string
		pref string
		err  error
		want string
	}{
		{"source", "en", socks(3), "Only 3 pieces of socks are left."},
		{"source, one", "en", socks(1), "Only one socks is left."},
		{"German", "de", socks(1200), "Nur noch 1.200 Stück von socks."},
		{"German, one", "de", socks(1), "Nur noch ein Stück von socks."},
		{"the reader's region", "de-CH", socks(1200), "Nur noch 1'200 Stück von socks."},
		{"the reader's digits", "de-u-nu-deva", socks(12), "Nur noch १२ Stück von socks."},
		{"Egypt's digits", "ar-EG", socks(3), "بقيت ٣ قطع من \u2068socks\u2069."},
		{"Russian, 21 is one", "ru", socks(21), "Осталась 21 штука: socks."},
		{"Russian, few", "ru", socks(3), "Осталось 3 штуки: socks."},
		{"Russian, a form that is missing", "ru", socks(11), "Осталось 11 штук: socks."},
		{"Arabic isolates Latin script", "ar", socks(2), "بقيت قطعتان من \u2068socks\u2069."},
		{"negative", "de", socks(-1), "Nur noch -1 Stück von socks."},
		{"wrapped", "de", fmt.Errorf("sell: %w", socks(2)), "Nur noch 2 Stück von socks."},
		{"bare code", "de", outOfStock, "Nicht vorrätig"},
		{"text missing", "de", closed, "The shop opens again tomorrow."},
		{"no detail: the title", "de", several, "Several things went wrong"},
		{"label", "de", badField.New(field.Arg(email)), "Bitte prüfen: E-Mail-Adresse."},
		{"label in the source", "en", badField.New(field.Arg(email)), "Check this field: e-mail address."},
		{"nil label", "en", badField.New(field.Arg(nil)), "Not valid"},
		{"no code", "de", io.EOF, "Something went wrong"},
		{"nil", "de", nil, "Something went wrong"},
		{"typed nil", "de", (*catalog.Error)(nil), "Something went wrong"},
		{"nil code", "de", (*catalog.Code)(nil), "Something went wrong"},
		{"panicking error", "de", (*brokenError)(nil), "Something went wrong"},
		{"joined: the most urgent", "de", errors.Join(badField, closed), "The shop opens again tomorrow."},
		{"control characters", "en", outOfStock.New(item.Arg("a\x1b[31mb\n"), left.Arg(2)), "Only 2 pieces of a[31mb  are left."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			loc := bundle.Localizer(test.pref)
			if got := loc.Detail(test.err); got != test.want {
				t.Errorf("Detail = %q, want %q", got, test.want)
			}
			if got := string(loc.AppendDetail([]byte("> "), test.err)); got != "> "+test.want {
				t.Errorf("AppendDetail = %q, want %q", got, "> "+test.want)
			}
		})
	}
}

// brokenError panics where it is asked for what it wraps, as a nil pointer in an error easily does.
type brokenError struct{ cause error }

func (e *brokenError) Error() string { return "broken" }
func (e *brokenError) Unwrap() error { return e.cause }

func TestFallback(t *testing.T) {
	const titleOnly = "[OUT_OF_STOCK.title]\nother = \"X\"\n"
	socks := outOfStock.New(item.Arg("socks"), left.Arg(2))
	tests := []struct {
		name       string
		files      fstest.MapFS
		prefs      []string
		title      string
		titleFrom  string
		detailFrom string
		helpFrom   string
	}{
		{"all there", files("de", germanTexts), []string{"de"}, "Nicht vorrätig", "de", "de", "de"},
		{"parent", files("de", germanTexts), []string{"de-CH"}, "Nicht vorrätig", "de", "de", "de"},
		{"title and detail from one locale", files("de-AT", titleOnly, "de", germanTexts), []string{"de-AT"}, "Nicht vorrätig", "de", "de", "de"},
		{"help on its own", files("ru", russianTexts, "de", germanTexts), []string{"ru, de"}, "Нет в наличии", "ru", "ru", "de"},
		{"next language", files("ru", titleOnly, "de", germanTexts), []string{"ru, de;q=0.5"}, "Nicht vorrätig", "de", "de", "de"},
		{"source in the program", files("ru", titleOnly), []string{"ru"}, "Out of stock", "en", "en", "en"},
		{"no file", nil, []string{"de"}, "Out of stock", "en", "en", "en"},
		{"query before header", files("ru", russianTexts, "de", germanTexts), []string{"de", "ru"}, "Nicht vorrätig", "de", "de", "de"},
		{"Ukrainian is not Russian", files("ru", russianTexts), []string{"uk"}, "Out of stock", "en", "en", "en"},
		{"nor is Belarusian", files("ru", russianTexts), []string{"be-BY, be;q=0.9"}, "Out of stock", "en", "en", "en"},
		{"a bad placeholder is not served", files("de", strings.Replace(germanTexts, "{{.Left}}", "{{.Lfet}}", 1)), []string{"de"}, "Out of stock", "en", "en", "de"},
		{"half-filled table is empty", files("de", "[OUT_OF_STOCK.title]\nother = \"\"\n"), []string{"de"}, "Out of stock", "en", "en", "en"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := load(t, from(shop, test.files)).Localizer(test.prefs...).Localize(socks)
			if m.Title.Value != test.title {
				t.Errorf("title = %q, want %q", m.Title.Value, test.title)
			}
			if got := m.Title.Locale.String(); got != test.titleFrom {
				t.Errorf("title is from %s, want %s", got, test.titleFrom)
			}
			if got := m.Detail.Locale.String(); got != test.detailFrom {
				t.Errorf("detail is from %s, want %s", got, test.detailFrom)
			}
			if got := m.Help.Locale.String(); got != test.helpFrom {
				t.Errorf("help is from %s, want %s", got, test.helpFrom)
			}
		})
	}
}

func TestLocalizeViolations(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts)))
	err := several.New().With(
		catalog.Violation{Path: "/email", Err: badField.New(field.Arg(email))},
		catalog.Violation{Path: "/count", Err: io.EOF},
	)
	m := bundle.Localizer("de").Localize(err)
	if got := m.Field("/email"); got == nil || got.Detail.Value != "Bitte prüfen: E-Mail-Adresse." {
		t.Errorf("At(/email) = %+v", got)
	}
	if got := m.Field("/count"); got == nil || got.Title.Value != "Something went wrong" {
		t.Errorf("At(/count) = %+v, want the text of an error without a code", got)
	}
	if got := m.Field("/name"); got != nil {
		t.Errorf("At(/name) = %+v, want nil", got)
	}
}

func TestLocalizeSeveral(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts)))
	joined := errors.Join(io.EOF, badField.New(field.Arg(email)), fmt.Errorf("sell: %w", outOfStock.New(left.Arg(1), item.Arg("socks"))))
	for name, err := range map[string]error{"joined": joined, "aggregate": several.Wrap(joined)} {
		t.Run(name, func(t *testing.T) {
			m := bundle.Localizer("de").Localize(err)
			if len(m.Errors) != 2 || m.Errors[0].Code() != outOfStock || m.Errors[1].Code() != badField {
				t.Fatalf("Errors = %+v, want OUT_OF_STOCK before BAD_FIELD", m.Errors)
			}
			if got, want := m.Errors[0].Detail.Value, "Nur noch ein Stück von socks."; got != want {
				t.Errorf("first detail = %q, want %q", got, want)
			}
		})
	}
}

// TestLocalizeHidesCauses checks that a cause is not shown, even if it has a code.
func TestLocalizeHidesCauses(t *testing.T) {
	m := load(t, from(shop, nil)).Localizer("en").Localize(closed.Wrap(errors.Join(badField, outOfStock)))
	if m.Code() != closed || len(m.Errors) > 0 {
		t.Errorf("code %v with %d errors, want CLOSED alone", m.Code(), len(m.Errors))
	}
}

func TestSeveralDomains(t *testing.T) {
	other := catalogtest.Temporary(t, catalog.NewDomain("other"))
	code := other.Define(1, "HELLO", catalog.Spec{Title: "Hello", Detail: "Hello."})
	texts := func(s string) string {
		return fmt.Sprintf("[HELLO.title]\nother = %q\n[HELLO.detail]\nother = %q\n", s, s+".")
	}
	otherFiles := files("de", texts("Hallo"), "fr", texts("Bonjour"), "pt-BR", texts("Olá"))
	bundle := load(t,
		from(shop, files("de", germanTexts, "pt", germanTexts)),
		from(other, otherFiles),
		from(other, files("de", texts("Moin"))),
	)
	tests := []struct{ name, pref, want string }{
		{"a later source overrides", "de", "Moin"},
		{"the first domain decides", "fr", "Hello"},
		{"the others follow", "pt-BR", "Olá"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := bundle.Localizer(test.pref).Title(code); got != test.want {
				t.Errorf("title = %q, want %q", got, test.want)
			}
		})
	}
}

func TestEvents(t *testing.T) {
	var events []string
	bundle := load(t,
		from(shop, files("de", germanTexts, "ru", "[OUT_OF_STOCK.titel]\nother = \"x\"\n")),
		onEvent(func(e errlingo.Event) { events = append(events, e.String()) }),
	)
	de := bundle.Localizer("de")
	de.Title(closed)
	de.Detail(outOfStock.New(left.Arg(2)))
	de.Detail(outOfStock.New(left.Arg(2), item.Arg("socks"), field.Arg(email)))
	de.Title(io.EOF)
	want := []string{
		`invalid text in ru: ru.toml:1:1: a code has no part "titel"`,
		"missing text: CLOSED.title in de",
		"missing argument: OUT_OF_STOCK.detail in de: Item",
		"unknown argument: OUT_OF_STOCK: Field",
		"uncoded error",
	}
	if got := strings.Join(events, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("events:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

// TestHalfTranslated checks that the text that is missing is reported, not the one that is not shown.
func TestHalfTranslated(t *testing.T) {
	for present, want := range map[string]string{
		"title":  "missing text: OUT_OF_STOCK.detail in de",
		"detail": "missing text: OUT_OF_STOCK.title in de",
	} {
		t.Run(present, func(t *testing.T) {
			var events []string
			bundle := load(t,
				from(shop, files("de", "[OUT_OF_STOCK."+present+"]\nother = \"x\"\n")),
				onEvent(func(e errlingo.Event) { events = append(events, e.String()) }),
			)
			bundle.Localizer("de").Title(outOfStock)
			if len(events) != 1 || events[0] != want {
				t.Errorf("events %q, want %q", events, want)
			}
		})
	}
}

// TestControlCharacters checks that a locale file cannot bring them to a reader.
func TestControlCharacters(t *testing.T) {
	bundle := load(t, from(shop, files("de", strings.ReplaceAll(germanTexts, "Nicht vorrätig", `\u001b[31mNicht\u0000 vor\r\nrätig`))))
	if got, want := bundle.Localizer("de").Title(outOfStock), "[31mNicht vor\nrätig"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
}

func TestNoFiles(t *testing.T) {
	findings := load(t, from(shop, fstest.MapFS{})).Findings()
	if len(findings) != 1 || findings[0].Text != `domain "shop" has no locale file here` {
		t.Errorf("findings %v", findings)
	}
	if findings := load(t, from(shop, nil)).Findings(); len(findings) != 0 {
		t.Errorf("findings %v of a domain that is to have no files", findings)
	}
}

// TestNilLocalizer checks that a nil localizer shows errors as they were declared.
func TestNilLocalizer(t *testing.T) {
	var loc *errlingo.Localizer
	sold := outOfStock.New(item.Arg("socks"), left.Arg(2))
	if got := loc.Detail(sold); got != "Only 2 pieces of socks are left." {
		t.Errorf("detail = %q", got)
	}
	if got := loc.WithZone(time.UTC).Localize(errors.Join(sold, badField.New(field.Arg(email)))); len(got.Errors) != 2 {
		t.Errorf("message %+v", got)
	}
	if loc.Locale() != language.English || loc.Title(io.EOF) == "" || loc.Label(email).Value == "" || loc.Title(&catalog.Error{}) == "" {
		t.Error("it has no text")
	}
	var m *errlingo.Message
	if m.Field("/email") != nil {
		t.Error("a nil message has a violation")
	}
}

// TestSuspiciousValues checks that a text with a suspicious value is still shown, and that the value
// is reported.
func TestSuspiciousValues(t *testing.T) {
	rate, size, wait := catalog.Number("Rate", 1.5), catalog.Bytes("Size", 1), catalog.RelativeTime("Wait", time.Second)
	since, names := catalog.Time("Since", time.Now()), catalog.List(catalog.And, catalog.String("Names", "a"))
	code := catalogtest.Temporary(t, catalog.NewDomain("odd")).Define(1, "ODD", catalog.Spec{
		Title: "Odd", Detail: "[{{.Rate}}] [{{.Size}}] [{{.Wait}}] [{{.Since}}] [{{.Names}}]",
		Params: catalog.Params{rate, size, wait, since, names},
	})
	var events []string
	bundle := load(t, from(code.Domain(), nil), onEvent(func(e errlingo.Event) { events = append(events, e.String()) }))
	got := bundle.Localizer("en").Detail(code.New(
		rate.Arg(math.NaN()), size.Arg(-1), wait.Arg(-time.Hour), since.Arg(time.Time{}), names.Arg(nil),
	))
	if strings.Contains(got, "[]") || strings.ContainsAny(got, "{}") {
		t.Errorf("detail = %q, want something in every place", got)
	}
	if len(events) != 5 || events[0] != "suspicious value: ODD.detail in en: Rate is not a number" ||
		events[4] != "suspicious value: ODD.detail in en: Names is empty" {
		t.Errorf("events %q, want one for each value", events)
	}
	bundle = load(t, from(shop, nil), onEvent(func(e errlingo.Event) { events = append(events, e.String()) }))
	events = nil
	bundle.Localizer("en").Detail(outOfStock.New(left.Arg(-1), item.Arg("socks")))
	want := []string{"suspicious value: OUT_OF_STOCK.detail in en: Left is a negative count"}
	if !slices.Equal(events, want) {
		t.Errorf("events %q, want %q", events, want)
	}
}

func TestObserverMayPanic(t *testing.T) {
	bundle := load(t, from(shop, nil), onEvent(func(errlingo.Event) { panic("observer") }))
	if got := bundle.Localizer().Title(io.EOF); got != "Something went wrong" {
		t.Errorf("title = %q", got)
	}
}

func TestPseudo(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts)), withPseudo)
	tests := []struct{ name, pref, want string }{
		{"by name", "en-XA", "[Öûţ öƒ šţöçķ öñé]"},
		{"by name, right to left", "ar-XB", "\u200f\u202eOut\u202c\u200f \u200f\u202eof\u202c\u200f \u200f\u202estock\u202c\u200f"},
		{"never for a reader of English", "en-GB, en;q=0.9", "Out of stock"},
		{"never for a reader of Arabic", "ar-EG", "Out of stock"},
		{"never as the next language", "fr, ar;q=0.9, de;q=0.8", "Nicht vorrätig"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := bundle.Localizer(test.pref).Title(outOfStock); got != test.want {
				t.Errorf("title = %q, want %q", got, test.want)
			}
		})
	}
	if got := bundle.Localizer("en-XA").Detail(outOfStock.New(item.Arg("socks"), left.Arg(2))); !strings.Contains(got, "2") || !strings.Contains(got, "socks") {
		t.Errorf("detail = %q, want the arguments in it", got)
	}
}

func TestFromEnv(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts)))
	env := map[string]string{"LC_ALL": "", "LANG": "de_AT.UTF-8"}
	if got := bundle.LocalizerFromEnv(func(name string) string { return env[name] }).Locale().String(); got != "de" {
		t.Errorf("locale = %s, want de", got)
	}
	if got := bundle.LocalizerFromEnv(func(string) string { return "" }).Locale().String(); got != "en" {
		t.Errorf("locale of an empty environment = %s, want en", got)
	}

	// N10: the region doesn't hide the variant.
	bundle = load(t, from(shop, files("ca", germanTexts, "ca-valencia", germanTexts)))
	env["LANG"] = "ca_ES.UTF-8@valencia"
	if got := bundle.LocalizerFromEnv(func(name string) string { return env[name] }).Locale().String(); got != "ca-valencia" {
		t.Errorf("locale = %s, want ca-valencia", got)
	}
}

func TestZeroLocalizer(t *testing.T) {
	loc := errlingo.FromContext(t.Context())
	if got := loc.Detail(badField.New(field.Arg(email))); got != "Check this field: e-mail address." {
		t.Errorf("detail = %q", got)
	}
	if loc.Locale() != language.English || loc.Dir() != "ltr" {
		t.Errorf("locale %v, dir %s", loc.Locale(), loc.Dir())
	}
}
