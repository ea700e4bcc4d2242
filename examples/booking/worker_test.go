package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
)

// direct is a transport that calls a handler, without a connection.
type direct struct{ http.Handler }

func (d direct) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	d.ServeHTTP(rec, req)
	return rec.Result(), nil
}

// orders returns the orders as the worker reads them.
func orders(t *testing.T, all ...order) *bytes.Buffer {
	t.Helper()
	buf := new(bytes.Buffer)
	for _, o := range all {
		if err := json.NewEncoder(buf).Encode(o); err != nil {
			t.Fatal(err)
		}
	}
	return buf
}

// TestRetryAfter books more than the server takes in a minute. The worker waits exactly as long as
// the server says, and no order is lost.
func TestRetryAfter(t *testing.T) {
	bundle := texts(t)
	synctest.Test(t, func(t *testing.T) {
		theater, err := openTheater(t.Context(), filepath.Join(t.TempDir(), "booking.db"), 2)
		if err != nil {
			t.Fatal(err)
		}
		defer theater.db.Close()
		site, _ := newServers(theater, bundle, slog.New(slog.DiscardHandler))
		requests := 0
		counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests++
			site.Handler.ServeHTTP(w, r)
		})
		var out bytes.Buffer
		w := worker{overHTTP(&http.Client{Transport: wireSchema.Transport(t, direct{counted})}, "http://theater"), &out}
		start := time.Now()
		time.Sleep(200 * time.Millisecond)
		err = w.work(as(t, bundle, "de"), orders(t, kim(1, 1), kim(1, 2), kim(1, 3), kim(1, 1), kim(1, 5)))
		if err == nil || err.Error() != "Eine Buchung ist fehlgeschlagen." {
			t.Errorf("error %v", err)
		}
		if took := time.Since(start); took != 2*time.Minute+200*time.Millisecond || requests != 5+2 {
			t.Errorf("took %v and %d requests", took, requests)
		}
		const booked = "Sie haben einen Platz gebucht: „Die Zauberflöte“ am 30. Dezember 2099 um 19:30 GMT+1.\n"
		const taken = "Platz bereits vergeben\n  Einer dieser Plätze wurde gerade von jemand anderem gebucht.\n  Wählen Sie andere Plätze.\n"
		if want := strings.Repeat(booked, 3) + taken + booked; out.String() != want {
			t.Errorf("%s\nwant\n%s", &out, want)
		}
	})
}

// TestTries checks how often the worker tries to book an order, and when.
func TestTries(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("tries"))
	once := domain.Define(1, "ONCE", catalog.Spec{Title: "Once", Retry: catalog.RetryOnce})
	tests := []struct {
		name  string
		err   error
		tries int
		took  time.Duration
	}{
		{"booked", nil, 1, 0},
		{"never", SeatTaken, 1, 0},
		{"no code", errors.New("broken"), 1, 0},
		{"growing pauses", BoxOfficeBusy, 5, (2 + 4 + 8 + 16) * time.Second},
		{"no connection", codes.ConnectionFailed, 5, (2 + 4 + 8 + 16) * time.Second},
		{"once", once, 2, time.Second},
		{"told by the server", sent(http.StatusTooManyRequests, "7", ""), 5, 4 * 7 * time.Second},
		{"told by a proxy", sent(http.StatusServiceUnavailable, "", ""), 5, (2 + 4 + 8 + 16) * time.Second},
		{"told in a word", sent(http.StatusBadGateway, "", `{"retry":"once","code":7,"name":"NEW","domain":"other"}`), 2, time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tries, start := 0, time.Now()
				w := worker{book: func(context.Context, order) (string, error) { tries++; return "", test.err }}
				_, err := w.try(t.Context(), kim(1, 1))
				if took := time.Since(start); tries != test.tries || took != test.took || err != test.err {
					t.Errorf("%d tries in %v, %v; want %d in %v", tries, took, err, test.tries, test.took)
				}
			})
		})
	}
}

// sent returns the error that a response is.
func sent(status int, after, body string) error {
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", "application/problem+json")
	rec.Header().Set("Retry-After", after)
	rec.WriteHeader(status)
	rec.WriteString(body)
	return failure(rec.Result())
}

// TestCanceled ends the context while the worker waits.
func TestCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		stopped := errors.New("stopped")
		time.AfterFunc(time.Second, func() { cancel(stopped) })
		start := time.Now()
		w := worker{book: func(context.Context, order) (string, error) { return "", BoxOfficeBusy }}
		if err := w.work(ctx, orders(t, kim(1, 1))); err != stopped || time.Since(start) != time.Second {
			t.Errorf("error %v after %v", err, time.Since(start))
		}
	})
}

// TestWork checks what the user of a terminal reads.
func TestWork(t *testing.T) {
	bundle := texts(t)
	newer := `{"code":7,"name":"NEW","domain":"booking","lang":"de","title":"Neu","detail":"Etwas Neues."}`
	tests := []struct {
		name, orders string
		err          error
		want, fault  string
	}{
		{"unknown code", "{}", sent(409, "", newer), "Neu\n  Etwas Neues.\n", "Eine Buchung ist fehlgeschlagen."},
		{"fields", "{}", codes.ValidationError.New().With(catalog.Violation{Path: "/name", Err: SeatTaken}),
			"Einige Angaben stimmen nicht\n  Eine Angabe muss korrigiert werden.\n  Korrigieren Sie Ihre Angaben und versuchen Sie es dann erneut.\n" +
				"  Einer dieser Plätze wurde gerade von jemand anderem gebucht.\n  Wählen Sie andere Plätze.\n", "Eine Buchung ist fehlgeschlagen."},
		{"no orders", "", nil, "", ""},
		{"not JSON", "{", nil, "Ungültiges JSON\n  Die Daten sind kein wohlgeformtes JSON in UTF-8.\n  Prüfen Sie, ob Syntax und Zeichencodierung stimmen und ob die Daten vollständig übertragen wurden.\n", "unexpected EOF"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			w := worker{func(context.Context, order) (string, error) { return "", test.err }, &out}
			err := w.work(as(t, bundle, "de"), strings.NewReader(test.orders))
			if out.String() != test.want {
				t.Errorf("%s\nwant\n%s", &out, test.want)
			}
			if test.fault == "" && err != nil || test.fault != "" && (err == nil || !strings.HasPrefix(err.Error(), test.fault)) {
				t.Errorf("error %v, want %q", err, test.fault)
			}
		})
	}
}
