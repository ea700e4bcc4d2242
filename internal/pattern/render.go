package pattern

import (
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/plural"
)

// Voice is how a locale speaks: its plural rule and its notation of values. It is immutable.
type Voice struct {
	Rule   *plural.Rule
	Values *format.Locale
}

// VoiceOf returns the voice of the locale.
func VoiceOf(tag language.Tag) Voice {
	return Voice{Rule: plural.For(tag), Values: format.For(tag)}
}

// Append appends the text with its arguments, args[i] for param i, in the locale's voice. The argument at count, a whole
// number, chooses the plural form; a negative count stands for none. A missing argument shows as {Name}, and then
// complete is false. The text must not be missing.
func (t *Text) Append(dst []byte, v *Voice, args []format.Value, count int, ctx *format.Context) (out []byte, complete bool) {
	p := &t.forms[0]
	if len(t.forms) > 1 {
		p = t.Form(category(v.Rule, args, count))
	}
	if p.segments == nil {
		return append(dst, p.literal...), true
	}
	complete = true
	for i := range p.segments {
		s := &p.segments[i]
		switch {
		case s.param < 0:
			dst = append(dst, s.text...)
		case s.param < len(args) && args[s.param].Kind() != format.None:
			dst = v.Values.Append(dst, &args[s.param], ctx)
		default:
			dst = append(append(append(dst, '{'), s.text...), '}')
			complete = false
		}
	}
	return dst, complete
}

// Constant returns the text itself if it is the same for all arguments, so that it need not be copied.
func (t *Text) Constant() (s string, ok bool) {
	if len(t.forms) == 1 && t.forms[0].segments == nil {
		return t.forms[0].literal, true
	}
	return "", false
}

func category(rule *plural.Rule, args []format.Value, count int) plural.Category {
	if count < 0 || count >= len(args) {
		return plural.Other
	}
	if _, magnitude, ok := args[count].Integer(); ok {
		return rule.Uint(magnitude)
	}
	return plural.Other
}
