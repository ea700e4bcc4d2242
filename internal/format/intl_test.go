package format_test

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

// intlCase is one line of testdata/intl.txt.
type intlCase struct {
	locale, kind, value, text string
}

// intlDeviations are the differences between our texts and those of the Intl that made
// testdata/intl.txt. Each one turns our text into the one of Intl.
var intlDeviations = []struct {
	name   string // what differs and why
	locale string // empty for every locale
	kinds  string // empty for every kind
	adapt  func(got string) string
}{
	{
		name: "V8 11 writes a plain space for the U+202F of CLDR's dates and times, for pages that " +
			"expect it",
		kinds: "date clock time",
		adapt: strings.NewReplacer("\u202f", " ").Replace,
	},
	{
		name:   "fr-CH groups with U+202F in CLDR 48.0 and with an apostrophe in 48.2",
		locale: "fr-CH",
		adapt:  strings.NewReplacer("'", "\u202f").Replace,
	},
	{
		name:   "ko has Latin letters for the halves of the day in CLDR 48.0 and Korean ones in 48.2",
		locale: "ko", kinds: "clock time",
		adapt: strings.NewReplacer("오전", "AM", "오후", "PM").Replace,
	},
}

// TestIntl compares our texts with those of Intl byte for byte.
func TestIntl(t *testing.T) {
	equal, explained, total := 0, map[string]int{}, 0
	for _, c := range readIntl(t) {
		total++
		value, err := intlValue(c.kind, c.value)
		if err != nil {
			t.Fatalf("%s: %s %s: %v", c.locale, c.kind, c.value, err)
		}
		got := string(format.For(language.MustParse(c.locale)).Append(nil, &value, nil))
		if got == c.text {
			equal++
		} else if name := intlDeviation(c, got); name != "" {
			explained[name]++
		} else {
			t.Errorf("%s: %s %s is %+q, Intl has %+q", c.locale, c.kind, c.value, got, c.text)
		}
	}
	t.Logf("%d of %d equal (%.2f %%)", equal, total, 100*float64(equal)/float64(total))
	for _, deviation := range intlDeviations {
		if explained[deviation.name] == 0 {
			t.Errorf("nothing deviates because %s", deviation.name)
		}
		t.Logf("%d explained: %s", explained[deviation.name], deviation.name)
	}
}

// intlDeviation returns the name of the known deviation between our text and the one of Intl, or
// "".
func intlDeviation(c intlCase, got string) string {
	for _, d := range intlDeviations {
		if d.locale != "" && d.locale != c.locale || d.kinds != "" && !strings.Contains(d.kinds, c.kind) {
			continue
		}
		if d.adapt(got) == c.text {
			return d.name
		}
	}
	return ""
}

func readIntl(t *testing.T) []intlCase {
	t.Helper()
	file, err := os.Open("testdata/intl.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var cases []intlCase
	locale := ""
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		if name, ok := strings.CutPrefix(line, "["); ok {
			locale = strings.TrimSuffix(name, "]")
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			continue
		}
		text, err := strconv.Unquote(fields[2])
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		cases = append(cases, intlCase{locale, fields[0], fields[1], text})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return cases
}

// intlKinds maps the kinds of testdata/intl.txt that are named as ours.
var intlKinds = map[string]format.Kind{
	"int": format.Int, "number": format.Number, "percent": format.Percent, "plain": format.Identifier,
	"bytes":    format.Bytes,
	"duration": format.Duration, "in": format.RelativeTime, "time": format.Time, "date": format.Date,
	"clock": format.TimeOfDay,
}

// intlValue returns the value that a line of testdata/intl.txt is about.
func intlValue(kind, value string) (format.Value, error) {
	switch kind {
	case "int", "plain", "bytes":
		magnitude, negative := strings.CutPrefix(value, "-")
		n, err := strconv.ParseUint(magnitude, 10, 64)
		return format.Whole(intlKinds[kind], negative, n), err
	case "number", "percent":
		f, err := strconv.ParseFloat(value, 64)
		return format.Float(intlKinds[kind], f), err
	case "duration", "in":
		seconds, err := strconv.ParseInt(value, 10, 64)
		return format.Span(intlKinds[kind], time.Duration(seconds)*time.Second), err
	case "date", "clock", "time":
		moment, err := time.Parse(time.RFC3339, value)
		return format.Moment(intlKinds[kind], moment), err
	case "and":
		values, err := intlInts(value)
		return format.Several(format.And, values), err
	case "or":
		values, err := intlInts(value)
		return format.Several(format.Or, values), err
	}
	return format.Value{}, fmt.Errorf("unknown kind %q", kind)
}

func intlInts(s string) ([]format.Value, error) {
	var values []format.Value
	for n := range strings.FieldsSeq(s) {
		value, err := intlValue("int", n)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}
