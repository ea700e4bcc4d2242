package merge_test

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

const smallDomain = `
	1 AB
	  title First
	2 CD
	  title Second
	3 EF
	  title Third
	`

const smallFile = `#. 1 AB
[AB.title]
#. en: "First"
other = "Erster"

#. 2 CD
[CD.title]
#. en: "Old"
#, stale 0dbba954
#| en: "Older"
other = "Erster"

#. 3 EF
[EF.title]
#. en: "Third"
#, review 0dbba954
#, fuzzy
other = "Erster"
`

func planFor(t *testing.T, domain, content string) *merge.FilePlan {
	t.Helper()
	plan, unusable := merge.Make(merge.Input{Domain: parseDomain(t, domain), Files: []merge.File{file(t, "de.toml", []byte(content))}})
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	return &plan.Files[1]
}

func TestLeft(t *testing.T) {
	f := planFor(t, smallDomain+"4 GH\n title Fourth\n", smallFile)
	want := []struct {
		id    string
		state merge.State
		pos   diag.Pos
	}{
		{"CD.title", merge.Stale, diag.Pos{Line: 7, Column: 1}},
		{"EF.title", merge.Review, diag.Pos{Line: 14, Column: 1}},
		{"GH.title", merge.Missing, diag.Pos{}},
	}
	if len(f.Left) != len(want) || f.Summary.Texts != 4 || f.Summary.Translated != 1 {
		t.Fatalf("%d texts of %+v, want %d", len(f.Left), f.Summary, len(want))
	}
	for i, text := range f.Left {
		if got := want[i]; text.ID.String() != got.id || text.State != got.state || text.Pos != got.pos {
			t.Errorf("%v %v at %v, want %+v", text.ID, text.State, text.Pos, got)
		}
	}
}

// TestInputStays shows that planning changes nothing that it was given, so that one input serves several plans.
func TestInputStays(t *testing.T) {
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{
		file(t, "fr.toml", []byte("[XY.title]\nother = \"x\"")), file(t, "de.toml", []byte(smallFile)),
	}}
	first, _ := merge.Make(in)
	if in.Files[0].Name != "locales/fr.toml" || string(in.Files[1].Bytes) != smallFile || len(in.Files) != 2 {
		t.Error("the input has changed")
	}
	second, _ := merge.Make(in)
	for i := range first.Files {
		if string(first.Files[i].New) != string(second.Files[i].New) || first.Files[i].String() != second.Files[i].String() {
			t.Errorf("two plans for %s differ", first.Files[i].Name)
		}
	}
	if !first.Changed() || first.Files[0].Name != "en.toml" || !first.Files[0].Source || !first.Files[0].Changed() {
		t.Errorf("the first file is %+v, want the new source file", first.Files[0].Name)
	}
}

// TestInspect shows that each file is inspected once, as it stood, and that one which does not exist yet is not.
func TestInspect(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]int{}
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{
		file(t, "fr.toml", []byte("[AB.title]\nother = \"x\"")), file(t, "de.toml", []byte(smallFile)),
	}}
	in.Inspect = func(f *merge.FilePlan, read *localefile.File) {
		mu.Lock()
		defer mu.Unlock()
		seen[f.Name] += 10*len(f.Left) + len(read.Entries)
	}
	if _, unusable := merge.Make(in); len(unusable) > 0 {
		t.Fatal(unusable)
	}
	if want := map[string]int{"locales/fr.toml": 21, "locales/de.toml": 23}; !maps.Equal(seen, want) {
		t.Errorf("seen %v, want %v", seen, want)
	}
}

func TestShrinks(t *testing.T) {
	table := func(name string) string { return "[" + name + ".title]\nother = \"x\"\n\n" }
	four := table("AB") + table("CD") + table("EF") + table("GH")
	nine := four + table("IJ") + table("KL") + table("MN") + table("OP") + table("QR")
	tests := []struct {
		name    string
		domain  string
		file    string
		variant bool
		want    bool
	}{
		{"nothing goes", "1 AB\n title First\n", table("AB"), false, false},
		{"all two", "4 XY\n title New\n", table("AB") + table("CD"), false, false},
		{"two of three", "1 AB\n title First\n", table("AB") + table("CD") + table("EF"), false, false},
		{"three of four", "1 AB\n title First\n", four, false, true},
		{"three of nine", "1 AB\n title A\n2 CD\n title C\n3 EF\n title E\n4 GH\n title G\n5 IJ\n title I\n6 KL\n title K\n", nine, false, false},
		{"four of nine", "1 AB\n title A\n2 CD\n title C\n3 EF\n title E\n4 GH\n title G\n5 IJ\n title I\n", nine, false, true},
		{"three of four in a variant", "1 AB\n title First\n", four, true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			name := "de.toml"
			files := []merge.File{file(t, name, []byte(test.file))}
			if test.variant {
				name = "de-AT.toml"
				files = []merge.File{file(t, "de.toml", nil), file(t, name, []byte(test.file))}
			}
			plan, unusable := merge.Make(merge.Input{Domain: parseDomain(t, test.domain), Files: files})
			if len(unusable) > 0 {
				t.Fatal(unusable)
			}
			for _, f := range plan.Files {
				if f.Name == "locales/"+name && f.Shrinks() != test.want {
					t.Errorf("got %v, want %v", f.Shrinks(), test.want)
				}
			}
		})
	}
}

