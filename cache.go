package errlingo

import (
	"hash/maphash"
	"slices"
	"sync/atomic"
)

// headerCache remembers the localizers of the last requests by what they asked for, since browsers ask for the same
// languages each time. Its size is fixed and its slots are overwritten, so that no client can make it grow.
type headerCache [256]atomic.Pointer[cached]

type cached struct {
	prefs     []string
	localizer *Localizer
}

// maxCached is the length, in bytes, of the preferences that are worth remembering.
const maxCached = 1024

var hashSeed = maphash.MakeSeed()

// slot returns the place where the preferences are remembered, nil for those that are too long.
func (c *headerCache) slot(prefs []string) *atomic.Pointer[cached] {
	var hash uint64
	length := 0
	for _, p := range prefs {
		hash = hash*31 + maphash.String(hashSeed, p)
		length += len(p)
	}
	if length > maxCached {
		return nil
	}
	return &c[hash%uint64(len(c))]
}

func (c *cached) is(prefs []string) bool { return c != nil && slices.Equal(c.prefs, prefs) }
