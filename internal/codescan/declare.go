package codescan

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// domain is a domain while it is being read.
type domain struct {
	model.Domain
	unnamed bool // its name could not be read; what it declares is read too, but not returned
	// what it is known by in its package, if that is a variable
	file     *file
	variable string
	chosen   bool // a package argument names its package, or that of a code or label
	codes    []*code
	phrases  []*phrase
	labels   []*label
}

// code is a code while it is being read.
type code struct {
	model.Code
	domain   *domain
	folder   *folder
	variable string // at package level; empty if it is kept otherwise
	shown    []bool // which params its texts depend on
}

// phrase is a phrase while it is being read.
type phrase struct {
	model.Phrase
	domain   *domain
	folder   *folder
	variable string
}

// said is a phrase with its arguments.
type said struct {
	*phrase
	args []format.Value
}

// label is a label while it is being read.
type label struct {
	model.Label
	folder   *folder
	variable string
}

func (d *domain) subject() string { return "domain " + diag.Quote(d.Name) }
func (c *code) subject() string   { return "code " + diag.Cut(c.Name) }
func (p *phrase) subject() string { return "phrase " + diag.Quote(p.Name) }
func (l *label) subject() string  { return "label " + diag.Quote(l.Name) }

func (l *label) text() string { return l.Text.Forms[plural.Other] }

func (d *domain) isChosen(chosen *matcher) bool {
	return chosen.match(d.Dir) ||
		slices.ContainsFunc(d.codes, func(c *code) bool { return chosen.match(c.folder.dir) }) ||
		slices.ContainsFunc(d.phrases, func(p *phrase) bool { return chosen.match(p.folder.dir) }) ||
		slices.ContainsFunc(d.labels, func(l *label) bool { return chosen.match(l.folder.dir) })
}

const hintDomain = `write it out: catalog.NewDomain("shop", catalog.SourceLocale("de"))`

// newDomain reads a call of catalog.NewDomain.
func (s *scanner) newDomain(call *ast.CallExpr, e env) (meaning, *obstacle) {
	if !e.file.folder.own {
		return nil, stop("%s declares a domain of another module", show(call))
	}
	d := &domain{file: e.file, Domain: model.Domain{
		Source: language.English, Dir: e.file.folder.dir, Place: e.file.place(call.Pos()),
	}}
	d.variable, _ = e.variable(call)
	switch {
	case s.isFull(d, d.Place):
	case e.loop:
		s.unread(d, d.Place, "declared domain cannot be read: it is declared in a loop", hintDomain)
	case len(call.Args) == 0:
		s.unread(d, d.Place, "declared domain cannot be read: its name and options are not written out",
			hintDomain)
	default:
		s.readDomain(d, call, e)
	}
	d.unnamed = d.Name == ""
	if i := slices.IndexFunc(s.domains, d.isTwin); i >= 0 {
		first := s.domains[i]
		if d.Source != first.Source || d.LocalesDir != first.LocalesDir {
			s.refuse(first, d.Place, d.subject(), differs(first.Place))
		}
		return first, nil
	}
	s.domains = append(s.domains, d)
	return d, nil
}

// isTwin reports whether two domains are the same variable, declared in two files for different
// systems: otherwise the package would not compile.
func (d *domain) isTwin(other *domain) bool {
	return d.variable != "" && d.variable == other.variable && d.Name == other.Name &&
		d.file != other.file && d.file.folder == other.file.folder &&
		d.file.tree.Name.Name == other.file.tree.Name.Name
}

// differs returns the fault of a declaration that differs from the one at a place.
func differs(first model.Place) model.Fault {
	return model.Fault{Rule: model.RuleDuplicate,
		Text: fmt.Sprintf("it differs from its declaration for other systems, at %v", first),
		Hint: "declare it once, in a file without build constraints"}
}

func (s *scanner) readDomain(d *domain, call *ast.CallExpr, e env) {
	name, at, why := s.name(call.Args[0], e)
	if why != nil {
		s.unread(d, e.file.place(call.Args[0].Pos()),
			"declared domain cannot be read: its name is not a constant: "+why.text, hintDomain)
	} else {
		d.Name = name
		d.Validate(func(f model.Fault) { s.refuse(d, at, d.subject(), f) })
	}
	for _, arg := range call.Args[1:] {
		m, why := s.eval(arg, e)
		o, ok := m.(*option)
		switch {
		case why != nil:
			s.unread(d, e.file.place(arg.Pos()),
				d.subject()+" cannot be read: an option is not a constant: "+why.text, hintDomain)
		case !ok:
		case o.function == "LocalesDir":
			d.LocalesDir = o.text
		case o.function == "Docs":
			d.Docs = model.DocsBase(o.text)
		case o.function == "SourceLocale":
			if d.Source, _ = model.ParseSource(o.text); d.Source == language.Und {
				s.refuse(d, o.place, d.subject(), model.Fault{Rule: model.RuleDeclaration,
					Text: fmt.Sprintf("the source locale %q is not a language tag", o.text),
					Hint: `use one such as "en" or "pt-BR"`})
			}
		}
	}
}

