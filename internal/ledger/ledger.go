// Package ledger keeps the list of every code that a domain ever issued, and finds the changes of
// a code that break the programs and people that rely on it.
//
// The file is plain text, one code per line, sorted by number:
//
//	errlingo 2 codes shop
//	1187 OLD_NAME 400 - retired
//	1201 OUT_OF_STOCK 409 Item:string,was:Product Left:int+ was:SOLD_OUT
//
// It is a set of lines, made to be merged line by line: order, repeated lines, repeated headers,
// CRLF and conflict markers mean nothing. Lines of one number that share a name, present or former,
// are one code. docs/locale-file.md describes the file for its users.
package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// Name is the name of the ledger's file, which is in the folder of the locale files.
const Name = "codes.lock"

// Version is the version of the format that this package reads and writes.
const Version = 2

// The limits of a ledger. Most lines have about 50 bytes.
const (
	MaxSize  = 2 << 20 // bytes of a file
	maxLines = 40_000  // valid lines
	maxWords = 200     // words of a line, most of which are params
)

const (
	retired = "retired"
	was     = "was:"
	none    = "-" // no params, or no HTTP status
)

// The rules of findings about a ledger.
var (
	RuleSyntax = diag.Rule{ID: "ledger-syntax", Severity: diag.Error,
		Doc: "a line of the ledger is invalid"}
	RuleTwice = diag.Rule{ID: "ledger-twice", Severity: diag.Error,
		Doc: "two codes have the same number or name"}
	RuleDomain = diag.Rule{ID: "ledger-domain", Severity: diag.Error,
		Doc: "the ledger belongs to another domain"}
	RuleBreak = diag.Rule{ID: "ledger-break", Severity: diag.Error,
		Doc: "a code changed in a way that breaks its users"}
	RuleAccepted = diag.Rule{ID: "ledger-accepted", Severity: diag.Warning,
		Doc: "a code changed in a way that breaks its users, and the change was accepted"}
	RuleReuse = diag.Rule{ID: "ledger-reuse", Severity: diag.Error,
		Doc: "a number or name belongs to another code"}
	RuleLost = diag.Rule{ID: "ledger-lost", Severity: diag.Warning,
		Doc: "the ledger lacks a code that was issued"}
)

// Rules returns the rules of findings about a ledger.
func Rules() []diag.Rule {
	return []diag.Rule{RuleSyntax, RuleTwice, RuleDomain, RuleBreak, RuleAccepted, RuleReuse, RuleLost}
}

// Ledger is the content of a ledger. It is immutable. The zero value is an empty ledger that
// belongs to no domain.
type Ledger struct {
	file    string
	domain  string
	crlf    bool
	entries []Entry
}

// Entry is one line: a code as it was issued.
type Entry struct {
	Number  int
	Name    string
	HTTP    int // 0 for a code without a status
	Params  []Param
	Was     []string // former names of the code, sorted
	Retired bool     // no longer declared; its number and names stay taken
	Line    int      // in the file, counted from 1; 0 for a line that is not in the file yet
	file    string   // that the line was read from
	merged  bool     // see [History.AddMerged]
}

// Param is a param of a code as it was issued.
type Param struct {
	Name   string
	Kind   string
	Public bool     // part of responses, where programs read it
	Was    []string // former names, the oldest first
}

// Entries returns the lines, sorted by number, without those that repeat another. A code has
// several where branches were merged and extract has not run since. The slice is shared and must
// not be changed.
func (l *Ledger) Entries() []Entry { return l.entries }

