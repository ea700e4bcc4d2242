package problem

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// newReference returns a random UUID (RFC 9562, section 5.4).
func newReference() string {
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

// quotedReference is for codes that take the reference as text rather than verbatim.
var quotedReference = catalog.String("Reference", "0f5d1c7e")

// referenceArg returns the argument that tells a code's texts the reference, none if the code has no param for it.
func referenceArg(code *catalog.Code, reference string) []catalog.Arg {
	i := code.ParamIndex("Reference")
	if i < 0 {
		return nil
	}
	switch code.Spec().Params[i].Kind() {
	case codes.Reference.Kind():
		return []catalog.Arg{codes.Reference.Is(reference)}
	case quotedReference.Kind():
		return []catalog.Arg{quotedReference.Is(reference)}
	}
	return nil
}