// label reads a call of Domain.Label.
func (s *scanner) label(d *domain, call *ast.CallExpr, e env) (meaning, *obstacle) {
	l := &label{folder: e.file.folder}
	l.Place = e.file.place(call.Pos())
	l.variable, l.Doc = e.variable(call)
	unread := func(at model.Place, format string, args ...any) (meaning, *obstacle) {
		text := fmt.Sprintf(format, args...)
		s.unread(d, at, text,
			"declare each label in a variable of its own, with its name and text as string constants")
		return nil, stop("%s", text)
	}
	switch {
	case s.isFull(d, l.Place):
		return nil, stop("%s is not read", show(call.Fun))
	case e.loop:
		return unread(l.Place, "declared label cannot be read: it is declared in a loop")
	case len(call.Args) != 2:
		return unread(l.Place, "declared label cannot be read: its name and text are not written out")
	}
	name, at, why := s.name(call.Args[0], e)
	if why != nil {
		return unread(e.file.place(call.Args[0].Pos()),
			"declared label cannot be read: its name is not a constant: %s", why.text)
	}
	l.Name = name
	text, written, why := s.text(call.Args[1], e)
	l.Text.Forms[plural.Other] = text
	l.Text.Places.Set(plural.Other, written)
	if why != nil {
		return unread(e.file.place(call.Args[1].Pos()),
			"label %q cannot be read: its text is not a constant: %s", name, why.text)
	}
	l.Validate(func(f model.Fault) { s.refuse(d, at, l.subject(), f) })
	d.labels = append(d.labels, l)
	return l, nil
}

func (s *scanner) assembleLabels(d *domain) {
	slices.SortStableFunc(d.labels, func(a, b *label) int { return byPlace(a.Place, b.Place) })
	first := map[string]*label{}
	for _, l := range d.labels {
		other := first[l.Name]
		switch {
		case other == nil:
			first[l.Name] = l
			d.Labels = append(d.Labels, l.Label)
		case !l.isTwin(other):
			s.refuse(d, l.Place, l.subject(), *l.Clash(&other.Label))
		}
	}
	slices.SortFunc(d.Labels, func(a, b model.Label) int { return cmp.Compare(a.Name, b.Name) })
}

// isTwin reports whether two labels are the same variable, declared in two files for different
// systems.
func (l *label) isTwin(other *label) bool {
	return l.variable != "" && l.variable == other.variable && l.folder == other.folder &&
		l.Place.File != other.Place.File && l.text() == other.text()
}

// phrase reads a call of Domain.Phrase.
func (s *scanner) phrase(d *domain, call *ast.CallExpr, e env) (meaning, *obstacle) {
	p := &phrase{domain: d, folder: e.file.folder}
	p.Place = e.file.place(call.Pos())
	p.variable, p.Doc = e.variable(call)
	def := &definition{scanner: s, domain: d, signature: &p.Signature,
		fields: map[string]model.Place{},
		subject: func() string {
			if p.Name == "" {
				return "declared phrase"
			}
			return p.subject()
		}}
	const hint = "declare each phrase in a package-level variable of its own"
	switch {
	case s.isFull(d, p.Place):
		def.unread = true
	case e.loop:
		def.stop(p.Place, "it is declared in a loop", hint)
	case len(call.Args) != 2:
		def.stop(p.Place, "its name and spec are not written out", hint)
	default:
		def.readName(&p.Name, call.Args[0], e)
		def.literal("PhraseSpec", "", call.Args[1], e, func(name string, value ast.Expr, e env) {
			switch name {
			case "Text":
				def.form(&p.Text, plural.Other, "text", value, e)
			case "By":
				def.count(value, e)
			case "Forms":
				def.literal("Forms", "Forms.", value, e, def.forms(&p.Text))
			case "Params":
				def.readParams(value, e)
			case "Max":
				p.Text.Max = def.int("limit", value, e)
			}
		})
	}
	if def.unread {
		return nil, stop("%s cannot be read", show(call.Fun))
	}
	p.Validate(func(f model.Fault) {
		s.refuse(d, cmp.Or(def.fields[f.Field], p.Place), p.subject(), f)
	})
	d.phrases = append(d.phrases, p)
	return p, nil
}

