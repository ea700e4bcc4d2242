package studio

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/draft"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// changeRequest is what all requests that change a text have.
type changeRequest struct {
	textKey
	Version string       `json:"version"` // of the text that the page shows
	DryRun  bool         `json:"dryRun"`  // nothing is written
	Next    *nextRequest `json:"next"`
}

// nextRequest asks for the next text in the same answer.
type nextRequest struct {
	State string `json:"state"`
	Query string `json:"q"`
	Part  string `json:"part"`
	Order string `json:"order"`
}

// savedDocument is the answer to such a request.
type savedDocument struct {
	Text   *textDocument `json:"text"`
	Next   *textDocument `json:"next"`
	Diff   string        `json:"diff"` // of the text's table
	Counts counts        `json:"counts"`
	Words  words         `json:"words"`
}

// conflictDocument says that a text has changed since the page got it.
type conflictDocument struct {
	Base    map[string]string `json:"base"` // what was edited; null if it is not known any more
	Theirs  map[string]string `json:"theirs"`
	Yours   map[string]string `json:"yours"`
	Version string            `json:"version"` // of theirs
	Text    *textDocument     `json:"text"`
}

// edit is what a request does to a text, besides what merge plans.
type edit struct {
	merge.Edit
	undo      bool
	draftOnly bool                  // only the file of drafts changes
	drop      bool                  // the text's draft goes
	put       *draft.Draft          // the draft that comes back
	verify    func(now *text) error // refuses what has come out; may be nil
}

// postSave answers POST /api/save.
func (s *Server) postSave(r *http.Request) (any, error) {
	var asked struct {
		changeRequest
		Forms    map[string]string `json:"forms"`
		State    string            `json:"state"`
		Comments *[]string         `json:"comments"`
		Allow    []allowedDocument `json:"allow"`
	}
	if err := readJSON(r, &asked); err != nil {
		return nil, err
	}
	mark, err := markOf(asked.State)
	if err != nil {
		return nil, err
	}
	return s.change(r.Context(), &asked.changeRequest, asked.Forms,
		func(d *domain, l *locale, i int) (*edit, error) {
			t := &l.texts[i]
			forms, err := t.withForms(asked.Forms)
			if err != nil {
				return nil, err
			}
			comments := slices.Clone(t.Comments)
			if asked.Comments != nil {
				comments = splitLines(*asked.Comments)
			}
			comments = append(comments, allowing(asked.Allow)...)
			findings, failed := d.lint(l, i, forms, comments, false)
			unknownRule := func(f findingDocument) bool { return f.Rule == lint.RuleLintComment.ID }
			if failed || len(asked.Allow) > 0 && slices.ContainsFunc(findings, unknownRule) {
				return nil, &refusal{status: http.StatusUnprocessableEntity, findings: findings,
					text: "nothing is saved, since the text has an error", hint: "correct it"}
			}
			e := &edit{Edit: merge.Edit{Forms: forms, Mark: mark}, verify: refuseRejected}
			if asked.Comments != nil || len(asked.Allow) > 0 {
				e.Comments = append([]string{}, comments...)
			}
			return e, nil
		})
}

// markOf returns the mark of a text that is saved in a state.
func markOf(name string) (state.Mark, error) {
	switch name {
	case state.Translated.String():
		return state.Plain, nil
	case state.Review.String():
		return state.ForReview, nil
	}
	return state.Plain, &refusal{status: http.StatusBadRequest,
		text: fmt.Sprintf("a text cannot be saved as %q", name), hint: "save it as translated or review"}
}

// refuseRejected returns an error if a text is stale although somebody says that it is right.
func refuseRejected(now *text) error {
	if now.state != state.Stale {
		return nil
	}
	return &refusal{status: http.StatusUnprocessableEntity,
		text: "this wording was rejected in a review", hint: "change it, and save it then"}
}

// maxText is the most bytes of a form, as in a locale file.
const maxText = 64 << 10

