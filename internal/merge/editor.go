package merge

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// Editor reads the texts of a domain and changes single ones, for a program that runs for longer
// than one plan. What it knows of the domain it prepares once. The source locale's file is read
// when it is first needed, so a new Editor is due when that file changes. An Editor is immutable,
// and its methods may be called from several goroutines at a time.
type Editor struct{ domain *domain }

// NewEditor returns an Editor for the domain, with the files of all its locales.
func NewEditor(in Input) *Editor { return &Editor{newDomain(in, false)} }

// Texts is the texts of a locale's file, as [Export] returns them.
type Texts struct {
	*exchange.File
	Locale *localefile.File // that the texts are from
	Role   state.Role
}

// Texts returns the texts of a locale's file. It must not be the source locale's.
func (e *Editor) Texts(f File) (Texts, diag.List) {
	all := &exchange.File{Domain: e.domain.Name, Source: e.domain.Source, Target: f.Tag}
	p, unusable := newPlanner(e.domain, f, new(localefile.Reader))
	if len(unusable) > 0 {
		return Texts{File: all}, unusable
	}
	p.match()
	for m, t := range p.tables {
		switch {
		case t != nil:
			r := t.judge()
			text := p.textOf(m, &t.forms, &r)
			text.Comments = t.Comments()
			all.Texts = append(all.Texts, text)
		case p.Role != state.Variant:
			all.Texts = append(all.Texts, p.textOf(m, new(localefile.Forms), new(state.Result)))
		}
	}
	return Texts{all, p.live.File, p.Role}, nil
}

// Edit is what a person does to a text of a locale.
type Edit struct {
	ID       localefile.ID
	Forms    map[plural.Category]string // the new forms; those that are not in it stay
	Comments []string                   // the translator's comments; nil if they stay

	// What the person says about all forms that are not empty, for the source text as it is. Nothing
	// is said of an empty text.
	Mark state.Mark

	// Restore, if it is not nil, takes an edit back. The other fields but ID mean nothing then.
	Restore *Copy
}

// Copy is what is known about a text in a locale file and its state.
type Copy struct {
	localeedit.Wording
	Facts []state.Fact // about it
}

// Edited is the plan for an [Edit]. It changes nothing but the text's own table, and the state.
type Edited struct {
	Text, State   Rewrite
	Before, After Copy
	// Now is the text afterwards. Its ID is empty if the text was restored.
	Now exchange.Text
}

// RuleNotEdited is the rule of a file in which a single text cannot be changed.
var RuleNotEdited = diag.Rule{ID: "not-edited", Severity: diag.Error, Page: "studio.md#saving",
	Doc: "a single text of a file cannot be changed"}

// Edit plans a change of one text in the file of a target locale. It is refused if more than the
// text would have to change, as in a file that is not up to date.
func (e *Editor) Edit(f File, edit Edit) (*Edited, diag.List) {
	p, unusable := newPlanner(e.domain, f, new(localefile.Reader))
	if len(unusable) > 0 {
		return nil, unusable
	}
	p.edit = &edit
	p.match()
	m := p.domain.find(edit.ID, 0)
	if why, hint := p.reasonNotToEdit(m); why != "" {
		return nil, diag.List{RuleNotEdited.At(f.Name, diag.Pos{}, why, hint)}
	}
	result := &Edited{Before: p.copyOf(m)}
	if edit.Restore != nil {
		p.restore(m, edit.Restore)
	} else {
		result.Now = p.editText(m)
	}
	p.apply()
	if len(p.reports) > 0 {
		return nil, diag.List{p.reports[0].Finding}
	}
	result.Text, result.State = p.Rewrite, p.State
	result.After = result.Before
	result.After.Facts = slices.Clone(p.facts.Of(p.id(m)))
	if p.live.Written() != nil {
		file, _, _ := localefile.ReadDoc(p.live.Written(), f.Tag)
		result.After.Wording, result.Now.Comments = localeedit.WordingOf(file, edit.ID)
	}
	return result, nil
}

// Copy returns what a file and its state know about a text.
func (e *Editor) Copy(f File, id localefile.ID) (Copy, diag.List) {
	p, unusable := newPlanner(e.domain, f, new(localefile.Reader))
	m := e.domain.find(id, 0)
	if len(unusable) > 0 || m < 0 {
		return Copy{}, unusable
	}
	p.match()
	return p.copyOf(m), nil
}

func (p *planner) id(m int) string { return p.domain.messages[m].id }

