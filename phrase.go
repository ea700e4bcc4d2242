package errlingo

import (
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/invisible"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
)

// Phrase returns a phrase in the reader's language. If the reader's locale lacks it, or its text
// there needs an argument that is missing, the next locale of the reader is asked, and at last the
// program. It returns the zero Text for a nil phrase, and for one that no locale can show without a
// gap.
func (l *Localizer) Phrase(p *catalog.Phrase) Text {
	if p == nil {
		return Text{}
	}
	value, tag, complete := l.appendPhrase(nil, p, language.Und)
	if !complete {
		return Text{}
	}
	return newText(string(value), tag)
}

// TemplateFuncs returns functions for html/template and text/template: phrase and label, which are
// [Localizer.Phrase] and [Localizer.Label]. A [Text] is written as its value, which html/template
// escapes:
//
//	<title>{{phrase .Title}}</title>
//	{{with phrase .Rooms}}<p lang="{{.Locale}}" dir="{{.Dir}}">{{.}}</p>{{end}}
//
// Templates need functions of these names when they are parsed, so parse them with those of a nil
// Localizer. A template that several readers share is cloned for each, or gets the Localizer as
// data: {{.Localizer.Phrase .Rooms}}.
func TemplateFuncs(l *Localizer) map[string]any {
	return map[string]any{"phrase": l.Phrase, "label": l.Label}
}

// appendPart appends a phrase inside a text, isolated if its direction differs from the text's.
func (l *Localizer) appendPart(dst []byte, text *link, p *catalog.Phrase) []byte {
	start := len(dst)
	dst = append(dst, string(invisible.FirstStrongIsolate)...)
	dst, tag, _ := l.appendPhrase(dst, p, text.tag)
	if locale.RightToLeft(tag) != locale.RightToLeft(text.tag) {
		return append(dst, string(invisible.PopIsolate)...)
	}
	return append(dst[:start], dst[start+len(string(invisible.FirstStrongIsolate)):]...)
}

// appendPhrase appends the text of a phrase and returns its locale: the given one if that has the
// phrase, else the reader's first that does, or a later one if an argument is missing. If it is
// missing in all of them, nothing is appended and the text is not complete.
func (l *Localizer) appendPhrase(
	dst []byte, p *catalog.Phrase, in language.Tag,
) (out []byte, tag language.Tag, complete bool) {
	data, args := access.PhraseOf(p)
	chain := l.chain(p.Domain())
	first := -1
	for i := range chain {
		if chain[i].phrase(data.Index) != nil && (first < 0 || chain[i].tag == in) {
			first = i
		}
	}
	l.reportPhrase(p, chain, first)
	show := func(t *link, text *pattern.Text) bool {
		out, complete = text.Append(dst, &t.locale, args, data.Count, &t.context)
		if tag = t.tag; l.observed() {
			event := Event{Phrase: p, MessageID: phraseID(p), Locale: tag}
			l.reportGiven(event, text, data.Count, p.Params(), args)
		}
		return complete
	}
	for i := max(first, 0); i < len(chain); i++ {
		if text := chain[i].phrase(data.Index); text != nil && show(&chain[i], text) {
			return out, tag, true
		}
	}
	if first < 0 && show(l.sourceLink(p.Domain()), &data.Text) {
		return out, tag, true
	}
	return dst, tag, false
}

func phraseID(p *catalog.Phrase) string {
	return model.ID{Name: model.Phrases, Part: p.Name()}.String()
}

// reportPhrase reports that a phrase is shown in another language, and arguments that it has no
// param for. The phrase is in the chain's locale at index shown; -1 means that only the program has
// it.
func (l *Localizer) reportPhrase(p *catalog.Phrase, chain []link, shown int) {
	if !l.observed() {
		return
	}
	for _, name := range p.UnknownArgs() {
		l.report(Event{Kind: UnknownArgument, Phrase: p, MessageID: phraseID(p), Param: name})
	}
	switch {
	case len(chain) == 0:
		l.report(Event{
			Kind: UnloadedDomain, Domain: p.Domain(), Phrase: p, MessageID: phraseID(p),
		})
	case shown > 0 && !sameLanguage(chain[0].tag, chain[shown].tag):
		l.report(Event{
			Kind: MissingText, Phrase: p, MessageID: phraseID(p), Locale: chain[0].tag,
		})
	}
}
