package validator_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	playground "github.com/go-playground/validator/v10"

	bridge "github.com/errlingo/errlingo/bridge/validator"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/locales"
)

// tagCase is a tag on a field whose value breaks it.
type tagCase struct {
	tag   string
	value any
	other any // of the field Other
	code  *catalog.Code
	said  string // in English
}

// The values of the cases. The sentences contain none of them.
const (
	bad  = "¿zzz?"
	long = "zzzzzzzz"
)

var (
	list      = []string{"zz", "zz"}
	noString  *string
	tomorrow  = time.Now().Add(24 * time.Hour)
	yesterday = time.Now().Add(-24 * time.Hour)
)

// cases has every tag that the validator has by itself, for each kind of field that gets another
// sentence.
var cases = []tagCase{
	{"required", "", nil, rules.Required, "Fill in this field."},
	{"required", 0, nil, rules.NumberRequired, "Enter a number other than 0."},
	{"required", false, nil, rules.BoxRequired, "Check this box."},
	{"required", []string(nil), nil, rules.EntryRequired, "Choose or add at least one entry."},
	{"required", (*bool)(nil), nil, rules.Required, "Fill in this field."},
	{"required", time.Time{}, nil, rules.Required, "Fill in this field."},
	{"required_if=Other a", "", "a", rules.Required, "Fill in this field."},
	{"required_unless=Other a", "", "b", rules.Required, "Fill in this field."},
	{"skip_unless=Other a", "", "a", rules.Required, "Fill in this field."},
	{"required_with=Other", "", "a", rules.Required, "Fill in this field."},
	{"required_with_all=Other", "", "a", rules.Required, "Fill in this field."},
	{"required_without=Other", "", "", rules.Required, "Fill in this field."},
	{"required_without_all=Other", "", "", rules.Required, "Fill in this field."},
	{"excluded_if=Other a", bad, "a", rules.NotNeeded, "Leave this field empty."},
	{"excluded_unless=Other a", bad, "b", rules.NotNeeded, "Leave this field empty."},
	{"excluded_with=Other", bad, "a", rules.NotNeeded, "Leave this field empty."},
	{"excluded_with_all=Other", bad, "a", rules.NotNeeded, "Leave this field empty."},
	{"excluded_without=Other", bad, "", rules.NotNeeded, "Leave this field empty."},
	{"excluded_without_all=Other", bad, "", rules.NotNeeded, "Leave this field empty."},
	{"isdefault", bad, nil, rules.NotNeeded, "Leave this field empty."},
	{"isdefault", true, nil, rules.BoxNotAllowed, "Leave this box unchecked."},

	{"len=8", bad, nil, rules.WrongLength, "Enter exactly 8 characters."},
	{"len=1", bad, nil, rules.WrongLength, "Enter exactly one character."},
	{"len=0", bad, nil, rules.NotNeeded, "Leave this field empty."},
	{"len=3", list, nil, rules.WrongNumberOfEntries, "Exactly 3 entries are needed."},
	{"len=0x10", 9, nil, rules.WrongNumber, "Enter the number 16."},
	{"len=1113.00", 9.0, nil, rules.WrongNumber, "Enter the number 1,113."},
	{"len=90m", time.Minute, nil, rules.WrongDuration, "Enter exactly 1 hour, 30 minutes."},
	{"min=8", bad, nil, rules.TooShort, "Enter at least 8 characters."},
	{"min=1", "", nil, rules.TooShort, "Enter at least one character."},
	{"min=10", noString, nil, rules.TooShort, "Enter at least 10 characters."},
	{"min=0", noString, nil, rules.Required, "Fill in this field."},
	{"min=3", list, nil, rules.TooFewEntries, "At least 3 entries are needed."},
	{"min=1", map[string]int{}, nil, rules.TooFewEntries, "At least one entry is needed."},
	{"min=18", 9, nil, rules.NumberTooSmall, "Enter 18 or more."},
	{"min=18", uint8(9), nil, rules.NumberTooSmall, "Enter 18 or more."},
	{"min=9.75", 9.5, nil, rules.NumberTooSmall, "Enter 9.75 or more."},
	{"min=0.1", float32(0), nil, rules.NumberTooSmall, "Enter 0.1 or more."},
	{"min=1h", time.Minute, nil, rules.DurationTooShort, "Enter 1 hour or more."},
	{"min=3600000000000", time.Minute, nil, rules.DurationTooShort, "Enter 1 hour or more."},
	{"min", yesterday, nil, rules.NotInFuture, "Choose a date in the future."},
	{"max=3", bad, nil, rules.TooLong, "Enter no more than 3 characters."},
	{"max=1", noString, nil, rules.Required, "Fill in this field."},
	{"max=1", list, nil, rules.TooManyEntries, "No more than one entry is allowed."},
	{"max=5", 9, nil, rules.NumberTooLarge, "Enter 5 or less."},
	{"max=-5", 9, nil, rules.NumberTooLarge, "Enter -5 or less."},
	{"max=30s", time.Minute, nil, rules.DurationTooLong, "Enter 30 seconds or less."},
	{"max", tomorrow, nil, rules.NotInPast, "Choose a date in the past."},
	{"gt=7", bad, nil, rules.TooShort, "Enter at least 8 characters."},
	{"gt=2", list, nil, rules.TooFewEntries, "At least 3 entries are needed."},
	{"gt=17", 9, nil, rules.NumberTooSmall, "Enter 18 or more."},
	{"gt=9.75", 9.5, nil, rules.NumberNotAbove, "Enter a number greater than 9.75."},
	{"gt=1h", time.Minute, nil, rules.DurationNotAbove, "Enter more than 1 hour."},
	{"gt", yesterday, nil, rules.NotInFuture, "Choose a date in the future."},
	{"gte=8", bad, nil, rules.TooShort, "Enter at least 8 characters."},
	{"gte=3", list, nil, rules.TooFewEntries, "At least 3 entries are needed."},
	{"gte=18", 9, nil, rules.NumberTooSmall, "Enter 18 or more."},
	{"gte", yesterday, nil, rules.NotInFuture, "Choose a date in the future."},
	{"lt=4", bad, nil, rules.TooLong, "Enter no more than 3 characters."},
	{"lt=2", list, nil, rules.TooManyEntries, "No more than one entry is allowed."},
	{"lt=1", list, nil, rules.NotNeeded, "Leave this field empty."},
	{"lt=6", 9, nil, rules.NumberTooLarge, "Enter 5 or less."},
	{"lt=5.5", 9.5, nil, rules.NumberNotBelow, "Enter a number less than 5.5."},
	{"lt=30s", time.Minute, nil, rules.DurationNotBelow, "Enter less than 30 seconds."},
	{"lt", tomorrow, nil, rules.NotInPast, "Choose a date in the past."},
	{"lte=3", bad, nil, rules.TooLong, "Enter no more than 3 characters."},
	{"lte=1", list, nil, rules.TooManyEntries, "No more than one entry is allowed."},
	{"lte=5", 9, nil, rules.NumberTooLarge, "Enter 5 or less."},
	{"lte", tomorrow, nil, rules.NotInPast, "Choose a date in the past."},

	{"eq=yes", bad, nil, rules.WrongText, "Enter “yes”."},
	{"eq=", bad, nil, rules.NotNeeded, "Leave this field empty."},
	{"eq=3", list, nil, rules.WrongNumberOfEntries, "Exactly 3 entries are needed."},
	{"eq=5", 9, nil, rules.WrongNumber, "Enter the number 5."},
	{"eq=true", false, nil, rules.BoxRequired, "Check this box."},
	{"eq=false", true, nil, rules.BoxNotAllowed, "Leave this box unchecked."},
	{"eq_ignore_case=yes", bad, nil, rules.WrongText, "Enter “yes”."},
	{"ne=admin", "admin", nil, rules.TextExcluded, "Enter something other than “admin”."},
	{"ne=", "", nil, rules.Required, "Fill in this field."},
	{"ne=0", map[string]int{}, nil, rules.TooFewEntries, "At least one entry is needed."},
	{"ne=2", list, nil, rules.Invalid, "This can’t be used as it is. Enter something different."},
	{"ne=5", 5, nil, rules.NumberNotAllowed, "Enter a number other than 5."},
	{"ne=1m", time.Minute, nil, rules.DurationNotAllowed, "Enter a length of time other than 1 minute."},
	{"ne=true", true, nil, rules.BoxNotAllowed, "Leave this box unchecked."},
	{"ne_ignore_case=admin", "Admin", nil, rules.TextExcluded, "Enter something other than “admin”."},
	{"unique", list, nil, rules.DuplicateEntries, "Remove duplicates. Each entry can appear only once."},
	{"unique=Other", bad, bad, rules.NotDifferent, "These entries are the same. Enter something different here."},

	{"eqfield=Other", bad, "a", rules.NotSame, "These entries don’t match. Enter the same in both fields."},
	{"nefield=Other", bad, bad, rules.NotDifferent, "These entries are the same. Enter something different here."},
	{"gtfield=Other", 1, 2, rules.NotHigher, "Enter a higher value."},
	{"gtfield=Other", yesterday, tomorrow, rules.NotLater, "Choose a later date."},
	{"gtfield=Other", bad, long, rules.Invalid, "This can’t be used as it is. Enter something different."},
	{"gtefield=Other", 1, 2, rules.NotHigher, "Enter a higher value."},
	{"gtefield=Other", yesterday, tomorrow, rules.NotLater, "Choose a later date."},
	{"ltfield=Other", 2, 1, rules.NotLower, "Enter a lower value."},
	{"ltfield=Other", tomorrow, yesterday, rules.NotEarlier, "Choose an earlier date."},
	{"ltefield=Other", 2, 1, rules.NotLower, "Enter a lower value."},
	{"ltefield=Other", tomorrow, yesterday, rules.NotEarlier, "Choose an earlier date."},
	{"eqcsfield=Other", bad, "a", rules.NotSame, "These entries don’t match. Enter the same in both fields."},
	{"necsfield=Other", bad, bad, rules.NotDifferent, "These entries are the same. Enter something different here."},
	{"gtcsfield=Other", 1, 2, rules.NotHigher, "Enter a higher value."},
	{"gtecsfield=Other", time.Second, time.Minute, rules.NotHigher, "Enter a higher value."},
	{"ltcsfield=Other", 2, 1, rules.NotLower, "Enter a lower value."},
	{"ltecsfield=Other", 2, 1, rules.NotLower, "Enter a lower value."},
	{"fieldcontains=Other", bad, "a", rules.OtherNotIncluded, "Include what you entered in the other field."},
	{"fieldexcludes=Other", bad, "zz", rules.OtherIncluded, "Leave out what you entered in the other field."},

	{"alpha", bad, nil, rules.NotAToZ, "Use only the letters A to Z."},
	{"alphaspace", bad, nil, rules.NotAToZOrSpaces, "Use only the letters A to Z and spaces."},
	{"alphanum", bad, nil, rules.NotAToZOrDigits, "Use only the letters A to Z and digits."},
	{"alphanumspace", bad, nil, rules.NotAToZDigitsOrSpaces, "Use only the letters A to Z, digits and spaces."},
	{"alphaunicode", bad, nil, rules.NotLetters, "Use only letters."},
	{"alphanumunicode", bad, nil, rules.NotLettersOrDigits, "Use only letters and digits."},
	{"ascii", bad, nil, rules.NotASCII, "Use only the letters A to Z, digits and simple punctuation."},
	{"printascii", bad, nil, rules.NotASCII, "Use only the letters A to Z, digits and simple punctuation."},
	{"multibyte", long, nil, rules.OnlyASCII, "Use at least one character other than A to Z, digits and simple punctuation."},
	{"lowercase", "ZZZ", nil, rules.NotLowercase, "Use only lowercase letters."},
	{"uppercase", long, nil, rules.NotUppercase, "Use only capital letters."},
	{"number", bad, nil, rules.NotDigits, "Use only the digits 0 to 9."},
	{"numeric", bad, nil, rules.NotNumber, "Enter a number."},
	{"hexadecimal", bad, nil, rules.NotHexadecimal, "Use only the digits 0 to 9 and the letters A to F."},
	{"boolean", bad, nil, rules.NotTrueOrFalse, "Enter one of these: true or false."},

	{"contains=@", bad, nil, rules.TextMissing, "Include “@”."},
	{"containsany=!@#", bad, nil, rules.CharactersMissing, "Use at least one of these characters: !, @, or #."},
	{"containsany=@", bad, nil, rules.TextMissing, "Include “@”."},
	{"containsrune=@", bad, nil, rules.TextMissing, "Include “@”."},
	{"excludes=zz", bad, nil, rules.TextNotAllowed, "Leave out “zz”."},
	{"excludesall=?!", bad, nil, rules.CharactersNotAllowed, "Leave out these characters: ? or !."},
	{"excludesrune=?", bad, nil, rules.TextNotAllowed, "Leave out “?”."},
	{"startswith=www.", bad, nil, rules.WrongStart, "Start with “www.”."},
	{"startsnotwith=zz", long, nil, rules.StartNotAllowed, "Start with something other than “zz”."},
	{"endswith=.com", bad, nil, rules.WrongEnd, "End with “.com”."},
	{"endsnotwith=zz", long, nil, rules.EndNotAllowed, "End with something other than “zz”."},
	{"oneof=red 'light green' 5", bad, nil, rules.NotAChoice, "Choose one of these: red, light green, or 5."},
	{"oneof=5 7", 9, nil, rules.NotAChoice, "Choose one of these: 5 or 7."},
	{"oneofci=red green", bad, nil, rules.NotAChoice, "Choose one of these: red or green."},
	{"noneof=admin root", "root", nil, rules.ChoiceNotAllowed, "Choose something other than these: admin or root."},
	{"noneofci=admin root", "Root", nil, rules.ChoiceNotAllowed, "Choose something other than these: admin or root."},

	{"email", bad, nil, rules.NotEmail, "Enter an email address, such as name@example.com."},
	{"e164", bad, nil, rules.NotPhoneNumber, "Enter a phone number with a plus sign and the country code, such as +442079460018."},
	{"url", bad, nil, rules.NotWebAddress, "Enter a web address, such as https://example.com."},
	{"uri", bad, nil, rules.NotWebAddress, "Enter a web address, such as https://example.com."},
	{"http_url", bad, nil, rules.NotWebAddress, "Enter a web address, such as https://example.com."},
	{"https_url", bad, nil, rules.NotSecureWebAddress, "Enter a secure web address, such as https://example.com."},
	{"origin", bad, nil, rules.NotSiteAddress, "Enter the address of a website without a page, such as https://example.com."},
	{"credit_card", bad, nil, rules.NotCardNumber, "Enter the number exactly as it is on the card."},
	{"luhn_checksum", "79927398714", nil, rules.WrongCheckDigit, "Check the number for typos."},
	{"iscolor", bad, nil, rules.NotColor, "Enter a color, such as #1e90ff."},
	{"hexcolor", bad, nil, rules.NotColor, "Enter a color, such as #1e90ff."},
	{"rgb", bad, nil, rules.NotColor, "Enter a color, such as rgb(30, 144, 255)."},
	{"rgba", bad, nil, rules.NotColor, "Enter a color, such as rgba(30, 144, 255, 0.5)."},
	{"hsl", bad, nil, rules.NotColor, "Enter a color, such as hsl(210, 100%, 56%)."},
	{"hsla", bad, nil, rules.NotColor, "Enter a color, such as hsla(210, 100%, 56%, 0.5)."},
	{"cmyk", bad, nil, rules.NotColor, "Enter a color, such as cmyk(88%, 44%, 0%, 0%)."},

	{"datetime=2006-01-02", bad, nil, rules.NotDate, "Enter a date in this form: 2026-03-31."},
	{"datetime=15:04", bad, nil, rules.NotTimeOfDay, "Enter a time in this form: 14:30."},
	{"duration", bad, nil, rules.NotLengthOfTime, "Enter a length of time, such as 1h30m."},
	{"timezone", bad, nil, rules.NotTimeZone, "Enter a time zone, such as Europe/Berlin."},
	{"latitude", bad, nil, rules.NumberOutOfRange, "Enter a number from -90 to 90."},
	{"longitude", 500, nil, rules.NumberOutOfRange, "Enter a number from -180 to 180."},
	{"country_code", bad, nil, rules.NotCountryCode, "Enter the code of a country, such as DE."},
	{"eu_country_code", bad, nil, rules.NotEUCountryCode, "Enter the code of a country in the European Union, such as DE."},
	{"iso3166_1_alpha2", bad, nil, rules.NotCountryCode, "Enter the code of a country, such as DE."},
	{"iso3166_1_alpha2_eu", bad, nil, rules.NotEUCountryCode, "Enter the code of a country in the European Union, such as DE."},
	{"iso3166_1_alpha3", bad, nil, rules.NotCountryCode, "Enter the code of a country, such as DEU."},
	{"iso3166_1_alpha3_eu", bad, nil, rules.NotEUCountryCode, "Enter the code of a country in the European Union, such as DEU."},
	{"iso3166_1_alpha_numeric", bad, nil, rules.NotCountryCode, "Enter the code of a country, such as 276."},
	{"iso3166_1_alpha_numeric_eu", bad, nil, rules.NotEUCountryCode, "Enter the code of a country in the European Union, such as 276."},
	{"iso3166_2", bad, nil, rules.NotRegionCode, "Enter the code of a region, such as US-CA."},
	{"iso4217", bad, nil, rules.NotCurrencyCode, "Enter the code of a currency, such as EUR."},
	{"iso4217_numeric", 1, nil, rules.NotCurrencyCode, "Enter the code of a currency, such as 978."},
	{"bcp47_language_tag", bad, nil, rules.NotLanguageCode, "Enter the code of a language, such as de-CH."},
	{"bcp47_strict_language_tag", bad, nil, rules.NotLanguageCode, "Enter the code of a language, such as de-CH."},
	{"postcode_iso3166_alpha2=SG", bad, nil, rules.NotPostalCode, "Enter a postal code as it is written in its country."},
	{"postcode_iso3166_alpha2_field=Other", bad, "SG", rules.NotPostalCode, "Enter a postal code as it is written in its country."},

	{"file", bad, nil, rules.NoSuchFile, "Enter the path of a file that exists."},
	{"filepath", "", nil, rules.NotFilePath, "Enter the path of a file."},
	{"dir", bad, nil, rules.NoSuchFolder, "Enter the path of a folder that exists."},
	{"dirpath", bad, nil, rules.NotFolderPath, "Enter the path of a folder, with a slash at its end."},
	{"image", bad, nil, rules.NotImage, "Choose an image."},
	{"mimetype=image/png", bad, nil, rules.WrongFileType, "Choose a file of the type image/png."},

	{"isbn", bad, nil, rules.WrongFormat, "Use the format ISBN, for example 978-0-14-103614-4."},
	{"isbn10", bad, nil, rules.WrongFormat, "Use the format ISBN-10, for example 0-14-103614-1."},
	{"isbn13", bad, nil, rules.WrongFormat, "Use the format ISBN-13, for example 978-0-14-103614-4."},
	{"issn", bad, nil, rules.WrongFormat, "Use the format ISSN, for example 2049-3630."},
	{"bic", bad, nil, rules.WrongFormat, "Use the format BIC, for example DEUTDEFF."},
	{"bic_iso_9362_2014", bad, nil, rules.WrongFormat, "Use the format BIC, for example DEUTDEFF."},
	{"ein", bad, nil, rules.WrongFormat, "Use the format EIN, for example 12-3456789."},
	{"ssn", bad, nil, rules.WrongFormat, "Use the format SSN, for example 123-45-6789."},
	{"cve", bad, nil, rules.WrongFormat, "Use the format CVE, for example CVE-2021-44228."},
	{"semver", bad, nil, rules.NotVersion, "Enter a version number, such as 1.4.2."},
	{"uuid", bad, nil, rules.WrongFormat, "Use the format UUID, for example f47ac10b-58cc-4372-a567-0e02b2c3d479."},
	{"uuid3", bad, nil, rules.WrongFormat, "Use the format UUID 3, for example 5df41881-3aed-3515-88a7-2f4a814cf09e."},
	{"uuid4", bad, nil, rules.WrongFormat, "Use the format UUID 4, for example f47ac10b-58cc-4372-a567-0e02b2c3d479."},
	{"uuid5", bad, nil, rules.WrongFormat, "Use the format UUID 5, for example 2ed6657d-e927-568b-95e1-2665a8aea6a2."},
	{"uuid7", bad, nil, rules.WrongFormat, "Use the format UUID 7, for example 017f22e2-79b0-7cc3-98c4-dc0c0c07398f."},
	{"uuid_rfc4122", bad, nil, rules.WrongFormat, "Use the format UUID, for example f47ac10b-58cc-4372-a567-0e02b2c3d479."},
	{"uuid3_rfc4122", bad, nil, rules.WrongFormat, "Use the format UUID 3, for example 5df41881-3aed-3515-88a7-2f4a814cf09e."},
	{"uuid4_rfc4122", bad, nil, rules.WrongFormat, "Use the format UUID 4, for example f47ac10b-58cc-4372-a567-0e02b2c3d479."},
	{"uuid5_rfc4122", bad, nil, rules.WrongFormat, "Use the format UUID 5, for example 2ed6657d-e927-568b-95e1-2665a8aea6a2."},
	{"ulid", bad, nil, rules.WrongFormat, "Use the format ULID, for example 01ARZ3NDEKTSV4RRFFQ69G5FAV."},
	{"mongodb", bad, nil, rules.WrongFormat, "Use the format ObjectId, for example 507f1f77bcf86cd799439011."},
	{"btc_addr", bad, nil, rules.NotWalletAddress, "Enter an address for Bitcoin, such as 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa."},
	{"btc_addr_bech32", bad, nil, rules.NotWalletAddress, "Enter an address for Bitcoin, such as bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4."},
	{"eth_addr", bad, nil, rules.NotWalletAddress, "Enter an address for Ethereum, such as 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed."},
	{"eth_addr_checksum", bad, nil, rules.NotWalletAddress, "Enter an address for Ethereum, such as 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed."},

	{"base32", bad, nil, rules.WrongFormat, "Use the format Base32, for example NBSWY3DP."},
	{"base64", bad, nil, rules.WrongFormat, "Use the format Base64, for example aGVsbG8=."},
	{"base64url", bad, nil, rules.WrongFormat, "Use the format Base64, for example aGVsbG8=."},
	{"base64rawurl", bad, nil, rules.WrongFormat, "Use the format Base64, for example aGVsbG8."},
	{"cron", bad, nil, rules.WrongFormat, "Use the format cron, for example 30 8 * * 1."},
	{"datauri", bad, nil, rules.WrongFormat, "Use the format data URI, for example data:text/plain;base64,SGVsbG8=."},
	{"html", bad, nil, rules.WrongFormat, "Use the format HTML, for example <p>Hello</p>."},
	{"html_encoded", bad, nil, rules.NotLikeExample, "Enter this in the same form as here: &#38;."},
	{"json", bad, nil, rules.WrongFormat, `Use the format JSON, for example ["red", "green"].`},
	{"jwt", bad, nil, rules.WrongFormat, "Use the format JWT, for example eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW0ifQ.c2lnbmF0dXJl."},
	{"mongodb_connection_string", bad, nil, rules.NotLikeExample, "Enter this in the same form as here: mongodb://db.example.com:27017/shop."},
	{"spicedb", bad, nil, rules.WrongFormat, "Use the format SpiceDB, for example kim."},
	{"spicedb=permission", bad, nil, rules.WrongFormat, "Use the format SpiceDB, for example view."},
	{"spicedb=type", bad, nil, rules.WrongFormat, "Use the format SpiceDB, for example document."},
	{"url_encoded", "%z", nil, rules.NotLikeExample, "Enter this in the same form as here: caf%C3%A9."},
	{"urn_rfc2141", bad, nil, rules.WrongFormat, "Use the format URN, for example urn:isbn:9780141036144."},
	{"urn_rfc8141", bad, nil, rules.WrongFormat, "Use the format URN, for example urn:isbn:9780141036144."},
	{"md4", bad, nil, rules.NotHash, "Enter 32 characters, each a digit or a letter from a to f."},
	{"md5", bad, nil, rules.NotHash, "Enter 32 characters, each a digit or a letter from a to f."},
	{"sha256", bad, nil, rules.NotHash, "Enter 64 characters, each a digit or a letter from a to f."},
	{"sha384", bad, nil, rules.NotHash, "Enter 96 characters, each a digit or a letter from a to f."},
	{"sha512", bad, nil, rules.NotHash, "Enter 128 characters, each a digit or a letter from a to f."},
	{"ripemd128", bad, nil, rules.NotHash, "Enter 32 characters, each a digit or a letter from a to f."},
	{"ripemd160", bad, nil, rules.NotHash, "Enter 40 characters, each a digit or a letter from a to f."},
	{"tiger128", bad, nil, rules.NotHash, "Enter 32 characters, each a digit or a letter from a to f."},
	{"tiger160", bad, nil, rules.NotHash, "Enter 40 characters, each a digit or a letter from a to f."},
	{"tiger192", bad, nil, rules.NotHash, "Enter 48 characters, each a digit or a letter from a to f."},

	{"hostname", bad, nil, rules.NotHostName, "Enter a host name, such as www.example.com."},
	{"hostname_rfc1123", bad, nil, rules.NotHostName, "Enter a host name, such as www.example.com."},
	{"fqdn", bad, nil, rules.NotHostName, "Enter a host name, such as www.example.com."},
	{"hostname_label", bad, nil, rules.NotHostLabel, "Enter one part of a host name, such as www."},
	{"dns_rfc1035_label", bad, nil, rules.NotHostLabel, "Enter one part of a host name, such as www."},
	{"hostname_port", bad, nil, rules.NotHostAndPort, "Enter a host name and a port, such as www.example.com:8080."},
	{"port", 99999, nil, rules.NumberOutOfRange, "Enter a number from 1 to 65,535."},
	{"ip", bad, nil, rules.NotIPAddress, "Enter an IP address, such as 192.0.2.1."},
	{"ipv4", bad, nil, rules.NotIPAddress, "Enter an IP address, such as 192.0.2.1."},
	{"ipv6", bad, nil, rules.NotIPAddress, "Enter an IP address, such as 2001:db8::1."},
	{"ip_addr", bad, nil, rules.NotIPAddress, "Enter an IP address, such as 192.0.2.1."},
	{"ip4_addr", bad, nil, rules.NotIPAddress, "Enter an IP address, such as 192.0.2.1."},
	{"ip6_addr", bad, nil, rules.NotIPAddress, "Enter an IP address, such as 2001:db8::1."},
	{"cidr", bad, nil, rules.NotNetwork, "Enter the address of a network, such as 192.0.2.0/24."},
	{"cidrv4", bad, nil, rules.NotNetwork, "Enter the address of a network, such as 192.0.2.0/24."},
	{"cidrv6", bad, nil, rules.NotNetwork, "Enter the address of a network, such as 2001:db8::/32."},
	{"tcp_addr", bad, nil, rules.NotIPAddressAndPort, "Enter an IP address and a port, such as 192.0.2.1:8080."},
	{"tcp4_addr", bad, nil, rules.NotIPAddressAndPort, "Enter an IP address and a port, such as 192.0.2.1:8080."},
	{"tcp6_addr", bad, nil, rules.NotIPAddressAndPort, "Enter an IP address and a port, such as [2001:db8::1]:8080."},
	{"udp_addr", bad, nil, rules.NotIPAddressAndPort, "Enter an IP address and a port, such as 192.0.2.1:8080."},
	{"udp4_addr", bad, nil, rules.NotIPAddressAndPort, "Enter an IP address and a port, such as 192.0.2.1:8080."},
	{"udp6_addr", bad, nil, rules.NotIPAddressAndPort, "Enter an IP address and a port, such as [2001:db8::1]:8080."},
	{"unix_addr", bad, nil, rules.NotSocket, "Enter the path of a socket, such as /run/app.sock."},
	{"uds_exists", bad, nil, rules.NotSocket, "Enter the path of a socket, such as /run/app.sock."},
	{"mac", bad, nil, rules.WrongFormat, "Use the format MAC, for example 00:00:5e:00:53:01."},

	{"validateFn=Accepted", checked{}, nil, rules.Invalid, "This can’t be used as it is. Enter something different."},

	// Several tags at once.
	{"rgb|rgba", bad, nil, rules.NotColor, "Enter a color, such as rgb(30, 144, 255)."},
	{"eq=red|eq=green", bad, nil, rules.NotAChoice, "Choose one of these: red or green."},
	{"len=0|email", bad, nil, rules.NotEmail, "Enter an email address, such as name@example.com."},
	{"email|e164", bad, nil, rules.Invalid, "This can’t be used as it is. Enter something different."},
}

