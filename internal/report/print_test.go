package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/report"
)

func TestLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Nur noch {{.Left}} Stück – نمی\u200cشود", "Nur noch {{.Left}} Stück – نمی\u200cشود"},
		{"C0", "a\x00\x07\x1b[31m\r\n\tb", `a\u0000\u0007\u001B[31m\u000D\n\tb`},
		{"delete and C1", "a\x7f\u0085\u009b31mb", `a\u007F\u0085\u009B31mb`},
		{"direction", "\u202ea\u2066b\u200fc\u061c", `\u202Ea\u2066b\u200Fc\u061C`},
		{"separators", "a\u2028b\u2029c", `a\u2028b\u2029c`},
		{"zero width", "a\u200bb\u2060c\ufeffd\u00ade", `a\u200Bb\u2060c\uFEFFd\u00ADe`},
		{"joiner in Latin", "it\u200cem", `it\u200Cem`},
		{"fillers and tags", "a\u3164\u115f\U000e0041", `a\u3164\u115F\U000E0041`},
		{"invalid UTF-8", "a\xffb", "a\uFFFDb"},
		{"GitHub", "::error file=x::forged", `\u003A:error file=x::forged`},
		{"GitHub, indented", " \t::stop-commands::x", ` \t::stop-commands::x`},
		{"GitHub, behind spaces", "  \u00a0::add-mask::x", "  \u00a0\\u003A:add-mask::x"},
		{"colons inside", "a::b", "a::b"},
		{"GitHub, first kind", "x ##[error]forged", `x #\u0023[error]forged`},
		{"Azure Pipelines", "x ##vso[task.setvariable]y", `x #\u0023vso[task.setvariable]y`},
		{"TeamCity", "##teamcity[buildStop]", `#\u0023teamcity[buildStop]`},
		{"several", "##[a]##vso[b]###[c]", `#\u0023[a]#\u0023vso[b]##\u0023[c]`},
		{"heading", "## Install [it]", "## Install [it]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := report.Line(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got := report.Lines(tt.in + "\r\n" + tt.in); !strings.ContainsAny(tt.in, "\n\t") &&
				got != tt.want+"\n"+tt.want {
				t.Errorf("two lines: got %q", got)
			}
		})
	}
	if got := report.Lines("a\n\t::error::b\tc\n"); got != "a\n    \\u003A:error::b    c\n" {
		t.Errorf("tabs: got %q", got)
	}
}

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Only {{.Left}} of OUT_OF_STOCK (or less)!", "Only {{.Left}} of OUT_OF_STOCK (or less)!"},
		{"paragraphs", "a\n\n  b\r\nc", "a\n\nb\nc"},
		{"emphasis", "*a* _b_ __c__ ~~d~~ `e`", "\\*a\\* \\_b\\_ \\_\\_c\\_\\_ \\~\\~d\\~\\~ \\`e\\`"},
		{"links", "[a](javascript:b) ![c](d)", `\[a\](javascript:b) !\[c\](d)`},
		{"HTML", "<img src=x> &lt;script>", "&lt;img src=x&gt; &amp;lt;script&gt;"},
		{"cell", `a | b \| c`, `a \| b \\\| c`},
		{"headings", "# a\n=====\n- b\n--- c", "\\# a\n\\=====\n\\- b\n\\--- c"},
		{"lists", "1. a\n20) b\n+ c\n* d\n409 e\n1.5 f", "1\\. a\n20\\) b\n\\+ c\n\\* d\n409 e\n1\\.5 f"},
		{"code", "    a\n```\nb", "a\n\\`\\`\\`\nb"},
		{"escape", "a\u202e\u009b\x1b", `a\\u202E\\u009B\\u001B`},
		{"command", "::error::a\n ::error::b", "\\\\u003A:error::a\n\\\\u003A:error::b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := report.Markdown(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWriteJSON(t *testing.T) {
	in := map[string]string{
		"text": "a\x7f\u0085\u009b\u202e\u2028\u200b\U000e0041\u00a0<&>é ##vso[x] ##[y]\\##z[",
	}
	var b bytes.Buffer
	if err := report.WriteJSON(&b, in); err != nil {
		t.Fatal(err)
	}
	want := `{
  "text": "a\u007f\u0085\u009b\u202e\u2028\u200b\udb40\udc41` + "\u00a0" +
		`<&>é #\u0023vso[x] #\u0023[y]\\#\u0023z["
}
`
	if b.String() != want {
		t.Errorf("got %s, want %s", &b, want)
	}
	var out map[string]string
	decode(t, b.String(), &out)
	if out["text"] != in["text"] {
		t.Errorf("a program reads %q", out["text"])
	}
}

