//go:build folder

package main

import (
	"context"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet"
)

func init() {
	follow = func(bundle *errlingo.Bundle) error {
		return fleet.Follow(context.Background(), bundle, fleet.Dir("."), fleet.Options{Domain: domain})
	}
}
