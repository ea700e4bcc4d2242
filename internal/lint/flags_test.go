package lint_test

import "testing"

func TestFlags(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want []string
	}{
		{"flags", "[OUT_OF_STOCK.title]\n#, stale a6f8d80e\n#, review\nother = \"Nicht da\"", nil},
		{"the flag of the file", "# Head\n#, full\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", nil},
		{"another comment with a comma", "[OUT_OF_STOCK.title]\n#,,, a wave\n#,stalemate\nother = \"Nicht da\"", nil},
		{"flags of a table without a form, above the next", "[OUT_OF_STOCK.title]\n#, review\n[labels.email]\nother = \"Post\"", nil},
		{"an obsolete text's", "#~ #, fuzzy\n#~ [OLD.title]\n\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", nil},

		{"two flags on a line", "[OUT_OF_STOCK.title]\n#, stale a6f8d80e, review\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"the flag of gettext", "[OUT_OF_STOCK.title]\n#, fuzzy\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"no space", "[OUT_OF_STOCK.title]\n#,stale a6f8d80e\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"a sentence", "[OUT_OF_STOCK.title]\n#, review bitte prüfen\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"capital letter", "[OUT_OF_STOCK.title]\n#, Stale\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"nothing", "[OUT_OF_STOCK.title]\n#,\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"behind a form", "[OUT_OF_STOCK.title]\nother = \"Nicht da\" #, review", []string{"2:20 flag"}},
		{"the flag of the file in a table", "[OUT_OF_STOCK.title]\n#, full\nother = \"Nicht da\"", []string{"2:1 flag"}},
		{"above the first head", "#, review\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"1:1 flag"}},
		{"above another head", "[labels.email]\nother = \"Post\"\n\n#. 1201\n#, review\n[OUT_OF_STOCK.title]\nother = \"Nicht da\"", []string{"5:1 flag"}},
		{"under a name alone", "[OUT_OF_STOCK]\n#, review\ntitle = \"Nicht da\"", []string{"2:1 flag"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, shop(), "de", tt.src, tt.want) })
	}
}

// TestFlagAboveAHeadIsOfTheTextAbove holds that a flag counts for the text for which it counts when the file is written.
func TestFlagAboveAHeadIsOfTheTextAbove(t *testing.T) {
	const form = "one = \"Nicht da\"\nother = \"Nicht da\"\n"
	expect(t, shop(), "de", "[OUT_OF_STOCK.title]\n"+form+"#, stale\n[labels.email]\n"+form, []string{"6:8 unused-form"})
}
