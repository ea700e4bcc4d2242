package weighted_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/weighted"
)

func TestList(t *testing.T) {
	many := strings.Repeat("a,", 16)
	tests := []struct {
		name, header string
		want         []string
	}{
		{"empty", "", nil},
		{"one", "a;q=1", []string{"a;q=1"}},
		{"white space", " \ta ; q=1\t, b ", []string{"a ; q=1", "b"}},
		{"empty elements", ",, ,a,,b,", []string{"a", "b"}},
		{"empty elements do not count", strings.Repeat(" ,", 100) + "a", []string{"a"}},
		{"sixteen", many, slices.Repeat([]string{"a"}, 16)},
		{"seventeen", many + "b", slices.Repeat([]string{"a"}, 16)},
		{"1024 bytes", "a," + strings.Repeat(" ", 1021) + "b", []string{"a", "b"}},
		{"cut at the last comma", "a," + strings.Repeat(" ", 1021) + "bc", []string{"a"}},
		{"quoted", `a;x="b, c";q=1, d`, []string{`a;x="b, c";q=1`, "d"}},
		{"quoted, escaped", `a;x="b\", c", d`, []string{`a;x="b\", c"`, "d"}},
		{"quoted twice", `"a,b","c,d"`, []string{`"a,b"`, `"c,d"`}},
		{"quoted, then not closed", `"a,b"c", d`, []string{`"a,b"c"`, "d"}},
		{"not closed", `a"b, c`, []string{`a"b`, "c"}},
		{"not closed, escaped", `a"b\", c`, []string{`a"b\"`, "c"}},
		{"cut inside a quoted string", `a,"` + strings.Repeat("b,", 600) + `"`,
			append([]string{"a", `"b`}, slices.Repeat([]string{"b"}, 14)...)},
		{"no comma to cut at", strings.Repeat("a", 1025), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := slices.Collect(weighted.List(test.header)); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestListStopsWhenAsked(t *testing.T) {
	for element := range weighted.List("a, b, c") {
		if element == "b" {
			break
		}
		if element != "a" {
			t.Fatalf("went on to %q", element)
		}
	}
}

func TestWeight(t *testing.T) {
	tests := []struct {
		in   string
		want int
		ok   bool
	}{
		{"1", 1000, true}, {"0", 0, true}, {"0.5", 500, true}, {"0.123", 123, true},
		{"1.000", 1000, true},
		{"0.", 0, true}, {"1.", 1000, true}, {"0.001", 1, true},
		{"", 0, false}, {"1.001", 0, false}, {"2", 0, false}, {"0.1234", 0, false}, {"-1", 0, false},
		{".5", 0, false}, {"1e0", 0, false}, {"NaN", 0, false}, {" 0.5", 0, false}, {"0.5 ", 0, false},
		{"0.5x", 0, false}, {"00", 0, false}, {"0..5", 0, false},
	}
	for _, test := range tests {
		t.Run(test.in, func(t *testing.T) {
			got, ok := weighted.Weight(test.in)
			if ok != test.ok || ok && got != test.want {
				t.Errorf("got %d, %t, want %d, %t", got, ok, test.want, test.ok)
			}
		})
	}
}
