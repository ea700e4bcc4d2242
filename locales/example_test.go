package locales_test

import (
	"fmt"
	"log"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
)

func Example() {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(bundle.Localizer("de").Title(codes.FileTooLarge))
	// Output: Datei zu groß
}
