package main

import "github.com/errlingo/errlingo/catalog"

// The names of the form's fields, used in the form and in errors.
var (
	NameField     = Domain.Label("name", "name")
	EmailField    = Domain.Label("email", "e-mail address")
	QuantityField = Domain.Label("quantity", "quantity")
)

// The texts of the shop's pages. Labels are enough for a small program; a larger one has other
// translations to keep these with.
var (
	labelShop     = Domain.Label("shop", "The sock shop")
	labelLanguage = Domain.Label("language", "Language")
	labelInStock  = Domain.Label("in_stock", "In stock")
	labelReserve  = Domain.Label("reserve", "Reserve a thousand pieces")
	labelOrder    = Domain.Label("order", "Order")
	labelSend     = Domain.Label("send", "Send the order")
	labelPhoto    = Domain.Label("photo", "A small photo of your old socks")
	labelUpload   = Domain.Label("upload", "Upload")
	labelThanks   = Domain.Label("thanks", "Thank you. Your socks are on their way.")
	labelMore     = Domain.Label("more", "More ways to fail")
	labelMissing  = Domain.Label("missing", "An item that does not exist")
	labelDatabase = Domain.Label("database", "A database that does not answer")
	labelCheckout = Domain.Label("checkout", "A checkout with several faults")
	labelPanic    = Domain.Label("panic", "A panic")
)

// pageLabels has all labels that the templates use, by name.
var pageLabels = map[string]*catalog.Label{
	"name": NameField, "email": EmailField, "quantity": QuantityField,
	"shop": labelShop, "language": labelLanguage, "in_stock": labelInStock,
	"reserve": labelReserve, "order": labelOrder, "send": labelSend, "photo": labelPhoto,
	"upload": labelUpload, "thanks": labelThanks, "more": labelMore, "missing": labelMissing,
	"database": labelDatabase, "checkout": labelCheckout, "panic": labelPanic,
}
