// Package pack puts the locale files of a domain into one small value that travels, and decides
// which of its texts a program can show.
//
// A pack has what readers see and nothing else: no comment, no empty form, no order of tables. Two
// folders with the same texts make the same pack.
package pack

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// The limits of a pack. Ten thousand codes in ten languages take a tenth of the size.
const (
	MaxFiles = 1000
	MaxSize  = 256 << 20 // bytes of all files
)

// Pack has the texts of one domain in all languages. It is immutable.
type Pack struct {
	// Domain is the name of the domain.
	Domain string
	// Fingerprint is that of the declarations that the texts were written for; see [Fingerprint].
	Fingerprint string

	files []file // sorted by name
}

// file is a locale file in the form that render writes.
type file struct {
	name string // the tag with the extension
	tag  language.Tag
	text string
}

// New packs the locale files of a domain, which are where [localefile.Find] looks for them. It
// takes what errlingo.Load would show, a file of the source locale or of a pseudo-locale included.
// Where Load skips what it can't use, New returns an error, a [diag.List], since the author of the
// files can fix them. Whether the domain has the texts, [Pack.For] decides.
//
// Two kinds of comments are kept because they decide what is an error: those that allow a rule, and
// the flags of stale texts.
func New(domain *model.Domain, files fs.FS) (*Pack, error) {
	names, err := localefile.Find(files)
	if err != nil {
		return nil, diag.List{diag.Unreadable("", err)}.OfDomain(domain.Name)
	}
	p := &Pack{Domain: domain.Name, Fingerprint: Fingerprint(domain)}
	var faults diag.List
	for _, name := range names {
		one, more := newFile(files, name)
		p.files, faults = append(p.files, one), append(faults, more...)
	}
	if len(faults) > 0 {
		return nil, faults.OfDomain(domain.Name)
	}
	slices.SortFunc(p.files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	if err := p.checkLimits(); err != nil {
		return nil, err
	}
	return p, nil
}

// checkLimits reports a pack that no receiver would accept.
func (p *Pack) checkLimits() error {
	if len(p.files) == 0 {
		return fmt.Errorf("domain %q has no locale file here; "+
			"put files such as de.toml into the folder locales or at the root", p.Domain)
	}
	if len(p.files) > MaxFiles {
		return fmt.Errorf("domain %q has %d locale files, but a pack has at most %d; "+
			"is it the right folder?", p.Domain, len(p.files), MaxFiles)
	}
	size := 0
	for _, f := range p.files {
		if len(f.text) > tomldoc.MaxSize {
			return fmt.Errorf("%q has more than %d bytes of texts; divide the domain in two",
				f.name, tomldoc.MaxSize)
		}
		size += len(f.text)
	}
	if size > MaxSize {
		return fmt.Errorf("the texts of domain %q have %d bytes, but a pack has at most %d; "+
			"divide the domain in two", p.Domain, size, MaxSize)
	}
	return nil
}

func newFile(files fs.FS, name string) (file, diag.List) {
	parsed, faults := parse(files, name)
	if len(faults) > 0 {
		return file{}, faults
	}
	return file{nameOf(parsed.Tag), parsed.Tag, render(parsed.Entries, lint.Excuses(parsed))}, nil
}

// parse reads a locale file that its author can fix.
func parse(files fs.FS, name string) (*localefile.File, diag.List) {
	tag, misnamed := localefile.TagOf(name)
	if misnamed != nil {
		return nil, diag.List{*misnamed}
	}
	src, err := localefile.ReadFile(files, name)
	if err != nil {
		return nil, diag.List{diag.Unreadable(name, err)}
	}
	parsed, syntax, texts := localefile.Read(name, tag, src)
	return parsed, append(syntax, texts...)
}

// Check returns the errors for which a program with these declarations refuses the pack that [New]
// makes of the files, each with its place in its file. [Pack.For] finds them in the pack, where
// they have none.
func Check(domain *model.Domain, files fs.FS) diag.List {
	names, err := localefile.Find(files)
	if err != nil {
		return diag.List{diag.Unreadable("", err)}.OfDomain(domain.Name)
	}
	checker := lint.NewChecker(domain, nil)
	var found diag.List
	for _, name := range names {
		parsed, faults := parse(files, name)
		if len(faults) == 0 {
			faults = checker.Override(parsed).Errors()
		}
		found = append(found, faults...)
	}
	return found.OfDomain(domain.Name)
}

func nameOf(tag language.Tag) string { return tag.String() + localefile.Ext }

// render writes a locale file with the texts, sorted by their IDs. Each has a table of its own. The
// lines that excuse errors are by ID.
func render(entries []localefile.Entry, excuses map[localefile.ID][]string) string {
	sorted := slices.SortedFunc(slices.Values(entries), func(a, b localefile.Entry) int {
		return cmp.Or(cmp.Compare(a.ID.Name, b.ID.Name), cmp.Compare(a.ID.Part, b.ID.Part))
	})
	var b strings.Builder
	for i := range sorted {
		e := &sorted[i]
		if !isShown(e) {
			continue
		}
		b.WriteString("[" + key(e.ID.Name) + "." + key(e.ID.Part) + "]\n")
		for _, line := range excuses[e.ID] {
			b.WriteString(line + "\n")
		}
		for c, form := range e.Forms {
			if !isBlank(form.Text) {
				b.WriteString(plural.Category(c).String() + "=" + tomldoc.MustQuote(form.Text) + "\n")
			}
		}
	}
	return b.String()
}

func isShown(e *localefile.Entry) bool {
	for _, form := range e.Forms {
		if !isBlank(form.Text) {
			return true
		}
	}
	return false
}

// isBlank reports whether readers never see a form.
func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// key writes a part of a header, bare if that is possible.
func key(name string) string {
	bare := name != ""
	for i := range len(name) {
		c := name[i]
		bare = bare && ('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
			c == '_' || c == '-')
	}
	if bare {
		return name
	}
	return tomldoc.MustQuote(name)
}

// Locales returns the locales of the files, sorted by tag.
func (p *Pack) Locales() []language.Tag {
	tags := make([]language.Tag, len(p.files))
	for i, f := range p.files {
		tags[i] = f.tag
	}
	return tags
}
