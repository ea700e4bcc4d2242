// Package shop sells socks.
package shop

import (
	"net/http"

	"github.com/errlingo/errlingo/catalog"
)

// Domain is the namespace of the shop's codes.
var Domain = catalog.NewDomain("shop")

// The params of the texts.
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
	HTTP:   http.StatusConflict,
	Action: catalog.ActionFix,
})

// Email is what a field of the form is called.
var Email = Domain.Label("email", "e-mail address")
