package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet/servertest"
)

func TestMain(m *testing.M) {
	if isChild, err := servertest.Child(); !isChild {
		os.Exit(m.Run())
	} else if err != nil {
		panic(err)
	}
}

// All is measured but the size of programs, since building them takes minutes.
func TestFigures(t *testing.T) {
	var out, errs strings.Builder
	args := strings.Fields("-nodes 2 -changes 2 -turns 1 -codes 10 " +
		"-run reach|bytes|take|memory|render")
	if code := run(t.Context(), args, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	var rows []int
	for table := range strings.SplitSeq(strings.TrimSpace(out.String()), "\n\n") {
		rows = append(rows, strings.Count(table, "\n")-1)
	}
	if want := []int{2, 2, 2, 2, 3}; !slices.Equal(rows, want) {
		t.Errorf("tables with %d rows, want %d:\n%s", rows, want, &out)
	}
}

func TestArguments(t *testing.T) {
	tests := []struct {
		name, args string
		code       int
		want       string
	}{
		{"help", "-help", 0, "Usage of figures"},
		{"an unknown flag", "-node 3", 2, "not defined: -node"},
		{"no nodes", "-nodes 0", 2, "at least 1"},
		{"a bad pattern", "-run (", 1, "missing closing )"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var errs strings.Builder
			code := run(t.Context(), strings.Fields(test.args), &strings.Builder{}, &errs)
			if code != test.code || !strings.Contains(errs.String(), test.want) {
				t.Errorf("exit code %d, want %d: %s", code, test.code, &errs)
			}
		})
	}
}
