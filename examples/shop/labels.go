package main

import "github.com/errlingo/errlingo/catalog"

// The names of the form's fields, used in the form and in errors.
var (
	// A field of the order form: the buyer's name.
	NameField = Domain.Label("name", "name")
	// A field of the order form.
	EmailField = Domain.Label("email", "email address")
	// A field of the order form: how many pairs the buyer wants.
	QuantityField = Domain.Label("quantity", "quantity")
)

// The names of what the shop sells, used on its pages and in errors.
var (
	// An item of the shop, in sentences such as "Only one pair of “Blue socks” is left".
	BlueSocks = Domain.Label("blue_socks", "Blue socks")
	// An item of the shop.
	RedSocks = Domain.Label("red_socks", "Red socks")
	// An item of the shop.
	GreenSocks = Domain.Label("green_socks", "Green socks")
	// An item of the shop.
	WoolSocks = Domain.Label("wool_socks", "Wool socks")
	// An item of the shop: for running.
	RunningSocks = Domain.Label("running_socks", "Running socks")
	// An item of the shop.
	WhiteSocks = Domain.Label("white_socks", "White socks")
)

// What the shop says of its stock, below the name of an item.
var (
	// How many pairs of an item are left.
	pairsLeft = Domain.Phrase("pairs_left", catalog.PhraseSpec{
		Text:   "{{.Left}} pairs left",
		By:     Left,
		Forms:  catalog.Forms{One: "One pair left"},
		Params: catalog.Params{Left},
		Max:    30,
	})
	// In place of the number of pairs, if none is left.
	soldOut = Domain.Phrase("sold_out", catalog.PhraseSpec{Text: "Sold out", Max: 30})
)

// The texts of the shop's pages. Labels are enough for a small program; a larger one has other
// translations to keep these with.
var (
	// The shop's name.
	labelShop = Domain.Label("shop", "The sock shop")
	// What the buttons with the names of languages are for.
	labelLanguage = Domain.Label("language", "Language")
	// A link at the top of each page, for people who use a keyboard.
	labelSkip = Domain.Label("skip", "Skip to the content")
	// The heading above the list of items, and a link to it.
	labelAll = Domain.Label("all", "All socks")
	// A button beside an item. It shows the error for an item that is out of stock.
	labelReserve = Domain.Label("reserve", "Reserve a thousand pairs")
	// The heading above the order form, and a link to it.
	labelOrder = Domain.Label("order", "Order")
	// The heading above what is wrong with the order.
	labelProblem = Domain.Label("problem", "There is a problem")
	// Before the title of a page whose form has mistakes, as in "Error: Order".
	labelError = Domain.Label("error", "Error")
	// The button below the order form.
	labelSend = Domain.Label("send", "Place order")
	// A field for a file. The error for a file that is too large appears if it has more than 64 kB.
	labelPhoto = Domain.Label("photo", "A small photo of your old socks")
	// The button that sends the photo.
	labelUpload = Domain.Label("upload", "Upload")
	// Shown after an order.
	labelThanks = Domain.Label("thanks", "Thank you. Your socks are on their way.")
	// Shown after a photo was sent.
	labelReceived = Domain.Label("received", "Thank you. We’ve received your photo.")
	// The heading above a list of links, each of which shows an error.
	labelMore = Domain.Label("more", "More errors to try")
	// A link that shows an error.
	labelMissing = Domain.Label("missing", "An item that doesn’t exist")
	// A link that shows an error.
	labelDatabase = Domain.Label("database", "A database that doesn’t respond")
	// A link that shows several errors: paying failed for more than one reason.
	labelCheckout = Domain.Label("checkout", "A checkout with several problems")
	// A link that shows an error: Go calls it a panic if a program crashes.
	labelPanic = Domain.Label("panic", "A program that crashes")
)

// The texts of the page that shows all errors.
var (
	// The heading of a page that lists all error messages, and a link to it.
	labelCodes = Domain.Label("codes", "All error messages")
	// A field to search the error messages: what can be typed there.
	labelFind = Domain.Label("find", "Number, name or word")
	// The button beside the field.
	labelSearch = Domain.Label("search", "Search")
	// How many error messages the search has found. There may be none.
	messagesFound = Domain.Phrase("messages_found", catalog.PhraseSpec{
		Text:   "{{.Found}} error messages",
		By:     Found,
		Forms:  catalog.Forms{One: "One error message"},
		Params: catalog.Params{Found},
	})
)

// pageLabels has all labels that the templates use, by name.
var pageLabels = map[string]*catalog.Label{
	"name": NameField, "email": EmailField, "quantity": QuantityField,
	"shop": labelShop, "language": labelLanguage, "skip": labelSkip, "all": labelAll,
	"reserve": labelReserve, "order": labelOrder,
	"problem": labelProblem, "error": labelError, "send": labelSend, "photo": labelPhoto,
	"upload": labelUpload, "more": labelMore, "missing": labelMissing,
	"codes": labelCodes, "find": labelFind, "search": labelSearch,
	"database": labelDatabase, "checkout": labelCheckout, "panic": labelPanic,
}
