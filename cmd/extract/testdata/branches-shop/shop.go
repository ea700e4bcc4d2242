// Package shop sells socks.
package shop

import "github.com/errlingo/errlingo/catalog"

var Domain = catalog.NewDomain("shop")

var (
	Item = catalog.String("Item", "Blue socks")
	Left = catalog.Int("Left", 3)
)

// OutOfStock: the buyer asked for more pieces than are left.
var OutOfStock = Domain.Define(1201, "OUT_OF_STOCK", catalog.Spec{
	Title:  "Out of stock",
	Detail: "Only {{.Left}} pieces of {{.Item}} are left.",
	Plural: catalog.Plural{By: Left, One: "Only one {{.Item}} is left."},
	Help:   "Choose a smaller quantity.",
	Params: catalog.Params{Item, catalog.Public(Left)},
	HTTP:   409,
	Action: catalog.ActionFix,
})

var (
	Email = Domain.Label("email", "e-mail address")
	Phone = Domain.Label("phone", "phone number")
	City  = Domain.Label("city", "town or city")
	Name  = Domain.Label("name", "name")
)
