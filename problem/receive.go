package problem

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	values "github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/invisible"
	cldr "github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/wire"
)

// FromResponse returns the error that a response is, or nil if it is not an error: if its status is
// below 400 and its media type is not application/problem+json. It reads the body and does not
// close it. The domains are those whose codes the server may send.
//
// A document as in docs/wire-format.md with a code of a domain becomes a *[catalog.Error]. So
// errors.Is recognizes the code, and its public arguments are there. If all arguments that a text
// shows are public, the text is rendered in any language; else it is the server's own, in its
// language. The errors inside it are its violations, with their paths, or those that an aggregate
// consists of. Retry-After becomes the argument of the first [catalog.RelativeTime].
//
// Anything else becomes a *[Foreign]. So does a document with several members of one name, and a
// response of more than 1 MiB. [Received] returns what the server said about either of them.
//
// A document with nothing but a number, as {"code":101,"error":"…"}, is one of the first domain
// that has the number; see [catalog.Domain.FromNumber].
func FromResponse(res *http.Response, domains ...*catalog.Domain) error {
	mediaType, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if res.StatusCode < http.StatusBadRequest && mediaType != "application/problem+json" {
		return nil
	}
	r := receiver{domains: domains, left: MaxErrors}
	d, err := r.response(res, mediaType)
	d.Status = res.StatusCode
	d.RetryAfter = retryAfter(res.Header)
	if err != nil {
		return &Foreign{Details: *d, cause: err}
	}
	return r.error(d)
}

// response returns what the body says. The details are empty if there is an error.
func (r *receiver) response(res *http.Response, mediaType string) (*Details, error) {
	if mediaType != "application/json" && !strings.HasSuffix(mediaType, "+json") {
		return &Details{}, fmt.Errorf("the response is not JSON but %q", truncate(mediaType, maxLogField))
	}
	if res.Body == nil {
		return &Details{}, io.ErrUnexpectedEOF
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxReceived+1))
	if err != nil {
		return &Details{}, fmt.Errorf("the response cannot be read: %w", err)
	}
	d, err := r.document(body)
	if err != nil {
		return &Details{}, err
	}
	return d, nil
}

// Unmarshal returns the error that a JSON document describes, such as one that [json.Marshal] has
// made of a *[catalog.Error] and that was stored or queued. [FromResponse] says what becomes of a
// document. It fails if the data is not a JSON object, has several members of one name, or more
// than 1 MiB; the error names the byte.
func Unmarshal(data []byte, domains ...*catalog.Domain) (received error, err error) {
	r := receiver{domains: domains, left: MaxErrors}
	d, err := r.document(data)
	if err != nil {
		return nil, err
	}
	return r.error(d), nil
}

// Received returns what another program has said about an error that came from [FromResponse] or
// [Unmarshal], or that wraps such an error: status, reference, texts, retry, added members. It must
// not be changed. It is nil for any other error.
func Received(err error) *Details {
	if e := catalog.AsError(err); e != nil {
		if from := access.ReceivedOf(e); from != nil {
			return from.Details.(*Details)
		}
	}
	if endless(err) {
		return nil
	}
	if f, ok := errors.AsType[*Foreign](err); ok {
		return &f.Details
	}
	return nil
}

// Foreign is an error that another program has sent and whose code is not known here: that of a
// newer version or of another service, or a response that is not a document of an error. It has no
// code, so it is answered as [Options.Internal] if it is returned.
type Foreign struct {
	// Details is what the program has said, within the limits of a response. Name, Code and texts may
	// be empty. Arguments are texts, or the JSON that came.
	Details Details

	cause error
}

