package catalog

import (
	"fmt"
	"iter"
	"log/slog"
	"slices"

	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// Phrase is a text that is not an error, such as a page's title or "3 rooms left". Package errlingo
// shows it in a reader's language, [PhraseParam] as a part of another text. It is immutable and may
// be shared between goroutines.
type Phrase struct {
	*declaredPhrase
	// The arguments in the order of the params, nil if it has none. The pointers keep package fmt
	// from printing them, as those of an error do.
	given   **[]format.Value
	unknown []string // the names of the arguments that were left out
}

// declaredPhrase is what a phrase has in common with its copies that have arguments.
type declaredPhrase struct {
	domain *Domain
	data   access.Phrase
	params []*param
}

// PhraseSpec is what a phrase says. Only Text is required.
type PhraseSpec struct {
	// Text is the phrase in the source locale of the domain, with placeholders {{.Name}} for the
	// params.
	Text string
	// By is the count that selects a plural form, an Int. Nil means that no form depends on a count.
	By Param
	// Forms are the plural forms besides that for "other", which is Text.
	Forms Forms
	// Params declares what arguments the phrase takes. None of them may be a phrase itself.
	Params Params
	// Max limits the length of the text in all languages, in characters of the pattern. Zero means no
	// limit.
	Max int
}

// Phrase declares a phrase of the domain. The name has the form [a-z][a-z0-9_]*; it may be that of
// a label as well. Phrase panics if the declaration is invalid, as [Domain.Define] does.
func (d *Domain) Phrase(name string, spec PhraseSpec) *Phrase {
	at, subject := caller(), fmt.Sprintf("phrase %q", name)
	if d == nil {
		panic(fmt.Sprintf("catalog: %v: %s: %s", at, subject, nilDomain))
	}
	refuse := func(f model.Fault) { refuse(at, subject, f) }
	p := &Phrase{declaredPhrase: &declaredPhrase{domain: d}}
	m := &p.data.Model
	*m = model.Phrase{Name: name, Place: at, Text: spec.Forms.text(spec.Text, spec.Max)}
	p.params = declareParams(&m.Signature, spec.Params, spec.By, refuse)
	m.Validate(refuse)
	p.data.Count = m.ParamIndex(m.Count)
	p.data.Text = m.Text.Compile(m.ParamIndex)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mayDeclare(at, subject)
	if other := d.byPhrase[name]; other != nil {
		refuse(*m.Clash(&other.data.Model))
	}
	p.data.Index = len(d.phrases)
	d.phrases = append(d.phrases, p)
	d.byPhrase[name] = p
	return p
}

// Phrases yields the phrases in the order in which they were declared. A phrase that is declared
// while the caller iterates is not included.
func (d *Domain) Phrases() iter.Seq[*Phrase] {
	return func(yield func(*Phrase) bool) {
		d.mu.RLock()
		phrases := d.phrases // Phrase only appends.
		d.mu.RUnlock()
		for _, p := range phrases {
			if !yield(p) {
				return
			}
		}
	}
}

// With returns a copy of the phrase with arguments, in addition to those that it has. An argument
// for a param that the phrase does not have, or a second one for the same param, is left out;
// [Phrase.UnknownArgs] returns its name. A nil phrase stays nil.
func (p *Phrase) With(args ...Arg) *Phrase {
	if p == nil {
		return nil
	}
	given := make([]format.Value, len(p.params))
	copy(given, p.args())
	unknown := give(given, p.params, &p.data.Model.Signature, args, slices.Clone(p.unknown))
	at := &given
	return &Phrase{p.declaredPhrase, &at, unknown}
}

// args returns the arguments in the order of the params, or nil. They must not be changed.
func (p *Phrase) args() []format.Value {
	if p.given == nil {
		return nil
	}
	return **p.given
}

// Domain returns the domain that the phrase belongs to.
func (p *Phrase) Domain() *Domain { return p.domain }

// Name returns the phrase's name.
func (p *Phrase) Name() string { return p.data.Model.Name }

// Text returns the form for "other" in the source locale, with placeholders for the params.
func (p *Phrase) Text() string { return p.data.Model.Text.Forms[plural.Other] }

// Place returns the file and line of the declaration, as the compiler knows them.
func (p *Phrase) Place() (file string, line int) {
	return p.data.Model.Place.File, p.data.Model.Place.Line
}

// Params returns the params in the order of their declaration.
func (p *Phrase) Params() Params {
	params := make(Params, len(p.params))
	for i := range params {
		params[i] = p.params[i]
	}
	return params
}

// UnknownArgs returns the names of arguments that were left out, because the phrase has no such
// param or had its argument already.
func (p *Phrase) UnknownArgs() []string { return slices.Clone(p.unknown) }

// String returns the phrase for developers, in the source locale. A sensitive argument, and a
// missing one, shows as the name of its param in braces. It is "" for a nil phrase.
func (p *Phrase) String() string {
	if p == nil {
		return ""
	}
	locale := p.domain.locale()
	return p.data.Model.Say(&locale, &p.data.Text, p.args())
}

// Format implements [fmt.Formatter]: every verb writes what [Phrase.String] returns as it would
// write a string, so that none shows a sensitive argument.
func (p *Phrase) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, fmt.FormatString(s, verb), p.String())
}

// LogValue returns what [Phrase.String] returns, for log/slog.
func (p *Phrase) LogValue() slog.Value { return slog.StringValue(p.String()) }

// complete reports whether no argument is missing.
func (p *Phrase) complete() bool {
	return len(p.args()) == len(p.params) &&
		!slices.ContainsFunc(p.args(), func(v format.Value) bool { return v.Kind() == format.None })
}
