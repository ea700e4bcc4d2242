// Package pattern parses one text with placeholders, {{.Name}}, into the parts that rendering puts
// together.
//
// The grammar is closed: a text is literal characters and placeholders, and a placeholder is two
// braces, a dot, a name and two braces, with blanks allowed inside the braces. There are no
// functions, pipes, loops or fields. Any other "{{" is a fault.
package pattern

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/invisible"
)

// Pattern is the parsed form of one text. It is immutable. The zero Pattern is the empty text.
type Pattern struct {
	slots []slot // its placeholders in order
	rest  string // what follows the last one; the whole text without any
}

// slot is the place of an argument.
type slot struct {
	before string // the characters since the slot before
	name   string // the placeholder's
	param  int    // its index
}

// Placeholder is one {{.Name}} of a text.
type Placeholder struct {
	Name       string
	Start, End int // byte offsets of the braces in the text
}

// Fault is something in a text that makes it unfit to be shown.
type Fault struct {
	Rule diag.Rule
	// Name is that of the placeholder, or what seems to be its name, in any letters; or "".
	Name       string
	Text       string // lower case, no full stop
	Hint       string
	Start, End int // byte offsets in the text
}

// The rules that a fault can break.
var (
	RulePlaceholderSyntax = diag.Rule{ID: "placeholder-syntax", Severity: diag.Error,
		Doc: "two braces do not begin a placeholder"}
	RuleUnknownPlaceholder = diag.Rule{ID: "unknown-placeholder", Severity: diag.Error,
		Doc: "a placeholder names no param of the code"}
)

// The limits protect those who render or check a text against one that was made to exhaust them.
const (
	maxPlaceholders = 100 // of a text
	maxFaults       = 20  // that are returned
)

const hintSyntax = "a placeholder is written {{.Name}}, with nothing else between the braces"

// Compile parses the text and resolves its placeholders: param returns the index of the param that
// a name stands for, and a negative number if there is none. The first 20 faults of the text are
// returned; a text with faults has no pattern. More than 100 placeholders are a fault.
func Compile(text string, param func(name string) int) (Pattern, []Fault) {
	if !strings.Contains(text, "{{") {
		return Pattern{rest: text}, nil
	}
	placeholders, faults := Placeholders(text)
	if len(placeholders) > maxPlaceholders {
		p := placeholders[maxPlaceholders]
		return Pattern{}, append(faults, Fault{
			Rule: RulePlaceholderSyntax,
			Text: fmt.Sprintf("the text has more than %d placeholders", maxPlaceholders),
			Hint: "shorten the text", Start: p.Start, End: p.End,
		})
	}
	slots := make([]slot, 0, len(placeholders))
	end := 0
	for _, p := range placeholders {
		i := param(p.Name)
		if i < 0 && len(faults) == maxFaults {
			break
		}
		if i < 0 {
			faults = append(faults, Fault{
				Rule: RuleUnknownPlaceholder, Name: p.Name,
				Text:  fmt.Sprintf("unknown placeholder {{.%s}}", p.Name),
				Start: p.Start, End: p.End,
			})
			continue
		}
		slots = append(slots, slot{text[end:p.Start], p.Name, i})
		end = p.End
	}
	if len(faults) > 0 {
		return Pattern{}, faults
	}
	return Pattern{slots, text[end:]}, nil
}

// Literal returns the text of a pattern without placeholders, and "" for one with.
func (p *Pattern) Literal() string {
	if len(p.slots) > 0 {
		return ""
	}
	return p.rest
}

// Parts yields each stretch of literal characters with the param whose argument follows it, and
// the last one with -1.
func (p *Pattern) Parts() iter.Seq2[string, int] {
	return func(yield func(literal string, param int) bool) {
		for i := range p.slots {
			if !yield(p.slots[i].before, p.slots[i].param) {
				return
			}
		}
		yield(p.rest, -1)
	}
}

// Empty reports whether the pattern is of the empty text.
func (p *Pattern) Empty() bool { return p.rest == "" && len(p.slots) == 0 }

// Check returns the faults that [Compile] returns.
func Check(text string, param func(name string) int) []Fault {
	n := 0
	for p, found := Next(text, 0); found; p, found = Next(text, p.End) {
		if n++; p.Name == "" || n > maxPlaceholders || param(p.Name) < 0 {
			_, faults := Compile(text, param)
			return faults
		}
	}
	return nil
}

// Placeholders returns the text's placeholders in order, and a fault for every "{{" that begins
// none, up to 20.
func Placeholders(text string) ([]Placeholder, []Fault) {
	var placeholders []Placeholder
	var faults []Fault
	for p, found := Next(text, 0); found; p, found = Next(text, p.End) {
		if p.Name != "" {
			placeholders = append(placeholders, p)
		} else if len(faults) < maxFaults {
			faults = append(faults, Fault{
				Rule: RulePlaceholderSyntax, Text: excerpt(text[p.Start:p.End]) + " is not a placeholder",
				Name: nameIn(text[p.Start:p.End]), Hint: hintSyntax, Start: p.Start, End: p.End,
			})
		}
	}
	return placeholders, faults
}

// Next returns the first placeholder of the text at an offset or behind it. A "{{" that begins none
// is returned as one without a name, up to where the search may go on.
func Next(text string, at int) (p Placeholder, found bool) {
	open := strings.Index(text[at:], "{{")
	if open < 0 {
		return Placeholder{}, false
	}
	start := at + open
	name, end, ok := placeholder(text, start)
	if !ok {
		name = ""
	}
	return Placeholder{Name: name, Start: start, End: end}, true
}

// placeholder reads the one that begins at start. If it is not one, the search goes on at end.
func placeholder(text string, start int) (name string, end int, ok bool) {
	body, _, closed := strings.Cut(text[start+2:], "}}")
	if !closed {
		return "", len(text), false
	}
	if inner := strings.LastIndex(body, "{{"); inner >= 0 {
		return "", start + 2 + inner, false
	}
	end = start + 2 + len(body) + 2
	name, dotted := strings.CutPrefix(strings.Trim(body, " \t"), ".")
	return name, end, dotted && isName(name)
}

// isName accepts any ASCII identifier, so that a name in the wrong case is reported as unknown, not
// as invalid.
func isName(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', c == '_':
		case '0' <= c && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return s != ""
}

// excerpt keeps a message readable where a "{{" is never closed. It is then in quotation marks,
// since its words could be taken for those of the message.
func excerpt(s string) string {
	const most = 40
	closed := strings.HasSuffix(s, "}}")
	if s = diag.CutTo(s, most); closed {
		return s
	}
	return strconv.Quote(s)
}

// nameIn returns the name that two braces and what follows them seem to be for, such as Item for
// "{{ Item}}", "{{.Item}" and "{{- .Item }}". It is "" where there is more than a name.
func nameIn(written string) string {
	body, closed := strings.CutSuffix(strings.TrimPrefix(written, "{{"), "}}")
	body = strings.TrimLeft(body, " \t.{")
	if end := strings.IndexFunc(body, func(r rune) bool {
		return !isNameRune(r) &&
			!invisible.Is(r)
	}); !closed && end >= 0 {
		body = body[:end] // The rest is that of the text.
	}
	name := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || invisible.Is(r) {
			return -1
		}
		return r
	}, body), ".-$%{}")
	if strings.IndexFunc(name, func(r rune) bool { return !isNameRune(r) }) >= 0 {
		return ""
	}
	return name
}

// isNameRune is isName's rule for the letters of all scripts, since some look alike.
func isNameRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}
