// Some is a program that embeds one language.
package main

import (
	"fmt"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/locales"
)

func main() {
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: codes.Domain, FS: locales.German},
		{Domain: rules.Domain, FS: rules.German},
	}})
	if err != nil {
		panic(err)
	}
	fmt.Println(bundle.Localizer("de").Title(codes.FileTooLarge))
}
