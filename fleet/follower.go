package fleet

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
)

// follower decides which texts a bundle shows. What it decides depends on what is published, never
// on a clock. It is used by one goroutine.
type follower struct {
	Options
	bundle *errlingo.Bundle
	cache  cache

	status   Status
	signed   []byte       // the release that is followed
	pack     *pack.Digest // the pack that is shown, nil for the program's own texts
	rejected []byte       // the last release that was refused for good

	// What is wrong at present: newer texts can't be had, the texts can't be kept on disk, and the
	// publisher can't be told what is shown.
	unreached, unkept, unreported error
}

func newFollower(bundle *errlingo.Bundle, options Options) (*follower, error) {
	options, err := options.complete()
	if err != nil {
		return nil, err
	}
	f := &follower{Options: options, bundle: bundle}
	f.status = Status{Node: f.Node, Domain: f.Domain.Name()}
	f.cache = cache{dir: f.Cache, name: f.Domain.Name() + ".texts", max: f.MaxPack}
	return f, nil
}

// fetch gets a pack. Its error says why the pack can't be had at present.
type fetch func(ctx context.Context, ref *release.Ref) ([]byte, error)

// take follows a release if it is newer than the one that is followed, and good. What it refuses it
// remembers. It returns an error if it can't decide now and should be called again, and reports
// whether the status has changed.
func (f *follower) take(ctx context.Context, signed []byte, fetch fetch) (changed bool, err error) {
	switch {
	case f.signed != nil && bytes.Equal(signed, f.signed):
		changed = f.status.Refused != nil
		f.status.Refused, f.rejected = nil, nil
		return changed, nil
	case f.rejected != nil && bytes.Equal(signed, f.rejected):
		return false, nil
	}
	r, err := f.open(signed)
	if err != nil {
		f.rejected = append([]byte{}, signed...)
		return f.refuse(r, err), nil
	}
	ref := r.For(f.Node)
	var data []byte
	if ref != nil && !f.shows(ref.Digest) {
		if data, err = fetch(ctx, ref); err != nil {
			return false, fmt.Errorf("pack %v of revision %d: %w", ref.Digest, r.Revision, err)
		}
		if got := pack.Of(data); got != ref.Digest {
			// It may be whole the next time, so it isn't rejected for good.
			return f.refuse(r, fmt.Errorf("pack %v is damaged or cut: it has %d bytes and the digest %v; "+
				"publish the texts again", ref.Digest, len(data), got)), nil
		}
	}
	if err := f.show(ctx, r, ref, data); err != nil {
		if ctx.Err() != nil {
			return false, err
		}
		f.rejected = append([]byte{}, signed...)
		return f.refuse(r, err), nil
	}
	f.signed, f.rejected = append([]byte{}, signed...), nil
	f.unkept = f.cache.write(ctx, ref, signed, data)
	return true, nil
}

// open returns a release that this program may follow. With an error, the release is nil unless it
// was signed by somebody who may publish.
func (f *follower) open(signed []byte) (*release.Release, error) {
	r, err := release.Open(signed, f.Keys)
	if err != nil {
		return nil, err
	}
	switch now := f.status.Revision; {
	case r.Domain != f.Domain.Name():
		return nil, fmt.Errorf("the release is for domain %q, not for %q; publish it under its own name",
			r.Domain, f.Domain.Name())
	case r.Revision < now:
		return r, fmt.Errorf("revision %d is older than revision %d, which this server follows; "+
			"to go back, publish the earlier texts as a new revision", r.Revision, now)
	case r.Revision == now && f.signed != nil:
		return r, fmt.Errorf("revision %d is not the one that this server follows, though it has the "+
			"same number; publish again", now)
	case r.Revision < f.AtLeast:
		return r, fmt.Errorf("revision %d is older than %d, the lowest that this server accepts",
			r.Revision, f.AtLeast)
	}
	if ref := r.For(f.Node); ref != nil && ref.Size > f.MaxPack {
		return r, fmt.Errorf("the pack has %d bytes, more than the %d that this server accepts; "+
			"divide the domain in two, or raise Options.MaxPack", ref.Size, f.MaxPack)
	}
	return r, nil
}

