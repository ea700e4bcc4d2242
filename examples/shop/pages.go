package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
)

// page is the data of the template.
type page struct {
	Lang, Dir string
	Labels    map[string]string
	Languages []languageOption
	Items     []item
	Order     order
	Problem   *errlingo.Message // what is wrong with the order, or nil
	Thanks    string            // what to thank the user for, or ""
}

// languageOption is a language that the user can choose.
type languageOption struct {
	Tag, Name string
	Selected  bool
}

var languages = []languageOption{
	{Tag: "en", Name: "English"},
	{Tag: "de", Name: "Deutsch"},
	{Tag: "ar", Name: "العربية"},
}

// field is one field of the order form.
type field struct {
	Name, Label, Value, Type, Autocomplete string
	Error                                  *errlingo.Message // what is wrong, or nil
}

// Field returns a field of the order form with its value and error.
func (p *page) Field(name, autocomplete, inputType string) field {
	f := field{Name: name, Label: p.Labels[name], Type: inputType, Autocomplete: autocomplete}
	switch name {
	case "name":
		f.Value = p.Order.Name
	case "email":
		f.Value = p.Order.Email
	case "quantity":
		f.Value = p.Order.Quantity
	}
	if p.Problem != nil {
		f.Error = p.Problem.Field("/" + name)
	}
	return f
}

func (s *shop) newPage(r *http.Request) *page {
	loc := s.respond.Localizer(r)
	p := &page{
		Lang:   loc.Locale().String(),
		Dir:    loc.Dir(),
		Labels: map[string]string{},
		Items:  s.stock.items,
	}
	for name, label := range pageLabels {
		p.Labels[name] = loc.Label(label).Value
	}
	for _, l := range languages {
		l.Selected = l.Tag == p.Lang
		p.Languages = append(p.Languages, l)
	}
	return p
}

// show sends a page. If the template fails, it sends nothing and returns the error.
func (s *shop) show(w http.ResponseWriter, status int, p *page) error {
	var body bytes.Buffer
	if err := s.pages.ExecuteTemplate(&body, "shop.html", p); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", p.Lang)
	h.Set("Cache-Control", "no-store")
	s.respond.Vary(w)
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // If this fails, the client is gone.
	return nil
}

func (s *shop) home(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, http.StatusOK, s.newPage(r))
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
	p := s.newPage(r)
	p.Items = []item{it}
	return s.show(w, http.StatusOK, p)
}

// sendOrder takes an order and says thank you. If the order is invalid, it shows the form again
// with an error next to each field.
func (s *shop) sendOrder(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(w, r); err != nil {
		return err
	}
	p := s.newPage(r)
	p.Order = order{
		Name:     r.PostForm.Get("name"),
		Email:    r.PostForm.Get("email"),
		Quantity: r.PostForm.Get("quantity"),
	}
	if err := p.Order.check(); err != nil {
		m := s.respond.Localizer(r).Localize(err)
		p.Problem = &m
		return s.show(w, http.StatusUnprocessableEntity, p)
	}
	if err := s.orders.allow(); err != nil {
		return err
	}
	p.Order, p.Thanks = order{}, s.respond.Localizer(r).Label(labelThanks).Value
	return s.show(w, http.StatusOK, p)
}

// takePhoto reads and discards the photo, whether it was sent by a form or by curl --data-binary.
func (s *shop) takePhoto(w http.ResponseWriter, r *http.Request) error {
	if _, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, maxPhoto)); err != nil {
		return fmt.Errorf("read photo: %w", err)
	}
	p := s.newPage(r)
	p.Thanks = s.respond.Localizer(r).Label(labelReceived).Value
	return s.show(w, http.StatusOK, p)
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
