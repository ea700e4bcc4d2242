package problem

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// randomReference returns a random UUID (RFC 9562, section 5.4).
func randomReference() string {
	var id [16]byte
	rand.Read(id[:])
	id[6] = id[6]&0x0F | 0x40 // version 4
	id[8] = id[8]&0x3F | 0x80 // the variant of RFC 9562
	text := make([]byte, 0, 36)
	for i, part := range [...][]byte{id[:4], id[4:6], id[6:8], id[8:10], id[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

// quotedReference is for codes that take the reference as text rather than as a literal.
var quotedReference = catalog.String("Reference", "0f5d1c7e")

// referenceArg returns the argument that tells a code's texts the reference, none if the code has no param for it.
func referenceArg(code *catalog.Code, reference string) []catalog.Arg {
	return append(offer(code, codes.Reference, reference), offer(code, quotedReference, reference)...)
}

// offer returns the argument that gives the param its value, none for a code that has no param of the name and kind.
func offer[T any](code *catalog.Code, param catalog.Handle[T], value T) []catalog.Arg {
	i := code.ParamIndex(param.Name())
	if i < 0 || code.Spec().Params[i].Kind() != param.Kind() {
		return nil
	}
	return []catalog.Arg{param.Arg(value)}
}
