package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// comments is what the comments of one text say to this package. The zero value says nothing.
type comments struct {
	allowed []string // the rules that a translator has switched off
	stale   bool     // the table shows that the text is stale
}

func (r comments) allows(rule string) bool { return slices.Contains(r.allowed, rule) }

// commentsByID are the comments of a file. Texts without any are not in it.
type commentsByID map[localefile.ID]comments

const (
	mark = "lint:"
	verb = "allow"
)

// readComments finds the comments with a mark, and the flags of texts. A comment with a mark
// belongs to the text whose header or form is directly below it, else to the one that it is in.
func readComments(f *localefile.File) (commentsByID, diag.List) {
	r := commentReader{file: f, comments: commentsByID{}}
	for i, item := range f.Doc.Items() {
		if item.Kind != tomldoc.Comment && item.Kind != tomldoc.SideComment {
			continue
		}
		comment := f.Doc.Slice(item.Span())
		if len(comment) > 1 && (comment[1] == '.' || comment[1] == '|') {
			continue // Most are source texts.
		}
		if body, ok := cutFold(strings.TrimLeft(comment[1:], " \t"), mark); ok {
			r.allow(i, body, item.Span().Start+len(comment)-len(body))
		} else {
			r.flag(i, comment)
		}
	}
	return r.comments, r.findings.List()
}

