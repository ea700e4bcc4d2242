// Package merge compares what a domain declares with its locale files and plans what has to change
// in them: in the files, in their states, and in the files of obsolete texts. It reads and writes
// no file.
//
// A plan is made like this, each step in a file of its own:
//
//   - domain.go prepares the messages of the domain, once for all files.
//   - read.go has a planner read one locale file, its state and its obsolete texts. The planners of
//     several files run at the same time.
//   - match.go finds out which entry of the file is which message, under which former name, and
//     which ones are gone.
//   - obsolete.go takes the texts that are gone out of the file, to be parked among the obsolete
//     ones, and brings back those that are declared again.
//   - write.go goes through the messages in their order. A text that the file has is brought up to
//     date, another one is added.
//   - table.go does so for one text. Package state judges it by the facts about it, and says which
//     ones are new; package localeedit plans the edits.
//   - planner.go has the edits made and checked. The outcome is a [FilePlan], of fileplan.go.
//
// [Make] goes all the way. [Accept], [Prune], [Export] and an [Editor] make at most one kind of
// change once the entries are matched. What a translator hands back comes in with import.go.
//
// docs/locale-file.md describes what happens to a text, and when, for those who edit such files.
package merge

import (
	"path"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/state"
)

// Input is what a plan is made of. It is only read, and may be used for several plans.
type Input struct {
	Domain *model.Domain
	Dir    string // folder of the files, slash-separated: what the name of a new file begins with
	Files  []File // all locale files of the domain, in any order

	// Overlay is the import path of the package that declares the domain, if that is in another module
	// and the files are an overlay of it. They have no source locale's file then: its texts before
	// this run count as those in Go.
	Overlay string

	// SourceState is the state of the source locale where its file does not exist.
	SourceState []byte

	// Recorded has other versions of the state of a locale, such as that of git's last commit. What
	// a state has lost, by a merge or because an old version of it was restored, comes from there.
	Recorded map[language.Tag][][]byte

	// History returns the lines that earlier versions of the state of a locale had, such as from git's
	// history. It is asked only about a locale with a wording that its state does not know, and may be
	// nil. The calls come from several goroutines at a time.
	History func(language.Tag) []byte

	// Renamed has the names of codes that the ledger knows under another name, by the former name.
	Renamed map[string]string

	// FormerParams returns the names that a param of a code has had, the oldest first, by which texts
	// are compared. Without it they are those that Go declares.
	FormerParams func(*model.Code, *model.Param) []string

	// Import has translations to take over, in a file that a translator hands back. It may be nil.
	Import *exchange.File

	// Adopt allows that a file without a state is taken over even if there are signs that it had one.
	Adopt bool

	// Review says that texts that were written since the last run are to be reviewed.
	Review bool

	// Displayed says that states are not at hand, as in a program, which embeds the locale files
	// alone. Then what the table of a text shows is its state.
	Displayed bool

	// RefuseShrink says that [Make] shall plan nothing for a file that shrinks, since the plan would
	// be large and of no use. See [FilePlan.Shrinks].
	RefuseShrink bool

	// Tracked reports whether there was a state of the locale before, by the word of git. It is asked
	// only about a file without one. It may be nil.
	Tracked func(language.Tag) bool

	// Older returns source texts that a text had before, such as from git's history. It is asked only
	// about a stale form whose source text nothing else knows, and may be nil. The calls come from
	// several goroutines at a time.
	Older func(localefile.ID) []string

	// Inspect, if it is not nil, is called for each file that exists, with what the file was read as.
	// That must not be kept, since the next file is read in the same memory. The calls come from
	// several goroutines at a time, in any order, and also where there will be no plan because of
	// another file.
	Inspect func(*FilePlan, *localefile.File)

	// After says that findings and positions shall be those of the files as they are after the plan,
	// and that Inspect gets these. Without it they are those of the files as they are.
	After bool
}

// File is a locale file as it is, with the files that belong to it.
type File struct {
	Name string // slash-separated, as findings shall show it
	Tag  language.Tag
	Content

	// Read returns the content in the place of Content, if it is set. That is kept for no longer than
	// the file is looked at, unless it changes. It is called from several goroutines at a time. Its
	// error, best a [diag.Finding], makes the file unusable.
	Read func() (Content, error)
}

