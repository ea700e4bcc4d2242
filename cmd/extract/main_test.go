package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/environ"
)

var update = flag.Bool("update", false, "write what the command says into the scripts and into docs/extract.md")

// TestMain runs the tests, or one of the programs that they start. The command is in the PATH as
// well, but not one of the programs of testscript: in a script, extract runs it in this process.
func TestMain(m *testing.M) {
	if name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"); name == commandName {
		os.Args[0] = name // as if it was found in the PATH
		main()
	}
	testscript.Main(linked{m}, map[string]func(){
		"extract-traced": tracedMain, "extract-measured": measuredMain, "hostile-engine": hostileMain,
	})
}

// linked runs the tests with the command in the PATH.
type linked struct{ *testing.M }

func (l linked) Run() int {
	program, err := exec.LookPath("extract-traced")
	if err == nil {
		link := commandName + filepath.Ext(program)
		err = os.Link(program, filepath.Join(filepath.Dir(program), link))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return l.M.Run()
}

// measuredMain is the command, except that it says last on stderr how much memory its process had
// at most, in KiB. The pages of the program's file don't count: this file has the tests as well, and
// what these take otherwise is as much as the pages of the command's own file, 11 MiB. It works on
// Linux only.
func measuredMain() {
	code := runProcess(context.Background())
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	kib := func(name string) int {
		_, rest, _ := strings.Cut(string(status), "\n"+name+":")
		n, err := strconv.Atoi(strings.Fields(rest)[0])
		if err != nil {
			panic(err)
		}
		return n
	}
	fmt.Fprintf(os.Stderr, "\npeak: %d", kib("VmHWM")-kib("RssFile"))
	os.Exit(code)
}

// TestScripts runs the command as its users do, one script a topic. A script starts in a module
// with one code, the one in testdata/shop, unless it brings a module of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Vars = slices.Concat(env.Vars, gitEnvironment(), goEnvironment())
			return copyShop(env.WorkDir)
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"extract":   extract,
			"exits":     exits,
			"edit":      edit,
			"goi18n":    loadsWithGoI18n,
			"age":       age,
			"untouched": untouched,
			"newline":   newline,
			"sub":       substitute,
			"buildable": buildable,
		},
	})
}

// copyShop puts the files of testdata/shop into a folder, unless it is a module already.
func copyShop(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
		return nil
	}
	return os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "shop")))
}

// extract runs the command in this process: extract add de. What takes a process of its own, such
// as another PATH, says exec extract.
func extract(ts *testscript.TestScript, neg bool, args []string) {
	if code := say(ts, runHere(ts, args...)); (code == exitOK) == neg {
		ts.Fatalf("exit code %d", code)
	}
}

// exits runs the command and wants an exit code of it: exits 2 extract check, or exits 2 exec
// extract check for a process of its own.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	var got int
	switch args[1] {
	case "extract":
		got = say(ts, runHere(ts, args[2:]...))
	case "exec":
		got = exitCode(ts, ts.Exec(args[2], args[3:]...))
	default:
		ts.Fatalf("usage: exits code [exec] extract argument...")
	}
	if (got == want) == neg {
		ts.Fatalf("exit code %d", got)
	}
}

// exitCode returns the exit code of a program that has run.
func exitCode(ts *testscript.TestScript, err error) int {
	if err == nil {
		return exitOK
	}
	failed, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		ts.Fatalf("%v", err)
	}
	return failed.ExitCode()
}

// runHere runs the command in this process, in the script's folder and with its variables. If it
// panics, the script fails.
func runHere(ts *testscript.TestScript, args ...string) result {
	var stdout, stderr bytes.Buffer
	env := inProcess(ts.MkAbs("."), args...)
	env.environ, env.stdout, env.stderr = variablesOf(ts), &stdout, &stderr
	if env.environ.Get("PATH") != os.Getenv("PATH") {
		ts.Fatalf("programs are searched for in the PATH of the process: use exec extract")
	}
	defer func() {
		if v := recover(); v != nil {
			ts.Fatalf("extract %q: panic: %v\n%s%s%s", args, v, &stdout, &stderr, debug.Stack())
		}
	}()
	return result{run(context.Background(), env), stdout.String(), stderr.String()}
}

