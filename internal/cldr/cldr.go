// Package cldr says which version of CLDR the tables are made from, and reads its JSON edition for
// the programs that generate them. Nothing that serves readers imports it.
package cldr

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Version is the version of CLDR that everything is made from.
const Version = "48.2.0"

// Check returns an error unless the npm packages are there in the [Version]. Each is in a
// folder of its name.
func Check(fsys fs.FS, packages ...string) error {
	for _, name := range packages {
		var manifest struct{ Version string }
		if err := Read(fsys, name+"/package.json", &manifest); err != nil {
			return err
		}
		if manifest.Version != Version {
			return fmt.Errorf("%s is %q, want %q", name, manifest.Version, Version)
		}
	}
	return nil
}

// Read decodes a JSON file.
func Read(fsys fs.FS, name string, into any) error {
	content, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Generate runs a generator as a command: with the folder of the npm packages, which -cldr names,
// it writes the files that are made to the folder that -out names. It returns the exit code.
func Generate(
	args []string, stderr io.Writer, folder string, generate func(fs.FS) (map[string][]byte, error),
) int {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	packages := flags.String("cldr", "", "`folder` that holds cldr-core and the other npm packages")
	out := flags.String("out", folder, "`folder` to write to")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	files, err := generate(os.DirFS(*packages))
	if err != nil {
		fmt.Fprintln(stderr, "gen:", err)
		return 1
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(*out, name), content, 0o644); err != nil {
			fmt.Fprintln(stderr, "gen:", err)
			return 1
		}
	}
	return 0
}
