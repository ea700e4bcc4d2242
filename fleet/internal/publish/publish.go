// Package publish makes releases: of new texts, to more servers, and back to earlier texts.
package publish

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
)

// Publisher publishes the texts of one domain. It may be used by several programs at a time: of two
// that publish at once, one gets [store.ErrConflict] and has changed nothing.
type Publisher struct {
	Store  *store.Store
	Domain string
	Keys   []ed25519.PublicKey // whose signatures on earlier releases count
	Key    ed25519.PrivateKey  // nil for a Publisher that only reads
}

// Current is the current release, with where it is in the bucket.
type Current struct {
	*release.Release // nil before the first one
	sequence         uint64
}

// What can go wrong apart from the connection, for errors.Is.
var (
	// ErrLost: the nodes follow a later release than the server has.
	ErrLost = errors.New("the server has lost releases")
	// ErrFirst: the domain has no release, and nobody has said that the new one is the first. A server
	// that has lost its data looks the same until the nodes report again.
	ErrFirst = errors.New("the server has no release")
	// ErrOldest: no earlier texts are kept to go back to.
	ErrOldest = errors.New("there is nothing to go back to")
	// ErrUntrusted: the current release can't be read with the keys that count.
	ErrUntrusted = errors.New("the current release is not trusted")
)

// Current returns the current release. With ErrUntrusted, the result is as before the first one,
// and a Publish that follows from it replaces what is not trusted.
func (p *Publisher) Current(ctx context.Context) (Current, error) {
	e, err := p.Store.Current(ctx, p.Domain)
	if errors.Is(err, store.ErrNone) {
		return Current{}, nil
	}
	if err != nil {
		return Current{}, err
	}
	r, err := release.Open(e.Signed, p.Keys)
	if err != nil {
		return Current{sequence: e.Sequence},
			fmt.Errorf("%w: domain %q: %w", ErrUntrusted, p.Domain, err)
	}
	return Current{r, e.Sequence}, nil
}

// Has reports whether the current release has the texts of a pack already, and the server has that
// pack undamaged. Then there is nothing to publish.
func (p *Publisher) Has(ctx context.Context, from Current, d pack.Digest) (bool, error) {
	if from.Release == nil || from.Pack.Digest != d {
		return false, nil
	}
	_, err := p.Pack(ctx, &from.Pack)
	if errors.Is(err, store.ErrNone) || errors.Is(err, errDamaged) {
		return false, nil
	}
	return err == nil, err
}

// Change is what a publisher decides about a new release.
type Change struct {
	Share int    // percent of the nodes; 0 is 100
	Note  string // for people
	First bool   // the domain never had a release
	// After is the revision that the new one follows at least, for a server that has lost its data.
	// What the nodes report is not asked then, since nobody has signed it. 0 is for all other cases.
	After uint64
}

// Publish publishes a pack that is encoded as data, whose reference is ref. Nodes outside of the
// share go on with what all nodes were to show before.
func (p *Publisher) Publish(
	ctx context.Context, from Current, ref release.Ref, data []byte, change Change,
) (*release.Release, error) {
	next := &release.Release{Pack: ref, Share: cmp.Or(change.Share, 100), Note: change.Note}
	if next.Share < 100 {
		next.Rest = from.settled()
	}
	switch {
	case change.First && from.Release != nil:
		return nil, fmt.Errorf("domain %q has revision %d already, so the next one isn't the first; "+
			"publish without --first", p.Domain, from.Revision)
	case !change.First && from.Release == nil && change.After == 0:
		// If a node follows a release, its revision says more.
		if err := p.CheckNodes(ctx, from); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w of domain %q", ErrFirst, p.Domain)
	}
	return p.put(ctx, from, next, data, change.After)
}

// settled returns what the nodes outside of a new release's share show: the pack that was for all,
// or, if a rollout was not finished, that of the rest.
func (c Current) settled() *release.Ref {
	switch {
	case c.Release == nil:
		return nil
	case c.Share == 100:
		return &c.Pack
	}
	return c.Rest
}

