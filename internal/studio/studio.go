// Package studio serves a page on which translators edit the texts of a project, and the interface
// that the page uses. Nothing of it leaves the machine: it is for one person at one browser.
//
// Requests work on a snapshot of all texts, which is immutable. Saves and the edits of
// other programs make new ones.
package studio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pseudo"
)

// Project is where the texts come from.
type Project interface {
	// Load reads Go source and finds the locale files.
	Load(ctx context.Context) ([]Domain, error)
	// Stamp returns a word that changes with the Go source. It is asked often.
	Stamp(ctx context.Context) string
	// Committed returns a file of a domain's folder as git's last commit has it, or nil.
	Committed(ctx context.Context, d *Domain, name string) []byte
}

// Domain is a domain with the folder of its locale files.
type Domain struct {
	*model.Domain
	// Input is what plans for its files are made of. Each of its files has a Read that reads the file
	// anew.
	Input      merge.Input
	Glossary   *lint.Glossary
	Root, Path string // as atomicfile.Open takes them
}

// Options say how a [Server] works.
type Options struct {
	ReadOnly bool // nothing is written
}

// Server has the texts of a project. Its methods may be called from several goroutines at a time.
type Server struct {
	project Project
	options Options
	current atomic.Pointer[snapshot]

	writing  sync.Mutex // held by whoever makes a new snapshot, and by saves
	source   string     // the project's stamp when it was loaded
	session  session
	previews previews

	mu      sync.Mutex
	looked  time.Time      // when Go source was looked at
	changed chan struct{}  // closed with the next snapshot
	log     []changedTexts // what changed with which snapshot, the oldest first
}

// New returns a server with the texts of the project.
func New(ctx context.Context, p Project, options Options) (*Server, error) {
	s := &Server{project: p, options: options, changed: make(chan struct{})}
	s.session.init()
	s.writing.Lock()
	defer s.writing.Unlock()
	return s, s.load(ctx)
}

// snapshot is all texts at one time. It is immutable.
type snapshot struct {
	revision int
	domains  []*domain
	fault    string // why the declarations are not those in Go source any more
}

