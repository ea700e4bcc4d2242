package errlingo_test

import (
	"fmt"
	htmltemplate "html/template"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

// hotel is a domain with phrases.
type hotel struct {
	*catalog.Domain
	n           catalog.Handle[int]
	name        catalog.Handle[string]
	room        catalog.Handle[*catalog.Label]
	title       *catalog.Phrase
	rooms       *catalog.Phrase
	guests      *catalog.Phrase
	hello       *catalog.Phrase
	Rooms       catalog.Handle[*catalog.Phrase]
	Guests      catalog.Handle[*catalog.Phrase]
	Several     catalog.Handle[[]*catalog.Phrase]
	full, crowd *catalog.Code
	suite       *catalog.Label
}

func newHotel(t *testing.T) *hotel {
	t.Helper()
	h := &hotel{Domain: catalogtest.Temporary(t, catalog.NewDomain("hotel"))}
	h.n, h.name = catalog.Int("N", 3), catalog.String("Name", "Ann")
	h.suite = h.Label("suite", "suite")
	h.room = catalog.LabelParam("Room", h.suite)
	h.title = h.Phrase("title", catalog.PhraseSpec{Text: "Your stay"})
	count := func(name, text, one string) *catalog.Phrase {
		return h.Phrase(name, catalog.PhraseSpec{Text: text, By: h.n, Forms: catalog.Forms{One: one},
			Params: catalog.Params{h.n}})
	}
	h.rooms = count("rooms", "{{.N}} rooms", "one room")
	h.guests = count("guests", "{{.N}} guests", "one guest")
	h.hello = h.Phrase("hello", catalog.PhraseSpec{Text: "Hello {{.Name}}, your {{.Room}}",
		Params: catalog.Params{catalog.Sensitive(h.name), h.room}})
	h.Rooms = catalog.PhraseParam("Rooms", h.rooms.With(h.n.Arg(2)))
	h.Guests = catalog.PhraseParam("Guests", h.guests.With(h.n.Arg(4)))
	h.Several = catalog.List(catalog.And, catalog.PhraseParam("Several", h.rooms.With(h.n.Arg(2))))
	h.full = h.Define(1, "FULL", catalog.Spec{Title: "Full", Detail: "{{.Rooms}} are too few for {{.Guests}}.",
		Params: catalog.Params{h.Rooms, h.Guests}})
	h.crowd = h.Define(2, "CROWD", catalog.Spec{Title: "Crowd", Detail: "{{.Several}}",
		Params: catalog.Params{h.Several}})
	return h
}

const (
	hotelGerman = `
[FULL.title]
other = "Voll"
[FULL.detail]
other = "{{.Rooms}} sind zu wenig für {{.Guests}}."
[phrases.rooms]
one = "ein Zimmer"
other = "{{.N}} Zimmer"
[phrases]
hello = "Hallo {{.Name}}: {{.Room}}"
[labels.suite]
other = "Suite (de)"
`
	hotelArabic = `
[FULL.title]
other = "ممتلئ"
[FULL.detail]
other = "{{.Rooms}} — {{.Guests}}"
[phrases.rooms]
two = "غرفتان"
few = "{{.N}} غرف"
other = "{{.N}} غرفة"
`
)

func TestPhrase(t *testing.T) {
	h := newHotel(t)
	bundle := load(t, from(h.Domain, files("de", hotelGerman, "ar", hotelArabic)), withPseudo)
	tests := []struct {
		name, lang string
		phrase     *catalog.Phrase
		want       string // locale, direction and value
	}{
		{"source", "en", h.rooms.With(h.n.Arg(3)), "en ltr 3 rooms"},
		{"source, one", "en", h.rooms.With(h.n.Arg(1)), "en ltr one room"},
		{"translated", "de", h.rooms.With(h.n.Arg(1200)), "de ltr 1.200 Zimmer"},
		{"one", "de", h.rooms.With(h.n.Arg(1)), "de ltr ein Zimmer"},
		{"the reader's region", "de-CH", h.rooms.With(h.n.Arg(1200)), "de ltr 1'200 Zimmer"},
		{"two", "ar", h.rooms.With(h.n.Arg(2)), "ar rtl غرفتان"},
		{"not translated", "de", h.guests.With(h.n.Arg(1)), "en ltr one guest"},
		{"without params", "de", h.title, "en ltr Your stay"},
		{"plain text, with a label", "de", h.hello.With(h.name.Arg("Bo\x1b"), h.room.Arg(h.suite)), "de ltr Hallo Bo: Suite (de)"},
		{"pseudo", "en-XA", h.rooms.With(h.n.Arg(1)), "en-XA ltr [öñé ŕööɱ öñé]"},
		{"argument missing", "de", h.rooms, "und  "},
		{"none needed in this form", "en", h.rooms.With(), "und  "},
		{"nil", "de", nil, "und  "},
		{"later arguments", "de", h.hello.With(h.name.Arg("a")).With(h.room.Arg(h.suite)), "de ltr Hallo a: Suite (de)"},
		{"the first argument counts", "en", h.rooms.With(h.n.Arg(3), h.n.Arg(1)).With(h.n.Arg(2)), "en ltr 3 rooms"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := bundle.Localizer(test.lang).Phrase(test.phrase)
			if got := fmt.Sprintf("%v %s %v", text.Locale, text.Dir, text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got := (*errlingo.Localizer)(nil).Phrase(h.rooms.With(h.n.Arg(2))).Value; got != "2 rooms" {
		t.Errorf("a nil Localizer shows %q", got)
	}
}

// TestPhraseInText checks that a text may have several counts, each in a phrase.
func TestPhraseInText(t *testing.T) {
	h := newHotel(t)
	bundle := load(t, from(h.Domain, files("de", hotelGerman, "ar", hotelArabic)))
	full := func(rooms, guests *catalog.Phrase) error {
		return h.full.New(h.Rooms.Arg(rooms), h.Guests.Arg(guests))
	}
	one, two := h.rooms.With(h.n.Arg(1)), h.rooms.With(h.n.Arg(2))
	five := h.guests.With(h.n.Arg(5))
	tests := []struct {
		name, lang string
		err        error
		want       string
	}{
		{"source", "en", full(two, five), "2 rooms are too few for 5 guests."},
		{"each has its form", "en", full(one, h.guests.With(h.n.Arg(1))), "one room are too few for one guest."},
		{"in part translated", "de", full(one, five), "ein Zimmer sind zu wenig für 5 guests."},
		{"another direction is isolated", "ar", full(two, five), "غرفتان — \u20685 guests\u2069"},
		{"nil", "en", full(nil, five), "Full"},
		{"an argument of the phrase is missing", "en", full(h.rooms, five), "Full"},
		{"list", "en", h.crowd.New(h.Several.Arg([]*catalog.Phrase{one, h.guests.With(h.n.Arg(2))})), "one room and 2 guests"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := bundle.Localizer(test.lang).Detail(test.err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got, want := full(two, five).Error(), "FULL (1): 2 rooms are too few for 5 guests"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if got, ok := h.Rooms.From(full(two, five)); !ok || got != two {
		t.Errorf("From returns %v, %v", got, ok)
	}
}

func TestPhraseEvents(t *testing.T) {
	h := newHotel(t)
	other := catalogtest.Temporary(t, catalog.NewDomain("unloaded")).Phrase("x", catalog.PhraseSpec{Text: "X"})
	tests := []struct {
		name   string
		phrase *catalog.Phrase
		want   []string
	}{
		{"translated", h.rooms.With(h.n.Arg(2)), nil},
		{"missing", h.title, []string{"missing text: phrases.title in de"}},
		{"missing argument", h.rooms.With(h.name.Arg("x")), []string{
			"unknown argument: phrases.rooms: Name",
			"missing argument: phrases.rooms in de: N",
			"missing argument: phrases.rooms in en: N",
		}},
		{"negative count", h.rooms.With(h.n.Arg(-1)),
			[]string{"suspicious value: phrases.rooms in de: N is a negative count"}},
		{"unloaded", other, []string{"unloaded domain unloaded: phrases.x"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var events []string
			bundle := load(t, from(h.Domain, files("de", hotelGerman)), onEvent(func(e errlingo.Event) {
				if e.Phrase != test.phrase {
					t.Errorf("the phrase of %v is %v", e, e.Phrase)
				}
				events = append(events, e.String())
			}))
			bundle.Localizer("de").Phrase(test.phrase)
			if !slices.Equal(events, test.want) {
				t.Errorf("events %q, want %q", events, test.want)
			}
		})
	}
}

// TestPhraseFiles checks that files override each other by phrase, that a reload keeps phrases, and
// that what is wrong with one is reported.
func TestPhraseFiles(t *testing.T) {
	h := newHotel(t)
	fsys := files("de", hotelGerman)
	bundle := load(t, from(h.Domain, fsys), from(h.Domain, files("de", "[phrases.title]\nother = \"Ihr Aufenthalt\"\n")))
	loc := bundle.Localizer("de")
	if got := loc.Phrase(h.rooms.With(h.n.Arg(1))).Value + ", " + loc.Phrase(h.title).Value; got != "ein Zimmer, Ihr Aufenthalt" {
		t.Errorf("got %q", got)
	}
	fsys["de.toml"].Data = []byte("[phrases.rooms]\none = \"eins\"\n[phrases.romos]\nother = \"x\"\n[phrases.guests]\nother = \"{{.X}}\"\n")
	if err := bundle.Reload(t.Context()); err == nil || !strings.Contains(err.Error(), "are incomplete, missing or invalid") {
		t.Errorf("error %v", err)
	}
	loc = bundle.Localizer("de")
	if got := loc.Phrase(h.rooms.With(h.n.Arg(1))).Value + ", " + loc.Phrase(h.rooms.With(h.n.Arg(2))).Value; got != "eins, 2 Zimmer" {
		t.Errorf("after a reload: %q", got)
	}
	var found []string
	for _, f := range bundle.Findings() {
		if f.Line > 0 {
			found = append(found, f.Error()+"; "+f.Hint)
		}
	}
	want := []string{
		"de.toml:3:1: no phrase is called \"romos\"; did you mean rooms?",
		"de.toml:6:10: unknown placeholder {{.X}}; the source text has {{.N}}",
	}
	if !slices.Equal(found, want) {
		t.Errorf("findings %q, want %q", found, want)
	}
}

func TestTemplateFuncs(t *testing.T) {
	h := newHotel(t)
	loc := load(t, from(h.Domain, files("de", hotelGerman))).Localizer("de")
	const page = `<b title="{{phrase .Title}}">{{with phrase .Hello}}<i lang="{{.Locale}}" dir="{{.Dir}}">{{.}}</i>{{end}} {{label .Suite}}</b>`
	data := map[string]any{
		"Title": h.title, "Suite": h.suite,
		"Hello": h.hello.With(h.name.Arg("<Ann>"), h.room.Arg(h.suite)),
	}
	html := htmltemplate.Must(htmltemplate.New("").Funcs(errlingo.TemplateFuncs(nil)).Parse(page))
	var b strings.Builder
	if err := html.Funcs(errlingo.TemplateFuncs(loc)).Execute(&b, data); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), `<b title="Your stay"><i lang="de" dir="ltr">Hallo &lt;Ann&gt;: Suite (de)</i> Suite (de)</b>`; got != want {
		t.Errorf("html %s, want %s", got, want)
	}
	b.Reset()
	text := template.Must(template.New("").Funcs(errlingo.TemplateFuncs(loc)).Parse("{{phrase .Title}}, {{label .Suite}}"))
	if err := text.Execute(&b, data); err != nil || b.String() != "Your stay, Suite (de)" {
		t.Errorf("text %q, %v", b.String(), err)
	}
}
