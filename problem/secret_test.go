package problem_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

const (
	secret   = "canary-cause"
	personal = "canary-person"
)

// argument returns an argument for any param of the standard codes. Strings contain the text.
func argument(t *testing.T, p catalog.Param, text string) catalog.Arg {
	t.Helper()
	name, now := p.Name(), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	switch p.Kind() {
	case "string":
		return catalog.String(name, "x").Arg(text)
	case "literal":
		return catalog.Literal(name, "x").Arg(text)
	case "url":
		return catalog.URL(name, "x").Arg("https://example.com/" + text)
	case "label":
		return catalog.LabelParam(name, codes.KindFile).Arg(codes.KindFile)
	case "int":
		return catalog.Int(name, 1).Arg(2)
	case "identifier":
		return catalog.Identifier(name, 1).Arg(2)
	case "bytes":
		return catalog.Bytes(name, 1).Arg(2)
	case "duration":
		return catalog.Duration(name, time.Hour).Arg(time.Minute)
	case "relative-time":
		return catalog.RelativeTime(name, time.Hour).Arg(time.Minute)
	case "time":
		return catalog.Time(name, now).Arg(now)
	case "string-list":
		return catalog.List(catalog.Or, catalog.String(name, "x")).Arg([]string{text})
	case "literal-list":
		return catalog.List(catalog.Or, catalog.Literal(name, "x")).Arg([]string{text})
	case "label-list":
		return catalog.List(catalog.Or,
			catalog.LabelParam(name, codes.KindFile)).Arg([]*catalog.Label{codes.KindFile})
	}
	t.Fatalf("no argument for a param of kind %q", p.Kind())
	return catalog.Arg{}
}

// isSensitive reports whether the param is sensitive, by whether it is logged.
func isSensitive(t *testing.T, code *catalog.Code, p catalog.Param) bool {
	for _, attr := range code.New(argument(t, p, "x")).LogValue().Group() {
		if attr.Key == "params" {
			return false
		}
	}
	return true
}

// TestSecrets checks that no response for a standard code has a cause, or a sensitive argument
// outside of the user's message.
func TestSecrets(t *testing.T) {
	sensitive := 0
	for code := range codes.Domain.Codes() {
		t.Run(code.Name(), func(t *testing.T) {
			var args []catalog.Arg
			for _, p := range code.Spec().Params {
				text := "public"
				if isSensitive(t, code, p) {
					text = personal
					sensitive++
				}
				args = append(args, argument(t, p, text))
			}
			failures := map[string]error{
				"alone":  code.Wrap(errors.New(secret), args...),
				"joined": errors.Join(code.Wrap(errors.New(secret), args...), errors.New(secret), signIn),
				"violation": badOrder.Wrap(errors.New(secret)).With(catalog.Violation{Path: "/a",
					Err: code.Wrap(errors.New(secret), args...)}),
			}
			for name, err := range failures {
				for _, accept := range []string{"application/json", "text/html", "text/plain"} {
					for _, method := range []string{http.MethodGet, http.MethodHead} {
						checkSecrets(t, name+" "+method+" "+accept, err, method, accept)
					}
				}
			}
		})
	}
	if sensitive == 0 {
		t.Error("no code has a sensitive param")
	}
}

func checkSecrets(t *testing.T, name string, err error, method, accept string) {
	t.Helper()
	respond, logged := newResponder(t, problem.Options{})
	rec := httptest.NewRecorder()
	r := request("Accept", accept)
	r.Method = method
	respond.Write(rec, r, err)
	var sent strings.Builder
	_ = rec.Header().Write(&sent)
	sent.Write(rec.Body.Bytes())
	if strings.Contains(sent.String(), secret) {
		t.Errorf("%s sends the cause:\n%s", name, &sent)
	}
	if strings.Contains(logged.String(), personal) {
		t.Errorf("%s logs a sensitive argument:\n%s", name, logged)
	}
	if accept == "application/json" && method == http.MethodGet {
		for _, d := range append(decode(t, rec).Errors, decode(t, rec)) {
			for param, value := range d.Params {
				if s, ok := value.(string); ok && strings.Contains(s, personal) {
					t.Errorf("%s sends the sensitive argument %s in params", name, param)
				}
			}
		}
	}
}

