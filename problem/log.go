package problem

import (
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"unicode/utf8"

	"github.com/errlingo/errlingo/catalog"
)

// outcome is what became of an error, in the words of the log.
type outcome string

const (
	answered  outcome = "request answered with an error"
	aborted   outcome = "response cut off by an error"
	detached  outcome = "error after the connection was taken over"
	cancelled outcome = "request cancelled by its client"
	repeated  outcome = "error was answered already"
	belated   outcome = "error after another was answered"
)

// The bounds of what the log is told, in bytes. A client may have a say in most of it.
const (
	maxText  = 8 << 10  // an error's own words
	maxStack = 32 << 10 // a panic's stack
	maxField = 512      // everything else: a path, an argument, a violation
)

// log writes the one line about an error. Errors with a code leave sensitive arguments out of it by themselves.
func (h *Responder) log(r *http.Request, a *answer, o outcome) {
	level := levelOf(a, o)
	logger := h.logger()
	if !logger.Enabled(r.Context(), level) {
		return
	}
	said := cut(words(a.given), maxText)
	attrs := []slog.Attr{
		slog.String("error", said),
		slog.String("reference", a.reference),
		slog.String("locale", a.reader.Locale().String()),
	}
	attrs = append(attrs, origin(r)...)
	if a.mapped != nil {
		if mapped := cut(words(a.mapped), maxText); mapped != said {
			attrs = append(attrs, slog.String("mapped", mapped))
		}
	}
	if a.unforeseen != nil {
		attrs = append(attrs, slog.String("unforeseen", cut(words(a.unforeseen), maxText)))
	}
	if a.err != nil {
		attrs = append(attrs, identity(a)...)
	}
	if p, ok := a.given.(*panicked); ok {
		attrs = append(attrs, slog.String("stack", cut(string(p.stack), maxStack)))
	}
	logger.LogAttrs(r.Context(), level, string(o), attrs...)
}

// levelOf returns Error for what somebody has to look into.
func levelOf(a *answer, o outcome) slog.Level {
	switch {
	case a.err == nil || o == cancelled || o == repeated:
		return slog.LevelDebug
	case o == aborted || o == detached || a.unforeseen != nil || a.treatment.status >= 500:
		return slog.LevelError
	}
	return slog.LevelInfo
}

// origin returns what was asked for, without the query, which may have secrets.
func origin(r *http.Request) []slog.Attr {
	path := ""
	if r.URL != nil {
		path = r.URL.Path
	}
	return []slog.Attr{slog.String("method", cut(r.Method, maxField)), slog.String("path", cut(path, maxField))}
}

// identity returns what the error is answered as, before any mask.
func identity(a *answer) []slog.Attr {
	code := a.err.Code()
	attrs := []slog.Attr{
		slog.Int("status", a.treatment.status),
		slog.Int("code", code.Number()),
		slog.String("name", code.Name()),
		slog.String("domain", code.Domain().Name()),
	}
	if params := argsOf(a.err); len(params) > 0 {
		attrs = append(attrs, slog.GroupAttrs("params", params...))
	}
	if violations := a.err.Violations(); len(violations) > 0 {
		shown := violations[:min(len(violations), MaxErrors)]
		found := make([]slog.Attr, len(shown))
		for i, v := range shown {
			found[i] = slog.String(cut(v.Path, maxField), cut(words(v.Err), maxField))
		}
		attrs = append(attrs, slog.GroupAttrs("violations", found...))
		if len(shown) < len(violations) {
			attrs = append(attrs, slog.Int("total", len(violations)))
		}
	}
	return attrs
}

// argsOf returns the arguments that a log may have.
func argsOf(e *catalog.Error) []slog.Attr {
	var attrs []slog.Attr
	for p, arg := range e.Args() {
		if !p.IsSensitive() {
			attrs = append(attrs, slog.Attr{Key: p.Name(), Value: limited(arg.LogValue())})
		}
	}
	return attrs
}

// limited returns an argument within the bounds of the log.
func limited(v slog.Value) slog.Value {
	if v.Kind() == slog.KindString {
		return slog.StringValue(cut(v.String(), maxField))
	}
	if list, ok := v.Any().([]any); ok {
		return slog.AnyValue(limitedList(list))
	}
	return v
}

// limitedList returns the first elements of a list, and a mark in place of the others.
func limitedList(list []any) []any {
	room := maxField
	for i, element := range list {
		if room -= len(fmt.Sprint(element)); room < 0 {
			return append(slices.Clip(list[:i]), "…")
		}
	}
	return list
}

// logPage says that the app's own page failed.
func (h *Responder) logPage(r *http.Request, p *Details, err error) {
	h.logger().LogAttrs(r.Context(), slog.LevelError, "error page failed",
		slog.String("error", cut(err.Error(), maxText)), slog.String("reference", p.Reference))
}

func (h *Responder) logger() *slog.Logger {
	if h.options.Logger != nil {
		return h.options.Logger
	}
	return slog.Default()
}

// words returns what an error says. An error whose method Error panics, or that of its cause, is told by what is left: its
// code, or its type.
func words(err error) (s string) {
	defer func() {
		if value := recover(); value != nil {
			s = remains(err, value)
		}
	}()
	if err == nil {
		return "nil error"
	}
	return err.Error()
}

func remains(err error, value any) string {
	if code := catalog.CodeOf(err); code != nil {
		return fmt.Sprintf("%v (cause panicked: %v)", code, value)
	}
	if v := reflect.ValueOf(err); v.Kind() == reflect.Pointer && v.IsNil() {
		return fmt.Sprintf("<nil %T>", err)
	}
	return fmt.Sprintf("%T (panicked: %v)", err, value)
}

// cut returns the string with no more bytes than the limit, of which three may mark the cut. No character is cut in two.
func cut(s string, limit int) string {
	const mark = "…"
	if len(s) <= limit {
		return s
	}
	end := limit - len(mark)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + mark
}