// withForms returns the forms of the text with those of a request in the place of its own.
func (t *text) withForms(asked map[string]string) (map[plural.Category]string, error) {
	forms := t.forms()
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		c, ok := plural.ParseCategory(name)
		if _, has := forms[c]; !ok || !has {
			return nil, &refusal{status: http.StatusBadRequest,
				text: fmt.Sprintf("the text has no form %q", diag.Cut(name)), hint: "reload the page"}
		}
		if len(asked[name]) > maxText {
			return nil, &refusal{status: http.StatusUnprocessableEntity,
				text: fmt.Sprintf("the form %q has more than 64 KiB", name), hint: "make it shorter"}
		}
		forms[c] = newlines.Replace(asked[name])
	}
	return forms, nil
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// splitLines returns comments with one line each, without those that are empty.
func splitLines(comments []string) []string {
	lines := []string{}
	for _, comment := range comments {
		for line := range strings.Lines(newlines.Replace(comment)) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// allowing returns the comments that switch lint rules off, each below the reason.
func allowing(rules []allowedDocument) []string {
	var lines []string
	for _, one := range rules {
		if reason := strings.Join(strings.Fields(one.Reason), " "); reason != "" {
			lines = append(lines, reason)
		}
		lines = append(lines, allowMark+one.Rule)
	}
	return lines
}

// postReview answers POST /api/review.
func (s *Server) postReview(r *http.Request) (any, error) {
	var asked struct {
		changeRequest
		Verdict string `json:"verdict"`
		Comment string `json:"comment"`
	}
	if err := readJSON(r, &asked); err != nil {
		return nil, err
	}
	return s.change(r.Context(), &asked.changeRequest, nil,
		func(d *domain, l *locale, i int) (*edit, error) {
			e, err := verdictOf(asked.Verdict)
			if err != nil {
				return nil, err
			}
			t := &l.texts[i]
			if !t.started() {
				return nil, &refusal{status: http.StatusUnprocessableEntity,
					text: "the text is missing, so there is nothing to review", hint: "translate it first"}
			}
			if lines := splitLines([]string{asked.Comment}); len(lines) > 0 {
				e.Comments = append(slices.Clone(t.Comments), lines...)
			}
			return e, nil
		})
}

// verdictOf returns what a verdict does to a text.
func verdictOf(verdict string) (*edit, error) {
	switch verdict {
	case "approve":
		return &edit{verify: refuseRejected}, nil
	case "reject":
		return &edit{Edit: merge.Edit{Mark: state.Rejected}}, nil
	case "request":
		return &edit{Edit: merge.Edit{Mark: state.ForReview}, verify: func(now *text) error {
			if now.state != state.Translated {
				return nil
			}
			return &refusal{status: http.StatusUnprocessableEntity,
				text: "the text counts as translated, which a request for a review does not change",
				hint: "reject it, or save another wording for review"}
		}}, nil
	}
	return nil, &refusal{status: http.StatusBadRequest,
		text: fmt.Sprintf("there is no verdict %q", verdict), hint: "approve, reject or request"}
}

// postDraft answers POST /api/draft.
func (s *Server) postDraft(r *http.Request) (any, error) {
	var asked struct {
		changeRequest
		Verdict string `json:"verdict"`
	}
	if err := readJSON(r, &asked); err != nil {
		return nil, err
	}
	return s.change(r.Context(), &asked.changeRequest, nil,
		func(d *domain, l *locale, i int) (*edit, error) {
			t := &l.texts[i]
			if t.draft == nil {
				return nil, &refusal{status: http.StatusNotFound, text: "the text has no draft"}
			}
			e := &edit{drop: true}
			switch asked.Verdict {
			case "drop":
				e.draftOnly = true
				return e, nil
			case "take":
			default:
				return nil, &refusal{status: http.StatusBadRequest,
					text: fmt.Sprintf("there is no verdict %q", asked.Verdict), hint: "take or drop"}
			}
			e.Forms, e.Mark = map[plural.Category]string{}, state.ForReview
			for _, form := range t.Forms {
				e.Forms[form.Category] = t.draft.Forms[form.Category]
			}
			if findings, failed := d.lint(l, i, e.Forms, t.Comments, false); failed {
				return nil, &refusal{status: http.StatusUnprocessableEntity, findings: findings,
					text: "the draft has an error", hint: "copy it into the text and correct it there"}
			}
			return e, nil
		})
}

// postUndo answers POST /api/undo.
func (s *Server) postUndo(r *http.Request) (any, error) {
	var asked changeRequest
	if err := readJSON(r, &asked); err != nil {
		return nil, err
	}
	last, found := s.session.last(asked.textKey)
	if !found {
		return nil, &refusal{status: http.StatusConflict,
			text: "this session has not changed the text, so there is nothing to undo"}
	}
	asked.Version = last.version
	answer, err := s.change(r.Context(), &asked, nil,
		func(d *domain, l *locale, i int) (*edit, error) {
			if s.isCommitted(r.Context(), d, l, &last) {
				return nil, &refusal{status: http.StatusConflict,
					text: "the change has been committed, so it cannot be undone here", hint: "edit the text"}
			}
			e := &edit{undo: true, put: last.draft, draftOnly: last.edited == nil}
			if last.edited != nil {
				e.Restore = &last.edited.Before
			}
			return e, nil
		})
	if conflict := (*refusal)(nil); errors.As(err, &conflict) && conflict.conflict != nil {
		conflict.text, conflict.hint = "the text has changed since, so the change cannot be undone",
			"edit the text"
	}
	return answer, err
}

// isCommitted reports whether git's last commit has what a step wrote.
func (s *Server) isCommitted(ctx context.Context, d *domain, l *locale, one *step) bool {
	committed := func(name string) []byte { return s.project.Committed(ctx, &d.Domain, name) }
	content := merge.Content{Text: committed(l.tag.String() + localefile.Ext),
		State: committed(merge.StateName(l.tag))}
	if one.edited == nil || content.Text == nil || content.State == nil {
		return false
	}
	c, unusable := d.editor.Copy(d.fileOf(l.tag, content), d.messages[d.index[one.key.ID]].ID)
	before, after := one.edited.Before, one.edited.After
	changed := c.Table != before.Table
	for _, fact := range after.Facts {
		if slices.Contains(before.Facts, fact) {
			continue
		}
		if !slices.Contains(c.Facts, fact) {
			return false
		}
		changed = true
	}
	changed = changed || c.Values != before.Values
	return len(unusable) == 0 && changed && c.Table == after.Table && c.Values == after.Values
}

// lockTime is how long a save waits for another run of extract.
const lockTime = 10 * time.Second

// change makes a change of a text, unless the text has changed since the page got it. The forms are
// those that the page has.
func (s *Server) change(
	ctx context.Context, asked *changeRequest, forms map[string]string,
	plan func(d *domain, l *locale, i int) (*edit, error),
) (*savedDocument, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lockTime)
	defer cancel()
	folder, release, err := s.openFolder(ctx, asked)
	if err != nil {
		return nil, err
	}
	defer release()
	s.refresh(ctx)
	d, l, i, err := s.current.Load().find(asked.textKey)
	if err != nil {
		return nil, err
	}
	if asked.Version != l.texts[i].version() {
		return nil, s.conflict(d, l, i, asked.Version, forms)
	}
	e, err := plan(d, l, i)
	if err != nil {
		return nil, err
	}
	w, err := d.prepare(folder, l, i, e)
	if err == nil && !l.stamps.equal(d.localeStamps(l.tag)) {
		err = &refusal{status: http.StatusServiceUnavailable,
			text: "the file changed while it was read", hint: saveAgain}
	}
	if err != nil {
		return nil, err
	}
	if !asked.DryRun {
		if err := w.write(folder); err != nil {
			return nil, err
		}
		if w.undone || w.edited != nil && w.edited.Before.Table == "" {
			w.after = d.read(l.tag)
		}
		w.after.stamps = d.localeStamps(l.tag)
		s.remember(asked.textKey, w, i)
		d = d.with(w.after)
		s.publish(s.current.Load().with(d), changedTexts{domain: d.Name, locale: asked.Locale})
	}
	return s.saved(d, l, w, i, asked.Next), nil
}

const saveAgain = "the text is still in the page; save again"

// openFolder opens the folder that a request is about, and locks it if something is to be written.
func (s *Server) openFolder(
	ctx context.Context, asked *changeRequest,
) (folder *atomicfile.Folder, release func(), err error) {
	d := s.current.Load().domain(asked.Domain)
	if d == nil {
		return nil, nil, noDomain(asked.Domain)
	}
	if folder, err = atomicfile.Open(d.Root, d.Path); err != nil {
		return nil, nil, err
	}
	closeFolder := func() { _ = folder.Close() }
	if asked.DryRun {
		return folder, closeFolder, nil
	}
	lock, err := folder.Lock(ctx)
	if err == nil {
		// If the release fails, the next run removes what is left.
		return folder, func() { _ = lock.Release(); closeFolder() }, nil
	}
	closeFolder()
	hint := "make the folder writable; " + saveAgain
	if ctx.Err() != nil {
		hint = "another run of extract has the lock; " + saveAgain
	}
	return nil, nil, &refusal{status: http.StatusServiceUnavailable,
		text: fmt.Sprintf("the folder cannot be locked: %s", diag.Reason(err)), hint: hint}
}

// conflict returns the answer for a text that has changed since the page got it.
func (s *Server) conflict(
	d *domain, l *locale, i int, version string, forms map[string]string,
) error {
	named := func(forms map[plural.Category]string) map[string]string {
		if forms == nil {
			return nil
		}
		all := map[string]string{}
		for c, text := range forms {
			all[c.String()] = text
		}
		return all
	}
	doc := s.textAt(d, l, &filter{}, i)
	return &refusal{status: http.StatusConflict,
		text: "the text has changed since the page got it", hint: "compare both, and save again",
		conflict: &conflictDocument{Base: named(s.session.formsOf(version)),
			Theirs: named(l.texts[i].forms()), Yours: forms, Version: doc.Version, Text: doc}}
}

// written is a change that is ready to be written.
type written struct {
	edited *merge.Edited // nil if only the file of drafts changes
	files  []rewrite
	after  *locale
	draft  *draft.Draft // that goes
	undone bool
}

// rewrite is a file of the folder with its new bytes.
type rewrite struct {
	name string
	merge.Rewrite
}

// prepare plans a change of text i of a locale.
func (d *domain) prepare(folder *atomicfile.Folder, l *locale, i int, e *edit) (*written, error) {
	before, err := readFiles(folder, l.tag)
	if err != nil {
		return nil, err
	}
	e.ID = d.messages[i].ID
	w := &written{undone: e.undo}
	if !e.draftOnly {
		edited, unusable := d.editor.Edit(d.fileOf(l.tag, before.Content), e.Edit)
		if len(unusable) > 0 {
			return nil, &refusal{status: http.StatusUnprocessableEntity, text: unusable[0].Error(),
				hint: unusable[0].Hint}
		}
		w.edited = edited
		w.files = []rewrite{{merge.StateName(l.tag), edited.State},
			{l.tag.String() + localefile.Ext, edited.Text}}
		if w.undone {
			slices.Reverse(w.files) // No wording may be without what is known about it.
		}
	}
	if e.drop || e.put != nil {
		r, err := d.redraft(l, before.drafts, e)
		if err != nil {
			return nil, err
		}
		w.files, w.draft = append(w.files, r), l.texts[i].draft
	}
	w.after = l.edited(i, w, e)
	if e.verify != nil {
		if err := e.verify(&w.after.texts[i]); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// redraft returns the file of drafts without that of the text, or with the one that comes back.
func (d *domain) redraft(l *locale, src []byte, e *edit) (rewrite, error) {
	name := merge.DraftName(l.tag)
	all, syntax := draft.Read(d.fileName(name), l.tag, src, d.Domain.Domain)
	if len(syntax) > 0 {
		return rewrite{}, syntax
	}
	all = slices.DeleteFunc(all, func(one draft.Draft) bool { return one.ID == e.ID })
	if e.put != nil {
		all = append(all, *e.put)
	}
	return rewrite{name, merge.Rewrite{Old: src, New: draft.File(d.Domain.Domain, all)}}, nil
}

// edited returns the locale after a change of text i.
func (l *locale) edited(i int, w *written, e *edit) *locale {
	after := *l
	after.texts = slices.Clone(l.texts)
	t := &after.texts[i]
	if w.edited != nil && w.edited.Now.ID != "" {
		t.Text, t.state, t.findings = w.edited.Now, stateOf(&w.edited.Now), new(tally)
		moved := strings.Count(w.edited.After.Table, "\n") - strings.Count(w.edited.Before.Table, "\n")
		for n := range after.texts {
			if after.texts[n].line > t.line {
				after.texts[n].line += moved
			}
		}
		t.line += headLine(w.edited.After.Table) - headLine(w.edited.Before.Table)
	}
	if e.drop || t.started() {
		t.draft = nil
	}
	after.count()
	return &after
}

// headLine returns which line of a table is its header.
func headLine(table string) int {
	n := 0
	for line := range strings.Lines(table) {
		if strings.HasPrefix(strings.TrimSpace(line), "[") {
			return n
		}
		n++
	}
	return n
}

// write writes the files, after it has checked that all can be written.
func (w *written) write(folder *atomicfile.Folder) error {
	for _, f := range w.files {
		if !f.Changed() {
			continue
		}
		if err := folder.Check(f.name, f.Old); err != nil {
			return notWritten(f.name, err)
		}
	}
	for _, f := range w.files {
		var err error
		switch {
		case !f.Changed():
		case f.New == nil:
			err = folder.Remove(f.name, f.Old)
		default:
			err = folder.Replace(f.name, f.Old, f.New)
		}
		if err != nil {
			return notWritten(f.name, err)
		}
	}
	return nil
}

func notWritten(name string, err error) error {
	return &refusal{status: http.StatusServiceUnavailable,
		text: fmt.Sprintf("%s cannot be written: %s", name, diag.Reason(err)),
		hint: "make the file writable; " + saveAgain}
}

// remember makes it possible to take the change back.
func (s *Server) remember(key textKey, w *written, i int) {
	if w.undone {
		s.session.undid(key)
		return
	}
	s.session.did(step{key, w.edited, w.draft, w.after.texts[i].version()})
}

// saved returns the answer after a change of text i of a locale.
func (s *Server) saved(
	d *domain, before *locale, w *written, i int, next *nextRequest,
) *savedDocument {
	l := w.after
	var f filter
	if next != nil {
		f = newFilter(func(name string) string {
			return map[string]string{"state": next.State, "q": next.Query, "part": next.Part,
				"order": next.Order}[name]
		})
	}
	doc := &savedDocument{}
	if w.edited != nil {
		doc.Diff = diffOf(l.tag.String()+localefile.Ext, w.edited.Before.Table, w.edited.After.Table)
	}
	doc.Counts, doc.Words = l.counts, l.words
	doc.Text = s.textAt(d, l, &f, i)
	if next == nil {
		return doc
	}
	if n := f.following(d, before, l, i); n >= 0 {
		doc.Next = s.textAt(d, l, &f, n)
	}
	return doc
}

// diffOf returns how a table changes, with the lines counted from its first one.
func diffOf(name, before, after string) string {
	return string(diff.Diff(path.Join("a", name), []byte(before), path.Join("b", name),
		[]byte(after)))
}
