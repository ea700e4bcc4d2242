package adopt

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Languages returns the languages of the translations, sorted by tag.
func (p *Project) Languages() []language.Tag {
	tags := map[language.Tag]bool{}
	for _, m := range p.messages {
		for tag := range m.translations {
			tags[tag] = true
		}
	}
	return slices.SortedFunc(maps.Keys(tags), func(x, y language.Tag) int {
		return strings.Compare(x.String(), y.String())
	})
}

// LocaleFile returns a new locale file with the translations into a language, and how many it has.
// A hash that does not fit stays, so that extract marks the text for a review.
func (p *Project) LocaleFile(tag language.Tag) (src []byte, texts int) {
	var b strings.Builder
	for _, comment := range p.comments[tag] {
		fmt.Fprintf(&b, "# %s\n", comment)
	}
	for _, m := range p.messages {
		t, ok := m.translations[tag]
		if !ok {
			continue
		}
		texts++
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		for _, comment := range t.Comments {
			fmt.Fprintf(&b, "# %s\n", comment)
		}
		fmt.Fprintf(&b, "[%s]\n", m.target.id())
		if !m.fits(t) {
			fmt.Fprintf(&b, "hash = %s\n", tomldoc.MustQuote(t.Hash))
		}
		for c, form := range t.Forms {
			if form != "" {
				fmt.Fprintf(&b, "%v = %s\n", plural.Category(c), tomldoc.MustQuote(form))
			}
		}
	}
	return []byte(b.String()), texts
}

// Lacking returns the translations of texts that a locale file has empty, by the file that each
// is from, to be imported. It reports the texts that the locale file does not have at all.
func (p *Project) Lacking(name string, src []byte, tag language.Tag) []*exchange.File {
	file, _, _ := localefile.Read(name, tag, src)
	empty := map[string]bool{} // of the texts in the file
	for i := range file.Entries {
		empty[file.Entries[i].ID.String()] = file.Entries[i].Texts() == localefile.Forms{}
	}
	var lacking []*exchange.File
	for _, m := range p.messages {
		t, ok := m.translations[tag]
		if !ok {
			continue
		}
		id := m.target.id()
		switch isEmpty, known := empty[id]; {
		case !known:
			p.Findings = append(p.Findings, RuleMessage.At(name, diag.Pos{},
				fmt.Sprintf("%s, which is the message %q, is not in this file", id, m.ID),
				"add the declaration to your package and run extract, then adopt again"))
		case isEmpty:
			i := slices.IndexFunc(lacking, func(f *exchange.File) bool { return f.Name == t.file })
			if i < 0 {
				i = len(lacking)
				lacking = append(lacking, &exchange.File{Name: t.file, Source: p.source, Target: tag})
			}
			lacking[i].Texts = append(lacking[i].Texts, m.exchanged(t))
		}
	}
	return lacking
}

// exchanged returns a message with its translation as a translator's file has it.
func (m *message) exchanged(t translation) exchange.Text {
	text := exchange.Text{ID: m.target.id(), Plural: m.counted, Comments: t.Comments, Pos: t.At}
	var sources plural.Set
	for c, form := range m.Forms {
		if form != "" {
			sources |= plural.SetOf(plural.Category(c))
		}
	}
	status := state.Translated
	if !m.fits(t) {
		status = state.Review
	}
	for c, form := range t.Forms {
		if form == "" {
			continue
		}
		from, _ := state.SourceForm(sources, plural.Category(c))
		text.Forms = append(text.Forms, exchange.Form{
			Category: plural.Category(c), Source: m.pattern(m.Forms[from]), Target: m.pattern(form),
			State: status, Pos: t.At,
		})
	}
	return text
}
