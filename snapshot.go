package errlingo

import (
	"cmp"
	"maps"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/negotiate"
	"github.com/errlingo/errlingo/internal/pattern"
)

// snapshot is all that rendering needs. It is never changed; a reload makes another one.
type snapshot struct {
	bundle    *Bundle
	domains   []*domainTexts // in the order in which they were given
	findings  diag.List
	cache     headerCache
	notations notationCache
}

// domainTexts is what a domain says in all its locales.
type domainTexts struct {
	domain  *catalog.Domain
	locales []localeTexts // sorted by tag; the matcher's indexes
	matcher *negotiate.Matcher
}

// localeTexts is what a domain says in one locale.
type localeTexts struct {
	tag    language.Tag
	rtl    bool
	voice  pattern.Voice
	codes  []pattern.Text // of code c and part p at c*catalog.NumParts+p; those that may be served
	given  []pattern.Text // the same with those that are not served, since title or detail is missing
	labels []string       // by the label's index; "" is missing
}

// newSnapshot puts together what the bundle's sources have read.
func newSnapshot(b *Bundle) *snapshot {
	s := &snapshot{bundle: b}
	byDomain := map[*catalog.Domain]map[language.Tag]*localefile.Texts{}
	for _, src := range b.sources {
		texts := byDomain[src.domain]
		if texts == nil {
			texts = map[language.Tag]*localefile.Texts{src.domain.Source(): declared(src.domain)}
			byDomain[src.domain] = texts
			s.domains = append(s.domains, &domainTexts{domain: src.domain})
		}
		for _, name := range slices.Sorted(maps.Keys(src.files)) {
			file := src.files[name]
			s.findings = append(s.findings, file.findings...)
			if file.good {
				texts[file.tag] = override(texts[file.tag], &file.texts)
			}
		}
	}
	for _, d := range s.domains {
		if b.settings.pseudo {
			addPseudo(d.domain, byDomain[d.domain])
		}
		d.assemble(byDomain[d.domain], &b.settings)
	}
	s.findings.Sort()
	return s
}

// declared returns the texts of the source locale, which is there without a file, since the program has them.
func declared(d *catalog.Domain) *localefile.Texts {
	t := &localefile.Texts{}
	for _, code := range d.Codes() {
		for part := range catalog.Parts() {
			t.Codes = append(t.Codes, *code.SourceText(part))
		}
	}
	for _, label := range d.Labels() {
		t.Labels = append(t.Labels, label.Text())
	}
	return t
}

// override returns the texts of a locale with those of a later source laid over them.
func override(under, over *localefile.Texts) *localefile.Texts {
	if under == nil {
		return over
	}
	return &localefile.Texts{
		Codes:  layer(under.Codes, over.Codes, func(t *pattern.Text) bool { return t.Missing() }),
		Labels: layer(under.Labels, over.Labels, func(s *string) bool { return *s == "" }),
	}
}

func layer[T any](under, over []T, missing func(*T) bool) []T {
	all := slices.Clone(under)
	for i := range over {
		if i < len(all) && !missing(&over[i]) {
			all[i] = over[i]
		}
	}
	return all
}

func (d *domainTexts) assemble(texts map[language.Tag]*localefile.Texts, settings *settings) {
	for tag, t := range texts {
		d.locales = append(d.locales, localeTexts{
			tag: tag, rtl: locale.RightToLeft(tag), voice: pattern.VoiceOf(tag),
			codes: inPairs(d.domain, t.Codes), given: t.Codes, labels: t.Labels,
		})
	}
	slices.SortFunc(d.locales, func(a, b localeTexts) int { return cmp.Compare(a.tag.String(), b.tag.String()) })
	var options negotiate.Options
	for _, p := range settings.readers {
		options.Cross = append(options.Cross, negotiate.Pair{Reader: p.reader, Available: p.available})
	}
	d.matcher = negotiate.New(d.tags(), settings.fallback, options)
}

// inPairs returns the texts without the titles that lack their detail and the details that lack their title, since title
// and detail of a code come from one locale.
func inPairs(d *catalog.Domain, texts []pattern.Text) []pattern.Text {
	paired := texts
	for _, code := range d.Codes() {
		i := code.Index() * catalog.NumParts
		if i >= len(texts) || code.SourceText(catalog.Detail).Missing() {
			continue
		}
		title, detail := i+int(catalog.Title), i+int(catalog.Detail)
		if texts[title].Missing() == texts[detail].Missing() {
			continue
		}
		if &paired[0] == &texts[0] {
			paired = slices.Clone(texts)
		}
		paired[title], paired[detail] = pattern.Text{}, pattern.Text{}
	}
	return paired
}

func (d *domainTexts) tags() []language.Tag {
	tags := make([]language.Tag, len(d.locales))
	for i := range d.locales {
		tags[i] = d.locales[i].tag
	}
	return tags
}

// source returns the index of the source locale.
func (d *domainTexts) source() int {
	return slices.IndexFunc(d.locales, func(t localeTexts) bool { return t.tag == d.domain.Source() })
}

// text returns the text of a code's part, nil where the locale lacks it. Codes that were defined after the load are beyond
// the end.
func (t *localeTexts) text(code *catalog.Code, part catalog.Part) *pattern.Text {
	i := code.Index()*catalog.NumParts + int(part)
	if i >= len(t.codes) || t.codes[i].Missing() {
		return nil
	}
	return &t.codes[i]
}

// has reports whether the locale has the text, though it may not be served.
func (t *localeTexts) has(code *catalog.Code, part catalog.Part) bool {
	i := code.Index()*catalog.NumParts + int(part)
	return i < len(t.given) && !t.given[i].Missing()
}

// label returns the text of a label, "" where the locale lacks it.
func (t *localeTexts) label(l *catalog.LabelRef) string {
	if l.Index() >= len(t.labels) {
		return ""
	}
	return t.labels[l.Index()]
}

func (s *snapshot) tags() []language.Tag {
	if len(s.domains) == 0 {
		return nil
	}
	return s.domains[0].tags()
}

// domain returns the index of a domain, -1 if it was not loaded.
func (s *snapshot) domain(d *catalog.Domain) int {
	for i, known := range s.domains {
		if known.domain == d {
			return i
		}
	}
	return -1
}
