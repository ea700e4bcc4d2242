package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo/internal/cldr"
)

// TestTablesAreUpToDate makes the tables anew and compares them with the committed ones.
func TestTablesAreUpToDate(t *testing.T) {
	input := os.Getenv("ERRLINGO_CLDR")
	if input == "" {
		t.Skip("ERRLINGO_CLDR does not name the folder of the CLDR packages; see this package's " +
			"comment for how to get them")
	}
	dir := t.TempDir()
	var stderr bytes.Buffer
	if code := cldr.Generate([]string{"-cldr", input, "-out", dir}, &stderr, ".",
		generate); code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	for _, name := range []string{"tables.go", "UNICODE-LICENSE"} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator makes; run go generate ./internal/format", name)
		}
	}
}

// TestVersionIsPinned checks that another version of the data is refused.
func TestVersionIsPinned(t *testing.T) {
	input := fstest.MapFS{"cldr-core/package.json": {Data: []byte(`{"version": "47.0.0"}`)}}
	_, err := generate(input)
	if err == nil || !strings.Contains(err.Error(), `cldr-core is "47.0.0", want "48.2.0"`) {
		t.Errorf("got %v", err)
	}
}

// TestUnknownDataIsRefused feeds in what package format could not write. A later CLDR may have it.
func TestUnknownDataIsRefused(t *testing.T) {
	tests := []struct {
		name string
		err  error
	}{
		{"a date with a week", checkLayout("w. y")},
		{"a month of one letter", checkLayout("d MMMMM y")},
		{"a month by itself", checkLayout("LLLL y")},
		{"money without a symbol", third(moneyPattern("#,##0.00"))},
		{"money with another minus sign", third(moneyPattern("¤#,##0.00;(¤#,##0.00)"))},
		{"money in groups of four", third(moneyPattern("¤#,####0.00"))},
		{"a zone without hours", second((&zones{GMTFormat: "GMT{0}", HourFormat: "+mm;-mm"}).zones())},
		{"a list that does not begin with its first element",
			second(listLine(map[string]string{"start": "({0}, {1}"}))},
		{"a list that goes on", second(listLine(map[string]string{"start": "{0}, {1})",
			"middle": "{0}, {1}", "end": "{0}, {1}", "2": "{0}, {1}"}))},
		{"a number pattern for negative numbers", fourth(parsePattern("#,##0;(#,##0)"))},
		{"groups of four", fourth(parsePattern("#,####0"))},
		{"a number twice", second(forms{"count-other": "{0} of {0}"}.line("count-"))},
		{"no general form", second(forms{"count-one": "{0} minute"}.line("count-"))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.err == nil {
				t.Error("not refused")
			}
		})
	}
}

func TestKnownLayouts(t *testing.T) {
	for _, pattern := range []string{"d MMM y", "EEEE, d MMMM G y", "dd.MM.yy", "cccc d. MMMM y",
		"HH 'h' mm 'min' ss 's'", "{1} 'um' {0}",
		"d. M. y\u202f'г'.", "Bh:mm:ss", "H시 m분 s초", "aK:mm:ss"} {
		if err := checkLayout(pattern); err != nil {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}

func second(_ string, err error) error { return err }

func third(_, _ string, err error) error { return err }

func fourth(_, _, _ string, err error) error { return err }
