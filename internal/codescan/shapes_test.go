package codescan_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// shape is one way to write declarations: an archive in testdata/shapes with the files of the module
// example.com/app. Its last two files are "registers", what a program that links the packages
// registers, and "found", what the scan reports. TestShapePrograms compares the first with the
// running program. These lines in the archive's comment say how the shape is set up:
//
//	domain: example.com/app app.Domain   a domain of the program: a package, an expression in it
//	links: example.com/app/x             another package that the program links
//	build: -tags enterprise              flags that the program is built with
//	root: m                              the folder of the module; others are beside it
//	go.mod: replace example.com/a => ../a
//	link: c.go ../outside.go             a symbolic link, and where it leads
//	stops: ...                           why there is no program to compare with
//	unreached: app 2 BB                  declared, but not reached by this program
type shape struct {
	name    string
	comment string
	files   []sourceFile

	registers, found string
}

func shapes(t *testing.T) []shape {
	t.Helper()
	names, err := filepath.Glob("testdata/shapes/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no archives:", err)
	}
	all := make([]shape, len(names))
	for i, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s := shape{name: strings.TrimSuffix(filepath.Base(name), ".txtar")}
		s.comment, s.files = unpack(string(text))
		s.registers = s.take("registers")
		s.found = s.take("found")
		all[i] = s
	}
	return all
}

// take removes a file from the archive and returns its text.
func (s *shape) take(name string) string {
	i := slices.IndexFunc(s.files, func(f sourceFile) bool { return f.name == name })
	if i < 0 {
		return ""
	}
	text := s.files[i].text
	s.files = slices.Delete(s.files, i, i+1)
	return text
}

