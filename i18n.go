// Package errlingo shows errors to readers in their own language.
//
// A program declares its codes with package [github.com/errlingo/errlingo/catalog] and returns them as errors. This
// package loads the translations of their texts, chooses a locale for a reader, and renders an error's title, detail and
// help:
//
//	bundle, err := errlingo.Load(errlingo.From(shop.Domain, locales.FS))
//	…
//	loc := bundle.Localizer(r.FormValue("lang"), r.Header.Get("Accept-Language"))
//	fmt.Println(loc.Detail(err))
//
// # What always holds
//
// Rendering never fails, never panics and never returns an empty text for an error. Where a locale lacks a text, the
// reader gets it from the locale's parents, from the reader's next language, from the default locale, or as it was
// written in the program, in this order, and is told in which language it is. Title and detail of an error come from one
// locale. A missing argument shows as {Name}. An [Option] lets an observer hear of all that.
//
// Locale files are untrusted input: texts have placeholders and nothing else. Text that somebody typed is stripped of
// control characters, cut at 256 characters, and isolated where its direction could change that of the text around it
// (Unicode UAX #9).
//
// Language tags are those of BCP 47, locale data is that of CLDR.
package errlingo

import (
	"io/fs"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/diag"
)

// Bundle is all locales of one or several domains. It is safe for concurrent use, also while it is reloaded.
type Bundle struct {
	settings settings
	sources  []*source
	reload   sync.Mutex // held by Reload
	current  atomic.Pointer[snapshot]
}

// Finding is one thing that is wrong in a locale file: File, Line and Column (counted from 1, in characters), Severity,
// the name of the Rule, the Text in words, and a Hint at the way out.
//
// It is an error. Its method Error returns place and text in one line, "de.toml:14:9: unknown placeholder {{.Itme}}", At
// the place alone, and Detail what Error returns and the hint in a second line. Its Severity prints as "warning" or "error".
type Finding = diag.Finding

// Option is a setting of [Load].
type Option func(*settings)

type settings struct {
	pairs    []pair
	fallback language.Tag // the default locale
	observe  func(Event)
	unknown  *catalog.Code
	readers  []readerPair
	pseudo   bool
}

type pair struct {
	domain *catalog.Domain
	fsys   fs.FS
}

type readerPair struct{ reader, available language.Tag }

// From loads the locale files of a domain: those in the folder locales of the file system, or where there is none, those
// at its root. A file is called after its language tag, as in de.toml or pt-BR.toml.
//
// A domain may be loaded from several file systems; a later one overrides an earlier one text by text. The first domain
// that is given decides the locale of a reader; the others follow text by text. A nil file system has no files: the
// domain then speaks the language in which it was declared.
func From(domain *catalog.Domain, fsys fs.FS) Option {
	if domain == nil {
		panic("errlingo: From: the domain is nil")
	}
	return func(s *settings) { s.pairs = append(s.pairs, pair{domain, fsys}) }
}

// Default sets the default locale, the last resort of negotiation. Without it that is the source locale of the first
// domain.
func Default(tag language.Tag) Option { return func(s *settings) { s.fallback = tag } }

// Observe sets a function that hears what readers are not told: missing texts and arguments, domains that were not loaded,
// bad files. It is called in the goroutine that renders or reloads, so it must be quick and safe for concurrent use.
func Observe(f func(Event)) Option { return func(s *settings) { s.observe = f } }

// Unknown sets the code that is shown for an error that carries none. Its params should be few, since they have no
// arguments. Without it that is [catalog.Unknown], "Something went wrong".
func Unknown(code *catalog.Code) Option { return func(s *settings) { s.unknown = code } }

// Understand lets readers of one language be shown another one, where a program has no closer locale: Belarusian readers
// Russian, say, or Galician readers Spanish. No such pair is assumed.
func Understand(reader, available language.Tag) Option {
	return func(s *settings) { s.readers = append(s.readers, readerPair{reader, available}) }
}

// Load reads the locale files of all domains and returns them as a Bundle. What is wrong with a single text leaves out
// that text only, and a file that is not called after a language is passed over; [Bundle.Findings] and the observer tell.
// An error means that a file could not be read or is no TOML; it lists every fault of every such file, each a [Finding].
func Load(options ...Option) (*Bundle, error) {
	b := new(Bundle)
	for _, option := range options {
		if option != nil {
			option(&b.settings)
		}
	}
	b.settings.normalize()
	b.sources = newSources(b.settings.pairs)
	snap, err := b.load()
	if err != nil {
		return nil, err
	}
	b.current.Store(snap)
	return b, nil
}

func (s *settings) normalize() {
	if s.unknown == nil {
		s.unknown = catalog.Unknown
	}
	if s.fallback != language.Und {
		return
	}
	s.fallback = language.English
	if len(s.pairs) > 0 {
		s.fallback = s.pairs[0].domain.SourceLocale()
	}
}

// Reload reads the locale files again and replaces all texts at once. A reader who is being served keeps the texts of
// before; a [Localizer] made afterwards has the new ones.
//
// A file that cannot be used leaves its last good texts in place. The returned error tells of it as long as it cannot; the
// observer hears of it once for each content that it has.
func (b *Bundle) Reload() error {
	b.reload.Lock()
	defer b.reload.Unlock()
	snap, err := b.load()
	b.current.Store(snap)
	return err
}

// Findings returns what is wrong with single texts of the files in use, and which files are passed over, sorted by file and
// place.
func (b *Bundle) Findings() []Finding { return b.current.Load().findings }

// Locales returns the locales of the first domain, the source locale included, sorted by tag. Pseudo-locales are among
// them if they were loaded.
func (b *Bundle) Locales() []language.Tag { return b.current.Load().tags() }
