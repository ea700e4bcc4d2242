// Package catalogtest checks the texts of a domain in go test, with the rules of the command
// extract.
//
//	func TestTexts(t *testing.T) {
//		catalogtest.Check(t, shop.Domain, locales.FS)
//	}
//
// The rules are described in docs/lint.md of this module. The package does not parse Go source, and
// a test that uses it needs neither the command nor the source of the domain.
package catalogtest

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pseudo"
)

// Option is a setting of [Check].
type Option func(*settings) error

type settings struct {
	gate lint.Gate
}

// Strict makes every warning fail the test.
func Strict() Option {
	return func(s *settings) error {
		s.gate.Strict = true
		return nil
	}
}

// FailOn makes the warnings of the given rules fail the test, such as "missing", "stale" or
// "same-as-source".
func FailOn(rules ...string) Option {
	return func(s *settings) error {
		s.gate.FailOn = append(s.gate.FailOn, rules...)
		return nil
	}
}

// Min makes the test fail if less than the given percentage of a locale's texts is translated. The
// tag is a BCP 47 language tag, as in the name of the locale's file.
func Min(tag string, percent float64) Option {
	return func(s *settings) error {
		parsed, err := language.Parse(tag)
		if err != nil {
			return fmt.Errorf("%q is not a language tag", tag)
		}
		if s.gate.Min == nil {
			s.gate.Min = map[language.Tag]float64{}
		}
		s.gate.Min[parsed] = percent
		return nil
	}
}

// Check checks the texts that the domain declares, and those of its locale files. The files are
// those that [errlingo.Load] would read: in the folder locales of the file system or, if there is
// no such folder, at its root.
//
// Each error that is found fails the test, and each warning is logged. A file system that cannot be
// read or has no locale file, and an invalid option, fail the test too. Texts that are
// missing, stale or to be reviewed are warnings. All codes and labels must have been
// declared before, as package-level variables are.
//
// [errlingo.Load]: https://pkg.go.dev/github.com/errlingo/errlingo#Load
func Check(t testing.TB, d *catalog.Domain, fsys fs.FS, options ...Option) {
	t.Helper()
	var s settings
	for _, option := range options {
		if err := option(&s); err != nil {
			t.Fatalf("catalogtest: %v", err)
			return
		}
	}
	if err := s.gate.Check(append(lint.Rules(), merge.Rules()...)); err != nil {
		t.Fatalf("catalogtest: %v", err)
		return
	}
	for _, f := range s.findings(d, fsys) {
		f.File = short(f.File)
		if f.Severity == diag.Error {
			t.Errorf("%s", f.Detail())
		} else {
			t.Logf("warning: %s", f.Detail())
		}
	}
}

// Temporary returns the domain, and makes its name free for another domain when the test ends. It
// is for tests that create domains: a program cannot have two domains with one name.
//
//	d := catalogtest.Temporary(t, catalog.NewDomain("shop"))
func Temporary(t testing.TB, d *catalog.Domain) *catalog.Domain {
	t.Helper()
	t.Cleanup(func() { access.Forget(d) })
	return d
}

// short returns the name of a Go file relative to the folder that the test runs in if that is
// shorter, as the go command prints it.
func short(file string) string {
	if dir, err := os.Getwd(); err == nil && filepath.IsAbs(file) {
		if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) {
			file = rel
		}
	}
	return filepath.ToSlash(file)
}

// findings returns all that is found, with the severities that the settings give.
func (s *settings) findings(d *catalog.Domain, fsys fs.FS) diag.List {
	files, found := read(fsys)
	declaration := access.Model(d)
	slices.SortFunc(declaration.Codes,
		func(a, b model.Code) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortFunc(declaration.Labels,
		func(a, b model.Label) int { return cmp.Compare(a.Name, b.Name) })
	survey := lint.NewCollector(declaration, nil)
	plan, unusable := merge.Make(merge.Input{Domain: declaration, Files: files, Displayed: true,
		Inspect: survey.Inspect})
	found = append(found, unusable...)
	if plan == nil {
		return s.gate.Apply(found, nil)
	}
	found = append(found, plan.Findings...)
	found = append(found, survey.Findings()...)
	return s.gate.Apply(found, lint.CoverageOf(plan))
}

// read returns the locale files, and what is wrong with those that cannot be read.
func read(fsys fs.FS) ([]merge.File, diag.List) {
	var names []string
	if fsys != nil {
		var err error
		if names, err = localefile.Find(fsys); err != nil {
			return nil, diag.List{diag.Unreadable("", err)}
		}
	}
	if len(names) == 0 {
		return nil, diag.List{diag.RuleRead.At("", diag.Pos{}, "there is no locale file",
			"give the file system that has the folder locales, or the files themselves")}
	}
	var files []merge.File
	var found diag.List
	for _, name := range names {
		tag, misnamed := localefile.TagOf(name)
		if misnamed != nil {
			found = append(found, *misnamed)
			continue
		}
		if pseudo.Is(tag) {
			continue // It is made from the source texts, and has no more plural forms than these.
		}
		src, err := localefile.ReadFile(fsys, name)
		if err != nil {
			found = append(found, diag.Unreadable(name, err))
			continue
		}
		file := merge.File{Name: name, Tag: tag, Content: merge.Content{Text: src}}
		// A program embeds the locale files alone, but a folder has their states as well.
		if state, err := localefile.ReadFile(fsys, path.Join(path.Dir(name),
			merge.StateName(tag))); err == nil {
			file.State = state
		}
		files = append(files, file)
	}
	return files, found
}
