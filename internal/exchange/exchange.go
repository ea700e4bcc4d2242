// Package exchange writes the texts of a locale in the formats that translators' programs read, and
// reads them back: PO, XLIFF 1.2 and 2.0, CSV, and a bare locale file.
//
// A format has a file of its own, which says how each part of a [Text] is written there. None is
// made from another one, since each lacks something that the next one has.
package exchange

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// File is the texts of one locale, or some of them.
type File struct {
	Name   string // of a file that was read, as findings show it
	Domain string // "" if a file that was read does not say
	// The locales of the texts and of their translations. Und if a file that was read does not say.
	Source, Target language.Tag
	Texts          []Text
}

// Text is one text with what its translator should know.
type Text struct {
	ID       string // "OUT_OF_STOCK.detail"
	Plural   bool   // a number chooses among the forms
	Context  []string
	Comments []string // the translators' own
	Max      int      // the most characters that each form may have; 0 for no limit
	Optional bool     // readers see another text of the locale while it is missing
	Forms    []Form   // in CLDR's order; Other alone unless the text is a plural

	// The source form for one, and the former one, of a plural. A PO file shows them even if the
	// target locale has no such form.
	Singular, FormerSingular string

	Pos diag.Pos // in a file that was read
}

// Form is one form of a text.
type Form struct {
	Category plural.Category
	Numbers  string // of a plural: numbers that take the form, "2, 3, 4, 22"
	Source   string // the source form that it translates; "" if a file that was read does not say
	Previous string // the source form that Target was made from, if that differs and is known
	Target   string // "" if it is missing
	State    state.State
	// Unstated says that a file that was read does not say the state, so that State is a guess.
	Unstated bool
	Pos      diag.Pos // in a file that was read
}

// Format is a file format.
type Format string

// The formats. A bare locale file, as extract writes it anyway, can only be read.
const (
	PO     Format = "po"
	XLIFF1 Format = "xliff"
	XLIFF2 Format = "xliff2"
	CSV    Format = "csv"
)

// Formats returns the names of the formats that can be written.
func Formats() []string {
	return []string{string(PO), string(XLIFF1), string(XLIFF2), string(CSV)}
}

// FormatOf returns the format that a file of the name is written in, and whether there is one.
func FormatOf(name string) (Format, bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".po":
		return PO, true
	case ".xlf", ".xliff":
		return XLIFF1, true
	case ".csv":
		return CSV, true
	}
	return "", false
}

// The limits of a file that is read.
const (
	MaxSize  = 32 << 20 // bytes
	maxTexts = 200_000
	maxText  = 64 << 10 // bytes of one form, as in a locale file
)

// The rules of what is wrong with a file that is read, or keeps a text from being written.
var (
	RuleSyntax = diag.Rule{ID: "exchange-syntax", Severity: diag.Error,
		Doc: "a translator's file cannot be read as its format"}
	RuleEncoding = diag.Rule{ID: "exchange-encoding", Severity: diag.Error,
		Doc: "a translator's file is not UTF-8"}
	RuleTwice = diag.Rule{ID: "exchange-twice", Severity: diag.Error,
		Doc: "a translator's file has a text twice"}
	RuleCharacter = diag.Rule{ID: "exchange-character", Severity: diag.Error,
		Doc: "a text has a character that the format cannot represent"}
)

// Rules returns the rules of the package.
func Rules() []diag.Rule { return []diag.Rule{RuleSyntax, RuleEncoding, RuleTwice, RuleCharacter} }

