package negotiate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/negotiate"
)

// tags parses a list separated by spaces.
func tags(t testing.TB, list string) []language.Tag {
	t.Helper()
	var tags []language.Tag
	for name := range strings.FieldsSeq(list) {
		tag, err := language.Parse(name)
		if err != nil {
			t.Fatalf("tag %q: %v", name, err)
		}
		tags = append(tags, tag)
	}
	return tags
}

// names writes a chain with the names of the available locales.
func names(chain []int, available string) string {
	var names []string
	for _, i := range chain {
		names = append(names, strings.Fields(available)[i])
	}
	return strings.Join(names, " ")
}

// pairs parses "gl:es be:ru".
func pairs(t testing.TB, list string) []negotiate.Pair {
	t.Helper()
	var pairs []negotiate.Pair
	for pair := range strings.FieldsSeq(list) {
		both := tags(t, strings.Replace(pair, ":", " ", 1))
		pairs = append(pairs, negotiate.Pair{Reader: both[0], Available: both[1]})
	}
	return pairs
}

// In each case the first available locale is the default. A chain that begins with "!" is the
// default's because nothing matched. Preferences are separated by "|".
var matchTests = []struct {
	name      string
	available string
	prefs     string
	want      string
}{
	// The plain way.
	{"nothing asked", "en de", "", "! en"},
	{"empty ones are skipped", "en de fr", "||de", "de en"},
	{"exact", "en de fr", "de", "de en"},
	{"exact, any case", "en de-AT", "DE-at", "de-AT en"},
	{"region falls to language", "en de", "de-CH", "de en"},
	{"variant before language", "en de de-AT", "de-AT", "de-AT de en"},
	{"other region's variant stays out", "en de de-AT", "de-CH", "de en"},
	{"underscore", "en de de-AT", "de_AT", "de-AT de en"},
	{"next languages follow", "en de fr it", "fr-CH, it;q=0.9, de;q=0.8", "fr it de en"},
	{"no locale twice", "en de", "de-AT, de-CH;q=0.9, de;q=0.8, en;q=0.7", "de en"},
	{"default in the middle", "en de fr", "de, en, fr", "de en fr"},
	{"default's own parents", "en-GB en-001 en de", "de", "de en-GB en-001 en"},
	{"nothing available of it", "en de", "ja", "! en"},
	{"unknown first", "en de", "ja, de;q=0.5", "de en"},

	// Authority and weight.
	{"earlier preference before heavier", "en de fr", "fr;q=0.1|de;q=1", "fr de en"},
	{"query, cookie, header", "en de fr it", "it|fr|de-DE,de;q=0.9,en;q=0.1", "it fr de en"},
	{"weights order", "en de fr it", "de;q=0.2, fr;q=0.9, it", "it fr de en"},
	{"equal weights keep their order", "en de fr it", "it;q=0.5, de;q=0.5, fr;q=0.50", "it de fr en"},
	{"many equal weights", "en de fr it es pt nl sv da fi pl cs ja ko el",
		"cs;q=0.1,pl,fi;q=0.1,da,sv;q=0.1,nl,pt;q=0.1,es,it;q=0.1,fr,de;q=0.1,ja,ko;q=0.1,el",
		"pl da nl es fr ja el cs fi sv pt it de ko en"},
	{"a thousandth decides", "en de fr", "de;q=0.998,fr;q=0.999", "fr de en"},
	{"spaces and tabs", "en de fr", " \tfr \t;\tq=0.3 ,\t de ; q=0.4 ", "de fr en"},
	{"upper case Q", "en de fr", "fr;Q=0.3,de;Q=0.4", "de fr en"},
	{"no decimals after the dot", "en de fr", "fr;q=0.,de;q=1.", "de en"},
	{"empty elements", "en de fr", ",, ,de,,fr,", "de fr en"},
	{"empty elements do not count", "en de", strings.Repeat(" ,", 100) + "de", "de en"},

	// Bad elements, one by one.
	{"not a tag", "en de", "§$%, de", "de en"},
	{"too long a subtag", "en de", "abcdefghi, de", "de en"},
	{"longer than 35 bytes", "en de fr", "fr-x-abcdefgh-abcdefgh-abcdefgh-abcd, de", "de en"},
	{"35 bytes", "en de fr", "fr-x-abcdefgh-abcdefgh-abcdefgh-abc, de", "fr de en"},
	{"weight above one", "en de fr", "fr;q=1.1, de", "de en"},
	{"weight above one by a thousandth", "en de fr", "fr;q=1.001, de", "de en"},
	{"weight of two", "en de fr", "fr;q=2, de", "de en"},
	{"four decimals", "en de fr", "fr;q=0.1234, de", "de en"},
	{"negative weight", "en de fr", "fr;q=-1, de", "de en"},
	{"weight without a zero", "en de fr", "fr;q=.5, de", "de en"},
	{"weight with an exponent", "en de fr", "fr;q=1e0, de", "de en"},
	{"not a number", "en de fr", "fr;q=NaN, de", "de en"},
	{"empty weight", "en de fr", "fr;q=, fr;, de", "de en"},
	{"space around the equals sign", "en de fr", "fr;q = 0.5, de", "de en"},
	{"no equals sign", "en de fr", "fr;q:0.5, de", "de en"},
	{"another parameter", "en de fr", "fr;level=1, de", "de en"},
	{"two weights", "en de fr", "fr;q=0.5;q=0.6, de", "de en"},
	{"extended range", "en de fr", "fr-*-FR, *-CH, de", "de en"},
	{"unknown language", "en de", "xx, xx-DE, de", "de en"},
	{"undetermined language", "de en", "und-GB, und, root", "! de"},
	{"unknown region keeps the language", "en de", "de-XY", "de en"},
	{"the sixteenth element counts", "en de", strings.Repeat("ja,", 15) + "de", "de en"},
	{"the seventeenth does not", "en de", strings.Repeat("ja,", 16) + "de", "! en"},
	{"cut at the last comma", "en de", "de," + strings.Repeat(" ", 1020) + "fr, it", "de en"},
	{"the cut one does not count", "en de fr", strings.Repeat(" ", 1010) + "de, fr-CA-x-abcdefgh",
		"de en"},
	{"no comma to cut at", "en de", strings.Repeat("d", 1<<20), "! en"},
	{"each preference has its own bound", "en de", strings.Repeat("ja,", 2000) + "|de", "de en"},

	// Exclusion.
	{"excluded is never shown", "en de", "de;q=0, en", "en"},
	{"excluded, nothing else asked", "en de", "de;q=0", "! en"},
	{"zero in any spelling", "en de fr", "de;q=0.000, de-CH;q=0., fr", "fr en"},
	{"excluded region is not reached from its language", "en de-AT", "de, de-AT;q=0", "! en"},
	{"another region is reached instead", "en de-AT de-CH", "de, de-AT;q=0", "de-CH en"},
	{"excluded language includes its regions", "en de-AT", "de-CH, de;q=0", "! en"},
	{"more special range allows", "en de de-AT", "de-AT, de;q=0", "de-AT en"},
	{"excluded parent is left out of the chain", "en pt pt-PT", "pt-AO, pt;q=0, pt-PT", "pt-PT en"},
	{"excluded region leaves the language", "en de de-AT fr", "fr, de, de-AT;q=0", "fr de en"},
	{"excluded language includes its scripts", "en zh-Hant fr", "zh-TW, zh;q=0, fr", "fr en"},
	{"excluded script", "en zh-Hans zh-Hant", "zh-Hant;q=0, zh-TW, zh", "zh-Hans en"},
	{"excluded under another spelling", "en zh-TW he", "zh-Hant-TW;q=0, iw;q=0, zh-TW;q=0.5, he;q=0.5",
		"! en"},
	{"excluded under its full name", "en sr", "sr-Cyrl;q=0, sr-RS", "! en"},
	{"zero wins over an equal range", "en de", "de, de;q=0", "! en"},
	{"excluded default is the last resort", "en de", "en;q=0, de", "de en"},
	{"everything else excluded", "en de", "de, *;q=0", "de en"},
	{"excluded for later preferences", "en de fr", "de;q=0|de, fr", "fr en"},
	{"excluded one by one", "en de fr", "de;q=0|fr;q=0, de|fr, de", "! en"},
	{"not for earlier ones", "en de fr", "de-AT|de;q=0, fr", "de fr en"},
	{"excluded Norwegian", "en nb nn", "no;q=0, nn", "nn en"},
	{"excluded pseudo-locale", "en en-XA", "en-XA, en-XA;q=0", "en"},

	// The range "*".
	{"star is the default", "en de fr", "*", "en"},
	{"star at its weight", "en de fr", "de, fr;q=0.3, *;q=0.5", "de en fr"},
	{"star after an excluded default", "en de", "en;q=0, *", "de en"},
	{"N9: star does not bring back what is excluded", "en fr es", "*;q=0.8,en;q=0", "fr en"},
	{"star after everything was excluded", "en de", "en;q=0, de;q=0, *", "! en"},
	{"star is not a pseudo-locale", "en en-XA de", "en;q=0, *", "de en"},
	{"star after a later exclusion", "en de", "en;q=0|*", "de en"},

	// Regions and parents.
	{"British reader, one English", "en de", "en-GB", "en"},
	{"British reader, American English", "en-US de", "de;q=0.1, en-GB", "en-US de"},
	{"Australian reader", "en en-GB en-001", "en-AU", "en-001 en"},
	{"Australian reader, British English", "de en en-GB", "en-AU", "en-GB en de"},
	{"Canadian reader", "de en en-001 en-GB", "en-CA", "en de"},
	{"British reader, Canadian English", "de en en-CA", "en-GB", "en de"},
	{"Canadian reader, by name", "de en en-CA en-US", "en-CA", "en-CA en de"},
	{"American reader", "de en-CA en-US", "en", "en-US de"},
	{"Belgian English", "de en en-001 en-150", "en-BE", "en-150 en-001 en de"},
	{"Mexican reader", "en es es-419", "es-MX", "es-419 es en"},
	{"Mexican reader, one Spanish", "en es", "es-MX", "es en"},
	{"Spanish reader", "en es-419 es es-MX", "es-ES", "es en"},
	{"Argentine reader, Mexican Spanish", "en es es-MX", "es-AR", "es-MX es en"},
	{"Brazilian reader, Portuguese only", "en pt-PT", "pt-BR", "pt-PT en"},
	{"Brazilian reader", "en pt-PT pt", "pt-BR", "pt en"},
	{"Angolan reader", "en pt pt-PT", "pt-AO", "pt-PT pt en"},
	{"sibling before the next language", "en pt-PT fr", "pt-BR, fr;q=0.9", "pt-PT fr en"},
	{"main region among equals", "en de-AT de-CH de-DE", "de", "de-DE en"},
	{"order of loading does not matter", "en de-DE de-CH de-AT", "de-LU", "de-DE en"},
	{"main region first among siblings", "en fr-CA fr-FR fr-BE", "fr-CH", "fr-FR en"},
	{"UN region asked for", "en es-AR es-MX", "es-419", "es-AR en"},
	{"N6: pirates, Canadian reader", "fr en-x-pirate en-GB", "en-CA,en;q=0.9", "en-GB fr"},
	{"N7: pirates, English reader", "fr en-x-pirate en-GB", "en", "en-GB fr"},
	{"N8: pirates, American reader", "fr en-x-pirate en-GB", "en-US", "en-GB fr"},
	{"pirates, British English excluded", "fr en-x-pirate en-GB", "en, en-GB;q=0", "en-x-pirate fr"},
	{"pirates, and nothing else", "fr en-x-pirate", "en-GB", "en-x-pirate fr"},
	{"pirates of two regions", "fr en-GB-x-pirate en-US-x-pirate", "en-AU", "en-GB-x-pirate fr"},
	{"N10: variant without its region", "en ca ca-valencia", "ca-ES-valencia", "ca-valencia ca en"},
	{"N11: variant with a region", "en ca ca-ES-valencia", "ca-valencia", "ca-ES-valencia ca en"},
	{"N11: variant of Belarusian with a region", "en be be-tarask", "be-BY-tarask", "be-tarask be en"},
	{"region before variant", "en ca ca-ES ca-valencia", "ca-ES-valencia", "ca-ES ca en"},
	{"another variant", "en ca ca-valencia", "ca-ES-fonipa", "ca en"},
	{"variant that is excluded", "en ca ca-valencia", "ca-ES-valencia, ca-valencia;q=0", "ca en"},
	{"private use asked for", "en de de-x-informal", "de-x-informal", "de-x-informal de en"},
	{"private use not asked for", "en de-x-informal de", "de-DE", "de en"},
	{"private use of a pseudo-locale", "en en-XA", "en-XA-x-a", "en"},

	// Scripts.
	{"Taiwan, simplified only", "en zh-Hans", "zh-TW", "! en"},
	{"Taiwan, plain Chinese only", "en zh", "zh-TW", "! en"},
	{"Taiwan, next language", "en zh fr", "zh-Hant-TW, fr;q=0.2", "fr en"},
	{"Taiwan", "en zh-Hans zh-Hant", "zh-TW", "zh-Hant en"},
	{"Hong Kong", "en zh-Hans zh-Hant zh-HK", "zh-Hant-HK", "zh-HK zh-Hant en"},
	{"Macau", "en zh zh-Hant zh-Hant-HK", "zh-MO", "zh-Hant-HK zh-Hant en"},
	{"Macau, Taiwan's only", "en zh zh-TW", "zh-MO", "zh-TW en"},
	{"Chinese", "en zh-Hant zh-Hans", "zh", "zh-Hans en"},
	{"Singapore", "en zh-Hant zh-Hans", "zh-SG", "zh-Hans en"},
	{"Chinese, traditional only", "en zh-Hant", "zh-CN", "! en"},
	{"one spelling each", "en zh zh-Hans", "zh-Hans", "zh-Hans zh en"},
	{"Serbian, Latin", "en sr", "sr-Latn", "! en"},
	{"Serbian, Cyrillic", "en sr-Latn", "sr", "! en"},
	{"Serbian, both", "en sr-Latn sr", "sr-Cyrl-RS", "sr en"},
	{"Montenegro, Cyrillic by name", "en sr sr-Latn", "sr-Cyrl-ME", "sr en"},
	{"Montenegro's Cyrillic available", "en sr-Latn sr sr-Cyrl-ME", "sr-Cyrl-ME", "sr-Cyrl-ME sr en"},
	{"Montenegro writes Latin", "en sr sr-Latn", "sr-ME", "sr-Latn en"},
	{"Serbo-Croatian", "en sr-Latn", "sh", "sr-Latn en"},
	{"Serbo-Croatian, Cyrillic only", "en sr", "sh", "! en"},
	{"Croatian is not Serbian", "en sr-Latn bs", "hr", "! en"},
	{"Uzbek in Afghanistan", "en uz", "uz-AF", "! en"},

	{"N1: Malaysia", "en-US zh-CN zh-TW", "zh-MY,zh;q=0.9,en;q=0.8", "zh-CN en-US"},
	{"N2: Malaysia, by script", "en zh-Hans zh-Hant", "zh-MY", "zh-Hans en"},
	{"Malaysia, traditional only", "en zh-Hant", "zh-MY", "! en"},
	{"Malay of Indonesia", "en ms", "ms-ID", "ms en"},

	// Languages that are the same, and those that are not.
	{"N3: Dari, Persian", "en fa", "prs-AF, ps;q=0.5", "fa en"},
	{"N4: Dari, Persian of Afghanistan", "en fa-AF", "prs", "fa-AF en"},
	{"N5: Persian of Afghanistan, Dari", "en prs", "fa-AF", "prs en"},
	{"Persian, Dari only", "en prs", "fa", "prs en"},
	{"Montenegrin", "en sr sr-Latn", "cnr", "sr-Latn en"},
	{"Nynorsk, Norwegian", "en no nb", "nn-NO", "no en"},
	{"Nynorsk", "en nb nn no", "nn-NO", "nn no en"},
	{"Nynorsk, Bokmål only", "en nb", "nn", "nb en"},
	{"Bokmål, Nynorsk only", "en nn", "nb-NO", "nn en"},
	{"Bokmål", "en no", "nb", "no en"},
	{"Norwegian", "en nn nb", "no", "nb en"},
	{"Norwegian is not Danish", "en da sv", "nb", "! en"},
	{"old Hebrew", "en he", "iw-IL", "he en"},
	{"old Indonesian", "en id", "in", "id en"},
	{"Moldavian", "en ro", "mo", "ro en"},
	{"Tagalog", "en fil", "tl-PH", "fil en"},
	{"old spelling available", "en iw", "he", "iw en"},
	{"Mandarin", "en zh", "cmn", "zh en"},
	{"Mandarin in Taiwan", "en zh zh-Hant", "cmn-TW", "zh-Hant en"},
	{"Cantonese is not Mandarin", "en zh zh-Hant", "yue", "! en"},
	{"Ukrainian is not Russian", "en ru", "uk", "! en"},
	{"Belarusian is not Russian", "en ru", "be-BY", "! en"},
	{"Ukrainian, Russian by name", "en ru", "uk, ru;q=0.2", "ru en"},
	{"Galician is not Spanish", "en es", "gl", "! en"},
	{"Breton is not French", "en fr", "br", "! en"},
	{"Swiss German is not German", "en de", "gsw", "! en"},
	{"Afrikaans is not Dutch", "en nl", "af", "! en"},

	// Pseudo-locales.
	{"pseudo-locales are not English", "en en-XA ar-XB", "en-GB", "en"},
	{"nor Arabic", "en en-XA ar-XB", "ar-EG", "! en"},
	{"with Arabic", "en ar ar-XB en-XA", "ar-EG", "ar en"},
	{"each of the three", "de en-XA en-XB en-XC", "en", "! de"},
	{"without English", "de en-XA", "en", "! de"},
	{"by name", "en en-XA de", "en-XA", "en-XA en"},
	{"by name, in any case", "en ar ar-XB", "AR-xb", "ar-XB en"},
	{"by name, in a header", "en ar ar-XB de", "de, ar-XB;q=0.5, ar;q=0.1", "de ar-XB ar en"},
	{"with an extension", "en ar ar-XB", "ar_xb-u-nu-latn", "ar-XB en"},
	{"by a number", "de en en-XA", "en-973", "en de"},
	{"by another language code", "de en en-XA ar ar-XB", "eng-XA, arb-XB;q=0.5", "en ar de"},
	{"with its script", "de en en-XA", "en-Latn-XA", "en de"},
	{"no other pseudo-locale", "en en-XA en-XB ar-XB", "en-XC", "en"},
	{"no parents", "de en en-XA", "en-XA", "en-XA de"},
	{"asked for and not there", "de en", "en-XA", "en de"},
}

