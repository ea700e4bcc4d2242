package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/frontend"
	"github.com/errlingo/errlingo/internal/localefile"
)

func (a *app) exportTSCommand() *cobra.Command {
	var out, messages string
	var langs []string
	cmd := &cobra.Command{
		Use:   "ts --out dir [packages]",
		Short: "Write the codes and texts as TypeScript, for front ends",
		Long: `Export ts writes a small package for programs in the browser: the codes with the types
of their public params, their texts as JSON, one file per language, and a renderer that
needs nothing but Intl. A text that needs a param that is not public is left to the
server.

A package of a required module, such as github.com/errlingo/errlingo/catalog/codes, adds
its domains, with the overlays that this module has for them.

https://github.com/errlingo/errlingo/blob/main/docs/frontend.md describes the files.`,
		Example: `  extract export ts --out web/errors
  extract export ts --out web/errors ./shop github.com/errlingo/errlingo/catalog/codes`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			if out == "" {
				return fail("missing --out", "add --out with a folder, such as web/errors")
			}
			if err := checkFormat(messages, frontend.Formats()); err != nil {
				return err
			}
			return a.exportTS(cmd.Context(), args, out, langs, frontend.Format(messages))
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "write the files into this `dir`")
	cmd.Flags().StringVar(&messages, "messages", frontend.Formats()[0],
		"texts also as MessageFormat 2 or that of ICU: `format` "+orList(frontend.Formats()))
	cmd.Flags().StringSliceVar(&langs, "lang", nil,
		"only the texts for these `languages`, such as de,fr")
	return cmd
}

func (a *app) exportTS(
	ctx context.Context, patterns []string, out string, langs []string, messages frontend.Format,
) error {
	domains, findings, err := a.exported(ctx, patterns)
	if err != nil {
		return err
	}
	var all []frontend.Domain
	tags := map[language.Tag]bool{}
	for _, d := range domains {
		one, wrong := d.frontend()
		if len(wrong) > 0 {
			return wrong
		}
		all = append(all, one)
		tags[d.Source] = true
		for tag := range one.Texts {
			tags[tag] = true
		}
	}
	locales, err := chooseLocales(tags, langs)
	if err != nil {
		return err
	}
	if err := a.writeGenerated(ctx, out, frontend.Files(all, locales, messages)); err != nil {
		return err
	}
	return a.reportSource(&project{findings: findings})
}

// exported returns the domains that package arguments select, sorted by name: those of the module,
// or of the workspace, and those of packages of required modules.
func (a *app) exported(
	ctx context.Context, patterns []string,
) (domains []*domain, findings diag.List, err error) {
	own, foreign, err := a.splitPatterns(patterns)
	if err != nil {
		return nil, nil, err
	}
	if len(own) > 0 || len(foreign) == 0 {
		p, err := a.load(ctx, own)
		if err != nil {
			return nil, nil, err
		}
		domains, findings = p.own(), p.findings
	}
	for _, pkg := range foreign {
		required, err := a.readRequired(ctx, pkg)
		if err != nil {
			return nil, nil, err
		}
		domains = append(domains, required...)
	}
	slices.SortFunc(domains, func(a, b *domain) int { return strings.Compare(a.Name, b.Name) })
	for i := range domains[1:] {
		if domains[i].Name == domains[i+1].Name {
			return nil, nil, fail(fmt.Sprintf("there are two domains %q", domains[i].Name),
				"name the package of one of them")
		}
	}
	return domains, findings, nil
}

// splitPatterns separates the packages of required modules from the other package arguments.
func (a *app) splitPatterns(patterns []string) (own, foreign []string, err error) {
	modules, err := a.modules(nil)
	if err != nil {
		return nil, nil, err
	}
	for _, pattern := range patterns {
		_, err := codescan.FindRequired(modules[0].root, pattern, a.environ.Get)
		missing, ok := errors.AsType[*codescan.RequiredError](err)
		switch isPath := !strings.HasPrefix(pattern, ".") && !strings.Contains(pattern, "..."); {
		case err == nil && isPath:
			foreign = append(foreign, pattern)
		case isPath && ok && strings.Contains(missing.Text, "not in the module cache"):
			return nil, nil, fail(missing.Text, missing.Hint)
		default:
			own = append(own, pattern)
		}
	}
	return own, foreign, nil
}

