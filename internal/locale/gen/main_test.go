package main

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/cldr"
	"github.com/errlingo/errlingo/internal/locale"
)

func TestTablesAreGenerated(t *testing.T) {
	folder := os.Getenv("ERRLINGO_CLDR")
	if folder == "" {
		t.Skip("ERRLINGO_CLDR does not name the folder of the npm packages of CLDR " + cldr.Version)
	}
	files, err := generate(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not what the generator makes; run go generate ./internal/locale", name)
		}
	}
}

// TestQuotationMarks compares the marks of every locale of CLDR, inherited ones included.
func TestQuotationMarks(t *testing.T) {
	folder := os.Getenv("ERRLINGO_CLDR")
	if folder == "" {
		t.Skip("ERRLINGO_CLDR does not name the folder of the npm packages of CLDR " + cldr.Version)
	}
	all, err := readAllQuotations(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 700 {
		t.Errorf("only %d locales", len(all))
	}
	for name, want := range all {
		got := locale.QuotationMarks(language.Raw.Make(name))
		if marks := string(got.Outer[:]) + string(got.Inner[:]); marks != want {
			t.Errorf("%s: %q, want %q", name, marks, want)
		}
	}
}

// TestUnknownDataIsRefused feeds in what a later CLDR may have and package locale could not follow.
func TestUnknownDataIsRefused(t *testing.T) {
	quotation := func(outer, inner string) string {
		return `{"main": {"und": {"delimiters": {"quotationStart": "` + outer +
			`", "quotationEnd": "”", "alternateQuotationStart": "` + inner +
			`", "alternateQuotationEnd": "’"}}}}`
	}
	scripts := func(facts string) string {
		return `{"scriptMetadata": {"Syrc": {"rtl": "YES"}, ` + facts + `}}`
	}
	parents := func(components string) string {
		return `{"supplemental": {"parentLocales": {` + components + `}}}`
	}
	tests := []struct{ name, file, content string }{
		{"another version", "cldr-core/package.json", `{"version": "47.0.0"}`},
		{"parents of plural rules", "cldr-core/supplemental/parentLocales.json",
			parents(`"plurals": {"pt-AO": "pt-PT"}`)},
		{"a root that the script does not explain", "cldr-core/supplemental/parentLocales.json",
			parents(`"parentLocale": {"zh-Hans": "und"}`)},
		{"a quotation mark of two characters", "cldr-misc-full/main/und/delimiters.json",
			quotation("<<", "‘")},
		{"a script that has become known", "cldr-core/scriptMetadata.json",
			scripts(`"Arab": {"rtl": "YES"}, "Aran": {"rtl": "YES"}`)},
	}
	input := func() fstest.MapFS {
		files := fstest.MapFS{}
		for name, content := range map[string]string{
			"cldr-core/package.json":                    `{"version": "` + cldr.Version + `"}`,
			"cldr-core/LICENSE":                         "license\n",
			"cldr-core/availableLocales.json":           `{"availableLocales": {"full": ["zh"]}}`,
			"cldr-core/scriptMetadata.json":             scripts(`"Arab": {"rtl": "YES"}`),
			"cldr-core/supplemental/aliases.json":       `{}`,
			"cldr-core/supplemental/likelySubtags.json": `{"supplemental": {"likelySubtags": {"zh": "zh-Hans-CN"}}}`,
			"cldr-core/supplemental/parentLocales.json": parents(`"parentLocale": {"zh-Hant": "und"}`),
			"cldr-misc-full/package.json":               `{"version": "` + cldr.Version + `"}`,
			"cldr-misc-full/main/und/delimiters.json":   quotation("“", "‘"),
		} {
			files[name] = &fstest.MapFile{Data: []byte(content)}
		}
		return files
	}
	if _, err := generate(input()); err != nil {
		t.Fatalf("what is known is refused: %v", err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed := input()
			changed[test.file].Data = []byte(test.content)
			if _, err := generate(changed); err == nil {
				t.Error("not refused")
			}
		})
	}
}
