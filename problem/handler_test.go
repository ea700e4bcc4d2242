package problem_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/problem"
)

// bare hides all methods of a writer but those of [http.ResponseWriter], as simple middleware does.
type bare struct{ http.ResponseWriter }

type handlerFunc = func(http.ResponseWriter, *http.Request) error

// serve runs the handler in a real server and sends it one request. It returns the client's error.
func serve(
	t *testing.T, options problem.Options, f handlerFunc,
) (resp *http.Response, sent string, logged *bytes.Buffer, err error) {
	t.Helper()
	respond, logged := newResponder(t, options)
	server := httptest.NewServer(respond.Handler(f))
	resp, err = server.Client().Post(server.URL, "application/json",
		strings.NewReader(`{"name": "Kim"}`))
	var body []byte
	if err == nil {
		body, err = io.ReadAll(resp.Body)
		resp.Body.Close()
	}
	server.Close() // waits for the handler, and with it for the log
	return resp, string(body), logged, err
}

func TestHandler(t *testing.T) {
	uncoded := errors.New("disk full")
	tests := []struct {
		name   string
		f      handlerFunc
		status int    // 0 if the connection is aborted
		body   string // a part of it
		logged string // a part of it, or "" if nothing is logged
	}{
		{"no error", func(w http.ResponseWriter, r *http.Request) error {
			_, err := io.WriteString(w, "fine")
			return err
		}, 200, "fine", ""},
		{"nothing written and no error",
			func(w http.ResponseWriter, r *http.Request) error { return nil }, 200, "", ""},
		{"an error", func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Content-Length", "3")
			return outOfStock
		}, 409, "OUT_OF_STOCK", "request answered"},
		{"error after early hints", func(w http.ResponseWriter, r *http.Request) error {
			w.WriteHeader(http.StatusEarlyHints)
			return outOfStock
		}, 409, "OUT_OF_STOCK", "request answered"},
		{"an error after the header", func(w http.ResponseWriter, r *http.Request) error {
			w.WriteHeader(http.StatusOK)
			return outOfStock
		}, 0, "", "aborted by"},
		{"an error after bytes", func(w http.ResponseWriter, r *http.Request) error {
			_, _ = w.Write([]byte("half of"))
			return uncoded
		}, 0, "", "disk full"},
		{"an error after a string", func(w http.ResponseWriter, r *http.Request) error {
			_, _ = io.WriteString(w, "half of")
			return uncoded
		}, 0, "", "disk full"},
		{"an error after a flush", func(w http.ResponseWriter, r *http.Request) error {
			w.(http.Flusher).Flush()
			return uncoded
		}, 0, "", "disk full"},
		{"an error after a flush by the controller", func(w http.ResponseWriter, r *http.Request) error {
			return errors.Join(http.NewResponseController(w).Flush(), uncoded)
		}, 0, "", "disk full"},
		{"an error after a copy", func(w http.ResponseWriter, r *http.Request) error {
			_, err := io.Copy(w,
				io.MultiReader(strings.NewReader(strings.Repeat("x", 5000)), failing{uncoded}))
			return err
		}, 0, "", "disk full"},
		{"an error before the first byte of a copy", func(w http.ResponseWriter, r *http.Request) error {
			_, err := io.Copy(w, failing{uncoded})
			return err
		}, 500, "INTERNAL_SERVER_ERROR", "disk full"},
		{"a short copy", func(w http.ResponseWriter, r *http.Request) error {
			_, err := w.(io.ReaderFrom).ReadFrom(strings.NewReader("short"))
			return err
		}, 200, "short", ""},
		{"a method of the server's writer", func(w http.ResponseWriter, r *http.Request) error {
			return http.NewResponseController(w).EnableFullDuplex()
		}, 200, "", ""},
		{"a panic", func(w http.ResponseWriter, r *http.Request) error { panic("on fire") }, 500,
			"INTERNAL_SERVER_ERROR", "panic: on fire"},
		{"a panic with a code", func(w http.ResponseWriter, r *http.Request) error { panic(outOfStock) },
			500, "INTERNAL_SERVER_ERROR", "OUT_OF_STOCK"},
		{"a panic after bytes", func(w http.ResponseWriter, r *http.Request) error {
			_, _ = w.Write([]byte("half of"))
			panic("on fire")
		}, 0, "", "panic: on fire"},
		{"ErrAbortHandler",
			func(w http.ResponseWriter, r *http.Request) error { panic(http.ErrAbortHandler) }, 0, "", ""},
		{"written by the handler", func(w http.ResponseWriter, r *http.Request) error {
			problem.New(nil, problem.Options{Logger: quiet()}).Write(w, r, outOfStock)
			return nil
		}, 409, "OUT_OF_STOCK", ""},
		{"written by the handler too late", func(w http.ResponseWriter, r *http.Request) error {
			_, _ = w.Write([]byte("half of"))
			problem.New(nil, problem.Options{Logger: quiet()}).Write(wrapped{w}, r, outOfStock)
			return nil
		}, 0, "", ""},
		{"written by the handler through a wrapper without Unwrap, too late",
			func(w http.ResponseWriter, r *http.Request) error {
				_, _ = io.WriteString(bare{w}, "part")
				problem.New(nil, problem.Options{Logger: quiet()}).Write(bare{w}, r, outOfStock)
				return nil
			}, 0, "", ""},
		{"written through a wrapper without Unwrap, then returned",
			func(w http.ResponseWriter, r *http.Request) error {
				problem.New(nil, problem.Options{Logger: quiet()}).Write(bare{w}, r, outOfStock)
				return nil
			}, 409, "OUT_OF_STOCK", ""},
		{"a handler inside one that has sent its header",
			func(w http.ResponseWriter, r *http.Request) error {
				_, _ = io.WriteString(w, "part")
				problem.New(nil, problem.Options{Logger: quiet()}).Handler(
					func(http.ResponseWriter, *http.Request) error { return outOfStock }).ServeHTTP(w, r)
				return nil
			}, 0, "", ""},
		{"responses of a batch", func(w http.ResponseWriter, r *http.Request) error {
			for range 2 {
				part := httptest.NewRecorder()
				problem.New(nil, problem.Options{Logger: quiet()}).Write(part, r, outOfStock)
				fmt.Fprint(w, part.Code, ";")
			}
			return nil
		}, 200, "409;409;", ""},
		{"body too large", func(w http.ResponseWriter, r *http.Request) error {
			_, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 5))
			return err
		}, 413, "The limit is 5\u00a0bytes", "OBJECT_TOO_LARGE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			resp, body, logged, err := serve(t, problem.Options{}, test.f)
			switch {
			case test.status == 0 && err == nil:
				t.Errorf("the client got a complete response: %d %q", resp.StatusCode, body)
			case test.status != 0 && err != nil:
				t.Errorf("the client got %v", err)
			case test.status != 0 && (resp.StatusCode != test.status || !strings.Contains(body, test.body)):
				t.Errorf("%d %s, want %d with %q", resp.StatusCode, body, test.status, test.body)
			}
			if test.logged == "" {
				if logged.Len() > 0 {
					t.Errorf("logged %s", logged)
				}
			} else if attrs := line(t, logged); !strings.Contains(logged.String(), test.logged) ||
				test.status == 0 && attrs["level"] != "ERROR" {
				t.Errorf("logged %s, want %q", logged, test.logged)
			}
		})
	}
}