// Widen publishes the current pack to another share of the nodes.
func (p *Publisher) Widen(
	ctx context.Context, from Current, change Change,
) (*release.Release, error) {
	if from.Release == nil {
		return nil, fmt.Errorf("domain %q has no release yet; publish one first", p.Domain)
	}
	if from.Share == 100 {
		return nil, fmt.Errorf("revision %d of domain %q is for all nodes already; "+
			"publish new texts, or go back with rollout back", from.Revision, p.Domain)
	}
	next := &release.Release{Pack: from.Pack, Share: change.Share, Note: change.Note}
	if next.Share < 100 {
		next.Rest = from.Rest
	}
	return p.put(ctx, from, next, nil, 0)
}

// Back publishes the pack of an earlier release to all nodes: that of the given revision, or, for
// 0, that of the release before the one whose texts are current. It returns the new release, and
// the earlier one.
func (p *Publisher) Back(
	ctx context.Context, from Current, revision uint64, note string,
) (next, to *release.Release, err error) {
	if from.Release == nil {
		return nil, nil, fmt.Errorf("domain %q has no release yet; publish one first", p.Domain)
	}
	kept, err := p.Releases(ctx)
	if err != nil {
		return nil, nil, err
	}
	if revision == 0 {
		to = before(from.Release, kept)
	} else {
		to = find(kept, revision)
	}
	switch {
	case to == nil && revision != 0:
		return nil, nil, fmt.Errorf("domain %q has no revision %d among the last %d; "+
			"\"rollout list\" shows them", p.Domain, revision, store.History)
	case to == nil:
		return nil, nil, fmt.Errorf("%w: domain %q shows the texts of revision %d, and no others were "+
			"for all servers before", ErrOldest, p.Domain, origin(from.Release))
	}
	if first := find(kept, origin(to)); first != nil {
		to = first
	}
	if _, err := p.Pack(ctx, &to.Pack); err != nil {
		return nil, nil, fmt.Errorf("pack %v of revision %d: %w", to.Pack.Digest, to.Revision, err)
	}
	next, err = p.put(ctx, from,
		&release.Release{Pack: to.Pack, Share: 100, Back: origin(to), Note: note}, nil, 0)
	return next, to, err
}

// before returns the release with the texts that were for all nodes before those of r, or nil if it
// is not kept any more. A rollback counts as the release that it went to: what came between the two
// was rolled back, and another rollback must not bring it back. Kept is sorted, newest first.
func before(r *release.Release, kept []*release.Release) *release.Release {
	at := origin(r)
	for _, k := range kept {
		if k.Share < 100 || k.Revision >= at {
			continue
		}
		if k.Pack.Digest != r.Pack.Digest {
			return k
		}
		at = origin(k)
	}
	return nil
}

// origin returns the revision that the texts of a release are from.
func origin(r *release.Release) uint64 { return cmp.Or(r.Back, r.Revision) }

// find returns the release with a revision, or nil.
func find(kept []*release.Release, revision uint64) *release.Release {
	i := slices.IndexFunc(kept, func(r *release.Release) bool { return r.Revision == revision })
	if i < 0 {
		return nil
	}
	return kept[i]
}

// put completes a release, signs it and makes it the current one.
func (p *Publisher) put(
	ctx context.Context, from Current, next *release.Release, data []byte, after uint64,
) (*release.Release, error) {
	if after == 0 {
		if err := p.CheckNodes(ctx, from); err != nil {
			return nil, err
		}
	}
	next.Domain, next.Time = p.Domain, time.Now().UTC().Truncate(time.Second)
	next.Revision = max(after, from.number()) + 1
	signed, err := release.Sign(next, p.Key)
	if err != nil {
		return nil, err
	}
	if data != nil {
		if err := p.Store.PutPack(ctx, p.Domain, data); err != nil {
			return nil, err
		}
	}
	if err := p.Store.Put(ctx, p.Domain, signed, from.sequence); err != nil {
		return nil, p.inConflict(ctx, err)
	}
	return next, nil
}

// inConflict adds what is current now to an error that says that somebody else has published.
func (p *Publisher) inConflict(ctx context.Context, err error) error {
	if !errors.Is(err, store.ErrConflict) {
		return err
	}
	if now, e := p.Current(ctx); e == nil && now.Release != nil {
		return fmt.Errorf("%w: revision %d", err, now.Revision)
	}
	return err
}

