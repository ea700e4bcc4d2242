package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// GlossaryName is the name of the glossary in the folder of the locale files.
const GlossaryName = merge.StateDir + "/glossary.toml"

// Glossary is which words translators agreed on. It is immutable. Nil and the zero value have none.
type Glossary struct {
	terms []term
}

// term is the words for a term of the source texts in one language.
type term struct {
	source    string
	words     *word // nil for "*", which is about all texts
	tag       language.Tag
	allowed   []string
	forbidden []word
	note      string
}

// anyTerm is the term whose words apply to all texts.
const anyTerm = "*"

// word is a word, or several, to be found in a text.
type word struct {
	shown      string
	lower      string
	begun, cut bool // more letters may be before it, or follow
}

func newWord(shown string) *word {
	w := word{shown: shown, lower: strings.ToLower(shown)}
	w.lower, w.begun = strings.CutPrefix(w.lower, "*")
	w.lower, w.cut = strings.CutSuffix(w.lower, "*")
	return &w
}

// in returns where the word is in a text in lower case, or -1.
func (w *word) in(lower string) int { return w.next(lower, 0) }

// next returns where the word is at or after an offset of a text in lower case, or -1.
func (w *word) next(lower string, from int) int {
	for {
		i := strings.Index(lower[from:], w.lower)
		if i < 0 {
			return -1
		}
		at, end := from+i, from+i+len(w.lower)
		if (w.begun || !joined(lower, at)) && (w.cut || !joined(lower, end)) {
			return at
		}
		_, size := utf8.DecodeRuneInString(lower[at:])
		from = at + size
	}
}

// joined reports whether the characters on both sides of an offset belong to one word. In scripts
// without spaces nobody can tell.
func joined(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return isWordRune(before) && isWordRune(after) && !unicode.In(before, unspacedScripts...) &&
		!unicode.In(after, unspacedScripts...)
}

var unspacedScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana,
	unicode.Khmer, unicode.Lao, unicode.Myanmar, unicode.Thai, unicode.Tibetan}

// ReadGlossary reads the glossary file. What is wrong with it is left out.
//
//	[file.de]
//	allowed = ["Datei"]
//	forbidden = ["File*"]
//	note = "Dokument is what a program opens."
func ReadGlossary(name string, src []byte) (*Glossary, diag.List) {
	doc, findings := tomldoc.Parse(name, src)
	if len(findings) > 0 {
		return &Glossary{}, findings
	}
	r := glossaryReader{doc: doc, tables: map[int]*term{}}
	for i, item := range doc.Items() {
		switch item.Kind {
		case tomldoc.Pair:
			r.pair(i)
		case tomldoc.ArrayHeader:
			r.report(i, "a glossary has no arrays of tables", "write [file.de]")
		}
	}
	g := &Glossary{}
	for _, t := range r.order {
		g.terms = append(g.terms, *t)
	}
	return g, r.findings.List()
}

type glossaryReader struct {
	doc      *tomldoc.Doc
	tables   map[int]*term // by table; nil if its name is invalid
	order    []*term
	findings diag.Collector
}

func (r *glossaryReader) report(item int, says, hint string) {
	at := r.doc.Pos(r.doc.Items()[item].Span().Start)
	r.findings.Add(RuleGlossary.At(r.doc.Name(), at, says, hint))
}

// pair reads a key with its words.
func (r *glossaryReader) pair(i int) {
	item := r.doc.Items()[i]
	if item.Value == tomldoc.InlineTable {
		return // Its pairs follow.
	}
	t := r.term(i, item.Table())
	if t == nil {
		return
	}
	keys := r.doc.Keys(item)
	key := keys[len(keys)-1].Name
	if key == "note" {
		if item.Value.IsString() {
			t.note = r.doc.Text(item)
		} else {
			r.report(i, "note is not a text", "write note = \"…\"")
		}
		return
	}
	words, ok := r.words(i)
	switch {
	case !ok:
		r.report(i, fmt.Sprintf("%s is not a list of words", key), fmt.Sprintf("write %s = [\"…\"]", key))
	case key == "allowed":
		t.allowed = words
	case key == "forbidden":
		for _, w := range words {
			t.forbidden = append(t.forbidden, *newWord(w))
		}
	default:
		r.report(i, fmt.Sprintf("unknown key %q", key), "the keys are allowed, forbidden and note")
	}
}

