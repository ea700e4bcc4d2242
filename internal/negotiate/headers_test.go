package negotiate_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/negotiate"
)

// standard are the languages of the standard codes.
const standard = "en ar cs de es fr he hi id it ja ko nl pl pt-BR ru sv tr uk vi zh-Hans zh-Hant"

// TestHeaders matches what browsers, phones and programs send with the languages of the standard
// codes. What is wanted is what serves the reader best, and why says so where that isn't plain.
func TestHeaders(t *testing.T) {
	tests := []struct{ name, header, want, why string }{
		// One of the languages, as it is.
		{"Chrome, America", "en-US,en;q=0.9", "en", ""},
		{"Chrome, Britain", "en-GB,en-US;q=0.9,en;q=0.8", "en", ""},
		{"Chrome, Germany", "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "de", ""},
		{"Firefox, Germany", "de,en-US;q=0.7,en;q=0.3", "de", ""},
		{"Safari before 2018, Austria", "de-at", "de", "case doesn't matter"},
		{"Chrome, Switzerland", "de-CH,de;q=0.9,en;q=0.8,fr;q=0.7,it;q=0.6", "de", ""},
		{"MDN's example", "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr", ""},
		{"Firefox, Canada", "fr-CA,fr;q=0.8,en-CA;q=0.5,en;q=0.3", "fr", ""},
		{"Chrome, Ticino", "it-CH,de-CH;q=0.9,de;q=0.8", "it", "another region of the first language is nearer than the next language"},
		{"iPhone, Flanders", "nl-BE,nl;q=0.9,fr-BE;q=0.8", "nl", ""},
		{"Chrome, Czechia", "cs-CZ,cs;q=0.9,sk;q=0.8,en;q=0.7", "cs", ""},
		{"Chrome, Poland", "pl-PL,pl;q=0.9,en-US;q=0.8,en;q=0.7", "pl", ""},
		{"Firefox, Turkey", "tr-TR,tr;q=0.8,en-US;q=0.5,en;q=0.3", "tr", ""},
		{"Chrome, Ukraine", "uk-UA,uk;q=0.9,ru;q=0.8,en-US;q=0.7,en;q=0.6", "uk", ""},
		{"Chrome, Russian in Ukraine", "ru-UA,ru;q=0.9,uk-UA;q=0.8,uk;q=0.7", "ru", "what the reader chose, not what the region speaks"},
		{"Swedish in Finland", "sv-FI,fi;q=0.9,en;q=0.8", "sv", ""},
		{"Chrome, India", "hi-IN,hi;q=0.9,en-IN;q=0.8,en;q=0.7", "hi", ""},
		{"English in India", "en-IN,en-GB;q=0.9,en;q=0.8,hi;q=0.7", "en", "named before Hindi"},
		{"iPhone, Japan", "ja-JP", "ja", ""},
		{"Safari before 2018, Japan", "ja-jp", "ja", "case doesn't matter"},
		{"Japanese calendar", "ja-JP-u-ca-japanese,en;q=0.5", "ja", "the calendar is about dates"},
		{"Chrome, Korea", "ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko", ""},
		{"Chrome, Vietnam", "vi-VN,vi;q=0.9,fr-FR;q=0.8,fr;q=0.7,en-US;q=0.6", "vi", ""},
		{"Chrome, Indonesia", "id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", "id", ""},
		{"Chrome, Israel", "he-IL,he;q=0.9,en-US;q=0.8,en;q=0.7", "he", ""},
		{"Chrome, Egypt", "ar-EG,ar;q=0.9,en-US;q=0.8,en;q=0.7", "ar", ""},
		{"Firefox, Morocco", "ar-MA,ar;q=0.8,fr-MA;q=0.5,fr;q=0.3", "ar", ""},
		{"French in Morocco", "fr-MA,fr;q=0.9,ar-MA;q=0.8", "fr", ""},

		// Names that have changed.
		{"Android before 5, Israel", "iw-IL, en-US;q=0.8", "he", "iw is the old code of Hebrew, which Java kept"},
		{"Android before 5, Indonesia", "in-ID,in;q=0.9,en;q=0.8", "id", "in is the old code of Indonesian, which Java kept"},
		{"Mandarin", "cmn-Hans-CN,zh-CN;q=0.9", "zh-Hans", "zh means Mandarin"},
		{"standard Arabic", "arb,en;q=0.5", "ar", "ar means standard Arabic"},
		{"Java's underscore", "pt_BR", "pt-BR", "no tag has an underscore, so it must be a hyphen"},
		{"Java's underscore, Taiwan", "zh_TW", "zh-Hant", "as above"},

		// Chinese: the script counts, and the region tells it.
		{"Chrome, China", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", ""},
		{"Safari, China", "zh-CN,zh-Hans;q=0.9", "zh-Hans", ""},
		{"iPhone app, China", "zh-Hans-CN;q=1.0, en-CN;q=0.9", "zh-Hans", ""},
		{"Chinese", "zh", "zh-Hans", "CLDR: zh is zh-Hans-CN"},
		{"Singapore", "zh-SG,zh;q=0.9,en-SG;q=0.8,en;q=0.7", "zh-Hans", "Singapore writes simplified characters"},
		{"Malaysia", "zh-MY,zh;q=0.9,ms;q=0.8,en;q=0.7", "zh-Hans", "so do Malaysia's schools; CLDR since 45"},
		{"Chrome, Taiwan", "zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", "zh-Hant", ""},
		{"Safari, Taiwan", "zh-TW,zh-Hant;q=0.9", "zh-Hant", ""},
		{"iPhone app, Taiwan", "zh-Hant-TW;q=1.0, en-TW;q=0.9", "zh-Hant", ""},
		{"Chrome, Hong Kong", "zh-HK,zh-TW;q=0.9,zh;q=0.8,en-US;q=0.7,en;q=0.6", "zh-Hant", "Taiwan's characters are Hong Kong's, with few exceptions"},
		{"Hong Kong alone", "zh-HK", "zh-Hant", "as above"},
		{"Macau", "zh-MO,zh;q=0.9,pt-MO;q=0.8", "zh-Hant", "as above"},
		{"simplified in Hong Kong", "zh-Hans-HK,en-HK;q=0.9", "zh-Hans", "the script is named"},
		{"traditional in America", "zh-US,zh;q=0.9,en-US;q=0.8", "zh-Hant", "CLDR: zh-US is zh-Hant-US"},
		{"iPhone, Cantonese", "yue-Hant-HK, zh-Hant-HK;q=0.9, en-HK;q=0.8", "zh-Hant", "Cantonese isn't there; the next is"},
		{"Cantonese alone", "yue", "en", "another language; a program may name the pair in AlsoReads"},

		// Portuguese and Spanish: one variety for all who read the language.
		{"Chrome, Brazil", "pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", "pt-BR", ""},
		{"Portuguese", "pt", "pt-BR", "CLDR: pt is pt-BR"},
		{"Chrome, Portugal", "pt-PT,pt;q=0.9,en-US;q=0.8,en;q=0.7", "pt-BR", "nearer than English, and pt is named too"},
		{"iPhone, Portugal", "pt-PT", "pt-BR", "the same language"},
		{"iPhone, Portugal, English next", "pt-PT,en;q=0.9", "pt-BR", "the first language comes first, in any variety"},
		{"Angola", "pt-AO,pt;q=0.9", "pt-BR", "the same language"},
		{"Chrome, Latin America", "es-419,es;q=0.9", "es", "the same language"},
		{"iPhone, Mexico", "es-MX", "es", "the same language"},
		{"Spanish in America", "es-US,es;q=0.9,en-US;q=0.8", "es", ""},
		{"English before Spanish", "en-US,en;q=0.9,es-US;q=0.8", "en", ""},

		// A language that isn't there, and then one that is.
		{"Catalonia", "ca-ES,ca;q=0.9,es-ES;q=0.8,es;q=0.7", "es", "named"},
		{"Galicia, English next", "gl-ES,gl;q=0.9,en;q=0.5,es;q=0.4", "en", "named before Spanish"},
		{"Slovakia", "sk-SK,sk;q=0.9,cs;q=0.8,en-US;q=0.7", "cs", "named"},
		{"Belarus", "be-BY,be;q=0.9,ru-RU;q=0.8,ru;q=0.7", "ru", "named"},
		{"Kazakhstan", "kk-KZ,kk;q=0.9,ru;q=0.8,en;q=0.7", "ru", "named"},
		{"Azerbaijan", "az-AZ,az;q=0.9,tr;q=0.8", "tr", "named"},
		{"Finland", "fi-FI,fi;q=0.9,sv;q=0.8,en-US;q=0.7", "sv", "named before English"},
		{"Low German", "nds-DE,de-DE;q=0.9,de;q=0.8", "de", "named"},
		{"Luxembourg", "lb-LU,fr-LU;q=0.9,de-LU;q=0.8", "fr", "named before German"},
		{"Android, Swiss German", "gsw-CH,de-CH;q=0.9", "de", "named"},
		{"Malaysia, Malay", "ms-MY,ms;q=0.9,id;q=0.8,en-US;q=0.7", "id", "named"},
		{"Kurdish in Iraq", "ckb-IQ,ar-IQ;q=0.9", "ar", "named"},
		{"Urdu, Hindi", "ur-IN,hi;q=0.8", "hi", "named"},
		{"Philippines", "fil-PH,fil;q=0.9,en-US;q=0.8", "en", "named"},

		// No language that is there: the default.
		{"Norwegian", "nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7", "en", "Swedish is another language"},
		{"Norwegian, old code", "no", "en", "as above"},
		{"Denmark", "da-DK,da;q=0.9", "en", "as above"},
		{"Dari", "prs-AF,prs;q=0.9", "en", "Persian, which isn't there; not Arabic, though the script is the same"},
		{"Malay alone", "ms-MY", "en", "Indonesian is another language"},
		{"Slovak alone", "sk-SK,sk;q=0.9", "en", "nobody's neighbor is assumed"},
		{"Belarusian alone", "be", "en", "least of all Russian"},
		{"Serbian in Latin letters", "sr-Latn-RS,sr-Latn;q=0.9", "en", "there is no Serbian"},
		{"Serbian", "sr-RS,sr;q=0.9", "en", "Russian has the same letters, and is another language"},
		{"Hindi in Latin letters", "hi-Latn-IN", "en", "asks for Latin letters; CLDR has it inherit from en-IN"},
		{"Swiss German alone", "gsw", "en", "another language; a program may name the pair in AlsoReads"},
		{"Yiddish, old code", "ji", "en", "Hebrew has the same letters, and is another language"},

		// Nobody's language.
		{"a robot", "", "en", ""},
		{"Node's fetch", "*", "en", "any will do"},
		{"any, but rather German", "*;q=0.5,de", "de", ""},
		{"curl in a script", "en-US,*", "en", ""},
		{"accented English, for tests", "en-XA", "en", "the program has no pseudo-locale"},
		{"mirrored English, for tests", "ar-XB,en;q=0.5", "ar", "as above; what is asked for is Arabic"},
		{"Klingon", "tlh,i-klingon;q=0.9", "en", ""},
		{"undetermined", "und", "en", ""},
		{"POSIX", "C", "en", ""},
		{"garbage before a language", "zh_CN.UTF-8@x, de-DE;q=0.8", "de", "what isn't a tag is skipped"},
	}
	available := tags(t, standard)
	m := negotiate.New(available, language.English, negotiate.Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := m.Match(test.header)
			if got := strings.Fields(standard)[result.Locale()]; got != test.want {
				t.Errorf("%q gives %s, want %s: %s", test.header, got, test.want, test.why)
			}
		})
	}
}
