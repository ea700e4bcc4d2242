package repository_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// block is a fenced block of the README.
type block struct {
	language, body string
	line           int
}

var fence = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

func readme(t *testing.T) []block {
	t.Helper()
	src, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []block
	for _, m := range fence.FindAllSubmatchIndex(src, -1) {
		blocks = append(blocks, block{
			language: string(src[m[2]:m[3]]),
			body:     string(src[m[4]:m[5]]),
			line:     1 + strings.Count(string(src[:m[0]]), "\n"),
		})
	}
	return blocks
}

// TestReadmeGo builds every Go block of the README as a package of this module. One that is a
// program is run, and must print the block that follows it.
func TestReadmeGo(t *testing.T) {
	blocks := readme(t)
	built := 0
	for i, b := range blocks {
		if b.language != "go" {
			continue
		}
		built++
		t.Run(fmt.Sprintf("line %d", b.line), func(t *testing.T) {
			overlay := overlayWith(t, b.body)
			if !strings.HasPrefix(b.body, "package main\n") {
				tool(t, "go", "build", "-o", os.DevNull, "-overlay", overlay, "./internal/repository/readme")
				return
			}
			got := tool(t, "go", "run", "-overlay", overlay, "./internal/repository/readme")
			if i+1 == len(blocks) || blocks[i+1].language != "text" {
				t.Fatal("no block with the output follows")
			}
			if want := blocks[i+1].body; got != want {
				t.Errorf("prints\n%s\nthe README says\n%s", got, want)
			}
		})
	}
	if built < 3 {
		t.Errorf("%d Go blocks, want three at least", built)
	}
}

// overlayWith returns a file for the go command's flag -overlay, in which the module has one more
// package.
func overlayWith(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "readme.go")
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	place, err := filepath.Abs(filepath.Join("readme", "readme.go"))
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{place: file}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(path, overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// tool runs a command at the root of the module and returns what it prints.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	command := exec.Command(name, args...)
	command.Dir = "../.."
	var errs strings.Builder
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, errs.String())
	}
	return string(out)
}

// TestReadmeSession types what the README's sessions type, in a module that has the README's
// declaration of codes, and compares what is printed.
func TestReadmeSession(t *testing.T) {
	blocks := readme(t)
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/shop\n\ngo 1.26\n")
	sessions := 0
	tool(t, "go", "build", "-o", filepath.Join(dir, "extract"), "./cmd/extract")
	for _, b := range blocks {
		switch {
		case b.language == "go" && strings.HasPrefix(b.body, "package shop\n"):
			write("shop/shop.go", b.body)
		case b.language == "console":
			sessions++
			if got := typed(dir, b.body); got != b.body {
				t.Errorf("line %d: the session goes\n%s\nthe README says\n%s", b.line, got, b.body)
			}
		}
	}
	if sessions < 2 {
		t.Errorf("%d sessions, want two at least", sessions)
	}
}

// typed runs the commands of a session and returns it with what they print.
func typed(dir, session string) string {
	var got strings.Builder
	for line := range strings.Lines(session) {
		typed, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		got.WriteString(line)
		command := exec.Command("sh", "-c", strings.Replace(typed, "go tool extract", "./extract", 1))
		command.Dir = dir
		out, err := command.CombinedOutput()
		got.Write(out)
		if err != nil {
			fmt.Fprintf(&got, "%v\n", err)
		}
	}
	return got.String()
}

// TestReadmeCommands checks that the two commands are those that the tests and CI know.
func TestReadmeCommands(t *testing.T) {
	commands := readme(t)[0].body
	for _, want := range []string{"go run ./examples/shop ", "go test ./... "} {
		if !strings.Contains(commands, want) {
			t.Errorf("the README's first block lacks %q:\n%s", want, commands)
		}
	}
}

// TestReadmeLinks checks that the files that the README links to exist.
func TestReadmeLinks(t *testing.T) {
	src, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(string(src), -1) {
		if _, err := os.Stat(filepath.Join("../..", m[1])); err != nil {
			t.Errorf("the README links to %s: %v", m[1], err)
		}
	}
}
