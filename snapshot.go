package errlingo

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"sync/atomic"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/negotiate"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/pseudo"
)

// snapshot is everything that rendering needs. It never changes; a reload makes a new one.
type snapshot struct {
	bundle    *Bundle
	base      *snapshot          // of a layer: what it is over
	overlays  []overlay          // and its own texts
	domains   []*domainTexts     // in the order of the sources
	matcher   *negotiate.Matcher // the first domain's, or one without locales
	findings  []Finding
	cache     headerCache
	outcomes  outcomeCache
	notations *notationCache // one with its layers
}

// domainTexts has the texts of a domain in all its locales.
type domainTexts struct {
	domain  *catalog.Domain
	locales []*localeTexts // sorted by tag; the matcher's indexes
	matcher *negotiate.Matcher
}

// localeTexts has the texts of a domain in one locale.
type localeTexts struct {
	tag    language.Tag
	rtl    bool
	locale pattern.Locale
	codes  []pattern.Text // the texts to show, at index code*NumParts + part
	given  []pattern.Text // as the sources have them, with those that are not shown
	labels []string       // by the label's index; "" is missing

	phrases []pattern.Text // by the phrase's index

	layered *layered // of a layer, instead of the lists, which are empty; else nil
}

// newSnapshot combines what the bundle's sources have read.
func newSnapshot(b *Bundle) *snapshot {
	s := &snapshot{bundle: b, notations: new(notationCache)}
	byDomain := map[*catalog.Domain]map[language.Tag]*localefile.Texts{}
	for _, src := range b.all() {
		texts := byDomain[src.Domain]
		if texts == nil {
			texts = map[language.Tag]*localefile.Texts{src.Domain.SourceLocale(): declared(src.Domain)}
			byDomain[src.Domain] = texts
			s.domains = append(s.domains, &domainTexts{domain: src.Domain})
		}
		for _, name := range slices.Sorted(maps.Keys(src.files)) {
			if file := src.files[name]; file.good {
				texts[file.tag] = override(texts[file.tag], &file.texts)
			}
		}
	}
	for _, d := range s.domains {
		if b.options.Pseudo {
			addPseudo(d.domain, byDomain[d.domain])
		}
		d.assemble(byDomain[d.domain], &b.options)
	}
	s.setMatcher()
	return s
}

func (s *snapshot) setMatcher() {
	if len(s.domains) > 0 {
		s.matcher = s.domains[0].matcher
	} else {
		s.matcher = negotiate.New(nil, language.Und, negotiate.Options{})
	}
}

// addFindings adds the findings about the files of the sources, and about locales that no reader is
// shown.
func (s *snapshot) addFindings(sources []*source) {
	list := s.unreachable(sources)
	for _, src := range sources {
		for _, file := range src.files {
			list = append(list, file.findings...)
		}
	}
	list.Sort()
	s.findings = newFindings(list)
}

// unreachable reports the locales that were added to a later domain and that the first one lacks:
// since that decides the locale, no reader is shown them. The first source of a domain is what its
// author offers, such as the standard codes in many languages, and may have more than a program
// needs.
func (s *snapshot) unreachable(sources []*source) diag.List {
	var list diag.List
	for i, src := range sources {
		isOf := func(other *source) bool { return other.Domain == src.Domain }
		if s.base == nil && !slices.ContainsFunc(sources[:i], isOf) {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(src.files)) {
			file, source := src.files[name], src.Domain.SourceLocale()
			if file.good && file.tag != source && !s.domains[0].serves(file.tag) {
				list = append(list, ruleUnreachable.At(name, diag.Pos{},
					fmt.Sprintf("no reader is shown the texts of domain %q in %v, "+
						"since domain %q, which decides the locale, has no such file",
						src.Domain.Name(), file.tag, s.domains[0].domain.Name()),
					fmt.Sprintf("add %v.toml to domain %q; it may be empty",
						file.tag, s.domains[0].domain.Name())))
			}
		}
	}
	return list
}

// serves reports whether a reader of the locale gets one of its language and script.
func (d *domainTexts) serves(tag language.Tag) bool {
	return slices.ContainsFunc(d.tags(), func(own language.Tag) bool {
		return own == tag || locale.Of(own).SameText(locale.Of(tag))
	})
}

