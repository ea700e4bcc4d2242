package merge_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// TestNastyFiles leads hard files through the life of a domain. After each step the file means what
// it is to mean, by the word of another reader than the one that planned.
func TestNastyFiles(t *testing.T) {
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
			l.newCode()
			l.sourceChanges()
			l.translatorEdits()
			l.codeGoes()
			l.prune()
			l.isReadByOthers()
		})
	}
}

// life is a domain with its Russian file.
type life struct {
	folder
	t *testing.T
}

func (l *life) russian() []byte { return l.files["ru.toml"] }

func (l *life) domain(text string) { l.in.Domain = parseDomain(l.t, text) }

// step brings the files up to date and fails the test unless the meaning of the Russian one differs
// as wanted.
func (l *life) step(name string, want ...string) {
	l.t.Helper()
	before := meaning(l.t, l.russian())
	l.settle(l.t)
	if got := difference(before, meaning(l.t, l.russian())); !slices.Equal(got, want) {
		l.t.Errorf("%s: the differences are %q, want %q", name, got, want)
	}
}

func (l *life) newCode() {
	l.domain(nastyDomain + nastyNew)
	l.step("new code", "+ GH.title.other")
	l.domain(nastyDomain)
	l.step("new code gone", "- GH.title.other")
	l.domain(nastyDomain + nastyNew)
	l.step("new code back", "+ GH.title.other")
}

func (l *life) sourceChanges() {
	was := l.state("AB.title")
	change := func(to string) {
		l.domain(strings.Replace(nastyDomain, "title First", "title "+to, 1) + nastyNew)
		l.step("source changed to " + to)
	}
	change("Foremost")
	change("First")
	// Extract's lines are below the headers now, wherever they were at first.
	before := bytes.Clone(l.russian())
	change("Foremost")
	if got := l.state("AB.title"); was != state.Missing && l.manages("AB.title") &&
		got != state.Stale {
		l.t.Errorf("AB.title is %v after the change", got)
	}
	change("Primary")
	change("First")
	if !bytes.Equal(l.russian(), before) {
		l.t.Errorf("after the source changed back the file is\n%s\nand before it was\n%s", l.russian(),
			before)
	}
}

// manages reports whether the file has the text in a table of its own, and that once.
func (l *life) manages(id string) bool {
	f, _, findings := localefile.Read("", language.Russian, l.russian())
	for i := range f.Entries {
		if e := &f.Entries[i]; e.ID.String() == id {
			return f.HasHeader(e) && !slices.ContainsFunc(findings,
				func(x diag.Finding) bool { return x.Rule == localefile.RuleDuplicateText.ID })
		}
	}
	return false
}

func (l *life) translatorEdits() {
	if !l.manages("AB.title") || l.state("AB.title") != state.Translated {
		return
	}
	l.domain(strings.Replace(nastyDomain, "title First", "title Foremost", 1) + nastyNew)
	l.step("source changed")
	l.edit("AB.title", "Новый")
	l.step("text edited")
	if got := l.state("AB.title"); got != state.Translated {
		l.t.Errorf("AB.title is %v after it was edited", got)
	}
	l.edit("AB.title", "")
	l.step("text emptied")
	if got := l.state("AB.title"); got != state.Missing {
		l.t.Errorf("AB.title is %v after it was emptied", got)
	}
}

// edit changes a text as an editor does.
func (l *life) edit(id, text string) {
	f, _, _ := localefile.Read("", language.Russian, l.russian())
	for i := range f.Entries {
		if e := &f.Entries[i]; e.ID.String() == id {
			at := f.Doc.Items()[e.Forms[plural.Other].Item-1].ValueSpan()
			before, behind := l.russian()[:at.Start], l.russian()[at.End:]
			l.files["ru.toml"] = slices.Concat(before, []byte(tomldoc.MustQuote(text)), behind)
		}
	}
}

func (l *life) state(id string) state.State {
	plan, _ := merge.Make(l.input(l.t))
	for i := range plan.Files {
		for _, text := range plan.Files[i].Left {
			if plan.Files[i].Tag == language.Russian && text.ID.String() == id {
				return text.State
			}
		}
	}
	return state.Translated
}

