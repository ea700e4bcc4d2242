package main

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// trackedIn returns a function that asks git whether a locale has, or had, a state.
func (a *app) trackedIn(ctx context.Context, d *domain) func(language.Tag) bool {
	return func(tag language.Tag) bool {
		name := path.Join(d.folder.Path, merge.StateName(tag))
		return a.gitLine(ctx, d.folder.Base, "ls-files", "--", name) != "" ||
			a.gitLine(ctx, d.folder.Base, "rev-list", "--max-count=1", "HEAD", "--", name) != ""
	}
}

// recordedIn are the commits whose states count besides those in the folders: the last one, and the
// one that is being merged or picked.
var recordedIn = []string{"HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD"}

// readRecorded reads the states that git has recorded, so that a merge or an old version of a state
// loses no fact. One call of git says which of them differ from those in the folders; most often
// none does. What git lacks, as a shallow or partial clone may, does not count.
func (a *app) readRecorded(ctx context.Context, p *project) {
	dir := p.domains[0].folder.Base // That of all: --locales needs exactly one domain.
	if repositoryRoot(dir) == "" {
		return
	}
	type version struct {
		*domain
		tag language.Tag
	}
	var all, others []version
	var names, objects []string
	for _, d := range p.domains {
		for _, tag := range d.tags() {
			for _, commit := range recordedIn {
				all = append(all, version{d, tag})
				names = append(names, commit+":./"+path.Join(d.folder.Path, merge.StateName(tag)))
			}
		}
	}
	found, err := a.objects.Sizes(ctx, dir, names)
	if err != nil {
		return
	}
	for i, v := range all {
		object := found[i].Name
		if object != "" && found[i].Size <= tomldoc.MaxSize &&
			object != v.stateObject(v.tag, len(object)) {
			others, objects = append(others, v), append(objects, object)
		}
	}
	contents, err := a.objects.Read(ctx, dir, objects)
	if err != nil {
		return
	}
	for i, v := range others {
		if v.recorded == nil {
			v.recorded = map[language.Tag][][]byte{}
		}
		if contents[i].Content != nil {
			v.recorded[v.tag] = append(v.recorded[v.tag], contents[i].Content)
		}
	}
}