func TestMatch(t *testing.T) {
	for _, test := range matchTests {
		t.Run(test.name, func(t *testing.T) {
			available := tags(t, test.available)
			m := negotiate.New(available, available[0], negotiate.Options{})
			result := m.Match(strings.Split(test.prefs, "|")...)
			got := names(result.Chain, test.available)
			if !result.Matched {
				got = "! " + got
			}
			if got != test.want {
				t.Errorf("of %s, %q gives %q, want %q", test.available, test.prefs, got, test.want)
			}
		})
	}
}

func TestReader(t *testing.T) {
	const available = "en ar de no ru"
	tests := []struct {
		name, prefs, want string
	}{
		{"region", "de-CH", "de-CH"},
		{"extensions", "ar-u-nu-arab", "ar-u-nu-arab"},
		{"region and extensions", "de-AT-u-hc-h23", "de-AT-u-hc-h23"},
		{"the one that matched", "ja-JP, de-LI;q=0.9, ar;q=0.8", "de-LI"},
		{"same language by another name", "nn-NO", "nn-NO"},
		{"by a pair", "be-BY", "be-BY"},
		{"star", "*;q=0.5, ja", "en"},
		{"no match", "ja-JP-u-ca-japanese", "en"},
	}
	m := negotiate.New(tags(t, available), language.English,
		negotiate.Options{Cross: pairs(t, "be:ru")})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := m.Match(test.prefs).Reader.String(); got != test.want {
				t.Errorf("%q gives the reader %q, want %q", test.prefs, got, test.want)
			}
		})
	}
}

