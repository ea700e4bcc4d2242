package plural_test

import (
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
)

// TestGettext evaluates the expressions for PO files, whose conditions are those of Go as well.
func TestGettext(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range readCLDR(t) {
		r := plural.For(language.MustParse(rule.locales[0]))
		if seen[r.Gettext()] {
			continue
		}
		seen[r.Gettext()] = true
		head, expression, _ := strings.Cut(strings.TrimSuffix(r.Gettext(), ");"), "; plural=(")
		var categories []plural.Category
		for c := range r.Integers().All() {
			categories = append(categories, c)
		}
		if want := "nplurals=" + strconv.Itoa(len(categories)); head != want {
			t.Errorf("%s: %s, want %s", rule.locales[0], head, want)
		}
		numbers := []uint64{100_000, 200_000, 1_000_000, 1_000_001}
		for _, c := range categories {
			numbers = append(numbers, r.Examples(c, 12)...)
		}
		for _, n := range numbers {
			if got, want := chosen(t, expression, n), categories; r.Uint(n) != want[got] {
				t.Errorf("%s: %d is %v, want %v", rule.locales[0], n, want[got], r.Uint(n))
			}
		}
	}
	if len(seen) < 30 {
		t.Errorf("%d expressions, want 30 at least", len(seen))
	}
}

// chosen evaluates "condition ? 0 : condition ? 1 : 2".
func chosen(t *testing.T, expression string, n uint64) int {
	t.Helper()
	parts := strings.Split(expression, " : ")
	for i, part := range parts[:len(parts)-1] {
		condition, _, _ := strings.Cut(part, " ? ")
		value, err := types.Eval(token.NewFileSet(), nil, token.NoPos, strings.ReplaceAll(condition, "n", strconv.FormatUint(n, 10)))
		if err != nil {
			t.Fatal(err)
		}
		if value.Value.String() == "true" {
			return i
		}
	}
	return len(parts) - 1
}

func TestExamples(t *testing.T) {
	tests := []struct {
		name, locale string
		category     plural.Category
		want         string
	}{
		{"one number", "en", plural.One, "1"},
		{"several", "pl", plural.Few, "2 3 4 22"},
		{"a million", "fr", plural.Many, "1000000"},
		{"none", "en", plural.Few, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, n := range plural.For(language.MustParse(test.locale)).Examples(test.category, 4) {
				got = append(got, strconv.FormatUint(n, 10))
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
