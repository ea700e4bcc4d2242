// Package docs_test holds the documentation to what the code does.
package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// trains declares what the examples of locale-file.md translate.
func trains() *model.Domain {
	code := model.Code{
		Number: 2104, Name: "TOO_FEW_SEATS", HTTP: 409,
		Treatment: model.Treatment{Action: uint8(catalog.ActionFix)},
		Doc:       "the traveller asked for more seats than the train has left.",
		Signature: model.Signature{Count: "Free", Params: []model.Param{
			{Name: "Train", Kind: "string", Example: format.Text(format.String, "RE 5")},
			{Name: "Free", Kind: "int", Example: format.Whole(format.Int, false, 3), Public: true},
		}},
	}
	code.Texts[model.Title].Forms[plural.Other] = "Not enough seats"
	code.Texts[model.Title].Max = 40
	code.Texts[model.Detail].Forms[plural.One] = "{{.Train}} has only one seat left."
	code.Texts[model.Detail].Forms[plural.Other] = "{{.Train}} has only {{.Free}} seats left."
	code.Texts[model.Help].Forms[plural.Other] = "Ask for fewer seats or choose another train."
	label := model.Label{Name: "window_seat", Doc: "a seat beside the window"}
	label.Text.Forms[plural.Other] = "window seat"
	return &model.Domain{
		Name: "trains", Source: language.English,
		Codes: []model.Code{code}, Labels: []model.Label{label},
	}
}

// example is a TOML block of locale-file.md with the paragraph before it.
type example struct{ intro, body string }

var block = regexp.MustCompile("(?s)([^\n]+(?:\n[^\n]+)*)\n\n```toml\n(.*?)```")

func examples(t *testing.T) []example {
	t.Helper()
	page, err := os.ReadFile("locale-file.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []example
	for _, m := range block.FindAllSubmatch(page, -1) {
		found = append(found, example{string(m[1]), string(m[2])})
	}
	return found
}

func lintAs(t *testing.T, tag, src string) string {
	t.Helper()
	file, syntax, texts := localefile.Read("locales/"+tag+".toml", language.MustParse(tag), []byte(src))
	if len(syntax) > 0 || len(texts) > 0 {
		t.Fatalf("%v%v", syntax, texts)
	}
	return lint.Gate{}.Apply(lint.Check(trains(), []*localefile.File{file}, nil, nil), nil).Error()
}

// TestPluralExamples checks that each example has just the forms of its language, and that no rule is against it.
func TestPluralExamples(t *testing.T) {
	tags := map[string]string{
		"German": "de", "French": "fr", "Spanish": "es", "Russian": "ru", "Polish": "pl", "Czech": "cs", "Arabic": "ar",
		"Hebrew": "he", "Japanese": "ja",
	}
	for _, e := range examples(t) {
		if strings.Contains(e.body, "[") {
			continue // a whole table
		}
		words := strings.FieldsFunc(strings.TrimPrefix(e.intro, "In "), func(r rune) bool { return r == ' ' || r == ',' })
		tag, known := tags[words[0]]
		if !known {
			t.Errorf("%q is not a language of this test, or its example is there twice", words[0])
			continue
		}
		delete(tags, words[0])
		t.Run(tag, func(t *testing.T) {
			src := "[TOO_FEW_SEATS.detail]\n" + e.body
			if got := lintAs(t, tag, src); got != "" {
				t.Error(got)
			}
			for c := range plural.For(language.MustParse(tag)).Integers().All() {
				if !strings.Contains(src, "\n"+c.String()+" = ") {
					t.Errorf("there is no form %v", c)
				}
			}
		})
	}
	for name := range tags {
		t.Errorf("there is no example for %s", name)
	}
}

// TestWholeFile checks that the file that is explained line by line is one that the command leaves as it is, and that its
// misspelling is reported as the page says.
func TestWholeFile(t *testing.T) {
	var src string
	for _, e := range examples(t) {
		if len(e.body) > len(src) {
			src = e.body
		}
	}
	// The translation of the detail was made from the source text that its table shows as the earlier one.
	older := trains()
	older.Codes[0].Texts[model.Detail].Forms[plural.One] = "{{.Train}} has one seat left."
	older.Codes[0].Texts[model.Detail].Forms[plural.Other] = "{{.Train}} has {{.Free}} seats left."
	file := merge.File{Name: "locales/de.toml", Tag: language.German, Content: merge.Content{Text: []byte(src)}}
	adopted, unusable := merge.Make(merge.Input{Domain: older, Files: []merge.File{file}, Adopt: true})
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	file.State = adopted.Files[1].State.New
	plan, unusable := merge.Make(merge.Input{Domain: trains(), Files: []merge.File{file}})
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	for _, f := range plan.Files {
		if f.Tag == language.German && f.Changed() {
			t.Errorf("the command would make it\n%s", f.New)
		}
	}
	page, err := os.ReadFile("locale-file.md")
	if err != nil {
		t.Fatal(err)
	}
	if facts := string(plan.Files[1].State.New); !strings.Contains(string(page), "```\n"+facts+"```") {
		t.Errorf("the page does not show the state\n%s", facts)
	}
	finding := lintAs(t, "de", strings.Replace(src, "{{.Train}} sind", "{{.Trian}} sind", 1))
	if !strings.Contains(string(page), "```\n"+finding+"\n```") {
		t.Errorf("the page does not show\n%s", finding)
	}
}

var ledgerBlock = regexp.MustCompile("(?s)```\n(errlingo 2 codes .*?)```")

// TestLedger checks that the ledger on the page is that of the examples.
func TestLedger(t *testing.T) {
	page, err := os.ReadFile("locale-file.md")
	if err != nil {
		t.Fatal(err)
	}
	found := ledgerBlock.FindSubmatch(page)
	if found == nil {
		t.Fatal("the page shows no ledger")
	}
	old, findings := ledger.Parse(ledger.Name, found[1])
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	comparison := ledger.Compare(ledger.Input{Domain: trains(), Ledger: old})
	if len(comparison.Breaks) > 0 {
		t.Error(comparison.Breaks)
	}
	if got := string(comparison.Next.Bytes()); got != string(found[1]) {
		t.Errorf("it would be\n%s", got)
	}
}

var (
	link   = regexp.MustCompile(`\]\(([^):#]+)(#[^)]*)?\)`)
	fenced = regexp.MustCompile("(?ms)^```.*?^```") // code, such as errors.AsType[T](err)
)

// TestLinks checks that links between pages lead somewhere.
func TestLinks(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"*.md", "adr/*.md", "../CONTRIBUTING.md", "../CHANGELOG.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	for _, page := range pages {
		src, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		text := fenced.ReplaceAllString(string(src), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}
