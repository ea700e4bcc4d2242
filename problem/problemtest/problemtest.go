// Package problemtest reads what a handler has answered, in go test.
//
//	rec := httptest.NewRecorder()
//	handler.ServeHTTP(rec, httptest.NewRequest("POST", "/buy", nil))
//	err := problemtest.Read(t, rec, shop.Domain)
//	errtest.Is(t, err, shop.OutOfStock, shop.Left.Arg(3))
package problemtest

import (
	"net/http/httptest"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

// Read returns the error that a recorded response is, as a client of the domains reads it: with
// public arguments only. It ends the test if the response is not an error document in JSON; a code
// of another domain is a *[problem.Foreign]. The texts, status and reference that were sent are in
// [problem.Received] of the error. A handler answers in JSON unless the request accepts HTML or
// plain text.
func Read(t testing.TB, rec *httptest.ResponseRecorder, domains ...*catalog.Domain) error {
	t.Helper()
	err := problem.FromResponse(rec.Result(), domains...)
	if err == nil {
		t.Fatalf("the response is not an error: status %d, %.500q", rec.Code, rec.Body)
		return nil
	}
	if f, ok := err.(*problem.Foreign); ok && (f.Unwrap() != nil || f.Details.Name == "") {
		t.Fatalf("the response is not an error document: %v\n%.500s", err, rec.Body)
	}
	return err
}
