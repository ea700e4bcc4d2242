package fleet

import (
	"context"

	"github.com/errlingo/errlingo/fleet/internal/release"
)

// DeniedWait is the wait after reports that the server has not permitted.
var DeniedWait = deniedWait

// Feed returns an origin without a server: a test gives releases to take, one by one. It returns
// the error with which a pack could not be fetched.
func Feed(
	fetch func(*release.Ref) ([]byte, error), run func(take func(signed []byte) error),
) Origin {
	return feed{fetch, run}
}

type feed struct {
	fetch func(*release.Ref) ([]byte, error)
	run   func(take func(signed []byte) error)
}

func (o feed) follow(ctx context.Context, f *follower) error {
	restored, err := f.restore(ctx)
	f.unkept = err
	if f.amiss() || restored {
		f.tell()
	}
	o.run(func(signed []byte) error {
		changed, err := f.take(ctx, signed, func(_ context.Context, ref *release.Ref) ([]byte, error) {
			return o.fetch(ref)
		})
		if err != nil {
			return err
		}
		if f.amiss() || changed {
			f.tell()
		}
		return nil
	})
	return nil
}
