package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// preferences are Accept-Language headers, and the language in which the shop must answer.
var preferences = []struct{ accept, lang string }{
	{"", "en"},
	{"en-GB,en;q=0.9", "en"},
	{"de", "de"},
	{"de-CH, fr;q=0.9", "de"},
	{"ar-EG", "ar"},
	{"uk", "en"},
	{"sw, ar;q=0.5, de;q=0.4", "ar"},

	{"1_2_3,;;=,de", "de"},
	{"*;q=NaN,\t;,ar", "ar"},
	{strings.Repeat("-", 1000) + ",de", "de"},
	{"de," + strings.Repeat("x,", 1<<12), "de"},
	{strings.Repeat("*,", 1<<12), "en"},
	{strings.Repeat("en_t_en-", 1<<10), "en"},
}

// faulty are requests that the shop answers with an error, and its status.
var faulty = []struct {
	method, path string
	status       int
}{
	{"GET", "/items/4711", http.StatusNotFound},
	{"GET", "/api/items/4711", http.StatusNotFound},
	{"POST", "/api/items/4/reserve?pieces=1000", http.StatusConflict},
	{"GET", "/api/database", http.StatusServiceUnavailable},
	{"GET", "/api/panic", http.StatusInternalServerError},
	{"GET", "/nowhere", http.StatusNotFound},
	{"DELETE", "/api/items/1", http.StatusMethodNotAllowed},
}

// TestLoad sends requests at full speed, in all languages and with hostile headers, while the texts
// are reloaded. Every answer must be in its reader's language, and the memory must not grow.
func TestLoad(t *testing.T) {
	duration := 2 * time.Second
	if os.Getenv("ERRLINGO_LONG") != "" {
		duration = time.Minute
	}
	bundle, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	handler, err := newHandler(bundle, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	server.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = 16

	ctx, cancel := context.WithTimeout(t.Context(), duration)
	defer cancel()
	var answers, reloads atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for ctx.Err() == nil && !t.Failed() {
				want, request := preferences[rand.N(len(preferences))], faulty[rand.N(len(faulty))]
				err := answersIn(ctx, server, request.method, request.path, request.status, want.accept, want.lang)
				if err != nil && ctx.Err() == nil {
					t.Error(err)
				}
				answers.Add(1)
			}
		})
	}
	all.Go(func() {
		for ctx.Err() == nil {
			if err := bundle.Reload(ctx); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			reloads.Add(1)
			time.Sleep(5 * time.Millisecond)
		}
	})
	time.Sleep(duration / 4)
	early := heap()
	all.Wait()
	late := heap()
	t.Logf("%d answers in %v, %d reloads, heap %d KiB after a quarter and %d KiB at the end",
		answers.Load(), duration, reloads.Load(), early>>10, late>>10)
	if answers.Load() == 0 || reloads.Load() < 2 {
		t.Error("nothing was tested")
	}
	if late > early+8<<20 {
		t.Errorf("the heap grew from %d to %d bytes", early, late)
	}
}

// answersIn sends a request, and returns an error unless the answer has the status and is in the
// language.
func answersIn(
	ctx context.Context, server *httptest.Server, method, path string, status int, accept, lang string,
) error {
	request, err := http.NewRequestWithContext(ctx, method, server.URL+path, nil)
	if err != nil {
		return err
	}
	request.Header["Accept-Language"] = []string{accept}
	response, err := server.Client().Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if got := response.Header.Get("Content-Language"); response.StatusCode != status || got != lang ||
		!strings.Contains(string(body), `lang`) {
		return fmt.Errorf("%s %s in %.50q: %s, in %q: %.300s", method, path, accept, response.Status,
			got, body)
	}
	return nil
}

// heap returns how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}