// FuzzPrint checks that whatever a text has, nobody is shown a character that cannot be seen, a
// command of a CI system or a second line, and that JSON loses nothing.
func FuzzPrint(f *testing.F) {
	f.Add("::error::a\n##vso[b]\u202e\u009b\x1b ##\u200b[ \u2028::c\r::d")
	f.Add("#\u00ad#[x]")
	f.Fuzz(func(t *testing.T, s string) {
		line := report.Line(s)
		check(t, line)
		if strings.Contains(line, "\n") {
			t.Errorf("two lines: %q", line)
		}
		for _, text := range []string{report.Lines(s), report.Markdown(s)} {
			for line := range strings.SplitSeq(text, "\n") {
				check(t, line)
			}
		}
		var b bytes.Buffer
		if err := report.WriteJSON(&b, []string{s}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(b.String(), "\n") {
			check(t, strings.ReplaceAll(line, "\u200c", "")) // A joiner may be part of a word.
		}
		var out []string
		if err := json.Unmarshal(b.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
		if utf8.ValidString(s) && out[0] != s {
			t.Errorf("got %q from %s", out[0], &b)
		}
	})
}

// check checks a line as terminals and CI systems read it, by rules of its own.
func check(t *testing.T, line string) {
	t.Helper()
	for _, r := range line {
		if r < ' ' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 ||
			r == 0x2028 || r == 0x2029 || r == 0x200b || r == 0xfeff || r == utf8.MaxRune {
			t.Errorf("%U in %q", r, line)
		}
	}
	if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") ||
		strings.Contains(line, "##vso[") || strings.Contains(line, "##teamcity[") {
		t.Errorf("a command: %q", line)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	for n, want := range map[int]int{100: 100, 101: 101, 102: 101} {
		out := output(t, report.Text, many(1, n, diag.Error))
		if got := strings.Count(out, "\n"); got != want {
			t.Errorf("%d findings take %d lines, want %d", n, got, want)
		}
	}
	list := append(many(2, 1000, diag.Warning), many(1, 150, diag.Error)...)
	out := output(t, report.Text, list)
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 2*(diag.MaxFindings+1) {
		t.Fatalf("%d lines", len(lines))
	}
	for i, want := range map[int]string{
		0:   "f00.toml:1:1: leading space",
		99:  "f00.toml:100:1: leading space",
		100: "f00.toml: 50 errors and 1000 warnings more in this file",
		101: "f01.toml:1:1: warning: leading space",
		201: "f01.toml: warning: 900 warnings more in this file",
	} {
		if lines[i] != want {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
	list[0].Count = 10 // It stands for others already, so it is counted, not listed.
	if lines := strings.Split(output(t, report.Text, list), "\n"); len(lines) != 203 ||
		lines[100] != "f00.toml: 50 errors and 1009 warnings more in this file" {
		t.Errorf("%d lines, line 100 is %q", len(lines), lines[100])
	}
	list[0].Count = 0
	var got struct {
		Errors, Warnings int
		Findings         []struct{ Rule, Severity, Text string }
	}
	decode(t, output(t, report.JSON, list), &got)
	if got.Errors != 150 || got.Warnings != 2000 || len(got.Findings) != 202 ||
		got.Findings[100].Rule != report.RuleMore.ID || got.Findings[100].Severity != "error" {
		t.Errorf("got %d errors, %d warnings, %d findings", got.Errors, got.Warnings, len(got.Findings))
	}
	for _, name := range []string{"sarif", "junit", "github", "summary"} {
		if out := output(t, formats[name], list); len(out) > 250<<10 {
			t.Errorf("%s: %d bytes", name, len(out))
		}
	}
}

// TestLongTextsAreCut checks that a finding has a bound, whoever wrote it.
func TestLongTextsAreCut(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	list := diag.List{{File: "de.toml", Rule: "html", Text: "quoted: " + long, Hint: "write " + long}}
	for name, write := range formats {
		if out := output(t, write, list); len(out) > 10_000 {
			t.Errorf("%s: %d bytes", name, len(out))
		}
	}
}
