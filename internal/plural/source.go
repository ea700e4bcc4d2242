package plural

import (
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// source asks go-i18n for the category of a number in one language. go-i18n keeps its rules to itself, but it shows
// them in its choice among the forms of a message, and here each form is its own name. A source is safe for concurrent
// use.
type source struct{ localizer *i18n.Localizer }

// messageID is the ID of a source's only message.
const messageID = "category"

// newSource returns a source for the rule of tag, or nil if go-i18n has none.
//
// The language is the bundle's default and its only one, and the localizer prefers no language at all, so that the
// answer comes from exactly that language: the matcher, which takes nb for no and would answer gl with es, has no choice.
func newSource(tag language.Tag) *source {
	bundle := i18n.NewBundle(tag)
	message := &i18n.Message{
		ID:   messageID,
		Zero: Zero.String(), One: One.String(), Two: Two.String(),
		Few: Few.String(), Many: Many.String(), Other: Other.String(),
	}
	if err := bundle.AddMessages(tag, message); err != nil {
		return nil
	}
	return &source{localizer: i18n.NewLocalizer(bundle)}
}

// category returns the category of count, which is an int64 but the least one, or an unsigned decimal string within
// go-i18n's range: at most 18 digits before the point and, on machines of 32 bits, nine behind it. Whatever go-i18n does
// not take is Other.
func (s *source) category(count any) Category {
	name, err := s.localizer.Localize(&i18n.LocalizeConfig{
		MessageID:    messageID,
		PluralCount:  count,
		TemplateData: struct{}{}, // any will do; where there is none, go-i18n makes a map for each call
	})
	if err != nil {
		return Other
	}
	c, _ := ParseCategory(name)
	return c
}
