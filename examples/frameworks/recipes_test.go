package frameworks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v3"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/examples/frameworks/withchi"
	"github.com/errlingo/errlingo/examples/frameworks/withecho"
	"github.com/errlingo/errlingo/examples/frameworks/withfiber"
	"github.com/errlingo/errlingo/examples/frameworks/withgin"
	"github.com/errlingo/errlingo/examples/frameworks/withhuma"
	"github.com/errlingo/errlingo/internal/wireschema"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

var wireSchema = wireschema.MustRead("../../docs/problem.schema.json")

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode) // or it prints its routes
	os.Exit(m.Run())
}

// recipes start a server by each recipe, and return its address.
var recipes = map[string]func(*testing.T, *problem.Responder) string{
	"chi":   onHTTP(withchi.New),
	"echo":  onHTTP(withecho.New),
	"gin":   onHTTP(withgin.New),
	"fiber": onFiber,
	"huma":  onHTTP(withhuma.New),
}

func onHTTP(recipe func(*problem.Responder) http.Handler) func(*testing.T, *problem.Responder) string {
	return func(t *testing.T, respond *problem.Responder) string {
		server := httptest.NewServer(recipe(respond))
		t.Cleanup(server.Close)
		return server.URL
	}
}

func onFiber(t *testing.T, respond *problem.Responder) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := withfiber.New(respond)
	done := make(chan error, 1)
	go func() { done <- app.Listener(listener, fiber.ListenConfig{DisableStartupMessage: true}) }()
	t.Cleanup(func() {
		if err := app.ShutdownWithTimeout(time.Second); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String()
}

// logs collects log lines of several goroutines.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newResponder(t *testing.T) (*problem.Responder, *logs) {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: codes.Domain, FS: locales.FS}, {Domain: rules.Domain, FS: rules.Locales},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var l logs
	logger := slog.New(slog.NewTextHandler(&l, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return problem.New(bundle, problem.Options{Logger: logger, Query: "lang"}), &l
}

// document is what the tests read of a response's JSON.
type document struct {
	Status                    int
	Name, Title, Detail, Lang string
	Errors                    []struct{ Name, Pointer, Title, Detail string }
}

func TestRecipes(t *testing.T) {
	tests := []struct {
		name    string
		method  string
		path    string
		body    string
		status  int
		code    string
		pointer string            // of the first error inside, if there is one
		texts   map[string]string // the detail, or that of the first error inside
		log     string
	}{
		{"unknown address", "GET", "/oders", "", 404, "OBJECT_NOT_FOUND", "", map[string]string{
			"en": "We couldn’t find the page “/oders”.",
			"de": "Seite „/oders“ wurde nicht gefunden.",
			"ar": "تعذّر العثور على صفحة «\u2068/oders\u2069».",
		}, "OBJECT_NOT_FOUND"},
		{"wrong method", "DELETE", "/orders", "", 405, "COMMAND_UNAVAILABLE", "", map[string]string{
			"en": "DELETE isn’t available here.",
			"de": "DELETE ist hier nicht verfügbar.",
			"ar": "لا يتوفر \u2068DELETE\u2069 هنا.",
		}, "COMMAND_UNAVAILABLE"},
		{"malformed JSON", "POST", "/orders", `{"item": "socks"`, 400, "INVALID_JSON", "", map[string]string{
			"en": "The data isn’t well-formed JSON in UTF-8.",
			"de": "Die Daten sind kein wohlgeformtes JSON in UTF-8.",
			"ar": "البيانات ليست نصًا سليم الصياغة بتنسيق JSON وترميز UTF-8.",
		}, "INVALID_JSON"},
		{"wrong type", "POST", "/orders", `{"item": "socks", "pieces": "two"}`, 0, "", "#/pieces", nil, "pieces"},
		{"invalid field", "POST", "/orders", `{"item": "socks", "pieces": 21}`, 422, "VALIDATION_ERROR", "#/pieces", map[string]string{
			"en": "Enter 20 or less.",
			"de": "Geben Sie höchstens 20 ein.",
			"ar": "يُرجى إدخال 20 أو أقل.",
		}, "VALIDATION_ERROR"},
		{"body too large", "POST", "/orders", `{"item": "` + strings.Repeat("x", 64<<10) + `", "pieces": 1}`, 413, "OBJECT_TOO_LARGE", "", nil, "OBJECT_TOO_LARGE"},
		{"panic", "POST", "/orders", `{"item": "fire", "pieces": 1}`, 500, "INTERNAL_SERVER_ERROR", "", map[string]string{
			"en": "This wasn’t caused by anything you did.",
			"de": "Das liegt nicht an Ihnen.",
			"ar": "لا علاقة لذلك بأي شيء فعلته.",
		}, "panic: secret: the warehouse is on fire"},
		{"error without a code", "POST", "/orders", `{"item": "rust", "pieces": 1}`, 500, "INTERNAL_SERVER_ERROR", "", nil, "secret: the database is rusty"},
		{"error with a code", "POST", "/orders", `{"item": "hats", "pieces": 1}`, 404, "OBJECT_NOT_FOUND", "", map[string]string{
			"en": "We couldn’t find the object “hats”.",
			"de": "Objekt „hats“ wurde nicht gefunden.",
			"ar": "تعذّر العثور على كائن «\u2068hats\u2069».",
		}, "OBJECT_NOT_FOUND"},
	}
	for framework, start := range recipes {
		t.Run(framework, func(t *testing.T) {
			respond, logged := newResponder(t)
			url := start(t, respond)
			for _, test := range tests {
				for _, lang := range []string{"en", "de", "ar"} {
					t.Run(test.name+"/"+lang, func(t *testing.T) {
						before := len(logged.String())
						res, body := send(t, test.method, url+test.path, test.body, lang)
						var doc document
						if err := json.Unmarshal(body, &doc); err != nil {
							t.Fatalf("status %d: %v\n%s", res.StatusCode, err, body)
						}
						if test.status == 0 {
							test.status, test.code = 400, "INCORRECT_TYPE"
							if framework == "huma" { // which compares types with its schema itself
								test.status, test.code = 422, "VALIDATION_ERROR"
							}
						}
						if res.StatusCode != test.status || doc.Status != test.status || doc.Name != test.code || doc.Lang != lang {
							t.Errorf("answered %d %s in %q, want %d %s\n%s", res.StatusCode, doc.Name, doc.Lang, test.status, test.code, body)
						}
						text, pointer := doc.Detail, ""
						if len(doc.Errors) > 0 {
							text, pointer = doc.Errors[0].Detail, doc.Errors[0].Pointer
						}
						if want := test.texts[lang]; test.texts != nil && text != want || pointer != test.pointer {
							t.Errorf("said %q at %q, want %q at %q", text, pointer, want, test.pointer)
						}
						checkHeader(t, res, lang)
						if allow := res.Header.Get("Allow"); (res.StatusCode == 405) != strings.Contains(allow, "POST") {
							t.Errorf("Allow: %q", allow)
						}
						if strings.Contains(string(body), "secret") || strings.Contains(string(body), ".go:") {
							t.Errorf("leaked: %s", body)
						}
						line := logged.String()[before:]
						n := strings.Count(line, "\n")
						if n == 0 || n > 1 && len(test.body) < large || !strings.Contains(line, test.log) {
							t.Errorf("logged %q, want one line with %q", line, test.log)
						}
					})
				}
			}
		})
	}
}

// large is the size of a body that may have to be sent again.
const large = 64 << 10

func send(t *testing.T, method, url, body, lang string) (*http.Response, []byte) {
	t.Helper()
	client := http.Client{Transport: wireSchema.Transport(t, http.DefaultTransport)}
	var res *http.Response
	for tries := 1; ; tries++ {
		req, err := http.NewRequest(method, url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		// In two lines, as a proxy may send it.
		req.Header.Add("Accept-Language", "xx")
		req.Header.Add("Accept-Language", lang)
		if res, err = client.Do(req); err == nil {
			break
		}
		// A server that refuses a large body may reset the connection while it is sent. The answer is
		// lost then: RFC 9112, section 9.6.
		if len(body) < large || tries == 20 {
			t.Fatal(err)
		}
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, answer
}

func checkHeader(t *testing.T, res *http.Response, lang string) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Type":     "application/problem+json",
		"Content-Language": lang,
		"Cache-Control":    "no-store",
		"Vary":             "Accept, Accept-Language",
	} {
		if got := strings.Join(res.Header.Values(name), " | "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestHead checks that an answer to HEAD has the header of that to GET, and no body.
func TestHead(t *testing.T) {
	for framework, start := range recipes {
		t.Run(framework, func(t *testing.T) {
			respond, _ := newResponder(t)
			url := start(t, respond)
			got, _ := send(t, "GET", url+"/oders", "", "de")
			head, body := send(t, "HEAD", url+"/oders", "", "de")
			if head.StatusCode != 404 || len(body) > 0 || head.ContentLength <= 0 || head.ContentLength != got.ContentLength {
				t.Errorf("status %d, length %d, want %d; body %q", head.StatusCode, head.ContentLength, got.ContentLength, body)
			}
			checkHeader(t, head, "de")
		})
	}
}

// TestGone checks that a client that is gone gets no answer, where the framework notices, and that
// the server goes on.
func TestGone(t *testing.T) {
	for framework, start := range recipes {
		t.Run(framework, func(t *testing.T) {
			respond, logged := newResponder(t)
			url := start(t, respond)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
				WroteRequest: func(httptrace.WroteRequestInfo) { cancel() },
			})
			req, err := http.NewRequestWithContext(ctx, "POST", url+"/orders", strings.NewReader(`{"item": "slow", "pieces": 1}`))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			if res, err := http.DefaultClient.Do(req); err == nil {
				_ = res.Body.Close()
				t.Fatalf("answered with %s", res.Status)
			}
			want := "request canceled by the client"
			if framework == "fiber" { // fasthttp reads nothing while a handler runs
				want = ""
			}
			for deadline := time.Now().Add(10 * time.Second); !strings.Contains(logged.String(), want); {
				if time.Now().After(deadline) {
					t.Fatalf("logged %q, want %q", logged, want)
				}
				time.Sleep(time.Millisecond)
			}
			if res, body := send(t, "POST", url+"/orders", `{"item": "socks", "pieces": 1}`, "en"); res.StatusCode != 204 {
				t.Errorf("then answered %d %s", res.StatusCode, body)
			}
		})
	}
}

// TestLanguage checks that handlers find the reader's language in the context. Each request has the
// language in the same place of memory as the one before, in fiber.
func TestLanguage(t *testing.T) {
	for framework, start := range recipes {
		t.Run(framework, func(t *testing.T) {
			respond, _ := newResponder(t)
			url := start(t, respond)
			for i := range 30 {
				lang := []string{"en", "de", "ar"}[i%3]
				if res, body := send(t, "GET", url+"/language", "", lang); res.StatusCode != 200 || string(body) != lang {
					t.Fatalf("request %d: status %d, %q, want %q", i, res.StatusCode, body, lang)
				}
				if _, body := send(t, "GET", url+"/language?lang=de", "", lang); string(body) != "de" {
					t.Fatalf("request %d: chose %q, want that of the query", i, body)
				}
			}
		})
	}
}

// TestHeaderStartsAnew checks that what a handler has set for another response is not sent with an
// error, by the frameworks' own ways to return one.
func TestHeaderStartsAnew(t *testing.T) {
	respond, _ := newResponder(t)
	app := withfiber.New(respond)
	app.Get("/moved", func(c fiber.Ctx) error {
		c.Set("Location", "/elsewhere")
		c.Set("X-Request-Id", "7")
		c.Cookie(&fiber.Cookie{Name: "seen", Value: "1"})
		return codes.Timeout
	})
	res, err := app.Test(httptest.NewRequest("GET", "/moved", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != 504 || res.Header.Get("Location") != "" || res.Header.Get("X-Request-Id") != "7" ||
		!strings.HasPrefix(res.Header.Get("Set-Cookie"), "seen=1") {
		t.Errorf("answered %d %v", res.StatusCode, res.Header)
	}
}

// TestPage checks that docs/frameworks.md shows each recipe as it is, and how many lines it has
// without imports and the handlers of the service.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/frameworks.md")
	if err != nil {
		t.Fatal(err)
	}
	for framework := range recipes {
		source, err := os.ReadFile("with" + framework + "/" + framework + ".go")
		if err != nil {
			t.Fatal(err)
		}
		_, imports, _ := strings.Cut(string(source), "\nimport (")
		if !strings.Contains(string(page), "```go\nimport ("+imports+"```\n") {
			t.Errorf("docs/frameworks.md does not show the recipe for %s as it is", framework)
		}
		_, glue, _ := strings.Cut(string(source), "\nfunc New(")
		glue, _, _ = strings.Cut(glue, "\nfunc order(")
		lines := 0
		for line := range strings.Lines(glue) {
			if code := strings.TrimSpace(line); code != "" && !strings.HasPrefix(code, "//") {
				lines++
			}
		}
		if row := regexp.MustCompile(`(?m)^\| \[` + framework + `\].* \| (\d+) \|`).FindStringSubmatch(string(page)); row == nil || row[1] != strconv.Itoa(lines) {
			t.Errorf("docs/frameworks.md: the row of %s is %q, and the recipe has %d lines", framework, row, lines)
		}
	}
}
