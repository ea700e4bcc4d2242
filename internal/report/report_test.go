package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// findings are of each sort: with and without a place, a file and a hint, and with what each format
// has to escape.
func findings() diag.List {
	return diag.List{
		{File: "locales/fr.toml", Severity: diag.Warning, Rule: "missing",
			Text: "OUT_OF_STOCK.title is missing"},
		{File: "locales/de.toml", Pos: diag.Pos{Line: 14, Column: 9}, Severity: diag.Error,
			Rule: "unknown-placeholder",
			Text: "unknown placeholder {{.Itme}}", Hint: "the source text has {{.Item}}", Domain: "shop",
			Fix: diag.Fix{At: diag.Pos{Line: 14, Column: 9}, Old: "{{.Itme}}", New: "{{.Item}}"}},
		{File: "locales/de.toml", Pos: diag.Pos{Line: 3, Column: 10}, Severity: diag.Warning,
			Rule: "html", Text: "<b> | 100 % & more"},
		{Severity: diag.Error, Rule: "coverage", Text: "there is no file for es"},
		{File: "a dir/with: 100%, ü.go", Pos: diag.Pos{Line: 1, Column: 1}, Severity: diag.Error,
			Rule: "placeholder-syntax",
			Text: "{{\n::error::forged\r\n\x1b[31m\u202e\"']]> is not a placeholder", Hint: "write\t{{.Name}}"},
	}
}

var rules = []diag.Rule{
	{ID: "html", Severity: diag.Warning, Doc: "a text has an HTML tag"},
	{ID: "unknown-placeholder", Severity: diag.Error, Doc: "a placeholder names no param"},
	{ID: "space", Severity: diag.Warning, Doc: "not broken here"},
}

var formats = map[string]func(io.Writer, diag.List) error{
	"text":    report.Text,
	"json":    report.JSON,
	"github":  report.GitHub,
	"summary": report.Summary,
	"sarif":   func(w io.Writer, l diag.List) error { return report.SARIF(w, l, rules, "v1.2.3") },
	"junit": func(w io.Writer, l diag.List) error {
		return report.JUnit(w, l, []string{"locales/de.toml", "locales/pl.toml"})
	},
}

