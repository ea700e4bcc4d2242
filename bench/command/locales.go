package main

import (
	"crypto/sha1"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// targets are the locales besides English.
var targets = []string{"de", "fr", "es", "pt", "it", "nl", "sv", "da", "pl"}

var emptyText = regexp.MustCompile(`(?m)^other = ""$`)

// translate fills in every empty text in the files of the tags.
func translate(dir string, tags []string) error {
	for _, tag := range tags {
		path := filepath.Join(dir, tag+".toml")
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n := -1
		filled := emptyText.ReplaceAllStringFunc(string(src), func(string) string {
			n++
			if n%2 == 1 {
				return fmt.Sprintf("other = \"Nichts mehr von {{.Item}} in %d (%s).\"", n/2, tag)
			}
			return fmt.Sprintf("other = \"Bestellung %d (%s)\"", n/2, tag)
		})
		if err := os.WriteFile(path, []byte(filled), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writeGoI18n writes the files that goi18n merges: English, and each target with all texts
// translated.
func writeGoI18n(dir string, from, to int) error {
	if err := writeFile(dir, "active.en.toml", english(from, to)); err != nil {
		return err
	}
	for _, tag := range targets {
		var b strings.Builder
		for n := from; n < to; n++ {
			fmt.Fprintf(&b, "[CODE_%d.detail]\nhash = %q\n"+
				"other = \"Nichts mehr von {{.Item}} in %d (%s).\"\n\n", n, hash(detail(n)), n, tag)
			fmt.Fprintf(&b, "[CODE_%d.title]\nhash = %q\nother = \"Bestellung %d (%s)\"\n\n", n,
				hash(title(n)), n, tag)
		}
		if err := writeFile(dir, "active."+tag+".toml", b.String()); err != nil {
			return err
		}
	}
	return nil
}

// english returns the source texts of some codes, as goi18n extract writes them.
func english(from, to int) string {
	var b strings.Builder
	for n := from; n < to; n++ {
		fmt.Fprintf(&b, "[CODE_%d.detail]\nother = %q\n\n[CODE_%d.title]\nother = %q\n\n", n, detail(n),
			n, title(n))
	}
	return b.String()
}

// hash is what goi18n stores of a source text.
func hash(text string) string { return fmt.Sprintf("sha1-%x", sha1.Sum([]byte(text))) }

// copyTree replaces the contents of a folder with those of another.
func copyTree(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.CopyFS(to, os.DirFS(from))
}
