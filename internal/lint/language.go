package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/locale"
)

// habits are what a language does in writing that others do not.
type habits struct {
	french         bool // a no-break space is before ? ! ; : and inside of « »
	inverted       bool // ¿ and ¡ begin questions and exclamations
	quotation      locale.Quotation
	lowQuotes      bool // quotations begin with „
	doubles        bool // words may be doubled, for emphasis or as a plural
	spaced         bool // there are spaces around words, names among them
	noQuestionMark bool // a question may end without a mark
	todoIsAll      bool // TODO is a word
}

func habitsOf(l *localeRules) habits {
	speaks := func(languages string) bool {
		return slices.Contains(strings.Fields(languages), l.id.Language)
	}
	return habits{
		french:    speaks("br fr"),
		inverted:  speaks("ast es"),
		quotation: locale.QuotationMarks(l.tag),
		lowQuotes: locale.QuotationMarks(l.tag).Outer[0] == '„',
		doubles: !speaks("bg bs ca cs da de en es et fi fr gl hr hu is lt lv mk nb nl nn no pl pt ro " +
			"ru sk sl sr sv uk"),
		spaced:         l.script == "Latn" || l.script == "Cyrl" || l.script == "Grek",
		noQuestionMark: speaks("ja lo th"),
		todoIsAll:      speaks("ast es gl pt"),
	}
}

// scripts are the letters of the scripts that locales are usually written in. Text in others is not
// looked at.
var scripts = map[string][]*unicode.RangeTable{
	"Arab": {unicode.Arabic}, "Armn": {unicode.Armenian}, "Beng": {unicode.Bengali},
	"Cyrl": {unicode.Cyrillic}, "Deva": {unicode.Devanagari}, "Ethi": {unicode.Ethiopic},
	"Geor": {unicode.Georgian}, "Grek": {unicode.Greek}, "Gujr": {unicode.Gujarati},
	"Guru": {unicode.Gurmukhi}, "Hans": {unicode.Han}, "Hant": {unicode.Han, unicode.Bopomofo},
	"Hebr": {unicode.Hebrew}, "Jpan": {unicode.Han, unicode.Hiragana, unicode.Katakana},
	"Khmr": {unicode.Khmer}, "Knda": {unicode.Kannada}, "Kore": {unicode.Hangul, unicode.Han},
	"Laoo": {unicode.Lao}, "Latn": {unicode.Latin}, "Mlym": {unicode.Malayalam},
	"Mymr": {unicode.Myanmar}, "Orya": {unicode.Oriya}, "Sinh": {unicode.Sinhala},
	"Taml": {unicode.Tamil}, "Telu": {unicode.Telugu}, "Thai": {unicode.Thai},
	"Tibt": {unicode.Tibetan},
}

// enough letters of the locale's script show that a text is in it.
const enough = 10

// findWrongScript finds a text that has no letter of its locale's script, or more of others. Names
// in Latin letters may be all that there is, so those must look like a phrase.
func findWrongScript(f *form) fault {
	tables := f.locale.letters
	if tables == nil || !f.high && f.locale.script == "Latn" {
		return fault{}
	}
	own, latin, other, at := 0, 0, 0, -1
	for i, r := range f.text {
		switch {
		case r < utf8.RuneSelf && !isWordRune(r):
			continue
		case r >= utf8.RuneSelf && (!unicode.IsLetter(r) || unicode.Is(unicode.Common, r)):
			continue
		case f.locale.script == "Latn" && r < utf8.RuneSelf, unicode.In(r, tables...):
			if own++; own == enough && other == 0 {
				return fault{}
			}
			continue
		case r < utf8.RuneSelf, unicode.Is(unicode.Latin, r):
			latin++
		default:
			other++
		}
		if at < 0 {
			at = i
		}
	}
	if other > own && other > 1 || own == 0 && latin > 0 && isPhrase(f) {
		return fault{at, fmt.Sprintf("the text is not in the script of %v", f.locale.tag),
			"is it in the right file?"}
	}
	return fault{}
}

// isPhrase reports whether the text has several words that are not all names.
func isPhrase(f *form) bool {
	small, n := false, 0
	for _, word := range f.words() {
		if first, size := utf8.DecodeRuneInString(word); size < len(word) {
			n++
			small = small || unicode.IsLower(first)
		}
	}
	return small && n > 1
}

// findForeignMark finds punctuation that the language does not have, or that it lacks here.
func findForeignMark(f *form) fault {
	switch {
	case f.locale.inverted:
		return findUninverted(f)
	case f.locale.french:
		return findFrenchSpace(f)
	}
	switch f.locale.script {
	case "Hans", "Hant", "Jpan":
		return findMark(f, ".,;!?", "。", "、 or ，", "；", "！", "？")
	case "Arab":
		return findMark(f, "?,;", "؟", "،", "؛")
	case "Grek":
		return findMark(f, "?", ";")
	case "Armn":
		return findMark(f, "?", "՞ after the vowel that is stressed")
	}
	return fault{}
}

// findMark finds one of the ASCII marks behind a letter of the locale's script, and says what to
// write for it.
func findMark(f *form, marks string, instead ...string) fault {
	if !f.has(marks) {
		return fault{}
	}
	for i := range len(f.text) {
		which := strings.IndexByte(marks, f.text[i])
		if which < 0 || !f.ends(i+1) && isWordRune(f.after(i+1)) && f.after(i+1) < utf8.RuneSelf {
			continue
		}
		before := strings.TrimRightFunc(f.text[:i], func(r rune) bool {
			return strings.ContainsRune(closers, r)
		})
		if r, _ := utf8.DecodeLastRuneInString(before); r >= utf8.RuneSelf &&
			unicode.In(r, f.locale.letters...) {
			return fault{i, fmt.Sprintf("%q is not a mark of %v", f.text[i], f.locale.tag),
				"write " + instead[which]}
		}
	}
	return fault{}
}

