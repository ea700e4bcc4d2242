package merge_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
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
#. en: "Second"
#, stale
other = "Zweiter"

#. 3 EF
[EF.title]
#. en: "Third"
#, review
other = "Dritter"
`

const smallState = `errlingo 2 state shop target
AB.title.other e8dc7413 a151ceb1
CD.title.other 245ee173 -
EF.title.other 5bfa862c 5e7425d7 review
`

func small(t testing.TB, name string) merge.File {
	t.Helper()
	f := file(t, name, []byte(smallFile))
	f.State = []byte(smallState)
	return f
}

func planFor(t *testing.T, domain string, f merge.File) *merge.FilePlan {
	t.Helper()
	plan, unusable := merge.Make(merge.Input{Domain: parseDomain(t, domain), Files: []merge.File{f}})
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	return &plan.Files[1]
}

func TestLeft(t *testing.T) {
	f := planFor(t, smallDomain+"4 GH\n title Fourth\n", small(t, "de.toml"))
	want := []struct {
		id    string
		state state.State
		pos   diag.Pos
	}{
		{"CD.title", state.Stale, diag.Pos{Line: 7, Column: 1}},
		{"EF.title", state.Review, diag.Pos{Line: 13, Column: 1}},
		{"GH.title", state.Missing, diag.Pos{}},
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

// TestDisplayed shows that without states a text has the state that its table shows.
func TestDisplayed(t *testing.T) {
	plan, unusable := merge.Make(merge.Input{Domain: parseDomain(t, smallDomain), Displayed: true,
		Files: []merge.File{file(t, "de.toml", []byte(smallFile))}})
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	var got []state.State
	for _, text := range plan.Files[1].Left {
		got = append(got, text.State)
	}
	if want := []state.State{state.Stale, state.Review}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestForms checks that coverage counts forms: a Polish plural with only one and other is not
// complete.
func TestForms(t *testing.T) {
	f := planFor(t, "1 AB\n param N int 3\n count N\n detail.one One.\n detail {{.N}}.\n title A\n",
		file(t, "pl.toml",
			[]byte("[AB.detail]\none = \"a\"\nother = \"b\"\n[AB.title]\nother = \"c\"\n")))
	if s := f.Summary; s.Texts != 2 || s.Translated != 2 || s.Forms != 4 || s.Filled != 2 {
		t.Errorf("got %+v", s)
	}
}

// TestInputStays shows that planning changes nothing that it was given, so that one input serves
// several plans.
func TestInputStays(t *testing.T) {
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{
		file(t, "fr.toml", []byte("[XY.title]\nother = \"x\"")), small(t, "de.toml"),
	}}
	first, _ := merge.Make(in)
	if in.Files[0].Name != "locales/fr.toml" || string(in.Files[1].Text) != smallFile ||
		len(in.Files) != 2 {
		t.Error("the input has changed")
	}
	second, _ := merge.Make(in)
	for i := range first.Files {
		if string(first.Files[i].New) != string(second.Files[i].New) ||
			first.Files[i].String() != second.Files[i].String() {
			t.Errorf("two plans for %s differ", first.Files[i].Name)
		}
	}
	if f := &first.Files[0]; !first.Changed() || f.Name != "en.toml" || f.Role != state.Source ||
		!f.Changed() {
		t.Errorf("the first file is %+v, want the new source file", f.Name)
	}
}

// TestInspect shows that each file is inspected once, as it was, and that one which does not exist
// yet is not.
func TestInspect(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]int{}
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{
		file(t, "fr.toml", []byte("[AB.title]\nother = \"x\"")), small(t, "de.toml"),
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
	names := []string{"AB", "CD", "EF", "GH", "IJ", "KL", "MN", "OP", "QR"}
	declared := func(n int) string {
		var b strings.Builder
		for _, name := range names[:n] {
			b.WriteString("1 " + name + "\n title " + name + "\n")
		}
		return b.String()
	}
	tables := func(names ...string) string {
		var b strings.Builder
		for _, name := range names {
			b.WriteString("[" + name + ".title]\nother = \"x\"\n\n")
		}
		return b.String()
	}
	tests := []struct {
		name     string
		declared int    // codes in Go
		has      int    // texts that the state knows
		file     string // as it is now
		obsolete string
		variant  bool
		renamed  map[string]string
		want     bool
	}{
		{name: "nothing goes", declared: 4, has: 4, file: tables(names[:4]...)},
		{name: "all two", declared: 0, has: 2, file: tables(names[:2]...)},
		{name: "two of three", declared: 1, has: 3, file: tables(names[:3]...)},
		{name: "three of four are gone from Go", declared: 1, has: 4, file: tables(names[:4]...),
			want: true},
		{name: "three of four are missing", declared: 4, has: 4, file: tables("AB"), want: true},
		{name: "two are missing and one is gone", declared: 3, has: 4, file: tables("AB", "GH"),
			want: true},
		{name: "three of four were obsolete", declared: 1, has: 4, file: tables("AB"),
			obsolete: tables("CD", "EF", "GH")},
		{name: "three of four are gone that the state does not know", declared: 1,
			file: tables(names[:4]...), want: true},
		{name: "three of four are there under both their names", declared: 4, has: 4,
			file:    tables("AB", "CD", "EF", "GH", "YZ", "WX", "UV"),
			renamed: map[string]string{"YZ": "AB", "WX": "CD", "UV": "EF"}},
		{name: "three of nine", declared: 6, has: 9, file: tables(names...)},
		{name: "four of nine", declared: 5, has: 9, file: tables(names...), want: true},
		{name: "three of four in a variant", declared: 1, has: 4, file: tables(names[:4]...),
			variant: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			facts := state.Set{Header: state.Header{Domain: "shop", Role: state.Target}}
			if test.variant {
				facts.Header.Role, facts.Header.Parent = state.Variant, "de"
			}
			for _, name := range names[:test.has] {
				facts.Add(state.Fact{ID: name + ".title", Form: 5, Text: 0x1_2d711642, Source: 0x1_12345678})
			}
			f := file(t, "de-AT.toml", []byte(test.file))
			f.State, f.Obsolete = facts.Bytes(), []byte(test.obsolete)
			in := merge.Input{Domain: parseDomain(t, declared(test.declared)), Files: []merge.File{f},
				Renamed: test.renamed}
			plan, unusable := merge.Make(in)
			if len(unusable) > 0 {
				t.Fatal(unusable)
			}
			if _, _, got := plan.Files[1].Shrinks(); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
			f.Text, f.State, f.Obsolete = plan.Files[1].New, plan.Files[1].State.New,
				plan.Files[1].Obsolete.New
			in.Files = []merge.File{f}
			plan, _ = merge.Make(in)
			if lost, known, shrinks := plan.Files[1].Shrinks(); shrinks || plan.Files[1].State.Changed() {
				t.Errorf("the second run still misses %d of %d", lost, known)
			}
		})
	}
}

// TestSourceShrinks shows that of the source locale's file only the texts count that Go no longer
// declares: the others are written again.
func TestSourceShrinks(t *testing.T) {
	const one = "[AB.title]\nother = \"First\"\n"
	const three = one + "[CD.title]\nother = \"Second\"\n[EF.title]\nother = \"Third\"\n"
	tests := []struct {
		name, domain, file string
		want               bool
	}{
		{"tables are gone", smallDomain + "4 GH\n title Fourth\n", one, false},
		{"codes are gone", "4 GH\n title Fourth\n", three, true},
		{"codes are gone, and the file has no table for them", "4 GH\n title Fourth\n", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := file(t, "en.toml", []byte(test.file))
			f.State = []byte("errlingo 2 state shop source\nAB.title.other a151ceb1 a151ceb1\n" +
				"CD.title.other 8b88a850 8b88a850\nEF.title.other 5e7425d7 5e7425d7\n")
			plan, unusable := merge.Make(merge.Input{Domain: parseDomain(t, test.domain),
				Files: []merge.File{f}})
			if len(unusable) > 0 {
				t.Fatal(unusable)
			}
			if lost, known, got := plan.Files[0].Shrinks(); got != test.want {
				t.Errorf("got %v, with %d of %d", got, lost, known)
			}
		})
	}
}

// TestAcceptOfOneFile shows that accepting changes no other text and no other file.
func TestAcceptOfOneFile(t *testing.T) {
	de := small(t, "de.toml")
	de.Text = bytes.Replace(de.Text, []byte("#. 1 AB"), []byte("#. 1 OLD"), 1)
	in := merge.Input{Domain: parseDomain(t, smallDomain+"4 GH\n title New"), Files: []merge.File{
		file(t, "en.toml", nil), de, small(t, "fr.toml"),
	}}
	plan, unusable := merge.Accept(in, language.German, state.Plain,
		func(id localefile.ID) bool { return id.Name == "CD" || id.Name == "GH" })
	if len(unusable) > 0 || len(plan.Files) != 1 || plan.Files[0].Tag != language.German {
		t.Fatalf("%v, plans %+v", unusable, plan.Files)
	}
	f := &plan.Files[0]
	checkKept(t, f)
	want := strings.Replace(string(de.Text), "#, stale\n", "", 1)
	wantState := strings.Replace(smallState, " -\n", " -\nCD.title.other 245ee173 8b88a850\n", 1)
	if string(f.New) != want || string(f.State.New) != wantState || f.Summary.Accepted != 1 {
		t.Errorf("%d accepted:\n%s\n%s\nwant\n%s\n%s", f.Summary.Accepted, f.New, f.State.New, want,
			wantState)
	}
}

// TestAcceptOfSource shows that the source locale's file has nothing to accept: Go decides on its
// texts.
func TestAcceptOfSource(t *testing.T) {
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{file(t, "en.toml",
		[]byte(smallFile))}}
	plan, _ := merge.Accept(in, language.English, state.Plain,
		func(localefile.ID) bool { return true })
	if plan.Files[0].Changed() || plan.Files[0].Summary.Accepted > 0 {
		t.Errorf("the file becomes\n%s", plan.Files[0].New)
	}
}

func TestNewFile(t *testing.T) {
	tests := []struct {
		name   string
		tag    string
		others []string
		full   bool
		state  string
		has    []string
		hasNot []string
	}{
		{name: "a language", tag: "ru", others: []string{"en"}, state: "target",
			has: []string{"[AB.title]", "few = \"\""}},
		{name: "a variant", tag: "de-AT", others: []string{"en", "de"}, state: "variant of de",
			has: []string{"differ from those in de."}, hasNot: []string{"[AB.title]"}},
		{name: "a full variant", tag: "de-AT", others: []string{"en", "de"}, full: true, state: "target",
			has: []string{"[AB.title]"}},
		{name: "a variant of the source locale", tag: "en-GB", others: []string{"en"},
			state: "variant of en", hasNot: []string{"[AB.title]"}},
		{name: "a macrolanguage is not a parent", tag: "nb", others: []string{"en", "no"}, state: "target",
			has: []string{"[AB.title]"}},
		{name: "another script is not a parent", tag: "zh-Hant", others: []string{"en", "zh"},
			state: "target", has: []string{"[AB.title]"}},
	}
	domain := "1 AB\n param Left int 3\n count Left\n title First\n" +
		" detail.one One.\n detail {{.Left}}.\n"
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var others []language.Tag
			for _, other := range test.others {
				others = append(others, language.MustParse(other))
			}
			tag := language.MustParse(test.tag)
			got := merge.NewFile(merge.Input{Domain: parseDomain(t, domain)}, tag, others, test.full)
			for _, want := range test.has {
				if !strings.Contains(string(got.Text), want) {
					t.Errorf("no %q in\n%s", want, got.Text)
				}
			}
			for _, not := range test.hasNot {
				if strings.Contains(string(got.Text), not) {
					t.Errorf("there is %q in\n%s", not, got.Text)
				}
			}
			if want := "errlingo 2 state shop " + test.state + "\n"; string(got.State) != want {
				t.Errorf("the state is %q, want %q", got.State, want)
			}
			again := planFor(t, domain, merge.File{Name: test.tag + ".toml", Tag: tag, Content: got})
			if again.Changed() || again.State.Changed() {
				t.Errorf("the new file is changed at once:\n%s", again.New)
			}
		})
	}
}

// TestTracked shows that a file without a state is not taken over if git knows one for it, or if
// its tables show that it had one.
func TestTracked(t *testing.T) {
	bare := "[AB.title]\nother = \"x\"\n"
	tests := []struct {
		name    string
		text    string
		tracked bool
		adopt   bool
		refused bool
	}{
		{name: "a bare file", text: bare},
		{name: "git knows a state", text: bare, tracked: true, refused: true},
		{name: "it shows a source text", text: smallFile, refused: true},
		{name: "whoever runs extract says so", text: smallFile, tracked: true, adopt: true},
		{name: "nothing is translated", text: strings.ReplaceAll(bare, "x", ""), tracked: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := merge.Input{
				Domain: parseDomain(t, smallDomain), Files: []merge.File{file(t, "de.toml", []byte(test.text))},
				Tracked: func(language.Tag) bool { return test.tracked }, Adopt: test.adopt,
			}
			plan, unusable := merge.Make(in)
			if (plan == nil) != test.refused || plan == nil && unusable[0].Rule != merge.RuleNoState.ID {
				t.Errorf("got %v, want refused %v", unusable, test.refused)
			}
		})
	}
}

// TestHistory shows that a wording is not new if an earlier version of the state knew it, also under
// a former name of its code. Only a locale with such a wording is asked about.
func TestHistory(t *testing.T) {
	const earlier = "AB.title.other e8dc7413 12345678\nOLD.title.other 245ee173 12345678\n"
	in := merge.Input{
		Domain:  parseDomain(t, smallDomain),
		Renamed: map[string]string{"OLD": "CD"},
		History: func(tag language.Tag) []byte {
			if tag != language.German {
				t.Errorf("asked about %v", tag)
			}
			return []byte(earlier)
		},
	}
	de, fr := file(t, "de.toml", []byte("[AB.title]\nother = \"Erster\"\n\n"+
		"[CD.title]\nother = \"Zweiter\"\n\n[EF.title]\nother = \"Neu\"\n")), small(t, "fr.toml")
	de.State = []byte("errlingo 2 state shop target\n")
	in.Files = []merge.File{de, fr}
	plan, unusable := merge.Make(in)
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	left := map[string]state.State{}
	for _, text := range plan.Files[1].Left {
		left[text.ID.String()] = text.State
	}
	want := map[string]state.State{"AB.title": state.Stale, "CD.title": state.Stale}
	if !maps.Equal(left, want) {
		t.Errorf("got %v, want %v", left, want)
	}
	if got := string(plan.Files[1].State.New); !strings.Contains(got, "CD.title.other 245ee173 12345678\n") {
		t.Errorf("the state becomes\n%s", got)
	}
}

// TestRoleInState shows that a file has the role that its state says, of several the stronger one,
// and that a state which cannot be its own is not believed.
func TestRoleInState(t *testing.T) {
	tests := []struct {
		name, headers string
		role          state.Role
		parent        string
	}{
		{"a target", "target", state.Target, ""},
		{"a variant", "variant of fr", state.Variant, "fr"},
		{"both", "variant of de,target", state.Target, ""},
		{"both, in another order", "target,variant of de", state.Target, ""},
		{"the source locale's", "source", state.Variant, "de"},
		{"no header", "", state.Variant, "de"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := file(t, "de-AT.toml", []byte("[AB.title]\nother = \"Erster\"\n"))
			f.State = []byte("AB.title.other e8dc7413 a151ceb1\n")
			for role := range strings.SplitSeq(test.headers, ",") {
				if role != "" {
					f.State = append(f.State, "errlingo 2 state shop "+role+"\n"...)
				}
			}
			plan, unusable := merge.Make(merge.Input{Domain: parseDomain(t, smallDomain),
				Files: []merge.File{small(t, "de.toml"), f}})
			if len(unusable) > 0 {
				t.Fatal(unusable)
			}
			got := &plan.Files[2]
			if got.Role != test.role || got.Parent != test.parent {
				t.Errorf("got the role %v of %q", got.Role, got.Parent)
			}
			if want := map[state.Role]int{state.Target: 2}[test.role]; got.Summary.Added != want {
				t.Errorf("%d texts added, want %d", got.Summary.Added, want)
			}
		})
	}
}

// TestRead checks that a file with a Read is planned like any other, that its bytes are kept only
// if they change, and that there is no plan if a file cannot be read.
func TestRead(t *testing.T) {
	content := merge.Content{Text: []byte("[CD.title]\nother = \"Zweiter\"\n")}
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{{Name: "de.toml",
		Tag: language.German, Content: content}}}
	want, _ := merge.Make(in)
	read := in
	read.Files = []merge.File{{Name: "de.toml", Tag: language.German, Read: func() (merge.Content,
		error) {
		return content, nil
	}}}
	got, _ := merge.Make(read)
	for i := range want.Files {
		if !bytes.Equal(got.Files[i].New, want.Files[i].New) {
			t.Errorf("%s: got\n%s\nwant\n%s", want.Files[i].Name, got.Files[i].New, want.Files[i].New)
		}
	}
	settled := merge.Input{Domain: in.Domain}
	for i := range want.Files {
		f := &want.Files[i]
		read := func() (merge.Content, error) {
			return merge.Content{Text: f.New, State: f.State.New},
				nil
		}
		settled.Files = append(settled.Files, merge.File{Name: f.Name, Tag: f.Tag, Read: read})
	}
	again, _ := merge.Make(settled)
	for _, f := range again.Files {
		if f.Changed() || f.Old != nil || f.New != nil {
			t.Errorf("%s is kept: %q, %q", f.Name, f.Old, f.New)
		}
		if f.State.Old != nil || f.State.New != nil || !f.HadState {
			t.Errorf("the state of %s is kept: %q", f.Name, f.State)
		}
	}
	read.Files[0].Read = func() (merge.Content, error) {
		return merge.Content{},
			errors.New("no such luck")
	}
	if plan, unusable := merge.Make(read); plan != nil || len(unusable) != 1 ||
		unusable[0].Error() != "de.toml: no such luck" {
		t.Errorf("got %v, %v", plan, unusable)
	}
}

// TestAcceptBesides accepts a text of one file while a text that is obsolete in another one is
// declared again.
func TestAcceptBesides(t *testing.T) {
	french := file(t, "fr.toml", nil)
	french.State = []byte("errlingo 2 state shop target\n")
	french.Obsolete = []byte("[EF.title]\nother = \"Troisième\"\n")
	in := merge.Input{Domain: parseDomain(t, smallDomain),
		Files: []merge.File{small(t, "de.toml"), french}}
	plan, unusable := merge.Accept(in, language.German, state.Plain,
		func(id localefile.ID) bool { return id.Name == "CD" })
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	if len(plan.Files) != 1 || plan.Files[0].Summary.Accepted != 1 {
		t.Errorf("got %v", plan.Files)
	}
}

// TestRecordedConflict checks that a conflict in the obsolete texts is reported while git has
// another version of the state, as in the middle of a merge.
func TestRecordedConflict(t *testing.T) {
	f := small(t, "de.toml")
	f.Obsolete = []byte("<<<<<<< ours\n[GH.title\n=======\n[GH.title]\n>>>>>>> theirs\n")
	in := merge.Input{Domain: parseDomain(t, smallDomain), Files: []merge.File{f},
		Recorded: map[language.Tag][][]byte{language.German: {[]byte(smallState)}}}
	plan, unusable := merge.Make(in)
	if plan != nil || len(unusable) != 1 || unusable[0].Rule != tomldoc.RuleSyntax.ID {
		t.Errorf("got %v, %v", plan, unusable)
	}
}
