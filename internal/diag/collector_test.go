package diag_test

import (
	"slices"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
)

func TestCollector(t *testing.T) {
	var c diag.Collector
	if list := c.List(); list != nil {
		t.Errorf("an empty one has %v", list)
	}
	add := func(n int, file, rule string) {
		for i := range n {
			c.Add(diag.Finding{File: file, Pos: diag.Pos{Line: i + 1}, Rule: rule, Text: rule})
		}
	}
	add(diag.MaxFindings, "a", "full")
	add(1, "a", "one")
	add(diag.MaxFindings+1, "a", "too many")
	add(1000, "b", "full")
	c.Add(diag.Finding{File: "b", Rule: "full", Severity: diag.Error, Text: "error"})
	for range 2 { // List changes nothing.
		list := c.List()
		if want := 3*diag.MaxFindings + 2 + 2; len(list) != want {
			t.Fatalf("%d findings, want %d", len(list), want)
		}
		want := diag.List{
			{File: "b", Rule: "full", Severity: diag.Error, Text: "error"},
			{File: "a", Pos: diag.Pos{Line: 101}, Rule: "too many", Text: "1 more findings like this, from here on", Count: 1},
			{File: "b", Pos: diag.Pos{Line: 101}, Rule: "full", Text: "900 more findings like this, from here on", Count: 900},
		}
		if got := list[len(list)-3:]; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}
