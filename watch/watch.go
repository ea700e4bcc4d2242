// Package watch reloads a bundle when its locale files change, so that translators see their edits
// immediately. It is meant for development; programs in production load their files once.
//
// The file systems passed to [errlingo.Load] must read the folders, as [os.DirFS] does. Embedded
// files never change.
package watch

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/errlingo/errlingo"
)

// quietPeriod is how long a folder must be unchanged before it is read. Editors write a file in
// several steps.
const quietPeriod = 50 * time.Millisecond

// folderPeriod is how often folders are looked for that were removed or replaced.
const folderPeriod = time.Second

// Reload reloads the bundle whenever a file in one of the folders changes, until the context is
// done. It does not watch subfolders.
//
// If done is not nil, Reload calls it after each reload with the result of
// [errlingo.Bundle.Reload]. A file with an error keeps its last good texts.
//
// Reload returns nil when the context is done, and an error if a folder cannot be watched at the
// start.
func Reload(
	ctx context.Context, bundle *errlingo.Bundle, done func(error), folders ...string,
) error {
	return Changes(ctx, func() {
		err := bundle.Reload(ctx)
		if done != nil {
			done(err)
		}
	}, folders...)
}

// Changes calls changed at the start and whenever a file in one of the folders changes, until the
// context is done. It does not watch subfolders, and it calls once for changes that follow each
// other quickly. If a folder is removed or replaced, Changes watches the one that takes its place,
// and calls changed within about a second.
//
// Changes returns nil when the context is done, and an error if a folder cannot be watched at the
// start.
func Changes(ctx context.Context, changed func(), folders ...string) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	defer watcher.Close()
	watched := make([]folder, len(folders))
	for i, path := range folders {
		watched[i].path = filepath.Clean(path)
		if err := watched[i].watch(watcher); err != nil {
			return fmt.Errorf("watch %s: %w", path, err)
		}
	}
	// Call once at the start, because earlier changes caused no event.
	timer := time.NewTimer(0)
	defer timer.Stop()
	ticker := time.NewTicker(folderPeriod)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-watcher.Events:
			timer.Reset(quietPeriod)
		case <-watcher.Errors: // Events were lost, so something may have changed.
			timer.Reset(quietPeriod)
		case <-ticker.C:
			for i := range watched {
				if !watched[i].isWatched(watcher) && watched[i].watch(watcher) == nil {
					timer.Reset(quietPeriod)
				}
			}
		case <-timer.C:
			changed()
		}
	}
}

// folder is a folder that is watched. The watcher watches what was found under its path once, and
// nothing after that was removed.
type folder struct {
	path string
	info fs.FileInfo
}

func (f *folder) watch(watcher *fsnotify.Watcher) (err error) {
	if f.info, err = os.Stat(f.path); err != nil {
		return err
	}
	_ = watcher.Remove(f.path) // what was there before
	return watcher.Add(f.path)
}

// isWatched reports whether what is watched is still what the path leads to.
func (f *folder) isWatched(watcher *fsnotify.Watcher) bool {
	now, err := os.Stat(f.path)
	return err == nil && f.info != nil && os.SameFile(f.info, now) &&
		slices.Contains(watcher.WatchList(), f.path)
}
