// Package errlingo shows errors to readers in their own language.
//
// A program declares its codes with package [github.com/errlingo/errlingo/catalog] and returns them
// as errors. This package loads the translations, chooses a locale for a reader, and renders an
// error's title, detail and help:
//
//	bundle, err := errlingo.Load(errlingo.Options{
//		Sources: []errlingo.Source{{Domain: shop.Domain, FS: locales.FS}},
//	})
//	…
//	loc := bundle.Localizer(r.FormValue("lang"), r.Header.Get("Accept-Language"))
//	fmt.Println(loc.Detail(err))
//
// # Guarantees
//
// Rendering never fails, never panics and never returns an empty text for an error. If the reader's
// locale lacks a text, the reader gets it from the locale's parents, then from the reader's next
// language, then from the default locale, then from the program itself. Each text records its
// language. Title and detail of an error come from one locale. [Options.OnEvent] reports every
// fallback.
//
// A text is only shown with all its arguments. If one is missing, the detail gives way to the title
// and the help is left out. A title should need none; if it does, the next locale's title that is
// complete is shown, then that of the standard code for the HTTP status if the bundle has the
// standard codes, then that of [Options.Uncoded]. Braces never reach a reader.
//
// Locale files are untrusted input: texts have placeholders and nothing else. Text typed by a user
// is stripped of control characters, cut at 256 characters, and isolated if its direction could
// change that of the text around it (Unicode UAX #9).
//
// Language tags follow BCP 47. Locale data comes from CLDR.
package errlingo

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// Options configure [Load]. The zero value loads nothing: every code is shown as it was declared.
type Options struct {
	// Sources are the locale files, by domain. The first domain decides a reader's locale; the
	// others follow text by text. If a domain has several sources, a later one overrides an
	// earlier one text by text.
	Sources []Source
	// DefaultLocale is for readers none of whose languages is available. Zero means the source locale
	// of the first domain.
	DefaultLocale language.Tag
	// AlsoReads lists languages that readers of another language understand, such as Russian for
	// Belarusian, or Spanish for Galician. They are shown if the program has no closer locale. No
	// pair is assumed.
	AlsoReads map[language.Tag][]language.Tag
	// Uncoded is shown for an error that carries no code. It gets no arguments, so its texts should
	// need none. Nil is [catalog.Unknown], "Something went wrong".
	Uncoded *catalog.Code
	// Pseudo adds the pseudo-locales en-XA (accented, in brackets, longer) and ar-XB (right to
	// left), made from the source texts, for domains that have no file for them. They show during
	// development what is not translated or doesn't fit. They are only chosen by their exact name.
	Pseudo bool
	// Strict makes Load fail on any finding, even about a single text.
	Strict bool
	// OnEvent reports what readers don't see: missing texts and arguments, domains that were not
	// loaded, invalid files. It is called by the goroutine that renders or reloads, so it must be
	// quick and safe for concurrent use. A panic in it is ignored.
	OnEvent func(Event)
}

// Source is a file system with the locale files of a domain.
type Source struct {
	Domain *catalog.Domain
	// FS has the files in the folder locales or, if it has no such folder, at its root. Each is
	// named after its language tag, such as de.toml or pt-BR.toml. A nil FS has no files: the
	// domain is shown as it was declared.
	FS fs.FS
}

// Bundle has the texts of one or several domains in all their locales. It is safe for concurrent
// use, even while it is reloaded. Use [Load] to make one.
type Bundle struct {
	options Options
	base    *Bundle // of a layer
	sources []*source
	over    []*source     // set by Override
	reload  chan struct{} // has room for one Reload or Override at a time
	current atomic.Pointer[snapshot]
}

// Load reads the locale files of all domains. A text that is invalid is skipped and the rest of its
// file is used; so is a file that isn't named after a language. [Bundle.Findings] and
// [Options.OnEvent] report these. The error lists every fault of every file that can't be read or
// isn't TOML; each is a [Finding]. Load panics if a source has no domain.
//
// A domain is complete once it is loaded: a later call of its Define, Phrase or Label
// panics.
func Load(options Options) (*Bundle, error) {
	_, file, line, _ := runtime.Caller(1)
	b := &Bundle{options: options}
	b.options.Sources = slices.Clone(options.Sources)
	if b.options.Uncoded == nil {
		b.options.Uncoded = catalog.Unknown
	}
	if b.options.DefaultLocale == language.Und {
		b.options.DefaultLocale = language.English
		if len(b.options.Sources) > 0 {
			b.options.DefaultLocale = b.options.Sources[0].Domain.SourceLocale()
		}
	}
	return b.start("Load", file, line)
}

// start loads the sources for the first time. The function that is called so was called at the
// place, where the domains are complete.
func (b *Bundle) start(called, file string, line int) (*Bundle, error) {
	b.reload = make(chan struct{}, 1)
	for i, s := range b.options.Sources {
		if s.Domain == nil {
			panic(fmt.Sprintf("errlingo: %s: Sources[%d] has no domain", called, i))
		}
		access.Freeze(s.Domain, model.Place{File: file, Pos: diag.Pos{Line: line}})
		b.sources = append(b.sources, b.newSource(s))
	}
	snap, err := b.load(context.Background(), false)
	if err != nil {
		return nil, err
	}
	if b.options.Strict && len(snap.findings) > 0 {
		return nil, findings(snap.findings)
	}
	b.current.Store(snap)
	for _, f := range snap.findings {
		if f.Rule == ruleUnreachable.ID {
			b.report(Event{Kind: UnreachableLocale, Err: f})
		}
	}
	return b, nil
}

