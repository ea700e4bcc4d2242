package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/unicode/norm"
)

// TestBranches runs scripts about what git and other tools do to locale files. A script starts on
// the branch main of a repository with the module in testdata/branches-shop, whose only commit has
// the tag base. Its German and its Polish are complete.
func TestBranches(t *testing.T) {
	t.Parallel()
	start := repositoryWithTranslations(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "branches"),
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, gitEnvironment()...)
			return os.CopyFS(env.WorkDir, os.DirFS(start))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"extract":   extract,
			"exits":     exits,
			"edit":      edit,
			"sub":       substitute,
			"git":       runGit,
			"commit":    commit,
			"merge":     mergeBranch,
			"twice":     twice,
			"put":       put,
			"is":        is,
			"all":       all,
			"states":    states,
			"mangle":    mangle,
			"age":       age,
			"untouched": untouched,
		},
	})
}

// gitEnvironment returns variables that make commits the same each time, hide the user's settings,
// and leave out what takes time and is not needed.
func gitEnvironment() []string {
	return []string{
		"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com",
		"GIT_AUTHOR_DATE=2026-01-01T12:00:00Z",
		"GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=ada@example.com",
		"GIT_COMMITTER_DATE=2026-01-01T12:00:00Z",
		"GIT_TEMPLATE_DIR=",  // A repository has no examples of hooks.
		"GIT_CONFIG_COUNT=2", // Commits and merges start no program that looks for garbage.
		"GIT_CONFIG_KEY_0=gc.auto", "GIT_CONFIG_VALUE_0=0",
		"GIT_CONFIG_KEY_1=maintenance.auto", "GIT_CONFIG_VALUE_1=false",
	}
}

// tryGit runs git in a folder, with gitEnvironment. It returns what git says, and whether it
// succeeded.
func tryGit(dir string, args ...string) (said string, ok bool) {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), gitEnvironment()...)
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}

// gitIn is like tryGit, but git must succeed.
func gitIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, ok := tryGit(dir, args...)
	if !ok {
		t.Fatalf("git %q: %s", args, out)
	}
	return out
}

// repositoryWithTranslations returns the folder in which each script starts. It skips the test if
// there is no git.
func repositoryWithTranslations(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "branches-shop"))); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir)
	mustRun(t, dir, "add", "de", "pl")
	for tag, forms := range translations {
		name := filepath.Join(dir, "locales", tag+".toml")
		text := read(t, name)
		for _, one := range forms {
			var err error
			if text, err = putForm(text, one[0], one[1]); err != nil {
				t.Fatal(err)
			}
		}
		write(t, text, name)
	}
	mustRun(t, dir)
	for _, args := range [][]string{
		{"init", "-q", "-b", "main"}, {"add", "."}, {"commit", "-q", "-m", "base"}, {"tag", "base"},
	} {
		gitIn(t, dir, args...)
	}
	return dir
}

var translations = map[string][][2]string{
	"de": {
		{"OUT_OF_STOCK.title.other", "Nicht vorrätig"},
		{"OUT_OF_STOCK.detail.one", "Nur noch ein Stück von {{.Item}}."},
		{"OUT_OF_STOCK.detail.other", "Nur noch {{.Left}} Stück von {{.Item}}."},
		{"OUT_OF_STOCK.help.other", "Wählen Sie eine kleinere Menge."},
		{"CARD_REFUSED.title.other", "Karte abgelehnt"},
		{"CARD_REFUSED.detail.other", "Die Bank hat die Karte abgelehnt."},
		{"CARD_REFUSED.help.other", "Verwenden Sie eine andere Karte."},
		{"labels.email.other", "E-Mail-Adresse"},
		{"labels.phone.other", "Telefonnummer"},
		{"labels.city.other", "Ort"},
		{"labels.name.other", "Name"},
	},
	"pl": {
		{"OUT_OF_STOCK.title.other", "Brak towaru"},
		{"OUT_OF_STOCK.detail.one", "Została tylko jedna sztuka: {{.Item}}."},
		{"OUT_OF_STOCK.detail.few", "Zostały tylko {{.Left}} sztuki: {{.Item}}."},
		{"OUT_OF_STOCK.detail.many", "Zostało tylko {{.Left}} sztuk: {{.Item}}."},
		{"OUT_OF_STOCK.help.other", "Wybierz mniejszą ilość."},
		{"CARD_REFUSED.title.other", "Karta odrzucona"},
		{"CARD_REFUSED.detail.other", "Bank odrzucił kartę."},
		{"CARD_REFUSED.help.other", "Użyj innej karty."},
		{"labels.email.other", "adres e-mail"},
		{"labels.phone.other", "numer telefonu"},
		{"labels.city.other", "miejscowość"},
		{"labels.name.other", "nazwisko"},
	},
}

