package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// catalogPath is the package that a file with codes imports.
const catalogPath = "github.com/errlingo/errlingo/catalog"

// search reads all Go files in the folder and searches them for the import path. Any command that
// finds declarations has to do at least that.
func search(dir string, stdout, stderr io.Writer) int {
	files, hits := 0, 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		if bytes.Contains(src, []byte(catalogPath)) {
			hits++
		}
		return nil
	})
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	fmt.Fprintf(stdout, "%d files, %d with the import path\n", files, hits)
	return 0
}