func (b *Bundle) newSource(s Source) *source {
	return &source{Source: s, files: map[string]*loaded{}, sparse: b.base != nil}
}

// ReloadOption changes what [Bundle.Reload] does.
type ReloadOption uint8

// DropMissing drops the texts that a file no longer has, and those of a file that is gone. A file
// that can't be read or isn't TOML still keeps its texts.
const DropMissing ReloadOption = 1

// Reload reads the locale files again and replaces all texts at once. A [Localizer] made before the
// reload keeps its texts.
//
// A reload takes no text away. One that is missing or invalid in the new version of a file keeps
// its last good form, and so do all texts of a file that can't be used or is gone: the file may
// have been read while an editor was saving it. Use [DropMissing] to drop what is missing.
//
// Reload returns an error, each part a [Finding], as long as there are such texts.
// [Options.OnEvent] is called once per version of a file. A panic of a file system counts as a
// fault of the file. Files that have not been read when the context ends count as unreadable, so a
// file system that blocks doesn't block Reload.
func (b *Bundle) Reload(ctx context.Context, options ...ReloadOption) error {
	select {
	case b.reload <- struct{}{}:
		defer func() { <-b.reload }()
	case <-ctx.Done():
		return ctx.Err()
	}
	snap, err := b.load(ctx, slices.Contains(options, DropMissing))
	b.current.Store(snap)
	return err
}

// Override shows the texts of the locale files over those of the domain's sources, text by text,
// for texts that reach a program while it runs. They replace those of an earlier call for the
// domain: a text that the files lack is shown as the sources have it. A nil file system takes the
// texts of earlier calls away.
//
// All texts change at once, and a [Localizer] made before keeps its texts. If a file can't be read
// or isn't TOML, nothing changes and Override returns an error, each part a [Finding]. A text that
// is invalid is skipped, as by [Load]. The files are read once: [Bundle.Reload] does not read them
// again. A domain that the bundle lacks is added.
//
// Override returns the context's error if that ends before the files are read. It panics if the
// domain is nil.
func (b *Bundle) Override(ctx context.Context, domain *catalog.Domain, files fs.FS) error {
	if domain == nil {
		panic("errlingo: Override: the domain is nil")
	}
	_, file, line, _ := runtime.Caller(1)
	access.Freeze(domain, model.Place{File: file, Pos: diag.Pos{Line: line}})
	select {
	case b.reload <- struct{}{}:
		defer func() { <-b.reload }()
	case <-ctx.Done():
		return ctx.Err()
	}
	over := slices.DeleteFunc(slices.Clone(b.over), func(s *source) bool {
		return s.Domain == domain
	})
	if files != nil {
		s := b.newSource(Source{Domain: domain, FS: files})
		if err := s.loadAll(ctx); err != nil {
			return err
		}
		s.FS = nil // It isn't read again, and may keep a copy of all texts in memory.
		over = append(over, s)
	}
	b.over = over
	snap := b.assemble()
	b.reportFiles(nil)
	b.current.Store(snap)
	return nil
}

// Findings returns the findings about single texts of the files in use, and about files that were
// skipped, sorted by file and position.
func (b *Bundle) Findings() []Finding { return slices.Clone(b.texts().findings) }

// Locales returns the locales of the first domain, including the source locale, sorted by tag.
func (b *Bundle) Locales() []language.Tag { return b.texts().tags() }

// Finding is one thing that is wrong with a locale file. It is an error.
type Finding struct {
	File     string // the file's path; empty if the finding isn't about a file
	Line     int    // counted from 1; 0 if the finding is about the whole file
	Column   int    // counted from 1, in characters
	Severity Severity
	Rule     string // the rule's stable name, such as "unknown-placeholder"
	Text     string // what is wrong
	Hint     string // how to fix it, if known
}

// Severity says how serious a [Finding] is. The zero value is SeverityWarning.
type Severity uint8

// The severities.
const (
	SeverityWarning Severity = iota // worth a look
	SeverityError                   // must be fixed
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == SeverityError {
		return "error"
	}
	return "warning"
}

// Position returns "file:line:column", "file" if the position is unknown, or "".
func (f Finding) Position() string { return f.diag().Position() }

// Error returns position and text, such as "de.toml:14:9: unknown placeholder {{.Itme}}".
func (f Finding) Error() string { return f.diag().Error() }

// Detail returns what Error returns and, on a second line, the hint.
func (f Finding) Detail() string { return f.diag().Detail() }

func (f Finding) diag() diag.Finding {
	return diag.Finding{
		File: f.File, Pos: diag.Pos{Line: f.Line, Column: f.Column}, Text: f.Text, Hint: f.Hint,
	}
}

func newFinding(f diag.Finding) Finding {
	found := Finding{
		File: f.File, Line: f.Line, Column: f.Column, Rule: f.Rule, Text: f.Text, Hint: f.Hint,
	}
	if f.Severity == diag.Error {
		found.Severity = SeverityError
	}
	return found
}

// findings is an error that lists all faults of all files.
type findings []Finding

func newFindings(list diag.List) findings {
	all := make(findings, len(list))
	for i, f := range list {
		all[i] = newFinding(f)
	}
	return all
}

// Error returns every finding with its hint, one after the other.
func (l findings) Error() string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.Detail()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the findings one by one, for [errors.As].
func (l findings) Unwrap() []error {
	errs := make([]error, len(l))
	for i, f := range l {
		errs[i] = f
	}
	return errs
}

func (l findings) err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}
