package errtest_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/errtest"
	"github.com/errlingo/errlingo/locales"
)

var (
	domain = catalog.NewDomain("tested")
	name   = catalog.String("Name", "Kim")
	count  = catalog.Int("Count", 3)
	other  = catalog.Int("Other", 3)
	full   = domain.Define(1, "FULL", catalog.Spec{Title: "Full", Detail: "{{.Name}}: {{.Count}}", Params: catalog.Params{name, count}})
	empty  = domain.Define(2, "EMPTY", catalog.Spec{Title: "Empty"})
)

// recorder is a test that only records its messages.
type recorder struct {
	testing.TB
	text string
}

func (r *recorder) Helper()                           {}
func (r *recorder) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }

func TestIs(t *testing.T) {
	tests := []struct {
		name string
		err  error
		code *catalog.Code
		args []catalog.Arg
		want string
	}{
		{"equal", full.New(name.Arg("Kim"), count.Arg(2)), full, []catalog.Arg{count.Arg(2), name.Arg("Kim")}, ""},
		{"wrapped", fmt.Errorf("save: %w", full.Wrap(io.EOF, name.Arg("Kim"))), full, []catalog.Arg{name.Arg("Kim")}, ""},
		{"a bare code", empty, empty, nil, ""},
		{"another code", empty.Wrap(io.EOF), full, nil, "the error is not FULL:\n  got EMPTY (2): Empty: EOF"},
		{"no code", io.EOF, full, nil, "the error is not FULL:\n  got EOF"},
		{"nil", nil, full, nil, "the error is not FULL:\n  got <nil>"},
		{"other arguments", full.New(name.Arg("Kim")), full, []catalog.Arg{name.Arg("Ann"), count.Arg(2)},
			"the error is not FULL:\n  Name: got \"Kim\", want \"Ann\"\n  Count: got nothing, want 2"},
		{"a further argument", full.New(name.Arg("Kim")), full, nil, "the error is not FULL:\n  Name: got \"Kim\", want nothing"},
		{"an unknown argument", full, full, []catalog.Arg{other.Arg(2)},
			"the error is not FULL:\n  Other: the code has no such param, or it is given twice"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var r recorder
			errtest.Is(&r, test.err, test.code, test.args...)
			if r.text != test.want {
				t.Errorf("got %q, want %q", r.text, test.want)
			}
		})
	}
}

func TestAt(t *testing.T) {
	err := empty.New().With(catalog.Violation{Path: "/a", Err: empty}, catalog.Violation{Path: "/a", Err: full.New(name.Arg("Kim"))})
	tests := []struct {
		name string
		err  error
		path string
		args []catalog.Arg
		want string
	}{
		{"equal", err, "/a", []catalog.Arg{name.Arg("Kim")}, ""},
		{"other arguments", err, "/a", nil, "no violation at \"/a\" is FULL:\n  got EMPTY (2): Empty\n  Name: got \"Kim\", want nothing"},
		{"another path", err, "/b", nil, "no violation at \"/b\" is FULL:\n  at \"/a\": EMPTY (2): Empty\n  at \"/a\": FULL (1): Kim: {Count}"},
		{"none", io.EOF, "/b", nil, "no violation at \"/b\" is FULL:\n  no violations: EOF"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var r recorder
			errtest.At(&r, test.err, test.path, full, test.args...)
			if r.text != test.want {
				t.Errorf("got %q, want %q", r.text, test.want)
			}
		})
	}
}

func TestTexts(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}}})
	if err != nil {
		t.Fatal(err)
	}
	n, all := 0, 0
	for range codes.Domain.Codes() {
		all += len(bundle.Locales())
	}
	for r := range errtest.Texts(bundle, codes.Domain) {
		if n++; r.Message.Title.Value == "" || r.Message.Title.Locale != r.Locale || r.Message.Code() != r.Code.Example().Shown().Code() {
			t.Errorf("%s is %+v", r, r.Message)
		}
	}
	if n != all {
		t.Errorf("%d texts, want %d", n, all)
	}
	for range errtest.Texts(bundle, codes.Domain) {
		break
	}
}

func ExampleIs() {
	check := func(t testing.TB) { // in a test: func TestSave(t *testing.T)
		err := full.New(name.Arg("Kim"), count.Arg(2))
		errtest.Is(t, err, full, name.Arg("Kim"), count.Arg(3))
	}
	var r recorder
	check(&r)
	fmt.Println(r.text)
	// Output:
	// the error is not FULL:
	//   Count: got 2, want 3
}

func ExampleAt() {
	check := func(t testing.TB) {
		err := codes.ValidationError.New().With(catalog.Violation{Path: "/name", Err: empty})
		errtest.At(t, err, "/email", empty)
	}
	var r recorder
	check(&r)
	fmt.Println(r.text)
	// Output:
	// no violation at "/email" is EMPTY:
	//   at "/name": EMPTY (2): Empty
}

func ExampleTexts() {
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: domain}}})
	if err != nil {
		return
	}
	for r := range errtest.Texts(bundle, domain) {
		fmt.Printf("%s: %s\n", r, r.Message.Title)
	}
	// Output:
	// FULL en: Full
	// EMPTY en: Empty
}
