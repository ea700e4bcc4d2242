package merge_test

import (
	"bytes"
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

// TestRules runs the archives in testdata/rules, one for each rule of docs/locale-file.md and more. An archive has the
// domain, the files as they stand, and under want/ all files that change and what is said. Each is planned twice: the
// second plan changes nothing and finds the same.
func TestRules(t *testing.T) {
	archives, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive := readArchive(t, name)
			in, want := input(t, archive)
			got, next := run(t, in)
			if *update {
				writeArchive(t, name, archive, got)
				return
			}
			compare(t, got, want)
			again, _ := run(t, next)
			for file := range again {
				if file != "want/output" {
					t.Errorf("the second run changes %s again:\n%s", file, again[file])
				}
			}
		})
	}
}

// input splits an archive into what goes in and what is to come out, by file name.
func input(t *testing.T, archive *archive) (in merge.Input, want map[string]string) {
	t.Helper()
	want = map[string]string{}
	in.Dir = "locales"
	for _, f := range archive.files {
		switch {
		case f.name == "domain":
			in.Domain = parseDomain(t, string(f.data))
		case strings.HasPrefix(f.name, "want/"):
			want[f.name] = string(f.data)
		default:
			in.Files = append(in.Files, file(t, f.name, decode(f.data)))
		}
	}
	return in, want
}

func file(t testing.TB, name string, content []byte) merge.File {
	t.Helper()
	tag, finding := localefile.TagOf(name)
	if finding != nil {
		t.Fatal(finding)
	}
	return merge.File{Name: "locales/" + name, Tag: tag, Bytes: content}
}

// decode and encode let an archive, which is plain text, show what is not: ␍ at the end of a line is a carriage return,
// ␄ at the end of the file that its last line has no end, and ␂ a byte order mark.
func decode(data []byte) []byte {
	data = bytes.ReplaceAll(data, []byte("␍\n"), []byte("\r\n"))
	data = bytes.ReplaceAll(data, []byte("␂"), []byte("\uFEFF"))
	return bytes.TrimSuffix(data, []byte("␄\n"))
}

func encode(data []byte) string {
	text := strings.ReplaceAll(string(data), "\r\n", "␍\n")
	text = strings.ReplaceAll(text, "\uFEFF", "␂")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "␄\n"
	}
	return text
}

// run plans, and returns what comes out, as an archive has it, and the input with the changes made.
func run(t *testing.T, in merge.Input) (out map[string]string, next merge.Input) {
	t.Helper()
	var said strings.Builder
	plan, unusable := merge.Make(in)
	out = map[string]string{}
	next = merge.Input{Domain: in.Domain, Dir: in.Dir, Files: slices.Clone(in.Files)}
	if plan == nil {
		said.WriteString("unusable\n" + unusable.Error() + "\n")
		out["want/output"] = said.String()
		return out, next
	}
	for i := range plan.Files {
		f := &plan.Files[i]
		said.WriteString(f.String() + "\n")
		checkChanges(t, f)
		if f.Changed() {
			out["want/"+filepath.Base(f.Name)] = encode(f.New)
			at := slices.IndexFunc(next.Files, func(x merge.File) bool { return x.Name == f.Name })
			if at < 0 {
				next.Files = append(next.Files, merge.File{Name: f.Name, Tag: f.Tag})
				at = len(next.Files) - 1
			}
			next.Files[at].Bytes = f.New
		}
		for _, text := range f.Left {
			said.WriteString("  " + text.ID.String() + " " + text.State.String() + "\n")
		}
	}
	for _, finding := range plan.Findings {
		said.WriteString(finding.Severity.String() + " " + finding.Rule + " " + finding.Detail() + "\n")
	}
	out["want/output"] = said.String()
	return out, next
}

func compare(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s does not change, want\n%s", name, text)
		} else if got[name] != text {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got[name], text)
		}
	}
	for name, text := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s changes:\n%s", name, text)
		}
	}
}

func writeArchive(t *testing.T, name string, archive *archive, got map[string]string) {
	t.Helper()
	archive.files = slices.DeleteFunc(archive.files, func(f archived) bool { return strings.HasPrefix(f.name, "want/") })
	names := make([]string, 0, len(got))
	for file := range got {
		names = append(names, file)
	}
	slices.Sort(names)
	for _, file := range names {
		archive.files = append(archive.files, archived{file, []byte(got[file])})
	}
	archive.write(t, name)
}

// checkChanges fails the test unless the new file is the old one but for the changes that the plan reports.
func checkChanges(t testing.TB, f *merge.FilePlan) {
	t.Helper()
	if f.Old == nil {
		return
	}
	var b []byte
	at := 0
	for _, c := range f.Changes {
		if c.Old.Start < at || c.Old.End < c.Old.Start || c.Old.End > len(f.Old) {
			t.Fatalf("%s: of the %d bytes, the changes %+v make no sense", f.Name, len(f.Old), f.Changes)
		}
		b = append(append(b, f.Old[at:c.Old.Start]...), c.New...)
		at = c.Old.End
	}
	if b = append(b, f.Old[at:]...); !bytes.Equal(b, f.New) {
		t.Errorf("%s: the changes make\n%q\nwhile the plan has\n%q", f.Name, b, f.New)
	}
}
