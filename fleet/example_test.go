package fleet_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/fleet"
)

var (
	museum = catalog.NewDomain("museum")
	shut   = museum.Define(1, "CLOSED", catalog.Spec{Title: "The museum is closed"})
)

// A program follows what is published in a bucket of NATS, signed with a key that it knows.
func ExampleNATS() {
	follow := func(ctx context.Context, bundle *errlingo.Bundle, publicKey []byte) error {
		conn, err := nats.Connect("nats://nats.example:4222",
			nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort())
		if err != nil {
			return err
		}
		defer conn.Close()
		return fleet.Follow(ctx, bundle, fleet.NATS(conn), fleet.Options{
			Domain:   museum,
			Keys:     []ed25519.PublicKey{fleet.MustParseKey(publicKey)},
			Cache:    "/var/lib/museum/texts",
			OnStatus: func(s fleet.Status) { log.Print(s) },
		})
	}
	_ = follow
}

// Without a server, a program follows a folder.
func ExampleFollow() {
	folder, err := os.MkdirTemp("", "museum")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	texts := []byte("[CLOSED.title]\nother = \"Das Museum ist zu\"\n")
	if err := os.WriteFile(filepath.Join(folder, "de.toml"), texts, 0o644); err != nil {
		log.Fatal(err)
	}

	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: museum}}})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	err = fleet.Follow(ctx, bundle, fleet.Dir(folder), fleet.Options{
		Domain: museum,
		OnStatus: func(s fleet.Status) {
			fmt.Println(bundle.Localizer("de").Title(shut))
			stop() // A program follows until it ends.
		},
	})
	fmt.Println(err)
	// Output:
	// Das Museum ist zu
	// <nil>
}

// A program that knows a wrong key would take no texts, so it doesn't start.
func ExampleMustParseKey() {
	defer func() { fmt.Println(recover()) }()
	fleet.MustParseKey([]byte("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"))
	// Output:
	// fleet: the public key is damaged; print the one of a private key with: openssl pkey -pubout -in FILE
}

// The key is as "openssl pkey -pubout" prints it.
func ExampleParseKey() {
	key, err := fleet.ParseKey([]byte(`-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
`))
	fmt.Printf("%x… %v\n", key[:4], err)
	// Output:
	// 19bf4409… <nil>
}
