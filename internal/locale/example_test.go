package locale_test

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
)

func ExampleParents() {
	fmt.Println(locale.Parents(language.MustParse("en-DE")))
	fmt.Println(locale.Parents(language.MustParse("zh-TW")))
	// Output:
	// [en-150 en-001 en]
	// [zh-Hant]
}
