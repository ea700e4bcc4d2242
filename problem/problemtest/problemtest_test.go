package problemtest_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/errtest"
	"github.com/errlingo/errlingo/problem"
	"github.com/errlingo/errlingo/problem/problemtest"
)

// recorder is a test that only records its messages.
type recorder struct {
	testing.TB
	text string
}

func (r *recorder) Helper()                           {}
func (r *recorder) Fatalf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }

// answer returns what a handler answers to an error.
func answer(err error) *httptest.ResponseRecorder {
	respond := problem.New(nil, problem.Options{Logger: slog.New(slog.DiscardHandler)})
	rec := httptest.NewRecorder()
	respond.Write(rec, httptest.NewRequest(http.MethodGet, "/", nil), err)
	return rec
}

func TestRead(t *testing.T) {
	var r recorder
	err := problemtest.Read(&r, answer(codes.ObjectTooLarge.New(codes.SizeLimit.Arg(5))), codes.Domain)
	errtest.Is(t, err, codes.ObjectTooLarge, codes.SizeLimit.Arg(5))
	if r.text != "" {
		t.Error(r.text)
	}
	if err := problemtest.Read(&r, answer(codes.Timeout)); err == nil || r.text != "" {
		t.Errorf("another domain: %v, %s", err, r.text)
	}
	html := httptest.NewRecorder()
	html.Header().Set("Content-Type", "text/html")
	html.WriteHeader(500)
	ok := httptest.NewRecorder()
	_, _ = io.WriteString(ok, "hello")
	for want, rec := range map[string]*httptest.ResponseRecorder{
		`not an error document: foreign error, status 500: the response is not JSON but "text/html"`: html,
		`not an error: status 200, "hello"`: ok,
	} {
		var r recorder
		if problemtest.Read(&r, rec, codes.Domain); !strings.Contains(r.text, want) {
			t.Errorf("got %q, want %q", r.text, want)
		}
	}
}

func ExampleRead() {
	var t testing.TB = &recorder{} // in a test: func TestOrder(t *testing.T)
	err := problemtest.Read(t, answer(codes.Timeout), codes.Domain)
	fmt.Println(err, problem.Received(err).Status)
	// Output:
	// TIMEOUT (124): The service couldn’t finish in time 504
}
