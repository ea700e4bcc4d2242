package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/internal/localetest"
)

func TestTexts(t *testing.T) { catalogtest.Check(t, rules.Domain, rules.Locales, catalogtest.Strict()) }

// TestEveryLanguage checks what makes a text fit to be shown, in all languages.
func TestEveryLanguage(t *testing.T) {
	d := localetest.Domain{Domain: rules.Domain, Bundle: load(t), Files: rules.Locales}
	d.Check(t)
}

// TestCharter checks what the charter says of every code.
func TestCharter(t *testing.T) {
	unwanted := regexp.MustCompile(`(?i)\b(must|please|sorry|invalid|illegal|wrong|forbidden|error|string|` +
		`boolean|integer|array|null|regex|validation|tag|you are|you have)\b|!`)
	placeholder := regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	for code := range rules.Domain.Codes() {
		t.Run(code.Name(), func(t *testing.T) {
			spec := code.Spec()
			if spec.HTTP != 422 || spec.Action != catalog.ActionFix || code.Audience() != catalog.AudienceEndUser {
				t.Errorf("status %d, action %v, audience %v", spec.HTTP, spec.Action, code.Audience())
			}
			if spec.Params[0].Name() != "Field" {
				t.Error("the first param is not Field")
			}
			for _, form := range []string{spec.Detail, spec.Plural.One} {
				if word := unwanted.FindString(placeholder.ReplaceAllString(form, "")); word != "" {
					t.Errorf("%q has %q", form, word)
				}
				if form != "" && !strings.HasSuffix(form, ".") || utf8.RuneCountInString(form) > 100 {
					t.Errorf("%q is too long, or has no full stop", form)
				}
			}
			if strings.HasSuffix(spec.Title, ".") || utf8.RuneCountInString(spec.Title) > 30 {
				t.Errorf("the title %q is too long, or has a full stop", spec.Title)
			}
			for _, p := range spec.Params[1:] {
				if !strings.Contains(spec.Detail, "{{."+p.Name()+"}}") {
					t.Errorf("the detail doesn't show %s", p.Name())
				}
				if label := p.Kind() == "label"; p.IsPublic() == label {
					t.Errorf("%s is public: %t", p.Name(), p.IsPublic())
				}
			}
		})
	}
}

// TestNames checks that variables have the names of codes in mixed caps, and that their numbers
// ascend in each file.
func TestNames(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	define := regexp.MustCompile(`(?m)^// (\w+): [^[{}]+\.\nvar (\w+) = Domain\.Define\((\d+), "(\w+)"`)
	initialisms := []string{"ASCII", "EU", "IP"}
	found := 0
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for _, m := range define.FindAllStringSubmatch(joinLines(string(src)), -1) {
			found++
			var name strings.Builder
			for word := range strings.SplitSeq(m[4], "_") {
				if !slices.Contains(initialisms, word) {
					word = word[:1] + strings.ToLower(word[1:])
				}
				name.WriteString(word)
			}
			if m[1] != m[2] || m[2] != name.String() || m[3] <= last {
				t.Errorf("%s: code %s %s is called %s, and its comment begins with %s", file, m[3], m[4], m[2], m[1])
			}
			last = m[3]
		}
	}
	if want := len(slices.Collect(rules.Domain.Codes())); found != want {
		t.Errorf("found %d codes with a comment, want %d", found, want)
	}
}

// joinLines puts each comment of several lines on one.
func joinLines(src string) string {
	return regexp.MustCompile(`(?m)([^\n])\n// `).ReplaceAllString(src, "$1 ")
}
