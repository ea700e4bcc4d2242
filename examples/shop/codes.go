package main

import (
	"net/http"
	"time"

	"github.com/errlingo/errlingo/catalog"
)

//go:generate go run ../../cmd/extract .

// Domain is the domain of the shop's codes. Within it, numbers and names are unique and permanent.
var Domain = catalog.NewDomain("shop", catalog.Docs("https://shop.example/errors/"))

// The params of the shop's texts, shared by its codes.
var (
	Item      = catalog.LabelParam("Item", BlueSocks)
	ItemID    = catalog.Identifier("ItemID", 4711)
	Left      = catalog.Int("Left", 3)
	Least     = catalog.Int("Least", 1)
	Most      = catalog.Int("Most", 20)
	Found     = catalog.Int("Found", 12)
	Wait      = catalog.RelativeTime("Wait", 2*time.Minute)
	ValidTill = catalog.Date("ValidTill", time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC))
	Cards     = catalog.List(catalog.And, catalog.String("Cards", "Visa"), "Mastercard")
	Field     = catalog.LabelParam("Field", NameField)
	Methods   = catalog.List(catalog.Or, catalog.Literal("Methods", "GET"), "POST")
)

// ItemNotFound: the shop has no item with this number, or no longer has it.
var ItemNotFound = Domain.Define(1101, "ITEM_NOT_FOUND", catalog.Spec{
	Title:  "Item not found",
	Detail: "We don’t have an item with the number {{.ItemID}}.",
	Help:   "Go back to the list and choose another item.",
	Params: catalog.Params{catalog.Public(ItemID)},
	HTTP:   http.StatusNotFound,
	Action: catalog.ActionFix,
})

// LanguageUnknown: someone selected a language that the shop does not offer.
var LanguageUnknown = Domain.Define(1102, "LANGUAGE_UNKNOWN", catalog.Spec{
	Title:  "Language not available",
	Detail: "The shop isn’t available in this language.",
	Help:   "Choose one of the languages shown.",
	HTTP:   http.StatusBadRequest,
	Action: catalog.ActionFix,
})

// MethodNotAllowed: the request has a method that the page does not support.
var MethodNotAllowed = Domain.Define(1103, "METHOD_NOT_ALLOWED", catalog.Spec{
	Title:    "Method not allowed",
	Detail:   "This address accepts only {{.Methods}}.",
	Params:   catalog.Params{catalog.Public(Methods)},
	HTTP:     http.StatusMethodNotAllowed,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionContact,
})

// OutOfStock: the buyer wants more pairs of socks than are left. None may be left at all.
var OutOfStock = Domain.Define(1201, "OUT_OF_STOCK", catalog.Spec{
	Title:  "Not enough in stock",
	Detail: "Only {{.Left}} pairs of “{{.Item}}” are left.",
	Plural: catalog.Plural{
		By: Left, One: "Only one pair of “{{.Item}}” is left.",
		ExactZero:     "“{{.Item}}” is sold out.",
		HelpExactZero: "Choose another item.",
	},
	Help:   "Choose a smaller quantity or another item.",
	Params: catalog.Params{Item, catalog.Public(Left)},
	HTTP:   http.StatusConflict,
	Action: catalog.ActionFix,
})

// FieldMissing: a field of the order form was left empty.
var FieldMissing = Domain.Define(1301, "FIELD_MISSING", catalog.Spec{
	Title:  "Missing information",
	Detail: "Enter your {{.Field}}.",
	Params: catalog.Params{Field},
	HTTP:   http.StatusUnprocessableEntity,
	Action: catalog.ActionFix,
})

// QuantityOutOfRange: the quantity is not a number, or is outside the allowed range.
var QuantityOutOfRange = Domain.Define(1302, "QUANTITY_OUT_OF_RANGE", catalog.Spec{
	Title:  "Quantity not valid",
	Detail: "Enter a quantity from {{.Least}} to {{.Most}}.",
	Params: catalog.Params{catalog.Public(Least), catalog.Public(Most)},
	HTTP:   http.StatusUnprocessableEntity,
	Action: catalog.ActionFix,
})

// VoucherExpired: the voucher is no longer valid.
var VoucherExpired = Domain.Define(1401, "VOUCHER_EXPIRED", catalog.Spec{
	Title:  "Voucher expired",
	Detail: "The voucher was valid until {{.ValidTill}}.",
	Help:   "Order without a voucher, or use another one.",
	Params: catalog.Params{catalog.Public(ValidTill)},
	HTTP:   http.StatusUnprocessableEntity,
	Action: catalog.ActionFix,
})

// CardRefused: the bank declined the payment, or the shop does not accept this type of card.
var CardRefused = Domain.Define(1402, "CARD_REFUSED", catalog.Spec{
	Title:  "Card declined",
	Detail: "The payment with this card was declined.",
	Help:   "Try another card. We accept {{.Cards}}.",
	Params: catalog.Params{Cards},
	HTTP:   http.StatusPaymentRequired,
	Action: catalog.ActionFix,
})

// TooManyOrders: a buyer sent more orders in a minute than a person would.
var TooManyOrders = Domain.Define(1501, "TOO_MANY_ORDERS", catalog.Spec{
	Title:  "Too many orders",
	Detail: "Orders came in faster than we can pack them.",
	Help:   "You can order again {{.Wait}}.",
	Params: catalog.Params{Wait},
	HTTP:   http.StatusTooManyRequests,
	Retry:  catalog.RetryAfter,
	Action: catalog.ActionRetry,
})

// StockUnknown: the stock database does not respond.
var StockUnknown = Domain.Define(1901, "STOCK_UNKNOWN", catalog.Spec{
	Title:    "Stock database unavailable",
	Detail:   "The stock of “{{.Item}}” couldn’t be read.",
	Params:   catalog.Params{Item},
	HTTP:     http.StatusServiceUnavailable,
	Audience: catalog.AudienceOperator,
	Action:   catalog.ActionRetry,
})
