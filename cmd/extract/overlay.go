package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
)

// overlaysName is the folder of a module that has its overlays, unless --locales names another.
const overlaysName = "overlays"

// overlay is a folder of translations for a domain of another module. It has neither a source
// locale's file nor a ledger: both are in that module.
type overlay struct {
	folder folder
	module module // whose folder it is
	pkg    string // the import path of the package that declares the domain
	domain string // its name; empty means each domain of the package
	file   string // the state that says so, as the user would type it
}

// overlays returns the overlays that the run covers, each with its domain as the required version
// of the other module declares it. If only is true, it covers nothing else: --overlay asks for
// them, or --locales names one.
func (a *app) overlays(
	ctx context.Context, modules []module,
) (all []*domain, only bool, err error) {
	var found []overlay
	for _, m := range modules {
		for _, dir := range m.overlays {
			found, err = a.appendOverlay(found, m, finder{a, m.root, modules}.inModule(dir))
			if err != nil {
				return nil, false, err
			}
		}
	}
	switch {
	case a.overlay != "":
		found, err = a.wantedOverlays(found, modules)
		only = true
	case a.locales != "":
		var where folder
		if where, err = (finder{a, modules[0].root, modules}).fromFlag(); err == nil {
			found, err = a.appendOverlay(nil, modules[0], where)
		}
		only = len(found) > 0
	}
	if err != nil {
		return nil, only, err
	}
	for _, o := range found {
		declared, err := a.declaredFor(ctx, o)
		if err != nil {
			return nil, only, err
		}
		all = append(all, declared...)
	}
	if a.locales != "" && len(all) > 1 {
		return nil, only, fail(fmt.Sprintf("--locales needs exactly one domain, and there are %q and %q",
			all[0].Name, all[1].Name), "without it, each has a folder of its own in "+overlaysName)
	}
	return all, only, nil
}

// appendOverlay appends the folder if its states say that it is an overlay.
func (a *app) appendOverlay(all []overlay, m module, f folder) ([]overlay, error) {
	opened, err := f.Open()
	if err != nil || opened == nil {
		return all, err
	}
	defer opened.Close()
	names, err := opened.NamesIn(merge.StateDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return all, failFile(f.File(merge.StateDir), err, "")
	}
	var found *overlay
	if errors.Is(err, fs.ErrNotExist) && a.overlay == "" {
		return all, a.checkStateless(f, opened)
	}
	for _, name := range names {
		if path.Ext(name) != ".lock" {
			continue
		}
		name = path.Join(merge.StateDir, name)
		src, err := opened.Read(name, state.MaxSize)
		if err != nil {
			return all, failFile(f.File(name), err, "")
		}
		facts, _ := state.Parse(name, src)
		h := facts.Header
		switch {
		case h.Overlay == "":
		case found == nil:
			found = &overlay{f, m, h.Overlay, h.Domain, f.File(name)}
		case found.pkg != h.Overlay || found.domain != h.Domain:
			return all, ruleOverlay.At(f.File(name), diag.Pos{}, fmt.Sprintf(
				"it is for domain %q of %q, and %s for domain %q of %q", h.Domain, h.Overlay, found.file,
				found.domain, found.pkg), "give each domain a folder of its own")
		}
	}
	if found != nil {
		all = append(all, *found)
	}
	return all, nil
}

// checkStateless returns an error if a folder without states has locale files although overlays are
// there by default: what they translate is not known.
func (a *app) checkStateless(f folder, opened *atomicfile.Folder) error {
	names, err := opened.Names()
	if err != nil {
		return failFile(f.Name, err, a.fileHint(err))
	}
	i := slices.IndexFunc(names, localefile.IsName)
	if i < 0 || path.Base(path.Dir(f.Path)) != overlaysName {
		return nil
	}
	return ruleOverlay.At(f.File(names[i]), diag.Pos{},
		fmt.Sprintf("the folder has no %s, so it is not known which domain it is for", merge.StateDir),
		"restore it from version control; for a new overlay, run extract add --overlay")
}

