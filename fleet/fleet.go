// Package fleet keeps the texts of many servers the same: a program follows what is published, and
// its readers see new texts within a second, without a deployment.
//
//	//go:embed fleet.pub
//	var key []byte
//
//	conn, err := nats.Connect(url, nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1),
//		nats.IgnoreAuthErrorAbort())
//	…
//	go fleet.Follow(ctx, bundle, fleet.NATS(conn), fleet.Options{
//		Domain: shop.Domain,
//		Keys:   []ed25519.PublicKey{fleet.MustParseKey(key)},
//		Cache:  "/var/lib/shop/texts",
//	})
//
// Texts travel through a key-value bucket of NATS JetStream, signed. Numbers, statuses and
// everything else that a program decides by stay in the program. The command errlingo-fleet makes
// the key, publishes, and shows which server has which texts:
//
//	go install github.com/errlingo/errlingo/fleet/cmd/errlingo-fleet@latest
//
// Without a server, [Dir] follows a folder.
package fleet

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
)

// Options say what [Follow] follows, and how.
type Options struct {
	// Domain is the domain whose texts are followed. It must not be nil. Follow is called once for
	// each domain.
	Domain *catalog.Domain
	// OnStatus, if it is not nil, is called by the goroutine of Follow whenever the status changes.
	OnStatus func(Status)

	// What follows is for [NATS].

	// Keys are the keys whose holders may publish. At least one is needed.
	Keys []ed25519.PublicKey
	// Node is the name by which this server is listed, and by which it is chosen when a release goes
	// to a share of the servers. It has at most 200 bytes. No two servers should have the same one;
	// "" is the name of the host.
	Node string
	// Bucket is the name of the bucket; "" is "errlingo".
	Bucket string
	// Cache is the folder in which the last good texts are kept, so that a start without the network
	// has them. It is created if it doesn't exist, and several programs may share it. If it is
	// "", nothing is kept, and each start begins with the texts of the program.
	Cache string
	// AtLeast is the lowest revision that is accepted. Without a cache, it is what keeps somebody who
	// can write to the bucket from showing older releases to a server that has just started.
	AtLeast uint64
	// MaxPack is the largest pack that is accepted, in bytes, compressed; 0 is 32 MiB.
	MaxPack int
	// Poll is how often the server is asked for the current release besides being listened to, and
	// how often this server reports; 0 is one minute. A report says how soon the next one comes, and
	// is kept for a day, so a server that polls less often isn't listed all the time.
	Poll time.Duration
}

// Status says which texts a server shows.
type Status struct {
	Node   string `json:"node"`
	Domain string `json:"domain"`
	// Revision is that of the release that the server follows. It is 0 before the first one, and
	// always for a folder.
	Revision uint64 `json:"revision"`
	// Pack is the digest of the texts that are shown (SHA-256, in hex), or "" for those of the
	// program.
	Pack string `json:"pack,omitempty"`
	// Git is the revision of the sources from which the texts were published.
	Git string `json:"git,omitempty"`
	// LeftOut is the number of texts that are not shown since they are for another version of the
	// program. Above 100 in a file it is a lower bound.
	LeftOut int `json:"left_out,omitempty"`
	// Refused is the newest release that was refused, or nil if the one that is followed is newer.
	Refused *Refusal `json:"refused,omitempty"`
	// Err is what is wrong at present: why newer texts can't be had, such as a server that can't be
	// reached, or why they can't be kept in Options.Cache. It is nil if all is well.
	Err error `json:"-"`
}

// Refusal says which release was not accepted, and why.
type Refusal struct {
	Revision uint64 `json:"revision,omitempty"` // 0 if it is not known
	Pack     string `json:"pack,omitempty"`     // the digest, if it is known
	// Reason is for the publisher. Each line but the first is a [errlingo.Finding] about one text.
	Reason string `json:"reason"`
}

// Origin is where published texts come from: [NATS] or [Dir].
type Origin interface {
	follow(ctx context.Context, f *follower) error
}

// Follow keeps the domain's texts of the bundle as the origin publishes them, until the context
// ends. It does so by [errlingo.Bundle.Override], so what is published is shown over the bundle's
// own texts, and rendering costs no more than without it.
//
// New texts are taken as a whole or not at all. They are checked with the rules of "extract lint"
// against what this program declares: any error refuses them, and the last good texts stay. Texts
// that were published for an older or newer version of the program are shown where they fit it, and
// the program's own are shown for the others.
//
// Follow returns nil when the context ends. It returns an error if the options are invalid, if a
// folder can't be watched, or if the connection is closed for good; then the last good texts stay.
// An unreachable server is no such error: Follow goes on trying, and says so by Options.OnStatus.
func Follow(ctx context.Context, bundle *errlingo.Bundle, origin Origin, options Options) error {
	f, err := newFollower(bundle, options)
	if err != nil {
		return fmt.Errorf("fleet: %w", err)
	}
	if err := origin.follow(ctx, f); err != nil && ctx.Err() == nil {
		return fmt.Errorf("fleet: %w", err)
	}
	return nil
}

// The limits and defaults of [Options].
const (
	maxNode     = 200 // bytes
	defaultPack = 32 << 20
	defaultPoll = time.Minute
)

// complete returns the options with their defaults, or what is wrong with them.
func (o Options) complete() (Options, error) {
	if o.Domain == nil {
		return o, errors.New("Options.Domain is nil")
	}
	if o.Node == "" {
		host, err := os.Hostname()
		if err != nil {
			return o, fmt.Errorf("the name of the host is not known: %w\nhint: set Options.Node", err)
		}
		o.Node = host
	}
	if len(o.Node) > maxNode {
		return o, fmt.Errorf("Options.Node has %d bytes, more than %d", len(o.Node), maxNode)
	}
	if o.MaxPack < 0 || o.Poll < 0 {
		return o, errors.New("Options.MaxPack and Options.Poll must not be negative")
	}
	o.Bucket = cmp.Or(o.Bucket, store.DefaultBucket)
	o.MaxPack = cmp.Or(o.MaxPack, defaultPack)
	o.Poll = cmp.Or(o.Poll, defaultPoll)
	return o, nil
}

// ParseKey reads a public key in PEM (RFC 8410, section 4), as "openssl pkey -pubout" writes it.
func ParseKey(pem []byte) (ed25519.PublicKey, error) {
	key, err := release.ParsePublic(pem)
	if err != nil {
		return nil, fmt.Errorf("fleet: %w", err)
	}
	return key, nil
}

// MustParseKey is [ParseKey] for a key that is part of the program. It panics if the key is
// invalid.
func MustParseKey(pem []byte) ed25519.PublicKey {
	key, err := ParseKey(pem)
	if err != nil {
		panic(err)
	}
	return key
}
