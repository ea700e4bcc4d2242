package problem

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// DecodeError adds a code to an error from decoding a request body, so that the client learns what
// to fix. Errors of [json.Decoder.Decode] and [json.Unmarshal] get these codes:
//
//   - the body exceeds the limit of [http.MaxBytesReader]: [codes.ObjectTooLarge]
//   - a value has the wrong type: [codes.IncorrectType]
//   - a number does not fit the Go type, such as 300 in a uint8 or 1.5 in an int, or a value is
//     rejected by UnmarshalJSON or UnmarshalText, such as a date without a time by time.Time:
//     [codes.ValidationError]
//   - a field is unknown: [codes.InvalidKeyName]
//   - the body is empty, truncated, or not valid JSON: [codes.InvalidJSON]
//
// The response names a field if package json does, but it has no pointer: package json reports
// neither the positions in arrays, nor whether a dot is part of a name or is between two, nor the
// field that UnmarshalJSON rejected. [DecodeErrorIn] finds them out. No value of the body is shown.
//
// Errors of [http.Request.ParseMultipartForm] and [http.Request.FormFile] get these codes:
//
//   - the content type is not multipart/form-data, or has no boundary: [codes.MissingContentType]
//   - the form has too much text: [codes.ObjectTooLarge]
//   - the form has no such file: [codes.ValidationError]
//
// DecodeError returns all other errors unchanged: nil, an error that already has a code, and an
// error that is not the client's fault, such as an invalid decoding target, a failed connection or
// a canceled context. Use it for decoding errors only, because it blames the client for errors that
// it does not recognize.
func DecodeError(err error) error {
	if e := decodeError(err); e != nil {
		return e
	}
	return err
}

// DecodeErrorIn does the same as [DecodeError] for the error of decoding the JSON body into the
// target, and adds where in the body the error is: the path of a violation, a JSON Pointer (RFC
// 6901) such as "/lines/2/count". It adds none for the whole document, and if it cannot find the
// place, as in a body that is not valid JSON, or one that is nested so deeply that the search would
// cost many times what decoding did.
//
//	if err := json.Unmarshal(body, &order); err != nil {
//		return problem.DecodeErrorIn(body, &order, err)
//	}
//
// [DecodeJSON] reads the body, too.
//
// To find the place, it decodes parts of the body again, into new values of the types that the
// target is made of. The target does not change.
func DecodeErrorIn(body []byte, target any, err error) error {
	e := decodeError(err)
	if e == nil {
		return err
	}
	if path := locate(body, target, err); path != "" {
		return e.With(catalog.Violation{Path: path, Err: e})
	}
	return e
}

// DecodeJSON decodes JSON, such as a request body, into the target, as [json.Unmarshal] does.
// Its errors are those of [DecodeErrorIn]. It reads everything: limit a body with
// [http.MaxBytesReader] or [http.MaxBytesHandler].
func DecodeJSON(body io.Reader, target any) error {
	data, err := io.ReadAll(body)
	if err == nil {
		err = json.Unmarshal(data, target)
	}
	return DecodeErrorIn(data, target, err)
}

// decodeError returns an error with a code for an error of decoding, or nil to keep that.
func decodeError(err error) *catalog.Error {
	if err == nil || catalog.CodeOf(err) != nil || endless(err) || !isClientFault(err) {
		return nil
	}
	if e := bodyTooLarge(err); e != nil {
		return e
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return wrongType(err, wrong)
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return codes.InvalidJSON.Wrap(err, codes.Offset.Arg(syntax.Offset))
	}
	if key, ok := unknownField(err); ok {
		return codes.InvalidKeyName.Wrap(err, codes.Key.Arg(key))
	}
	if e := formError(err); e != nil {
		return e
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return codes.InvalidJSON.Wrap(err)
	}
	return invalidValue(err)
}

// bodyTooLarge returns the error for a body that exceeds the limit of [http.MaxBytesReader], or
// nil.
func bodyTooLarge(err error) *catalog.Error {
	tooLarge, ok := errors.AsType[*http.MaxBytesError](err)
	if !ok {
		return nil
	}
	return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Arg(tooLarge.Limit))
}

