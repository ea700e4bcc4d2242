package catalog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/model"
)

// secret is an argument and not the example in the declaration of its param, which is in the source
// for all to read.
const secret = "canary@example.org"

// verbs are those of package fmt that somebody may print an error with, rightly or wrongly.
var verbs = []string{"%v", "%+v", "%#v", "%s", "%+s", "%q", "%#q", "%d", "%x", "% X", "%t", "%g",
	"%c", "%U", "%60v", "%!"}

// TestSensitive checks that no text for developers has a secret, however an error that has it is
// printed.
func TestSensitive(t *testing.T) {
	err := NewsletterFailed.Wrap(io.EOF, Email.Arg(secret))
	stray := OutOfStock.New(Email.Arg(secret), Email.Arg(secret))
	received := access.NewError(NewsletterFailed, nil, []catalog.Violation(nil), nil,
		&access.Received{Texts: [model.NumParts]string{"We wrote to " + secret}}).(*catalog.Error)
	type hidden struct {
		err  error
		own  *catalog.Error
		copy catalog.Error
	}
	type shown struct {
		name string // a bad verb here makes package fmt print what is around it
		Err  error
		Own  *catalog.Error
		Copy catalog.Error
	}
	holder := hidden{err, err, *err}
	for name, value := range map[string]any{
		"error":           err,
		"copy":            *err,
		"stray argument":  stray,
		"copy with stray": *stray,
		"wrapped":         fmt.Errorf("send: %w", err),
		"with violations": OutOfStock.New().With(catalog.Violation{Path: "/a", Err: err}),
		"received":        received,
		"copy received":   struct{ err catalog.Error }{*received},
		"violation":       catalog.Violation{Path: "/a", Err: err},
		"hidden fields":   holder,
		"pointer to them": &holder,
		"shown fields":    shown{"x", err, err, *err},
		"list":            []any{err, *err, holder, &holder},
		"map":             map[string]hidden{"a": holder},
	} {
		t.Run(name, func(t *testing.T) {
			checkSecret(t, "%p", fmt.Sprintf("%p", value))
			checkPrinted(t, value)
		})
	}
	for name := range err.PublicArgs() {
		t.Errorf("%s is public", name)
	}
}

// TestArgumentIsSecret checks that an argument does not tell its value before it is given to a
// code. The verb %p is left out, since package fmt calls no methods for it.
func TestArgumentIsSecret(t *testing.T) {
	for name, value := range map[string]any{
		"argument": Email.Arg(secret),
		"list":     []catalog.Arg{Email.Arg(secret)},
		"field":    struct{ Arg catalog.Arg }{Email.Arg(secret)},
	} {
		t.Run(name, func(t *testing.T) { checkPrinted(t, value) })
	}
	for handler, text := range logged(Email.Arg(secret)) {
		if !strings.Contains(text, "value=Email") && !strings.Contains(text, `"value":"Email"`) {
			t.Errorf("%s does not name the param: %s", handler, text)
		}
	}
}

func checkPrinted(t *testing.T, value any) {
	t.Helper()
	for _, verb := range verbs {
		checkSecret(t, verb, fmt.Sprintf(verb, value))
	}
	checkSecret(t, "Sprint", fmt.Sprint(value))
	checkSecret(t, "JSON", jsonOf(t, value))
	for handler, text := range logged(value) {
		checkSecret(t, handler, text)
	}
}

// checkSecret complains of a text that has the secret, in letters, in hexadecimal digits or as
// numbers.
func checkSecret(t *testing.T, how, text string) {
	t.Helper()
	plain := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	for _, told := range []string{secret, fmt.Sprintf("%x", secret),
		strings.Trim(fmt.Sprint([]byte(secret)), "[]")} {
		if strings.Contains(text, told) || strings.Contains(plain, told) {
			t.Errorf("%s tells the secret: %s", how, text)
			return
		}
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// logged returns what the handlers of log/slog write of the value.
func logged(value any) map[string]string {
	var text, object bytes.Buffer
	slog.New(slog.NewTextHandler(&text, nil)).Error("failed", "value", value)
	slog.New(slog.NewJSONHandler(&object, nil)).Error("failed", "value", value)
	return map[string]string{"text log": text.String(), "JSON log": object.String()}
}

func TestErrorFormat(t *testing.T) {
	const text = "NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}"
	err := NewsletterFailed.New(Email.Arg(secret))
	var none *catalog.Error
	tests := []struct {
		verb  string
		value any
		want  string
	}{
		{"%v", err, text},
		{"%+v", err, text},
		{"%#v", err, `"` + text + `"`},
		{"%s", err, text},
		{"%q", err, `"` + text + `"`},
		{"%x", err, fmt.Sprintf("%x", text)},
		{"%d", err, "%!d(string=" + text + ")"},
		{"%75v|", err, strings.Repeat(" ", 75-len(text)) + text + "|"},
		{"%-75s|", err, text + strings.Repeat(" ", 75-len(text)) + "|"},
		{"%.17s", err, "NEWSLETTER_FAILED"},
		{"%v", none, "<nil error>"},
		{"%v", Email.Arg(secret), "Email"},
		{"%q", Email.Arg(secret), `"Email"`},
		{"%v", catalog.Arg{}, ""},
	}
	for _, test := range tests {
		t.Run(test.verb, func(t *testing.T) {
			if got := fmt.Sprintf(test.verb, test.value); got != test.want {
				t.Errorf("Sprintf = %q, want %q", got, test.want)
			}
		})
	}
}
