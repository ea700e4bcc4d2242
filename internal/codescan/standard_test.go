package codescan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/codescan"
)

// What is read from the source of the standard codes is what the running package says of itself.
func TestStandardCodes(t *testing.T) {
	result, err := codescan.Scan(t.Context(), "../..", codescan.Options{Patterns: []string{"./catalog/codes"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := result.Syntax.Err(); err != nil {
		t.Fatal(err)
	}
	if err := result.Findings.Err(); err != nil {
		t.Error(err)
	}
	i := slices.IndexFunc(result.Domains, func(d codescan.Domain) bool { return d.Name == codes.Domain.Name() })
	if i < 0 {
		t.Fatalf("domain %q is not among %v", codes.Domain.Name(), result.Domains)
	}
	domain := result.Domains[i]
	if !domain.Selected || domain.Partial || domain.Dir != "catalog/codes" || domain.Source.Value != codes.Domain.SourceLocale().String() {
		t.Errorf("domain is read as %+v", domain)
	}

	running := slices.SortedFunc(codes.Domain.Codes(), func(a, b *catalog.Code) int { return a.Number() - b.Number() })
	if len(domain.Codes) != len(running) || len(running) != 64 {
		t.Fatalf("%d codes in the source, %d in the running package", len(domain.Codes), len(running))
	}
	for i, c := range running {
		t.Run(c.Name(), func(t *testing.T) {
			if got, want := fromSource(domain.Codes[i]), fromProgram(c); got != want {
				t.Errorf("from the source:\n%s\nfrom the running package:\n%s", got, want)
			}
			if domain.Codes[i].Doc == "" || strings.HasPrefix(domain.Codes[i].Doc, domain.Codes[i].Var) {
				t.Errorf("comment is %q", domain.Codes[i].Doc)
			}
		})
	}
	var labels []string
	for _, l := range domain.Labels {
		labels = append(labels, l.Name+"="+l.Text.Value)
	}
	var want []string
	for l := range codes.Domain.Labels() {
		want = append(want, l.Name()+"="+l.Text())
	}
	slices.Sort(want)
	if !slices.Equal(labels, want) {
		t.Errorf("labels are\n%q, want\n%q", labels, want)
	}
}

func fromSource(c codescan.Code) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s\n%q %q %q\n", c.Number, c.Name, c.Title.Value, c.Detail.Value, c.Help.Value)
	fmt.Fprintf(&b, "%d %v %v %v %v %q %v\n", c.HTTP, c.Audience, c.Retry, c.Action, c.Aggregate, c.Deprecated, c.Max)
	fmt.Fprintf(&b, "by %q", c.Plural.By)
	for _, f := range c.Plural.Forms {
		fmt.Fprintf(&b, " %s %q", f.Category, f.Value)
	}
	for _, p := range c.Params {
		fmt.Fprintf(&b, "\n%s %s", p.Name, p.Kind)
	}
	return b.String()
}

func fromProgram(c *catalog.Code) string {
	var b strings.Builder
	spec := c.Spec()
	var audience []string
	for _, one := range []struct {
		is   catalog.Audience
		name string
	}{{catalog.AudienceEndUser, "end user"}, {catalog.AudienceDeveloper, "developer"}, {catalog.AudienceOperator, "operator"}} {
		if c.Audience().Has(one.is) {
			audience = append(audience, one.name)
		}
	}
	fmt.Fprintf(&b, "%d %s\n%q %q %q\n", c.Number(), c.Name(), spec.Title, spec.Detail, spec.Help)
	fmt.Fprintf(&b, "%d %v %v %v %v %q %v\n", spec.HTTP, audience, c.Retry(), c.Action(), spec.Aggregate, spec.Deprecated, spec.Max)
	by := ""
	if spec.Plural.By != nil {
		by = spec.Plural.By.Name()
	}
	fmt.Fprintf(&b, "by %q", by)
	for category, text := range spec.Plural.Forms() {
		fmt.Fprintf(&b, " %s %q", category, text)
	}
	for _, p := range spec.Params {
		fmt.Fprintf(&b, "\n%s %s", p.Name(), p.Kind())
	}
	return b.String()
}