// Error returns the name, number, status and title for developers. It leaves out the detail, which
// may have somebody's data.
func (f *Foreign) Error() string {
	d, text := &f.Details, "foreign error"
	if d.Name != "" {
		text += " " + d.Name
	}
	if d.Code != 0 {
		text += fmt.Sprintf(" (%d)", d.Code)
	}
	if d.Domain != "" {
		text += " of " + d.Domain
	}
	if d.Status != 0 {
		text += fmt.Sprintf(", status %d", d.Status)
	}
	if d.Title.Value != "" {
		text += ": " + truncate(d.Title.Value, maxLogField)
	}
	if f.cause != nil {
		text += ": " + f.cause.Error()
	}
	return invisible.Escape(text)
}

// Unwrap returns why a response could not be read, or nil.
func (f *Foreign) Unwrap() error { return f.cause }

// MarshalJSON returns the details as JSON.
func (f *Foreign) MarshalJSON() ([]byte, error) { return f.Details.MarshalJSON() }

// receiver reads a document.
type receiver struct {
	domains []*catalog.Domain
	left    int // how many more errors may be inside it
}

// document returns the details that a document has.
func (r *receiver) document(data []byte) (*Details, error) {
	if len(data) > maxReceived {
		return nil, fmt.Errorf("the document has more than %d bytes", maxReceived)
	}
	return r.details(data, language.Und, maxDepth)
}

// details returns the details of a document inside one of the outer language. A member of the wrong
// type is ignored, as RFC 9457, section 3.1, requires.
func (r *receiver) details(data []byte, outer language.Tag, depth int) (*Details, error) {
	m, err := readObject(data)
	if err != nil {
		return nil, err
	}
	locale := outer
	if tag, err := language.Parse(m.text("lang", 35)); err == nil {
		locale = tag
	}
	text := func(name string) (t errlingo.Text) {
		if t.Value = m.text(name, maxText); t.Value != "" {
			t.Locale, t.Dir = locale, m.text("dir", 3)
			limitText(&t, maxText)
			if t.Dir != "ltr" && t.Dir != "rtl" {
				t.Dir = "ltr"
				if cldr.RightToLeft(locale) {
					t.Dir = "rtl"
				}
			}
		}
		return t
	}
	d := &Details{
		Type: m.text("type", maxReceivedURI), Status: m.integer("status"), Pointer: m.pointer(),
		Code: m.integer("code"), Name: m.text("name", naming.MaxCode), Domain: m.text("domain", 64),
		Title: text("title"), Detail: text("detail"), Help: text("help"), Total: m.integer("total"),
		Reference: reference(m.text("instance", maxReceivedURI)),
	}
	_ = d.Retry.UnmarshalText([]byte(m.text("retry", 16)))   // An unknown word is RetryNever.
	_ = d.Action.UnmarshalText([]byte(m.text("action", 16))) // An unknown word is ActionContact.
	d.shown = r.code(d, m)
	d.receiveParams(m)
	var inside []json.RawMessage
	if json.Unmarshal(m["errors"], &inside) != nil || depth == 0 {
		inside = nil
	}
	for _, in := range inside[:min(len(inside), r.left)] {
		if r.left--; r.left < 0 {
			break
		}
		if e, err := r.details(in, locale, depth-1); err == nil {
			d.Errors = append(d.Errors, *e)
		}
	}
	if d.Total = max(d.Total, len(inside)); d.Total == len(d.Errors) {
		d.Total = 0
	}
	d.Extensions = m.extensions()
	return d, nil
}

// code returns the code that a document names by domain and number, domain and name, or both, which
// must agree. A document without domain and name has a number of the first domain that has it.
func (r *receiver) code(d *Details, m object) *catalog.Code {
	_, numbered := m.whole("code")
	for _, domain := range r.domains {
		var code *catalog.Code
		switch {
		case d.Domain == "" && d.Name == "" && numbered:
			code = domain.CodeNumbered(d.Code)
		case d.Domain != domain.Name():
		case numbered:
			code = domain.CodeNumbered(d.Code)
		default:
			code = domain.Code(d.Name)
		}
		if code != nil && (d.Name == "" || d.Name == code.Name()) {
			return code
		}
	}
	return nil
}

