//go:build nats

package main

import (
	"context"
	"crypto/ed25519"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet"
)

func init() {
	follow = func(bundle *errlingo.Bundle) error {
		conn, err := nats.Connect(nats.DefaultURL)
		if err != nil {
			return err
		}
		return fleet.Follow(context.Background(), bundle, fleet.NATS(conn), fleet.Options{
			Domain: domain, Keys: []ed25519.PublicKey{fleet.MustParseKey(nil)},
		})
	}
}
