package rules

import "github.com/errlingo/errlingo/catalog"

// NotEmail: what was entered doesn't have the form of an email address.
var NotEmail = Domain.Define(701, "NOT_EMAIL", catalog.Spec{
	Title:  "Not an email address",
	Detail: "Enter an email address, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "name@example.com"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotPhoneNumber: what was entered is not a phone number in international form.
var NotPhoneNumber = Domain.Define(702, "NOT_PHONE_NUMBER", catalog.Spec{
	Title:  "Not a phone number",
	Detail: "Enter a phone number with a plus sign and the country code, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "+49 30 901820"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotWebAddress: what was entered is not a web address.
var NotWebAddress = Domain.Define(703, "NOT_WEB_ADDRESS", catalog.Spec{
	Title:  "Not a web address",
	Detail: "Enter a web address, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "https://example.com"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotSecureWebAddress: what was entered is not a web address that begins with https.
var NotSecureWebAddress = Domain.Define(704, "NOT_SECURE_WEB_ADDRESS", catalog.Spec{
	Title:  "Not a secure web address",
	Detail: "Enter a secure web address, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "https://example.com"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotSiteAddress: what was entered is not the address of a website without a page.
var NotSiteAddress = Domain.Define(705, "NOT_SITE_ADDRESS", catalog.Spec{
	Title:  "Not the address of a website",
	Detail: "Enter the address of a website without a page, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "https://example.com"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotCardNumber: the number of a payment card has the wrong length or check digit.
var NotCardNumber = Domain.Define(706, "NOT_CARD_NUMBER", catalog.Spec{
	Title:  "Card number not valid",
	Detail: "Enter the number exactly as it is on the card.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongCheckDigit: a number's check digit doesn't match its other digits.
var WrongCheckDigit = Domain.Define(707, "WRONG_CHECK_DIGIT", catalog.Spec{
	Title:  "Number not valid",
	Detail: "Check the number for typos.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotColor: what was entered is not a color.
var NotColor = Domain.Define(708, "NOT_COLOR", catalog.Spec{
	Title:  "Not a color",
	Detail: "Enter a color, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "#1e90ff"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotNumber: what was entered is not a number.
var NotNumber = Domain.Define(709, "NOT_NUMBER", catalog.Spec{
	Title:  "Not a number",
	Detail: "Enter a number.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotTrueOrFalse: what was entered is neither true nor false.
var NotTrueOrFalse = Domain.Define(710, "NOT_TRUE_OR_FALSE", catalog.Spec{
	Title:  "Neither true nor false",
	Detail: "Enter one of these: {{.Choices}}.",
	Params: catalog.Params{
		Field, catalog.Public(catalog.List(catalog.Or, catalog.Literal("Choices", "true"), "false")),
	},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotDate: what was entered is not a date, or a date and time, in the form that is needed.
var NotDate = Domain.Define(711, "NOT_DATE", catalog.Spec{
	Title:  "Date not valid",
	Detail: "Enter a date in this form: {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "2026-03-31"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotTimeOfDay: what was entered is not a time of day in the form that is needed.
var NotTimeOfDay = Domain.Define(712, "NOT_TIME_OF_DAY", catalog.Spec{
	Title:  "Time not valid",
	Detail: "Enter a time in this form: {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "14:30"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLengthOfTime: what was entered is not a length of time with units.
var NotLengthOfTime = Domain.Define(713, "NOT_LENGTH_OF_TIME", catalog.Spec{
	Title:  "Not a length of time",
	Detail: "Enter a length of time, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "45m"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotTimeZone: what was entered is not the name of a time zone.
var NotTimeZone = Domain.Define(714, "NOT_TIME_ZONE", catalog.Spec{
	Title:  "Not a time zone",
	Detail: "Enter a time zone, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "Europe/Berlin"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotCountryCode: what was entered is not the code of a country.
var NotCountryCode = Domain.Define(715, "NOT_COUNTRY_CODE", catalog.Spec{
	Title:  "Not a country code",
	Detail: "Enter the code of a country, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "DE"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotEUCountryCode: what was entered is not the code of a country of the European Union.
var NotEUCountryCode = Domain.Define(716, "NOT_EU_COUNTRY_CODE", catalog.Spec{
	Title:  "Not an EU country",
	Detail: "Enter the code of a country in the European Union, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "DE"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotRegionCode: what was entered is not the code of a part of a country.
var NotRegionCode = Domain.Define(717, "NOT_REGION_CODE", catalog.Spec{
	Title:  "Not a region code",
	Detail: "Enter the code of a region, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "US-CA"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotCurrencyCode: what was entered is not the code of a currency.
var NotCurrencyCode = Domain.Define(718, "NOT_CURRENCY_CODE", catalog.Spec{
	Title:  "Not a currency code",
	Detail: "Enter the code of a currency, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "EUR"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLanguageCode: what was entered is not the code of a language.
var NotLanguageCode = Domain.Define(719, "NOT_LANGUAGE_CODE", catalog.Spec{
	Title:  "Not a language code",
	Detail: "Enter the code of a language, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "de-CH"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotPostalCode: what was entered is not a postal code of the country.
var NotPostalCode = Domain.Define(720, "NOT_POSTAL_CODE", catalog.Spec{
	Title:  "Postal code not valid",
	Detail: "Enter a postal code as it is written in its country.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotVersion: what was entered is not the number of a version.
var NotVersion = Domain.Define(721, "NOT_VERSION", catalog.Spec{
	Title:  "Not a version number",
	Detail: "Enter a version number, such as {{.Example}}.",
	Params: catalog.Params{Field, catalog.Public(catalog.Literal("Example", "1.4.2"))},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotImage: a file is not an image, or doesn't exist.
var NotImage = Domain.Define(722, "NOT_IMAGE", catalog.Spec{
	Title:  "Not an image",
	Detail: "Choose an image.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongFileType: a file is not of the type that is needed, or doesn't exist.
var WrongFileType = Domain.Define(723, "WRONG_FILE_TYPE", catalog.Spec{
	Title:  "Wrong type of file",
	Detail: "Choose a file of the type {{.MediaType}}.",
	Params: catalog.Params{Field, catalog.Public(MediaType)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NoSuchFile: a file doesn't exist.
var NoSuchFile = Domain.Define(724, "NO_SUCH_FILE", catalog.Spec{
	Title:  "File not found",
	Detail: "Enter the path of a file that exists.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotFilePath: what was entered can't be the path of a file.
var NotFilePath = Domain.Define(725, "NOT_FILE_PATH", catalog.Spec{
	Title:  "Not the path of a file",
	Detail: "Enter the path of a file.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NoSuchFolder: a folder doesn't exist.
var NoSuchFolder = Domain.Define(726, "NO_SUCH_FOLDER", catalog.Spec{
	Title:  "Folder not found",
	Detail: "Enter the path of a folder that exists.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotFolderPath: what was entered can't be the path of a folder.
var NotFolderPath = Domain.Define(727, "NOT_FOLDER_PATH", catalog.Spec{
	Title:  "Not the path of a folder",
	Detail: "Enter the path of a folder, with a slash at its end.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})