// isClientFault reports whether another body could have been decoded.
func isClientFault(err error) bool {
	_, badTarget := errors.AsType[*json.InvalidUnmarshalError](err)
	return !badTarget && !isNetworkError(err) &&
		!errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) &&
		!errors.Is(err, http.ErrBodyReadAfterClose) &&
		!hasPrefix(err, "json: cannot set embedded pointer")
}

// isNetworkError reports whether the connection failed. Parsing an address in the body returns
// similar errors, but those are the client's fault.
func isNetworkError(err error) bool {
	if parse, ok := errors.AsType[*url.Error](err); ok && parse.Op == "parse" {
		return false
	}
	if _, ok := errors.AsType[*net.ParseError](err); ok {
		return false
	}
	_, ok := errors.AsType[net.Error](err)
	return ok
}

// hasPrefix reports whether the text of an error in the chain starts with the prefix. It serves to
// recognize errors for which package json has neither a type nor a variable.
func hasPrefix(err error, prefix string) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.HasPrefix(err.Error(), prefix) {
			return true
		}
	}
	return false
}

// unknownField returns the field that [json.Decoder.DisallowUnknownFields] rejected. Package json
// has no type for this error.
func unknownField(err error) (key string, ok bool) {
	const prefix = "json: unknown field "
	for ; err != nil; err = errors.Unwrap(err) {
		if quoted, found := strings.CutPrefix(err.Error(), prefix); found {
			key, err = strconv.Unquote(quoted)
			return key, err == nil
		}
	}
	return "", false
}

// invalidValue returns the error for a value of the right type that is still not acceptable.
func invalidValue(err error) *catalog.Error {
	return codes.ValidationError.Wrap(err, codes.Count.Arg(1))
}

// maxFormText is how much text [multipart.Reader.ReadForm] accepts in any form, in addition to the
// limit that it is given. Its error does not have that limit.
const maxFormText = 10 << 20

// formError returns what is wrong with a form, or nil if the error is not about a form.
func formError(err error) *catalog.Error {
	switch {
	case errors.Is(err, http.ErrNotMultipart):
		return codes.MissingContentType.Wrap(err, codes.MediaTypes.Arg([]string{"multipart/form-data"}))
	case errors.Is(err, http.ErrMissingBoundary):
		return codes.MissingContentType.Wrap(err,
			codes.MediaTypes.Arg([]string{"multipart/form-data; boundary=…"}))
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Arg(maxFormText))
	case errors.Is(err, http.ErrMissingFile):
		return invalidValue(err)
	}
	return nil
}

// wrongType returns the error for a value of the wrong type. It names JSON types, since Go types
// mean nothing to a client.
func wrongType(err error, wrong *json.UnmarshalTypeError) *catalog.Error {
	expected := jsonType(wrong.Type)
	actual, number, _ := strings.Cut(wrong.Value, " ") // "number 300" if the number does not fit
	if actual == "bool" {
		actual = "boolean"
	}
	if number != "" && expected == actual {
		return invalidValue(err)
	}
	key := wrong.Field
	if key == "" {
		key = "body" // All of it has the wrong type. Few readers would know "$" of JSONPath.
	}
	return codes.IncorrectType.Wrap(err,
		codes.Key.Arg(key), codes.ExpectedType.Arg(expected), codes.ActualType.Arg(actual))
}

// jsonType returns the JSON type that decodes into a Go type (RFC 8259, section 1).
func jsonType(t reflect.Type) string {
	switch {
	case t == nil:
		return "value"
	case t == reflect.TypeFor[json.Number]():
		return "number"
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return "string"
	}
	switch kind := t.Kind(); kind {
	case reflect.Pointer:
		return jsonType(t.Elem())
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 && kind == reflect.Slice {
			return "string" // base64
		}
		return "array"
	case reflect.Map, reflect.Struct, reflect.Interface:
		return "object"
	default:
		return "number"
	}
}

// locate returns the JSON Pointer of what the error of decoding a body into the target is about, or
// "" if that is the whole document or not known.
func locate(body []byte, target any, err error) string {
	t := reflect.TypeOf(target)
	if t == nil || t.Kind() != reflect.Pointer {
		return ""
	}
	s := search{left: 8 * len(body)}
	s.wrong, _ = errors.AsType[*json.UnmarshalTypeError](err)
	s.key, s.strict = unknownField(err)
	for ; err != nil; err = errors.Unwrap(err) {
		s.texts = append(s.texts, err.Error())
	}
	if !s.fails(body, t.Elem()) {
		return ""
	}
	path, _ := s.find(body, t.Elem())
	return path
}

