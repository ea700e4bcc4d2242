// Command gen makes the tables of package format from the JSON edition of CLDR.
//
// Its input is five npm packages in the version that it names:
//
//	npm install --prefix DIR cldr-core@48.2.0 cldr-numbers-full@48.2.0 cldr-units-full@48.2.0 \
//		cldr-misc-full@48.2.0 cldr-dates-full@48.2.0
//	ERRLINGO_CLDR=DIR/node_modules go generate ./internal/format
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	cldr := flags.String("cldr", "", "`folder` that holds cldr-core and the other packages")
	out := flags.String("out", ".", "`folder` to write to")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	files, err := generate(os.DirFS(*cldr))
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
