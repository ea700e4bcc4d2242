package format_test

import (
	"fmt"
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
		{"almost an hour", time.Hour - 1, "1 hour", "in 1 hour"},
		{"an hour", time.Hour, "1 hour", "in 1 hour"},
		{"an hour and a bit", time.Hour + 1, "1 hour, 1 minute", "in 61 minutes"},
		{"almost two hours", 2*time.Hour - 1, "2 hours", "in 2 hours"},
		{"two hours", 2 * time.Hour, "2 hours", "in 2 hours"},
		{"two hours and a bit", 2*time.Hour + 1, "2 hours, 1 minute", "in 3 hours"},
		{"almost a day", day - 1, "1 day", "in 1 day"},
		{"a day and a bit", day + 1, "1 day, 1 hour", "in 25 hours"},
		{"two days", 2 * day, "2 days", "in 2 days"},
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
