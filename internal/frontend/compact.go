package frontend

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// entry is a code in the file of a locale. render.ts says what its members mean.
type entry struct {
	Code     int               `json:"code"`
	Lang     string            `json:"lang,omitempty"`
	Dir      string            `json:"dir,omitempty"`
	HelpLang string            `json:"helpLang,omitempty"`
	Count    string            `json:"count,omitempty"`
	Params   map[string]string `json:"params,omitempty"`
	Title    any               `json:"title"`
	Detail   *any              `json:"detail,omitempty"`
	Help     *any              `json:"help,omitempty"`
}

// compact returns the file that the renderer reads: JSON, with a line per code.
func (l *localeTexts) compact() []byte {
	b := bytes.NewBufferString("{\n\"locale\": ")
	b.Write(marshal(l.tag.String()))
	b.WriteString(",\n\"dir\": ")
	b.Write(marshal(direction(l.tag)))
	b.WriteString(",\n\"codes\": {")
	for i := range l.codes {
		c := &l.codes[i]
		member(b, i, c.domain+"/"+c.code.Name, l.entry(c))
	}
	b.WriteString("\n},\n\"labels\": {")
	for i, label := range l.labels {
		member(b, i, label.name, label.text)
	}
	b.WriteString("\n}\n}\n")
	return b.Bytes()
}

// member writes a member of an object on a line of its own.
func member(b *bytes.Buffer, index int, name string, value any) {
	if index > 0 {
		b.WriteByte(',')
	}
	b.WriteByte('\n')
	b.Write(marshal(name))
	b.WriteString(": ")
	b.Write(marshal(value))
}

// marshal returns JSON in which the characters of HTML are as they are.
func marshal(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // Strings, maps and lists of them have no other.
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func (l *localeTexts) entry(c *codeTexts) entry {
	e := entry{Code: c.code.Number, Title: value(c.code, &c.title)}
	if c.lang != l.tag {
		e.Lang, e.Dir = c.lang.String(), direction(c.lang)
	}
	if c.helpLang != c.lang {
		e.HelpLang = c.helpLang.String()
	}
	if !c.detail.Missing() {
		detail := value(c.code, &c.detail)
		e.Detail = &detail
	}
	if !c.help.Missing() {
		help := value(c.code, &c.help)
		e.Help = &help
	}
	for _, t := range c.texts() {
		if isServerOnly(c.code, t.text) {
			continue
		}
		if counts(t.text) {
			e.Count = naming.LowerCamel(c.code.Count)
		}
		for _, i := range needed(c.code, t.text) {
			if e.Params == nil {
				e.Params = map[string]string{}
			}
			p := &c.code.Params[i]
			e.Params[naming.LowerCamel(p.Name)] = notation(p)
		}
	}
	return e
}

// part is a text of a code with the name of its part.
type part struct {
	name string
	text *pattern.Text
}

// texts returns the texts that are not missing.
func (c *codeTexts) texts() []part {
	var all []part
	for _, p := range []part{
		{model.PartNames[model.Title], &c.title},
		{model.PartNames[model.Detail], &c.detail},
		{model.PartNames[model.Help], &c.help},
	} {
		if !p.text.Missing() {
			all = append(all, p)
		}
	}
	return all
}

// value returns a text as JSON has it: a form, an object of forms by plural category, in which
// "other" is for those without one, or null.
func value(code *model.Code, t *pattern.Text) any {
	if isServerOnly(code, t) {
		return nil
	}
	other := formValue(code, t.Form(plural.Other))
	if !counts(t) {
		return other
	}
	forms, zero := t.Own()
	values := map[string]any{plural.Other.String(): other}
	for c := range forms {
		if !forms[c].Empty() {
			values[plural.Category(c).String()] = formValue(code, &forms[c])
		}
	}
	if zero != nil {
		values["0"] = formValue(code, zero)
	}
	return values
}

func formValue(code *model.Code, p *pattern.Pattern) any {
	if literal := p.Literal(); literal != "" || p.Empty() {
		return literal
	}
	var parts []string
	for literal, param := range p.Parts() {
		parts = append(parts, literal)
		if param >= 0 {
			parts = append(parts, naming.LowerCamel(code.Params[param].Name))
		}
	}
	return parts
}

// notation returns how a value is written: the name of its kind and then its styles. For a list it
// is the join, and how each element is written.
func notation(p *model.Param) string {
	words := []string{p.ElementKind()}
	if p.IsList() && p.Example.Join() == format.Or {
		words = []string{"or", words[0]}
	} else if p.IsList() {
		words = []string{"and", words[0]}
	}
	for _, s := range []struct {
		style format.Style
		word  string
	}{
		{format.Full, "full"}, {format.Medium, "medium"}, {format.Short, "short"},
		{format.WithSeconds, "seconds"}, {format.Limit, "limit"}, {format.Narrow, "narrow"},
		{format.FileName, "file"},
	} {
		if p.Style&s.style != 0 {
			words = append(words, s.word)
		}
	}
	return strings.Join(words, " ")
}
