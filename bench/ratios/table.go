package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// peers are the libraries that errlingo is compared with. Each has its columns in the table.
var peers = [...]string{"go-i18n", "x-text", "universal-translator", "gotext"}

// writeTable writes a Markdown table with a line for each result of errlingo: its medians, and for
// each peer the median time and its ratio to ours.
func writeTable(w io.Writer, benchmarks []*benchmark) error {
	var table strings.Builder
	table.WriteString("| work | errlingo | allocs")
	for _, peer := range peers {
		fmt.Fprintf(&table, " | %s | ratio", peer)
	}
	table.WriteString(" |\n|---|---:|---:" + strings.Repeat("|---:|---:", len(peers)) + "|\n")
	for _, benchmark := range benchmarks {
		for _, ours := range benchmark.ours() {
			benchmark.writeLine(&table, ours)
		}
	}
	_, err := io.WriteString(w, table.String())
	return err
}

func (b *benchmark) writeLine(table *strings.Builder, ours *result) {
	_, variant, _ := strings.Cut(ours.library, "-")
	own, unit, _ := ours.cost()
	format := duration
	if unit == perTenant {
		format = size
	}
	fmt.Fprintf(table, "| %s | %s | %.0f", strings.TrimSpace(b.name+" "+variant), format(own),
		median(ours.values[allocs]))
	for _, name := range peers {
		if cost, _, ok := b.peer(name, ours).cost(); ok {
			fmt.Fprintf(table, " | %s | %s", format(cost), ratio(cost/own))
		} else {
			table.WriteString(" | – | –")
		}
	}
	table.WriteString(" |\n")
}

// ratio formats a ratio with at most three digits, of which the third is noise already.
func ratio(r float64) string {
	if r < 10 {
		return fmt.Sprintf("%.1f", r)
	}
	return fmt.Sprintf("%.0f", r)
}

// duration formats nanoseconds with three digits in a suitable unit.
func duration(nanos float64) string {
	unit, name := 1.0, "ns"
	switch {
	case nanos >= float64(time.Second):
		unit, name = float64(time.Second), "s"
	case nanos >= float64(time.Millisecond):
		unit, name = float64(time.Millisecond), "ms"
	case nanos >= float64(time.Microsecond):
		unit, name = float64(time.Microsecond), "µs"
	}
	if n := nanos / unit; n < 100 {
		return fmt.Sprintf("%.3g %s", n, name)
	}
	return fmt.Sprintf("%.0f %s", nanos/unit, name)
}

// size formats a number of KiB.
func size(kib float64) string { return fmt.Sprintf("%.0f KiB", kib) }
