package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestApertium has Apertium, a program for machine translation, draft the Spanish of the shop and of
// the standard codes. Nobody's text changes, and a draft that is taken over is to be reviewed.
//
// .ci/tools installs Apertium.
func TestApertium(t *testing.T) {
	t.Parallel()
	needs(t, python+" --version && apertium -l | grep -w eng-spa")
	engine, err := filepath.Abs(filepath.Join("testdata", "apertium.py"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	repository := filepath.Join("..", "..")
	for _, folder := range []string{"catalog", "examples/shop", "internal", "locales", "problem"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(repository, folder))); err != nil {
			t.Fatal(err)
		}
	}
	for _, pattern := range []string{"*/es.*", "*/*/es.*", "*/*/*/es.*", "*/*/*/*/es.*"} {
		spanish, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range spanish {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	root, err := filepath.Glob(filepath.Join(repository, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(root, filepath.Join(repository, "go.mod")) {
		write(t, read(t, name), dir, filepath.Base(name))
	}
	mustRun(t, dir, "add", "es")
	tests := []struct {
		name, folder   string
		person, source string // a text that a person has written
		written        string
		taken          string
	}{
		{"shop", "examples/shop/locales", "VOUCHER_EXPIRED.title", "Voucher expired", "Vale caducado", "OUT_OF_STOCK.detail"},
		{"standard", "locales", "FILE_TOO_LARGE.title", "File too large", "Archivo demasiado grande", "FILE_TOO_LARGE.detail"},
	}
	if !long() {
		tests = tests[:1] // There are four times as many standard texts.
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// everything returns all files of the folder but the drafts.
			everything := func() string {
				var all strings.Builder
				err := filepath.WalkDir(filepath.Join(dir, test.folder), func(name string, d fs.DirEntry, err error) error {
					if err == nil && !d.IsDir() && filepath.Base(name) != "es.draft" {
						all.WriteString(name + "\n" + read(t, name))
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				return all.String()
			}
			file := filepath.Join(dir, test.folder, "es.toml")
			old := "[" + test.person + "]\n#. en: \"" + test.source + "\"\nother = \"\""
			src := read(t, file)
			if strings.Count(src, old) != 1 {
				t.Fatalf("%s has no\n%s", file, old)
			}
			write(t, strings.Replace(src, old, strings.Replace(old, `""`, `"`+test.written+`"`, 1), 1), file)
			mustRun(t, dir)
			before := everything()

			missing := strings.Count(runIn(t, dir, "status", "--lang", "es").stdout, "\n"+test.folder+"/") // a line each
			missing += 2                                                                                   // the texts for exactly zero, which are optional
			draft := []string{"draft", "--lang", "es", "--domain", test.name, "--tool", "Apertium", "--", python, engine, "eng-spa"}
			first := runIn(t, dir, draft...)
			drafts := read(t, dir, test.folder, "_state", "es.draft")
			kept, dropped := strings.Count(drafts, "draft by Apertium"), strings.Count(first.stderr, "is dropped: ")
			t.Logf("%d texts are missing, %d have a draft, %d were dropped:\n%s", missing, kept, dropped, first.stderr)
			if first.code != exitOK || kept+dropped != missing || kept < missing*3/4 {
				t.Errorf("exit code %d\n%s", first.code, first.stdout)
			}
			if strings.Contains(drafts, "["+test.person+"]") || regexp.MustCompile(`\b7000\d`).MatchString(drafts) {
				t.Errorf("a draft of a person's text, or without its placeholder:\n%s", drafts)
			}
			if after := everything(); after != before {
				t.Errorf("a file has changed:\n%s", after)
			}

			second := runIn(t, dir, draft...)
			asked := strings.Contains(second.stdout, ", 0 new\n") // about what was dropped
			if second.code != exitOK || asked != (dropped > 0) || second.stderr != first.stderr {
				t.Errorf("the second time, exit code %d\n%s%s", second.code, second.stdout, second.stderr)
			}
			if again := read(t, dir, test.folder, "_state", "es.draft"); again != drafts || everything() != before {
				t.Errorf("the second time, a file has changed:\n%s", again)
			}

			mustRun(t, dir, "draft", "--lang", "es", "--domain", test.name, "--take", test.taken)
			if got := runIn(t, dir, "status", "--lang", "es").stdout; !regexp.MustCompile(test.folder + `/es.toml:\d+:1: ` + test.taken + " review\n").MatchString(got) {
				t.Errorf("%s is not to be reviewed:\n%s", test.taken, got)
			}
			if !strings.Contains(read(t, file), `other = "`+test.written+`"`) {
				t.Errorf("the person's %s is gone", test.person)
			}
		})
	}
}
