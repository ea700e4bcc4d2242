package studio

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/draft"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/lint"
	localedata "github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// locale is the texts of one locale as its files had them. It is immutable.
type locale struct {
	tag    language.Tag
	stamps stamps // of its files, before they were read
	fault  string // why they cannot be used
	role   state.Role

	characters []characterDocument // that its texts have and many keyboards lack
	texts      []text              // by the index of the message
	counts     counts
	words      words
}

// text is a text of a locale. A variant may lack it; then it is the zero text.
type text struct {
	exchange.Text
	state state.State
	line  int // of its table in the locale file; 0 if it has none
	draft *draft.Draft

	findings *tally
}

// files are the bytes of a locale's files.
type files struct {
	merge.Content
	drafts []byte
}

// readFiles reads the files of a locale in an open folder.
func readFiles(folder *atomicfile.Folder, tag language.Tag) (f files, err error) {
	for _, one := range []struct {
		name  string
		limit int
		into  *[]byte
	}{
		{tag.String() + localefile.Ext, tomldoc.MaxSize, &f.Text},
		{merge.StateName(tag), state.MaxSize, &f.State},
		{merge.ObsoleteName(tag), tomldoc.MaxSize, &f.Obsolete},
		{merge.DraftName(tag), tomldoc.MaxSize, &f.drafts},
	} {
		src, err := folder.Read(one.name, one.limit)
		if err != nil && (one.into == &f.Text || !errors.Is(err, fs.ErrNotExist)) {
			return f, fmt.Errorf("%s: %s", one.name, diag.Reason(err))
		}
		*one.into = src
	}
	return f, nil
}

// read reads the texts of a locale. If a file cannot be used, the locale has no texts but a fault.
func (d *domain) read(tag language.Tag) *locale {
	l := &locale{tag: tag, stamps: d.localeStamps(tag)}
	for _, c := range lint.Characters(tag) {
		l.characters = append(l.characters, characterDocument(c))
	}
	if err := l.fill(d); err != nil {
		l.texts, l.fault = nil, reason(err)
	}
	return l
}

func (l *locale) fill(d *domain) error {
	folder, err := atomicfile.Open(d.Root, d.Path)
	if err != nil {
		return err
	}
	defer folder.Close()
	read, err := readFiles(folder, l.tag)
	if err != nil {
		return err
	}
	all, unusable := d.editor.Texts(d.fileOf(l.tag, read.Content))
	if len(unusable) > 0 {
		return unusable
	}
	drafts, syntax := draft.Read(d.fileName(merge.DraftName(l.tag)), l.tag, read.drafts,
		d.Domain.Domain)
	if len(syntax) > 0 {
		return syntax
	}
	l.texts = make([]text, len(d.messages))
	for _, t := range all.Texts {
		l.texts[d.index[t.ID]] = text{Text: t, state: stateOf(&t), findings: new(tally)}
	}
	file := all.Locale
	for i := range file.Entries {
		e := &file.Entries[i]
		if at, known := d.index[e.ID.String()]; known {
			l.texts[at].line = file.Doc.Pos(file.Doc.Items()[e.Item].Span().Start).Line
		}
	}
	for i := range drafts {
		if t := &l.texts[d.index[drafts[i].ID.String()]]; t.ID != "" && !t.started() {
			t.draft = &drafts[i]
		}
	}
	l.role = all.Role
	l.count()
	return nil
}

// fileOf returns the file of a locale with its content.
func (d *domain) fileOf(tag language.Tag, content merge.Content) merge.File {
	return merge.File{Name: d.fileName(tag.String() + localefile.Ext), Tag: tag, Content: content}
}

// fileName returns the name of a file in the domain's folder, as the user would type it.
func (d *domain) fileName(name string) string { return path.Join(d.Input.Dir, name) }

// stateOf returns the state of a text, which is that of its worst form.
func stateOf(t *exchange.Text) state.State {
	worst := state.Translated
	for i := range t.Forms {
		worst = min(worst, t.Forms[i].State)
	}
	return worst
}

// started reports whether the text has a form.
func (t *text) started() bool {
	return slices.ContainsFunc(t.Forms, func(f exchange.Form) bool { return f.Target != "" })
}

// forms returns the forms of the text.
func (t *text) forms() map[plural.Category]string {
	forms := make(map[plural.Category]string, len(t.Forms))
	for _, f := range t.Forms {
		forms[f.Category] = f.Target
	}
	return forms
}

