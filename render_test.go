package errlingo_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
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
