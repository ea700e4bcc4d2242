package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// The examples use a fixed reference, so that their output is always the same.
func fixed(context.Context) string { return "f81d4fae-7dec-41d0-8765-00a0c91e6bf6" }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func load() *errlingo.Bundle {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: nil}},
	})
	if err != nil {
		panic(err)
	}
	return bundle
}

func ExampleNew() {
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	respond := problem.New(load(), problem.Options{
		Query:        "lang", // /orders?lang=de
		Cookie:       "lang",
		Logger:       logger,
		NewReference: fixed,
	})
	rec := httptest.NewRecorder()
	respond.Write(rec, httptest.NewRequest("GET", "/orders", nil),
		errors.New("dial tcp 10.0.0.7:5432: connection refused"))
	fmt.Println(rec.Header().Get("Vary"))
	_, attrs, _ := strings.Cut(log.String(), " ") // without the time
	fmt.Print(regexp.MustCompile(` (\w+=)`).ReplaceAllString(attrs, "\n$1"))
	// Output:
	// Accept, Accept-Language, Cookie
	// level=ERROR
	// msg="request answered with an error"
	// error="dial tcp 10.0.0.7:5432: connection refused"
	// reference=f81d4fae-7dec-41d0-8765-00a0c91e6bf6
	// locale=en
	// method=GET
	// path=/orders
	// status=500
	// code=1
	// name=INTERNAL_SERVER_ERROR
	// domain=standard
}

func ExampleResponder_Write() {
	respond := problem.New(load(), problem.Options{Logger: quiet(), NewReference: fixed})
	handler := func(w http.ResponseWriter, r *http.Request) {
		respond.Write(w, r, codes.ObjectTooLarge.New(codes.SizeLimit.Arg(5_000_000)))
	}
	rec := httptest.NewRecorder()
	r := httptest.NewRequest("PUT", "/pictures/7", nil)
	r.Header.Set("Accept", "text/plain")
	handler(rec, r)
	fmt.Print(rec.Code, " ", rec.Body)
	// Output:
	// 413 Too much data
	//
	// What you sent is too large. The limit is 5 MB.
	//
	// Make it smaller, then try again.
	//
	// Go to the home page: /
	//
	// Reference: f81d4fae-7dec-41d0-8765-00a0c91e6bf6
	// Error code: OBJECT_TOO_LARGE (116)
}

func ExampleResponder_Handler() {
	respond := problem.New(load(), problem.Options{Logger: quiet(), NewReference: fixed})
	mux := http.NewServeMux()
	mux.Handle("POST /signup", respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		if r.PostFormValue("name") == "" {
			return codes.UsernameMissing
		}
		_, err := io.WriteString(w, "Welcome!")
		return err
	}))
	rec := httptest.NewRecorder()
	mux.ServeHTTP(rec, httptest.NewRequest("POST", "/signup", nil))
	var body struct {
		Status int
		Name   string
	}
	_ = json.Unmarshal(rec.Body.Bytes(), &body)
	fmt.Println(rec.Header().Get("Content-Type"), body.Status, body.Name)
	// Output:
	// application/problem+json 422 USERNAME_MISSING
}

func ExampleResponder_Localizer() {
	respond := problem.New(load(), problem.Options{})
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Language", "en-GB, en;q=0.9")
	reader := respond.Localizer(r)
	fmt.Printf("<html lang=%q dir=%q>\n", reader.Locale(), reader.Dir())
	// Output:
	// <html lang="en" dir="ltr">
}

func ExampleResponder_Vary() {
	respond := problem.New(load(),
		problem.Options{Cookie: "lang", Profile: func(r *http.Request) string { return "" }})
	home := func(w http.ResponseWriter, r *http.Request) {
		respond.Vary(w)
		fmt.Fprintf(w, "<html lang=%q>", respond.Localizer(r).Locale())
	}
	rec := httptest.NewRecorder()
	home(rec, httptest.NewRequest("GET", "/", nil))
	fmt.Println(rec.Header().Get("Vary"))
	fmt.Println(rec.Header().Get("Cache-Control"))
	// Output:
	// Accept-Language, Cookie
	// private
}

