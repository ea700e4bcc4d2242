package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFormatters runs formatters that people use over locale files with texts in every state. No
// state may be lost: what a formatter does to comments, blank lines and the order of keys is the
// files' look and not their meaning.
//
// The formatters are npm packages in the folder that ERRLINGO_FORMATTERS names; .ci/run installs
// them.
func TestFormatters(t *testing.T) {
	if os.Getenv("ERRLINGO_FORMATTERS") == "" {
		t.Skip("ERRLINGO_FORMATTERS is not set: it names the folder with the formatters")
	}
	start := shopInEveryState(t)
	if _, err := os.Stat(filepath.Join(start, "locales", "_state")); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the state of texts is in comments, which formatters change")
	}
	for _, tool := range []string{"prettier", "dprint", "taplo", "taplo-sorted"} {
		t.Run(tool, func(t *testing.T) {
			t.Parallel()
			dir := duplicate(t, start)
			before, stateBefore := status(t, dir), stateFiles(t, dir)
			written := files(t, dir)
			locales := filepath.Join(dir, "locales")
			format := exec.Command("node", filepath.Join("testdata", "format.mjs"), tool, locales)
			if out, err := format.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			formatted := files(t, dir)
			if formatted["de.toml"] == written["de.toml"] {
				t.Error("the formatter changed nothing")
			}
			if got := status(t, dir); got != before {
				t.Errorf("after the formatter the status is\n%s\nwant\n%s", got, before)
			}
			mustRun(t, dir)
			if got := status(t, dir); got != before {
				t.Errorf("after extract the status is\n%s\nwant\n%s", got, before)
			}
			if got := stateFiles(t, dir); got != stateBefore {
				t.Errorf("the state is\n%s\nwant\n%s", got, stateBefore)
			}
			after := files(t, dir)
			if strings.Contains(after["de.toml"], "\n# .") || strings.Contains(after["de.toml"], "\n# ,") {
				t.Errorf("extract did not write its comments anew:\n%s", after["de.toml"])
			}
			if r := runIn(t, dir); r.code != exitOK || !strings.Contains(r.stdout, "up to date") {
				t.Errorf("the second run wrote something: %+v", r)
			}
			// Whoever runs the formatter again, for instance in a commit hook, loses nothing either.
			if out, err := exec.Command("node", format.Args[1:]...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if got := status(t, dir); got != before {
				t.Errorf("after the formatter's second run the status is\n%s\nwant\n%s", got, before)
			}
		})
	}
}

// shopInEveryState returns a module whose file de.toml has a text that is translated, one that is
// stale, one to review, one that is missing, and one that has become obsolete.
func shopInEveryState(t *testing.T) string {
	t.Helper()
	dir := shop(t)
	declareCode(t, dir, 2000)
	declareCode(t, dir, 2001)
	mustRun(t, dir)
	mustRun(t, dir, "add", "de", "pl")
	translate := func(part, old, replacement string) {
		t.Helper()
		text := read(t, dir, "locales", "de.toml")
		before, after, ok := strings.Cut(text, "["+part+"]\n")
		if !ok || !strings.Contains(after, old) {
			t.Fatalf("%s: no %q in\n%s", part, old, text)
		}
		after = strings.Replace(after, old, replacement, 1)
		write(t, before+"["+part+"]\n"+after, dir, "locales", "de.toml")
	}
	translate("OUT_OF_STOCK.title", `other = ""`, `other  =  'Nicht vorrätig'   # a comment`)
	translate("OUT_OF_STOCK.detail", `one = ""`, `one = "Nur noch ein {{.Item}}."`)
	translate("OUT_OF_STOCK.detail", `other = ""`, `other = "Nur noch {{.Left}} {{.Item}}."`)
	translate("OUT_OF_STOCK.help", `other = ""`, `other = "Wählen Sie weniger."`)
	translate("CODE_2001.title", `other = ""`, `other = "Code zweitausendeins"`)
	mustRun(t, dir)
	state := regexp.MustCompile(`(?m)^OUT_OF_STOCK\.help\..*`).
		ReplaceAllString(read(t, dir, "locales", "_state", "de.lock"), "$0 review")
	write(t, state, dir, "locales", "_state", "de.lock")
	replace(t, dir, `"Out of stock"`, `"Sold out"`)
	if err := os.Remove(filepath.Join(dir, "code2001.go")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir)
	for _, want := range []string{`"missing": 2`, `"stale": 1`, `"review": 1`, `"obsolete": 1`} {
		if got := status(t, dir); !strings.Contains(got, want) {
			t.Fatalf("the status has no %s:\n%s\n%s", want, got, read(t, dir, "locales", "de.toml"))
		}
	}
	return dir
}

func status(t *testing.T, dir string) string {
	t.Helper()
	r := runIn(t, dir, "status", "--format", "json")
	if r.code != exitOK {
		t.Fatalf("status: %+v", r)
	}
	return r.stdout
}

// stateFiles returns the files below locales/_state with their names.
func stateFiles(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	all := files(t, dir)
	for _, name := range names(t, dir) {
		if strings.HasPrefix(name, "_state/") {
			b.WriteString("-- " + name + " --\n" + all[name])
		}
	}
	return b.String()
}
