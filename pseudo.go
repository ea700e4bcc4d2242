package errlingo

import (
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/pseudo"
)

// Pseudo adds the pseudo-locales en-XA (accented, in brackets and longer) and ar-XB (from right to left), made from the
// source texts, for those domains that have no file for them. They show in development what a program forgot to
// translate or has no room for. No reader gets one who does not ask for it by its exact name.
func Pseudo() Option { return func(s *settings) { s.pseudo = true } }

// addPseudo adds the texts of the pseudo-locales that are not there.
func addPseudo(d *catalog.Domain, texts map[language.Tag]*localefile.Texts) {
	for _, tag := range pseudo.Tags() {
		if texts[tag] == nil {
			texts[tag] = pseudoTexts(d, tag)
		}
	}
}

func pseudoTexts(d *catalog.Domain, tag language.Tag) *localefile.Texts {
	t := &localefile.Texts{}
	declared := access.Model(d)
	for i := range declared.Codes {
		code := &declared.Codes[i]
		for _, text := range code.Texts {
			for category, form := range text.Forms {
				text.Forms[category] = pseudo.Text(tag, form)
			}
			t.Codes = append(t.Codes, text.Compile(code.ParamIndex))
		}
	}
	for label := range d.Labels() {
		t.Labels = append(t.Labels, pseudo.Text(tag, label.Text()))
	}
	return t
}
