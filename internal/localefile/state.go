package localefile

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// The flags that a text can have.
const (
	FlagStale  = "stale"  // the source text has changed since the text was made
	FlagReview = "review" // somebody should look at the text
	FlagFull   = "full"   // of a whole file, above its first table: it is no variant, although a parent's file exists
)

// Notes are the machine's lines inside the table of a text. A table that was merged from two branches may have several
// of a kind, so that nothing is dropped before it is known which one counts.
type Notes struct {
	Source []Forms // the "#." lines, the source text as it was when the file was last brought up to date
	Flags  []Flag  // the "#," lines
	Was    []Was   // the "#|" lines, the source text that the translation was made from
}

// Flag is a flag of a text, such as "stale 5b1f09c2".
type Flag struct {
	Name string
	Of   string // the fingerprint of the text that it was set for; "" if it was set by hand, for whatever the text is
	Text string // all that stands on its line behind the mark
}

// Was is an earlier source text, and the lines that say so.
type Was struct {
	Forms Forms
	Lines []string
}

// For reports whether the flag is set for the text with the fingerprint.
func (f Flag) For(fingerprint string) bool { return f.Of == "" || f.Of == fingerprint }

// ReadNotes reads comments of a table in their order. What is no note is passed over.
func ReadNotes(comments []string) Notes {
	var notes Notes
	var source, was group
	for _, comment := range comments {
		switch mark, rest := MarkOf(comment); mark {
		case MarkSource:
			if category, text, whole, ok := readSource(rest); ok {
				if source.begins(category, whole) {
					notes.Source = append(notes.Source, Forms{})
				}
				notes.Source[len(notes.Source)-1][category] = text
			}
		case MarkFlag:
			notes.Flags = append(notes.Flags, readFlag(rest))
		case MarkWas:
			if category, text, whole, ok := readSource(rest); ok {
				if was.begins(category, whole) {
					notes.Was = append(notes.Was, Was{})
				}
				last := &notes.Was[len(notes.Was)-1]
				last.Forms[category] = text
				last.Lines = append(last.Lines, comment)
			}
		}
	}
	return notes
}

// group tells where, in lines with a form each, the forms of the next text begin: where a category comes again, and
// before and behind a line that is a text of its own.
type group struct {
	seen plural.Set
	full bool
}

func (g *group) begins(category plural.Category, whole bool) bool {
	begins := g.seen == 0 || g.full || whole || g.seen.Has(category)
	if begins {
		*g = group{full: whole}
	}
	g.seen |= plural.SetOf(category)
	return begins
}

// readSource reads "en: "…"" or "en.one: "…"". The first is a whole text, of one form.
func readSource(line string) (category plural.Category, text string, whole, ok bool) {
	key, value, found := strings.Cut(line, ":")
	tag, name, dotted := strings.Cut(strings.TrimSpace(key), ".")
	if !found || !isTag(tag) {
		return 0, "", false, false
	}
	category = plural.Other
	if dotted {
		if category, ok = plural.ParseCategory(name); !ok {
			return 0, "", false, false
		}
	}
	text, ok = unquote(strings.TrimSpace(value))
	return category, text, !dotted, ok
}

// isTag accepts whatever could be a language tag: it does not matter which, since a domain has one source locale.
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

func readFlag(rest string) Flag {
	flag := Flag{Text: rest}
	if words := strings.Fields(rest); len(words) == 1 || len(words) == 2 && isFingerprint(words[1]) {
		flag.Name = words[0]
		flag.Of = strings.Join(words[1:], "")
	}
	return flag
}

func isFingerprint(s string) bool {
	return len(s) == 8 && strings.Trim(s, "0123456789abcdef") == ""
}

// Line returns the flag as a comment.
func (f Flag) Line() string {
	if f.Of == "" {
		return MarkFlag.Line(f.Name)
	}
	return MarkFlag.Line(f.Name + " " + f.Of)
}

// SourceLines returns a source text as comments with the mark, one a form: with the categories' names if named is true,
// as a plural text has them, else the form other alone. The forms must be UTF-8.
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
		lines = append(lines, mark.Line(source.String()+"."+name+": "+pad+tomldoc.MustQuote(text)))
	}
	return lines
}

// Full reports whether a line above the first table marks the file as complete in itself; see [FlagFull].
func (f *File) Full() bool {
	items := f.Doc.Items()
	for i := range items {
		switch items[i].Kind {
		case tomldoc.Header, tomldoc.ArrayHeader:
			return false
		case tomldoc.Comment:
			if mark, rest := MarkOf(f.Doc.Slice(items[i].Span)); mark == MarkFlag && readFlag(rest).Name == FlagFull {
				return true
			}
		}
	}
	return false
}
