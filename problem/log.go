package problem

import (
	"fmt"
	"log/slog"
	"net/http"
)

// outcome is what became of an error, in the words of the log.
type outcome string

const (
	answered  outcome = "request answered with an error"
	aborted   outcome = "response cut off by an error"
	detached  outcome = "error after the connection was taken over"
	cancelled outcome = "request cancelled by its client"
)

// cutOff deals with an error for which it is too late to be answered: the client must not take what it has got for a
// whole response. A connection that was taken over is no more the server's to abort.
func (h *Responder) cutOff(r *http.Request, a *answer, w *writer) {
	if w.hijacked {
		h.log(r, a, detached)
		return
	}
	h.log(r, a, aborted)
	panic(http.ErrAbortHandler)
}

// log writes the one line about an error. Errors with a code leave sensitive arguments out of it by themselves.
func (h *Responder) log(r *http.Request, a *answer, o outcome) {
	level := levelOf(a, o)
	logger := h.logger()
	if !logger.Enabled(r.Context(), level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("error", words(a.given)),
		slog.String("reference", a.reference),
		slog.String("locale", a.reader.Locale().String()),
		slog.String("method", r.Method),
		slog.String("path", pathOf(r)),
	}
	if a.err != nil {
		attrs = append(attrs, identity(a)...)
	}
	if p, ok := a.given.(*panicked); ok {
		attrs = append(attrs, slog.String("stack", string(p.stack)))
	}
	logger.LogAttrs(r.Context(), level, string(o), attrs...)
}

// levelOf returns Error for what somebody has to look into.
func levelOf(a *answer, o outcome) slog.Level {
	switch {
	case a.err == nil || o == cancelled:
		return slog.LevelDebug
	case o == aborted || o == detached || statusOf(a.err) >= 500:
		return slog.LevelError
	}
	return slog.LevelInfo
}

// identity returns what the error is answered as, before any mask.
func identity(a *answer) []slog.Attr {
	code := a.err.Code()
	attrs := []slog.Attr{
		slog.Int("status", statusOf(a.err)),
		slog.Int("code", code.Number()),
		slog.String("name", code.Name()),
		slog.String("domain", code.Domain().Name()),
	}
	if violations := a.err.Violations(); len(violations) > 0 {
		found := make([]any, len(violations))
		for i, v := range violations {
			found[i] = slog.String(v.Path, words(v.Err))
		}
		attrs = append(attrs, slog.Group("violations", found...))
	}
	return attrs
}

// logPage says that the app's own page failed.
func (h *Responder) logPage(r *http.Request, p *Problem, err error) {
	h.logger().LogAttrs(r.Context(), slog.LevelError, "error page failed",
		slog.String("error", err.Error()), slog.String("reference", p.Reference))
}

func (h *Responder) logger() *slog.Logger {
	if h.options.Logger != nil {
		return h.options.Logger
	}
	return slog.Default()
}

// words returns what an error says. A typed nil may panic when it is asked.
func words(err error) (s string) {
	defer func() {
		if recover() != nil {
			s = fmt.Sprintf("<nil %T>", err)
		}
	}()
	if err == nil {
		return "nil error"
	}
	return err.Error()
}

func pathOf(r *http.Request) string {
	if r.URL == nil {
		return ""
	}
	return r.URL.Path
}
