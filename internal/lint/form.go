package lint

import (
	"iter"
	"math/bits"
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
	address      bool    // it has a web address
	hidden       bool    // an address, or a fault, is behind masks
	rules        ruleSet // that the characters may break

	original *form    // of the source text that it is compared with; nil for one of the source text
	numbers  []number // only of a form of the source text
}

// mask is in place of what is not the translator's wording. It is neither a letter nor a space.
const mask = '\x00'

func newForm(raw string, l *localeRules) form {
	f := form{raw: raw, text: raw, locale: l}
	f.address = strings.Contains(raw, "://")
	f.hidden = f.address
	if f.address || strings.Contains(raw, "{{") {
		f.mask()
	}
	before := byte(mask)
	for i := range len(f.text) {
		b := f.text[i]
		switch {
		case b < utf8.RuneSelf:
			f.ascii[b>>6] |= 1 << (b & 63)
			f.rules |= suspects.has[b]
			if b == before {
				f.rules |= suspects.twice[b]
			}
			if before == ' ' {
				f.rules |= suspects.afterSpace[b]
			}
		case b >= 0xcc: // the first byte of U+0300
			f.high = true
		default:
			f.latin1 = true
		}
		before = b
	}
	if f.high {
		f.rules |= suspects.high
	}
	if f.latin1 {
		f.rules |= suspects.latin1
	}
	f.rules |= suspects.always
	return f
}

// mask hides the placeholders and web addresses of the text.
func (f *form) mask() {
	var masked strings.Builder
	masked.Grow(len(f.raw))
	hide := func(start, end int) {
		masked.WriteString(f.text[masked.Len():start])
		for range end - start {
			masked.WriteByte(mask)
		}
	}
	for p, found := pattern.Next(f.raw, 0); found; p, found = pattern.Next(f.raw, p.End) {
		hide(p.Start, p.End)
		f.hidden = f.hidden || p.Name == ""
		f.glued = f.glued || p.Name == "" || p.Start > 0 && mayBeLetter(f.raw[p.Start-1]) ||
			p.End < len(f.raw) && mayBeLetter(f.raw[p.End])
	}
	masked.WriteString(f.text[masked.Len():])
	f.text = masked.String()
	for _, at := range addressesIn(f.raw) {
		f.text = f.text[:at[0]] + strings.Repeat(string(mask), at[1]-at[0]) + f.text[at[1]:]
	}
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

// mayHave reports whether the text may have one of some ASCII characters outside of placeholders.
func (f *form) mayHave(characters string) bool { return f.hidden || f.has(characters) }

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
		return isLetter(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// isLetter reports whether the byte is a letter of ASCII.
func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

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
//
// Only a text with the characters can have such a fault, of those that are given: one of ASCII, one
// twice in a row, one behind a space, or any other than ASCII.
var wordingRules = [...]struct {
	rule                   diag.Rule
	find                   func(*form) fault
	has, twice, afterSpace string
	latin1, high           bool
}{
	{rule: RuleEncoding, find: findGarbled, latin1: true, high: true},
	{rule: RuleEscape, find: findEscape, has: `\`},
	{rule: RuleDecomposed, find: findDecomposed, high: true},
	{rule: RuleForeignPlaceholder, find: findForeignPlaceholder, has: "{%"},
	{rule: RuleToDo, find: findToDo, has: "DX"},
	{rule: RuleMixedScripts, find: findMixedScripts, high: true},
	{rule: RuleWrongScript, find: findWrongScript},
	{rule: RuleFirstLetter, find: findSmallLetter},
	{rule: RuleNumber, find: findOtherNumber, has: "0123456789", high: true},
	{rule: RuleAddress, find: findOtherAddress},
	{rule: RuleQuestion, find: findLostQuestion},
	{rule: RuleBrackets, find: findUnpairedBracket, has: "()[]", high: true},
	{rule: RuleQuotes, find: findWrongQuotes, has: `"`, latin1: true, high: true},
	{rule: RuleDoubleSpace, find: findDoubleSpace, twice: " "},
	{rule: RuleSpaceBefore, find: findSpaceBefore, afterSpace: ".,)];:!?"},
	{rule: RuleDoubledMark, find: findDoubledMark, twice: ".,;:", high: true},
	{rule: RuleRepeatedWord, find: findRepeatedWord},
	{rule: RuleGlued, find: findGlued},
	{rule: RuleMarks, find: findForeignMark, has: "?!;:", latin1: true, high: true},
	{rule: RuleRegional, find: findRegional, latin1: true, high: true},
	{rule: RuleTerm, find: findForbiddenTerm},
}

// ruleSet is a set of rules for wording, by their indices in the table.
type ruleSet uint32

// suspects are the rules that a text can break because of a character, so that few have to be
// tried.
var suspects = func() (s struct {
	has, twice, afterSpace [utf8.RuneSelf]ruleSet
	latin1, high, always   ruleSet
}) {
	for i := range wordingRules {
		r, rule := &wordingRules[i], ruleSet(1)<<i
		add := func(to *[utf8.RuneSelf]ruleSet, characters string) {
			for j := range len(characters) {
				to[characters[j]] |= rule
			}
		}
		add(&s.has, r.has)
		add(&s.twice, r.twice)
		add(&s.afterSpace, r.afterSpace)
		if r.latin1 {
			s.latin1 |= rule
		}
		if r.high {
			s.high |= rule
		}
		if r.has+r.twice+r.afterSpace == "" && !r.latin1 && !r.high {
			s.always |= rule
		}
	}
	return s
}()

// checkWording applies the rules for wording to a form.
func (s *textCheck) checkWording(c plural.Category, o *sourceText) {
	f := s.read[c]
	f.original, f.label = o.original(c), s.id.Name == labels
	for rules := f.rules; rules != 0; rules &= rules - 1 {
		r := &wordingRules[bits.TrailingZeros32(uint32(rules))]
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
