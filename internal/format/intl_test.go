package format_test

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
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
		name:   "af and hy have a day of one digit where ICU puts a zone, and a day of two in a long date",
		locale: "af hy", kinds: "zoned",
		adapt: func(got string) string { return strings.TrimPrefix(got, "0") },
	},
	{
		name:   "he, hu and my have an hour of two digits where ICU puts a zone, and of one in a short time",
		locale: "he hu my", kinds: "zoned",
		adapt: func(got string) string {
			return replacing(` (\d):`, " 0$1:")(replacing(` ([၀-၉]):`, " ၀$1:")(got))
		},
	},
	{
		name:   "gu has an hour of one digit where ICU puts a zone, and of two in a short time",
		locale: "gu", kinds: "zoned",
		adapt: strings.NewReplacer(" 0", " ").Replace,
	},
	{
		name:   "bg has another short time where ICU puts a zone",
		locale: "bg", kinds: "zoned",
		adapt: func(got string) string {
			got = strings.ReplaceAll(replacing(` (\d):`, " 0$1:")(got), "\u202f", " ")
			return replacing(`( \d+:\d+) `, "$1 ч. ")(got)
		},
	},
	{
		name:   "fa has parentheses around the zone in CLDR 48.0 and none in 48.2",
		locale: "fa fa-u-nu-latn", kinds: "zoned",
		adapt: replacing(`(UTC|\x{200e}[+−].*)$`, "($1)"),
	},
	{
		name:   "zh-Hant has halves of the day where ICU puts a zone, and parts of it in a short time",
		locale: "zh-Hant", kinds: "zoned",
		adapt: strings.NewReplacer("凌晨", "上午", "清晨", "上午", "早上", "上午", "中午", "下午", "晚上",
			"下午").Replace,
	},
	{
		name:   "th has no era where ICU puts a zone, and one in a long date",
		locale: "th th-u-nu-thai", kinds: "zoned",
		adapt: strings.NewReplacer("ค.ศ. ", "").Replace,
	},
	{
		name:   "th: ICU knows that a long date has an era; our ranges are those without one",
		locale: "th th-u-nu-thai", kinds: "range",
		adapt: func(got string) string {
			got = strings.NewReplacer("\u2009–\u2009", " – ", "–", " – ").Replace(got)
			got = strings.Replace(got, " 20", " ค.ศ. 20", 1)
			return strings.Replace(got, " ๒๐", " ค.ศ. ๒๐", 1)
		},
	},
	{
		name: "ja, zh: ICU puts a range into numbers alone, since a long date has no letters for the month; " +
			"we write the days of a long date",
		locale: "ja ja-u-hc-h11 zh zh-Hant", kinds: "range",
		adapt: intlNumericRange,
	},
	{
		name: "V8 11 writes a plain space for the U+202F of CLDR's dates and times, for pages that " +
			"expect it",
		kinds: "date clock time seconds full medium short fulltime mediumtime shorttime zoned range " +
			"mediumrange calendar",
		adapt: strings.NewReplacer("\u202f", " ", "\u2009", " ").Replace,
	},
	{
		name:   "fr-CH groups with U+202F in CLDR 48.0 and with an apostrophe in 48.2",
		locale: "fr-CH",
		adapt:  strings.NewReplacer("'", "\u202f").Replace,
	},
	{
		name:   "ko has Latin letters for the halves of the day in CLDR 48.0 and Korean ones in 48.2",
		locale: "ko", kinds: "clock time seconds fulltime mediumtime shorttime zoned",
		adapt: strings.NewReplacer("오전", "AM", "오후", "PM").Replace,
	},
}

func replacing(pattern, with string) func(string) string {
	expression := regexp.MustCompile(pattern)
	return func(got string) string { return expression.ReplaceAllString(got, with) }
}

