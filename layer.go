package errlingo

import (
	"maps"
	"runtime"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/negotiate"
	"github.com/errlingo/errlingo/internal/pattern"
)

// Layer returns a bundle that shows the texts of the sources in place of those of b, text by text,
// and all other texts of b: for a customer who has words of their own, or for a brand. It may add
// locales and domains. All that is the same is shared, so a layer takes memory for its own texts
// only.
//
// The layer has the options of b. Its Findings are about its own files, and its Reload reads these.
// If b is reloaded, its new texts show through the layer. A layer may have layers itself. Layer
// returns the errors that [Load] would, and panics if a source has no domain.
func (b *Bundle) Layer(sources ...Source) (*Bundle, error) {
	_, file, line, _ := runtime.Caller(1)
	l := &Bundle{options: b.options, base: b}
	l.options.Sources = slices.Clone(sources)
	return l.start("Layer", file, line)
}

// texts returns the texts in use. Those of a layer are combined anew if its base has others now.
func (b *Bundle) texts() *snapshot {
	if b.base != nil {
		return b.rebase()
	}
	return b.current.Load()
}

func (b *Bundle) rebase() *snapshot {
	for {
		snap, base := b.current.Load(), b.base.texts()
		if snap.base == base {
			return snap
		}
		next := newLayer(b, base, snap.overlays)
		next.findings = snap.findings
		if b.current.CompareAndSwap(snap, next) { // else a reload or another reader was faster
			return next
		}
	}
}

// overlay has the texts that the sources of a layer have for one domain.
type overlay struct {
	domain *catalog.Domain
	files  []layerFile // in the order of the sources
}

type layerFile struct {
	tag   language.Tag
	texts sparseTexts
}

// overlaysOf returns what the sources of a layer have read, by domain.
func overlaysOf(sources []*source) []overlay {
	var all []overlay
	for _, src := range sources {
		i := slices.IndexFunc(all, func(o overlay) bool { return o.domain == src.Domain })
		if i < 0 {
			i, all = len(all), append(all, overlay{domain: src.Domain})
		}
		for _, name := range slices.Sorted(maps.Keys(src.files)) {
			if file := src.files[name]; file.good {
				all[i].files = append(all[i].files, layerFile{file.tag, file.sparse})
			}
		}
	}
	return all
}

// newLayer combines the texts of a layer with those of its base.
func newLayer(b *Bundle, base *snapshot, overlays []overlay) *snapshot {
	s := &snapshot{
		bundle: b, base: base, overlays: overlays, notations: base.notations,
		domains: slices.Clone(base.domains),
	}
	for _, o := range overlays {
		i := slices.IndexFunc(s.domains, func(d *domainTexts) bool { return d.domain == o.domain })
		if i < 0 {
			texts := map[language.Tag]*localefile.Texts{o.domain.SourceLocale(): declared(o.domain)}
			if b.options.Pseudo {
				addPseudo(o.domain, texts)
			}
			d := &domainTexts{domain: o.domain}
			d.assemble(texts, &b.options)
			i, s.domains = len(s.domains), append(s.domains, d)
		}
		s.domains[i] = s.domains[i].under(&o, &b.options)
	}
	s.setMatcher()
	return s
}

// under returns the texts of a domain with those of a layer in their place.
func (d *domainTexts) under(o *overlay, options *Options) *domainTexts {
	all := &domainTexts{domain: d.domain, matcher: d.matcher, locales: slices.Clone(d.locales)}
	for _, file := range o.files {
		i, has := slices.BinarySearchFunc(all.locales, file.tag, byTag)
		if !has {
			all.locales = slices.Insert(all.locales, i, newLocaleTexts(file.tag))
		}
		all.locales[i] = all.locales[i].under(d.domain, &file.texts)
	}
	if len(all.locales) != len(d.locales) {
		all.matcher = negotiate.New(all.tags(), options.DefaultLocale, negotiate.Options{
			Cross: crossPairs(options.AlsoReads),
		})
	}
	return all
}

