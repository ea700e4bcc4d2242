package format

import (
	"slices"
	"strings"
)

// Style changes how the values of some kinds are written. Styles are combined with |; the zero
// Style is the usual one.
type Style uint8

// The styles, each with the kinds that it is for.
const (
	Full        Style = 1 << iota // a date with its day of the week
	Medium                        // a date with a short month or in numbers
	Short                         // a date in numbers
	WithSeconds                   // a time of day
	Limit                         // a size is rounded down instead of up
	Narrow                        // an amount of money with the shortest symbol: "$" for "US$"
	FileName                      // a text that is cut in its middle
)

// styles are the names of the styles, as a declaration has them, and their kinds.
var styles = [...]struct {
	style Style
	name  string
	kinds []Kind
}{
	{Full, "Full", []Kind{Date, DateRange, Time}},
	{Medium, "Medium", []Kind{Date, DateRange, Time}},
	{Short, "Short", []Kind{Date, DateRange, Time}},
	{WithSeconds, "WithSeconds", []Kind{Time, TimeOfDay}},
	{Limit, "Limit", []Kind{Bytes}},
	{Narrow, "Narrow", []Kind{Money}},
	{FileName, "FileName", []Kind{String}},
}

// ParseStyle returns the style of a name.
func ParseStyle(name string) (Style, bool) {
	for _, s := range styles {
		if s.name == name {
			return s.style, true
		}
	}
	return 0, false
}

// String returns the names of the styles, with a comma between them.
func (s Style) String() string {
	var names []string
	for _, known := range styles {
		if s&known.style != 0 {
			names = append(names, known.name)
		}
	}
	return strings.Join(names, ", ")
}

// of returns those of the styles that the kind has.
func (s Style) of(kind Kind) Style {
	var fit Style
	for i := range styles {
		if slices.Contains(styles[i].kinds, kind) {
			fit |= s & styles[i].style
		}
	}
	return fit
}

// Fits reports whether the kind has all the styles, of which one at most may be a length.
func (s Style) Fits(kind Kind) bool {
	length := s & (Full | Medium | Short)
	return s.of(kind) == s && length&(length-1) == 0
}

// length returns the length of a date: long, which is how sentences have it, unless the style is
// another.
func (s Style) length() int {
	switch {
	case s&Full != 0:
		return fullDate
	case s&Medium != 0:
		return mediumDate
	case s&Short != 0:
		return shortDate
	}
	return longDate
}
