package main

import (
	"net/mail"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// order is what a buyer sends, by form or as JSON, as it was typed.
type order struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Quantity string `json:"quantity"`
}

const (
	leastQuantity = 1
	mostQuantity  = 20
)

// check returns all that is wrong with the order as one error.
func (o order) check() error {
	var faults []catalog.Violation
	fault := func(path string, err error) { faults = append(faults, catalog.Violation{Path: path, Err: err}) }
	if strings.TrimSpace(o.Name) == "" {
		fault("/name", FieldMissing.New(Field.Arg(NameField)))
	}
	if strings.TrimSpace(o.Email) == "" {
		fault("/email", codes.EmailMissing)
	} else if _, err := mail.ParseAddress(o.Email); err != nil {
		fault("/email", codes.InvalidEmailAddress.Wrap(err, codes.Email.Arg(o.Email)))
	}
	if n, err := strconv.Atoi(o.Quantity); err != nil || n < leastQuantity || n > mostQuantity {
		fault("/quantity", QuantityOutOfRange.New(Least.Arg(leastQuantity), Most.Arg(mostQuantity)))
	}
	if len(faults) == 0 {
		return nil
	}
	return codes.ValidationError.New(codes.Count.Arg(len(faults))).With(faults...)
}