// number returns the revision of the current release, 0 before the first one.
func (c Current) number() uint64 {
	if c.Release == nil {
		return 0
	}
	return c.Revision
}

// CheckNodes returns an error if a node follows a later revision than the current one: it would not
// accept the next one.
func (p *Publisher) CheckNodes(ctx context.Context, from Current) error {
	nodes, err := p.Nodes(ctx)
	if err != nil {
		return err
	}
	ahead := Node{}
	for _, n := range nodes {
		if n.Revision > max(from.number(), ahead.Revision) {
			ahead = n
		}
	}
	if ahead.Revision == 0 {
		return nil
	}
	return fmt.Errorf("%w: node %q follows revision %d of domain %q, and the last one that the "+
		"server has is %d; if that is so, publish with --after %[3]d, else find out who reports this",
		ErrLost, ahead.Node, ahead.Revision, p.Domain, from.number())
}

// Releases returns the releases that the server still has, newest first. Those that were not
// signed with one of the keys are left out.
func (p *Publisher) Releases(ctx context.Context) ([]*release.Release, error) {
	entries, err := p.Store.Releases(ctx, p.Domain)
	if err != nil {
		return nil, err
	}
	var all []*release.Release
	for _, e := range slices.Backward(entries) {
		if r, err := release.Open(e.Signed, p.Keys); err == nil {
			all = append(all, r)
		}
	}
	return all, nil
}

var errDamaged = errors.New("the server has a damaged copy")

// Pack returns a pack that a release names.
func (p *Publisher) Pack(ctx context.Context, ref *release.Ref) (*pack.Pack, error) {
	data, err := p.Store.Pack(ctx, p.Domain, ref.Digest, ref.Size)
	if err != nil {
		return nil, err
	}
	if pack.Of(data) != ref.Digest {
		return nil, errDamaged
	}
	return pack.Read(data)
}

// pruneAge is how old a pack must be to be removed: a younger one may belong to a release that
// another publisher is about to put.
const pruneAge = time.Hour

// Prune removes the packs that none of the kept releases names.
func (p *Publisher) Prune(ctx context.Context) (removed int, err error) {
	entries, err := p.Store.Releases(ctx, p.Domain)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	keep := map[pack.Digest]bool{}
	for _, e := range entries {
		r, err := release.Open(e.Signed, p.Keys)
		if err != nil {
			return 0, nil // A release of another key names packs that are not known here.
		}
		keep[r.Pack.Digest] = true
		if r.Rest != nil {
			keep[r.Rest.Digest] = true
		}
	}
	// The newest release was just put, so it has the server's time.
	return p.Store.Prune(ctx, p.Domain, keep, entries[len(entries)-1].Created.Add(-pruneAge))
}

// Node is what a node has reported last.
type Node struct {
	fleet.Status
	Seen time.Time     // by the server's clock
	Ago  time.Duration // how long that was ago, by the same clock
	Next time.Duration // how long after that the next report is due
}

// day is how long a report is kept, in seconds.
const day = 24 * 60 * 60

// Nodes returns the nodes that have reported in the last 24 hours, sorted by name. Reports are not
// signed: a node can claim anything.
func (p *Publisher) Nodes(ctx context.Context) ([]Node, error) {
	reports, err := p.Store.Reports(ctx, p.Domain)
	if err != nil {
		return nil, err
	}
	now, err := p.Store.Now(ctx)
	if err != nil {
		return nil, err
	}
	var nodes []Node
	for _, r := range reports {
		n := Node{Seen: r.Time, Ago: max(now.Sub(r.Time), 0)}
		var renewal store.Renewal
		if json.Unmarshal(r.Data, &n.Status) == nil && n.Domain == p.Domain &&
			json.Unmarshal(r.Data, &renewal) == nil {
			// A node can claim anything, so that the product may not be a duration.
			n.Next = time.Duration(min(max(renewal.Within, 0), day)) * time.Second
			nodes = append(nodes, n)
		}
	}
	slices.SortFunc(nodes, func(a, b Node) int { return strings.Compare(a.Node, b.Node) })
	return nodes, nil
}
