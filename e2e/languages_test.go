package e2e_test

import (
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// overflowing returns what doesn't fit, one a line: elements that stick out of the window, and those
// whose content is cut off.
const overflowing = `[...document.body.querySelectorAll("*")].filter(e => {
	const box = e.getBoundingClientRect();
	return !e.closest(".skip") && box.width > 0 && (box.left < -1 || box.right > innerWidth + 1 ||
		getComputedStyle(e).overflowX != "visible" && e.scrollWidth > e.clientWidth + 1 && !e.matches("input, select"));
}).map(e => e.outerHTML.slice(0, 100)).join("\n")`

// TestLanguages looks at pages in languages with long words, other scripts, and from right to left,
// on a phone and on a desktop: each is in its language and runs its way, and nothing overflows.
func TestLanguages(t *testing.T) {
	browser, shop := openBrowser(t), startShop(t)
	problems := httptest.NewServer(errorPages(t))
	defer problems.Close()
	form := httptest.NewServer(failingForm(t))
	defer form.Close()
	pages := []struct{ name, address string }{
		{"codes", shop + "/codes?lang="},
		{"code", shop + "/errors/FILE_TOO_LARGE?lang="},
		{"problem", problems.URL + "/brand/fix?lang="},
		{"problems", problems.URL + "/brand/aggregate?lang="},
		{"form", form.URL + "/?lang="},
	}
	for _, language := range []struct{ tag, dir string }{
		{"ar", "rtl"}, {"de", "ltr"}, {"he", "rtl"}, {"hi", "ltr"}, {"ja", "ltr"}, {"zh-Hant", "ltr"},
	} {
		t.Run(language.tag, func(t *testing.T) {
			ctx, cancel := chromedp.NewContext(browser)
			defer cancel()
			do(t, ctx, acceptLanguage(language.tag))
			for _, page := range pages {
				do(t, ctx, chromedp.Navigate(page.address+language.tag))
				if got := attribute(t, ctx, "html", "lang"); got != language.tag {
					t.Errorf("%s: lang = %q", page.name, got)
				}
				if got := attribute(t, ctx, "html", "dir"); got != language.dir {
					t.Errorf("%s: dir = %q, want %q", page.name, got, language.dir)
				}
				for _, width := range []int64{390, 1280} {
					resize(t, ctx, page.name, width)
					if found := get(t, ctx, chromedp.Evaluate[string](overflowing)); found != "" {
						t.Errorf("%s, %d px: these don't fit:\n%s", page.name, width, found)
					}
					screenshot(t, ctx, fmt.Sprintf("languages-%s-%s-%d", language.tag, page.name, width))
				}
			}
		})
	}
}

// failingForm serves a form that was sent with mistakes, in all languages of the rules.
func failingForm(t *testing.T) http.Handler {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: codes.Domain, FS: locales.FS}, {Domain: rules.Domain, FS: rules.Locales},
	}})
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{Query: "lang", Logger: slog.New(slog.DiscardHandler)})
	mistakes := []struct {
		label *catalog.Label
		err   error
	}{
		{codes.FieldEmail, rules.NotEmail.Example()},
		{codes.FieldUsername, rules.TooShort.New(rules.Field.Arg(codes.FieldUsername), rules.MinLength.Arg(3))},
		{codes.FieldPassword, rules.FieldRequired.New(rules.Field.Arg(codes.FieldPassword))},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		loc := respond.Localizer(r)
		type field struct{ Label, Error errlingo.Text }
		data := struct {
			Lang, Dir string
			Problem   errlingo.Message
			Fields    []field
		}{loc.Locale().String(), loc.Dir(), loc.Localize(codes.ValidationError.New(codes.Count.Arg(3))), nil}
		for _, m := range mistakes {
			data.Fields = append(data.Fields, field{loc.Label(m.label), loc.Localize(m.err).Detail})
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := formPage.Execute(w, data); err != nil {
			t.Error(err)
		}
	})
}

var formPage = template.Must(template.New("").Parse(strings.TrimSpace(`
<!DOCTYPE html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Problem.Title}}</title>
<style>
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 28rem; min-height: 100vh; margin: 0 auto; padding: 1rem; box-sizing: border-box; overflow-wrap: anywhere; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 2px solid #b3261e; }
label { display: block; margin-top: 1rem; font-weight: 600; }
p { margin: 0; color: #b3261e; }
</style>
<h1>{{.Problem.Title}}</h1>
<p role="alert">{{.Problem.Detail}}</p>
{{range .Fields}}<label>{{.Label}} <input aria-invalid="true"></label><p>{{.Error}}</p>
{{end}}</html>`)))
