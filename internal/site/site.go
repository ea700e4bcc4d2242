// Package site writes a reference of error codes as files for any web server: a page and a JSON
// document for each code in each language, and an index that is searched in the browser.
//
// The files depend on nothing but the declarations, the locale files and the ledger, so the same
// input gives the same bytes.
package site

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/model"
)

// Domain is a domain with what its pages are made from.
type Domain struct {
	*model.Domain
	Files   fs.FS             // the locale files
	Locales []language.Tag    // those that have a file, sorted
	Ledger  []ledger.Entry    // or nil
	Since   map[string]string // the first release with a code, by its name; may lack any
}

// Site is a reference. It is immutable.
type Site struct {
	base    string
	domains []*domain
	moved   []*moved
}

// domain is a domain with the place of its pages.
type domain struct {
	Domain
	dir string // slash-separated, below the base; "" is the base itself
}

//go:embed web
var web embed.FS

// assets are the files that are the same for all sites.
var assets = []string{"search.js", "style.css"}

// New returns the reference of the domains. Base is the address that it is served at, a path or a
// URL that ends in a slash.
//
// The pages of a domain are where its documentation is declared to be, if that is below the path of
// the base, so that the type URIs of answers lead to them. Otherwise they are in a folder with the
// domain's name.
func New(domains []Domain, base string) (*Site, error) {
	at, err := url.Parse(base)
	if err != nil || !strings.HasSuffix(at.Path, "/") || at.RawQuery != "" || at.Fragment != "" {
		return nil, fmt.Errorf("%q is not an address of a folder", base)
	}
	s := &Site{base: base}
	for _, d := range domains {
		s.domains = append(s.domains, &domain{d, folder(d.Domain, at.Path)})
	}
	s.findMoved()
	owners := map[string]string{}
	for _, d := range s.domains {
		for i := range d.Codes {
			name := d.page(d.Codes[i].Name)
			if other, taken := owners[name]; taken {
				return nil, fmt.Errorf("domains %q and %q both have a page %s", other, d.Name, name)
			}
			owners[name] = d.Name
		}
	}
	return s, nil
}

// folder returns the folder for the pages of a domain.
func folder(d *model.Domain, base string) string {
	docs, err := url.Parse(d.Docs)
	below, ok := strings.CutPrefix(path.Join("/", base, "."), "/")
	if err == nil && d.Docs != "" && docs.RawQuery == "" && strings.HasSuffix(d.Docs, "/") {
		dir, isBelow := strings.CutPrefix(docs.Path, strings.TrimSuffix("/"+below, "/")+"/")
		dir = strings.TrimSuffix(dir, "/")
		if ok && isBelow && (dir == "" || fs.ValidPath(dir)) {
			return dir
		}
	}
	return d.Name
}

// page returns the folder of a code's files.
func (d *domain) page(name string) string { return path.Join(d.dir, name) }

// file returns the file of a code in a locale, without its extension.
func (d *domain) file(name string, tag language.Tag) string {
	if tag == d.Source {
		return d.page(name) + "/index"
	}
	return d.page(name) + "/" + tag.String()
}

// url returns where the page of a code in a locale is, below the base.
func (d *domain) url(name string, tag language.Tag) string {
	if tag == d.Source {
		return d.page(name) + "/"
	}
	return d.file(name, tag) + ".html"
}

// locales returns the locales that have pages, the source locale first.
func (d *domain) locales() []language.Tag {
	tags := []language.Tag{d.Source}
	for _, tag := range d.Locales {
		if tag != d.Source {
			tags = append(tags, tag)
		}
	}
	return tags
}

// Names yields the names of all files.
func (s *Site) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range append([]string{"index.html"}, assets...) {
			if !yield(name) {
				return
			}
		}
		for _, tag := range s.tags() {
			if !yield(textsName(tag)) {
				return
			}
		}
		for _, m := range s.moved {
			if !yield(m.page+"/index.html") || !yield(m.page+"/index.json") {
				return
			}
		}
		for _, d := range s.domains {
			for i := range d.Codes {
				for _, tag := range d.locales() {
					name := d.file(d.Codes[i].Name, tag)
					if !yield(name+".html") || !yield(name+".json") {
						return
					}
				}
			}
		}
	}
}

// Write calls write with each file. One page is in memory at a time; the content is only valid
// during the call. The first error ends it.
func (s *Site) Write(write func(name string, content []byte) error) error {
	var b bytes.Buffer
	for _, name := range assets {
		content, err := web.ReadFile("web/" + name)
		if err == nil {
			err = write(name, content)
		}
		if err != nil {
			return err
		}
	}
	for _, d := range s.domains {
		if err := s.writeCodes(d, &b, write); err != nil {
			return err
		}
	}
	for _, m := range s.moved {
		if err := s.writeMoved(m, &b, write); err != nil {
			return err
		}
	}
	for _, tag := range s.tags() {
		content, err := s.searchTexts(tag)
		if err == nil {
			err = write(textsName(tag), content)
		}
		if err != nil {
			return err
		}
	}
	b.Reset()
	if err := templates.ExecuteTemplate(&b, "index.html", s.index()); err != nil {
		return err
	}
	return write("index.html", b.Bytes())
}
