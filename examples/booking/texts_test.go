package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/errtest"
)

var update = flag.Bool("update", false, "write testdata/texts.*.txt and the table in README.md")

// TestTexts checks the locale files, and that they are up to date.
func TestTexts(t *testing.T) { catalogtest.Check(t, Domain, locales, catalogtest.Strict()) }

// TestEveryText compares all texts, as readers see them, with a file per language.
func TestEveryText(t *testing.T) {
	bundle := texts(t)
	all := map[string]*strings.Builder{}
	for _, tag := range bundle.Locales() {
		all[tag.String()] = new(strings.Builder)
	}
	for r := range errtest.Texts(bundle, Domain) {
		m := r.Message
		fmt.Fprintf(all[r.Locale.String()], "%s: %s. %s %s\n", r.Code.Name(), m.Title, m.Detail, m.Help)
	}
	for _, count := range []int{0, 1, 2, 3, 11, 100} {
		for _, phrase := range []*catalog.Phrase{SeatsLeft.With(Left.Arg(count)), SeatsCounted.With(Count.Arg(count)),
			Failures.With(Count.Arg(count)), Confirmed.With(Count.Arg(count), Play.Arg(SwanLake), Starts.Arg(time.Date(2026, time.March, 31, 19, 30, 0, 0, time.UTC)))} {
			for tag, text := range all {
				fmt.Fprintf(text, "%s, %d: %s\n", phrase.Name(), count, bundle.Localizer(tag).Phrase(phrase))
			}
		}
		for tag, text := range all {
			err := NotEnoughSeats.New(Left.Arg(count), Play.Arg(MagicFlute))
			fmt.Fprintf(text, "%s, %d: %s\n", NotEnoughSeats.Name(), count, bundle.Localizer(tag).Detail(err))
		}
	}
	for tag, text := range all {
		golden(t, filepath.Join("testdata", "texts."+tag+".txt"), text.String())
	}
}

// golden compares a text with a file, or writes the file.
func golden(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs; run go test -update and read what changes:\n%s", file, text)
	}
}
