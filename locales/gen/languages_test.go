package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/language"
)

func TestLanguagesAreUpToDate(t *testing.T) {
	for _, test := range []struct{ pkg, dir, folder string }{
		{"locales", "..", "."},
		{"rules", "../../catalog/rules", "locales"},
	} {
		t.Run(test.pkg, func(t *testing.T) {
			want, err := languagesOf(test.pkg, test.dir, test.folder)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(test.dir, "languages.go"))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("languages.go is not what the generator makes; "+
					"run go generate ./locales ./catalog/rules (%v)", err)
			}
		})
	}
}

func TestIdentifier(t *testing.T) {
	for tag, want := range map[string]string{
		"de": "German", "pt-BR": "BrazilianPortuguese", "zh-Hans": "SimplifiedChinese", "zh-Hant": "TraditionalChinese",
	} {
		if got := identifier(language.MustParse(tag)); got != want {
			t.Errorf("%s is called %s, want %s", tag, got, want)
		}
	}
}
