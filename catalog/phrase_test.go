package catalog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

func TestPhrasePanics(t *testing.T) {
	n, name := catalog.Int("N", 3), catalog.String("Name", "Ann")
	params := func(p ...catalog.Param) catalog.Params { return p }
	tests := []struct {
		name, phrase string
		spec         catalog.PhraseSpec
		want         string
	}{
		{"twice", "first", catalog.PhraseSpec{Text: "x"}, `phrase "first": it is declared twice, first at `},
		{"upper case", "Rooms", catalog.PhraseSpec{Text: "x"}, `"Rooms" is not a valid name for a phrase`},
		{"reserved", "other", catalog.PhraseSpec{Text: "x"},
			`the name "other" is reserved in locale files; use another name, such as order_other`},
		{"no text", "rooms", catalog.PhraseSpec{Text: " "}, `it has no text; write the text in the source locale`},
		{"invalid UTF-8", "rooms", catalog.PhraseSpec{Text: "\xff"}, "its text is not valid UTF-8"},
		{"unknown placeholder", "rooms", catalog.PhraseSpec{Text: "{{.X}}", Params: params(n)},
			"its text has the placeholder {{.X}}, which is not a declared param"},
		{"placeholder in a form", "rooms", catalog.PhraseSpec{Text: "x", By: n,
			Forms: catalog.Forms{One: "{{if .N}}"}, Params: params(n)}, `in its form "one", {{if .N}} is not a placeholder`},
		{"forms without a count", "rooms", catalog.PhraseSpec{Text: "x", Forms: catalog.Forms{Two: "y"}},
			"it has plural forms but no count; add the count as By"},
		{"count by a string", "rooms", catalog.PhraseSpec{Text: "x", By: name, Params: params(name)},
			`a plural needs an Int, and "Name" is of the kind "string"`},
		{"count by a stranger", "rooms", catalog.PhraseSpec{Text: "x", By: n},
			`the plural's param "N" is not among the params`},
		{"nil param", "rooms", catalog.PhraseSpec{Text: "x", Params: params(nil)}, "a param is nil"},
		{"param twice", "rooms", catalog.PhraseSpec{Text: "x", Params: params(n, n)}, `param "N" is declared twice`},
		{"phrase in a phrase", "rooms", catalog.PhraseSpec{Text: "x", Params: params(catalog.PhraseParam("Inner", nil))},
			`param "Inner" is a phrase, and a phrase cannot contain another; make both params of the code`},
		{"phrases in a phrase", "rooms", catalog.PhraseSpec{Text: "x",
			Params: params(catalog.List(catalog.And, catalog.PhraseParam("Inner", nil)))}, "cannot contain another"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			domain := catalogtest.Temporary(t, catalog.NewDomain("test"))
			domain.Label("first", "a label may have the same name")
			domain.Phrase("first", catalog.PhraseSpec{Text: "first"})
			got := panicOf(func() { domain.Phrase(test.phrase, test.spec) })
			if !strings.Contains(got, test.want) || !strings.Contains(got, "phrase_test.go:") {
				t.Errorf("panic %q, want %q and the place in it", got, test.want)
			}
			if got := slices.Collect(domain.Phrases()); len(got) != 1 || got[0].Name() != "first" {
				t.Errorf("phrases %q", got)
			}
		})
	}
	var domain *catalog.Domain
	if got := panicOf(func() { domain.Phrase("x", catalog.PhraseSpec{}) }); !strings.Contains(got, "its domain is nil") {
		t.Errorf("panic %q", got)
	}
	public := catalogtest.Temporary(t, catalog.NewDomain("public"))
	got := panicOf(func() {
		public.Define(1, "CODE", catalog.Spec{Title: "x",
			Params: params(catalog.Public(catalog.PhraseParam("Rooms", nil)))})
	})
	if !strings.Contains(got, `param "Rooms" is a phrase, which programs cannot read`) {
		t.Errorf("panic %q", got)
	}
}

// TestPhraseIsSecret checks that no text for developers has a sensitive argument of a phrase.
func TestPhraseIsSecret(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("test"))
	to, n := catalog.String("To", "ann@example.com"), catalog.Int("N", 3)
	mail := domain.Phrase("mail", catalog.PhraseSpec{Text: "{{.N}} mails to {{.To}}",
		Params: catalog.Params{catalog.Sensitive(to), n}})
	part := catalog.PhraseParam("Mails", mail)
	failed := domain.Define(1, "FAILED", catalog.Spec{Title: "Failed", Detail: "{{.Mails}} failed",
		Params: catalog.Params{part}})
	sent := mail.With(to.Arg(secret), n.Arg(3))
	err := failed.New(part.Arg(sent))
	for name, value := range map[string]any{
		"phrase":   sent,
		"argument": part.Arg(sent),
		"error":    err,
		"field":    struct{ P *catalog.Phrase }{sent},
		"hidden":   struct{ p *catalog.Phrase }{sent},
	} {
		t.Run(name, func(t *testing.T) { checkPrinted(t, value) })
	}
	if got, want := sent.String(), "3 mails to {To}"; got != want || fmt.Sprint(sent) != want {
		t.Errorf("phrase %q, want %q", got, want)
	}
	if got, want := err.Error(), "FAILED (1): 3 mails to {To} failed"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	for _, value := range err.Args() {
		if src, _ := json.Marshal(value); string(src) != `"3 mails to {To}"` {
			t.Errorf("JSON %s", src)
		}
	}
}

func TestPhraseWith(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("test"))
	n, other := catalog.Int("N", 3), catalog.String("Other", "x")
	day := catalog.Int("Day", 1)
	rooms := domain.Phrase("rooms", catalog.PhraseSpec{Text: "{{.N}} rooms", By: n,
		Forms: catalog.Forms{One: "one room"}, Params: catalog.Params{n, day}})
	one := rooms.With(n.Arg(1))
	two := one.With(other.Arg("x"), n.Arg(2), day.Arg(4))
	if got := []string{rooms.String(), one.String(), two.String()}; !slices.Equal(got, []string{"{N} rooms", "one room", "one room"}) {
		t.Errorf("phrases %q", got)
	}
	if got := two.UnknownArgs(); !slices.Equal(got, []string{"Other", "N"}) || len(one.UnknownArgs()) > 0 {
		t.Errorf("unknown %q, %q", got, one.UnknownArgs())
	}
	var none *catalog.Phrase
	if none.With(n.Arg(1)) != nil || none.String() != "" {
		t.Error("a nil phrase becomes something")
	}
	if file, line := rooms.Place(); !strings.HasSuffix(file, "phrase_test.go") || line == 0 {
		t.Errorf("place %s:%d", file, line)
	}
	if rooms.Domain() != domain || rooms.Text() != "{{.N}} rooms" || len(rooms.Params()) != 2 {
		t.Errorf("the phrase is %q with %d params", rooms.Text(), len(rooms.Params()))
	}
}
