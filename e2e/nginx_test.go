package e2e_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// config is nginx as a cache in front of a server, with files that only the server can hand out. It
// caches errors too, although problem forbids it, so that a cache that mixes up languages is seen.
const config = `
%[4]s
daemon off;
worker_processes 1;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	proxy_cache_path %[1]s/cache keys_zone=shop:1m;
	server {
		listen %[2]s;
		location /protected/ {
			internal;
			alias %[1]s/protected/;
		}
		location / {
			proxy_pass %[3]s;
			proxy_cache shop;
			proxy_cache_valid any 10m;
			proxy_ignore_headers Cache-Control Expires;
			add_header X-Cache $upstream_cache_status always;
		}
	}
}
`

// startNginx puts nginx in front of a server and returns its URL. It skips the test if nginx is not
// installed.
func startNginx(t *testing.T, server string) string {
	t.Helper()
	path, err := exec.LookPath("nginx")
	if err != nil {
		t.Skip("nginx is not installed; to run tests with it: apt-get install nginx-light")
	}
	// The path of a test's own folder may be too long for nginx, and closed to its worker.
	dir, err := os.MkdirTemp("", "nginx")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Mkdir(filepath.Join(dir, "protected"), 0o777); err != nil {
		t.Fatal(err)
	}
	err = os.WriteFile(filepath.Join(dir, "protected", "f.txt"), []byte("secret"), 0o666)
	if err != nil {
		t.Fatal(err)
	}
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;"
	}
	address := freeAddress(t)
	file := filepath.Join(dir, "nginx.conf")
	err = os.WriteFile(file, fmt.Appendf(nil, config, dir, address, server, user), 0o666)
	if err != nil {
		t.Fatal(err)
	}
	nginx := exec.Command(path, "-p", dir, "-e", filepath.Join(dir, "error.log"), "-c", file)
	nginx.Stderr = os.Stderr
	if err := nginx.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = nginx.Process.Signal(os.Interrupt)
		_ = nginx.Wait()
	})
	for range 100 {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return "http://" + address
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "error.log"))
	t.Fatalf("nginx does not answer: %s", log)
	return ""
}

// freeAddress returns an address on the loopback interface that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// fetch sends a request and returns the answer with its body.
func fetch(t *testing.T, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// TestRedirectOfFailedHandler lets a handler tell nginx to send a file, and then fail.
func TestRedirectOfFailedHandler(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{})
	handler := func(err error) http.Handler {
		return respond.Handler(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("X-Accel-Redirect", "/protected/f.txt")
			return err
		})
	}
	mux := http.NewServeMux()
	mux.Handle("/allowed", handler(nil))
	mux.Handle("/forbidden", handler(codes.OperationForbidden.New()))
	server := httptest.NewServer(mux)
	defer server.Close()
	nginx := startNginx(t, server.URL)

	if response, body := fetch(t, nginx+"/allowed"); response.StatusCode != 200 || body != "secret" {
		t.Fatalf("a handler that does not fail: %s: %q", response.Status, body)
	}
	response, body := fetch(t, nginx+"/forbidden", "Accept-Language", "de")
	if response.StatusCode != http.StatusForbidden || strings.Contains(body, "secret") ||
		response.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a handler that fails: %s: %q", response.Status, body)
	}
}

// TestCache sends requests in several languages and formats through a cache.
func TestCache(t *testing.T) {
	nginx := startNginx(t, startShop(t))
	languages := []struct{ accept, lang, title string }{
		{"en", "en", "Item not found"},
		{"en-GB,en;q=0.9", "en", "Item not found"},
		{"de", "de", "Artikel nicht gefunden"},
		{"de-CH, fr;q=0.9", "de", "Artikel nicht gefunden"},
		{"ar-EG", "ar", "المنتج غير موجود"},
		{"uk", "en", "Item not found"},
		{"1_2_3,;;=,de", "de", "Artikel nicht gefunden"},
	}
	formats := []struct{ accept, path, contentType string }{
		{"application/json", "/api/items/4711", "application/problem+json"},
		{"text/html", "/items/4711", "text/html"},
		{"text/html", "/api/items/4711", ""},
	}
	hits, requests := 0, 0
	for range 15 {
		for _, l := range languages {
			for _, f := range formats {
				response, body := fetch(t, nginx+f.path, "Accept-Language", l.accept, "Accept", f.accept)
				requests++
				if response.Header.Get("X-Cache") == "HIT" {
					hits++
				}
				if response.StatusCode != http.StatusNotFound ||
					response.Header.Get("Content-Language") != l.lang || !strings.Contains(body, l.title) ||
					!strings.HasPrefix(response.Header.Get("Content-Type"), f.contentType) {
					t.Errorf("%s, %s %s: %s, in %q: %.300s", l.accept, f.accept, f.path, response.Status,
						response.Header.Get("Content-Language"), body)
				}
			}
		}
	}
	t.Logf("%d requests, %d from the cache", requests, hits)
	if hits < requests/2 {
		t.Errorf("only %d of %d requests were answered from the cache", hits, requests)
	}
}