// term returns the term whose words the table has, or nil if there is none. The pair at item i is
// in it.
func (r *glossaryReader) term(i, table int) *term {
	if t, ok := r.tables[table]; ok {
		return t
	}
	r.tables[table] = nil
	names := r.doc.AppendPath(nil, table)
	if len(names) != 2 || strings.Trim(names[0], "* ") == "" && names[0] != anyTerm {
		r.report(i, "the words belong to no term and language", "write [file.de] above them")
		return nil
	}
	tag, err := language.Parse(names[1])
	if err != nil || tag == language.Und {
		r.report(i, fmt.Sprintf("%q is not a language tag", names[1]), "write [file.de] above the words")
		return nil
	}
	t := &term{source: names[0], tag: locale.Of(tag).Tag()}
	if t.source != anyTerm {
		t.words = newWord(t.source)
	}
	r.tables[table] = t
	r.order = append(r.order, t)
	return t
}

// words returns the strings of the array that the pair at item i has.
func (r *glossaryReader) words(i int) (words []string, ok bool) {
	items := r.doc.Items()
	if items[i].Value != tomldoc.Array {
		return nil, false
	}
	for j := i + 1; j < len(items) && items[j].Span().Start < items[i].Span().End; j++ {
		switch {
		case items[j].Kind != tomldoc.Element:
		case !items[j].Value.IsString(), strings.Trim(r.doc.Text(items[j]), "* ") == "":
			return nil, false
		default:
			words = append(words, r.doc.Text(items[j]))
		}
	}
	return words, true
}

// termsOf returns the terms of a locale and of those that it inherits from.
func (g *Glossary) termsOf(tag language.Tag) []term {
	if g == nil {
		return nil
	}
	tags := append(locale.Parents(tag), locale.Of(tag).Tag())
	return slices.DeleteFunc(slices.Clone(g.terms), func(t term) bool {
		return !slices.Contains(tags, t.tag)
	})
}

// Term is what the glossary says about a term of a source text in a language.
type Term struct {
	Source     string
	Use, Avoid []string
	Note       string // for people
}

// TermsIn returns the terms that a source text has, and those that are about all texts.
func (g *Glossary) TermsIn(source string, tag language.Tag) []Term {
	var all []Term
	lower := strings.ToLower(source)
	for _, t := range g.termsOf(tag) {
		if t.words != nil && t.words.in(lower) < 0 {
			continue
		}
		one := Term{Source: t.source, Use: t.allowed, Note: t.note}
		for _, word := range t.forbidden {
			one.Avoid = append(one.Avoid, word.shown)
		}
		all = append(all, one)
	}
	return all
}

// withoutAllowed blanks the allowed words in a text in lower case, since one may contain a
// forbidden word: "e-mail" contains "mail". Offsets stay the same.
func (t *term) withoutAllowed(lower string) string {
	rest := []byte(lower)
	for _, shown := range t.allowed {
		w := newWord(shown)
		for at := w.next(lower, 0); at >= 0; at = w.next(lower, at+len(w.lower)) {
			copy(rest[at:], strings.Repeat(" ", len(w.lower)))
		}
	}
	return string(rest)
}

// findForbiddenTerm finds a word that the glossary forbids in the locale, for a term of the source
// text or in all texts.
func findForbiddenTerm(f *form) fault {
	if f.original == nil || len(f.locale.terms) == 0 {
		return fault{}
	}
	text, source := strings.ToLower(f.text), strings.ToLower(f.original.raw)
	for i := range f.locale.terms {
		t := &f.locale.terms[i]
		for j := range t.forbidden {
			w := &t.forbidden[j]
			if w.in(text) < 0 || t.words != nil && t.words.in(source) < 0 {
				continue
			}
			at := w.in(t.withoutAllowed(text))
			if at < 0 {
				continue
			}
			says := fmt.Sprintf("the glossary forbids %q", w.shown)
			if t.words != nil {
				says += fmt.Sprintf(" for %q", t.source)
			}
			hint := ""
			if len(t.allowed) > 0 {
				hint = "write " + strings.Join(t.allowed, " or ")
			}
			return fault{min(at, len(f.text)), says, hint}
		}
	}
	return fault{}
}
