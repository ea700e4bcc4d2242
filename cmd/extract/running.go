package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"

	// Programs that are built here import it. So it is among the packages of a module with a vendor
	// folder, if the command is a tool of it.
	_ "github.com/errlingo/errlingo/catalog/declared"
)

// The rules of differences between what was read in Go source and what the running program
// declares.
var (
	ruleRunDiffers = diag.Rule{ID: "run-differs", Severity: diag.Error,
		Doc: "a value differs between the running program and what extract reads"}
	ruleRunUnread = diag.Rule{ID: "run-unread", Severity: diag.Error,
		Doc: "the running program declares something that extract does not read"}
	ruleRunAbsent = diag.Rule{ID: "run-absent", Severity: diag.Warning,
		Doc: "extract reads something that the running program does not declare"}
)

const (
	// runFolder is the name of the folders that only the overlay of a build has.
	runFolder = "errlingo_extract_run"
	// runLimit is how long a program may take to initialize its packages.
	runLimit = time.Minute
	// maxOutput is how many bytes of a program's output are kept.
	maxOutput = 64 << 10

	catalogPath  = modulePath + "/catalog"
	declaredPath = catalogPath + "/declared"
)

// compareRunning builds and runs programs that import the packages of the chosen modules, and
// returns how what they declare differs from what was read. The modules' code is executed.
func (a *app) compareRunning(ctx context.Context, p *project) (diag.List, error) {
	declared := *p
	p, declared.domains = &declared, p.own() // The programs may not have what overlays are for.
	for _, d := range p.domains {
		if d.Invalid {
			fmt.Fprintf(a.resultWriter(), "nothing is run while a declaration of domain %q is invalid\n",
				d.Name)
			return nil, nil
		}
	}
	progress := a.startProgress("building and running the packages")
	defer progress.stop()
	dir, err := os.MkdirTemp("", "extract")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	c := comparison{app: a, project: p, linked: map[string]bool{}, seen: map[string]bool{}}
	for i, m := range p.modules {
		temp := filepath.Join(dir, strconv.Itoa(i))
		if err := os.Mkdir(temp, 0o777); err != nil {
			return nil, err
		}
		b := builder{app: a, module: m, temp: temp, linked: c.linked}
		if err := b.list(ctx, p); err != nil {
			return nil, err
		}
		for _, program := range b.programs() {
			running, err := b.run(ctx, program)
			if err != nil {
				return nil, err
			}
			c.add(running)
		}
	}
	c.addAbsent()
	fmt.Fprintf(a.resultWriter(), "%s compared with the running program\n",
		counted(len(c.seen), "declaration"))
	c.found.Sort()
	return slices.Compact(c.found), nil
}

// builder builds and runs the programs of a module. The files that it adds are in an overlay only,
// so nothing is written to the module.
type builder struct {
	app     *app
	module  module
	temp    string          // a folder for all that it writes
	imports []string        // packages that can reach package catalog
	mains   []listed        // main packages that may declare something themselves
	linked  map[string]bool // the folders of the packages that will be run
}

// listed is what go list says of a package.
type listed struct {
	ImportPath, Name, Dir string
	GoFiles, CgoFiles     []string
	Imports, Deps         []string
	DepOnly               bool
	Module                *struct{ Dir string }
}

