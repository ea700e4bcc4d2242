package main

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/errlingo/errlingo/problem"
)

func (s *shop) apiItem(w http.ResponseWriter, r *http.Request) error {
	id, err := itemID(r)
	if err != nil {
		return err
	}
	it, err := s.stock.item(id)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, struct {
		ID   int
		Name string
		Left int
	}{it.ID, s.respond.Localizer(r).Label(it.Name).Value, it.Left})
}

func (s *shop) apiOrder(w http.ResponseWriter, r *http.Request) error {
	var o order
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	if err == nil {
		err = json.Unmarshal(body, &o)
	}
	if err != nil {
		return problem.DecodeErrorIn(body, &o, err)
	}
	if err := o.check(); err != nil {
		return err
	}
	if err := s.orders.allow(); err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, o)
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
	return nil
}
