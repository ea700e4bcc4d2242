package tomldoc

import (
	"fmt"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
)

// report adds a finding about the byte at offset, or about the whole file if offset is negative.
func (p *parser) report(rule string, offset int, text, hint string) {
	if p.halted {
		return
	}
	if len(p.findings) == MaxFindings {
		p.halted = true
		rule, text, hint = RuleLimit, "there are more faults, which are not listed", ""
	}
	f := diag.Finding{File: p.doc.name, Severity: diag.Error, Rule: rule, Text: text, Hint: hint}
	if offset >= 0 {
		f.Pos = p.pos(offset)
		p.quiet = Span{lineStart(p.src, offset), nextLine(p.src, offset)}
		if !strings.HasSuffix(p.src, "\n") && p.quiet.End == len(p.src) {
			p.quiet.End++ // the end of the file is on the last line
		}
	}
	p.findings = append(p.findings, f)
}

func (p *parser) pos(offset int) diag.Pos {
	if p.lines == nil {
		p.lines = diag.NewLines([]byte(p.src))
	}
	return p.lines.At(offset)
}

// fault reports that reading cannot go on here, unless a finding on the same line has said why already. It returns
// false, for the caller to return.
func (p *parser) fault(format string, args ...any) bool {
	return p.faultHint(fmt.Sprintf(format, args...), "")
}

// faultHint is fault with a way out.
func (p *parser) faultHint(text, hint string) bool {
	p.mistake(text, hint)
	return false
}

// mistake reports a fault that does not keep the parser from reading on, unless the line has a finding already.
func (p *parser) mistake(text, hint string) {
	if p.at < p.quiet.Start || p.at >= p.quiet.End {
		p.report(RuleSyntax, p.at, text, hint)
	}
}

// control reports a control character. Reading goes on behind it.
func (p *parser) control(offset int) {
	p.report(RuleSyntax, offset, fmt.Sprintf("the control character U+%04X", p.src[offset]),
		fmt.Sprintf(`write \u%04X in a "…" string`, p.src[offset]))
}

// tooMany reports that a limit is passed. Nothing more of the file is read.
func (p *parser) tooMany(what string, most int) {
	p.report(RuleLimit, p.at, fmt.Sprintf("too many %s, the most is %d", what, most), "")
	p.halted = true
}

// recover moves from a fault in the statement that begins at start to the line where reading goes on.
//
// As a rule that is the next line. But lines that were part of a text or an array would be a fault each, so behind an
// unfinished value the first line that looks like a statement is sought. It may be the one that the fault is on: an
// array that is not closed is noticed at the next key.
func (p *parser) recover(start int) {
	if !p.unfinished {
		p.at = nextLine(p.src, p.at)
		return
	}
	p.unfinished = false
	line := lineStart(p.src, p.at)
	if line <= start {
		line = nextLine(p.src, p.at)
	}
	for line < len(p.src) && !beginsStatement(p.src[line:]) {
		line = nextLine(p.src, line)
	}
	p.at = line
}

// beginsStatement reports whether the first line of s is blank, a comment, a conflict marker, or by its looks the
// beginning of a header or a pair.
func beginsStatement(s string) bool {
	if _, is := marker(s, 0); is {
		return true
	}
	line := strings.Trim(s[:nextLine(s, 0)], " \t\r\n")
	switch {
	case line == "" || line[0] == '#':
		return true
	case line[0] == '[':
		return looksLikeHeader(line)
	}
	key, _, found := strings.Cut(line, "=")
	return found && looksLikeKey(key)
}

func looksLikeHeader(line string) bool {
	name, rest, found := strings.Cut(strings.TrimLeft(line, "["), "]")
	rest = strings.TrimLeft(rest, "] \t")
	return found && looksLikeKey(name) && (rest == "" || rest[0] == '#')
}

// looksLikeKey is meant for lines out of context. It takes a sentence in quotes for a key, but not one without.
func looksLikeKey(s string) bool {
	s = strings.Trim(s, " \t")
	if s == "" {
		return false
	}
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case !isBare(c) && c != '.':
			return false
		}
	}
	return quote == 0
}