func TestCross(t *testing.T) {
	tests := []struct {
		name, cross, available, prefs, want string
	}{
		{"pair", "be:ru", "en ru", "be", "ru en"},
		{"pair stands for regions", "be:ru", "en ru", "be-BY", "ru en"},
		{"one way only", "be:ru", "en be", "ru", "! en"},
		{"nobody else", "be:ru", "en ru", "uk", "! en"},
		{"own language first", "gl:es", "en es gl", "gl-ES", "gl en"},
		{"before the next language", "gl:es", "en es pt", "gl, pt;q=0.9", "es pt en"},
		{"second pair", "gl:es gl:pt", "en pt", "gl", "pt en"},
		{"region of the target", "gl:es-ES", "en es es-MX", "gl", "es en"},
		{"target not available", "gl:es", "en fr", "gl", "! en"},
		{"excluded target", "gl:es", "en es", "gl, es;q=0", "! en"},
		{"another script", "zh-Hant:zh-Hans", "en zh", "zh-HK", "zh en"},
		{"pairs do not add up", "be:ru gl:be", "en ru", "gl", "! en"},
		{"never a pseudo-locale by kinship", "gl:en", "de en-XA", "gl", "! de"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			available := tags(t, test.available)
			m := negotiate.New(available, available[0], negotiate.Options{Cross: pairs(t, test.cross)})
			result := m.Match(test.prefs)
			got := names(result.Chain, test.available)
			if !result.Matched {
				got = "! " + got
			}
			if got != test.want {
				t.Errorf("%q gives %q, want %q", test.prefs, got, test.want)
			}
		})
	}
}

