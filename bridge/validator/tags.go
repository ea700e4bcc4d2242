package validator

import (
	"regexp"
	"slices"
	"strings"
	"time"

	playground "github.com/go-playground/validator/v10"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/rules"
)

// failure is a tag that failed, with what its sentence may need.
type failure struct {
	playground.FieldError
	tag, param string // those of one alternative, if the field's tag has several
	label      *catalog.Label

	// other returns the label of another field, or nil. The field is named by its path in Go, which
	// begins in the struct that both belong to.
	other func(path string) *catalog.Label
}

// sentence is a code with its arguments.
type sentence struct {
	code *catalog.Code
	args []catalog.Arg
}

func say(code *catalog.Code, args ...catalog.Arg) sentence { return sentence{code, args} }

// rule chooses the sentence for a tag.
type rule func(*failure) sentence

// always is the rule for a tag that has one sentence.
func always(code *catalog.Code, args ...catalog.Arg) rule {
	return func(*failure) sentence { return say(code, slices.Clone(args)...) }
}

// like is the rule for a tag whose sentence shows an example of what to enter.
func like(code *catalog.Code, example string) rule {
	return always(code, rules.Example.Arg(example))
}

// format is the rule for a tag that asks for a format known by its name.
func format(name, example string) rule {
	return always(rules.WrongFormat, rules.Format.Arg(name), rules.Example.Arg(example))
}

// hash is the rule for a tag that asks for a hash of that many hexadecimal digits.
func hash(digits int) rule { return always(rules.NotHash, rules.Length.Arg(digits)) }

// wallet is the rule for a tag that asks for an address of a cryptocurrency.
func wallet(currency, example string) rule {
	return always(rules.NotWalletAddress, rules.Currency.Arg(currency), rules.Example.Arg(example))
}

// text is the rule for a tag whose param is a text that is to be entered or left out.
func text(code *catalog.Code) rule {
	return func(f *failure) sentence { return say(code, rules.Text.Arg(f.param)) }
}

// choices is the rule for a tag whose param is a list of texts.
func choices(code *catalog.Code) rule {
	return func(f *failure) sentence { return say(code, rules.Choices.Arg(words(f.param))) }
}

// characters is the rule for a tag whose param is a set of characters, which may be just one.
func characters(one, several *catalog.Code) rule {
	return func(f *failure) sentence {
		var all []string
		for _, c := range f.param {
			if !slices.Contains(all, string(c)) {
				all = append(all, string(c))
			}
		}
		if len(all) == 1 {
			return say(one, rules.Text.Arg(all[0]))
		}
		return say(several, rules.Characters.Arg(all))
	}
}

// between is the rule for a tag that asks for a number in a range.
func between(least, most string) rule {
	return always(rules.NumberOutOfRange, rules.Min.Arg(least), rules.Max.Arg(most))
}

