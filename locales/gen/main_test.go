package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

func TestPageIsUpToDate(t *testing.T) {
	src, err := os.ReadFile("../_state/glossary.toml")
	if err != nil {
		t.Fatal(err)
	}
	want, err := pageOf(string(src))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile("../../docs/glossary.md"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/glossary.md is not what the generator makes; run go generate ./locales (%v)", err)
	}
}

func TestPage(t *testing.T) {
	for _, tt := range []struct{ name, glossary, want string }{
		{
			name: "two languages",
			glossary: "[file.de]\nallowed = [\"Datei\", \"Akte\"]\nforbidden = [\"File*\"]\nnote = \"Short.\"\n" +
				"[file.ar]\nallowed = [\"ملف\"]\n[\"*\".de]\nforbidden = [\"du\"]",
			want: "## Arabic\n\n| term | write | not | note |\n|---|---|---|---|\n| file | ملف | – |  |\n\n" +
				"## German\n\n| term | write | not | note |\n|---|---|---|---|\n" +
				"| file | Datei, Akte | File… | Short. |\n| all texts | – | du |  |\n",
		},
		{name: "not TOML", glossary: "[file.de"},
		{name: "not a language", glossary: "[file.german_]\nallowed = [\"x\"]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page, err := pageOf(tt.glossary)
			if (err == nil) != (tt.want != "") || !strings.HasSuffix(string(page), tt.want) {
				t.Errorf("got %s, %v", page, err)
			}
		})
	}
}
