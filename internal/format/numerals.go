package format

import (
	"strconv"
	"strings"
)

// numerals is how a locale writes numbers in one numbering system.
type numerals struct {
	digits        string // ten digits, each of the same number of bytes
	decimal       string // the sign between whole number and fraction
	group         string // the sign between groups of digits
	minus         string
	notANumber    string
	infinity      string
	minGrouping   int // the least number of digits before the last group of three
	groups        groupSize
	percentGroups groupSize
	beforePercent string // what a percentage begins with, behind a minus sign
	afterPercent  string
}

// groupSize is the number of digits in each group but the last, which always has three.
type groupSize int

// ungrouped is for digits that stand in one row.
const ungrouped groupSize = 0

// parseNumerals takes a section of numberTable apart. The system is the numbering system that the reader asks for; if
// CLDR knows no such one, the locale's own is taken.
func parseNumerals(section, system string) numerals {
	head, lines, _ := strings.Cut(section, "\n")
	own, minGrouping, _ := strings.Cut(head, "|")
	digits, ok := findField(digitTable[:], system)
	if !ok {
		system = own
		digits, _ = findField(digitTable[:], own)
	}
	f := strings.Split(notation(lines, system), "|")
	return numerals{
		digits: digits, decimal: f[0], group: f[1], minus: f[2], notANumber: f[3], infinity: f[4],
		minGrouping: int(minGrouping[0] - '0'), groups: groupSize(f[5][0] - '0'), percentGroups: groupSize(f[6][0] - '0'),
		beforePercent: f[7], afterPercent: f[8],
	}
}

// These are the root's notations for Arabic digits, which hold in every locale that has none of its own. The JSON
// edition of CLDR leaves them out.
const (
	rootArab    = "٫|٬|\u061c-|NaN|∞|3|3||٪\u061c"
	rootArabext = "٫|٬|\u200e-\u200e|NaN|∞|3|3||٪"
)

// notation returns the fields of a numbering system. Digits that the locale says nothing about go with the signs that
// it has for Latin digits.
func notation(lines, system string) string {
	latin := ""
	for line := range strings.SplitSeq(lines, "\n") {
		name, fields, _ := strings.Cut(line, "|")
		if name == system {
			return fields
		}
		if name == "latn" {
			latin = fields
		}
	}
	switch system {
	case "arab":
		return rootArab
	case "arabext":
		return rootArabext
	}
	return latin
}

func (n *numerals) appendSign(dst []byte, negative bool) []byte {
	if negative {
		return append(dst, n.minus...)
	}
	return dst
}

// appendWhole appends a whole number.
func (n *numerals) appendWhole(dst []byte, negative bool, magnitude uint64, groups groupSize) []byte {
	var buf [20]byte
	dst = n.appendSign(dst, negative && magnitude != 0)
	return n.appendGrouped(dst, strconv.AppendUint(buf[:0], magnitude, 10), groups)
}

// appendGrouped appends ASCII digits as the locale's, in groups. Groups are formed from the right: first one of three,
// then of the given size.
func (n *numerals) appendGrouped(dst, ascii []byte, groups groupSize) []byte {
	if groups == ungrouped || len(ascii) < 3+n.minGrouping {
		return n.appendDigits(dst, ascii)
	}
	end := (len(ascii) - 3) % int(groups)
	if end == 0 {
		end = int(groups)
	}
	dst = n.appendDigits(dst, ascii[:end])
	for ; end < len(ascii)-3; end += int(groups) {
		dst = append(dst, n.group...)
		dst = n.appendDigits(dst, ascii[end:end+int(groups)])
	}
	dst = append(dst, n.group...)
	return n.appendDigits(dst, ascii[end:])
}

// appendDigits appends ASCII digits as the locale's.
func (n *numerals) appendDigits(dst, ascii []byte) []byte {
	width := len(n.digits) / 10
	if width == 1 {
		return append(dst, ascii...)
	}
	for _, d := range ascii {
		at := int(d-'0') * width
		dst = append(dst, n.digits[at:at+width]...)
	}
	return dst
}
