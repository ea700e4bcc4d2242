package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/site"
)

func (a *app) siteCommand() *cobra.Command {
	var out, base string
	cmd := &cobra.Command{
		Use:   "site --out dir [packages]",
		Short: "Write a reference of the codes as web pages",
		Long: `Site writes a static reference: a page and a JSON document for each code in each
language, with its meaning, an example of an answer, its statuses and params, and an
index that is searched by number, name or a pasted sentence. Retired codes are in it,
and the first git tag whose ledger has a code.

A run replaces only what differs, and removes only files that it has written before.

https://github.com/errlingo/errlingo/blob/main/docs/site.md describes the pages.`,
		Example: `  extract site --out public
  extract site --out public/errors --base /errors/ ./shop`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return fail("missing --out", "add --out with a folder, such as public")
			}
			a.allowShrink, a.readLazily = true, true
			return a.site(cmd.Context(), args, out, base)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "write the files into this `dir`")
	cmd.Flags().StringVar(&base, "base", "/",
		"the `address` that the folder will have, such as /errors/")
	return cmd
}

func (a *app) site(ctx context.Context, patterns []string, out, base string) error {
	if a.searched != nil {
		a.searched(manyFiles + 1) // All texts stay in memory, so the process takes what it needs.
	}
	p, err := a.load(ctx, patterns)
	if err != nil {
		return err
	}
	var domains []site.Domain
	for _, d := range p.domains {
		if d.overlay != "" {
			continue
		}
		one := site.Domain{Domain: d.Domain, Files: os.DirFS(d.folder.Abs()), Locales: d.tags()}
		if d.Invalid {
			a.reportSource(p)
			return fail(fmt.Sprintf("a declaration of domain %q is invalid", d.Name),
				"\"extract check\" says which one")
		}
		if issued, findings := d.issued(); len(findings) > 0 {
			return findings
		} else if issued != nil {
			one.Ledger = issued.Entries()
		}
		one.Since = a.since(ctx, d)
		domains = append(domains, one)
	}
	reference, err := site.New(domains, base)
	if err != nil {
		return fail(err.Error(), "--base is an address that ends in a slash, and catalog.Docs tells "+
			"the pages of domains apart")
	}
	return errors.Join(a.publish(reference, out), a.reportSource(p))
}

// publish writes the reference into a folder, and prints how much that was.
func (a *app) publish(reference *site.Site, out string) error {
	dir := out
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(a.workDir(), dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return failFile(out, err, "")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return failFile(out, err, "")
	}
	defer root.Close()
	done, err := reference.Publish(root)
	if foreign, ok := errors.AsType[*site.ForeignError](err); ok {
		return ruleFailure.At(path.Join(filepath.ToSlash(out), foreign.Name), diag.Pos{},
			"it was not written by this command", "choose another folder with --out, or delete the file")
	}
	if err != nil {
		return failFile(out, err, "")
	}
	summary := "up to date, nothing written"
	if done.Written+done.Removed > 0 {
		summary = counted(done.Written, "file") + " written"
		if done.Removed > 0 {
			summary += fmt.Sprintf(", %d removed", done.Removed)
		}
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %s; %s\n", filepath.ToSlash(out), counted(done.Files, "file"),
		summary)
	return err
}

// since returns the first git tag whose ledger has a code, by the names of the codes. Without git,
// tags or a ledger it is empty.
func (a *app) since(ctx context.Context, d *domain) map[string]string {
	out, err := a.git(ctx, d.folder.Abs(), "for-each-ref", "--sort=refname", "--sort=creatordate",
		"--format=%(refname:strip=2)", "refs/tags")
	if err != nil || len(out) == 0 {
		return nil
	}
	tags := strings.Fields(string(out))
	objects := make([]string, len(tags))
	for i, tag := range tags {
		objects[i] = "refs/tags/" + tag + ":./" + ledger.Name
	}
	ledgers, err := a.objects.Read(ctx, d.folder.Abs(), objects)
	if err != nil {
		return nil
	}
	first := map[int]string{}
	for i, l := range ledgers {
		if owner, ok := ledger.Domain(l.Content); !ok || owner != d.Name {
			continue
		}
		issued, _ := ledger.Parse("", l.Content)
		for _, e := range issued.Entries() {
			if _, known := first[e.Number]; !known {
				first[e.Number] = tags[i]
			}
		}
	}
	names := map[string]string{}
	for i := range d.Codes {
		if tag, ok := first[d.Codes[i].Number]; ok {
			names[d.Codes[i].Name] = tag
		}
	}
	if issued, _ := d.issued(); issued != nil {
		for _, e := range issued.Entries() {
			if tag, ok := first[e.Number]; ok && e.Retired {
				names[e.Name] = tag
			}
		}
	}
	return names
}
