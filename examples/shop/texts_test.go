package main

import (
	"flag"
	"testing"

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