func TestAccept(t *testing.T) {
	tests := []struct {
		name  string
		match string
		want  string // what becomes of the file, as replacements old, new
		n     int
	}{
		{"a stale text", "CD.title", "#. en: \"Old\"\n#, stale 0dbba954\n#| en: \"Older\"\n", 1},
		{"a text to review", "EF.title", "#, review 0dbba954\n", 1},
		{"a translated text", "AB.title", "", 0},
		{"no text", "XY.title", "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{
				file(t, "en.toml", nil), file(t, "de.toml", []byte(smallFile)), file(t, "fr.toml", []byte(smallFile)),
			}}
			plan, unusable := merge.Accept(in, language.German, func(id localefile.ID) bool { return id.String() == test.match })
			if len(unusable) > 0 || len(plan.Files) != 1 || plan.Files[0].Tag != language.German {
				t.Fatalf("%v, plans %+v", unusable, plan.Files)
			}
			f := &plan.Files[0]
			checkChanges(t, f)
			want := smallFile
			if test.want != "" {
				with := ""
				if test.match == "CD.title" {
					with = "#. en: \"Second\"\n"
				}
				want = strings.Replace(smallFile, test.want, with, 1)
			}
			if string(f.New) != want || f.Summary.Accepted != test.n {
				t.Errorf("%d accepted:\n%s\nwant %d:\n%s", f.Summary.Accepted, f.New, test.n, want)
			}
			for _, text := range f.Left {
				if text.ID.String() == test.match {
					t.Errorf("the text is %v", text.State)
				}
			}
		})
	}
}

// TestAcceptOfSource shows that the source locale's file has nothing to accept: Go decides on its texts.
func TestAcceptOfSource(t *testing.T) {
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{file(t, "en.toml", []byte(smallFile))}}
	plan, _ := merge.Accept(in, language.English, func(localefile.ID) bool { return true })
	if plan.Changed() || plan.Files[0].Summary.Accepted > 0 {
		t.Errorf("the file becomes\n%s", plan.Files[0].New)
	}
}

func TestPrune(t *testing.T) {
	src := "# Head.\n\n#~ [XY.title]\n#~ other = \"x\"\n\n#~ no text\n\n" + smallFile + "\n#~ [XZ.title]\n"
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{file(t, "de.toml", []byte(src))}}
	plan, _ := merge.Prune(in)
	if len(plan.Files) != 1 {
		t.Fatalf("%d files", len(plan.Files))
	}
	f := &plan.Files[0]
	checkChanges(t, f)
	if want := "# Head.\n\n#~ no text\n\n" + smallFile; string(f.New) != want || f.Summary.Pruned != 2 {
		t.Errorf("%d pruned:\n%s\nwant\n%s", f.Summary.Pruned, f.New, want)
	}
}

