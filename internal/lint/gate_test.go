package lint_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
)

func TestGateApply(t *testing.T) {
	findings := diag.List{
		{File: "de.toml", Rule: lint.RuleMissing.ID, Text: "missing"},
		{File: "de.toml", Rule: lint.RuleStale.ID, Text: "stale"},
		{File: "de.toml", Rule: "unknown-placeholder", Severity: diag.Error, Text: "unknown"},
		{File: "shop.go", Rule: "shown-not-public", Severity: diag.Off, Text: "shown"},
	}
	coverage := []lint.Coverage{
		{File: "de.toml", Tag: language.German, Translated: 2, Total: 3},
		{File: "fr.toml", Tag: language.French, Translated: 3, Total: 3},
		{File: "empty.toml", Tag: language.Italian},
	}
	tests := []struct {
		name string
		gate lint.Gate
		want []string
	}{
		{"nothing", lint.Gate{}, []string{"unknown"}},
		{"strict", lint.Gate{Strict: true}, []string{"missing", "stale", "unknown"}},
		{"one state", lint.Gate{FailOn: []string{"stale"}}, []string{"stale", "unknown"}},
		{"reached", lint.Gate{Min: map[language.Tag]float64{language.French: 100, language.German: 66.6,
			language.Italian: 100}}, []string{"unknown"}},
		{"not reached", lint.Gate{Min: map[language.Tag]float64{language.German: 66.7}},
			[]string{"2 of 3 forms are translated, 66.6%, but at least 66.7% must be", "unknown"}},
		{"a rule that is off", lint.Gate{FailOn: []string{"shown-not-public"}},
			[]string{"unknown", "shown"}},
		{"no such file", lint.Gate{Min: map[language.Tag]float64{language.Spanish: 1}},
			[]string{"there is no file for es, of which at least 1% must be translated", "unknown"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range tt.gate.Apply(findings, coverage).Errors() {
				got = append(got, f.Text)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if findings[0].Severity != diag.Warning {
				t.Error("the given list has changed")
			}
		})
	}
}

func TestGateCheck(t *testing.T) {
	tests := []struct {
		name       string
		gate       lint.Gate
		want, hint string
	}{
		{"nothing", lint.Gate{}, "", ""},
		{"states and rules", lint.Gate{FailOn: []string{"missing", "stale", "review", "obsolete",
			"html"}}, "", ""},
		{"misspelt", lint.Gate{FailOn: []string{"stael"}},
			`no rule is called "stael"`, "did you mean stale?"},
		{"a word of several", lint.Gate{FailOn: []string{"unknown"}}, `no rule is called "unknown"`,
			"did you mean unknown-"},
		{"unknown", lint.Gate{FailOn: []string{"everything"}}, `no rule is called "everything"`,
			"docs/lint.md lists the rules"},
		{"too much", lint.Gate{Min: map[language.Tag]float64{language.German: 101}},
			"the minimum for de is 101%", "it must be between 0 and 100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wrong := new(lint.GateError)
			if err := tt.gate.Check(lint.Rules()); err != nil && !errors.As(err, &wrong) {
				t.Fatal(err)
			}
			if wrong.Text != tt.want || !strings.Contains(wrong.Hint, tt.hint) {
				t.Errorf("got %q, hint %q, want %q, hint %q", wrong.Text, wrong.Hint, tt.want, tt.hint)
			}
		})
	}
}

func TestParseMin(t *testing.T) {
	tests := []struct {
		in   string
		tag  language.Tag
		min  float64
		fail string
	}{
		{in: "de=95", tag: language.German, min: 95},
		{in: "pt-BR=99.5%", tag: language.BrazilianPortuguese, min: 99.5},
		{in: "de", fail: `"de" is not a minimum`},
		{in: "x y=95", fail: `"x y" is not a language tag`},
		{in: "=95", fail: `"" is not a language tag`},
		{in: "de=all", fail: `"all" is not a percentage`},
		{in: "de=NaN", fail: `"NaN" is not a percentage`},
		{in: "de=-1", fail: `"-1" is not a percentage`},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			tag, least, err := lint.ParseMin(tt.in)
			if tt.fail != "" {
				if wrong := new(lint.GateError); !errors.As(err, &wrong) || wrong.Text != tt.fail {
					t.Errorf("got %v, want %q", err, tt.fail)
				}
			} else if err != nil || tag != tt.tag || least != tt.min {
				t.Errorf("got %v %v %v", tag, least, err)
			}
		})
	}
}
