package main

import (
	"strings"
	"testing"
)

const noResults = "ratios: no results of errlingo\n"

func TestRun(t *testing.T) {
	tests := []struct {
		name   string
		input  string
		code   int
		stdout []string // lines after the heading
		stderr string
	}{
		{
			name: "the median of several runs",
			input: `goos: linux
BenchmarkPlain/errlingo-2  10  30 ns/op  0 B/op  0 allocs/op
BenchmarkPlain/go-i18n-2   10  90 ns/op  9 B/op  4 allocs/op
BenchmarkPlain/errlingo-2  10  10 ns/op  0 B/op  0 allocs/op
BenchmarkPlain/errlingo-2  10  20 ns/op  0 B/op  0 allocs/op
PASS`,
			stdout: []string{"| Plain | 20 ns | 0 | 90 ns | 4.5 | – | – | – | – | – | – |"},
		},
		{
			name: "append with append, string with string",
			input: `BenchmarkPlain/errlingo-append  10  10 ns/op  0 B/op  0 allocs/op
BenchmarkPlain/errlingo-string  10  20 ns/op  9 B/op  1 allocs/op
BenchmarkPlain/go-i18n        10  2000 ns/op  9 B/op  4 allocs/op
BenchmarkPlain/x-text-append  10  500 ns/op  9 B/op  4 allocs/op
BenchmarkPlain/x-text         10  600 ns/op  9 B/op  4 allocs/op`,
			stdout: []string{
				"| Plain append | 10 ns | 0 | 2 µs | 200 | 500 ns | 50 | – | – | – | – |",
				"| Plain string | 20 ns | 1 | 2 µs | 100 | 600 ns | 30 | – | – | – | – |",
			},
		},
		{
			name: "input order, suitable units",
			input: `BenchmarkLoad/errlingo-8  10  123456789 ns/op
BenchmarkLoad/x-text-8  10  1234567890 ns/op
BenchmarkAll/errlingo-8  10  1 ns/op`,
			stdout: []string{
				"| Load | 123 ms | 0 | – | – | 1.23 s | 10 | – | – | – | – |",
				"| All | 1 ns | 0 | – | – | – | – | – | – | – | – |",
			},
		},
		{
			name: "memory, names with dashes",
			input: `BenchmarkTenants/errlingo-2  1  40.2 KiB/tenant
BenchmarkTenants/universal-translator-2  1  80.4 KiB/tenant
BenchmarkTenants/gotext  1  402 KiB/tenant`,
			stdout: []string{"| Tenants | 40 KiB | 0 | – | – | – | – | 80 KiB | 2.0 | 402 KiB | 10 |"},
		},
		{name: "nothing", input: "FAIL\n", code: 1,
			stderr: noResults},
		{name: "others only", input: "BenchmarkPlain/go-i18n-2 10 90 ns/op\n", code: 1,
			stderr: noResults},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			if code := run([]string{"-"}, strings.NewReader(test.input), &stdout, &stderr); code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			if stderr.String() != test.stderr {
				t.Errorf("stderr %q, want %q", stderr.String(), test.stderr)
			}
			want := ""
			if len(test.stdout) > 0 {
				want = strings.Join(test.stdout, "\n") + "\n"
			}
			if got := body(stdout.String()); got != want {
				t.Errorf("table\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// body returns a table without its heading, which has two lines.
func body(table string) string {
	lines := strings.SplitAfterN(table, "\n", 3)
	return lines[len(lines)-1]
}

func TestArguments(t *testing.T) {
	tests := []struct {
		name   string
		args   []string
		code   int
		stderr string
	}{
		{"help", []string{"-help"}, 0, "Usage of ratios:"},
		{"unknown flag", []string{"-tunrs", "3"}, 2, "flag provided but not defined: -tunrs"},
		{"a file", []string{"results.txt"}, 2, "the only argument is -"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var stderr strings.Builder
			if code := run(test.args, strings.NewReader(""), &strings.Builder{}, &stderr); code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			if !strings.Contains(stderr.String(), test.stderr) {
				t.Errorf("stderr %q, want %q in it", stderr.String(), test.stderr)
			}
		})
	}
}
