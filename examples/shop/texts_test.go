package main

import (
	"flag"
	"testing"

	"github.com/errlingo/errlingo/internal/localetest"
	"github.com/errlingo/errlingo/internal/texttable"
)

var update = flag.Bool("update", false, "write testdata/texts.*.txt")

// TestEveryText renders all texts with arguments at their limits.
func TestEveryText(t *testing.T) {
	bundle, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	texttable.Check(t, bundle, Domain, *update)
}

// TestEveryLanguage checks what makes a text fit to be shown, in all languages.
func TestEveryLanguage(t *testing.T) {
	bundle, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	d := localetest.Domain{Domain: Domain, Bundle: bundle, Files: locales}
	d.Check(t)
}
