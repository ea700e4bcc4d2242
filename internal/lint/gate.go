package lint

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
)

// Gate says which warnings a run takes for errors. The zero value takes none.
type Gate struct {
	// Strict takes every warning for an error.
	Strict bool
	// FailOn names the rules, states among them, whose warnings are errors. Rules that are off are
	// on if they are named here.
	FailOn []string
	// Min is the part of the forms, in percent, that must be translated in a locale.
	Min map[language.Tag]float64
}

// Coverage says how much of a locale is translated.
type Coverage struct {
	File       string
	Tag        language.Tag
	Translated int // forms that are not missing; one of a stale text counts
	Total      int
}

// Percent returns the part that is translated, from 0 to 100. Of nothing, all is.
func (c Coverage) Percent() float64 {
	if c.Total == 0 {
		return 100
	}
	return 100 * float64(c.Translated) / float64(c.Total)
}

// Shown returns the percentage as people see it, cut after one digit: rounding would show 94.96 as
// the 95.0 that it does not reach, and 99.96 as complete.
func (c Coverage) Shown() float64 { return math.Floor(10*c.Percent()) / 10 }

// GateError says what is wrong with a gate itself, and how to fix it.
type GateError struct{ Text, Hint string }

// Error returns text and hint in one line.
func (e *GateError) Error() string { return e.Text + "; " + e.Hint }

const hintMin = "write a language and a percentage, such as de=95"

// Check returns a [GateError] if a name in FailOn is not the rule of any finding, or a percentage
// is impossible.
func (g Gate) Check(rules []diag.Rule) error {
	known := names(rules)
	for _, name := range g.FailOn {
		if slices.Contains(known, name) {
			continue
		}
		return &GateError{fmt.Sprintf("no rule is called %s", diag.Quote(name)), hintRule(name, known)}
	}
	for _, tag := range sortedTags(g.Min) {
		if least := g.Min[tag]; !(least >= 0 && least <= 100) {
			return &GateError{fmt.Sprintf("the minimum for %v is %v%%", tag, least),
				"it must be between 0 and 100"}
		}
	}
	return nil
}

// ParseMin reads what a locale must reach, such as "de=95" or "de=95%". The error is a [GateError].
func ParseMin(s string) (language.Tag, float64, error) {
	name, number, ok := strings.Cut(s, "=")
	if !ok {
		return language.Und, 0, &GateError{diag.Quote(s) + " is not a minimum", hintMin}
	}
	tag, err := language.Parse(name)
	if err != nil || tag == language.Und {
		return language.Und, 0, &GateError{diag.Quote(name) + " is not a language tag", hintMin}
	}
	least, err := strconv.ParseFloat(strings.TrimSuffix(number, "%"), 64)
	if err != nil || !(least >= 0 && least <= 100) {
		return language.Und, 0, &GateError{diag.Quote(number) + " is not a percentage", hintMin}
	}
	return tag, least, nil
}

// Apply returns the findings with the severities that they have for this run, and one more for each
// locale that is not covered as it must be, sorted. The given list is not changed.
func (g Gate) Apply(findings diag.List, coverage []Coverage) diag.List {
	var judged diag.List
	for _, f := range findings {
		named := slices.Contains(g.FailOn, f.Rule)
		if f.Severity == diag.Off && !named {
			continue
		}
		if g.Strict || named {
			f.Severity = diag.Error
		}
		judged = append(judged, f)
	}
	for _, tag := range sortedTags(g.Min) {
		judged = append(judged, g.uncovered(tag, coverage)...)
	}
	judged.Sort()
	return judged
}

// uncovered returns the findings about the files of a locale that must reach a minimum.
func (g Gate) uncovered(tag language.Tag, coverage []Coverage) diag.List {
	var findings diag.List
	known := false
	for _, c := range coverage {
		if c.Tag != tag {
			continue
		}
		known = true
		if c.Percent() < g.Min[tag] {
			findings = append(findings, RuleCoverage.At(c.File, diag.Pos{},
				fmt.Sprintf("%d of %d forms are translated, %.1f%%, but at least %v%% must be",
					c.Translated, c.Total, c.Shown(), g.Min[tag]), ""))
		}
	}
	if !known {
		findings = append(findings, RuleCoverage.At("", diag.Pos{},
			fmt.Sprintf("there is no file for %v, of which at least %v%% must be translated", tag,
				g.Min[tag]), ""))
	}
	return findings
}

func sortedTags(m map[language.Tag]float64) []language.Tag {
	return slices.SortedFunc(maps.Keys(m), func(a, b language.Tag) int {
		return cmp.Compare(a.String(), b.String())
	})
}
