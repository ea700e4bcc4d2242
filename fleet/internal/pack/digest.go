package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Digest is the SHA-256 of the bytes of a pack, by which it is known and found.
type Digest [sha256.Size]byte

// Of returns the digest of the bytes of a pack.
func Of(data []byte) Digest { return sha256.Sum256(data) }

// ParseDigest reads a digest in the form that [Digest.String] writes.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	err := d.UnmarshalText([]byte(s))
	return d, err
}

// String returns the digest in 64 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText implements [encoding.TextMarshaler] as [Digest.String].
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler] for what [Digest.MarshalText] returns.
func (d *Digest) UnmarshalText(text []byte) error {
	var read Digest
	if hex.DecodedLen(len(text)) == len(read) {
		if _, err := hex.Decode(read[:], text); err == nil && read.String() == string(text) {
			*d = read
			return nil
		}
	}
	return fmt.Errorf("%.70q is not a digest; it has %d digits, 0–9 and a–f",
		text, hex.EncodedLen(len(read)))
}
