// Ratios reads the output of go test -bench from standard input and prints how much slower than
// errlingo the other libraries are.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Stdin, os.Stdout, os.Stderr)) }

// run returns the exit code: 1 if the input cannot be read or has no results of errlingo.
func run(stdin io.Reader, stdout, stderr io.Writer) int {
	benchmarks, err := parse(stdin)
	if err == nil {
		err = writeTable(stdout, benchmarks)
	}
	if err != nil {
		fmt.Fprintf(stderr, "ratios: %v\n", err)
		return 1
	}
	return 0
}
