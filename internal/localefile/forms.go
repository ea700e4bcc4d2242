package localefile

import (
	"strings"

	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// Forms are the forms of a text by plural category, "" where a category has none. The zero value is
// a missing text.
type Forms [plural.NumCategories]string

// Texts returns the entry's forms without their places.
func (e *Entry) Texts() Forms {
	var forms Forms
	for c := range e.Forms {
		forms[c] = e.Forms[c].Text
	}
	return forms
}

// Missing reports whether there is no form at all.
func (f *Forms) Missing() bool { return *f == Forms{} }

// Plural reports whether there is a form for another category than other.
func (f *Forms) Plural() bool {
	forms := *f
	forms[plural.Other] = ""
	return !forms.Missing()
}

// Equal reports whether both have the same forms but for white space at their ends and in their
// placeholders, which is not a change of a text.
func (f *Forms) Equal(g *Forms) bool {
	for c := range f {
		if f[c] != g[c] && plain(f[c]) != plain(g[c]) {
			return false
		}
	}
	return true
}

// plain returns a text without white space where it means nothing.
func plain(text string) string {
	var b strings.Builder
	done := 0
	placeholders, _ := pattern.Placeholders(text)
	for _, p := range placeholders {
		b.WriteString(text[done:p.Start])
		b.WriteString("{{." + p.Name + "}}")
		done = p.End
	}
	b.WriteString(text[done:])
	return strings.TrimSpace(b.String())
}
