// Package locale knows facts about locales that hold for every program: the script that a locale is
// written in, its parents, its usual region, its quotation marks, and which language codes mean the
// same.
//
// All facts come from the Unicode CLDR, in tables that the command in the folder gen makes.
// golang.org/x/text has such tables as well, but of CLDR 32 from 2017, so only its tags are used
// here. UNICODE-LICENSE is the license of the data.
package locale

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"
)

//go:generate go run ./gen -cldr $ERRLINGO_CLDR

// ID is a locale identifier in its parts, each in BCP 47's canonical case. Two IDs are the same
// locale if they are equal and both [ID.Minimal]. The zero value has no language.
type ID struct {
	Language string // such as "zh"; "und" if the tag names none
	Script   string // such as "Hant", or ""
	Region   string // such as "TW" or "419", or ""
	Rest     string // variants and private use, such as "valencia" or "x-informal", or ""
}

// Of returns the ID of a tag, with deprecated and other redundant codes replaced as CLDR does
// ([UTS #35, Annex C]): "he" for iw, "fa-AF" for prs, "zh" for cmn. All extensions but private use
// are left out.
//
// [UTS #35, Annex C]: https://www.unicode.org/reports/tr35/#LocaleId_Canonicalization
func Of(tag language.Tag) ID { return Spelled(tag).Canonical() }

// Spelled is [Of] without any replacement of codes.
func Spelled(tag language.Tag) ID {
	base, script, region := tag.Raw()
	id := ID{Language: base.String()}
	if script != (language.Script{}) {
		id.Script = script.String()
	}
	if region != (language.Region{}) {
		id.Region = region.String()
	}
	for _, variant := range tag.Variants() {
		id.Rest = join(id.Rest, variant.String())
	}
	if private, ok := tag.Extension('x'); ok {
		id.Rest = join(id.Rest, private.String())
	}
	return id
}

// Canonical returns the ID with the replacements that [Of] makes.
func (id ID) Canonical() ID {
	if alias := languageAlias(id.Language); alias != "" {
		replacement := split(alias)
		id.Language = replacement.Language
		if id.Script == "" {
			id.Script = replacement.Script
		}
		if id.Region == "" {
			id.Region = replacement.Region
		}
	}
	if region := regionAlias(id.Region); region != "" {
		id.Region = region
	}
	return id
}

// split takes a name of the tables apart, which has no variants.
func split(name string) ID {
	id := ID{Language: name}
	id.Language, name, _ = strings.Cut(name, "-")
	if len(name) >= len("Latn") {
		id.Script, name, _ = strings.Cut(name, "-")
	}
	id.Region = name
	return id
}

// String returns the ID as a BCP 47 tag.
func (id ID) String() string {
	if id.Language == "und" && id.Script == "" && id.Region == "" && strings.HasPrefix(id.Rest, "x-") {
		return id.Rest
	}
	return join(join(join(id.Language, id.Script), id.Region), id.Rest)
}

// join puts a hyphen between two parts, either of which may be empty.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "-" + b
}

// Tag returns the ID as a tag of x/text.
func (id ID) Tag() language.Tag { return language.Raw.Make(id.String()) }

// WrittenIn returns the script that the locale names, or else the one that its language is written
// in there ([UTS #35, Likely Subtags]). It is "" for an ID without a language. A language that CLDR
// does not know counts as written in Latin letters, as most languages are.
//
// [UTS #35, Likely Subtags]: https://www.unicode.org/reports/tr35/#Likely_Subtags
func (id ID) WrittenIn() string {
	if id.Script != "" {
		return id.Script
	}
	return likelyScript(id.Language, id.Region)
}

func likelyScript(lang, region string) string {
	if lang == "und" || lang == "" {
		return ""
	}
	if region != "" {
		if script := regionalScript(lang, region); script != "" {
			return script
		}
	}
	return cmp.Or(usualScript(lang), "Latn")
}

