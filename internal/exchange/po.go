package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// A PO file has an entry per text: the ID is its context (msgctxt), the source text its msgid. The
// forms of a plural are numbered as the header's Plural-Forms says. An entry is fuzzy if one of its
// forms is stale or to be reviewed; if it is stale, the previous source text is a "#|" comment.
//
// The format is described at https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html.

func writePO(f *File) []byte {
	rule := plural.For(f.Target)
	w := poWriter{}
	header := []string{
		"Project-Id-Version: " + f.Domain,
		"Language: " + strings.ReplaceAll(f.Target.String(), "-", "_"),
		"MIME-Version: 1.0",
		"Content-Type: text/plain; charset=UTF-8",
		"Content-Transfer-Encoding: 8bit",
		"Plural-Forms: " + rule.Gettext(),
		poDomain + ": " + f.Domain,
		poSource + ": " + f.Source.String(),
	}
	w.field("msgid", "")
	w.field("msgstr", strings.Join(header, "\n")+"\n")
	for i := range f.Texts {
		w.WriteByte('\n')
		w.text(f, &f.Texts[i])
	}
	return []byte(w.String())
}

// The fields of the header that gettext does not know.
const (
	poDomain = "X-Domain"
	poSource = "X-Source-Language"
)

type poWriter struct{ strings.Builder }

func (w *poWriter) text(f *File, t *Text) {
	for _, line := range t.Comments {
		w.comment(' ', line)
	}
	for _, line := range t.Context {
		w.comment('.', line)
	}
	forms := t.Forms
	several := t.several()
	if t.Plural {
		for i := range forms {
			w.comment('.', numbersLine(&forms[i]))
			if form := &forms[i]; form.Source != t.Singular && form.Source != several.Source {
				var shown localefile.Forms
				shown[form.Category] = form.Source
				w.comment('.', strings.TrimPrefix(
					localefile.SourceLines(localefile.MarkText, f.Source, &shown, true)[0], "#. "))
			}
		}
	}
	if flags := t.poFlags(); len(flags) > 0 {
		w.comment(',', strings.Join(flags, ", "))
	}
	if !t.Plural {
		if form := forms[0]; form.Previous != "" {
			w.previous("msgid", form.Previous)
		}
		w.field("msgctxt", t.ID)
		w.field("msgid", forms[0].Source)
		w.field("msgstr", forms[0].Target)
		return
	}
	if t.FormerSingular != "" || several.Previous != "" {
		w.previous("msgid", cmp.Or(t.FormerSingular, t.Singular))
		w.previous("msgid_plural", cmp.Or(several.Previous, several.Source))
	}
	w.field("msgctxt", t.ID)
	w.field("msgid", t.Singular)
	w.field("msgid_plural", several.Source)
	n := 0
	for c := range plural.For(f.Target).Integers().All() {
		i := slices.IndexFunc(forms, func(form Form) bool { return form.Category == c })
		target := ""
		if i >= 0 {
			target = forms[i].Target
		}
		w.field(fmt.Sprintf("msgstr[%d]", n), target)
		n++
	}
}

// several returns the last form, whose source is that for several, with the earlier source that any
// form has of it.
func (t *Text) several() Form {
	last := t.Forms[len(t.Forms)-1]
	for _, form := range t.Forms {
		if form.Source == last.Source && form.Category != plural.One {
			last.Previous = cmp.Or(last.Previous, form.Previous)
		}
	}
	return last
}

// poFlags returns the flags of a text: gettext's fuzzy, and Weblate's maximum length.
func (t *Text) poFlags() []string {
	var flags []string
	if slices.ContainsFunc(t.Forms, func(f Form) bool {
		return f.State == state.Stale || f.State == state.Review
	}) {
		flags = append(flags, "fuzzy")
	}
	if t.Max > 0 {
		flags = append(flags, fmt.Sprintf("max-length:%d", t.Max))
	}
	return flags
}

func (w *poWriter) comment(mark byte, line string) {
	w.WriteByte('#')
	if mark != ' ' {
		w.WriteByte(mark)
	}
	if line != "" {
		w.WriteString(" " + line)
	}
	w.WriteByte('\n')
}

