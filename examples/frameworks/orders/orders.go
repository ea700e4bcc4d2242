// Package orders is a small service for the recipes. It knows nothing of HTTP frameworks.
package orders

import (
	"context"
	"errors"
	"time"

	playground "github.com/go-playground/validator/v10"

	"github.com/errlingo/errlingo/bridge/validator"
	"github.com/errlingo/errlingo/catalog/codes"
)

// Order is what a client sends.
type Order struct {
	Item   string `json:"item" validate:"required"`
	Pieces int    `json:"pieces" validate:"min=1,max=20"`
}

// Validator checks structs by their tags, for the frameworks that take a validator.
type Validator struct{}

var (
	validate = playground.New(playground.WithRequiredStructEnabled())
	bridge   validator.Bridge
)

// Validate returns an error with a violation for each field of the struct that is invalid.
func (Validator) Validate(value any) error {
	return bridge.Convert(validate.Struct(value), value)
}

// Wait is how long an order of "slow" takes, unless the client is gone before.
const Wait = 300 * time.Millisecond

// Place takes an order. Some items fail in their own ways.
func Place(ctx context.Context, o Order) error {
	switch o.Item {
	case "hats":
		return codes.ObjectNotFound.New(
			codes.ObjectType.Arg(codes.KindObject), codes.ObjectID.Arg(o.Item))
	case "fire":
		panic("secret: the warehouse is on fire")
	case "rust":
		return errors.New("secret: the database is rusty")
	case "slow":
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(Wait):
		}
	}
	return nil
}
