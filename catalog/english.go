package catalog

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/errlingo/errlingo/internal/format"
)

const inKind = format.RelativeTime

// appendEnglish appends the error as developers read it, in the source locale of its domain, which is usually English.
func (e *Error) appendEnglish(dst []byte) []byte {
	dst = append(dst, e.code.name...)
	dst = append(dst, " ("...)
	dst = strconv.AppendInt(dst, int64(e.code.number), 10)
	dst = append(dst, "): "...)
	part := Detail
	if e.code.source[Detail].Missing() {
		part = Title
	}
	dst = e.appendSource(dst, part)
	if e.cause != nil {
		// Package fmt survives a cause whose Error panics, as that of a typed nil pointer may.
		dst = fmt.Appendf(dst, ": %v", e.cause)
	}
	return dst
}

// appendSource appends one text. Sensitive arguments are left out, so that they show as the names of their params, and
// labels stand in the words of their declaration.
func (e *Error) appendSource(dst []byte, part Part) []byte {
	args := slices.Clone(e.Args())
	for i := range args {
		if e.code.params[i].sensitive {
			args[i] = Value{}
		}
	}
	voice := e.code.domain.voice()
	dst, _ = e.code.source[part].Append(dst, &voice, args, e.code.count, &format.Context{})
	return trimStop(dst)
}

// trimStop takes off a sentence's full stop, since more may follow after a colon.
func trimStop(dst []byte) []byte {
	if n := len(dst); n > 0 && dst[n-1] == '.' {
		return dst[:n-1]
	}
	return dst
}
