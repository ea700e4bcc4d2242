// Package codes declares the standard codes: the 64 kinds of error that services for objects,
// files, accounts and push messages have in common.
//
//	return codes.FileTooLarge.New(codes.FileName.Arg(name), codes.SizeLimit.Arg(limit))
//
// # Charter
//
// A number and a name are never changed, and never given to another kind of error, even after a
// code is deprecated.
//
// A code has one meaning. Two failures share a code only if the reader is told the same and can do
// the same about both. A wrong password is no [ObjectNotFound], and a limit of requests is no
// [ConnectionFailed].
//
// A code that no other fits is [Undefined] or [InternalServerError]; a program's own kinds of error
// belong in a domain of its own.
//
// The Go name is the code's name in mixed caps, with initialisms in capitals: MISSING_OBJECT_ID is
// [MissingObjectID]. The name of a param is that of its handle.
//
// The comment on a code says when it occurs. Translators read it too, next to the texts.
//
// # Texts
//
// A title names the kind of error in a few words, without placeholder or full stop. A detail says
// what happened, a help what the reader can do about it, both in full sentences. Texts for end
// users have no word that only developers know. Nobody is blamed, and nobody is asked to hurry.
//
// A text has a placeholder only where every program that issues the code knows the argument, and a
// program that issues it gives all of these. The other params are for logs and, where they are
// public, for programs that read the response.
//
// An argument is never bent to fit the sentence around it, since other languages would bend it
// otherwise: it is after a colon, in quotation marks or by itself. What somebody typed, and
// every label inside a sentence, has quotation marks; the names of services and what
// developers type do without. Limits are params, not parts of a sentence.
//
// Arguments that may be personal, such as the name of a file or an e-mail address, are marked
// [catalog.Sensitive].
package codes

import "github.com/errlingo/errlingo/catalog"

// Domain is the namespace of the standard codes and of their labels.
var Domain = catalog.NewDomain("standard", catalog.LocalesDir("../../locales"))
