package problem

import (
	"strconv"
	"strings"
)

// text returns the problem as text/plain: the texts as paragraphs, then the errors as a list, and last what to give to
// support.
func (p *Problem) text() []byte {
	var b strings.Builder
	for _, t := range []string{p.Title.Text, p.Detail.Text, p.Help.Text} {
		if t != "" {
			b.WriteString(t + "\n\n")
		}
	}
	if len(p.Errors) > 0 || p.Total > 0 {
		p.list(&b, "")
		b.WriteByte('\n')
	}
	b.WriteString(p.label() + "\n" + p.Instance() + "\n")
	return []byte(b.String())
}

// list writes the errors, each indented below the one that it belongs to.
func (p *Problem) list(b *strings.Builder, indent string) {
	for i := range p.Errors {
		e := &p.Errors[i]
		b.WriteString(indent + "- ")
		if e.Pointer != "" {
			b.WriteString(e.Pointer + " ")
		}
		b.WriteString(e.Text())
		if e.Help.Text != "" {
			b.WriteString(" " + e.Help.Text)
		}
		b.WriteByte('\n')
		e.list(b, indent+"  ")
	}
	if p.Total > 0 {
		b.WriteString(indent + "… " + p.portion() + "\n")
	}
}

// portion returns how many of the errors are shown, in figures alone, since it stands among texts of any language.
func (p *Problem) portion() string {
	return strconv.Itoa(len(p.Errors)) + " / " + strconv.Itoa(p.Total)
}

// label returns the code's name and number, as support asks for them.
func (p *Problem) label() string { return p.Name + " (" + strconv.Itoa(p.Code) + ")" }
