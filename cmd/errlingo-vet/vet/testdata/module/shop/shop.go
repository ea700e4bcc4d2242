// Package shop has declarations that the other packages use.
package shop

import "github.com/errlingo/errlingo/catalog"

var Domain = catalog.NewDomain("shop")

var (
	Item   = catalog.String("Item", "Blue socks")
	Left   = catalog.Int("Left", 3)
	Count  = catalog.Int("Count", 2)
	Size   = catalog.Bytes("Size", int64(1000))
	Method = catalog.List(catalog.Or, catalog.Literal("Methods", "GET"))
	Short  = Item.Styled(catalog.FileName)
)

// OutOfStock is described in several texts; its count is in none of them.
var OutOfStock = Domain.Define(1201, "OUT_OF_STOCK", catalog.Spec{
	Title:  "Out of stock",
	Detail: "We have too little of " + "{{.Item}}.",
	Plural: catalog.Plural{By: Left, One: "We have one {{.Item}}."},
	Params: catalog.Params{Item, catalog.Public(Left), Size},
	HTTP:   409,
})

var several = catalog.Params{Count}

var (
	Closed = Domain.Define(1202, "CLOSED", catalog.Spec{Title: "Closed"})

	// SeveralErrors counts what it reports itself.
	SeveralErrors = Domain.Define(1203, "SEVERAL_ERRORS", catalog.Spec{
		Title: "{{.Count}} errors", Params: several, Aggregate: true})

	SoldOut = Domain.Define(1204, "SOLD_OUT", catalog.Spec{
		Title: "Sold out", Detail: "No {{.Item}} is left.", Params: catalog.Params{Item},
		Deprecated: "says less than OUT_OF_STOCK", ReplacedBy: OutOfStock})

	Shut = Domain.Define(1205, "SHUT", catalog.Spec{
		Title: "Shut", Deprecated: "has another name", ReplacedBy: Closed})

	NotAllowed = Domain.Define(1206, "NOT_ALLOWED", catalog.Spec{
		Title: "Not allowed", Help: "Use {{.Methods}}.", Params: catalog.Params{Method}})
)

// Empty is another name.
var Empty = OutOfStock

// Fail passes its arguments on.
func Fail(cause error, code *catalog.Code, args ...catalog.Arg) error {
	return code.Wrap(cause, args...)
}

// Lack passes its arguments on to one code.
func Lack(args ...catalog.Arg) error { return OutOfStock.New(args...) }

// Extend adds an argument.
func Extend(code *catalog.Code, args ...catalog.Arg) error {
	return code.New(append(args, Item.Arg("socks"))...)
}

// Choose does not pass on the code that it is given.
func Choose(code *catalog.Code, args ...catalog.Arg) error {
	if len(args) == 0 {
		code = Closed
	}
	return code.New(args...)
}

func left(n int) catalog.Arg { return Left.Arg(n) }

func More(n int) error { return OutOfStock.New(Item.Arg("socks"), left(n)) }
