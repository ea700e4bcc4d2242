package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
)

// TestNoUnreachableForm checks that a locale file has exactly the plural forms that a whole number
// can take. Weblate knows no other ones, and drops them when it saves a file.
func TestNoUnreachableForm(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"be": {"few", "many", "one"},
		"cs": {"few", "one", "other"},
		"lt": {"few", "one", "other"},
		"pl": {"few", "many", "one"},
		"ru": {"few", "many", "one"},
		"sk": {"few", "one", "other"},
		"uk": {"few", "many", "one"},
	}
	dir := shop(t)
	mustRun(t, dir)
	for tag := range want {
		mustRun(t, dir, "add", tag)
	}
	check := func() {
		t.Helper()
		for tag, want := range want {
			var tables map[string]map[string]map[string]string
			name := filepath.Join(dir, "locales", tag+".toml")
			if _, err := toml.DecodeFile(name, &tables); err != nil {
				t.Fatal(err)
			}
			var got []string
			for form := range tables["OUT_OF_STOCK"]["detail"] {
				got = append(got, form)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: the forms are %q, want %q", tag, got, want)
			}
			reachable := plural.For(language.MustParse(tag)).Integers()
			for _, form := range got {
				if c, ok := plural.ParseCategory(form); !ok || !reachable.Has(c) {
					t.Errorf("%s: no whole number takes the form %s", tag, form)
				}
			}
		}
	}
	check()
	// Nor does a change of the source text bring one in, or a code that goes and comes back.
	replace(t, dir, "Only {{.Left}} pieces", "{{.Left}} pieces")
	mustRun(t, dir)
	check()
	for tag := range want {
		name := filepath.Join(dir, "locales", tag+".toml")
		text, err := putForm(read(t, name), "OUT_OF_STOCK.detail.few", "{{.Left}} × {{.Item}}")
		if err != nil {
			t.Fatal(err)
		}
		write(t, text, name)
	}
	mustRun(t, dir)
	check()
	source := read(t, dir, "shop.go")
	replace(t, dir, "1201", "1202")
	replace(t, dir, "OUT_OF_STOCK", "SOLD_OUT")
	mustRun(t, dir, "--allow-shrink")
	write(t, source, dir, "shop.go")
	mustRun(t, dir, "--allow-shrink")
	check()
}
