package studio

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/textcontext"
)

// row returns text i of a locale as the list shows it.
func (d *domain) row(l *locale, i int) rowDocument {
	m, t := &d.messages[i], &l.texts[i]
	last := t.Forms[len(t.Forms)-1]
	r := rowDocument{ID: t.ID, Locale: l.tag.String(), Part: m.ID.Part, Source: last.Source,
		Target: last.Target, State: stateName(t.state, t.Optional), Optional: t.Optional,
		Draft: t.draft != nil, Findings: d.countFindings(l, i)}
	if m.Code != nil {
		r.Number, r.Code = m.Code.Number, m.Code.Name
	}
	for _, f := range t.Forms {
		r.Words += exchange.Words(f.Source)
	}
	return r
}

// mostSimilar is how many similar texts are shown.
const mostSimilar = 5

// document returns text i of a locale with all that its translator should know, except for its
// position among others.
func (d *domain) document(l *locale, i int) textDocument {
	m, t := &d.messages[i], &l.texts[i]
	doc := textDocument{
		Domain: d.Name, Locale: l.tag.String(), ID: t.ID, Version: t.version(), Part: m.ID.Part,
		Comment: strings.TrimSpace(m.Doc()), Label: m.Label != nil, Phrase: m.Phrase != nil,
		Optional: t.Optional, State: stateName(t.state, t.Optional), Previous: previousOf(t),
		Params: d.paramsOf(l, i), Dir: direction(l.tag), Lang: l.tag.String(),
		Others: d.othersOf(l, i), Similar: d.similarTo(l, i), Terms: d.termsIn(m, l),
		Comments: append([]string{}, t.Comments...), Max: t.Max, Findings: d.findingsOf(l, i),
		Allowed: allowedIn(t.Comments), File: d.fileName(l.tag.String() + localefile.Ext), Line: t.line,
	}
	if m.Code != nil {
		doc.Number, doc.Code, doc.HTTP = m.Code.Number, m.Code.Name, m.Code.HTTP
	}
	doc.Source.Forms = wordings(func(c plural.Category) string { return m.Text.Forms[c] })
	for _, f := range t.Forms {
		form := formDocument{Category: f.Category.String(), Numbers: f.Numbers, Source: f.Source,
			Text: f.Target, State: f.State.String()}
		if t.draft != nil {
			form.Draft = &draftDocument{t.draft.Forms[f.Category], t.draft.Tool}
		}
		doc.Forms = append(doc.Forms, form)
	}
	return doc
}

// wordings returns the forms that are not empty.
func wordings(of func(plural.Category) string) []wordingDocument {
	all := []wordingDocument{}
	for c := range plural.Category(plural.NumCategories) {
		if text := of(c); text != "" {
			all = append(all, wordingDocument{c.String(), text})
		}
	}
	return all
}

// previousOf returns the source texts that stale forms were made from, or nil.
func previousOf(t *text) *previousDocument {
	var p previousDocument
	for _, f := range t.Forms {
		if f.Previous == "" {
			continue
		}
		form := previousForm{wordingDocument{f.Category.String(), f.Previous},
			compareWords(f.Previous, f.Source)}
		if p.Forms = append(p.Forms, form); p.Diff == nil && f.Previous != f.Source {
			p.Diff = form.Diff
		}
	}
	if p.Forms == nil {
		return nil
	}
	return &p
}

// paramsOf returns the params of text i with examples as readers of the locale see them.
func (d *domain) paramsOf(l *locale, i int) []paramDocument {
	params := []paramDocument{}
	m, values := &d.messages[i], format.For(l.tag)
	for _, p := range textcontext.Params(m) {
		kind := p.Example.Kind()
		params = append(params, paramDocument{
			Name: p.Name, Kind: p.Kind, Example: d.exampleIn(l, p, values), Note: textcontext.Kind(p.Kind),
			Translated: kind == format.Label || kind == format.Phrase, Plural: m.Count == p.Name,
		})
	}
	return params
}

// exampleIn returns the example of a param as readers of the locale see it.
func (d *domain) exampleIn(l *locale, p *model.Param, values *format.Locale) string {
	if text, ok := p.Example.Text(); ok {
		return text
	}
	ref, source := p.Example.Named()
	if label, is := ref.(*model.Label); is {
		if i, known := d.index[model.Labels+"."+label.Name]; known && l.texts[i].started() {
			return l.texts[i].Forms[0].Target
		}
	}
	if source != "" {
		return source
	}
	return textcontext.Example(p, values)
}

// othersOf returns the text in the other locales that have it.
func (d *domain) othersOf(l *locale, i int) []otherDocument {
	others := []otherDocument{}
	for _, other := range d.locales {
		if other.tag == l.tag || other.fault != "" || !other.texts[i].started() {
			continue
		}
		doc := otherDocument{Locale: other.tag.String(), Dir: direction(other.tag)}
		for _, f := range other.texts[i].Forms {
			doc.Forms = append(doc.Forms, wordingDocument{f.Category.String(), f.Target})
		}
		others = append(others, doc)
	}
	return others
}

// similarTo returns texts of the locale whose source texts are similar to that of text i.
func (d *domain) similarTo(l *locale, i int) []similarDocument {
	similar := []similarDocument{}
	translated := func(other int) bool { return l.texts[other].state > state.Missing }
	for _, other := range d.similar().to(i, mostSimilar, translated) {
		t := &l.texts[other]
		last := t.Forms[len(t.Forms)-1]
		similar = append(similar, similarDocument{t.ID, last.Source, last.Target})
	}
	return similar
}

// termsIn returns what the glossary says about words of the source text.
func (d *domain) termsIn(m *model.Message, l *locale) []termDocument {
	terms := []termDocument{}
	for _, form := range m.Text.Forms {
		if form == "" {
			continue
		}
		for _, t := range d.Glossary.TermsIn(form, l.tag) {
			known := func(other termDocument) bool { return other.Source == t.Source }
			if !slices.ContainsFunc(terms, known) {
				terms = append(terms, termDocument{Source: t.Source, Use: append([]string{}, t.Use...),
					Avoid: append([]string{}, t.Avoid...), Note: t.Note})
			}
		}
	}
	return terms
}

// allowMark is what a comment begins with that switches a lint rule off.
const allowMark = "lint: allow "

// allowedIn returns the lint rules that comments switch off, each with the comment above it.
func allowedIn(comments []string) []allowedDocument {
	allowed := []allowedDocument{}
	for i, comment := range comments {
		rules, is := cutFold(comment, allowMark)
		if !is {
			continue
		}
		reason := ""
		if i > 0 {
			if _, isRule := cutFold(comments[i-1], allowMark); !isRule {
				reason = comments[i-1]
			}
		}
		for rule := range strings.FieldsSeq(strings.ReplaceAll(rules, ",", " ")) {
			allowed = append(allowed, allowedDocument{strings.ToLower(rule), reason})
		}
	}
	return allowed
}

func cutFold(s, prefix string) (after string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