// codeGoes lets a code go and come back: what its texts said is gone, and then there again, and the
// second time byte for byte.
func (l *life) codeGoes() {
	before := meaning(l.t, l.russian())
	gone := l.paths("CD")
	l.domain(strings.Replace(nastyDomain, nastyGone, "", 1) + nastyNew)
	l.step("code gone", gone...)
	l.domain(nastyDomain + nastyNew)
	l.settle(l.t)
	plan, _ := merge.Make(l.input(l.t))
	if slices.ContainsFunc(plan.Findings,
		func(f diag.Finding) bool { return f.Rule == merge.RuleNoPlace.ID }) {
		return // What is in the place of the text keeps it from coming back.
	}
	if got := difference(before, meaning(l.t, l.russian())); len(got) > 0 {
		l.t.Errorf("code back: the differences are %q", got)
	}
	tables := l.tables("CD")
	l.domain(strings.Replace(nastyDomain, nastyGone, "", 1) + nastyNew)
	l.settle(l.t)
	l.domain(nastyDomain + nastyNew)
	l.settle(l.t)
	if got := l.tables("CD"); !slices.Equal(got, tables) {
		l.t.Errorf("code back again: the tables are\n%s\nand before they were\n%s", got, tables)
	}
}

// paths returns what is to be said of the loss of a code's texts: of each table all that is in it,
// of other shapes the forms.
func (l *life) paths(name string) []string {
	f, _, _ := localefile.Read("", language.Russian, l.russian())
	var paths []string
	for _, table := range l.tables(name) {
		for path := range meaning(l.t, []byte(table)) {
			paths = append(paths, "- "+path)
		}
	}
	for i := range f.Entries {
		e := &f.Entries[i]
		for c, form := range e.Forms {
			if e.ID.Name == name && !f.HasHeader(e) && form.Present() {
				paths = append(paths, "- "+e.ID.String()+"."+plural.Category(c).String())
			}
		}
	}
	slices.Sort(paths)
	return paths
}

// tables returns the tables of a code's texts with all that belongs to them, sorted.
func (l *life) tables(name string) []string {
	f, _, _ := localefile.Read("", language.Russian, l.russian())
	var tables []string
	for _, block := range f.Blocks() {
		for i := range f.Entries {
			if e := &f.Entries[i]; e.Item == block.Header && e.ID.Name == name && !e.Doubled {
				text := f.Doc.Slice(f.Lines(&block))
				tables = append(tables, strings.TrimRight(text, "\r\n"))
			}
		}
	}
	slices.Sort(tables)
	return tables
}

func (l *life) prune() {
	before := meaning(l.t, l.russian())
	plan, unusable := merge.Prune(l.input(l.t))
	if len(unusable) > 0 {
		l.t.Fatal(unusable)
	}
	for i := range plan.Files {
		checkKept(l.t, &plan.Files[i])
	}
	l.carryOut(plan)
	if got := difference(before, meaning(l.t, l.russian())); len(got) > 0 {
		l.t.Errorf("prune: the differences are %q", got)
	}
	if l.files["_state/ru.obsolete"] != nil {
		l.t.Error("prune leaves obsolete texts")
	}
	l.settle(l.t)
}

// isReadByOthers has go-i18n read the files, unless they hold what is not a text.
func (l *life) isReadByOthers() {
	for _, f := range l.input(l.t).Files {
		if _, _, findings := localefile.Read(f.Name, f.Tag, f.Text); len(findings) > 0 {
			continue
		}
		bundle := i18n.NewBundle(language.English)
		bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
		content := bytes.TrimPrefix(f.Text, []byte("\uFEFF"))
		if _, err := bundle.ParseMessageFileBytes(content, filepath.Base(f.Name)); err != nil {
			l.t.Errorf("go-i18n does not read the file: %v\n%s", err, f.Text)
		}
	}
}

// nastyFiles returns the names of the hard files.
func nastyFiles(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/nasty/*.toml")
	if err != nil || len(names) < 30 {
		t.Fatal(len(names), "files", err)
	}
	return names
}