func (w *poWriter) previous(keyword, text string) {
	w.lines("#| ", keyword, text)
}

func (w *poWriter) field(keyword, text string) { w.lines("", keyword, text) }

// lines writes a string, with a line of its own for each of its lines if there are several.
func (w *poWriter) lines(prefix, keyword, text string) {
	all := slices.Collect(strings.Lines(text))
	if len(all) < 2 {
		fmt.Fprintf(w, "%s%s %s\n", prefix, keyword, poQuote(text))
		return
	}
	fmt.Fprintf(w, "%s%s \"\"\n", prefix, keyword)
	for _, line := range all {
		fmt.Fprintf(w, "%s%s\n", prefix, poQuote(line))
	}
}

var poEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

func poQuote(text string) string { return `"` + poEscapes.Replace(text) + `"` }

// poEntry is an entry while it is read.
type poEntry struct {
	text     Text
	fields   map[string]*poField // by keyword, those of previous texts with a leading "#"
	last     *poField            // what a string on a line of its own continues
	at       diag.Pos            // of the first field
	fuzzy    bool
	obsolete bool
}

type poField struct {
	text []byte
	pos  diag.Pos
}

func newPOEntry() *poEntry { return &poEntry{fields: map[string]*poField{}} }

// field returns the text of a field, "" if the entry lacks it.
func (e *poEntry) field(name string) string {
	if f := e.fields[name]; f != nil {
		return string(f.text)
	}
	return ""
}

// poReader reads a PO file.
type poReader struct {
	*reader
	entry  *poEntry
	choose func(n uint64) (int, bool) // the header's Plural-Forms
	head   bool                       // the header was read
}

func (r *reader) readPO() {
	p := &poReader{reader: r, entry: newPOEntry()}
	n := 0
	for line := range strings.Lines(string(r.src)) {
		if n++; r.full(diag.Pos{Line: n, Column: 1}) || len(r.findings) == maxFindings {
			return
		}
		p.line(n, strings.TrimRight(line, "\r\n"))
	}
	p.flush()
	if !p.head && len(r.findings) == 0 {
		r.syntax(diag.Pos{Line: 1, Column: 1}, "the file has no header",
			`a PO file begins with msgid "" and the fields of its header`)
	}
}

// line reads one line.
func (p *poReader) line(n int, line string) {
	text := strings.TrimLeft(line, " \t")
	pos := diag.Pos{Line: n, Column: 1 + utf8.RuneCountInString(line) - utf8.RuneCountInString(text)}
	comment, isComment := strings.CutPrefix(text, "#")
	// A comment, or a keyword that only begins an entry, ends the one before.
	begins := isComment || strings.HasPrefix(text, "msgctxt") ||
		strings.HasPrefix(text, "msgid") && !strings.HasPrefix(text, "msgid_plural")
	if text == "" || begins && p.entry.hasTranslation() {
		p.flush()
	}
	switch {
	case text == "":
	case isComment && strings.HasPrefix(comment, "~"):
		p.entry.obsolete = true
	case isComment && strings.HasPrefix(comment, "|"):
		rest := strings.TrimLeft(comment[1:], " \t")
		pos.Column += utf8.RuneCountInString(text) - utf8.RuneCountInString(rest)
		p.field(pos, "#", rest)
	case isComment:
		p.comment(comment)
	default:
		p.field(pos, "", text)
	}
}

func (e *poEntry) hasTranslation() bool {
	for keyword := range e.fields {
		if strings.HasPrefix(keyword, "msgstr") {
			return true
		}
	}
	return false
}

func (p *poReader) comment(comment string) {
	t := &p.entry.text
	switch {
	case strings.HasPrefix(comment, ","):
		for flag := range strings.SplitSeq(comment[1:], ",") {
			p.entry.fuzzy = p.entry.fuzzy || strings.TrimSpace(flag) == "fuzzy"
		}
	case strings.HasPrefix(comment, "."):
		t.Context = append(t.Context, lines(comment[1:])...)
	case strings.HasPrefix(comment, ":"), strings.HasPrefix(comment, "="):
	default:
		t.Comments = append(t.Comments, lines(comment)...)
	}
}