// FormerNames returns the present name of each code that was renamed, by each of its former names.
// A locale file, or a fact about one, may still have a former name, since it may come from a branch
// that did not know of the rename.
//
// Where branches renamed a code differently, only Go source tells its present name: call
// FormerNames on the Next of a [Comparison], which has one line per code. Here such a code is left
// out, as is a former name that another live code has now, which is a conflict, and a former name
// of a retired code that another retired code has had last.
func (l *Ledger) FormerNames() map[string]string {
	hasFormer := func(e Entry) bool { return len(e.Was) > 0 }
	if !slices.ContainsFunc(l.entries, hasFormer) {
		return map[string]string{}
	}
	former, present := map[string]string{}, map[string]bool{}
	formerRetired, retired := map[string]string{}, map[string]bool{}
	for _, id := range identify(l.pointers()) {
		name := id.presentName()
		live := false
		for _, line := range id.lines {
			if !line.Retired && (name == "" || line.Name == name) {
				present[line.Name], live = true, true
			}
		}
		if name == "" {
			continue
		}
		if !live {
			retired[name] = true
		}
		for _, old := range id.names {
			switch {
			case old == name:
			case live:
				former[old] = name
			default:
				formerRetired[old] = name
			}
		}
	}
	for old, name := range formerRetired {
		if former[old] == "" && !retired[old] {
			former[old] = name
		}
	}
	maps.DeleteFunc(former, func(old, _ string) bool { return present[old] })
	return former
}

// FormerParams returns the names that a param of a code has had, the oldest first. The present name
// is one of them only if it is the oldest.
//
// Fingerprints of texts call a param by its oldest name, so that must stay the same for as long as
// the param exists. A name that the ledger has stays when Go no longer declares it, and one that Go
// declares later than the param is left out. For a param that the ledger does not have, the names
// are those that Go declares.
func (l *Ledger) FormerParams(code *model.Code, p *model.Param) []string {
	var lines []*Entry
	i, _ := slices.BinarySearchFunc(l.entries, code.Number, func(e Entry, number int) int {
		return cmp.Compare(e.Number, number)
	})
	for ; i < len(l.entries) && l.entries[i].Number == code.Number; i++ {
		lines = append(lines, &l.entries[i])
	}
	if len(lines) == 0 { // The code is new, or its new number is not accepted yet.
		for i := range l.entries {
			if l.entries[i].Name == code.Name {
				lines = append(lines, &l.entries[i])
			}
		}
	}
	return formerParams(lines, p)
}

// formerParams is [Ledger.FormerParams] by the lines of a code, the most important first.
func formerParams(lines []*Entry, p *model.Param) []string {
	names := append(slices.Clip(p.FormerNames), p.Name) // in the order of time
	var issued []string
	latest := 0 // of the names, the latest one that a line has
	for i := len(names) - 1; i >= 0 && len(issued) == 0; i-- {
		for _, line := range lines {
			if q := line.param(names[i]); q != nil && len(issued) <= 1 { // without a former name so far
				issued, latest = append(slices.Clip(q.Was), q.Name), i
			}
		}
	}
	var was []string
	for _, name := range slices.Concat(issued, names[latest:]) {
		if !slices.Contains(was, name) && (name != p.Name || len(was) == 0) {
			was = append(was, name)
		}
	}
	if len(was) == 1 && was[0] == p.Name {
		return nil
	}
	return was
}

// Bytes returns the ledger as a file, with the line ends of the file that it was read from.
func (l *Ledger) Bytes() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "errlingo %d codes %s\n", Version, l.domain)
	for i := range l.entries {
		b.WriteString(l.entries[i].String() + "\n")
	}
	text := b.String()
	if l.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

// String returns the entry as a line of the file.
func (e *Entry) String() string {
	words := []string{strconv.Itoa(e.Number), e.Name, none}
	if e.HTTP != 0 {
		words[2] = strconv.Itoa(e.HTTP)
	}
	for _, p := range e.Params {
		words = append(words, p.String())
	}
	if len(e.Params) == 0 {
		words = append(words, none)
	}
	for _, name := range e.Was {
		words = append(words, was+name)
	}
	if e.Retired {
		words = append(words, retired)
	}
	return strings.Join(words, " ")
}

// says reports whether both lines are written alike.
func (e *Entry) says(other *Entry) bool {
	return e.Number == other.Number && e.Name == other.Name && e.HTTP == other.HTTP &&
		e.Retired == other.Retired && slices.Equal(e.Was, other.Was) &&
		slices.EqualFunc(e.Params, other.Params, func(a, b Param) bool {
			return a.Name == b.Name && a.Kind == b.Kind && a.Public == b.Public && slices.Equal(a.Was, b.Was)
		})
}

