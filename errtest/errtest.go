// Package errtest checks errors with codes in go test, and renders all texts of a domain.
//
//	errtest.Is(t, reserve("Blue socks", 5, 3), shop.OutOfStock,
//		shop.Item.Arg("Blue socks"), shop.Left.Arg(3))
package errtest

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
)

// Is fails the test unless the first error with a code in the tree of err has the code, and exactly
// these arguments. It lists each argument that differs. A count that an error finds out itself is
// an argument, too.
func Is(t testing.TB, err error, code *catalog.Code, args ...catalog.Arg) {
	t.Helper()
	if faults := compare(err, code.New(args...)); len(faults) > 0 {
		t.Errorf("the error is not %s:\n%s", code.Name(), strings.Join(faults, "\n"))
	}
}

// At fails the test unless a violation of the error at the path has the code and exactly these
// arguments. The path is a JSON Pointer, such as "/email".
func At(t testing.TB, err error, path string, code *catalog.Code, args ...catalog.Arg) {
	t.Helper()
	var faults []string
	for _, v := range catalog.AsError(err).Violations() {
		if v.Path != path {
			faults = append(faults, fmt.Sprintf("  at %q: %v", v.Path, v.Err))
			continue
		}
		found := compare(v.Err, code.New(args...))
		if len(found) == 0 {
			return
		}
		faults = append(faults, found...)
	}
	if len(faults) == 0 {
		faults = []string{fmt.Sprintf("  no violations: %v", err)}
	}
	t.Errorf("no violation at %q is %s:\n%s", path, code.Name(), strings.Join(faults, "\n"))
}

// compare returns the differences between an error and the one that is wanted, one a line.
func compare(err error, want *catalog.Error) (faults []string) {
	got := catalog.AsError(err)
	for _, name := range want.UnknownArgs() {
		faults = append(faults,
			fmt.Sprintf("  %s: the code has no such param, or it is given twice", name))
	}
	if got.Code() != want.Code() {
		return append(faults, fmt.Sprintf("  got %v", err))
	}
	have, wanted := access.ArgsOf(got), access.ArgsOf(want)
	for i, p := range want.Code().Spec().Params {
		if h, w := at(have, i), at(wanted, i); !equal(&h, &w) {
			faults = append(faults, fmt.Sprintf("  %s: got %s, want %s", p.Name(), show(&h), show(&w)))
		}
	}
	return faults
}

// at returns an argument. The list is empty for an error without params.
func at(args []format.Value, i int) format.Value {
	if i < len(args) {
		return args[i]
	}
	return format.Value{}
}

// equal reports whether two arguments are the same to a program.
func equal(a, b *format.Value) bool {
	return a.Kind() == b.Kind() && bytes.Equal(a.AppendJSON(nil), b.AppendJSON(nil))
}

func show(v *format.Value) string {
	if v.Kind() == format.None {
		return "nothing"
	}
	return string(v.AppendJSON(nil))
}

// Rendered is a code's example as the readers of a locale see it.
type Rendered struct {
	Code    *catalog.Code
	Locale  language.Tag
	Message errlingo.Message
}

// String returns the code and locale, such as for the name of a subtest.
func (r Rendered) String() string { return r.Code.Name() + " " + r.Locale.String() }

// Texts yields every code of the domain with the examples of its params, in every locale of the
// bundle: for a test of all texts, such as one that compares them with a golden file.
func Texts(b *errlingo.Bundle, d *catalog.Domain) iter.Seq[Rendered] {
	return func(yield func(Rendered) bool) {
		for _, tag := range b.Locales() {
			reader := b.LocalizerFor(tag)
			for code := range d.Codes() {
				if !yield(Rendered{code, tag, reader.Localize(code.Example())}) {
					return
				}
			}
		}
	}
}
