package model

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// The rules for a declaration. A program that breaks one panics when it starts.
var (
	RuleName = diag.Rule{ID: "name", Severity: diag.Error,
		Doc: "a declared name has the wrong form or is reserved"}
	RuleDuplicate = diag.Rule{ID: "duplicate", Severity: diag.Error,
		Doc: "a declared number or name belongs to another already"}
	RuleDeclaration = diag.Rule{ID: "declaration", Severity: diag.Error,
		Doc: "a declaration would panic"}
)

// Rules returns the rules for a declaration. Those for its placeholders are in package pattern.
func Rules() []diag.Rule { return []diag.Rule{RuleName, RuleDuplicate, RuleDeclaration} }

// Fault is what is wrong with a declaration.
type Fault struct {
	Field string // the field of the declaration: "Name", "Plural.By", "Params[0]"
	Place Place  // of the text, if the fault is in one and its place is known
	Rule  diag.Rule
	Text  string // lower case, no full stop
	Hint  string // how to fix it; may be empty
	Fix   diag.Fix
}

// Validate calls report for each fault of the domain's own declaration. Those of its codes and
// labels are not among them.
func (d *Domain) Validate(report func(Fault)) {
	if !naming.Domain(d.Name) {
		report(Fault{Field: "Name", Rule: RuleName,
			Text: fmt.Sprintf("%q is not a valid name for a domain",
				d.Name), Hint: "use " + naming.DomainForm})
	}
}

// Validate calls report for each fault of the declaration. Faults that only the whole domain shows,
// such as a number that is used twice, are reported by [Code.Clash].
func (c *Code) Validate(report func(Fault)) {
	invalid := func(field, text, hint string) {
		report(Fault{Field: field, Rule: RuleDeclaration, Text: text, Hint: hint})
	}
	switch {
	case !naming.Code(c.Name):
		report(Fault{Field: "Name", Rule: RuleName,
			Text: fmt.Sprintf("%q is not a valid name for a code", c.Name), Hint: "use " + naming.CodeForm})
	case naming.Reserved(c.Name):
		report(Fault{Field: "Name", Rule: RuleName,
			Text: fmt.Sprintf("the name %q is reserved in locale files",
				c.Name), Hint: naming.Instead("ORDER_" + c.Name)})
	}
	if title := &c.Texts[Title]; strings.TrimSpace(title.Forms[plural.Other]) == "" {
		invalid("Title", "it has no title", `add one: Title: "…"`)
	}
	if !isErrorStatus(c.HTTP) && !(c.HTTP == multiStatus && c.Aggregate) {
		invalid("HTTP", fmt.Sprintf("%d is not the HTTP status of an error", c.HTTP), "use 400 to 599")
	}
	if c.ReplacedBy != "" && c.Deprecated == "" {
		invalid("ReplacedBy", "it is replaced by another code but does not say why it is deprecated",
			`add Deprecated: "…"`)
	}
	for i := range c.Params {
		c.validateParam(i, report)
	}
	c.validateShownAs(invalid)
	c.validatePlural(invalid)
	for part := range c.Texts {
		text, name := &c.Texts[part], PartNames[part]
		if part == DetailZero || part == HelpZero {
			name = "text for an exact zero"
		}
		for category, form := range text.Forms {
			if form != "" {
				c.validateText(partFields[part], name, text, plural.Category(category), report)
			}
		}
	}
}

// validateShownAs refuses a code that could not be shown as the other one.
func (c *Code) validateShownAs(invalid func(field, text, hint string)) {
	shown := c.ShownAs
	if shown == nil {
		return
	}
	if shown.ShownAs != nil {
		other := shown.ShownAs.Name
		invalid("ShownAs",
			fmt.Sprintf("it is shown as %s, which is shown as %s itself", shown.Name, other),
			"name that code: ShownAs: "+other)
		return
	}
	if c.Aggregate || shown.Aggregate {
		invalid("ShownAs",
			fmt.Sprintf("it cannot be shown as %s, since an aggregate shows the errors inside it",
				shown.Name),
			"use a code that is not an aggregate")
		return
	}
	for j := range shown.Params {
		p := &shown.Params[j]
		if i := c.Takes(p); shown.Shows(j) && (i < 0 || !c.Params[i].MayBe(p)) {
			invalid("ShownAs",
				fmt.Sprintf("it cannot be shown as %s, whose texts need the param %q", shown.Name, p.Name),
				"add it to Params, as private as that code has it or less")
		}
	}
}

// multiStatus says that the parts of a request had different outcomes (RFC 4918, section 13), so an
// aggregate may have it.
const multiStatus = 207

// isErrorStatus also accepts 0, for a code that occurs in clients only.
func isErrorStatus(status int) bool { return status == 0 || status >= 400 && status <= 599 }

