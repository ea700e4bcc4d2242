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

// startDemo starts a server of NATS in this process, makes a key whose holder may publish, and
// prints the commands to try. All files are in the folder. The returned function stops the server.
func startDemo(dir string, stdout io.Writer) (p published, stop func(), err error) {
	key, err := makeKey(filepath.Join(dir, "demo.key"))
	if err != nil {
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
	url := nats.ClientURL()
	fmt.Fprintf(stdout, `Texts come from %s. Edit a text in locales, and try:
	errlingo-fleet publish --server %[1]s --key %s
	errlingo-fleet rollout status --server %[1]s --key %[2]s
`, url, key)
	return published{from: url, key: key + ".pub", poll: time.Second}, stop, nil
}

// makeKey makes a private key in a file, and its public key in a file with .pub at the end of its
// name, as "errlingo-fleet key" does. It returns the name of the first.
func makeKey(name string) (string, error) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return "", err
	}
	privateDER, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return "", err
	}
	publicDER, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return "", err
	}
	return name, errors.Join(
		os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: privateDER}), 0o600),
		os.WriteFile(name+".pub", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: publicDER}), 0o644),
	)
}
