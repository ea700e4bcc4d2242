package state_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/state"
)

const lockFile = `errlingo 2 state shop target
OUT_OF_STOCK.detail.one 11111111 22222222
OUT_OF_STOCK.detail.other 11111111 - review
OUT_OF_STOCK.detail.other 11111111 22222222
OUT_OF_STOCK.detail.other 33333333 22222222 rejected
labels.name.other 44444444 55555555
`

func TestLockFileIsASetOfLines(t *testing.T) {
	lines := strings.SplitAfter(strings.TrimSuffix(lockFile, "\n"), "\n")
	lines[len(lines)-1] += "\n"
	slices.Reverse(lines)
	reversed := strings.Join(lines, "")
	tests := []struct{ name, src string }{
		{"as it is written", lockFile},
		{"in another order", reversed},
		{"doubled", lockFile + reversed},
		{"CRLF", strings.ReplaceAll(lockFile, "\n", "\r\n")},
		{"a byte-order mark", "\uFEFF" + lockFile},
		{"a byte-order mark inside", lockFile + "\uFEFF" + lockFile},
		{"without the last line end", strings.TrimSuffix(lockFile, "\n")},
		{"blank lines and spaces", strings.ReplaceAll(lockFile, "\n", " \n\n\t")},
		{"several headers", "errlingo 2 state shop variant of de\n" + lockFile},
		{"conflict markers", "<<<<<<< HEAD\n" + lockFile + "||||||| 1a2b3c4\n=======\n" + reversed +
			">>>>>>> topic\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, findings := state.Parse("de.lock", []byte(tt.src))
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			if got := string(s.Bytes()); got != lockFile {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	const standard = "example.com/standard"
	tests := []struct {
		name, src string
		want      state.Header
		printed   string // if it differs from src
	}{
		{"source", "errlingo 2 state shop source", state.Header{Domain: "shop", Role: state.Source}, ""},
		{"target", "errlingo 2 state shop target", state.Header{Domain: "shop", Role: state.Target}, ""},
		{"variant", "errlingo 2 state shop variant of de",
			state.Header{Domain: "shop", Role: state.Variant, Parent: "de"}, ""},
		{"overlay", "errlingo 2 state std overlay of example.com/standard",
			state.Header{Domain: "std", Role: state.Target, Overlay: standard}, ""},
		{"a target of an overlay", "errlingo 2 state std target overlay of example.com/standard",
			state.Header{Domain: "std", Role: state.Target, Overlay: standard},
			"errlingo 2 state std overlay of example.com/standard"},
		{"a variant of an overlay", "errlingo 2 state std variant of de overlay of example.com/standard",
			state.Header{Domain: "std", Role: state.Variant, Parent: "de", Overlay: standard}, ""},
		{"the source is stronger", "errlingo 2 state shop target\nerrlingo 2 state shop source",
			state.Header{Domain: "shop", Role: state.Source}, "errlingo 2 state shop source"},
		{"a target is stronger", "errlingo 2 state shop target\nerrlingo 2 state shop variant of de",
			state.Header{Domain: "shop", Role: state.Target}, "errlingo 2 state shop target"},
		{"an overlay is stronger", "errlingo 2 state std overlay of a.b/c\nerrlingo 2 state std target",
			state.Header{Domain: "std", Role: state.Target, Overlay: "a.b/c"},
			"errlingo 2 state std overlay of a.b/c"},
		{"two variants", "errlingo 2 state shop variant of de\nerrlingo 2 state shop variant of fr",
			state.Header{Domain: "shop", Role: state.Variant, Parent: "fr"},
			"errlingo 2 state shop variant of fr"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := strings.Split(tt.src, "\n")
			for range 2 {
				s, findings := state.Parse("de.lock", []byte(strings.Join(lines, "\n")))
				if len(findings) > 0 {
					t.Fatal(findings)
				}
				if s.Header != tt.want {
					t.Errorf("got %+v, want %+v", s.Header, tt.want)
				}
				want := tt.printed
				if want == "" {
					want = tt.src
				}
				if got := string(s.Bytes()); got != want+"\n" {
					t.Errorf("got %q, want %q", got, want)
				}
				slices.Reverse(lines)
			}
		})
	}
}

func TestUnreadableLines(t *testing.T) {
	const header = "errlingo 2 state shop target\n"
	const hint = "restore the line from version control, or delete it; a line is " +
		"OUT_OF_STOCK.detail.other 5c6ce0b0 0b3a1c9d"
	const headerHint = `write it as "errlingo 2 state shop target", or restore it from version control`
	tests := []struct {
		name, src string
		want      []string
	}{
		{"not an ID with a form", header + "OUT_OF_STOCK 11111111 22222222",
			[]string{`de.lock:2:1: "OUT_OF_STOCK" is not a message ID with a form`, "hint: " + hint}},
		{"not a form", header + "  OUT_OF_STOCK.detail 11111111 22222222",
			[]string{`de.lock:2:3: "detail" is not a plural category`, "hint: " + hint}},
		{"not a fingerprint", header + "A.title.other 11111111  2222222G",
			[]string{`de.lock:2:25: "2222222G" is not a fingerprint`, "hint: " + hint}},
		{"too short", "\uFEFFA.title.other 1111111 22222222",
			[]string{`de.lock:1:16: "1111111" is not a fingerprint`, "hint: " + hint}},
		{"a word missing", header + "A.title.other 11111111",
			[]string{"de.lock:2:15: a fact has 3 or 4 words, not 2", "hint: " + hint}},
		{"a word too many", header + "A.title.other 11111111 22222222 review rejected",
			[]string{"de.lock:2:40: a fact has 3 or 4 words, not 5", "hint: " + hint}},
		{"not a mark", header + "A.title.other 11111111 22222222 fine",
			[]string{`de.lock:2:33: "fine" is not a mark; they are review and rejected`, "hint: " + hint}},
		{"not a header", "errlingo 1 codes shop",
			[]string{"de.lock:1:1: the header cannot be read", "hint: " + headerHint}},
		{"a source of an overlay", "errlingo 2 state shop source overlay of a.b/c",
			[]string{"de.lock:1:1: the header cannot be read", "hint: " + headerHint}},
		{"a variant of nothing", "errlingo 2 state shop variant of",
			[]string{"de.lock:1:1: the header cannot be read", "hint: " + headerHint}},
		{"two domains", header + "errlingo 2 state bank target",
			[]string{`de.lock:2:18: the file belongs to the domain "shop" and to "bank"`,
				"hint: delete the header of the other domain"}},
		{"a higher version", "what is this\n" + header + "errlingo 3 facts",
			[]string{"de.lock:3:10: the format has version 3, and this extract reads 2",
				"hint: use the version of extract that the project uses"}},
		{"not UTF-8", header + "A.title.other 11111111 22222222\xff",
			[]string{"de.lock:1:1: the file is not UTF-8", "hint: restore it from version control"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, findings := state.Parse("de.lock", []byte(tt.src))
			if got, want := findings.Error(), strings.Join(tt.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if s == nil {
				t.Error("no set")
			}
		})
	}
}

// TestManyInvalidLines checks that the findings of a file have a bound, and that a higher version
// after them is still noticed.
func TestManyInvalidLines(t *testing.T) {
	src := strings.Repeat("x\n", 1000)
	_, findings := state.Parse("de.lock", []byte(src))
	last := findings[len(findings)-1]
	if len(findings) != diag.MaxFindings+1 || last.Text != "there are more faults, which are not listed" {
		t.Errorf("%d findings, the last one is %v", len(findings), last)
	}
	_, findings = state.Parse("de.lock", []byte(src+"errlingo 3 state shop target\n"))
	if len(findings) != 1 || findings[0].Rule != state.RuleVersion.ID {
		t.Errorf("got %v", findings)
	}
	_, findings = state.Parse("de.lock", []byte(strings.Repeat("x", 2000)))
	if len(findings) != 1 || findings[0].Text != "the line has more than 1024 bytes" {
		t.Errorf("got %v", findings)
	}
}
