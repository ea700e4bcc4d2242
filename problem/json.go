package problem

import (
	"maps"
	"slices"
	"strconv"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/jsontext"
)

// members are the names of the members of the JSON document (RFC 9457, section 3), which
// docs/wire-format.md describes. Those from pointer on are extensions.
var members = [...]string{
	"type", "title", "status", "detail", "instance",
	"pointer", "code", "name", "domain", "help", "lang", "dir", "retry", "action", "params",
	"truncated", "errors", "total",
}

// MarshalJSON returns the details as application/problem+json. The document is described in
// docs/wire-format.md.
func (d Details) MarshalJSON() ([]byte, error) { return d.appendJSON(nil, ""), nil }

// appendJSON appends the details inside a document of the given language. It omits lang and dir if
// they are the same.
func (d *Details) appendJSON(dst []byte, outerLang string) []byte {
	dst = append(dst, '{')
	if d.Type != "" {
		dst = appendText(dst, `"type":`, d.Type)
	}
	dst = appendText(dst, `"title":`, d.Title.Value)
	if d.Status != 0 {
		dst = appendInt(dst, `"status":`, d.Status)
	}
	if d.Detail.Value != "" {
		dst = appendText(dst, `"detail":`, d.Detail.Value)
	}
	if d.Reference != "" {
		dst = appendText(dst, `"instance":`, d.Instance())
	}
	if d.Pointer != "" {
		dst = appendText(dst, `"pointer":`, d.Pointer)
	}
	dst = appendInt(dst, `"code":`, d.Code)
	dst = appendText(dst, `"name":`, d.Name)
	dst = appendText(dst, `"domain":`, d.Domain)
	if d.Help.Value != "" {
		dst = appendText(dst, `"help":`, d.Help.Value)
	}
	lang := d.Lang()
	if lang != outerLang {
		dst = appendText(dst, `"lang":`, lang)
		dst = appendText(dst, `"dir":`, d.Dir())
	}
	if d.Retry != catalog.RetryNever {
		dst = appendText(dst, `"retry":`, d.Retry.String())
	}
	dst = appendText(dst, `"action":`, d.Action.String())
	dst = d.appendParams(dst)
	if len(d.Errors) > 0 {
		dst = append(dst, `"errors":[`...)
		for i := range d.Errors {
			dst = append(d.Errors[i].appendJSON(dst, lang), ',')
		}
		dst = append(dst[:len(dst)-1], "],"...)
	}
	if d.Total != 0 {
		dst = appendInt(dst, `"total":`, d.Total)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Extensions)) {
		dst = append(jsontext.AppendString(dst, name), ':')
		dst = append(append(dst, d.Extensions[name]...), ',')
	}
	dst[len(dst)-1] = '}' // in place of the last comma
	return dst
}

// appendParams appends the public arguments and the names of those that were cut or left out.
func (d *Details) appendParams(dst []byte) []byte {
	if len(d.Params) > 0 {
		dst = append(dst, `"params":{`...)
		for i := range d.Params {
			dst = append(jsontext.AppendString(dst, d.Params[i].Name), ':')
			dst = append(append(dst, d.Params[i].json...), ',')
		}
		dst = append(dst[:len(dst)-1], "},"...)
	}
	if len(d.Truncated) > 0 {
		dst = append(dst, `"truncated":[`...)
		for _, name := range d.Truncated {
			dst = append(jsontext.AppendString(dst, name), ',')
		}
		dst = append(dst[:len(dst)-1], "],"...)
	}
	return dst
}

func appendText(dst []byte, member, value string) []byte {
	return append(jsontext.AppendString(append(dst, member...), value), ',')
}

func appendInt(dst []byte, member string, value int) []byte {
	return append(strconv.AppendInt(append(dst, member...), int64(value), 10), ',')
}