// list finds the packages to run: those that package arguments name and that can reach package
// catalog.
func (b *builder) list(ctx context.Context, p *project) error {
	declaring := map[string]bool{}
	for _, d := range p.domains {
		for _, one := range d.Declarations() {
			declaring[b.app.folderOf(one.Place)] = true
		}
	}
	args := []string{"list", "-deps",
		"-json=ImportPath,Name,Dir,GoFiles,CgoFiles,Imports,Deps,DepOnly,Module", "--"}
	args = append(args, b.module.patterns...)
	if len(b.module.patterns) == 0 {
		args = append(args, "./...")
	}
	out, err := b.goCommand(ctx, b.module.from, args...)
	if err != nil {
		return err
	}
	root, chosen := realPath(b.module.root), []listed{}
	dirs := map[string]string{} // of the module's packages
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := decoder.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("read the output of go list: %w", err)
		}
		if l.Module == nil || realPath(l.Module.Dir) != root || l.ImportPath == catalogPath {
			continue // Package catalog itself has the domain of catalog.Unknown alone.
		}
		dirs[l.ImportPath] = realPath(l.Dir)
		if !l.DepOnly && len(l.GoFiles)+len(l.CgoFiles) > 0 && slices.Contains(l.Deps, catalogPath) {
			chosen = append(chosen, l)
		}
	}
	for _, l := range chosen {
		switch {
		case l.Name != "main":
			b.imports = append(b.imports, l.ImportPath)
		case slices.Contains(l.Imports, catalogPath) || declaring[realPath(l.Dir)]:
			b.mains = append(b.mains, l)
		default:
			continue
		}
		for _, linked := range append(l.Deps, l.ImportPath) {
			if dir, own := dirs[linked]; own {
				b.linked[dir] = true
			}
		}
	}
	return nil
}

// program is one to build: a package, and the files that only the overlay has.
type program struct {
	pkg    string
	files  map[string]string // by absolute path
	result string            // the file that it writes
}

// programs returns one program for all packages that can be imported, and one for each package
// main.
func (b *builder) programs() []program {
	var all []program
	if len(b.imports) > 0 {
		p := program{
			pkg: path.Join(b.module.path, runFolder), files: map[string]string{},
			result: filepath.Join(b.temp, "packages.json"),
		}
		for dir, imports := range b.bridges() {
			source := "package " + runFolder + "\n" + importBlock(imports)
			if dir == "" {
				source = "package main\n" + importBlock(imports) + writer(p.result) + "\nfunc main() {}\n"
			}
			name := filepath.Join(b.module.root, filepath.FromSlash(dir), runFolder, "run.go")
			p.files[name] = source
		}
		all = append(all, p)
	}
	for i, l := range b.mains {
		p := program{pkg: l.ImportPath, result: filepath.Join(b.temp, fmt.Sprintf("main%d.json", i))}
		// Go runs the init functions of a package in the order of its files, so this one comes last. It
		// ends the program before main begins.
		p.files = map[string]string{
			filepath.Join(l.Dir, "zz_"+runFolder+".go"): "package main\n" + writer(p.result),
		}
		all = append(all, p)
	}
	return all
}

// bridges returns what is to be imported in each folder of the module: "" is the main package's. An
// internal package can be imported only below the parent of its folder internal. So a package is
// added there that imports it, and is imported itself.
func (b *builder) bridges() map[string][]string {
	imports := map[string][]string{"": nil}
	var add func(pkg string)
	add = func(pkg string) {
		dir := strings.TrimPrefix(strings.TrimPrefix(pkg, b.module.path), "/")
		elements := strings.Split(dir, "/")
		below := ""
		for i := len(elements) - 1; i > 0; i-- {
			if elements[i] == "internal" {
				below = strings.Join(elements[:i], "/")
				break
			}
		}
		_, known := imports[below]
		imports[below] = append(imports[below], pkg)
		if !known {
			add(path.Join(b.module.path, below, runFolder))
		}
	}
	for _, pkg := range b.imports {
		add(pkg)
	}
	return imports
}

func importBlock(imports []string) string {
	var s strings.Builder
	for _, pkg := range slices.Sorted(slices.Values(imports)) {
		fmt.Fprintf(&s, "\nimport _ %q\n", pkg)
	}
	return s.String()
}

// writer returns Go source that writes what the program declares into a file and ends the program.
// Names of its own keep it apart from those of the package that it is added to.
func writer(result string) string {
	return fmt.Sprintf(`
import errlingoDeclared %q
import errlingoOS "os"

func init() {
	f, err := errlingoOS.Create(%q)
	if err == nil {
		err = errlingoDeclared.Write(f)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		errlingoOS.Stderr.WriteString(err.Error())
		errlingoOS.Exit(1)
	}
	errlingoOS.Exit(0)
}
`, declaredPath, result)
}

