// Package catalog is the model of what a program declares and returns: domains, codes, their params
// and texts, and the errors that carry them.
//
// A code is declared once, in a package-level variable, with its number, its name and its texts in
// the language that developers write in. Returning it as an error keeps the code and its arguments;
// the sentence that a reader sees is made later, in the reader's language, by package errlingo.
//
//	var Domain = catalog.NewDomain("shop")
//
//	var Item = catalog.String("Item", "Blue socks")
//
//	// OutOfStock: the buyer asked for a thing that is sold out.
//	var OutOfStock = Domain.Define(1201, "OUT_OF_STOCK", catalog.Spec{
//		Title:  "Out of stock",
//		Detail: "There are no more {{.Item}}.",
//		Params: catalog.Params{Item},
//		HTTP:   409,
//		Action: catalog.ActionFix,
//	})
//
//	return OutOfStock.New(Item.Arg("Blue socks"))
//
// Declarations must be readable without running the program, since the command extract copies them
// into the locale files: names and texts are constants, and specs are composite literals. An
// invalid declaration, such as a number used twice, panics when the program starts.
//
// Some words have a meaning in locale files, so no code, label or param may be called that, in any
// case: ID, Description, Hash, LeftDelim, RightDelim, Translation, Zero, One, Two, Few, Many,
// Other, and for a param PluralCount. Use a longer name: OrderID.
package catalog
