package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// change is a text that readers see change, with the examples of its params as arguments.
type change struct {
	Locale string  `json:"locale"`
	ID     string  `json:"id"`              // such as "OUT_OF_STOCK.detail"
	Count  *uint64 `json:"count,omitempty"` // the number that selects the plural form
	Old    string  `json:"old"`             // "" if nothing is shown
	New    string  `json:"new"`             // likewise
}

// compare returns what readers see change in a domain when one pack replaces another, by locale. If
// a pack lacks a text, they see that of a parent of the locale or of the source locale, as in a
// program without locale files of its own.
func compare(d *model.Domain, from, to *pack.Pack) ([]change, error) {
	shown := *d
	shown.Codes = slices.Clone(d.Codes)
	for i := range shown.Codes {
		shown.Codes[i].Audience = 0 // Texts for operators are compared, too.
	}
	c := comparison{domain: access.NewDomain(&shown).(*catalog.Domain)}
	before, err := c.load(from.FS())
	if err != nil {
		return nil, err
	}
	after, err := c.load(to.FS())
	if err != nil {
		return nil, err
	}
	tags := map[string]language.Tag{d.Source.String(): d.Source}
	for _, tag := range slices.Concat(from.Locales(), to.Locales()) {
		tags[tag.String()] = tag
	}
	for tag, parsed := range tags {
		c.locale, c.rule = tag, plural.For(parsed)
		c.before, c.after = before.LocalizerFor(parsed), after.LocalizerFor(parsed)
		c.texts()
	}
	// The texts of a locale are in the domain's order.
	slices.SortStableFunc(c.changes, func(a, b change) int { return cmp.Compare(a.Locale, b.Locale) })
	return c.changes, nil
}

// comparison compares what the readers of one locale after the other see.
type comparison struct {
	domain        *catalog.Domain
	locale        string
	rule          *plural.Rule
	before, after *errlingo.Localizer
	changes       []change
}

func (c *comparison) load(files fs.FS) (*errlingo.Bundle, error) {
	return errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: c.domain, FS: files}}})
}

func (c *comparison) texts() {
	for code := range c.domain.Codes() {
		data := access.CodeOf(code)
		zero := !data.Model.Texts[model.DetailZero].Missing() ||
			!data.Model.Texts[model.HelpZero].Missing()
		seen := map[change]bool{}
		for _, n := range c.counts(data.Model.Params, data.Count, zero) {
			failed := code.Example() // Nobody else has it, so its arguments may be changed.
			setCount(access.ArgsOf(failed), data.Count, n)
			before, after := c.before.Localize(failed), c.after.Localize(failed)
			c.add(seen, code.Name()+".title", n, before.Title, after.Title)
			c.add(seen, code.Name()+".detail", n, before.Detail, after.Detail)
			c.add(seen, code.Name()+".help", n, before.Help, after.Help)
		}
	}
	for phrase := range c.domain.Phrases() {
		data, _ := access.PhraseOf(phrase)
		seen := map[change]bool{}
		for _, n := range c.counts(data.Model.Params, data.Count, false) {
			args := make([]format.Value, len(data.Model.Params))
			for i, p := range data.Model.Params {
				args[i] = access.ValueIn(c.domain, p.Example)
			}
			setCount(args, data.Count, n)
			with := access.WithArgs(phrase, args).(*catalog.Phrase)
			c.add(seen, localefile.Phrases+"."+phrase.Name(), n, c.before.Phrase(with), c.after.Phrase(with))
		}
	}
	for label := range c.domain.Labels() {
		c.add(map[change]bool{}, localefile.Labels+"."+label.Name(), nil, c.before.Label(label),
			c.after.Label(label))
	}
}

// counts returns numbers that select each form of a text in the locale: nil for the example, then
// one for each other form, and 0 if that has a text of its own.
func (c *comparison) counts(params []model.Param, count int, zero bool) []*uint64 {
	all := []*uint64{nil}
	if count < 0 || params[count].Example.Kind() != format.Int {
		return all
	}
	if zero {
		all = append(all, new(uint64))
	}
	_, example, _ := params[count].Example.Integer()
	for category := range plural.Category(plural.NumCategories) {
		for _, n := range c.rule.Examples(category, 2) {
			if n > 0 && category != c.rule.Uint(example) {
				all = append(all, &n)
				break
			}
		}
	}
	return all
}

func setCount(args []format.Value, param int, n *uint64) {
	if n != nil {
		args[param] = format.Whole(format.Int, false, *n)
	}
}

// add adds a text if it changes, unless another number has shown the same.
func (c *comparison) add(
	seen map[change]bool, id string, count *uint64, before, after errlingo.Text,
) {
	one := change{Locale: c.locale, ID: id, Old: before.Value, New: after.Value}
	if one.Old == one.New || seen[one] {
		return
	}
	seen[one] = true
	one.Count = count
	c.changes = append(c.changes, one)
}

// The limits of what is listed. With --json, all is.
const (
	maxOfLocale = 20
	maxListed   = 100
)

// listed returns the changes as text: the first ones of each locale, and how many others there are.
func listed(changes []change) string {
	var b strings.Builder
	left := maxListed
	for len(changes) > 0 {
		locale := changes[0].Locale
		n := slices.IndexFunc(changes, func(c change) bool { return c.Locale != locale })
		if n < 0 {
			n = len(changes)
		}
		fmt.Fprintf(&b, "%s: %s\n", locale, counted(n, "change"))
		show := min(n, maxOfLocale, left)
		for _, c := range changes[:show] {
			b.WriteString("  " + c.ID)
			if c.Count != nil {
				fmt.Fprintf(&b, " (for %d)", *c.Count)
			}
			b.WriteString("\n")
			if c.Old != "" {
				b.WriteString("  - " + cell(c.Old) + "\n")
			}
			if c.New != "" {
				b.WriteString("  + " + cell(c.New) + "\n")
			}
		}
		if n > show {
			fmt.Fprintf(&b, "  and %d more; --json has them all\n", n-show)
		}
		changes, left = changes[n:], left-show
	}
	return b.String()
}
