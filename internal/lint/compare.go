package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// findOtherNumber finds a number in the place of one of the source text. A number more, such as the
// 1 in Japanese “1日” for “per day”, or one in words is fine.
func findOtherNumber(f *form) fault {
	if f.original == nil || len(f.original.numbers) == 0 {
		return fault{}
	}
	var buffer [8]number // Few texts have more.
	has, want := appendNumbers(buffer[:0], f.text), f.original.numbers
	missing := func(from, in []number) int {
		return slices.IndexFunc(from, func(a number) bool {
			return !slices.ContainsFunc(in, func(b number) bool { return a.digits == b.digits })
		})
	}
	lost, added := missing(want, has), missing(has, want)
	if lost < 0 || added < 0 {
		return fault{}
	}
	return fault{has[added].at, fmt.Sprintf("the source text has %s, not %s", want[lost].shown,
		has[added].shown), ""}
}

// number is one of a text.
type number struct {
	at     int
	shown  string
	digits string // from 0 to 9, without separators, which differ between languages
}

// separators may be between two digits of a number.
const separators = ".,'’٬٫\u00a0\u202f"

func appendNumbers(found []number, text string) []number {
	start, end := -1, 0
	add := func() {
		if start >= 0 {
			found = append(found, number{start, text[start:end], digitsOf(text[start:end])})
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf && isLetter(byte(r)) || r == ' ': // most characters
			add()
		case unicode.IsDigit(r):
			if start < 0 {
				start = i
			}
			end = i + utf8.RuneLen(r)
		case i != end || !strings.ContainsRune(separators, r):
			add()
		}
	}
	add()
	return found
}

// digitsOf returns the digits of a number, from 0 to 9.
func digitsOf(shown string) string {
	if !strings.ContainsFunc(shown, func(r rune) bool { return r < '0' || r > '9' }) {
		return shown
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return -1
		}
		return '0' + rune(digitOf(r))
	}, shown)
}

// digitOf returns the value of a decimal digit. Unicode has those of each script in a row, from 0.
func digitOf(r rune) byte {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return byte(r - zero)
}

// findOtherAddress finds that a web address of the source text is missing. It is reported at the
// address that is in its place, if there is one.
func findOtherAddress(f *form) fault {
	if f.original == nil || !f.original.address {
		return fault{}
	}
	has, want := addressesOf(f.raw), addressesOf(f.original.raw)
	for _, address := range want {
		if slices.Contains(has, address) {
			continue
		}
		at := 0
		for _, other := range has {
			if !slices.Contains(want, other) {
				at = strings.Index(f.raw, other)
			}
		}
		return fault{at, fmt.Sprintf("the source text has the address %s", address), ""}
	}
	return fault{}
}

func addressesOf(text string) []string {
	var all []string
	for _, at := range addressesIn(text) {
		all = append(all, text[at[0]:at[1]])
	}
	return all
}

// findLostQuestion finds a text without a question mark although there is one inside the source
// text. A last one is punctuation at the end, which has a rule of its own.
func findLostQuestion(f *form) fault {
	// What looks like a question in the raw text may be part of an address.
	if o := f.original; o == nil || f.locale.noQuestionMark || !o.hasQuestion() || f.hasQuestion() ||
		f.locale.id.Language == "el" && f.has(";") || endingOf(o.text, o.locale.id.Language) == question {
		return fault{}
	}
	return fault{0, "the source text asks a question, but there is no question mark", ""}
}

func (f *form) hasQuestion() bool {
	return f.has("?") || f.high && strings.ContainsAny(f.text, questionMarks)
}

// findSmallLetter finds a small first letter where the source text has a capital. Labels are names
// inside of sentences, and each language writes those in its own way.
func findSmallLetter(f *form) fault {
	if f.original == nil || f.label || f.raw != "" && 'A' <= f.raw[0] && f.raw[0] <= 'Z' {
		return fault{}
	}
	at, word := firstWord(f)
	small, size := utf8.DecodeRuneInString(word)
	// A capital further on is the name's own spelling, as in "iPhone", or follows a prefix.
	if !unicode.IsLower(small) || size == len(word) || strings.ContainsFunc(word, unicode.IsUpper) ||
		!unicode.In(small, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian) ||
		!f.standsAlone(at+len(word)) {
		return fault{}
	}
	_, first := firstWord(f.original)
	if capital, _ := utf8.DecodeRuneInString(first); !unicode.IsUpper(capital) {
		return fault{}
	}
	return fault{at, fmt.Sprintf("the source text begins with a capital, and this one with %q", small),
		""}
}

// firstWord returns the first word of a form and its offset, unless something else than punctuation
// is before it.
func firstWord(f *form) (at int, word string) {
	for at, word = range f.words() {
		if strings.ContainsFunc(f.text[:at], func(r rune) bool {
			return r == mask || unicode.IsDigit(r)
		}) {
			return at, ""
		}
		return at, word
	}
	return 0, ""
}

// standsAlone reports whether a word that ends at the offset is not a part of a name, such as
// "go.mod".
func (f *form) standsAlone(end int) bool {
	return f.ends(end) || strings.ContainsRune(",:;!?", f.after(end)) || f.after(end) == '.' &&
		f.ends(end+1)
}