// wantedOverlays returns the overlays for the package that --overlay names: those found, in the
// folder that --locales names if it does, else a new one.
func (a *app) wantedOverlays(found []overlay, modules []module) ([]overlay, error) {
	if len(modules) > 1 {
		return nil, fail("--overlay needs one module, and this is a workspace",
			"run the command in the module that is to have the overlay")
	}
	wanted := overlay{module: modules[0], pkg: a.overlay}
	if a.locales != "" {
		where, err := finder{a, modules[0].root, modules}.fromFlag()
		if err != nil {
			return nil, err
		}
		if found, err = a.appendOverlay(nil, modules[0], where); err != nil {
			return nil, err
		}
		if len(found) > 0 && found[0].pkg != a.overlay {
			return nil, ruleOverlay.At(found[0].file, diag.Pos{},
				fmt.Sprintf("the folder is an overlay of %q", found[0].pkg), "choose another folder")
		}
		wanted.folder = where
	}
	found = slices.DeleteFunc(found, func(o overlay) bool { return o.pkg != a.overlay })
	folders := map[string]string{} // by domain
	for _, o := range found {
		if other := folders[o.domain]; other != "" {
			return nil, fail(fmt.Sprintf("there are two overlays of domain %q, %s and %s", o.domain,
				other, o.folder.Name), "name one with --locales")
		}
		folders[o.domain] = o.folder.Name
	}
	if len(found) == 0 {
		found = []overlay{wanted}
	}
	return found, nil
}

// declaredFor reads the source of the package that an overlay is for, and returns the domains that
// the overlay translates.
func (a *app) declaredFor(ctx context.Context, o overlay) ([]*domain, error) {
	refuse := func(text, hint string) error { return ruleOverlay.At(o.file, diag.Pos{}, text, hint) }
	required, err := codescan.FindRequired(o.module.root, o.pkg, a.environ.Get)
	if missing, ok := errors.AsType[*codescan.RequiredError](err); ok {
		return nil, refuse(missing.Text, missing.Hint)
	} else if err != nil {
		return nil, refuse(err.Error(), "")
	}
	other := module{root: required.Root, path: required.Module, from: required.Root,
		patterns: []string{"./" + required.Dir}}
	scanned, _, err := a.scan(ctx, other)
	switch {
	case err != nil:
		return nil, err
	case len(scanned.Syntax) > 0:
		return nil, scanned.Syntax
	}
	var all []*domain
	var elsewhere []string
	for _, d := range append(scanned.Domains, scanned.Others...) {
		switch {
		case d.Source == language.Und:
		case d.Dir != required.Dir:
			elsewhere = append(elsewhere, fmt.Sprintf("%q is in %s", d.Name,
				path.Join(required.Module, d.Dir)))
		case o.domain == "" || o.domain == d.Name:
			own := *d
			to := &domain{Domain: &own, module: required.Root, overlay: o.pkg, folder: o.folder}
			if o.folder == (folder{}) {
				to.folder = finder{app: a, root: o.module.root}.inModule(path.Join(overlaysName, d.Name))
			}
			if err := to.readForeign(a); err != nil {
				return nil, err
			}
			to.findings = scanned.Findings.Errors()
			all = append(all, to)
		}
	}
	if len(all) == 0 {
		what := "a domain"
		if o.domain != "" {
			what = fmt.Sprintf("the domain %q", o.domain)
		}
		hint := "name the package that calls catalog.NewDomain"
		if len(elsewhere) > 0 {
			hint += "; domain " + strings.Join(elsewhere, ", domain ")
		}
		return nil, refuse(fmt.Sprintf("package %q does not declare %s", o.pkg, what), hint)
	}
	return all, nil
}

// readForeign reads what the other module has for an overlay's domain: the names of its files, and
// the ledger, which has the former names of codes and params.
func (d *domain) readForeign(a *app) error {
	where, _, err := finder{app: a, root: d.module}.nearest(d.Domain)
	if err != nil {
		return err
	}
	opened, err := where.Open()
	if err != nil || opened == nil {
		return err
	}
	defer opened.Close()
	if d.theirs, err = opened.Names(); err != nil {
		return failFile(where.Name, err, "")
	}
	d.ledgerName = where.File(ledger.Name)
	src, err := opened.Read(ledger.Name, ledger.MaxSize)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failFile(d.ledgerName, err, a.fileHint(err))
	}
	d.ledger = src
	return nil
}

// own returns the domains that the project itself declares.
func (p *project) own() []*domain {
	return slices.DeleteFunc(slices.Clone(p.domains), func(d *domain) bool { return d.overlay != "" })
}

// withoutSource returns the findings without those about Go source, if that is another module's and
// so cannot be fixed here.
func (d *domain) withoutSource(findings diag.List) diag.List {
	if d.overlay == "" {
		return findings
	}
	return slices.DeleteFunc(findings, func(f diag.Finding) bool { return path.Ext(f.File) == ".go" })
}
