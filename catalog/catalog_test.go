package catalog_test

import (
	"errors"
	"fmt"
	"io"

	"github.com/errlingo/errlingo/catalog"
)

var (
	shop = catalog.NewDomain("shop")

	item = catalog.String("Item", "Blue socks")
	left = catalog.Int("Left", 3)

	outOfStock = shop.Define(1201, "OUT_OF_STOCK", catalog.Spec{
		Title:  "Out of stock",
		Detail: "Only {{.Left}} pieces of {{.Item}} are left.",
		Plural: catalog.Plural{By: left, One: "Only one {{.Item}} is left."},
		Help:   "Choose a smaller quantity.",
		Params: catalog.Params{item, left},
		HTTP:   409,
	})
)

func ExampleCode_Wrap() {
	err := outOfStock.Wrap(io.ErrUnexpectedEOF, item.Is("Blue socks"), left.Is(1))
	fmt.Println(err)
	fmt.Println(errors.Is(err, outOfStock), errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// OUT_OF_STOCK (1201): Only one Blue socks is left: unexpected EOF
	// true true
}