// readRequired reads the domains of a package of another module, with the files that they have
// there and then those of this module's overlays.
func (a *app) readRequired(ctx context.Context, pkg string) ([]*domain, error) {
	with := *a
	with.overlay = pkg
	p, err := with.load(ctx, nil)
	if err != nil {
		return nil, err
	}
	var domains []*domain
	for _, over := range p.domains {
		d := &domain{Domain: over.Domain, module: over.module}
		if d.folder, _, err = (finder{app: a, root: d.module}).nearest(d.Domain); err != nil {
			return nil, err
		}
		if err := d.read(ctx, a); err != nil {
			return nil, err
		}
		d.files = append(d.files, over.files...)
		domains = append(domains, d)
	}
	return domains, nil
}

// frontend returns the domain with the texts of its files. Of two files for a locale, the second
// one, which is an overlay, is on top. If a text is faulty, there are findings instead.
func (d *domain) frontend() (frontend.Domain, diag.List) {
	out := frontend.Domain{Domain: d.Domain}
	schema := localefile.NewSchema(d.Domain)
	var wrong diag.List
	for _, f := range d.files {
		parsed, syntax, findings := localefile.Read(f.Name, f.Tag, f.Text)
		if len(syntax) > 0 {
			wrong = append(wrong, syntax...)
			continue
		}
		texts, more := parsed.Compile(schema)
		wrong = append(wrong, append(findings, more...).Errors()...)
		out.Add(f.Tag, &texts)
	}
	return out, wrong
}

// chooseLocales returns the wanted ones of the locales, or all, sorted.
func chooseLocales(tags map[language.Tag]bool, langs []string) ([]language.Tag, error) {
	var all []language.Tag
	for tag := range tags {
		all = append(all, tag)
	}
	slices.SortFunc(all, func(a, b language.Tag) int {
		return strings.Compare(a.String(), b.String())
	})
	if len(langs) == 0 {
		return all, nil
	}
	var chosen []language.Tag
	for _, lang := range langs {
		tag, err := parseTag(lang)
		if err != nil {
			return nil, err
		}
		if !tags[tag] {
			return nil, fail(fmt.Sprintf("there are no texts in %q", lang), "add a file with extract add")
		}
		chosen = append(chosen, tag)
	}
	return chosen, nil
}

// maxGenerated is the size in bytes up to which a file that is there is read, to be compared.
const maxGenerated = 64 << 20

// writeGenerated writes the files into a folder, those that differ from what is there. It refuses
// to replace a file of TypeScript that somebody else wrote.
func (a *app) writeGenerated(ctx context.Context, out string, files []frontend.File) error {
	dir := out
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(a.workDir(), dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return failFile(out, err, "")
	}
	folder, err := atomicfile.Open(dir, ".")
	if err != nil {
		return failFile(out, err, "")
	}
	defer folder.Close()
	lock, err := folder.Lock(ctx)
	if err != nil {
		return failFile(out, err, a.fileHint(err))
	}
	err = a.replaceGenerated(folder, out, files)
	return errors.Join(err, lock.Release())
}

func (a *app) replaceGenerated(folder *atomicfile.Folder, out string, files []frontend.File) error {
	written := 0
	for _, f := range files {
		name := filepath.ToSlash(filepath.Join(out, filepath.FromSlash(f.Name)))
		old, err := folder.Read(f.Name, maxGenerated)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			old = nil
		case err != nil:
			return failFile(name, err, a.fileHint(err))
		case bytes.Equal(old, f.Content):
			continue
		case strings.HasSuffix(f.Name, ".ts") && !bytes.HasPrefix(old, []byte(frontend.Generated)):
			return ruleFailure.At(name, diag.Pos{}, "it was not written by this command",
				"choose another folder with --out, or delete the file")
		}
		if err := folder.Replace(f.Name, old, f.Content); err != nil {
			return failFile(name, err, a.fileHint(err))
		}
		written++
	}
	summary := "up to date, nothing written"
	if written > 0 {
		summary = counted(written, "file") + " written"
	}
	_, err := fmt.Fprintln(a.stdout, summary)
	return err
}
