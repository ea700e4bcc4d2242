package merge_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/merge"
)

// fragments are lines that a file is composed of, so that most of what a fuzzer thinks of says
// something about the domain.
var fragments = strings.Split(`
[AB.title]
[AB.detail]
[CD.title]
[CD.help]
[EF.title]
[labels.email]
[XY.title]
["AB.title"]
["CD.title"]
["XY.title"]
[AB]
[CD]
[labels]
[XY]
[[people]]
other = "a"
other = ""
one = "b"
few = """
x

y"""
other = [
1, # x
]
title = "a"
title = { other = "a" } # x
title.other = "a"
detail.one = "b" # x
email = "e"
AB.title = "a"
AB.detail.other = "a"
CD = { title = "a", help = { other = "b" } }
CD.help = { one = "a", # x
other = "b" }
"XY.title" = "a"
x = 5
# x
# y
#. en: "First"
#. en: "Old"
#. 1 AB, HTTP 404
#, stale
#, review
#, ok
#, fuzzy
#| en: "Older"
#| en: "First"
# . en: "First"
# . x
# , stale
# | en: "Older"
`, "\n")

// FuzzCompose holds the properties of FuzzSync for files composed of lines that a locale file could
// have, while codes come and go.
func FuzzCompose(f *testing.F) {
	f.Add([]byte{1, 16, 0, 2, 16, 36, 0}, uint8(0))
	f.Fuzz(func(t *testing.T, script []byte, life uint8) {
		if len(script) > 60 {
			return
		}
		var b strings.Builder
		for _, n := range script {
			b.WriteString(fragments[int(n)%len(fragments)])
			if n < 200 {
				b.WriteByte('\n')
			} else {
				b.WriteString("\r\n")
			}
		}
		content := b.String()
		if life&1 > 0 {
			content = strings.TrimRight(content, "\r\n")
		}
		if !readable([]byte(content)) {
			return
		}
		gone := strings.Replace(nastyDomain, nastyGone, "", 1)
		changed := strings.Replace(nastyDomain, "title First", "title Foremost", 1) + nastyNew
		domains := []string{nastyDomain, gone, changed}
		name := "ru.toml"
		if life&2 > 0 {
			name = "en.toml"
		}
		f := folder{in: merge.Input{Dir: "locales"}, files: map[string][]byte{name: []byte(content)}}
		if life&1 > 0 {
			f.in.Renamed = map[string]string{"XY": "CD"}
		}
		for range 3 {
			life /= 4
			f.in.Domain = parseDomain(t, domains[life%3])
			f.settle(t)
		}
	})
}