func TestDefault(t *testing.T) {
	tests := []struct {
		name, available, def, want string
	}{
		{"not the first", "de en fr", "en", "en"},
		{"with parents", "de es es-419 es-MX", "es-MX", "es-MX es-419 es"},
		{"nearest", "de en", "en-GB", "en"},
		{"not there", "de fr", "en", "de"},
		{"none given", "de fr", "und", "de"},
		{"none given, no pseudo-locale", "en-XA de", "und", "de"},
		{"pseudo-locale by name", "de en-XA", "en-XA", "en-XA"},
		{"nothing but a pseudo-locale", "en-XA", "de", "en-XA"},
		{"no locale", "", "en", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := negotiate.New(tags(t, test.available), language.Make(test.def), negotiate.Options{})
			result := m.Match("*;q=0.5, ja")
			if got := names(result.Chain, test.available); got != test.want {
				t.Errorf("default %s of %q gives %q, want %q", test.def, test.available, got, test.want)
			}
			first := -1
			if test.want != "" {
				first = result.Chain[0]
			}
			if result.Locale() != first {
				t.Errorf("locale is %d, want %d", result.Locale(), first)
			}
		})
	}
}

func TestMatchTags(t *testing.T) {
	const available = "en de fr en-XA"
	tests := []struct {
		name, tags, want string
	}{
		{"none", "", "! en"},
		{"in order", "fr-CA de", "fr de en"},
		{"pseudo-locale by name", "en-XA de", "en-XA de en"},
		{"undetermined", "und de", "de en"},
		{"none of them", "ja ko", "! en"},
	}
	m := negotiate.New(tags(t, available), language.English, negotiate.Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := m.MatchTags(tags(t, test.tags)...)
			got := names(result.Chain, available)
			if !result.Matched {
				got = "! " + got
			}
			if got != test.want {
				t.Errorf("%s gives %q, want %q", test.tags, got, test.want)
			}
		})
	}
}

