package plural_test

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
)

func ExampleFor() {
	for _, tag := range []string{"en", "ru", "ar", "zh-Hant", "tlh"} {
		r := plural.For(language.MustParse(tag))
		fmt.Println(tag, r.Known(), r.Categories())
	}
	// Output:
	// en true one other
	// ru true one few many other
	// ar true zero one two few many other
	// zh-Hant true other
	// tlh false other
}

func ExampleRule_Int() {
	polish := plural.For(language.Polish)
	for _, n := range []int64{1, 2, 5, 12, 22, 21} {
		fmt.Println(n, polish.Int(n))
	}
	// Output:
	// 1 one
	// 2 few
	// 5 many
	// 12 many
	// 22 few
	// 21 many
}

func ExampleRule_Decimal() {
	english := plural.For(language.English)
	for _, s := range []string{"1", "1.0", "1,0"} {
		category, ok := english.Decimal(s)
		fmt.Println(s, category, ok)
	}
	// Output:
	// 1 one true
	// 1.0 other true
	// 1,0 other false
}

func ExampleRule_Float() {
	french := plural.For(language.French)
	fmt.Println(french.Float(0.5), french.Float(1.5), french.Float(2), french.Float(1e6))
	// Output: one one other many
}

func ExampleRule_Of() {
	hebrew := plural.For(language.Hebrew)
	for _, n := range []any{2, uint8(20), "1.5", true} {
		category, ok := hebrew.Of(n)
		fmt.Println(n, category, ok)
	}
	// Output:
	// 2 two true
	// 20 other true
	// 1.5 other true
	// true other false
}

func ExampleRule_Integers() {
	russian := plural.For(language.Russian)
	fmt.Println(russian.Categories() &^ russian.Integers())
	// Output: other
}
