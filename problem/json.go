package problem

import (
	"maps"
	"slices"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/jsontext"
	"github.com/errlingo/errlingo/internal/wire"
)

// MarshalJSON returns the details as application/problem+json. The document is described in
// docs/wire-format.md.
func (d Details) MarshalJSON() ([]byte, error) { return d.appendJSON(nil, ""), nil }

// appendJSON appends the details inside a document of the given language. It omits lang and dir if
// they are the same.
func (d *Details) appendJSON(dst []byte, outerLang string) []byte {
	lang := d.Lang()
	doc := wire.Document{
		Type: d.Type, Title: d.Title.Value, Detail: d.Detail.Value, Status: d.Status,
		Reference: d.Reference,
		Pointer:   d.Pointer, Code: d.Code, Name: d.Name, Domain: d.Domain, Help: d.Help.Value,
		Action: d.Action.String(), Params: d.paramsJSON(), Truncated: d.Truncated,
	}
	if lang != outerLang {
		doc.Lang, doc.Dir = lang, d.Dir()
	}
	if d.Retry != catalog.RetryNever {
		doc.Retry = d.Retry.String()
	}
	dst = doc.Begin(dst)
	if len(d.Errors) > 0 {
		dst = append(dst, `"errors":[`...)
		for i := range d.Errors {
			dst = append(d.Errors[i].appendJSON(dst, lang), ',')
		}
		dst = append(dst[:len(dst)-1], "],"...)
	}
	dst = wire.AppendTotal(dst, d.Total)
	if len(d.Extensions) > 0 {
		for _, name := range slices.Sorted(maps.Keys(d.Extensions)) {
			dst = wire.AppendMember(dst, name, d.Extensions[name])
		}
	}
	return wire.End(dst)
}

// paramsJSON returns the public arguments as an object, or nil.
func (d *Details) paramsJSON() []byte {
	if d.params != nil || len(d.Params) == 0 {
		return d.params
	}
	object := []byte{'{'}
	for _, p := range d.Params {
		value, _ := p.Value.MarshalJSON() // cannot fail: all values have a JSON form
		object = append(append(append(jsontext.AppendString(object, p.Name), ':'), value...), ',')
	}
	return wire.End(object)
}
