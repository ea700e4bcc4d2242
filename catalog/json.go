package catalog

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/jsontext"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/wire"
)

// The limits of an error as JSON are those of a response of package problem.
const (
	maxJSONErrors = 100      // errors inside an error, including nested ones
	maxJSON       = 60 << 10 // bytes after which no more errors are added
	maxJSONText   = 8 << 10  // bytes of a text
)

// MarshalJSON returns the error as the JSON document that docs/wire-format.md describes, for a
// queue, a database or another service. Unmarshal in package problem reads it back.
//
// The document has the code, the arguments that are marked [Public], and the errors that it reports
// or, as an aggregate, consists of, each with the same members. It has nothing that only a reader
// or a log may see: no cause, and no other argument. Texts are in the source locale; one that shows
// such an argument is left out, and a title gives way to that of [Unknown].
//
// The code is the error's own, whatever its audience and even if it has [Spec.ShownAs]. To answer a
// request, use package problem, which replaces codes that a reader must not see.
//
// The limits are those of a response: 100 errors, and texts and lists of arguments are cut. An
// error without a code is null.
func (e Error) MarshalJSON() ([]byte, error) {
	if e.code == nil {
		return []byte("null"), nil
	}
	left := maxJSONErrors
	return e.appendJSON(nil, &left, "", "", nil), nil
}

// MarshalJSON returns the code as the JSON document of an error without arguments; see
// [Error.MarshalJSON].
func (c *Code) MarshalJSON() ([]byte, error) { return c.bare.MarshalJSON() }

// appendJSON appends the error, which is inside the outer ones, the last of which has texts in the
// outer language. It appends nothing if there is no room left.
func (e *Error) appendJSON(
	dst []byte, left *int, pointer, outerLang string, outer []*Error,
) []byte {
	start, code := len(dst), e.code
	doc := wire.Document{
		Type: code.TypeURI(), Status: code.spec.HTTP, Pointer: pointer,
		Code: code.Number(), Name: code.Name(), Domain: code.domain.Name(),
		Action: code.Action().String(),
	}
	if code.Retry() != RetryNever {
		doc.Retry = code.Retry().String()
	}
	if len(outer) > 0 {
		doc.Status = 0
	}
	_, doc.Params, doc.Truncated = wire.Params(nil, &code.data.Model, e.values())
	source := e.publicTexts(&doc)
	lang := source.String()
	if lang != outerLang {
		doc.Lang, doc.Dir = lang, "ltr"
		if locale.RightToLeft(source) {
			doc.Dir = "rtl"
		}
	}
	dst = doc.Begin(dst)
	if len(dst) > maxJSON && len(outer) > 0 {
		*left = 0
		return dst[:start]
	}
	return wire.End(e.appendErrors(dst, left, lang, append(slices.Clip(outer), e)))
}

// appendErrors appends the errors inside the error, the last of outer, and their number if some are
// left out.
func (e *Error) appendErrors(dst []byte, left *int, lang string, outer []*Error) []byte {
	total, shown := 0, 0
	add := func(pointer string, inside []*Error) {
		for _, in := range inside {
			total++
			if *left <= 0 || len(outer) >= access.MaxDepth || slices.Contains(outer, in) {
				continue
			}
			*left--
			before := len(dst)
			if shown == 0 {
				dst = append(dst, `"errors":[`...)
			}
			start := len(dst)
			if dst = in.appendJSON(dst, left, pointer, lang, outer); len(dst) == start {
				dst = dst[:before]
				continue
			}
			dst = append(dst, ',')
			shown++
		}
	}
	for i, v := range e.violations {
		if *left <= 0 {
			total += len(e.violations) - i
			break
		}
		inside := Errors(v.Err)
		if len(inside) == 0 {
			inside = []*Error{Unknown.bare}
		}
		add(wire.Fragment(v.Path), inside)
	}
	if e.code.Aggregate() {
		add("", Errors(e.cause))
	}
	if shown > 0 {
		dst = append(dst[:len(dst)-1], "],"...)
	}
	if shown == total {
		total = 0
	}
	return wire.AppendTotal(dst, total)
}

// publicTexts sets the texts that need public arguments only, and returns their locale.
func (e *Error) publicTexts(doc *wire.Document) language.Tag {
	args := slices.Clone(e.values())
	for i := range args {
		if p := &e.code.params[i].model; !p.Public || p.Sensitive {
			args[i] = format.Value{}
		}
	}
	source := e.code.domain.locale()
	text := func(part int) string {
		if e.code.data.Texts[part].Missing() {
			return ""
		}
		text, complete := e.code.data.Texts[part].Append(nil, &source, args, e.code.data.Count,
			&format.Context{})
		if !complete {
			return ""
		}
		if len(text) > maxJSONText {
			text = append(bytes.ToValidUTF8(text[:maxJSONText], nil), "…"...)
		}
		return string(text)
	}
	if doc.Title = text(model.Title); doc.Title == "" {
		doc.Title = Unknown.spec.Title
		return Unknown.domain.SourceLocale()
	}
	doc.Detail, doc.Help = text(model.Detail), text(model.Help)
	return e.code.domain.SourceLocale()
}

// MarshalJSON returns the name of the argument's param, like [Arg.String].
func (a Arg) MarshalJSON() ([]byte, error) { return quoted(a.String()) }

// MarshalJSON returns the name of the param, null for that of a zero [Handle].
func (p *param) MarshalJSON() ([]byte, error) {
	if p == nil {
		return []byte("null"), nil
	}
	return quoted(p.Name())
}

// MarshalJSON returns the domain's name.
func (d *Domain) MarshalJSON() ([]byte, error) { return quoted(d.Name()) }

// MarshalJSON returns the label's name, as that of an argument is in a response.
func (l *Label) MarshalJSON() ([]byte, error) { return quoted(l.Name()) }

// MarshalText returns the word that a response has; see [Retry.String].
func (r Retry) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a word as [Retry.String] returns it. An unknown one is an error.
func (r *Retry) UnmarshalText(text []byte) error {
	i := slices.Index(retryNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("unknown retry %q; the words are %q", text, retryNames)
	}
	*r = Retry(i)
	return nil
}

// MarshalText returns the word that a response has; see [Action.String].
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a word as [Action.String] returns it. An unknown one is an error.
func (a *Action) UnmarshalText(text []byte) error {
	i := slices.Index(actionNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("unknown action %q; the words are %q", text, actionNames)
	}
	*a = Action(i)
	return nil
}

func quoted(s string) ([]byte, error) { return jsontext.AppendString(nil, s), nil }
