package problem

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"unicode/utf8"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	values "github.com/errlingo/errlingo/internal/format"
)

// outcome says what happened with an error. It is the message of the log line.
type outcome string

const (
	outcomeAnswered outcome = "request answered with an error"
	outcomeAborted  outcome = "response aborted by an error"
	outcomeHijacked outcome = "error after the connection was hijacked"
	outcomeCanceled outcome = "request canceled by the client"
	outcomeRepeated outcome = "error was already answered"
	outcomeLate     outcome = "error after another was answered"
)

// log logs an error as one line. The text of an error with a code has no sensitive arguments.
func (h *Responder) log(ctx context.Context, a *decision, o outcome) {
	level := levelOf(a, o)
	logger := h.logger()
	if !logger.Enabled(ctx, level) {
		return
	}
	text := truncate(errorText(a.original), maxLogText)
	var room [16]slog.Attr // for most lines
	attrs := append(room[:0],
		slog.String("error", text),
		slog.String("reference", a.reference),
		slog.String("locale", a.localizer.Locale().String()),
	)
	attrs = appendRequest(ctx, attrs)
	if a.mapped != nil {
		if mapped := truncate(errorText(a.mapped), maxLogText); mapped != text {
			attrs = append(attrs, slog.String("mapped", mapped))
		}
	}
	if a.unforeseen != nil {
		attrs = append(attrs, slog.String("unforeseen", truncate(errorText(a.unforeseen), maxLogText)))
	}
	if a.err != nil {
		attrs = appendError(attrs, a)
	}
	if p, ok := a.original.(*panicError); ok {
		attrs = append(attrs, slog.String("stack", truncate(string(p.stack), maxLogStack)))
	}
	logger.LogAttrs(ctx, level, string(o), attrs...)
}

// levelOf returns the level of an error: Error if someone has to investigate it.
func levelOf(a *decision, o outcome) slog.Level {
	switch {
	case a.err == nil || o == outcomeCanceled || o == outcomeRepeated:
		return slog.LevelDebug
	case o == outcomeAborted || o == outcomeHijacked:
		return slog.LevelError
	case a.unforeseen != nil || a.treatment.status >= 500:
		return slog.LevelError
	}
	return slog.LevelInfo
}

// appendRequest appends the method and path of the HTTP request, if there is one, but not the
// query, which may have secrets.
func appendRequest(ctx context.Context, attrs []slog.Attr) []slog.Attr {
	r, path := RequestFrom(ctx), ""
	if r == nil {
		return attrs
	}
	if r.URL != nil {
		path = r.URL.Path
	}
	return append(attrs,
		slog.String("method", truncate(r.Method, maxLogField)),
		slog.String("path", truncate(path, maxLogField)))
}

// appendError appends the attributes of the error that is answered, before masking.
func appendError(attrs []slog.Attr, a *decision) []slog.Attr {
	code := a.err.Code()
	attrs = append(attrs,
		slog.Int("status", a.treatment.status),
		slog.Int("code", code.Number()),
		slog.String("name", code.Name()),
		slog.String("domain", code.Domain().Name()))
	if params := argAttrs(a.err); len(params) > 0 {
		attrs = append(attrs, slog.GroupAttrs("params", params...))
	}
	if cause, ok := causeAttr(a.err); ok {
		attrs = append(attrs, cause)
	}
	if missing := missingArgs(a.err); len(missing) > 0 {
		attrs = append(attrs, slog.Any("missing", missing))
	}
	if violations := violationsOf(a.err); len(violations) > 0 {
		shown := violations[:min(len(violations), MaxErrors)]
		group := make([]slog.Attr, len(shown))
		for i, v := range shown {
			group[i] = slog.String(truncate(v.Path, maxLogField), truncate(errorText(v.Err), maxLogField))
		}
		attrs = append(attrs, slog.GroupAttrs("violations", group...))
		if len(shown) < len(violations) {
			attrs = append(attrs, slog.Int("total", len(violations)))
		}
	}
	return attrs
}

// argAttrs returns the arguments that are not sensitive.
func argAttrs(e *catalog.Error) []slog.Attr {
	var attrs []slog.Attr
	given := access.ArgsOf(e)
	params := access.CodeOf(e.Code()).Model.Params
	for i := range params {
		p := &params[i]
		if i < len(given) && given[i].Kind() != values.None && !p.Sensitive {
			attrs = append(attrs, slog.Attr{Key: p.Name, Value: logValue(&given[i])})
		}
	}
	return attrs
}

