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
	"github.com/errlingo/errlingo/internal/model"
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

// sets are the arguments that each text is rendered with, made from the examples of the params, in
// the order of the rows.
var sets = []struct {
	name     string
	argument func(example *format.Value) format.Value
}{
	{"no argument", func(*format.Value) format.Value { return format.Value{} }},
	{"examples", func(example *format.Value) format.Value { return *example }},
	{"count 0", count(0)},
	{"count 1", count(1)},
	{"count 2", count(2)},
	{"count 11", count(11)},
	{"count 100", count(100)},
	{"count 1000000", count(1_000_000)},
	{"count -1", count(-1)},
	{"longest", Longest},
}

func count(n int64) func(example *format.Value) format.Value {
	return func(example *format.Value) format.Value {
		if example.Kind() != format.Int {
			return *example
		}
		return whole(format.Int, n)
	}
}

func whole(kind format.Kind, n int64) format.Value {
	if n < 0 {
		return format.Whole(kind, true, uint64(-n))
	}
	return format.Whole(kind, false, uint64(n))
}

// Longest returns an argument that takes as much space as one of its kind can. A label is left as
// it is, since not every one makes sense.
func Longest(example *format.Value) format.Value {
	if example.Kind() != format.List {
		return long(example)
	}
	list := example.Styled(0) // a copy, so its values may be changed
	for i, value := range list.Values() {
		list.Values()[i] = long(&value)
	}
	return list
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

// fill makes the arguments for the params.
func fill(
	values []format.Value, params []model.Param, argument func(example *format.Value) format.Value,
) {
	for i := range params {
		values[i] = argument(&params[i].Example).Styled(params[i].Style)
	}
}

// page is all that the readers of one locale see.
type page struct {
	t    *testing.T
	loc  *errlingo.Localizer
	text []byte
	rows map[string]string // the last text of each part, of the code or phrase that is written
}

// write returns the page of a locale, and fails the test for each text that no reader should see.
func write(t *testing.T, loc *errlingo.Localizer, d *catalog.Domain) []byte {
	p := &page{t: t, loc: loc}
	p.printf(head, loc.Locale())
	byNumber := func(a, b *catalog.Code) int { return cmp.Compare(a.Number(), b.Number()) }
	for _, code := range slices.SortedFunc(d.Codes(), byNumber) {
		p.code(code)
	}
	byName := func(a, b *catalog.Phrase) int { return cmp.Compare(a.Name(), b.Name()) }
	for _, phrase := range slices.SortedFunc(d.Phrases(), byName) {
		p.phrase(phrase)
	}
	p.labels(d)
	return p.text
}

func (p *page) printf(format string, args ...any) { p.text = fmt.Appendf(p.text, format, args...) }

func (p *page) code(code *catalog.Code) {
	p.printf("\n%d %s\n", code.Number(), code.Name())
	p.rows = map[string]string{}
	for i, set := range sets {
		err := code.Example() // Nobody else has it yet, so its arguments may be changed.
		fill(access.ArgsOf(err), access.CodeOf(code).Model.Params, set.argument)
		m := p.loc.Localize(err)
		if i == 0 && m.Err.Code() != code {
			p.printf("shown as %s\n", m.Err.Code().Name())
		}
		if m.Title.Value == "" || i > 0 && m.Detail.Value == "" {
			p.t.Errorf("%s, %s: the text is empty", code.Name(), set.name)
		}
		p.row("title", i, m.Title)
		p.row("detail", i, m.Detail)
		p.row("help", i, m.Help)
	}
}

func (p *page) phrase(phrase *catalog.Phrase) {
	p.printf("\nphrase %s\n", phrase.Name())
	p.rows = map[string]string{}
	for i, set := range sets {
		with := phrase.With() // a copy, so its arguments may be changed
		data, args := access.PhraseOf(with)
		fill(args, data.Model.Params, set.argument)
		text := p.loc.Phrase(with)
		if i > 0 && text.Value == "" {
			p.t.Errorf("%s, %s: the text is empty", phrase.Name(), set.name)
		}
		p.row("text", i, text)
	}
}

func (p *page) labels(d *catalog.Domain) {
	p.printf("\nlabels\n")
	byName := func(a, b *catalog.Label) int { return cmp.Compare(a.Name(), b.Name()) }
	for _, label := range slices.SortedFunc(d.Labels(), byName) {
		p.printf("%-21s  %s\n", label.Name(), readable(p.loc.Label(label).Value))
	}
}

// row writes a text with the arguments of a set, unless it equals the one above.
func (p *page) row(part string, set int, shown errlingo.Text) {
	text := readable(shown.Value)
	before, ok := p.rows[part]
	if ok && before == text || !ok && text == "" && set > 0 {
		return
	}
	p.rows[part] = text
	line := fmt.Sprintf("%-7s%-14s %s", part, sets[set].name, text)
	p.printf("%s\n", strings.TrimRight(line, " "))
	if raw := raw.FindString(text); raw != "" {
		p.t.Errorf("readers see %q in %q", raw, line)
	}
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
