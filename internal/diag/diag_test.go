package diag_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
)

func TestFinding(t *testing.T) {
	at := diag.Pos{Line: 14, Column: 9}
	tests := []struct {
		name              string
		finding           diag.Finding
		at, short, detail string
	}{
		{"with all", diag.Finding{File: "de.toml", Pos: at, Text: "gone", Hint: "look"}, "de.toml:14:9",
			"de.toml:14:9: gone", "de.toml:14:9: gone\nhint: look"},
		{"without a hint", diag.Finding{File: "de.toml", Pos: at, Text: "gone"}, "de.toml:14:9",
			"de.toml:14:9: gone", "de.toml:14:9: gone"},
		{"without a place", diag.Finding{File: "de.toml", Text: "gone"}, "de.toml", "de.toml: gone",
			"de.toml: gone"},
		{"without a file", diag.Finding{Pos: at, Text: "gone", Hint: "look"}, "", "gone",
			"gone\nhint: look"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.finding.Position(); got != tt.at {
				t.Errorf("At: got %q, want %q", got, tt.at)
			}
			if got := tt.finding.Error(); got != tt.short {
				t.Errorf("Error: got %q, want %q", got, tt.short)
			}
			if got := tt.finding.Detail(); got != tt.detail {
				t.Errorf("Detail: got %q, want %q", got, tt.detail)
			}
		})
	}
}

func TestSeverity(t *testing.T) {
	var zero diag.Finding
	if got := zero.Severity.String(); got != "warning" {
		t.Errorf("the zero value is %q", got)
	}
	if got := diag.Error.String(); got != "error" {
		t.Errorf("got %q", got)
	}
}

func TestListIsAnError(t *testing.T) {
	if err := (diag.List{}).Err(); err != nil {
		t.Errorf("an empty list is the error %v", err)
	}
	list := diag.List{
		{File: "de.toml", Text: "first", Hint: "look"},
		{File: "fr.toml", Text: "second", Severity: diag.Error},
	}
	err := fmt.Errorf("loading: %w", list.Err())
	if got, want := err.Error(), "loading: de.toml: first\nhint: look\nfr.toml: second"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if first, ok := errors.AsType[diag.Finding](err); !ok || first != list[0] {
		t.Errorf("got %v, %v", first, ok)
	}
	if whole, ok := errors.AsType[diag.List](err); !ok || len(whole) != 2 {
		t.Errorf("got %v, %v", whole, ok)
	}
	if !errors.Is(err, list[1]) {
		t.Error("the second finding is not in the error")
	}
	if errs := list.Errors(); !slices.Equal(errs, list[1:]) {
		t.Errorf("got %v", errs)
	}
}

func TestSort(t *testing.T) {
	at := func(line, column int) diag.Pos { return diag.Pos{Line: line, Column: column} }
	want := diag.List{
		{Text: "about no file"},
		{File: "a", Text: "about the file"},
		{File: "a", Pos: at(2, 9), Text: "line"},
		{File: "a", Pos: at(10, 1), Rule: "a", Text: "z"},
		{File: "a", Pos: at(10, 1), Rule: "b", Text: "a"},
		{File: "a", Pos: at(10, 1), Rule: "b", Text: "b"},
		{File: "a", Pos: at(10, 2), Text: "column"},
		{File: "b", Pos: at(1, 1), Text: "file"},
	}
	got := slices.Clone(want)
	for range 20 {
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		got.Sort()
		if !slices.Equal(got, want) {
			t.Fatalf("got %v", got)
		}
	}
}

func ExampleFinding_Detail() {
	f := diag.Finding{
		File: "locales/de.toml", Pos: diag.Pos{Line: 14, Column: 9},
		Text: "unknown placeholder {{.Itme}}", Hint: "the source text has {{.Item}}",
	}
	fmt.Println(f.Detail())
	// Output:
	// locales/de.toml:14:9: unknown placeholder {{.Itme}}
	// hint: the source text has {{.Item}}
}

func TestUnreadable(t *testing.T) {
	denied := &fs.PathError{Op: "open", Path: "locales/de.toml", Err: fs.ErrPermission}
	moved := &os.LinkError{Op: "rename", Old: "a", New: "b", Err: fs.ErrExist}
	tests := []struct {
		name string
		file string
		err  error
		want string
	}{
		{"a file", "de.toml", denied, "de.toml: cannot be read: permission denied"},
		{"the error names it", "", denied, "locales/de.toml: cannot be read: permission denied"},
		{"wrapped", "", fmt.Errorf("x: %w", denied), "locales/de.toml: cannot be read: permission denied"},
		{"another error", "de.toml", io.ErrUnexpectedEOF, "de.toml: cannot be read: unexpected EOF"},
		{"a link", "de.toml", moved, "de.toml: cannot be read: file already exists"},
		{"several", "de.toml", errors.Join(moved, io.EOF), "de.toml: cannot be read: file already exists; EOF"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := diag.Unreadable(test.file, test.err).Error(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
