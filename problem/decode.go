package problem

import (
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
// If the field is known, it becomes the path of a violation. Package json does not report indexes
// of array elements, so the path of a field inside an array has no index. It does not report which
// object has an unknown field, or which field has a rejected value.
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
	if err == nil || catalog.CodeOf(err) != nil || endless(err) || !isClientFault(err) {
		return err
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Arg(tooLarge.Limit))
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
func wrongType(err error, wrong *json.UnmarshalTypeError) error {
	expected := jsonType(wrong.Type)
	actual, number, _ := strings.Cut(wrong.Value, " ") // "number 300" if the number does not fit
	if actual == "bool" {
		actual = "boolean"
	}
	if number != "" && expected == actual {
		return withField(invalidValue(err), wrong.Field)
	}
	key := wrong.Field
	if key == "" {
		key = "$" // the whole document in JSONPath (RFC 9535)
	}
	return withField(codes.IncorrectType.Wrap(err,
		codes.Key.Arg(key), codes.ExpectedType.Arg(expected), codes.ActualType.Arg(actual)), wrong.Field)
}

// pathEscaper turns a dotted path into a JSON Pointer (RFC 6901, section 3).
var pathEscaper = strings.NewReplacer("~", "~0", "/", "~1", ".", "/")

// withField returns the error with a violation: itself, at the field. If the field is empty, the
// place is unknown, for it may be the whole document or an array element.
func withField(e *catalog.Error, field string) *catalog.Error {
	if field == "" {
		return e
	}
	return e.With(catalog.Violation{Path: "/" + pathEscaper.Replace(field), Err: e})
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
