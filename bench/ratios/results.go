package main

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// benchmark is one benchmark with the results of each library.
type benchmark struct {
	name    string
	results []*result // in the order of the input
}

// result is what was measured for one library.
type result struct {
	library string
	values  map[string][]float64 // by unit, one per run
}

// The units of the table. A benchmark has one of the first two.
const (
	perOp     = "ns/op"
	perTenant = "KiB/tenant"
	allocs    = "allocs/op"
)

var errNoResults = errors.New("no results of errlingo")

// parse parses lines such as "BenchmarkPlain/errlingo-append-2  74000000  14.1 ns/op  0 B/op
// 0 allocs/op" and ignores all others. See https://go.dev/design/14313-benchmark-format.
func parse(r io.Reader) ([]*benchmark, error) {
	var benchmarks []*benchmark
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 {
			continue
		}
		name, library, ok := splitName(fields[0])
		if !ok {
			continue
		}
		result := resultOf(&benchmarks, name, library)
		for i := 2; i+1 < len(fields); i += 2 {
			result.add(fields[i], fields[i+1])
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(benchmarks, func(b *benchmark) bool { return len(b.ours()) > 0 }) {
		return nil, errNoResults
	}
	return benchmarks, nil
}

// splitName splits a name into benchmark and library. Go appends the number of processors, unless
// it is 1.
func splitName(full string) (name, library string, ok bool) {
	full, ok = strings.CutPrefix(full, "Benchmark")
	if !ok {
		return "", "", false
	}
	name, library, ok = strings.Cut(full, "/")
	if dash := strings.LastIndexByte(library, '-'); dash >= 0 {
		if _, err := strconv.Atoi(library[dash+1:]); err == nil {
			library = library[:dash]
		}
	}
	return name, library, ok
}

func resultOf(benchmarks *[]*benchmark, name, library string) *result {
	at := slices.IndexFunc(*benchmarks, func(b *benchmark) bool { return b.name == name })
	if at < 0 {
		at = len(*benchmarks)
		*benchmarks = append(*benchmarks, &benchmark{name: name})
	}
	b := (*benchmarks)[at]
	if r := b.result(library); r != nil {
		return r
	}
	r := &result{library: library, values: map[string][]float64{}}
	b.results = append(b.results, r)
	return r
}

func (r *result) add(value, unit string) {
	if v, err := strconv.ParseFloat(value, 64); err == nil {
		r.values[unit] = append(r.values[unit], v)
	}
}

// cost returns the median of what was measured, its unit, and false if nothing was.
func (r *result) cost() (cost float64, unit string, ok bool) {
	for _, unit := range []string{perOp, perTenant} {
		if r != nil && len(r.values[unit]) > 0 {
			return median(r.values[unit]), unit, true
		}
	}
	return 0, "", false
}

// result returns the result of the library, or nil.
func (b *benchmark) result(library string) *result {
	if i := slices.IndexFunc(b.results, func(r *result) bool { return r.library == library }); i >= 0 {
		return b.results[i]
	}
	return nil
}

// ours returns the results of errlingo: one, or one for each variant (append and string).
func (b *benchmark) ours() []*result {
	var ours []*result
	for _, r := range b.results {
		if _, _, ok := r.cost(); ok && strings.HasPrefix(r.library, "errlingo") {
			ours = append(ours, r)
		}
	}
	return ours
}

// peer returns the other library's result to compare with ours: that of the same variant, or its
// only one.
func (b *benchmark) peer(library string, ours *result) *result {
	if r := b.result(library + strings.TrimPrefix(ours.library, "errlingo")); r != nil {
		return r
	}
	return b.result(library)
}

// median returns the middle value, the lower of two if their number is even, or 0 if there are
// none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}