func TestGolden(t *testing.T) {
	for name, write := range formats {
		for what, list := range map[string]diag.List{"some": findings(), "none": nil} {
			t.Run(name+"/"+what, func(t *testing.T) {
				got := output(t, write, list)
				golden := filepath.Join("testdata", name+"."+what)
				if *update {
					if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

func TestOrderOfFindingsDoesNotMatter(t *testing.T) {
	for name, write := range formats {
		t.Run(name, func(t *testing.T) {
			list := findings()
			want := output(t, write, list)
			slices.Reverse(list)
			before := slices.Clone(list)
			if got := output(t, write, list); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if !slices.Equal(list, before) {
				t.Error("the list has changed")
			}
		})
	}
}

// TestCausesComeFirst shows that what is wrong with a declaration comes before what follows from it,
// also in a folder whose name comes last.
func TestCausesComeFirst(t *testing.T) {
	order := []string{"shop/a.go", "shop/z.go", "locales/codes.lock", "shop/codes.lock",
		"locales/de.toml", "locales/en.toml"}
	var list diag.List
	for _, file := range order {
		list = append(list, diag.Finding{File: file, Pos: diag.Pos{Line: 1, Column: 1},
			Severity: diag.Error, Rule: "out-of-date", Text: "wrong"})
	}
	slices.Reverse(list)
	for name, write := range formats {
		t.Run(name, func(t *testing.T) {
			want := order
			if name == "junit" {
				want = slices.Sorted(slices.Values(order))
			}
			rest := output(t, write, list)
			for _, file := range want {
				_, after, found := strings.Cut(rest, file)
				if !found {
					t.Fatalf("%s comes too early in\n%s", file, output(t, write, list))
				}
				rest = after
			}
		})
	}
}

func TestWritersErrorIsReturned(t *testing.T) {
	for name, write := range formats {
		t.Run(name, func(t *testing.T) {
			if err := write(full{}, findings()); !errors.Is(err, errFull) {
				t.Errorf("got %v", err)
			}
		})
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestRunWrite(t *testing.T) {
	run := report.Run{Findings: findings(), Files: []string{"locales/de.toml", "locales/pl.toml"},
		Rules: rules, Version: "v1.2.3"}
	for _, format := range report.Formats() {
		t.Run(string(format), func(t *testing.T) {
			var b bytes.Buffer
			if err := run.Write(&b, format); err != nil {
				t.Fatal(err)
			}
			if want := output(t, formats[string(format)], findings()); b.String() != want {
				t.Errorf("got\n%s\nwant\n%s", &b, want)
			}
		})
	}
	if err := run.Write(io.Discard, "yaml"); err == nil {
		t.Error("an unknown format was written")
	}
}

func TestParseFormat(t *testing.T) {
	for _, format := range report.Formats() {
		if got, err := report.ParseFormat(string(format)); got != format || err != nil {
			t.Errorf("%s: got %q, %v", format, got, err)
		}
	}
	if _, err := report.ParseFormat("yaml"); err == nil ||
		err.Error() != `unknown format "yaml"; use text, json, github, sarif or junit` {
		t.Errorf("got %v", err)
	}
}

func TestJSONKeepsEveryCharacter(t *testing.T) {
	var got struct {
		Errors, Warnings int
		Findings         []struct{ Text, Hint string }
	}
	decode(t, output(t, report.JSON, findings()), &got)
	if got.Errors != 3 || got.Warnings != 2 || len(got.Findings) != 5 {
		t.Errorf("got %+v", got)
	}
	var forged diag.Finding
	for _, f := range findings() {
		if f.Rule == "placeholder-syntax" {
			forged = f
		}
	}
	if got.Findings[1].Text != forged.Text || got.Findings[1].Hint != forged.Hint {
		t.Errorf("got %+v", got.Findings[1])
	}
}

// many returns n findings in each of so many files.
func many(files, n int, severity diag.Severity) diag.List {
	var list diag.List
	for i := range files {
		for line := range n {
			list = append(list, diag.Finding{File: fmt.Sprintf("f%02d.toml", i),
				Pos:      diag.Pos{Line: line + 1, Column: 1},
				Severity: severity, Rule: "space", Text: "leading space"})
		}
	}
	return list
}

func TestGitHubShowsWhatItCan(t *testing.T) {
	tests := []struct {
		name     string
		findings diag.List
		lines    int
		last     string
	}{
		{"ten in one file", many(1, 10, diag.Error), 10,
			"::error file=f00.toml,line=10,col=1,title=space::leading space"},
		{"eleven in one file", many(1, 11, diag.Error), 1, "%0A11:1: leading space (space)"},
		{"thirty in one file", many(1, 30, diag.Error), 1,
			"%0A20:1: leading space (space)%0Aand 10 more"},
		{"ten files", many(10, 3, diag.Warning), 10,
			"::warning file=f09.toml,line=1,col=1,title=3 warnings::1:1: leading space (space)%0A2:1: " +
				"leading space (space)%0A3:1: leading space (space)"},
		{"eleven files", many(11, 1, diag.Warning), 10,
			"::warning title=more::2 warnings more in 2 files; the summary of this run lists them"},
		{"errors and warnings", append(many(12, 1, diag.Warning), many(12, 1, diag.Error)...), 20,
			"::warning title=more::3 warnings more in 3 files; the summary of this run lists them"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSuffix(output(t, report.GitHub, tt.findings), "\n"), "\n")
			if len(lines) != tt.lines || !strings.HasSuffix(lines[len(lines)-1], tt.last) {
				t.Errorf("%d lines, the last one %q", len(lines), lines[len(lines)-1])
			}
			if first := lines[0]; tt.name == "errors and warnings" && !strings.HasPrefix(first, "::error ") {
				t.Errorf("the first is %q", first)
			}
		})
	}
}

func TestSummaryIsBounded(t *testing.T) {
	out := output(t, report.Summary, many(10, 200, diag.Error))
	if !strings.HasSuffix(out, "\n1500 more findings are left out.\n") ||
		!strings.HasPrefix(out, "2000 errors, 0 warnings\n") || len(out) > 1<<20 {
		t.Errorf("%d bytes, the end is %q", len(out), out[len(out)-60:])
	}
}

// TestSARIF holds the output against what the standard and code scanning ask for.
func TestSARIF(t *testing.T) {
	var log struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct {
				Driver struct {
					Name, Version, InformationURI string
					Rules                         []struct {
						ID               string
						ShortDescription struct{ Text string }
						HelpURI          string
						Default          struct{ Level string } `json:"defaultConfiguration"`
					}
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	decode(t, output(t, formats["sarif"], findings()), &log)
	if log.Version != "2.1.0" || !strings.HasPrefix(log.Schema, "https://") || len(log.Runs) != 1 ||
		log.Runs[0].ColumnKind != "unicodeCodePoints" {
		t.Fatalf("got %+v", log)
	}
	driver, results := log.Runs[0].Tool.Driver, log.Runs[0].Results
	if driver.Name != "errlingo" || driver.Version != "v1.2.3" || len(driver.Rules) != 5 ||
		len(results) != 5 {
		t.Fatalf("got %+v", log)
	}
	var uris []string
	for _, r := range results {
		if driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("rule %d is not %q", r.RuleIndex, r.RuleID)
		}
		if r.Level != "error" && r.Level != "warning" || r.Message.Text == "" {
			t.Errorf("got %+v", r)
		}
		for _, l := range r.Locations {
			uris = append(uris, l.PhysicalLocation.ArtifactLocation.URI)
			if region := l.PhysicalLocation.Region; region != nil &&
				(region.StartLine < 1 || region.StartColumn < 1) {
				t.Errorf("got %+v", region)
			}
		}
	}
	if want := []string{"a%20dir/with:%20100%25,%20%C3%BC.go", "locales/de.toml", "locales/de.toml",
		"locales/fr.toml"}; !slices.Equal(uris, want) {
		t.Errorf("got %q, want %q", uris, want)
	}
}

func TestSARIFWithoutAColumn(t *testing.T) {
	out := output(t, formats["sarif"], diag.List{{File: "a", Pos: diag.Pos{Line: 3}, Text: "gone"}})
	if !strings.Contains(out, `"startLine": 3`) || strings.Contains(out, "startColumn") {
		t.Errorf("a column counts from 1, got %s", out)
	}
}

func TestTextKeepsJoiners(t *testing.T) {
	if out := output(t, report.Text,
		diag.List{{Text: "نمی\u200cشود \u2068x\u2069"}}); out != "warning: نمی\u200cشود "+
		"\\u2068x\\u2069\n" {
		t.Errorf("got %q", out)
	}
}

func TestSARIFWithoutFindingsHasEmptyLists(t *testing.T) {
	out := output(t, formats["sarif"], nil)
	if !strings.Contains(out, `"results": []`) || !strings.Contains(out, `"rules": []`) {
		t.Errorf("code scanning wants lists, got %s", out)
	}
}

// TestJUnit checks that the counts are right and that only elements and attributes are written that
// all schemas allow, in their order, and all that one of them requires.
func TestJUnit(t *testing.T) {
	type suite struct{ name, tests, failures, errors, skipped string }
	var root map[string]string
	var suites []map[string]string
	cases, failures := map[string]int{}, map[string]int{}
	attributes := map[string]string{ // required ones; no others may be there
		"testsuites": "tests failures errors time",
		"testsuite":  "name tests failures errors skipped time",
		"testcase":   "classname name time",
		"failure":    "type message",
		"system-out": "",
	}
	parents := map[string]string{
		"testsuites": "", "testsuite": "testsuites", "testcase": "testsuite",
		"failure": "testcase", "system-out": "testcase",
	}
	path := []string{""}
	out := output(t, formats["junit"], findings())
	d := xml.NewDecoder(strings.NewReader(out))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if parent, ok := parents[name]; !ok || parent != path[len(path)-1] {
				t.Errorf("<%s> in <%s>", name, path[len(path)-1])
			}
			path = append(path, name)
			values, names := map[string]string{}, []string{}
			for _, a := range e.Attr {
				values[a.Name.Local] = a.Value
				names = append(names, a.Name.Local)
			}
			if got := strings.Join(names, " "); got != attributes[name] {
				t.Errorf("<%s> has the attributes %s, want %s", name, got, attributes[name])
			}
			switch name {
			case "testsuites":
				root = values
			case "testsuite":
				suites = append(suites, values)
			case "testcase":
				cases[suites[len(suites)-1]["name"]]++
			case "failure":
				failures[suites[len(suites)-1]["name"]]++
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
	var got []suite
	for _, s := range suites {
		got = append(got, suite{s["name"], s["tests"], s["failures"], s["errors"], s["skipped"]})
		if s["tests"] != strconv.Itoa(cases[s["name"]]) ||
			s["failures"] != strconv.Itoa(failures[s["name"]]) {
			t.Errorf("%s: says %v, has %d and %d", s["name"], s, cases[s["name"]], failures[s["name"]])
		}
	}
	want := []suite{
		{"a dir/with: 100%, ü.go", "1", "1", "0", "0"},
		{"errlingo", "1", "1", "0", "0"},
		{"locales/de.toml", "2", "1", "0", "0"},
		{"locales/fr.toml", "1", "0", "0", "0"},
		{"locales/pl.toml", "1", "0", "0", "0"},
	}
	if !slices.Equal(got, want) || root["tests"] != "6" || root["failures"] != "3" {
		t.Errorf("got %v in %v, want %v", got, root, want)
	}
}

// TestJUnitSchema validates what is written by a schema that has what Jenkins and Surefire agree on.
func TestJUnitSchema(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed; Debian has it in libxml2-utils")
	}
	for name, list := range map[string]diag.List{
		"some": findings(), "none": nil, "many": many(3, 200, diag.Error),
	} {
		cmd := exec.Command(xmllint, "--noout", "--schema", "testdata/junit.xsd", "-")
		cmd.Stdin = strings.NewReader(output(t, formats["junit"], list))
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
	}
}

func TestJUnitWithoutFilesPasses(t *testing.T) {
	out := output(t, func(w io.Writer, l diag.List) error { return report.JUnit(w, l, nil) }, nil)
	if !strings.Contains(out, `tests="1" failures="0"`) || !strings.Contains(out, "<testcase") {
		t.Errorf("got %s", out)
	}
}

// FuzzFormats checks that whatever a finding quotes, text has one line for it and one for its hint,
// GitHub's has one line, and the documents can be read.
func FuzzFormats(f *testing.F) {
	for _, x := range findings() {
		f.Add(x.File, x.Text, x.Hint)
	}
	f.Add("\x00:", "\xff\ufffe\ud7ff", "\u2028::error::")
	f.Fuzz(func(t *testing.T, file, text, hint string) {
		list := diag.List{{File: file, Pos: diag.Pos{Line: 1, Column: 1}, Severity: diag.Error,
			Rule: "html", Text: text, Hint: hint}}
		lines := 1
		if hint != "" {
			lines = 2
		}
		out := output(t, report.Text, list)
		if strings.Count(out, "\n") != lines {
			t.Errorf("text: %q", out)
		}
		for line := range strings.Lines(out) {
			check(t, strings.TrimSuffix(line, "\n"))
		}
		out = output(t, report.GitHub, list)
		if strings.Count(out, "\n") != 1 || !strings.HasPrefix(out, "::error ") {
			t.Errorf("github: %q", out)
		}
		check(t, strings.TrimSuffix(strings.TrimPrefix(out, "::error "), "\n"))
		for _, name := range []string{"json", "sarif"} {
			if out := output(t, formats[name], list); !json.Valid([]byte(out)) {
				t.Errorf("%s: %q", name, out)
			}
		}
		if err := xml.Unmarshal([]byte(output(t, formats["junit"], list)), new(struct{})); err != nil {
			t.Errorf("junit: %v", err)
		}
	})
}

func output(t *testing.T, write func(io.Writer, diag.List) error, list diag.List) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func decode(t *testing.T, document string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(document), into); err != nil {
		t.Fatalf("%v in\n%s", err, document)
	}
}