// SameText reports whether whoever reads one of the locales can read texts in the other: they have
// the same language and script.
func (id ID) SameText(other ID) bool {
	return id.Language == other.Language && id.WrittenIn() == other.WrittenIn()
}

// Minimal returns the ID with the script only where it is needed: without the one that is clear
// from language and region, and with the one that only the region makes clear. So zh-TW and
// zh-Hant-TW are both zh-Hant-TW, sr-Cyrl and sr both sr.
func (id ID) Minimal() ID {
	written, usual := id.WrittenIn(), likelyScript(id.Language, "")
	switch {
	case written != usual:
		id.Script = written
	case likelyScript(id.Language, id.Region) == usual:
		id.Script = ""
	}
	return id
}

// Parent returns the locale that this one inherits from; ok is false if that is the root. It
// follows [UTS #35, Parent Locales], but never into another language, as CLDR does from ht to
// fr-HT; only nb and nn have the parent no. A parent is always in the same script: zh-Hant has
// none.
//
// [UTS #35, Parent Locales]: https://www.unicode.org/reports/tr35/#Parent_Locales
func (id ID) Parent() (parent ID, ok bool) {
	if id.Language == "und" {
		return ID{}, false
	}
	if id.Rest != "" {
		id.Rest = withoutLast(id.Rest)
		return id, true
	}
	if name := namedParent(id.Language, id.Script, id.Region); name != "" {
		return split(name), true
	}
	usual := likelyScript(id.Language, "")
	switch {
	case id.Region != "" && id.Script == "" && id.WrittenIn() != usual:
		id.Script = id.WrittenIn()
		return id.Parent()
	case id.Region != "":
		id.Region = ""
		return id, true
	case id.Script != "" && id.Script == usual:
		id.Script = ""
		return id, true
	}
	return ID{}, false
}

// withoutLast returns variants and private use without the last variant, or without private use,
// which is dropped as a whole.
func withoutLast(rest string) string {
	if private := strings.Index("-"+rest, "-x-"); private >= 0 {
		return strings.TrimRight(rest[:private], "-")
	}
	return rest[:max(0, strings.LastIndexByte(rest, '-'))]
}

// Parents returns the locales that a locale inherits from, the nearest first, without the root. See
// [ID.Parent].
func Parents(tag language.Tag) []language.Tag {
	var all []language.Tag
	for id, ok := Of(tag).Parent(); ok; id, ok = id.Parent() {
		all = append(all, id.Tag())
	}
	return all
}

// MainRegion returns the region where most people write the language in that script, such as "DE"
// for de and "TW" for zh in Hant. It is "" for languages that CLDR has no locale for.
func MainRegion(lang, script string) string {
	return cmp.Or(mainRegionIn(lang, script), mainRegionOf(lang))
}

// Pseudo reports whether the locale is for one of the regions that CLDR sets aside for
// pseudo-locales.
func (id ID) Pseudo() bool { return id.Region == "XA" || id.Region == "XB" || id.Region == "XC" }

// RightToLeft reports whether the locale is written from right to left.
func RightToLeft(tag language.Tag) bool { return RightToLeftScript(Of(tag).WrittenIn()) }

// RightToLeftScript reports whether a script, such as "Arab", is written from right to left.
func RightToLeftScript(script string) bool {
	return script != "" && strings.Contains(rightToLeft, script)
}

// Quotation is the quotation marks of a locale, each pair with the opening one first.
type Quotation struct {
	Outer [2]rune // of a quotation
	Inner [2]rune // of a quotation inside of another one
}

// QuotationMarks returns the quotation marks of a locale.
func QuotationMarks(tag language.Tag) Quotation {
	id := Of(tag)
	marks := quotation(id.String())
	for marks == "" {
		parent, ok := id.Parent()
		if !ok {
			parent = ID{Language: "und"}
		}
		id, marks = parent, quotation(parent.String())
	}
	m := []rune(marks)
	return Quotation{Outer: [2]rune(m[:2]), Inner: [2]rune(m[2:])}
}
