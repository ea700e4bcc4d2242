package studio

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/errlingo/errlingo/internal/localefile"
)

// getProject answers GET /api/project.
func (s *Server) getProject(r *http.Request) (any, error) {
	now := s.fresh(r.Context())
	doc := projectDocument{ReadOnly: s.options.ReadOnly, Revision: revisionName(now.revision),
		Fault: now.fault, Domains: []domainDocument{}, Recent: s.session.recent()}
	for _, d := range now.domains {
		one := domainDocument{Name: d.Name, Source: d.Source.String(), Locales: []localeDocument{}}
		for _, l := range d.locales {
			one.Locales = append(one.Locales, l.document())
		}
		doc.Domains = append(doc.Domains, one)
		doc.Glossary = doc.Glossary || d.Glossary != nil
	}
	if len(doc.Domains) > 0 {
		doc.Source = doc.Domains[0].Source
	}
	return doc, nil
}

// mostRows is how many texts one answer lists.
const mostRows = 1000

// getTexts answers GET /api/texts.
func (s *Server) getTexts(r *http.Request) (any, error) {
	get := r.URL.Query().Get
	d := s.fresh(r.Context()).domain(get("domain"))
	if d == nil {
		return nil, noDomain(get("domain"))
	}
	locales := d.locales
	if tag := get("locale"); tag != "" {
		l, err := d.usable(tag)
		if err != nil {
			return nil, err
		}
		locales = []*locale{l}
	}
	f := newFilter(get)
	found := f.selectFrom(d, locales...)
	doc := listDocument{Total: len(found), Texts: []rowDocument{}}
	found = found[min(number(get("offset"), 0), len(found)):]
	limit := min(number(get("limit"), 200), mostRows, len(found))
	for _, p := range found[:limit] {
		doc.Texts = append(doc.Texts, d.row(p.l, p.i))
	}
	return doc, nil
}

// number reads a number that is not negative.
func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n
	}
	return otherwise
}

// getText answers GET /api/text.
func (s *Server) getText(r *http.Request) (any, error) {
	get := r.URL.Query().Get
	d, l, err := s.fresh(r.Context()).locale(get("domain"), get("locale"))
	if err != nil {
		return nil, err
	}
	f, step, id := newFilter(get), 0, get("id")
	switch {
	case get("after") != "":
		step, id = 1, get("after")
	case get("before") != "":
		step, id = -1, get("before")
	}
	i, known := d.index[id]
	if !known {
		return nil, noText(id)
	}
	if step != 0 {
		found, at, is := f.around(d, l, i)
		if at += min(step, 0); step > 0 && is {
			at++
		}
		if at < 0 || at >= len(found) {
			return nil, nil // The page is at an end of the list.
		}
		i = found[at].i
	}
	if l.texts[i].ID == "" {
		return nil, d.inherited(l, id)
	}
	return s.textAt(d, l, &f, i), nil
}

// textAt returns text i of a locale with its place among those that the filter selects.
func (s *Server) textAt(d *domain, l *locale, f *filter, i int) *textDocument {
	doc := d.document(l, i)
	found, at, is := f.around(d, l, i)
	doc.Position.Total = len(found)
	next := at
	if is {
		doc.Position.Index, next = at+1, at+1
	}
	if next < len(found) {
		doc.Next = l.texts[found[next].i].ID
	}
	if at > 0 {
		doc.Before = l.texts[found[at-1].i].ID
	}
	doc.CanUndo = s.session.canUndo(textKey{d.Name, doc.Locale, doc.ID}, doc.Version)
	s.session.show(doc.Version, &l.texts[i])
	return &doc
}

// locale returns a locale whose files can be used.
func (s *snapshot) locale(name, tag string) (*domain, *locale, error) {
	d := s.domain(name)
	if d == nil {
		return nil, nil, noDomain(name)
	}
	l, err := d.usable(tag)
	return d, l, err
}

// find returns a text as the index among those of its locale.
func (s *snapshot) find(key textKey) (d *domain, l *locale, i int, err error) {
	d, l, err = s.locale(key.Domain, key.Locale)
	if err != nil {
		return nil, nil, 0, err
	}
	i, known := d.index[key.ID]
	switch {
	case !known:
		err = noText(key.ID)
	case l.texts[i].ID == "":
		err = d.inherited(l, key.ID)
	}
	return d, l, i, err
}

func noText(id string) error {
	return &refusal{status: http.StatusNotFound,
		text: fmt.Sprintf("there is no text %q", id), hint: "it may have been renamed or removed"}
}

