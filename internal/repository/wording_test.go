package repository_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// habits are phrases that a native speaker would not say in a code review, with what to say
// instead. The list is short: it has only what was written again and again.
var habits = []struct{ phrase, instead string }{
	{`ways? out`, "how to fix it"},
	{`(\w+ )?(is|are|was|were) none`, "does not exist, is invalid, is not one"},
	{`(cannot|may|can) be meant|meant so`, "say what is invalid, or what was expected"},
	{`(tell|tells|told) of`, "reports, says"},
	{`(stand|stands|stood|standing)( \w+)? ` +
		`(in|at|on|beside|above|below|there|before|behind|under|between|over)`, "is in"},
	{`(cannot|may not|must not) stand`, "is not allowed"},
	{`most wanted`, "in order of preference"},
	{`where there is (one|none)`, "if there is one"},
	{`mend|mends|mended|mending`, "fix"},
	{`holds? that`, "checks that"},
	{`as (it|they) (is|are) meant`, "as intended"},
	{`as (it|they) stands?`, "as is, unchanged"},
	{`(\w+ )?(is|are) no \w+`, "is not a"},
	{`(is|are) told`, "is reported, learns"},
	{`(is|are) passed over`, "is skipped"},
	{`be (it|they) (a|an|in|of|one|with|only)`, "whether, even if"},
	{`(a|one) (fact|file|finding|line|run|text) an? ` +
		`(code|fact|file|finding|line|locale|run|text)`, "one line per file"},
}

// idioms are what the habits match and people do say.
var idioms = regexp.MustCompile(`(?is)^(there\s+(is|are|was|were)\s+no(ne)?\b.*|` +
	`(\w+\s+)?(is|are)\s+no\s+(better|less|longer|more|older|slower|such))$`)

// TestWording searches Go comments, string literals, pages, scripts and locale files for habits.
func TestWording(t *testing.T) {
	phrases := make([]string, len(habits))
	patterns := make([]*regexp.Regexp, len(habits))
	for i, h := range habits {
		phrases[i] = strings.ReplaceAll(h.phrase, " ", `\s+`)
		patterns[i] = regexp.MustCompile(`(?i)\b(` + phrases[i] + `)\b`)
	}
	any := regexp.MustCompile(`(?i)\b(` + strings.Join(phrases, "|") + `)\b`) // Few texts match.
	sources(t, wordy, func(name string, src []byte) (faults []string) {
		for _, p := range prose(t, name, src) {
			if !any.MatchString(p.text) {
				continue
			}
			for i, pattern := range patterns {
				for _, at := range pattern.FindAllStringIndex(p.text, -1) {
					if idioms.MatchString(p.text[at[0]:at[1]]) {
						continue
					}
					line := p.line + strings.Count(p.text[:at[0]], "\n")
					faults = append(faults, fmt.Sprintf("%s:%d: %q: say %q, or the like",
						name, line, p.text[at[0]:at[1]], habits[i].instead))
				}
			}
		}
		return faults
	})
}

// passage is text that people read, with the line on which it begins.
type passage struct {
	text string
	line int
}

// prose returns the passages of a file: comments and string literals of Go, everything of others.
func prose(t *testing.T, name string, src []byte) []passage {
	t.Helper()
	switch {
	case name == "internal/repository/wording_test.go":
		return nil // quotes the habits
	case !strings.HasSuffix(name, ".go"):
		return []passage{{string(src), 1}}
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if ast.IsGenerated(file) {
		return nil // data, such as the script Mend
	}
	var all []passage
	line := func(p token.Pos) int { return fset.Position(p).Line }
	for _, group := range file.Comments {
		var text strings.Builder
		for _, c := range group.List {
			text.WriteString(strings.TrimPrefix(c.Text, "//") + "\n")
		}
		all = append(all, passage{text.String(), line(group.Pos())})
	}
	for node := range ast.Preorder(file) {
		if lit, ok := node.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, passage{text, line(lit.Pos())})
		}
	}
	return all
}

// columns is how long a line of Go may be, in characters. A tab is one.
const columns = 100

// TestLinesAreShort allows no long lines in Go files, except in tests, whose tables have one row per
// line, in generated files and testdata, in raw string literals of several lines, and where a line
// is a single word, such as a link.
func TestLinesAreShort(t *testing.T) {
	sources(t, wide, func(name string, src []byte) (faults []string) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if ast.IsGenerated(file) {
			return nil
		}
		raw := map[int]bool{}
		for node := range ast.Preorder(file) {
			if lit, ok := node.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, "`") {
				first, last := fset.Position(lit.Pos()).Line, fset.Position(lit.End()).Line
				for n := first; first != last && n <= last; n++ {
					raw[n] = true
				}
			}
		}
		n := 0
		for line := range bytes.Lines(src) {
			n++
			text := strings.TrimSuffix(string(line), "\n")
			word := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "//"))
			if long := len([]rune(text)); long > columns && !raw[n] && strings.ContainsAny(word, " \t") {
				faults = append(faults, fmt.Sprintf("%s:%d: the line has %d characters, the most is %d",
					name, n, long, columns))
			}
		}
		return faults
	})
}

// sources calls check with each file of the repository that people write, nested modules included,
// and reports the faults. Files on the list of exceptions may have some. One that no longer has any
// is logged, so that it is taken from the list.
func sources(t *testing.T, exceptions []string, check func(name string, src []byte) []string) {
	t.Helper()
	if !slices.IsSorted(exceptions) {
		t.Error("the list of exceptions is not sorted")
	}
	root := filepath.Join("..", "..")
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		base := filepath.Base(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (base == "fuzz" || base == "node_modules" || base[0] == '.'):
			return fs.SkipDir
		case d.IsDir() || !written(name):
			return nil
		}
		src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		faults := check(name, src)
		if _, excepted := slices.BinarySearch(exceptions, name); excepted {
			if len(faults) == 0 {
				t.Logf("%s needs no exception", name)
			}
			return nil
		}
		for _, fault := range faults {
			t.Error(fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// written reports whether people write the file: Go, pages, scripts and locale files. Other files
// in testdata are input for tests.
func written(name string) bool {
	switch filepath.Ext(name) {
	case ".go", ".toml":
		return !strings.Contains(name, "testdata/")
	case ".txtar":
		return true
	case ".md":
		return !strings.Contains(name, "testdata/") && name != "CHANGELOG.md"
	}
	return false
}
