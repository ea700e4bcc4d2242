package merge_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// TestEditNastyFiles edits each text of hard files. Nothing changes outside of its table, and taking
// the edit back leaves the bytes that were there.
func TestEditNastyFiles(t *testing.T) {
	edited := 0
	for _, name := range nastyFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".toml"), func(t *testing.T) {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			l := &life{t: t}
			l.in, l.files = merge.Input{Dir: "locales"}, map[string][]byte{"ru.toml": content}
			l.domain(nastyDomain)
			l.settle(t)
			l.domain(nastyDomain + nastyNew) // One text is not in the file.
			for m := range l.in.Domain.Messages() {
				for _, text := range []string{"Иное {{.Left}} \"слово\"\n", ""} {
					edited += editAndRestore(t, l.input(t), m.ID, text, "new", ". dotted")
					edited += editAndRestore(t, l.input(t), m.ID, text)
				}
			}
		})
	}
	if edited < 900 {
		t.Errorf("only %d edits were made", edited)
	}
}

// editAndRestore gives a text other forms and comments, takes that back, and returns how many edits
// it made: none if the edit is refused.
func editAndRestore(
	t *testing.T, in merge.Input, id localefile.ID, text string, comments ...string,
) int {
	t.Helper()
	i := slices.IndexFunc(in.Files, func(f merge.File) bool { return f.Tag == language.Russian })
	file := in.Files[i]
	e := merge.NewEditor(in)
	all, unusable := e.Texts(file)
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	edit := merge.Edit{ID: id, Forms: map[plural.Category]string{}, Comments: slices.Clone(comments)}
	for _, one := range all.Texts {
		for _, form := range one.Forms {
			if one.ID == id.String() {
				edit.Forms[form.Category] = text
			}
		}
	}
	done, refused := e.Edit(file, edit)
	if len(refused) > 0 {
		if refused[0].Hint == "" {
			t.Errorf("%v: no hint for %v", id, refused)
		}
		return 0
	}
	before, after := string(done.Text.Old), string(done.Text.New)
	if !strings.HasSuffix(before, "\n") {
		before += after[len(after)-1:] // A file that is written ends with a line end.
	}
	head, tail, found := strings.Cut(after, done.After.Table)
	isTable := strings.Contains(before, "["+id.String()+"]") || !strings.Contains(before, id.Name)
	switch {
	case done.After.Table == "" && !isTable:
	case !found || done.After.Table == "":
		t.Fatalf("%v: the table is not in the new file:\n%s", id, after)
	case done.Before.Table != "" && head+done.Before.Table+tail != before:
		t.Errorf("%v: more changes than the table:\n%s", id, after)
	case done.Before.Table == "" && strings.TrimRight(head, "\r\n")+strings.TrimLeft(tail, "\r\n") == "":
		t.Errorf("%v: nothing is left beside the table", id)
	}
	for _, form := range done.Now.Forms {
		if form.Target != text {
			t.Errorf("%v: the form %v is %q, want %q", id, form.Category, form.Target, text)
		}
		if text != "" && form.State != state.Translated {
			t.Errorf("%v: the form %v is %v", id, form.Category, form.State)
		}
	}
	for _, comment := range comments {
		if !slices.Contains(done.Now.Comments, comment) {
			t.Errorf("%v: the comments are %q", id, done.Now.Comments)
		}
	}
	changed := file
	changed.Text, changed.State = done.Text.New, done.State.New
	back, refused := e.Edit(changed, merge.Edit{ID: id, Restore: &done.Before})
	if len(refused) > 0 {
		t.Fatalf("%v: %v", id, refused)
	}
	if string(back.Text.New) != before {
		t.Errorf("%v: the file is restored as\n%s\nand was\n%s", id, back.Text.New, before)
	}
	if string(back.State.New) != string(done.State.Old) {
		t.Errorf("%v: the state is restored as\n%s\nand was\n%s", id, back.State.New, done.State.Old)
	}
	return 1
}
