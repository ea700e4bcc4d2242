//go:build watch

package main

import (
	"context"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/watch"
)

func init() {
	follow = func(bundle *errlingo.Bundle) error {
		return watch.Reload(context.Background(), bundle, nil, ".")
	}
}
