package codescan

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/naming"
)

// domain is a domain while it is being read.
type domain struct {
	Domain
	unnamed bool // its name could not be read; what it declares is read too, but not returned
	codes   []*code
	labels  []*label
}

// label is a label while it is being read.
type label struct {
	Label
	folder *folder
}

const hintDomain = `write it out: catalog.NewDomain("shop", catalog.SourceLocale("de"))`

func (s *scanner) newDomain(call *ast.CallExpr, e env) (meaning, *obstacle) {
	d := &domain{Domain: Domain{
		Source: Text{Value: "en"}, Dir: e.file.folder.dir, Package: s.tree.mod.importPath(e.file.folder.dir),
		Place: e.file.place(call.Pos()),
	}}
	d.Var, _ = e.variable(call)
	s.domains = append(s.domains, d)
	switch {
	case e.loop:
		s.unread(d, d.Place, "declared domain cannot be read: it is declared in a loop", hintDomain)
	case len(call.Args) == 0:
		s.unread(d, d.Place, "declared domain cannot be read: its name and options are not written out", hintDomain)
	default:
		s.readDomain(d, call, e)
	}
	d.unnamed = d.Name == ""
	return d, nil
}

func (s *scanner) readDomain(d *domain, call *ast.CallExpr, e env) {
	name, why := s.text(call.Args[0], e)
	if why != nil {
		s.unread(d, e.file.place(call.Args[0].Pos()), "declared domain cannot be read: its name is no constant: "+why.text, hintDomain)
	} else if d.Name = name.Value; !naming.Domain(d.Name) {
		s.wrong(d, name.Place, RuleName, fmt.Sprintf("%q is no name for a domain", d.Name), "use "+naming.DomainForm)
	}
	for _, arg := range call.Args[1:] {
		m, why := s.eval(arg, e)
		o, ok := m.(*option)
		switch {
		case why != nil:
			s.unread(d, e.file.place(arg.Pos()), fmt.Sprintf("domain %q cannot be read: an option is no constant: %s", d.Name, why.text), hintDomain)
		case !ok:
		case o.function == "SourceLocale":
			d.Source = o.text
		case o.function == "LocalesDir":
			d.At = o.text.Value
		case o.function == "Docs":
			d.Docs = o.text.Value
		}
	}
}

// label reads a call of Domain.Label.
func (s *scanner) label(d *domain, call *ast.CallExpr, e env) (meaning, *obstacle) {
	l := &label{folder: e.file.folder}
	l.Place = e.file.place(call.Pos())
	l.Package = s.tree.mod.importPath(l.folder.dir)
	l.Var, l.Doc = e.variable(call)
	const hint = "declare each label in a variable of its own, with its name and text as string constants"
	unread := func(at Place, format string, args ...any) (meaning, *obstacle) {
		text := fmt.Sprintf(format, args...)
		s.unread(d, at, text, hint)
		return nil, stop("%s", text)
	}
	switch {
	case e.loop:
		return unread(l.Place, "declared label cannot be read: it is declared in a loop")
	case len(call.Args) != 2:
		return unread(l.Place, "declared label cannot be read: its name and text are not written out")
	}
	name, why := s.text(call.Args[0], e)
	if why != nil {
		return unread(e.file.place(call.Args[0].Pos()), "declared label cannot be read: its name is no constant: %s", why.text)
	}
	if l.Text, why = s.text(call.Args[1], e); why != nil {
		return unread(e.file.place(call.Args[1].Pos()), "label %q cannot be read: its text is no constant: %s", name.Value, why.text)
	}
	l.Name = name.Value
	s.checkLabel(d, l, name.Place)
	d.labels = append(d.labels, l)
	return l, nil
}

// checkLabel applies the rules of catalog's Domain.Label.
func (s *scanner) checkLabel(d *domain, l *label, at Place) {
	switch {
	case !naming.Label(l.Name):
		s.wrong(d, at, RuleName, fmt.Sprintf("%q is no name for a label", l.Name), "use "+naming.LabelForm)
	case naming.Reserved(l.Name):
		s.wrong(d, at, RuleName, fmt.Sprintf("the label name %q is reserved in locale files", l.Name), naming.WayOut("order_"+l.Name))
	case strings.TrimSpace(l.Text.Value) == "":
		s.wrong(d, l.Text.Place, RuleDeclaration, fmt.Sprintf("label %q has no text", l.Name), "")
	case strings.Contains(l.Text.Value, "{{"):
		s.wrong(d, l.Text.Place, RuleDeclaration, fmt.Sprintf("the text of label %q has a placeholder", l.Name), "labels take no arguments")
	case !utf8.ValidString(l.Text.Value):
		s.wrong(d, l.Text.Place, RuleDeclaration, fmt.Sprintf("the text of label %q is not valid UTF-8", l.Name), "")
	}
}

// assemble sorts what was read and finds what is declared twice.
func (s *scanner) assemble() {
	slices.SortStableFunc(s.domains, func(a, b *domain) int { return byPlace(a.Place, b.Place) })
	first := map[string]*domain{}
	for _, d := range s.domains {
		if d.unnamed {
			continue
		}
		if other := first[d.Name]; other != nil {
			s.wrong(d, d.Place, RuleDuplicate, fmt.Sprintf("domain %q is declared twice, first at %v", d.Name, other.Place),
				"use the variable of the first declaration, or another name")
		} else {
			first[d.Name] = d
		}
		s.assembleCodes(d)
		s.assembleLabels(d)
	}
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
			s.wrong(d, l.Place, RuleDuplicate, fmt.Sprintf("label %q is declared twice, first at %v", l.Name, other.Place), "")
		}
	}
	slices.SortFunc(d.Labels, func(a, b Label) int { return cmp.Compare(a.Name, b.Name) })
}

// isTwin reports whether two labels are the same variable, declared in two files for different systems.
func (l *label) isTwin(other *label) bool {
	return l.Var != "" && l.Var == other.Var && l.folder == other.folder && l.File != other.File && l.Text.Value == other.Text.Value
}

func byPlace(a, b Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
