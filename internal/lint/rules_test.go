package lint_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
)

// TestDocumentHasEveryRule compares the two tables of docs/lint.md with those in the program.
func TestDocumentHasEveryRule(t *testing.T) {
	document, err := os.ReadFile("../../docs/lint.md")
	if err != nil {
		t.Fatal(err)
	}
	tables := strings.Split(string(document), "| --- | --- | --- |\n")
	for i, rules := range [][]diag.Rule{lint.TextRules(), lint.FileRules()} {
		var want strings.Builder
		for _, r := range rules {
			fmt.Fprintf(&want, "| `%s` | %v | %s |\n", r.ID, r.Severity, r.Doc)
		}
		got := ""
		if len(tables) == 4 {
			got, _, _ = strings.Cut(tables[i+1], "\n\n")
		}
		if got+"\n" != want.String() {
			t.Errorf("table %d should be\n%s", i+1, &want)
		}
	}
}

func TestRulesAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range lint.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			if !regexp.MustCompile(`^[a-z]+(-[a-z][a-z0-9]*)*$`).MatchString(r.ID) {
				t.Error("the name is not of lower-case words and dashes")
			}
			if seen[r.ID] {
				t.Error("the name is used twice")
			}
			seen[r.ID] = true
			if r.Doc == "" || strings.HasSuffix(r.Doc, ".") || strings.ContainsAny(r.Doc, "|\n") {
				t.Errorf("%q is not a line for a table", r.Doc)
			}
		})
	}
}

func TestRulesAreTheCallersOwn(t *testing.T) {
	lint.Rules()[0].ID = "changed"
	if lint.Rules()[0].ID == "changed" {
		t.Error("the table can be changed from outside")
	}
}
