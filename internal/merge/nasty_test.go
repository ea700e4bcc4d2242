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
)

// TestNastyFiles leads hard files through the life of a domain. After each step the file means what it is to mean, by the
// word of another reader than the one that planned.
func TestNastyFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/nasty/*.toml")
	if err != nil || len(names) < 30 {
		t.Fatal(len(names), "files", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".toml"), func(t *testing.T) {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			l := &life{t: t, in: merge.Input{Domain: parseDomain(t, nastyDomain), Files: []merge.File{file(t, "ru.toml", content)}}}
			l.in = checkRuns(t, l.in)
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
	t  *testing.T
	in merge.Input
}

func (l *life) file() *merge.File {
	return &l.in.Files[slices.IndexFunc(l.in.Files, func(f merge.File) bool { return f.Tag == language.Russian })]
}

func (l *life) domain(text string) { l.in.Domain = parseDomain(l.t, text) }

// step brings the files up to date and fails the test unless the meaning of the Russian one differs as wanted.
func (l *life) step(name string, want ...string) {
	l.t.Helper()
	before := meaning(l.t, l.file().Bytes)
	l.in = checkRuns(l.t, l.in)
	if got := difference(before, meaning(l.t, l.file().Bytes)); !slices.Equal(got, want) {
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
	state := l.state("AB.title")
	change := func(to string) {
		l.domain(strings.Replace(nastyDomain, "title First", "title "+to, 1) + nastyNew)
		l.step("source changed to " + to)
	}
	change("Foremost")
	change("First")
	before := bytes.Clone(l.file().Bytes) // with the machine's lines below the headers, wherever they stood first
	change("Foremost")
	if got := l.state("AB.title"); state != merge.Missing && l.manages("AB.title") && got != merge.Stale {
		l.t.Errorf("AB.title is %v after the change", got)
	}
	change("Primary")
	change("First")
	if !bytes.Equal(l.file().Bytes, before) {
		l.t.Errorf("after the source changed back the file is\n%s\nand before it was\n%s", l.file().Bytes, before)
	}
}

// manages reports whether the file has the text in a table of its own, and that once.
func (l *life) manages(id string) bool {
	f, _, findings := localefile.Read("", language.Russian, l.file().Bytes)
	for i := range f.Entries {
		if e := &f.Entries[i]; e.ID.String() == id {
			return f.Own(e) && !slices.ContainsFunc(findings, func(x diag.Finding) bool { return x.Rule == localefile.RuleDuplicateText })
		}
	}
	return false
}

func (l *life) translatorEdits() {
	if !l.manages("AB.title") || l.state("AB.title") != merge.Translated {
		return
	}
	l.domain(strings.Replace(nastyDomain, "title First", "title Foremost", 1) + nastyNew)
	l.step("source changed")
	l.edit("AB.title", "Новый")
	l.step("text edited")
	if got := l.state("AB.title"); got != merge.Translated {
		l.t.Errorf("AB.title is %v after it was edited", got)
	}
	l.edit("AB.title", "")
	l.step("text emptied")
	if got := l.state("AB.title"); got != merge.Missing {
		l.t.Errorf("AB.title is %v after it was emptied", got)
	}
}

// edit changes a text as an editor does.
func (l *life) edit(id, text string) {
	f, _, _ := localefile.Read("", language.Russian, l.file().Bytes)
	edits := f.Doc.Edit()
	for i := range f.Entries {
		if e := &f.Entries[i]; e.ID.String() == id {
			edits.SetText(f.Doc.Items()[e.Forms[plural.Other].Item-1], text)
		}
	}
	edited, err := edits.Apply()
	if err != nil {
		l.t.Fatal(err)
	}
	l.file().Bytes = edited
}

func (l *life) state(id string) merge.State {
	plan, _ := merge.Make(l.in)
	for i := range plan.Files {
		for _, text := range plan.Files[i].Left {
			if plan.Files[i].Tag == language.Russian && text.ID.String() == id {
				return text.State
			}
		}
	}
	return merge.Translated
}

// codeGoes lets a code go and come back: what was in its tables is gone, and then there again byte for byte.
func (l *life) codeGoes() {
	before := meaning(l.t, l.file().Bytes)
	tables := l.tables("CD")
	l.domain(strings.Replace(nastyDomain, nastyGone, "", 1) + nastyNew)
	var gone []string
	for _, table := range tables {
		for path := range meaning(l.t, []byte(table)) {
			gone = append(gone, "- "+path)
		}
	}
	slices.Sort(gone)
	l.step("code gone", gone...)
	l.domain(nastyDomain + nastyNew)
	l.in = checkRuns(l.t, l.in)
	if got := difference(before, meaning(l.t, l.file().Bytes)); len(got) > 0 {
		l.t.Errorf("code back: the differences are %q", got)
	}
	if got := l.tables("CD"); !slices.Equal(got, tables) {
		l.t.Errorf("code back: the tables are\n%s\nand before they were\n%s", got, tables)
	}
}

// tables returns the tables of a code with all that hangs on them, sorted.
func (l *life) tables(name string) []string {
	f, _, _ := localefile.Read("", language.Russian, l.file().Bytes)
	var tables []string
	for _, block := range f.Blocks() {
		for i := range f.Entries {
			if e := &f.Entries[i]; e.Item == block.Header && e.ID.Name == name {
				text := f.Doc.Slice(f.Lines(&block))
				tables = append(tables, strings.TrimRight(text, "\r\n"))
			}
		}
	}
	slices.Sort(tables)
	return tables
}

func (l *life) prune() {
	before := meaning(l.t, l.file().Bytes)
	plan, unusable := merge.Prune(l.in)
	if len(unusable) > 0 {
		l.t.Fatal(unusable)
	}
	for i := range plan.Files {
		checkChanges(l.t, &plan.Files[i])
	}
	l.in = carryOut(l.in, plan)
	if got := difference(before, meaning(l.t, l.file().Bytes)); len(got) > 0 {
		l.t.Errorf("prune: the differences are %q", got)
	}
	file, _, _ := localefile.Read("", l.file().Tag, l.file().Bytes)
	if texts, _ := file.Parked(); len(texts) > 0 {
		l.t.Errorf("prune leaves %v", texts[0].ID)
	}
	l.in = checkRuns(l.t, l.in)
}

// isReadByOthers has go-i18n read the files, unless they hold what is no text.
func (l *life) isReadByOthers() {
	for _, f := range l.in.Files {
		if _, _, findings := localefile.Read(f.Name, f.Tag, f.Bytes); len(findings) > 0 {
			continue
		}
		bundle := i18n.NewBundle(language.English)
		bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
		content := bytes.TrimPrefix(f.Bytes, []byte("\uFEFF"))
		if _, err := bundle.ParseMessageFileBytes(content, filepath.Base(f.Name)); err != nil {
			l.t.Errorf("go-i18n does not read the file: %v\n%s", err, f.Bytes)
		}
	}
}
