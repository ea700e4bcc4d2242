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

// recorder keeps the events that it gets, as strings.
type recorder struct{ events []string }

func (e *recorder) option() option {
	return onEvent(func(event errlingo.Event) { e.events = append(e.events, event.String()) })
}

// expect checks that exactly these events came since the last call.
func (e *recorder) expect(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(e.events, want) {
		t.Errorf("reported\n%s\nwant\n%s", strings.Join(e.events, "\n"), strings.Join(want, "\n"))
	}
	e.events = nil
}

// TestUnloadedDomain checks that a text of a domain that was not loaded is reported.
func TestUnloadedDomain(t *testing.T) {
	other := catalogtest.Temporary(t, catalog.NewDomain("other"))
	field := catalog.LabelParam("Field", other.Label("name", "name"))
	code := other.Define(1, "HELLO", catalog.Spec{Title: "Hello", Detail: "Hello, {{.Field}}.", Params: catalog.Params{field}})
	name := slices.Collect(other.Labels())[0]
	var recorder recorder
	loc := load(t, from(shop, files("de", germanTexts)), recorder.option()).Localizer("de")
	if got := loc.Title(code); got != "Hello" {
		t.Errorf("title = %q", got)
	}
	recorder.expect(t, "unloaded domain other: HELLO.title")
	loc.Localize(code.New(field.Arg(name)))
	recorder.expect(t, "unloaded domain other: HELLO.title", "unloaded domain other: HELLO.detail", "unloaded domain other: labels.name")
	loc.Label(name)
	recorder.expect(t, "unloaded domain other: labels.name")
	loc.Title(io.EOF) // shows catalog.Unknown, which nobody loads
	recorder.expect(t, "uncoded error")

	loc = load(t, from(shop, nil), from(other, nil), recorder.option()).Localizer("en")
	loc.Localize(code.New(field.Arg(name)))
	recorder.expect(t)
	loc = load(t, recorder.option()).Localizer("en")
	loc.Title(closed)
	recorder.expect(t, "unloaded domain shop: CLOSED.title")
}

// TestDefinedAfterLoad checks that a domain is complete once it is loaded: a later declaration, which
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
	var recorder recorder
	bundle := load(t, from(shop, files("de", germanTexts, "de-AT", "", "ru", russianTexts)), recorder.option())
	bundle.Localizer("de").Label(email)
	bundle.Localizer("de-AT").Label(email) // from de: the same language
	bundle.Localizer("en").Label(email)
	recorder.expect(t)
	bundle.Localizer("ru").Label(email)
	recorder.expect(t, "missing text: labels.email in ru")
}

// TestRegionalVariant checks that a text that a regional file leaves to its parent is not missing.
func TestRegionalVariant(t *testing.T) {
	var recorder recorder
	bundle := load(t, from(shop, files("de-CH", "[CLOSED.title]\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Zu.\"\n", "de", germanTexts)), recorder.option())
	loc := bundle.Localizer("de-CH")
	if got := loc.Locale().String(); got != "de-CH" {
		t.Fatalf("locale %s, want de-CH", got)
	}
	if got := loc.Title(outOfStock); got != "Nicht vorrätig" {
		t.Errorf("title = %q", got)
	}
	recorder.expect(t)
	loc.Title(several)
	recorder.expect(t, "missing text: SEVERAL.title in de-CH")
}

// TestIgnoredFile checks that a file that is skipped is reported as a file, not as a text.
func TestIgnoredFile(t *testing.T) {
	var recorder recorder
	load(t, from(shop, files("messages", germanTexts, "ru", "[OUT_OF_STOCK.titel]\nother = \"x\"\n")), recorder.option())
	recorder.expect(t,
		`invalid file: messages.toml: "messages" is not a language tag`,
		`invalid text in ru: ru.toml:1:1: a code has no part "titel"`)
	load(t, from(shop, fstest.MapFS{}), recorder.option())
	recorder.expect(t, `invalid file: domain "shop" has no locale file here`)
}

// TestSpoiltFile checks that a file that becomes unusable is reported, and its old findings are not
// reported again.
func TestSpoiltFile(t *testing.T) {
	fsys := files("de", "[OUT_OF_STOCK.titel]\nother = \"x\"\n")
	var recorder recorder
	bundle := load(t, from(shop, fsys), recorder.option())
	recorder.expect(t, `invalid text in de: de.toml:1:1: a code has no part "titel"`)
	fsys["de.toml"] = &fstest.MapFile{Data: []byte("a = \n")}
	if err := bundle.Reload(t.Context()); err == nil {
		t.Error("no error")
	}
	if len(recorder.events) != 1 || !strings.HasPrefix(recorder.events[0], "invalid file in de: de.toml:1:") {
		t.Errorf("events %q, want one invalid file", recorder.events)
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
	bundle.Localizer("en").Detail(code.New(price.Arg("1"), pin.Arg("")))
	if got := events[2].Reason; got != "empty" {
		t.Errorf("an empty sensitive value is %q", got)
	}
	if got, want := events[1].String(), "suspicious value: ODD.detail in en: PIN is suspicious"; got != want {
		t.Errorf("event %q, want %q, without the sensitive value", got, want)
	}
}
