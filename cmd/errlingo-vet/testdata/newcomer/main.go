package main

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"strings"

	"example.com/cafe/orders"
	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/problem"
)

type order struct {
	Dish   string
	Wanted int
	Table  int
}

func take(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	err := orders.Take(o.Dish, o.Wanted, o.Table)
	if err == orders.DishNotFound {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if strings.Contains(err.Error(), "TOO_FEW") {
		json.NewEncoder(w).Encode(map[string]any{"error": err.Error(), "status": 409})
		return
	}
	if errors.Is(orders.KitchenClosed, err) || errors.Is(err, orders.NoTable.New()) {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	switch err {
	case nil:
		w.WriteHeader(http.StatusCreated)
	case orders.TooFew:
		w.WriteHeader(http.StatusConflict)
	}
}

func main() {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: orders.Domain}},
	})
	if err != nil {
		log.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{})
	http.HandleFunc("POST /orders", take)
	http.Handle("GET /orders", respond.Handler(func(http.ResponseWriter, *http.Request) error {
		return orders.KitchenClosed
	}))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