// checked is never valid.
type checked struct{ Value string }

func (checked) Accepted() bool { return false }

// newValidate returns a validator whose tag unix_addr fails, which nothing does otherwise.
func newValidate(t testing.TB) *playground.Validate {
	t.Helper()
	v := playground.New(playground.WithRequiredStructEnabled())
	never := func(playground.FieldLevel) bool { return false }
	if err := v.RegisterValidation("unix_addr", never); err != nil {
		t.Fatal(err)
	}
	return v
}

// fail returns a struct with a field Value that breaks the tag of the case, and the error for it.
func (c *tagCase) fail(t testing.TB, v *playground.Validate) (value any, err error) {
	t.Helper()
	other := c.other
	if other == nil {
		other = ""
	}
	s := reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: "Value", Type: reflect.TypeOf(c.value), Tag: reflect.StructTag(
			`json:"value" validate:"` + strings.ReplaceAll(c.tag, `"`, `\"`) + `"`)},
		{Name: "Other", Type: reflect.TypeOf(other), Tag: `json:"other"`},
	})).Elem()
	s.Field(0).Set(reflect.ValueOf(c.value))
	s.Field(1).Set(reflect.ValueOf(other))
	if err = v.Struct(s.Interface()); err == nil {
		t.Fatalf("%s accepts %v", c.tag, c.value)
	}
	return s.Interface(), err
}

// load returns a bundle with the sentences, the standard codes and the labels of the tests.
func load(t testing.TB, onEvent func(errlingo.Event)) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{
			{Domain: rules.Domain, FS: rules.Locales},
			{Domain: codes.Domain, FS: locales.FS},
		},
		OnEvent: onEvent,
	})
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

func TestSentences(t *testing.T) {
	v, english := newValidate(t), load(t, nil).Localizer("en")
	for _, c := range cases {
		t.Run(c.tag, func(t *testing.T) {
			value, err := c.fail(t, v)
			m := english.Localize(new(bridge.Bridge).Convert(err, value))
			if len(m.Violations) != 1 {
				t.Fatalf("there are %d violations, want one", len(m.Violations))
			}
			got := m.Violations[0]
			if got.Path != "/value" {
				t.Errorf("the path is %q, want /value", got.Path)
			}
			if got.Code() != c.code {
				t.Errorf("the code is %s, want %s", got.Code().Name(), c.code.Name())
			}
			if got.Detail.Value != c.said {
				t.Errorf("it says %q, want %q", got.Detail.Value, c.said)
			}
			if len(got.Err.UnknownArgs()) > 0 {
				t.Errorf("arguments without a param: %q", got.Err.UnknownArgs())
			}
		})
	}
}