// builtin has a rule for each tag and alias that the validator has by itself.
var builtin = map[string]rule{
	// What is needed, and what isn't.
	"required":             required,
	"required_if":          requiredFor,
	"required_unless":      requiredFor,
	"skip_unless":          requiredFor,
	"required_with":        requiredWith(rules.RequiredWith),
	"required_with_all":    requiredWith(rules.RequiredWith),
	"required_without":     requiredWith(rules.RequiredWithout),
	"required_without_all": requiredWith(rules.RequiredWithout),
	"excluded_if":          empty,
	"excluded_unless":      empty,
	"excluded_with":        emptyWith,
	"excluded_with_all":    emptyWith,
	"excluded_without":     empty,
	"excluded_without_all": empty,
	"isdefault":            empty,

	// Limits, by the kind of the field.
	"len": limit(equal),
	"min": limit(atLeast),
	"max": limit(atMost),
	"gt":  limit(above),
	"gte": limit(atLeast),
	"lt":  limit(below),
	"lte": limit(atMost),

	"eq":             exactly,
	"eq_ignore_case": exactly,
	"ne":             anythingBut,
	"ne_ignore_case": anythingBut,
	"unique":         unique,

	// Comparisons with another field.
	"eqfield":       compared(equal),
	"nefield":       compared(unequal),
	"gtfield":       compared(above),
	"gtefield":      compared(atLeast),
	"ltfield":       compared(below),
	"ltefield":      compared(atMost),
	"eqcsfield":     compared(equal),
	"necsfield":     compared(unequal),
	"gtcsfield":     compared(above),
	"gtecsfield":    compared(atLeast),
	"ltcsfield":     compared(below),
	"ltecsfield":    compared(atMost),
	"fieldcontains": withOther(rules.FieldNotIncluded, rules.OtherNotIncluded),
	"fieldexcludes": withOther(rules.FieldIncluded, rules.OtherIncluded),

	// Characters.
	"alpha":           always(rules.NotAToZ),
	"alphaspace":      always(rules.NotAToZOrSpaces),
	"alphanum":        always(rules.NotAToZOrDigits),
	"alphanumspace":   always(rules.NotAToZDigitsOrSpaces),
	"alphaunicode":    always(rules.NotLetters),
	"alphanumunicode": always(rules.NotLettersOrDigits),
	"ascii":           always(rules.NotASCII),
	"printascii":      always(rules.NotASCII),
	"multibyte":       always(rules.OnlyASCII),
	"lowercase":       always(rules.NotLowercase),
	"uppercase":       always(rules.NotUppercase),
	"number":          always(rules.NotDigits),
	"numeric":         always(rules.NotNumber),
	"hexadecimal":     always(rules.NotHexadecimal),
	"boolean":         always(rules.NotTrueOrFalse, rules.Choices.Arg([]string{"true", "false"})),

	// Parts of a text, and choices.
	"contains":      text(rules.TextMissing),
	"containsany":   characters(rules.TextMissing, rules.CharactersMissing),
	"containsrune":  text(rules.TextMissing),
	"excludes":      text(rules.TextNotAllowed),
	"excludesall":   characters(rules.TextNotAllowed, rules.CharactersNotAllowed),
	"excludesrune":  text(rules.TextNotAllowed),
	"startswith":    text(rules.WrongStart),
	"startsnotwith": text(rules.StartNotAllowed),
	"endswith":      text(rules.WrongEnd),
	"endsnotwith":   text(rules.EndNotAllowed),
	"oneof":         choices(rules.NotAChoice),
	"oneofci":       choices(rules.NotAChoice),
	"noneof":        choices(rules.ChoiceNotAllowed),
	"noneofci":      choices(rules.ChoiceNotAllowed),

	// Contacts, money, colors.
	"email":         like(rules.NotEmail, "name@example.com"),
	"e164":          like(rules.NotPhoneNumber, "+442079460018"),
	"url":           like(rules.NotWebAddress, "https://example.com"),
	"uri":           like(rules.NotWebAddress, "https://example.com"),
	"http_url":      like(rules.NotWebAddress, "https://example.com"),
	"https_url":     like(rules.NotSecureWebAddress, "https://example.com"),
	"origin":        like(rules.NotSiteAddress, "https://example.com"),
	"credit_card":   always(rules.NotCardNumber),
	"luhn_checksum": always(rules.WrongCheckDigit),
	"iscolor":       like(rules.NotColor, "#1e90ff"),
	"hexcolor":      like(rules.NotColor, "#1e90ff"),
	"rgb":           like(rules.NotColor, "rgb(30, 144, 255)"),
	"rgba":          like(rules.NotColor, "rgba(30, 144, 255, 0.5)"),
	"hsl":           like(rules.NotColor, "hsl(210, 100%, 56%)"),
	"hsla":          like(rules.NotColor, "hsla(210, 100%, 56%, 0.5)"),
	"cmyk":          like(rules.NotColor, "cmyk(88%, 44%, 0%, 0%)"),

	// Times and places.
	"datetime":                      datetime,
	"duration":                      like(rules.NotLengthOfTime, "1h30m"),
	"timezone":                      like(rules.NotTimeZone, "Europe/Berlin"),
	"latitude":                      between("-90", "90"),
	"longitude":                     between("-180", "180"),
	"country_code":                  like(rules.NotCountryCode, "DE"),
	"eu_country_code":               like(rules.NotEUCountryCode, "DE"),
	"iso3166_1_alpha2":              like(rules.NotCountryCode, "DE"),
	"iso3166_1_alpha2_eu":           like(rules.NotEUCountryCode, "DE"),
	"iso3166_1_alpha3":              like(rules.NotCountryCode, "DEU"),
	"iso3166_1_alpha3_eu":           like(rules.NotEUCountryCode, "DEU"),
	"iso3166_1_alpha_numeric":       like(rules.NotCountryCode, "276"),
	"iso3166_1_alpha_numeric_eu":    like(rules.NotEUCountryCode, "276"),
	"iso3166_2":                     like(rules.NotRegionCode, "US-CA"),
	"iso4217":                       like(rules.NotCurrencyCode, "EUR"),
	"iso4217_numeric":               like(rules.NotCurrencyCode, "978"),
	"bcp47_language_tag":            like(rules.NotLanguageCode, "de-CH"),
	"bcp47_strict_language_tag":     like(rules.NotLanguageCode, "de-CH"),
	"postcode_iso3166_alpha2":       always(rules.NotPostalCode),
	"postcode_iso3166_alpha2_field": always(rules.NotPostalCode),

	// Files.
	"file":     always(rules.NoSuchFile),
	"filepath": always(rules.NotFilePath),
	"dir":      always(rules.NoSuchFolder),
	"dirpath":  always(rules.NotFolderPath),
	"image":    always(rules.NotImage),
	"mimetype": func(f *failure) sentence {
		return say(rules.WrongFileType, rules.MediaType.Arg(f.param))
	},

	// Numbers that identify something.
	"isbn":              format("ISBN", "978-0-14-103614-4"),
	"isbn10":            format("ISBN-10", "0-14-103614-1"),
	"isbn13":            format("ISBN-13", "978-0-14-103614-4"),
	"issn":              format("ISSN", "2049-3630"),
	"bic":               format("BIC", "DEUTDEFF"),
	"bic_iso_9362_2014": format("BIC", "DEUTDEFF"),
	"ein":               format("EIN", "12-3456789"),
	"ssn":               format("SSN", "123-45-6789"),
	"cve":               format("CVE", "CVE-2021-44228"),
	"semver":            like(rules.NotVersion, "1.4.2"),
	"uuid":              format("UUID", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
	"uuid3":             format("UUID 3", "5df41881-3aed-3515-88a7-2f4a814cf09e"),
	"uuid4":             format("UUID 4", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
	"uuid5":             format("UUID 5", "2ed6657d-e927-568b-95e1-2665a8aea6a2"),
	"uuid7":             format("UUID 7", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"),
	"uuid_rfc4122":      format("UUID", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
	"uuid3_rfc4122":     format("UUID 3", "5df41881-3aed-3515-88a7-2f4a814cf09e"),
	"uuid4_rfc4122":     format("UUID 4", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
	"uuid5_rfc4122":     format("UUID 5", "2ed6657d-e927-568b-95e1-2665a8aea6a2"),
	"ulid":              format("ULID", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
	"mongodb":           format("ObjectId", "507f1f77bcf86cd799439011"),
	"btc_addr":          wallet("Bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
	"btc_addr_bech32":   wallet("Bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
	"eth_addr":          wallet("Ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
	"eth_addr_checksum": wallet("Ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),

	// Formats of programs.
	"base32":                    format("Base32", "NBSWY3DP"),
	"base64":                    format("Base64", "aGVsbG8="),
	"base64url":                 format("Base64", "aGVsbG8="),
	"base64rawurl":              format("Base64", "aGVsbG8"),
	"cron":                      format("cron", "30 8 * * 1"),
	"datauri":                   format("data URI", "data:text/plain;base64,SGVsbG8="),
	"html":                      format("HTML", "<p>Hello</p>"),
	"html_encoded":              like(rules.NotLikeExample, "&#38;"),
	"json":                      format("JSON", `["red", "green"]`),
	"jwt":                       format("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW0ifQ.c2lnbmF0dXJl"),
	"mongodb_connection_string": like(rules.NotLikeExample, "mongodb://db.example.com:27017/shop"),
	"spicedb":                   spicedb,
	"url_encoded":               like(rules.NotLikeExample, "caf%C3%A9"),
	"urn_rfc2141":               format("URN", "urn:isbn:9780141036144"),
	"urn_rfc8141":               format("URN", "urn:isbn:9780141036144"),
	"md4":                       hash(32),
	"md5":                       hash(32),
	"sha256":                    hash(64),
	"sha384":                    hash(96),
	"sha512":                    hash(128),
	"ripemd128":                 hash(32),
	"ripemd160":                 hash(40),
	"tiger128":                  hash(32),
	"tiger160":                  hash(40),
	"tiger192":                  hash(48),

	// Networks.
	"hostname":          like(rules.NotHostName, "www.example.com"),
	"hostname_rfc1123":  like(rules.NotHostName, "www.example.com"),
	"fqdn":              like(rules.NotHostName, "www.example.com"),
	"hostname_label":    like(rules.NotHostLabel, "www"),
	"dns_rfc1035_label": like(rules.NotHostLabel, "www"),
	"hostname_port":     like(rules.NotHostAndPort, "www.example.com:8080"),
	"port":              between("1", "65535"),
	"ip":                like(rules.NotIPAddress, "192.0.2.1"),
	"ipv4":              like(rules.NotIPAddress, "192.0.2.1"),
	"ipv6":              like(rules.NotIPAddress, "2001:db8::1"),
	"ip_addr":           like(rules.NotIPAddress, "192.0.2.1"),
	"ip4_addr":          like(rules.NotIPAddress, "192.0.2.1"),
	"ip6_addr":          like(rules.NotIPAddress, "2001:db8::1"),
	"cidr":              like(rules.NotNetwork, "192.0.2.0/24"),
	"cidrv4":            like(rules.NotNetwork, "192.0.2.0/24"),
	"cidrv6":            like(rules.NotNetwork, "2001:db8::/32"),
	"tcp_addr":          like(rules.NotIPAddressAndPort, "192.0.2.1:8080"),
	"tcp4_addr":         like(rules.NotIPAddressAndPort, "192.0.2.1:8080"),
	"tcp6_addr":         like(rules.NotIPAddressAndPort, "[2001:db8::1]:8080"),
	"udp_addr":          like(rules.NotIPAddressAndPort, "192.0.2.1:8080"),
	"udp4_addr":         like(rules.NotIPAddressAndPort, "192.0.2.1:8080"),
	"udp6_addr":         like(rules.NotIPAddressAndPort, "[2001:db8::1]:8080"),
	"unix_addr":         like(rules.NotSocket, "/run/app.sock"),
	"uds_exists":        like(rules.NotSocket, "/run/app.sock"),
	"mac":               format("MAC", "00:00:5e:00:53:01"),

	// What is wrong is known to the type's own method only.
	"validateFn": always(rules.Invalid),
}

// sentence returns what to say about the failure. It reports whether the tag, or the one that an
// alias is for, is known.
func (f *failure) sentence() (s sentence, known bool) {
	for _, tag := range []string{f.tag, f.ActualTag()} {
		if choose := builtin[tag]; choose != nil {
			return choose(f), true
		}
	}
	if strings.Contains(f.ActualTag(), "|") {
		return f.either(strings.Split(f.ActualTag(), "|"))
	}
	return say(rules.Invalid), false
}

// either returns the sentence for alternatives that all failed: the one that they have in common,
// or the choice between several texts. That the field may also be empty goes without saying.
func (f *failure) either(tags []string) (s sentence, known bool) {
	var texts []string
	var all []sentence
	for _, tag := range tags {
		one := *f
		one.tag, one.param, _ = strings.Cut(tag, "=")
		choose := builtin[one.tag]
		if choose == nil {
			return say(rules.Invalid), false
		}
		switch said := choose(&one); said.code {
		case rules.NotNeeded:
		case rules.WrongText:
			texts = append(texts, one.param)
			fallthrough
		default:
			all = append(all, said)
		}
	}
	switch {
	case len(all) == 0:
		return say(rules.NotNeeded), true
	case len(texts) > 1 && len(texts) == len(all):
		return say(rules.NotAChoice, rules.Choices.Arg(texts)), true
	case slices.ContainsFunc(all, func(s sentence) bool { return s.code != all[0].code }):
		return say(rules.Invalid), true
	}
	return all[0], true
}

// word matches a value in a param that is a list.
var word = regexp.MustCompile(`'[^']*'|\S+`)

// words returns the values in a param that is a list. One with spaces has single quotes around it.
func words(param string) []string {
	list := word.FindAllString(param, -1)
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "'", "")
	}
	return list
}

// datetime shows an example in the layout of package time that the tag asks for.
func datetime(f *failure) sentence {
	day := time.Date(2026, time.March, 31, 14, 30, 0, 0, time.UTC)
	example := day.Format(f.param)
	code := rules.NotDate
	if example == day.AddDate(-1, -1, -1).Format(f.param) {
		code = rules.NotTimeOfDay
	}
	return say(code, rules.Example.Arg(example))
}

func spicedb(f *failure) sentence {
	example := "kim"
	switch f.param {
	case "permission":
		example = "view"
	case "type":
		example = "document"
	}
	return format("SpiceDB", example)(f)
}
