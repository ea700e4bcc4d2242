package shop

import "github.com/errlingo/errlingo/catalog"

// CardRefused: the bank refused the card.
var CardRefused = Domain.Define(1301, "CARD_REFUSED", catalog.Spec{
	Title:  "Card refused",
	Detail: "The bank refused the card.",
	Help:   "Use another card.",
	HTTP:   402,
	Action: catalog.ActionFix,
})