// validateParam compares a param with those before it.
func (s *Signature) validateParam(i int, report func(Fault)) {
	p, before := &s.Params[i], Signature{Params: s.Params[:i]}
	fault := func(rule diag.Rule, text, hint string) {
		report(Fault{Field: fmt.Sprintf("Params[%d]", i), Rule: rule, Text: text, Hint: hint})
	}
	switch {
	case p.Public && p.Sensitive:
		fault(RuleDeclaration, fmt.Sprintf("param %q is both public and sensitive", p.Name),
			"keep one of the two marks")
	case p.Public && p.isPhrase():
		fault(RuleDeclaration, fmt.Sprintf("param %q is a phrase, which programs cannot read", p.Name),
			"make its count a public param of its own")
	case !naming.Param(p.Name):
		fault(RuleName, fmt.Sprintf("%q is not a valid name for a param", p.Name),
			"use "+naming.ParamForm)
	case naming.ReservedParam(p.Name):
		fault(RuleName, fmt.Sprintf("the param name %q is reserved in locale files", p.Name),
			naming.Instead("Order"+p.Name))
	}
	if !p.Style.Fits(format.ParseKind(p.ElementKind())) {
		fault(RuleDeclaration, fmt.Sprintf("param %q of the kind %q cannot have the style %v", p.Name,
			p.ElementKind(), p.Style),
			"catalog.Style lists the styles of each kind; a date has at most one length")
	}
	sameInJSON := func(other Param) bool {
		return other.Public && p.Public && other.Name != p.Name &&
			naming.LowerCamel(other.Name) == naming.LowerCamel(p.Name)
	}
	if j := slices.IndexFunc(before.Params, sameInJSON); j >= 0 {
		fault(RuleDuplicate, fmt.Sprintf("the public params %q and %q are both %q in a response",
			s.Params[j].Name, p.Name, naming.LowerCamel(p.Name)), "rename one of them")
	}
	for _, name := range append([]string{p.Name}, p.FormerNames...) {
		if before.ParamIndex(name) >= 0 {
			fault(RuleDuplicate, fmt.Sprintf("param %q is declared twice", name), "remove one of them")
		}
	}
}

func (c *Code) validatePlural(invalid func(field, text, hint string)) {
	if c.Count == "" {
		c.validateUncounted(invalid)
		return
	}
	c.validateCount("Plural.By", invalid)
	counts := c.Texts[Title].Plural()
	for _, part := range Zeros {
		base := &c.Texts[part.Base]
		name, field := PartNames[part.Base], partFields[part.Base]
		counts = counts || base.Plural() || part.Base == Detail && !base.Missing()
		switch {
		case base.Plural() && base.Forms[plural.Other] == "":
			invalid("Plural",
				fmt.Sprintf(`it has a plural but no %s, which is the form for "other"`, name), "add a "+field)
		case base.Missing() && !c.Texts[part.Zero].Missing():
			invalid(partFields[part.Zero],
				fmt.Sprintf("it has a %s for an exact zero but no %s", name, name), "add a "+field)
			counts = true
		}
	}
	if !counts {
		invalid("Plural", `it has a plural but no detail, which is the form for "other"`, "add a Detail")
	}
}

// validateCount reports a count that is not an Int among the params.
func (s *Signature) validateCount(field string, invalid func(field, text, hint string)) {
	switch i := s.ParamIndex(s.Count); {
	case i < 0 || s.Params[i].Name != s.Count:
		invalid(field, fmt.Sprintf("the plural's param %q is not among the params", s.Count),
			"add it to Params")
	case s.Params[i].Kind != "int":
		invalid(field,
			fmt.Sprintf("a plural needs an Int, and %q is of the kind %q", s.Count, s.Params[i].Kind),
			"count by a param that catalog.Int declares")
	}
}

// validateUncounted reports the first form that would need a count.
func (c *Code) validateUncounted(invalid func(field, text, hint string)) {
	for _, part := range [...]int{Detail, Title, Help} {
		for category, form := range c.Texts[part].Forms {
			if form != "" && plural.Category(category) != plural.Other {
				invalid("Plural",
					fmt.Sprintf("it has a plural form %q but no count",
						plural.Category(category)), "add the count as By")
				return
			}
		}
	}
	for _, part := range Zeros {
		if !c.Texts[part.Zero].Missing() {
			invalid(partFields[part.Zero], "it has a text for an exact zero but no count",
				"add the count as By")
			return
		}
	}
}

// validateText reports what is wrong with a form of a text, which faults call by the name.
func (s *Signature) validateText(
	field, name string, text *Text, category plural.Category, report func(Fault),
) {
	if category != plural.Other {
		name = fmt.Sprintf("form %q", category)
	}
	fault := Fault{Field: field, Place: text.Places.Of(category)}
	if !utf8.ValidString(text.Forms[category]) {
		fault.Rule, fault.Text = RuleDeclaration, fmt.Sprintf("its %s is not valid UTF-8", name)
		report(fault)
	}
	_, faults := pattern.Compile(text.Forms[category], s.ParamIndex)
	for _, found := range faults {
		fault.Rule, fault.Hint, fault.Fix = found.Rule, found.Hint, diag.Fix{}
		if found.Rule == pattern.RulePlaceholderSyntax {
			fault.Text = fmt.Sprintf("in its %s, %s", name, found.Text)
			report(fault)
			continue
		}
		fault.Text = fmt.Sprintf("its %s has the placeholder {{.%s}}, which is not a declared param",
			name, found.Name)
		fault.Hint = "add the param to Params"
		if near := diag.Nearest(found.Name, s.ParamNames()); near != "" {
			fix := "{{." + near + "}}"
			fault.Hint = "did you mean " + fix + "?"
			fault.Fix = diag.Fix{Old: text.Forms[category][found.Start:found.End], New: fix}
		}
		report(fault)
	}
}

