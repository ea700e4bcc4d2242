// Command errlingo-vet finds mistakes in programs that use errlingo: arguments that a code's texts
// lack, comparisons that never match, causes that readers would see. It is a tool for the go
// command:
//
//	go vet -vettool=$(which errlingo-vet) ./...
//	go fix -fixtool=$(which errlingo-vet) -diff ./...
//
// The first reports findings, the second shows what the suggested fixes change. With -unused, the
// command works on its own and lists the codes that the packages declare and nothing in them uses:
//
//	errlingo-vet -unused ./...
//
// It exits with 1 if there are any, and with 2 if a package can't be loaded. docs/vet.md describes
// the rules.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/errlingo/errlingo/cmd/errlingo-vet/vet"
)

func main() {
	args := os.Args[1:]
	switch {
	case len(args) > 0 && (args[0] == "-unused" || args[0] == "--unused"):
		os.Exit(unused(args[1:], os.Stdout, os.Stderr))
	case len(args) == 0 || isPattern(args[len(args)-1]) && args[0] != "help":
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	unitchecker.Main(vet.Analyzers()...)
}

const usage = `errlingo-vet is run by the go command:

	go vet -vettool=$(which errlingo-vet) ./...
	go fix -fixtool=$(which errlingo-vet) -diff ./...

With -unused, it runs on its own and lists codes that nothing uses:

	errlingo-vet -unused ./...

"errlingo-vet help" lists the rules.
`

// isPattern reports whether an argument names packages. The go command passes flags, and a file.
func isPattern(arg string) bool {
	return !strings.HasPrefix(arg, "-") && !strings.HasSuffix(arg, ".cfg")
}

// unused prints the codes that packages declare and do not use, and returns the exit code.
func unused(patterns []string, stdout, stderr io.Writer) int {
	found, err := vet.Unused("", patterns...)
	if err != nil {
		fmt.Fprintf(stderr, "errlingo-vet: %v\n", err)
		return 2
	}
	for _, f := range found {
		fmt.Fprintln(stdout, f)
	}
	if len(found) > 0 {
		return 1
	}
	return 0
}
