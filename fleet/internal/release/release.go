// Package release says which pack the servers of a fleet show, in a record that only the holder of
// a key can make.
package release

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/naming"
)

// Release says which texts the nodes of a fleet show in one domain.
type Release struct {
	Domain   string `json:"domain"`
	Revision uint64 `json:"revision"` // one more with each release; decides what is newer
	Pack     Ref    `json:"pack"`     // what the nodes of the share show
	Share    int    `json:"share"`    // from 1 to 100, in percent of the nodes
	// Rest is what the others show while Share is below 100; nil for the texts of their program.
	Rest *Ref `json:"rest,omitempty"`
	// Back is the revision whose texts a rollback publishes again, never a rollback itself unless that
	// revision isn't kept any more. It is 0 for all other releases.
	Back uint64 `json:"back,omitempty"`
	// Time is by the clock of the publisher. It is for people; nothing is decided by it.
	Time time.Time `json:"time"`
	Note string    `json:"note,omitempty"` // for people
}

// Ref names a pack.
type Ref struct {
	Digest      pack.Digest `json:"digest"`
	Size        int         `json:"size"` // of the pack, in bytes
	Fingerprint string      `json:"fingerprint"`
	Git         string      `json:"git,omitempty"` // the revision of the sources, for people
}

// RefOf returns the reference of a pack that was encoded as data.
func RefOf(p *pack.Pack, data []byte, git string) Ref {
	return Ref{Digest: pack.Of(data), Size: len(data), Fingerprint: p.Fingerprint, Git: git}
}

// MaxRevision is the largest revision. Programs in other languages can read it from JSON (RFC 8259,
// section 6).
const MaxRevision = 1<<53 - 1

// MaxText is the length of the longest Note and of the longest Git, in bytes.
const MaxText = 500

// Validate returns what is wrong with a release: an error about the first field that has a value
// which it may not have.
func (r *Release) Validate() error {
	switch {
	case !naming.Domain(r.Domain):
		return fmt.Errorf("the domain of the release is %s; a name has the form %s",
			diag.Quote(r.Domain), naming.DomainForm)
	case r.Revision == 0:
		return fmt.Errorf("the release has no revision; the first is 1")
	case r.Revision > MaxRevision:
		return fmt.Errorf("the revision of the release is %d; the last one that there can be is %d",
			r.Revision, uint64(MaxRevision))
	case r.Share < 1 || r.Share > 100:
		return fmt.Errorf("the share of the release is %d%%; it must be between 1 and 100", r.Share)
	case r.Back >= r.Revision:
		return fmt.Errorf("the release is revision %d and goes back to revision %d; "+
			"only an earlier one can be gone back to", r.Revision, r.Back)
	case r.Share == 100 && r.Rest != nil:
		return fmt.Errorf("the release is for all nodes, so there is no rest that shows %v; "+
			"lower the share or leave out the rest", r.Rest.Digest)
	}
	if err := r.Pack.validate(); err != nil {
		return err
	}
	if r.Rest != nil {
		if err := r.Rest.validate(); err != nil {
			return err
		}
	}
	return checkText("note", r.Note)
}

func (r *Ref) validate() error {
	switch {
	case r.Digest == pack.Digest{}:
		return fmt.Errorf("the release names a pack without a digest; publish the texts again")
	case r.Size <= 0:
		return fmt.Errorf("the release says that pack %v has %d bytes; publish the texts again",
			r.Digest, r.Size)
	}
	if err := checkText("fingerprint", r.Fingerprint); err != nil {
		return err
	}
	return checkText("git revision", r.Git)
}

// checkText reports a text that would not be fit to be printed on a terminal.
func checkText(what, s string) error {
	if len(s) > MaxText {
		return fmt.Errorf("the %s of the release has %d bytes; shorten it to %d",
			what, len(s), MaxText)
	}
	for _, r := range s {
		if r == utf8.RuneError || !strconv.IsPrint(r) {
			return fmt.Errorf("the %s of the release is %s; use letters that can be printed",
				what, diag.Quote(s))
		}
	}
	return nil
}

// For returns the pack that a node shows, nil for the texts of its program. A node of the share
// stays one when the share grows, and a new pack begins with other nodes.
func (r *Release) For(node string) *Ref {
	hash := sha256.Sum256(append(r.Pack.Digest[:len(r.Pack.Digest):len(r.Pack.Digest)], node...))
	if binary.BigEndian.Uint64(hash[:])%100 < uint64(max(r.Share, 0)) {
		return &r.Pack
	}
	return r.Rest
}
