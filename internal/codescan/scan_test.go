package codescan_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/codescan"
)

var update = flag.Bool("update", false, "write what the scans return into testdata")

// Each archive in testdata is a module and, as the file "want", what a scan of it returns. The archive's comment says
// what it shows; a line "scan: ./a ./b" in it has the package arguments.
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
				if err := os.WriteFile(name, []byte(pack(comment, append(files, sourceFile{"want", got}))), 0o666); err != nil {
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

// scanned returns what a scan of the module finds, as text. A module without a go.mod gets that of example.com/shop.
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
	for _, d := range r.Domains {
		fmt.Fprintf(&b, "domain %s source=%s dir=%s var=%s", d.Name, d.Source.Value, d.Dir, d.Var)
		optional(&b, "at", d.At)
		optional(&b, "docs", d.Docs)
		flagged(&b, "selected", d.Selected)
		flagged(&b, "partial", d.Partial)
		fmt.Fprintf(&b, " %v\n", d.Place)
		for _, l := range d.Labels {
			fmt.Fprintf(&b, "  label %s %q var=%s %v", l.Name, l.Text.Value, l.Var, l.Place)
			optional(&b, "doc", l.Doc)
			b.WriteString("\n")
		}
		for i := range d.Codes {
			dumpCode(&b, &d.Codes[i])
		}
	}
	for _, f := range append(r.Syntax, r.Findings...) {
		fmt.Fprintf(&b, "%v: %v [%s]\n", f.Severity, f.Error(), f.Rule)
		if f.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", f.Hint)
		}
	}
	return b.String()
}

func dumpCode(b *strings.Builder, c *codescan.Code) {
	fmt.Fprintf(b, "  %d %s http=%d audience=%s retry=%s action=%s var=%s", c.Number, c.Name, c.HTTP, strings.Join(c.Audience, "+"), c.Retry, c.Action, c.Var)
	flagged(b, "aggregate", c.Aggregate)
	optional(b, "deprecated", c.Deprecated)
	optional(b, "replaced by", c.ReplacedBy)
	if c.Max != (codescan.Max{}) {
		fmt.Fprintf(b, " max=%v", c.Max)
	}
	fmt.Fprintf(b, " %v\n", c.Place)
	if c.Doc != "" {
		fmt.Fprintf(b, "    doc %q\n", c.Doc)
	}
	dumpText(b, "title", c.Title)
	dumpText(b, "detail", c.Detail)
	for _, form := range c.Plural.Forms {
		dumpText(b, form.Category+" by "+c.Plural.By, form.Text)
	}
	dumpText(b, "help", c.Help)
	for _, p := range c.Params {
		fmt.Fprintf(b, "    param %s %s e.g. %s", p.Name, p.Kind, p.Example)
		optional(b, "join", p.Join)
		flagged(b, "public", p.Public)
		flagged(b, "sensitive", p.Sensitive)
		if p.Was != nil {
			fmt.Fprintf(b, " was=%q", p.Was)
		}
		optional(b, "doc", p.Doc)
		for _, v := range p.Values {
			fmt.Fprintf(b, " %T", v)
		}
		fmt.Fprintf(b, " %v\n", p.Place)
	}
}

func dumpText(b *strings.Builder, what string, text codescan.Text) {
	if text != (codescan.Text{}) {
		fmt.Fprintf(b, "    %s %q %v\n", what, text.Value, text.Place)
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
