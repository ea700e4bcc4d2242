package main

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// work is what the libraries were made to do, with the results of each.
type work struct {
	name    string
	results []*result // in the order of the input
}

// result is what was measured for one library at one work.
type result struct {
	library string
	nanos   []float64 // per run, several with -count
	allocs  []float64
}

var errNothing = errors.New("no results of errlingo; pipe in the output of go test -bench")

// parse reads lines such as "BenchmarkPlain/errlingo-append-2  74000000  14.1 ns/op  0 B/op  0
// allocs/op" and passes over all others. The format is that of
// https://go.dev/design/14313-benchmark-format.
func parse(r io.Reader) ([]*work, error) {
	var works []*work
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 {
			continue
		}
		workName, library, ok := split(fields[0])
		if !ok {
			continue
		}
		result := resultOf(&works, workName, library)
		for i := 2; i+1 < len(fields); i += 2 {
			result.add(fields[i], fields[i+1])
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(works, func(w *work) bool { return len(w.ours()) > 0 }) {
		return nil, errNothing
	}
	return works, nil
}

// split takes the name of a benchmark apart. Go appends the number of processors, unless that is
// one.
func split(name string) (workName, library string, ok bool) {
	name, ok = strings.CutPrefix(name, "Benchmark")
	if !ok {
		return "", "", false
	}
	workName, library, ok = strings.Cut(name, "/")
	if dash := strings.LastIndexByte(library, '-'); dash >= 0 {
		if _, err := strconv.Atoi(library[dash+1:]); err == nil {
			library = library[:dash]
		}
	}
	return workName, library, ok
}

func resultOf(works *[]*work, name, library string) *result {
	at := slices.IndexFunc(*works, func(w *work) bool { return w.name == name })
	if at < 0 {
		at = len(*works)
		*works = append(*works, &work{name: name})
	}
	w := (*works)[at]
	if r := w.of(library); r != nil {
		return r
	}
	r := &result{library: library}
	w.results = append(w.results, r)
	return r
}

func (r *result) add(value, unit string) {
	v, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil:
	case unit == "ns/op":
		r.nanos = append(r.nanos, v)
	case unit == "allocs/op":
		r.allocs = append(r.allocs, v)
	}
}

// of returns the result of the library, or nil.
func (w *work) of(library string) *result {
	if i := slices.IndexFunc(w.results, func(r *result) bool { return r.library == library }); i >= 0 {
		return w.results[i]
	}
	return nil
}

// ours returns the results of errlingo: one, or one for each way to get a text.
func (w *work) ours() []*result {
	var ours []*result
	for _, r := range w.results {
		if strings.HasPrefix(r.library, "errlingo") && len(r.nanos) > 0 {
			ours = append(ours, r)
		}
	}
	return ours
}

// peer returns the other library's result to compare with ours: that for the same way to get a
// text, which the end of the name tells, or its only one.
func (w *work) peer(library string, ours *result) *result {
	if r := w.of(library + strings.TrimPrefix(ours.library, "errlingo")); r != nil {
		return r
	}
	return w.of(library)
}

// median returns the middle one of the values, 0 if there is none. Of an even number it is the
// lower of two.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}