// Write returns the file in a format. The findings name the texts with a control character, which
// XML cannot represent and many programs drop.
func Write(format Format, f *File) ([]byte, diag.List) {
	var wrong diag.List
	for i := range f.Texts {
		if t := &f.Texts[i]; t.hasControl() {
			wrong = append(wrong, RuleCharacter.At("", diag.Pos{},
				fmt.Sprintf("%s has a control character", t.ID), "remove it from the text"))
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	switch format {
	case PO:
		return writePO(f), nil
	case XLIFF1:
		return writeXLIFF1(f), nil
	case XLIFF2:
		return writeXLIFF2(f), nil
	}
	return writeCSV(f), nil
}

func (t *Text) hasControl() bool {
	texts := slices.Concat(t.Context, t.Comments, []string{t.Singular, t.FormerSingular})
	for _, form := range t.Forms {
		texts = append(texts, form.Source, form.Previous, form.Target)
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		return strings.ContainsFunc(text, isControl) || !utf8.ValidString(text)
	})
}

// isControl reports whether XML 1.0 cannot represent the character.
func isControl(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// Read reads a file in the format that its name says; a bare locale file has any other name. The
// target is the locale of a file that does not say its own. If both are unknown, or if there are
// findings, nothing of the file may be used.
func Read(name string, target language.Tag, src []byte) (*File, diag.List) {
	src, findings := decode(name, src)
	if len(findings) > 0 {
		return nil, findings
	}
	f := &File{Name: name, Target: target}
	r := &reader{file: f, src: src}
	switch format, _ := FormatOf(name); format {
	case PO:
		r.readPO()
	case XLIFF1:
		r.readXLIFF()
	case CSV:
		r.readCSV()
	default:
		r.readTOML()
	}
	r.checkTwice()
	r.findings.Sort()
	return f, r.findings
}

// decode returns the file without a byte order mark. It must be UTF-8.
func decode(name string, src []byte) ([]byte, diag.List) {
	const hint = "save the file as UTF-8"
	if bytes.HasPrefix(src, []byte("\xFE\xFF")) || bytes.HasPrefix(src, []byte("\xFF\xFE")) {
		return nil, diag.List{RuleEncoding.At(name, diag.Pos{Line: 1, Column: 1},
			"the file is UTF-16", hint)}
	}
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	for at := 0; at < len(src); {
		r, size := utf8.DecodeRune(src[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			return nil, diag.List{RuleEncoding.At(name, position(src, at),
				fmt.Sprintf("the byte 0x%02X is not UTF-8", src[at]), hint)}
		case isControl(r):
			return nil, diag.List{RuleEncoding.At(name, position(src, at),
				fmt.Sprintf("the control character %U is not allowed", r), "remove it")}
		}
		at += size
	}
	return src, nil
}

// position returns the position of a byte.
func position(src []byte, at int) diag.Pos {
	line := bytes.LastIndexByte(src[:at], '\n') + 1
	return diag.Pos{Line: 1 + bytes.Count(src[:at], []byte("\n")),
		Column: 1 + utf8.RuneCount(src[line:at])}
}

// reader reads a file.
type reader struct {
	file     *File
	src      []byte
	findings diag.List
	index    map[string]int // of the texts, by ID
}

// maxFindings is how many findings a file has at most: the first ones say enough.
const maxFindings = 100

func (r *reader) report(pos diag.Pos, rule diag.Rule, text, hint string) {
	if len(r.findings) < maxFindings {
		r.findings = append(r.findings, rule.At(r.file.Name, pos, text, hint))
	}
}

func (r *reader) syntax(pos diag.Pos, text, hint string) { r.report(pos, RuleSyntax, text, hint) }

// full reports whether the file has more texts than one may have.
func (r *reader) full(pos diag.Pos) bool {
	if len(r.file.Texts) < maxTexts {
		return false
	}
	r.syntax(pos, fmt.Sprintf("the file has more than %d texts", maxTexts), "split it")
	return true
}

// tag reads the tag of a locale, with a hyphen or an underscore.
func (r *reader) tag(pos diag.Pos, name string) language.Tag {
	tag, err := language.Parse(name)
	if err != nil {
		r.syntax(pos, fmt.Sprintf("%q is not a language tag", diag.Cut(name)),
			"tags look like de, pt-BR or zh-Hant (BCP 47)")
	}
	return tag
}

// addForm adds a form that has a unit of its own, which the ID of its text and its category
// identify: "OUT_OF_STOCK.detail.few". A text that is not a plural has no third part.
func (r *reader) addForm(unit string, form Form, context Text) {
	id, category := unit, plural.Other
	parts := strings.Split(unit, ".")
	if len(parts) == 3 {
		c, ok := plural.ParseCategory(parts[2])
		if !ok {
			r.syntax(form.Pos, fmt.Sprintf("%q is not a plural category", diag.Cut(parts[2])),
				"use zero, one, two, few, many or other")
			return
		}
		id, category = parts[0]+"."+parts[1], c
	}
	form.Category = category
	if r.index == nil {
		r.index = map[string]int{}
	}
	i, known := r.index[id]
	if !known {
		i, r.index[id] = len(r.file.Texts), len(r.file.Texts)
		context.ID, context.Plural, context.Pos = id, len(parts) == 3, form.Pos
		r.file.Texts = append(r.file.Texts, context)
	}
	t := &r.file.Texts[i]
	t.Comments = append(t.Comments, missingFrom(t.Comments, context.Comments)...)
	t.Forms = append(t.Forms, form)
}

// missingFrom returns the lines that are not among those there.
func missingFrom(there, lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		return slices.Contains(there, line)
	})
}

// checkTwice reports the texts, and the forms of a text, that the file has twice.
func (r *reader) checkTwice() {
	first := map[string]int{}
	for i := range r.file.Texts {
		t := &r.file.Texts[i]
		if line, twice := first[t.ID]; twice {
			r.twice(t.Pos, t.ID, line)
			continue
		}
		first[t.ID] = t.Pos.Line
		slices.SortStableFunc(t.Forms, func(a, b Form) int { return int(a.Category) - int(b.Category) })
		for i := 1; i < len(t.Forms); i++ {
			if a, b := t.Forms[i-1], t.Forms[i]; a.Category == b.Category {
				r.twice(b.Pos, t.unitID(&b), a.Pos.Line)
			}
		}
	}
}

func (r *reader) twice(pos diag.Pos, what string, line int) {
	r.report(pos, RuleTwice, fmt.Sprintf("%s is in the file twice", diag.Cut(what)),
		fmt.Sprintf("the first one is at line %d; keep one of the two", line))
}

// lines returns the lines of a note or a cell that are not blank.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// unitID returns the ID of a form that has a unit of its own; see [reader.addForm].
func (t *Text) unitID(form *Form) string {
	if t.Plural {
		return t.ID + "." + form.Category.String()
	}
	return t.ID
}

// note returns the context of a form that has a unit of its own.
func (t *Text) note(form *Form) string {
	lines := slices.Clip(t.Context)
	if t.Plural {
		lines = append(lines, numbersLine(form))
	}
	return strings.Join(lines, "\n")
}

func numbersLine(form *Form) string {
	return fmt.Sprintf("%v: the form for %s", form.Category, form.Numbers)
}

// Words returns how many words a text has: what is between spaces and has a letter or a digit, a
// placeholder included.
func Words(text string) int {
	n := 0
	for word := range strings.FieldsSeq(text) {
		if strings.ContainsFunc(word, isWordy) {
			n++
		}
	}
	return n
}

func isWordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
