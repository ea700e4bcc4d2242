package pattern

import (
	"math/bits"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/plural"
)

// Text is one message in one locale: a pattern for each plural category that has one. It is
// immutable. The zero Text is missing.
type Text struct {
	forms []Pattern
	of    [plural.NumCategories]uint8 // the index in forms that serves each category
	own   uint8                       // a bit for each category that has a form of its own
	zero  uint8                       // the index in forms of that for an exact zero, or 0
}

// Forms are the patterns of a text by plural category, from which [NewText] makes it. The zero
// value has none.
type Forms [plural.NumCategories]Pattern

// NewText returns the text of the forms that are not empty. A category without a form of its own
// uses Other's, else Many's, else the form that shows most, so that a half-translated plural is
// still shown.
func NewText(forms *Forms) Text {
	var t Text
	n := 0
	for c := range forms {
		if !forms[c].Empty() {
			n++
		}
	}
	if n == 0 {
		return t
	}
	t.forms = make([]Pattern, 0, n)
	for c := range forms {
		if !forms[c].Empty() {
			t.of[c] = uint8(len(t.forms))
			t.own |= 1 << c
			t.forms = append(t.forms, forms[c])
		}
	}
	t.serveOthers(forms)
	return t
}

// serveOthers chooses the form for each category without one.
func (t *Text) serveOthers(forms *Forms) {
	var fallback uint8
	switch {
	case t.has(plural.Other):
		fallback = t.of[plural.Other]
	case t.has(plural.Many):
		fallback = t.of[plural.Many]
	default:
		fallback = t.fullest()
	}
	for c := range forms {
		if forms[c].Empty() {
			t.of[c] = fallback
		}
	}
}

// fullest returns the form with the most placeholders, the first of several. A form for one number,
// "only one is left", often lacks the number, and would be wrong for others.
func (t *Text) fullest() (form uint8) {
	most := -1
	for i := range t.forms {
		if n := len(t.forms[i].slots); n > most {
			form, most = uint8(i), n
		}
	}
	return form
}

func (t *Text) has(c plural.Category) bool { return t.own&(1<<c) != 0 }

// Covers reports whether the text has a form of its own for each category for which the other one
// has.
func (t *Text) Covers(other *Text) bool { return t.own&other.own == other.own }

// Over returns the text with the forms that it lacks taken from the other one.
func (t *Text) Over(under *Text) Text {
	var forms Forms
	for c := range forms {
		switch category := plural.Category(c); {
		case t.has(category):
			forms[c] = t.forms[t.of[c]]
		case under.has(category):
			forms[c] = under.forms[under.of[c]]
		}
	}
	return NewText(&forms)
}

// WithZero returns the text with the other one, which must not be missing, for a count of exactly 0
// in place of the form for its category.
func (t *Text) WithZero(zero *Text) Text {
	with := *t
	with.zero = uint8(bits.OnesCount8(t.own))
	with.forms = append(slices.Clip(t.forms[:with.zero]), *zero.Form(plural.Other))
	return with
}

// Missing reports whether the text has no form at all.
func (t *Text) Missing() bool { return len(t.forms) == 0 }

// Form returns the pattern that serves the category. The text must not be missing.
func (t *Text) Form(c plural.Category) *Pattern { return &t.forms[t.of[c]] }

// Own returns the forms of the text by category, empty for a category without one of its own, and
// the form for an exact zero, or nil.
func (t *Text) Own() (forms Forms, zero *Pattern) {
	for c := range forms {
		if t.has(plural.Category(c)) {
			forms[c] = t.forms[t.of[c]]
		}
	}
	if t.zero > 0 {
		zero = &t.forms[t.zero]
	}
	return forms, zero
}

// Needs reports whether a form of the text has a placeholder for the param.
func (t *Text) Needs(param int) bool {
	return slices.ContainsFunc(t.forms, func(p Pattern) bool { return p.shows(param) })
}

// Locale writes texts as one locale does: with its plural rule and its notation of values. It is
// immutable.
type Locale struct {
	Rule   *plural.Rule
	Values *format.Locale
}

// NewLocale returns the rule and the notation of a locale.
func NewLocale(tag language.Tag) Locale {
	return Locale{Rule: plural.For(tag), Values: format.For(tag)}
}

// Append appends the text with its arguments, args[i] for param i, as the locale writes them. The
// argument at count, a whole number, chooses the plural form, and a count below zero stands for
// none. A negative number needs a form that shows it, with its sign. A missing argument shows as
// {Name}, and then complete is false. The text must not be missing.
func (t *Text) Append(
	dst []byte, v *Locale, args []format.Value, count int, ctx *format.Context,
) (out []byte, complete bool) {
	p := &t.forms[0]
	if len(t.forms) > 1 {
		p = t.formFor(v.Rule, args, count)
	}
	complete = true
	for i := range p.slots {
		s := &p.slots[i]
		dst = append(dst, s.before...)
		if s.param < len(args) && args[s.param].Kind() != format.None {
			dst = v.Values.Append(dst, &args[s.param], ctx)
		} else {
			dst = append(append(append(dst, '{'), s.name...), '}')
			complete = false
		}
	}
	return append(dst, p.rest...), complete
}

// Constant returns the text itself if it is the same for all arguments, so that it need not be
// copied.
func (t *Text) Constant() (s string, ok bool) {
	if len(t.forms) == 1 && len(t.forms[0].slots) == 0 {
		return t.forms[0].rest, true
	}
	return "", false
}

// formFor returns the form for the argument at count. A form in words, "one is left", is not for
// -1.
func (t *Text) formFor(rule *plural.Rule, args []format.Value, count int) *Pattern {
	if count < 0 || count >= len(args) {
		return t.Form(plural.Other)
	}
	negative, magnitude, ok := args[count].Integer()
	if !ok {
		return t.Form(plural.Other)
	}
	if magnitude == 0 && t.zero > 0 {
		return &t.forms[t.zero]
	}
	form := t.Form(rule.Uint(magnitude))
	if negative && !form.shows(count) {
		return t.Form(plural.Other)
	}
	return form
}

// shows reports whether the pattern has a placeholder for the param.
func (p *Pattern) shows(param int) bool {
	return slices.ContainsFunc(p.slots, func(s slot) bool { return s.param == param })
}
