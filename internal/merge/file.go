package merge

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// role is what a file is to its domain.
type role uint8

const (
	target  role = iota // it has every text
	variant             // it has what differs from its parent
	source              // it is written from Go
)

// planner plans the changes of one file.
type planner struct {
	want *wanted

	name       string
	tag        language.Tag
	role       role
	categories plural.Set
	old        []byte
	fleeting   bool // old is not kept unless it changes
	create     bool // there is no old yet, and src is what the new file begins with
	unended    bool // the last line of old has no end; src has it
	src        string
	newline    string
	file       *localefile.File
	blocks     []localefile.Block
	parked     []localefile.Parked
	first      int // offset of the first table with all that hangs on it

	live      []int                 // by message: the index of its entry plus 1, or 0
	message   []int                 // by entry: the index of its message, or -1
	aside     map[localefile.ID]int // the obsolete text with the ID that would be brought back, an index of parked
	revived   []bool                // by obsolete text
	obstacles obstacles
	strays    map[int]stray // by entry

	edits    edits
	meaning  Meaning
	summary  Summary
	left     []Text
	findings diag.List
}

// newPlanner reads the file. It is not to be planned for if there are findings.
func newPlanner(w *wanted, f File) (*planner, diag.List) {
	p := &planner{want: w, name: f.Name, tag: f.Tag, fleeting: f.Read != nil}
	src, err := f.content()
	if err != nil {
		return p, diag.List{unreadable(f.Name, err)}
	}
	p.old = src
	p.newline = "\n"
	if line, _, _ := bytes.Cut(src, []byte("\n")); bytes.HasSuffix(line, []byte("\r")) {
		p.newline = "\r\n"
	}
	// A last line without an end is given one for as long as the plan is made, so that every line is like every other.
	if p.unended = !bytes.HasSuffix(src, []byte("\n")) && len(bytes.TrimPrefix(src, []byte(bom))) > 0; p.unended {
		src = append(slices.Clip(src), p.newline...)
	}
	var syntax diag.List
	p.file, syntax, p.findings = localefile.Read(f.Name, f.Tag, src)
	p.src = p.file.Doc.Slice(tomldoc.Span{Start: 0, End: len(src)})
	p.role = p.roleIn(w)
	if p.role == source && w.create {
		p.old, p.create = nil, true
	}
	return p, syntax
}

const bom = "\uFEFF"

// roleIn tells what the file is to the domain. It is a variant if another is for its parent, or its parent's, in the
// same language and script.
func (p *planner) roleIn(w *wanted) role {
	if p.tag == w.domain.Source {
		return source
	}
	if _, has := parentOf(p.tag, w.tags()); has && !p.file.Full() {
		return variant
	}
	return target
}

// parentOf returns the nearest parent of the locale that is one of the others.
func parentOf(tag language.Tag, others []language.Tag) (parent language.Tag, has bool) {
	id := locale.Of(tag)
	for _, parent := range locale.Parents(tag) {
		// nb and nn inherit from no, but are not variants of it.
		if locale.Of(parent).SameText(id) && slices.Contains(others, parent) {
			return parent, true
		}
	}
	return language.Und, false
}

// sync plans all that brings the file up to date.
func (p *planner) sync() {
	p.survey()
	p.moveStrays()
	p.park()
	p.write()
	p.tellObsolete()
}

// survey finds out what stands where.
func (p *planner) survey() {
	p.blocks = p.file.Blocks()
	p.first = len(p.src)
	if len(p.blocks) > 0 {
		p.first = p.file.Lines(&p.blocks[0]).Start
	}
	p.categories = plural.For(p.tag).Categories()
	p.obstacles = findObstacles(p.file)
	p.live = make([]int, len(p.want.messages))
	p.message = make([]int, len(p.file.Entries))
	guess := 0
	for i := range p.file.Entries {
		m := p.want.find(p.file.Entries[i].ID, guess)
		p.message[i] = m
		if m >= 0 {
			p.live[m] = i + 1
			guess = m + 1
		}
	}
	p.surveyObsolete()
}

// surveyObsolete finds the obsolete texts. Lines in the middle of a text's table are none: they go where it goes. In other
// tables it does not matter what follows, since that may be moved.
func (p *planner) surveyObsolete() {
	var unreadable []tomldoc.Span
	p.parked, unreadable = p.file.Parked()
	p.parked = slices.DeleteFunc(p.parked, func(parked localefile.Parked) bool {
		around, is := p.around(parked.Span.Start)
		if is = is && p.isText(around); is {
			unreadable = append(unreadable, parked.Span)
		}
		return is
	})
	for _, span := range unreadable {
		p.report(span.Start, diag.Warning, RuleObsoleteUnreadable, "the lines marked as obsolete are no text",
			"they stay as they are; mend them, put them between two tables, or delete them; for a comment of your own write # in the place of #~")
	}
	p.revived = make([]bool, len(p.parked))
	p.aside = make(map[localefile.ID]int, len(p.parked))
	for i := range p.parked {
		if first, twice := p.aside[p.parked[i].ID]; !twice || p.isBetter(i, first) {
			p.aside[p.parked[i].ID] = i
		}
	}
}

