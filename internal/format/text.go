package format

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"github.com/errlingo/errlingo/internal/invisible"
)

// MaxText is the length, in runes, at which a string argument is cut; an ellipsis then takes the
// last one's place.
const MaxText = 256

const (
	firstStrongIsolate    = string(invisible.FirstStrongIsolate)
	popDirectionalIsolate = string(invisible.PopIsolate)
	ellipsis              = "…"
)

// AppendText appends a string that somebody typed: without control and formatting characters, cut
// at [MaxText], and isolated (U+2068 … U+2069, Unicode UAX #9 §2.4) where its direction could spill
// into the text around it. Invalid UTF-8 shows as U+FFFD, and a string with nothing to show as a
// dash.
func (l *Locale) AppendText(dst []byte, s string) []byte {
	if !l.rtl && isPrintableASCII(s) {
		return append(dst, s...)
	}
	start := len(dst)
	dst = append(dst, firstStrongIsolate...)
	dst = appendClean(dst, s)
	clean := dst[start+len(firstStrongIsolate):]
	switch {
	case len(clean) == 0:
		return append(dst[:start], nothing...)
	case l.spills(clean):
		return append(dst, popDirectionalIsolate...)
	}
	return append(dst[:start], clean...)
}

// MaxFileName is the length, in runes, at which the name of a file is cut.
const MaxFileName = 64

// fileNameEnd is how much is kept of the end of a file's name, which has its extension.
const fileNameEnd = 20

// appendFileName appends the name of a file like any text. Of a long name the middle is left out,
// since the end says what the file is.
func (l *Locale) appendFileName(dst []byte, s string) []byte {
	if runes := utf8.RuneCountInString(s); runes > MaxFileName {
		start, end := []byte(s), []byte(s)
		start = start[:cutAt(start, offsetOf(s, MaxFileName-fileNameEnd-1))]
		end = end[cutAt(end, offsetOf(s, runes-fileNameEnd)):]
		s = string(start) + ellipsis + string(end)
	}
	return l.AppendText(dst, s)
}

// offsetOf returns the offset of rune n.
func offsetOf(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// isPrintableASCII reports whether a string needs no changes in left-to-right text, as most strings
// don't.
func isPrintableASCII(s string) bool {
	if s == "" || len(s) > MaxText {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// spills reports whether the direction of a text could change that of the text around it: in
// right-to-left text every text with a character that is not right-to-left, elsewhere every one
// with a right-to-left character or an Arabic digit, which orders its neighbours, too.
func (l *Locale) spills(text []byte) bool {
	for len(text) > 0 {
		p, size := bidi.Lookup(text)
		class := p.Class()
		switch rightToLeft := class == bidi.R || class == bidi.AL; {
		case rightToLeft != l.rtl, class == bidi.AN:
			return true
		}
		text = text[size:]
	}
	return false
}

// maxRead is how many bytes of a string are read in search of characters that a reader can see.
// Without this limit, megabytes of invisible ones would be read for each text.
const maxRead = 64 * MaxText

// appendClean appends the characters of s that a reader can see, and a space for every break of
// line.
func appendClean(dst []byte, s string) []byte {
	start, last, runes := len(dst), len(dst), 0
	for at, r := range s {
		if breaksLine(r) {
			r = ' '
		}
		if isStripped(r) && at <= maxRead {
			continue
		}
		if runes == MaxText || at > maxRead {
			return append(dst[:cutAt(dst[start:], last-start)+start], ellipsis...)
		}
		last = len(dst)
		dst = utf8.AppendRune(dst, r)
		runes++
	}
	return dst
}

func breaksLine(r rune) bool {
	return '\t' <= r && r <= '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// isStripped reports whether a character could reorder or hide text. Joiners could not.
func isStripped(r rune) bool { return invisible.Is(r) && !invisible.IsJoiner(r) }

// maxMarks is how many marks on one letter are honoured when a text is cut. Words need fewer; a
// text of nothing but marks must not vanish.
const maxMarks = 16

// cutAt returns the offset at or before the given one at which the text can be cut without parting
// a letter from its marks or an emoji from its pieces. It knows the commonest of the clusters of
// UAX #29.
func cutAt(text []byte, offset int) int {
	at := offset
	for range maxMarks {
		next, _ := utf8.DecodeRune(text[at:])
		before, size := utf8.DecodeLastRune(text[:at])
		if !extends(next) && before != invisible.Joiner {
			return at
		}
		at -= size
	}
	return offset
}

// extends reports whether a character belongs to the one in front of it: a mark, a joiner, or a
// skin tone.
func extends(r rune) bool {
	return unicode.In(r, unicode.M) || r == invisible.Joiner || '\U0001F3FB' <= r && r <= '\U0001F3FF'
}
