// Command gen makes the tables of package format from the JSON edition of CLDR.
//
// Its input is five npm packages in the version that it names:
//
//	npm install --prefix DIR cldr-core@48.2.0 cldr-numbers-full@48.2.0 cldr-units-full@48.2.0 \
//		cldr-misc-full@48.2.0 cldr-dates-full@48.2.0
//	ERRLINGO_CLDR=DIR/node_modules go generate ./internal/format
package main

import (
	"os"

	"github.com/errlingo/errlingo/internal/cldr"
)

func main() { os.Exit(cldr.Generate(os.Args[1:], os.Stderr, ".", generate)) }
