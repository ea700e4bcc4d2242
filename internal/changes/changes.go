// Package changes compares two releases of a domain and says what changed, for release notes.
package changes

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// Release is a domain at one revision.
type Release struct {
	Domain *model.Domain
	Ledger *ledger.Ledger // nil if the revision has none
	// How much of each language there is.
	Languages map[language.Tag]Coverage
}

// Coverage is how many of the texts that a language needs are there. Plural forms count one each.
type Coverage struct {
	Translated int `json:"translated"`
	Total      int `json:"total"`
}

// String returns the percentage, cut after one digit: rounding would show 100 where texts are
// missing.
func (c Coverage) String() string {
	if c.Total == 0 {
		return "100.0 %"
	}
	thousandths := 1000 * c.Translated / c.Total
	return fmt.Sprintf("%d.%d %%", thousandths/10, thousandths%10)
}

// Domain is what changed in one domain.
type Domain struct {
	Name      string      `json:"name"`
	State     string      `json:"state"` // "new", "gone" or "changed"
	Breaks    []Break     `json:"breaks,omitempty"`
	New       []Code      `json:"new,omitempty"`
	Retired   []Code      `json:"retired,omitempty"`
	Renamed   []Rename    `json:"renamed,omitempty"`
	Changed   []Attribute `json:"changed,omitempty"`
	Texts     []Text      `json:"texts,omitempty"` // reworded, new and gone ones, of codes in both
	Languages []Language  `json:"languages,omitempty"`
}

// Empty reports whether nothing has changed.
func (d *Domain) Empty() bool {
	return d.State == "changed" && len(d.Breaks)+len(d.New)+len(d.Retired)+len(d.Renamed)+
		len(d.Changed)+len(d.Texts)+len(d.Languages) == 0
}

// Break is a change that breaks programs or people that rely on a code.
type Break struct {
	Text     string `json:"text"`
	Accepted bool   `json:"accepted"` // by extract accept, as the text says
}

// Code is a code that one of the releases does not have.
type Code struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	HTTP   int    `json:"http,omitempty"`
	Title  string `json:"title"`
}

// Rename is a code with another name, or another number, than before.
type Rename struct {
	Number    int    `json:"number"`
	Name      string `json:"name"`
	WasNumber int    `json:"wasNumber,omitempty"` // if it has changed
	WasName   string `json:"wasName,omitempty"`   // if it has changed
}

// Attribute is something else of a code that changed: its status, or one of its params.
type Attribute struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	What   string `json:"what"`            // "status", "param", "deprecated"
	Param  string `json:"param,omitempty"` // its name now
	From   string `json:"from,omitempty"`  // "" for what is new
	To     string `json:"to,omitempty"`    // "" for what is gone
}

// Text is a text in the source language, without the forms that stayed the same.
type Text struct {
	ID   string `json:"id"`
	Form string `json:"form,omitempty"` // the plural category, if the text has several
	From string `json:"from,omitempty"` // "" if it is new
	To   string `json:"to,omitempty"`   // "" if it is gone
}

// Language is how much of a language there was and is. Nil says that it was not, or is not, there.
type Language struct {
	Tag  string    `json:"tag"`
	From *Coverage `json:"from"`
	To   *Coverage `json:"to"`
}

// Compare returns what changed from one release of a domain to another. One of them may be nil.
func Compare(from, to *Release) Domain {
	empty := &Release{Domain: &model.Domain{}}
	d := Domain{State: "changed"}
	switch {
	case from == nil:
		d.State, from = "new", empty
	case to == nil:
		d.State, to = "gone", empty
	}
	d.Name = cmp.Or(to.Domain.Name, from.Domain.Name)
	if d.State == "changed" {
		d.breaks(from, to)
	}
	d.codes(from.Domain, to.Domain)
	if d.State == "changed" {
		d.otherTexts(from.Domain, to.Domain)
	}
	d.languages(from.Languages, to.Languages)
	return d
}

// breaks collects what the ledgers say.
func (d *Domain) breaks(from, to *Release) {
	c := ledger.Compare(ledger.Input{Domain: to.Domain, Ledger: to.Ledger, Base: from.Ledger})
	for _, f := range slices.Concat(c.Breaks, c.Conflicts) {
		d.Breaks = append(d.Breaks, Break{Text: f.Text})
	}
	for _, f := range c.Warnings {
		if f.Rule == ledger.RuleAccepted.ID {
			d.Breaks = append(d.Breaks, Break{Text: f.Text, Accepted: true})
		}
	}
}

