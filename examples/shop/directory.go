package main

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	standard "github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// directory shows all errors that the shop, or a program like it, can answer with: what the "type"
// of an answer leads to. Its languages are those of the standard codes, more than the shop's.
type directory struct {
	respond *problem.Responder
	domains []*catalog.Domain
}

func newDirectory(options problem.Options) (*directory, error) {
	d := &directory{domains: []*catalog.Domain{Domain, codes.Domain, rules.Domain}}
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: codes.Domain, FS: standard.FS},
		{Domain: rules.Domain, FS: rules.Locales},
		{Domain: Domain, FS: locales},
	}})
	if err != nil {
		return nil, err
	}
	d.respond = problem.New(bundle, options)
	return d, nil
}

// directoryPage is the data of the template directory.html.
type directoryPage struct {
	*page
	Query   string
	Offered []languageOption
	Entries []entry
	Found   errlingo.Text // how many entries there are
}

// entry is a code as its readers see it, with the examples of its params.
type entry struct {
	*catalog.Code
	errlingo.Message
}

// Params returns what is filled in.
func (e entry) Params() catalog.Params { return e.Code.Spec().Params }

// entries returns the codes that fit. Those in the reader's language come first.
func (d *directory) entries(
	loc *errlingo.Localizer, fits func(*catalog.Code, *errlingo.Message) bool,
) []entry {
	var found []entry
	for _, domain := range d.domains {
		for code := range domain.Codes() {
			if m := loc.Localize(code.Example()); fits(code, &m) {
				found = append(found, entry{code, m})
			}
		}
	}
	foreign := func(e entry) int {
		if e.Title.Locale == loc.Locale() {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(found, func(a, b entry) int { return foreign(a) - foreign(b) })
	return found
}

// maxQuery limits a search, in bytes. People type a word or two.
const maxQuery = 200

// showDirectory shows all codes, or those that a search finds by number, name or words.
func (s *shop) showDirectory(w http.ResponseWriter, r *http.Request) error {
	query := strings.TrimSpace(r.FormValue("q"))
	if len(query) > maxQuery {
		query = ""
	}
	words := strings.Fields(strings.ToLower(query))
	found := s.directory.entries(s.directory.respond.Localizer(r),
		func(code *catalog.Code, m *errlingo.Message) bool {
			text := strings.ToLower(fmt.Sprintln(code.Name(), m.Title, m.Detail, m.Help))
			for _, word := range words {
				if word != strconv.Itoa(code.Number()) && !strings.Contains(text, word) {
					return false
				}
			}
			return true
		})
	p := s.newDirectoryPage(r, found)
	p.Query, p.Heading = query, p.Labels["codes"]
	return s.show(w, http.StatusOK, "directory.html", p.Lang, p)
}

// showCode shows what the "type" of an answer leads to: the code with that name.
func (s *shop) showCode(w http.ResponseWriter, r *http.Request) error {
	found := s.directory.entries(s.directory.respond.Localizer(r),
		func(code *catalog.Code, _ *errlingo.Message) bool { return code.Name() == r.PathValue("name") })
	if len(found) == 0 {
		s.respond.NotFound().ServeHTTP(w, r)
		return nil
	}
	p := s.newDirectoryPage(r, found)
	p.Heading = found[0].Title
	return s.show(w, http.StatusOK, "directory.html", p.Lang, p)
}

func (s *shop) newDirectoryPage(r *http.Request, found []entry) *directoryPage {
	loc := s.directory.respond.Localizer(r)
	p := &directoryPage{page: s.newPage(loc), Entries: found}
	p.Offered, p.Languages = selected(languages, p.Lang), nil
	p.Found = loc.Phrase(messagesFound.With(Found.Arg(len(found))))
	return p
}