// search looks for the part of a JSON value that cannot be decoded. It decodes each part by itself
// and goes on inside the first one that has the same error. So it needs no more than package json
// says about an error, and knows the parts that UnmarshalJSON rejects.
type search struct {
	wrong  *json.UnmarshalTypeError // the error, if it is about a type
	texts  []string                 // of the error and those that it wraps
	key    string                   // the unknown field, if strict
	strict bool                     // whether unknown fields are errors
	left   int                      // how many more bytes may be decoded
}

// find returns the pointer, relative to the value, of what is wrong in a value that fails. It is
// not ok if the search would cost too much.
func (s *search) find(value []byte, t reflect.Type) (pointer string, ok bool) {
	ok = true
	eachPart(value, t, func(name string, part []byte, t reflect.Type) bool {
		if s.left -= len(part) + 1; s.left < 0 {
			pointer, ok = "", false
			return false
		}
		switch {
		case t == nil && s.strict && name == s.key:
			pointer = "/" + escapePointer.Replace(name)
		case t != nil && s.fails(part, t):
			if pointer, ok = s.find(part, t); ok {
				pointer = "/" + escapePointer.Replace(name) + pointer
			}
		default:
			return true
		}
		return false
	})
	return pointer, ok
}

// escapePointer escapes a name for a JSON Pointer (RFC 6901, section 3).
var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

// fails reports whether decoding a value has the error that is searched for.
func (s *search) fails(value []byte, t reflect.Type) bool {
	decoder := json.NewDecoder(bytes.NewReader(value))
	if s.strict {
		decoder.DisallowUnknownFields()
	}
	err := decoder.Decode(reflect.New(t).Interface())
	if err == nil {
		return false
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && s.wrong != nil {
		return wrong.Value == s.wrong.Value && elem(wrong.Type) == elem(s.wrong.Type)
	}
	return slices.Contains(s.texts, err.Error())
}

// eachPart calls yield with the elements of an array, or the members of an object, that are decoded
// into parts of the type. The type of an unknown field is nil. A type with a method for decoding
// has no parts, since only the method knows them.
func eachPart(
	value []byte, t reflect.Type, yield func(name string, part []byte, t reflect.Type) bool,
) {
	t = elem(t)
	typeOf := func(string) reflect.Type { return t.Elem() }
	switch t.Kind() {
	case reflect.Struct:
		typeOf = func(name string) reflect.Type { return fieldType(t, name) }
	case reflect.Map, reflect.Slice, reflect.Array:
	default:
		return
	}
	if method := reflect.PointerTo(t); method.Implements(reflect.TypeFor[json.Unmarshaler]()) ||
		method.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(value))
	opening, err := decoder.Token()
	isObject := opening == json.Delim('{')
	if err != nil || !isObject && opening != json.Delim('[') ||
		isObject != (t.Kind() == reflect.Struct || t.Kind() == reflect.Map) {
		return
	}
	for i := 0; decoder.More(); i++ {
		name := strconv.Itoa(i)
		if isObject {
			token, err := decoder.Token()
			if name, _ = token.(string); err != nil {
				return
			}
		}
		var part json.RawMessage
		if decoder.Decode(&part) != nil || !yield(name, part, typeOf(name)) {
			return
		}
	}
}

// elem returns the type that a pointer leads to, or the type itself.
func elem(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// fieldType returns the type of the field that a member of an object is decoded into, or nil. Like
// package json, it prefers the exact name to one in another case.
func fieldType(t reflect.Type, name string) (found reflect.Type) {
	for _, f := range reflect.VisibleFields(t) {
		tag := f.Tag.Get("json")
		key, _, _ := strings.Cut(tag, ",")
		// The fields of an embedded struct are visible by themselves.
		embedded := f.Anonymous && key == ""
		if key == "" {
			key = f.Name
		}
		switch {
		case tag == "-" || embedded || !f.IsExported():
		case key == name:
			return f.Type
		case found == nil && strings.EqualFold(key, name):
			found = f.Type
		}
	}
	return found
}
