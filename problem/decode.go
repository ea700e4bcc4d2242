package problem

import (
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// DecodeError returns the error of decoding a request's body as JSON, as [json.Decoder.Decode] and [json.Unmarshal]
// return it, with the code that tells the client what to mend:
//
//   - a body that is larger than [http.MaxBytesReader] lets through: [codes.ObjectTooLarge];
//   - a value of another type than the program wants: [codes.IncorrectType];
//   - a field that the program does not know: [codes.InvalidKeyName];
//   - an empty body, one that is cut off, bad syntax, or a value that the program's own UnmarshalJSON refuses:
//     [codes.InvalidJSON].
//
// An error that is not the client's comes back as it is, and so does one that has a code, and nil: a target that cannot
// be decoded into, a connection that failed, a context that ended. DecodeError is for decoding only; it would take any
// other error for a fault of the client.
func DecodeError(err error) error {
	if err == nil || catalog.CodeOf(err) != nil || isServers(err) {
		return err
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Is(tooLarge.Limit))
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return incorrectType(err, wrong)
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return codes.InvalidJSON.Wrap(err, codes.Offset.Is(syntax.Offset))
	}
	if key, ok := unknownField(err); ok {
		return codes.InvalidKeyName.Wrap(err, codes.Key.Is(key))
	}
	return codes.InvalidJSON.Wrap(err)
}

// isServers reports whether no other body would have made a difference.
func isServers(err error) bool {
	_, badTarget := errors.AsType[*json.InvalidUnmarshalError](err)
	_, connection := errors.AsType[net.Error](err)
	return badTarget || connection ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, http.ErrBodyReadAfterClose)
}

// unknownField returns the field that an error is about which [json.Decoder.DisallowUnknownFields] made. The library has
// no type for it.
func unknownField(err error) (key string, ok bool) {
	quoted, ok := strings.CutPrefix(err.Error(), "json: unknown field ")
	if !ok {
		return "", false
	}
	key, err = strconv.Unquote(quoted)
	return key, err == nil
}

// incorrectType says which type the field has in JSON, since names of Go's types mean nothing to a client.
func incorrectType(err error, wrong *json.UnmarshalTypeError) error {
	key := wrong.Field
	if key == "" {
		key = "$" // the whole document, in the notation of JSONPath (RFC 9535)
	}
	actual, _, _ := strings.Cut(wrong.Value, " ") // of "number 300" without what was sent
	if actual == "bool" {
		actual = "boolean"
	}
	return codes.IncorrectType.Wrap(err,
		codes.Key.Is(key), codes.ExpectedType.Is(jsonType(wrong.Type)), codes.ActualType.Is(actual))
}

// jsonType returns the JSON type that a Go type is decoded from. For numbers it is Go's kind, which tells the size.
func jsonType(t reflect.Type) string {
	switch {
	case t == nil:
		return "value"
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return "string"
	}
	switch kind := t.Kind(); kind {
	case reflect.Pointer:
		return jsonType(t.Elem())
	case reflect.Bool:
		return "boolean"
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 && kind == reflect.Slice {
			return "string" // in base64
		}
		return "array"
	case reflect.Map, reflect.Struct, reflect.Interface:
		return "object"
	default:
		return kind.String()
	}
}
