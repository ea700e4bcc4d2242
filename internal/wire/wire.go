// Package wire is the JSON document of an error, as docs/wire-format.md describes it: its members,
// their order, and what of an error's arguments is in it.
package wire

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/jsontext"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
)

// Members are the names of the members (RFC 9457, section 3). Those from pointer on are extensions.
func Members() []string {
	return []string{
		"type", "title", "status", "detail", "instance",
		"pointer", "code", "name", "domain", "help", "lang", "dir", "retry", "action", "params",
		"truncated", "errors", "total",
	}
}

// Document has the members of a document but for the errors inside it. Zero members are left out,
// except for title, code, name, domain and action.
type Document struct {
	Type, Title, Detail string
	Status              int
	Reference           string // see [Instance]

	Pointer       string
	Code          int
	Name, Domain  string
	Help          string
	Lang, Dir     string
	Retry, Action string
	Params        []byte // an object
	Truncated     []string
}

// Begin appends the beginning of the document. The errors follow, each by itself an array element,
// and then [End].
func (d *Document) Begin(dst []byte) []byte {
	dst = append(dst, '{')
	dst = appendText(dst, `"type":`, d.Type)
	dst = append(jsontext.AppendString(append(dst, `"title":`...), d.Title), ',')
	dst = appendInt(dst, `"status":`, d.Status)
	dst = appendText(dst, `"detail":`, d.Detail)
	if isUUID(d.Reference) {
		dst = append(append(dst, `"instance":"`+UUIDPrefix...), d.Reference...)
		dst = append(dst, `",`...)
	} else {
		dst = appendText(dst, `"instance":`, Instance(d.Reference))
	}
	dst = appendText(dst, `"pointer":`, d.Pointer)
	dst = append(strconv.AppendInt(append(dst, `"code":`...), int64(d.Code), 10), ',')
	dst = append(jsontext.AppendString(append(dst, `"name":`...), d.Name), ',')
	dst = append(jsontext.AppendString(append(dst, `"domain":`...), d.Domain), ',')
	dst = appendText(dst, `"help":`, d.Help)
	dst = appendText(dst, `"lang":`, d.Lang)
	dst = appendText(dst, `"dir":`, d.Dir)
	dst = appendText(dst, `"retry":`, d.Retry)
	dst = append(jsontext.AppendString(append(dst, `"action":`...), d.Action), ',')
	if len(d.Params) > 0 {
		dst = append(append(append(dst, `"params":`...), d.Params...), ',')
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

// Instance returns the URI of an occurrence (RFC 9457, section 3.1.5), which is made from its
// reference: urn:uuid: and a UUID, or a relative reference with anything else.
func Instance(reference string) string {
	if isUUID(reference) {
		return UUIDPrefix + reference
	}
	return url.PathEscape(reference)
}

// UUIDPrefix is before the UUID in a URI (RFC 9562, section 4).
const UUIDPrefix = "urn:uuid:"

// isUUID reports whether a text has the form of a UUID.
func isUUID(s string) bool {
	const form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
	if len(s) != len(form) {
		return false
	}
	for i := range len(form) {
		if uuidForm[s[i]] != form[i] {
			return false
		}
	}
	return true
}

// uuidForm has an x for each hexadecimal digit. They are random, and what a processor can't predict
// is slow to decide by comparing.
var uuidForm = func() (form [0x100]byte) {
	for _, c := range "0123456789abcdefABCDEF" {
		form[c] = 'x'
	}
	form['-'] = '-'
	return form
}()

// AppendTotal appends the number of errors if not all are in the document, else zero.
func AppendTotal(dst []byte, total int) []byte { return appendInt(dst, `"total":`, total) }

// AppendMember appends a member of a document whose value is JSON already, or of params.
func AppendMember(dst []byte, name string, value []byte) []byte {
	dst = append(jsontext.AppendString(dst, name), ':')
	return append(append(dst, value...), ',')
}

// End ends an object that has members.
func End(dst []byte) []byte {
	dst[len(dst)-1] = '}' // in place of the last comma
	return dst
}

func appendText(dst []byte, member, value string) []byte {
	if value == "" {
		return dst
	}
	return append(jsontext.AppendString(append(dst, member...), value), ',')
}

func appendInt(dst []byte, member string, value int) []byte {
	if value == 0 {
		return dst
	}
	return append(strconv.AppendInt(append(dst, member...), int64(value), 10), ',')
}

// MaxParams is how many bytes the public arguments of an error have at most, as JSON.
const MaxParams = 16 << 10

// argumentLimits are the limits of a public argument. Texts and lists have the same ones in a text
// for users.
var argumentLimits = format.Limits{
	Text: format.MaxText, Address: 2 << 10, List: format.MaxList, Bytes: 4 << 10,
}

// Param is a public argument within the limits, or what is wrong with it.
type Param struct {
	*model.Param
	Member string // its name in the object
	Value  format.Value
	Fault  string // why it is left out, or ""
}

// Params appends the public arguments of a code in the order of its params, and returns the object
// that has those without a fault, or nil, and the members of those that were cut or left out.
func Params(
	dst []Param, code *model.Code, given []format.Value,
) (all []Param, object []byte, truncated []string) {
	for i := range code.Params {
		p := &code.Params[i]
		if i >= len(given) || given[i].Kind() == format.None || !p.Public || p.Sensitive {
			continue
		}
		limited, cut, fault := given[i].Limit(&argumentLimits)
		name, before := naming.LowerCamel(p.Name), len(object)
		if fault == "" {
			if before == 0 {
				object = append(make([]byte, 0, 64), '{')
			} else {
				object[before-1] = ','
			}
			object = append(jsontext.AppendString(object, name), ':')
			object = append(limited.AppendJSON(object), '}')
			if len(object) > MaxParams {
				fault = "too long, together with the other public arguments"
				if object = object[:before]; before > 0 {
					object[before-1] = '}'
				}
			}
		}
		if cut || fault != "" {
			truncated = append(truncated, name)
		}
		dst = append(dst, Param{p, name, limited, fault})
	}
	return dst, object, truncated
}

// MaxPointer is how many bytes a JSON Pointer may have, to become a [Fragment].
const MaxPointer = 512

// Fragment returns a JSON Pointer as a URI fragment (RFC 6901, section 6). It adds the leading
// slash if it is missing. The fragment is "" if the pointer is too long.
func Fragment(path string) string {
	if len(path) > MaxPointer {
		return "" // a part of it would point elsewhere
	}
	const hex = "0123456789ABCDEF"
	dst := make([]byte, 0, len(path)+2)
	dst = append(dst, '#')
	if path != "" && path[0] != '/' {
		dst = append(dst, '/')
	}
	for i := range len(path) {
		if c := path[i]; isFragment(c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', hex[c>>4], hex[c&0x0F])
		}
	}
	return string(dst)
}

// isFragment reports whether a fragment may contain the character unescaped (RFC 3986, section
// 3.5).
func isFragment(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("-._~!$&'()*+,;=:@/?", c) >= 0
}