// block returns the block of the table with the header.
func (p *planner) block(header int) localefile.Block {
	i, _ := slices.BinarySearchFunc(p.blocks, header, func(b localefile.Block, header int) int { return b.Header - header })
	return p.blocks[i]
}

// isBetter reports whether an obsolete text is to be brought back rather than one further up with the same ID: if it alone
// has a translation, or if both have one and it stands where such texts are put, so that it is the newer one. Of two that
// stand elsewhere it is the lower one.
func (p *planner) isBetter(i, first int) bool {
	if !p.isTranslated(p.parked[i].Text) {
		return false
	}
	inPlace := func(i int) bool { return p.parked[i].Span.End <= p.first }
	return !p.isTranslated(p.parked[first].Text) || inPlace(i) || !inPlace(first)
}

// around returns the block in the middle of which the byte at offset is.
func (p *planner) around(offset int) (b *localefile.Block, is bool) {
	next, _ := slices.BinarySearchFunc(p.blocks, offset, func(b localefile.Block, offset int) int {
		return p.file.Lines(&b).End - offset - 1
	})
	if next == len(p.blocks) || p.file.Lines(&p.blocks[next]).Start > offset {
		return nil, false
	}
	return &p.blocks[next], true
}

// isText reports whether the table is that of a text.
func (p *planner) isText(b *localefile.Block) bool {
	_, is := slices.BinarySearchFunc(p.file.Entries, b.Header, func(e localefile.Entry, item int) int { return e.Item - item })
	return is
}

// tellObsolete counts the obsolete texts and reports those that stand in the file as live ones, too.
func (p *planner) tellObsolete() {
	p.summary.Obsolete = len(p.parked) - p.summary.Revived + p.summary.Parked
	for i := range p.parked {
		parked := &p.parked[i]
		m := p.want.find(parked.ID, 0)
		if m >= 0 && !p.revived[i] && (p.live[m] > 0 || p.revived[p.aside[parked.ID]]) {
			p.report(parked.Span.Start, diag.Warning, RuleObsoleteLive,
				fmt.Sprintf("%v stands here as obsolete, and in the file as a live text, too", parked.ID),
				"the live one counts; delete these lines when nothing in them is needed")
		}
	}
}

// finish applies the edits, and has the result checked.
func (p *planner) finish() FilePlan {
	f := FilePlan{
		Name: p.name, Tag: p.tag, Source: p.role == source, Variant: p.role == variant,
		Old: p.old, New: p.old, Summary: p.summary, Left: p.left, live: len(p.file.Entries),
	}
	planned, changes, err := p.edits.apply(p.src, p.newline)
	if err == nil && planned != p.src {
		err = verify(p.file.Doc, planned, &p.meaning)
	}
	if err != nil {
		p.report(-1, diag.Error, RuleReferee, fmt.Sprintf("the file is left as it is, since it could not be changed safely: %v", err),
			"please report this with the file")
		return f
	}
	if p.unended {
		planned, changes = unend(p.src, planned, changes)
	}
	switch {
	case p.create:
		f.New, f.Meaning = []byte(planned), p.meaning
	case planned != string(p.old):
		f.New, f.Changes, f.Meaning = []byte(planned), changes, p.meaning
	case p.fleeting:
		f.Old, f.New = nil, nil
	}
	return f
}

// unreadable returns the finding about a file that cannot be read.
func unreadable(name string, err error) diag.Finding {
	if finding, is := errors.AsType[diag.Finding](err); is {
		return finding
	}
	return diag.Finding{File: name, Severity: diag.Error, Rule: RuleUnreadable, Text: err.Error()}
}

// unend takes the end of the last line off again.
func unend(src, planned string, changes []tomldoc.Change) (string, []tomldoc.Change) {
	end := len(src) - lineEndLen(src)
	if n := len(changes) - 1; n >= 0 && changes[n].Old.End > end {
		c := &changes[n]
		switch {
		case c.Old.Start > end: // something is put behind the last line
			c.New = src[end:] + c.New[:len(c.New)-lineEndLen(c.New)]
			c.Old = tomldoc.Span{Start: end, End: end}
		case c.New != "":
			c.New = c.New[:len(c.New)-lineEndLen(c.New)]
			c.Old.End = end
		default: // the last lines go, and with them the end of the line above
			c.Old = tomldoc.Span{Start: c.Old.Start - lineEndLen(src[:c.Old.Start]), End: end}
		}
	}
	return planned[:len(planned)-lineEndLen(planned)], changes
}

// lineEndLen returns the length of the line end that s ends with, or 0.
func lineEndLen(s string) int {
	switch {
	case strings.HasSuffix(s, "\r\n"):
		return 2
	case strings.HasSuffix(s, "\n"):
		return 1
	}
	return 0
}

func (p *planner) report(at int, severity diag.Severity, rule, text, hint string) {
	f := diag.Finding{File: p.name, Severity: severity, Rule: rule, Text: text, Hint: hint}
	if at >= 0 {
		f.Pos = p.file.Doc.Pos(at)
	}
	p.findings = append(p.findings, f)
}
