package tomldoc

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/invisible"
)

// report adds a finding about the byte at offset, or about the whole file if offset is negative.
func (p *parser) report(rule diag.Rule, offset int, text, hint string) {
	if p.halted {
		return
	}
	if len(p.findings) == MaxFindings {
		p.halted = true
		rule, text, hint = RuleLimit, "there are more faults, which are not listed", ""
	}
	f := rule.At(p.doc.name, diag.Pos{}, text, hint)
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
		p.lines = diag.NewLines(p.raw)
	}
	return p.lines.At(offset)
}

// fault reports that reading cannot go on here, unless a finding on the same line has said why
// already. It returns false, for the caller to return.
func (p *parser) fault(format string, args ...any) bool {
	return p.faultHint(fmt.Sprintf(format, args...), "")
}

// faultHint is fault with a hint.
func (p *parser) faultHint(text, hint string) bool {
	p.mistake(text, hint)
	return false
}

// mistake reports a fault that does not keep the parser from reading on, unless the line has a
// finding already.
func (p *parser) mistake(text, hint string) {
	if p.at < p.quiet.Start || p.at >= p.quiet.End {
		p.report(RuleSyntax, p.at, text, hint)
	}
}

// control reports a control character in a string. Reading goes on after it.
func (p *parser) control(offset int) {
	p.reportControl(offset, fmt.Sprintf(`write \u%04X in a "…" string`, p.src[offset]))
}

func (p *parser) reportControl(offset int, hint string) {
	p.report(RuleSyntax, offset, fmt.Sprintf("the control character U+%04X", p.src[offset]), hint)
}

// tooMany reports that a limit is passed. Nothing more of the file is read.
func (p *parser) tooMany(what string, most int) {
	p.report(RuleLimit, p.at, fmt.Sprintf("too many %s; the limit is %d", what, most), "")
	p.halted = true
}

// recover moves from a fault in the statement that begins at start to the line where reading goes
// on.
//
// As a rule that is the next line. But lines that were part of a text or an array would be a fault
// each, so behind an unfinished value the first line that looks like a statement is sought. It may
// be the one that the fault is on: an array that is not closed is noticed at the next key.
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

// beginsStatement reports whether the first line of s is blank, a comment, a conflict marker, or by
// its looks the beginning of a header or a pair.
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

// looksLikeKey is meant for lines out of context. It takes a sentence in quotes for a key, but not
// one without.
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
		case !bare[c] && c != '.':
			return false
		}
	}
	return quote == 0
}

// The functions of this file know what people type when they do not know TOML, and tell them what
// to type instead.

// doubleMarks and singleMarks are the quotation marks of many languages, which word processors put
// for those of TOML.
const (
	doubleMarks = "“”„‟«»″〝〞＂「」『』"
	singleMarks = "‘’‚‛‹›′＇´`"
)

func isTypographicMark(r rune) bool { return strings.ContainsRune(doubleMarks+singleMarks, r) }

// first returns the next character, or [utf8.RuneError] at the end of the file.
func (p *parser) first() rune {
	r, _ := utf8.DecodeRuneInString(p.src[p.at:])
	return r
}

// restOfLine returns the text up to the end of the line, without white space at its end.
func (p *parser) restOfLine() string {
	line, _, _ := strings.Cut(p.src[p.at:], "\n")
	return strings.TrimRight(line, " \t\r")
}

// oddSpace reports a character that is invisible or looks like a space, but is not a space in TOML,
// and says how to fix it.
func oddSpace(r rune) (says, hint string, is bool) {
	switch {
	case r == '\u00a0' || r == '\u202f' || r == '\u2007':
		return fmt.Sprintf("U+%04X is a no-break space", r),
			"replace the no-break space with a plain one", true
	case r > unicode.MaxASCII && unicode.IsSpace(r):
		return fmt.Sprintf("U+%04X is not a plain space", r), "replace it with a plain one", true
	case r > unicode.MaxASCII && invisible.Is(r):
		return fmt.Sprintf("U+%04X is a character that cannot be seen", r), "remove it", true
	}
	return "", "", false
}

// isSeparator reports whether r is what other formats or keyboards have in the place of the equals
// sign.
func isSeparator(r rune) bool { return r == ':' || r == '：' || r == '＝' }

