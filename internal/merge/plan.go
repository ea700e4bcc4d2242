// Package merge compares what a domain declares with its locale files and plans what has to change in them. It reads and
// writes no file.
//
// What happens to a text, and when, is described in docs/locale-file.md, for those who edit such files.
package merge

import (
	"bytes"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Input is what a plan is made of. It is only read, and may be used for several plans.
type Input struct {
	Domain *model.Domain
	Dir    string // folder of the files, slash-separated: what the name of a source file begins with that is to be created
	Files  []File // all locale files of the domain, in any order

	// Inspect, if it is not nil, is called for each file that exists, with what the file was read as. That is given up
	// afterwards, since all files together would take many times their size. The calls come from several goroutines at a
	// time, in any order, and also where there will be no plan because of another file.
	Inspect func(*FilePlan, *localefile.File)
}

// File is a locale file as it stands.
type File struct {
	Name  string // slash-separated, as findings shall show it
	Tag   language.Tag
	Bytes []byte

	// Read returns the bytes in the place of Bytes, if it is set. They are kept for no longer than the file is looked at,
	// unless it changes. It is called from several goroutines at a time. Its error, best a [diag.Finding], makes the file
	// unusable.
	Read func() ([]byte, error)
}

func (f *File) content() ([]byte, error) {
	if f.Read == nil {
		return f.Bytes, nil
	}
	return f.Read()
}

// Plan is what has to change in the files of a domain.
type Plan struct {
	Files    []FilePlan // the source locale's first, the others by tag
	Findings diag.List  // sorted, those of reading the files among them
}

// FilePlan is what has to change in one file.
type FilePlan struct {
	Name    string
	Tag     language.Tag
	Source  bool             // it is the source locale's
	Variant bool             // it has only what differs from its parent, so that nothing is missing in it
	Old     []byte           // nil for a file that does not exist yet, and for an unchanged one that has a Read
	New     []byte           // the same as Old if nothing changes
	Changes []tomldoc.Change // the edits that make New of Old, in their order
	Meaning Meaning          // what Changes change in the file's meaning
	Summary Summary
	Left    []Text // the texts that are not Translated, in the domain's order
	live    int    // texts that stood in Old
}

// Text is a text of the domain in one locale.
type Text struct {
	ID    localefile.ID
	State State    // after the plan
	Pos   diag.Pos // in the file as it was; zero for a text that does not stand there
}

// Changed reports whether any file changes.
func (p *Plan) Changed() bool {
	return slices.ContainsFunc(p.Files, func(f FilePlan) bool { return f.Changed() })
}

// Changed reports whether the file changes.
func (f *FilePlan) Changed() bool { return f.Old == nil && f.New != nil || !bytes.Equal(f.Old, f.New) }

// shrinkFloor is how many texts must go for a file to shrink: a code has up to three, and a small file is mended by hand.
const shrinkFloor = 3

// Shrinks reports whether at least 3 texts, and more than a third of those that stand in the file, are to be parked at
// once, which is more often a mistake than a change of mind. A variant never shrinks: it may have few texts or none.
func (f *FilePlan) Shrinks() bool {
	return !f.Variant && f.Summary.Parked >= shrinkFloor && 3*f.Summary.Parked > f.live
}

// Make plans how the files are brought up to date with the domain. If files cannot be read as TOML there is no plan, and
// unusable says why.
func Make(in Input) (all *Plan, unusable diag.List) {
	return plan(in, func(p *planner) { p.sync() }, true)
}

// plan plans with the given step for each file. If create is true, a missing source file is one of them.
func plan(in Input, step func(*planner), create bool) (*Plan, diag.List) {
	w := newWanted(in, create)
	files := make([]FilePlan, len(w.files))
	findings, syntax := make([]diag.List, len(files)), make([]diag.List, len(files))
	parallel(len(files), func(i int) {
		p, unusable := newPlanner(w, w.files[i])
		if syntax[i] = unusable; len(unusable) > 0 {
			return
		}
		step(p)
		files[i] = p.finish()
		findings[i] = p.findings
		if in.Inspect != nil && !p.create {
			in.Inspect(&files[i], p.file)
		}
	})
	if unusable := slices.Concat(syntax...); len(unusable) > 0 {
		unusable.Sort()
		return nil, unusable
	}
	all := &Plan{Files: files, Findings: slices.Concat(findings...)}
	all.Findings.Sort()
	return all, nil
}

// parallel calls f for 0 to n-1, as many at a time as there are processors.
func parallel(n int, f func(i int)) {
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			f(i)
		})
	}
	group.Wait()
}
