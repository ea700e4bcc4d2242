package format_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

func TestList(t *testing.T) {
	words := func(s string) []format.Value {
		var values []format.Value
		for word := range strings.SplitSeq(s, "|") {
			values = append(values, format.Text(format.String, word))
		}
		return values
	}
	tests := []struct {
		name   string
		locale string
		join   format.Join
		values []format.Value
		want   string
	}{
		{"one", "en", format.And, words("a"), "a"},
		{"two", "en", format.And, words("a|b"), "a and b"},
		{"three", "en", format.And, words("a|b|c"), "a, b, and c"},
		{"three in British English", "en-GB", format.And, words("a|b|c"), "a, b and c"},
		{"any of four", "de", format.Or, words("a|b|c|d"), "a, b, c oder d"},
		{"no spaces", "ja", format.Or, words("a|b|c"), "a、b、またはc"},
		{"isolated", "ar", format.And, words("a|ب"), "\u2068a\u2069 وب"},
		{"more than two after the last", "mn", format.Or, words("a|b|c"), "a, b, c зэргийн аль нэг"},
		{"numbers", "de", format.And, []format.Value{integer(1234), format.Float(format.Number, 1.5)},
			"1.234 und 1,5"},
		{"list in a list", "en", format.And, []format.Value{integer(1),
			format.Several(format.Or, words("a|b"))}, "1 and a or b"},
		{"as many as allowed", "en", format.And, words(strings.Repeat("a|", 99) + "z"),
			strings.Repeat("a, ", 99) + "and z"},
		{"too many", "en", format.And, words(strings.Repeat("a|", 100) + "z"), strings.Repeat("a, ", 99) +
			"and …"},

		{"Spanish and", "es", format.And, words("a|b"), "a y b"},
		{"before i", "es", format.And, words("a|isla"), "a e isla"},
		{"before i at the end of three", "es-MX", format.And, words("a|b|Isla"), "a, b e Isla"},
		{"before hi", "es", format.And, words("a|HIJO"), "a e HIJO"},
		{"before hie", "es", format.And, words("a|hielo"), "a y hielo"},
		{"before hia", "es", format.And, words("a|hiato"), "a y hiato"},
		{"before i, any", "es", format.Or, words("a|isla"), "a o isla"},
		{"Spanish or", "es", format.Or, words("a|b"), "a o b"},
		{"before o", "es", format.Or, words("a|Oslo"), "a u Oslo"},
		{"before ho", "es", format.Or, words("a|hola"), "a u hola"},
		{"before eight", "es", format.Or, words("a|80"), "a u 80"},
		{"before eleven", "es", format.Or, words("a|11"), "a u 11"},
		{"before eleven things", "es", format.Or, words("a|11 x"), "a u 11 x"},
		{"before 110", "es", format.Or, words("a|110"), "a o 110"},
		{"before o, all", "es", format.And, words("a|ocho"), "a y ocho"},

		{"Hebrew and", "he", format.And, words("א|ב"), "א וב"},
		{"before Latin letters", "he", format.And, words("א|b"), "א ו-\u2068b\u2069"},
		{"before a Hebrew phrase", "he", format.And, words("א|ב ג"), "א ו\u2068ב ג\u2069"},
		{"before a number", "he", format.And, []format.Value{integer(1), integer(2)}, "1 ו-2"},
		{"Hebrew or", "he", format.Or, words("א|b"), "א או \u2068b\u2069"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(test.locale, format.Several(test.join, test.values)); got != test.want {
				t.Errorf("got %+q, want %+q", got, test.want)
			}
		})
	}
}

func TestLabel(t *testing.T) {
	texts := map[any]string{"email": "E-Mail-Adresse", "blank": ""}
	ctx := &format.Context{Label: func(dst []byte, ref any) ([]byte, bool) {
		text, ok := texts[ref]
		return append(dst, text...), ok
	}}
	tests := []struct {
		name string
		ctx  *format.Context
		ref  any
		want string
	}{
		{"known", ctx, "email", "E-Mail-Adresse"},
		{"unknown", ctx, "phone", "source text"},
		{"without a text", ctx, "blank", "source text"},
		{"empty context", &format.Context{}, "email", "source text"},
		{"no context", nil, "email", "source text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			label := format.Named(test.ref, "source text")
			list := format.Several(format.And, []format.Value{label, integer(2)})
			l := format.For(language.German)
			if got := string(l.Append(nil, &label, test.ctx)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := string(l.Append(nil, &list, test.ctx)); got != test.want+" und 2" {
				t.Errorf("in a list: got %q", got)
			}
		})
	}
}
