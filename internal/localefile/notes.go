package localefile

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Mark says what a comment is for, by the character behind its '#'.
type Mark byte

// The marks. A comment with any other character there, or with a mark that neither a space nor the
// end of the line follows, is the translator's.
const (
	NoMark   Mark = 0   // "# …", the translator's
	MarkText Mark = '.' // "#. …", context above a header, the source text inside a table
	MarkFlag Mark = ',' // "#, …", a flag
	MarkWas  Mark = '|' // "#| …", the source text that a translation was made from
)

// The flags that a text can have.
const (
	FlagStale  = "stale"  // the source text has changed since the text was translated
	FlagReview = "review" // somebody should look at the text
	FlagOK     = "ok"     // a translator says that the text is right as it is
)

// MarkOf returns the mark of a comment, which begins with its '#', and what follows the mark. It
// reports whether there is a space between '#' and the mark, as some formatters put there.
func MarkOf(comment string) (mark Mark, rest string, spaced bool) {
	body := strings.TrimPrefix(comment, "#")
	if spaced = strings.HasPrefix(body, " "); spaced {
		body = body[1:]
	}
	if body == "" || len(body) > 1 && body[1] != ' ' {
		return NoMark, "", false
	}
	switch mark = Mark(body[0]); mark {
	case MarkText, MarkFlag, MarkWas:
		return mark, body[min(2, len(body)):], spaced
	}
	return NoMark, "", false
}

// Line returns a comment with the mark.
func (m Mark) Line(rest string) string {
	if rest == "" {
		return "#" + string(m)
	}
	return "#" + string(m) + " " + rest
}

// IsNote reports whether a comment inside a table is one of extract's lines, and whether it has a
// space between '#' and its mark. With the space it is one only if what follows can be read, since
// a translator may begin a comment with a dot.
func IsNote(comment string) (note, spaced bool) {
	mark, rest, spaced := MarkOf(comment)
	switch mark {
	case NoMark:
		return false, false
	case MarkFlag:
		return isFlag(rest), spaced
	}
	if !spaced {
		return true, false
	}
	_, _, ok := readSource(rest)
	return ok, true
}

// IsFlag reports whether a comment is the flag with the name.
func IsFlag(comment, name string) bool {
	mark, rest, _ := MarkOf(comment)
	return mark == MarkFlag && strings.TrimSpace(rest) == name
}

func isFlag(rest string) bool {
	switch strings.TrimSpace(rest) {
	case FlagStale, FlagReview, FlagOK:
		return true
	}
	return false
}

// isState reports whether a comment is a line that belongs inside a table and nowhere else.
func isState(comment string) bool {
	note, _ := IsNote(comment)
	mark, _, _ := MarkOf(comment)
	return note && mark != MarkText
}

// Notes are extract's lines inside the table of a text. After a merge a form may have several
// source texts of a kind, so that nothing is dropped before it is known which one counts.
type Notes struct {
	Seen              map[plural.Category][]string // "#." lines, what the translator saw
	Was               map[plural.Category][]string // "#|" lines, what the translation was made from
	Stale, Review, OK bool                         // the "#," lines
}

// ReadNotes reads comments of a table in their order. It skips what is not a note.
func ReadNotes(comments []string) Notes {
	var notes Notes
	for _, comment := range comments {
		if note, _ := IsNote(comment); !note {
			continue
		}
		switch mark, rest, _ := MarkOf(comment); mark {
		case MarkText:
			addSource(&notes.Seen, rest)
		case MarkWas:
			addSource(&notes.Was, rest)
		case MarkFlag:
			flag := strings.TrimSpace(rest)
			notes.Stale = notes.Stale || flag == FlagStale
			notes.Review = notes.Review || flag == FlagReview
			notes.OK = notes.OK || flag == FlagOK
		}
	}
	return notes
}

