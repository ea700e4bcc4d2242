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
	gomodule "golang.org/x/mod/module"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/localefolder"
	"github.com/errlingo/errlingo/internal/naming"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [folder]",
		Short: "Start: write a package that declares a first code, and its locale files",
		Long: `Init writes a small package that declares a domain and a first code, its locale files
and the Go file that embeds them. Then it prints what to do next. The package and the
domain are named after the folder, and the folder after the module if you name none.
The folder must be new or empty; nothing is overwritten.`,
		Example: `  extract init
  extract init internal/shop`,
		Args:              arguments(cobra.MaximumNArgs(1)),
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.init(cmd.Context(), args)
		},
	}
}

// firstName is the file of the first declaration.
const firstName = "codes.go"

const firstDeclaration = `// Package %[1]s declares the errors that its users may see.
package %[1]s

import "github.com/errlingo/errlingo/catalog"

// Domain is the namespace of these codes. Numbers and names are unique within it, and permanent.
var Domain = catalog.NewDomain(%[1]q)

// Name is what the user looked for.
var Name = catalog.String("Name", "Blue socks")

// NotFound: nothing has the name that the user looked for.
var NotFound = Domain.Define(1001, "NOT_FOUND", catalog.Spec{
	Title:  "Not found",
	Detail: "“{{.Name}}” was not found.",
	Help:   "Check the spelling, or search for something else.",
	Params: catalog.Params{Name},
	HTTP:   404,
	Action: catalog.ActionFix,
})
`

const nextSteps = `
Next:

- Declare in %[1]s what can go wrong in your program, and run %[2]q again.
- Add a language: %[2]s add de
- Load the texts: errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: %[3]s.Domain, FS: locales.FS}}})
- Check them in CI, such as GitHub Actions:

      - uses: actions/checkout@v5
        with: { fetch-depth: 0 }
      - uses: actions/setup-go@v6
        with: { go-version-file: go.mod }
      - run: go tool extract check --format github
`

func (a *app) init(ctx context.Context, args []string) error {
	dir, err := a.firstFolder(args)
	if err != nil {
		return err
	}
	name := packageName(path.Base(dir))
	if name == localefolder.Default || !naming.Domain(name) {
		return fail(fmt.Sprintf("no package and domain can be named after the folder %q", dir),
			"choose a name of the form "+naming.DomainForm+", other than main and locales")
	}
	if err := a.checkFree(ctx, name); err != nil {
		return err
	}
	file := path.Join(dir, firstName)
	if err := a.writeFirst(dir, fmt.Appendf(nil, firstDeclaration, name)); err != nil {
		return err
	}
	a.made = 1
	fmt.Fprintf(a.stdout, "%s: new, declares domain %s and code NOT_FOUND\n", file, name)
	_, err = a.update(ctx, []string{"./" + dir}, a.planFirst)
	if err != nil {
		return err
	}
	call := "go tool " + commandName
	if !a.isTool() {
		fmt.Fprintf(a.stdout, "\nFirst, add errlingo to the module: go get -tool %s\n", commandPath)
	}
	fmt.Fprintf(a.stdout, nextSteps, file, call, name)
	return nil
}

// firstFolder returns the folder of the first declaration, slash-separated and relative to the
// working folder.
func (a *app) firstFolder(args []string) (string, error) {
	if len(args) == 0 {
		_, modulePath, err := codescan.FindModule(a.workDir())
		if err != nil {
			return "", fail(err.Error(), "go mod init makes a module")
		}
		unversioned, _, _ := gomodule.SplitPathVersion(modulePath)
		return path.Base(unversioned), nil
	}
	dir := path.Clean(filepath.ToSlash(args[0]))
	isSkipped := func(name string) bool {
		return name[0] == '.' || name[0] == '_' || name == "testdata" || name == "vendor"
	}
	if dir == "." || !filepath.IsLocal(dir) ||
		slices.ContainsFunc(strings.Split(dir, "/"), isSkipped) {
		return "", fail(fmt.Sprintf("the folder %q cannot have the package", args[0]),
			"name a new folder inside the working folder that ./... includes, such as internal/shop")
	}
	return dir, nil
}

// checkFree returns an error if Go source cannot be read, or has a domain of the name.
func (a *app) checkFree(ctx context.Context, name string) error {
	modules, err := a.modules(nil)
	if err != nil {
		return err
	}
	for _, m := range modules {
		scanned, _, err := a.scan(ctx, m)
		switch {
		case err != nil:
			return err
		case len(scanned.Syntax) > 0:
			return scanned.Syntax
		}
		for _, d := range slices.Concat(scanned.Domains, scanned.Others) {
			if d.Name == name {
				return finding(d, ruleFolder, fmt.Sprintf("domain %q is declared already", name),
					"choose another folder, or add codes to that domain")
			}
		}
	}
	return nil
}

// writeFirst writes the first declaration into a folder that it makes.
func (a *app) writeFirst(dir string, text []byte) error {
	where := filepath.Join(a.workDir(), filepath.FromSlash(dir))
	switch names, err := os.ReadDir(where); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return failFile(dir, err, "choose another folder")
	case len(names) > 0:
		return fail(fmt.Sprintf("the folder %s is not empty", dir),
			"choose a new one; in an existing package, declare codes yourself and run "+a.call())
	}
	if err := atomicfile.Make(a.workDir(), dir); err != nil {
		return failFile(dir, err, "")
	}
	folder, err := atomicfile.Open(a.workDir(), dir)
	if err != nil {
		return failFile(dir, err, "")
	}
	defer folder.Close()
	if err := folder.Replace(firstName, nil, text); err != nil {
		return failFile(path.Join(dir, firstName), err, a.fileHint(err))
	}
	return nil
}

// planFirst is planSync with the Go file that embeds the locale files.
func (a *app) planFirst(ctx context.Context, p *project) (*work, error) {
	w, err := a.planSync(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, j := range w.jobs {
		if err := j.addEmbedding(); err != nil {
			return nil, err
		}
	}
	return w, nil
}