// run builds and runs a program, and returns what it declares by domain.
func (b *builder) run(ctx context.Context, p program) (map[string][]model.Declaration, error) {
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for i, name := range slices.Sorted(maps.Keys(p.files)) {
		real := fmt.Sprintf("%s.%d.go", p.result, i)
		if err := os.WriteFile(real, []byte(p.files[name]), 0o666); err != nil {
			return nil, err
		}
		overlay.Replace[name] = real
	}
	text, err := json.Marshal(overlay)
	if err == nil {
		err = os.WriteFile(p.result+".overlay", text, 0o666)
	}
	if err != nil {
		return nil, err
	}
	binary := p.result + ".exe" // A name that every system runs.
	// The places of declarations are paths of this machine only without -trimpath.
	args := []string{"build", "-trimpath=false", "-overlay", p.result + ".overlay", "-o", binary}
	if !strings.Contains(b.app.environ.Get("GOFLAGS"), "-ldflags") { // They may set variables.
		args = append(args, "-ldflags=-s -w") // This halves the time for linking.
	}
	if _, err := b.goCommand(ctx, b.module.root, append(args, "--", p.pkg)...); err != nil {
		return nil, err
	}
	limit := cmp.Or(b.app.runLimit, runLimit)
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := b.app.command(limited, b.module.root, binary)
	out, err := b.output(cmd)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fail(fmt.Sprintf("the packages of module %s were not initialized within %v",
			b.module.path, limit), "an init function or a package-level variable waits for something")
	}
	src, missing := os.ReadFile(p.result)
	var running map[string][]model.Declaration
	if missing == nil && err == nil {
		if err = json.Unmarshal(src, &running); err == nil {
			return running, nil
		}
	}
	reason := "it ended the program"
	if err != nil {
		reason = err.Error()
	}
	if line := lastWord(out); line != "" {
		reason += ": " + diag.Quote(line)
	}
	return nil, fail(fmt.Sprintf("the packages of module %s cannot be initialized: %s", b.module.path,
		reason),
		fmt.Sprintf("name the packages to run, such as %q", b.app.call()+" check --run ./shop/..."))
}

// lastWord returns the line of a program's output that most likely says why it failed: the panic,
// else the last one.
func lastWord(out []byte) string {
	last := ""
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "panic: ") {
			return line
		} else if line != "" {
			last = line
		}
	}
	return last
}

// goCommand runs the go command in a folder and returns its output. The error has what it complains
// about, each line with its place.
func (b *builder) goCommand(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := b.app.command(ctx, dir, "go", args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, fail("--run needs the go command, which is not installed", "")
	}
	var list diag.List
	for line := range strings.Lines(complaint.String()) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "# ") || strings.TrimSpace(line) == "" {
			continue
		}
		if strings.HasPrefix(line, "\t") && len(list) > 0 { // It continues the line before.
			list[len(list)-1].Text += " " + strings.TrimSpace(line)
			continue
		}
		f := ruleFailure.At("", diag.Pos{}, line, "")
		if place := compilerLine.FindStringSubmatch(line); place != nil {
			f.File, f.Text = b.app.display(inFolder(dir, place[1])), place[4]
			f.Line, _ = strconv.Atoi(place[2])
			f.Column, _ = strconv.Atoi(place[3])
		}
		list = append(list, f)
	}
	if len(list) == 0 {
		return nil, fail(fmt.Sprintf("go %s failed: %v", args[0], err), "")
	}
	return nil, list[:min(len(list), diag.MaxFindings)]
}

// compilerLine is a line of the compiler's complaint: the file, the line, the column if it is
// known, and the text.
var compilerLine = regexp.MustCompile(`^\s*([^:\s][^:]*\.go):(\d+)(?::(\d+))?: (.*)$`)

