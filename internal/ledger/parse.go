package ledger

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
)

// Domain returns the name of the domain that a ledger's first line names.
func Domain(src []byte) (name string, ok bool) {
	line, _, _ := strings.Cut(string(src[:min(len(src), 200)]), "\n")
	name, ok = strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(line, "\uFEFF")), magic)
	if !ok || name == "" || strings.ContainsFunc(name, unicode.IsSpace) {
		return "", false
	}
	return name, true
}

// Parse reads a ledger, which the findings call by file. With findings the Ledger holds what could be read. It is never
// nil.
//
// Lines may stand in any order, and twice: that is what merging two branches leaves, and writing the ledger puts right.
func Parse(file string, src []byte) (*Ledger, diag.List) {
	p := parser{ledger: &Ledger{file: file}}
	if !utf8.Valid(src) {
		p.report(1, 1, RuleSyntax, "the ledger is not UTF-8", "save the file as UTF-8")
		return p.ledger, p.findings
	}
	text := strings.TrimPrefix(string(src), "\uFEFF")
	p.ledger.crlf = strings.Contains(text, "\r\n")
	domain, ok := Domain(src)
	if !ok {
		// It may be any file, and there is no use in a finding for each of its lines.
		p.report(1, 1, RuleSyntax, fmt.Sprintf("the first line is not %q and the domain's name", strings.TrimSpace(magic)),
			"if this was a ledger, give it its first line back")
		return p.ledger, p.findings
	}
	p.ledger.domain = domain
	p.ledger.entries = make([]Entry, 0, strings.Count(text, "\n"))
	n := 0
	for line := range strings.Lines(text) {
		if n++; n > 1 {
			p.line(n, strings.TrimRight(line, "\r\n"))
		}
	}
	p.doubles()
	p.findings.Sort()
	return p.ledger, p.findings
}

type parser struct {
	ledger   *Ledger
	findings diag.List
}

func (p *parser) report(line, column int, rule, text, hint string) {
	p.findings = append(p.findings, diag.Finding{
		File: p.ledger.file, Pos: diag.Pos{Line: line, Column: column}, Severity: diag.Error, Rule: rule, Text: text, Hint: hint,
	})
}

// line reads one line. One that repeats another, or the first, is passed over.
func (p *parser) line(n int, line string) {
	words := strings.Fields(line)
	if len(words) == 0 || line == magic+p.ledger.domain {
		return
	}
	if mark := words[0]; strings.Trim(mark, mark[:1]) == "" && len(mark) >= 7 && strings.Contains("<=>|", mark[:1]) {
		p.report(n, 1, RuleSyntax, "an unresolved merge conflict", "keep the lines of both sides, and delete the markers")
		return
	}
	e := Entry{Line: n}
	if wrong, word := e.read(words); wrong != "" {
		p.report(n, column(line, word), RuleSyntax, wrong, "a line reads 1201 OUT_OF_STOCK 409 Item:string Left:int+")
		return
	}
	p.ledger.entries = append(p.ledger.entries, e)
}

// read fills the entry. It returns what is wrong, and with which of the words.
func (e *Entry) read(words []string) (wrong string, word int) {
	var err error
	if e.Number, err = strconv.Atoi(words[0]); err != nil {
		return fmt.Sprintf("%q is no number of a code", words[0]), 0
	}
	if len(words) < 3 {
		return "the line has no name or no HTTP status", len(words) - 1
	}
	e.Name = words[1]
	if e.HTTP, err = strconv.Atoi(words[2]); words[2] != none && (err != nil || e.HTTP < 0) {
		return fmt.Sprintf("%q is no HTTP status", words[2]), 2
	}
	rest := words[3:]
	if last := len(rest) - 1; last >= 0 && rest[last] == retired {
		e.Retired, rest = true, rest[:last]
	}
	if len(rest) == 1 && rest[0] == none {
		return "", 0
	}
	for i, w := range rest {
		name, kind, ok := strings.Cut(w, ":")
		kind, public := strings.CutSuffix(kind, "+")
		if !ok || name == "" || kind == "" {
			return fmt.Sprintf("%q is no param with its kind", w), 3 + i
		}
		e.Params = append(e.Params, Param{name, kind, public})
	}
	return "", 0
}

// column returns the column of the n-th word of a line, counted from 1.
func column(line string, n int) int {
	rest := line
	for {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if n == 0 {
			return utf8.RuneCountInString(line[:len(line)-len(rest)]) + 1
		}
		n--
		rest = rest[max(strings.IndexFunc(rest, unicode.IsSpace), 0):]
	}
}

// doubles sorts the entries, drops what stands there twice, and reports lines that cannot both be right. A retired line
// beside another is right: it is the number that a code had before, or the name.
func (p *parser) doubles() {
	sortEntries(p.ledger.entries)
	p.ledger.entries = slices.CompactFunc(p.ledger.entries, func(a, b Entry) bool { return a.equal(&b) })
	n := len(p.ledger.entries)
	numbers, names, both := make(map[int]*Entry, n), make(map[string]*Entry, n), make(map[issued]*Entry, n)
	for i := range p.ledger.entries {
		e := &p.ledger.entries[i]
		if first := both[e.id()]; first != nil {
			p.twice(first, e, fmt.Sprintf("%d %s", e.Number, e.Name),
				"delete one of the lines, or take what Go source declares: extract accept --ledger "+e.Name)
			continue
		}
		both[e.id()] = e
		if e.Retired {
			continue
		}
		if first := numbers[e.Number]; first != nil {
			p.twice(first, e, fmt.Sprintf("the number %d", e.Number), fmt.Sprintf(
				"give the one of %s and %s that was not released another number, then run extract accept --ledger with its name", first.Name, e.Name))
		}
		if first := names[e.Name]; first != nil {
			p.twice(first, e, fmt.Sprintf("the name %s", e.Name),
				"declare it with the number that was released, then take that: extract accept --ledger "+e.Name)
		}
		numbers[e.Number], names[e.Name] = e, e
	}
}

// double is two lines that cannot both be right.
type double struct {
	names   [2]string
	finding diag.Finding
}

func (p *parser) twice(a, b *Entry, what, hint string) {
	first, second := min(a.Line, b.Line), max(a.Line, b.Line)
	p.report(second, 1, RuleTwice, fmt.Sprintf("%s stands on line %d already, with something else", what, first), hint)
	p.ledger.doubled = append(p.ledger.doubled, double{[2]string{a.Name, b.Name}, p.findings[len(p.findings)-1]})
}
