package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
)

// The elements of a JUnit report that build servers agree on.
type (
	junitReport struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		ClassName string        `xml:"classname,attr"`
		Name      string        `xml:"name,attr"`
		File      string        `xml:"file,attr,omitempty"`
		Line      int           `xml:"line,attr,omitempty"`
		Failure   *junitFailure `xml:"failure"`
		Output    string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Detail  string `xml:",chardata"`
	}
)

// JUnit writes the findings as test results in XML. Each file is a suite, and each finding a case of it: an error has
// failed, a warning has passed with its text as output. A file without a finding is a suite with one case that has passed,
// and so is a run without any file. The format has no standard; these are the elements that its readers share.
func JUnit(w io.Writer, findings diag.List, files []string) error {
	suites := map[string]*junitSuite{}
	suite := func(file string) *junitSuite {
		name := cmp.Or(printable(file), toolName)
		if suites[name] == nil {
			suites[name] = &junitSuite{Name: name}
		}
		return suites[name]
	}
	for _, file := range files {
		suite(file)
	}
	for _, f := range sorted(findings) {
		suite(f.File).add(f)
	}
	if len(suites) == 0 {
		suite("")
	}
	return writeXML(w, newJUnitReport(suites))
}

// newJUnitReport puts the suites together in the order of their names.
func newJUnitReport(suites map[string]*junitSuite) junitReport {
	var r junitReport
	for _, name := range slices.Sorted(maps.Keys(suites)) {
		suite := suites[name]
		if len(suite.Cases) == 0 {
			suite.Tests = 1
			suite.Cases = []junitCase{{ClassName: name, Name: "no findings"}}
		}
		r.Suites = append(r.Suites, *suite)
		r.Tests += suite.Tests
		r.Failures += suite.Failures
	}
	return r
}

func writeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(f diag.Finding) {
	c := junitCase{
		ClassName: s.Name,
		Name:      fmt.Sprintf("%s: %s", f.Rule, printable(f.Text)),
		File:      printable(f.File),
		Line:      f.Line,
	}
	if f.Line > 0 {
		c.Name = fmt.Sprintf("%d:%d %s", f.Line, f.Column, c.Name)
	}
	detail := message(f)
	if at := f.Position(); at != "" {
		detail = printable(at) + ": " + detail
	}
	s.Tests++
	if f.Severity == diag.Error {
		s.Failures++
		c.Failure = &junitFailure{f.Rule, printable(f.Text), detail}
	} else {
		c.Output = "warning: " + detail
	}
	s.Cases = append(s.Cases, c)
}
