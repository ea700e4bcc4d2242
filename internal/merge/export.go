package merge

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/textcontext"
)

// Export returns the texts of a locale, which must have a file, as its translator should see them.
// Forms that no whole number takes are left out, and so are the texts that a variant lacks.
func Export(in Input, tag language.Tag) (*exchange.File, diag.List) {
	e := NewEditor(in)
	for _, f := range e.domain.files {
		if f.Tag == tag {
			all, unusable := e.Texts(f)
			return all.File, unusable
		}
	}
	return &exchange.File{Domain: in.Domain.Name, Source: in.Domain.Source, Target: tag}, nil
}

// textOf returns a text with the forms and what was found out about them.
func (p *planner) textOf(m *message, forms *localefile.Forms, r *state.Result) exchange.Text {
	text := exchange.Text{ID: m.id, Plural: m.counts, Max: m.Text.Max, Optional: m.Optional(),
		Context: textcontext.Alone(&m.Message, m.params, p.locale)}
	rule := plural.For(p.Tag)
	for c := range m.asked(p.Tag).All() {
		from, _ := state.SourceForm(m.categories, c)
		form := exchange.Form{Category: c, Source: m.forms[from], Target: forms[c]}
		if m.counts {
			form.Numbers = numbersOf(rule, c)
		}
		switch s, judged := r.Forms[c]; {
		case form.Target == "":
		case !judged: // Every form is good for the source text as it is.
			form.State = state.Translated
		default:
			form.State = s
		}
		if form.State == state.Stale {
			form.Previous = previousOf(&r.Previous, from, c)
		}
		text.Forms = append(text.Forms, form)
	}
	if m.counts {
		one, _ := state.SourceForm(m.categories, plural.One)
		text.Singular, text.FormerSingular = m.forms[one], r.Previous[one]
	}
	return text
}

// numbersOf returns numbers that take a category, as a translator should see them.
func numbersOf(rule *plural.Rule, c plural.Category) string {
	const most = 4
	var numbers []string
	for _, n := range rule.Examples(c, most) {
		numbers = append(numbers, strconv.FormatUint(n, 10))
	}
	return strings.Join(numbers, ", ")
}

// previousOf returns the source text that a stale form was made from: the earlier text of the form
// that it translates now or, if the source text had other forms, of the one that it translated.
func previousOf(previous *state.Forms, now, form plural.Category) string {
	if previous[now] != "" {
		return previous[now]
	}
	var set plural.Set
	for c, text := range previous {
		if text != "" {
			set |= plural.SetOf(plural.Category(c))
		}
	}
	from, _ := state.SourceForm(set, form)
	return previous[from]
}