// declared returns the texts in the source locale, which the program itself has.
func declared(d *catalog.Domain) *localefile.Texts {
	t := &localefile.Texts{}
	for code := range d.Codes() {
		t.Codes = append(t.Codes, access.CodeOf(code).Texts[:]...)
	}
	for phrase := range d.Phrases() {
		data, _ := access.PhraseOf(phrase)
		t.Phrases = append(t.Phrases, data.Text)
	}
	for label := range d.Labels() {
		t.Labels = append(t.Labels, label.Text())
	}
	return t
}

// override returns the texts of a locale with those of a later source on top.
func override(under, over *localefile.Texts) *localefile.Texts {
	if under == nil {
		return over
	}
	return &localefile.Texts{
		Codes:   layer(under.Codes, over.Codes, (*pattern.Text).Missing),
		Phrases: layer(under.Phrases, over.Phrases, (*pattern.Text).Missing),
		Labels:  layer(under.Labels, over.Labels, func(s *string) bool { return *s == "" }),
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

func (d *domainTexts) assemble(texts map[language.Tag]*localefile.Texts, options *Options) {
	for tag, t := range texts {
		own := newLocaleTexts(tag)
		own.codes, own.given = shown(d.domain, t.Codes), t.Codes
		own.labels, own.phrases = t.Labels, t.Phrases
		d.locales = append(d.locales, own)
	}
	slices.SortFunc(d.locales, func(a, b *localeTexts) int { return byTag(a, b.tag) })
	d.matcher = negotiate.New(d.tags(), options.DefaultLocale, negotiate.Options{
		Cross: crossPairs(options.AlsoReads),
	})
}

func newLocaleTexts(tag language.Tag) *localeTexts {
	return &localeTexts{
		tag: tag, rtl: locale.RightToLeft(tag), locale: pattern.NewLocale(tag),
	}
}

func byTag(t *localeTexts, tag language.Tag) int {
	return cmp.Compare(t.tag.String(), tag.String())
}

// crossPairs returns the pairs in an order that doesn't depend on that of the map.
func crossPairs(alsoReads map[language.Tag][]language.Tag) []negotiate.Pair {
	readers := slices.SortedFunc(maps.Keys(alsoReads), func(a, b language.Tag) int {
		return cmp.Compare(a.String(), b.String())
	})
	var pairs []negotiate.Pair
	for _, reader := range readers {
		for _, available := range alsoReads[reader] {
			pairs = append(pairs, negotiate.Pair{Reader: reader, Available: available})
		}
	}
	return pairs
}

// shown returns the texts as readers see them: without titles whose detail is missing and details
// whose title is, since both must come from one locale, and with the texts for an exact zero in
// those that they replace.
func shown(d *catalog.Domain, texts []pattern.Text) []pattern.Text {
	shown := texts
	of := func(code *access.Code) []pattern.Text {
		if &shown[0] == &texts[0] {
			shown = slices.Clone(texts)
		}
		return shown[code.Index*model.NumParts:][:model.NumParts]
	}
	for code := range d.Codes() {
		data := access.CodeOf(code)
		i := data.Index * model.NumParts
		if i >= len(texts) {
			continue
		}
		if differs(data, texts[i:][:model.NumParts]) {
			show(data, of(data))
		}
	}
	return shown
}

// differs reports whether the texts of a code in one locale are not shown as they are.
func differs(code *access.Code, texts []pattern.Text) bool {
	return hides(code, texts) || !texts[model.DetailZero].Missing() ||
		!texts[model.HelpZero].Missing()
}

func hides(code *access.Code, texts []pattern.Text) bool {
	return !code.Texts[model.Detail].Missing() &&
		texts[model.Title].Missing() != texts[model.Detail].Missing()
}

// show changes the texts of a code to those that are shown.
func show(code *access.Code, texts []pattern.Text) {
	if hides(code, texts) {
		texts[model.Title], texts[model.Detail] = pattern.Text{}, pattern.Text{}
	}
	model.JoinZeros(texts)
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
	return slices.IndexFunc(d.locales, func(t *localeTexts) bool {
		return t.tag == d.domain.SourceLocale()
	})
}

// text returns the text of a code's part, or nil if the locale lacks it.
func (t *localeTexts) text(code, part int) *pattern.Text {
	if text := t.listed(code, part); text != nil {
		return text
	}
	return t.layered.text(code, part)
}

// listed is text for a locale without a layer. It is inlined where most texts are found.
func (t *localeTexts) listed(code, part int) *pattern.Text {
	i := code*model.NumParts + part
	if i >= len(t.codes) || t.codes[i].Missing() {
		return nil
	}
	return &t.codes[i]
}

// givenText is text for one that may not be shown.
func (t *localeTexts) givenText(code, part int) *pattern.Text {
	i := code*model.NumParts + part
	if i >= len(t.given) || t.given[i].Missing() {
		return t.layered.givenText(code, part)
	}
	return &t.given[i]
}

// label returns the text of a label, "" if the locale lacks it.
func (t *localeTexts) label(l *catalog.Label) string {
	return t.labelAt(access.LabelIndex(l))
}

func (t *localeTexts) labelAt(index int) string {
	if index < len(t.labels) {
		return t.labels[index]
	}
	return t.layered.label(index)
}

// phrase returns the text of a phrase, or nil if the locale lacks it.
func (t *localeTexts) phrase(index int) *pattern.Text {
	if index >= len(t.phrases) || t.phrases[index].Missing() {
		return t.layered.phrase(index)
	}
	return &t.phrases[index]
}

func (s *snapshot) tags() []language.Tag {
	if len(s.domains) == 0 {
		return nil
	}
	return s.domains[0].tags()
}

// addPseudo adds the pseudo-locales that have no file.
func addPseudo(d *catalog.Domain, texts map[language.Tag]*localefile.Texts) {
	for _, tag := range pseudo.Tags() {
		if texts[tag] == nil {
			texts[tag] = pseudoTexts(d, tag)
		}
	}
}

func pseudoTexts(d *catalog.Domain, tag language.Tag) *localefile.Texts {
	t := &localefile.Texts{}
	declared := access.Model(d)
	compile := func(text model.Text, param func(string) int) pattern.Text {
		for category, form := range text.Forms {
			text.Forms[category] = pseudo.Text(tag, form)
		}
		return text.Compile(param)
	}
	for i := range declared.Codes {
		code := &declared.Codes[i]
		for _, text := range code.Texts {
			t.Codes = append(t.Codes, compile(text, code.ParamIndex))
		}
	}
	for i := range declared.Phrases {
		phrase := &declared.Phrases[i]
		t.Phrases = append(t.Phrases, compile(phrase.Text, phrase.ParamIndex))
	}
	for label := range d.Labels() {
		t.Labels = append(t.Labels, pseudo.Text(tag, label.Text()))
	}
	return t
}

// headerCache keeps the localizers of recent requests by their preferences, since browsers send the
// same ones each time. Its size is fixed and slots are overwritten, so no client can make it grow.
type headerCache [256]atomic.Pointer[cached]

type cached struct {
	prefs     []string
	localizer *Localizer
}

// maxCached is the length in bytes up to which preferences are cached.
const maxCached = 1024

var hashSeed = maphash.MakeSeed()

// slot returns the slot for the preferences, nil if they are too long.
func (c *headerCache) slot(prefs []string) *atomic.Pointer[cached] {
	var hash uint64
	length := 0
	for i, p := range prefs {
		// The length counts first: a header may have a megabyte.
		if length += len(p); length > maxCached {
			return nil
		}
		if p != "" {
			hash ^= maphash.String(hashSeed, p) + uint64(i)
		}
	}
	return &c[hash%uint64(len(c))]
}

func (c *cached) is(prefs []string) bool { return c != nil && slices.Equal(c.prefs, prefs) }

// outcomeCache keeps the localizers of recent readers by the result of their negotiation, in the
// same way.
type outcomeCache [64]atomic.Pointer[outcome]

type outcome struct {
	result    negotiate.Result
	localizer *Localizer
}

func (c *outcomeCache) slot(r *negotiate.Result) *atomic.Pointer[outcome] {
	hash := maphash.Comparable(hashSeed, r.Reader)
	for _, locale := range r.Chain {
		hash = 31*hash + uint64(locale)
	}
	return &c[hash%uint64(len(c))]
}

func (o *outcome) is(r *negotiate.Result) bool {
	return o != nil && o.result.Reader == r.Reader && slices.Equal(o.result.Chain, r.Chain)
}

// notationCache keeps the notations of readers' regions in the same way.
type notationCache [64]atomic.Pointer[cachedNotation]

type cachedNotation struct {
	tag    language.Tag
	values *format.Locale
}

// of returns the notation of the locale.
func (c *notationCache) of(tag language.Tag) *format.Locale {
	slot := &c[maphash.Comparable(hashSeed, tag)%uint64(len(c))]
	if hit := slot.Load(); hit != nil && hit.tag == tag {
		return hit.values
	}
	values := format.For(tag)
	slot.Store(&cachedNotation{tag, values})
	return values
}
