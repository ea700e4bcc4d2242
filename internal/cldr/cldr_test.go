package cldr_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo/internal/cldr"
)

func TestCheck(t *testing.T) {
	version := func(v string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"version": "` + v + `"}`)}
	}
	tests := []struct {
		name string
		fsys fstest.MapFS
		want string
	}{
		{"the version", fstest.MapFS{"a/package.json": version(cldr.Version),
			"b/package.json": version(cldr.Version)}, ""},
		{"another one", fstest.MapFS{"a/package.json": version(cldr.Version),
			"b/package.json": version("47.0.0")}, `b is "47.0.0"`},
		{"none", fstest.MapFS{"a/package.json": version(cldr.Version)}, "b/package.json"},
		{"no JSON", fstest.MapFS{"a/package.json": {Data: []byte("{")}}, "a/package.json: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := cldr.Check(tt.fsys, "a", "b")
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestGenerate(t *testing.T) {
	out := t.TempDir()
	one := func(fs.FS) (map[string][]byte, error) {
		return map[string][]byte{"table.txt": []byte("1\n")}, nil
	}
	none := func(fs.FS) (map[string][]byte, error) { return nil, errors.New("no such table") }
	tests := []struct {
		name     string
		args     []string
		generate func(fs.FS) (map[string][]byte, error)
		code     int
		said     string
	}{
		{"a table", []string{"-out", out}, one, 0, ""},
		{"no table", []string{"-out", out}, none, 1, "gen: no such table"},
		{"no folder to write to", []string{"-out", filepath.Join(out, "none")}, one, 1, "none"},
		{"an unknown flag", []string{"-no-such-flag"}, one, 2, "not defined"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stderr bytes.Buffer
			if code := cldr.Generate(tt.args, &stderr, "unused", tt.generate); code != tt.code ||
				!strings.Contains(stderr.String(), tt.said) {
				t.Errorf("exit code %d, %q; want %d, %q", code, &stderr, tt.code, tt.said)
			}
		})
	}
	if got, err := os.ReadFile(filepath.Join(out, "table.txt")); string(got) != "1\n" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}
