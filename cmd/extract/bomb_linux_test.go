package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// repeat returns the text n times, with the number of each in the place of "%d".
func repeat(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "%d", fmt.Sprint(i)))
	}
	return b.String()
}

// bombs are files made to take memory and time. Each is as large as its kind of file may be, or
// larger. docs/security.md lists them.
var bombs = []struct {
	name string
	file string
	text func() string
}{
	{"nested inline tables", "de.toml", func() string { return "a=" + strings.Repeat("{a=", 1<<20) }},
	{"many nested inline tables", "de.toml", func() string {
		return repeat(1<<15, "k%d="+strings.Repeat("{a=", 60)+"1"+strings.Repeat("}", 60)+"\n")
	}},
	{"a dotted key of 20 KB", "de.toml", func() string { return strings.Repeat("a.", 10_000) + "a=1\n" }},
	{"many dotted keys", "de.toml", func() string {
		return repeat(1<<18, "a%d"+strings.Repeat(".a", 15)+"=1\n")
	}},
	{"brackets", "de.toml", func() string { return "a=" + strings.Repeat("[", 8<<20-3) }},
	{"an array", "de.toml", func() string { return "a=[" + strings.Repeat("1,", 4<<20-4) + "]" }},
	{"lists of tables", "de.toml", func() string { return strings.Repeat("[[a]]\n", 1<<20) }},
	{"100 MB", "de.toml", func() string { return "# " + strings.Repeat("x", 100_000_000) }},
	{"100,000 tables", "de.toml", func() string { return repeat(100_000, "[T%d]\n") }},
	{"a million tables", "de.toml", func() string { return repeat(1_000_000, "[T%d]\n") }},
	{"500,000 unknown keys", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\n" + repeat(500_000, "k%d = \"x\"\n")
	}},
	{"9,000 unknown keys", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\n" + repeat(9_000, "k%d = \"x\"\n")
	}},
	{"64,000 unknown codes", "de.toml", func() string {
		return repeat(64_000, "[CODE_%d.title]\nother = \"x\"\n")
	}},
	{"39,000 unknown codes", "de.toml", func() string {
		return repeat(39_000, "[CODE_%d.title]\nother = \"x\"\n")
	}},
	{"comments", "de.toml", func() string { return strings.Repeat("\n#\n", 2<<20) }},
	{"comments for lint", "de.toml", func() string { return strings.Repeat("# lint: allow x\n", 190_000) }},
	{"flags", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\n" + strings.Repeat("\n#, stale\n", 90_000)
	}},
	{"displayed source texts", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\n" + repeat(190_000, "#. en: \"x%d\"\n") + "other = \"x\"\n"
	}},
	{"a million placeholders", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\nother = \"" + strings.Repeat("{{.X}}", 1_000_000) + "\"\n"
	}},
	{"texts of placeholders", "de.toml", func() string {
		return repeat(120, "[CODE_%d.title]\nother = \""+strings.Repeat("{{.X}}", 10_000)+"\"\n")
	}},
	{"10,000 odd braces", "de.toml", func() string {
		return "[OUT_OF_STOCK.detail]\nother = \"" + strings.Repeat("{{.Item}}", 3_000) +
			strings.Repeat("{.Item}", 4_000) + "\"\n"
	}},
	{"open braces", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\nother = \"" + strings.Repeat("{{", 30_000) + "\"\n"
	}},
	{"8 MB of one text", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\nother = \"" + strings.Repeat("x", 8_000_000) + "\"\n"
	}},
	{"lines that are not TOML", "de.toml", func() string { return strings.Repeat("!\n", 4<<20) }},
	{"NULs", "de.toml", func() string { return strings.Repeat("\x00", 8<<20-1) }},
	{"as large as may be, without a last line end", "de.toml", func() string {
		return "[OUT_OF_STOCK.title]\nother = \"x\"\n#" + strings.Repeat("x", 8<<20-35)
	}},
	{"a ledger line of 15 MB", "codes.lock", func() string {
		return "errlingo 2 codes shop\n1201 OUT_OF_STOCK 409 " + strings.Repeat("x", 15_000_000) + "\n"
	}},
	{"a ledger line", "codes.lock", func() string {
		return "errlingo 2 codes shop\n1201 OUT_OF_STOCK 409 " + strings.Repeat("x", 2_000_000) + "\n"
	}},
	{"invalid ledger lines", "codes.lock", func() string {
		return "errlingo 2 codes shop\n" + strings.Repeat("x\n", 1_000_000)
	}},
	{"ledger lines", "codes.lock", func() string {
		return "errlingo 2 codes shop\n" + repeat(75_000, "%d CODE_%d 400 -\n")
	}},
	{"params in the ledger", "codes.lock", func() string {
		return "errlingo 2 codes shop\n1201 OUT_OF_STOCK 409 Item:string Left:int+" +
			repeat(150_000, " P%d:int") + "\n"
	}},
	{"a million facts", "_state/de.lock", func() string {
		return "errlingo 2 state shop target\n" + repeat(1_000_000, "C%d.title.other 5c6ce0b0 0b3a1c9d\n")
	}},
	{"facts", "_state/de.lock", func() string {
		return "errlingo 2 state shop target\n" + repeat(150_000, "C%d.title.other 5c6ce0b0 0b3a1c9d\n")
	}},
	{"facts about one text", "_state/de.lock", func() string {
		var b strings.Builder
		b.WriteString("errlingo 2 state shop target\n")
		for i := range 190_000 {
			fmt.Fprintf(&b, "C.title.other %08x 0b3a1c9d\n", 190_000-i)
		}
		return b.String()
	}},
	{"invalid facts", "_state/de.lock", func() string { return strings.Repeat("x\n", 3<<20) }},
	{"obsolete texts", "_state/de.obsolete", func() string {
		return repeat(39_000, "[CODE_%d.title]\nother = \"x\"\n")
	}},
	{"obsolete keys", "_state/de.obsolete", func() string {
		return "[A.title]\n" + repeat(500_000, "k%d = \"x\"\n")
	}},
}

