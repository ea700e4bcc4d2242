package problem

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// call runs one of the functions of [Options] and reports whether it came to its end. A panic is logged with its stack and
// goes no further: an error has to be answered even by a program whose own code for errors is broken. The reference is
// that of the answer, "" if it has none yet.
func (h *Responder) call(r *http.Request, option, reference string, f func()) (ok bool) {
	defer func() {
		value := recover()
		if value == http.ErrAbortHandler {
			panic(value)
		}
		if value != nil {
			h.logHook(r, option, reference, &panicked{value, debug.Stack()})
		}
	}()
	f()
	return true
}

func (h *Responder) logHook(r *http.Request, option, reference string, p *panicked) {
	attrs := []slog.Attr{slog.String("option", option), slog.String("error", cut(p.Error(), maxText))}
	if reference != "" {
		attrs = append(attrs, slog.String("reference", reference))
	}
	attrs = append(attrs, origin(r)...)
	attrs = append(attrs, slog.String("stack", cut(string(p.stack), maxStack)))
	h.logger().LogAttrs(r.Context(), slog.LevelError, "option panicked", attrs...)
}

// newReference returns the reference of an answer.
func (h *Responder) newReference(r *http.Request) (reference string) {
	if h.options.NewReference != nil && h.call(r, "NewReference", "", func() { reference = h.options.NewReference() }) {
		return reference
	}
	return randomReference()
}

// panicked is a panic as an error. It unwraps to nothing, so that a panic with an error that has a code is a fault of the
// program all the same.
type panicked struct {
	value any
	stack []byte
}

// Error returns what the program panicked with, for the log.
func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }
