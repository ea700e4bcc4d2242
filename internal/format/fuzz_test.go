package format_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

// FuzzAppend holds that a value of any kind, made by any constructor, in any locale, is written without a panic, as valid
// UTF-8, and as something unless it is a missing argument; that its fault and its JSON can be told; and that what was in
// front of it stays.
func FuzzAppend(f *testing.F) {
	f.Add("en", uint8(format.Int), uint64(1234), 0.5, "text", int64(90))
	f.Add("ar-EG", uint8(format.Duration), uint64(1)<<63, -1e300, "-1.50", int64(-1)<<63)
	f.Add("he-u-nu-hebr-hc-h24", uint8(format.TimeOfDay), uint64(999_950), 1e-320, "1e5", int64(1)<<62)
	f.Add("zh-TW", uint8(format.List), uint64(0), 0.0, "", int64(0))
	f.Fuzz(func(t *testing.T, locale string, kind uint8, n uint64, float float64, text string, nanoseconds int64) {
		tag, _ := language.Parse(locale)
		l := format.For(tag)
		k := format.Kind(kind % uint8(format.Literal+1))
		values := []format.Value{
			format.Whole(k, n%2 == 0, n), format.Float(k, float), format.Decimal(text), format.Text(k, text),
			format.Span(k, time.Duration(nanoseconds)), format.Moment(k, time.Unix(nanoseconds, int64(n>>2))),
			format.Named(text, text),
		}
		values = append(values, format.Several(format.Join(kind), values))
		for i := range values {
			got := l.Append([]byte("> "), &values[i], &format.Context{Zone: time.FixedZone("", int(int32(n)))})
			switch {
			case string(got[:2]) != "> ":
				t.Fatalf("what was in front is gone: %q", got)
			case len(got) == 2 && values[i].Kind() != format.None:
				t.Fatalf("value %d of kind %v is written as nothing", i, values[i].Kind())
			case !utf8.Valid(got):
				t.Fatalf("value %d of kind %v is written as %q", i, values[i].Kind(), got)
			}
			values[i].Fault()
			if _, err := values[i].MarshalJSON(); err != nil {
				t.Fatalf("value %d of kind %v: %v", i, values[i].Kind(), err)
			}
		}
	})
}