func (s *scanner) assemblePhrases(d *domain) {
	slices.SortStableFunc(d.phrases, func(a, b *phrase) int { return byPlace(a.Place, b.Place) })
	first := map[string]*phrase{}
	for _, p := range d.phrases {
		other := first[p.Name]
		switch {
		case other == nil:
			first[p.Name] = p
			d.Phrases = append(d.Phrases, p.Phrase)
		case !p.isTwin(other):
			s.refuse(d, p.Place, p.subject(), *p.Clash(&other.Phrase))
		case !p.isLike(other):
			s.refuse(d, p.Place, p.subject(), differs(other.Place))
		}
	}
	slices.SortFunc(d.Phrases, func(a, b model.Phrase) int { return cmp.Compare(a.Name, b.Name) })
}

// isTwin reports whether two phrases are the same variable, declared in two files for different
// systems.
func (p *phrase) isTwin(other *phrase) bool {
	return p.variable != "" && p.variable == other.variable && p.folder == other.folder &&
		p.Place.File != other.Place.File
}

// isLike reports whether two declarations say the same, wherever they are.
func (p *phrase) isLike(other *phrase) bool {
	a, b := p.Phrase, other.Phrase
	a.Place, a.Doc, a.Text.Places = b.Place, b.Doc, b.Text.Places
	return reflect.DeepEqual(a, b)
}

// definition reads one call of Domain.Define or Domain.Phrase.
type definition struct {
	*scanner
	domain    *domain
	subject   func() string
	signature *model.Signature
	unread    bool
	code      *code // nil for a phrase
	// where the values of the fields are written, by the names that a fault has for them
	fields map[string]model.Place
}

const maxParams = 100 // of a code

const hintLoop = "declare each code in a package-level variable of its own"

func (s *scanner) define(d *domain, call *ast.CallExpr, e env) (meaning, *obstacle) {
	c := &code{domain: d, folder: e.file.folder}
	c.Place = e.file.place(call.Pos())
	c.variable, c.Doc = e.variable(call)
	def := &definition{scanner: s, domain: d, signature: &c.Signature, code: c,
		fields: map[string]model.Place{},
		subject: func() string {
			if c.Name == "" {
				return "declared code"
			}
			return c.subject()
		}}
	switch {
	case s.isFull(d, c.Place):
		def.unread = true
	case e.loop:
		def.stop(c.Place, "it is declared in a loop", hintLoop)
	case len(call.Args) != 3:
		def.stop(c.Place, "its number, name and spec are not written out", hintLoop)
	default:
		def.read(call, e)
	}
	if def.unread {
		return nil, stop("%s cannot be read", show(call.Fun))
	}
	c.Validate(func(f model.Fault) {
		s.refuse(d, cmp.Or(def.fields[f.Field], c.Place), c.subject(), f)
	})
	c.shown = make([]bool, len(c.Params))
	for i := range c.Params {
		c.shown[i] = c.Shows(i)
	}
	d.codes = append(d.codes, c)
	return c, nil
}

// stop notes why the declaration cannot be read.
func (d *definition) stop(at model.Place, text, hint string) {
	d.unread = true
	d.scanner.unread(d.domain, at, d.subject()+" cannot be read: "+text, hint)
}

// readName reads the argument that is the name.
func (d *definition) readName(name *string, x ast.Expr, e env) {
	var why *obstacle
	if *name, d.fields["Name"], why = d.name(x, e); why != nil {
		d.stop(e.file.place(x.Pos()), "its name is not a constant: "+why.text,
			"write the name as a string constant")
	}
}

func (d *definition) read(call *ast.CallExpr, e env) {
	c := d.code
	d.readName(&c.Name, call.Args[1], e)
	var why *obstacle
	if c.Number, why = d.integer(call.Args[0], e); why != nil {
		d.stop(e.file.place(call.Args[0].Pos()), "its number is not a constant: "+why.text,
			"write the number as an integer constant")
	}
	d.literal("Spec", "", call.Args[2], e, d.field)
}