// stateObject returns the name that git has for the state of a locale as it is now, in the length
// that names have in the repository. It is "" if there is no state.
func (d *domain) stateObject(tag language.Tag, length int) string {
	opened, err := d.folder.Open()
	if err != nil || opened == nil {
		return ""
	}
	defer opened.Close()
	src, err := opened.Read(merge.StateName(tag), tomldoc.MaxSize)
	if err != nil {
		return "" // Whoever plans for the locale reports it.
	}
	h := sha1.New()
	if length == hex.EncodedLen(sha256.Size) {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", len(src))
	h.Write(src)
	return hex.EncodeToString(h.Sum(nil))
}

// readAncestor returns the version of a locale file that both sides of a conflict were made from,
// as git has it until the conflict counts as resolved. It is empty if both sides added the file,
// and nil if it is not known.
func (a *app) readAncestor(ctx context.Context, d *domain, file string) []byte {
	dir := d.folder.Base
	if repositoryRoot(dir) == "" {
		return nil
	}
	const ancestor, ours, theirs = 1, 2, 3 // as git numbers the stages
	var names []string
	for _, stage := range []int{ancestor, ours, theirs} {
		names = append(names, fmt.Sprintf(":%d:./%s", stage, path.Join(d.folder.Path, file)))
	}
	stages, err := a.objects.Sizes(ctx, dir, names)
	if err != nil || stages[ours-1].Name == "" || stages[theirs-1].Name == "" ||
		stages[ancestor-1].Size > tomldoc.MaxSize {
		return nil
	}
	if stages[ancestor-1].Name == "" {
		return []byte{}
	}
	src, err := a.readObject(ctx, dir, stages[ancestor-1].Name)
	if err != nil {
		return nil
	}
	return src
}

// mostStates is how many versions of a state are searched for what it has lost.
const mostStates = 1000

// historyIn returns the function that gives the lines that a state had in any commit up to the last
// one, whether or not a merge or a later commit has dropped them.
func (a *app) historyIn(ctx context.Context, d *domain) func(language.Tag) []byte {
	return func(tag language.Tag) []byte {
		name := path.Join(d.folder.Path, merge.StateName(tag))
		revisions, err := a.git(ctx, d.folder.Base, "rev-list", "--full-history",
			fmt.Sprintf("--max-count=%d", mostStates), "HEAD", "--", name)
		if err != nil || len(revisions) == 0 {
			return nil
		}
		// If git fails, as in a partial clone, what it has written until then counts.
		patch, _ := a.gitInput(ctx, d.folder.Base, bytes.NewReader(revisions), "diff-tree", "--stdin",
			"-m", "--root", "-p", "-U0", "--text", "--no-renames", "--no-color", "--no-ext-diff",
			"--no-textconv", "--", name)
		var added []byte
		for line := range bytes.Lines(patch) {
			if line, ok := bytes.CutPrefix(line, []byte("+")); ok && !bytes.HasPrefix(line, []byte("++ ")) {
				added = append(added, line...)
			}
		}
		return added
	}
}

// mostRevisions is how many revisions are searched for former source texts.
const mostRevisions = 100

// olderIn returns a function that returns the source texts that a text had in git, newest first. It
// runs git when it is called for the first time.
func (a *app) olderIn(
	ctx context.Context, d *domain, renamed map[string]string,
) func(localefile.ID) []string {
	history := sync.OnceValue(func() map[localefile.ID][]string {
		name := path.Join(d.folder.Path, d.Source.String()+localefile.Ext)
		revisions, err := a.git(ctx, d.folder.Base, "rev-list",
			fmt.Sprintf("--max-count=%d", mostRevisions), "HEAD", "--", name)
		if err != nil {
			return nil
		}
		texts := map[localefile.ID][]string{}
		add := func(src []byte) {
			file, _, _ := localefile.Read(name, d.Source, src)
			for i := range file.Entries {
				id := file.Entries[i].ID
				if to, ok := renamed[id.Name]; ok {
					id.Name = to
				}
				for _, form := range file.Entries[i].Forms {
					if form.Text != "" && !slices.Contains(texts[id], form.Text) {
						texts[id] = append(texts[id], form.Text)
					}
				}
			}
		}
		// A few at a time, since each is a whole file.
		for batch := range slices.Chunk(strings.Fields(string(revisions)), 16) {
			for i := range batch {
				batch[i] += ":./" + name
			}
			versions, err := a.objects.Read(ctx, d.folder.Base, batch)
			if err != nil {
				continue // A partial clone lacks some.
			}
			for _, v := range versions {
				if v.Content != nil { // else the revision deletes the file
					add(v.Content)
				}
			}
		}
		return texts
	})
	return func(id localefile.ID) []string { return history()[id] }
}

// checkState returns the findings about states for which nothing may be written: git ignores the
// states, or one has no locale file. With --allow-shrink, the plan removes such a state instead.
func (a *app) checkState(ctx context.Context, j *job) diag.List {
	unusable := a.checkIgnored(ctx, j.domain)
	for _, o := range j.orphans {
		if path.Ext(o.name) != ".lock" || o.tag == j.Source {
			continue
		}
		if a.allowShrink {
			j.changes = append(j.changes, change{o.name, o.src, nil})
			j.say("%s: removed, since there is no %v%s", o.name, o.tag, localefile.Ext)
			continue
		}
		hint := "restore the file; to drop the language, use --allow-shrink"
		if other := j.fileWithoutState(); other != nil {
			hint = fmt.Sprintf("if the file was renamed, run %q; %s",
				fmt.Sprintf("%s move %v %v", a.call(), o.tag, other.Tag), hint)
		}
		unusable = append(unusable, ruleOrphan.At(j.folder.File(o.name), diag.Pos{},
			fmt.Sprintf("the state of %v has no locale file, %v%s", o.tag, o.tag, localefile.Ext), hint))
	}
	return unusable
}

// fileWithoutState returns a locale file without a state, or nil.
func (d *domain) fileWithoutState() *merge.File {
	for i := range d.files {
		f := &d.files[i]
		content := f.Content
		if f.Read != nil {
			content, _ = f.Read()
		}
		if content.State == nil && f.Tag != d.Source {
			return f
		}
	}
	return nil
}

// checkIgnored returns a finding if git ignores the states. They would then be on one machine only,
// and all others would take old translations for new ones.
func (a *app) checkIgnored(ctx context.Context, d *domain) diag.List {
	if repositoryRoot(d.folder.Abs()) == "" {
		return nil
	}
	out, err := a.git(ctx, d.folder.Base, "--no-literal-pathspecs", "check-ignore", "--verbose", "--",
		path.Join(d.folder.Path, merge.StateName(d.Source)),
		path.Join(d.folder.Path, merge.ObsoleteName(d.Source)))
	if err != nil {
		return nil // Exit code 1: git ignores neither.
	}
	for line := range strings.Lines(string(out)) {
		rule, _, _ := strings.Cut(line, "\t")
		place, pattern := cutLast(rule, ":")
		if strings.HasPrefix(pattern, "!") {
			continue // The rule that matched says that git does not ignore the file.
		}
		return diag.List{ruleIgnored.At(d.folder.File(merge.StateDir), diag.Pos{},
			fmt.Sprintf("git ignores this folder because of the rule %q in %s", pattern, place),
			"commit the folder; the lines \"!_state/\" and \"!**/_state/*\" "+
				"after that rule make git see it")}
	}
	return nil
}

func cutLast(s, sep string) (before, after string) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):]
	}
	return s, ""
}

