package rules_test

import (
	"flag"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/internal/texttable"
	"github.com/errlingo/errlingo/locales"
)

var update = flag.Bool("update", false, "write testdata/texts.*.txt")

// load returns a bundle with the texts.
func load(t *testing.T) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{
			{Domain: rules.Domain, FS: rules.Locales},
			{Domain: codes.Domain, FS: locales.FS}, // whose labels are examples
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// TestEveryText renders all texts with arguments at their limits.
func TestEveryText(t *testing.T) { texttable.Check(t, load(t), rules.Domain, *update) }
