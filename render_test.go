package errlingo_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
)

// link is an error whose cause can be set after it was wrapped, so that it may lead back to itself.
type link struct{ to func() error }

func (l *link) Error() string { return "link" }
func (l *link) Unwrap() error { return l.to() }

// TestCircle checks that an error that contains itself is shown, and not nested forever.
func TestCircle(t *testing.T) {
	var aggregate, violation, joined error
	back := func(to *error) *link { return &link{func() error { return *to }} }
	aggregate = several.Wrap(back(&aggregate))
	violation = several.New().With(
		catalog.Violation{Path: "/a", Err: back(&violation)},
		catalog.Violation{Path: "/b", Err: back(&violation)},
	)
	joined = errors.Join(closed, several.New().With(catalog.Violation{Path: "/a", Err: back(&joined)}))
	var anew, joins func() error
	anew = func() error { return several.Wrap(&link{anew}) }
	joins = func() error {
		return errors.Join(closed, several.New().With(catalog.Violation{Path: "/a", Err: &link{joins}}))
	}
	tests := []struct {
		name string
		err  error
		want int // messages inside one another
	}{
		{"aggregate", aggregate, 2},
		{"two violations", violation, 2},
		{"joined", joined, 4},
		{"a new error each time", anew(), 33},
		{"new joined errors each time", joins(), 65}, // each joined error has a list, at all places but the innermost
	}
	loc := load(t, from(shop, nil)).Localizer("en")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := loc.Localize(test.err)
			if got := depth(&m); got != test.want {
				t.Errorf("messages are %d deep, want %d", got, test.want)
			}
		})
	}
}

// TestLocalizeFlat checks that a flat message has the error's own texts, that each event is reported
// once, and that nothing inside the error is rendered.
func TestLocalizeFlat(t *testing.T) {
	var events []errlingo.Event
	bundle := load(t, from(shop, fstest.MapFS{"de.toml": {}}), onEvent(func(e errlingo.Event) { events = append(events, e) }))
	loc := bundle.Localizer("de")
	events = nil
	err := errors.Join(several.New().With(catalog.Violation{Path: "/a", Err: closed}), closed)
	want := loc.Localize(err)
	told := len(events)
	events = nil
	got := loc.LocalizeFlat(err)
	if got.Title != want.Title || got.Detail != want.Detail || got.Help != want.Help || got.Err != want.Err {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.Violations != nil || got.Errors != nil {
		t.Errorf("there are messages inside: %+v", got)
	}
	if len(events) == 0 || len(events) >= told {
		t.Errorf("%d events instead of fewer than %d: %v", len(events), told, events)
	}
}

// TestShownAs checks that no text, and nothing else that a message has, is of the true code.
func TestShownAs(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("shownas"))
	name := catalog.String("Name", "Kim")
	seen := d.Define(1, "SEEN", catalog.Spec{
		Title: "Seen", Detail: "Detail {{.Name}}.", Help: "Help.", Params: catalog.Params{name},
	})
	secret := d.Define(2, "SECRET", catalog.Spec{
		Title: "Secret", Help: "Secret.", Params: catalog.Params{name}, ShownAs: seen,
	})
	loc := load(t, from(d, nil), func(o *errlingo.Options) { o.Uncoded = secret }).Localizer("en")
	fault := catalog.Violation{Path: "/a", Err: secret.New(name.Arg("Lee"))}
	tests := []struct {
		name, title, detail string
		err                 error
	}{
		{"with its argument", "Seen", "Detail Kim.", secret.New(name.Arg("Kim")).With(fault)},
		{"without", "Seen", "Seen", secret},
		{"wrapped", "Seen", "Detail Kim.", fmt.Errorf("x: %w", secret.New(name.Arg("Kim")))},
		{"no code", "Seen", "Seen", errors.New("no code")},
		{"inside another", "Several things went wrong", "Several things went wrong",
			several.Wrap(errors.Join(secret, secret)).With(fault)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := loc.Localize(test.err)
			if title, detail := loc.Title(test.err), loc.Detail(test.err); title != test.title || detail != test.detail ||
				m.Title.Value != title || m.Code().Name() == "SECRET" {
				t.Errorf("%q, %q, message %+v", title, detail, m)
			}
			for _, inner := range append(m.Errors, errlingo.Message(m)) {
				for _, v := range inner.Violations {
					inner = v.Message
				}
				if inner.Code() == secret || strings.Contains(inner.Title.Value+inner.Help.Value, "Secret") {
					t.Errorf("it has %+v", inner)
				}
			}
		})
	}
}

// depth returns how many messages are inside one another, and 0 for one without a text.
func depth(m *errlingo.Message) int {
	deepest := 0
	for i := range m.Violations {
		deepest = max(deepest, depth(&m.Violations[i].Message))
	}
	for i := range m.Errors {
		deepest = max(deepest, depth(&m.Errors[i]))
	}
	if m.Title.Value == "" {
		return 0
	}
	return deepest + 1
}

// TestNesting checks that an error inside another one of the same code does not count as a cycle.
func TestNesting(t *testing.T) {
	err := several.Wrap(several.Wrap(several.Wrap(closed)))
	m := load(t, from(shop, nil)).Localizer("en").Localize(err)
	if got := depth(&m); got != 4 {
		t.Errorf("messages are %d deep, want 4", got)
	}
}

