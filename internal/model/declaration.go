package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/plural"
)

// Declaration is a domain, a code, a phrase or a label as a list of values, to compare what one
// reader sees with what another does.
type Declaration struct {
	Subject string // "domain shop", "code OUT_OF_STOCK", "phrase rooms", "label email"
	Place   Place
	Values  []Value // those that are not zero
}

// Value is one value of a declaration. Texts are quoted as in Go.
type Value struct{ Name, Text string }

// Value returns the value with the name, "" if it is zero.
func (d *Declaration) Value(name string) string {
	if i := slices.IndexFunc(d.Values, func(v Value) bool { return v.Name == name }); i >= 0 {
		return d.Values[i].Text
	}
	return ""
}

// Declarations returns the domain itself, then its codes, its phrases and its labels.
func (d *Domain) Declarations() []Declaration {
	all := []Declaration{{"domain " + d.Name, d.Place, []Value{{"source locale", d.Source.String()}}}}
	for i := range d.Codes {
		c := &d.Codes[i]
		all = append(all, Declaration{"code " + c.Name, c.Place, c.values()})
	}
	for i := range d.Phrases {
		p := &d.Phrases[i]
		all = append(all, Declaration{"phrase " + p.Name, p.Place,
			p.Text.values("text", p.Signature.values(nil))})
	}
	for i := range d.Labels {
		l := &d.Labels[i]
		all = append(all, Declaration{"label " + l.Name, l.Place, l.Text.values("text", nil)})
	}
	return all
}

func (c *Code) values() []Value {
	values := []Value{{"number", strconv.Itoa(c.Number)}}
	add := func(name, text string) {
		if text != "" {
			values = append(values, Value{name, text})
		}
	}
	quoted := func(name, text string) {
		if text != "" {
			add(name, strconv.Quote(text))
		}
	}
	if c.HTTP != 0 {
		add("HTTP status", strconv.Itoa(c.HTTP))
	}
	if c.Aggregate {
		add("aggregate", "true")
	}
	quoted("deprecation", c.Deprecated)
	quoted("replacement", c.ReplacedBy)
	values = c.Signature.values(values)
	for part, name := range PartNames {
		values = c.Texts[part].values(name, values)
	}
	return values
}

func (s *Signature) values(values []Value) []Value {
	if s.Count != "" {
		values = append(values, Value{"count", strconv.Quote(s.Count)})
	}
	for _, p := range s.Params {
		kind := p.Kind
		if p.Public {
			kind += ", public"
		}
		if p.Sensitive {
			kind += ", sensitive"
		}
		if len(p.FormerNames) > 0 {
			kind += ", formerly " + strings.Join(p.FormerNames, " ")
		}
		values = append(values, Value{"param " + p.Name, kind})
		if example := p.ExampleText(); example != "" {
			values = append(values, Value{ExampleOf + p.Name, strconv.Quote(example)})
		}
	}
	return values
}

// ExampleOf begins the name of the value that is the example of a param.
const ExampleOf = "example of "

func (t *Text) values(name string, values []Value) []Value {
	for category, form := range t.Forms {
		if form != "" {
			values = append(values, Value{fmt.Sprintf("%s (%v)", name, plural.Category(category)),
				strconv.Quote(form)})
		}
	}
	if t.Max != 0 {
		values = append(values, Value{"most characters of " + name, strconv.Itoa(t.Max)})
	}
	return values
}