// layered has the texts of a locale in a layer. It embeds none of its base's: what it lacks is
// looked up there.
type layered struct {
	base    *localeTexts
	codes   map[int]*layeredCode // by the code's index
	phrases map[int]*pattern.Text
	labels  map[int]string
}

// layeredCode has all texts of a code of which the layer has one, since the title and the detail
// that are shown belong together.
type layeredCode struct {
	shown, given *[model.NumParts]pattern.Text
}

// under returns the texts of the locale with others in their place.
func (t *localeTexts) under(d *catalog.Domain, over *sparseTexts) *localeTexts {
	l := &layered{base: t, phrases: over.phrases, labels: over.labels}
	rows := map[int]*[model.NumParts]pattern.Text{}
	for i, text := range over.codes {
		code := i / model.NumParts
		if rows[code] == nil {
			rows[code] = new([model.NumParts]pattern.Text)
			for part := range model.NumParts {
				if under := t.givenText(code, part); under != nil {
					rows[code][part] = *under
				}
			}
		}
		rows[code][i%model.NumParts] = *text
	}
	if len(rows) > 0 {
		l.codes = make(map[int]*layeredCode, len(rows))
		for code := range d.Codes() {
			data := access.CodeOf(code)
			given := rows[data.Index]
			if given == nil {
				continue
			}
			shown := given
			if differs(data, given[:]) {
				shown = new(*given)
				show(data, shown[:])
			}
			l.codes[data.Index] = &layeredCode{shown, given}
		}
	}
	own := newLocaleTexts(t.tag)
	own.layered = l
	return own
}

// text is localeTexts.text for texts of a layer.
func (l *layered) text(code, part int) *pattern.Text {
	if l == nil {
		return nil
	}
	if row := l.codes[code]; row != nil {
		return present(&row.shown[part])
	}
	return l.base.text(code, part)
}

// givenText is text for texts that may not be shown.
func (l *layered) givenText(code, part int) *pattern.Text {
	if l == nil {
		return nil
	}
	if row := l.codes[code]; row != nil {
		return present(&row.given[part])
	}
	return l.base.givenText(code, part)
}

// label is localeTexts.label for labels of a layer.
func (l *layered) label(index int) string {
	if l == nil {
		return ""
	}
	if text, has := l.labels[index]; has {
		return text
	}
	return l.base.labelAt(index)
}

// phrase is localeTexts.phrase for phrases of a layer.
func (l *layered) phrase(index int) *pattern.Text {
	if l == nil {
		return nil
	}
	if text, has := l.phrases[index]; has {
		return text
	}
	return l.base.phrase(index)
}

func present(t *pattern.Text) *pattern.Text {
	if t.Missing() {
		return nil
	}
	return t
}

// sparseTexts are the texts that a file has, by their index in [localefile.Texts].
type sparseTexts struct {
	codes, phrases map[int]*pattern.Text
	labels         map[int]string
}

// newSparse returns the texts that are not missing.
func newSparse(t *localefile.Texts) sparseTexts {
	s := sparseTexts{codes: sparse(t.Codes), phrases: sparse(t.Phrases)}
	for i, text := range t.Labels {
		if text != "" {
			if s.labels == nil {
				s.labels = map[int]string{}
			}
			s.labels[i] = text
		}
	}
	return s
}

func sparse(list []pattern.Text) map[int]*pattern.Text {
	var all map[int]*pattern.Text
	for i, text := range list {
		if !text.Missing() {
			if all == nil {
				all = map[int]*pattern.Text{}
			}
			all[i] = &text
		}
	}
	return all
}

// all returns the reverse of newSparse for a domain with as many texts as the others.
func (s *sparseTexts) all(others *localefile.Texts) *localefile.Texts {
	t := &localefile.Texts{
		Codes:   make([]pattern.Text, len(others.Codes)),
		Phrases: make([]pattern.Text, len(others.Phrases)),
		Labels:  make([]string, len(others.Labels)),
	}
	for i, text := range s.codes {
		t.Codes[i] = *text
	}
	for i, text := range s.phrases {
		t.Phrases[i] = *text
	}
	for i, text := range s.labels {
		t.Labels[i] = text
	}
	return t
}
