package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// TestDefinePanics checks that an invalid declaration says what is wrong and where.
func TestDefinePanics(t *testing.T) {
	item, left := catalog.String("Item", "socks"), catalog.Int("Left", 3)
	params := func(p ...catalog.Param) catalog.Params { return p }
	listed := catalogtest.Temporary(t, catalog.NewDomain("listed")).Define(1, "LISTED",
		catalog.Spec{Title: "x", Aggregate: true})
	tests := []struct {
		name   string
		number int
		code   string
		spec   catalog.Spec
		want   string
	}{
		{"number twice", 1, "OTHER_NAME", catalog.Spec{Title: "x"},
			"code 1 OTHER_NAME: the number 1 belongs to FIRST, declared at "},
		{"name twice", 2, "FIRST", catalog.Spec{Title: "x"},
			"code 2 FIRST: the name FIRST belongs to 1, declared at "},
		{"lower case", 3, "OutOfStock", catalog.Spec{Title: "x"},
			`"OutOfStock" is not a valid name for a code`},
		{"too long", 3, strings.Repeat("A", 64), catalog.Spec{Title: "x"}, "63 characters at most"},
		{"underscore at the end", 3, "BAD_", catalog.Spec{Title: "x"}, "is not a valid name for a code"},
		{"reserved name", 3, "OTHER", catalog.Spec{Title: "x"},
			`the name "OTHER" is reserved in locale files; use another name, such as ORDER_OTHER; ` +
				"reserved in any case are id, "},
		{"no title", 3, "CODE", catalog.Spec{Detail: "x"}, "it has no title"},
		{"blank title", 3, "CODE", catalog.Spec{Title: " "}, "it has no title"},
		{"status", 3, "CODE", catalog.Spec{Title: "x", HTTP: 42},
			"42 is not the HTTP status of an error"},
		{"success", 3, "CODE", catalog.Spec{Title: "x", HTTP: 207},
			"207 is not the HTTP status of an error"},
		{"shown as a code that is shown as another", 3, "CODE",
			catalog.Spec{Title: "x", ShownAs: AddressTaken},
			"it is shown as ADDRESS_TAKEN, which is shown as ADDRESS_INVALID itself; name that code: ShownAs: ADDRESS_INVALID"},
		{"shown as an aggregate", 3, "CODE", catalog.Spec{Title: "x", ShownAs: listed},
			"it cannot be shown as LISTED, since an aggregate shows the errors inside it; use a code that is not an aggregate"},
		{"shown as a code with other params", 3, "CODE", catalog.Spec{Title: "x", ShownAs: OutOfStock},
			`it cannot be shown as OUT_OF_STOCK, whose texts need the param "Item"; add it to Params`},
		{"shown as a code that says more", 3, "CODE", catalog.Spec{Title: "x", ShownAs: OutOfStock,
			Params: params(Item, Left)},
			`it cannot be shown as OUT_OF_STOCK, whose texts need the param "Left"; add it to Params, as private`},
		{"an aggregate shown as another code", 3, "CODE", catalog.Spec{Title: "x", Aggregate: true, ShownAs: OutOfStock},
			"it cannot be shown as OUT_OF_STOCK, since an aggregate shows the errors inside it"},
		{"public and sensitive", 3, "CODE",
			catalog.Spec{Title: "x",
				Params: params(catalog.Public(catalog.Sensitive(item)))},
			`param "Item" is both public and sensitive`},
		{"nothing made public", 3, "CODE", catalog.Spec{Title: "x", Params: params(catalog.Public(nil))},
			"a param is nil"},
		{"zero handle", 3, "CODE", catalog.Spec{Title: "x", Params: params(catalog.Handle[int]{})},
			"a param is nil"},
		{"plural by a zero handle", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y",
				Plural: catalog.Plural{By: catalog.Handle[int]{}, One: "z"}}, "the plural's param is nil"},
		{"unknown placeholder", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "{{.Itme}}",
				Params: params(item)}, "its detail has the placeholder {{.Itme}}, which is not a declared " +
				"param; did you mean {{.Item}}?"},
		{"placeholder without params", 3, "CODE", catalog.Spec{Title: "{{.Item}}"},
			"its title has the placeholder {{.Item}}, which is not a declared param; add the param to " +
				"Params"},
		{"function", 3, "CODE", catalog.Spec{Title: "x", Help: "{{len .Item}}", Params: params(item)},
			"in its help, {{len .Item}} is not a placeholder"},
		{"placeholder in a form", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y", Plural: catalog.Plural{By: left, One: "{{.X}}"},
				Params: params(left)}, "its form \"one\" has the placeholder {{.X}}"},
		{"invalid UTF-8", 3, "CODE", catalog.Spec{Title: "\xff"}, "its title is not valid UTF-8"},
		{"nil param", 3, "CODE", catalog.Spec{Title: "x", Params: params(nil)}, "a param is nil"},
		{"param twice", 3, "CODE", catalog.Spec{Title: "x", Params: params(item, item)},
			`param "Item" is declared twice`},
		{"param twice by an earlier name", 3, "CODE",
			catalog.Spec{Title: "x",
				Params: params(item,
					catalog.String("Product", "").Formerly("Item"))}, `param "Item" is declared twice`},
		{"param in lower case", 3, "CODE",
			catalog.Spec{Title: "x",
				Params: params(catalog.String("item", ""))}, `"item" is not a valid name for a param`},
		{"reserved param", 3, "CODE",
			catalog.Spec{Title: "x",
				Params: params(catalog.Int("PluralCount", 1))}, `the param name "PluralCount" is reserved`},
		{"hint for a reserved param", 3, "CODE",
			catalog.Spec{Title: "x",
				Params: params(catalog.String("ID", "x"))},
			"use another name, such as OrderID; reserved in any case are id, "},
		{"two params with one key", 3, "CODE",
			catalog.Spec{Title: "x",
				Params: params(catalog.Public(catalog.String("URL", "")),
					catalog.Public(catalog.String("Url", "")))},
			`the public params "URL" and "Url" are both "url" in a response; rename one of them`},
		{"plural by a string", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y", Plural: catalog.Plural{By: item, One: "z"},
				Params: params(item)}, `a plural needs an Int, and "Item" is of the kind "string"`},
		{"plural by a stranger", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y", Plural: catalog.Plural{By: left, One: "z"},
				Params: params(item)}, `the plural's param "Left" is not among the params`},
		{"plural by nothing", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y",
				Plural: catalog.Plural{One: "z"}},
			`it has a plural form "one" but no count; add the count as By`},
		{"plural without detail", 3, "CODE",
			catalog.Spec{Title: "x", Plural: catalog.Plural{By: left, One: "z"},
				Params: params(left)}, "it has a plural but no detail"},
		{"count without a text that counts", 3, "CODE",
			catalog.Spec{Title: "x", Help: "y", Plural: catalog.Plural{By: left}, Params: params(left)},
			"it has a plural but no detail"},
		{"plural of a title by nothing", 3, "CODE",
			catalog.Spec{Title: "x", Plural: catalog.Plural{Title: catalog.Forms{Few: "z"}}},
			`it has a plural form "few" but no count; add the count as By`},
		{"plural of a help that is missing", 3, "CODE",
			catalog.Spec{Title: "x", Plural: catalog.Plural{By: left, Help: catalog.Forms{One: "z"}},
				Params: params(left)}, `it has a plural but no help, which is the form for "other"; add a Help`},
		{"exact zero by nothing", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y", Plural: catalog.Plural{ExactZero: "z"}},
			"it has a text for an exact zero but no count; add the count as By"},
		{"exact zero of a detail that is missing", 3, "CODE",
			catalog.Spec{Title: "x", Plural: catalog.Plural{By: left, ExactZero: "z"}, Params: params(left)},
			"it has a detail for an exact zero but no detail; add a Detail"},
		{"exact zero of a help that is missing", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y", Plural: catalog.Plural{By: left, HelpExactZero: "z"},
				Params: params(left)}, "it has a help for an exact zero but no help; add a Help"},
		{"placeholder in a text for an exact zero", 3, "CODE",
			catalog.Spec{Title: "x", Detail: "y", Plural: catalog.Plural{By: left, ExactZero: "{{.X}}"},
				Params: params(left)}, "its text for an exact zero has the placeholder {{.X}}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			domain := catalogtest.Temporary(t, catalog.NewDomain("test"))
			domain.Define(1, "FIRST", catalog.Spec{Title: "First"})
			got := panicOf(func() { domain.Define(test.number, test.code, test.spec) })
			if !strings.Contains(got, test.want) {
				t.Errorf("panic %q, want %q in it", got, test.want)
			}
			if strings.Count(got, "define_test.go:") != strings.Count(test.want, "declared at")+1 {
				t.Errorf("panic %q does not name the places", got)
			}
			if len(slices.Collect(domain.Codes())) != 1 {
				t.Error("the code was added all the same")
			}
		})
	}
}

