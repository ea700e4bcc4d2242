package catalog

import (
	"sync"

	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
)

// modeled returns a domain that declares what the model says, for a program that shows the texts of
// another one. Its name stays free. It lacks what the model does not have: which code is shown in
// place of another.
func modeled(m *model.Domain) *Domain {
	d := &Domain{model: *m, byNumber: map[int]*Code{}, byName: map[string]*Code{},
		byPhrase: map[string]*Phrase{}, byLabel: map[string]*Label{}}
	d.model.Codes, d.model.Phrases, d.model.Labels = nil, nil, nil
	d.locale = sync.OnceValue(func() pattern.Locale { return pattern.NewLocale(m.Source) })
	for i, label := range m.Labels {
		l := &Label{domain: d, index: i, model: label}
		d.labels = append(d.labels, l)
		d.byLabel[label.Name] = l
	}
	for i, phrase := range m.Phrases {
		p := &Phrase{declaredPhrase: &declaredPhrase{domain: d, params: modeledParams(phrase.Params)}}
		p.data = access.Phrase{Index: i, Count: phrase.ParamIndex(phrase.Count), Model: phrase,
			Text: phrase.Text.Compile(phrase.ParamIndex)}
		d.phrases = append(d.phrases, p)
		d.byPhrase[phrase.Name] = p
	}
	for i, code := range m.Codes {
		c := &Code{domain: d, params: modeledParams(code.Params), typeURI: m.TypeURI(code.Name),
			spec: Spec{HTTP: code.HTTP, RPC: RPC(code.RPC), Audience: Audience(code.Audience),
				Retry: Retry(code.Retry), Action: Action(code.Action),
				Aggregate: code.Aggregate, Deprecated: code.Deprecated}}
		c.data = access.Code{Index: i, Count: code.ParamIndex(code.Count), Model: code,
			Texts: code.Compile()}
		c.tally = code.Takes(&model.Param{Name: "Count", Kind: format.Int.String()})
		c.bare = &Error{code: c}
		d.codes = append(d.codes, c)
		d.byNumber[code.Number], d.byName[code.Name] = c, c
	}
	return d
}

func modeledParams(params []model.Param) []*param {
	declared := make([]*param, len(params))
	for i := range params {
		declared[i] = &param{model: params[i]}
		declared[i].origin = declared[i]
	}
	return declared
}

// modeledValue returns a value of the model with the labels and phrases of the domain in the places
// of the model's.
func (d *Domain) modeledValue(v format.Value) format.Value {
	if v.Kind() == format.List {
		values := make([]format.Value, len(v.Values()))
		for i := range values {
			values[i] = d.modeledValue(v.Values()[i])
		}
		return v.WithValues(values)
	}
	ref, source := v.Named()
	switch ref := ref.(type) {
	case *model.Label:
		if label := d.byLabel[ref.Name]; label != nil {
			return format.Named(label, source)
		}
	case *model.Said:
		if phrase := d.byPhrase[ref.Phrase.Name]; phrase != nil {
			args := make([]format.Value, len(ref.Args))
			for i := range args {
				args[i] = d.modeledValue(ref.Args[i])
			}
			at := &args
			return format.Phrased(&Phrase{declaredPhrase: phrase.declaredPhrase, given: &at}, source)
		}
	}
	return v
}
