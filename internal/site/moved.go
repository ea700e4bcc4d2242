package site

import (
	"bytes"
	"encoding/json"
)

// moved is a code that is no longer declared, or a former name of one that is.
type moved struct {
	Domain    string `json:"domain"`
	Number    int    `json:"number"`
	Name      string `json:"name"`
	HTTP      int    `json:"http,omitempty"`
	Since     string `json:"since,omitempty"`
	Retired   bool   `json:"retired,omitempty"`
	RenamedTo string `json:"renamedTo,omitempty"`
	URL       string `json:"-"` // of the code that was renamed
	Base      string `json:"-"`
	JSON      string `json:"-"` // the address of the document
	page      string
}

// findMoved collects what the ledgers know and Go no longer declares. A name has one page, even if
// it was issued twice.
func (s *Site) findMoved() {
	for _, d := range s.domains {
		taken := map[string]bool{}
		for i := range d.Codes {
			taken[d.Codes[i].Name] = true
		}
		add := func(m moved) {
			if !taken[m.Name] {
				taken[m.Name] = true
				m.Domain, m.Base, m.page = d.Name, s.base, d.page(m.Name)
				m.JSON = s.base + m.page + "/index.json"
				s.moved = append(s.moved, &m)
			}
		}
		for _, e := range d.Ledger {
			now := ""
			if !e.Retired {
				now = d.nameOf(e.Number)
			} else {
				add(moved{Number: e.Number, Name: e.Name, HTTP: e.HTTP, Since: d.Since[e.Name], Retired: true})
			}
			for _, was := range append([]string{e.Name}, e.Was...) {
				m := moved{Number: e.Number, Name: was, HTTP: e.HTTP, Retired: now == "", RenamedTo: now}
				if now != "" {
					m.URL = s.base + d.page(now) + "/"
				}
				add(m)
			}
		}
	}
}

// nameOf returns the name of the code with the number, or "".
func (d *domain) nameOf(number int) string {
	for i := range d.Codes {
		if d.Codes[i].Number == number {
			return d.Codes[i].Name
		}
	}
	return ""
}

func (s *Site) writeMoved(
	m *moved, b *bytes.Buffer, write func(name string, content []byte) error,
) error {
	b.Reset()
	if err := templates.ExecuteTemplate(b, "moved.html", m); err != nil {
		return err
	}
	if err := write(m.page+"/index.html", b.Bytes()); err != nil {
		return err
	}
	document, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return write(m.page+"/index.json", append(document, '\n'))
}
