package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/pseudo"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// project is a module as it stands: the chosen domains, each with its files.
type project struct {
	root     string
	domains  []*domain
	findings diag.List // about Go source
}

// domain is a domain with the files of its folder, as they stand.
type domain struct {
	*model.Domain
	partial  bool            // a declaration that may belong to it could not be read
	scanned  []codescan.Code // the codes with their example arguments, if the command explains them
	folder   folder
	files    []merge.File
	pseudo   []merge.File
	ledger   []byte    // nil if there is none
	attrs    []byte    // the folder's .gitattributes, nil if there is none; read only where there is no ledger
	findings diag.List // about the folder and the names of files
}

// input returns what a plan for the domain's files is made of.
func (d *domain) input() merge.Input {
	return merge.Input{Domain: d.Domain, Dir: d.folder.name, Files: d.files}
}

// file returns the file of a locale, or nil.
func (d *domain) file(tag language.Tag) *merge.File {
	if i := slices.IndexFunc(d.files, func(f merge.File) bool { return f.Tag == tag }); i >= 0 {
		return &d.files[i]
	}
	return nil
}

// tags returns the locales that have a file.
func (d *domain) tags() []language.Tag {
	tags := make([]language.Tag, len(d.files))
	for i := range d.files {
		tags[i] = d.files[i].Tag
	}
	return tags
}

// load reads the module that the working folder is in, and the files of the domains that the package arguments choose.
func (a *app) load(ctx context.Context, patterns []string) (*project, error) {
	progress := a.startProgress("reading Go source")
	defer progress.stop()
	if info, err := os.Stat(a.workDir()); err != nil || !info.IsDir() {
		return nil, fail(fmt.Sprintf("there is no folder %q", a.chdir), "")
	}
	root, module, err := codescan.FindModule(a.workDir())
	if err != nil {
		return nil, fail(err.Error(), "run it in a folder of a Go module, or give one with -C")
	}
	result, err := codescan.Scan(ctx, root, codescan.Options{Patterns: patterns, Dir: a.workDir()})
	if err != nil {
		return nil, a.scanFault(err, a.commandMeant(patterns))
	}
	c := converter{a, root}
	if len(result.Syntax) > 0 {
		return nil, c.findings(result.Syntax)
	}
	p := &project{root: root, findings: c.findings(result.Findings)}
	progress.says("reading locale files")
	if err := p.choose(ctx, c, module, result.Domains); err != nil {
		return nil, err
	}
	for _, d := range p.domains {
		if err := d.read(a); err != nil {
			return nil, err
		}
		p.findings = append(p.findings, d.findings...)
	}
	return p, ctx.Err()
}

// choose takes the selected domains into the project and finds their folders.
func (p *project) choose(ctx context.Context, c converter, module string, scanned []codescan.Domain) error {
	a := c.app
	var nothing diag.List
	for i := range scanned {
		if !scanned[i].Selected {
			continue
		}
		d, err := c.domain(&scanned[i])
		if err != nil {
			return err
		}
		chosen := &domain{Domain: d, partial: scanned[i].Partial}
		if a.explains {
			chosen.scanned = scanned[i].Codes
		}
		p.domains = append(p.domains, chosen)
		if len(d.Codes)+len(d.Labels) == 0 {
			nothing = append(nothing, finding(d, ruleNothing, fmt.Sprintf("domain %q has no code", d.Name), "--allow-shrink allows it"))
		}
	}
	switch {
	case len(p.domains) == 0 && len(scanned) > 0:
		at := c.place(scanned[0].Place)
		return append(p.findings, diag.Finding{Severity: diag.Error, Rule: ruleNothing, Text: "no domain is declared in these packages",
			Hint: fmt.Sprintf("domain %q is declared at %s:%d; name its package or run the command there", scanned[0].Name, at.File, at.Line)})
	case len(p.domains) == 0:
		return append(p.findings, diag.Finding{Severity: diag.Error, Rule: ruleNothing, Text: fmt.Sprintf("no domain is declared in module %s", module),
			Hint: "declare one with catalog.NewDomain, and a code with its method Define"})
	case len(nothing) > 0 && !a.allowShrink:
		return append(p.findings, nothing...)
	case len(p.domains) > 1 && a.locales != "":
		return finding(p.domains[1].Domain, ruleFolder,
			fmt.Sprintf("--locales needs exactly one domain, and there are %q and %q", p.domains[0].Name, p.domains[1].Name),
			"name the package of one of them")
	}
	return p.findFolders(ctx, finder{a, p.root})
}

