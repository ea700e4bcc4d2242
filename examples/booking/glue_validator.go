package main

import (
	"github.com/go-playground/validator/v10"

	"github.com/errlingo/errlingo"
	bridge "github.com/errlingo/errlingo/bridge/validator"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/rules"
)

// ruleTexts are the sentences in all languages.
var ruleTexts = errlingo.Source{Domain: rules.Domain, FS: rules.Locales}

var validate = validator.New(validator.WithRequiredStructEnabled())

// labels are the names of an order's fields, as readers know them.
var labels = bridge.Bridge{Labels: map[string]*catalog.Label{
	"/name": NameField, "/email": EmailField, "/seats": SeatsField, "/total": TotalField,
}}

// checkOrder returns one error for everything that is wrong with the fields of an order.
func checkOrder(o *order) error { return labels.Convert(validate.Struct(o), o) }
