package state

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/plural"
)

// Version is the version of the format that this package reads and writes.
const Version = 2

// MaxSize is how many bytes a lock file may have. They are about 130,000 facts: three for each text
// of a locale file that is as large as it may be.
const MaxSize = 6 << 20

// Role says what a locale file is for. A greater role is stronger.
type Role uint8

const (
	// NoRole is the role of a file whose state has no header.
	NoRole Role = iota
	// Variant is the role of a sparse file that has only what differs from its parent. Nothing is
	// missing in it.
	Variant
	// Target is the role of a file that translators fill.
	Target
	// Source is the role of the file that follows Go.
	Source
)

// Header is the first line of a lock file.
type Header struct {
	Domain  string
	Role    Role
	Parent  string // the locale that a Variant differs from; else empty
	Overlay string // import path of the package whose domain the folder translates; else empty
}

// stronger returns the header that counts of two: the one with the stronger role; of equal ones an
// overlay's; else the one that sorts last. This is the greatest in one order of all headers, so
// that the order of lines means nothing.
func (h Header) stronger(other Header) Header {
	order := cmp.Or(
		cmp.Compare(h.Role, other.Role),
		strings.Compare(h.Overlay, other.Overlay),
		strings.Compare(h.Parent, other.Parent),
		strings.Compare(h.Domain, other.Domain),
	)
	if order < 0 {
		return other
	}
	return h
}

// magic is the first word of a header.
const magic = "errlingo"

// String returns the header as the line of a lock file, such as
//
//	errlingo 2 state shop source
//	errlingo 2 state shop target
//	errlingo 2 state shop variant of de
//	errlingo 2 state standard overlay of github.com/errlingo/errlingo/catalog
//	errlingo 2 state standard variant of de overlay of github.com/errlingo/errlingo/catalog
//
// An overlay's file is a target unless it says otherwise.
func (h Header) String() string {
	line := fmt.Sprintf("%s %d state %s", magic, Version, h.Domain)
	switch {
	case h.Role == Source:
		line += " source"
	case h.Role == Variant:
		line += " variant of " + h.Parent
	case h.Overlay == "":
		line += " target"
	}
	if h.Overlay != "" {
		line += " overlay of " + h.Overlay
	}
	return line
}

// String returns the fact as the line of a lock file, such as
//
//	OUT_OF_STOCK.detail.other 5c6ce0b0 0b3a1c9d review
func (f Fact) String() string {
	line := fmt.Sprintf("%s.%s %s %s", f.ID, f.Form, f.Text, f.Source)
	if f.Mark != Plain {
		line += " " + f.Mark.String()
	}
	return line
}

// Bytes returns the lock file: the header, and then every fact in a line of its own, sorted.
func (s *Set) Bytes() []byte {
	var b bytes.Buffer
	if s.Header != (Header{}) {
		fmt.Fprintln(&b, s.Header)
	}
	for f := range s.All() {
		fmt.Fprintln(&b, f)
	}
	return b.Bytes()
}

// The rules that a lock file can break.
var (
	RuleSyntax = diag.Rule{ID: "state-syntax", Severity: diag.Error,
		Doc: "a line of a state cannot be read"}
	RuleVersion = diag.Rule{ID: "state-version", Severity: diag.Error,
		Doc: "a state was written by a later version of extract"}
	RuleDomain = diag.Rule{ID: "state-domain", Severity: diag.Error,
		Doc: "a state belongs to two domains"}
)

// Rules returns the rules that a lock file can break.
func Rules() []diag.Rule { return []diag.Rule{RuleSyntax, RuleVersion, RuleDomain} }

// Parse reads a lock file, which the findings call by file. The order of lines, doubled lines,
// several headers, conflict markers, CRLF and a byte-order mark mean nothing: every line counts.
//
// The findings are sorted. A line that cannot be read is one, and so are headers of two domains. A
// version higher than [Version] is the only finding of its file, whose lines may mean anything.
// After [diag.MaxFindings] the other lines are read for such a version alone. The Set is never nil;
// with findings it holds what could be read, and must not be written.
func Parse(file string, src []byte) (*Set, diag.List) {
	p := parser{set: new(Set), file: file}
	lines := bytes.Count(src, []byte("\n"))
	p.facts = make([]Fact, 0, min(lines+1, len(src)/minFact))
	if !utf8.Valid(src) {
		p.report(1, 1, RuleSyntax, "the file is not UTF-8", "restore it from version control")
		return p.set, p.findings
	}
	n := 0
	var words []string
	for line := range strings.Lines(string(src)) {
		n++
		if f, ok := quickFact(line); ok && !p.more {
			p.facts = append(p.facts, f)
			continue
		}
		if len(line) > maxLine {
			p.report(n, 1, RuleSyntax, fmt.Sprintf("the line has more than %d bytes", maxLine), hintLine)
			continue
		}
		words = slices.AppendSeq(words[:0], strings.FieldsSeq(strings.TrimPrefix(line, "\uFEFF")))
		switch {
		case len(words) == 0 || conflictMarker(words[0]):
			continue
		case words[0] == magic && len(words) > 1 && higherVersion(words[1]):
			p.findings, p.more = nil, false
			p.report(n, column(line, 1), RuleVersion,
				fmt.Sprintf("the format has version %s, and this extract reads %d", words[1], Version),
				"use the version of extract that the project uses")
			return p.set, p.findings
		case p.more:
			continue
		case words[0] == magic:
			p.header(n, line, words)
		default:
			p.fact(n, line, words)
		}
	}
	p.set.take(p.facts)
	p.findings.Sort()
	return p.set, p.findings
}

