// Package rpcstatus turns what a program says about an error into a google.rpc.Status, and such a
// status back into an error. It is what packages for RPC libraries, such as grpcerr, are made of.
// The details are those of AIP-193 (https://google.aip.dev/193), so that clients in any language
// can read them.
//
// # Details
//
//   - ErrorInfo, always: the code's name as reason, its domain, and as metadata the public
//     arguments as text and [KeyNumber]. A number is in decimal digits, a list or a range is JSON.
//   - LocalizedMessage: the detail, or the title without a detail. If there is more to say, a
//     second one has the title and a third the help.
//   - BadRequest: the errors inside the error, nested ones after the one that they are in. A field
//     is a path such as lines[2].count, or a JSON Pointer (RFC 6901) if it has other characters
//     than letters, digits and underscores. A joined error has none.
//   - RetryInfo: how long to wait before the next try.
//   - RequestInfo: the reference of the answer, which the log has, too.
//   - Help: the address of the code's documentation.
//
// The message of the status is for developers and in the language of the declaration: name, number
// and title of the code that is shown. Causes and arguments are never in it.
package rpcstatus

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

// The keys of ErrorInfo's metadata that are not arguments. Names of arguments have no dash.
const (
	// KeyNumber has the number of the code.
	KeyNumber = "error-number"
	// KeyTotal has the number of errors inside the error, if BadRequest lacks some.
	KeyTotal = "error-total"
	// KeyDomains has the domains of the errors in BadRequest, separated by commas, if one differs
	// from that of ErrorInfo.
	KeyDomains = "error-domains"
	// KeyDropped names what did not fit, separated by commas: arguments, texts, or details.
	KeyDropped = "error-dropped"
)

// The limits of a status, in bytes.
const (
	// DefaultBytes is the most that a status takes in trailers unless a program says otherwise.
	// Clients have limits for all trailers of a call together: 8 KiB in grpc-java, 16 KiB in Node. A
	// client that gets more loses the call, or even the connection.
	DefaultBytes = 7 << 10
	// MinBytes is the least limit. Code, number and reference always fit.
	MinBytes = 2 << 10

	maxMessage = 256     // the status's message
	maxText    = 2 << 10 // a text for the reader, which comes before most other details
	maxDropped = 200     // the value of KeyDropped
)

// What is added to the parts of a trailer.
const (
	frameBytes = 96 // the names of grpc-status, grpc-message and grpc-status-details-bin
	entryBytes = 8  // around an entry of a map or a list
)

// New returns the status for the details of an answer. It takes at most maxBytes in the trailers of
// gRPC, where it is encoded as Base64, or [DefaultBytes] if that is zero. What does not fit is left
// out, and [KeyDropped] and [KeyTotal] say so; of the errors inside the error, it is the last ones.
//
// The code of the status is that of the code that is shown. If the HTTP status is another one, as
// for an error that is masked or an aggregate, it is the code for that.
func New(d *problem.Details, maxBytes int) *spb.Status {
	if maxBytes == 0 {
		maxBytes = DefaultBytes
	}
	p := packer{
		status: &spb.Status{Code: int32(statusOf(d)), Message: cut(message(d), maxMessage)},
		info: &errdetails.ErrorInfo{Reason: clean(d.Name), Domain: clean(d.Domain),
			Metadata: map[string]string{KeyNumber: strconv.Itoa(d.Code)}},
	}
	p.room = (max(maxBytes, MinBytes)-frameBytes-escapedLen(p.status.Message))/4*3 -
		proto.Size(p.status) - sizeOf(pack(p.info)) - reserved
	if d.RetryAfter > 0 {
		p.add("RetryInfo", &errdetails.RetryInfo{RetryDelay: durationpb.New(d.RetryAfter)})
	}
	if d.Reference != "" {
		p.add("RequestInfo", &errdetails.RequestInfo{RequestId: clean(d.Reference)})
	}
	p.addTexts(d)
	p.addParams(d)
	if d.Type != "" {
		p.add("Help", &errdetails.Help{Links: []*errdetails.Help_Link{
			{Description: cut(d.Title.Value, maxMessage), Url: clean(d.Type)},
		}})
	}
	p.addErrors(d)
	if len(p.dropped) > 0 {
		p.info.Metadata[KeyDropped] = cut(strings.Join(p.dropped, ","), maxDropped)
	}
	p.status.Details = append([]*anypb.Any{pack(p.info)}, p.details...)
	return p.status
}

// reserved is room for the entries of [KeyTotal] and [KeyDropped], and for longer lengths of what
// they are in.
const reserved = len(KeyTotal) + len("10000") + len(KeyDropped) + maxDropped + 4*entryBytes

// statusOf returns the RPC status of an answer.
func statusOf(d *problem.Details) catalog.RPC {
	if code := d.Shown(); code != nil && (d.Status == 0 || d.Status == code.HTTPStatus()) {
		return code.RPCStatus()
	}
	return catalog.RPCFromHTTP(d.Status)
}

// message returns the text for developers.
func message(d *problem.Details) string {
	if code := d.Shown(); code != nil {
		return code.Error()
	}
	return d.Name
}

// packer fills a status up to its limit.
type packer struct {
	status  *spb.Status
	info    *errdetails.ErrorInfo
	details []*anypb.Any
	room    int // how many more bytes the status may have
	dropped []string
}

// take reserves room and reports whether there is enough.
func (p *packer) take(what string, bytes int) bool {
	if bytes > p.room {
		p.dropped = append(p.dropped, what)
		return false
	}
	p.room -= bytes
	return true
}

