package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// scripts are ways to run a script, each with one of the frames.
var scripts = []string{
	`<script>hacked=1</script>`, `<ScRiPt>hacked=1</sCrIpT>`, `<script/x>hacked=1</script>`,
	`<img src=x onerror=hacked=1>`, `<svg onload=hacked=1>`, `<svg><script>hacked=1</script></svg>`,
	`<iframe srcdoc="<script>parent.hacked=1</script>">`, `<details open ontoggle=hacked=1>`,
	`<input autofocus onfocus=hacked=1>`, `<body onload=hacked=1>`,
	`<video><source onerror=hacked=1></video>`, `<a href="javascript:hacked=1" id=x>x</a>`,
	`<math><mtext></mtext><script>hacked=1</script></math>`,
}

// frames are where a script may hope to be.
var frames = []string{"%s", `">%s`, `'>%s`, "</title>%s", "--><!-- -->%s", "</style>%s", "\u202e%s\r\n"}

// TestInjection puts scripts into arguments and translations, and opens the pages in a browser. None
// of them runs, and no element of theirs is on the page.
func TestInjection(t *testing.T) {
	browser := openBrowser(t)
	var current atomic.Pointer[http.Handler]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		(*current.Load()).ServeHTTP(w, r)
	}))
	defer server.Close()
	ctx, cancel := chromedp.NewContext(browser)
	defer cancel()
	tested := 0
	for _, frame := range frames {
		for _, script := range scripts {
			payload := fmt.Sprintf(frame, script)
			handler := injected(t, payload)
			current.Store(&handler)
			do(t, ctx, chromedp.Navigate(server.URL))
			elements := get(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll(`+
				`"script, img, svg, iframe, details, input, video, math, #x").length`))
			ran := get(t, ctx, chromedp.Evaluate[bool](`window.hacked !== undefined`))
			page := get(t, ctx, chromedp.Evaluate[string](`document.documentElement.outerHTML`))
			if ran || elements > 0 {
				t.Errorf("%q: it ran: %v, %d elements", payload, ran, elements)
			}
			if strings.ContainsRune(page, '\u202e') {
				t.Errorf("%q: the page has U+202E", payload)
			}
			if !strings.Contains(page, "hacked=1") {
				t.Errorf("%q is not on the page: %.2000s", payload, page)
			}
			tested++
		}
	}
	t.Logf("%d pages", tested)
}

// injected returns a handler that answers with an error whose translations and argument are the
// payload.
func injected(t *testing.T, payload string) http.Handler {
	t.Helper()
	// A translation may turn its own paragraph, which lint reports; an argument must not.
	translation := strings.ReplaceAll(payload, "\u202e", "")
	text := fmt.Sprintf("[FILE_TOO_LARGE.title]\nother = %[1]q\n[FILE_TOO_LARGE.detail]\n"+
		"other = %[2]q\n", translation, translation+" {{.FileName}}")
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{
			{Domain: codes.Domain, FS: locales.FS},
			{Domain: codes.Domain, FS: fstest.MapFS{"en.toml": {Data: []byte(text)}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return problem.New(bundle, problem.Options{}).Handler(
		func(http.ResponseWriter, *http.Request) error {
			return codes.FileTooLarge.New(codes.FileName.Arg(payload), codes.SizeLimit.Arg(1000))
		})
}
