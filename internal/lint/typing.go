package lint

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mojibake is UTF-8 that was read as Windows-1252, in the letters of Western Europe, Cyrillic and
// Arabic. Quotation marks and dashes that may follow a capital are left out.
var mojibake = regexp.MustCompile(
	"[ÃÂÐÑØÙ][\u0080-\u00ba\u00bc-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ‘•˜™šœžŸ]|â€|ï¿½|ï»¿")

// findGarbled finds what is left of characters that a program could not read.
func findGarbled(f *form) fault {
	if at := strings.Index(f.text, "\ufffd"); at >= 0 {
		return fault{at, "the text has U+FFFD in the place of a lost character",
			"write the character anew"}
	}
	for i := range len(f.text) - 2 {
		// Few texts have one of the letters that the expression begins with.
		if f.text[i] != 0xc3 || !strings.ContainsRune("ÃÂÐÑØÙâï", f.after(i)) {
			continue
		}
		if m := mojibake.FindStringIndex(f.text[i:]); m != nil {
			return fault{i + m[0], fmt.Sprintf("%q looks like a character in the wrong encoding",
				f.text[i+m[0]:i+m[1]]), "write the character anew, in UTF-8"}
		}
		break
	}
	return fault{}
}

var escape = regexp.MustCompile(`\\([nrt"]|u[0-9A-Fa-f]{4})`)

// findEscape finds an escape sequence that readers would see as it is.
func findEscape(f *form) fault {
	if m := escape.FindStringIndex(f.text); m != nil {
		return fault{m[0], fmt.Sprintf("readers see %s as it is", f.text[m[0]:m[1]]),
			"write the character itself; in double quotation marks, use a single backslash"}
	}
	return fault{}
}

// findDecomposed finds a letter and its accent as two characters. Some other texts are not in
// Unicode's form NFC either, but those were typed as their keyboards do.
func findDecomposed(f *form) fault {
	if norm.NFC.IsNormalString(f.text) {
		return fault{}
	}
	composed := norm.NFC.String(f.text)
	if utf8.RuneCountInString(composed) >= utf8.RuneCountInString(f.text) {
		return fault{}
	}
	at := 0
	for at < len(composed) && f.text[at] == composed[at] {
		at++
	}
	for !utf8.RuneStart(f.text[at]) {
		at--
	}
	return fault{at, "the text has letters and their accents as separate characters",
		"save the file in the Unicode form NFC"}
}

var foreignPlaceholder = regexp.MustCompile(
	`\{ *\w+ *, *(plural|select|selectordinal|number|date|time|choice)\b|\{\d+\}|` +
		`%(\d+\$|\(\w+\))?[sdvqf@]`)

// findForeignPlaceholder finds the syntax of ICU, of printf, and of positions in braces.
func findForeignPlaceholder(f *form) fault {
	m := foreignPlaceholder.FindStringIndex(f.text)
	// "100%d'avance" has a percent sign.
	if m == nil || unicode.IsDigit(f.before(m[0])) || isWordRune(f.after(m[1])) {
		return fault{}
	}
	return fault{m[0], fmt.Sprintf("readers see %s as it is", f.text[m[0]:m[1]]),
		"a placeholder is written {{.Name}}; plural forms are lines of their own"}
}

var toDo = regexp.MustCompile(`\b(TODO|FIXME|TBD|XXX)\b`)

// findToDo finds a translator's note to themselves. In Spanish and Portuguese, TODO is "all".
func findToDo(f *form) fault {
	m := toDo.FindStringIndex(f.text)
	if m == nil || f.locale.todoIsAll && f.after(m[1]) != ':' {
		return fault{}
	}
	return fault{m[0], fmt.Sprintf("the text has %s in it", f.text[m[0]:m[1]]),
		"translate it, or leave it empty until somebody does"}
}

// Letters of one script that look like those of another.
const (
	likeLatin = "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ"
	likeOther = "ABCEHIKMOPTXaceiopxy"
)

// findMixedScripts finds a word of Latin letters with a few Cyrillic or Greek ones that look the
// same, or the other way round.
func findMixedScripts(f *form) fault {
	if !f.has(likeOther) {
		return fault{}
	}
	for at, word := range f.words() {
		if isPlain(word) {
			continue
		}
		latin, other, oddLatin, oddOther := 0, 0, -1, -1
		similarLatin, similarOther := true, true
		for i, r := range word {
			switch {
			case unicode.Is(unicode.Latin, r):
				latin++
				oddLatin = i
				similarLatin = similarLatin && strings.ContainsRune(likeOther, r)
			case unicode.In(r, unicode.Cyrillic, unicode.Greek):
				other++
				oddOther = i
				similarOther = similarOther && strings.ContainsRune(likeLatin, r)
			}
		}
		if latin == 0 || other == 0 || !similarLatin && !similarOther {
			continue
		}
		odd := oddOther
		if latin < other || !similarOther {
			odd = oddLatin
		}
		r, _ := utf8.DecodeRuneInString(word[odd:])
		return fault{at + odd, fmt.Sprintf("%q is of another script than the other letters of %q",
			r, word), "type the word anew"}
	}
	return fault{}
}