// receiveParams sets the public arguments. Their values are those of the code, or texts.
func (d *Details) receiveParams(m object) {
	if len(m["params"]) > wire.MaxParams {
		return
	}
	params, err := readObject(m["params"])
	if err != nil || len(params) == 0 {
		return
	}
	if json.Unmarshal(m["truncated"], &d.Truncated) != nil || len(d.Truncated) > MaxErrors {
		d.Truncated = nil
	}
	d.params = m["params"]
	for _, name := range slices.Sorted(maps.Keys(params)) {
		value := values.Text(values.Literal, string(params[name]))
		if s, ok := params.string(name); ok {
			value = values.Text(values.String, s)
		}
		a := Argument{Name: name}
		access.SetValue(&a.Value, value)
		d.Params = append(d.Params, a)
	}
}

// error returns the error that the details describe.
func (r *receiver) error(d *Details) error {
	if d.shown == nil {
		return &Foreign{Details: *d}
	}
	var violations []catalog.Violation
	var causes []error
	for i := range d.Errors {
		in := &d.Errors[i]
		if err := r.error(in); in.Pointer == "" && d.shown.Aggregate() {
			causes = append(causes, err)
		} else {
			violations = append(violations, catalog.Violation{Path: pointerOf(in.Pointer), Err: err})
		}
	}
	if text := d.developersText(); text != "" {
		causes = append(causes, errors.New(text))
	}
	from := &access.Received{Locale: d.Title.Locale, Details: d}
	if d.Title.Value != "" { // A detail needs a title in the same language.
		from.Texts[model.Title] = d.Title.Value
		from.Texts[model.Detail] = d.Detail.Value
		from.Texts[model.Help] = d.Help.Value
	}
	return access.NewError(d.shown, r.args(d), violations, errors.Join(causes...), from)
}

// args returns the arguments in the order of the code's params, and replaces those of the details
// by them.
func (r *receiver) args(d *Details) []values.Value {
	m := &access.CodeOf(d.shown).Model
	args := make([]values.Value, len(m.Params))
	params, _ := readObject(d.params)
	waits := false
	for i := range m.Params {
		p := &m.Params[i]
		if p.Public && !p.Sensitive {
			args[i] = r.arg(d, p, params)
		}
		if !waits && p.Kind == values.RelativeTime.String() {
			waits = true
			if args[i].Kind() == values.None && d.RetryAfter > 0 {
				args[i] = values.Span(values.RelativeTime, d.RetryAfter)
			}
		}
	}
	i := m.Takes(&model.Param{Name: codes.Count.Name(), Kind: codes.Count.Kind()})
	if i >= 0 && args[i].Kind() == values.None && d.Total > 0 {
		args[i] = values.Whole(values.Int, false, uint64(d.Total))
	}
	return args
}

// arg returns the argument for a param, by its name or one that it had. One that was cut is
// missing.
func (r *receiver) arg(d *Details, p *model.Param, params object) values.Value {
	for _, name := range append([]string{p.Name}, p.FormerNames...) {
		name = naming.LowerCamel(name)
		data, ok := params[name]
		if !ok || slices.Contains(d.Truncated, name) {
			continue
		}
		value, ok := values.ParseJSON(&p.Example, data, func(name string) (values.Value, bool) {
			return r.label(d.shown.Domain(), name)
		})
		if !ok {
			continue
		}
		if i := slices.IndexFunc(d.Params, func(a Argument) bool { return a.Name == name }); i >= 0 {
			access.SetValue(&d.Params[i].Value, value)
		}
		return value
	}
	return values.Value{}
}

// label returns the label with the name, of the code's own domain if that has it.
func (r *receiver) label(own *catalog.Domain, name string) (values.Value, bool) {
	for _, domain := range append([]*catalog.Domain{own}, r.domains...) {
		for l := range domain.Labels() {
			if l.Name() == name {
				return values.Named(l, l.Text()), true
			}
		}
	}
	return values.Value{}, false
}

