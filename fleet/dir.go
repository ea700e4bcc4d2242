package fleet

import (
	"context"
	"os"
	"path/filepath"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/watch"
)

// Dir returns the locale files in a folder: in its subfolder locales or, if it has none, in itself.
// They are shown as they are at the start and after each change. It needs no server, and of
// [Options] only Domain and OnStatus.
//
// A file with an error refuses the whole folder, so that readers never see half of a change.
func Dir(path string) Origin { return dir(path) }

type dir string

func (d dir) follow(ctx context.Context, f *follower) error {
	folder := string(d)
	if info, err := os.Stat(filepath.Join(folder, "locales")); err == nil && info.IsDir() {
		folder = filepath.Join(folder, "locales")
	}
	return watch.Changes(ctx, func() {
		if d.take(ctx, f) {
			f.tell()
		}
	}, folder)
}

// take shows the files of the folder. It reports whether the status has changed.
func (d dir) take(ctx context.Context, f *follower) bool {
	p, err := pack.New(f.model, os.DirFS(string(d)))
	if err != nil {
		return f.refuse(nil, err)
	}
	digest := pack.Of(p.Encode())
	if f.shows(digest) && f.status.Refused == nil {
		return false
	}
	if err := f.override(ctx, p, &digest); err != nil {
		return ctx.Err() == nil && f.refuse(nil, err)
	}
	f.status.Refused = nil
	return true
}
