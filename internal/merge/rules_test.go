package merge_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

// TestRules runs the archives in testdata/rules, one for each rule of docs/locale-file.md and more.
// An archive has numbered steps, with the files that come or change:
//
//	1/domain            the declaration, see parseDomain
//	1/de.toml           a file, as it is from now on
//	1/_state/de.lock    and so on
//	2/edit              lines such as: de.toml "old" "new"
//	2/renamed           lines such as: OLD NEW, from now on
//	2/flags             adopt, prune, accept de AB.title, or reject de AB.title
//
// Under want/1/ are all files that a step changes, and what it says. Each step is planned twice:
// the second plan changes nothing and finds the same.
func TestRules(t *testing.T) {
	archives, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive := readArchive(t, name)
			want := map[string]string{}
			for _, f := range archive.files {
				if strings.HasPrefix(f.name, "want/") {
					want[f.name] = string(f.data)
				}
			}
			got := runArchive(t, archive)
			if *update {
				writeArchive(t, name, archive, got)
				return
			}
			compare(t, got, want)
		})
	}
}

// runArchive carries out the steps of an archive and returns what comes out.
func runArchive(t *testing.T, archive *archive) map[string]string {
	t.Helper()
	f := folder{in: merge.Input{Dir: "locales"}, files: map[string][]byte{}}
	out := map[string]string{}
	for step := 1; ; step++ {
		prefix := strconv.Itoa(step) + "/"
		is := func(a archived) bool { return strings.HasPrefix(a.name, prefix) }
		if !slices.ContainsFunc(archive.files, is) {
			return out
		}
		flags := ""
		for _, a := range archive.files {
			if name, ok := strings.CutPrefix(a.name, prefix); ok && name == "flags" {
				flags = strings.TrimSpace(string(a.data))
			} else if ok {
				f.take(t, name, a.data)
			}
		}
		for name, text := range f.run(t, flags) {
			out["want/"+prefix+name] = text
		}
		if verb, _, _ := strings.Cut(flags, " "); verb == "" || verb == "adopt" {
			for name, text := range f.run(t, flags) {
				if name != "output" {
					t.Errorf("step %d: the second run changes %s again:\n%s", step, name, text)
				}
			}
		}
	}
}

// folder is a folder of locale files in memory, with the domain that it belongs to.
type folder struct {
	in    merge.Input // but for its files
	files map[string][]byte
}

// take changes the folder as an archive says.
func (f *folder) take(t *testing.T, name string, data []byte) {
	t.Helper()
	switch name {
	case "domain":
		f.in.Domain = parseDomain(t, string(data))
	case "renamed":
		f.in.Renamed = map[string]string{}
		for line := range strings.Lines(string(data)) {
			words := strings.Fields(line)
			f.in.Renamed[words[0]] = words[1]
		}
	case "edit":
		for line := range strings.Lines(string(data)) {
			name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			var old, replacement string
			if _, err := fmt.Sscanf(rest, "%q %q", &old, &replacement); err != nil {
				t.Fatal(line, err)
			}
			if !bytes.Contains(f.files[name], []byte(old)) {
				t.Fatalf("%s has no %q:\n%s", name, old, f.files[name])
			}
			f.files[name] = bytes.Replace(f.files[name], []byte(old), []byte(replacement), 1)
		}
	default:
		f.files[name] = decode(data)
	}
}

// input returns the input of a plan for the folder.
func (f *folder) input(t testing.TB) merge.Input {
	t.Helper()
	in := f.in
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		if strings.HasSuffix(name, ".toml") {
			file := file(t, name, f.files[name])
			file.State = f.files[merge.StateName(file.Tag)]
			file.Obsolete = f.files[merge.ObsoleteName(file.Tag)]
			in.Files = append(in.Files, file)
		}
	}
	in.SourceState = f.files[merge.StateName(in.Domain.Source)]
	return in
}