// developersText returns the text of a server that sends no document of ours but a number.
func (d *Details) developersText() string {
	if d.Domain != "" || d.Name != "" {
		return ""
	}
	for _, name := range []string{"error", "message"} {
		var text string
		if json.Unmarshal(d.Extensions[name], &text) == nil && text != "" {
			return text
		}
	}
	return d.Title.Value
}

// pointerOf returns the path of a violation: the JSON Pointer in a URI fragment.
func pointerOf(fragment string) string {
	path, err := url.PathUnescape(strings.TrimPrefix(fragment, "#"))
	if err != nil {
		return ""
	}
	return path
}

// reference returns the reference that an instance was made from.
func reference(instance string) string {
	if id, ok := strings.CutPrefix(instance, wire.UUIDPrefix); ok {
		return id
	}
	if text, err := url.PathUnescape(instance); err == nil {
		return text
	}
	return instance
}

// retryAfter returns the time in Retry-After (RFC 9110, section 10.2.3), a year at most, or zero.
func retryAfter(header http.Header) time.Duration {
	const year = 365 * 24 * time.Hour
	value := header.Get("Retry-After")
	if n, err := strconv.ParseUint(value, 10, 32); err == nil {
		return min(time.Duration(n)*time.Second, year)
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		from = time.Now()
	}
	return min(max(at.Sub(from), 0), year)
}

// object is a JSON object, by the names of its members.
type object map[string]json.RawMessage

// readObject reads an object. It is an error if two members have one name, since programs differ in
// which one they read.
func readObject(data []byte) (object, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	fault := func(text string) error {
		return fmt.Errorf("%s, at byte %d of the document", text, decoder.InputOffset())
	}
	switch opening, err := decoder.Token(); {
	case err != nil:
		return nil, fault("it is not JSON: " + err.Error())
	case opening != json.Delim('{'):
		return nil, fault("it is not a JSON object")
	}
	m := object{}
	for decoder.More() {
		name, err := decoder.Token()
		var value json.RawMessage
		if err == nil {
			err = decoder.Decode(&value)
		}
		if err != nil {
			return nil, fault("it is not JSON: " + err.Error())
		}
		if _, twice := m[name.(string)]; twice {
			return nil, fault(fmt.Sprintf("the member %q is there twice", truncate(name.(string), 64)))
		}
		m[name.(string)] = value
	}
	if _, err := decoder.Token(); err != nil {
		return nil, fault("it is not JSON: " + err.Error())
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fault("something follows the JSON object")
	}
	return m, nil
}

// string returns a member that is a string, without control characters.
func (m object) string(name string) (s string, ok bool) {
	if data := m[name]; len(data) == 0 || data[0] != '"' || json.Unmarshal(data, &s) != nil {
		return "", false
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return ' '
		case invisible.IsControl(c) || invisible.IsEmbedding(c):
			return -1
		}
		return c
	}, s), true
}

// text returns a member that is a string, or "". It is cut after a number of bytes.
func (m object) text(name string, limit int) string {
	s, _ := m.string(name)
	return truncate(s, limit)
}

// whole returns a member that is a whole number.
func (m object) whole(name string) (n int, ok bool) {
	n, err := strconv.Atoi(string(m[name]))
	return n, err == nil
}

func (m object) integer(name string) int {
	n, _ := m.whole(name)
	return n
}

// pointer returns the member pointer if it is one.
func (m object) pointer() string {
	s, _ := m.string("pointer")
	if len(s) > 3*wire.MaxPointer+2 || s != "#" && !strings.HasPrefix(s, "#/") {
		return ""
	}
	return s
}

// extensions returns the members that are not standard, within bounds.
func (m object) extensions() map[string]json.RawMessage {
	var found map[string]json.RawMessage
	room := maxReceivedExtensions
	for _, name := range slices.Sorted(maps.Keys(m)) {
		cost := len(name) + len(m[name])
		if checkExtension(name) != nil || cost > room {
			continue
		}
		room -= cost
		if found == nil {
			found = map[string]json.RawMessage{}
		}
		found[name] = m[name]
	}
	return found
}
