package main

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	standard "github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

//go:embed locales
var locales embed.FS

//go:embed templates
var templates embed.FS

// The size limits of a request body, in bytes.
const (
	maxForm  = 8_000 // a form or an order; people fill in a few hundred bytes
	maxPhoto = 64_000
)

// accent is the color of links and buttons, on the shop's own pages and those of package problem.
const accent = "#0f5f6b"

// languageCookie is the cookie that holds the chosen language.
const languageCookie = "shop_language"

// shop serves the pages and the API.
type shop struct {
	respond   *problem.Responder
	directory *directory
	languages []languageOption
	stock     *stock
	orders    *limiter
	pages     *template.Template
}

// newShop returns the shop's handler. The first source, with the shop's own texts, decides which
// languages are available.
func newShop(logger *slog.Logger) (http.Handler, error) {
	bundle, err := loadTexts()
	if err != nil {
		return nil, err
	}
	return newHandler(bundle, logger)
}

func loadTexts() (*errlingo.Bundle, error) {
	return errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: Domain, FS: locales},
		{Domain: codes.Domain, FS: standard.FS},
	}})
}

func newHandler(bundle *errlingo.Bundle, logger *slog.Logger) (http.Handler, error) {
	pages, err := template.ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, err
	}
	options := problem.Options{
		Query: "lang", Cookie: languageCookie, MethodNotAllowed: MethodNotAllowed, Logger: logger,
		Brand: problem.Brand{Label: labelShop, Accent: accent},
		Links: problem.Links{Support: "mailto:help@shop.example"},
	}
	s := &shop{
		respond: problem.New(bundle, options),
		stock:   newStock(),
		orders:  &limiter{max: 5, per: time.Minute, now: time.Now},
		pages:   pages,
	}
	for _, l := range languages {
		if slices.Contains(bundle.Locales(), language.Make(l.Tag)) {
			s.languages = append(s.languages, l)
		}
	}
	if s.directory, err = newDirectory(options); err != nil {
		return nil, err
	}
	return s.routes(), nil
}

func (s *shop) routes() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, f func(http.ResponseWriter, *http.Request) error) {
		mux.Handle(pattern, s.respond.Handler(f))
	}
	handle("GET /{$}", s.home)
	handle("POST /language", s.chooseLanguage)
	handle("GET /items/{id}", s.showItem)
	handle("GET /order", s.showOrder)
	handle("POST /order", s.sendOrder)
	handle("POST /photo", s.takePhoto)
	handle("POST /items/{id}/reserve", s.reserve)
	handle("GET /codes", s.showDirectory)
	handle("GET /errors/{name}", s.showCode)
	handle("GET /database", s.askDatabase)
	handle("GET /checkout", s.checkout)
	handle("GET /panic", s.fail)

	handle("GET /api/items/{id}", s.apiItem)
	handle("POST /api/items/{id}/reserve", s.reserve)
	handle("POST /api/orders", s.apiOrder)
	handle("POST /api/photos", s.takePhoto)
	handle("GET /api/database", s.askDatabase)
	handle("GET /api/checkout", s.checkout)
	handle("GET /api/panic", s.fail)
	return http.NewCrossOriginProtection().Handler(s.respond.Mux(mux))
}

// chooseLanguage stores the user's choice in a cookie and redirects to the home page. It accepts
// only the tags of the buttons on the page, so there is nothing to parse.
func (s *shop) chooseLanguage(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(w, r); err != nil {
		return err
	}
	tag := r.PostForm.Get("to")
	if !slices.ContainsFunc(s.languages, func(l languageOption) bool { return l.Tag == tag }) {
		return LanguageUnknown
	}
	http.SetCookie(w, &http.Cookie{
		Name: languageCookie, Value: tag, Path: "/", MaxAge: 365 * 24 * 60 * 60,
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// parseForm parses a form of at most maxForm bytes.
func parseForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	return problem.DecodeError(r.ParseForm())
}

// itemID parses the item's number in the path. If it is not a number, ItemNotFound has nothing to
// show, so the error is that of any other address that does not exist.
func itemID(r *http.Request) (int, error) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return 0, codes.ObjectNotFound.Wrap(err, codes.ObjectType.Arg(codes.KindPage),
			codes.ObjectID.Arg(r.URL.Path))
	}
	return id, nil
}
