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
	text := t.imports[t.ID]
	if text == nil {
		return
	}
	for i := range text.Forms {
		// An empty form says nothing: the file may have a part of the texts only.
		if form := &text.Forms[i]; strings.TrimSpace(form.Target) != "" {
			t.takeForm(form, text.Plural)
		}
	}
	if t.Headed {
		t.AddComments(text.Comments)
	}
	switch {
	case slices.ContainsFunc(t.taken, func(form Taken) bool { return form.Old != form.New }):
		t.Summary.Imported++
	case len(t.taken) > 0:
		t.Summary.Confirmed++
	}
}

// takeForm takes over a form, unless there is a reason not to, or it says nothing new.
func (t *table) takeForm(form *exchange.Form, named bool) {
	m, o := t.message, t.compare(form)
	if why, hint := t.reasonAgainst(&o); why != "" {
		name := m.id
		if named {
			name += " " + form.Category.String()
		}
		t.reportImport(RuleImportKept, form.Pos, name+" is not taken over: "+why, hint)
		return
	}
	isNew := o.fact.Mark == state.Plain && o.current && !t.facts.Has(o.fact)
	if o.same && (form.Unstated || !isNew) {
		return
	}
	t.learn(o.fact)
	old := t.forms[form.Category]
	taken := Taken{ID: m.ID, Form: form.Category, Plural: m.counts, Old: old, New: old, Pos: form.Pos}
	if !o.same {
		taken.New = form.Target
		t.setForm(form.Category, form.Target)
	}
	t.taken = append(t.taken, taken)
	if o.same || o.current {
		return
	}
	if form.Source != "" {
		if t.made == nil {
			t.made = map[plural.Category]string{}
		}
		t.made[o.from] = form.Source
	}
	t.reportImport(RuleImportSource, form.Pos,
		m.id+" was translated from another source text, so it is stale",
		"the locale file shows both; change the translation, or accept it as it is")
}

// offer is a form of a translator's file, compared with what is here.
type offer struct {
	*exchange.Form
	from    plural.Category // the form of the source text that it translates
	fact    state.Fact      // what it says
	current bool            // it was made from the source text as it is
	same    bool            // the locale file has the same words
}

func (t *table) compare(form *exchange.Form) offer {
	m, old := t.message, t.forms[form.Category]
	o := offer{Form: form, same: newlines.Replace(old) == newlines.Replace(form.Target),
		fact: state.Fact{ID: m.id, Form: form.Category, Source: state.Unknown,
			Text: state.FingerprintOf(form.Target, m.oldest)}}
	o.from, _ = state.SourceForm(m.categories, form.Category)
	if form.Source != "" {
		o.fact.Source = state.FingerprintOf(form.Source, m.oldest)
	}
	if form.State != state.Translated {
		o.fact.Mark = state.ForReview
	}
	o.current = o.fact.Source == m.prints[o.from]
	return o
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// reasonAgainst returns why a form must not be taken over, and what to do.
func (t *table) reasonAgainst(o *offer) (why, hint string) {
	const byHand = "if it is right, write it into the locale file"
	m, c := t.message, o.Category
	had := func(f state.Fact) bool { return f.Form == c && f.Text == o.fact.Text }
	there := t.Entry.Forms[c].Present()
	switch {
	case t.Entry.Doubled:
		return "the locale file has it twice", "delete one of the two"
	case o.same && o.fact.Mark == state.ForReview && !o.Unstated && t.isGoodForm(c, o.from):
		if o.State == state.Review {
			return "it is translated here, and needs a review there",
				"extract reject marks a translation as wrong"
		}
	case o.same:
	case !there && !m.asked(t.Tag).Has(c):
		return "the language does not use this form", ""
	case !there && !t.Headed:
		return "its text has no table of its own", "write the text as a table [" + m.id + "]"
	case t.forms[c] == "" && o.State != state.Review &&
		(o.Target == o.Source || o.Target == m.forms[o.from]):
		return "it is the same as the source text", byHand
	case t.forms[c] != "" && slices.ContainsFunc(t.facts.Of(m.id), had):
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

// keepTaken adds the forms that were taken over to the plan, with their states.
func (t *table) keepTaken(r *state.Result) {
	for _, form := range t.taken {
		form.State = state.Translated
		if s, judged := r.Forms[form.Form]; judged {
			form.State = s
		}
		t.Taken = append(t.Taken, form)
	}
}
