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

// DecodeError returns the error of decoding a request's body with the code that tells the client what to mend. Of JSON, as
// [json.Decoder.Decode] and [json.Unmarshal] return it:
//
//   - a body that is larger than [http.MaxBytesReader] lets through: [codes.ObjectTooLarge];
//   - a value of another type than the program wants: [codes.IncorrectType];
//   - a number that the program's type has no room for, as 300 in a uint8 or 1.5 in an int, and a value that a type's own
//     UnmarshalJSON or UnmarshalText refuses, as time.Time does a date alone: [codes.ValidationError];
//   - a field that the program does not know: [codes.InvalidKeyName];
//   - an empty body, one that is cut off, and bad syntax: [codes.InvalidJSON].
//
// Where the field is known, it is the path of a violation. Package json does not tell an element's place in an array, so
// the path of a field below an array leaves it out. Nor does it tell the field of an unknown one's object, or of a value
// that was refused.
//
// Of a form, as [http.Request.ParseMultipartForm] and [http.Request.FormFile] return it:
//
//   - another type of content, or one without a boundary: [codes.MissingContentType];
//   - more text than the form may have: [codes.ObjectTooLarge];
//   - no file in the field: [codes.ValidationError].
//
// An error that is not the client's comes back as it is, and so does one that has a code, and nil: a target that cannot
// be decoded into, a connection that failed, a context that ended. DecodeError is for decoding only; it would take any
// other error for a fault of the client.
func DecodeError(err error) error {
	if err == nil || catalog.CodeOf(err) != nil || !ends(err) || isServers(err) {
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
	if e := badForm(err); e != nil {
		return e
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return codes.InvalidJSON.Wrap(err)
	}
	return refused(err)
}

// isServers reports whether no other body would have made a difference.
func isServers(err error) bool {
	_, badTarget := errors.AsType[*json.InvalidUnmarshalError](err)
	return badTarget || isConnections(err) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, http.ErrBodyReadAfterClose) || contains(err, "json: cannot set embedded pointer")
}

// isConnections tells the errors of a connection from those of an address in the body, which look like them.
func isConnections(err error) bool {
	if parse, ok := errors.AsType[*url.Error](err); ok && parse.Op == "parse" {
		return false
	}
	if _, ok := errors.AsType[*net.ParseError](err); ok {
		return false
	}
	_, ok := errors.AsType[net.Error](err)
	return ok
}

// unknownField returns the field that an error is about which [json.Decoder.DisallowUnknownFields] made. The library has
// no type for it.
func unknownField(err error) (key string, ok bool) {
	const words = "json: unknown field "
	for ; err != nil; err = errors.Unwrap(err) {
		if quoted, found := strings.CutPrefix(err.Error(), words); found {
			key, err = strconv.Unquote(quoted)
			return key, err == nil
		}
	}
	return "", false
}

// contains reports whether an error of the chain begins with the words, where the library has neither type nor variable.
func contains(err error, words string) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.HasPrefix(err.Error(), words) {
			return true
		}
	}
	return false
}

// refused returns the error of a value that has the right type and is not acceptable all the same.
func refused(err error) *catalog.Error {
	return codes.ValidationError.Wrap(err, codes.Count.Arg(1))
}

// formText is how much text a form may always have, whatever else it has: what [multipart.Reader.ReadForm] keeps for it
// beyond the limit that it is given, which its error does not tell.
const formText = 10 << 20

// badForm returns what is wrong with a form, nil if it is something else.
func badForm(err error) *catalog.Error {
	switch {
	case errors.Is(err, http.ErrNotMultipart):
		return codes.MissingContentType.Wrap(err, codes.MediaTypes.Arg([]string{"multipart/form-data"}))
	case errors.Is(err, http.ErrMissingBoundary):
		return codes.MissingContentType.Wrap(err, codes.MediaTypes.Arg([]string{"multipart/form-data; boundary=…"}))
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Arg(formText))
	case errors.Is(err, http.ErrMissingFile):
		return refused(err)
	}
	return nil
}

// wrongType says which type the field has in JSON, since names of Go's types mean nothing to a client.
func wrongType(err error, wrong *json.UnmarshalTypeError) error {
	expected := jsonType(wrong.Type)
	actual, number, _ := strings.Cut(wrong.Value, " ") // "number 300", where the number itself is what does not fit
	if actual == "bool" {
		actual = "boolean"
	}
	if number != "" && expected == actual {
		return located(refused(err), wrong.Field)
	}
	key := wrong.Field
	if key == "" {
		key = "$" // the whole document, in the notation of JSONPath (RFC 9535)
	}
	return located(codes.IncorrectType.Wrap(err,
		codes.Key.Arg(key), codes.ExpectedType.Arg(expected), codes.ActualType.Arg(actual)), wrong.Field)
}

// pathEscaper makes a field's dotted path a JSON Pointer (RFC 6901, section 3).
var pathEscaper = strings.NewReplacer("~", "~0", "/", "~1", ".", "/")

// located returns the error with itself for a violation at the field. Without a field the place is not known: it may be
// the whole document, or an element of an array.
func located(e *catalog.Error, field string) *catalog.Error {
	if field == "" {
		return e
	}
	return e.With(catalog.Violation{Path: "/" + pathEscaper.Replace(field), Err: e})
}

// jsonType returns the JSON type that a Go type is decoded from (RFC 8259, section 1).
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
			return "string" // in base64
		}
		return "array"
	case reflect.Map, reflect.Struct, reflect.Interface:
		return "object"
	default:
		return "number"
	}
}
