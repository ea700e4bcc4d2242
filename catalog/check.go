package catalog

import (
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// place is where a declaration stands in the source.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// caller returns the place that called the exported function which called this one.
func caller() place {
	_, file, line, _ := runtime.Caller(2)
	return place{file, line}
}

// check reads the declaration of a code and returns its first fault in words, or "".
func (c *Code) check() string {
	switch {
	case !naming.Code(c.name):
		return fmt.Sprintf("%q is no name for a code: use %s", c.name, naming.CodeForm)
	case naming.Reserved(c.name):
		return fmt.Sprintf("the name %q is reserved in locale files: %s", c.name, naming.WayOut("ORDER_"+c.name))
	case strings.TrimSpace(c.spec.Title) == "":
		return "it has no title"
	case !isErrorStatus(c.spec.HTTP) && !(c.spec.HTTP == multiStatus && c.spec.Aggregate):
		return fmt.Sprintf("%d is no HTTP status of an error: use 400 to 599", c.spec.HTTP)
	case c.spec.ReplacedBy != nil && c.spec.Deprecated == "":
		return "it is replaced by another code but does not say why it is deprecated"
	}
	if fault := c.checkParams(); fault != "" {
		return fault
	}
	if fault := c.checkPlural(); fault != "" {
		return fault
	}
	return c.compile()
}

// multiStatus says that the parts of a request had different outcomes (RFC 4918, section 13), so an aggregate may have it.
const multiStatus = 207

// isErrorStatus accepts 0 too, for a code that arises in clients only.
func isErrorStatus(status int) bool { return status == 0 || status >= 400 && status <= 599 }

func (c *Code) checkParams() string {
	for _, declared := range c.spec.Params {
		if declared == nil || declared.declared() == nil {
			return "a param is nil: declare it by a function such as catalog.String, in a package-level variable"
		}
		p := declared.declared()
		switch {
		case p.public && p.sensitive:
			return fmt.Sprintf("param %q is both public and sensitive", p.name)
		case !naming.Param(p.name):
			return fmt.Sprintf("%q is no name for a param: use %s", p.name, naming.ParamForm)
		case naming.ReservedParam(p.name):
			return fmt.Sprintf("the param name %q is reserved in locale files: %s", p.name, naming.WayOut("Order"+p.name))
		}
		if other := c.namesake(p); other != nil {
			return fmt.Sprintf("the public params %q and %q are both %q in a response: rename one of them", other.name, p.name, naming.LowerCamel(p.name))
		}
		for _, name := range append([]string{p.name}, p.was...) {
			if c.ParamIndex(name) >= 0 {
				return fmt.Sprintf("param %q is declared twice", name)
			}
		}
		c.params = append(c.params, p)
	}
	return ""
}

// namesake returns the public param that would have the same name in a response's params as the public param p, or nil.
func (c *Code) namesake(p *param) *param {
	for _, other := range c.params {
		if other.public && p.public && other.name != p.name && naming.LowerCamel(other.name) == naming.LowerCamel(p.name) {
			return other
		}
	}
	return nil
}

func (c *Code) checkPlural() string {
	by := c.spec.Plural.By
	if by == nil {
		for category := range c.spec.Plural.Forms() {
			return fmt.Sprintf("it has a plural form %q but does not say by which param", category)
		}
		return ""
	}
	p := by.declared()
	if p == nil {
		return "the plural's param is nil"
	}
	if p.kind != format.Int {
		return fmt.Sprintf("a plural needs an Int, and %q is of the kind %q", p.name, p.Kind())
	}
	c.count = c.place(Arg{param: p.origin})
	switch {
	case c.count < 0:
		return fmt.Sprintf("the plural's param %q is not among the code's params", p.name)
	case c.spec.Detail == "":
		return "it has a plural but no detail, which is the form for \"other\""
	}
	return ""
}

// compile parses the code's texts and returns their first fault in words, or "".
func (c *Code) compile() string {
	for part := range Parts() {
		var forms pattern.Forms
		if fault := c.compileForm(&forms[plural.Other], part, c.spec.Text(part)); fault != "" {
			return fault
		}
		if part == Detail {
			for name, text := range c.spec.Plural.Forms() {
				category, _ := plural.ParseCategory(name)
				if fault := c.compileForm(&forms[category], part, text); fault != "" {
					return fault
				}
			}
		}
		c.source[part] = pattern.NewText(&forms)
	}
	return ""
}

func (c *Code) compileForm(form *pattern.Pattern, part Part, text string) string {
	if !utf8.ValidString(text) {
		return fmt.Sprintf("its %v is not valid UTF-8", part)
	}
	compiled, faults := pattern.Compile(text, c.ParamIndex)
	if len(faults) == 0 {
		*form = compiled
		return ""
	}
	if fault := faults[0]; fault.Rule != pattern.RuleUnknownPlaceholder {
		return fmt.Sprintf("in its %v, %s: %s", part, fault.Text, fault.Hint)
	}
	return fmt.Sprintf("its %v has the %s, which is no declared param", part, faults[0].Text)
}

// checkLabel returns the fault of a label's declaration in words, or "".
func checkLabel(name, text string) string {
	switch {
	case !naming.Label(name):
		return fmt.Sprintf("%q is no name for a label: use %s", name, naming.LabelForm)
	case naming.Reserved(name):
		return fmt.Sprintf("the label name %q is reserved in locale files: %s", name, naming.WayOut("order_"+name))
	case strings.TrimSpace(text) == "":
		return fmt.Sprintf("label %q has no text", name)
	case strings.Contains(text, "{{"):
		return fmt.Sprintf("the text of label %q has a placeholder, and labels take no arguments", name)
	case !utf8.ValidString(text):
		return fmt.Sprintf("the text of label %q is not valid UTF-8", name)
	}
	return ""
}
