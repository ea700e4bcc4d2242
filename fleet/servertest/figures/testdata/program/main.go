// Program shows one error. Tags add ways in which its texts change while it runs, and a server.
package main

import (
	"fmt"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

var (
	domain = catalog.NewDomain("figures")
	closed = domain.Define(1, "CLOSED", catalog.Spec{Title: "The shop is closed", HTTP: 503})
	texts  = fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = \"Geschlossen\"\n")}}
)

// What the tags add.
var follow, serve func(*errlingo.Bundle) error

func main() {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: domain, FS: texts}},
	})
	for _, do := range []func(*errlingo.Bundle) error{follow, serve} {
		if do != nil && err == nil {
			err = do(bundle)
		}
	}
	if err != nil {
		panic(err)
	}
	fmt.Println(bundle.Localizer("de").Title(closed.New()))
}
