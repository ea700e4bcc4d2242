package merge_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// The domain of the files in testdata/nasty, and what may become of it.
const (
	nastyDomain = `
		1 AB 404
		  doc the first code.
		  param Left int 3
		  count Left
		  title First
		  detail.one One is left.
		  detail {{.Left}} are left.
		` + nastyGone + `
		3 EF
		  title Third
		label email e-mail address
		`
	nastyGone = `
		2 CD
		  title Second
		  help Help.
		`
	nastyNew = `
		4 GH
		  title Fourth
		`
)

// FuzzSync holds these properties for any file that is TOML:
//
//   - A second plan changes nothing.
//   - No byte changes outside of the edits that the plan reports.
//   - Every comment of a translator stays, be it as part of an obsolete text.
//   - The plan is carried out: the referee finds that the new file means what was planned.
//   - The file keeps its byte order mark and whether its last line has an end.
func FuzzSync(f *testing.F) {
	for _, pattern := range []string{"testdata/rules/*.txtar", "testdata/nasty/*.toml"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			if filepath.Ext(name) == ".toml" {
				content, err := os.ReadFile(name)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(content)
				continue
			}
			for _, a := range readArchive(f, name).files {
				f.Add(decode(a.data))
			}
		}
	}
	domain := parseDomain(f, nastyDomain)
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 4000 || !readable(content) {
			return
		}
		for _, name := range []string{"ru.toml", "en.toml"} {
			in := merge.Input{Domain: domain, Files: []merge.File{file(t, name, content)}}
			checkRuns(t, in)
		}
	})
}

// readable reports whether a file is TOML to both readers.
func readable(content []byte) bool {
	_, syntax := tomldoc.Parse("", content)
	var decoded map[string]any
	_, err := toml.Decode(strings.TrimPrefix(string(content), "\uFEFF"), &decoded)
	return len(syntax) == 0 && err == nil
}

// checkRuns plans until nothing changes, which is to be at once, and returns the files then.
func checkRuns(t *testing.T, in merge.Input) merge.Input {
	t.Helper()
	plan, unusable := merge.Make(in)
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	for i := range plan.Files {
		checkFile(t, &plan.Files[i])
	}
	for _, finding := range plan.Findings {
		if finding.Rule == merge.RuleReferee {
			for _, f := range in.Files {
				if f.Name == finding.File {
					t.Errorf("%s\nin\n%s", finding.Detail(), f.Bytes)
				}
			}
		}
	}
	next := carryOut(in, plan)
	again, unusable := merge.Make(next)
	if len(unusable) > 0 {
		t.Fatalf("the new file is unusable: %v", unusable)
	}
	for i, f := range again.Files {
		if f.Changed() {
			t.Errorf("the second plan changes\n%s\nto\n%s\nand the first made it of\n%s", f.Old, f.New, plan.Files[i].Old)
		}
	}
	return next
}

// carryOut returns the input with the plan's changes made.
func carryOut(in merge.Input, plan *merge.Plan) merge.Input {
	next := merge.Input{Domain: in.Domain, Dir: in.Dir}
	for _, f := range plan.Files {
		next.Files = append(next.Files, merge.File{Name: f.Name, Tag: f.Tag, Bytes: f.New})
	}
	return next
}

func checkFile(t *testing.T, f *merge.FilePlan) {
	t.Helper()
	checkChanges(t, f)
	if f.Old == nil {
		return
	}
	if old, new := translatorsComments(t, f.Old), translatorsComments(t, f.New); !slices.Equal(old, new) && !keptAside(f, old) {
		t.Errorf("the translator's comments were\n%s\nand are\n%s\nin\n%s\nof\n%s",
			strings.Join(old, "\n"), strings.Join(new, "\n"), f.New, f.Old)
	}
	bom := []byte("\uFEFF")
	if bytes.HasPrefix(f.Old, bom) != bytes.HasPrefix(f.New, bom) {
		t.Errorf("the byte order mark of %q comes or goes: %q", f.Old, f.New)
	}
	if len(f.Old) > len(bom) && len(f.New) > len(bom) && bytes.HasSuffix(f.Old, []byte("\n")) != bytes.HasSuffix(f.New, []byte("\n")) {
		t.Errorf("the last line end of %q comes or goes: %q", f.Old, f.New)
	}
}

// keptAside reports whether every comment still stands somewhere in a file that has lines marked as obsolete which make no
// text: whose comments those are cannot be told.
func keptAside(f *merge.FilePlan, comments []string) bool {
	file, _, _ := localefile.Read(f.Name, f.Tag, f.New)
	_, unreadable := file.Parked()
	return len(unreadable) > 0 && !slices.ContainsFunc(comments, func(c string) bool { return !bytes.Contains(f.New, []byte(c)) })
}

// translatorsComments returns the comments that are not the machine's, sorted, with those in obsolete texts.
func translatorsComments(t *testing.T, content []byte) []string {
	t.Helper()
	doc, _ := tomldoc.Parse("", content)
	var comments []string
	var obsolete strings.Builder
	for _, it := range doc.Items() {
		if it.Kind != tomldoc.Comment && it.Kind != tomldoc.SideComment {
			continue
		}
		text := doc.Slice(it.Span)
		switch mark, rest := localefile.MarkOf(text); {
		case mark == localefile.MarkObsolete && it.Kind == tomldoc.Comment:
			obsolete.WriteString(rest + "\n")
		case mark == localefile.NoMark:
			comments = append(comments, text)
		}
	}
	if obsolete.Len() > 0 {
		comments = append(comments, translatorsComments(t, []byte(obsolete.String()))...)
	}
	slices.Sort(comments)
	return comments
}

// meaning returns the values of a file by their paths, in which a text of one form stands for its other.
func meaning(t *testing.T, content []byte) map[string]any {
	t.Helper()
	var decoded map[string]any
	if _, err := toml.Decode(strings.TrimPrefix(string(content), "\uFEFF"), &decoded); err != nil {
		t.Fatalf("%v in\n%s", err, content)
	}
	flat := map[string]any{}
	flatten(decoded, "", flat)
	return flat
}

func flatten(table map[string]any, path string, flat map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(table)) {
		value, path := table[key], path+key
		if inner, is := value.(map[string]any); is {
			flatten(inner, path+".", flat)
			continue
		}
		if _, is := value.(string); is && strings.Count(path, ".") == 1 {
			path += ".other"
		}
		for flat[path] != nil {
			path += "'" // the same text in two spellings
		}
		flat[path] = value
	}
}

// difference returns what is to be said of the change from one meaning to another, sorted.
func difference(old, new map[string]any) []string {
	var lines []string
	for _, path := range slices.Sorted(maps.Keys(old)) {
		if _, is := new[path]; !is {
			lines = append(lines, "- "+path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(new)) {
		if was, is := old[path]; !is {
			lines = append(lines, "+ "+path)
		} else if !equal(was, new[path]) {
			lines = append(lines, "~ "+path)
		}
	}
	return lines
}

func equal(a, b any) bool {
	x, err := toml.Marshal(map[string]any{"x": a})
	y, err2 := toml.Marshal(map[string]any{"x": b})
	return err == nil && err2 == nil && bytes.Equal(x, y)
}
