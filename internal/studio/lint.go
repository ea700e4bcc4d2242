package studio

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// postLint answers POST /api/lint.
func (s *Server) postLint(r *http.Request) (any, error) {
	var asked struct {
		textKey
		Forms map[string]string `json:"forms"`
	}
	if err := readJSON(r, &asked); err != nil {
		return nil, err
	}
	// What is being typed is compared with the texts as they are in memory, so that nobody waits.
	d, l, i, err := s.current.Load().find(asked.textKey)
	if err != nil {
		return nil, err
	}
	forms, err := l.texts[i].withForms(asked.Forms)
	if err != nil {
		return nil, err
	}
	findings, _ := d.lint(l, i, forms, l.texts[i].Comments, false)
	return struct {
		Findings []findingDocument `json:"findings"`
	}{findings}, nil
}

// findingsOf returns what lint says about text i of a locale as it is.
func (d *domain) findingsOf(l *locale, i int) []findingDocument {
	t := &l.texts[i]
	findings, _ := d.lint(l, i, t.forms(), t.Comments, t.state == state.Stale)
	return findings
}

// tally is how many findings there are about a text. They are counted when somebody asks.
type tally struct {
	once sync.Once
	n    int
}

// countFindings returns how many findings there are about text i of a locale as it is.
func (d *domain) countFindings(l *locale, i int) int {
	t := l.texts[i].findings
	t.once.Do(func() { t.n = len(d.findingsOf(l, i)) })
	return t.n
}

// lint returns what lint says about text i of a locale if it had the forms, and whether there is an
// error. The translators' comments switch rules off. Some rules are less strict with a stale text.
func (d *domain) lint(
	l *locale, i int, forms map[plural.Category]string, comments []string, stale bool,
) (documents []findingDocument, failed bool) {
	table := newLintTable(&l.texts[i], forms, comments, stale)
	file, syntax, texts := localefile.Read("text", l.tag, []byte(table.text))
	findings := slices.Concat(syntax, texts)
	if len(syntax) == 0 && !table.empty {
		findings = append(findings, d.checker.File(file)...)
	}
	findings.Sort()
	documents = []findingDocument{}
	for _, f := range findings {
		documents = append(documents, table.document(f))
	}
	return documents, len(findings.Errors()) > 0
}

// lintTable is a text as a locale file of its own, in which each form has a line.
type lintTable struct {
	text    string
	lines   map[int]plural.Category // by number
	forms   map[plural.Category]string
	sources map[plural.Category]string // that the forms translate
	empty   bool
}

func newLintTable(
	of *text, forms map[plural.Category]string, comments []string, stale bool,
) *lintTable {
	t := &lintTable{lines: map[int]plural.Category{}, forms: forms, empty: true,
		sources: map[plural.Category]string{}}
	for _, f := range of.Forms {
		t.sources[f.Category] = f.Source
	}
	var lines []string
	for _, comment := range comments {
		lines = append(lines, "# "+strings.ToValidUTF8(comment, "\uFFFD"))
	}
	lines = append(lines, "["+of.ID+"]")
	if stale {
		lines = append(lines, localefile.MarkFlag.Line(localefile.FlagStale))
	}
	for c := range plural.Category(plural.NumCategories) {
		if text := forms[c]; text != "" {
			lines = append(lines, c.String()+" = "+tomldoc.MustQuote(text))
			t.lines[len(lines)] = c
			t.empty = false
		}
	}
	t.text = strings.Join(lines, "\n") + "\n"
	return t
}

// document returns a finding about the table as the page gets it.
func (t *lintTable) document(f diag.Finding) findingDocument {
	doc := findingDocument{Level: f.Severity.String(), Rule: f.Rule, Message: f.Text, Hint: f.Hint}
	c, inForm := t.lines[f.Line]
	if !inForm {
		return doc
	}
	text := t.forms[c]
	doc.Category = c.String()
	quoted := c.String() + " = " + tomldoc.MustQuote(text)
	from := offsetIn(text, c, f.Column-1, quoted)
	to := wordEnd(text, from)
	if f.Fix != (diag.Fix{}) {
		if fixed, start, end, ok := applyFix(quoted, text, c, f); ok {
			doc.Fix, from, to = &fixed, start, end
		}
	} else if fixed := fixOf(f.Rule, text, from, t.sources[c]); fixed != "" && fixed != text {
		doc.Fix = &fixed
	}
	doc.From, doc.To = utf16Len(text[:from]), utf16Len(text[:to])
	return doc
}

// offsetIn returns the offset in a form's text of the character in the given column, from 0, of the
// form's line.
func offsetIn(text string, c plural.Category, column int, line string) int {
	want := 0 // the column in bytes
	for range column {
		_, size := utf8.DecodeRuneInString(line[want:])
		want += size
	}
	at := len(c.String() + ` = "`)
	for i, r := range text {
		if at >= want {
			return i
		}
		at += len(tomldoc.MustQuote(string(r))) - len(`""`) // Each is quoted for itself.
	}
	return len(text)
}

// wordEnd returns where the word or placeholder ends that begins at an offset. It has at least one
// character.
func wordEnd(text string, from int) int {
	rest := text[from:]
	if rest == "" {
		return from
	}
	if strings.HasPrefix(rest, "{{") {
		if end := strings.Index(rest, "}}"); end > 0 {
			return from + end + len("}}")
		}
	}
	for i, r := range rest {
		if i > 0 && strings.ContainsRune(" \t\n.,;:!?{}()\"", r) {
			return from + i
		}
	}
	return len(text)
}

// applyFix returns the text of a form with a finding's fix, and where it changes the old one.
func applyFix(
	line, text string, c plural.Category, f diag.Finding,
) (fixed string, from, to int, ok bool) {
	at := f.Fix.At
	if at == (diag.Pos{}) {
		at = f.Pos
	}
	runes := []rune(line)
	if at.Line != f.Line || at.Column < 1 || at.Column > len(runes) {
		return "", 0, 0, false
	}
	before, after := string(runes[:at.Column-1]), string(runes[at.Column-1:])
	start := strings.Index(after, f.Fix.Old)
	if start < 0 || f.Fix.At != (diag.Pos{}) && start > 0 {
		return "", 0, 0, false
	}
	replaced := before + after[:start] + f.Fix.New + after[start+len(f.Fix.Old):]
	doc, syntax := tomldoc.Parse("", []byte(replaced))
	if len(syntax) > 0 || len(doc.Items()) != 1 {
		return "", 0, 0, false
	}
	from = offsetIn(text, c, len([]rune(before+after[:start])), line)
	to = offsetIn(text, c, len([]rune(before+after[:start]+f.Fix.Old)), line)
	return doc.Text(doc.Items()[0]), from, to, true
}

// utf16Len returns the length of a text as browsers count it.
func utf16Len(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