func TestLabelPanics(t *testing.T) {
	tests := []struct{ name, label, text, want string }{
		{"twice", "first", "x", `label "first": it is declared twice, first at `},
		{"upper case", "Email", "x", `"Email" is not a valid name for a label`},
		{"reserved", "other", "x",
			`label "other": the name "other" is reserved in locale files; ` +
				"use another name, such as order_other"},
		{"no text", "email", "", `label "email": it has no text`},
		{"placeholder", "email", "{{.X}}", "has a placeholder"},
		{"invalid UTF-8", "email", "\xff", "not valid UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			domain := catalogtest.Temporary(t, catalog.NewDomain("test"))
			domain.Label("first", "first")
			got := panicOf(func() { domain.Label(test.label, test.text) })
			if !strings.Contains(got, test.want) || !strings.Contains(got, "define_test.go:") {
				t.Errorf("panic %q, want %q and the place in it", got, test.want)
			}
		})
	}
}

// TestOneKeyInPublicOnly checks that params share a name in a response only where both of them are
// there.
func TestOneKeyInPublicOnly(t *testing.T) {
	upper, mixed := catalog.String("URL", ""), catalog.String("Url", "")
	domain := catalogtest.Temporary(t, catalog.NewDomain("test"))
	for i, params := range []catalog.Params{{upper, mixed}, {catalog.Public(upper), mixed},
		{upper, catalog.Public(mixed)}} {
		code := domain.Define(i, fmt.Sprintf("CODE_%d", i), catalog.Spec{Title: "x", Params: params})
		if got := code.Spec().Params; len(got) != 2 {
			t.Errorf("params %q", got)
		}
	}
}

