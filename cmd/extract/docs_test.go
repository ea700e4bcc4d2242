package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestDocs holds the reference in docs/extract.md against the command's help.
func TestDocs(t *testing.T) {
	const mark = "<!-- From here on, a test of the command writes this page: go test ./cmd/extract -update -->\n"
	name := filepath.Join("..", "..", "docs", "extract.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(text), mark)
	if !ok {
		t.Fatalf("%s has no line %q", name, mark)
	}
	a := &app{}
	var b strings.Builder
	findings(&b)
	reference(&b, a.rootCommand())
	want := head + mark + b.String()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if string(text) != want && !*update {
		t.Errorf("%s differs from the help; go test ./cmd/extract -update writes it anew", name)
	}
}

// findings writes a table of the rules that lint.md does not have.
func findings(b *strings.Builder) {
	b.WriteString("\n## Findings\n\nFor findings about a text or its file, see [lint.md](lint.md).\n\n| rule | by default | what it finds |\n|---|---|---|\n")
	for _, rule := range commandRules() {
		fmt.Fprintf(b, "| `%s` | %v | %s |\n", rule.ID, rule.Severity, rule.Doc)
	}
}

// TestRulesAreListedOnce checks that no two packages call a rule the same.
func TestRulesAreListedOnce(t *testing.T) {
	listed := map[string]bool{}
	for _, rule := range rules() {
		if listed[rule.ID] || rule.Doc == "" {
			t.Errorf("%s is listed twice, or has no line for the docs", rule.ID)
		}
		listed[rule.ID] = true
	}
}

// reference writes the help of a command and of those under it.
func reference(b *strings.Builder, cmd *cobra.Command) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n```\n%s\n", cmd.CommandPath(), cmd.Long, cmd.UseLine())
	if cmd.HasExample() {
		fmt.Fprintf(b, "\nExamples:\n%s\n", cmd.Example)
	}
	if usage := cmd.LocalFlags().FlagUsages(); usage != "" {
		fmt.Fprintf(b, "\nFlags:\n%s", usage)
	}
	b.WriteString("```\n")
	for _, sub := range cmd.Commands() {
		reference(b, sub)
	}
}

// TestEveryCommandIsDocumented checks that each command says what it does, in a line and at length.
func TestEveryCommandIsDocumented(t *testing.T) {
	a := &app{}
	root := a.rootCommand()
	for _, cmd := range append(root.Commands(), root) {
		if cmd.Short == "" || cmd.Long == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: %q", cmd.Name(), cmd.Short)
		}
		for line := range strings.Lines(cmd.Long) {
			if len(line) > 90 {
				t.Errorf("%s: a line of %d characters: %q", cmd.Name(), len(line), line)
			}
		}
	}
}
