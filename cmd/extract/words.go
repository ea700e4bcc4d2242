package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
)

// orList returns the words with commas and an "or".
func orList(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
	}
	return strings.Join(words, "")
}

// counted returns the number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func checkFormat(format string, formats []string) error {
	if slices.Contains(formats, format) {
		return nil
	}
	return fail(fmt.Sprintf("there is no format %q here", format), diag.DidYouMean(format, formats, "use "+orList(formats)))
}

// commandMeant returns a hint for a package argument that was meant as a subcommand.
func (a *app) commandMeant(patterns []string) string {
	for _, pattern := range patterns {
		if !strings.ContainsAny(pattern, "./") {
			if hint := diag.DidYouMean(pattern, a.commands, ""); hint != "" {
				return hint
			}
		}
	}
	return ""
}