func TestNewFile(t *testing.T) {
	tests := []struct {
		name   string
		tag    string
		others []string
		full   bool
		has    []string
		hasNot []string
	}{
		{name: "a language", tag: "ru", others: []string{"en"}, has: []string{"[AB.title]", "few = \"\""}, hasNot: []string{"#, full"}},
		{name: "a variant", tag: "de-AT", others: []string{"en", "de"}, has: []string{"differ from those in de."}, hasNot: []string{"[AB.title]"}},
		{name: "a full variant", tag: "de-AT", others: []string{"en", "de"}, full: true, has: []string{"#, full", "[AB.title]"}},
		{name: "full where it makes no difference", tag: "de", others: []string{"en"}, full: true, has: []string{"[AB.title]"}, hasNot: []string{"#, full"}},
		{name: "a variant of the source locale", tag: "en-GB", others: []string{"en"}, hasNot: []string{"[AB.title]"}},
		{name: "a macrolanguage is no parent", tag: "nb", others: []string{"en", "no"}, has: []string{"[AB.title]"}},
		{name: "the source locale", tag: "en", has: []string{"other = \"First\""}},
	}
	domain := "1 AB\n param Left int 3\n count Left\n title First\n detail.one One.\n detail {{.Left}}.\n"
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var others []language.Tag
			in := merge.Input{Domain: parseDomain(t, domain)}
			for _, other := range test.others {
				others = append(others, language.MustParse(other))
				in.Files = append(in.Files, file(t, other+".toml", nil))
			}
			tag := language.MustParse(test.tag)
			got := merge.NewFile(in.Domain, tag, others, test.full)
			for _, want := range test.has {
				if !strings.Contains(string(got), want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for _, not := range test.hasNot {
				if strings.Contains(string(got), not) {
					t.Errorf("there is %q in\n%s", not, got)
				}
			}
			in.Files = append(in.Files, file(t, test.tag+".toml", got))
			plan, _ := merge.Make(in)
			for _, f := range plan.Files {
				if f.Tag == tag && f.Changed() {
					t.Errorf("the new file is changed at once: %+v", f.Changes)
				}
			}
		})
	}
}

// TestReferee shows that no mistake of a plan gets past the referee.
func TestReferee(t *testing.T) {
	const old = "[AB.title]\nother = \"a\"\n\n[CD.title]\nother = \"c\"\n\n[x]\nn = 1\nlist = [\"a\"]\n"
	text := func(path, text string) merge.Leaf { return merge.Leaf{Path: path, Kind: "string", Text: text} }
	changed := merge.Meaning{Gone: []merge.Leaf{text("AB.title.other", "a")}, Come: []merge.Leaf{text("AB.title.other", "b")}}
	tests := []struct {
		name    string
		planned string
		changes merge.Meaning
		want    string
	}{
		{"nothing changes", old, merge.Meaning{}, ""},
		{"comments change", "# New.\n" + strings.ReplaceAll(old, "\n\n", "\n# x\n"), merge.Meaning{}, ""},
		{"a text changes as planned", strings.Replace(old, `"a"`, `'b'`, 1), changed, ""},
		{"a text does not change", old, changed, `"AB.title.other" would not be what was planned`},
		{"another text changes", strings.Replace(old, `"c"`, `"b"`, 1), changed, `"AB.title.other" would not be what was planned`},
		{"a text changes", strings.Replace(old, `"c"`, `"c "`, 1), merge.Meaning{}, `"CD.title.other" would not be what was planned`},
		{"a text goes", strings.Replace(old, "other = \"c\"\n", "", 1), merge.Meaning{}, `"CD.title.other" would not be what was planned`},
		{"a text comes", old + "[EF.title]\nother = \"\"\n", merge.Meaning{}, `"EF.title.other" would not be what was planned`},
		{"a number turns into a text", strings.Replace(old, "n = 1", `n = ""`, 1), merge.Meaning{}, `"x.n" would not be what was planned`},
		{"a table is there twice", old + "[AB.title]\n", merge.Meaning{}, `the new file would have a fault at line 10: AB.title is in the file twice`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			if err := merge.Verify(old, test.planned, test.changes); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestRead holds that a file with a Read is planned for like another one, that its bytes are kept only if they change, and
// that what cannot be read makes no plan.
func TestRead(t *testing.T) {
	content := []byte("[CD.title]\nother = \"Zweiter\"\n")
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{file(t, "de.toml", content)}}
	want, _ := merge.Make(in)
	read := in
	read.Files = []merge.File{{Name: "de.toml", Tag: language.German, Read: func() ([]byte, error) { return content, nil }}}
	got, _ := merge.Make(read)
	for i := range want.Files {
		if !bytes.Equal(got.Files[i].New, want.Files[i].New) {
			t.Errorf("%s: got\n%s\nwant\n%s", want.Files[i].Name, got.Files[i].New, want.Files[i].New)
		}
	}
	settled := carryOut(in, want)
	for i := range settled.Files {
		f := &settled.Files[i]
		f.Read, f.Bytes = func() ([]byte, error) { return want.Files[i].New, nil }, nil
	}
	again, _ := merge.Make(settled)
	for _, f := range again.Files {
		if f.Changed() || f.Old != nil || f.New != nil {
			t.Errorf("%s is kept: %q, %q", f.Name, f.Old, f.New)
		}
	}
	read.Files[0].Read = func() ([]byte, error) { return nil, errors.New("no such luck") }
	if plan, unusable := merge.Make(read); plan != nil || len(unusable) != 1 || unusable[0].Error() != "de.toml: no such luck" {
		t.Errorf("got %v, %v", plan, unusable)
	}
}