func addSource(texts *map[plural.Category][]string, line string) {
	category, text, ok := readSource(line)
	if !ok || text == "" {
		return
	}
	if *texts == nil {
		*texts = map[plural.Category][]string{}
	}
	(*texts)[category] = append((*texts)[category], text)
}

// readSource reads `en: "…"` or `en.one: "…"`. The first is a whole text, of the form other.
func readSource(line string) (category plural.Category, text string, ok bool) {
	key, value, found := strings.Cut(line, ":")
	tag, name, dotted := strings.Cut(strings.TrimSpace(key), ".")
	if !found || !isTag(tag) {
		return 0, "", false
	}
	category = plural.Other
	if dotted {
		if category, ok = plural.ParseCategory(name); !ok {
			return 0, "", false
		}
	}
	text, ok = unquote(strings.TrimSpace(value))
	return category, text, ok
}

// isTag accepts whatever could be a language tag: it does not matter which, since a domain has one
// source locale.
func isTag(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-':
		default:
			return false
		}
	}
	return s != ""
}

// unquote decodes a TOML basic string.
func unquote(s string) (text string, ok bool) {
	if len(s) >= 2 && s[0] == '"' && strings.IndexAny(s[1:], `"\`) == len(s)-2 {
		return s[1 : len(s)-1], true
	}
	doc, findings := tomldoc.Parse("", []byte("a = "+s))
	items := doc.Items()
	if len(findings) > 0 || len(items) != 1 || items[0].Value != tomldoc.BasicString {
		return "", false
	}
	return doc.Text(items[0]), true
}

// CommentsIn returns the comments of a block: those of translators, without the '#' and the spaces
// around, and extract's lines inside the table.
func (f *File) CommentsIn(b *Block) (own, notes []string) {
	items, notes := f.commentItems(b)
	for _, i := range items {
		own = append(own, f.OwnComment(i))
	}
	return own, notes
}

// OwnComments returns the items of a block that are translators' comments.
func (f *File) OwnComments(b *Block) []int {
	own, _ := f.commentItems(b)
	return own
}

// OwnComment returns a translator's comment, item i, without the '#' and the spaces around.
func (f *File) OwnComment(i int) string {
	return strings.TrimSpace(strings.TrimPrefix(f.Comment(i), "#"))
}

func (f *File) commentItems(b *Block) (own []int, notes []string) {
	spaced := false
	for i := b.End - 1; i >= b.First; i-- { // Those above the header depend on those inside.
		if kind := f.Doc.Items()[i].Kind; kind != tomldoc.Comment && kind != tomldoc.SideComment {
			continue
		}
		comment := f.Comment(i)
		note, withSpace := IsNote(comment)
		mark, _, _ := MarkOf(comment)
		switch {
		case i > b.Header && note:
			notes, spaced = append(notes, comment), spaced || withSpace
		case i < b.Header && mark == MarkText && (spaced || !strings.HasPrefix(comment, "# ")):
		case f.OwnComment(i) != "":
			own = append(own, i)
		}
	}
	slices.Reverse(own)
	slices.Reverse(notes)
	return own, notes
}

// SourceLines returns a source text as comments with the mark, one a form: with the categories'
// names if named is true, as a plural text has them, else the form other alone. The forms must be
// UTF-8.
func SourceLines(mark Mark, source language.Tag, forms *Forms, named bool) []string {
	if !named {
		return []string{mark.Line(source.String() + ": " + tomldoc.MustQuote(forms[plural.Other]))}
	}
	var lines []string
	width := 0
	for c, text := range forms {
		if text != "" {
			width = max(width, len(plural.Category(c).String()))
		}
	}
	for c, text := range forms {
		if text == "" {
			continue
		}
		name := plural.Category(c).String()
		pad := strings.Repeat(" ", width-len(name))
		lines = append(lines,
			mark.Line(source.String()+"."+name+": "+pad+tomldoc.MustQuote(text)))
	}
	return lines
}
