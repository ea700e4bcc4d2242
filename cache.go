package errlingo

import (
	"hash/maphash"
	"slices"
	"sync/atomic"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
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
	for i, p := range prefs {
		if p != "" {
			hash ^= maphash.String(hashSeed, p) + uint64(i)
			length += len(p)
		}
	}
	if length > maxCached {
		return nil
	}
	return &c[hash%uint64(len(c))]
}

func (c *cached) is(prefs []string) bool { return c != nil && slices.Equal(c.prefs, prefs) }

// notationCache remembers notations of the regions that readers come from, in the same way.
type notationCache [64]atomic.Pointer[cachedNotation]

type cachedNotation struct {
	tag    language.Tag
	values *format.Locale
}

// of returns the notation of the locale.
func (c *notationCache) of(tag language.Tag) *format.Locale {
	slot := &c[maphash.String(hashSeed, tag.String())%uint64(len(c))]
	if hit := slot.Load(); hit != nil && hit.tag == tag {
		return hit.values
	}
	values := format.For(tag)
	slot.Store(&cachedNotation{tag, values})
	return values
}
