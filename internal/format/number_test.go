package format_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/format"
)

func TestNumber(t *testing.T) {
	tests := []struct {
		name   string
		locale string
		value  format.Value
		want   string
	}{
		{"groups", "de", integer(1234567), "1.234.567"},
		{"Indian groups", "hi", integer(1234567), "12,34,567"},
		{"Indian groups, a full first one", "en-IN", integer(123456789), "12,34,56,789"},
		{"no group of one digit in Spanish", "es", integer(1234), "1234"},
		{"nor in Polish", "pl", integer(9999), "9999"},
		{"groups of two digits and more in Spanish", "es", integer(12345), "12.345"},
		{"nor in European Portuguese", "pt-PT", integer(1234), "1234"},
		{"groups from four digits in Brazil", "pt", integer(1234), "1.234"},
		{"Mexican Spanish", "es-MX", integer(1234), "1,234"},
		{"minus of its own", "sv", format.Whole(format.Int, true, 1234), "\u22121\u00a0234"},
		{"minus with a direction mark", "he", format.Whole(format.Int, true, 5), "\u200e-5"},

		{"three digits behind the sign", "de", format.Float(format.Number, 1.23456), "1,235"},
		{"half is rounded up", "en", format.Float(format.Number, 2.0005), "2.001"},
		{"half below zero is rounded down", "en", format.Float(format.Number, -2.0005), "-2.001"},
		{"carry into a new group", "en", format.Float(format.Number, 999.9995), "1,000"},
		{"no zeros at the end", "en", format.Float(format.Number, 1.5), "1.5"},
		{"large float", "en", format.Float(format.Number, 1e21), "1,000,000,000,000,000,000,000"},
		{"whole number of kind Number", "de", format.Whole(format.Number, false, 1234), "1.234"},

		{"decimal keeps its zeros", "de", format.Decimal("-1234.50"), "-1.234,50"},
		{"decimal keeps its digits", "de", format.Decimal("0.123456789"), "0,123456789"},
		{"decimal with zeros in front", "en", format.Decimal("+007.10"), "7.10"},
		{"decimal zero has no sign", "en", format.Decimal("-0.00"), "0.00"},

		{"percentage", "en", format.Float(format.Percent, 0.25), "25%"},
		{"percentage with a space", "de", format.Float(format.Percent, 0.25), "25\u00a0%"},
		{"percent sign in front", "tr", format.Float(format.Percent, -0.25), "-%25"},
		{"percent sign and space in front", "eu", format.Float(format.Percent, 0.25), "%\u00a025"},
		{"one digit of a percentage", "en", format.Float(format.Percent, 0.99944), "99.9%"},
		{"almost all", "en", format.Float(format.Percent, 0.9999), "100%"},
		{"shortest digits count", "en", format.Float(format.Percent, 0.07), "7%"},
		{"whole ratio", "en", format.Whole(format.Percent, false, 12), "1,200%"},
		{"decimal ratio", "en", format.Float(format.Percent, 12.3456), "1,234.6%"},

		{"number that is a name", "de", format.Whole(format.Identifier, false, 20261), "20261"},
		{"number that is a name in Arabic digits", "ar-EG", format.Whole(format.Identifier, false, 20261),
			"٢٠٢٦١"},

		{"Arabic digits in Egypt", "ar-EG", format.Float(format.Number, 1234.5), "١٬٢٣٤٫٥"},
		{"Latin digits in Morocco", "ar-MA", format.Float(format.Number, 1234.5), "1.234,5"},
		{"digits asked for", "de-u-nu-deva", format.Float(format.Number, 1234.5), "१.२३४,५"},
		{"Arabic digits asked for have their own signs", "de-u-nu-arab",
			format.Float(format.Number, -1234.5), "\u061c-١٬٢٣٤٫٥"},
		{"Latin digits asked for", "fa-u-nu-latn", format.Float(format.Number, 1234.5), "1,234.5"},
		{"digits that are not in a row", "zh-u-nu-hanidec", integer(1029), "一,〇二九"},
		{"digits beyond the basic plane", "en-u-nu-mathbold", integer(19), "𝟏𝟗"},
		{"numbers that are not digits", "he-u-nu-hebr", integer(15), "15"},
		{"unknown digits", "fa-u-nu-foobar", integer(15), "۱۵"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(test.locale, test.value); got != test.want {
				t.Errorf("%s: got %+q, want %+q", test.locale, got, test.want)
			}
		})
	}
}

func TestSize(t *testing.T) {
	tests := []struct {
		name  string
		bytes uint64
		size  string // with a plain space
		limit string
	}{
		{"none", 0, "0 bytes", "0 bytes"},
		{"one", 1, "1 byte", "1 byte"},
		{"just below a unit", 999, "999 bytes", "999 bytes"},
		{"a unit", 1000, "1 kB", "1 kB"},
		{"a byte more", 1001, "1.1 kB", "1 kB"},
		{"almost a tenth more", 1099, "1.1 kB", "1 kB"},
		{"a tenth more", 1100, "1.1 kB", "1.1 kB"},
		{"almost the next unit", 999_900, "999.9 kB", "999.9 kB"},
		{"rounding up reaches the next unit", 999_901, "1 MB", "999.9 kB"},
		{"a byte below the next unit", 999_999, "1 MB", "999.9 kB"},
		{"a byte over a limit", 1_000_001, "1.1 MB", "1 MB"},
		{"a gigabyte", 1_000_000_000, "1 GB", "1 GB"},
		{"a binary gigabyte", 1 << 30, "1.1 GB", "1 GB"},
		{"a terabyte", 1e12, "1 TB", "1 TB"},
		{"petabytes are the last", 1_234_560_000_000_000_000, "1,234.6 PB", "1,234.5 PB"},
		{"rounding within petabytes", 999_950_000_000_000_000, "1,000 PB", "999.9 PB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			size := format.Whole(format.Bytes, false, test.bytes)
			if got := written("en", size); got != strings.Replace(test.size, " ", "\u00a0", 1) {
				t.Errorf("a size of %d: got %q, want %q", test.bytes, got, test.size)
			}
			got := written("en", size.Styled(format.Limit))
			if got != strings.Replace(test.limit, " ", "\u00a0", 1) {
				t.Errorf("a limit of %d: got %q, want %q", test.bytes, got, test.limit)
			}
		})
	}
}