// cutFold is [strings.CutPrefix], letter case apart, for a prefix of ASCII letters.
func cutFold(s, prefix string) (after string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

type commentReader struct {
	file     *localefile.File
	entries  map[int]localefile.ID // by item, made when the first remark is met
	tables   map[int]localefile.ID // by table
	comments commentsByID
	findings diag.Collector
	unknown  int // names of rules that do not exist

	first, end int // comments with no blank line between: those of the last call of below
	lastHeader int // made with entries
	gap        gap // around the last comment that was looked at
}

// gap is a run of comments and blank lines, from item first to item end, without end.
type gap struct {
	first, end int
	blank      int // the first blank line
}

// allow reads what follows the mark in the comment at item i. The body begins at offset at of the
// file.
func (r *commentReader) allow(i int, body string, at int) {
	rest, ok := cutFold(strings.TrimLeft(body, " \t"), verb)
	if !ok || strings.TrimLeftFunc(rest, isSeparator) == rest ||
		strings.TrimFunc(rest, isSeparator) == "" {
		r.report(RuleLintComment, at, "\"lint:\" is not followed by \"allow\" and the names of rules",
			"write \"# lint: allow same-as-source\"")
		return
	}
	var rules []string
	at += len(body) - len(rest)
	for name := range strings.FieldsFuncSeq(rest, isSeparator) {
		if fault, hint := r.checkName(name); fault != "" {
			r.report(RuleLintComment, at+strings.Index(rest, name), fault, hint)
			continue
		}
		rules = append(rules, strings.ToLower(name))
	}
	owner, ok := r.owner(i)
	if !ok {
		r.reportStray(i)
		return
	}
	r.update(owner, func(text *comments) {
		for _, rule := range rules {
			if !text.allows(rule) {
				text.allowed = append(text.allowed, rule)
			}
		}
	})
}

// reportStray reports the comment at item i, which belongs to no text.
func (r *commentReader) reportStray(i int) {
	says, items := "the comment belongs to no text", r.file.Doc.Items()
	if r.betweenTexts(i) && i < r.lastHeader {
		says = "the comment is between two texts and belongs to neither"
	}
	r.report(RuleLintComment, items[i].Span().Start, says,
		"put it directly above the head, or inside the table, of its text")
}

// rulesPage tells users of the rules.
const rulesPage = "https://github.com/errlingo/errlingo/blob/main/docs/lint.md"

// mostHints is how many unknown names of a file are compared with all that there are. No more than
// that are listed, and comparing takes time.
const mostHints = diag.MaxFindings

// checkName returns what is wrong with the name of a rule that is to be switched off, and a hint.
func (r *commentReader) checkName(name string) (fault, hint string) {
	known := names(textRules[:])
	if name = strings.ToLower(name); slices.Contains(known, name) {
		return "", ""
	}
	fault = fmt.Sprintf("no rule is called %s", diag.Quote(name))
	if slices.Contains(names(fileRules[:]), name) {
		return fmt.Sprintf("the rule %q cannot be switched off", name),
			"it is about the file, not about one text"
	}
	if r.unknown++; r.unknown > mostHints {
		known = nil
	}
	return fault, hintRule(name, known)
}

// hintRule says which rules a name could be a misspelling of, or where all of them are listed.
func hintRule(name string, known []string) string {
	if near := nearRules(name, known); len(near) > 0 {
		return fmt.Sprintf("did you mean %s?", strings.Join(near, " or "))
	}
	return rulesPage + " lists the rules"
}

// nearRules returns the rules that a name could be a misspelling of: the nearest one, else those
// in which the name is a word, or begins one.
func nearRules(name string, known []string) []string {
	if near := diag.Nearest(name, known); near != "" {
		return []string{near}
	}
	var near []string
	for _, rule := range known {
		if len(name) > 2 && strings.Contains("-"+rule, "-"+name) {
			near = append(near, rule)
		}
	}
	return near
}

func isSeparator(r rune) bool { return r == ' ' || r == '\t' || r == ',' }

// update changes the comments of the text.
func (r *commentReader) update(id localefile.ID, change func(*comments)) {
	text := r.comments[id]
	change(&text)
	r.comments[id] = text
}

// owner returns the text that the comment at item i belongs to.
func (r *commentReader) owner(i int) (localefile.ID, bool) {
	r.index()
	items := r.file.Doc.Items()
	if items[i].Kind == tomldoc.SideComment {
		return r.textAt(items[i].Parent())
	}
	if below := r.below(i); below < len(items) &&
		(items[below].Kind == tomldoc.Header || items[below].Kind == tomldoc.Pair) {
		return r.textAt(below)
	}
	if r.betweenTexts(i) {
		return localefile.ID{}, false
	}
	id, ok := r.tables[items[i].Table()]
	return id, ok
}

// below returns the first item below the comment at item i that is not a comment.
func (r *commentReader) below(i int) int {
	if r.first <= i && i < r.end {
		return r.end
	}
	items := r.file.Doc.Items()
	r.first = i
	for i < len(items) && items[i].Kind == tomldoc.Comment {
		i++
	}
	r.end = i
	return i
}

// betweenTexts reports whether the comment at item i follows the last form of a table and a blank
// line, so that it could belong to the text above or to the one below.
func (r *commentReader) betweenTexts(i int) bool {
	items := r.file.Doc.Items()
	g := r.gapAt(i)
	if g.end < len(items) && items[g.end].Kind == tomldoc.Pair {
		return false
	}
	above := g.first - 1
	if above >= 0 && items[above].Kind == tomldoc.SideComment {
		above = items[above].Parent()
	}
	return g.blank < i && above >= 0 && items[above].Kind != tomldoc.Header
}

// gapAt returns the gap that the comment at item i is in. Comments are looked at in their order,
// and a gap may be as long as the file.
func (r *commentReader) gapAt(i int) gap {
	if r.gap.first <= i && i < r.gap.end {
		return r.gap
	}
	items := r.file.Doc.Items()
	apart := func(i int) bool {
		return items[i].Kind == tomldoc.Comment || items[i].Kind == tomldoc.Blank
	}
	g := gap{first: i, end: i, blank: len(items)}
	for g.first > 0 && apart(g.first-1) {
		g.first--
	}
	for g.end < len(items) && apart(g.end) {
		g.end++
	}
	for n := g.end - 1; n >= g.first; n-- {
		if items[n].Kind == tomldoc.Blank {
			g.blank = n
		}
	}
	r.gap = g
	return g
}

// textAt returns the text that a header or a pair belongs to. A pair with an inline table belongs
// to what is in it.
func (r *commentReader) textAt(item int) (localefile.ID, bool) {
	items := r.file.Doc.Items()
	for item < len(items)-1 && items[item].Value == tomldoc.InlineTable {
		item++
	}
	if id, ok := r.entries[item]; ok {
		return id, true
	}
	id, ok := r.tables[items[item].Table()]
	return id, ok
}

func (r *commentReader) index() {
	if r.entries != nil {
		return
	}
	r.entries, r.tables = map[int]localefile.ID{}, map[int]localefile.ID{}
	for i := range r.file.Entries {
		e := &r.file.Entries[i]
		r.entries[e.Item] = e.ID
		if e.Table >= 0 {
			r.tables[e.Table] = e.ID
		}
	}
	for i, item := range r.file.Doc.Items() {
		if item.Kind == tomldoc.Header {
			r.lastHeader = i
		}
	}
}

func (r *commentReader) report(rule diag.Rule, at int, text, hint string) {
	r.findings.Add(rule.At(r.file.Name, r.file.Doc.Pos(at), text, hint))
}

// without returns the findings about the file's texts that no comment switches off.
func (r commentsByID) without(f *localefile.File, findings diag.List) diag.List {
	if len(r) == 0 || len(findings) == 0 {
		return findings
	}
	owner := OwnersByPlace(f)
	return slices.DeleteFunc(findings, func(f diag.Finding) bool {
		return r[owner(f.Pos)].allows(f.Rule)
	})
}

// Excuses returns the comments that keep a file's texts from being errors: those that allow a rule
// whose findings are errors, and the flag of a stale text. They are lines to be written below the
// header of the text, so that a file that was written anew is checked as this one was.
func Excuses(f *localefile.File) map[localefile.ID][]string {
	all := map[localefile.ID][]string{}
	texts, _ := readComments(f)
	for id, text := range texts {
		var allowed []string
		for _, rule := range textRules {
			if rule.Severity == diag.Error && text.allows(rule.ID) {
				allowed = append(allowed, rule.ID)
			}
		}
		if len(allowed) > 0 {
			all[id] = append(all[id], "# "+mark+" "+verb+" "+strings.Join(allowed, " "))
		}
		if text.stale {
			all[id] = append(all[id], localefile.MarkFlag.Line(localefile.FlagStale))
		}
	}
	return all
}

// OwnersByPlace returns a function that tells which text a place belongs to: the last one of which
// a header or a form begins at the place or before it.
func OwnersByPlace(f *localefile.File) func(diag.Pos) localefile.ID {
	type start struct {
		pos diag.Pos
		id  localefile.ID
	}
	var starts []start
	items := f.Doc.Items()
	for i := range f.Entries {
		e := &f.Entries[i]
		starts = append(starts, start{f.Doc.Pos(items[e.Item].Span().Start), e.ID})
		for _, form := range e.Forms {
			if form.Present() {
				starts = append(starts, start{f.Doc.Pos(items[form.Item-1].Span().Start), e.ID})
			}
		}
	}
	slices.SortStableFunc(starts, func(a, b start) int { return comparePlaces(a.pos, b.pos) })
	return func(at diag.Pos) localefile.ID {
		i, exact := slices.BinarySearchFunc(starts, at, func(s start, at diag.Pos) int {
			return comparePlaces(s.pos, at)
		})
		if !exact {
			i--
		}
		if i < 0 {
			return localefile.ID{}
		}
		return starts[i].id
	}
}

func comparePlaces(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

const (
	misunderstood = "this flag cannot be understood"
	hintFlags     = "the flags are \"#, stale\", \"#, review\" and \"#, ok\", each on a line of its " +
		"own"
	hintTable = "put it inside the table of its text, below the head"
)

// flag takes note of a flag in the comment at item i, and reports one that is not understood.
func (r *commentReader) flag(i int, comment string) {
	items := r.file.Doc.Items()
	mark, _, spaced := localefile.MarkOf(comment)
	note, _ := localefile.IsNote(comment)
	switch {
	case mark == localefile.MarkFlag && note && items[i].Kind == tomldoc.Comment:
	case mark == localefile.MarkFlag && !spaced, meansFlag(comment):
		r.reportFlag(&items[i], misunderstood, hintFlags)
		return
	default:
		return
	}
	r.index()
	// A flag directly above a header is inside the table above. If there is a blank line before it,
	// nobody intended that.
	id, ok := r.tables[items[i].Table()]
	if ok && localefile.IsFlag(comment, localefile.FlagStale) {
		r.update(id, func(text *comments) { text.stale = true })
	}
	if below := r.below(i); !ok || below < len(items) && items[below].Kind == tomldoc.Header &&
		r.betweenTexts(i) {
		r.reportFlag(&items[i], "this flag is outside of the table of a text", hintTable)
	}
}

// reportFlag reports a flag. The hint says how to keep it, if it is inside the table of a text.
func (r *commentReader) reportFlag(item *tomldoc.Item, says, hint string) {
	r.index()
	if _, ok := r.tables[item.Table()]; ok {
		hint += "; " + allowHint(RuleFlag)
	}
	r.report(RuleFlag, item.Span().Start, says, hint)
}

// meansFlag reports whether a comment without the mark of flags was most likely meant to have it,
// such as "#,stale".
func meansFlag(comment string) bool {
	rest, ok := strings.CutPrefix(comment, "#,")
	if !ok {
		return false
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
	flags := []string{localefile.FlagStale, localefile.FlagReview, localefile.FlagOK, "fuzzy"}
	return len(words) > 0 && slices.Contains(flags, strings.ToLower(words[0]))
}

// checkFields reports the fields of go-i18n's that a file still has from the time when that program
// wrote it.
func checkFields(f *localefile.File) diag.List {
	var findings diag.List
	for item, name := range f.Fields {
		hint := "it has no meaning here; delete the line"
		if name == "description" {
			hint = "write it as a comment above the table and delete the line"
		}
		findings = append(findings, RuleGoI18nField.At(
			f.Name, f.Doc.Pos(f.Doc.Items()[item].Span().Start),
			fmt.Sprintf("%s is a go-i18n field", name), hint+"; "+allowHint(RuleGoI18nField)))
	}
	return findings
}
