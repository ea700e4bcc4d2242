package main

import (
	"net/mail"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// order is an order as the buyer typed it, sent as a form or as JSON.
type order struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Quantity string `json:"quantity"`
}

const (
	minQuantity = 1
	maxQuantity = 20
)

// check returns one error for everything that is wrong with the order.
func (o order) check() error {
	var violations []catalog.Violation
	add := func(path string, err error) {
		violations = append(violations, catalog.Violation{Path: path, Err: err})
	}
	if strings.TrimSpace(o.Name) == "" {
		add("/name", FieldMissing.New(Field.Arg(NameField)))
	}
	if strings.TrimSpace(o.Email) == "" {
		add("/email", codes.EmailMissing)
	} else if _, err := mail.ParseAddress(o.Email); err != nil {
		add("/email", codes.InvalidEmailAddress.Wrap(err, codes.Email.Arg(o.Email)))
	}
	if n, err := strconv.Atoi(o.Quantity); err != nil || n < minQuantity || n > maxQuantity {
		add("/quantity", QuantityOutOfRange.New(Least.Arg(minQuantity), Most.Arg(maxQuantity)))
	}
	if len(violations) == 0 {
		return nil
	}
	return codes.ValidationError.New(codes.Count.Arg(len(violations))).With(violations...)
}
