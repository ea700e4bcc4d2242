// Package watch reloads a bundle when its locale files change, so that translators see their edits
// immediately. It is meant for development; programs in production load their files once.
//
// The file systems passed to [errlingo.Load] must read the folders, as [os.DirFS] does. Embedded
// files never change.
package watch

import (
	"context"
	"fmt"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/errlingo/errlingo"
)

// quietPeriod is how long a folder must be unchanged before it is read. Editors write a file in
// several steps.
const quietPeriod = 50 * time.Millisecond

// Reload reloads the bundle whenever a file in one of the folders changes, until the context is
// done. It does not watch subfolders.
//
// If done is not nil, Reload calls it after each reload with the result of
// [errlingo.Bundle.Reload]. A file with an error keeps its last good texts.
//
// Reload returns nil when the context is done, and an error if a folder cannot be watched.
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
// other quickly.
//
// Changes returns nil when the context is done, and an error if a folder cannot be watched.
func Changes(ctx context.Context, changed func(), folders ...string) error {
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
	// Call once at the start, because earlier changes caused no event.
	timer := time.NewTimer(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-watcher.Events:
			timer.Reset(quietPeriod)
		case <-watcher.Errors: // Events were lost, so something may have changed.
			timer.Reset(quietPeriod)
		case <-timer.C:
			changed()
		}
	}
}
