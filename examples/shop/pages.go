package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// page is the data of the templates, or a part of it.
type page struct {
	Lang, Dir string
	Heading   errlingo.Text
	Labels    map[string]errlingo.Text
	Languages []languageOption
	Items     []goods
	Order     order
	Problem   *errlingo.Message // what is wrong with the order, or nil
	Thanks    errlingo.Text     // what to thank the user for, or ""
}

// goods is an item with its texts in the user's language.
type goods struct {
	item
	Name, Stock errlingo.Text
}

// languageOption is a language that the user can choose.
type languageOption struct {
	Tag, Name string
	Selected  bool
}

// languages are those of the standard codes, by their names in Latin letters. The shop itself has
// fewer.
var languages = []languageOption{
	{Tag: "ar", Name: "العربية"},
	{Tag: "cs", Name: "Čeština"},
	{Tag: "de", Name: "Deutsch"},
	{Tag: "en", Name: "English"},
	{Tag: "es", Name: "Español"},
	{Tag: "fr", Name: "Français"},
	{Tag: "he", Name: "עברית"},
	{Tag: "hi", Name: "हिन्दी"},
	{Tag: "id", Name: "Bahasa Indonesia"},
	{Tag: "it", Name: "Italiano"},
	{Tag: "ja", Name: "日本語"},
	{Tag: "ko", Name: "한국어"},
	{Tag: "nl", Name: "Nederlands"},
	{Tag: "pl", Name: "Polski"},
	{Tag: "pt-BR", Name: "Português (Brasil)"},
	{Tag: "ru", Name: "Русский"},
	{Tag: "sv", Name: "Svenska"},
	{Tag: "tr", Name: "Türkçe"},
	{Tag: "uk", Name: "Українська"},
	{Tag: "vi", Name: "Tiếng Việt"},
	{Tag: "zh-Hans", Name: "简体中文"},
	{Tag: "zh-Hant", Name: "繁體中文"},
}

// selected returns the languages with that of the page selected.
func selected(languages []languageOption, tag string) []languageOption {
	options := slices.Clone(languages)
	for i := range options {
		options[i].Selected = options[i].Tag == tag
	}
	return options
}

// field is one field of the order form.
type field struct {
	Name, Value, Type, Autocomplete, Mode string
	Label                                 errlingo.Text
	Error                                 *errlingo.Message // what is wrong, or nil
}

// Fields returns the fields of the order form with their values and errors.
func (p *page) Fields() []field {
	fields := []field{
		{Name: "name", Value: p.Order.Name, Type: "text", Autocomplete: "name", Mode: "text"},
		{Name: "email", Value: p.Order.Email, Type: "email", Autocomplete: "email", Mode: "email"},
		{Name: "quantity", Value: p.Order.Quantity, Type: "text", Autocomplete: "off", Mode: "numeric"},
	}
	for i := range fields {
		f := &fields[i]
		f.Label, f.Error = p.Labels[f.Name], p.Problem.Field("/"+f.Name)
	}
	return fields
}

func (s *shop) newPage(loc *errlingo.Localizer, items ...item) *page {
	p := &page{Lang: loc.Locale().String(), Dir: loc.Dir(), Labels: map[string]errlingo.Text{}}
	for name, label := range pageLabels {
		p.Labels[name] = loc.Label(label)
	}
	for _, it := range items {
		p.Items = append(p.Items, goods{it, loc.Label(it.Name), loc.Phrase(it.stock())})
	}
	p.Languages = selected(s.languages, p.Lang)
	return p
}

// show sends a page. If the template fails, it sends nothing and returns the error.
func (s *shop) show(w http.ResponseWriter, status int, name, lang string, data any) error {
	var body bytes.Buffer
	if err := s.pages.ExecuteTemplate(&body, name, data); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", lang)
	h.Set("Cache-Control", "no-store")
	s.respond.Vary(w)
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // If this fails, the client is gone.
	return nil
}

func (s *shop) home(w http.ResponseWriter, r *http.Request) error {
	return s.showHome(w, r, nil)
}

// showHome shows the home page, which thanks the user if there is a label for that.
func (s *shop) showHome(w http.ResponseWriter, r *http.Request, thanks *catalog.Label) error {
	loc := s.respond.Localizer(r)
	p := s.newPage(loc, s.stock.items...)
	p.Heading, p.Thanks = p.Labels["all"], loc.Label(thanks)
	return s.show(w, http.StatusOK, "home.html", p.Lang, p)
}

func (s *shop) showItem(w http.ResponseWriter, r *http.Request) error {
	id, err := itemID(r)
	if err != nil {
		return err
	}
	it, err := s.stock.item(id)
	if err != nil {
		return err
	}
	p := s.newPage(s.respond.Localizer(r), it)
	p.Heading = p.Items[0].Name
	return s.show(w, http.StatusOK, "item.html", p.Lang, p)
}

func (s *shop) showOrder(w http.ResponseWriter, r *http.Request) error {
	p := s.newPage(s.respond.Localizer(r))
	p.Heading = p.Labels["order"]
	return s.show(w, http.StatusOK, "order.html", p.Lang, p)
}

// sendOrder takes an order and says thank you. If the order is invalid, it shows the form again
// with an error next to each field.
func (s *shop) sendOrder(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(w, r); err != nil {
		return err
	}
	o := order{
		Name:     r.PostForm.Get("name"),
		Email:    r.PostForm.Get("email"),
		Quantity: r.PostForm.Get("quantity"),
	}
	if err := o.check(); err != nil {
		loc := s.respond.Localizer(r)
		p, m := s.newPage(loc), loc.Localize(err)
		p.Heading, p.Order, p.Problem = p.Labels["order"], o, &m
		return s.show(w, http.StatusUnprocessableEntity, "order.html", p.Lang, p)
	}
	if err := s.orders.allow(); err != nil {
		return err
	}
	return s.showHome(w, r, labelThanks)
}

// takePhoto reads and discards the photo, whether it was sent by a form or by curl --data-binary.
func (s *shop) takePhoto(w http.ResponseWriter, r *http.Request) error {
	if _, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, maxPhoto)); err != nil {
		return fmt.Errorf("read photo: %w", err)
	}
	return s.showHome(w, r, labelReceived)
}

func (s *shop) reserve(w http.ResponseWriter, r *http.Request) error {
	id, err := itemID(r)
	if err != nil {
		return err
	}
	if err := parseForm(w, r); err != nil {
		return err
	}
	pieces, err := strconv.Atoi(cmp.Or(r.Form.Get("pieces"), "1"))
	if err != nil || pieces < 1 {
		return QuantityOutOfRange.Wrap(err, Least.Arg(minQuantity), Most.Arg(maxQuantity))
	}
	if err := s.stock.reserve(id, pieces); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *shop) askDatabase(http.ResponseWriter, *http.Request) error {
	return s.stock.count(s.stock.items[0])
}

// checkout returns several errors at once.
func (s *shop) checkout(http.ResponseWriter, *http.Request) error {
	return errors.Join(
		VoucherExpired.New(ValidTill.Arg(time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC))),
		CardRefused.New(Cards.Arg([]string{"Visa", "Mastercard"})),
		s.stock.reserve(3, 1000),
		codes.InvalidLinkedSession.New(codes.Provider.Arg(codes.ProviderGoogle)),
	)
}

// fail panics. The text of the panic is logged but not shown.
func (s *shop) fail(http.ResponseWriter, *http.Request) error {
	var empty []item
	_ = empty[len(s.stock.items)]
	return nil
}
