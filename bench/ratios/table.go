package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// peers are the libraries that errlingo is compared with, each a column of the table.
var peers = [...]string{"go-i18n", "x-text"}

// writeTable writes a Markdown table with a line for each result of errlingo: the medians, and for
// each peer its median and how many of errlingo's go into it.
func writeTable(w io.Writer, works []*work) error {
	var table strings.Builder
	table.WriteString("| work | errlingo | allocs")
	for _, peer := range peers {
		fmt.Fprintf(&table, " | %s | ratio", peer)
	}
	table.WriteString(" |\n|---|---:|---:" + strings.Repeat("|---:|---:", len(peers)) + "|\n")
	for _, work := range works {
		for _, ours := range work.ours() {
			work.line(&table, ours)
		}
	}
	_, err := io.WriteString(w, table.String())
	return err
}

func (w *work) line(table *strings.Builder, ours *result) {
	_, way, _ := strings.Cut(ours.library, "-")
	nanos := median(ours.nanos)
	fmt.Fprintf(table, "| %s | %s | %.0f",
		strings.TrimSpace(w.name+" "+way), duration(nanos), median(ours.allocs))
	for _, name := range peers {
		peer := w.peer(name, ours)
		if peer == nil || len(peer.nanos) == 0 {
			table.WriteString(" | – | –")
			continue
		}
		theirs := median(peer.nanos)
		fmt.Fprintf(table, " | %s | %s", duration(theirs), ratio(theirs/nanos))
	}
	table.WriteString(" |\n")
}

// ratio writes three digits at most: noise reaches the third.
func ratio(r float64) string {
	if r < 10 {
		return fmt.Sprintf("%.1f", r)
	}
	return fmt.Sprintf("%.0f", r)
}

// duration writes nanoseconds with three digits, in the unit that suits.
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