// reasonNotToEdit returns why the text, message m, cannot be changed alone, and what to do.
func (p *planner) reasonNotToEdit(m int) (why, hint string) {
	const run = "run extract first"
	switch {
	case m < 0:
		return fmt.Sprintf("%v is not declared", p.edit.ID), "it may have been removed or renamed"
	case p.Role == state.Source:
		return fmt.Sprintf("the texts of %v are written from Go source", p.Tag), "change them there"
	case p.adopted:
		return "the file has no state yet", run
	case p.Summary.Renamed > 0:
		return "codes were renamed, and the file has their former names", run
	case !strings.HasPrefix(p.live.Doc.Source(), string(p.content.Text)):
		return "the file has a merge conflict", "resolve it"
	}
	entry := p.entry[m] - 1
	if _, parked := p.parked[p.edit.ID]; entry < 0 && parked {
		return fmt.Sprintf("%v comes back from the obsolete texts", p.edit.ID), run
	}
	if entry < 0 {
		return "", ""
	}
	switch e := &p.live.Entries[entry]; {
	case e.Doubled:
		return fmt.Sprintf("the file has %v twice", p.edit.ID), "delete one of the two"
	case !p.live.HasHeader(e) && p.edit.needsTable(e):
		return fmt.Sprintf("%v has no table of its own", p.edit.ID),
			fmt.Sprintf("write it as a table %s", localeedit.Header(p.edit.ID))
	}
	return "", ""
}

// needsTable reports whether a text must have a table of its own for the edit: another shape has no
// room for comments and more forms.
func (e *Edit) needsTable(entry *localefile.Entry) bool {
	for c, text := range e.Forms {
		if text != "" && !entry.Forms[c].Present() {
			return true
		}
	}
	return len(e.Comments) > 0
}

// copyOf returns what is known about the text, message m.
func (p *planner) copyOf(m int) Copy {
	c := Copy{Facts: slices.Clone(p.facts.Of(p.id(m)))}
	if entry := p.entry[m] - 1; entry >= 0 {
		c.Wording, _ = localeedit.WordingOf(p.live.File, p.live.Entries[entry].ID)
	}
	return c
}

// editText changes the text, message m, and returns it as it is then. A text that the file lacks
// gets its table.
func (p *planner) editText(m int) exchange.Text {
	var t table
	var r state.Result
	message := &p.domain.messages[m]
	if entry := p.entry[m] - 1; entry >= 0 {
		t = p.tableOf(p.live, entry, message)
		r = t.sync()
	} else if offset, is := p.obstacles().At(message.ID); is {
		p.report(offset, RuleNoPlace,
			fmt.Sprintf("%v cannot have its table, because this is in its place", message.ID),
			"delete it")
		return exchange.Text{}
	} else {
		table, _ := p.newTable(message)
		t, r = p.insert(message, localeedit.NewExcerpt(message.ID, table), p.placeOf(m))
	}
	text := p.textOf(message, &t.forms, &r)
	text.Comments = t.Comments()
	translated := func(f exchange.Form) bool { return f.Target != "" }
	if p.facts.SettleOne(message.id, slices.ContainsFunc(text.Forms, translated)) {
		p.changed = true
	}
	return text
}

// placeOf returns where the table of a text goes that the file lacks: behind that of the text
// before it in the domain's order, or in front of all tables.
func (p *planner) placeOf(m int) int {
	for before := m - 1; before >= 0; before-- {
		isLabel := p.domain.messages[before].Label != nil
		if p.domain.messages[m].Label != nil && !isLabel {
			break
		}
		if entry := p.entry[before] - 1; entry >= 0 {
			if lines, has := p.live.TableLines(entry); has {
				return lines.End
			}
		}
	}
	if p.domain.messages[m].Label != nil {
		return p.labelsAt(m)
	}
	return p.live.First()
}

// takeEdit changes the text in its table, and writes down what the person says about it.
func (t *table) takeEdit() {
	for _, c := range slices.Sorted(maps.Keys(t.edit.Forms)) {
		t.setForm(c, t.edit.Forms[c])
	}
	if t.edit.Comments != nil && t.Headed {
		t.SetComments(t.edit.Comments)
	}
	t.learn(slices.DeleteFunc(t.factsFor(t.edit.Mark), func(f state.Fact) bool {
		good := f
		good.Mark = state.Plain
		return f.Mark == state.ForReview && t.facts.Has(good) // It would say nothing.
	})...)
}

// restore gives the text, message m, what it had.
func (p *planner) restore(m int, c *Copy) {
	p.facts.Replace(p.id(m), c.Facts)
	p.changed = true
	if entry := p.entry[m] - 1; entry >= 0 {
		p.live.Restore(entry, &c.Wording)
	}
}