// run plans, carries the plan out, and returns the files that changed and what is said.
func (f *folder) run(t *testing.T, flags string) map[string]string {
	t.Helper()
	in := f.input(t)
	out := map[string]string{}
	plan, unusable := planAs(&in, flags)
	if plan == nil {
		out["output"] = "unusable\n" + unusable.Error() + "\n"
		return out
	}
	before := maps.Clone(f.files)
	f.carryOut(plan)
	for name, data := range f.files {
		if old, had := before[name]; !had || !bytes.Equal(old, data) {
			out[name] = encode(data)
		}
	}
	for name := range before {
		if _, has := f.files[name]; !has {
			out[name] = "(deleted)\n"
		}
	}
	var said strings.Builder
	for i := range plan.Files {
		checkKept(t, &plan.Files[i])
		said.WriteString(plan.Files[i].String() + "\n")
		for _, text := range plan.Files[i].Left {
			said.WriteString("  " + text.ID.String() + " " + text.State.String() + "\n")
		}
	}
	for _, finding := range plan.Findings {
		said.WriteString(finding.Severity.String() + " " + finding.Rule + " " + finding.Detail() + "\n")
	}
	out["output"] = said.String()
	return out
}

// planAs makes the plan that the flags of an archive ask for.
func planAs(in *merge.Input, flags string) (*merge.Plan, diag.List) {
	words := append(strings.Fields(flags), "", "", "")
	match := func(id localefile.ID) bool { return id.String() == words[2] }
	switch words[0] {
	case "accept":
		return merge.Accept(*in, language.MustParse(words[1]), state.Plain, match)
	case "reject":
		return merge.Accept(*in, language.MustParse(words[1]), state.Rejected, match)
	case "prune":
		return merge.Prune(*in)
	}
	in.Adopt = words[0] == "adopt"
	return merge.Make(*in)
}

// carryOut makes the changes of a plan.
func (f *folder) carryOut(plan *merge.Plan) {
	set := func(name string, data []byte) {
		if delete(f.files, name); data != nil {
			f.files[name] = data
		}
	}
	for i := range plan.Files {
		p := &plan.Files[i]
		if p.Changed() {
			set(filepath.Base(p.Name), p.New)
		}
		set(merge.StateName(p.Tag), p.State.New)
		set(merge.ObsoleteName(p.Tag), p.Obsolete.New)
	}
}

func file(t testing.TB, name string, content []byte) merge.File {
	t.Helper()
	tag, finding := localefile.TagOf(name)
	if finding != nil {
		t.Fatal(finding)
	}
	return merge.File{Name: "locales/" + name, Tag: tag, Content: merge.Content{Text: content}}
}

// decode and encode let an archive, which is plain text, show what is not: ␍ at the end of a line
// is a carriage return, ␄ at the end of the file that its last line has no end, and ␂ a byte order
// mark.
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
	archive.files = slices.DeleteFunc(archive.files,
		func(f archived) bool { return strings.HasPrefix(f.name, "want/") })
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

// checkKept fails the test unless a translator's file still has each of its lines, in their order:
// all but blank ones, extract's own, headers, of which one without a text may go, and those of texts
// that leave the file or change their place.
func checkKept(t testing.TB, f *merge.FilePlan) {
	t.Helper()
	moves := f.Summary.Removed + f.Summary.Parked + f.Summary.Revived + f.Summary.Renamed
	if f.Old == nil || f.Role == state.Source || moves > 0 || len(f.Meaning.Gone) > 0 {
		return
	}
	lines := func(text []byte) []string {
		text, _, _ = localefile.Sides(text)
		var kept []string
		for line := range strings.Lines(strings.TrimPrefix(string(text), "\uFEFF")) {
			line = strings.TrimRight(line, "\r\n")
			text := strings.TrimSpace(line)
			mark, _, _ := localefile.MarkOf(text)
			if text != "" && text[0] != '[' && mark == localefile.NoMark {
				kept = append(kept, line)
			}
		}
		return kept
	}
	now := lines(f.New)
	for _, line := range lines(f.Old) {
		i := slices.Index(now, line)
		if i < 0 {
			t.Errorf("%s: the line %q is lost or not in its place in\n%s\nof\n%s", f.Name, line, f.New, f.Old)
			return
		}
		now = now[i+1:]
	}
}
