package fleet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/watch"
)

// Dir returns the locale files in a folder: in its subfolder locales or, if it has none, in itself.
// They are shown as they are at the start and after each change, and a folder that is removed is
// watched again when it is back. It needs no server, and of [Options] only Domain and OnStatus.
//
// A file with an error refuses the whole folder, so that readers never see half of a change. A
// program that writes files there should give each its name when it is complete, by renaming it:
// one that is cut may be without an error.
func Dir(path string) Origin { return dir(path) }

type dir string

func (d dir) follow(ctx context.Context, f *follower) error {
	for ctx.Err() == nil {
		if err := d.watch(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// watch shows the files until the context ends or there is one more folder to watch.
func (d dir) watch(ctx context.Context, f *follower) error {
	folders := d.folders()
	watching, stop := context.WithCancel(ctx)
	defer stop()
	return watch.Changes(watching, func() {
		if len(d.folders()) > len(folders) {
			stop()
		} else if d.take(ctx, f) {
			f.tell()
		}
	}, folders...)
}

// folders returns the folders that the files can be in.
func (d dir) folders() []string {
	root, sub := string(d), filepath.Join(string(d), "locales")
	if info, err := os.Stat(sub); err == nil && info.IsDir() {
		return []string{root, sub}
	}
	return []string{root}
}

// take shows the files of the folder. It reports whether the status has changed.
func (d dir) take(ctx context.Context, f *follower) bool {
	if _, err := os.Stat(string(d)); err != nil {
		return f.refuse(nil, fmt.Errorf("the folder can't be read: %w", err))
	}
	files := os.DirFS(string(d))
	declared := access.Model(f.Domain)
	if faults := pack.Check(declared, files); len(faults) > 0 {
		return f.refuse(nil, faults)
	}
	p, err := pack.New(declared, files)
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
