package negotiate

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/weighted"
)

// FromEnv returns the preferences that a POSIX environment states, for [Matcher.Match]. The locale
// is that of the first variable that is set and not empty of LC_ALL, LC_MESSAGES and LANG. The
// languages of LANGUAGE, separated by colons, come before it, as gettext has it, unless the locale
// is C or POSIX, or there is none: then nothing is returned.
//
// A name such as sr_RS.UTF-8@latin becomes sr-Latn-RS. Of the modifiers only scripts and valencia
// are kept. A name of another form is skipped. The function getenv is [os.Getenv] or a stand-in for
// it.
func FromEnv(getenv func(string) string) []string {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(name); locale != "" {
			break
		}
	}
	if locale == "" || isNeutral(locale) {
		return nil
	}
	var prefs []string
	add := func(name string) {
		if tag := fromPOSIX(name); tag != "" && len(prefs) < weighted.MaxElements &&
			!slices.Contains(prefs, tag) {
			prefs = append(prefs, tag)
		}
	}
	list := getenv("LANGUAGE")
	for name := range strings.SplitSeq(list[:min(len(list), weighted.MaxBytes)], ":") {
		add(name)
	}
	add(locale)
	return prefs
}

// isNeutral reports whether a locale is the C locale, which has no language, in whatever character
// set.
func isNeutral(locale string) bool {
	name, _, _ := strings.Cut(locale, ".")
	return name == "C" || name == "POSIX"
}

// fromPOSIX turns language[_region][.charset][@modifier] into a language tag, or into "" if it has
// another form.
func fromPOSIX(name string) string {
	name, modifier, _ := strings.Cut(name, "@")
	name, _, _ = strings.Cut(name, ".")
	base, region, divided := strings.Cut(name, "_")
	if len(base) < 2 || len(base) > 3 || !isAlnum(base) || divided &&
		(len(region) < 2 || len(region) > 3 || !isAlnum(region)) {
		return ""
	}
	tag := base
	if script := posixScript(modifier); script != "" {
		tag += "-" + script
	}
	if divided {
		tag += "-" + region
	}
	if modifier == "valencia" {
		tag += "-" + modifier
	}
	return tag
}

// posixScript returns the script that a modifier of glibc's locales names, or "".
func posixScript(modifier string) string {
	switch modifier {
	case "latin", "iqtelif":
		return "Latn"
	case "cyrillic":
		return "Cyrl"
	case "devanagari":
		return "Deva"
	}
	return ""
}

// isAlnum reports whether s has nothing but ASCII letters and digits.
func isAlnum(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || '9' < r) && (r|0x20 < 'a' || 'z' < r|0x20)
	})
}