// intlNumericRange turns the days "2026年1月5日至8日" into "2026/1/5至2026/1/8". Japanese has two digits
// and zeros.
func intlNumericRange(got string) string {
	fields := regexp.MustCompile(`^(\d+)年(\d+)月(\d+)日([^\d]+)(?:(\d+)年)?(?:(\d+)月)?(\d+)日$`).FindStringSubmatch(got)
	if fields == nil {
		return got
	}
	number := func(i, otherwise int) int {
		n, _ := strconv.Atoi(cmp.Or(fields[i], fields[otherwise]))
		return n
	}
	day := "%d/%d/%d"
	if fields[4] == "～" {
		day = "%d/%02d/%02d"
	}
	between := strings.ReplaceAll(fields[4], "\u2009", " ")
	return fmt.Sprintf(day+between+day, number(1, 1), number(2, 2), number(3, 3),
		number(5, 1), number(6, 2), number(7, 7))
}

// TestIntl compares our texts with those of Intl byte for byte.
func TestIntl(t *testing.T) {
	equal, total, explained := map[string]int{}, map[string]int{}, map[string]int{}
	locales := map[language.Tag]*format.Locale{}
	for _, c := range readIntl(t) {
		if c.kind == "durations" {
			continue
		}
		got, err := intlText(c, locales)
		if err != nil {
			t.Fatalf("%s: %s %s: %v", c.locale, c.kind, c.value, err)
		}
		kind := strings.TrimSuffix(c.kind, " "+c.kind[strings.LastIndex(c.kind, " ")+1:])
		total[kind]++
		if got == c.text || c.kind == "zone" && strings.Contains(got, c.text) {
			equal[kind]++
		} else if name := intlDeviation(c, got); name != "" {
			explained[name]++
		} else {
			t.Errorf("%s: %s %s is %+q, Intl has %+q", c.locale, c.kind, c.value, got, c.text)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(total)) {
		t.Logf("%s: %d of %d equal (%.2f %%)", kind, equal[kind], total[kind],
			100*float64(equal[kind])/float64(total[kind]))
	}
	for _, deviation := range intlDeviations {
		if explained[deviation.name] == 0 {
			t.Errorf("nothing deviates because %s", deviation.name)
		}
		t.Logf("%d explained: %s", explained[deviation.name], deviation.name)
	}
}

// TestIntlDurations compares the durations of every second of two days, by a hash of all texts. The
// short form has a few languages of different grammar.
func TestIntlDurations(t *testing.T) {
	for _, c := range readIntl(t) {
		if c.kind != "durations" ||
			os.Getenv("ERRLINGO_LONG") == "" && !strings.Contains(" ar de en pl ", " "+c.locale+" ") {
			continue
		}
		seconds, err := strconv.Atoi(c.value)
		if err != nil || seconds != 2*24*60*60 {
			t.Fatalf("%s: %s seconds, %v", c.locale, c.value, err)
		}
		locale, hash, line := format.For(language.MustParse(c.locale)), sha256.New(), []byte(nil)
		for s := 1; s <= seconds; s++ {
			value := format.Span(format.Duration, time.Duration(s)*time.Second)
			line = append(locale.Append(line[:0], &value, &format.Context{}), '\n')
			hash.Write(line)
		}
		if got := hex.EncodeToString(hash.Sum(nil)); got != c.text {
			t.Errorf("%s: a duration differs from that of Intl", c.locale)
		}
	}
}

// intlDeviation returns the name of the known deviation between our text and the one of Intl, or
// "".
func intlDeviation(c intlCase, got string) string {
	kind, _, _ := strings.Cut(c.kind, " ")
	for _, d := range intlDeviations {
		if d.locale != "" && !slices.Contains(strings.Fields(d.locale), c.locale) || d.kinds != "" && !slices.Contains(strings.Fields(d.kinds), kind) {
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

// intlKinds maps the kinds of testdata/intl.txt to ours and their styles.
var intlKinds = map[string]struct {
	kind  format.Kind
	style format.Style
}{
	"int": {format.Int, 0}, "number": {format.Number, 0}, "percent": {format.Percent, 0},
	"plain": {format.Identifier, 0}, "bytes": {format.Bytes, 0},
	"duration": {format.Duration, 0}, "in": {format.RelativeTime, 0},
	"date": {format.Date, 0}, "full": {format.Date, format.Full},
	"medium": {format.Date, format.Medium}, "short": {format.Date, format.Short},
	"clock": {format.TimeOfDay, 0}, "seconds": {format.TimeOfDay, format.WithSeconds},
	"time": {format.Time, 0}, "fulltime": {format.Time, format.Full},
	"mediumtime": {format.Time, format.Medium}, "shorttime": {format.Time, format.Short},
	"zoned": {format.Time, 0}, "zone": {format.Time, 0},
	"range": {format.DateRange, 0}, "mediumrange": {format.DateRange, format.Medium},
	"money": {format.Money, 0}, "narrow": {format.Money, format.Narrow},
}

// intlText returns what we write for a line of testdata/intl.txt.
func intlText(c intlCase, locales map[language.Tag]*format.Locale) (string, error) {
	tag, ctx := language.MustParse(c.locale), &format.Context{Zone: time.UTC}
	kind := c.kind
	if calendar, ok := strings.CutPrefix(kind, "calendar "); ok {
		name, length, _ := strings.Cut(calendar, " ")
		if name != "" {
			var err error
			if tag, err = tag.SetTypeForKey("ca", name); err != nil {
				return "", err
			}
		}
		if kind = length; kind == "long" {
			kind = "date"
		}
	} else {
		tag, _ = tag.SetTypeForKey("ca", "gregory")
	}
	if kind == "zoned" || kind == "zone" {
		ctx.Zone = nil
	}
	value, err := intlValue(kind, c.value)
	value = value.Styled(intlKinds[kind].style)
	l := locales[tag]
	if l == nil {
		l = format.For(tag)
		locales[tag] = l
	}
	return string(l.Append(nil, &value, ctx)), err
}

// intlValue returns the value that a line of testdata/intl.txt is about.
func intlValue(name, value string) (format.Value, error) {
	kind := intlKinds[name].kind
	first, second, _ := strings.Cut(value, " ")
	switch kind {
	case format.Int, format.Identifier, format.Bytes:
		magnitude, negative := strings.CutPrefix(value, "-")
		n, err := strconv.ParseUint(magnitude, 10, 64)
		return format.Whole(kind, negative, n), err
	case format.Number, format.Percent:
		f, err := strconv.ParseFloat(value, 64)
		return format.Float(kind, f), err
	case format.Duration, format.RelativeTime:
		seconds, err := strconv.ParseInt(value, 10, 64)
		return format.Span(kind, time.Duration(seconds)*time.Second), err
	case format.Money:
		return format.Amount(first, second), nil
	case format.DateRange:
		from, err := time.Parse(time.DateOnly, first)
		to, err2 := time.Parse(time.DateOnly, second)
		return format.Range(from, to), cmp.Or(err, err2)
	case format.Date, format.TimeOfDay, format.Time:
		moment, err := intlMoment(name, value)
		return format.Moment(kind, moment), err
	}
	join := format.And
	if name == "or" {
		join = format.Or
	}
	values, err := intlInts(value)
	return format.Several(join, values), err
}

// intlMoment returns a time or a day, a time in a zone, or noon of a winter day in a zone.
func intlMoment(name, value string) (time.Time, error) {
	if name == "zone" {
		value = "2026-01-05T12:00:00Z " + value
	}
	if moment, name, zoned := strings.Cut(value, " "); zoned {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return time.Time{}, err
		}
		t, err := time.Parse(time.RFC3339, moment)
		return t.In(zone), err
	}
	if len(value) == len(time.DateOnly) {
		return time.Parse(time.DateOnly, value)
	}
	return time.Parse(time.RFC3339, value)
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
