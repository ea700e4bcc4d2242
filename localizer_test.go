package errlingo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

// TestZoneOfLoadedTexts checks that WithZone changes the instants in texts and nothing else, and that
// they name their zone without it.
func TestZoneOfLoadedTexts(t *testing.T) {
	opens, what := catalog.Time("Opens", time.Time{}), catalog.LabelParam("What", email)
	code := catalogtest.Temporary(t, catalog.NewDomain("opening")).Define(1, "SHUT", catalog.Spec{
		Title: "Closed", Detail: "{{.What}} opens on {{.Opens}}.", Params: catalog.Params{opens, what},
	})
	texts := files("de", "[SHUT.title]\nother = \"Zu\"\n[SHUT.detail]\nother = \"{{.What}} öffnet am {{.Opens}}.\"\n")
	bundle := load(t, from(code.Domain(), texts), from(shop, files("de", germanTexts)))
	err := code.New(what.Arg(email), opens.Arg(time.Date(2026, time.March, 31, 23, 30, 0, 0, time.UTC)))
	loc := bundle.Localizer("de")
	moved := loc.WithZone(time.FixedZone("CEST", 2*60*60))
	if got, want := moved.Detail(err), "E-Mail-Adresse öffnet am 1. April 2026 um 01:30."; got != want {
		t.Errorf("moved: %q, want %q", got, want)
	}
	if got, want := loc.Detail(err), "E-Mail-Adresse öffnet am 31. März 2026 um 23:30 UTC."; got != want {
		t.Errorf("the localizer itself: %q, want %q", got, want)
	}
}

// TestNotations checks that each reader gets the digits of their own locale, however many other
// readers came before.
func TestNotations(t *testing.T) {
	sold := outOfStock.New(item.Arg("x"), left.Arg(1234))
	option := from(shop, files("de", germanTexts))
	bundle := load(t, option)
	// More locales than the cache of notations has places for, so that some of them share one.
	for _, region := range strings.Fields("DE AT CH LI LU BE IT FR PL CZ DK HU") {
		for _, digits := range strings.Fields("arab deva beng thai tamldec telu khmr mymr tibt laoo") {
			tag := fmt.Sprintf("de-%s-u-nu-%s", region, digits)
			want := load(t, option).Localizer(tag).Detail(sold)
			if got := bundle.Localizer(tag).Detail(sold); got != want {
				t.Fatalf("%s: %q, want %q", tag, got, want)
			}
		}
	}
}

// TestReader checks that a program which asks another one for the reader's language gets the same
// notation.
func TestReader(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts)))
	tests := []struct{ name, prefs, want string }{
		{"region", "fr, de-CH;q=0.9", "de-CH"},
		{"locale itself", "de", "de"},
		{"extensions", "de-AT-u-nu-latn", "de-AT-u-nu-latn"},
		{"nothing available", "fr", "en"},
		{"none", "", "en"},
	}
	for _, test := range tests {
		if got := bundle.Localizer(test.prefs).Reader().String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if got := new(errlingo.Localizer).Reader().String(); got != "en" {
		t.Errorf("zero localizer: %s", got)
	}
}

// TestRememberedPreferences checks that common preferences are matched once, and that a long header,
// which a client can make up, is not kept.
func TestRememberedPreferences(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts)))
	tests := []struct {
		name  string
		prefs []string
		kept  bool
	}{
		{"short", []string{"de-AT, en;q=0.5"}, true},
		{"several", []string{"", "de", "en"}, true},
		{"1024 bytes", []string{"de," + strings.Repeat(" ", 1021)}, true},
		{"1025 bytes", []string{"de," + strings.Repeat(" ", 1022)}, false},
		{"1025 bytes in all", []string{"de", "," + strings.Repeat(" ", 1022)}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			allocs := testing.AllocsPerRun(10, func() { bundle.Localizer(test.prefs...) })
			if kept := allocs == 0; kept != test.kept {
				t.Errorf("kept: %v, want %v", kept, test.kept)
			}
			if got := bundle.Localizer(test.prefs...).Locale().String(); got != "de" {
				t.Errorf("locale %s, want de", got)
			}
		})
	}
}

// TestSharedLocalizer checks that readers share a localizer if their headers lead to the same, and
// only then: neither the region nor the next languages may be those of somebody else.
func TestSharedLocalizer(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts, "ru", russianTexts)))
	tests := []struct {
		name, one, other string
		shared           bool
	}{
		{"weights differ", "de-CH, ru;q=0.5", "de-CH;q=0.9, ru;q=0.3", true},
		{"languages without texts differ", "de-CH, fi", "de-CH, sv", true},
		{"regions differ", "de-CH", "de-AT", false},
		{"next languages differ", "de-CH, ru", "de-CH, en", false},
		{"order differs", "de-CH, ru, en", "de-CH, en, ru", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if shared := bundle.Localizer(test.one) == bundle.Localizer(test.other); shared != test.shared {
				t.Errorf("shared: %v, want %v", shared, test.shared)
			}
		})
	}
}

// TestLabelInText checks that a label inside a text comes from the text's own locale if that has it,
// even if the reader prefers another one.
func TestLabelInText(t *testing.T) {
	const russianLabel = "[labels.email]\nother = \"адрес почты\"\n"
	var recorder recorder
	bundle := load(t, from(shop, files("de", germanTexts, "ru", russianLabel)), recorder.option())
	loc := bundle.Localizer("ru, de;q=0.5")
	if got, want := loc.Detail(badField.New(field.Arg(email))), "Bitte prüfen: E-Mail-Adresse."; got != want {
		t.Errorf("detail = %q, want %q", got, want)
	}
	if got, want := loc.Label(email).Value, "адрес почты"; got != want {
		t.Errorf("the label alone is %q, want %q", got, want)
	}
	recorder.expect(t, "missing text: BAD_FIELD.detail in ru") // and not of a label
}

