package codescan

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
)

// fault notes what is wrong with a code that could be read.
func (d *definition) fault(at Place, rule, text, hint string) {
	d.wrong(d.code.domain, at, rule, fmt.Sprintf("code %s: %s", d.code.Name, text), hint)
}

// check applies the rules of catalog's Domain.Define, which panics where one is broken.
func (d *definition) check() {
	c := d.code
	switch {
	case !naming.Code(c.Name):
		d.wrong(c.domain, d.name, RuleName, fmt.Sprintf("%q is no name for a code", c.Name), "use "+naming.CodeForm)
	case naming.Reserved(c.Name):
		d.wrong(c.domain, d.name, RuleName, fmt.Sprintf("the name %q is reserved in locale files", c.Name), naming.WayOut("ORDER_"+c.Name))
	}
	if strings.TrimSpace(c.Title.Value) == "" {
		d.fault(c.Place, RuleDeclaration, "it has no title", `add one to the spec: Title: "…"`)
	}
	if c.HTTP != 0 && (c.HTTP < 400 || c.HTTP > 599) && !(c.HTTP == 207 && c.Aggregate) {
		d.fault(d.pieces["HTTP"], RuleDeclaration, fmt.Sprintf("%d is no HTTP status of an error", c.HTTP), "use 400 to 599")
	}
	if c.ReplacedBy != "" && c.Deprecated == "" {
		d.fault(d.pieces["ReplacedBy"], RuleDeclaration, "it is replaced by another code but does not say why it is deprecated", `add Deprecated: "…"`)
	}
	d.checkPlural()
	for _, text := range c.texts() {
		d.checkText(text)
	}
}

// checkParam checks a param that stands at the place in the code's list, before it is added to that.
func (d *definition) checkParam(p *Param, at Place) {
	switch {
	case p.Public && p.Sensitive:
		d.fault(at, RuleDeclaration, fmt.Sprintf("param %q is both public and sensitive", p.Name), "keep one of the two marks")
	case !naming.Param(p.Name):
		d.fault(at, RuleName, fmt.Sprintf("%q is no name for a param", p.Name), "use "+naming.ParamForm)
	case naming.ReservedParam(p.Name):
		d.fault(at, RuleName, fmt.Sprintf("the param name %q is reserved in locale files", p.Name), naming.WayOut("Order"+p.Name))
	}
	if other := d.code.namesake(p); other != nil {
		d.fault(at, RuleDuplicate, fmt.Sprintf("the public params %q and %q are both %q in a response", other.Name, p.Name, naming.LowerCamel(p.Name)), "rename one of them")
	}
	for _, name := range append([]string{p.Name}, p.Was...) {
		if d.code.param(name) != nil {
			d.fault(at, RuleDuplicate, fmt.Sprintf("param %q is declared twice", name), "")
		}
	}
}

// namesake returns the public param that would have the same name in a response's params as the public param p, or nil.
func (c *code) namesake(p *Param) *Param {
	for i := range c.Params {
		other := &c.Params[i]
		if other.Public && p.Public && other.Name != p.Name && naming.LowerCamel(other.Name) == naming.LowerCamel(p.Name) {
			return other
		}
	}
	return nil
}

// param returns the code's param that has the name, or had it, or nil.
func (c *code) param(name string) *Param {
	for i := range c.Params {
		if c.Params[i].Name == name {
			return &c.Params[i]
		}
	}
	for i := range c.Params {
		if slices.Contains(c.Params[i].Was, name) {
			return &c.Params[i]
		}
	}
	return nil
}

// takes returns the code's param that an argument for the param p goes to, or nil: as in the running program, that with
// the same name and kind.
func (c *code) takes(p *Param) *Param {
	for i := range c.Params {
		if own := &c.Params[i]; own.Name == p.Name && family(own.Kind) == family(p.Kind) {
			return own
		}
	}
	return nil
}

// family returns the kind of a param, where lists of all kinds are one.
func family(kind string) string {
	if strings.HasSuffix(kind, listSuffix) {
		return listSuffix
	}
	return kind
}

// checkCount checks the kind of the param that a plural counts by.
func (d *definition) checkCount(by *Param, at Place) {
	if d.miscounts = by.Kind != "int"; d.miscounts {
		d.fault(at, RuleDeclaration, fmt.Sprintf("a plural needs an Int, and %q is of the kind %q", by.Name, by.Kind), "")
	}
}

func (d *definition) checkPlural() {
	c := d.code
	by := c.Plural.By
	switch {
	case by == "" && len(c.Plural.Forms) > 0:
		d.fault(c.Plural.Forms[0].Place, RuleDeclaration,
			fmt.Sprintf("it has a plural form %q but does not say by which param", c.Plural.Forms[0].Category), "add the count as By")
	case by == "", d.miscounts:
	case !slices.ContainsFunc(c.Params, func(p Param) bool { return p.Name == by && p.Kind == "int" }):
		d.fault(d.pieces["By"], RuleDeclaration, fmt.Sprintf("the plural's param %q is not among the code's params", by), "add it to Params")
	case c.Detail.Value == "":
		d.fault(d.pieces["Plural"], RuleDeclaration, `it has a plural but no detail, which is the form for "other"`, "")
	}
	if by != "" {
		c.needed[by] = true
	}
}

// part is one text of a code and what it is called in a sentence.
type part struct {
	name string
	Text
}

// texts returns the code's texts, its plural forms among them.
func (c *code) texts() []part {
	all := []part{{"title", c.Title}, {"detail", c.Detail}, {"help", c.Help}}
	for _, form := range c.Plural.Forms {
		all = append(all, part{fmt.Sprintf("form %q", form.Category), form.Text})
	}
	return all
}

// checkText checks the placeholders of a text and notes which params it shows.
func (d *definition) checkText(text part) {
	if !utf8.ValidString(text.Value) {
		d.fault(text.Place, RuleDeclaration, fmt.Sprintf("its %s is not valid UTF-8", text.name), "")
	}
	placeholders, faults := pattern.Placeholders(text.Value)
	for _, placeholder := range placeholders {
		if p := d.code.param(placeholder.Name); p != nil {
			d.code.needed[p.Name] = true
			continue
		}
		d.fault(text.Place, pattern.RuleUnknownPlaceholder,
			fmt.Sprintf("its %s has the placeholder {{.%s}}, which is no declared param", text.name, placeholder.Name), d.meant(placeholder.Name))
	}
	for _, fault := range faults {
		d.fault(text.Place, fault.Rule, fmt.Sprintf("in its %s, %s", text.name, fault.Text), fault.Hint)
	}
}

// meant returns a hint to the param that a placeholder was probably meant to name.
func (d *definition) meant(name string) string {
	var known []string
	for _, p := range d.code.Params {
		known = append(known, p.Name)
	}
	if near := diag.Nearest(name, known); near != "" {
		return fmt.Sprintf("did you mean {{.%s}}?", near)
	}
	return "add the param to Params"
}
