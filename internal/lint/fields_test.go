package lint_test

import (
	"testing"

	"github.com/errlingo/errlingo/internal/lint"
)

func TestFieldsOfGoI18n(t *testing.T) {
	const fields = "hash = \"sha1-abc\"\nDescription = \"The title.\"\nid = \"x\"\nleftDelim = \"{{\"\nrightDelim = \"}}\"\n"
	for _, src := range []string{
		"[OUT_OF_STOCK.title]\n" + fields + "other = \"Nicht da\"",
		"[OUT_OF_STOCK.title]\n" + fields + "other = \"Nicht {{.X}} da\"\n# lint: allow unknown-placeholder",
	} {
		expect(t, shop(), "de", src, []string{"2:1 go-i18n-field", "3:1 go-i18n-field", "4:1 go-i18n-field", "5:1 go-i18n-field", "6:1 go-i18n-field"})
	}
	_, findings := check(t, shop(), "de", "[OUT_OF_STOCK]\ntitle = { description = \"x\", other = \"Nicht da\" }")
	const want = "write it as a comment above the table and delete the line; if it is meant to be so, write \"# lint: allow go-i18n-field\" above the text"
	if len(findings) != 1 || findings[0].Rule != lint.RuleGoI18nField || findings[0].Hint != want {
		t.Errorf("got %+v", findings)
	}
}
