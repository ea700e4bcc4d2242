package codes_test

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

var placeholder = regexp.MustCompile(`\{\{\.\w+\}\}`)

// texts yields all texts of a code, each with its name: "title", "detail", "detail.one" and so on.
func texts(code *catalog.Code) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for part, text := range access.CodeOf(code).Model.Texts {
			if text.Missing() && (part == model.DetailZero || part == model.HelpZero) {
				continue
			}
			for category, form := range text.Forms {
				name := model.PartNames[part]
				if plural.Category(category) != plural.Other {
					if form == "" {
						continue
					}
					name += "." + plural.Category(category).String()
				}
				if !yield(name, form) {
					return
				}
			}
		}
	}
}

// eachText runs the check on every text of every code.
func eachText(t *testing.T, check func(t *testing.T, code *catalog.Code, part, text string)) {
	for code := range codes.Domain.Codes() {
		for part, text := range texts(code) {
			t.Run(code.Name()+"."+part, func(t *testing.T) { check(t, code, part, text) })
		}
	}
}

func TestTextsRenderWithoutBraces(t *testing.T) {
	english := pattern.NewLocale(language.English)
	eachText(t, func(t *testing.T, code *catalog.Code, _, text string) {
		compiled, faults := pattern.Compile(text, access.CodeOf(code).Model.ParamIndex)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		var forms pattern.Forms
		forms[plural.Other] = compiled
		rendered := pattern.NewText(&forms)
		out, complete := rendered.Append(nil, &english, access.ArgsOf(sample(t, code)), -1,
			&format.Context{})
		if !complete || strings.ContainsAny(string(out), "{}") {
			t.Errorf("%q is shown as %q", text, out)
		}
	})
}

func TestTextsAreSentences(t *testing.T) {
	eachText(t, func(t *testing.T, _ *catalog.Code, part, text string) {
		if text == "" {
			t.Fatal("it is empty")
		}
		if first, _ := utf8.DecodeRuneInString(text); first != '“' && first != '{' &&
			!unicode.IsUpper(first) {
			t.Errorf("%q begins with neither a capital nor an argument", text)
		}
		if stop := strings.HasSuffix(text, "."); stop != (part != "title") {
			t.Errorf("%q ends in a full stop: %t", text, stop)
		}
		if part == "title" && placeholder.MatchString(text) {
			t.Errorf("the title %q has a placeholder", text)
		}
	})
}

func TestTextsAreShort(t *testing.T) {
	longest := map[string]int{"title": 40, "help": 140}
	eachText(t, func(t *testing.T, _ *catalog.Code, part, text string) {
		limit, ok := longest[part]
		if !ok {
			limit = 130
		}
		if n := utf8.RuneCountInString(text); n > limit {
			t.Errorf("%q has %d characters, want %d at most", text, n, limit)
		}
	})
}

// TestTextsCanBeTranslated looks for what has no counterpart in other languages, sounds unkind, or
// isn't how people speak.
func TestTextsCanBeTranslated(t *testing.T) {
	unwanted := []string{"(s)", "!", "please", "sorry", "oops", "illegal", "  ", `"`, "'", "…", "—",
		"e-mail", "user name", "cannot", " not be ", "do not", "does not", "did not", "is not",
		"are not", "has not", "you are", "you have been"}
	eachText(t, func(t *testing.T, _ *catalog.Code, _, text string) {
		plain := strings.ToLower(placeholder.ReplaceAllString(text, "x"))
		for _, u := range unwanted {
			if strings.Contains(plain, u) {
				t.Errorf("%q has %q", text, u)
			}
		}
		if strings.Count(text, "“") != strings.Count(text, "”") {
			t.Errorf("%q has quotation marks without their partners", text)
		}
		found := placeholder.FindAllString(text, -1)
		if slices.Sort(found); len(slices.Compact(found)) != strings.Count(text, "{{") {
			t.Errorf("%q has a placeholder twice", text)
		}
	})
}

// TestTextsForEndUsersHaveNoJargon holds a list of words that developers know and others do not.
func TestTextsForEndUsersHaveNoJargon(t *testing.T) {
	jargon := []string{
		"acl", "api", "argument", "boolean", "cache", "class", "client", "exception", "header", "http",
		"id", "integer",
		"invalid", "json", "key", "mfa", "null", "object", "operation", "parameter", "parse",
		"payload", "pointer", "query",
		"schema", "script", "server", "session", "string", "syntax", "timeout", "token", "upload",
		"url", "validation",
	}
	eachText(t, func(t *testing.T, code *catalog.Code, _, text string) {
		if !code.Audience().Has(catalog.AudienceEndUser) {
			return
		}
		words := strings.FieldsFunc(strings.ToLower(placeholder.ReplaceAllString(text, "")),
			func(r rune) bool {
				return !unicode.IsLetter(r)
			})
		for _, word := range words {
			if slices.Contains(jargon, word) || slices.Contains(jargon, strings.TrimSuffix(word, "s")) {
				t.Errorf("%q has the word %q", text, word)
			}
		}
	})
}

// TestTextsKeepAddressesPrivate checks that no text tells whether an address has an account.
func TestTextsKeepAddressesPrivate(t *testing.T) {
	for _, code := range []*catalog.Code{codes.EmailTaken, codes.EmailNotFound} {
		for part, text := range texts(code) {
			for _, tell := range []string{"taken", "in use", "already exists", "belongs", "no account",
				"unknown", "registered", "does not exist"} {
				if strings.Contains(strings.ToLower(text), tell) {
					t.Errorf("%s.%s tells who has an account: %q", code.Name(), part, text)
				}
			}
		}
	}
}

func TestTitlesAreUnique(t *testing.T) {
	owner := map[string]string{}
	for code := range codes.Domain.Codes() {
		title := code.Spec().Title
		if other, taken := owner[title]; taken {
			t.Errorf("%s and %s have the title %q both", other, code.Name(), title)
		}
		owner[title] = code.Name()
	}
}

func TestLabels(t *testing.T) {
	for label := range codes.Domain.Labels() {
		if text := label.Text(); strings.ContainsAny(text, ".,:;{}“”") ||
			strings.TrimSpace(text) != text {
			t.Errorf("label %s has more than a name: %q", label.Name(), text)
		}
	}
}