// codes compares codes that have the same number. A code that has got another number is found by
// its name.
func (d *Domain) codes(from, to *model.Domain) {
	byNumber, byName := map[int]*model.Code{}, map[string]*model.Code{}
	for i := range from.Codes {
		byNumber[from.Codes[i].Number] = &from.Codes[i]
		byName[from.Codes[i].Name] = &from.Codes[i]
	}
	stays := map[*model.Code]bool{}
	for i := range to.Codes {
		now := &to.Codes[i]
		before := byNumber[now.Number]
		if other := byName[now.Name]; other != nil && !declares(to, other.Number) {
			before = other
		}
		if before == nil {
			d.New = append(d.New, summary(now))
			continue
		}
		stays[before] = true
		d.code(before, now)
	}
	for i := range from.Codes {
		if code := &from.Codes[i]; !stays[code] {
			d.Retired = append(d.Retired, summary(code))
		}
	}
}

func declares(d *model.Domain, number int) bool {
	return slices.ContainsFunc(d.Codes, func(c model.Code) bool { return c.Number == number })
}

func summary(c *model.Code) Code {
	return Code{c.Number, c.Name, c.HTTP, c.Texts[model.Title].Forms[plural.Other]}
}

// code compares a code with what it was.
func (d *Domain) code(before, now *model.Code) {
	if before.Name != now.Name || before.Number != now.Number {
		r := Rename{Number: now.Number, Name: now.Name}
		if before.Number != now.Number {
			r.WasNumber = before.Number
		}
		if before.Name != now.Name {
			r.WasName = before.Name
		}
		d.Renamed = append(d.Renamed, r)
	}
	changed := func(what, param, from, to string) {
		if from != to {
			d.Changed = append(d.Changed, Attribute{now.Number, now.Name, what, param, from, to})
		}
	}
	changed("status", "", status(before.HTTP), status(now.HTTP))
	changed("deprecated", "", before.Deprecated, now.Deprecated)
	stays := map[int]bool{}
	for i := range now.Params {
		p := &now.Params[i]
		was := slices.IndexFunc(before.Params, func(old model.Param) bool {
			return old.Name == p.Name || slices.Contains(p.FormerNames, old.Name)
		})
		if was < 0 {
			changed("param", p.Name, "", describe(p, ""))
			continue
		}
		stays[was] = true
		old := &before.Params[was]
		if old.Name == p.Name {
			changed("param", p.Name, describe(old, ""), describe(p, ""))
		} else {
			changed("param", p.Name, describe(old, old.Name), describe(p, p.Name))
		}
	}
	for i := range before.Params {
		if p := &before.Params[i]; !stays[i] {
			changed("param", p.Name, describe(p, ""), "")
		}
	}
	for part := range now.Texts {
		id := now.Name + "." + model.PartNames[part]
		d.text(id, &before.Texts[part], &now.Texts[part])
	}
}

func status(http int) string {
	if http == 0 {
		return ""
	}
	return strconv.Itoa(http)
}

// describe returns the kind of a param and who gets its values, behind its name if one is given.
func describe(p *model.Param, name string) string {
	words := []string{p.Kind}
	if name != "" {
		words = []string{name, p.Kind}
	}
	switch {
	case p.Public:
		words = append(words, "public")
	case p.Sensitive:
		words = append(words, "sensitive")
	}
	return strings.Join(words, " ")
}

// text compares the forms of a text.
func (d *Domain) text(id string, before, now *model.Text) {
	several := before.Plural() || now.Plural()
	for c := range now.Forms {
		if before.Forms[c] == now.Forms[c] {
			continue
		}
		t := Text{ID: id, From: before.Forms[c], To: now.Forms[c]}
		if several {
			t.Form = plural.Category(c).String()
		}
		d.Texts = append(d.Texts, t)
	}
}

// otherTexts compares the phrases and labels, which have nothing but a name.
func (d *Domain) otherTexts(from, to *model.Domain) {
	texts := func(d *model.Domain) map[string]*model.Text {
		all := map[string]*model.Text{}
		for i := range d.Phrases {
			all["phrases."+d.Phrases[i].Name] = &d.Phrases[i].Text
		}
		for i := range d.Labels {
			all["labels."+d.Labels[i].Name] = &d.Labels[i].Text
		}
		return all
	}
	before, now := texts(from), texts(to)
	ids := maps.Clone(before)
	maps.Copy(ids, now)
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		none := &model.Text{}
		d.text(id, cmp.Or(before[id], none), cmp.Or(now[id], none))
	}
}

// languages compares how much of each language there is.
func (d *Domain) languages(before, now map[language.Tag]Coverage) {
	tags := map[string]Language{}
	for tag, coverage := range before {
		tags[tag.String()] = Language{Tag: tag.String(), From: &coverage}
	}
	for tag, coverage := range now {
		l := tags[tag.String()]
		l.Tag, l.To = tag.String(), &coverage
		tags[l.Tag] = l
	}
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		l := tags[name]
		if l.From == nil || l.To == nil || l.From.String() != l.To.String() {
			d.Languages = append(d.Languages, l)
		}
	}
}