// field reads a keyword with its string, or a string that continues the one before. The prefix is
// "#" in front of the field of a previous text.
func (p *poReader) field(pos diag.Pos, prefix, line string) {
	keyword, quoted := "", line
	if i := strings.IndexByte(line, '"'); i > 0 {
		keyword, quoted = strings.TrimSpace(line[:i]), line[i:]
	} else if i < 0 {
		p.syntax(pos, fmt.Sprintf("%q is not a line of a PO file", diag.Cut(line)),
			`expected a comment, or a keyword such as msgid and a text in quotation marks`)
		return
	}
	at := pos
	at.Column += utf8.RuneCountInString(line) - utf8.RuneCountInString(quoted)
	text, err := poUnquote(quoted)
	if err != nil {
		p.syntax(at, err.Error(), `write \" for a quotation mark and \\ for a backslash`)
		return
	}
	e := p.entry
	name := prefix + keyword
	switch {
	case keyword == "" && e.last == nil:
		p.syntax(pos, "a text without a keyword", "put msgid or msgstr in front of it")
		return
	case keyword == "":
		if e.last.text = append(e.last.text, text...); len(e.last.text) > maxText {
			p.syntax(pos, fmt.Sprintf("the text has more than %d bytes", maxText), "")
		}
		return
	case !isPOKeyword(keyword):
		p.syntax(pos, fmt.Sprintf("%q is not a keyword", diag.Cut(keyword)),
			"use msgctxt, msgid, msgid_plural, msgstr or msgstr[0]")
		return
	}
	if _, twice := e.fields[name]; twice {
		p.syntax(pos, fmt.Sprintf("%s is in the entry twice", keyword), "delete one of the two")
		return
	}
	e.last, e.at = &poField{[]byte(text), pos}, cmp.Or(e.at, pos)
	e.fields[name] = e.last
}

func isPOKeyword(keyword string) bool {
	switch keyword {
	case "msgctxt", "msgid", "msgid_plural", "msgstr":
		return true
	}
	index, ok := strings.CutPrefix(keyword, "msgstr[")
	n, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
	return ok && err == nil && 0 <= n && n < 10 && keyword == fmt.Sprintf("msgstr[%d]", n)
}

// flush ends the entry.
func (p *poReader) flush() {
	e := p.entry
	if len(e.fields) == 0 {
		if e.obsolete { // What is above obsolete entries belongs to these.
			p.entry = newPOEntry()
		}
		return
	}
	p.entry = newPOEntry()
	hasID, hasContext := e.fields["msgid"] != nil, e.fields["msgctxt"] != nil
	at := e.at
	if hasContext {
		at = e.fields["msgctxt"].pos // Previous texts may be above it.
	}
	switch {
	case e.obsolete && !hasID:
	case !hasID:
		p.syntax(at, "an entry without msgid", "each entry has msgctxt, msgid and msgstr")
	case !e.hasTranslation():
		p.syntax(at, "an entry without msgstr", `write msgstr "" if it is not translated`)
	case !hasContext && e.field("msgid") == "":
		p.header(at, e.field("msgstr"))
	case !hasContext:
		p.syntax(at, fmt.Sprintf("%q has no msgctxt", diag.Cut(e.field("msgid"))),
			"extract export writes the text's name there, by which it is found again")
	default:
		p.text(at, e)
	}
}

// header reads the header's fields.
func (p *poReader) header(pos diag.Pos, header string) {
	p.head = true
	for line := range strings.Lines(header) {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch name {
		case "Language":
			if value != "" {
				p.file.Target = p.tag(pos, value)
			}
		case poSource:
			if value != "" {
				p.file.Source = p.tag(pos, value)
			}
		case poDomain:
			p.file.Domain = value
		case "Content-Type":
			_, charset, _ := strings.Cut(value, "charset=")
			if charset != "" && !strings.EqualFold(charset, "UTF-8") {
				p.report(pos, RuleEncoding, fmt.Sprintf("the charset is %q", diag.Cut(charset)),
					"save the file as UTF-8, and say so in its header")
			}
		case "Plural-Forms":
			var err error
			if p.choose, err = parsePluralForms(value); err != nil {
				p.syntax(pos, "Plural-Forms: "+err.Error(), "it looks like nplurals=2; plural=(n != 1);")
			}
		}
	}
}

