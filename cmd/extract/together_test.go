package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

// declareCode adds a Go file with one more code to a module, as a whole.
func declareCode(t *testing.T, dir string, n int) {
	t.Helper()
	text := fmt.Sprintf("package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n"+
		"var Code%[1]d = Domain.Define(%[1]d, \"CODE_%[1]d\", catalog.Spec{Title: \"Code %[1]d\", HTTP: 400})\n", n)
	name := filepath.Join(dir, fmt.Sprintf("code%d.go", n))
	if err := errors.Join(os.WriteFile(name+".new", []byte(text), 0o666), os.Rename(name+".new", name)); err != nil {
		t.Error(err)
	}
}

// TestManyAtOnce lets many people declare a code each and extract at the same time. No code may be lost.
func TestManyAtOnce(t *testing.T) {
	people, rounds := 20, 20
	if testing.Short() {
		people, rounds = 8, 2
	}
	extract, err := exec.LookPath("extract")
	if err != nil {
		t.Fatal(err)
	}
	for range rounds {
		dir := shop(t)
		mustRun(t, dir)
		mustRun(t, dir, "add", "de", "pl")
		translated := strings.Replace(read(t, dir, "locales", "de.toml"), `other = ""`, `other = "Nicht vorrätig"`, 1)
		write(t, translated, dir, "locales", "de.toml")
		var all sync.WaitGroup
		for n := range people {
			all.Go(func() {
				declareCode(t, dir, 2000+n)
				cmd := exec.Command(extract)
				cmd.Dir = dir
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
		all.Wait()
		checkCodes(t, dir, people)
		if r := runIn(t, dir, "check"); r.code != exitOK {
			t.Errorf("check: %+v", r)
		}
		if t.Failed() {
			return
		}
	}
}

// checkCodes wants every code in every file, a translation that is still there, and nothing else in the folder.
func checkCodes(t *testing.T, dir string, people int) {
	t.Helper()
	for _, name := range []string{"en.toml", "de.toml", "pl.toml"} {
		var tables map[string]map[string]map[string]string
		text := read(t, dir, "locales", name)
		if _, err := toml.Decode(text, &tables); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for n := range people {
			if _, ok := tables[fmt.Sprintf("CODE_%d", 2000+n)]["title"]["other"]; !ok {
				t.Errorf("%s: code %d is lost", name, 2000+n)
			}
		}
		if strings.Contains(text, "\n#~ ") {
			t.Errorf("%s has obsolete texts", name)
		}
	}
	if !strings.Contains(read(t, dir, "locales", "de.toml"), "Nicht vorrätig") {
		t.Error("a translation is lost")
	}
	if ledger := read(t, dir, "locales", "codes.lock"); strings.Count(ledger, "\n") != people+2 || strings.Contains(ledger, "retired") {
		t.Errorf("the ledger has\n%s", ledger)
	}
	if got, want := strings.Join(names(t, dir), " "), ".gitattributes codes.lock de.toml en.toml locales.go pl.toml"; got != want {
		t.Errorf("the folder has %s", got)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "locales"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestKilled kills runs at any moment. Each file then has its old bytes or its new ones, and the next run arrives where an
// undisturbed one does.
func TestKilled(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	extract, err := exec.LookPath("extract")
	if err != nil {
		t.Fatal(err)
	}
	before := shop(t)
	mustRun(t, before)
	mustRun(t, before, "add", "ar", "cs", "da", "de", "es", "fi", "fr", "he", "it", "ja", "pl")
	for name, text := range files(t, before) {
		// Without what extract knows of the source texts, they are what en.toml says.
		if strings.HasSuffix(name, ".toml") && name != "en.toml" {
			text = strings.ReplaceAll(text, "\n#. en", "\n# en")
			write(t, strings.Replace(text, `""`, `"x"`, 1), before, "locales", name)
		}
	}
	replace(t, before, `"Out of stock"`, `"Sold out"`)
	declareCode(t, before, 2000)
	undisturbed := duplicate(t, before)
	start := time.Now()
	cmd := exec.Command(extract)
	cmd.Dir = undisturbed
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(start)
	old, wanted := files(t, before), files(t, undisturbed)
	cut := 0
	for range kills {
		dir := duplicate(t, before)
		cmd := exec.Command(extract)
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(took + took/4))))
		_ = cmd.Process.Kill() // It may have ended.
		if cmd.Wait() != nil {
			cut++
		}
		for name, text := range files(t, dir) {
			if !strings.HasPrefix(name, ".extract") && !strings.HasSuffix(name, ".extract-new") && text != old[name] && text != wanted[name] {
				t.Errorf("%s is torn:\n%s", name, text)
			}
		}
		mustRun(t, dir)
		again := files(t, dir)
		for name := range wanted {
			if again[name] != wanted[name] {
				t.Errorf("%s is not as after an undisturbed run:\n%s", name, again[name])
			}
		}
		if len(again) != len(wanted) {
			t.Errorf("the folder has %q", names(t, dir))
		}
		if t.Failed() {
			return
		}
		os.RemoveAll(dir)
	}
	t.Logf("%d of %d runs were cut off; one takes %v", cut, kills, took.Round(time.Millisecond))
}

func duplicate(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// files returns what the locales folder of a module has.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range names(t, dir) {
		all[name] = read(t, dir, "locales", name)
	}
	return all
}
