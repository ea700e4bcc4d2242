package format_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/format"
)

func TestSpan(t *testing.T) {
	const day = 24 * time.Hour
	tests := []struct {
		name     string
		span     time.Duration
		duration string
		in       string
	}{
		{"a moment", 1, "1 second", "in 1 second"},
		{"a second and a bit", time.Second + 1, "2 seconds", "in 2 seconds"},
		{"almost a minute", 59*time.Second + 1, "1 minute", "in 1 minute"},
		{"a minute", time.Minute, "1 minute", "in 1 minute"},
		{"a minute and a bit", time.Minute + 1, "1 minute, 1 second", "in 2 minutes"},
		{"a minute and a half", 90 * time.Second, "1 minute, 30 seconds", "in 2 minutes"},
		{"a second less than an hour", time.Hour - time.Second, "59 minutes, 59 seconds", "in 60 minutes"},
		{"a minute less than an hour, and a bit", 59*time.Minute + time.Second, "59 minutes, 1 second",
			"in 60 minutes"},
		{"almost an hour", time.Hour - 1, "1 hour", "in 1 hour"},
		{"an hour", time.Hour, "1 hour", "in 1 hour"},
		{"an hour and a bit", time.Hour + 1, "1 hour, 1 minute", "in 61 minutes"},
		{"almost two hours", 2*time.Hour - 1, "2 hours", "in 2 hours"},
		{"two hours", 2 * time.Hour, "2 hours", "in 2 hours"},
		{"two hours and a bit", 2*time.Hour + 1, "2 hours, 1 minute", "in 3 hours"},
		{"hours that minutes fill", 23*time.Hour - 59*time.Second, "23 hours", "in 23 hours"},
		{"an hour less than a day, and a bit", 23*time.Hour + time.Second, "23 hours, 1 minute",
			"in 24 hours"},
		{"hours and minutes", 23*time.Hour + 4*time.Minute, "23 hours, 4 minutes", "in 24 hours"},
		{"a minute less than a day", day - time.Minute, "23 hours, 59 minutes", "in 24 hours"},
		{"almost a day", day - 1, "1 day", "in 1 day"},
		{"a day and a bit", day + 1, "1 day, 1 hour", "in 25 hours"},
		{"two days", 2 * day, "2 days", "in 2 days"},
		{"an hour less than two days", 2*day - time.Hour, "1 day, 23 hours", "in 47 hours"},
		{"two days and a bit", 2*day + 1, "2 days, 1 hour", "in 3 days"},
		{"a day less a bit, with hours", 3*day - 1, "3 days", "in 3 days"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written("en", format.Span(format.Duration, test.span)); got != test.duration {
				t.Errorf("duration: got %q, want %q", got, test.duration)
			}
			if got := written("en", format.Span(format.RelativeTime, test.span)); got != test.in {
				t.Errorf("in: got %q, want %q", got, test.in)
			}
		})
	}
}

// TestNobodyComesBackTooEarly reads the English texts of many spans back: each is at least as long
// as the span, and longer by less than its smallest unit.
func TestNobodyComesBackTooEarly(t *testing.T) {
	for span := time.Duration(1); span < 20_000*time.Hour; span += span/97 + 1 {
		for _, kind := range []format.Kind{format.Duration, format.RelativeTime} {
			text := written("en", format.Span(kind, span))
			told, unit := readSpan(t, text)
			if told < span || told-span >= unit {
				t.Fatalf("%v as %v is %q", span, kind, text)
			}
		}
	}
}

// TestTwoUnits has spans just below a day, in languages that inherit their notation.
func TestTwoUnits(t *testing.T) {
	for _, test := range []struct {
		name   string
		locale string
		span   time.Duration
		want   string
	}{
		{"V1", "en", 23*time.Hour + 4*time.Minute, "23 hours, 4 minutes"},
		{"V2", "hi-Latn", 23*time.Hour + 4*time.Minute, "23 ghante aur 4 minutes"},
		{"V3", "fr-KM", 23*time.Hour + 13*time.Minute, "23\u00a0heures et 13 minutes"},
		{"V4", "en", 22*time.Hour + 59*time.Minute + time.Second, "23 hours"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := written(test.locale, format.Span(format.Duration, test.span)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestEveryDuration compares each second of two days with a second implementation of the rule: of
// the exact value's two largest units, the smaller one is rounded up. Without ERRLINGO_LONG, it
// takes every seventh second after three hours.
func TestEveryDuration(t *testing.T) {
	names := [...]string{"second", "minute", "hour", "day"}
	sizes := [...]int{1, 60, 60 * 60, 24 * 60 * 60}
	for seconds := 1; seconds <= 2*sizes[3]; seconds++ {
		if seconds > 3*sizes[2] && seconds%7 != 0 && os.Getenv("ERRLINGO_LONG") == "" {
			continue
		}
		larger := 3
		for seconds < sizes[larger] {
			larger--
		}
		smaller := max(larger-1, 0)
		whole := seconds
		for whole%sizes[smaller] != 0 {
			whole++
		}
		var parts []string
		for unit := 3; unit >= 0; unit-- {
			if n := whole / sizes[unit]; n > 0 {
				s := fmt.Sprintf("%d %s", n, names[unit])
				if n > 1 {
					s += "s"
				}
				parts = append(parts, s)
				whole -= n * sizes[unit]
			}
		}
		want := strings.Join(parts, ", ")
		span := format.Span(format.Duration, time.Duration(seconds)*time.Second)
		if got := written("en", span); got != want {
			t.Fatalf("%d seconds: got %q, want %q", seconds, got, want)
		}
	}
}

// readSpan returns the span that a text tells, and the smallest unit in it.
func readSpan(t *testing.T, text string) (span, unit time.Duration) {
	t.Helper()
	units := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour,
		'd': 24 * time.Hour}
	var counts [2]int
	var names [2]string
	read, _ := fmt.Sscanf(text, "in %d %s", &counts[0], &names[0])
	if read == 0 {
		read, _ = fmt.Sscanf(text, "%d %s %d %s", &counts[0], &names[0], &counts[1], &names[1])
	}
	if read == 0 {
		t.Fatalf("no span: %q", text)
	}
	for i := range read / 2 {
		unit = units[names[i][0]]
		span += time.Duration(counts[i]) * unit
	}
	return span, unit
}
