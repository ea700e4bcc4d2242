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
	"github.com/errlingo/errlingo/internal/state"
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
//   - A second plan changes nothing, and finds the same in the same places.
//   - Every line of a translator stays as it is and in its place.
//   - Every comment of a translator stays, or moves with an obsolete text.
//   - The plan is carried out: the referee finds that the new files mean what was planned.
//   - The file keeps its byte order mark, and ends with a line end if it is written.
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
			folder := folder{in: merge.Input{Domain: domain, Dir: "locales"},
				files: map[string][]byte{name: content}}
			folder.settle(t)
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

// settle plans and carries the plan out until nothing changes, which is to be at once.
func (f *folder) settle(t *testing.T) {
	t.Helper()
	in := f.input(t)
	in.Adopt, in.After = true, true
	plan, unusable := merge.Make(in)
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	for i := range plan.Files {
		checkFile(t, &plan.Files[i])
	}
	for _, finding := range plan.Findings {
		if finding.Rule == merge.RuleReferee.ID {
			for _, file := range in.Files {
				if file.Name == finding.File {
					t.Errorf("%s\nin\n%s\nwith\n%s", finding.Detail(), file.Text, file.Obsolete)
				}
			}
		}
	}
	f.carryOut(plan)
	again, unusable := merge.Make(f.input(t))
	if len(unusable) > 0 {
		t.Fatalf("the new files are unusable: %v", unusable)
	}
	if !slices.Equal(plan.Findings, again.Findings) {
		t.Errorf("the findings about the new files are\n%v\nnot\n%v", plan.Findings, again.Findings)
	}
	for i := range again.Files {
		p := &again.Files[i]
		if !slices.Equal(plan.Files[i].Left, p.Left) {
			t.Errorf("%v are left, not %v in\n%s", plan.Files[i].Left, p.Left, p.New)
		}
		for _, r := range []merge.Rewrite{{p.Old, p.New}, p.State, p.Obsolete} {
			if r.Changed() {
				t.Errorf("the second plan changes\n%s\nto\n%s\nand the first began with\n%s\n%s\n%s", r.Old,
					r.New,
					plan.Files[i].Old, plan.Files[i].State.Old, plan.Files[i].Obsolete.Old)
			}
		}
	}
}

func checkFile(t *testing.T, f *merge.FilePlan) {
	t.Helper()
	checkKept(t, f)
	if f.Old == nil {
		return
	}
	old := append(translatorsComments(t, f.Old), translatorsComments(t, f.Obsolete.Old)...)
	now := append(translatorsComments(t, f.New), translatorsComments(t, f.Obsolete.New)...)
	now = slices.DeleteFunc(now, func(c string) bool {
		return strings.HasPrefix(c,
			"# Translations of texts that are gone")
	})
	for _, comment := range old {
		// Comments that are the same may become one where two tables do.
		i := slices.Index(now, comment)
		moves := f.Summary.Parked+f.Summary.Renamed+len(f.Meaning.Gone) > 0 || f.Obsolete.Changed()
		if i >= 0 && !moves {
			now = slices.Delete(now, i, i+1)
		} else if i < 0 && f.Role != state.Source && !strings.HasPrefix(comment,
			"# Translations of texts that are gone") {
			t.Errorf("the comment %q is lost in\n%s\nand\n%s\nof\n%s\nand\n%s",
				comment, f.New, f.Obsolete.New, f.Old, f.Obsolete.Old)
		}
	}
	bom := []byte("\uFEFF")
	if bytes.HasPrefix(f.Old, bom) != bytes.HasPrefix(f.New, bom) {
		t.Errorf("the byte order mark of %q comes or goes: %q", f.Old, f.New)
	}
	if f.Changed() && len(f.New) > 0 && !bytes.Equal(f.New, bom) && !bytes.HasSuffix(f.New,
		[]byte("\n")) {
		t.Errorf("the last line has no end: %q", f.New)
	}
}

// translatorsComments returns the comments that are not extract's.
func translatorsComments(t *testing.T, content []byte) []string {
	t.Helper()
	doc, _ := tomldoc.Parse("", content)
	var comments []string
	for _, it := range doc.Items() {
		if it.Kind != tomldoc.Comment && it.Kind != tomldoc.SideComment {
			continue
		}
		text := doc.Slice(it.Span())
		mark, _, _ := localefile.MarkOf(text)
		// A dot behind a formatter's space may be the translator's or not, which depends on the table.
		if note, _ := localefile.IsNote(text); !note && mark != localefile.MarkText {
			comments = append(comments, text)
		}
	}
	return comments
}

// meaning returns the values of a file by their paths, in which a text of one form stands for its
// other.
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
