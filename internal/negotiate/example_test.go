package negotiate_test

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/negotiate"
)

func ExampleMatcher_Match() {
	available := []language.Tag{language.English, language.German, language.MustParse("es-419"),
		language.Spanish}
	m := negotiate.New(available, language.English, negotiate.Options{})

	cookie, header := "", "ja, es-MX-u-nu-latn;q=0.9, de;q=0.5"
	result := m.Match(cookie, header)
	for _, i := range result.Chain {
		fmt.Println(available[i])
	}
	fmt.Println("for", result.Reader)
	// Output:
	// es-419
	// es
	// de
	// en
	// for es-MX-u-nu-latn
}

func ExampleFromEnv() {
	env := map[string]string{"LANG": "sr_RS.UTF-8@latin", "LANGUAGE": "sr@latin:hr"}
	fmt.Println(negotiate.FromEnv(func(name string) string { return env[name] }))
	// Output:
	// [sr-Latn hr sr-Latn-RS]
}
