package main

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/problem"
)

// maxBody is how many bytes an order may have. People send a few hundred.
const maxBody = 8_000

// api is the theater over HTTP.
type api struct {
	*theater
	respond *problem.Responder
}

func (a *api) routes() chi.Router {
	r := chi.NewRouter()
	r.Use(a.respond.Middleware)
	r.NotFound(a.respond.NotFound().ServeHTTP)
	r.MethodNotAllowed(a.respond.MethodNotAllowed().ServeHTTP)
	r.Method("GET", "/performances", a.respond.Handler(a.list))
	r.Method("POST", "/bookings", a.respond.Handler(a.book))
	r.Method("GET", "/bookings/{booking}", a.respond.Handler(a.show))
	r.Method("DELETE", "/bookings/{booking}", a.respond.Handler(a.cancel))
	return r
}

// performanceJSON is a performance in a response.
type performanceJSON struct {
	ID       int       `json:"id"`
	Play     string    `json:"play"`
	Starts   time.Time `json:"starts"`
	Price    string    `json:"price"` // of one seat, such as "24.00"
	Currency string    `json:"currency"`
	Left     string    `json:"left"`
}

func (a *api) list(w http.ResponseWriter, r *http.Request) error {
	all, err := a.performances(r.Context())
	if err != nil {
		return err
	}
	loc := errlingo.FromContext(r.Context())
	list := make([]performanceJSON, len(all))
	for i, p := range all {
		price := euros(p.cents)
		list[i] = performanceJSON{
			ID: p.id, Play: loc.Label(p.play).Value, Starts: p.starts,
			Price: price.Digits, Currency: price.Currency, Left: loc.Phrase(p.stock()).Value,
		}
	}
	return a.send(w, r, http.StatusOK, list)
}

// bookingJSON is a booking in a response.
type bookingJSON struct {
	ID      string `json:"id"`
	Message string `json:"message"`
}

func (a *api) book(w http.ResponseWriter, r *http.Request) error {
	var o order
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err == nil {
		err = json.Unmarshal(body, &o)
	}
	if err != nil {
		return problem.DecodeErrorIn(body, &o, err)
	}
	b, err := a.theater.book(r.Context(), o)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/bookings/"+b.id)
	return a.sendBooking(w, r, http.StatusCreated, b)
}

func (a *api) show(w http.ResponseWriter, r *http.Request) error {
	b, err := a.find(r.Context(), chi.URLParam(r, "booking"))
	if err != nil {
		return err
	}
	return a.sendBooking(w, r, http.StatusOK, b)
}

func (a *api) cancel(w http.ResponseWriter, r *http.Request) error {
	if err := a.theater.cancel(r.Context(), chi.URLParam(r, "booking")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a *api) sendBooking(w http.ResponseWriter, r *http.Request, status int, b booking) error {
	message := errlingo.FromContext(r.Context()).Phrase(b.confirmation()).Value
	return a.send(w, r, status, bookingJSON{b.id, message})
}

// send sends a value whose texts are in the reader's language.
func (a *api) send(w http.ResponseWriter, r *http.Request, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Language", errlingo.FromContext(r.Context()).Locale().String())
	a.respond.Vary(w)
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // If this fails, the client is gone.
	return nil
}