// Content is the bytes of a locale file and of those that belong to it.
type Content struct {
	Text     []byte
	State    []byte // nil if there is no such file
	Obsolete []byte // nil if there is no such file

	// Ancestor is the locale file that both sides of conflict markers in Text were made from, empty
	// if both added the file. It is nil if that is not known.
	Ancestor []byte
}

func (f *File) content() (Content, error) {
	if f.Read == nil {
		return f.Content, nil
	}
	return f.Read()
}

// StateDir is the folder beside the locale files that has their states and obsolete texts.
const StateDir = "_state"

// StateName and ObsoleteName return the names, within the folder of the locale files, of the files
// that belong to the file of a locale.
func StateName(tag language.Tag) string { return path.Join(StateDir, tag.String()+".lock") }

// ObsoleteName is described at [StateName].
func ObsoleteName(tag language.Tag) string { return path.Join(StateDir, tag.String()+".obsolete") }

// DraftName returns the name of the file with the drafts of a locale, likewise.
func DraftName(tag language.Tag) string { return path.Join(StateDir, tag.String()+".draft") }

// Plan is what has to change in the files of a domain.
type Plan struct {
	Files    []FilePlan // the source locale's first, the others by tag
	Findings diag.List  // sorted, those of reading the files among them
}

// Changed reports whether any file changes.
func (p *Plan) Changed() bool {
	return slices.ContainsFunc(p.Files, func(f FilePlan) bool {
		return f.Changed() || f.State.Changed() || f.Obsolete.Changed()
	})
}

// Make plans how the files are brought up to date with the domain. If files cannot be used there is
// no plan, and unusable says why.
func Make(in Input) (all *Plan, unusable diag.List) {
	return plan(in, func(p *planner) { p.sync() }, true)
}

// Accept plans that the translations that match, in the file of the given locale, count as made
// from the source text as it is, with the mark: [state.Rejected] refuses them. Nothing else changes
// in the file, and no other file is part of the plan. A text that is missing is left out of
// [Summary.Accepted].
func Accept(
	in Input, tag language.Tag, mark state.Mark, match func(localefile.ID) bool,
) (*Plan, diag.List) {
	all, unusable := plan(in, func(p *planner) {
		if p.Tag == tag {
			p.match()
			p.survey(func(t *table) state.Result {
				if match(t.ID) && !t.forms.Missing() {
					return t.accept(mark)
				}
				return t.judge()
			})
		}
	}, false)
	if all == nil {
		return nil, unusable
	}
	all.Files = slices.DeleteFunc(all.Files, func(f FilePlan) bool { return f.Tag != tag })
	all.Findings = slices.DeleteFunc(all.Findings, func(f diag.Finding) bool {
		return !slices.ContainsFunc(all.Files, func(plan FilePlan) bool { return plan.Name == f.File })
	})
	return all, unusable
}

// Prune plans that every obsolete text is deleted, with all that the states know about texts that
// neither the domain nor a file has. Nothing else changes.
func Prune(in Input) (*Plan, diag.List) {
	return plan(in, func(p *planner) { p.prune() }, false)
}

// plan plans with the given step for each file. If create is true, a missing source file is one of
// them.
func plan(in Input, step func(*planner), create bool) (*Plan, diag.List) {
	d := newDomain(in, create)
	files := make([]FilePlan, len(d.files))
	findings, faults := make([]diag.List, len(files)), make([]diag.List, len(files))
	readers := sync.Pool{New: func() any { return new(localefile.Reader) }}
	parallel(len(files), func(i int) {
		reader := readers.Get().(*localefile.Reader)
		defer readers.Put(reader) // Nothing of the file but its texts is kept.
		p, unusable := newPlanner(d, d.files[i], reader)
		if faults[i] = unusable; len(unusable) > 0 {
			return
		}
		step(p)
		file := p.finish()
		files[i], findings[i] = p.FilePlan, p.findings
		if in.Inspect != nil && (in.After || !p.create) {
			in.Inspect(&files[i], file)
		}
	})
	if unusable := slices.Concat(faults...); len(unusable) > 0 {
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