// TestOperatorTexts checks that no response has the texts and arguments of an error that is for
// operators alone.
func TestOperatorTexts(t *testing.T) {
	host := catalog.String("Host", "db7")
	broken := catalogtest.Temporary(t,
		catalog.NewDomain("ops", catalog.Docs("https://wiki.internal/"))).Define(1, "CANARY_BROKEN",
		catalog.Spec{
			Title: "canary title", Detail: "canary {{.Host}}", Help: "canary help",
			Params: catalog.Params{catalog.Public(host)},
			HTTP:   502, Audience: catalog.AudienceOperator,
		})
	plain := broken.Domain().Define(2, "CANARY_PLAIN",
		catalog.Spec{Title: "canary plain", HTTP: 500, Audience: catalog.AudienceOperator})
	refused := broken.Domain().Define(3, "CANARY_REFUSED",
		catalog.Spec{Title: "canary refused", HTTP: 403, Audience: catalog.AudienceOperator})
	failure := broken.Wrap(errors.New("canary cause"),
		host.Arg("canary-host")).With(catalog.Violation{Path: "/canary", Err: signIn})
	for _, err := range []error{plain, refused, failure, errors.Join(failure, signIn),
		badOrder.New().With(catalog.Violation{Path: "/a", Err: failure})} {
		for _, accept := range []string{"application/json", "text/html", "text/plain"} {
			rec := write(t, problem.Options{}, err, "Accept", accept)
			var sent strings.Builder
			_ = rec.Header().Write(&sent)
			sent.Write(rec.Body.Bytes())
			if s := strings.ToLower(sent.String()); strings.Contains(s, "canary") ||
				strings.Contains(s, "wiki.internal") {
				t.Errorf("%s:\n%s", accept, &sent)
			}
		}
	}
}

func TestPanicNotSent(t *testing.T) {
	for _, accept := range []string{"application/json", "text/html", "text/plain"} {
		respond, logged := newResponder(t, problem.Options{})
		rec := httptest.NewRecorder()
		respond.Handler(func(http.ResponseWriter,
			*http.Request) error {
			panic(errors.New(secret))
		}).ServeHTTP(rec, request("Accept", accept))
		if body := rec.Body.String(); rec.Code != 500 || strings.Contains(body, secret) ||
			strings.Contains(body, ".go") {
			t.Errorf("%s: %d\n%s", accept, rec.Code, body)
		}
		if !strings.Contains(logged.String(), secret) {
			t.Errorf("not logged: %s", logged)
		}
	}
}

// TestAudience checks that everybody but operators gets the texts that are written for them, whatever
// the status.
func TestAudience(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("audience"))
	number := 0
	for _, status := range []int{404, 500, 501, 503} {
		for audience := catalog.AudienceEndUser; audience <= 7; audience++ {
			number++
			code := d.Define(number, fmt.Sprintf("CODE_%d_%dX", status, audience),
				catalog.Spec{Title: "Written for you", HTTP: status, Audience: audience})
			got, hidden := decode(t, write(t, problem.Options{}, code)), audience == catalog.AudienceOperator
			if (got.Title != "Written for you") != hidden || got.Status != status {
				t.Errorf("audience %03b, status %d: the title is %q, the status %d", audience, status, got.Title, got.Status)
			}
		}
	}
}

// TestShownAs checks that no response says what only the log may say.
func TestShownAs(t *testing.T) {
	for _, code := range []*catalog.Code{codes.EmailTaken, codes.EmailNotFound} {
		err := code.Wrap(errors.New("row 7"), codes.Field.Arg(codes.FieldEmail),
			codes.Value.Arg("kim@example.com"))
		for name, err := range map[string]error{
			"alone": err, "bare": code, "wrapped": fmt.Errorf("sign-up: %w", err),
			"a violation":    codes.ValidationError.New().With(catalog.Violation{Path: "/email", Err: err}),
			"joined":         errors.Join(err, err),
			"of a violation": err.With(catalog.Violation{Path: "/email", Err: err}),
		} {
			for _, accept := range []string{"application/json", "text/html", "text/plain"} {
				respond, logged := newResponder(t, problem.Options{})
				rec := httptest.NewRecorder()
				respond.Write(rec, request("Accept", accept), err)
				body := rec.Body.String()
				for _, told := range []string{"EMAIL", "203", "205", "409", "404", "E-mail"} {
					if strings.Contains(body, told) {
						t.Errorf("%v %s, %s: the response has %q:\n%s", code, name, accept, told, body)
					}
				}
				if !strings.Contains(body, codes.InvalidValue.Spec().Help) || rec.Code != 422 {
					t.Errorf("%v %s, %s: %d, want INVALID_VALUE:\n%s", code, name, accept, rec.Code, body)
				}
				if !strings.Contains(logged.String(), code.Name()) {
					t.Errorf("%v %s: the log lacks the code: %s", code, name, logged)
				}
			}
		}
	}
}