// String returns the param as the file has it, such as "Left:int+" or "Item:string,was:Product".
func (p Param) String() string {
	word := p.Name + ":" + p.Kind
	if p.Public {
		word += "+"
	}
	if len(p.Was) > 0 {
		word += "," + was + strings.Join(p.Was, ",")
	}
	return word
}

// param returns the param with the name, or nil.
func (e *Entry) param(name string) *Param {
	if i := slices.IndexFunc(e.Params, func(p Param) bool { return p.Name == name }); i >= 0 {
		return &e.Params[i]
	}
	return nil
}

// at returns the place of the line, such as "locales/codes.lock:7".
func (e *Entry) at() string { return fmt.Sprintf("%s:%d", e.file, e.Line) }

func (l *Ledger) pointers() []*Entry {
	all := make([]*Entry, len(l.entries))
	for i := range l.entries {
		all[i] = &l.entries[i]
	}
	return all
}

// sortEntries sorts by number, with live lines first, so that the order of the file means nothing.
func sortEntries(entries []Entry) {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if order := cmp.Or(cmp.Compare(a.Number, b.Number), compareBool(a.Retired, b.Retired),
			cmp.Compare(a.Name, b.Name)); order != 0 {
			return order
		}
		return cmp.Compare(a.String(), b.String())
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// identity is one code: the lines of one number that share a name, present or former.
type identity struct {
	number int
	names  []string // present and former ones, sorted
	lines  []*Entry
}

// identify groups lines by the code that they are about. The identities are in the order of their
// first lines.
func identify(lines []*Entry) []*identity {
	type key struct {
		number int
		name   string
	}
	group := make([]int, len(lines)) // a line of the same code, or the line itself
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	first := make(map[key]int, len(lines))
	for i, line := range lines {
		group[i] = i
		for _, name := range append(line.Was[:len(line.Was):len(line.Was)], line.Name) {
			k := key{line.Number, name}
			if j, ok := first[k]; ok {
				a, b := find(i), find(j)
				group[max(a, b)] = min(a, b)
			} else {
				first[k] = i
			}
		}
	}
	var all []*identity
	byRoot := make([]*identity, len(lines))
	for i, line := range lines {
		root := find(i)
		id := byRoot[root]
		if id == nil {
			id = &identity{number: line.Number}
			byRoot[root] = id
			all = append(all, id)
		}
		id.lines = append(id.lines, line)
		id.names = append(append(id.names, line.Was...), line.Name)
	}
	for _, id := range all {
		slices.Sort(id.names)
		id.names = slices.Compact(id.names)
	}
	return all
}

// presentName returns the name that no line calls a former one, or "" if several are left.
func (id *identity) presentName() string {
	former := map[string]bool{}
	for _, line := range id.lines {
		for _, name := range line.Was {
			former[name] = true
		}
	}
	present := ""
	for _, line := range id.lines {
		switch {
		case former[line.Name] || line.Name == present:
		case present != "":
			return ""
		default:
			present = line.Name
		}
	}
	return present
}

// Domain returns the name of the domain that a ledger belongs to, also if it has another version of
// the format. The name is "" if only that version can tell it.
func Domain(src []byte) (name string, ok bool) {
	for line := range strings.Lines(string(src)) {
		if _, name, ok := header(line); ok {
			return name, true
		}
	}
	return "", false
}

// header reads a header line. That of a later version may have other words; if it has too few, the
// domain is "".
func header(line string) (version int, domain string, ok bool) {
	words := strings.Fields(strings.TrimPrefix(line, "\uFEFF"))
	if len(words) < 2 || words[0] != "errlingo" {
		return 0, "", false
	}
	version, err := strconv.Atoi(words[1])
	switch {
	case err != nil || version < 1:
		return 0, "", false
	case len(words) < 4:
		return version, "", version > Version
	case version > Version:
		return version, words[3], true
	}
	role := "codes"
	if version == 1 {
		role = "domain"
	}
	return version, words[3], len(words) == 4 && words[2] == role
}

// maxFindings is how many findings about one file are returned; the others are counted.
const maxFindings = diag.MaxFindings

// Parse reads a ledger. Findings name it by file. With findings the Ledger holds what could be
// read. It is never nil.
//
// The findings are about invalid lines. Whether valid lines contradict each other depends on what
// Go source declares; see [Compare].
func Parse(file string, src []byte) (*Ledger, diag.List) {
	p := parser{ledger: &Ledger{file: file}}
	if !utf8.Valid(src) {
		p.report(1, 1, RuleSyntax, "the ledger is not UTF-8", "save the file as UTF-8")
		return p.ledger, p.findings
	}
	text := string(src)
	domain, ok := Domain(src)
	if !ok {
		// It may be any file, so a finding for each of its lines would be of no use.
		p.report(1, 1, RuleSyntax, "the ledger has no header",
			fmt.Sprintf(`add the line "errlingo %d codes" with the domain's name`, Version))
		return p.ledger, p.findings
	}
	ends := strings.Count(text, "\n")
	p.ledger.domain = domain
	p.ledger.crlf = ends > 0 && strings.Count(text, "\r\n") == ends
	p.ledger.entries = make([]Entry, 0, min(ends+1, maxLines))
	n := 0
	for line := range strings.Lines(text) {
		n++
		if p.line(n, strings.TrimRight(strings.TrimPrefix(line, "\uFEFF"), "\r\n")); p.later {
			break // Its other lines may mean anything.
		}
		if len(p.ledger.entries) > maxLines {
			p.report(n, 1, RuleSyntax, fmt.Sprintf("the ledger has more than %d lines", maxLines),
				"divide the domain into several")
			break
		}
	}
	if p.more > 0 {
		others := RuleSyntax.At(file, diag.Pos{}, fmt.Sprintf("%d more invalid lines", p.more), "")
		others.Count = p.more
		p.findings = append(p.findings, others)
	}
	sortEntries(p.ledger.entries)
	p.ledger.entries = slices.CompactFunc(p.ledger.entries, func(a, b Entry) bool {
		return a.says(&b)
	})
	p.findings.Sort()
	return p.ledger, p.findings
}

type parser struct {
	ledger   *Ledger
	findings diag.List
	more     int  // findings beyond the first maxFindings
	later    bool // the file has a later version of the format
}

func (p *parser) report(line, column int, rule diag.Rule, text, hint string) {
	if len(p.findings) == maxFindings {
		p.more++
		return
	}
	at := diag.Pos{Line: line, Column: column}
	p.findings = append(p.findings, rule.At(p.ledger.file, at, text, hint))
}

func (p *parser) line(n int, line string) {
	if strings.Count(line, " ") > maxWords {
		p.report(n, 1, RuleSyntax, fmt.Sprintf("the line has more than %d words", maxWords), hintLine)
		return
	}
	words := strings.Fields(line)
	if len(words) == 0 || isMarker(words[0]) {
		return
	}
	if version, domain, ok := header(line); ok {
		switch {
		case version > Version:
			p.later = true
			p.findings, p.more = nil, 0
			p.report(n, 1, RuleSyntax, fmt.Sprintf("the ledger has format version %d; this program "+
				"reads version %d", version, Version), "update errlingo")
		case version < Version:
			p.report(n, 1, RuleSyntax, fmt.Sprintf("format version %d is no longer read", version),
				fmt.Sprintf(`write "errlingo %d codes %s" instead; `+
					"on the line of a renamed code write was:OLD_NAME", Version, domain))
		case domain != p.ledger.domain:
			p.report(n, 1, RuleDomain, fmt.Sprintf("the ledger belongs to two domains, %s and %s",
				diag.Quote(p.ledger.domain), diag.Quote(domain)), "delete the header that is wrong")
		}
		return
	}
	e := Entry{Line: n, file: p.ledger.file}
	if wrong, word := e.read(words); wrong != "" {
		p.report(n, column(line, word), RuleSyntax, wrong, hintLine)
		return
	}
	p.ledger.entries = append(p.ledger.entries, e)
}

const hintLine = "a valid line is 1201 OUT_OF_STOCK 409 Item:string Left:int+"

// isMarker reports whether a word is a conflict marker of git.
func isMarker(word string) bool {
	return len(word) >= 7 && strings.ContainsRune("<=>|", rune(word[0])) &&
		strings.Trim(word, word[:1]) == ""
}

// read fills the entry. It returns what is wrong, and with which of the words.
func (e *Entry) read(words []string) (wrong string, word int) {
	var err error
	if e.Number, err = strconv.Atoi(words[0]); err != nil {
		return fmt.Sprintf("invalid number %s", diag.Quote(words[0])), 0
	}
	if len(words) < 3 {
		return "the line has no name or no HTTP status", len(words) - 1
	}
	e.Name = words[1]
	if e.HTTP, err = strconv.Atoi(words[2]); words[2] != none && (err != nil || e.HTTP < 0) {
		return fmt.Sprintf("invalid HTTP status %s", diag.Quote(words[2])), 2
	}
	for i, w := range words[3:] {
		old, renamed := strings.CutPrefix(w, was)
		param, former, wasOther := strings.Cut(w, ","+was)
		name, kind, ok := strings.Cut(param, ":")
		switch {
		case w == retired:
			e.Retired = true
			continue
		case w == none:
			continue
		case renamed && old != "":
			if old != e.Name {
				e.Was = append(e.Was, old)
			}
			continue
		case !ok || name == "" || name+":" == was:
			return fmt.Sprintf("invalid param %s", diag.Quote(w)), 3 + i
		}
		kind, public := strings.CutSuffix(kind, "+")
		if kind == "" {
			return fmt.Sprintf("the param %s has no kind", diag.Quote(name)), 3 + i
		}
		if e.param(name) != nil {
			return fmt.Sprintf("the param %s is listed twice", diag.Quote(name)), 3 + i
		}
		p := Param{Name: name, Kind: kind, Public: public}
		if wasOther {
			p.Was = strings.Split(former, ",")
			if slices.Contains(p.Was, "") {
				return fmt.Sprintf("the param %s has an empty former name", diag.Quote(name)), 3 + i
			}
		}
		e.Params = append(e.Params, p)
	}
	slices.Sort(e.Was)
	e.Was = slices.Compact(e.Was)
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

// History is what a domain has issued according to earlier versions of its ledger. The zero value
// is an empty history. It is filled by Add and then shared.
type History struct {
	seen    map[string]bool
	entries []*Entry // the lines of newer versions first
}

// Add adds a version of the ledger that is older than those added before. It ignores lines that it
// cannot read. It reports whether this is a ledger of the domain that can be read.
func (h *History) Add(file, domain string, src []byte) bool {
	return h.add(file, domain, src, false)
}

// AddMerged is Add for a version that the main branch never had itself: only a branch had it that
// was merged later. It may have drafts that had to give way before that, so a code that only such
// versions have does not count if it has a number or a name in common with a code that was issued.
// Add these versions last.
func (h *History) AddMerged(file, domain string, src []byte) bool {
	return h.add(file, domain, src, true)
}

func (h *History) add(file, domain string, src []byte, merged bool) bool {
	if name, ok := Domain(src); !ok || name != domain {
		return false
	}
	if h.seen == nil {
		h.seen = map[string]bool{}
	}
	n := 0
	for line := range strings.Lines(string(src)) {
		n++
		// Most lines are the same in every version, so they are compared before they are parsed.
		if line = strings.TrimSpace(line); h.seen[line] {
			continue
		}
		h.seen[line] = true
		if version, _, ok := header(line); ok && version != Version {
			return false
		}
		e := &Entry{Line: n, file: file, merged: merged}
		words := strings.Fields(line)
		if len(words) == 0 || isMarker(words[0]) {
			continue
		}
		if wrong, _ := e.read(words); wrong == "" {
			h.entries = append(h.entries, e)
		}
	}
	return true
}