// findFolders gives each domain its folder. No two have the same.
func (p *project) findFolders(ctx context.Context, find finder) error {
	owners := map[string]string{}
	for _, d := range p.domains {
		where, passed, err := find.find(d.Domain)
		if err != nil {
			return err
		}
		if err := find.checkOwner(d.Domain, where); err != nil {
			return err
		}
		at := realPath(where.abs())
		if other, taken := owners[at]; taken {
			return finding(d.Domain, ruleFolder, fmt.Sprintf("domains %q and %q have the same folder, %s", other, d.Name, where.name),
				"give one of them a folder of its own with catalog.LocalesDir")
		}
		owners[at] = d.Name
		d.folder, d.findings = where, passed
	}
	for _, d := range p.domains {
		if left := find.checkLeft(ctx, d.Domain, d.folder, owners); left != nil && left.Severity == diag.Error {
			return *left
		} else if left != nil {
			d.findings = append(d.findings, *left)
		}
	}
	return nil
}

// realPath returns the path without symbolic links. One that does not exist yet is returned as it is.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// finding returns an error about a domain as a whole.
func finding(d *model.Domain, rule, text, hint string) diag.Finding {
	return diag.Finding{File: d.Place.File, Pos: d.Place.Pos, Severity: diag.Error, Rule: rule, Text: text, Hint: hint}
}

// read reads the files of the domain's folder.
func (d *domain) read(a *app) error {
	opened, err := d.folder.open()
	if err != nil || opened == nil {
		return err
	}
	defer opened.Close()
	names, err := opened.Names()
	if err != nil {
		return failFile(d.folder.name, err, a.wayOut(err))
	}
	for _, name := range names {
		if localefile.IsName(name) {
			if err := d.readLocale(a, opened, name); err != nil {
				return err
			}
		}
	}
	for i := range d.findings {
		if to := strings.TrimPrefix(d.findings[i].Hint, "rename the file to "); slices.Contains(names, to) {
			d.findings[i].Hint = fmt.Sprintf("%s is there, too: move the texts over and delete this file", to)
		}
	}
	if d.ledger, err = d.readOther(a, opened, ledger.Name); err != nil || d.ledger != nil {
		return err
	}
	d.attrs, err = d.readOther(a, opened, attributesName)
	return err
}

// readLocale reads a locale file. One whose name is no language tag is a finding.
func (d *domain) readLocale(a *app, opened *atomicfile.Folder, name string) error {
	shown := d.folder.file(name)
	tag, wrong := localefile.TagOf(shown)
	if wrong != nil {
		d.findings = append(d.findings, *wrong)
		return nil
	}
	file := merge.File{Name: shown, Tag: tag}
	if a.fleeting && !pseudo.Is(tag) {
		file.Read = func() ([]byte, error) { return d.reread(a, name) }
		d.files = append(d.files, file)
		return nil
	}
	var err error
	if file.Bytes, err = opened.Read(name, tomldoc.MaxSize); err != nil {
		return failFile(shown, err, a.wayOut(err))
	}
	if pseudo.Is(tag) {
		d.pseudo = append(d.pseudo, file)
	} else {
		d.files = append(d.files, file)
	}
	return nil
}

// reread reads a locale file of a folder that is not open any more.
func (d *domain) reread(a *app, name string) ([]byte, error) {
	opened, err := d.folder.open()
	if err == nil && opened == nil {
		err = failFile(d.folder.name, fs.ErrNotExist, "")
	}
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	src, err := opened.Read(name, tomldoc.MaxSize)
	if err != nil {
		hint := a.wayOut(err)
		if errors.Is(err, fs.ErrNotExist) { // It was there when the run began.
			hint = fmt.Sprintf("run %q again", a.call())
		}
		return nil, failFile(d.folder.file(name), err, hint)
	}
	return src, nil
}

