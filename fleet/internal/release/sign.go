package release

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxSize is how many bytes a signed release may have.
const MaxSize = 8 << 10

// A signed release has two lines, each with its end: the release as JSON, and
//
//	ed25519 <key ID> <signature in base64>
//
// The signature is of context and the first line. No other program signs a message that begins so,
// and the number in it changes with any field that an older receiver must not overlook.
const (
	context   = "errlingo fleet release 1\n"
	algorithm = "ed25519"
)

// Sign returns a release in its signed form, for [Open].
func Sign(r *Release, key ed25519.PrivateKey) ([]byte, error) {
	if len(key) != ed25519.PrivateKeySize {
		return nil, errors.New("there is no key to sign the release with; read one from a file")
	}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	line, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("the release can't be written: %w", err)
	}
	signature := ed25519.Sign(key, message(line))
	signed := fmt.Appendf(line, "\n%s %s %s\n", algorithm,
		KeyID(key.Public().(ed25519.PublicKey)), base64.StdEncoding.EncodeToString(signature))
	if len(signed) > MaxSize {
		return nil, fmt.Errorf("the release has %d bytes, but at most %d are read; shorten its note",
			len(signed), MaxSize)
	}
	return signed, nil
}

func message(line []byte) []byte { return append([]byte(context), line...) }

// Open returns the release that one of the keys has signed. Nothing of it is read before the
// signature is known to be right.
//
// Fields that are unknown here are ignored, so that a publisher may be newer than the receivers: a
// field that they must not ignore comes with another context, and so with a signature that they do
// not accept.
func Open(signed []byte, keys []ed25519.PublicKey) (*Release, error) {
	if len(signed) > MaxSize {
		return nil, fmt.Errorf("the release has %d bytes, but at most %d are read; publish it again",
			len(signed), MaxSize)
	}
	line, rest, _ := bytes.Cut(signed, []byte("\n"))
	last, end, ended := strings.Cut(string(rest), "\n")
	fields := strings.Split(last, " ")
	if !ended || end != "" || len(fields) != 3 || fields[0] != algorithm {
		return nil, errors.New("the release is not signed, or cut; publish it again")
	}
	i := slices.IndexFunc(keys, func(k ed25519.PublicKey) bool {
		return len(k) == ed25519.PublicKeySize && KeyID(k) == fields[1]
	})
	if i < 0 {
		return nil, fmt.Errorf("the release is signed with the key %.40q, and this program accepts %s; "+
			"add the key if you trust its holder", fields[1], idsOf(keys))
	}
	signature, err := base64.StdEncoding.DecodeString(fields[2])
	// It has one form, so that a release has one, too. The decoder knows more.
	canonical := err == nil && base64.StdEncoding.EncodeToString(signature) == fields[2]
	if !canonical || !ed25519.Verify(keys[i], message(line), signature) {
		return nil, fmt.Errorf("the signature is not of key %q and this release; it was changed on its "+
			"way, or is of a later version of errlingo: publish it again, or update the program",
			fields[1])
	}
	r := new(Release)
	if err := json.Unmarshal(line, r); err != nil {
		return nil, fmt.Errorf("the release can't be read: %w; publish it again", err)
	}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	return r, nil
}

func idsOf(keys []ed25519.PublicKey) string {
	if len(keys) == 0 {
		return "no key"
	}
	ids := make([]string, len(keys))
	for i, key := range keys {
		ids[i] = KeyID(key)
	}
	return strings.Join(ids, ", ")
}
