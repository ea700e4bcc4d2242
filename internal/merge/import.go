package merge

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// Taken is a form that is taken over from a translator's file.
type Taken struct {
	ID       localefile.ID
	Form     plural.Category
	Plural   bool        // a number chooses among the text's forms
	Old, New string      // the same if the file only says something about its state
	State    state.State // after the plan
	Pos      diag.Pos    // in the translator's file
}

// readImport finds the texts to be taken over, and reports those that are not declared.
func (p *planner) readImport() {
	in := p.domain.Import
	if in == nil || in.Target != p.Tag {
		return
	}
	p.imports = map[localefile.ID]*exchange.Text{}
	for i := range in.Texts {
		text := &in.Texts[i]
		id := p.domain.rename(parseID(text.ID))
		if p.domain.find(id, i) < 0 {
			p.reportImport(RuleImportUnknown, text.Pos, diag.Cut(text.ID)+" is not declared",
				"it may have been removed or renamed since the file was made")
			continue
		}
		p.imports[id] = text
	}
}

func (p *planner) reportImport(rule diag.Rule, pos diag.Pos, text, hint string) {
	p.findings = append(p.findings, rule.At(p.domain.Import.Name, pos, text, hint))
}

// takeImport takes over what the translator's file has for the text.
func (t *table) takeImport() {
	text := t.imports[t.message.ID]
	if text == nil {
		return
	}
	taken := len(t.Taken)
	for i := range text.Forms {
		t.takeForm(text, &text.Forms[i])
	}
	if t.Headed {
		t.AddComments(text.Comments)
	}
	changes := func(form Taken) bool { return form.Old != form.New }
	switch {
	case slices.ContainsFunc(t.Taken[taken:], changes):
		t.Summary.Imported++
	case len(t.Taken) > taken:
		t.Summary.Confirmed++
	}
}

// takeForm takes over a form, unless there is a reason not to. An empty form says nothing: the file
// may have a part of the texts only.
func (t *table) takeForm(text *exchange.Text, form *exchange.Form) {
	m, c := t.message, form.Category
	from, _ := state.SourceForm(m.categories, c)
	old := t.forms[c]
	same := old == form.Target || newlines.Replace(old) == newlines.Replace(form.Target)
	fact := state.Fact{ID: m.id, Form: c, Text: state.FingerprintOf(form.Target, m.oldest),
		Source: state.Unknown}
	if form.Source != "" {
		fact.Source = state.FingerprintOf(form.Source, m.oldest)
	}
	if form.State != state.Translated {
		fact.Mark = state.ForReview
	}
	if strings.TrimSpace(form.Target) == "" {
		return
	}
	if why, hint := t.reasonAgainst(text, form, same, fact); why != "" {
		name := m.id
		if text.Plural {
			name += " " + c.String()
		}
		t.reportImport(RuleImportKept, form.Pos, name+" is not taken over: "+why, hint)
		return
	}
	if same && (form.Unstated || fact.Mark == state.ForReview || t.facts.Has(fact) ||
		fact.Source != m.prints[from]) {
		return // It says nothing new.
	}
	t.learn(fact)
	taken := Taken{ID: m.ID, Form: c, Plural: m.counts, Old: old, New: old, Pos: form.Pos}
	if !same {
		taken.New = form.Target
	}
	if t.Taken = append(t.Taken, taken); same {
		return
	}
	t.forms[c] = form.Target
	if t.Entry.Forms[c].Present() {
		t.SetForm(c, form.Target)
	} else {
		t.add |= plural.SetOf(c)
	}
	if fact.Source != m.prints[from] {
		if form.Source != "" {
			if t.made == nil {
				t.made = map[plural.Category]string{}
			}
			t.made[from] = form.Source
		}
		t.reportImport(RuleImportSource, form.Pos,
			m.id+" was translated from another source text, so it is stale",
			"the locale file shows both; change the translation, or accept it as it is")
	}
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// reasonAgainst returns why a form must not be taken over, and what to do.
func (t *table) reasonAgainst(
	text *exchange.Text, form *exchange.Form, same bool, fact state.Fact,
) (why, hint string) {
	m, c := t.message, form.Category
	from, _ := state.SourceForm(m.categories, c)
	known := func(f state.Fact) bool { return f.Form == c && f.Text == fact.Text }
	byHand := "if it is right, write it into the locale file"
	there := t.Entry.Forms[c].Present()
	switch {
	case t.Entry.Doubled:
		return "the locale file has it twice", "delete one of the two"
	case same && fact.Mark == state.ForReview && !form.Unstated && t.isGoodForm(c, from):
		if form.State == state.Review {
			return "it is translated here, and needs a review there",
				"extract reject marks a translation as wrong"
		}
	case same:
	case !there && !m.asked(t.Tag).Has(c):
		return "the language does not use this form", ""
	case !there && !t.Headed:
		return "its text has no table of its own", "write the text as a table [" + m.id + "]"
	case t.forms[c] == "" && form.State != state.Review &&
		(form.Target == form.Source || form.Target == m.forms[from]):
		return "it is the same as the source text", byHand
	case t.forms[c] != "" && slices.ContainsFunc(t.facts.Of(m.id), known):
		return "the locale file had this text before and has a newer one", byHand
	}
	return "", ""
}

// isGoodForm reports whether a form is known to be good for the source text as it is.
func (t *table) isGoodForm(c, from plural.Category) bool {
	return t.facts.Has(state.Fact{ID: t.message.id, Form: c,
		Text:   state.FingerprintOf(t.forms[c], t.message.oldest),
		Source: t.message.prints[from]})
}

// judgeTaken writes the states of the forms down that were taken over.
func (t *table) judgeTaken(r *state.Result) {
	for i := len(t.Taken) - 1; i >= 0 && t.Taken[i].ID == t.message.ID; i-- {
		t.Taken[i].State = state.Translated
		if s, judged := r.Forms[t.Taken[i].Form]; judged {
			t.Taken[i].State = s
		}
	}
}
