package main

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo/internal/cldr"
)

func TestTablesAreGenerated(t *testing.T) {
	folder := os.Getenv("ERRLINGO_CLDR")
	if folder == "" {
		t.Skip("ERRLINGO_CLDR does not name the folder of the npm package cldr-core " + cldr.Version)
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

// TestUnknownDataIsRefused feeds in what a later CLDR may have and package locale could not follow.
func TestUnknownDataIsRefused(t *testing.T) {
	scripts := func(facts string) string {
		return `{"scriptMetadata": {"Syrc": {"rtl": "YES"}, ` + facts + `}}`
	}
	parents := func(components string) string {
		return `{"supplemental": {"parentLocales": {` + components + `}}}`
	}
	tests := []struct{ name, file, content string }{
		{"another version", "package.json", `{"version": "47.0.0"}`},
		{"parents of plural rules", "supplemental/parentLocales.json",
			parents(`"plurals": {"pt-AO": "pt-PT"}`)},
		{"a root that the script does not explain", "supplemental/parentLocales.json",
			parents(`"parentLocale": {"zh-Hans": "und"}`)},
		{"a script that has become known", "scriptMetadata.json",
			scripts(`"Arab": {"rtl": "YES"}, "Aran": {"rtl": "YES"}`)},
	}
	input := func() fstest.MapFS {
		files := fstest.MapFS{}
		for name, content := range map[string]string{
			"package.json":                    `{"version": "` + cldr.Version + `"}`,
			"LICENSE":                         "license\n",
			"availableLocales.json":           `{"availableLocales": {"full": ["zh"]}}`,
			"scriptMetadata.json":             scripts(`"Arab": {"rtl": "YES"}`),
			"supplemental/aliases.json":       `{}`,
			"supplemental/likelySubtags.json": `{"supplemental": {"likelySubtags": {"zh": "zh-Hans-CN"}}}`,
			"supplemental/parentLocales.json": parents(`"parentLocale": {"zh-Hant": "und"}`),
		} {
			files["cldr-core/"+name] = &fstest.MapFile{Data: []byte(content)}
		}
		return files
	}
	if _, err := generate(input()); err != nil {
		t.Fatalf("what is known is refused: %v", err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed := input()
			changed["cldr-core/"+test.file].Data = []byte(test.content)
			if _, err := generate(changed); err == nil {
				t.Error("not refused")
			}
		})
	}
}
