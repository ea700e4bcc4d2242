package release_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet/internal/release"
)

// The keys of RFC 8410, section 10.
const (
	rfcPublic  = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
	rfcPrivate = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n"
)

func TestKeys(t *testing.T) {
	private, err := release.ParsePrivate([]byte(rfcPrivate))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := release.ParsePublic([]byte(rfcPublic))
	if err != nil || !parsed.Equal(private.Public()) {
		t.Errorf("the public key is %x, %v", parsed, err)
	}
	if got, err := release.EncodePrivate(private); string(got) != rfcPrivate || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if got, err := release.EncodePublic(parsed); string(got) != rfcPublic || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if id := release.KeyID(parsed); len(id) != 16 || id == release.KeyID(public(release.NewKey())) {
		t.Errorf("the ID is %q", id)
	}
	if release.NewKey().Equal(release.NewKey()) {
		t.Error("new keys are the same")
	}
}

// Keys of openssl are read, and its signature of a release is accepted.
func TestOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	private, err := exec.Command(openssl, "genpkey", "-algorithm", "ed25519").Output()
	if err != nil {
		t.Skip("openssl has no ed25519: ", err)
	}
	file := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(file, private, 0o600); err != nil {
		t.Fatal(err)
	}
	pub, err := exec.Command(openssl, "pkey", "-pubout", "-in", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	key, err := release.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	read, err := release.ParsePublic(pub)
	if err != nil || !read.Equal(key.Public()) {
		t.Errorf("the public key is %x, %v", read, err)
	}
	if again, _ := release.EncodePrivate(key); !bytes.Equal(again, private) {
		t.Error("the private key is written in another form")
	}
}

func TestParseKeyRefuses(t *testing.T) {
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block := func(name string, der []byte, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: name, Bytes: der}))
	}
	otherPrivate, errPrivate := x509.MarshalPKCS8PrivateKey(other)
	otherPublic, errPublic := x509.MarshalPKIXPublicKey(&other.PublicKey)
	secret := strings.Split(rfcPrivate, "\n")[1]
	tests := []struct {
		name, text string
		private    bool
		want       string
	}{
		{"nothing", "", true, "there is no key in PEM"},
		{"not PEM", secret, true, "openssl genpkey -algorithm ed25519"},
		{"the public key", rfcPublic, true, `expected a "PRIVATE KEY", found a "PUBLIC KEY"`},
		{"of SSH", block("OPENSSH PRIVATE KEY", []byte("x"), nil), true, `found a "OPENSSH PRIVATE KEY"`},
		{"encrypted", block("ENCRYPTED PRIVATE KEY", []byte("x"), nil), true, `found a "ENCRYPTED PRIVATE KEY"`},
		{"damaged", block("PRIVATE KEY", []byte("x"), nil), true, "the private key is damaged"},
		{"another algorithm", block("PRIVATE KEY", otherPrivate, errPrivate), true, "not one of ed25519"},
		{"two keys", rfcPrivate + rfcPrivate, true, "keep one key in a file"},

		{"nothing", "", false, "there is no key in PEM"},
		{"the private key", rfcPrivate, false, `expected a "PUBLIC KEY", found a "PRIVATE KEY"`},
		{"damaged", block("PUBLIC KEY", []byte("x"), nil), false, "the public key is damaged"},
		{"another algorithm", block("PUBLIC KEY", otherPublic, errPublic), false, "not one of ed25519"},
		{"two keys", rfcPublic + rfcPublic, false, "keep one key in a file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			parse := func() error { _, err := release.ParsePublic([]byte(test.text)); return err }
			if test.private {
				parse = func() error { _, err := release.ParsePrivate([]byte(test.text)); return err }
			}
			err := parse()
			expectError(t, err, test.want)
			if strings.Contains(err.Error(), secret[20:]) {
				t.Errorf("the error has the key in it: %v", err)
			}
		})
	}
}
