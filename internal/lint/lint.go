// Package lint checks texts: those that a domain declares, and those of its locale files against them.
//
// Everything that is wrong with a text has a rule with a stable name; [Rules] is the table of them, and docs/lint.md tells
// it to users. A rule is switched off for a text by a translator's comment above its table, such as
//
//	# lint: allow same-as-source
//
// The package does no input or output, and it does not know how a file came to be as it is: whether a text is missing or
// stale is for package sync to say.
package lint

import (
	"slices"
	"sync"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
)

// Check returns what is wrong with the domain's texts in Go source and in the given files, sorted. The files must have
// been read without syntax findings; what [localefile.Read] says about their texts is not repeated.
//
// A file of the domain's source locale is a copy of what Go source says, so that only its placeholders are looked at.
// Comments that switch off a rule count in that file for the texts in Go source. Texts that a file does not have are
// never a finding here, so that a sparse file, such as de-AT beside de, is as good as a full one.
func Check(d *declared.Domain, files []*localefile.File) diag.List {
	c := newChecker(d)
	lists := make([]diag.List, len(files)+1)
	var wait sync.WaitGroup
	for i, f := range files {
		wait.Go(func() { lists[i] = c.file(f) })
	}
	lists[len(files)] = c.declaration(sourceFile(d, files))
	wait.Wait()
	findings := slices.Concat(lists...)
	findings.Sort()
	return findings
}

// sourceFile returns the file of the domain's source locale, or nil.
func sourceFile(d *declared.Domain, files []*localefile.File) *localefile.File {
	for _, f := range files {
		if f.Tag == d.Source {
			return f
		}
	}
	return nil
}

// checker is a domain, prepared for the check of many files. It is immutable once made.
type checker struct {
	domain    *declared.Domain
	schema    *localefile.Schema
	originals map[localefile.ID]*original
}

func newChecker(d *declared.Domain) *checker {
	c := &checker{domain: d, schema: Schema(d), originals: map[localefile.ID]*original{}}
	for m := range d.Messages() {
		c.originals[m.ID] = newOriginal(m)
	}
	return c
}

// Schema returns what the files of the domain may hold. Codes and labels have the index that they have in the domain.
func Schema(d *declared.Domain) *localefile.Schema {
	schema := localefile.NewSchema(declared.PartNames[:]...)
	for i := range d.Codes {
		code := &d.Codes[i]
		schema.AddCode(code.Name, &localefile.SchemaCode{
			Index: i,
			Param: func(name string) int { return paramIndex(code, name) },
			Names: paramNames(code),
		})
	}
	for i := range d.Labels {
		schema.AddLabel(d.Labels[i].Name, i)
	}
	return schema
}

// file returns what is wrong with the texts of a file.
func (c *checker) file(f *localefile.File) diag.List {
	remarks, findings := readRemarks(f)
	_, faults := f.Compile(c.schema)
	findings = append(findings, remarks.without(f, faults)...)
	if f.Tag == c.domain.Source {
		return findings
	}
	target := newLocale(f.Tag)
	for i := range f.Entries {
		e := &f.Entries[i]
		if o := c.originals[e.ID]; o != nil && !e.Missing() {
			s := entrySubject(f, e, target, remarks[e.ID])
			s.checkTarget(o, c.domain.Source)
			findings = append(findings, s.findings...)
		}
	}
	return findings
}

// declaration returns what is wrong with the texts in Go source. The file of the source locale, which may be nil, tells
// which rules are switched off.
func (c *checker) declaration(file *localefile.File) diag.List {
	var remarks remarksByID
	if file != nil {
		remarks, _ = readRemarks(file) // Its findings are reported with the file's others.
	}
	source := newLocale(c.domain.Source)
	var findings diag.List
	for m := range c.domain.Messages() {
		s := declaredSubject(m, source, remarks[m.ID])
		s.checkSource(c.originals[m.ID])
		findings = append(findings, s.findings...)
	}
	return findings
}