// say puts what a run said on stdout and stderr of the script. It returns the exit code.
func say(ts *testscript.TestScript, r result) int {
	fmt.Fprint(ts.Stdout(), r.stdout)
	fmt.Fprint(ts.Stderr(), r.stderr)
	return r.code
}

// variablesOf returns the environment variables of a script. It has no method that returns them
// all.
func variablesOf(ts *testscript.TestScript) environ.Variables {
	var all environ.Variables
	field := reflect.ValueOf(ts).Elem().FieldByName("env")
	for i := range field.Len() {
		all = append(all, field.Index(i).String())
	}
	return all
}

// edit replaces the only occurrence of a text in a file, as somebody with an editor does: edit file
// old new. The sequence \n stands for a line's end.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	unescape := strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\ufeff`, "\ufeff")
	old, replacement := unescape.Replace(args[1]), unescape.Replace(args[2])
	text := ts.ReadFile(args[0])
	if n := strings.Count(text, old); n != 1 {
		ts.Fatalf("%q stands %d times in %s:\n%s", old, n, args[0], text)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, old, replacement, 1)), 0o666))
}

// substitute replaces every match of a regular expression in a file: sub file pattern replacement.
func substitute(ts *testscript.TestScript, _ bool, args []string) {
	pattern := regexp.MustCompile("(?m)" + args[1])
	file := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(file, pattern.ReplaceAll([]byte(ts.ReadFile(args[0])), []byte(args[2])), 0o666))
}

// loadsWithGoI18n loads locale files with go-i18n: goi18n locales/de.toml OUT_OF_STOCK.title 'Nicht
// vorrätig'.
func loadsWithGoI18n(ts *testscript.TestScript, _ bool, args []string) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	file, err := bundle.ParseMessageFileBytes([]byte(ts.ReadFile(args[0])), filepath.Base(args[0]))
	ts.Check(err)
	for i := 1; i+1 < len(args); i += 2 {
		got := "no message"
		for _, m := range file.Messages {
			if m.ID == args[i] {
				got = m.Other
			}
		}
		if got != args[i+1] {
			ts.Fatalf("%s: go-i18n reads %q, want %q", args[i], got, args[i+1])
		}
	}
}

var longAgo = time.Unix(1_000_000_000, 0)

// age makes files look old.
func age(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		ts.Check(os.Chtimes(ts.MkAbs(name), longAgo, longAgo))
	}
}

// untouched wants files to look as old as age made them.
func untouched(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if info.ModTime().Equal(longAgo) == neg {
			ts.Fatalf("%s was written at %v", name, info.ModTime())
		}
	}
}

// newline gives a file other line ends: newline crlf file.
func newline(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.ReplaceAll(ts.ReadFile(args[1]), "\n", "\r\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
}

// goEnvironment returns the variables with which the go command builds without a home folder. A
// module of a test that requires this one may need the go.mod file of a module that building this
// one has not fetched.
var goEnvironment = sync.OnceValue(func() []string {
	vars := []string{"GOFLAGS=-buildvcs=false", "GOTOOLCHAIN=local"}
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			panic(err)
		}
		vars = append(vars, name+"="+strings.TrimSpace(string(out)))
	}
	return vars
})

// buildable lets the module in a folder require this one, as it is here: buildable folder.
func buildable(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(requireThis(ts.MkAbs(args[0])))
}

// requireThis lets the module in a folder require this one, as it is here.
func requireThis(dir string) error {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return err
	}
	ours, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	_, requirements, _ := strings.Cut(string(ours), "\n")
	theirs, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return err
	}
	module, _, _ := strings.Cut(string(theirs), "\n")
	text := module + "\n" + requirements + "\nrequire github.com/errlingo/errlingo v0.0.0\n" +
		"replace github.com/errlingo/errlingo => " + root + "\n"
	return errors.Join(os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o666),
		os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o666))
}