var unusual = catalog.NewDomain("methods").Define(1405, "NO_METHOD", catalog.Spec{
	Title:  "Not possible here",
	Detail: "The method {{.Method}} cannot be used here.",
	Params: catalog.Params{catalog.Literal("Method", "DELETE")},
	HTTP:   http.StatusMethodNotAllowed,
})

func ExampleResponder_Mux() {
	respond := problem.New(load(),
		problem.Options{MethodNotAllowed: unusual, Logger: quiet(), NewReference: fixed})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {})
	for _, target := range []string{"/orders", "/oders"} {
		rec := httptest.NewRecorder()
		r := httptest.NewRequest("PUT", target, nil)
		r.Header.Set("Accept", "text/plain")
		respond.Mux(mux).ServeHTTP(rec, r)
		detail := strings.Split(rec.Body.String(), "\n")[2]
		fmt.Println(rec.Code, detail, rec.Header().Get("Allow"))
	}
	// Output:
	// 405 The method PUT cannot be used here. GET, HEAD
	// 404 We couldn’t find the page “/oders”.
}

func ExampleDecodeError() {
	var order struct{ Count int }
	body := strings.NewReader(`{"Count": "three"}`)
	err := problem.DecodeError(json.NewDecoder(body).Decode(&order))
	fmt.Println(errors.Is(err, codes.IncorrectType))
	fmt.Println(load().Localizer("en").Detail(err))
	// Output:
	// true
	// The field Count must be of type number, not string.
}

func ExampleResponder_WriteStatus() {
	respond := problem.New(load(), problem.Options{Logger: quiet(), NewReference: fixed})
	// What the error handler of a framework does, whose own errors have a status:
	handle := func(w http.ResponseWriter, r *http.Request, status int, err error) {
		respond.WriteStatus(w, r, status, err)
	}
	for _, status := range []int{404, 429} {
		rec := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/oders", nil)
		r.Header.Set("Accept", "text/plain")
		handle(rec, r, status, errors.New(http.StatusText(status)))
		title, _, _ := strings.Cut(rec.Body.String(), "\n")
		fmt.Println(rec.Code, title)
	}
	// Output:
	// 404 Not found
	// 429 Too many requests
}

func ExampleDecodeJSON() {
	var order struct{ Lines []struct{ Count int } }
	err := problem.DecodeJSON(strings.NewReader(`{"Lines": [{"Count": 1}, {"Count": "two"}]}`), &order)
	fmt.Println(load().Localizer("en").Detail(err), catalog.AsError(err).Violations()[0].Path)
	// Output:
	// The field Lines.Count must be of type number, not string. /Lines/1/Count
}

func ExampleDecodeErrorIn() {
	var order struct{ Lines []struct{ Until time.Time } }
	body := []byte(`{"Lines": [{"Until": "2026-01-02T15:04:05Z"}, {"Until": "tomorrow"}]}`)
	err := problem.DecodeErrorIn(body, &order, json.Unmarshal(body, &order))
	for _, v := range catalog.AsError(err).Violations() {
		fmt.Println(v.Path, load().Localizer("en").Title(v.Err))
	}
	// Output:
	// /Lines/1/Until Some details need fixing
}

func ExampleDetails() {
	page := template.Must(template.New("error").Parse(`<html lang="{{.Lang}}" dir="{{.Dir}}">
<h1>{{.Title}}</h1>
<p>{{.Summary}}</p>
{{.Reference}}
`))
	respond := problem.New(load(), problem.Options{Page: page, Logger: quiet(), NewReference: fixed})
	rec := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept", "text/html")
	respond.Write(rec, r, codes.Timeout)
	fmt.Println(rec.Body)
	// Output:
	// <html lang="en" dir="ltr">
	// <h1>This took too long</h1>
	// <p>The service couldn’t finish in time.</p>
	// f81d4fae-7dec-41d0-8765-00a0c91e6bf6
}