// inherited returns the error for a text that a variant lacks.
func (d *domain) inherited(l *locale, id string) error {
	return &refusal{status: http.StatusNotFound,
		text: fmt.Sprintf("%s lacks %s, so its readers see that of the parent locale",
			d.fileName(l.tag.String()+localefile.Ext), id),
		hint: "add the text to the file to have another one there"}
}

// usable returns the locale with the tag, if its files can be used.
func (d *domain) usable(tag string) (*locale, error) {
	l := d.locale(tag)
	switch {
	case l == nil:
		return nil, &refusal{status: http.StatusNotFound,
			text: fmt.Sprintf("there is no locale file for %q", tag),
			hint: "if it was deleted, restore it; extract add starts a new one"}
	case l.fault != "":
		return nil, &refusal{status: http.StatusServiceUnavailable, text: l.fault,
			hint: "the texts are shown again when the file is in order"}
	}
	return l, nil
}

func noDomain(name string) error {
	return &refusal{status: http.StatusNotFound, text: fmt.Sprintf("there is no domain %q", name)}
}

// changedTexts is what changed with a snapshot. Without a domain it is everything, without a locale
// all of a domain.
type changedTexts struct {
	revision       int
	domain, locale string
}

// maxLog is how many changes are remembered for pages that ask late.
const maxLog = 1000

// publish makes the snapshot the current one. The caller holds writing.
func (s *Server) publish(next *snapshot, what changedTexts) {
	if before := s.current.Load(); before != nil {
		next.revision = before.revision + 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	what.revision = next.revision
	if s.log = append(s.log, what); len(s.log) > maxLog {
		s.log = slices.Clone(s.log[1:])
	}
	s.current.Store(next)
	close(s.changed)
	s.changed = make(chan struct{})
}

// How long a request for changes waits, and how often the locale files and Go source are looked at
// meanwhile. The latter may be many files.
const (
	longPoll     = 25 * time.Second
	lookAtFiles  = time.Second
	lookAtSource = 2 * time.Second
)

type changesDocument struct {
	Revision string           `json:"revision"`
	Changed  []changeDocument `json:"changed"`
}

// changeDocument names what changed. Without a domain it is everything, without a locale all of a
// domain.
type changeDocument struct {
	Domain string `json:"domain"`
	Locale string `json:"locale"`
}

// getChanges answers GET /api/changes. It waits for a change.
func (s *Server) getChanges(r *http.Request) (any, error) {
	ctx, cancel := context.WithTimeout(r.Context(), longPoll)
	defer cancel()
	tick := time.NewTicker(lookAtFiles)
	defer tick.Stop()
	since, known := revisionNumber(r.URL.Query().Get("since"))
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		now := s.fresh(ctx)
		if !known || now.revision > since {
			return s.changesSince(since, known, now), nil
		}
		select {
		case <-ctx.Done():
			return changesDocument{revisionName(now.revision), []changeDocument{}}, nil
		case <-changed:
		case <-tick.C:
			s.followSource(ctx)
		}
	}
}

// changesSince returns what has changed after a revision: everything if that is not known.
func (s *Server) changesSince(since int, known bool, now *snapshot) changesDocument {
	doc := changesDocument{revisionName(now.revision), []changeDocument{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !known || len(s.log) > 0 && s.log[0].revision > since+1 {
		doc.Changed = append(doc.Changed, changeDocument{})
		return doc
	}
	for _, c := range s.log {
		if one := (changeDocument{c.domain, c.locale}); c.revision > since &&
			c.revision <= now.revision && !slices.Contains(doc.Changed, one) {
			doc.Changed = append(doc.Changed, one)
		}
	}
	return doc
}

// run tells this process's revisions from those of an earlier one that a page may still know.
var run = strconv.FormatInt(time.Now().UnixNano(), 36)

func revisionName(n int) string { return run + "." + strconv.Itoa(n) }

func revisionNumber(name string) (n int, known bool) {
	_, err := fmt.Sscanf(name, run+".%d", &n)
	return n, err == nil
}

// followSource reads the project again if Go source has changed. Requests are served from the texts
// as they were until that is done.
func (s *Server) followSource(ctx context.Context) {
	s.mu.Lock()
	due := time.Since(s.looked) >= lookAtSource
	if due {
		s.looked = time.Now() // Other pages need not look as well.
	}
	s.mu.Unlock()
	if !due {
		return
	}
	stamp := s.project.Stamp(ctx)
	if !s.writing.TryLock() {
		return
	}
	defer s.writing.Unlock()
	if ctx.Err() == nil && stamp != s.source {
		s.reload(ctx)
	}
}