func (s *snapshot) domain(name string) *domain {
	i := slices.IndexFunc(s.domains, func(d *domain) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return s.domains[i]
}

// domain is a domain with the texts of its locales. It is immutable.
type domain struct {
	Domain
	messages []model.Message // in the order of the list
	index    map[string]int  // by ID
	editor   *merge.Editor
	checker  *lint.Checker
	similar  func() *similarTexts
	locales  []*locale // in the order of their tags
	names    []string  // of the locale files
	stamps   stamps    // those of ownStamps
}

func (d *domain) locale(tag string) *locale {
	i := slices.IndexFunc(d.locales, func(l *locale) bool { return l.tag.String() == tag })
	if i < 0 {
		return nil
	}
	return d.locales[i]
}

// with returns the domain with another version of a locale.
func (d *domain) with(l *locale) *domain {
	other := *d
	other.locales = slices.Clone(d.locales)
	i := slices.IndexFunc(other.locales, func(one *locale) bool { return one.tag == l.tag })
	other.locales[i] = l
	return &other
}

// with returns the snapshot with another version of a domain.
func (s *snapshot) with(d *domain) *snapshot {
	other := *s
	other.domains = slices.Clone(s.domains)
	i := slices.IndexFunc(other.domains, func(one *domain) bool { return one.Name == d.Name })
	other.domains[i] = d
	return &other
}

// load reads the whole project. The caller holds writing.
func (s *Server) load(ctx context.Context) error {
	s.source = s.project.Stamp(ctx)
	loaded, err := s.project.Load(ctx)
	if err != nil {
		return err
	}
	next := &snapshot{}
	for _, one := range loaded {
		next.domains = append(next.domains, newDomain(one))
	}
	s.publish(next, changedTexts{})
	return nil
}

func newDomain(loaded Domain) *domain {
	d := &domain{Domain: loaded, index: map[string]int{}}
	d.messages = ordered(loaded.Domain)
	for i := range d.messages {
		d.index[d.messages[i].ID.String()] = i
	}
	d.checker = lint.NewChecker(d.Domain.Domain, d.Glossary)
	d.similar = sync.OnceValue(func() *similarTexts { return newSimilarTexts(d.messages) })
	for _, f := range d.Input.Files {
		d.names = append(d.names, path.Base(f.Name))
	}
	d.readAll()
	return d
}

// ordered returns the texts in the order in which they are best translated: labels first, then
// phrases that are part of other texts, so that a translator has their words when they appear in a
// sentence. All others follow as they are declared.
func ordered(d *model.Domain) []model.Message {
	inside := map[string]bool{}
	for m := range d.Messages() {
		for i := range m.Params {
			findPhrases(&m.Params[i].Example, inside)
		}
	}
	rank := func(m *model.Message) int {
		switch {
		case m.Label != nil:
			return 0
		case m.Phrase != nil && inside[m.Phrase.Name]:
			return 1
		}
		return 2
	}
	all := slices.Collect(d.Messages())
	slices.SortStableFunc(all, func(a, b model.Message) int { return cmp.Compare(rank(&a), rank(&b)) })
	return all
}

// findPhrases adds the names of the phrases in a value.
func findPhrases(v *format.Value, names map[string]bool) {
	for _, one := range v.Values() {
		findPhrases(&one, names)
	}
	ref, _ := v.Named()
	if said, is := ref.(*model.Said); is {
		names[said.Phrase.Name] = true
	}
}

// readAll reads all locale files of the domain.
func (d *domain) readAll() {
	d.stamps = d.ownStamps()
	d.editor = merge.NewEditor(d.Input)
	d.locales = nil
	var group sync.WaitGroup
	for _, f := range d.Input.Files {
		if f.Tag == d.Source {
			continue
		}
		l := &locale{tag: f.Tag}
		d.locales = append(d.locales, l)
		group.Go(func() { *l = *d.read(f.Tag) })
	}
	group.Wait()
	slices.SortFunc(d.locales, func(a, b *locale) int {
		return strings.Compare(a.tag.String(), b.tag.String())
	})
}

// stamps tell whether files have changed, without reading them. One is nil if there is no file.
type stamps []fs.FileInfo

// stampsOf returns the stamps of files in the domain's folder.
func (d *domain) stampsOf(names ...string) stamps {
	all := make(stamps, len(names))
	for i, name := range names {
		file := filepath.Join(d.Root, filepath.FromSlash(d.Path), filepath.FromSlash(name))
		info, err := os.Lstat(file)
		if err == nil {
			all[i] = info
		}
	}
	return all
}

func (s stamps) equal(other stamps) bool {
	return slices.EqualFunc(s, other, func(a, b fs.FileInfo) bool {
		if a == nil || b == nil {
			return a == nil && b == nil
		}
		return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
	})
}

// ownStamps returns the stamps of the folder, of the glossary and the ledger, and of the source
// locale's file.
func (d *domain) ownStamps() stamps {
	return d.stampsOf(".", lint.GlossaryName, ledger.Name, d.Source.String()+localefile.Ext)
}

// localeStamps returns the stamps of the files of a locale.
func (d *domain) localeStamps(tag language.Tag) stamps {
	return d.stampsOf(tag.String()+localefile.Ext, merge.StateName(tag), merge.DraftName(tag))
}

// fresh returns the texts as the files have them now. What other programs have changed is read.
func (s *Server) fresh(ctx context.Context) *snapshot {
	now := s.current.Load()
	if now.isFresh() {
		return now
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.refresh(ctx)
	return s.current.Load()
}

func (s *snapshot) isFresh() bool {
	return !slices.ContainsFunc(s.domains, func(d *domain) bool { return !d.isFresh() })
}

func (d *domain) isFresh() bool {
	return d.stamps.equal(d.ownStamps()) &&
		!slices.ContainsFunc(d.locales, func(l *locale) bool {
			return !l.stamps.equal(d.localeStamps(l.tag))
		})
}

// refresh reads what other programs have changed. The caller holds writing.
func (s *Server) refresh(ctx context.Context) {
	for _, d := range s.current.Load().domains {
		now := d.ownStamps()
		switch {
		case !now[1:3].equal(d.stamps[1:3]), !now[:1].equal(d.stamps[:1]) &&
			!slices.Equal(d.names, d.localeNames()):
			s.reload(ctx)
			return
		case !now[3:].equal(d.stamps[3:]):
			other := *d
			other.readAll()
			s.publish(s.current.Load().with(&other), changedTexts{domain: d.Name})
			continue
		}
		if !now.equal(d.stamps) {
			other := *d
			other.stamps = now
			d = &other
			s.current.Store(s.current.Load().with(d))
		}
		for _, l := range d.locales {
			if l.stamps.equal(d.localeStamps(l.tag)) {
				continue
			}
			d = d.with(d.read(l.tag))
			s.publish(s.current.Load().with(d),
				changedTexts{domain: d.Name, locale: l.tag.String()})
		}
	}
}

// localeNames returns the names of the locale files in the domain's folder, in the order of the
// domain's files.
func (d *domain) localeNames() []string {
	entries, _ := os.ReadDir(filepath.Join(d.Root, filepath.FromSlash(d.Path)))
	var names []string
	for _, e := range entries {
		if tag, wrong := localefile.TagOf(e.Name()); localefile.IsName(e.Name()) && wrong == nil &&
			!pseudo.Is(tag) {
			names = append(names, e.Name())
		}
	}
	return names
}

// reload reads the whole project again. If that fails, the texts stay as they are, and the page
// learns why.
func (s *Server) reload(ctx context.Context) {
	// Who asked for a change may have gone, but others want to know.
	if err := s.load(context.WithoutCancel(ctx)); err != nil {
		next := *s.current.Load()
		next.fault = reason(err)
		s.publish(&next, changedTexts{})
	}
}

// reason returns an error in one line.
func reason(err error) string {
	if list, is := errors.AsType[diag.List](err); is && len(list) > 0 {
		err = list[0]
	}
	if finding, is := errors.AsType[diag.Finding](err); is && finding.Hint != "" {
		return fmt.Sprintf("%v (%s)", finding, finding.Hint)
	}
	return err.Error()
}