// literal reads a struct literal and calls read for each of its fields. The prefix goes before the
// fields' names. A literal without the names of its fields would change its meaning with every
// field that is added to the type.
func (d *definition) literal(
	typ, prefix string, x ast.Expr, e env, read func(name string, value ast.Expr, e env),
) {
	lit, e2, why := d.composite(x, e, typ)
	if why != nil {
		what, hint := strings.ToLower(typ), fmt.Sprintf("write it as catalog.%s{…}", typ)
		switch typ {
		case "Spec", "PhraseSpec":
			what = "spec"
			hint = fmt.Sprintf("write the spec as catalog.%s{…}, in the call or in a package-level variable",
				typ)
		case "Forms":
			what = "set of forms"
		}
		d.stop(e.file.place(x.Pos()), fmt.Sprintf("its %s is not a literal: %s", what, why.text), hint)
		return
	}
	for _, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				d.fields[prefix+key.Name] = e2.file.place(pair.Value.Pos())
				read(key.Name, pair.Value, e2)
				continue
			}
		}
		d.stop(e2.file.place(element.Pos()), "the fields of its spec have no names",
			`write the names of the fields, as in Title: "…"`)
		return
	}
}

// field reads a field of the spec. RPC, Audience, Retry and Action may be what only the program
// knows, since no locale file depends on them.
func (d *definition) field(name string, value ast.Expr, e env) {
	c := d.code
	other := func(part int) { d.form(&c.Texts[part], plural.Other, model.PartNames[part], value, e) }
	switch name {
	case "Title":
		other(model.Title)
	case "Detail":
		other(model.Detail)
	case "Help":
		other(model.Help)
	case "Deprecated":
		c.Deprecated, _ = d.str("deprecation", value, e)
	case "Plural":
		d.literal("Plural", "Plural.", value, e, d.plural)
	case "Params":
		d.readParams(value, e)
	case "Max":
		d.literal("Max", "Max.", value, e, d.max)
	case "HTTP":
		c.HTTP = d.int("HTTP status", value, e)
	case "Aggregate":
		v, why := d.fold(value, e)
		// Whether a status is allowed depends on it, and what is not known may be allowed.
		c.Aggregate = why != nil || v.Kind() == constant.Bool && constant.BoolVal(v)
	case "RPC":
		c.RPC = d.choice(value, e)
	case "Audience":
		c.Audience = d.choice(value, e)
	case "Retry":
		c.Retry = d.choice(value, e)
	case "Action":
		c.Action = d.choice(value, e)
	case "ReplacedBy":
		d.replacedBy(value, e)
	case "ShownAs":
		if other := d.other(value, e); other != nil {
			c.ShownAs = &other.Code
		}
	}
}

// form reads a form of a text.
func (d *definition) form(
	text *model.Text, category plural.Category, what string, x ast.Expr, e env,
) {
	form, at := d.str(what, x, e)
	text.Forms[category] = form
	text.Places.Set(category, at)
}

// str reads a field that is a string.
func (d *definition) str(what string, x ast.Expr, e env) (string, model.Place) {
	text, at, why := d.text(x, e)
	if why != nil {
		d.stop(e.file.place(x.Pos()), fmt.Sprintf("its %s is not a constant: %s", what, why.text),
			fmt.Sprintf("write the %s as a string constant", what))
	}
	return text, at
}

// choice reads a field that is one of a few constants, or several of them. It returns 0 if only the
// program knows which, and notes that.
func (d *definition) choice(x ast.Expr, e env) uint8 {
	v, why := d.fold(x, e)
	if why != nil || v.Kind() != constant.Int {
		d.code.Unread = true
		return 0
	}
	n, _ := constant.Uint64Val(v)
	return uint8(n)
}

// int reads a field that is a number.
func (d *definition) int(what string, x ast.Expr, e env) int {
	n, why := d.integer(x, e)
	if why != nil {
		d.stop(e.file.place(x.Pos()), fmt.Sprintf("its %s is not a constant: %s", what, why.text),
			fmt.Sprintf("write the %s as a constant", what))
	}
	return n
}

// readParams reads the spec's Params.
func (d *definition) readParams(x ast.Expr, e env) {
	if d.isNil(x, e) {
		return
	}
	lit, e, why := d.composite(x, e, "Params")
	if why != nil {
		d.stop(e.file.place(x.Pos()), "its params are not a literal: "+why.text,
			"write them as catalog.Params{…}")
		return
	}
	if len(lit.Elts) > maxParams {
		d.stop(e.file.place(x.Pos()), fmt.Sprintf("it has more than %d params", maxParams),
			"a text that needs so many is several texts")
		return
	}
	for _, element := range lit.Elts {
		if p := d.param(element, e); p != nil {
			d.fields[fmt.Sprintf("Params[%d]", len(d.signature.Params))] = e.file.place(element.Pos())
			d.signature.Params = append(d.signature.Params, p.Param)
		}
	}
}

