// Package format writes values, such as numbers, sizes, spans of time, dates and lists, in the
// notation of a locale.
//
// The notation is that of the Unicode CLDR, for every locale that CLDR covers at its level
// "modern". The tables hold nothing but what the kinds of value here need; the command in the
// folder gen makes them, and UNICODE-LICENSE is the license of their data. Plural categories come
// from package plural.
//
// Whatever a value is, it has a text: rendering an error must not fail. What is odd about a value,
// [Value.Fault] tells.
package format

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/plural"
)

// nothing is written for a value that is given and has nothing to show, such as an empty list, so
// that the sentence around it shows that there is a place.
const nothing = "–"

// Locale writes values as one locale does. It is made by [For], immutable, and may be shared
// between goroutines.
type Locale struct {
	rtl bool
	numerals
	calendar
	sizes [sizeUnits]forms
	spans [len(spanUnits)]forms
	waits [len(spanUnits)]forms
	now   string
	lists [listKinds]joints
	adapt jointRule // or nil

	symbols string // a section of symbolTable
	rule    *plural.Rule
}

// Context is what a reader, rather than a locale, decides about values. The zero Context is usable.
type Context struct {
	// Zone is the zone of moments; nil leaves each in its own.
	Zone *time.Location
	// Label appends the reader's text of a label. It reports false, and appends nothing, where it
	// knows none. What it appends is not changed: a text in another direction than the locale's is
	// its business to isolate.
	Label func(dst []byte, ref any) ([]byte, bool)
}

// For returns the notation of the locale, or of the nearest parent that CLDR has data for: es-MX,
// es-419, es, and never zh-Hans for zh-Hant. A locale whose language CLDR does not cover well gets
// CLDR's root, which writes numbers, dates and units in symbols that belong to no language. It is
// never nil.
//
// The extensions -u-nu-, a numbering system with ten digits, -u-hc-, the clock's hours, and -u-ca-,
// the calendar, are honoured; others are not. All data is that of CLDR 48.
//
// A Locale takes some microseconds to make and is not kept, so that readers may ask for any number
// of tags. Whoever writes often in one locale keeps it.
func For(tag language.Tag) *Locale {
	id := locale.Of(tag)
	r := lookup(id)
	l := &Locale{
		rtl:      locale.RightToLeftScript(id.WrittenIn()),
		numerals: parseNumerals(numberTable[r.numbers], tag.TypeForKey("nu")),
		calendar: parseCalendar(r, hourField(tag, id.Region, r.locale), systemOf(tag, r.locale)),
		symbols:  symbolTable[r.symbols],
		adapt:    jointRuleOf(r.locale),
		rule:     plural.For(tag),
	}
	parseAllForms(l.sizes[:], sizeTable[r.sizes])
	parseAllForms(l.spans[:], spanTable[r.spans])
	now, waits, _ := strings.Cut(waitTable[r.waits], "\n")
	l.now = now
	parseAllForms(l.waits[:], waits)
	parseAllJoints(l.lists[:], listTable[r.lists])
	return l
}

// Append appends the value as the locale writes it. It never fails, and never appends nothing for a
// value that is given: what is odd about a value, as [Value.Fault] tells it, still has a text. For
// a missing argument it appends nothing.
//
// A number, a size and a span of time are appended without allocating. The context may be nil.
func (l *Locale) Append(dst []byte, v *Value, ctx *Context) []byte {
	if v == nil {
		return dst
	}
	if v.kind == String && v.style == 0 && !l.rtl && isPrintableASCII(v.text) {
		return append(dst, v.text...) // the usual case
	}
	switch v.kind {
	case Int, Number, Percent, Identifier:
		return l.appendNumber(dst, v)
	case Bytes:
		return l.appendSize(dst, v)
	case Duration:
		return l.appendDuration(dst, v)
	case RelativeTime:
		return l.appendWait(dst, v)
	case Time, Date, TimeOfDay:
		return l.appendMoment(dst, v, ctx)
	case DateRange:
		return l.appendRange(dst, v)
	case Money:
		return l.appendMoney(dst, v)
	case List:
		return l.appendList(dst, v, ctx)
	case Label, Phrase:
		return l.appendNamed(dst, v, ctx)
	case String:
		if v.style&FileName != 0 {
			return l.appendFileName(dst, v.text)
		}
		return l.AppendText(dst, v.text)
	case URL, Literal:
		return l.AppendText(dst, v.text)
	}
	return dst
}

// appendNamed appends the reader's text of a label or phrase, else its source text.
func (l *Locale) appendNamed(dst []byte, v *Value, ctx *Context) []byte {
	if ctx != nil && ctx.Label != nil {
		if out, ok := ctx.Label(dst, v.ref); ok && len(out) > len(dst) {
			return out
		}
	}
	if v.kind == Phrase {
		return append(dst, v.text...) // Its arguments are isolated already.
	}
	return l.AppendText(dst, v.text)
}

//go:generate go run ./gen -cldr $ERRLINGO_CLDR

// row is a locale and the index of its section in each of the tables. A section is text, lines of
// fields with a bar between them. Locales with the same section share it. It is taken apart when a
// [Locale] is made.
type row struct {
	locale                                                           string
	numbers, sizes, spans, waits, lists, names, dates, clocks, zones uint8
	persian, buddhist, roc, japanese, symbols                        uint8
}

// root is the locale that every other one inherits from. Its texts are symbols rather than words of
// a language.
const root = "und"

// lookup returns the row of the locale or of its nearest parent in CLDR that has one, and at last
// that of the root (UTS #35 part 1, Locale Inheritance and Matching).
func lookup(id locale.ID) *row {
	for id, ok := id.Minimal(), true; ok; id, ok = id.Parent() {
		if r := find(id.String()); r != nil {
			return r
		}
		if id.Script == "" {
			id.Script = id.WrittenIn() // CLDR has zh-Hans-SG, and no zh-SG.
			if r := find(id.String()); r != nil {
				return r
			}
			id.Script = ""
		}
	}
	return find(root)
}

func find(name string) *row {
	i, ok := slices.BinarySearchFunc(localeTable[:], name, func(r row, name string) int {
		return strings.Compare(r.locale, name)
	})
	if !ok {
		return nil
	}
	return &localeTable[i]
}

// findField returns what follows "key|" in sorted lines.
func findField(lines []string, key string) (string, bool) {
	i, _ := slices.BinarySearch(lines, key)
	// The bar sorts behind letters, so that a longer key may be in between.
	for ; i < len(lines) && strings.HasPrefix(lines[i], key); i++ {
		if value, ok := strings.CutPrefix(lines[i], key+"|"); ok {
			return value, true
		}
	}
	return "", false
}