// show makes the bundle show a pack of a release, nil for the program's own texts. Data is nil if
// the pack is shown already.
func (f *follower) show(
	ctx context.Context, r *release.Release, ref *release.Ref, data []byte,
) error {
	switch {
	case ref == nil:
		if err := f.override(ctx, nil, nil); err != nil {
			return err
		}
	case data != nil:
		p, err := pack.Read(data)
		if err != nil {
			return err
		}
		if err := f.override(ctx, p, &ref.Digest); err != nil {
			return err
		}
	}
	f.status.Revision, f.status.Git, f.status.Refused = r.Revision, "", nil
	if ref != nil {
		f.status.Git = ref.Git
	}
	return nil
}

// override makes the bundle show the texts of a pack that this program can show, if the pack is
// good. A nil pack has none.
func (f *follower) override(ctx context.Context, p *pack.Pack, digest *pack.Digest) error {
	if p == nil {
		if err := f.bundle.Override(ctx, f.Domain, nil); err != nil {
			return err
		}
		f.pack, f.status.Pack, f.status.LeftOut = nil, "", 0
		return nil
	}
	fit, left, err := p.For(access.Model(f.Domain))
	if err != nil {
		return err
	}
	if err := f.bundle.Override(ctx, f.Domain, fit.FS()); err != nil {
		return err
	}
	f.pack, f.status.Pack, f.status.LeftOut = digest, digest.String(), left.Count(diag.Error)
	return nil
}

func (f *follower) shows(d pack.Digest) bool { return f.pack != nil && *f.pack == d }

// maxReason is how many characters a reason for refusing a release has at most: a pack with hostile
// texts may break many rules.
const maxReason = 4 << 10

// refuse notes that a release, which may be nil, was refused. It reports whether that is news.
func (f *follower) refuse(r *release.Release, err error) bool {
	refusal := Refusal{Reason: diag.CutTo(err.Error(), maxReason)}
	if r != nil {
		refusal.Revision = r.Revision
		if ref := r.For(f.Node); ref != nil {
			refusal.Pack = ref.Digest.String()
		}
	}
	if f.status.Refused != nil && *f.status.Refused == refusal {
		return false
	}
	f.status.Refused = &refusal
	return true
}

// amiss updates Status.Err. It reports whether that is news.
func (f *follower) amiss() bool {
	err := errors.Join(f.unreached, f.unkept, f.unreported)
	if fmt.Sprint(err) == fmt.Sprint(f.status.Err) {
		return false
	}
	f.status.Err = err
	return true
}

// tell calls the program back.
func (f *follower) tell() {
	if f.OnStatus != nil {
		f.OnStatus(f.status)
	}
}

// restore shows the texts that were kept when the program ran before, and reports whether there are
// any.
func (f *follower) restore(ctx context.Context) (restored bool, err error) {
	signed, data, err := f.cache.read()
	if err != nil || signed == nil {
		return false, err
	}
	r, err := f.open(signed)
	if err != nil {
		return false, fmt.Errorf("the kept texts are not used: %w", err)
	}
	var ref *release.Ref
	if len(data) > 0 {
		switch d := pack.Of(data); {
		case d == r.Pack.Digest:
			ref = &r.Pack
		case r.Rest != nil && d == r.Rest.Digest:
			ref = r.Rest
		default:
			return false, fmt.Errorf("the texts that were kept in %s are damaged, so they are not used",
				f.Cache)
		}
	}
	if err := f.show(ctx, r, ref, data); err != nil {
		return false, fmt.Errorf("the kept texts are not used: %w", err)
	}
	// Under another name, this server may have to show the other pack of the release.
	if ref == r.For(f.Node) {
		f.signed = signed
	}
	return true, nil
}
