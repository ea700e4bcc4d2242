// Package watch reloads a bundle when its locale files change, so that a translator sees an edit on
// the page at once. It is meant for development; a program in production loads its files once.
//
// The file systems given to errlingo.Load must then be those of the folders, os.DirFS, not embedded
// ones.
package watch

import (
	"context"
	"fmt"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/errlingo/errlingo"
)

// quiet is how long a folder must not have changed before it is read: editors write a file in
// several steps.
const quiet = 50 * time.Millisecond

// Reload reloads the bundle each time that something changes in one of the folders, until the
// context is done; then it returns nil. It does not watch folders inside them. After each reload it
// calls done, unless that is nil, with the error of [errlingo.Bundle.Reload]: nil, or what is wrong
// with a file, whose last good texts stay in use.
//
// An error means that a folder cannot be watched.
func Reload(
	ctx context.Context, bundle *errlingo.Bundle, done func(error), folders ...string,
) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	defer watcher.Close()
	for _, folder := range folders {
		if err := watcher.Add(folder); err != nil {
			return fmt.Errorf("watch %s: %w", folder, err)
		}
	}
	// What changed between the load and now has caused no event.
	due := time.NewTimer(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-watcher.Events:
			due.Reset(quiet)
		case <-watcher.Errors:
			// Events were lost, so that a reload is due all the more.
			due.Reset(quiet)
		case <-due.C:
			err := bundle.Reload(ctx)
			if done != nil {
				done(err)
			}
		}
	}
}
