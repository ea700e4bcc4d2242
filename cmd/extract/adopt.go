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

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/adopt"
	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/goi18n"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/localefolder"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/report"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// mappingName is the name of the file that says what becomes of each message.
const mappingName = "adopt.toml"

func (a *app) adoptCommand() *cobra.Command {
	var into, source string
	cmd := &cobra.Command{
		Use:   "adopt folder or files",
		Short: "Take over the messages of a project that uses go-i18n",
		Long: `Adopt reads the message files of go-i18n v2: TOML, JSON or YAML, such as
active.de.toml. The first run writes adopt.toml, which proposes for each message a code
with its number and part, or a phrase. Edit it and run adopt again: it prints the
declarations in Go, and writes the translations into the folder locales. Put the
declarations into your package and run extract.

A translation whose hash doesn't fit the source text is to be reviewed. Messages that
can't be taken over, such as those with functions, are reported. Adopt never changes a
translation that a locale file has; it fills in those that are still empty. Messages that
are new are added to adopt.toml.`,
		Example: `  extract adopt i18n --into shop
  extract adopt i18n --into shop > shop/texts.go`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.adoptFiles(cmd.Context(), args, into, source)
		},
	}
	cmd.Flags().StringVar(&into, "into", ".",
		"the `folder` of the package that is to have the declarations")
	cmd.Flags().StringVar(&source, "source", "en", "the `language` of the source texts")
	a.domainFlag(cmd)
	return cmd
}

func (a *app) adoptFiles(ctx context.Context, args []string, into, source string) error {
	tag, err := parseTag(source)
	if err != nil {
		return err
	}
	files, err := a.messageFiles(args)
	if err != nil {
		return err
	}
	into = path.Clean(filepath.ToSlash(into))
	for _, f := range files {
		if path.Dir(path.Clean(f.Name)) == path.Join(into, localefolder.Default) {
			return fail(fmt.Sprintf("%s is in the folder that is to have the locale files", f.Name),
				"move the files of go-i18n to another folder first, such as i18n")
		}
	}
	adopted := adopt.New(tag, files)
	defer func() {
		adopted.Findings.Sort()
		_ = report.Text(a.stderr, adopted.Findings)
	}()
	if adopted.Len() == 0 {
		return fail(fmt.Sprintf("no messages in the source language, %v", tag),
			"name the folder of active.en.toml; for another language, add --source")
	}
	complete, err := a.writeAdopted(ctx, adopted, into)
	if err != nil || !complete {
		return err
	}
	return a.importAdopted(ctx, adopted, into)
}

// writeAdopted brings the mapping up to date. If it was, it prints the declarations and writes the
// locale files that do not exist.
func (a *app) writeAdopted(
	ctx context.Context, adopted *adopt.Project, into string,
) (complete bool, _ error) {
	if err := atomicfile.Make(a.workDir(), into); err != nil {
		return false, failFile(into, err, a.fileHint(err))
	}
	folder, err := atomicfile.Open(a.workDir(), into)
	if err != nil {
		return false, failFile(into, err, a.fileHint(err))
	}
	defer folder.Close()
	lock, err := folder.Lock(ctx)
	if err != nil {
		return false, failFile(into, err, a.fileHint(err))
	}
	defer func() { _ = lock.Release() }()
	name := path.Join(into, mappingName)
	old, err := folder.Read(mappingName, tomldoc.MaxSize)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, failFile(name, err, a.fileHint(err))
	}
	mapping, err := adopt.ReadMapping(name, old)
	if err != nil {
		return false, err
	}
	known := len(mapping)
	if added := adopted.Propose(mapping); added != "" {
		if err := folder.Replace(mappingName, old, append(slices.Clip(old), added...)); err != nil {
			return false, failFile(name, err, a.fileHint(err))
		}
		fmt.Fprintf(a.stderr, "%s: %s added; edit it and run adopt again\n", name,
			counted(adopted.Len()-known, "message"))
		return false, nil
	}
	if err := adopted.Check(name, old).Err(); err != nil {
		return false, err
	}
	declared, err := adopted.Declarations(
		packageName(filepath.Base(filepath.Join(a.workDir(), into))), a.domain)
	if err != nil {
		return false, err
	}
	if err := a.writeLocales(adopted, folder, into); err != nil {
		return false, err
	}
	_, err = a.stdout.Write(declared)
	return err == nil, err
}

