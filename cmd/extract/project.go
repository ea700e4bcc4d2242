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
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pseudo"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// project is the selected domains of a module, or of all modules of a workspace, each with its
// files.
type project struct {
	modules  []module
	domains  []*domain
	others   []string  // the names of domains that were read and are not among them
	findings diag.List // about Go source
}

// domain is a domain with the current files of its folder.
type domain struct {
	*model.Domain
	module  string   // the root of the module that declares it
	overlay string   // of a domain of another module: the import path of its package
	theirs  []string // the names of the files that the other module has for it
	folder  folder
	files   []merge.File
	pseudo  []merge.File
	ledger  []byte // or nil
	// the file that the ledger is from, as the user would type it
	ledgerName string
	attrs      []byte   // the folder's .gitattributes, or nil
	orphans    []orphan // states and obsolete texts of locales that have no file
	// states in git's last commit that differ from the files
	recorded map[language.Tag][][]byte
	glossary *lint.Glossary // or nil
	// the files of drafts, without those of locales that have none
	draftFiles map[language.Tag][]byte
	findings   diag.List // about the folder, the names of files and the glossary
}

// orphan is the state, or the obsolete texts, of a locale that has no locale file.
type orphan struct {
	name string // within the folder
	tag  language.Tag
	src  []byte
}

// input returns the input of a plan for the domain's files, with the names in the ledger.
func (d *domain) input() merge.Input {
	issued, _ := d.issued()
	return d.inputWith(issued)
}