// oddCharacter reports that the next character cannot be part of a key.
func (p *parser) oddCharacter() {
	r := p.first()
	says, hint, is := oddSpace(r)
	switch {
	case is:
	case isSeparator(r):
		sign := string(r)
		if strings.HasPrefix(p.src[p.at:], ":=") {
			sign = ":="
		}
		says = fmt.Sprintf("expected \"=\" after the key, found %q", sign)
		hint = "write = instead of " + sign
	default:
		says, hint = "the character "+p.found()+" in a key", "put the key in quotes"
	}
	p.mistake(says, hint)
}

// noEquals reports that no equals sign follows the key of an item.
func (p *parser) noEquals(item int) bool {
	if _, _, odd := oddSpace(p.first()); odd || isSeparator(p.first()) {
		p.oddCharacter()
		return false
	}
	key, hint := p.keyText(item), ""
	switch rest := p.restOfLine(); {
	case rest == "":
		hint = fmt.Sprintf("write %s = \"…\", or start a comment with #", key)
	case rest[0] == '"' || rest[0] == '\'' || isTypographicMark(p.first()):
		hint = fmt.Sprintf("write %s = \"…\"", key)
	case !strings.Contains(rest, "="):
		hint = "start a comment with #"
	}
	return p.faultHint("expected \"=\" after the key, found "+p.found(), hint)
}

// keyText returns the key of an item as it is written.
func (p *parser) keyText(item int) string {
	first, last := p.keyRange(item)
	return p.src[p.doc.keys[first].Span.Start:p.doc.keys[last].Span.End]
}

// openHeader reports that a header does not end with its brackets.
func (p *parser) openHeader(item int, end string) bool {
	hint := ""
	if rest := p.restOfLine(); rest == "" || strings.ContainsRune("])}>#", rune(rest[0])) {
		hint = fmt.Sprintf("write [%s]", p.keyText(item))
	}
	says := fmt.Sprintf("expected %q after the table's name, found %s", end, p.found())
	return p.faultHint(says, hint)
}

// noValue reports that a value is missing, or that a word is not one.
func (p *parser) noValue(word string) {
	r := p.first()
	says, hint, odd := oddSpace(r)
	switch {
	case odd && word != "":
	case word == "":
		says, hint = "expected a value, found "+p.found(), ""
		if p.restOfLine() == "" || r == '#' {
			hint = `write "" for an empty text`
		}
	case isTypographicMark(r):
		says, hint = string(r)+" is not a quotation mark in TOML", `write "…", with plain quotation marks`
	default:
		says, hint = "expected a value, found "+diag.Quote(word), "put text in quotes"
	}
	p.mistake(says, hint)
}

// excess reports what follows the statement of an item on its line.
func (p *parser) excess(item int) bool {
	it, rest, r := &p.doc.items[item], p.restOfLine(), p.first()
	says, hint, odd := oddSpace(r)
	if !odd {
		says = "expected the end of the line, found " + p.found()
	}
	switch {
	case odd:
	case rest == "," || rest == ";" || rest == ".":
		hint = fmt.Sprintf("remove the %q", rest)
	case beginsPair(strings.TrimLeft(rest, ",; \t")):
		hint = "begin a new line for each key"
	case it.Value == BasicString && strings.ContainsAny(rest, `"`+doubleMarks):
		hint = `write \" for a quotation mark inside a text`
	case it.Value == LiteralString && strings.ContainsAny(rest, "'"+singleMarks):
		hint = `put a text with an apostrophe in "…"`
	case it.Kind == Header && r == ']':
		hint = "remove the bracket"
	case !strings.Contains(rest, "="):
		hint = "start a comment with #"
	}
	return p.faultHint(says, hint)
}

// beginsPair reports whether s begins, by its looks, with a key and the first quote of its text.
func beginsPair(s string) bool {
	key, value, found := strings.Cut(s, "=")
	value = strings.TrimLeft(value, " \t")
	return found && looksLikeKey(key) && value != "" && (value[0] == '"' || value[0] == '\'')
}

// unclosed returns how to end the string that begins at start and does not end on its line.
func (p *parser) unclosed(start int) string {
	line, _, _ := strings.Cut(p.src[start:], "\n")
	line = strings.TrimRight(line, " \t\r")
	quote := line[:1]
	last, size := utf8.DecodeLastRuneInString(line)
	switch {
	case isTypographicMark(last):
		return fmt.Sprintf("%c is not a quotation mark in TOML; end the text with %s", last, quote)
	case quote == `"` && strings.HasSuffix(line[:len(line)-size], `\`) && last == '"':
		return `\" is a quotation mark inside the text, and \\ a backslash; ` +
			`end the text with " on the same line`
	}
	return "end the text with " + quote + " on the same line"
}