// writeLocales writes the locale files that do not exist.
func (a *app) writeLocales(
	adopted *adopt.Project, folder *atomicfile.Folder, into string,
) error {
	locales := path.Join(into, localefolder.Default)
	if err := atomicfile.Make(a.workDir(), locales); err != nil {
		return failFile(locales, err, a.fileHint(err))
	}
	for _, tag := range adopted.Languages() {
		name := path.Join(into, localeName(tag))
		_, err := folder.Read(localeName(tag), tomldoc.MaxSize)
		if errors.Is(err, fs.ErrNotExist) {
			src, texts := adopted.LocaleFile(tag)
			if err = folder.Replace(localeName(tag), nil, src); err == nil {
				fmt.Fprintf(a.stderr, "%s: new, %s\n", name, counted(texts, "text"))
			}
		}
		if err != nil {
			return failFile(name, err, a.fileHint(err))
		}
	}
	return nil
}

// localeName returns the path of a locale file in the folder of the package.
func localeName(tag language.Tag) string {
	return path.Join(localefolder.Default, tag.String()+localefile.Ext)
}

// importAdopted takes translations over into locale files that were there before: those of texts
// that are still empty.
func (a *app) importAdopted(ctx context.Context, adopted *adopt.Project, into string) error {
	stdout := a.stdout
	a.stdout = a.stderr // The result is the declarations.
	defer func() { a.stdout = stdout }()
	abs := filepath.Join(a.workDir(), filepath.FromSlash(into), localefolder.Default)
	for _, tag := range adopted.Languages() {
		name := path.Join(into, localeName(tag))
		src, err := atomicfile.ReadFile(filepath.Join(a.workDir(), filepath.FromSlash(name)),
			tomldoc.MaxSize)
		if err != nil {
			return failFile(name, err, a.fileHint(err))
		}
		for _, f := range adopted.Lacking(name, src, tag) {
			w, err := a.update(ctx, nil, func(ctx context.Context, p *project) (*work, error) {
				p.domains = slices.DeleteFunc(p.domains, func(d *domain) bool {
					return d.folder.Abs() != abs
				})
				if len(p.domains) == 0 {
					return nil, fail(fmt.Sprintf("no domain keeps its texts in %s",
						path.Join(into, localefolder.Default)),
						"add the declarations to your package, then adopt again")
				}
				return a.planImport(ctx, p, f)
			})
			if err != nil {
				return err
			}
			if err := w.all().Errors().Err(); err != nil {
				return err
			}
		}
	}
	return nil
}

// messageFiles reads the files, and those in the folders.
func (a *app) messageFiles(args []string) ([]*goi18n.File, error) {
	var files []*goi18n.File
	var broken diag.List
	for _, arg := range args {
		root := arg
		if !filepath.IsAbs(root) {
			root = filepath.Join(a.workDir(), arg)
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir():
				if path != root && (strings.HasPrefix(entry.Name(), ".") || isLocaleFolder(path)) {
					return fs.SkipDir
				}
				return nil
			case path != root && !goi18n.IsMessageFile(entry.Name()):
				return nil
			}
			src, err := atomicfile.ReadFile(path, goi18n.MaxSize)
			if err != nil {
				return err
			}
			f, findings := goi18n.Read(a.display(path), src)
			broken = append(broken, findings...)
			if f != nil {
				files = append(files, f)
			}
			return nil
		})
		if err != nil {
			return nil, failFile(arg, err, a.fileHint(err))
		}
	}
	return files, broken.Err()
}

// isLocaleFolder reports whether a folder has locale files of errlingo, which have states.
func isLocaleFolder(path string) bool {
	info, err := os.Stat(filepath.Join(path, merge.StateDir))
	return err == nil && info.IsDir()
}
