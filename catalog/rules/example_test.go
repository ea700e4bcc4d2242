package rules_test

import (
	"fmt"
	"log"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/locales"
)

func Example() {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{
			{Domain: codes.Domain, FS: locales.FS},
			{Domain: rules.Domain, FS: rules.Locales},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	failed := codes.ValidationError.New().With(
		catalog.Violation{Path: "/password", Err: rules.TooShort.New(rules.MinLength.Arg(12))},
		catalog.Violation{Path: "/terms", Err: rules.BoxRequired},
	)
	for _, language := range []string{"en", "de"} {
		m := bundle.Localizer(language).Localize(failed)
		fmt.Println(m.Detail)
		for _, v := range m.Violations {
			fmt.Println("-", v.Path, v.Detail)
		}
	}
	// Output:
	// 2 details need to be corrected.
	// - /password Enter at least 12 characters.
	// - /terms Check this box.
	// 2 Angaben müssen korrigiert werden.
	// - /password Geben Sie mindestens 12 Zeichen ein.
	// - /terms Kreuzen Sie dieses Kästchen an.
}
