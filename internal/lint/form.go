package lint

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// form is one form of a text, as the rules for wording read it.
type form struct {
	raw    string
	text   string // raw with each byte of a placeholder or web address as a mask; offsets are the same
	locale *localeRules
	label  bool
	glued  bool // a letter may be next to a placeholder

	ascii [2]uint64 // a bit for each ASCII character of the text
	// whether the text has others, and any from U+0300 on, where accents and other scripts begin
	latin1, high bool

	original *form    // of the source text that it is compared with; nil for one of the source text
	numbers  []number // only of a form of the source text
}

// mask is in place of what is not the translator's wording. It is neither a letter nor a space.
const mask = '\x00'

func newForm(raw string, l *localeRules) form {
	f := form{raw: raw, text: raw, locale: l}
	f.mask()
	for i := range len(f.text) {
		switch b := f.text[i]; {
		case b < utf8.RuneSelf:
			f.ascii[b>>6] |= 1 << (b & 63)
		case b >= 0xcc: // the first byte of U+0300
			f.high = true
		default:
			f.latin1 = true
		}
	}
	return f
}

// mask hides the placeholders and web addresses of the text.
func (f *form) mask() {
	braces, addresses := strings.Contains(f.raw, "{{"), strings.Contains(f.raw, "://")
	if !braces && !addresses {
		return
	}
	masked := []byte(f.raw)
	hide := func(start, end int) { clear(masked[start:end]) }
	if braces {
		placeholders, faults := pattern.Placeholders(f.raw)
		for _, p := range placeholders {
			hide(p.Start, p.End)
			f.glued = f.glued || p.Start > 0 && mayBeLetter(f.raw[p.Start-1]) ||
				p.End < len(f.raw) && mayBeLetter(f.raw[p.End])
		}
		for _, fault := range faults {
			hide(fault.Start, fault.End)
			f.glued = true
		}
	}
	for _, at := range addressesIn(f.raw) {
		hide(at[0], at[1])
	}
	f.text = string(masked)
}

// mayBeLetter reports whether the byte is an ASCII letter, or a part of another character.
func mayBeLetter(b byte) bool { return b >= utf8.RuneSelf || isWordRune(rune(b)) }

// has reports whether the text has one of some ASCII characters.
func (f *form) has(characters string) bool {
	for i := range len(characters) {
		if b := characters[i]; f.ascii[b>>6]&(1<<(b&63)) != 0 {
			return true
		}
	}
	return false
}

// plain reports whether the text is all ASCII.
func (f *form) plain() bool { return !f.latin1 && !f.high }

// address is a web address, of ASCII only since text without spaces may follow it.
var address = regexp.MustCompile(`[a-z]+://[!-~]+`)

// addressesIn returns where the text has web addresses. Punctuation behind one is the sentence's.
func addressesIn(text string) [][]int {
	if !strings.Contains(text, "://") {
		return nil
	}
	found := address.FindAllStringIndex(text, -1)
	for _, at := range found {
		at[1] = at[0] + len(strings.TrimRight(text[at[0]:at[1]], `.,:;!?)]}'"`))
	}
	return found
}

// words yields the runs of letters and marks with their offsets.
func (f *form) words() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(f.text); {
			end := f.wordEnd(at)
			if end > at && !yield(at, f.text[at:end]) {
				return
			}
			_, size := utf8.DecodeRuneInString(f.text[end:])
			at = end + size
		}
	}
}

// wordEnd returns where the letters and marks end that begin at the offset.
func (f *form) wordEnd(at int) int {
	for at < len(f.text) {
		r, size := rune(f.text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(f.text[at:])
		}
		if !isWordRune(r) {
			break
		}
		at += size
	}
	return at
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// before and after return the characters next to an offset, utf8.RuneError at the ends.
func (f *form) before(at int) rune {
	r, _ := utf8.DecodeLastRuneInString(f.text[:at])
	return r
}

func (f *form) after(at int) rune {
	r, _ := utf8.DecodeRuneInString(f.text[at:])
	return r
}

// ends reports whether a sentence, or a part of one, may end at the offset.
func (f *form) ends(at int) bool {
	return at == len(f.text) || unicode.IsSpace(f.after(at)) ||
		strings.ContainsRune(closers, f.after(at))
}

// fault is what a rule finds in a form. The zero value is for a form without a fault.
type fault struct {
	at   int // the offset in the form
	says string
	hint string
}

// wordingRules are about how a translation is written. Each returns the first fault in a form. If
// the source text has the same fault, its developers intend it.
var wordingRules = [...]struct {
	rule diag.Rule
	find func(*form) fault
}{
	{RuleEncoding, findGarbled},
	{RuleEscape, findEscape},
	{RuleDecomposed, findDecomposed},
	{RuleForeignPlaceholder, findForeignPlaceholder},
	{RuleToDo, findToDo},
	{RuleMixedScripts, findMixedScripts},
	{RuleWrongScript, findWrongScript},
	{RuleFirstLetter, findSmallLetter},
	{RuleNumber, findOtherNumber},
	{RuleAddress, findOtherAddress},
	{RuleQuestion, findLostQuestion},
	{RuleBrackets, findUnpairedBracket},
	{RuleQuotes, findWrongQuotes},
	{RuleDoubleSpace, findDoubleSpace},
	{RuleSpaceBefore, findSpaceBefore},
	{RuleDoubledMark, findDoubledMark},
	{RuleRepeatedWord, findRepeatedWord},
	{RuleGlued, findGlued},
	{RuleMarks, findForeignMark},
	{RuleRegional, findRegional},
	{RuleTerm, findForbiddenTerm},
}

// checkWording applies the rules for wording to a form.
func (s *textCheck) checkWording(c plural.Category, o *sourceText) {
	f := &s.form
	f.original, f.label = o.original(c), s.id.Name == labels
	for i := range wordingRules {
		r := &wordingRules[i]
		found := r.find(f)
		if found.says != "" && !slices.ContainsFunc(o.forms, func(original sourceForm) bool {
			return r.find(&original.form).says != ""
		}) {
			s.report(r.rule, c, found.at, found.says, found.hint)
			if r.rule == RuleEncoding {
				break // What is garbled looks like other faults as well.
			}
		}
	}
}