// putForm sets a form, such as OUT_OF_STOCK.title.other, where its line begins with its name.
func putForm(file, form, text string) (string, error) {
	dot := strings.LastIndexByte(form, '.')
	head, form := "["+form[:dot]+"]\n", form[dot+1:]
	before, table, ok := strings.Cut(file, head)
	table, after, more := strings.Cut(table, "\n[")
	line := regexp.MustCompile(`(?m)^` + form + ` = .*$`)
	if at := line.FindStringIndex(table); ok && at != nil {
		table = table[:at[0]] + form + " = \"" + text + "\"" + table[at[1]:]
		if more {
			table += "\n["
		}
		return before + head + table + after, nil
	}
	return "", fmt.Errorf("no %s in the table %s of\n%s", form, head, file)
}

// put writes a translation as its translator does: put de OUT_OF_STOCK.title.other 'Ausverkauft'.
func put(ts *testscript.TestScript, _ bool, args []string) {
	name := "locales/" + args[0] + ".toml"
	text, err := putForm(ts.ReadFile(name), args[1], args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o666))
}

func runGit(ts *testscript.TestScript, neg bool, args []string) {
	if err := ts.Exec("git", args...); (err != nil) != neg {
		ts.Fatalf("git %q: %v", args, err)
	}
}

// commit commits what has changed in Go files and in locales: commit 'a message'.
func commit(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ts.Exec("git", "add", "--all", "--", "*.go", "locales"))
	ts.Check(ts.Exec("git", "commit", "-q", "-m", args[0]))
}

// mergeBranch merges a branch, which must not conflict: merge a. With a "!" it must, and the names
// of the conflicted files are on stdout.
func mergeBranch(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec("git", append([]string{"merge", "-q", "--no-edit"}, args...)...)
	if (err != nil) != neg {
		ts.Fatalf("git merge %q: %v", args, err)
	}
	if neg {
		ts.Check(ts.Exec("git", "diff", "--name-only", "--diff-filter=U"))
	}
}

// localeFiles returns the files below the script's folder locales.
func localeFiles(ts *testscript.TestScript) map[string]string {
	files := map[string]string{}
	read := func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		files[name] = string(text)
		return err
	}
	ts.Check(filepath.WalkDir(ts.MkAbs("locales"), read))
	return files
}

// twice runs the command, which must succeed, and then extract, which must find nothing to do. What
// the first run says is on stdout and stderr.
func twice(ts *testscript.TestScript, _ bool, args []string) {
	extract(ts, false, args)
	before := localeFiles(ts)
	again := runHere(ts)
	if again.code != exitOK || !strings.Contains(again.stdout, "up to date") {
		ts.Fatalf("the second run: exit code %d\n%s%s", again.code, again.stdout, again.stderr)
	}
	for name, text := range localeFiles(ts) {
		if before[name] != text {
			ts.Fatalf("the second run has changed %s to\n%s", name, text)
		}
	}
}

