package studio

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"
)

//go:embed web
var web embed.FS

// Access says who may use the page.
type Access struct {
	Token string   // the secret in the address that the command prints
	Hosts []string // the hosts, with the port, that the page is served on
}

// NewToken returns a secret that nobody can guess.
func NewToken() string { return rand.Text() }

// cookieName returns the name of the cookie that holds the token. It has the port in it, since a
// browser sends the cookies of one port to all ports of a machine.
func cookieName(r *http.Request) string {
	_, port, _ := net.SplitHostPort(r.Host)
	return "studio-" + port
}

// maxBody is the most bytes of a request: a text of 64 KiB in six forms, in JSON.
const maxBody = 1 << 20

// policy lets the page load its own files only, and no other page show it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
	"img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'"

// Handler returns the page and its interface, for those who may use it.
func (s *Server) Handler(access Access) http.Handler {
	mux := http.NewServeMux()
	files, err := fs.Sub(web, "web")
	if err != nil {
		panic(err) // The folder is embedded.
	}
	mux.Handle("GET /", http.FileServerFS(files))
	mux.Handle("GET /preview/{n}", &s.previews)
	for pattern, answer := range map[string]func(*http.Request) (any, error){
		"GET /api/project":  s.getProject,
		"GET /api/texts":    s.getTexts,
		"GET /api/text":     s.getText,
		"GET /api/changes":  s.getChanges,
		"POST /api/lint":    s.postLint,
		"POST /api/preview": s.postPreview,
		"POST /api/save":    s.writes(s.postSave),
		"POST /api/review":  s.writes(s.postReview),
		"POST /api/draft":   s.writes(s.postDraft),
		"POST /api/undo":    s.writes(s.postUndo),
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			document, err := answer(r)
			if err != nil {
				refuse(w, err)
				return
			}
			writeJSON(w, http.StatusOK, document)
		})
	}
	return access.guard(mux)
}

// guard lets requests pass that come from the page itself. A page of another site can make the
// browser send requests here, but doesn't know the token, and the browser says where such a request
// comes from. The host is checked since a name of another site may lead to this address.
func (a *Access) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !slices.Contains(a.Hosts, r.Host) {
			refuseEntry(w, r, &refusal{status: http.StatusForbidden,
				text: fmt.Sprintf("the studio is not served on %q", r.Host), hint: useAddress})
			return
		}
		if r.Method == http.MethodGet && r.URL.Path == "/" && r.URL.Query().Has("token") {
			a.enter(w, r)
			return
		}
		cookie, err := r.Cookie(cookieName(r))
		if err != nil || !a.isToken(cookie.Value) {
			refuseEntry(w, r, &refusal{status: http.StatusForbidden,
				text: "this browser doesn't have the token of the studio", hint: useNewAddress})
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			if err := checkSender(r); err != nil {
				refuse(w, err)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

const (
	useAddress    = "open the address that extract studio printed"
	useNewAddress = useAddress + "; each start has a token of its own"
)

// entryStyle is the style of entryPage, which is all that a browser without the token may load.
const entryStyle = "body{font:100%/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;" +
	"padding:0 1rem}h1{font-size:1.25rem}code{font-size:.875em}"

// entryPage shows a person why the studio stays closed, and how to open it.
var entryPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Studio</title>
<style>{{.Style}}</style>
<h1>Open the address that <code>extract studio</code> printed</h1>
<p>It ends with a token. You see this page because {{.Reason}}.</p>
<p>Each start has a token of its own. If you don’t find the address any more, end the studio with
Ctrl-C and start it again.</p>
</html>
`))

// refuseEntry answers a browser that may not use the studio: with a page if a person has typed the
// address, and as refuse does if a program asks.
func refuseEntry(w http.ResponseWriter, r *http.Request, why *refusal) {
	accepted := strings.Contains(r.Header.Get("Accept"), "text/html")
	if !accepted || strings.HasPrefix(r.URL.Path, "/api/") {
		refuse(w, why)
		return
	}
	hash := sha256.Sum256([]byte(entryStyle))
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+
		base64.StdEncoding.EncodeToString(hash[:])+"'; base-uri 'none'; form-action 'none'; "+
		"frame-ancestors 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(why.status)
	// If it fails, nobody is there to be told.
	_ = entryPage.Execute(w, struct {
		Style  template.CSS
		Reason string
	}{entryStyle, why.text})
}

func (a *Access) isToken(given string) bool {
	return subtle.ConstantTimeCompare([]byte(given), []byte(a.Token)) == 1
}

// enter gives the browser the cookie, and takes the token out of its address bar.
func (a *Access) enter(w http.ResponseWriter, r *http.Request) {
	if !a.isToken(r.URL.Query().Get("token")) {
		refuseEntry(w, r, &refusal{status: http.StatusForbidden, text: "the token is wrong",
			hint: useNewAddress})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName(r), Value: a.Token, Path: "/", HttpOnly: true,
		SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// checkSender returns an error unless a request that may change something comes from the page.
func checkSender(r *http.Request) error {
	if origin := r.Header.Get("Origin"); origin != "http://"+r.Host {
		return &refusal{status: http.StatusForbidden,
			text: fmt.Sprintf("requests from %q are refused", origin),
			hint: "only the studio's own page may send them"}
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" {
		return &refusal{status: http.StatusForbidden,
			text: fmt.Sprintf("the content type %q is refused", kind), hint: "send application/json"}
	}
	return nil
}

// refusal is the answer to a request that cannot be served.
type refusal struct {
	status   int
	text     string
	hint     string
	conflict *conflictDocument
	findings []findingDocument
}

func (r *refusal) Error() string { return r.text }

// refuse answers with an error.
func refuse(w http.ResponseWriter, err error) {
	var r *refusal
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &r):
	case errors.As(err, &large):
		r = &refusal{status: http.StatusRequestEntityTooLarge,
			text: fmt.Sprintf("the request has more than %d bytes", large.Limit),
			hint: "a text has at most 64 KiB"}
	default:
		r = &refusal{status: http.StatusServiceUnavailable, text: reason(err)}
	}
	writeJSON(w, r.status, struct {
		Error    string            `json:"error"`
		Hint     string            `json:"hint,omitempty"`
		Conflict *conflictDocument `json:"conflict,omitempty"`
		Findings []findingDocument `json:"findings,omitempty"`
	}{r.text, r.hint, r.conflict, r.findings})
}

func writeJSON(w http.ResponseWriter, status int, document any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document) // If it fails, nobody is there to be told.
}

// readJSON reads the body of a request.
func readJSON(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, err = d.Token(); err == io.EOF {
			return nil
		}
	}
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return &refusal{status: http.StatusBadRequest,
		text: fmt.Sprintf("the request cannot be read: %v", err), hint: "reload the page"}
}

// writes returns the answer of a request that changes files, which a read-only studio refuses.
func (s *Server) writes(answer func(*http.Request) (any, error)) func(*http.Request) (any, error) {
	return func(r *http.Request) (any, error) {
		if s.options.ReadOnly {
			return nil, &refusal{status: http.StatusForbidden,
				text: "the studio was started to read only, so nothing is written",
				hint: "start it without --read-only"}
		}
		return answer(r)
	}
}
