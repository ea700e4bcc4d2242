package negotiate

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// locale is a language tag, prepared for comparison.
type locale struct {
	spelled string       // as it was given, without extensions
	lineage []string     // its canonical name, then its parents
	base    string       // its language alone, such as zh of zh-Hant
	group   string       // the language and script within which it is matched; empty if it has no language
	joint   language.Tag // what stands for it in comparisons within its group
	pseudo  bool
}

// newLocale prepares a tag. Two tags get the same name if they differ only in extensions, in a deprecated spelling, or in
// a script that the rest implies: zh-TW and zh-Hant-TW, sr and sr-Cyrl, iw and he.
func newLocale(tag language.Tag) locale {
	tag = withoutExtensions(tag)
	spelled := tag.String()
	tag = withoutAliases(tag)
	base, script, region := tag.Raw()
	if base == (language.Base{}) {
		return locale{spelled: spelled, lineage: []string{spelled}, base: spelled}
	}
	tag, script = settleScript(tag, base, script)
	l := locale{
		spelled: spelled,
		lineage: []string{tag.String()},
		base:    base.String(),
		joint:   tag,
		pseudo:  isPseudo(region),
	}
	for _, parent := range Parents(tag) {
		l.lineage = append(l.lineage, parent.String())
	}
	joined := l.base
	switch {
	case joined == "nb" || joined == "nn":
		// Left to itself, x/text takes nb for nearer to nn than no is.
		joined = "no"
		l.joint = compose(tag, language.MustParseBase(joined))
	case l.name() == "en-CA" || l.name() == "en-PH":
		// CLDR 48 has them nearer to American than to British English, other than x/text's CLDR 32.
		l.joint = language.AmericanEnglish
	}
	l.group = joined + "-" + script.String()
	return l
}

// name returns the canonical name.
func (l locale) name() string { return l.lineage[0] }

// between returns what l inherits from, the nearest first, but for the root of its language.
func (l locale) between() []string {
	if len(l.lineage) < 3 {
		return nil
	}
	return l.lineage[1 : len(l.lineage)-1]
}

// within returns how far l is below the range of that name, 0 if it is the very same, -1 if the range does not include
// it. A range that is a mere language includes each of its scripts, which do not inherit from it.
func (l locale) within(name string) int {
	if i := slices.Index(l.lineage, name); i >= 0 {
		return i
	}
	if name == l.base {
		return len(l.lineage)
	}
	return -1
}

// mainRegion reports whether l is for the region that its language implies, or for none.
func (l locale) mainRegion() bool {
	tag := language.Make(l.name())
	base, _, given := tag.Raw()
	if given == (language.Region{}) {
		return true
	}
	script, _ := tag.Script()
	implied, _ := compose(base, script).Region()
	return given == implied
}

// isPseudo reports whether a region is one of those that CLDR keeps for pseudo-locales.
func isPseudo(region language.Region) bool {
	name := region.String()
	return name == "XA" || name == "XB" || name == "XC"
}

// settleScript writes the script out where the tag's region implies another one than its language does, and leaves it
// out where both imply it. It returns the script, given or implied.
func settleScript(tag language.Tag, base language.Base, given language.Script) (language.Tag, language.Script) {
	script, _ := tag.Script()
	usual, _ := compose(base).Script()
	if given == (language.Script{}) {
		if script != usual {
			tag = compose(tag, script)
		}
		return tag, script
	}
	if script == usual {
		bare := compose(tag, language.Script{})
		if implied, _ := bare.Script(); implied == script {
			tag = bare
		}
	}
	return tag, script
}

// withoutExtensions removes all extensions but private use, which may tell one file from another.
func withoutExtensions(tag language.Tag) language.Tag {
	if len(tag.Extensions()) == 0 {
		return tag
	}
	base, script, region := tag.Raw()
	if base == (language.Base{}) {
		return tag
	}
	bare := compose(base, script, region, tag.Variants())
	if private, ok := tag.Extension('x'); ok {
		bare = compose(bare, private)
	}
	return bare
}

// withoutAliases replaces a deprecated language, region or script, and a language that CLDR takes for the main one of a
// macrolanguage, such as cmn of zh. But nb stays apart from no.
func withoutAliases(tag language.Tag) language.Tag {
	types := language.Deprecated | language.Legacy
	if base, _, _ := tag.Raw(); base.String() != "nb" {
		types |= language.Macro
	}
	tag, _ = types.Canonicalize(tag) // The error is always nil.
	return tag
}

// compose puts a tag together from parts of valid ones, as they are. What x/text cannot put together is as good as
// unknown.
func compose(parts ...any) language.Tag {
	tag, err := language.Raw.Compose(parts...)
	if err != nil {
		return language.Und
	}
	return tag
}

// Parents returns the locales that a locale inherits from, the nearest first, without the root. It follows the parent
// locales of CLDR 48 (https://www.unicode.org/reports/tr35/#Parent_Locales), but never into another script or, as CLDR
// does from hi-Latn to en-IN and from ht to fr-HT, into another language; nb and nn have the parent no. The extensions of
// the tag are ignored, and a deprecated language is replaced first.
func Parents(tag language.Tag) []language.Tag {
	var parents []language.Tag
	for tag = parent(withoutAliases(withoutExtensions(tag))); tag != language.Und; tag = parent(tag) {
		parents = append(parents, tag)
	}
	return parents
}

// parent returns the next locale up, or und. x/text's data is that of CLDR 32, which it corrects.
func parent(tag language.Tag) language.Tag {
	if name, ok := newerParent(tag.String()); ok {
		return language.Make(name)
	}
	up := tag.Parent()
	base, script, region := tag.Raw()
	if script != (language.Script{}) && region != (language.Region{}) && !strings.Contains(up.String(), "-") {
		// x/text goes from zh-Hans-SG to zh in one step.
		return compose(base, script)
	}
	return up
}

// newerParent returns the parent of a locale of which CLDR 48 differs from x/text.
func newerParent(name string) (parent string, ok bool) {
	switch name {
	case "nb", "nn":
		return "no", true
	case "en-BE", "en-CZ", "en-EE", "en-ES", "en-FR", "en-GE", "en-HU", "en-IT", "en-LT", "en-LV", "en-NO", "en-PL",
		"en-PT", "en-RO", "en-SK", "en-UA":
		return "en-150", true
	case "en-GS", "en-ID", "en-MV":
		return "en-001", true
	case "en-CA", "en-PH":
		return "en", true
	case "es-JP":
		return "es-419", true
	case "pt-FR":
		return "pt-PT", true
	}
	return "", false
}