// save writes the archive.
func (s *shape) save(t *testing.T) {
	t.Helper()
	files := append(slices.Clip(s.files),
		sourceFile{"registers", s.registers}, sourceFile{"found", s.found})
	name := filepath.Join("testdata/shapes", s.name+".txtar")
	if err := os.WriteFile(name, []byte(pack(s.comment, files)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// settings returns what the lines with the key say.
func (s *shape) settings(key string) []string {
	var all []string
	for line := range strings.Lines(s.comment) {
		if value, ok := strings.CutPrefix(line, key+": "); ok {
			all = append(all, strings.TrimSpace(value))
		}
	}
	return all
}

func (s *shape) setting(key string) string { return strings.Join(s.settings(key), " ") }

// write writes the shape into a folder and returns the root of its module.
func (s *shape) write(t *testing.T, dir string) string {
	t.Helper()
	for _, f := range s.files {
		write(t, dir, f.name, f.text)
	}
	for _, link := range s.settings("link") {
		name, target, _ := strings.Cut(link, " ")
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	return filepath.Join(dir, s.setting("root"))
}

// mod returns the module's go.mod for a build with this repository.
func (s *shape) mod(t *testing.T) string {
	t.Helper()
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return "module example.com/app\n\ngo 1.26\n\nrequire github.com/errlingo/errlingo v0.0.0\n\n" +
		"replace github.com/errlingo/errlingo => " + repository + "\n\n" +
		strings.Join(s.settings("go.mod"), "\n") + "\n"
}

// What a program registers is what the scan returns, or an error says why not. The scan returns
// more only for code that the program does not reach.
func TestShapes(t *testing.T) {
	for _, s := range shapes(t) {
		t.Run(s.name, func(t *testing.T) {
			root := s.write(t, t.TempDir())
			if !slices.ContainsFunc(s.files, func(f sourceFile) bool {
				return filepath.Join(s.setting("root"), "go.mod") == f.name
			}) {
				write(t, root, "go.mod", s.mod(t))
			}
			result, err := codescan.Scan(t.Context(), root, codescan.Options{})
			if err != nil {
				t.Fatal(err)
			}
			found := findings(result)
			if *update {
				s.found = found
				s.save(t)
			}
			if found != s.found {
				t.Errorf("found\n%s\nwant\n%s", found, s.found)
			}
			s.compare(t, result)
		})
	}
}

// findings returns what a scan reports, one finding per line, without the hints.
func findings(r *codescan.Result) string {
	var b strings.Builder
	for _, f := range append(r.Syntax, r.Findings...) {
		fmt.Fprintf(&b, "%v: %v\n", f.Severity, f.Error())
	}
	return b.String()
}

// compare compares what the program registers with what the scan returns.
func (s *shape) compare(t *testing.T, result *codescan.Result) {
	t.Helper()
	var read []string
	doubtful := len(result.Syntax) > 0
	for _, d := range result.Domains {
		read = append(read, declarations(d)...)
		doubtful = doubtful || d.Partial || d.Invalid
	}
	errs := append(result.Syntax, result.Findings...).Count(diag.Error)
	if doubtful && errs == 0 {
		t.Error("a domain could not be read whole, and no error says why")
	}
	if s.setting("stops") != "" {
		if errs == 0 {
			t.Error("the program stops, and no error says why")
		}
		return
	}
	registered := slices.Collect(strings.Lines(s.registers))
	for _, line := range registered {
		if !slices.Contains(read, line) && errs == 0 {
			t.Errorf("lost in silence: %s", line)
		}
	}
	unreached := s.settings("unreached")
	for _, line := range read {
		if !slices.Contains(registered, line) && errs == 0 &&
			!slices.ContainsFunc(unreached, func(u string) bool { return strings.HasPrefix(line, u+" ") }) {
			t.Errorf("no program registers: %s", line)
		}
	}
	if errs == 0 {
		for _, u := range unreached {
			if !slices.ContainsFunc(read, func(line string) bool { return strings.HasPrefix(line, u+" ") }) {
				t.Errorf("not read: %s", u)
			}
		}
	}
}

// declarations returns what a domain declares, a line for each code and label, as the programs of
// TestShapePrograms print it.
func declarations(d *model.Domain) []string {
	var lines []string
	for i := range d.Codes {
		c := &d.Codes[i]
		var b strings.Builder
		fmt.Fprintf(&b, "%s %d %s", d.Name, c.Number, c.Name)
		for part, text := range c.Texts {
			optional(&b, model.PartNames[part], text.Forms[plural.Other])
			for category, form := range text.Forms {
				name := plural.Category(category).String()
				if part != model.Detail {
					name = model.PartNames[part] + "." + name
				}
				if plural.Category(category) != plural.Other {
					optional(&b, name, form)
				}
			}
		}
		optional(&b, "by", c.Count)
		fmt.Fprintf(&b, " http=%d", c.HTTP)
		for i := range c.Params {
			p := &c.Params[i]
			fmt.Fprintf(&b, " %s:%s", p.Name, p.Kind)
			optional(&b, "example", p.Example.String())
			flagged(&b, "public", p.Public)
			flagged(&b, "sensitive", p.Sensitive)
		}
		optional(&b, "deprecated", c.Deprecated)
		lines = append(lines, b.String()+"\n")
	}
	for i := range d.Phrases {
		p := &d.Phrases[i]
		var b strings.Builder
		fmt.Fprintf(&b, "%s phrase %s %q", d.Name, p.Name, p.Text.Forms[plural.Other])
		for _, param := range p.Params {
			fmt.Fprintf(&b, " %s:%s", param.Name, param.Kind)
		}
		lines = append(lines, b.String()+"\n")
	}
	for _, l := range d.Labels {
		lines = append(lines, fmt.Sprintf("%s label %s %q\n", d.Name, l.Name, l.Text.Forms[plural.Other]))
	}
	return lines
}

// program prints what its domains register.
const program = `// Command %[1]s prints what its domains register.
package main

import (
	"fmt"

	"github.com/errlingo/errlingo/catalog"

%[2]s)

func main() {
	for _, d := range []*catalog.Domain{%[3]s} {
		for c := range d.Codes() {
			s := c.Spec()
			fmt.Printf("%%s %%d %%s", d.Name(), c.Number(), c.Name())
			optional("title", s.Title)
			forms("title.", s.Plural.Title)
			optional("detail", s.Detail)
			optional("zero", s.Plural.Zero)
			optional("one", s.Plural.One)
			optional("two", s.Plural.Two)
			optional("few", s.Plural.Few)
			optional("many", s.Plural.Many)
			optional("detail_zero", s.Plural.ExactZero)
			optional("help", s.Help)
			forms("help.", s.Plural.Help)
			optional("help_zero", s.Plural.HelpExactZero)
			if s.Plural.By != nil {
				optional("by", s.Plural.By.Name())
			}
			fmt.Printf(" http=%%d", s.HTTP)
			for _, p := range s.Params {
				fmt.Printf(" %%s:%%s", p.Name(), p.Kind())
				optional("example", p.Example().String())
				if p.IsPublic() {
					fmt.Print(" public")
				}
				if p.IsSensitive() {
					fmt.Print(" sensitive")
				}
			}
			optional("deprecated", s.Deprecated)
			fmt.Println()
		}
		for p := range d.Phrases() {
			fmt.Printf("%%s phrase %%s %%q", d.Name(), p.Name(), p.Text())
			for _, param := range p.Params() {
				fmt.Printf(" %%s:%%s", param.Name(), param.Kind())
			}
			fmt.Println()
		}
		for l := range d.Labels() {
			fmt.Printf("%%s label %%s %%q\n", d.Name(), l.Name(), l.Text())
		}
	}
}

func forms(prefix string, f catalog.Forms) {
	optional(prefix+"zero", f.Zero)
	optional(prefix+"one", f.One)
	optional(prefix+"two", f.Two)
	optional(prefix+"few", f.Few)
	optional(prefix+"many", f.Many)
}

func optional(what, value string) {
	if value != "" {
		fmt.Printf(" %%s=%%q", what, value)
	}
}
`

// addProgram adds the program that prints what the shape's domains register.
func (s *shape) addProgram(t *testing.T, dir, module string) {
	t.Helper()
	var imports, domains strings.Builder
	for i, domain := range s.settings("domain") {
		path, expr, _ := strings.Cut(domain, " ")
		_, expr, _ = strings.Cut(expr, ".")
		fmt.Fprintf(&imports, "\tp%d %q\n", i, strings.Replace(path, "example.com/app", module, 1))
		fmt.Fprintf(&domains, "p%d.%s, ", i, expr)
	}
	for _, path := range s.settings("links") {
		fmt.Fprintf(&imports, "\t_ %q\n", strings.Replace(path, "example.com/app", module, 1))
	}
	write(t, dir, s.command()+"/main.go",
		fmt.Sprintf(program, s.command(), imports.String(), domains.String()))
}

func (s *shape) command() string { return "print-" + s.name }

// shared reports whether the shape can be a folder of a module that other shapes are in, too.
func (s *shape) shared() bool {
	return s.setting("build")+s.setting("root")+s.setting("go.mod") == "" &&
		!slices.ContainsFunc(s.files, func(f sourceFile) bool {
			return f.name == "go.mod" || f.name == "go.work" || strings.HasPrefix(f.name, "vendor/")
		})
}

// The archives say what the running programs register. One run of the go command builds the
// programs of most shapes; linking them takes long, so this is for the long tests.
func TestShapePrograms(t *testing.T) {
	if os.Getenv("ERRLINGO_LONG") == "" {
		t.Skip("set ERRLINGO_LONG to build and run the program of each shape")
	}
	together, bin := t.TempDir(), t.TempDir()
	write(t, together, "go.mod", (&shape{}).mod(t))
	copySums(t, together)
	var commands []string
	for _, s := range shapes(t) {
		if !s.shared() || s.setting("stops") != "" {
			continue
		}
		module := "example.com/app/" + s.name
		for i := range s.files {
			s.files[i].text = strings.ReplaceAll(s.files[i].text, "example.com/app", module)
		}
		dir := filepath.Join(together, s.name)
		s.write(t, dir)
		s.addProgram(t, dir, module)
		commands = append(commands, "./"+s.name+"/"+s.command())
	}
	buildPrograms(t, together, bin, commands...)
	for _, s := range shapes(t) {
		if s.setting("stops") != "" {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			if !s.shared() {
				s.buildAlone(t, bin)
			}
			got := run(t, filepath.Join(bin, s.command()))
			if *update {
				s.registers = got
				s.save(t)
			}
			if got != s.registers {
				t.Errorf("the program registers\n%s\nwant\n%s", got, s.registers)
			}
		})
	}
}

// buildAlone builds the program of a shape that needs a module of its own.
func (s *shape) buildAlone(t *testing.T, bin string) {
	t.Helper()
	root := s.write(t, t.TempDir())
	if _, err := os.Stat(filepath.Join(root, "go.mod")); errors.Is(err, os.ErrNotExist) {
		write(t, root, "go.mod", s.mod(t))
	}
	copySums(t, root)
	s.addProgram(t, root, "example.com/app")
	buildPrograms(t, root, bin, append(strings.Fields(s.setting("build")), "./"+s.command())...)
}

// copySums gives a module the checksums of this repository's dependencies.
func copySums(t *testing.T, root string) {
	t.Helper()
	sums, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	write(t, root, "go.sum", string(sums))
}

func buildPrograms(t *testing.T, dir, bin string, args ...string) {
	t.Helper()
	out := bin + string(filepath.Separator)
	run(t, "go", append([]string{"-C", dir, "build", "-ldflags=-s -w", "-o", out}, args...)...)
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod")
	var errs bytes.Buffer
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, &errs)
	}
	return string(out)
}