// readOther reads a file that need not exist; the result is nil then.
func (d *domain) readOther(a *app, opened *atomicfile.Folder, name string) ([]byte, error) {
	src, err := opened.Read(name, tomldoc.MaxSize)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, failFile(d.folder.file(name), err, a.wayOut(err))
	}
	return src, nil
}

// base returns the last part of a shown name.
func base(name string) string { return path.Base(name) }

// converter brings what was read from Go source into the form that the locale files are compared with. Places become
// those that the reader would type.
type converter struct {
	app  *app
	root string // of the module
}

func (c converter) name(file string) string {
	if file == "" || c.root == c.app.workDir() {
		return file
	}
	return c.app.display(filepath.Join(c.root, filepath.FromSlash(file)))
}

func (c converter) place(p codescan.Place) model.Place {
	return model.Place{File: c.name(p.File), Pos: p.Pos}
}

func (c converter) findings(list diag.List) diag.List {
	named := make(diag.List, len(list))
	for i, f := range list {
		f.File = c.name(f.File)
		named[i] = f
	}
	return named
}

// domain returns the domain, or what is wrong with the language of its texts.
func (c converter) domain(d *codescan.Domain) (*model.Domain, error) {
	out := &model.Domain{Name: d.Name, Source: language.English, Dir: d.Dir, At: d.At, Place: c.place(d.Place)}
	if d.Source.Value != "" {
		tag, err := language.Parse(d.Source.Value)
		if err != nil || tag == language.Und {
			at := c.place(d.Source.Place)
			return nil, diag.Finding{File: at.File, Pos: at.Pos, Severity: diag.Error, Rule: ruleTag,
				Text: fmt.Sprintf("%q is no language tag", d.Source.Value), Hint: "write one such as language.English or \"pt-BR\""}
		}
		out.Source = tag
	}
	out.Codes = make([]model.Code, len(d.Codes))
	for i := range d.Codes {
		out.Codes[i] = c.code(&d.Codes[i])
	}
	for _, l := range d.Labels {
		label := model.Label{Name: l.Name, Doc: l.Doc, Place: c.place(l.Place)}
		c.form(&label.Text, plural.Other, l.Text)
		out.Labels = append(out.Labels, label)
	}
	return out, nil
}

func (c converter) code(code *codescan.Code) model.Code {
	out := model.Code{
		Number: code.Number, Name: code.Name, HTTP: code.HTTP, Doc: code.Doc, Deprecated: code.Deprecated, ReplacedBy: code.ReplacedBy,
		Count: code.Plural.By, Place: c.place(code.Place),
	}
	for _, p := range code.Params {
		out.Params = append(out.Params, model.Param{
			Name: p.Name, Kind: p.Kind, Example: p.Example, Was: p.Was, Public: p.Public, Sensitive: p.Sensitive,
		})
	}
	for part, text := range [model.NumParts]codescan.Text{code.Title, code.Detail, code.Help} {
		c.form(&out.Texts[part], plural.Other, text)
	}
	for _, f := range code.Plural.Forms {
		if category, ok := plural.ParseCategory(f.Category); ok {
			c.form(&out.Texts[model.Detail], category, f.Text)
		}
	}
	for part, most := range [model.NumParts]int{code.Max.Title, code.Max.Detail, code.Max.Help} {
		out.Texts[part].Max = most
	}
	return out
}

func (c converter) form(out *model.Text, category plural.Category, text codescan.Text) {
	out.Forms[category], out.Places[category] = text.Value, c.place(text.Place)
}

// atFolder returns the folder that a declaration's At names, slash-separated, relative to the module's root.
func atFolder(d *model.Domain) (string, error) {
	dir := path.Join(d.Dir, d.At)
	if path.IsAbs(d.At) || filepath.IsAbs(d.At) || dir == ".." || len(dir) > 2 && dir[:3] == "../" {
		return "", finding(d, ruleFolder, fmt.Sprintf("the folder %q of domain %q is not in the module", d.At, d.Name),
			"write it relative to the package, such as catalog.LocalesDir(\"../locales\")")
	}
	return dir, nil
}
