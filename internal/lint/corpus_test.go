package lint_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// corpusDomain declares the source texts of testdata/texts.tsv.
func corpusDomain() *model.Domain {
	params := func(names ...string) (all []model.Param) {
		for _, name := range names {
			kind := "string"
			if name == "Left" {
				kind = "int"
			}
			all = append(all, model.Param{Name: name, Kind: kind, Public: true})
		}
		return all
	}
	aaa := model.Code{Number: 1, Name: "AAA", Signature: model.Signature{
		Count: "Left", Params: params("Item", "Left", "From", "Until")}}
	aaa.Texts = [model.NumParts]model.Text{
		model.Title: text("Sold out"),
		model.Detail: {Forms: [plural.NumCategories]string{
			plural.One:   "Only one piece of {{.Item}} is left.",
			plural.Other: "Only {{.Left}} pieces of {{.Item}} are left.",
		}},
		model.Help: text("Choose between {{.From}} and {{.Until}}, or see https://shop.example/help."),
	}
	bbb := model.Code{Number: 2, Name: "BBB", Signature: model.Signature{Params: params("File")}}
	bbb.Texts = [model.NumParts]model.Text{
		model.Title: text("File “{{.File}}” not found"),
		model.Detail: text("The file “{{.File}}” (or its folder) was not found. " +
			"The limit is 25 files per day."),
		model.Help: text("Is the name right? Check it:"),
	}
	bbb.Texts[model.Title].Max = 40
	return &model.Domain{Name: "shop", Source: language.English, Codes: []model.Code{aaa, bbb},
		Labels: []model.Label{{Name: "card", Text: text("credit card")}}}
}

// corpusCase is a locale file with one mistake, or with none.
type corpusCase struct {
	name, kind, tag string
	wrong           bool
	src             strings.Builder
	table           string
}

func corpus(t *testing.T) []*corpusCase {
	t.Helper()
	src, err := os.ReadFile("testdata/texts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var cases []*corpusCase
	for line := range strings.Lines(string(src)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 9 || fields[0] == "case" {
			continue
		}
		if len(cases) == 0 || cases[len(cases)-1].name != fields[0] {
			cases = append(cases, &corpusCase{name: fields[0], wrong: fields[1] == "wrong",
				kind: fields[2], tag: fields[3]})
		}
		c := cases[len(cases)-1]
		var translation string
		if err := json.Unmarshal([]byte(fields[7]), &translation); err != nil {
			t.Fatalf("%s: %v", fields[0], err)
		}
		if fields[4] != c.table {
			fmt.Fprintf(&c.src, "[%s]\n", fields[4])
			c.table = fields[4]
		}
		fmt.Fprintf(&c.src, "%s = %s\n", fields[5], tomldoc.MustQuote(translation))
	}
	return cases
}

// unfound are the mistakes that no rule finds, and why.
var unfound = map[string]string{
	"w01": "a language may need another order of placeholders",
	"w29": "how much longer a translation may be depends on the language",
}

func TestCorpus(t *testing.T) {
	words, faults := lint.ReadGlossary("_state/glossary.toml", []byte(`
[file.de]
allowed = ["Datei"]
forbidden = ["File"]

["*".de]
forbidden = ["du", "dein*", "wähle"]
`))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	d := corpusDomain()
	wrong, found := 0, 0
	for _, c := range corpus(t) {
		t.Run(c.name+" "+c.kind, func(t *testing.T) {
			file := read(t, c.tag, c.src.String())
			findings := lint.Check(d, []*localefile.File{file}, words, nil)
			findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.File == "" })
			reason, known := unfound[c.name]
			switch {
			case !c.wrong && len(findings) > 0:
				t.Errorf("right, but reported: %v\n%s", findings, &c.src)
			case c.wrong && len(findings) == 0 && !known:
				t.Errorf("not found\n%s", &c.src)
			case c.wrong && len(findings) > 0 && known:
				t.Errorf("found although %s: %v", reason, findings)
			}
			if c.wrong {
				wrong++
				found += min(len(findings), 1)
			}
		})
	}
	t.Logf("%d of %d mistakes found", found, wrong)
}
