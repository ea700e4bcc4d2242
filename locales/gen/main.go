// Command gen makes docs/glossary.md, so that translators can read the glossary of the standard
// codes. It runs in the folder of the locale files. With a package it makes languages.go instead,
// which embeds each locale file on its own, and runs in the folder of the package.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func main() {
	log.SetFlags(0)
	pkg := flag.String("languages", "", "make languages.go for the `package`")
	folder := flag.String("folder", ".", "the folder of the locale files, from the package")
	flag.Parse()
	if *pkg != "" {
		write("languages.go", func() ([]byte, error) { return languagesOf(*pkg, ".", *folder) })
		return
	}
	src, err := os.ReadFile(filepath.Join("_state", "glossary.toml"))
	if err != nil {
		log.Fatal(err)
	}
	write(filepath.Join("..", "docs", "glossary.md"), func() ([]byte, error) {
		return pageOf(string(src))
	})
}

// write writes a generated file.
func write(name string, generate func() ([]byte, error)) {
	content, err := generate()
	if err == nil {
		err = os.WriteFile(name, content, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

const head = `<!-- Generated from locales/_state/glossary.toml by go generate ./locales. DO NOT EDIT. -->

# Glossary

The texts of the standard codes use one word for one thing. The rule ` + "`term`" + ` reports the words
under "not", as [lint.md](lint.md#the-glossary) explains. Three dots mean that a word may go on.
`

// words are what the glossary says of a term in one language.
type words struct {
	Allowed, Forbidden []string
	Note               string
}

// pageOf returns the page for a glossary. Terms are in the order of the glossary.
func pageOf(glossary string) ([]byte, error) {
	var terms map[string]map[string]words
	meta, err := toml.Decode(glossary, &terms)
	if err != nil {
		return nil, err
	}
	rows := map[string][]string{}
	for _, key := range meta.Keys() {
		if len(key) == 2 {
			term, tag := key[0], key[1]
			rows[tag] = append(rows[tag], row(term, terms[term][tag]))
		}
	}
	page := []byte(head)
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		tag, err := language.Parse(name)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
		page = fmt.Appendf(page, "\n## %s\n\n| term | write | not | note |\n|---|---|---|---|\n%s",
			display.English.Tags().Name(tag), strings.Join(rows[name], ""))
	}
	return page, nil
}

func row(term string, w words) string {
	if term == "*" {
		term = "all texts"
	}
	list := func(words ...string) string {
		return strings.ReplaceAll(cmp.Or(strings.Join(words, ", "), "–"), "*", "…")
	}
	return fmt.Sprintf("| %s | %s | %s | %s |\n", list(term), list(w.Allowed...),
		list(w.Forbidden...), w.Note)
}
