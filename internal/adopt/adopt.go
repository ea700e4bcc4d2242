// Package adopt turns the messages of a project that uses go-i18n into declarations in Go and texts
// of locale files. It does no I/O.
package adopt

import (
	"cmp"
	"crypto/sha1"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/goi18n"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// RuleMessage is the rule of a message that cannot be taken over.
var RuleMessage = diag.Rule{ID: "adopt", Severity: diag.Warning,
	Doc: "a message of go-i18n cannot be taken over as it is"}

// Project is the messages of a project.
type Project struct {
	Findings diag.List // what is not taken over

	source   language.Tag
	messages []*message
	byID     map[string]*message
	comments map[language.Tag][]string // of files, above no message
}

// message is a message with its translations.
type message struct {
	goi18n.Message
	counted      bool // some language has plural forms
	translations map[language.Tag]translation
	target       Target
}

// translation is a message in another language.
type translation struct {
	goi18n.Message
	file string
}

// New returns the messages of the files. Translations win over what was still to be translated.
func New(source language.Tag, files []*goi18n.File) *Project {
	p := &Project{source: source, byID: map[string]*message{}, comments: map[language.Tag][]string{}}
	p.collect(files)
	return p
}

// Len returns the number of messages.
func (p *Project) Len() int { return len(p.messages) }

// collect sorts the messages by language.
func (p *Project) collect(files []*goi18n.File) {
	slices.SortStableFunc(files, func(x, y *goi18n.File) int {
		rank := func(f *goi18n.File) int {
			switch {
			case f.Language == p.source && f.Active:
				return 0
			case f.Active:
				return 1
			}
			return 2
		}
		return cmp.Or(cmp.Compare(rank(x), rank(y)), strings.Compare(x.Name, y.Name))
	})
	for _, f := range files {
		p.comments[f.Language] = append(p.comments[f.Language], f.Comments...)
		for _, m := range f.Messages {
			if f.Language == p.source {
				p.addSource(f, m)
			} else {
				p.addTranslation(f, m)
			}
		}
	}
}

func (p *Project) report(f *goi18n.File, m goi18n.Message, text, hint string) {
	p.Findings = append(p.Findings, RuleMessage.At(f.Name, m.At,
		fmt.Sprintf("the message %q is not taken over: %s", m.ID, text), hint))
}

// readable reports what errlingo has nothing like.
func (p *Project) readable(f *goi18n.File, m goi18n.Message) bool {
	if m.LeftDelim != "" && m.LeftDelim != "{{" || m.RightDelim != "" && m.RightDelim != "}}" {
		p.report(f, m, "it has delimiters of its own", "write its placeholders as {{.Name}}")
		return false
	}
	if m.Forms[plural.Other] == "" && m.Forms[plural.Many] == "" {
		p.report(f, m, `it has no form "other"`, "add one")
		return false
	}
	for _, form := range m.Forms {
		if _, faults := pattern.Placeholders(form); len(faults) > 0 {
			p.report(f, m, faults[0].Text, faults[0].Hint)
			return false
		}
	}
	return true
}

func (p *Project) addSource(f *goi18n.File, m goi18n.Message) {
	switch known := p.byID[m.ID]; {
	case known != nil && f.Active:
		p.report(f, m, "another file has it, too", "remove one of the two")
	case known == nil && p.readable(f, m):
		if m.Forms[plural.Other] == "" {
			p.report(f, m, `it has no form "other"`, "add one")
			return
		}
		one := &message{Message: m, counted: isPlural(m), translations: map[language.Tag]translation{}}
		p.byID[m.ID] = one
		p.messages = append(p.messages, one)
	}
}

func (p *Project) addTranslation(f *goi18n.File, m goi18n.Message) {
	source := p.byID[m.ID]
	if source == nil {
		p.report(f, m, "the source language does not have it", "add it there, or remove it here")
		return
	}
	if _, known := source.translations[f.Language]; known {
		if f.Active {
			p.report(f, m, "another file has it, too", "remove one of the two")
		}
		return
	}
	if !f.Active && copied(m, source) || !p.readable(f, m) {
		return
	}
	names := placeholders(source.Message)
	for _, name := range placeholders(m) {
		if !slices.Contains(names, name) {
			p.report(f, m, fmt.Sprintf("the source text has no placeholder {{.%s}}", name), "fix it here")
			return
		}
	}
	source.counted = source.counted || isPlural(m)
	source.translations[f.Language] = translation{m, f.Name}
}

// copied reports whether every form of a message is a copy of one in the source language. Such a
// message is still to be translated.
func copied(m goi18n.Message, source *message) bool {
	return !slices.ContainsFunc(m.Forms[:], func(form string) bool {
		return form != "" && !slices.Contains(source.Forms[:], form)
	})
}

// isPlural reports whether a message has other forms than "other".
func isPlural(m goi18n.Message) bool {
	m.Forms[plural.Other] = ""
	return m.Forms != [plural.NumCategories]string{}
}

// placeholders returns the names of the placeholders in a message, each once.
func placeholders(m goi18n.Message) []string {
	var names []string
	for _, form := range m.Forms {
		found, _ := pattern.Placeholders(form)
		for _, p := range found {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// fits reports whether the hash beside a translation is that of the source text.
func (m *message) fits(t translation) bool {
	sum := sha1.Sum([]byte(m.Description + m.Forms[plural.Other]))
	return t.Hash == "" || t.Hash == fmt.Sprintf("sha1-%x", sum)
}