// version changes with whatever makes a translation that is being edited out of date: the source
// text, the forms, their states and the translators' comments.
func (t *text) version() string {
	h := sha256.New()
	for _, f := range t.Forms {
		fmt.Fprintf(h, "%v %v %q %q\n", f.Category, f.State, f.Source, f.Target)
	}
	fmt.Fprintf(h, "%q\n", t.Comments)
	if t.draft != nil {
		fmt.Fprintf(h, "%q\n", t.draft.Forms)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// words returns how many words of source text the forms in a state have.
func (t *text) words(s state.State) int {
	n := 0
	for i := range t.Forms {
		if t.Forms[i].State == s {
			n += exchange.Words(t.Forms[i].Source)
		}
	}
	return n
}

// count counts how many texts and words of the locale are in which state.
func (l *locale) count() {
	var c counts
	var w words
	var covered lint.Coverage
	for i := range l.texts {
		t := &l.texts[i]
		if t.draft != nil {
			c.Drafts++
		}
		if t.ID == "" {
			continue
		}
		if t.Optional && t.state == state.Missing {
			c.Optional++
			continue
		}
		c.Texts++
		c.add(t.state)
		for _, f := range t.Forms {
			c.Forms.add(f.State)
		}
		forms, filled := merge.CountForms(l.role, &t.Text)
		covered.Total, covered.Translated = covered.Total+forms, covered.Translated+filled
		w.Missing += t.words(state.Missing)
		w.Stale += t.words(state.Stale)
		w.Review += t.words(state.Review)
	}
	c.Percent, c.Variant = covered.Shown(), l.role == state.Variant
	l.counts, l.words = c, w
}

// add counts one more in a state.
func (c *stateCounts) add(s state.State) {
	switch s {
	case state.Missing:
		c.Missing++
	case state.Stale:
		c.Stale++
	case state.Review:
		c.Review++
	default:
		c.Translated++
	}
}

// document returns the locale as the page gets it.
func (l *locale) document() localeDocument {
	return localeDocument{Tag: l.tag.String(), Name: display.English.Tags().Name(l.tag),
		NativeName: display.Self.Name(l.tag), Dir: direction(l.tag), Characters: l.characters,
		Fault: l.fault, Counts: l.counts, Words: l.words}
}

// direction returns the direction in which a locale is written, as HTML has it.
func direction(tag language.Tag) string {
	if localedata.RightToLeft(tag) {
		return "rtl"
	}
	return "ltr"
}

// filter selects texts, and orders them.
type filter struct {
	states  []string // names of states, "draft" and "findings"; empty for all
	part    string
	query   string // in lower case
	byState bool   // the worst first, instead of the order of the domain's messages
}

func newFilter(get func(string) string) filter {
	f := filter{part: get("part"), query: strings.ToLower(strings.TrimSpace(get("q"))),
		byState: get("order") == "state"}
	if states := get("state"); states != "" {
		f.states = strings.Split(states, ",")
	}
	return f
}

// matches reports whether the filter selects text i of the locale.
func (f *filter) matches(d *domain, l *locale, i int) bool {
	t := &l.texts[i]
	if t.ID == "" || f.part != "" && d.messages[i].ID.Part != f.part {
		return false
	}
	return (f.query == "" || f.finds(d, i, t)) && (len(f.states) == 0 || f.isIn(d, l, i))
}

// isIn reports whether text i of the locale is in one of the states.
func (f *filter) isIn(d *domain, l *locale, i int) bool {
	t := &l.texts[i]
	return slices.ContainsFunc(f.states, func(name string) bool {
		switch name {
		case "draft":
			return t.draft != nil
		case "findings":
			return d.countFindings(l, i) > 0
		}
		return name == stateName(t.state, t.Optional)
	})
}

// finds reports whether what is looked for is in the text's ID, number, source, translation or
// comments.
func (f *filter) finds(d *domain, i int, t *text) bool {
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), f.query) }
	if has(t.ID) || slices.ContainsFunc(t.Comments, has) {
		return true
	}
	if code := d.messages[i].Code; code != nil && fmt.Sprint(code.Number) == f.query {
		return true
	}
	return slices.ContainsFunc(t.Forms, func(form exchange.Form) bool {
		return has(form.Source) || has(form.Target)
	})
}

// place is a text of a locale, by its index.
type place struct {
	l *locale
	i int
}

// selectFrom returns the texts of locales that the filter selects.
func (f *filter) selectFrom(d *domain, locales ...*locale) []place {
	var found []place
	for i := range d.messages {
		for _, l := range locales {
			if l.fault == "" && f.matches(d, l, i) {
				found = append(found, place{l, i})
			}
		}
	}
	if f.byState {
		slices.SortStableFunc(found, func(a, b place) int {
			return cmp.Compare(a.l.texts[a.i].state, b.l.texts[b.i].state)
		})
	}
	return found
}

// around returns the texts of a locale that the filter selects, text i or where it would be among
// them, and whether it is one of them.
func (f *filter) around(d *domain, l *locale, i int) (found []place, at int, is bool) {
	found = f.selectFrom(d, l)
	at, is = slices.BinarySearchFunc(found, i, func(p place, i int) int {
		if f.byState && l.texts[p.i].state != l.texts[i].state {
			return cmp.Compare(l.texts[p.i].state, l.texts[i].state)
		}
		return cmp.Compare(p.i, i)
	})
	return found, at, is
}

// following returns the first text behind text i, in the order that the locale had before a change,
// that the filter still selects. Without such a text, it is -1.
func (f *filter) following(d *domain, before, after *locale, i int) int {
	found, at, is := f.around(d, before, i)
	if is {
		at++
	}
	for _, p := range found[at:] {
		if f.matches(d, after, p.i) {
			return p.i
		}
	}
	return -1
}