// text adds an entry.
func (p *poReader) text(pos diag.Pos, e *poEntry) {
	t := e.text
	t.ID, t.Pos, t.Plural = e.field("msgctxt"), pos, e.fields["msgid_plural"] != nil
	if !t.Plural {
		t.Forms = []Form{e.form(plural.Other, "msgstr", "msgid")}
		p.file.Texts = append(p.file.Texts, t)
		return
	}
	t.Singular = e.field("msgid")
	if former := e.field("#msgid"); former != t.Singular {
		t.FormerSingular = former
	}
	if p.file.Target == language.Und {
		return // Which forms there are is not known, and whoever asked for the file reports that.
	}
	rule := plural.For(p.file.Target)
	var notes []string
	for _, line := range t.Context {
		notes = append(notes, localefile.MarkText.Line(line))
	}
	shown := localefile.ReadNotes(notes).Seen
	for c := range rule.Integers().All() {
		index, ok := p.formOf(rule, c)
		if !ok {
			p.syntax(pos, fmt.Sprintf("the header's Plural-Forms has no form of its own for %v", c),
				"use that of extract export: "+rule.Gettext())
			return
		}
		form := e.form(c, fmt.Sprintf("msgstr[%d]", index), "msgid_plural")
		switch {
		case len(shown[c]) > 0:
			form.Source, form.Previous = shown[c][0], ""
		case c == plural.One:
			form = e.form(c, fmt.Sprintf("msgstr[%d]", index), "msgid")
		}
		t.Forms = append(t.Forms, form)
	}
	p.file.Texts = append(p.file.Texts, t)
}

// form returns the form that two fields say.
func (e *poEntry) form(c plural.Category, target, source string) Form {
	f := Form{Category: c, Source: e.field(source), Target: e.field(target), State: state.Translated,
		Pos: e.fields["msgctxt"].pos}
	if there := e.fields[target]; there != nil {
		f.Pos = there.pos
	}
	if previous := e.field("#" + source); previous != f.Source {
		f.Previous = previous
	}
	switch {
	case f.Target == "":
		f.State = state.Missing
	case e.fuzzy && e.fields["#msgid"] != nil:
		f.State = state.Stale
	case e.fuzzy:
		f.State = state.Review
	}
	return f
}

// formOf returns the index of the form that the numbers of a category take in the file, and whether
// all of them take the same.
func (p *poReader) formOf(rule *plural.Rule, c plural.Category) (index int, same bool) {
	if p.choose == nil {
		return 0, false
	}
	for i, n := range rule.Examples(c, 20) {
		form, ok := p.choose(n)
		if !ok || i > 0 && form != index {
			return 0, false
		}
		index = form
	}
	return index, true
}

// poUnquote decodes a string in quotation marks, with the escapes of C.
func poUnquote(quoted string) (string, error) {
	body, ok := strings.CutPrefix(strings.TrimRight(quoted, " \t"), `"`)
	if !ok {
		return "", fmt.Errorf("the text does not begin with a quotation mark")
	}
	var out strings.Builder
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '"' && i == len(body)-1:
			return out.String(), nil
		case c == '"':
			return "", fmt.Errorf("something follows the text's last quotation mark")
		case c != '\\':
			out.WriteByte(c)
		case i+1 == len(body):
			return "", fmt.Errorf("the text has no last quotation mark")
		default:
			i++
			at := strings.IndexByte(`ntr"\abfv`, body[i])
			if at < 0 {
				return "", fmt.Errorf(`the escape \%c is not supported`, body[i])
			}
			out.WriteByte("\n\t\r\"\\\a\b\f\v"[at])
		}
	}
	return "", fmt.Errorf("the text has no last quotation mark")
}