// causeAttr returns the cause of an error if it is made of several, or of one with a code. The text
// of the error has all of them, but not where one ends.
func causeAttr(e *catalog.Error) (cause slog.Attr, ok bool) {
	if e.Unwrap() == nil {
		return cause, false
	}
	for _, attr := range e.LogValue().Group() {
		if attr.Key == "cause" && attr.Value.Kind() == slog.KindGroup {
			return slog.Attr{Key: attr.Key, Value: limitValue(attr.Value)}, true
		}
	}
	return cause, false
}

// limitValue truncates the texts in a value.
func limitValue(v slog.Value) slog.Value {
	switch v = v.Resolve(); v.Kind() {
	case slog.KindGroup:
		attrs := slices.Clone(v.Group())
		for i := range attrs {
			attrs[i].Value = limitValue(attrs[i].Value)
		}
		return slog.GroupValue(attrs...)
	case slog.KindString:
		return slog.StringValue(truncate(v.String(), maxLogField))
	case slog.KindAny:
		list, ok := v.Any().([]any) // of texts, numbers and moments
		if !ok {
			return slog.StringValue(truncate(v.String(), maxLogField))
		}
		size := 0
		for i, element := range list {
			if s, ok := element.(string); ok {
				size += len(s)
			}
			if i == values.MaxList || size > maxLogField {
				return slog.AnyValue(append(list[:i:i], "…"))
			}
		}
	}
	return v
}

// missingArgs returns the names of the params that the texts of an error show and that have no
// argument, so that readers get fewer texts.
func missingArgs(e *catalog.Error) (names []string) {
	e = e.Shown()
	given, model := access.ArgsOf(e), &access.CodeOf(e.Code()).Model
	for i := range model.Params {
		if (i >= len(given) || given[i].Kind() == values.None) && model.Shows(i) {
			names = append(names, model.Params[i].Name)
		}
	}
	return names
}

// logValue returns an argument, truncated: a text at a character, a list after an element.
func logValue(v *values.Value) slog.Value {
	if v.Kind() != values.List {
		logged := v.LogValue()
		if logged.Kind() == slog.KindString {
			return slog.StringValue(truncate(logged.String(), maxLogField))
		}
		return logged
	}
	elements, list, size := v.Values(), []any{}, 0
	for i := range elements {
		element := elements[i].LogValue().Any()
		if size += len(fmt.Sprint(element)); i == values.MaxList || size > maxLogField {
			return slog.AnyValue(append(list, "…"))
		}
		list = append(list, element)
	}
	return slog.AnyValue(list)
}

// logPageError logs that [Options.Page] failed.
func (h *Responder) logPageError(ctx context.Context, d *Details, err error) {
	h.logger().LogAttrs(ctx, slog.LevelError, "error page failed",
		slog.String("error", truncate(err.Error(), maxLogText)), slog.String("reference", d.Reference))
}

// logOptionPanic logs that a function of [Options] panicked.
func (h *Responder) logOptionPanic(
	ctx context.Context, option, reference string, p *panicError,
) {
	attrs := []slog.Attr{
		slog.String("option", option),
		slog.String("error", truncate(p.Error(), maxLogText)),
	}
	if reference != "" {
		attrs = append(attrs, slog.String("reference", reference))
	}
	attrs = appendRequest(ctx, attrs)
	attrs = append(attrs, slog.String("stack", truncate(string(p.stack), maxLogStack)))
	h.logger().LogAttrs(ctx, slog.LevelError, "option panicked", attrs...)
}

// logOption logs that what a function of [Options] returned is not used, or a part of it.
func (h *Responder) logOption(ctx context.Context, option, reference, reason string) {
	h.logger().LogAttrs(ctx, slog.LevelError, "option returned an invalid value",
		slog.String("option", option), slog.String("error", truncate(reason, maxLogText)),
		slog.String("reference", reference))
}

func (h *Responder) logger() *slog.Logger {
	if h.options.Logger != nil {
		return h.options.Logger
	}
	return slog.Default()
}

// errorText returns the text of an error. If Error panics, of the error or its cause, the text has
// the code or the type instead.
func errorText(err error) (s string) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		if code := catalog.CodeOf(err); code != nil {
			s = fmt.Sprintf("%v (cause panicked: %v)", code, value)
		} else if v := reflect.ValueOf(err); v.Kind() == reflect.Pointer && v.IsNil() {
			s = fmt.Sprintf("<nil %T>", err)
		} else {
			s = fmt.Sprintf("%T (panicked: %v)", err, value)
		}
	}()
	if err == nil {
		return "nil error"
	}
	if text, ok := access.JoinedText(err); ok {
		return text
	}
	return err.Error()
}

// truncate limits a string to a number of bytes, including the ellipsis that marks the cut. It
// never splits a character.
func truncate(s string, limit int) string {
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
