package localefile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/plural"
)

// hintForm says which categories there are, and which one was probably meant.
func hintForm(name string) string {
	var all []string
	for c := range plural.Category(plural.NumCategories) {
		all = append(all, c.String())
	}
	if near := diag.Nearest(name, all); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	switch strings.ToLower(name) {
	case "description", "hash", "leftdelim", "rightdelim", "id", "translation":
		return "go-i18n's own fields have no place here; put a comment above the table"
	}
	return "the forms are " + strings.Join(all, ", ")
}

// hintNearest names what was probably meant, and says otherwise where nothing comes near.
func hintNearest(name string, known []string, otherwise string) string {
	if near := diag.Nearest(name, known); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return otherwise
}

func hintPlaceholder(name string, params []string) string {
	switch {
	case len(params) == 0:
		return "the source text has no placeholders"
	case len(params) == 1:
		return fmt.Sprintf("the source text has {{.%s}}", params[0])
	}
	if near := diag.Nearest(name, params); near != "" {
		return fmt.Sprintf("did you mean {{.%s}}?", near)
	}
	return "the params are " + strings.Join(params, ", ")
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
