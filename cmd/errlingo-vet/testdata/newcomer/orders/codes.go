// Package orders takes the orders of a café.
package orders

import "github.com/errlingo/errlingo/catalog"

var Domain = catalog.NewDomain("cafe")

var (
	Dish  = catalog.String("Dish", "apple pie")
	Table = catalog.Identifier("Table", 7)
	Left  = catalog.Int("Left", 2)
)

// DishNotFound: the menu does not have the dish.
var DishNotFound = Domain.Define(1, "DISH_NOT_FOUND", catalog.Spec{
	Title:  "Dish not found",
	Detail: "We don't have {{.Dish}}.",
	Params: catalog.Params{Dish},
	HTTP:   404,
})

// TooFew: fewer pieces are left than were ordered.
var TooFew = Domain.Define(2, "TOO_FEW", catalog.Spec{
	Title:  "Too few left",
	Detail: "Only {{.Left}} pieces of {{.Dish}} are left.",
	Plural: catalog.Plural{By: Left, One: "Only one piece of {{.Dish}} is left."},
	Params: catalog.Params{Dish, catalog.Public(Left)},
	HTTP:   409,
})

// NoTable: the guests have no table yet.
var NoTable = Domain.Define(3, "NO_TABLE", catalog.Spec{
	Title:      "No table",
	HTTP:       409,
	Deprecated: "guests may order at the bar",
	ReplacedBy: KitchenClosed,
})

// KitchenClosed: the cook has gone home.
var KitchenClosed = Domain.Define(4, "KITCHEN_CLOSED", catalog.Spec{
	Title: "The kitchen is closed",
	HTTP:  503,
})

// TooLate: nobody has written yet what returns this.
var TooLate = Domain.Define(6, "TOO_LATE", catalog.Spec{Title: "Too late", HTTP: 409})

// define saves some typing.
func define(number int, name, title string) {
	Domain.Define(number, name, catalog.Spec{Title: title, HTTP: 400})
}

func init() { define(5, "NO_CREDIT", "No credit") }
