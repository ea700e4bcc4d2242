package format

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxList is the number of a list's values that are shown; an ellipsis then takes the last one's
// place.
const MaxList = 100

// The kinds of list in a section of listTable, in its order. The first two are those of [Join].
const (
	unitList  = 2
	listKinds = 3
)

// joints is what a kind of list has between its elements, and what follows the last one.
type joints struct {
	start, middle, end, two string
	afterEnd, afterTwo      string
}

func parseJoints(line string) joints {
	f := strings.Split(line, "|")
	return joints{start: f[0], middle: f[1], end: f[2], two: f[3], afterEnd: f[4], afterTwo: f[5]}
}

// parseAllJoints fills dst from a section's lines, each of which is one kind of list.
func parseAllJoints(dst []joints, section string) {
	i := 0
	for line := range strings.SplitSeq(section, "\n") {
		dst[i] = parseJoints(line)
		i++
	}
}

// before returns the text in front of element i, which is not the first, in a list of n.
func (j *joints) before(i, n int) string {
	switch {
	case n == 2:
		return j.two
	case i == n-1:
		return j.end
	case i == 1:
		return j.start
	}
	return j.middle
}

// after returns the text after the last element in a list of n.
func (j *joints) after(n int) string {
	switch {
	case n < 2:
		return ""
	case n == 2:
		return j.afterTwo
	}
	return j.afterEnd
}

// appendList appends the values that are not missing.
func (l *Locale) appendList(dst []byte, v *Value, ctx *Context) []byte {
	values := v.Values()
	n := 0 // how many are not missing, as far as it matters
	for i := 0; i < len(values) && n <= MaxList; i++ {
		if values[i].kind != None {
			n++
		}
	}
	if n == 0 {
		return append(dst, nothing...)
	}
	shown := min(n, MaxList)
	joints := &l.lists[min(v.join, Or)]
	for i, at := 0, 0; at < shown; i++ {
		if values[i].kind == None {
			continue
		}
		start := len(dst)
		if at > 0 {
			dst = append(dst, joints.before(at, shown)...)
		}
		end := len(dst)
		if at++; at == MaxList && n > MaxList {
			dst = append(dst, ellipsis...)
		} else {
			dst = l.Append(dst, &values[i], ctx)
		}
		dst = l.adaptJoint(dst, start, end)
	}
	return append(dst, joints.after(shown)...)
}

// adaptJoint replaces the joint in dst[start:end] where the language has another one in front of
// what follows it, for the sake of its sound in Spanish and of its looks in Hebrew. CLDR leaves
// this to the program; these are ICU's rules.
func (l *Locale) adaptJoint(dst []byte, start, end int) []byte {
	if l.adapt == nil || start == end {
		return dst
	}
	joint, next := string(dst[start:end]), strings.TrimPrefix(string(dst[end:]), firstStrongIsolate)
	if other := l.adapt(joint, next); other != joint {
		return slices.Replace(dst, start, end, []byte(other)...)
	}
	return dst
}

// jointRule returns the joint to use in front of a text instead of the usual one.
type jointRule func(joint, next string) string

// jointRuleOf returns the rule of a language, or nil.
func jointRuleOf(locale string) jointRule {
	switch language, _, _ := strings.Cut(locale, "-"); language {
	case "es":
		return spanishJoint
	case "he":
		return hebrewJoint
	}
	return nil
}

// spanishJoint makes "y" an "e" in front of the sound i, and "o" a "u" in front of the sound o,
// which eight and eleven begin with as well.
func spanishJoint(joint, next string) string {
	next = strings.ToLower(next[:min(3, len(next))])
	switch joint {
	case " y ":
		if strings.HasPrefix(next, "i") || strings.HasPrefix(next, "hi") && next != "hia" &&
			next != "hie" {
			return " e "
		}
	case " o ":
		if hasAnyPrefix(next, "o", "ho", "8", "11 ") || next == "11" {
			return " u "
		}
	}
	return joint
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool {
		return strings.HasPrefix(s, prefix)
	})
}

// hebrewJoint sets the prefixed "and" off with a hyphen from anything that is not written in Hebrew
// letters.
func hebrewJoint(joint, next string) string {
	const and = " ו"
	if r, _ := utf8.DecodeRuneInString(next); joint == and && !unicode.Is(unicode.Hebrew, r) {
		return and + "-"
	}
	return joint
}
