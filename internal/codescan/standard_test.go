package codescan_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
)

// A program may use each param of the standard codes, wherever their source is.
func TestStandardParams(t *testing.T) {
	var source, want strings.Builder
	source.WriteString("package shop\n\nimport (\n\t\"github.com/errlingo/errlingo/catalog\"\n" +
		"\t\"github.com/errlingo/errlingo/catalog/codes\"\n)\n\nvar Domain = catalog.NewDomain(\"shop\")\n")
	known := map[string]bool{}
	for _, c := range access.Model(codes.Domain).Codes {
		for _, p := range c.Params {
			if known[p.Name] {
				continue
			}
			known[p.Name] = true
			fmt.Fprintf(&source, "\nvar C%d = Domain.Define(%d, \"C%d\", catalog.Spec{Title: \"x\", "+
				"Params: catalog.Params{codes.%s}})\n", len(known), len(known), len(known), p.Name)
			fmt.Fprintf(&want, "%s %s %s\n", p.Name, p.Kind, p.Example.String())
		}
	}
	result, err := codescan.Scan(t.Context(), module(t, []sourceFile{{"shop.go", source.String()}}),
		codescan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Findings) > 0 {
		t.Fatal(result.Findings)
	}
	var got strings.Builder
	for _, c := range result.Domains[0].Codes {
		for _, p := range c.Params {
			fmt.Fprintf(&got, "%s %s %s\n", p.Name, p.Kind, p.Example.String())
		}
	}
	if got.String() != want.String() || len(known) < 40 {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want.String())
	}
}

// What a scan reads in the source of the standard codes is what the running package declares.
func TestStandardCodes(t *testing.T) {
	result, err := codescan.Scan(t.Context(), "../..",
		codescan.Options{Patterns: []string{"./catalog/codes"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := append(result.Syntax, result.Findings...).Err(); err != nil {
		t.Fatal(err)
	}
	running := access.Model(codes.Domain)
	i := slices.IndexFunc(result.Domains, func(d *model.Domain) bool { return d.Name == running.Name })
	if i < 0 {
		t.Fatalf("domain %q is not among %v", running.Name, result.Domains)
	}
	read := result.Domains[i]
	if read.Partial || read.Invalid || read.Dir != "catalog/codes" || read.Source != running.Source {
		t.Errorf("domain is read as %+v", read)
	}
	slices.SortFunc(running.Codes, func(a, b model.Code) int { return a.Number - b.Number })
	slices.SortFunc(running.Labels,
		func(a, b model.Label) int { return strings.Compare(a.Name, b.Name) })
	if len(read.Codes) != len(running.Codes) || len(read.Codes) != 64 ||
		len(read.Labels) != len(running.Labels) {
		t.Fatalf("%d codes and %d labels in the source, %d and %d in the running package",
			len(read.Codes), len(read.Labels), len(running.Codes), len(running.Labels))
	}
	for i := range running.Codes {
		if got, want := read.Codes[i], running.Codes[i]; got.Doc == "" {
			t.Errorf("%s has no comment", got.Name)
		} else if got, want := unplaced(got), unplaced(want); !reflect.DeepEqual(got, want) {
			t.Errorf("from the source:\n%+v\nfrom the running package:\n%+v", got, want)
		}
	}
	for i := range running.Labels {
		got, want := read.Labels[i], running.Labels[i]
		if got.Name != want.Name || got.Text.Forms != want.Text.Forms {
			t.Errorf("label %q %q, want %q %q", got.Name, got.Text.Forms, want.Name, want.Text.Forms)
		}
	}
}

// unplaced returns a code without what only source has, and with its examples as text, since a
// label is known to a program and to the scanner in two ways.
func unplaced(c model.Code) model.Code {
	c.Place, c.Doc = model.Place{}, ""
	for part := range c.Texts {
		c.Texts[part].Places = model.Places{}
	}
	c.Params = slices.Clone(c.Params)
	for i := range c.Params {
		c.Params[i].Example = format.Text(format.String, c.Params[i].ExampleText())
	}
	if c.ShownAs != nil {
		shown := unplaced(*c.ShownAs)
		c.ShownAs = &shown
	}
	return c
}
