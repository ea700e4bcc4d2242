package release

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
)

// The types of PEM blocks that keys are in, as RFC 7468 names them.
const (
	privateBlock = "PRIVATE KEY"
	publicBlock  = "PUBLIC KEY"
)

// NewKey returns a new private key.
func NewKey() ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed) // It never returns an error.
	return ed25519.NewKeyFromSeed(seed)
}

// KeyID returns the name of a key: the first 8 bytes of the SHA-256 of the public key, in hex.
func KeyID(key ed25519.PublicKey) string {
	hash := sha256.Sum256(key)
	return hex.EncodeToString(hash[:8])
}

// EncodePrivate returns a private key as PEM with PKCS #8 (RFC 8410), as
//
//	openssl genpkey -algorithm ed25519
//
// prints it.
func EncodePrivate(key ed25519.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("the private key can't be written: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: der}), nil
}

// EncodePublic returns a public key as PEM with PKIX (RFC 8410), as
//
//	openssl pkey -pubout
//
// prints it.
func EncodePublic(key ed25519.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, fmt.Errorf("the public key can't be written: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: der}), nil
}

// ParsePrivate reads a private key in the form of [EncodePrivate]. Errors have nothing of the key
// in them.
func ParsePrivate(text []byte) (ed25519.PrivateKey, error) {
	const hint = "make one with: openssl genpkey -algorithm ed25519"
	der, err := decode(text, privateBlock, hint)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, fmt.Errorf("the private key is damaged; %s", hint)
	}
	private, is := key.(ed25519.PrivateKey)
	if !is {
		return nil, fmt.Errorf("the private key is %T, not one of ed25519; %s", key, hint)
	}
	return private, nil
}

// ParsePublic reads a public key in the form of [EncodePublic].
func ParsePublic(text []byte) (ed25519.PublicKey, error) {
	const hint = "print the one of a private key with: openssl pkey -pubout -in FILE"
	der, err := decode(text, publicBlock, hint)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, fmt.Errorf("the public key is damaged; %s", hint)
	}
	public, is := key.(ed25519.PublicKey)
	if !is {
		return nil, fmt.Errorf("the public key is %T, not one of ed25519; %s", key, hint)
	}
	return public, nil
}

// decode returns what is in the PEM block that the text is.
func decode(text []byte, want, hint string) ([]byte, error) {
	block, rest := pem.Decode(text)
	switch {
	case block == nil:
		return nil, fmt.Errorf("there is no key in PEM; %s", hint)
	case block.Type != want:
		return nil, fmt.Errorf("expected a %q, found a %.40q; %s", want, block.Type, hint)
	case len(bytes.TrimSpace(rest)) > 0:
		return nil, fmt.Errorf("something follows the key; keep one key in a file")
	}
	return block.Bytes, nil
}
