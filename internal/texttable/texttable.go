// Package texttable writes all texts of a domain as readers see them, with arguments at their
// limits, so that a person can read them through. It is for tests.
package texttable

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/invisible"
)

// Check compares the texts of a domain, in each locale of the bundle, with the files
// testdata/texts.<tag>.txt. It writes the files instead if update is set.
func Check(t *testing.T, bundle *errlingo.Bundle, d *catalog.Domain, update bool) {
	t.Helper()
	for _, tag := range bundle.Locales() {
		t.Run(tag.String(), func(t *testing.T) {
			name := filepath.Join("testdata", "texts."+tag.String()+".txt")
			got := write(t, bundle.LocalizerFor(tag), d)
			if update {
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from the texts: %s\nrun the test with -update and read the difference",
					name, difference(got, want))
			}
		})
	}
}

// difference returns the first line of got that want does not have at the same place.
func difference(got, want []byte) string {
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(string(got), "\n") {
		if i >= len(wanted) || line != wanted[i] {
			return fmt.Sprintf("line %d is %q", i+1, line)
		}
	}
	return "lines are left over"
}

const head = `All texts in %s as readers see them. A line without a text is one that isn't shown.
A row that equals the one above is left out. ⟦ and ⟧ isolate text of unknown direction, ␣ doesn't
break, and w×9 is nine times a w. Other characters that can't be seen are escaped.
`

// sets are the arguments that each code is rendered with, in the order of the rows.
var sets = []struct {
	name string
	make func(c *catalog.Code) error
}{
	{"no argument", func(c *catalog.Code) error { return c }},
	{"examples", func(c *catalog.Code) error { return c.Example() }},
	{"count 0", counted(0)},
	{"count 1", counted(1)},
	{"count 2", counted(2)},
	{"count 11", counted(11)},
	{"count 100", counted(100)},
	{"count 1000000", counted(1_000_000)},
	{"count -1", counted(-1)},
	{"longest", longest},
}

func counted(n int64) func(c *catalog.Code) error {
	return func(c *catalog.Code) error {
		return with(c, func(example *format.Value) format.Value {
			if example.Kind() != format.Int {
				return *example
			}
			return whole(format.Int, n)
		})
	}
}

func whole(kind format.Kind, n int64) format.Value {
	if n < 0 {
		return format.Whole(kind, true, uint64(-n))
	}
	return format.Whole(kind, false, uint64(n))
}

// longest returns an error whose arguments take as much space as those of their kinds can. A label
// is left as it is, since not every one makes sense.
func longest(c *catalog.Code) error {
	return with(c, func(example *format.Value) format.Value {
		if example.Kind() != format.List {
			return long(example)
		}
		list := example.Styled(0) // a copy, so its values may be changed
		for i, value := range list.Values() {
			list.Values()[i] = long(&value)
		}
		return list
	})
}

func long(example *format.Value) format.Value {
	switch kind := example.Kind(); kind {
	case format.String, format.Literal:
		text, _ := example.Text()
		return format.Text(kind, strings.Repeat("w", 1000)+filepath.Ext(text))
	case format.URL:
		text, _ := example.Text()
		return format.Text(kind, text+"/"+strings.Repeat("w", 1000))
	case format.Int, format.Identifier:
		return whole(kind, math.MinInt64+1)
	case format.Bytes:
		return whole(kind, math.MaxInt64)
	case format.Duration, format.RelativeTime:
		return format.Span(kind, math.MaxInt64)
	case format.Time, format.Date:
		return format.Moment(kind, time.Date(9999, time.November, 30, 23, 59, 59, 0,
			time.FixedZone("", -(12*60+30)*60)))
	}
	return *example
}

// with returns an error whose arguments are made from the examples.
func with(c *catalog.Code, argument func(example *format.Value) format.Value) error {
	err := c.Example() // Nobody else has it yet, so its arguments may be changed.
	values := access.ArgsOf(err)
	for i, p := range access.CodeOf(c).Model.Params {
		values[i] = argument(&p.Example).Styled(p.Style)
	}
	return err
}

// write returns the page of a locale, and fails the test for each text that no reader should see.
func write(t *testing.T, loc *errlingo.Localizer, d *catalog.Domain) []byte {
	page := fmt.Appendf(nil, head, loc.Locale())
	byNumber := func(a, b *catalog.Code) int { return cmp.Compare(a.Number(), b.Number()) }
	for _, code := range slices.SortedFunc(d.Codes(), byNumber) {
		page = fmt.Appendf(page, "\n%d %s\n", code.Number(), code.Name())
		rows := map[string]string{}
		for i, set := range sets {
			m := loc.Localize(set.make(code))
			if i == 0 && m.Err.Code() != code {
				page = fmt.Appendf(page, "shown as %s\n", m.Err.Code().Name())
			}
			if m.Title.Value == "" || i > 0 && m.Detail.Value == "" {
				t.Errorf("%s, %s: the text is empty", code.Name(), set.name)
			}
			for _, part := range []struct{ name, text string }{
				{"title", m.Title.Value}, {"detail", m.Detail.Value}, {"help", m.Help.Value},
			} {
				text := readable(part.text)
				if before, ok := rows[part.name]; ok && before == text || !ok && text == "" && i > 0 {
					continue
				}
				rows[part.name] = text
				page = append(page, strings.TrimRight(fmt.Sprintf("%-7s%-14s %s", part.name, set.name,
					text), " ")+"\n"...)
				if raw := raw.FindString(text); raw != "" {
					t.Errorf("%s.%s, %s: readers see %q in %q", code.Name(), part.name, set.name, raw, text)
				}
			}
		}
	}
	page = append(page, "\nlabels\n"...)
	byName := func(a, b *catalog.Label) int { return cmp.Compare(a.Name(), b.Name()) }
	for _, label := range slices.SortedFunc(d.Labels(), byName) {
		page = fmt.Appendf(page, "%-21s  %s\n", label.Name(), readable(loc.Label(label).Value))
	}
	return page
}

// raw is what is not for readers: braces, and values as Go writes them.
var raw = regexp.MustCompile(
	`[{}]|%!|map\[|<nil>|&\[|\b0x|\b\d+[hm]\d+|\b\d+(\.\d+)?(ns|µs|ms|s)\b|\d-\d\d-\d\dT| m=[+-]`)

var visible = strings.NewReplacer("\u2068", "⟦", "\u2069", "⟧", "\u00a0", "␣", "\u202f", "␣")

// readable returns a text in which all can be seen, and what is repeated is written once.
func readable(text string) string {
	runes := []rune(invisible.Escape(visible.Replace(text)))
	var b strings.Builder
	for i := 0; i < len(runes); {
		unit, times := repeated(runes[i:])
		b.WriteString(string(unit))
		if times > 1 {
			fmt.Fprintf(&b, "×%d", times)
		}
		i += len(unit) * times
	}
	return b.String()
}

// repeated returns the shortest unit that the text begins with many times, and how often, or the
// first character.
func repeated(text []rune) (unit []rune, times int) {
	const longest, few = 40, 5
	for size := 1; size <= min(longest, len(text)/few); size++ {
		times := 1
		for len(text) >= (times+1)*size && slices.Equal(text[times*size:(times+1)*size], text[:size]) {
			times++
		}
		if times > few {
			return text[:size], times
		}
	}
	return text[:1], 1
}