// TestScriptOfNotation checks that values use the text's script, not the reader's.
func TestScriptOfNotation(t *testing.T) {
	wait := catalog.Duration("Wait", time.Hour)
	code := catalogtest.Temporary(t, catalog.NewDomain("wait", catalog.SourceLocale("zh"))).Define(1, "WAIT", catalog.Spec{
		Title: "等待", Detail: "等{{.Wait}}。", Params: catalog.Params{wait},
	})
	other := code.Domain().Define(2, "OTHER_WAIT", code.Spec())
	const traditional = "[OTHER_WAIT.title]\nother = \"等候\"\n[OTHER_WAIT.detail]\nother = \"等候{{.Wait}}。\"\n"
	loc := load(t, from(code.Domain(), files("zh-Hant", traditional))).Localizer("zh-TW")
	for want, code := range map[string]*catalog.Code{"等候2 小時。": other, "等2小时。": code} {
		if got := loc.Detail(code.New(wait.Arg(2 * time.Hour))); got != want {
			t.Errorf("%s: %q, want %q", code.Name(), got, want)
		}
	}
}

// TestUnreachableLocale checks that a locale is reported if it was added to a later domain only: the
// first domain decides the reader's locale, so nobody would be shown it.
func TestUnreachableLocale(t *testing.T) {
	other := catalogtest.Temporary(t, catalog.NewDomain("unreachable"))
	other.Define(1, "LATER", catalog.Spec{Title: "Other"})
	text := "[LATER.title]\nother = \"x\"\n"
	tests := []struct {
		name                 string
		first, offers, added []string
		want                 []string
	}{
		{"missing in the first", []string{"de", ""}, nil, []string{"fr", text}, []string{"fr"}},
		{"there", []string{"fr", ""}, nil, []string{"fr", text}, nil},
		{"served by its parent", []string{"de", ""}, nil, []string{"de-AT", text}, nil},
		{"another script", []string{"zh-Hans", ""}, nil, []string{"zh-Hant", text}, []string{"zh-Hant"}},
		{"source locale", []string{"de", ""}, nil, []string{"en", text}, nil},
		{"offered and not needed", []string{"de", ""}, []string{"fr", text}, []string{"de", text}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			events := 0
			bundle := load(t, from(shop, files(test.first...)),
				from(other, files(test.offers...)), from(other, files(test.added...)),
				onEvent(func(e errlingo.Event) {
					if e.Kind == errlingo.UnreachableLocale {
						events++
					}
				}))
			var got []string
			for _, f := range bundle.Findings() {
				if f.Rule == "unreachable-locale" {
					got = append(got, strings.TrimSuffix(strings.Fields(f.Hint)[1], ".toml"))
				}
			}
			if !slices.Equal(got, test.want) || events != len(test.want) {
				t.Errorf("findings for %q and %d events, want %q", got, events, test.want)
			}
		})
	}
}

// TestReaderCalendar checks that a reader's -u-ca- is honored in a text of another language, and that
// one that is not known is reported for dates alone.
func TestReaderCalendar(t *testing.T) {
	day := catalog.Date("Day", time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC))
	days, left := catalog.List(catalog.And, day), catalog.Int("Left", 3)
	domain := catalogtest.Temporary(t, catalog.NewDomain("calendar"))
	dated := domain.Define(1, "DATED", catalog.Spec{Title: "Dated", Detail: "On {{.Day}}.",
		Params: catalog.Params{days}})
	plain := domain.Define(2, "PLAIN", catalog.Spec{Title: "Plain", Detail: "{{.Left}} left.",
		Params: catalog.Params{left}})
	var recorder recorder
	bundle := load(t, from(domain, files("de", "")), recorder.option())
	for _, test := range []struct {
		reader, want string
		events       []string
	}{
		{"de-u-ca-buddhist", "On March 31, 2569 BE.", nil},
		{"de-u-ca-gregory", "On March 31, 2026.", nil},
		{"de-u-ca-hebrew", "On March 31, 2026.",
			[]string{"unknown calendar: DATED.detail in en: Day is not in the calendar hebrew"}},
	} {
		loc := bundle.Localizer(test.reader)
		recorder.events = nil
		got := loc.Detail(dated.Example())
		loc.Detail(plain.Example())
		recorder.events = slices.DeleteFunc(recorder.events,
			func(e string) bool { return strings.HasPrefix(e, "missing text") })
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.reader, got, test.want)
		}
		recorder.expect(t, test.events...)
	}
}

// TestHourCycle checks that a reader's -u-hc- is honored in a text of another language.
func TestHourCycle(t *testing.T) {
	at := catalog.TimeOfDay("At", time.Date(2026, 3, 31, 14, 5, 0, 0, time.UTC))
	code := catalogtest.Temporary(t, catalog.NewDomain("hourcycle")).Define(1, "HOURS", catalog.Spec{
		Title: "Hours", Detail: "At {{.At}}.", Params: catalog.Params{at},
	})
	bundle := load(t, from(code.Domain(), files("de", ""))) // German lacks the text
	err := code.Example()
	for reader, want := range map[string]string{
		"en": "At 2:05 PM.", "de": "At 2:05 PM.", "de-u-hc-h23": "At 14:05.",
	} {
		if got := strings.ReplaceAll(bundle.Localizer(reader).Detail(err), "\u202f", " "); got != want {
			t.Errorf("%s: %q, want %q", reader, got, want)
		}
	}
}
