package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
)

const (
	commandName = "extract"
	commandPath = "github.com/errlingo/errlingo/cmd/extract"
)

// call returns the command as it was called, for hints, with the flags that say where.
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

// inShell returns an argument as a shell takes it.
func inShell(arg string) string {
	plain := func(r rune) bool {
		return r > unicode.MaxASCII || unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-./,:=@%+", r)
	}
	if arg != "" && !strings.ContainsFunc(arg, func(r rune) bool { return !plain(r) }) {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

// program returns what the command is started by. The go command runs a tool from its cache, but the first time from a
// temporary folder, as go run always does; go.mod tells these two apart.
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

// isTool reports whether the module has the command as a tool. No other line of a go.mod names the command's package.
func (a *app) isTool() bool {
	root, _, err := codescan.FindModule(a.workDir())
	if err != nil {
		return false
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	return err == nil && strings.Contains(string(mod), commandPath)
}

// withCall returns the findings with the command as it was called in hints that name a subcommand without knowing that.
func (a *app) withCall(findings diag.List) diag.List {
	names := strings.NewReplacer("extract accept", a.call()+" accept", "extract prune", a.call()+" prune",
		"extract pseudo", a.call()+" pseudo")
	named := slices.Clone(findings)
	for i := range named {
		if !strings.Contains(named[i].Hint, a.call()+" ") {
			named[i].Hint = names.Replace(named[i].Hint)
		}
	}
	return named
}
