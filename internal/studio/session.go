package studio

import (
	"slices"
	"sync"

	"github.com/errlingo/errlingo/internal/draft"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
)

// session is what this run of the studio has shown and written.
type session struct {
	mu    sync.Mutex
	shown map[string]map[plural.Category]string // the forms of versions
	order []string                              // of these versions, the oldest first
	done  []step                                // the latest last
}

// step is a change that can be taken back.
type step struct {
	key     textKey
	edited  *merge.Edited // nil if only the file of drafts changed
	draft   *draft.Draft  // that was removed
	version string        // of the text afterwards
}

// textKey names a text of a locale.
type textKey struct {
	Domain string `json:"domain"`
	Locale string `json:"locale"`
	ID     string `json:"id"`
}

// maxShown is how many versions are remembered, so that a conflict can show what was edited.
const maxShown = 10_000

func (s *session) init() { s.shown = map[string]map[plural.Category]string{} }

// show remembers a version of a text that a page gets.
func (s *session) show(version string, t *text) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown[version] != nil {
		return
	}
	s.shown[version] = t.forms()
	if s.order = append(s.order, version); len(s.order) > maxShown {
		delete(s.shown, s.order[0])
		s.order = slices.Clone(s.order[1:])
	}
}

// formsOf returns the forms of a version, or nil if it is not known any more.
func (s *session) formsOf(version string) map[plural.Category]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown[version]
}

// did remembers a change.
func (s *session) did(one step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = append(s.done, one)
}

// last returns the last change of a text.
func (s *session) last(key textKey) (one step, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range slices.Backward(s.done) {
		if one.key == key {
			return one, true
		}
	}
	return step{}, false
}

// undid forgets the last change of a text.
func (s *session) undid(key textKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, one := range slices.Backward(s.done) {
		if one.key == key {
			s.done = slices.Delete(s.done, i, i+1)
			return
		}
	}
}

// canUndo reports whether the version of a text is what this session wrote.
func (s *session) canUndo(key textKey, version string) bool {
	one, found := s.last(key)
	return found && one.version == version
}

// mostRecent is how many texts are named as written lately.
const mostRecent = 20

// recent returns the texts that were written lately, the latest first.
func (s *session) recent() []textKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	recent := []textKey{}
	for _, one := range slices.Backward(s.done) {
		doc := one.key
		if len(recent) < mostRecent && !slices.Contains(recent, doc) {
			recent = append(recent, doc)
		}
	}
	return recent
}
