// Command command measures the command extract as a process. It compares it with goi18n, and with
// just reading the files, on generated source trees. It prints a table of medians and ratios.
//
//	go run ./command
//	go run ./command -runs 9 -files 1000 -codes 1000
//
// The commands take turns, so that a slow phase of the machine affects all of them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// sizes are the sizes of the trees, and the number of runs.
type sizes struct {
	runs    int
	files   int // Go files of the large tree
	codes   int // codes of the catalog with many locales
	locales int
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 2 && args[0] == "search" {
		return search(args[1], stdout, stderr)
	}
	s := sizes{locales: 10}
	flags := flag.NewFlagSet("command", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&s.runs, "runs", 5, "run each command this many `times`")
	flags.IntVar(&s.files, "files", 10_000,
		"`number` of Go files in the large module: 20 per package, 40 codes in every tenth package")
	flags.IntVar(&s.codes, "codes", 10_000, "`number` of codes in the module with ten locales")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if err := measure(ctx, s, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "command: %v\n", err)
		return 1
	}
	return 0
}

// measure builds the commands and trees in a temporary folder and runs all comparisons.
func measure(ctx context.Context, s sizes, stdout, stderr io.Writer) error {
	dir, err := os.MkdirTemp("", "errlingo-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tools, err := build(ctx, dir)
	if err != nil {
		return err
	}
	for _, compare := range []comparison{searching, checking, writing} {
		result, err := compare(ctx, dir, tools, s, stderr)
		if err != nil {
			return err
		}
		fmt.Fprintln(stdout, result)
	}
	return nil
}

// comparison writes a tree to dir and measures the programs on it.
type comparison func(
	ctx context.Context, dir string, p programs, s sizes, progress io.Writer,
) (*table, error)

// programs has the paths of the commands to measure.
type programs struct{ extract, goi18n, self string }

func build(ctx context.Context, dir string) (programs, error) {
	self, err := os.Executable()
	if err != nil {
		return programs{}, err
	}
	p := programs{filepath.Join(dir, "extract"), filepath.Join(dir, "goi18n"), self}
	for path, binary := range map[string]string{
		"github.com/errlingo/errlingo/cmd/extract": p.extract,
		"github.com/nicksnyder/go-i18n/v2/goi18n":  p.goi18n,
	} {
		out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, path).CombinedOutput()
		if err != nil {
			return programs{}, fmt.Errorf("go build %s: %w\n%s", path, err, out)
		}
	}
	return p, nil
}
