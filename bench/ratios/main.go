// Ratios measures errlingo and the other libraries and prints how much slower than errlingo they
// are. Given the argument -, it reads the output of go test -bench from standard input instead.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run returns the exit code: 2 for wrong arguments, and 1 if there are no results of errlingo.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var m measurement
	flags := flag.NewFlagSet("ratios", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&m.bench, "bench", ".", "run the benchmarks that match this `pattern`")
	flags.IntVar(&m.turns, "turns", 5, "take the median of so many `turns`")
	flags.IntVar(&m.count, "count", 10, "take the least of so many `runs` in each turn")
	flags.StringVar(&m.time, "time", "10ms", "the `time` of a run")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	var benchmarks []*benchmark
	var err error
	switch {
	case flags.NArg() == 0:
		benchmarks, err = m.run(stderr)
	case flags.NArg() == 1 && flags.Arg(0) == "-":
		benchmarks, err = parse(stdin)
	default:
		fmt.Fprintln(stderr, "ratios: the only argument is -, to read results from standard input")
		return 2
	}
	if err == nil {
		err = writeTable(stdout, benchmarks)
	}
	if err != nil {
		fmt.Fprintf(stderr, "ratios: %v\n", err)
		return 1
	}
	return 0
}
