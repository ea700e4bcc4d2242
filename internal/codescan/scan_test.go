package codescan_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

var update = flag.Bool("update", false, "write what the scans return into testdata")

// Each archive in testdata is a module and, as the file "want", what a scan of it returns. The
// archive's comment says what it shows; a line "scan: ./a ./b" in it has the package arguments.
func TestScan(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no archives:", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			comment, files := unpack(string(text))
			want := ""
			if last := len(files) - 1; files[last].name == "want" {
				want, files = files[last].text, files[:last]
			}
			got := scanned(t, files, arguments(comment))
			if *update {
				if err := os.WriteFile(name, []byte(pack(comment, append(files, sourceFile{"want", got}))),
					0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func arguments(comment string) []string {
	for line := range strings.Lines(comment) {
		if rest, ok := strings.CutPrefix(line, "scan: "); ok {
			return strings.Fields(rest)
		}
	}
	return nil
}

// scanned returns what a scan of the module finds, as text. A module without a go.mod gets that of
// example.com/shop.
func scanned(t *testing.T, files []sourceFile, patterns []string) string {
	t.Helper()
	root := module(t, files)
	result, err := codescan.Scan(t.Context(), root, codescan.Options{Patterns: patterns})
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	return dump(result)
}

// module writes the files to a new folder.
func module(t testing.TB, files []sourceFile) string {
	t.Helper()
	root := t.TempDir()
	write(t, root, "go.mod", "module example.com/shop\n")
	for _, f := range files {
		write(t, root, f.name, f.text)
	}
	return root
}

func write(t testing.TB, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// dump prints a result, leaving out what is zero.
func dump(r *codescan.Result) string {
	var b strings.Builder
	for i, d := range slices.Concat(r.Domains, r.Others) {
		fmt.Fprintf(&b, "domain %s source=%s dir=%s", d.Name, d.Source, d.Dir)
		optional(&b, "locales", d.LocalesDir)
		flagged(&b, "selected", i < len(r.Domains))
		flagged(&b, "invalid", d.Invalid)
		flagged(&b, "partial", d.Partial)
		fmt.Fprintf(&b, " %v\n", d.Place)
		for _, l := range d.Labels {
			fmt.Fprintf(&b, "  label %s %q %v", l.Name, l.Text.Forms[plural.Other], l.Place)
			optional(&b, "doc", l.Doc)
			b.WriteString("\n")
		}
		for i := range d.Codes {
			dumpCode(&b, &d.Codes[i])
		}
	}
	for _, f := range append(r.Syntax, r.Findings...) {
		fmt.Fprintf(&b, "%v: %v [%s]", f.Severity, f.Error(), f.Rule)
		optional(&b, "domain", f.Domain)
		if f.Fix != (diag.Fix{}) {
			fmt.Fprintf(&b, " fix=%q", []string{f.Fix.Old, f.Fix.New})
		}
		b.WriteString("\n")
		if f.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", f.Hint)
		}
	}
	return b.String()
}

func dumpCode(b *strings.Builder, c *model.Code) {
	fmt.Fprintf(b, "  %d %s http=%d", c.Number, c.Name, c.HTTP)
	flagged(b, "aggregate", c.Aggregate)
	optional(b, "deprecated", c.Deprecated)
	optional(b, "replaced by", c.ReplacedBy)
	fmt.Fprintf(b, " %v\n", c.Place)
	if c.Doc != "" {
		fmt.Fprintf(b, "    doc %q\n", c.Doc)
	}
	for part, name := range model.PartNames {
		text := &c.Texts[part]
		for category, form := range text.Forms {
			if form == "" {
				continue
			}
			fmt.Fprintf(b, "    %s", name)
			if text.Plural() {
				fmt.Fprintf(b, " %v by %s", plural.Category(category), c.Count)
			}
			fmt.Fprintf(b, " %q", form)
			if text.Max > 0 {
				fmt.Fprintf(b, " max=%d", text.Max)
			}
			fmt.Fprintf(b, " %v\n", text.Places.Of(plural.Category(category)))
		}
	}
	for _, p := range c.Params {
		fmt.Fprintf(b, "    param %s %s e.g. %s", p.Name, p.Kind, p.ExampleText())
		if p.Style != 0 {
			fmt.Fprintf(b, " as %s (%v)", format.For(language.English).Append(nil, &p.Example, nil), p.Style)
		}
		flagged(b, "public", p.Public)
		flagged(b, "sensitive", p.Sensitive)
		if p.FormerNames != nil {
			fmt.Fprintf(b, " formerly=%q", p.FormerNames)
		}
		b.WriteString("\n")
	}
}

func optional(b *strings.Builder, what, value string) {
	if value != "" {
		fmt.Fprintf(b, " %s=%q", what, value)
	}
}

func flagged(b *strings.Builder, what string, is bool) {
	if is {
		b.WriteString(" " + what)
	}
}
