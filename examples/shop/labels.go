package main

import "github.com/errlingo/errlingo/catalog"

// The names of the form's fields, which stand beside them and in the texts of errors.
var (
	NameField     = Domain.Label("name", "name")
	EmailField    = Domain.Label("email", "e-mail address")
	QuantityField = Domain.Label("quantity", "quantity")
)

// The words of the shop's pages. A larger program would keep these with its other translations; a small one gets by with
// labels.
var (
	wordShop     = Domain.Label("shop", "The sock shop")
	wordLanguage = Domain.Label("language", "Language")
	wordInStock  = Domain.Label("in_stock", "In stock")
	wordReserve  = Domain.Label("reserve", "Reserve a thousand pieces")
	wordOrder    = Domain.Label("order", "Order")
	wordSend     = Domain.Label("send", "Send the order")
	wordPhoto    = Domain.Label("photo", "A small photo of your old socks")
	wordUpload   = Domain.Label("upload", "Upload")
	wordThanks   = Domain.Label("thanks", "Thank you. Your socks are on their way.")
	wordMore     = Domain.Label("more", "More ways to fail")
	wordMissing  = Domain.Label("missing", "An item that does not exist")
	wordDatabase = Domain.Label("database", "A database that does not answer")
	wordCheckout = Domain.Label("checkout", "A checkout with several faults")
	wordPanic    = Domain.Label("panic", "A panic")
)

var words = map[string]*catalog.Label{
	"name": NameField, "email": EmailField, "quantity": QuantityField,
	"shop": wordShop, "language": wordLanguage, "in_stock": wordInStock, "reserve": wordReserve, "order": wordOrder,
	"send": wordSend, "photo": wordPhoto, "upload": wordUpload, "thanks": wordThanks, "more": wordMore,
	"missing": wordMissing, "database": wordDatabase, "checkout": wordCheckout, "panic": wordPanic,
}