// param reads a param, or notes that it cannot be read.
func (d *definition) param(x ast.Expr, e env) *param {
	m, why := d.eval(x, e)
	if p, ok := m.(*param); ok {
		return p
	}
	if d.isNil(x, e) {
		why = nil
	}
	d.stop(e.file.place(x.Pos()), "one of its params is not known: "+orDescribe(why, x).text,
		"declare the param in a package-level variable of this module, "+
			`as in catalog.String("Item", "Blue socks")`)
	return nil
}

func (d *definition) plural(name string, value ast.Expr, e env) {
	texts := &d.code.Texts
	switch name {
	case "Title":
		d.literal("Forms", "Plural.Title.", value, e, d.forms(&texts[model.Title]))
	case "Help":
		d.literal("Forms", "Plural.Help.", value, e, d.forms(&texts[model.Help]))
	case "ExactZero":
		d.form(&texts[model.DetailZero], plural.Other, "text for an exact zero", value, e)
	case "HelpExactZero":
		d.form(&texts[model.HelpZero], plural.Other, "text for an exact zero", value, e)
	case "By":
		d.count(value, e)
	default:
		d.forms(&texts[model.Detail])(name, value, e)
	}
}

// forms returns the function that reads a text's form for the plural category that a field is named
// after.
func (d *definition) forms(text *model.Text) func(name string, value ast.Expr, e env) {
	return func(name string, value ast.Expr, e env) {
		if category, ok := plural.ParseCategory(strings.ToLower(name)); ok {
			d.form(text, category, fmt.Sprintf("form %q", category), value, e)
		}
	}
}

// count reads the param that selects the plural forms.
func (d *definition) count(value ast.Expr, e env) {
	if d.isNil(value, e) {
		return
	}
	if by := d.param(value, e); by != nil {
		d.signature.Count = by.Name
	}
}

func (d *definition) max(name string, value ast.Expr, e env) {
	n := d.int("limit", value, e)
	switch texts := &d.code.Texts; name {
	case "Title":
		texts[model.Title].Max = n
	case "Detail":
		texts[model.Detail].Max, texts[model.DetailZero].Max = n, n
	case "Help":
		texts[model.Help].Max, texts[model.HelpZero].Max = n, n
	}
}

// replacedBy reads the code that takes the place of this one. No locale file depends on its name,
// so a code of another module is accepted.
func (d *definition) replacedBy(x ast.Expr, e env) {
	if other := d.other(x, e); other != nil {
		d.code.ReplacedBy = other.Name
	} else if !d.isNil(x, e) {
		d.code.ReplacedBy = show(x)
	}
}

// other returns the code that a field names, or nil if it is not known.
func (d *definition) other(x ast.Expr, e env) *code {
	m, _ := d.eval(x, e)
	other, ok := m.(*code)
	if !ok || slices.ContainsFunc(d.refer(x, e), d.isChanged) {
		return nil
	}
	return other
}

// assembleCodes sorts the domain's codes and finds numbers and names that are used twice.
func (s *scanner) assembleCodes(d *domain) {
	slices.SortStableFunc(d.codes, func(a, b *code) int { return byPlace(a.Place, b.Place) })
	numbers, names := make(map[int]*code, len(d.codes)), make(map[string]*code, len(d.codes))
	d.Codes = make([]model.Code, 0, len(d.codes))
	for _, c := range d.codes {
		number, name := numbers[c.Number], names[c.Name]
		other := cmp.Or(number, name)
		switch {
		case other == nil:
			numbers[c.Number], names[c.Name] = c, c
			d.Codes = append(d.Codes, c.Code)
		case number == nil || name != number || !c.isTwin(number):
			s.unreliable(d)
			d.Contested = append(d.Contested, other.Name)
			s.refuse(d, c.Place, c.subject(), *c.Clash(&other.Code))
		case !c.isLike(number):
			s.unreliable(d)
			s.refuse(d, c.Place, c.subject(), differs(number.Place))
		}
	}
	slices.SortFunc(d.Codes, func(a, b model.Code) int { return cmp.Compare(a.Number, b.Number) })
}

// isTwin reports whether two codes are the same variable, declared in two files for different
// systems: otherwise the package would not compile.
func (c *code) isTwin(other *code) bool {
	return c.variable != "" && c.variable == other.variable && c.folder == other.folder &&
		c.Place.File != other.Place.File
}

// isLike reports whether two declarations say the same, wherever they are.
func (c *code) isLike(other *code) bool {
	a, b := c.Code, other.Code
	a.Place, b.Place = model.Place{}, model.Place{}
	a.Doc, b.Doc = "", ""
	for part := range a.Texts {
		a.Texts[part].Places = b.Texts[part].Places
	}
	return reflect.DeepEqual(a, b)
}