// TestAnsweredTwice checks that a response is complete even if the handler returns an error after
// it has called Write.
func TestAnsweredTwice(t *testing.T) {
	tests := []struct {
		name  string
		then  func(error) error
		level string
		msg   string
	}{
		{"the same error", func(err error) error { return err }, "DEBUG", "error was already answered"},
		{"the same error, wrapped", func(err error) error { return fmt.Errorf("order: %w", err) },
			"DEBUG", "error was already answered"},
		{"its cause", errors.Unwrap, "DEBUG", "error was already answered"},
		{"another error", func(error) error { return signIn }, "INFO",
			"error after another was answered"},
		{"error without a code", func(error) error { return errors.New("disk full") }, "ERROR",
			"error after another was answered"},
		{"a typed nil", func(error) error { return (*fs.PathError)(nil) }, "ERROR",
			"error after another was answered"},
		{"a panic", func(error) error { panic("on fire") }, "ERROR", "error after another was answered"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			references := 0
			respond, logged := newResponder(t, problem.Options{
				NewReference: func(context.Context) string { references++; return fmt.Sprint(reference, references) },
			})
			server := httptest.NewServer(respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
				err := fmt.Errorf("handler: %w", outOfStock.New(left.Arg(3)))
				respond.Write(wrapped{w}, r, err)
				return test.then(err)
			}))
			resp, err := server.Client().Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			server.Close()
			if err != nil || resp.StatusCode != 409 || strings.Count(string(body), "OUT_OF_STOCK") != 2 {
				t.Errorf("%d %s, %v", resp.StatusCode, body, err)
			}
			lines := lines(t, logged)
			if len(lines) != 2 {
				t.Fatalf("%d lines logged:\n%s", len(lines), logged)
			}
			if second := lines[1]; second["level"] != test.level || second["msg"] != test.msg ||
				second["reference"] != lines[0]["reference"] {
				t.Errorf("logged %v", second)
			}
		})
	}
}

