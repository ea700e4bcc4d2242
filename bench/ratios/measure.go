package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
)

// measurement says how the benchmarks are run. All libraries take turns, so that other work on the
// machine affects them equally. The least of many short runs in a turn is one that it has affected
// little.
type measurement struct {
	bench, time  string
	turns, count int
}

// run runs the benchmarks and says on stderr how far it is.
func (m *measurement) run(stderr io.Writer) ([]*benchmark, error) {
	dir, err := os.MkdirTemp("", "ratios")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "bench.test")
	build := exec.Command("go", "test", "-c", "-o", program, "github.com/errlingo/errlingo/bench")
	build.Stderr = stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("can't build the benchmarks; run this in the folder bench: %w", err)
	}
	var all []*benchmark
	for turn := range m.turns {
		fmt.Fprintf(stderr, "turn %d of %d\n", turn+1, m.turns)
		var output bytes.Buffer
		bench := exec.Command(program, "-test.run", "^$", "-test.bench", m.bench,
			"-test.benchtime", m.time, "-test.count", strconv.Itoa(m.count))
		bench.Stdout, bench.Stderr = &output, stderr
		if err := bench.Run(); err != nil {
			return nil, fmt.Errorf("the benchmarks failed: %w\n%s", err, &output)
		}
		benchmarks, err := parse(&output)
		if err != nil {
			return nil, err
		}
		addLeast(&all, benchmarks)
	}
	return all, nil
}

// addLeast adds the least of each result.
func addLeast(all *[]*benchmark, turn []*benchmark) {
	for _, b := range turn {
		for _, r := range b.results {
			to := resultOf(all, b.name, r.library)
			for unit, values := range r.values {
				to.values[unit] = append(to.values[unit], slices.Min(values))
			}
		}
	}
}