// The caller's slice and a result that was handed out may change without harm.
func TestImmutable(t *testing.T) {
	available := tags(t, "en de")
	m := negotiate.New(available, language.English, negotiate.Options{})
	available[0] = language.French
	first := m.Match("de")
	first.Chain[0], first.Chain[1] = 7, 7
	if got := names(m.Match("de").Chain, "en de"); got != "de en" {
		t.Errorf("the second match gives %q, want %q", got, "de en")
	}
	if got := m.Match("fr").Reader; got != language.English {
		t.Errorf("the default is %v, want en", got)
	}
}

// TestSeenBefore checks that a range leads to the same locales when it comes again, however many
// others came in between.
func TestSeenBefore(t *testing.T) {
	const available = "en de de-AT es es-419 zh-Hans zh-Hant"
	m := negotiate.New(tags(t, available), language.English, negotiate.Options{})
	for range 2 {
		for _, base := range strings.Fields("de es zh fr") {
			for region := range 500 { // more than the matcher keeps
				header := fmt.Sprintf("%s-%03d, en;q=0", base, region)
				fresh := negotiate.New(tags(t, available), language.English, negotiate.Options{})
				if region%100 != 0 && region != 419 {
					m.Match(header)
					continue
				}
				got, want := m.Match(header), fresh.Match(header)
				if !slices.Equal(got.Chain, want.Chain) || got.Reader != want.Reader {
					t.Fatalf("%s: %v for %v, want %v for %v", header, got.Chain, got.Reader,
						want.Chain, want.Reader)
				}
			}
		}
	}
}