// failing is a reader that fails immediately.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// wrapped is the writer of a middleware.
type wrapped struct{ http.ResponseWriter }

func (w wrapped) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func TestPanicStack(t *testing.T) {
	respond, logged := newResponder(t, problem.Options{Map: func(context.Context, error) error { return outOfStock }})
	rec := httptest.NewRecorder()
	respond.Handler(panicHandler).ServeHTTP(rec, request())
	if rec.Code != 500 {
		t.Errorf("status %d, want 500: panics are not mapped", rec.Code)
	}
	got := line(t, logged)
	if stack, _ := got["stack"].(string); !strings.Contains(stack, "problem_test.panicHandler") ||
		got["level"] != "ERROR" {
		t.Errorf("logged %v", got)
	}
}

func panicHandler(http.ResponseWriter, *http.Request) error { panic("on fire") }

// TestErrorAfterSwitchingProtocols checks that an error is not sent over another protocol.
func TestErrorAfterSwitchingProtocols(t *testing.T) {
	respond, logged := newResponder(t, problem.Options{})
	rec := httptest.NewRecorder()
	defer func() {
		if value := recover(); value != http.ErrAbortHandler {
			t.Errorf("panicked with %v", value)
		}
		if rec.Code != http.StatusSwitchingProtocols || rec.Body.Len() > 0 {
			t.Errorf("status %d: %s", rec.Code, rec.Body)
		}
		if got := line(t, logged); got["msg"] != "response aborted by an error" ||
			got["level"] != "ERROR" {
			t.Errorf("logged %v", got)
		}
	}()
	respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		w.WriteHeader(http.StatusSwitchingProtocols)
		return outOfStock
	}).ServeHTTP(rec, request())
}

// TestHijackedConnection checks that an error after hijacking is logged at level Error, even if it
// has a code, since the client does not get it.
func TestHijackedConnection(t *testing.T) {
	for name, failure := range map[string]error{"without a code": errors.New("after the fact"),
		"with a code": outOfStock} {
		t.Run(name, func(t *testing.T) { hijack(t, failure) })
	}
}

func hijack(t *testing.T, failure error) {
	respond, logged := newResponder(t, problem.Options{})
	handler := respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close()
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmine")
		}()
		return failure
	})
	returned := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(returned)
		handler.ServeHTTP(w, r)
	}))
	resp, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	<-returned // The server does not wait for handlers of hijacked connections.
	server.Close()
	if err != nil || string(body) != "mine" {
		t.Errorf("%q, %v", body, err)
	}
	if got := line(t, logged); got["msg"] != "error after the connection was hijacked" ||
		got["level"] != "ERROR" {
		t.Errorf("logged %v", got)
	}
}

// TestUnsupportedMethods checks that methods return ErrNotSupported if the server's writer lacks
// them.
func TestUnsupportedMethods(t *testing.T) {
	respond, _ := newResponder(t, problem.Options{})
	rec := httptest.NewRecorder()
	respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		control := http.NewResponseController(w)
		if _, _, err := control.Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("hijack: %v", err)
		}
		if err := control.Flush(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("flush: %v", err)
		}
		return outOfStock
	}).ServeHTTP(struct{ http.ResponseWriter }{rec}, request())
	if rec.Code != 409 {
		t.Errorf("status %d, want 409: nothing was sent yet", rec.Code)
	}
}

