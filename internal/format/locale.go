package format

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/plural"
)

// nothing is written for a value that is given and has nothing to show, such as an empty list, so that the sentence
// around it shows that there is a place.
const nothing = "–"

// Locale writes values as one locale does. It is made by [For], immutable, and may be shared between goroutines.
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
	rule  *plural.Rule
}

// Context is what a reader, rather than a locale, decides about values. The zero Context is usable.
type Context struct {
	// Zone is the zone of moments; nil leaves each in its own.
	Zone *time.Location
	// Label appends the reader's text of a label. It reports false, and appends nothing, where it knows none. What it
	// appends stands as it is: a text in another direction than the locale's is its business to isolate.
	Label func(dst []byte, ref any) ([]byte, bool)
}

// For returns the notation of the locale, or of the nearest parent that CLDR has data for: es-MX, es-419, es, and never
// zh-Hans for zh-Hant. A locale whose language CLDR does not cover well gets CLDR's root, in which numbers, dates and units
// stand in symbols that belong to no language. It is never nil.
//
// The extensions -u-nu-, a numbering system with ten digits, and -u-hc-, the clock's hours, are honoured; others are
// not. All data is that of CLDR 48.
//
// A Locale takes some microseconds to make and is not kept, so that readers may ask for any number of tags. Whoever writes
// often in one locale keeps it.
func For(tag language.Tag) *Locale {
	id := locale.Of(tag)
	r := lookup(id)
	l := &Locale{
		rtl:      locale.RightToLeftScript(id.WrittenIn()),
		numerals: parseNumerals(numberTable[r.numbers], tag.TypeForKey("nu")),
		calendar: parseCalendar(nameTable[r.names], layoutTable[r.layout], hourField(tag, id.Region, r.locale)),
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

// Append appends the value as the locale writes it. It never fails, and never appends nothing for a value that is given:
// what is odd about a value, as [Value.Fault] tells it, still has a text. For a missing argument it appends nothing.
//
// A number, a size and a span of time are appended without allocating. The context may be nil.
func (l *Locale) Append(dst []byte, v *Value, ctx *Context) []byte {
	if v == nil {
		return dst
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
	case List:
		return l.appendList(dst, v, ctx)
	case Label:
		return l.appendLabel(dst, v, ctx)
	case String, URL, Literal:
		return l.AppendText(dst, v.text)
	}
	return dst
}

// appendLabel appends the reader's text of a label, or its source text if there is none.
func (l *Locale) appendLabel(dst []byte, v *Value, ctx *Context) []byte {
	if ctx != nil && ctx.Label != nil {
		if out, ok := ctx.Label(dst, v.ref); ok && len(out) > len(dst) {
			return out
		}
	}
	return l.AppendText(dst, v.text)
}