// inFolder returns a path that may be relative to a folder.
func inFolder(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// output runs a program and returns the beginning of what it writes.
func (b *builder) output(cmd *exec.Cmd) ([]byte, error) {
	var out bounded
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	return out.text, err
}

// bounded keeps the beginning of what is written to it.
type bounded struct{ text []byte }

func (b *bounded) Write(p []byte) (int, error) {
	b.text = append(b.text, p[:min(len(p), maxOutput-len(b.text))]...)
	return len(p), nil
}

// folderOf returns the folder of a declaration, absolute.
func (a *app) folderOf(at model.Place) string {
	return realPath(filepath.Dir(inFolder(a.workDir(), filepath.FromSlash(at.File))))
}

// comparison compares what programs declare with what was read.
type comparison struct {
	app     *app
	project *project
	linked  map[string]bool // the folders of the packages that were run
	seen    map[string]bool // what some program declares: the domain and the subject
	found   diag.List
}

// add compares what one program declares.
func (c *comparison) add(running map[string][]model.Declaration) {
	for _, name := range slices.Sorted(maps.Keys(running)) {
		i := slices.IndexFunc(c.project.domains, func(d *domain) bool { return d.Name == name })
		if i < 0 {
			// Others belong to other modules, or to packages that were not chosen.
			domain := running[name][0]
			if c.linked[c.app.folderOf(domain.Place)] && !slices.Contains(c.project.others, name) {
				c.unread(name, domain)
			}
			continue
		}
		read := map[string]model.Declaration{}
		for _, one := range c.project.domains[i].Declarations() {
			read[one.Subject] = one
		}
		for _, one := range running[name] {
			was, ok := read[one.Subject]
			if !ok {
				c.unread(name, one)
				continue
			}
			c.seen[name+" "+one.Subject] = true
			c.compare(name, was, one)
		}
	}
}

func (c *comparison) report(rule diag.Rule, domain string, at model.Place, text, hint string) {
	f := rule.At(c.app.display(inFolder(c.app.workDir(), filepath.FromSlash(at.File))), at.Pos, text,
		hint)
	f.Domain = domain
	c.found = append(c.found, f)
}

func (c *comparison) unread(domain string, running model.Declaration) {
	c.report(ruleRunUnread, domain, running.Place, fmt.Sprintf(
		"the running program declares %s here, but extract does not read it", running.Subject),
		"declare it in a form that can be read without running the program")
}

// compare reports each value that differs. An example that was not read has a finding already.
func (c *comparison) compare(domain string, read, running model.Declaration) {
	var names []string
	for _, v := range append(slices.Clone(running.Values), read.Values...) {
		if !slices.Contains(names, v.Name) {
			names = append(names, v.Name)
		}
	}
	for _, name := range names {
		was, is := read.Value(name), running.Value(name)
		if was == is || was == "" && strings.HasPrefix(name, model.ExampleOf) {
			continue
		}
		c.report(ruleRunDiffers, domain, read.Place,
			fmt.Sprintf("the %s of %s is %s in the running program, but extract reads %s", name,
				read.Subject, cmp.Or(is, "missing"), cmp.Or(was, "nothing")),
			"write the value in a form that can be read without running the program")
	}
}

// addAbsent reports what was read and no program declares, in packages that were run.
func (c *comparison) addAbsent() {
	for _, d := range c.project.domains {
		for _, read := range d.Declarations() {
			if !c.seen[d.Name+" "+read.Subject] && c.linked[c.app.folderOf(read.Place)] {
				c.report(ruleRunAbsent, d.Name, read.Place,
					fmt.Sprintf("extract reads %s, but the running program does not declare it on %s/%s",
						read.Subject, runtime.GOOS, runtime.GOARCH),
					"this is right if its file is for another system or build tag, or if it is in a "+
						"function that initialization does not call; GOFLAGS=-tags=NAME sets a tag")
			}
		}
	}
}
