package plural_test

import (
	"slices"
	"testing"

	"github.com/errlingo/errlingo/internal/plural"
)

func TestCategoryNames(t *testing.T) {
	names := []string{"zero", "one", "two", "few", "many", "other"}
	if len(names) != plural.NumCategories {
		t.Fatalf("there are %d categories, want %d", plural.NumCategories, len(names))
	}
	for i, name := range names {
		c := plural.Category(i)
		if c.String() != name {
			t.Errorf("category %d is %q, want %q", i, c, name)
		}
		if got, ok := plural.ParseCategory(name); got != c || !ok {
			t.Errorf("ParseCategory(%q) = %s, %t", name, got, ok)
		}
	}
	for _, name := range []string{"", "One", "ohter", "zeroone", "other "} {
		if _, ok := plural.ParseCategory(name); ok {
			t.Errorf("ParseCategory(%q) found a category", name)
		}
	}
	if got := plural.Category(200).String(); got != "other" {
		t.Errorf("a value that is not a category reads %q, want %q", got, "other")
	}
}

func TestSet(t *testing.T) {
	tests := []struct {
		name string
		set  plural.Set
		want []plural.Category
		text string
	}{
		{"empty", plural.SetOf(), nil, ""},
		{"one", plural.SetOf(plural.Other), []plural.Category{plural.Other}, "other"},
		{"order and doubles", plural.SetOf(plural.Other, plural.Few, plural.Zero, plural.Few),
			[]plural.Category{plural.Zero, plural.Few, plural.Other}, "zero few other"},
		{"bits beyond the last category", plural.Set(0xff) &^ plural.SetOf(plural.One),
			[]plural.Category{plural.Zero, plural.Two, plural.Few, plural.Many, plural.Other},
			"zero two few many other"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := slices.Collect(tt.set.All()); !slices.Equal(got, tt.want) {
				t.Errorf("All() = %v, want %v", got, tt.want)
			}
			if got := tt.set.String(); got != tt.text {
				t.Errorf("String() = %q, want %q", got, tt.text)
			}
			if got := tt.set.Len(); got != len(tt.want) {
				t.Errorf("Len() = %d, want %d", got, len(tt.want))
			}
			for c := range plural.Category(plural.NumCategories + 3) {
				if tt.set.Has(c) != slices.Contains(tt.want, c) {
					t.Errorf("Has(%d) = %t", c, tt.set.Has(c))
				}
			}
		})
	}
}

func TestSetStopsWhenAsked(t *testing.T) {
	for c := range plural.SetOf(plural.One, plural.Other).All() {
		if c != plural.One {
			t.Fatalf("went on to %s", c)
		}
		break
	}
}