// inputWith is input with the names in another ledger, which may be nil.
func (d *domain) inputWith(issued *ledger.Ledger) merge.Input {
	in := merge.Input{Domain: d.Domain, Dir: d.folder.Name, Files: d.files, Overlay: d.overlay,
		Recorded: d.recorded}
	if issued != nil {
		in.Renamed, in.FormerParams = issued.FormerNames(), issued.FormerParams
	}
	for _, o := range d.orphans {
		if o.name == merge.StateName(d.Source) {
			in.SourceState = o.src
		}
	}
	return in
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

// load reads the module that has the working folder, or the modules of the workspace, and the files
// of the domains that the package arguments select.
func (a *app) load(ctx context.Context, patterns []string) (*project, error) {
	progress := a.startProgress("reading Go source")
	defer progress.stop()
	if info, err := os.Stat(a.workDir()); err != nil || !info.IsDir() {
		return nil, fail(fmt.Sprintf("there is no folder %q", a.chdir), "")
	}
	modules, err := a.modules(patterns)
	if err != nil {
		return nil, err
	}
	p := &project{modules: modules}
	scanned := make([]*codescan.Result, len(modules))
	for i, m := range modules {
		if scanned[i], modules[i].overlays, err = a.scan(ctx, m); err != nil {
			return nil, err
		}
	}
	progress.set("reading locale files")
	if err := p.choose(ctx, a, scanned); err != nil {
		return nil, err
	}
	for _, d := range p.domains {
		if err := d.read(ctx, a); err != nil {
			return nil, err
		}
		p.findings = append(p.findings, d.findings.OfDomain(d.Name)...)
	}
	a.readRecorded(ctx, p)
	return p, ctx.Err()
}

// scan reads the Go source of a module. It also returns the folders that may be overlays: those
// with states but without a ledger, and all in the folder that overlays are in by default.
func (a *app) scan(ctx context.Context, m module) (_ *codescan.Result, overlays []string, _ error) {
	opts := codescan.Options{Patterns: m.patterns, Dir: m.from, Getenv: a.environ.Get,
		Searched: a.searched}
	opts.Visit = func(dir string, chosen bool, children []fs.DirEntry) {
		has := func(name string) bool {
			return slices.ContainsFunc(children, func(e fs.DirEntry) bool { return e.Name() == name })
		}
		in := path.Base(path.Dir(dir)) == overlaysName
		if chosen && !has(ledger.Name) && (in || has(merge.StateDir)) {
			overlays = append(overlays, dir)
		}
	}
	if m.root != a.workDir() {
		opts.Name = func(file string) string {
			return a.display(filepath.Join(m.root, filepath.FromSlash(file)))
		}
	}
	result, err := codescan.Scan(ctx, m.root, opts)
	if err != nil {
		return nil, nil, a.scanFault(err, a.subcommandHint(m.patterns))
	}
	return result, overlays, nil
}

// choose adds the selected domains to the project and finds their folders. It skips a domain
// without a valid source locale, since nobody knows which file has its texts, and one without a
// code; there is a finding about that. It also skips all domains of a module with a file that
// doesn't parse, since that file may declare some of their codes. If no domain is left, that is the
// error. Overlays come last.
func (p *project) choose(ctx context.Context, a *app, scanned []*codescan.Result) error {
	overlays, only, err := a.overlays(ctx, p.modules)
	if err != nil || only {
		p.domains = overlays
		return err
	}
	var nothing, syntax diag.List
	var others []*model.Domain
	declared := 0
	for i, result := range scanned {
		p.findings = append(p.findings, result.Findings...)
		if len(result.Syntax) > 0 {
			syntax = append(syntax, result.Syntax...)
			continue
		}
		for _, other := range result.Others {
			others = append(others, other)
			p.others = append(p.others, other.Name)
		}
		declared += len(result.Domains)
		for _, d := range result.Domains {
			if d.Source == language.Und {
				p.others = append(p.others, d.Name)
				continue
			}
			if len(d.Codes)+len(d.Phrases)+len(d.Labels) == 0 && !a.allowShrink {
				p.others = append(p.others, d.Name)
				nothing = append(nothing, finding(d, ruleNothing,
					fmt.Sprintf("domain %q has no code", d.Name), "if this is intended, use --allow-shrink"))
				continue
			}
			own := *d // The scanner's one is part of a value that keeps all parsed source in memory.
			p.add(&domain{Domain: &own, module: p.modules[i].root})
		}
	}
	p.findings = append(p.findings, nothing...)
	where := "module " + p.modules[0].path
	if len(p.modules) > 1 {
		where = "the modules of the workspace"
	}
	switch {
	case len(p.domains) == 0 && len(overlays) > 0:
	case len(p.domains) == 0 && len(syntax) > 0:
		return syntax
	case len(p.domains) == 0 && declared > 0:
		return p.findings
	case len(p.domains) == 0 && len(others) > 0:
		return append(p.findings, ruleNothing.At("", diag.Pos{},
			"no domain is declared in these packages",
			fmt.Sprintf("domain %q is declared at %s:%d; name its package or run the command there",
				others[0].Name, others[0].Place.File, others[0].Place.Line)))
	case len(p.domains) == 0:
		return append(p.findings, ruleNothing.At("", diag.Pos{}, "no domain is declared in "+where,
			"declare one with catalog.NewDomain, and a code with its method Define"))
	case len(p.domains) > 1 && a.locales != "":
		return finding(p.domains[1].Domain, ruleFolder,
			fmt.Sprintf("--locales needs exactly one domain, and there are %q and %q", p.domains[0].Name,
				p.domains[1].Name),
			"name the package of one of them")
	}
	p.findings = append(syntax, p.findings...)
	return p.findFolders(ctx, a, overlays)
}

// add adds a domain. One whose name another module has declared is refused, as it is within a
// module.
func (p *project) add(d *domain) {
	for _, other := range p.domains {
		if other.Name == d.Name && other.module != d.module {
			fault := d.Clash(other.Domain)
			found := fault.Rule.At(d.Place.File, d.Place.Pos,
				fmt.Sprintf("domain %q: %s", d.Name, fault.Text), fault.Hint)
			found.Domain = d.Name
			p.findings = append(p.findings, found)
			d.Invalid, other.Invalid = true, true // Which of the two comes first is not known.
		}
	}
	p.domains = append(p.domains, d)
}

// findFolders finds the folder of each domain, in its own module, and adds the overlays. No two
// domains may share a folder.
func (p *project) findFolders(ctx context.Context, a *app, overlays []*domain) error {
	owners := map[string]string{}
	for _, o := range overlays {
		owners[realPath(o.folder.Abs())] = o.Name
	}
	for _, d := range p.domains {
		find := finder{a, d.module, p.modules}
		where, skipped, err := find.find(d.Domain)
		if err != nil {
			return err
		}
		if err := where.CheckOwner(d.Domain); err != nil {
			return err
		}
		at := realPath(where.Abs())
		if other, taken := owners[at]; taken {
			return finding(d.Domain, ruleFolder, fmt.Sprintf("domains %q and %q have the same folder, %s",
				other, d.Name, where.Name),
				"give one of them a folder of its own with catalog.LocalesDir")
		}
		owners[at] = d.Name
		d.folder, d.findings = where, skipped
	}
	for _, d := range p.domains {
		moved, err := finder{a, d.module, p.modules}.checkMoved(ctx, d.Domain, d.folder, owners)
		switch {
		case err != nil:
			return err
		case moved == nil:
		case moved.Severity == diag.Error:
			return *moved
		default:
			d.findings = append(d.findings, *moved)
		}
	}
	p.domains = append(p.domains, overlays...)
	return nil
}

// realPath returns the path without symbolic links, or the path itself if it does not exist yet.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// finding returns a finding about a domain as a whole.
func finding(d *model.Domain, rule diag.Rule, text, hint string) diag.Finding {
	f := rule.At(d.Place.File, d.Place.Pos, text, hint)
	f.Domain = d.Name
	return f
}

// read reads the files of the domain's folder.
func (d *domain) read(ctx context.Context, a *app) error {
	opened, err := d.folder.Open()
	if err != nil || opened == nil {
		return err
	}
	defer opened.Close()
	names, err := opened.Names()
	if err != nil {
		return failFile(d.folder.Name, err, a.fileHint(err))
	}
	for _, name := range names {
		if localefile.IsName(name) {
			if err := d.readLocale(ctx, a, opened, name); err != nil {
				return err
			}
		}
	}
	for i := range d.findings {
		to, _, _ := strings.Cut(strings.TrimPrefix(d.findings[i].Hint, "rename the file to "), ";")
		if slices.Contains(names, to) {
			d.findings[i].Hint = fmt.Sprintf("%s exists as well: move the texts there and delete this file",
				to)
		}
	}
	if err := d.readOrphans(a, opened); err != nil {
		return err
	}
	for _, tag := range d.tags() {
		src, err := d.readOther(a, opened, merge.DraftName(tag))
		if err != nil {
			return err
		}
		if src != nil {
			if d.draftFiles == nil {
				d.draftFiles = map[language.Tag][]byte{}
			}
			d.draftFiles[tag] = src
		}
	}
	if err := d.readGlossary(a, opened); err != nil {
		return err
	}
	if d.overlay == "" {
		d.ledgerName = d.folder.File(ledger.Name)
		if d.ledger, err = d.readOther(a, opened, ledger.Name); err != nil {
			return err
		}
	}
	d.attrs, err = d.readOther(a, opened, attributesName)
	return err
}

// readLocale reads a locale file, its state and its obsolete texts. It adds a finding if the file's
// name is not a language tag.
func (d *domain) readLocale(
	ctx context.Context, a *app, opened *atomicfile.Folder, name string,
) error {
	shown := d.folder.File(name)
	tag, wrong := localefile.TagOf(shown)
	if wrong != nil {
		d.findings = append(d.findings, *wrong)
		return nil
	}
	if d.overlay != "" && tag == d.Source {
		d.findings = append(d.findings, ruleOverlay.At(shown, diag.Pos{},
			fmt.Sprintf("an overlay has no file for the source locale, %v", tag),
			"delete it; to change texts, give a variant such as en-GB a file"))
		return nil
	}
	file := merge.File{Name: shown, Tag: tag}
	if a.readLazily && !pseudo.Is(tag) {
		file.Read = func() (merge.Content, error) { return d.reread(ctx, a, tag) }
		d.files = append(d.files, file)
		return nil
	}
	var err error
	if file.Content, err = d.readContent(ctx, a, opened, tag); err != nil {
		return err
	}
	if pseudo.Is(tag) {
		d.pseudo = append(d.pseudo, file)
	} else {
		d.files = append(d.files, file)
	}
	return nil
}

// readContent reads a locale file, its state and its obsolete texts.
func (d *domain) readContent(
	ctx context.Context, a *app, opened *atomicfile.Folder, tag language.Tag,
) (c merge.Content, err error) {
	name := tag.String() + localefile.Ext
	if c.Text, err = opened.Read(name, tomldoc.MaxSize); err != nil {
		hint := a.fileHint(err)
		if errors.Is(err, fs.ErrNotExist) { // Somebody deleted it during the run.
			hint = fmt.Sprintf("run %q again", a.call())
		}
		return c, failFile(d.folder.File(name), err, hint)
	}
	if _, _, conflicts := localefile.Sides(c.Text); conflicts {
		c.Ancestor = a.readAncestor(ctx, d, name)
	}
	if c.State, err = d.readOther(a, opened, merge.StateName(tag)); err != nil {
		return c, err
	}
	c.Obsolete, err = d.readOther(a, opened, merge.ObsoleteName(tag))
	return c, err
}

// reread reads a locale file again, after its folder was closed.
func (d *domain) reread(ctx context.Context, a *app, tag language.Tag) (merge.Content, error) {
	opened, err := d.folder.Open()
	if err == nil && opened == nil {
		err = failFile(d.folder.Name, fs.ErrNotExist, "")
	}
	if err != nil {
		return merge.Content{}, err
	}
	defer opened.Close()
	return d.readContent(ctx, a, opened, tag)
}

// readOrphans reads the states and the obsolete texts of locales that have no file.
func (d *domain) readOrphans(a *app, opened *atomicfile.Folder) error {
	names, err := opened.NamesIn(merge.StateDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return failFile(d.folder.File(merge.StateDir), err, a.fileHint(err))
	}
	for _, name := range names {
		ext := path.Ext(name)
		tag, wrong := localefile.TagOf(strings.TrimSuffix(name, ext) + localefile.Ext)
		if wrong != nil || d.file(tag) != nil || ext != ".lock" && ext != ".obsolete" {
			continue
		}
		name = path.Join(merge.StateDir, name)
		src, err := opened.Read(name, limitOf(name))
		if err != nil {
			return failFile(d.folder.File(name), err, a.fileHint(err))
		}
		d.orphans = append(d.orphans, orphan{name, tag, src})
	}
	return nil
}

// readGlossary reads the words that the translators agreed on.
func (d *domain) readGlossary(a *app, opened *atomicfile.Folder) error {
	src, err := d.readOther(a, opened, lint.GlossaryName)
	if err != nil || src == nil {
		return err
	}
	var wrong diag.List
	d.glossary, wrong = lint.ReadGlossary(d.folder.File(lint.GlossaryName), src)
	d.findings = append(d.findings, wrong...)
	return nil
}

// readOther reads a file, or returns nil if it does not exist.
func (d *domain) readOther(a *app, opened *atomicfile.Folder, name string) ([]byte, error) {
	src, err := opened.Read(name, limitOf(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, failFile(d.folder.File(name), err, a.fileHint(err))
	}
	return src, nil
}

// limitOf returns how many bytes are read of a file beside the locale files.
func limitOf(name string) int {
	switch {
	case name == ledger.Name:
		return ledger.MaxSize
	case path.Ext(name) == ".lock":
		return state.MaxSize
	}
	return tomldoc.MaxSize
}

// base returns the last element of a file's name.
func base(name string) string { return path.Base(name) }