func TestReadFrom(t *testing.T) {
	name := filepath.Join(t.TempDir(), "big")
	content := bytes.Repeat([]byte("0123456789"), 1000)
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	inner := &readerFrom{ResponseRecorder: httptest.NewRecorder()}
	respond, _ := newResponder(t, problem.Options{})
	respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		n, err := w.(io.ReaderFrom).ReadFrom(file)
		if n != int64(len(content)) {
			t.Errorf("copied %d of %d bytes", n, len(content))
		}
		return err
	}).ServeHTTP(inner, request())
	if !bytes.Equal(inner.Body.Bytes(), content) {
		t.Errorf("received %d of %d bytes", inner.Body.Len(), len(content))
	}
	if inner.copied != int64(len(content))-512 {
		t.Errorf("the server's writer copied %d bytes", inner.copied)
	}
}

type readerFrom struct {
	*httptest.ResponseRecorder
	copied int64
}

func (w *readerFrom) ReadFrom(src io.Reader) (n int64, err error) {
	n, err = io.Copy(w.ResponseRecorder, src)
	w.copied += n
	return n, err
}

func TestHandlerContext(t *testing.T) {
	calls := 0
	profile := func(*http.Request) string { calls++; return "ar" }
	respond, _ := newResponder(t, problem.Options{Profile: profile})
	rec := httptest.NewRecorder()
	respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		if got := errlingo.FromContext(r.Context()).Locale().String(); got != "ar" {
			t.Errorf("the context's locale is %s", got)
		}
		return signIn
	}).ServeHTTP(rec, request())
	if got := decode(t, rec); got.Lang != "ar" || got.Dir != "rtl" {
		t.Errorf("answered in %s %s", got.Lang, got.Dir)
	}
	if calls != 1 {
		t.Errorf("Profile was called %d times", calls)
	}
}

// TestCanceledByProgram checks that a client whose request was canceled by the program, for example
// because it shuts down, does not get an empty response with status 200.
func TestCanceledByProgram(t *testing.T) {
	respond, logged := newResponder(t, problem.Options{})
	base, cancel := context.WithCancel(context.Background())
	server := httptest.NewUnstartedServer(respond.Handler(func(w http.ResponseWriter,
		r *http.Request) error {
		cancel()
		<-r.Context().Done()
		return r.Context().Err()
	}))
	server.Config.BaseContext = func(net.Listener) context.Context { return base }
	server.Start()
	resp, err := server.Client().Get(server.URL)
	if err == nil {
		resp.Body.Close()
		t.Errorf("the client got %s", resp.Status)
	}
	server.Close()
	if got := line(t, logged); got["level"] != "DEBUG" {
		t.Errorf("logged %v", got)
	}
}

func TestHandlerClientGone(t *testing.T) {
	respond, _ := newResponder(t, problem.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	rec := httptest.NewRecorder()
	respond.Handler(func(w http.ResponseWriter,
		r *http.Request) error {
		return r.Context().Err()
	}).ServeHTTP(rec, request().WithContext(ctx))
	if rec.Body.Len() > 0 || len(rec.Header()) > 0 {
		t.Errorf("written: %v %q", rec.Header(), rec.Body)
	}
}

// TestHeadConnection checks that the response to HEAD has the Content-Length of that to GET, and no
// body.
func TestHeadConnection(t *testing.T) {
	respond, _ := newResponder(t, problem.Options{})
	server := httptest.NewServer(respond.Handler(func(http.ResponseWriter,
		*http.Request) error {
		return outOfStock
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn,
		"HEAD / HTTP/1.1\r\nHost: shop\r\n\r\nGET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n")
	responses := bufio.NewReader(conn)
	head, err := http.ReadResponse(responses, &http.Request{Method: http.MethodHead})
	if err != nil {
		t.Fatal(err)
	}
	get, err := http.ReadResponse(responses, &http.Request{Method: http.MethodGet})
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(get.Body)
	if head.ContentLength != int64(len(body)) || head.StatusCode != get.StatusCode {
		t.Errorf("HEAD: %d, %d bytes; GET: %d, %d bytes", head.StatusCode, head.ContentLength,
			get.StatusCode, len(body))
	}
}
