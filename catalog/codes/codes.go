// Package codes declares the standard codes: the 64 kinds of error that services for objects,
// files, accounts and push notifications have in common.
//
//	return codes.FileTooLarge.New(codes.FileName.Arg(name), codes.SizeLimit.Arg(limit))
//
// # Charter
//
// A number and a name are never changed, and never given to another kind of error, even after a
// code is deprecated.
//
// A code has one meaning. Two failures share a code only if readers get the same texts and can do
// the same about both. A wrong password is not an [ObjectNotFound], and a rate limit is not a
// [ConnectionFailed].
//
// A failure that no other code fits is [Undefined] or [InternalServerError]. A program's own kinds
// of error belong in the program's own domain.
//
// The Go name is the code's name in mixed caps, with initialisms in capitals: MISSING_OBJECT_ID is
// [MissingObjectID]. The name of a param is that of its handle.
//
// The comment on a code says when it occurs. Translators read it too, next to the texts.
//
// # Texts
//
// A title names the kind of error in a few words, without placeholder or full stop. A detail says
// what happened, a help what the reader can do about it, both in full sentences, and in one if one
// is enough. They are worded as people speak: can't, email, username. "We" is the service. Texts
// for end users have no words that only developers know. They blame nobody and rush nobody.
//
// A text has a placeholder only if every program that issues the code knows the argument; each
// program must then give it. The other params are for logs and, if they are public, for programs
// that read the response.
//
// An argument is never inflected. The sentence around it fits every value that it may have: no
// article, case or number depends on it. A translation whose grammar doesn't allow that gives the
// argument a place of its own: after a colon, in parentheses or in quotation marks. What somebody
// typed always has quotation marks; names of services and what developers type have none. Limits
// are params, not parts of a sentence.
//
// Arguments that may be personal, such as the name of a file or an email address, are marked
// [catalog.Sensitive].
package codes

import (
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
)

// Domain is the namespace of the standard codes and of their labels.
var Domain = catalog.NewDomain("standard", catalog.LocalesDir("../../locales"))

func init() { access.StandardCode = func(status int) any { return standardCode(status) } }

// standardCode returns the code whose title says no more about an error than its status does.
func standardCode(status int) *catalog.Code {
	switch status {
	case 401:
		return SessionMissing
	case 403:
		return OperationForbidden
	case 404:
		return ObjectNotFound
	case 413:
		return ObjectTooLarge
	case 429:
		return RequestLimitExceeded
	case 400, 422:
		return ValidationError
	case 504:
		return Timeout
	case 500, 501, 502, 503:
		return InternalServerError
	}
	return Undefined
}