// TestZeroPanics checks that what was never declared says so, and where it is used.
func TestZeroPanics(t *testing.T) {
	var (
		handle catalog.Handle[string]
		domain *catalog.Domain
	)
	tests := []struct {
		name string
		f    func()
		want string
	}{
		{"Formerly", func() { handle.Formerly("Old") }, "Formerly: the handle is zero"},
		{"List", func() { catalog.List(catalog.And, handle) }, "List: the handle is zero"},
		{"Define", func() { domain.Define(1, "CODE", catalog.Spec{Title: "x"}) },
			"code 1 CODE: its domain is nil"},
		{"Label", func() { domain.Label("email", "e-mail") }, `label "email": its domain is nil`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := panicOf(test.f)
			if !strings.HasPrefix(got, "catalog: ") || !strings.Contains(got, "define_test.go:") ||
				!strings.Contains(got, test.want) {
				t.Errorf("panic %q, want %q and the place in it", got, test.want)
			}
		})
	}
}

func TestDocs(t *testing.T) {
	for base, want := range map[string]string{
		"https://x.example/codes":       "https://x.example/codes/CODE",
		"https://x.example/codes/":      "https://x.example/codes/CODE",
		"https://x.example/codes#":      "https://x.example/codes#CODE",
		"https://x.example/codes?code=": "https://x.example/codes?code=CODE",
		"":                              "",
	} {
		t.Run(base, func(t *testing.T) {
			domain := catalogtest.Temporary(t, catalog.NewDomain("test", catalog.Docs(base)))
			if got := domain.Define(1, "CODE", catalog.Spec{Title: "x"}).TypeURI(); got != want {
				t.Errorf("type of %q = %q, want %q", base, got, want)
			}
		})
	}
}

func TestNewDomainPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"name":   func() { catalog.NewDomain("My Shop") },
		"empty":  func() { catalog.NewDomain("") },
		"source": func() { catalog.NewDomain("taal", catalog.SourceLocale("no such language")) },
		"und":    func() { catalog.NewDomain("taal", catalog.SourceLocale("und")) },
	} {
		t.Run(name, func(t *testing.T) {
			if got := panicOf(f); !strings.HasPrefix(got, "catalog: ") {
				t.Errorf("panic %q", got)
			}
		})
	}
}

// panicOf returns what f panics with, "" if it does not.
func panicOf(f func()) (message string) {
	defer func() {
		if v := recover(); v != nil {
			message = fmt.Sprint(v)
		}
	}()
	f()
	return ""
}

// TestOneDomainPerName checks that a second domain with a name panics and says where both are
// declared.
func TestOneDomainPerName(t *testing.T) {
	catalogtest.Temporary(t, catalog.NewDomain("twin"))
	got := panicOf(func() { catalog.NewDomain("twin") })
	if !strings.Contains(got, `domain "twin": it is declared twice, first at `) ||
		strings.Count(got, "define_test.go:") != 2 {
		t.Errorf("panic %q", got)
	}
}

// TestFrozen checks that nothing is declared in a domain after it was loaded, and that the panic
// names the place of the first load.
func TestFrozen(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("frozen"))
	code := domain.Define(1, "FIRST", catalog.Spec{Title: "x"})
	access.Freeze(domain, model.Place{File: "main.go", Pos: diag.Pos{Line: 7}})
	access.Freeze(domain, model.Place{File: "main.go", Pos: diag.Pos{Line: 8}})
	for name, declare := range map[string]func(){
		"Define": func() { domain.Define(2, "SECOND", catalog.Spec{Title: "x"}) },
		"Phrase": func() { domain.Phrase("second", catalog.PhraseSpec{Text: "x"}) },
		"Label":  func() { domain.Label("second", "second") },
	} {
		t.Run(name, func(t *testing.T) {
			got := panicOf(declare)
			if !strings.Contains(got, `domain "frozen" was loaded already, at main.go:7;`) ||
				!strings.Contains(got, "define_test.go:") {
				t.Errorf("panic %q", got)
			}
		})
	}
	if got := slices.Collect(domain.Codes()); len(got) != 1 || got[0] != code {
		t.Errorf("codes are %v", got)
	}
	if got := slices.Collect(domain.Labels()); len(got) != 0 {
		t.Errorf("labels are %v", got)
	}
}
