package catalogtest

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
)

// The rules of differences between the running program and the files that extract has written.
var (
	ruleNoLedger = diag.Rule{ID: "no-ledger", Severity: diag.Warning,
		Doc: "the domain's ledger was not found"}
	ruleLacks = diag.Rule{ID: "ledger-lacks", Severity: diag.Error,
		Doc: "the program declares a code that the ledger lacks"}
	ruleDiffers = diag.Rule{ID: "ledger-differs", Severity: diag.Error,
		Doc: "a code differs between the program and the ledger"}
	ruleNotDeclared = diag.Rule{ID: "not-declared", Severity: diag.Error,
		Doc: "the program does not declare a code that the ledger has"}
	ruleSource = diag.Rule{ID: "source-differs", Severity: diag.Error,
		Doc: "a text differs between the program and the source locale's file"}
)

func rules() []diag.Rule {
	return []diag.Rule{ruleNoLedger, ruleLacks, ruleDiffers, ruleNotDeclared, ruleSource}
}

const (
	hintRun = `run "go tool extract"`
	// If extract has run and there is still a difference, its reading of Go source is the reason.
	hintRead = hintRun + "; if that changes nothing, it cannot read the declaration, and " +
		`"go tool extract check --run" shows what it reads`
)

// folder is a folder of locale files as extract keeps it.
type folder struct {
	fsys fs.FS
	name string // as findings show it; "" for the root of a file system that a caller gave
}

func (f folder) file(name string) string { return path.Join(f.name, name) }

// ledgerIn returns the folder's ledger, or false if it has none.
func (f folder) ledgerIn() ([]byte, bool) {
	src, err := localefile.ReadFile(f.fsys, ledger.Name)
	return src, err == nil
}

// findFolder returns the folder with the domain's ledger: the given one, else that of the locale
// files, else the nearest folder called locales, upward from the source of the domain or from the
// folder that the test runs in, whose ledger is the domain's. The search ends at the module's root.
func (s *settings) findFolder(d *model.Domain, fsys fs.FS, dir string) (folder, bool) {
	if s.folder != nil {
		f := folder{s.folder, ""}
		_, ok := f.ledgerIn()
		return f, ok
	}
	if sub, err := fs.Sub(fsys, dir); err == nil {
		f := folder{sub, dir}
		if _, ok := f.ledgerIn(); ok {
			return f, true
		}
	}
	var candidates []string
	// Without -trimpath, the place of a declaration is a path of this machine.
	if filepath.IsAbs(d.Place.File) {
		source := filepath.Dir(filepath.FromSlash(d.Place.File))
		if d.LocalesDir != "" {
			candidates = append(candidates, filepath.Join(source, filepath.FromSlash(d.LocalesDir)))
		}
		candidates = append(candidates, upward(source)...)
	}
	if here, err := os.Getwd(); err == nil {
		candidates = append(candidates, upward(here)...)
	}
	for _, dir := range candidates {
		f := folder{os.DirFS(dir), filepath.ToSlash(dir)}
		if src, ok := f.ledgerIn(); ok {
			if owner, ok := ledger.Domain(src); ok && owner == d.Name {
				return f, true
			}
		}
	}
	return folder{}, false
}

// upward returns the folders called locales in a folder and in those above, up to the module's
// root.
func upward(dir string) []string {
	var all []string
	for ; ; dir = filepath.Dir(dir) {
		all = append(all, filepath.Join(dir, "locales"))
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || dir == filepath.Dir(dir) {
			return all
		}
	}
}

// checkLedger compares what the program declares with the ledger.
func checkLedger(d *model.Domain, f folder) diag.List {
	name := f.file(ledger.Name)
	src, _ := f.ledgerIn()
	issued, found := ledger.Parse(name, src)
	if len(found.Errors()) > 0 {
		return found
	}
	c := ledger.Compare(ledger.Input{Domain: d, Ledger: issued})
	found = slices.Concat(found, c.Breaks, c.Conflicts)
	if slices.ContainsFunc(c.Breaks, func(f diag.Finding) bool {
		return f.Rule == ledger.RuleDomain.ID
	}) {
		return found
	}
	for _, next := range c.Next.Entries() {
		i := slices.IndexFunc(d.Codes, func(c model.Code) bool {
			return c.Number == next.Number && c.Name == next.Name
		})
		if i < 0 || next.Retired {
			continue
		}
		var lines []ledger.Entry // of the code, which has several after a merge
		for _, e := range issued.Entries() {
			if e.Number == next.Number &&
				(e.Name == next.Name || slices.Contains(next.Was, e.Name)) {
				lines = append(lines, e)
			}
		}
		at := d.Codes[i].Place
		switch {
		case len(lines) == 0:
			found = append(found, ruleLacks.At(at.File, at.Pos,
				fmt.Sprintf("code %s (%d) is not in %s", next.Name, next.Number, ledger.Name), hintRead))
		case !slices.ContainsFunc(lines, func(e ledger.Entry) bool {
			return e.String() == next.String()
		}):
			found = append(found, ruleDiffers.At(at.File, at.Pos,
				fmt.Sprintf("code %s is %q in %s, and %q in the program", next.Name, lines[0].String(),
					ledger.Name, next.String()), hintRead))
		}
	}
	for _, e := range issued.Entries() {
		if !e.Retired && !slices.ContainsFunc(d.Codes, func(c model.Code) bool {
			return c.Number == e.Number || c.Name == e.Name
		}) {
			found = append(found, ruleNotDeclared.At(name, diag.Pos{Line: e.Line},
				fmt.Sprintf("the program does not declare code %s (%d)", e.Name, e.Number),
				"if the code was removed, "+hintRun+"; if it is declared in a package that the test "+
					"does not import, import it"))
		}
	}
	return found
}

// checkSource compares the texts that the program declares with the source locale's file. Texts of
// which another finding says that the file was edited by hand are left out.
func checkSource(d *model.Domain, source merge.File, known diag.List) diag.List {
	file, syntax, _ := localefile.Read(source.Name, source.Tag, source.Text)
	if len(syntax) > 0 {
		return nil // There are findings about it already.
	}
	entries := make(map[localefile.ID]*localefile.Entry, len(file.Entries))
	for i := range file.Entries {
		entries[file.Entries[i].ID] = &file.Entries[i]
	}
	var found diag.List
	for m := range d.Messages() {
		e, declared := entries[m.ID], localefile.Forms(m.Text.Forms)
		if e == nil {
			at := m.OwnerPlace()
			found = append(found, ruleSource.At(at.File, at.Pos,
				fmt.Sprintf("%v is not in %s", m.ID, path.Base(source.Name)), hintRead))
			continue
		}
		written := e.Texts()
		if written.Equal(&declared) {
			continue
		}
		for c := range declared {
			if written[c] == declared[c] {
				continue
			}
			at := file.Doc.Pos(file.Doc.Items()[e.Item].Span().Start)
			if form := e.Forms[c]; form.Present() {
				at = file.Position(form, 0)
			}
			if !slices.ContainsFunc(known, func(f diag.Finding) bool {
				return f.Rule == merge.RuleSourceEdited.ID && f.File == source.Name && f.Line == at.Line
			}) {
				found = append(found, ruleSource.At(source.Name, at, fmt.Sprintf(
					"%v is %s here, and %s in the program", m.ID, diag.Quote(written[c]),
					diag.Quote(declared[c])), hintRead))
			}
			break
		}
	}
	return found
}