// findDoubleSpace finds two spaces inside a line.
func findDoubleSpace(f *form) fault {
	at := strings.Index(f.text, "  ")
	if at <= 0 || strings.TrimLeft(f.text[at:], " ") == "" || f.text[at-1] == '\n' {
		return fault{} // Leading and trailing space has a rule of its own.
	}
	return fault{at, "there are two spaces in a row", "remove one"}
}

// findSpaceBefore finds a space before punctuation. French has one before some marks.
func findSpaceBefore(f *form) fault {
	for i := 1; i < len(f.text); i++ {
		if f.text[i-1] != ' ' {
			continue
		}
		switch f.text[i] {
		case '.', ',', ')', ']':
		case ';', ':', '!', '?':
			if f.locale.french {
				continue
			}
		default:
			continue
		}
		if f.ends(i+1) && i > 1 {
			return fault{i - 1, fmt.Sprintf("there is a space before %q", f.text[i]), "remove it"}
		}
	}
	return fault{}
}

var doubledMarks = [...]string{"..", ",,", ";;", "::", "。。", "、、", "،،", "।।"}

// findDoubledMark finds a mark that is there twice. Three full stops are an ellipsis.
func findDoubledMark(f *form) fault {
	for _, marks := range &doubledMarks {
		at := strings.Index(f.text, marks)
		if at < 0 {
			continue
		}
		end := at + len(marks)
		if f.ends(end) && f.before(at) != f.before(end) {
			return fault{at, fmt.Sprintf("the text has %s", marks), "remove one of the marks"}
		}
	}
	return fault{}
}

// doublets are words that a sentence may have twice in a row: „alle, die die Datei sehen“.
const doublets = " att az das dat den der det die ez had ihr nous que ze som that vous "

// findRepeatedWord finds a word that is there twice in a row, in languages that do not double words
// for emphasis.
func findRepeatedWord(f *form) fault {
	if f.locale.doubles || !f.mayRepeatWord() {
		return fault{}
	}
	before, end := "", 0
	for at, word := range f.words() {
		if len(word) > 1 && len(word) == len(before) && strings.Trim(f.text[end:at], " ") == "" &&
			strings.EqualFold(word, before) && !mayRepeat(before, word) {
			return fault{at, fmt.Sprintf("%q is there twice", word), "remove one"}
		}
		before, end = word, at+len(word)
	}
	return fault{}
}

// mayRepeatWord returns false if no two words in a row have the same length and first letter, as in
// most texts. It looks at ASCII only.
func (f *form) mayRepeatWord() bool {
	if f.latin1 || f.high {
		return true
	}
	var first byte
	length := 0
	for at := 0; at < len(f.text); at++ {
		start := at
		for at < len(f.text) && isLetter(f.text[at]) {
			at++
		}
		if n := at - start; n > 0 {
			lower := f.text[start] | 0x20
			if n > 1 && n == length && lower == first {
				return true
			}
			first, length = lower, n
		}
	}
	return false
}

// mayRepeat reports whether a sentence may have both words in a row. At its beginning, which a
// capital shows, only the German "Sie sie" is right.
func mayRepeat(first, second string) bool {
	return strings.EqualFold(first, "sie") ||
		first == second && strings.Contains(doublets, " "+first+" ")
}

// findGlued finds letters that touch a placeholder. In scripts other than these, words have no
// spaces between them, or prefixes and suffixes are joined to names.
func findGlued(f *form) fault {
	if !f.locale.spaced || !f.glued {
		return fault{}
	}
	for at, word := range f.words() {
		end := at + len(word)
		glued := at > 0 && f.text[at-1] == mask && f.raw[at-1] == '}' ||
			end < len(f.text) && f.text[end] == mask && f.raw[end] == '{'
		if first, _ := utf8.DecodeRuneInString(word); glued && utf8.RuneCountInString(word) > 2 &&
			unicode.In(first, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
			return fault{at, fmt.Sprintf("there is no space between %q and a placeholder", word),
				"add the space"}
		}
	}
	return fault{}
}
