package errlingo

import (
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
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
	for code := range d.Codes() {
		spec := code.Spec()
		for part := range catalog.Parts() {
			var forms pattern.Forms
			compile := func(category plural.Category, text string) {
				// A declared text has no faults, and none comes in.
				forms[category], _ = pattern.Compile(pseudo.Text(tag, text), code.ParamIndex)
			}
			compile(plural.Other, spec.Text(part))
			if part == catalog.Detail {
				for name, text := range spec.Plural.Forms() {
					category, _ := plural.ParseCategory(name)
					compile(category, text)
				}
			}
			t.Codes = append(t.Codes, pattern.NewText(&forms))
		}
	}
	for label := range d.Labels() {
		t.Labels = append(t.Labels, pseudo.Text(tag, label.Text()))
	}
	return t
}