// statesOf returns the states of a locale's texts that are not translated, and its obsolete texts,
// a line each.
func statesOf(ts *testscript.TestScript, tag string) string {
	r := runHere(ts, "status", "--lang", tag, "--format", "json")
	if r.code != exitOK {
		ts.Fatalf("extract status --lang %s: exit code %d\n%s", tag, r.code, r.stderr)
	}
	var lines []string
	left := regexp.MustCompile(`"id": "(.*)",\s+"state": "(.*)"`)
	for _, m := range left.FindAllStringSubmatch(r.stdout, -1) {
		lines = append(lines, m[1]+" "+m[2])
	}
	text, err := os.ReadFile(ts.MkAbs("locales/_state/" + tag + ".obsolete"))
	if err == nil {
		heads := regexp.MustCompile(`(?m)^\s*\[(.*)\]`)
		for _, m := range heads.FindAllStringSubmatch(string(text), -1) {
			lines = append(lines, m[1]+" obsolete")
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// is wants a text to be in a state: is de OUT_OF_STOCK.title stale.
func is(ts *testscript.TestScript, neg bool, args []string) {
	tag, id, want := args[0], args[1], args[2]
	got, all := "translated", statesOf(ts, tag)
	if i := strings.Index("\n"+all, "\n"+id+" "); i >= 0 {
		got = strings.Fields(all[i:])[1]
	} else if !strings.Contains(ts.ReadFile("locales/"+tag+".toml"), "["+id+"]") {
		got = "nowhere"
	}
	if (got == want) == neg {
		ts.Fatalf("%s: %s is %s\n%s", tag, id, got, all)
	}
}

// all wants every text of a locale to be translated: all de.
func all(ts *testscript.TestScript, _ bool, args []string) {
	for _, tag := range args {
		if got := statesOf(ts, tag); got != "\n" {
			ts.Fatalf("%s:\n%s", tag, got)
		}
	}
}

// states writes the states of a locale's texts into a file: states de file.
func states(ts *testscript.TestScript, _ bool, args []string) {
	text := statesOf(ts, args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
}

// mangle does to a file what another tool does: mangle prettier locales/de.toml.
func mangle(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[1])
	got, err := manglers[args[0]](text)
	ts.Check(err)
	if got == text {
		ts.Fatalf("%s changes nothing in\n%s", args[0], text)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(got), 0o666))
}

var manglers = map[string]func(string) (string, error){
	"prettier": spaceComments,
	"dprint":   spaceComments,
	"encoder": func(text string) (string, error) {
		var tables map[string]any
		if _, err := toml.Decode(text, &tables); err != nil {
			return "", err
		}
		var b bytes.Buffer
		err := toml.NewEncoder(&b).Encode(tables)
		return b.String(), err
	},
	"strip": func(text string) (string, error) {
		return regexp.MustCompile(`(?m)^\s*#.*\n`).ReplaceAllString(text, ""), nil
	},
	"nfd": func(text string) (string, error) { return norm.NFD.String(text), nil },
	"crlf": func(text string) (string, error) {
		return "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"), nil
	},
}

// spaceComments does what the TOML formatters of prettier and dprint do to a file as extract writes
// it: a comment begins with a space.
func spaceComments(text string) (string, error) {
	return regexp.MustCompile(`(?m)^#([^ \n])`).ReplaceAllString(text, "# $1"), nil
}

// TestFormattersAreImitated compares with the formatters themselves, if they are installed.
func TestFormattersAreImitated(t *testing.T) {
	if os.Getenv("ERRLINGO_FORMATTERS") == "" {
		t.Skip("ERRLINGO_FORMATTERS is not set: it names the folder with the formatters")
	}
	start := repositoryWithTranslations(t)
	replace(t, start, "Choose a smaller quantity.", "Choose fewer pieces.")
	mustRun(t, start)
	for _, tool := range []string{"prettier", "dprint"} {
		t.Run(tool, func(t *testing.T) {
			dir := duplicate(t, start)
			locales := filepath.Join(dir, "locales")
			format := exec.Command("node", filepath.Join("testdata", "format.mjs"), tool, locales)
			if out, err := format.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for _, name := range []string{"de.toml", "pl.toml"} {
				want := read(t, locales, name)
				if got, err := manglers[tool](read(t, start, "locales", name)); got != want {
					t.Errorf("%s: %v; the imitation is\n%s\nwant\n%s", name, err, got, want)
				}
			}
		})
	}
}
