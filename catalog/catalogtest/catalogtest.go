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
	"errors"
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
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/textfiles"
)

// Option is a setting of [Check].
type Option func(*settings) error

type settings struct {
	gate   lint.Gate
	folder fs.FS
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

// Folder names the folder in which extract keeps the domain's locale files and its ledger,
// codes.lock. [Check] needs it only if it does not find the folder itself:
//
//	catalogtest.Check(t, shop.Domain, shop.Texts, catalogtest.Folder(os.DirFS("../texts")))
//
// It is an error if the folder has no ledger.
func Folder(fsys fs.FS) Option {
	return func(s *settings) error {
		if fsys == nil {
			return errors.New("the folder is nil")
		}
		if _, err := fs.Stat(fsys, ledger.Name); err != nil {
			return fmt.Errorf("the folder has no ledger: %w", err)
		}
		s.folder = fsys
		return nil
	}
}

// Check checks the texts that the domain declares, and those of its locale files. The files are
// those that [errlingo.Load] would read: in the folder locales of the file system or, if there is
// no such folder, at its root.
//
// It also compares what the running program declares with what extract has written: each code with
// the ledger, codes.lock, and each text with the source locale's file. So it finds codes that
// extract, which reads Go source without running it, has missed, values that it has read wrongly,
// and files that are out of date. A ledger is not embedded with the locale files, so Check looks
// for it on disk: in a folder called locales, upward from the source of the domain or from
// the folder that the test runs in, or in the folder that catalog.LocalesDir names. [Folder] names
// another one. A domain without a ledger is a warning, no-ledger.
//
// Each error that is found fails the test, and each warning is logged. A file system that cannot be
// read or has no locale file, and an invalid option, fail the test too. Texts that are missing or
// stale are warnings; those that are to be reviewed are reported with FailOn("review") only. All
// codes and labels must have been declared before, as package-level variables are: import the
// packages that declare some, if the test does not use them.
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
	known := slices.Concat(lint.Rules(), merge.Rules(), ledger.Rules(), rules())
	if err := s.gate.Check(known); err != nil {
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
	read := textfiles.Read(fsys, "")
	files, found := read.Locales, read.Findings
	declaration := access.Model(d)
	slices.SortFunc(declaration.Codes,
		func(a, b model.Code) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortFunc(declaration.Phrases,
		func(a, b model.Phrase) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(declaration.Labels,
		func(a, b model.Label) int { return cmp.Compare(a.Name, b.Name) })
	survey := lint.NewCollector(declaration, read.Glossary, nil, s.gate.FailOn...)
	plan, unusable := merge.Make(merge.Input{Domain: declaration, Files: files, Displayed: true,
		Inspect: survey.Inspect})
	found = append(found, unusable...)
	if plan == nil {
		return s.gate.Apply(found, nil)
	}
	found = append(found, plan.Findings...)
	found = append(found, survey.Findings()...)
	if len(files) > 0 {
		found = append(found, s.compare(declaration, fsys, files, plan.Findings)...)
	}
	found.Sort()
	return s.gate.Apply(found, lint.CoverageOf(plan))
}

// compare returns the differences between the running program and the files that extract has
// written.
func (s *settings) compare(
	d *model.Domain, fsys fs.FS, files []merge.File, known diag.List,
) diag.List {
	where, ok := s.findFolder(d, fsys, path.Dir(files[0].Name))
	if !ok {
		return diag.List{ruleNoLedger.At(d.Place.File, d.Place.Pos,
			fmt.Sprintf("no ledger of domain %q was found, so its codes are not compared with one", d.Name),
			hintRun+", or name the folder of "+ledger.Name+" with catalogtest.Folder")}
	}
	found := checkLedger(d, where)
	for _, f := range files {
		if f.Tag == d.Source {
			return append(found, checkSource(d, f, known)...)
		}
	}
	name := d.Source.String() + localefile.Ext
	src, err := localefile.ReadFile(where.fsys, name)
	if err != nil {
		return append(found, ruleSource.At(where.file(name), diag.Pos{},
			"the source locale's file cannot be read: "+diag.Reason(err), hintRun))
	}
	source := merge.File{Name: where.file(name), Tag: d.Source, Content: merge.Content{Text: src}}
	return append(found, checkSource(d, source, known)...)
}