// maxMemory is what a run may take at most, in KiB.
const maxMemory = 64 << 10

// TestBombs lets the command read files that were made to take memory. It must refuse or read each
// within 64 MiB. The processor's time is logged. The short form runs every third bomb.
func TestBombs(t *testing.T) {
	t.Parallel()
	extract, err := exec.LookPath("extract-measured")
	if err != nil {
		t.Fatal(err)
	}
	start := shop(t)
	mustRun(t, start)
	mustRun(t, start, "add", "de")
	runs := [][]string{{"check"}}
	if long() {
		runs = append(runs, nil)
	}
	for i, tt := range bombs {
		if i%3 != 0 && !long() {
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := duplicate(t, start)
			bomb := tt.text()
			write(t, bomb, dir, "locales", filepath.FromSlash(tt.file))
			for _, args := range runs {
				var said bytes.Buffer
				cmd := exec.Command(extract, args...)
				cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &said, &said
				_ = cmd.Run() // A bomb may be refused.
				took := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				text, peak, _ := strings.Cut(said.String(), "\npeak: ")
				memory, err := strconv.Atoi(peak)
				if err != nil {
					t.Fatalf("extract %s: %.1000s", args, &said)
				}
				first, _, _ := strings.Cut(text, "\n")
				t.Logf("extract %s: %.1f MB, exit code %d, %d MiB, %v, said %d bytes: %.100s", args,
					float64(len(bomb))/1e6, cmd.ProcessState.ExitCode(), memory>>10,
					took.Round(10*time.Millisecond), said.Len(), first)
				if code := cmd.ProcessState.ExitCode(); code < 0 || code > exitFailure {
					t.Errorf("extract %s: exit code %d: %.1000s", args, code, &said)
				}
				if memory > maxMemory {
					t.Errorf("extract %s: %d MiB", args, memory>>10)
				}
				if said.Len() > 64<<10 {
					t.Errorf("extract %s: it says %d bytes", args, said.Len())
				}
			}
		})
	}
}
