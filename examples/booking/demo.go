package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// startDemo starts a server of NATS in this process, makes a key with which texts can be published
// to it, and prints how. All files are in the folder. The returned function stops the server.
func startDemo(dir string, stdout io.Writer) (texts published, stop func(), err error) {
	key := filepath.Join(dir, "demo.key")
	if err := makeKey(key); err != nil {
		return published{}, nil, err
	}
	nats, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: dir, NoSigs: true,
	})
	if err != nil {
		return published{}, nil, err
	}
	nats.Start()
	stop = func() { nats.Shutdown(); nats.WaitForShutdown() }
	if !nats.ReadyForConnections(10 * time.Second) {
		stop()
		return published{}, nil, errors.New("the server of NATS doesn't start")
	}
	fmt.Fprintf(stdout, `Texts are published at %s. Edit a text in locales/de.toml, and publish it:
	go tool errlingo-fleet publish --server %[1]s --key %s --first
	go tool errlingo-fleet rollout status --server %[1]s --trust %[2]s.pub
`, nats.ClientURL(), key)
	return published{from: nats.ClientURL(), key: key + ".pub", poll: time.Second}, stop, nil
}

// makeKey writes a new private key to a file, and its public key to the file with .pub at the end
// of its name.
func makeKey(file string) error {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return err
	}
	privateDER, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	publicDER, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return err
	}
	write := func(file, block string, der []byte, mode os.FileMode) error {
		return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: block, Bytes: der}), mode)
	}
	return errors.Join(write(file, "PRIVATE KEY", privateDER, 0o600),
		write(file+".pub", "PUBLIC KEY", publicDER, 0o644))
}
