// Package localefile knows the grammar of a locale file: which tables are texts, which lines are
// state, and what is wrong with either. docs/locale-file.md describes the grammar for those who
// edit such files.
package localefile

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Ext is the extension of a locale file. The rest of the file's name is the language tag.
const Ext = ".toml"

// The rules that a file or an entry can break, apart from those of the TOML syntax and of patterns.
var (
	RuleFileName = diag.Rule{ID: "file-name", Severity: diag.Error,
		Doc: "the file's name is not a language tag"}
	RuleTextType = diag.Rule{ID: "text-type", Severity: diag.Error,
		Doc: "a text's value is not a string"}
	RuleUnknownForm = diag.Rule{ID: "unknown-form", Severity: diag.Error,
		Doc: "a form's name is not a plural category"}
	RuleDuplicateText = diag.Rule{ID: "duplicate-text", Severity: diag.Error,
		Doc: "a text is in the file twice, in two spellings"}

	RuleUnknownCode = diag.Rule{ID: "unknown-code", Severity: diag.Error,
		Doc: "no code has the name"}
	RuleUnknownPart = diag.Rule{ID: "unknown-part", Severity: diag.Error,
		Doc: "a text is not called title, detail or help"}
	RuleUnknownPhrase = diag.Rule{ID: "unknown-phrase", Severity: diag.Error,
		Doc: "no phrase has the name"}
	RuleUnknownLabel = diag.Rule{ID: "unknown-label", Severity: diag.Error,
		Doc: "no label has the name"}
)

// Labels and Phrases are the names under which the labels and the phrases of a domain are listed,
// in the place of a code's name.
const (
	Labels  = model.Labels
	Phrases = model.Phrases
)

// ID identifies a text within a domain.
type ID = model.ID

// File is a locale file that was read. It is immutable but for what it points to.
type File struct {
	Name    string
	Tag     language.Tag
	Doc     *tomldoc.Doc
	Entries []Entry // in the order of the file
}

// Entry is one text of a file.
type Entry struct {
	ID    ID
	Forms [plural.NumCategories]Form
	Item  int // the first item of the document that belongs to the text: its header or its first pair
	// the text's own table in the document, or -1 if the text is a plain string in another table
	Table int

	// Doubled reports that another entry with the same ID was left out, so that which one is meant is
	// not known.
	Doubled bool
}

// Form is one form of an entry. The zero Form is absent.
type Form struct {
	Text string
	Item int // the pair's index in the document, plus one
}

// Present reports whether the form is in the file, even if it is empty.
func (f Form) Present() bool { return f.Item > 0 }

// Missing reports whether every form of the text is absent or empty.
func (e *Entry) Missing() bool {
	for _, f := range e.Forms {
		if f.Text != "" {
			return false
		}
	}
	return true
}

// TagOf returns the locale that a file of this name is for. If the name is not valid for a locale
// file, the finding says why, and what it should be.
func TagOf(name string) (language.Tag, *diag.Finding) {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	tag, err := language.Parse(stem)
	finding := RuleFileName.At(name, diag.Pos{}, "", "")
	if err != nil || tag == language.Und {
		finding.Text = fmt.Sprintf("%q is not a language tag", stem)
		finding.Hint = "name the file after its language (BCP 47), such as de.toml or pt-BR.toml"
		if _, last, dotted := cutLast(stem, "."); dotted {
			if tag, err := language.Parse(last); err == nil && tag != language.Und {
				finding.Hint = fmt.Sprintf("rename the file to %s%s", tag, Ext)
			}
		}
		return language.Und, &finding
	}
	if tag.String()+Ext != path.Base(name) {
		finding.Text = fmt.Sprintf("%q is not a valid name for a locale file", path.Base(name))
		finding.Hint = fmt.Sprintf("rename the file to %s%s", tag, Ext)
		if strings.Contains(stem, "_") {
			finding.Hint += `; in Weblate, set "Language code style" to ` +
				`"BCP style using hyphen as a separator"`
		}
		return language.Und, &finding
	}
	return tag, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// Position returns the place of the byte at offset n in a form's text.
func (f *File) Position(form Form, n int) diag.Pos {
	item := f.Doc.Items()[form.Item-1]
	return f.Doc.Pos(f.Doc.TextOffset(item, n))
}

// Fix returns the edit that gives a form another wording from one offset in its text to another.
func (f *File) Fix(form Form, start, end int, wording string) diag.Fix {
	item := f.Doc.Items()[form.Item-1]
	return f.fix(tomldoc.Span{Start: f.Doc.TextOffset(item, start), End: f.Doc.TextOffset(item, end)},
		wording)
}

func (f *File) fix(span tomldoc.Span, wording string) diag.Fix {
	return diag.Fix{At: f.Doc.Pos(span.Start), Old: f.Doc.Slice(span), New: wording}
}

func (f *File) finding(at int, rule diag.Rule, text, hint string) diag.Finding {
	return rule.At(f.Name, f.Doc.Pos(at), text, hint)
}