// findUninverted finds a question or an exclamation that no inverted mark begins.
func findUninverted(f *form) fault {
	if !f.has("?!") {
		return fault{}
	}
	open := 0
	var before rune
	for i, r := range f.text {
		isMark := func(marks string) bool {
			return strings.ContainsRune(marks, r) && !strings.ContainsRune(marks, before)
		}
		switch {
		case isMark("¿¡"):
			open++
		case isMark("?!"):
			if open--; open < 0 {
				return fault{i, fmt.Sprintf("no ¿ or ¡ belongs to this %q", r),
					"write it where the question or exclamation begins"}
			}
		}
		before = r
	}
	return fault{}
}

// noBreak are the spaces that keep punctuation on the line of its word.
const noBreak = "\u00a0\u202f"

// findFrenchSpace finds a space where a line could break before punctuation, and one that is
// missing. In Canada and Switzerland it is left out before some marks or all.
func findFrenchSpace(f *form) fault {
	const hint = "write a no-break space, \\u202F or \\u00A0"
	if !f.has(";:!?") && !strings.ContainsAny(f.text, "«»") {
		return fault{}
	}
	mayLack := f.locale.id.Region == "CA" || f.locale.id.Region == "CH"
	for i, r := range f.text {
		before, end := f.before(i), i+utf8.RuneLen(r)
		switch {
		case r == '«' && f.after(end) == ' ':
			return fault{end, "a line could break behind «", hint}
		case strings.ContainsRune(";:!?»", r) && before == ' ' && i > 1 && f.ends(end):
			return fault{i - 1, fmt.Sprintf("a line could break before %q", r), hint}
		case strings.ContainsRune(";:!?", r) && unicode.IsLetter(before) && f.ends(end) && !mayLack:
			return fault{i, fmt.Sprintf("there is no space before %q", r), hint}
		}
	}
	return fault{}
}

// doubleQuotes are the quotation marks that come in pairs. Single ones are apostrophes as well.
const doubleQuotes = "\"“”„‟«»「」『』《》〈〉〝〞〟＂"

// findWrongQuotes finds a quotation that does not end, and one that begins with the mark that ends
// it, in languages that begin theirs with „.
func findWrongQuotes(f *form) fault {
	n, last := 0, 0
	for i, r := range f.text {
		// Most characters are letters.
		if r < '«' && r != '"' || '»' < r && r < '“' || !strings.ContainsRune(doubleQuotes, r) {
			continue
		}
		before, after := f.before(i), f.after(i+utf8.RuneLen(r))
		begins := (i == 0 || unicode.IsSpace(before) || strings.ContainsRune("(（[", before)) &&
			after != utf8.RuneError && !unicode.IsSpace(after)
		switch {
		case r == '"' && (unicode.IsDigit(before) || isWordRune(before) && isWordRune(after)):
			continue // inches, or an abbreviation in Hebrew
		case f.locale.lowQuotes && r == '“' && begins:
			return fault{i, fmt.Sprintf("in %v, “ does not begin a quotation", f.locale.tag), "write „"}
		case f.locale.lowQuotes && r == '«' && (i == 0 || unicode.IsSpace(before)) &&
			strings.ContainsRune(" "+noBreak, after):
			return fault{i, fmt.Sprintf("in %v, there is no space inside of quotation marks",
				f.locale.tag), ""}
		}
		n, last = n+1, i
	}
	if n%2 == 0 {
		return fault{}
	}
	return fault{last, "a quotation mark has no counterpart", "add it, or remove this one"}
}

// brackets are the pairs, each opening one before what closes it.
const (
	openBrackets  = "(（[［【〔"
	closeBrackets = ")）]］】〕"
)

// findUnpairedBracket finds a bracket without a counterpart. The bracket of a list's item, as in
// "a)", needs no other.
func findUnpairedBracket(f *form) fault {
	var open []int
	unpaired := -1
	for i, r := range f.text {
		switch {
		case r < '(' || ']' < r && r < '【': // most characters
		case strings.ContainsRune(openBrackets, r):
			open = append(open, i)
		case !strings.ContainsRune(closeBrackets, r):
		case len(open) > 0:
			open = open[:len(open)-1]
		case !isLabel(f.text[:i]):
			unpaired = i
		}
	}
	if len(open) > 0 {
		unpaired = open[0]
	}
	if unpaired < 0 {
		return fault{}
	}
	return fault{unpaired, fmt.Sprintf("%q has no counterpart", f.after(unpaired)),
		"add it, or remove this one"}
}

// isLabel reports whether the text ends with what may be before the bracket of a list's item: a
// letter or a number.
func isLabel(before string) bool {
	word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	return word != "" && utf8.RuneCountInString(word) <= 2 &&
		!strings.ContainsFunc(word, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.Nd) })
}

// findRegional finds a letter that the locale's region does not use.
func findRegional(f *form) fault {
	region := f.locale.id.Region
	if f.locale.id.Language != "de" || region != "CH" && region != "LI" {
		return fault{}
	}
	if at := strings.IndexAny(f.text, "ßẞ"); at >= 0 {
		return fault{at, "ß is not used in Switzerland and Liechtenstein", "write ss"}
	}
	return fault{}
}