// outdated returns a finding for each file that is out of date. A target's locale file is up to
// date if only its comments differ from the plan, and its state may differ too: a translator's pull
// request from a browser has neither updated comments nor an updated state. With conflict markers
// it is out of date, since no program can load it. With --exact, every byte counts.
func (a *app) outdated(j *job) diag.List {
	plans := map[string]*merge.FilePlan{}
	for i := range j.plan.Files {
		f := &j.plan.Files[i]
		plans[base(f.Name)], plans[merge.StateName(f.Tag)], plans[merge.ObsoleteName(f.Tag)] = f, f, f
	}
	call := a.call()
	if a.base != "" {
		call += " --base " + inShell(a.base)
	}
	hint := fmt.Sprintf("run %q", call)
	if j.breaks() {
		hint = fmt.Sprintf("first fix the errors about codes, then run %q", call)
	}
	var findings diag.List
	for _, c := range j.netChanges() {
		if c.name == attributesName {
			continue // It is written together with a file that is reported.
		}
		f := plans[c.name]
		_, _, conflict := localefile.Sides(c.old)
		conflict = conflict && f != nil && c.name == base(f.Name)
		if f != nil && !a.exact && !conflict {
			isText := c.name == base(f.Name)
			if f.Role == state.Source && !isText && !f.Learned || f.Role != state.Source && !(isText &&
				f.MeansOther()) {
				continue
			}
		}
		found := ruleOutdated.At(j.folder.File(c.name), diag.Pos{}, "", hint)
		switch {
		case c.old == nil && c.name == ledger.Name:
			found.Text = "the ledger does not exist yet"
		case c.old == nil:
			found.Text = "the file does not exist yet"
		case c.new == nil:
			found.Text = "the file has to be removed"
		default:
			found.Text, found.Pos = "out of date from here on", firstDifference(c.old, c.new)
			switch {
			case c.name == ledger.Name:
				found.Text += becomes(c)
			case conflict:
				found.Text = "a merge conflict that extract can resolve"
			}
		}
		findings = append(findings, found)
	}
	return findings
}

// addOrphans removes the obsolete texts of locales that have no file.
func (j *job) addOrphans() {
	for _, o := range j.orphans {
		if path.Ext(o.name) == ".obsolete" {
			j.changes = append(j.changes, change{o.name, o.src, nil})
			j.say("%s: removed", o.name)
		}
	}
}

func (a *app) moveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "move from to",
		Short: "Change the language tag of a locale file",
		Long: `Move renames the locale file of a language, such as from pt to pt-BR, together with what
extract knows about its translations. If you have already renamed the file itself, move
renames the rest.`,
		Example:           `  extract move pt pt-BR`,
		Args:              arguments(cobra.ExactArgs(2)),
		ValidArgsFunction: a.completeTags,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			from, err := parseTag(args[0])
			if err != nil {
				return err
			}
			to, err := parseTag(args[1])
			if err != nil {
				return err
			}
			_, err = a.update(cmd.Context(), nil, func(_ context.Context, p *project) (*work, error) {
				return a.planMove(p, from, to)
			})
			return err
		},
	}
}

// planMove plans to rename the files of a locale in each domain that has them.
func (a *app) planMove(p *project, from, to language.Tag) (*work, error) {
	w := &work{project: p}
	for _, d := range p.domains {
		moved, there := d.contentOf(from), d.contentOf(to)
		switch {
		case moved.Text == nil && moved.State == nil:
			continue
		case from == d.Source || to == d.Source:
			return nil, fail(fmt.Sprintf("the source locale of domain %q is %v", d.Name, d.Source),
				"its file is written from Go")
		}
		j := &job{domain: d, plan: &merge.Plan{}}
		for _, one := range []struct {
			from, to   string
			src, there []byte
		}{
			{merge.ObsoleteName(from), merge.ObsoleteName(to), moved.Obsolete, there.Obsolete},
			{from.String() + localefile.Ext, to.String() + localefile.Ext, moved.Text, there.Text},
			{merge.StateName(from), merge.StateName(to), moved.State, there.State},
			{merge.DraftName(from), merge.DraftName(to), d.draftFiles[from], d.draftFiles[to]},
		} {
			switch {
			case one.src == nil:
				continue
			case one.there == nil:
				j.changes = append(j.changes, change{one.to, nil, one.src})
			case !bytes.Equal(one.src, one.there): // If equal, it is left from an interrupted run.
				return nil, failFile(d.folder.File(one.to), errors.New("the file exists"),
					"delete it if it is not needed")
			}
			j.changes = append(j.changes, change{one.from, one.src, nil})
			j.say("%s: now %s", one.from, one.to)
		}
		w.jobs = append(w.jobs, j)
	}
	if len(w.jobs) == 0 {
		return nil, a.noFile(from)
	}
	return w, nil
}

// contentOf returns the files of a locale. Those that don't exist are nil.
func (d *domain) contentOf(tag language.Tag) merge.Content {
	if f := d.file(tag); f != nil {
		return f.Content
	}
	var c merge.Content
	for _, o := range d.orphans {
		switch o.name {
		case merge.StateName(tag):
			c.State = o.src
		case merge.ObsoleteName(tag):
			c.Obsolete = o.src
		}
	}
	return c
}
