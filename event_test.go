package errlingo_test

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

// ear is an observer that keeps what it hears, each event as its String.
type ear struct{ heard []string }

func (e *ear) option() option {
	return onEvent(func(event errlingo.Event) { e.heard = append(e.heard, event.String()) })
}

// expect complains unless exactly these events were heard since the last call.
func (e *ear) expect(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(e.heard, want) {
		t.Errorf("heard\n%s\nwant\n%s", strings.Join(e.heard, "\n"), strings.Join(want, "\n"))
	}
	e.heard = nil
}

// TestUnloadedDomain holds that the observer hears of a domain that was forgotten, once a text.
func TestUnloadedDomain(t *testing.T) {
	other := catalogtest.Temporary(t, catalog.NewDomain("other"))
	field := catalog.LabelParam("Field", other.Label("name", "name"))
	code := other.Define(1, "HELLO", catalog.Spec{Title: "Hello", Detail: "Hello, {{.Field}}.", Params: catalog.Params{field}})
	name := slices.Collect(other.Labels())[0]
	var ear ear
	loc := load(t, from(shop, files("de", germanTexts)), ear.option()).Localizer("de")
	if got := loc.Title(code); got != "Hello" {
		t.Errorf("title = %q", got)
	}
	ear.expect(t, "unloaded domain other: HELLO.title")
	loc.Localize(code.New(field.Arg(name)))
	ear.expect(t, "unloaded domain other: HELLO.title", "unloaded domain other: HELLO.detail", "unloaded domain other: labels.name")
	loc.Label(name)
	ear.expect(t, "unloaded domain other: labels.name")
	loc.Title(io.EOF) // shows catalog.Unknown, which nobody loads
	ear.expect(t, "uncoded error")

	loc = load(t, from(shop, nil), from(other, nil), ear.option()).Localizer("en")
	loc.Localize(code.New(field.Arg(name)))
	ear.expect(t)
	loc = load(t, ear.option()).Localizer("en")
	loc.Title(closed)
	ear.expect(t, "unloaded domain shop: CLOSED.title")
}

// TestDefinedAfterLoad holds that a domain is complete once it is loaded: a later declaration, which
// no reader would see translated, panics and names the place of the Load.
func TestDefinedAfterLoad(t *testing.T) {
	late := catalogtest.Temporary(t, catalog.NewDomain("late"))
	late.Define(1, "FIRST", catalog.Spec{Title: "First"})
	load(t, from(late, nil))
	for name, declare := range map[string]func(){
		"a code":  func() { late.Define(2, "SECOND", catalog.Spec{Title: "Second"}) },
		"a label": func() { late.Label("email", "email") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				value := recover()
				text, _ := value.(string)
				if !strings.Contains(text, `domain "late" was loaded already, at `) ||
					!strings.Contains(text, "i18n_test.go:") {
					t.Errorf("panic %v, want the place of the Load", value)
				}
			}()
			declare()
		})
	}
}

func TestMissingLabel(t *testing.T) {
	var ear ear
	bundle := load(t, from(shop, files("de", germanTexts, "de-AT", "", "ru", russianTexts)), ear.option())
	bundle.Localizer("de").Label(email)
	bundle.Localizer("de-AT").Label(email) // from de: the same language
	bundle.Localizer("en").Label(email)
	ear.expect(t)
	bundle.Localizer("ru").Label(email)
	ear.expect(t, "missing text: labels.email in ru")
}

// TestRegionalVariant holds that a text that a region's file leaves to the language's is not missing.
func TestRegionalVariant(t *testing.T) {
	var ear ear
	bundle := load(t, from(shop, files("de-CH", "[CLOSED.title]\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Zu.\"\n", "de", germanTexts)), ear.option())
	loc := bundle.Localizer("de-CH")
	if got := loc.Locale().String(); got != "de-CH" {
		t.Fatalf("locale %s, want de-CH", got)
	}
	if got := loc.Title(outOfStock); got != "Nicht vorrätig" {
		t.Errorf("title = %q", got)
	}
	ear.expect(t)
	loc.Title(several)
	ear.expect(t, "missing text: SEVERAL.title in de-CH")
}

// TestIgnoredFile holds that the observer hears of a file that is passed over as of a file, not as of a text.
func TestIgnoredFile(t *testing.T) {
	var ear ear
	load(t, from(shop, files("messages", germanTexts, "ru", "[OUT_OF_STOCK.titel]\nother = \"x\"\n")), ear.option())
	ear.expect(t,
		`invalid file: messages.toml: "messages" is no language tag`,
		`invalid text in ru: ru.toml:1:1: "titel" is no part of a code`)
	load(t, from(shop, fstest.MapFS{}), ear.option())
	ear.expect(t, `invalid file: domain "shop" has no locale file here`)
}

// TestSpoiltFile holds that a file that becomes unusable is heard of, and what was wrong with its texts not again.
func TestSpoiltFile(t *testing.T) {
	fsys := files("de", "[OUT_OF_STOCK.titel]\nother = \"x\"\n")
	var ear ear
	bundle := load(t, from(shop, fsys), ear.option())
	ear.expect(t, `invalid text in de: de.toml:1:1: "titel" is no part of a code`)
	fsys["de.toml"] = &fstest.MapFile{Data: []byte("a = \n")}
	if err := bundle.Reload(t.Context()); err == nil {
		t.Error("no error")
	}
	if len(ear.heard) != 1 || !strings.HasPrefix(ear.heard[0], "invalid file in de: de.toml:1:") {
		t.Errorf("heard %q, want one invalid file", ear.heard)
	}
}

func TestOddValueEvent(t *testing.T) {
	price, pin := catalog.Decimal("Price", "1.50"), catalog.Decimal("PIN", "1234")
	code := catalogtest.Temporary(t, catalog.NewDomain("odd")).Define(1, "ODD", catalog.Spec{
		Title: "Odd", Detail: "{{.Price}} {{.PIN}}", Params: catalog.Params{price, catalog.Sensitive(pin)},
	})
	var events []errlingo.Event
	bundle := load(t, from(code.Domain(), nil), onEvent(func(e errlingo.Event) { events = append(events, e) }))
	err := code.New(price.Arg("12,x"), pin.Arg("secret"))
	bundle.Localizer("en").Detail(err)
	if len(events) != 2 {
		t.Fatalf("events %v, want two", events)
	}
	e := events[0]
	if e.Kind != errlingo.SuspiciousValue || e.Code != code || e.MessageID != "ODD.detail" || e.Param != "Price" || e.Locale.String() != "en" || e.Err != err {
		t.Errorf("event %#v", e)
	}
	if !strings.Contains(e.Reason, `"12,x"`) {
		t.Errorf("fault %q, want the value in it", e.Reason)
	}
	if got, want := events[1].String(), "suspicious value: ODD.detail in en: PIN is suspicious"; got != want {
		t.Errorf("event %q, want %q, without the sensitive value", got, want)
	}
}