// conflictMarker reports whether a line's first word is one of git's "<<<<<<<", "|||||||",
// "=======" and ">>>>>>>", which may be longer.
func conflictMarker(word string) bool {
	return len(word) >= 7 && strings.ContainsRune("<|=>", rune(word[0])) &&
		strings.Trim(word, word[:1]) == ""
}

func higherVersion(word string) bool {
	n, err := strconv.Atoi(word)
	return err == nil && n > Version
}

type parser struct {
	set      *Set
	file     string
	facts    []Fact
	findings diag.List
	more     bool // there are more findings than are listed
}

const hintLine = "restore the line from version control, or delete it; a line is " +
	"OUT_OF_STOCK.detail.other 5c6ce0b0 0b3a1c9d"

// maxLine is how many bytes a line may have. Names of codes and forms are much shorter.
const maxLine = 1 << 10

// minFact is how many bytes the shortest fact has.
const minFact = len("A.title.one - -")

func (p *parser) report(line, column int, rule diag.Rule, text, hint string) {
	if p.more {
		return
	}
	if len(p.findings) == diag.MaxFindings {
		p.more, text, hint = true, "there are more faults, which are not listed", ""
	}
	p.findings = append(p.findings, rule.At(p.file, diag.Pos{Line: line, Column: column}, text, hint))
}

func (p *parser) header(n int, line string, words []string) {
	h, ok := parseHeader(words)
	if !ok {
		p.report(n, 1, RuleSyntax, "the header cannot be read",
			fmt.Sprintf("write it as %q, or restore it from version control",
				Header{Domain: "shop", Role: Target}))
		return
	}
	if domain := p.set.Header.Domain; domain != "" && domain != h.Domain {
		p.report(n, column(line, 3), RuleDomain,
			fmt.Sprintf("the file belongs to the domain %q and to %q", domain, h.Domain),
			"delete the header of the other domain")
	}
	p.set.Header = p.set.Header.stronger(h)
}

// parseHeader reads the words of a header; see [Header.String].
func parseHeader(words []string) (h Header, ok bool) {
	if len(words) < 5 || words[1] != strconv.Itoa(Version) || words[2] != "state" {
		return Header{}, false
	}
	h.Domain = words[3]
	switch rest := words[4:]; {
	case rest[0] == "source":
		h.Role = Source
		return h, len(rest) == 1
	case rest[0] == "target":
		h.Role, words = Target, rest[1:]
	case rest[0] == "variant" && len(rest) >= 3 && rest[1] == "of":
		h.Role, h.Parent, words = Variant, rest[2], rest[3:]
	case rest[0] == "overlay":
		h.Role, words = Target, rest
	default:
		return Header{}, false
	}
	if len(words) == 3 && words[0] == "overlay" && words[1] == "of" {
		h.Overlay, words = words[2], nil
	}
	return h, len(words) == 0
}

func (p *parser) fact(n int, line string, words []string) {
	f, wrong, word := parseFact(words)
	if wrong != "" {
		p.report(n, column(line, word), RuleSyntax, wrong, hintLine)
		return
	}
	p.facts = append(p.facts, f)
}

// quickFact reads a fact as [Set.Bytes] writes one without a mark, which nearly all lines are.
func quickFact(line string) (f Fact, ok bool) {
	const words = len(" 5c6ce0b0 0b3a1c9d\n")
	at := len(line) - words
	if at <= 0 || len(line) > maxLine || line[at] != ' ' || line[at+9] != ' ' ||
		line[len(line)-1] != '\n' {
		return f, false
	}
	for i := range at {
		if line[i] <= ' ' || line[i] > '~' {
			return f, false
		}
	}
	dot := strings.LastIndexByte(line[:at], '.')
	if dot <= 0 {
		return f, false
	}
	f.ID = line[:dot]
	var form, text, source bool
	f.Form, form = plural.ParseCategory(line[dot+1 : at])
	f.Text, text = parseFingerprint(line[at+1 : at+9])
	f.Source, source = parseFingerprint(line[at+10 : at+18])
	return f, form && text && source
}

// parseFact reads the words of a fact. It returns what is wrong, and with which of them.
func parseFact(words []string) (f Fact, wrong string, word int) {
	dot := strings.LastIndexByte(words[0], '.')
	if dot <= 0 {
		return f, diag.Quote(words[0]) + " is not a message ID with a form", 0
	}
	form, ok := plural.ParseCategory(words[0][dot+1:])
	if !ok {
		return f, diag.Quote(words[0][dot+1:]) + " is not a plural category", 0
	}
	if len(words) < 3 || len(words) > 4 {
		return f, fmt.Sprintf("a fact has 3 or 4 words, not %d", len(words)), len(words) - 1
	}
	f = Fact{ID: words[0][:dot], Form: form}
	for i, to := range []*Fingerprint{&f.Text, &f.Source} {
		if *to, ok = parseFingerprint(words[1+i]); !ok {
			return f, diag.Quote(words[1+i]) + " is not a fingerprint", 1 + i
		}
	}
	if len(words) == 4 {
		switch words[3] {
		case ForReview.String():
			f.Mark = ForReview
		case Rejected.String():
			f.Mark = Rejected
		default:
			return f, diag.Quote(words[3]) + " is not a mark; they are review and rejected", 3
		}
	}
	return f, "", 0
}

// column returns the column of the n-th word of a line, counted from 1.
func column(line string, n int) int {
	rest := strings.TrimPrefix(line, "\uFEFF")
	for {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if n == 0 {
			return utf8.RuneCountInString(line[:len(line)-len(rest)]) + 1
		}
		n--
		rest = rest[max(strings.IndexFunc(rest, unicode.IsSpace), 0):]
	}
}
