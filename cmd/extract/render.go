package main

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/pattern"
)

// renderer shows texts of a code with the examples of its params as arguments.
type renderer struct {
	label func(*codescan.Label) string // the text of a label
	voice pattern.Voice
	args  []format.Value
	count int
}

func newRenderer(tag language.Tag, c *codescan.Code, label func(*codescan.Label) string) *renderer {
	r := &renderer{label: label, voice: pattern.VoiceOf(tag), args: make([]format.Value, len(c.Params)), count: -1}
	for i := range c.Params {
		r.args[i] = r.example(&c.Params[i])
		if c.Params[i].Name == c.Plural.By {
			r.count = i
		}
	}
	return r
}

func (r *renderer) render(t *pattern.Text) string {
	out, _ := t.Append(nil, &r.voice, r.args, r.count, nil)
	return string(out)
}

// example returns the example of a param as an argument. It is a missing one where there is none.
func (r *renderer) example(p *codescan.Param) format.Value {
	element, isList := strings.CutSuffix(p.Kind, "-list")
	kind := kindOf(element)
	values := make([]format.Value, len(p.Values))
	for i, v := range p.Values {
		values[i] = r.value(kind, v)
	}
	switch {
	case isList && p.Join == "or":
		return format.Several(format.Or, values)
	case isList:
		return format.Several(format.And, values)
	case len(values) > 0:
		return values[0]
	}
	return format.Value{}
}

// kindOf returns the kind with the name.
func kindOf(name string) format.Kind {
	for k := format.String; k <= format.Code; k++ {
		if k.String() == name {
			return k
		}
	}
	return format.None
}

func (r *renderer) value(kind format.Kind, v any) format.Value {
	switch v := v.(type) {
	case string:
		if kind == format.Number {
			return format.Decimal(v)
		}
		return format.Text(kind, v)
	case *codescan.Label:
		return format.Named(nil, r.label(v))
	case int64:
		if v < 0 {
			return format.Whole(kind, true, uint64(-v))
		}
		return format.Whole(kind, false, uint64(v))
	case uint64:
		return format.Whole(kind, false, v)
	case float64:
		return format.Float(kind, v)
	case time.Duration:
		return format.Span(kind, v)
	case time.Time:
		return format.Moment(kind, v)
	}
	return format.Value{}
}
