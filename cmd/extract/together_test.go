package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/BurntSushi/toml"
)

// declareCode adds a Go file with one more code to a module.
func declareCode(t *testing.T, dir string, n int) {
	t.Helper()
	text := fmt.Sprintf("package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n"+
		"var Code%[1]d = Domain.Define(%[1]d, \"CODE_%[1]d\", "+
		"catalog.Spec{Title: \"Code %[1]d\", HTTP: 400})\n", n)
	name := filepath.Join(dir, fmt.Sprintf("code%d.go", n))
	temp := name + ".new" // a run that reads the folder now must not see half a file
	if err := errors.Join(os.WriteFile(temp, []byte(text), 0o666), os.Rename(temp, name)); err != nil {
		t.Error(err)
	}
}

// long reports whether the long tests run, too: .ci/long sets the variable.
func long() bool { return os.Getenv("ERRLINGO_LONG") != "" }

// TestManyAtOnce lets many people declare a code each and extract at the same time, while another
// program reads the files over and over. No code may be lost, and no file be seen half written.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	people, rounds := 12, 2
	if long() {
		people, rounds = 50, 20
	}
	extract, err := exec.LookPath("extract")
	if err != nil {
		t.Fatal(err)
	}
	for range rounds {
		dir := shop(t)
		mustRun(t, dir)
		mustRun(t, dir, "add", "de", "pl")
		text := read(t, dir, "locales", "de.toml")
		text = strings.Replace(text, `other = ""`, `other = "Nicht vorrätig"`, 1)
		write(t, text, dir, "locales", "de.toml")
		stop := readOver(t, dir)
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
		if stop() == 0 {
			t.Error("the files were never read")
		}
		checkCodes(t, dir, people)
		if r := runIn(t, dir, "check"); r.code != exitOK {
			t.Errorf("check: %+v", r)
		}
		if t.Failed() {
			return
		}
	}
}

// readOver reads the locale files of a module over and over, each of which must be whole. The
// function that it returns ends that, and returns how many files were read.
func readOver(t *testing.T, dir string) (stop func() int) {
	done, reads := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for {
			for _, name := range []string{"en.toml", "de.toml", "pl.toml"} {
				var tables map[string]any
				path := filepath.Join(dir, "locales", name)
				if _, err := toml.DecodeFile(path, &tables); err != nil || tables["OUT_OF_STOCK"] == nil {
					t.Errorf("%s is torn: %v", name, err)
				}
				n++
			}
			select {
			case <-done:
				reads <- n
				return
			default:
			}
		}
	}()
	return func() int {
		close(done)
		return <-reads
	}
}

// checkCodes expects every code in every file, a translation that is still there, and no obsolete
// text or temporary file.
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
	ledger := read(t, dir, "locales", "codes.lock")
	if strings.Count(ledger, "\n") != people+2 || strings.Contains(ledger, "retired") {
		t.Errorf("the ledger has\n%s", ledger)
	}
	for _, name := range names(t, dir) {
		if isLeftOver(name) || strings.HasSuffix(name, ".obsolete") {
			t.Errorf("the folder has %s", name)
		}
	}
}

// isLeftOver reports whether the name is that of a temporary file or of the lock.
func isLeftOver(name string) bool {
	return strings.HasSuffix(name, ".extract-new") || strings.HasSuffix(name, ".extract.lock")
}

// names returns the sorted names of the files in a module's locales folder and the folders in it.
func names(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	walk := func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	}
	err := fs.WalkDir(os.DirFS(filepath.Join(dir, "locales")), ".", walk)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

// files returns the contents of the files that names returns.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range names(t, dir) {
		all[name] = read(t, dir, "locales", name)
	}
	return all
}

// TestDeterministic runs the command on copies of a module whose Go files were written in many
// orders. All of them get the same files and say the same.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	runs := 10
	if long() {
		runs = 100
	}
	extract := func() string {
		dir := shop(t)
		mustRun(t, dir, "add", "ar", "de", "pl")
		for _, n := range rand.Perm(20) {
			declareCode(t, dir, 2000+n)
		}
		var said strings.Builder
		for _, args := range [][]string{{}, {"check"}, {"status"}, {"list"}} {
			r := runIn(t, dir, args...)
			fmt.Fprintln(&said, r.code, r.stdout, r.stderr)
		}
		all := files(t, dir)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			fmt.Fprintln(&said, name, all[name])
		}
		return said.String()
	}
	first := extract()
	for range runs {
		if again := extract(); again != first {
			t.Fatalf("got\n%s\nand before\n%s", again, first)
		}
	}
}
