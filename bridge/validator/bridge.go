// Package validator turns the errors of github.com/go-playground/validator into errors with codes,
// so that readers get a sentence for each field, in their language.
//
//	var signup = bridge.Bridge{Labels: map[string]*catalog.Label{
//		"/email":        EmailField,
//		"/items/*/size": SizeField,
//	}}
//
//	func register(in Signup) error {
//		return signup.Convert(validate.Struct(in), in)
//	}
//
// The sentences are those of package catalog/rules. Load its locale files with those of the
// program. The README of this package lists all tags with their sentences.
package validator

import (
	"errors"
	"reflect"
	"slices"

	playground "github.com/go-playground/validator/v10"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
)

// Bridge converts errors. The zero value is ready to use. A Bridge may be used by several
// goroutines if nobody changes its fields.
type Bridge struct {
	// Labels has the labels of fields, in words that readers know. The key is a JSON Pointer (RFC
	// 6901) with an asterisk for each element of a list and each entry of a map: "/email",
	// "/items/*/size". A field without a label gets a sentence that doesn't name it.
	Labels map[string]*catalog.Label

	// Label returns the label of a field that Labels lacks, or nil. The path has the form of a key of
	// Labels.
	Label func(path string) *catalog.Label

	// Codes has the codes of custom tags and aliases, and of built-in tags that are to have another
	// code. The key is the name of the tag, or all of "a|b".
	//
	// A code of a built-in tag gets the arguments of the code that it replaces. Any other gets the
	// field's label for [rules.Field] and the tag's param for [rules.Text], as far as it has these
	// params. Tags that neither Codes nor this package knows have the code [rules.Invalid].
	Codes map[string]*catalog.Code

	// Name returns the name of a struct's field in a request, or "" for the name of the Go field. If
	// Name is nil, that is the name in the tag json.
	Name func(reflect.StructField) string
}

// Convert returns the error of a validation with codes:
//
//   - For [playground.ValidationErrors] it is [codes.ValidationError] with a violation for each
//     field: its path in a JSON body (RFC 6901), and an error with a code that wraps the
//     [playground.FieldError]. Neither that nor anything else that is shown contains the field's
//     value.
//   - For [playground.InvalidValidationError], a mistake in the program, it is
//     [codes.InternalServerError], which wraps the error.
//   - Any other error is returned unchanged, nil as nil.
//
// The value is what was validated, a struct or a pointer to one. It shows how paths are read, since
// names and the keys of maps may contain dots and brackets, and where names in JSON differ from
// those in Go. If it is nil, the paths are made from [playground.FieldError.Namespace]. These have
// the names of JSON only if [playground.Validate.RegisterTagNameFunc] was called for that, and no
// labels of the fields that a field is compared with.
func (b *Bridge) Convert(err error, value any) error {
	if failed, ok := errors.AsType[playground.ValidationErrors](err); ok {
		r := resolver{name: b.name, top: reflect.ValueOf(value)}
		violations := make([]catalog.Violation, len(failed))
		for i, field := range failed {
			at := r.field(field)
			violations[i] = catalog.Violation{Path: at.pointer(), Err: b.fault(field, &r, at)}
		}
		return codes.ValidationError.New().With(violations...)
	}
	if _, ok := errors.AsType[*playground.InvalidValidationError](err); ok {
		return codes.InternalServerError.Wrap(err)
	}
	return err
}

// fault returns the error for a field that failed.
func (b *Bridge) fault(field playground.FieldError, r *resolver, at place) *catalog.Error {
	f := &failure{
		FieldError: field, tag: field.Tag(), param: field.Param(), label: b.label(at.pattern()),
		other: func(path string) *catalog.Label {
			if other, ok := r.relative(at, path); ok {
				return b.label(other.pattern())
			}
			return nil
		},
	}
	said, known := f.sentence()
	if code := b.codeOf(field); code != nil {
		if !known {
			said.args = []catalog.Arg{rules.Text.Arg(field.Param())}
		}
		said.code = code
	}
	if f.label != nil {
		said.args = append(said.args, rules.Field.Arg(f.label))
	}
	return said.code.Wrap(field, fitting(said)...)
}

// fitting returns the arguments that the code has a param for.
func fitting(s sentence) []catalog.Arg {
	params := s.code.Spec().Params
	return slices.DeleteFunc(s.args, func(arg catalog.Arg) bool {
		return !slices.ContainsFunc(params, func(p catalog.Param) bool {
			return p.Name() == arg.String()
		})
	})
}

// codeOf returns the program's own code for a tag, or nil.
func (b *Bridge) codeOf(field playground.FieldError) *catalog.Code {
	if code := b.Codes[field.Tag()]; code != nil {
		return code
	}
	return b.Codes[field.ActualTag()]
}

func (b *Bridge) label(path string) *catalog.Label {
	if label := b.Labels[path]; label != nil || b.Label == nil {
		return label
	}
	return b.Label(path)
}
