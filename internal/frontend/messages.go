package frontend

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// messages returns the texts of a locale for another library: JSON, with a line per text. It has no
// text that only the server can say.
func (l *localeTexts) messages(write func(*message) string) []byte {
	b := bytes.NewBufferString("{")
	n := 0
	for i := range l.codes {
		c := &l.codes[i]
		for _, p := range c.texts() {
			if !isServerOnly(c.code, p.text) {
				member(b, n, c.domain+"/"+c.code.Name+"."+p.name, write(&message{c.code, p.text}))
				n++
			}
		}
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}

// message is a text of a code.
type message struct {
	code *model.Code
	text *pattern.Text
}

// count returns the name of the param that selects the form.
func (m *message) count() string { return naming.LowerCamel(m.code.Count) }

// variant is a form of a message with the key that selects it: a plural category, or "=0" for an
// exact zero.
type variant struct {
	key  string
	form *pattern.Pattern
}

// variants returns the forms of a plural. The last one, for all other numbers, is "other".
func (m *message) variants() []variant {
	var all []variant
	forms, zero := m.text.Own()
	if zero != nil {
		all = append(all, variant{"=0", zero})
	}
	for c := range plural.Other {
		if !forms[c].Empty() {
			all = append(all, variant{c.String(), &forms[c]})
		}
	}
	return append(all, variant{plural.Other.String(), m.text.Form(plural.Other)})
}

// join returns a form with its literals escaped and its placeholders written. Numbers that count
// are formatted by the library, and other values come formatted.
func (m *message) join(
	form *pattern.Pattern, escape func(string) string,
	placeholder func(name string, number bool) string,
) string {
	var b strings.Builder
	for literal, param := range form.Parts() {
		b.WriteString(escape(literal))
		if param >= 0 {
			p := &m.code.Params[param]
			b.WriteString(placeholder(naming.LowerCamel(p.Name), p.Kind == format.Int.String()))
		}
	}
	return b.String()
}

var escapeMF2 = strings.NewReplacer(`\`, `\\`, `{`, `\{`, `}`, `\}`, `|`, `\|`)

// writeMF2 returns the message in MessageFormat 2.
func writeMF2(m *message) string {
	pattern := func(form *pattern.Pattern) string {
		return "{{" + m.join(form, escapeMF2.Replace, func(name string, number bool) string {
			if number {
				return "{$" + name + " :integer}"
			}
			return "{$" + name + "}"
		}) + "}}"
	}
	if !counts(m.text) {
		return pattern(m.text.Form(plural.Other))
	}
	var b strings.Builder
	b.WriteString(".input {$" + m.count() + " :integer}\n.match $" + m.count())
	for _, v := range m.variants() {
		key := strings.TrimPrefix(v.key, "=")
		if key == plural.Other.String() {
			key = "*"
		}
		b.WriteString("\n" + key + " " + pattern(v.form))
	}
	return b.String()
}

// Runs of characters that mean something in ICU MessageFormat. Only a plural has #.
var (
	syntaxICU = regexp.MustCompile(`['{}]*[{}]['{}]*|'`)
	pluralICU = regexp.MustCompile(`['{}#]*[{}#]['{}#]*|'`)
)

// escapeICU returns a literal with each run of the syntax between apostrophes. An apostrophe is
// doubled, inside of them and elsewhere.
func escapeICU(literal string, syntax *regexp.Regexp) string {
	return syntax.ReplaceAllStringFunc(literal, func(run string) string {
		if run == "'" {
			return "''"
		}
		return "'" + strings.ReplaceAll(run, "'", "''") + "'"
	})
}

// writeICU returns the message in ICU MessageFormat.
func writeICU(m *message) string {
	syntax := syntaxICU
	if counts(m.text) {
		syntax = pluralICU
	}
	escape := func(literal string) string { return escapeICU(literal, syntax) }
	pattern := func(form *pattern.Pattern) string {
		return m.join(form, escape, func(name string, number bool) string {
			if number {
				return "{" + name + ", number}"
			}
			return "{" + name + "}"
		})
	}
	if !counts(m.text) {
		return pattern(m.text.Form(plural.Other))
	}
	var b strings.Builder
	b.WriteString("{" + m.count() + ", plural,")
	for _, v := range m.variants() {
		b.WriteString(" " + v.key + " {" + pattern(v.form) + "}")
	}
	return b.String() + "}"
}
