package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	localedata "github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// index is the page that all others are found from.
type index struct {
	Base      string
	Languages []indexLanguage
	Domains   []indexDomain
}

type indexLanguage struct{ Tag, Name string }

type indexDomain struct {
	Name, Lang, Dir string
	Codes           []indexCode
	Moved           []*moved
}

type indexCode struct {
	Number           int
	Name, Title, URL string
	Deprecated       bool
}

func (s *Site) index() index {
	all := index{Base: s.base}
	for _, tag := range s.tags() {
		all.Languages = append(all.Languages, indexLanguage{tag.String(), nativeName(tag)})
	}
	for _, d := range s.domains {
		one := indexDomain{Name: d.Name, Lang: d.Source.String(), Dir: direction(d.Source)}
		for i := range d.Codes {
			c := &d.Codes[i]
			one.Codes = append(one.Codes, indexCode{c.Number, c.Name,
				plain(c.Texts[model.Title].Forms[plural.Other]), s.base + d.page(c.Name) + "/",
				c.Deprecated != ""})
		}
		for _, m := range s.moved {
			if m.Domain == d.Name && m.Retired {
				retired := *m
				retired.URL = s.base + m.page + "/"
				one.Moved = append(one.Moved, &retired)
			}
		}
		all.Domains = append(all.Domains, one)
	}
	return all
}

// plain returns a text with the names of params in place of its placeholders.
func plain(text string) string {
	holders, _ := pattern.Placeholders(text)
	for _, p := range slices.Backward(holders) {
		text = text[:p.Start] + "…" + text[p.End:]
	}
	return text
}

// nativeName returns what the speakers of a language call it.
func nativeName(tag language.Tag) string {
	if name := display.Self.Name(tag); name != "" {
		return name
	}
	return tag.String()
}

func direction(tag language.Tag) string {
	if localedata.RightToLeft(tag) {
		return "rtl"
	}
	return "ltr"
}

// tags returns all locales that have pages, sorted.
func (s *Site) tags() []language.Tag {
	var tags []language.Tag
	for _, d := range s.domains {
		tags = append(tags, d.locales()...)
	}
	slices.SortFunc(tags, func(a, b language.Tag) int {
		return strings.Compare(a.String(), b.String())
	})
	return slices.Compact(tags)
}

func textsName(tag language.Tag) string { return "texts/" + tag.String() + ".json" }

// searchTexts returns the texts of a locale for the script that looks for a pasted sentence: by the
// page of a code, below the base, the texts as what is between their placeholders.
func (s *Site) searchTexts(tag language.Tag) ([]byte, error) {
	all := map[string][][]string{}
	add := func(d *domain, name string, forms [plural.NumCategories]string) {
		for _, form := range forms {
			if form != "" {
				url := d.url(name, tag)
				all[url] = append(all[url], literals(form))
			}
		}
	}
	for _, d := range s.domains {
		if tag == d.Source {
			for m := range d.Messages() {
				if m.Code != nil {
					add(d, m.ID.Name, m.Text.Forms)
				}
			}
			continue
		}
		if !slices.Contains(d.Locales, tag) {
			continue
		}
		src, err := localefile.ReadFile(d.Files, tag.String()+localefile.Ext)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		declared := map[string]bool{}
		for i := range d.Codes {
			declared[d.Codes[i].Name] = true
		}
		file, _, _ := localefile.Read("", tag, src)
		for i := range file.Entries {
			if e := &file.Entries[i]; declared[e.ID.Name] {
				add(d, e.ID.Name, e.Texts())
			}
		}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(all)
	return b.Bytes(), err
}

// literals returns what is before, between and after the placeholders of a text.
func literals(text string) []string {
	holders, _ := pattern.Placeholders(text)
	var parts []string
	at := 0
	for _, p := range holders {
		parts = append(parts, text[at:p.Start])
		at = p.End
	}
	return append(parts, text[at:])
}
