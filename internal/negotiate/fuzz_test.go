package negotiate_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/negotiate"
)

const fuzzAvailable = "en en-GB en-001 de de-AT pt pt-PT es-419 zh-Hans zh-Hant zh-HK sr sr-Latn " +
	"nb nn he ar ru en-XA ar-XB"

// Whatever the reader sends, the chain ends with the default locale's trail unless that came up
// before, holds no locale twice, and no pseudo-locale whose name was not sent.
func FuzzMatch(f *testing.F) {
	for _, test := range matchTests {
		cookie, header, _ := strings.Cut(test.prefs, "|")
		f.Add(cookie, header)
	}
	f.Add(strings.Repeat("en_t_", 1000), "a-b-c-d-e-f;q=0")
	f.Add("en-t-en-u-va-posix-x-u", "i-enochian, zh-min-nan, sgn-BE-FR, art-lojban")
	m := negotiate.New(tags(f, fuzzAvailable), language.MustParse("en-GB"),
		negotiate.Options{Cross: pairs(f, "be:ru")})
	all := strings.Fields(fuzzAvailable)
	f.Fuzz(func(t *testing.T, first, second string) {
		result := m.Match(first, second)
		seen := make([]bool, len(all))
		for _, i := range result.Chain {
			if i < 0 || i >= len(all) || seen[i] {
				t.Fatalf("chain %v has a wrong or repeated index %d", result.Chain, i)
			}
			seen[i] = true
		}
		for i, name := range all {
			sent := strings.ToUpper(strings.ReplaceAll(first+","+second, "_", "-"))
			if slices.Contains([]string{"en-XA", "ar-XB"}, name) && seen[i] &&
				!strings.Contains(sent, strings.ToUpper(name)) {
				t.Errorf("%s was chosen but not asked for", name)
			}
		}
		for _, name := range []string{"en-GB", "en-001", "en"} {
			if !seen[slices.Index(all, name)] {
				t.Errorf("chain %v lacks %s of the default locale", result.Chain, name)
			}
		}
		if !result.Matched && result.Locale() != slices.Index(all, "en-GB") {
			t.Errorf("without a match, locale %d leads the chain", result.Locale())
		}
		if result.Reader == language.Und {
			t.Error("the reader has no language")
		}
	})
}