// add adds a detail if it fits.
func (p *packer) add(what string, m proto.Message) bool {
	detail := pack(m)
	if !p.take(what, sizeOf(detail)) {
		return false
	}
	p.details = append(p.details, detail)
	return true
}

// addTexts adds the sentence that matters most, the title and the help. Their order says which is
// which, so nothing follows one that does not fit.
func (p *packer) addTexts(d *problem.Details) {
	summary, title, help := d.Title, d.Title, d.Help
	if d.Detail.Value != "" {
		summary = d.Detail
	}
	if !p.add("LocalizedMessage", localized(summary.Value, summary.Locale.String())) ||
		help.Value == "" && title == summary {
		return
	}
	if !p.add("title", localized(title.Value, title.Locale.String())) {
		p.dropped = append(p.dropped, "help")
	} else if help.Value != "" {
		p.add("help", localized(help.Value, help.Locale.String()))
	}
}

func localized(text, locale string) *errdetails.LocalizedMessage {
	return &errdetails.LocalizedMessage{Locale: clean(locale), Message: cut(text, maxText)}
}

// addParams adds the public arguments to the metadata.
func (p *packer) addParams(d *problem.Details) {
	p.dropped = append(p.dropped, d.Truncated...)
	for _, a := range d.Params {
		value := plain(a.Value)
		if p.take(a.Name, len(a.Name)+len(value)+entryBytes) {
			p.info.Metadata[a.Name] = value
		}
	}
}

// plain returns an argument as text: a text itself, anything else as JSON.
func plain(v catalog.Value) string {
	data, _ := v.MarshalJSON() // cannot fail: all values have a JSON form
	var text string
	if json.Unmarshal(data, &text) == nil {
		return text
	}
	return string(data)
}

// addErrors adds as many of the errors inside the error as fit.
func (p *packer) addErrors(d *problem.Details) {
	all := inside(nil, d)
	if len(all) == 0 {
		return
	}
	var bad errdetails.BadRequest
	domains, differ := make([]string, 0, len(all)), false
	if frame := sizeOf(pack(&bad)) + len(KeyDomains) + 2*entryBytes; p.room > frame {
		p.room -= frame
		for _, e := range all {
			v := violation(e)
			cost := proto.Size(v) + entryBytes + len(e.Domain) + len(",")
			if cost > p.room {
				break
			}
			p.room -= cost
			bad.FieldViolations = append(bad.FieldViolations, v)
			domains, differ = append(domains, e.Domain), differ || e.Domain != d.Domain
		}
	}
	if len(bad.FieldViolations) > 0 {
		p.details = append(p.details, pack(&bad))
	}
	if total := len(all) + hidden(d); total > len(bad.FieldViolations) {
		p.info.Metadata[KeyTotal] = strconv.Itoa(total)
	}
	if differ {
		p.info.Metadata[KeyDomains] = strings.Join(domains, ",")
	}
}

// inside appends the errors inside the error, nested ones after the one that they are in.
func inside(all []*problem.Details, d *problem.Details) []*problem.Details {
	for i := range d.Errors {
		all = inside(append(all, &d.Errors[i]), &d.Errors[i])
	}
	return all
}

// hidden returns how many errors the details count but do not have.
func hidden(d *problem.Details) int {
	n := max(0, d.Total-len(d.Errors))
	for i := range d.Errors {
		n += hidden(&d.Errors[i])
	}
	return n
}

func violation(d *problem.Details) *errdetails.BadRequest_FieldViolation {
	text := d.Detail
	if text.Value == "" {
		text = d.Title
	}
	return &errdetails.BadRequest_FieldViolation{
		Field: field(d.Pointer), Description: cut(message(d), maxMessage), Reason: clean(d.Name),
		LocalizedMessage: localized(text.Value, text.Locale.String()),
	}
}

// field returns the path of a violation as AIP-193 has it: lines[2].count for #/lines/2/count. A
// path with names of other characters stays a JSON Pointer.
func field(fragment string) string {
	pointer, err := url.PathUnescape(strings.TrimPrefix(fragment, "#"))
	if err != nil || pointer == "" {
		return ""
	}
	var path strings.Builder
	for i, name := range strings.Split(pointer[1:], "/") {
		switch {
		case isIndex(name) && i > 0:
			path.WriteString("[" + name + "]")
		case !isName(name):
			return clean(pointer)
		case i > 0:
			path.WriteString("." + name)
		default:
			path.WriteString(name)
		}
	}
	return path.String()
}

func isIndex(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func isName(s string) bool {
	other := func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_')
	}
	return s != "" && !strings.ContainsFunc(s, other) && !isIndex(s)
}

// pack returns a message as a detail. Its strings are valid, so this cannot fail.
func pack(m proto.Message) *anypb.Any {
	detail, _ := anypb.New(m)
	return detail
}

// sizeOf returns the most bytes that a detail takes in a status.
func sizeOf(detail *anypb.Any) int { return proto.Size(detail) + entryBytes }

// escapedLen returns how many bytes a message has in the header grpc-message.
func escapedLen(message string) int {
	n := 0
	for _, b := range []byte(message) {
		if n++; b < ' ' || b > '~' || b == '%' {
			n += 2
		}
	}
	return n
}

// clean returns a text in valid UTF-8, without which protobuf would refuse the whole status.
func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// cut returns a text of at most so many bytes, in valid UTF-8.
func cut(s string, most int) string {
	const mark = "…"
	s = clean(s)
	if len(s) <= most {
		return s
	}
	end := most - len(mark)
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + mark
}
