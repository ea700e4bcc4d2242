package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// need says how far translations need a placeholder for a param.
type need uint8

const (
	never   need = iota // the source text does not have it
	once                // some of the source's forms have it, so that one of the translation's must
	eachOne             // every form of the source has it
)

// needsOf returns the need of each of the code's params, going by the source text.
func needsOf(m declared.Message) []need {
	if m.Code == nil {
		return nil
	}
	needs := make([]need, len(m.Code.Params))
	forms, seen := 0, make([]int, len(needs))
	for _, text := range m.Text.Forms {
		if text == "" {
			continue
		}
		forms++
		for param, has := range paramsIn(text, m.Code) {
			if has {
				seen[param]++
			}
		}
	}
	for param, n := range seen {
		switch {
		case n == forms:
			needs[param] = eachOne
		case n > 0:
			needs[param] = once
		}
	}
	return needs
}

// paramsIn returns which of the code's params have a placeholder in the text.
func paramsIn(text string, code *declared.Code) []bool {
	has := make([]bool, len(code.Params))
	placeholders, _ := pattern.Placeholders(text)
	for _, p := range placeholders {
		if param := code.ParamIndex(p.Name); param >= 0 {
			has[param] = true
		}
	}
	return has
}

// checkPlaceholders looks for placeholders that a translation should have and for what was meant to be one.
func (s *subject) checkPlaceholders(o *original) {
	s.checkNearMisses(o)
	for param, need := range o.needs {
		switch {
		case param == o.count && need != never, need == eachOne:
			s.checkEach(o, param)
		case need == once:
			s.checkOnce(o, param)
		}
	}
}

// checkEach reports each form without the placeholder. A form that is for a single number may do without the count: "one
// piece is left". A form that could not be read is left out, since the placeholder may be what is wrong with it.
func (s *subject) checkEach(o *original, param int) {
	for category, text := range s.forms {
		c := plural.Category(category)
		if text == "" || param == o.count && s.locale.single.Has(c) || !s.shows(c, o) {
			continue
		}
		if !hasFault(text, o) && !paramsIn(text, o.message.Code)[param] {
			s.reportMissing(o, param, c, fmt.Sprintf("the placeholder {{.%s}} is missing", o.names[param]))
		}
	}
}

// checkOnce reports a text of which no form has the placeholder.
func (s *subject) checkOnce(o *original, param int) {
	for _, text := range s.forms {
		if text != "" && (hasFault(text, o) || paramsIn(text, o.message.Code)[param]) {
			return
		}
	}
	s.reportMissing(o, param, whole, fmt.Sprintf("no form has the placeholder {{.%s}}", o.names[param]))
}

// reportMissing is lenient with a stale text: the placeholder may have come to the source after the translator.
func (s *subject) reportMissing(o *original, param int, c plural.Category, text string) {
	severity := severityOf(RuleMissingPlaceholder)
	if s.remarks.stale(s.forms) {
		severity = diag.Warning
	}
	s.reportAs(severity, RuleMissingPlaceholder, c, 0, text, fmt.Sprintf("the source text is %q", o.wording(c)))
}

// shows reports whether the form may be shown at all, so that a form with no use is reported for that alone.
func (s *subject) shows(c plural.Category, o *original) bool {
	if !o.counts {
		return c == plural.Other || s.forms[plural.Other] == ""
	}
	return !s.locale.rule.Known() || s.locale.rule.Categories().Has(c)
}

// hasFault reports whether the text has a placeholder that cannot be read or that nobody declared.
func hasFault(text string, o *original) bool {
	placeholders, faults := pattern.Placeholders(text)
	return len(faults) > 0 || slices.ContainsFunc(placeholders, func(p pattern.Placeholder) bool {
		return o.message.Code.ParamIndex(p.Name) < 0
	})
}

// braced is a name in braces: with or without a dot, in one brace or more, and in the wide braces that an East Asian
// keyboard gives.
var braced = regexp.MustCompile(`[{｛]+[ \t]*(\.?)[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*[}｝]+`)

// checkNearMisses looks for names of params in something like braces. What begins with two plain braces is a placeholder
// or a fault of its own.
func (s *subject) checkNearMisses(o *original) {
	if len(o.names) == 0 {
		return
	}
	for category, text := range s.forms {
		if plain := withoutPlaceholders(text); !strings.Contains(plain, "{") && !strings.Contains(plain, "｛") {
			continue // Most texts; what follows is slower.
		}
		taken := bracedSpans(text)
		for _, m := range braced.FindAllStringSubmatchIndex(text, -1) {
			start, end := m[0], m[1]
			param := meant(text[m[4]:m[5]], m[3] > m[2], o.names)
			if param == "" || taken(start, end) {
				continue
			}
			s.report(RuleNearMiss, plural.Category(category), start,
				fmt.Sprintf("%s is no placeholder", text[start:end]), fmt.Sprintf("write {{.%s}}", param))
		}
	}
}

// bracedSpans returns a function that tells whether two plain braces account for a part of what is between start and end.
func bracedSpans(text string) func(start, end int) bool {
	placeholders, faults := pattern.Placeholders(text)
	return func(start, end int) bool {
		return slices.ContainsFunc(placeholders, func(p pattern.Placeholder) bool { return p.Start < end && start < p.End }) ||
			slices.ContainsFunc(faults, func(f pattern.Fault) bool { return f.Start < end && start < f.End })
	}
}

// meant returns the param that a name in braces stands for, or "". Without a dot it must be the param's name but for
// letter case, since braces have other uses; with one it may be misspelt.
func meant(name string, dotted bool, params []string) string {
	for _, param := range params {
		if strings.EqualFold(name, param) {
			return param
		}
	}
	if dotted {
		return diag.Nearest(name, params)
	}
	return ""
}