// partFields are the fields of a declaration that have the parts.
var partFields = [NumParts]string{"Title", "Detail", "Plural.ExactZero", "Help",
	"Plural.HelpExactZero"}

// Clash returns the fault of a code that has the number or the name of another code of its domain,
// which was declared before, or nil.
func (c *Code) Clash(other *Code) *Fault {
	switch {
	case c.Number == other.Number:
		return &Fault{Field: "Number", Rule: RuleDuplicate,
			Text: fmt.Sprintf("the number %d belongs to %s, declared at %v", c.Number, other.Name,
				other.Place),
			Hint: "give one of the two a number that was never used"}
	case c.Name == other.Name:
		return &Fault{Field: "Name", Rule: RuleDuplicate,
			Text: fmt.Sprintf("the name %s belongs to %d, declared at %v", c.Name, other.Number,
				other.Place),
			Hint: "give one of the two a name that was never used"}
	}
	return nil
}

// Validate calls report for each fault of the declaration.
func (p *Phrase) Validate(report func(Fault)) {
	invalid := func(field, text, hint string) {
		report(Fault{Field: field, Rule: RuleDeclaration, Text: text, Hint: hint})
	}
	if fault := faultOfName("phrase", p.Name); fault != nil {
		report(*fault)
	}
	if strings.TrimSpace(p.Text.Forms[plural.Other]) == "" {
		invalid("Text", noText, hintNoText)
	}
	for i := range p.Params {
		if p.Params[i].isPhrase() {
			invalid(fmt.Sprintf("Params[%d]", i),
				fmt.Sprintf("param %q is a phrase, and a phrase cannot contain another", p.Params[i].Name),
				"make both params of the code")
		}
		p.validateParam(i, report)
	}
	if p.Count != "" {
		p.validateCount("By", invalid)
	} else if p.Text.Plural() {
		invalid("Forms", "it has plural forms but no count", "add the count as By")
	}
	for category, form := range p.Text.Forms {
		if form != "" {
			p.validateText("Text", "text", &p.Text, plural.Category(category), report)
		}
	}
}

const noText, hintNoText = "it has no text", "write the text in the source locale"

// faultOfName returns the fault of the name of a label or phrase, or nil.
func faultOfName(what, name string) *Fault {
	switch {
	case !naming.Label(name):
		return &Fault{Field: "Name", Rule: RuleName,
			Text: fmt.Sprintf("%q is not a valid name for a %s", name, what),
			Hint: "use " + naming.LabelForm}
	case naming.Reserved(name):
		return &Fault{Field: "Name", Rule: RuleName,
			Text: fmt.Sprintf("the name %q is reserved in locale files", name),
			Hint: naming.Instead("order_" + name)}
	}
	return nil
}

// Validate calls report for each fault of the declaration.
func (l *Label) Validate(report func(Fault)) {
	text := l.Text.Forms[plural.Other]
	fault := Fault{Field: "Text", Rule: RuleDeclaration, Place: l.Text.Places.Of(plural.Other)}
	if name := faultOfName("label", l.Name); name != nil {
		fault = *name
	} else {
		switch {
		case strings.TrimSpace(text) == "":
			fault.Text, fault.Hint = noText, hintNoText
		case strings.Contains(text, "{{"):
			fault.Text = "its text has a placeholder"
			fault.Hint = "a label takes no arguments; a phrase does"
		case !utf8.ValidString(text):
			fault.Text = "its text is not valid UTF-8"
		default:
			return
		}
	}
	report(fault)
}

// Clash returns the fault of a label that has the name of another label of its domain, which was
// declared before, or nil.
func (l *Label) Clash(other *Label) *Fault {
	if l.Name != other.Name {
		return nil
	}
	return twice(other.Place)
}

// Clash returns the fault of a phrase that has the name of another phrase of its domain, which was
// declared before, or nil.
func (p *Phrase) Clash(other *Phrase) *Fault {
	if p.Name != other.Name {
		return nil
	}
	return twice(other.Place)
}

func twice(first Place) *Fault {
	return &Fault{Field: "Name", Rule: RuleDuplicate,
		Text: fmt.Sprintf("it is declared twice, first at %v", first), Hint: "remove one of the two"}
}

// Clash returns the fault of a domain that has the name of another one, which was declared before,
// or nil.
func (d *Domain) Clash(other *Domain) *Fault {
	if d.Name != other.Name {
		return nil
	}
	return &Fault{Field: "Name", Rule: RuleDuplicate,
		Text: fmt.Sprintf("it is declared twice, first at %v", other.Place),
		Hint: "use the variable of the first declaration, or another name"}
}
