package problem_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/problem"
)

func TestAccept(t *testing.T) {
	const (
		json = "application/problem+json"
		html = "text/html; charset=utf-8"
		text = "text/plain; charset=utf-8"
	)
	tests := []struct {
		name   string
		accept []string
		want   string
	}{
		{"none", nil, json},
		{"empty", []string{""}, json},
		{"anything", []string{"*/*"}, json},
		{"json", []string{"application/json"}, json},
		{"problem json", []string{"application/problem+json"}, json},
		{"any application", []string{"application/*"}, json},
		{"html", []string{"text/html"}, html},
		{"any text", []string{"text/*"}, html},
		{"plain text", []string{"text/plain"}, text},
		{"different case, with charset", []string{"Text/HTML;Charset=utf-8"}, html},
		{"firefox", []string{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, html},
		{"chrome", []string{"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif," +
			"image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"}, html},
		{"an image", []string{"image/avif,image/webp,*/*;q=0.8"}, json},
		{"axios", []string{"application/json, text/plain, */*"}, json},
		{"jquery", []string{"text/plain, */*; q=0.01"}, text},
		{"two lines", []string{"text/html;q=0.5", "text/plain"}, text},
		{"weights", []string{"text/html;q=0.2, text/plain;q=0.3, application/json;q=0.25"}, text},
		{"equal weights, problem json is named",
			[]string{"text/html, text/plain, application/problem+json"}, json},
		{"equal weights, json is named", []string{"text/html, application/json"}, json},
		{"equal weights, some kind of json is named", []string{"text/html, image/vnd.shop+json"}, json},
		{"equal weights, json is not named", []string{"text/plain, text/html, */*"}, html},
		{"a string converter of a Java client",
			[]string{"text/plain, application/json, application/*+json, */*"}, json},
		{"some kind of json", []string{"application/vnd.foo+json, text/html;q=0.5"}, json},
		{"some kind of json, less than html", []string{"application/vnd.foo+json;q=0.4, text/html;q=0.5"}, html},
		{"the best of several kinds of json",
			[]string{"application/a+json;q=0.1, application/b+json;q=0.9, text/html;q=0.5"}, json},
		{"one kind of json excluded", []string{"application/vnd.foo+json;q=0, */*;q=0.5, text/plain;q=0.1"}, json},
		{"json itself counts before other kinds",
			[]string{"application/vnd.foo+json, application/json;q=0.1, text/html;q=0.5"}, html},
		{"a comma in quotation marks", []string{`text/plain;x="a, application/json", text/html;q=0.1`}, text},
		{"a weight in quotation marks", []string{`text/plain;x="a;q=0", application/json;q=0.1`}, text},
		{"a quotation mark without a partner", []string{`text/plain;x="a, text/html;q=0.1`}, text},
		{"an escaped quotation mark", []string{`text/plain;x="a\", application/json;y=", text/html;q=0.1`}, text},
		{"a named type beats a wildcard", []string{"*/*, text/html"}, html},
		{"the most specific range counts",
			[]string{"text/*;q=0.9, text/html;q=0.1, text/plain;q=0.5, application/json;q=0.4"}, text},
		{"problem json excluded, json not",
			[]string{"application/problem+json;q=0, application/json, text/html;q=0.1"}, html},
		{"html excluded", []string{"text/html;q=0, text/*;q=0.5"}, text},
		{"nothing available", []string{"image/png"}, json},
		{"nothing at all", []string{"*/*;q=0"}, json},
		{"html excluded alone", []string{"text/html;q=0"}, json},
		{"json excluded alone", []string{"application/json;q=0"}, json},
		{"invalid elements are ignored",
			[]string{"text, /, */html, text/plain;q=2, text/plain;q=x, text/plain;q=, ,;, text/html;q=0.1"},
			html},
		{"too many decimals", []string{"text/html;q=1.0000, text/plain;q=0.001"}, text},
		{"a weight without a zero", []string{"text/html;q=.5, text/plain;q=0.001"}, text},
		{"a weight with two zeros", []string{"text/html;q=00.5, text/plain;q=0.001"}, text},
		{"a weight with two dots", []string{"text/html;q=0.5., text/plain;q=0.001"}, text},
		{"a weight above one", []string{"text/html;q=1.001, text/plain;q=0.001"}, text},
		{"a weight without decimals", []string{"text/html;q=1., text/plain;q=0."}, html},
		{"element 17 is ignored", []string{strings.Repeat("a/b,", 16) + "text/html"}, json},
		{"element 16 counts", []string{strings.Repeat("a/b,", 15) + "text/html"}, html},
		{"bytes after 1 KiB are ignored",
			[]string{"text/plain;q=0.1, a/" + strings.Repeat("b", 1024) + ", text/html"}, text},
		{"one very long element", []string{"text/html;x=" + strings.Repeat("b", 2000)}, json},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var headers []string
			for _, line := range test.accept {
				headers = append(headers, "Accept", line)
			}
			rec := write(t, problem.Options{}, outOfStock, headers...)
			if got := rec.Header().Get("Content-Type"); got != test.want {
				t.Errorf("Content-Type %s, want %s", got, test.want)
			}
			if rec.Code != 409 {
				t.Errorf("status %d", rec.Code)
			}
		})
	}
}

// FuzzAccept checks that any header gets one of the three formats with the status of the error.
func FuzzAccept(f *testing.F) {
	for _, seed := range []string{"", "*/*", "text/html;q=0.5,*/*;q=0.1", "text/plain; x=\"a,b\"",
		";;q=,=/"} {
		f.Add(seed, seed)
	}
	respond, _ := newResponder(f, problem.Options{})
	f.Fuzz(func(t *testing.T, first, second string) {
		rec := httptest.NewRecorder()
		respond.Write(rec, request("Accept", first, "Accept", second, "Accept-Language", second),
			outOfStock)
		contentType, _, _ := strings.Cut(rec.Header().Get("Content-Type"), ";")
		switch contentType {
		case "application/problem+json", "text/html", "text/plain":
		default:
			t.Errorf("content type %q", contentType)
		}
		if rec.Code != 409 || rec.Body.Len() == 0 {
			t.Errorf("status %d, %d bytes", rec.Code, rec.Body.Len())
		}
	})
}
