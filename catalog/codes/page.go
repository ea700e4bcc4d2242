package codes

import "github.com/errlingo/errlingo/catalog"

// The words around an error on a page, and its links. Package problem uses them.
var (
	// A link to the product's first page.
	PageHome = Domain.Label("page_home", "Go to the home page")
	// A link that opens the same page again.
	PageRetry = Domain.Label("page_retry", "Try again")
	// A link to the page where people sign in.
	PageSignIn = Domain.Label("page_sign_in", "Sign in")
	// A link to the page where people choose a plan with higher limits.
	PageUpgrade = Domain.Label("page_upgrade", "Upgrade your plan")
	// A link to a page, an email address or a phone number where people get help.
	PageSupport = Domain.Label("page_support", "Contact support")
	// Before the number that support asks for: "Reference: 0f5d1c7e".
	PageReference = Domain.Label("page_reference", "Reference")
	// Before the name and number of the error, as support or developers search for it:
	// "Error code: OUT_OF_STOCK (1201)".
	PageCode = Domain.Label("page_code", "Error code")
	// Below a list of problems that is not complete.
	PageNotShown = Domain.Phrase("page_not_shown", catalog.PhraseSpec{
		Text: "{{.Count}} more problems are not shown.", By: Count,
		Forms:  catalog.Forms{One: "One more problem is not shown."},
		Params: catalog.Params{Count},
	})
)