// TestMissingArgument checks what is shown in place of a text that lacks an argument. The texts of
// the codes say in which locale they are.
func TestMissingArgument(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("braces"))
	name, other := catalog.String("Name", "Kim"), catalog.String("Mate", "Lee")
	params := catalog.Params{name, other}
	plain := d.Define(1, "PLAIN", catalog.Spec{
		Title: "Title en", Detail: "Detail en {{.Name}}.", Help: "Help en {{.Mate}}.", Params: params,
	})
	titled := d.Define(2, "TITLED", catalog.Spec{
		Title: "Title en", Detail: "Detail en.", Params: params, HTTP: 404,
	})
	never := d.Define(3, "NEVER", catalog.Spec{
		Title: "Title en {{.Name}}", Detail: "Detail en {{.Mate}}.", Help: "Help en.", Params: params,
		HTTP: 404,
	})
	german := files("de", `
[PLAIN.title]
other = "Title de"
[PLAIN.detail]
other = "Detail de {{.Name}}."
[PLAIN.help]
other = "Help de {{.Mate}}."
[TITLED.title]
other = "Title de {{.Name}}"
[TITLED.detail]
other = "Detail de."
[NEVER.title]
other = "Title de {{.Name}}"
[NEVER.detail]
other = "Detail de {{.Mate}}."
`, "fr", `
[TITLED.title]
other = "Title fr"
[TITLED.detail]
other = "Detail fr."
`)
	uncoded := d.Define(4, "UNCODED", catalog.Spec{Title: "Uncoded", HTTP: 500})
	broken := d.Define(5, "BROKEN", catalog.Spec{Title: "Broken {{.Name}}", Params: params, HTTP: 500})
	tests := []struct {
		name                string
		prefs               string
		err                 error
		title, detail, help string
		short               string // what Detail returns
		events              []string
		options             []option
	}{
		{name: "complete", prefs: "de", err: plain.New(name.Arg("Kim"), other.Arg("Lee")), title: "Title de",
			detail: "Detail de Kim.", help: "Help de Lee.", short: "Detail de Kim."},
		{name: "detail and help", prefs: "de", err: plain, title: "Title de", short: "Title de", events: []string{
			"missing argument: PLAIN.detail in de: Name", "missing argument: PLAIN.help in de: Mate"}},
		{name: "help", prefs: "de", err: plain.New(name.Arg("Kim")), title: "Title de", detail: "Detail de Kim.",
			short: "Detail de Kim.", events: []string{"missing argument: PLAIN.help in de: Mate"}},
		{name: "detail", prefs: "de", err: plain.New(other.Arg("Lee")), title: "Title de", help: "Help de Lee.",
			short: "Title de", events: []string{"missing argument: PLAIN.detail in de: Name"}},
		{name: "a title, the next locale has one", prefs: "de, fr", err: titled, title: "Title fr",
			short: "Detail de.", events: []string{"missing argument: TITLED.title in de: Name"}},
		{name: "a title, the source locale has one", prefs: "de", err: titled, title: "Title en",
			short: "Detail de.", events: []string{"missing argument: TITLED.title in de: Name"}},
		{name: "a title that is complete", prefs: "de", err: titled.New(name.Arg("Kim")), title: "Title de Kim",
			detail: "Detail de.", short: "Detail de."},
		{name: "every title, the standard codes loaded", prefs: "de", err: never, title: "Nicht gefunden",
			help: "Help en.", short: "Nicht gefunden", options: []option{from(codes.Domain, locales.FS)},
			events: []string{"missing argument: NEVER.title in de: Name", "missing argument: NEVER.title in en: Name",
				"missing argument: NEVER.detail in de: Mate",
				"missing text: NEVER.help in de"}},
		{name: "every title, no standard codes", prefs: "en", err: never, title: "Uncoded", help: "Help en.",
			short: "Uncoded", options: []option{func(o *errlingo.Options) { o.Uncoded = uncoded }},
			events: []string{"missing argument: NEVER.title in en: Name",
				"missing argument: NEVER.detail in en: Mate"}},
		{name: "even that for no code", prefs: "en", err: errors.New("no code"), title: "Something went wrong",
			short: "Something went wrong", options: []option{func(o *errlingo.Options) { o.Uncoded = broken }},
			events: []string{"uncoded error", "missing argument: BROKEN.title in en: Name",
				"missing argument: BROKEN.title in en: Name"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var recorder recorder
			loc := load(t, append(test.options, from(d, german), recorder.option())...).Localizer(test.prefs)
			m := loc.Localize(test.err)
			recorder.expect(t, test.events...)
			if m.Title.Value != test.title || m.Detail.Value != test.detail || m.Help.Value != test.help {
				t.Errorf("%q %q %q\nwant %q %q %q", m.Title.Value, m.Detail.Value, m.Help.Value, test.title, test.detail, test.help)
			}
			got := []string{loc.Title(test.err), loc.Detail(test.err), loc.Help(test.err)}
			want := []string{test.title, test.short, test.help}
			if !slices.Equal(got, want) {
				t.Errorf("the single texts are %q, want %q", got, want)
			}
			appended := []string{
				string(loc.AppendTitle([]byte("> "), test.err)), string(loc.AppendDetail([]byte("> "), test.err)),
				string(loc.AppendHelp([]byte("> "), test.err)),
			}
			for i := range want {
				if appended[i] != "> "+want[i] {
					t.Errorf("appended is %q, want %q", appended[i], want[i])
				}
			}
		})
	}
	for _, loc := range []*errlingo.Localizer{nil, {}} {
		if got := loc.Detail(never); got != "Something went wrong" {
			t.Errorf("without a bundle, %q is shown", got)
		}
	}
}
