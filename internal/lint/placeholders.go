package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
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

// needsOf returns the need of each of the text's params, going by the source text.
func needsOf(m model.Message) []need {
	needs := make([]need, len(m.Params))
	forms, seen := 0, make([]int, len(needs))
	for _, text := range m.Text.Forms {
		if text == "" {
			continue
		}
		forms++
		for param, has := range paramsIn(text, m.Signature) {
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

// paramsIn returns which of the params have a placeholder in the text.
func paramsIn(text string, takes *model.Signature) []bool {
	has := make([]bool, len(takes.Params))
	placeholders, _ := pattern.Placeholders(text)
	for _, p := range placeholders {
		if param := takes.ParamIndex(p.Name); param >= 0 {
			has[param] = true
		}
	}
	return has
}

// checkPlaceholders looks for placeholders that a translation should have and for what was meant to
// be one.
func (s *textCheck) checkPlaceholders(o *sourceText, source *localeRules) {
	s.checkNearMisses(o)
	for param, need := range o.needs {
		switch {
		case param == o.count && need != never, need == eachOne:
			s.checkEach(o, param, source)
		case need == once:
			s.checkOnce(o, param)
		}
	}
}

// checkEach reports each form without the placeholder. A form that is for a single number may do
// without the count: "one piece is left". A form that could not be read is left out, since the
// placeholder may be what is wrong with it.
func (s *textCheck) checkEach(o *sourceText, param int, source *localeRules) {
	for category, text := range &s.forms {
		c := plural.Category(category)
		if text == "" || param == o.count && s.locale.single.Has(c) || !s.shows(c, o) {
			continue
		}
		if !mayHave(text, o, param) {
			s.reportMissing(c, fmt.Sprintf("the placeholder {{.%s}} is missing", o.names[param]),
				s.missingHint(o, param, c, source))
		}
	}
}

// checkOnce reports a text of which no form has the placeholder.
func (s *textCheck) checkOnce(o *sourceText, param int) {
	for _, text := range &s.forms {
		if text != "" && mayHave(text, o, param) {
			return
		}
	}
	s.reportMissing(wholeText, fmt.Sprintf("no form has the placeholder {{.%s}}", o.names[param]),
		fmt.Sprintf("the source text is %q", o.showing(wholeText, param)))
}

// missingHint shows where the source text has the placeholder that a form lacks. A form for the
// count may lack it in the source because it is for one number, which it is not in all languages.
func (s *textCheck) missingHint(
	o *sourceText, param int, c plural.Category, source *localeRules,
) string {
	shown := o.showing(c, param)
	if numbers := s.locale.alsoFor(c, source); param == o.count && len(numbers) > 0 &&
		shown != o.wording(c) {
		return fmt.Sprintf("the form %q of %v is for %s, too: show {{.%s}} in it, as in %q",
			c, s.locale.tag, strings.Join(numbers, ", "), o.names[param], shown)
	}
	return fmt.Sprintf("the source text is %q", shown)
}

// reportMissing reports a placeholder that a form lacks.
func (s *textCheck) reportMissing(c plural.Category, text, hint string) {
	rule := RuleMissingPlaceholder
	if s.stale {
		rule = ruleMissingInStale
	}
	s.add(rule, c, 0, text, hint)
}

// shows reports whether the form may be shown at all, so that a form with no use is reported for
// that alone.
func (s *textCheck) shows(c plural.Category, o *sourceText) bool {
	if !o.counts {
		return c == plural.Other || s.forms[plural.Other] == ""
	}
	return !s.locale.rule.Known() || s.locale.rule.Categories().Has(c)
}

// mayHave reports whether the text has a placeholder for the param, or something that is reported
// for itself and could be a misspelled one.
func mayHave(text string, o *sourceText, param int) bool {
	if hasPlain(text, o.names[param]) {
		return true
	}
	placeholders, faults := pattern.Placeholders(text)
	if len(faults) > 0 {
		return true
	}
	for _, p := range placeholders {
		if i := o.message.ParamIndex(p.Name); i == param || i < 0 {
			return true
		}
	}
	return slices.ContainsFunc(nearMisses(text, o.names), func(m nearMiss) bool {
		return m.param == o.names[param]
	})
}

// hasPlain reports whether the text has the placeholder, written as nearly all are.
func hasPlain(text, name string) bool {
	for found := true; found; {
		if _, text, found = strings.Cut(text, "{{."); strings.HasPrefix(text, name) &&
			strings.HasPrefix(text[len(name):], "}}") {
			return found
		}
	}
	return false
}

// braced is a name in braces: with or without a dot, in one brace or more, and in the wide braces
// that an East Asian keyboard gives.
var braced = regexp.MustCompile(`[{｛]+[ \t]*(\.?)[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*[}｝]+`)

// nearMiss is what looks like a placeholder for the param but is not one.
type nearMiss struct {
	start, end int
	param      string
}

// nearMisses finds names of params in something like braces. What begins with two plain braces is a
// placeholder or a fault of its own.
func nearMisses(text string, params []string) []nearMiss {
	if !hasOddBraces(text) {
		return nil // Most texts; what follows is slower.
	}
	var found []nearMiss
	taken := bracedSpans(text)
	for _, m := range braced.FindAllStringSubmatchIndex(text, -1) {
		start, end := m[0], m[1]
		if param := meant(text[m[4]:m[5]], m[3] > m[2], params); param != "" && !taken(start, end) {
			found = append(found, nearMiss{start, end, param})
		}
	}
	return found
}

// hasOddBraces reports whether the text has a brace that may not belong to a placeholder. Nearly
// all placeholders are written without blanks, so only those are recognized here.
func hasOddBraces(text string) bool {
	if strings.Contains(text, "｛") {
		return true
	}
	for {
		_, rest, found := strings.Cut(text, "{")
		if !found {
			return false
		}
		if !strings.HasPrefix(rest, "{.") {
			return true
		}
		end := 2
		for end < len(rest) && (rest[end] == '_' || isAlphanumeric(rest[end])) {
			end++
		}
		if !strings.HasPrefix(rest[end:], "}}") {
			return true
		}
		text = rest[end+2:]
	}
}

func isAlphanumeric(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}

func (s *textCheck) checkNearMisses(o *sourceText) {
	if len(o.names) == 0 {
		return
	}
	for category, text := range &s.forms {
		if f := s.read[category]; f == nil || !f.high && !f.mayHave("{") {
			continue
		}
		for _, m := range nearMisses(text, o.names) {
			meant := "{{." + m.param + "}}"
			if !s.report(RuleNearMiss, plural.Category(category), m.start,
				fmt.Sprintf("%s is not a placeholder", text[m.start:m.end]), "write "+meant) {
				continue
			}
			start := len(strings.TrimSuffix(text[:m.start], "$")) // as in ${Item}
			fix := diag.Fix{Old: text[start:m.end], New: meant}
			if s.file != nil {
				fix = s.file.Fix(s.entry.Forms[category], start, m.end, meant)
			}
			s.findings[len(s.findings)-1].Fix = fix
		}
	}
}

// bracedSpans returns a function that tells whether two plain braces account for a part of what is
// between start and end.
func bracedSpans(text string) func(start, end int) bool {
	placeholders, faults := pattern.Placeholders(text)
	return func(start, end int) bool {
		return slices.ContainsFunc(placeholders,
			func(p pattern.Placeholder) bool { return p.Start < end && start < p.End }) ||
			slices.ContainsFunc(faults, func(f pattern.Fault) bool { return f.Start < end && start < f.End })
	}
}

// meant returns the param that a name in braces stands for, or "". Without a dot it must be the
// param's name but for letter case, since braces have other uses; with one it may be misspelt.
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
