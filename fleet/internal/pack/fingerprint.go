package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
)

// fingerprintSize is how many bytes of the hash a fingerprint has. It compares versions of one
// program, and nothing is trusted because of it.
const fingerprintSize = 16

// Fingerprint returns a hash of what texts of the domain depend on: which codes, parts, phrases and
// labels there are, the params with their kinds, and the placeholders of each source text. Numbers,
// statuses, wording, the order of declarations and their places change nothing.
func Fingerprint(d *model.Domain) string {
	lines := []string{"source " + d.Source.String()}
	for m := range d.Messages() {
		lines = append(lines, fmt.Sprintf("text %v counts %t", m.ID, m.Counts()))
		if m.Counts() {
			lines = append(lines, fmt.Sprintf("text %v count %s", m.ID, m.Count))
		}
		for i := range m.Params {
			p := &m.Params[i]
			former := slices.Sorted(slices.Values(p.FormerNames))
			lines = append(lines, fmt.Sprintf("text %v param %s %s was %s shown in %s",
				m.ID, p.Name, p.Kind, strings.Join(former, ","), shownIn(&m, i)))
		}
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:fingerprintSize])
}

// shownIn says which forms of a source text have a placeholder for the param. How many there are
// depends on the wording of one language, but translations must have what all forms have.
func shownIn(m *model.Message, param int) string {
	forms, has := 0, 0
	for _, form := range m.Text.Forms {
		if form == "" {
			continue
		}
		forms++
		placeholders, _ := pattern.Placeholders(form)
		if slices.ContainsFunc(placeholders,
			func(p pattern.Placeholder) bool { return m.ParamIndex(p.Name) == param }) {
			has++
		}
	}
	switch has {
	case 0:
		return "none"
	case forms:
		return "all"
	}
	return "some"
}

// isFingerprint reports whether s may be a fingerprint, of this version or a later one.
func isFingerprint(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && s != "" && len(s) <= hex.EncodedLen(sha256.Size) && s == strings.ToLower(s)
}
