package format

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
)

// hourField returns the letter that a pattern has for the hour on the clock that the tag asks for
// (UTS #35 part 4, Date Field Symbol Table), or 0 if it asks for none. It asks by the extension
// -u-hc-, or by a region that is not that of the locale's data, such as Polish in the United States.
func hourField(tag language.Tag, region, data string) byte {
	switch tag.TypeForKey("hc") {
	case "h11":
		return 'K'
	case "h12":
		return 'h'
	case "h23":
		return 'H'
	case "h24":
		return 'k'
	}
	country, err := language.ParseRegion(region)
	if err != nil || !country.IsCountry() || region == regionOf(data) {
		return 0
	}
	if strings.Contains(twelveHours, region) {
		return 'h'
	}
	return 'H'
}

// regionOf returns the region of a locale that there is data of, or the one where most people write
// its language.
func regionOf(data string) string {
	id := locale.Of(language.Raw.Make(data))
	return cmp.Or(id.Region, locale.MainRegion(id.Language, id.WrittenIn()))
}

// onClock returns the pattern to use for the hour's field. A locale's usual pattern is better than one made for any
// clock of twelve or twenty-four hours, so it stays where it has the hours asked for.
func onClock(field byte, usual, twelve, twentyFour string) string {
	switch {
	case field == 0 || countsTwelve(field) == countsTwelve(hourIn(usual)):
		return usual
	case countsTwelve(field):
		return twelve
	}
	return twentyFour
}

func countsTwelve(field byte) bool { return field == 'h' || field == 'K' }

// hourIn returns the field for the hour in a pattern. Text in apostrophes is none, such as the h in "HH 'h' mm".
func hourIn(pattern string) byte {
	quoted := false
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '\'':
			quoted = !quoted
		case !quoted && strings.IndexByte("hHkK", c) >= 0:
			return c
		}
	}
	return 0
}

// hour returns the number that a clock shows at the hour, 0 to 23. The field is the letter of the pattern.
func hour(field byte, hour int) int {
	switch field {
	case 'h':
		return (hour+11)%12 + 1
	case 'K':
		return hour % 12
	case 'k':
		return (hour+23)%24 + 1
	}
	return hour
}
