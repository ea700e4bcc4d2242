package lint_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

func TestCharactersThatAreOffered(t *testing.T) {
	for tag, want := range map[string]string{
		"en":    "“ ” ‘ ’ – …",
		"de":    "„ “ ‚ ‘ ’ – …",
		"de-AT": "„ “ ‚ ‘ ’ – …",
		"de-CH": "„ “ ‚ ‘ ’ – …",
		"pl":    "„ ” « » ’ – …",
		"cs":    "„ “ ‚ ‘ ’ – …",
		"fr":    "« » ’ – …",
		"es":    "“ ” ‘ ’ ¿ ¡ – …",
		"es-MX": "“ ” ‘ ’ ¿ ¡ – …",
		"pt-BR": "“ ” ‘ ’ – …",
		"fi":    "” ’ – …",
		"ja":    "「 」 『 』 ’ – …",
		"zh-TW": "「 」 『 』 ’ – …",
		"he":    "” ’ – … RLM LRM",
		"fa":    "« » ‹ › ’ – … RLM LRM ZWNJ ZWJ",
		"hi":    "“ ” ‘ ’ – … ZWNJ ZWJ",
		"th":    "“ ” ‘ ’ – … ZWSP",
		"tlh":   "“ ” ‘ ’ – …",
	} {
		var labels []string
		for _, c := range lint.Characters(language.Make(tag)) {
			labels = append(labels, c.Label)
		}
		if got := strings.Join(labels, " "); got != "NBSP NNBSP "+want {
			t.Errorf("%s: %s, want NBSP NNBSP %s", tag, got, want)
		}
	}
	finnish := lint.Characters(language.Finnish)
	if at := slices.IndexFunc(finnish, func(c lint.Character) bool { return c.Text == "”" }); finnish[at].Name !=
		"opening quotation mark, closing quotation mark" {
		t.Errorf("the Finnish quotation mark is the %s", finnish[at].Name)
	}
}

// No character that is offered for a language is reported there as one that it doesn't have.
func TestOfferedCharactersAreOfTheLanguage(t *testing.T) {
	for _, tag := range []string{"de", "de-CH", "pl", "es", "fa", "he", "hi", "th", "ja"} {
		for _, c := range lint.Characters(language.Make(tag)) {
			_, full := check(t, shop(), tag, "[OUT_OF_STOCK.title]\nother = "+
				tomldoc.MustQuote("5"+c.Text+"5"))
			for _, f := range full {
				if slices.Contains([]string{lint.RuleInvisible.ID, lint.RuleControl.ID, lint.RuleBidi.ID}, f.Rule) {
					t.Errorf("%s: %s: %v", tag, c.Label, f)
				}
			}
		}
	}
}
