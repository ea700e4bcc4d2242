package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/report"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// painter colors words for a terminal.
type painter bool

// painter returns a painter that uses colors only at a terminal, and not if NO_COLOR is set: see
// https://no-color.org.
func (a *app) painter() painter {
	return painter(a.stdoutTerminal && a.environ.Get("NO_COLOR") == "" &&
		a.environ.Get("TERM") != "dumb")
}

// color is the SGR parameter of a color (ECMA-48).
type color string

const (
	red    color = "31"
	green  color = "32"
	yellow color = "33"
	faint  color = "2"
)

func (p painter) paint(c color, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

// progressDelay is how long a run takes before it shows its progress.
const progressDelay = time.Second

// progress shows what a long run does, on a line of the terminal that is removed in the end.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	timer *time.Timer
	what  string
	shown bool
}

// startProgress starts with the given step. If stderr is not a terminal, nothing is shown.
func (a *app) startProgress(what string) *progress {
	p := &progress{w: a.stderr, what: what}
	p.mu.Lock()
	defer p.mu.Unlock()
	if a.stderrTerminal {
		p.timer = time.AfterFunc(progressDelay, p.show)
	}
	return p
}

// set sets the next step.
func (p *progress) set(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = what
	if p.shown {
		p.print()
	}
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.shown = true
		p.print()
	}
}

// print overwrites the line.
func (p *progress) print() { fmt.Fprintf(p.w, "\r\x1b[K%s …", p.what) }

// stop removes the line.
func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// writeLine writes a line that may quote files, with control characters escaped.
func writeLine(b *strings.Builder, format string, args ...any) {
	b.WriteString(report.Line(fmt.Sprintf(format, args...)) + "\n")
}

// orList returns the words with commas and an "or".
func orList(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
	}
	return strings.Join(words, "")
}

// counted returns a number with a noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func checkFormat(format string, formats []string) error {
	if slices.Contains(formats, format) {
		return nil
	}
	return fail(fmt.Sprintf("unknown format %q", format),
		diag.DidYouMean(format, formats, "use "+orList(formats)))
}

// subcommandHint returns a hint if a package argument looks like a misspelled subcommand.
func (a *app) subcommandHint(patterns []string) string {
	for _, pattern := range patterns {
		if !strings.ContainsAny(pattern, "./") {
			if hint := diag.DidYouMean(pattern, a.commands, ""); hint != "" {
				return hint
			}
		}
	}
	return ""
}

const (
	commandName = "extract"
	commandPath = "github.com/errlingo/errlingo/cmd/extract"
)

// call returns the command as it was called, with the flags for the folders. Hints use it.
func (a *app) call() string {
	call := a.program()
	if a.chdir != "" {
		call += " -C " + inShell(a.chdir)
	}
	if a.locales != "" {
		call += " --locales " + inShell(a.locales)
	}
	return call
}

// inShell quotes an argument for a shell, if necessary.
func inShell(arg string) string {
	plain := func(r rune) bool {
		return r > unicode.MaxASCII || unicode.IsLetter(r) || unicode.IsDigit(r) ||
			strings.ContainsRune("_-./,:=@%+", r)
	}
	if arg != "" && !strings.ContainsFunc(arg, func(r rune) bool { return !plain(r) }) {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

// program returns the start of a command line that runs this command. The go command runs a tool
// from its cache, but the first time from a temporary folder, as go run always does. If go.mod has
// the tool, it is not go run.
func (a *app) program() string {
	path := filepath.ToSlash(a.args[0])
	switch {
	case strings.Contains(path, "/go-build") && strings.Contains(path, "/exe/") && !a.isTool():
		return "go run " + commandPath
	case strings.Contains(path, "/go-build"), strings.Contains(path, "-d/"+commandName):
		return "go tool " + commandName
	case filepath.IsAbs(a.args[0]):
		return strings.TrimSuffix(filepath.Base(path), ".exe")
	}
	return path
}

// isTool reports whether a module has the command as a tool. No other line of a go.mod names the
// command's package.
func (a *app) isTool() bool {
	modules, _ := a.modules(nil)
	return slices.ContainsFunc(modules, func(m module) bool {
		mod, err := atomicfile.ReadFile(filepath.Join(m.root, "go.mod"), tomldoc.MaxSize)
		return err == nil && strings.Contains(string(mod), commandPath)
	})
}

// withCall returns the findings with hints that name a subcommand as the user would call it.
func (a *app) withCall(findings diag.List) diag.List {
	var pairs []string
	for _, name := range []string{
		"accept", "add", "check", "draft", "explain", "export", "import", "merge-driver", "move",
		"prune", "pseudo", "reject",
	} {
		pairs = append(pairs, commandName+" "+name, a.call()+" "+name)
	}
	names := strings.NewReplacer(pairs...)
	named := slices.Clone(findings)
	for i := range named {
		if !strings.Contains(named[i].Hint, a.call()+" ") {
			named[i].Hint = names.Replace(named[i].Hint)
		}
	}
	return named
}
