package errlingo

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/pattern"
)

// source is a [Source] and what was read from it, so that a reload reads only what changed and
// keeps what was good.
type source struct {
	Source
	files map[string]*loaded // by path
	// The files have few of the domain's texts, and these are kept alone.
	sparse bool
}

// loaded is a locale file as it was read last.
type loaded struct {
	tag      language.Tag
	src      *string          // the last content, good or not; nil if it is unknown
	texts    localefile.Texts // none if the source is sparse
	sparse   sparseTexts      // if it is
	findings diag.List        // about single texts
	faults   diag.List        // why src can't be used; empty if it can
	reported bool             // OnEvent was called for the findings and faults
	good     bool             // texts is usable, though perhaps from an earlier version
	kept     bool             // some texts are from an earlier version since src lacks them
}

// load reads all sources. The snapshot is always usable; the error lists the files that aren't.
func (b *Bundle) load(ctx context.Context, drop bool) (*snapshot, error) {
	var unreadable diag.List
	schemas := map[*catalog.Domain]*localefile.Schema{}
	for _, s := range b.sources {
		schema := schemas[s.Domain]
		if schema == nil {
			schema = localefile.NewSchema(access.Model(s.Domain))
			schemas[s.Domain] = schema
		}
		if fault := s.load(ctx, schema, drop); fault != nil {
			unreadable = append(unreadable, *fault)
		}
	}
	return b.assemble(), newFindings(b.reportFiles(unreadable)).err()
}

// all returns the sources and those that override them.
func (b *Bundle) all() []*source { return slices.Concat(b.sources, b.over) }

// assemble combines what all sources have read.
func (b *Bundle) assemble() *snapshot {
	var snap *snapshot
	if b.base != nil {
		snap = newLayer(b, b.base.texts(), overlaysOf(b.all()))
	} else {
		snap = newSnapshot(b)
	}
	snap.addFindings(b.all())
	return snap
}

// reportFiles calls OnEvent for files and texts that can't be used, once per version of a file. It
// returns the faults of all files.
func (b *Bundle) reportFiles(unreadable diag.List) diag.List {
	for _, f := range unreadable {
		b.report(Event{Kind: InvalidFile, Err: newFinding(f)})
	}
	all := unreadable
	for _, s := range b.all() {
		for _, name := range slices.Sorted(maps.Keys(s.files)) {
			file := s.files[name]
			all = append(all, file.faults...)
			for _, f := range file.findings {
				if f.Rule == ruleKept.ID {
					all = append(all, f)
				}
			}
			if file.reported {
				continue
			}
			file.reported = true
			kind, list := InvalidText, file.findings
			switch {
			case len(file.faults) > 0: // The findings are about an earlier version.
				kind, list = InvalidFile, file.faults
			case !file.good:
				kind = InvalidFile
			}
			for _, f := range list {
				event := Event{Kind: kind, Locale: file.tag, Err: newFinding(f)}
				if f.Rule == ruleKept.ID {
					event.Kind = KeptTexts
				}
				b.report(event)
			}
		}
	}
	return all
}

// load reads the files, as many at once as there are processors. It returns a finding if the folder
// can't be read. When the context ends, a file that is not read yet counts as unreadable.
func (s *source) load(ctx context.Context, schema *localefile.Schema, drop bool) *diag.Finding {
	if s.FS == nil {
		return nil
	}
	names, err := findFiles(ctx, s.FS)
	if err != nil {
		fault := diag.Unreadable("", err)
		fault.Text = fmt.Sprintf("domain %q: %s", s.Domain.Name(), fault.Text)
		return &fault
	}
	type result struct {
		name string
		file *loaded
	}
	// The channel has room for every result, so that a file system that blocks keeps one goroutine
	// and nothing else.
	results := make(chan result, len(names))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, name := range names {
		go func(before *loaded) {
			select {
			case slots <- struct{}{}:
				defer func() { <-slots }()
			case <-ctx.Done():
				return
			}
			results <- result{name, s.readFile(name, before, schema, drop)}
		}(s.files[name])
	}
	files := make(map[string]*loaded, len(names))
wait:
	for len(files) < len(names) {
		select {
		case r := <-results:
			files[r.name] = r.file
		case <-ctx.Done():
			break wait
		}
	}
	for _, name := range names {
		if files[name] == nil {
			tag, _ := localefile.TagOf(name)
			files[name] = s.files[name].invalid(tag, nil, diag.Unreadable(name, ctx.Err()))
		}
	}
	for name, before := range s.files {
		if files[name] == nil && before.good && !drop {
			files[name] = before.invalid(before.tag, nil, diag.Unreadable(name, fs.ErrNotExist))
		}
	}
	if _, drafts := s.FS.(drafts); len(files) == 0 && !drafts {
		files["."] = s.noFiles()
	}
	if before := s.files["."]; before != nil && files["."] != nil {
		files["."] = before
	}
	s.files = files
	return nil
}

// loadAll reads all files, none of which has been read before. It returns what is wrong with those
// that can't be used.
func (s *source) loadAll(ctx context.Context) error {
	var faults diag.List
	schema := localefile.NewSchema(access.Model(s.Domain))
	if fault := s.load(ctx, schema, false); fault != nil {
		faults = append(faults, *fault)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		faults = append(faults, s.files[name].faults...)
	}
	return newFindings(faults).err()
}

// The rules of loading. Those of the files and their texts are in packages that the command shares.
var (
	ruleKept = diag.Rule{ID: "kept-texts", Severity: diag.Error,
		Doc: "texts are gone after a reload, and their last good versions are still shown"}
	ruleNoFile = diag.Rule{ID: "no-file", Severity: diag.Warning,
		Doc: "a domain has no locale file"}
	ruleUnreachable = diag.Rule{ID: "unreachable-locale", Severity: diag.Warning,
		Doc: "texts were added in a locale that the first domain lacks, so no reader is shown them"}
)

// findFiles returns the names of the locale files. It does not wait for a file system that blocks.
func findFiles(ctx context.Context, fsys fs.FS) ([]string, error) {
	type result struct {
		names []string
		err   error
	}
	found := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if value := recover(); value != nil {
				r.err = panicError(value)
			}
			found <- r
		}()
		r.names, r.err = localefile.Find(fsys)
	}()
	select {
	case r := <-found:
		return r.names, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// noFiles warns of a file system without locale files, which is usually a mistake.
func (s *source) noFiles() *loaded {
	return &loaded{findings: diag.List{ruleNoFile.At("", diag.Pos{},
		fmt.Sprintf("domain %q has no locale file here", s.Domain.Name()),
		"put files such as de.toml into the folder locales or at the root")}}
}

// readFile reads one file. before is what was read last time, or nil. A panic of the file system is
// a fault of the file.
func (s *source) readFile(
	name string, before *loaded, schema *localefile.Schema, drop bool,
) (file *loaded) {
	tag, misnamed := localefile.TagOf(name)
	if misnamed != nil {
		if before != nil {
			return before
		}
		return &loaded{findings: diag.List{*misnamed}}
	}
	defer func() {
		if value := recover(); value != nil {
			file = before.invalid(tag, nil, diag.Unreadable(name, panicError(value)))
		}
	}()
	src, err := localefile.ReadFile(s.FS, name)
	switch {
	case err != nil:
		return before.invalid(tag, nil, diag.Unreadable(name, err))
	case before != nil && before.src != nil && *before.src == string(src) && !(drop && before.kept):
		return before
	}
	parsed, syntax, findings := localefile.Read(name, tag, src)
	if len(syntax) > 0 {
		content := string(src)
		return before.invalid(tag, &content, syntax...)
	}
	content := parsed.Doc.Source() // The texts are parts of it, so it takes no memory of its own.
	texts, more := parsed.Compile(schema)
	findings = append(findings, more...)
	file = &loaded{tag: tag, src: &content, texts: texts, findings: findings, good: true}
	if before != nil && before.good && !drop {
		last := &before.texts
		if s.sparse {
			last = before.sparse.all(&texts)
		}
		file.keep(name, last)
	}
	if s.sparse {
		file.sparse, file.texts = newSparse(&file.texts), localefile.Texts{}
	}
	file.findings.Sort()
	return file
}

// keep takes over the texts and forms of an earlier version that this one lacks: an editor may have
// saved half of the file, or emptied it before it writes.
func (l *loaded) keep(name string, before *localefile.Texts) {
	texts, count := *override(before, &l.texts), 0
	keep := func(kept, texts, before []pattern.Text) {
		for i := range texts {
			if text := &texts[i]; !text.Covers(&before[i]) {
				kept[i] = text.Over(&before[i])
				count++
			}
		}
	}
	keep(texts.Codes, l.texts.Codes, before.Codes)
	keep(texts.Phrases, l.texts.Phrases, before.Phrases)
	for i := range l.texts.Labels {
		if l.texts.Labels[i] == "" && before.Labels[i] != "" {
			count++
		}
	}
	if count == 0 {
		return
	}
	l.texts, l.kept = texts, true
	l.findings = append(l.findings, ruleKept.At(name, diag.Pos{},
		fmt.Sprintf("%d of the texts are incomplete, missing or invalid; "+
			"their last good versions are still shown", count),
		"restore them, or drop them with a restart or a reload with DropMissing"))
}

// invalid returns the file with new content that can't be used, and the texts from before.
func (l *loaded) invalid(tag language.Tag, src *string, faults ...diag.Finding) *loaded {
	kept := loaded{tag: tag}
	if l != nil {
		kept = *l
		if src == nil && len(l.faults) > 0 && l.src == nil && l.faults[0] == faults[0] {
			return l // The same fault as last time has been reported.
		}
	}
	kept.src, kept.faults, kept.reported = src, faults, false
	return &kept
}

// panicError returns what a file system panicked with, cut to a bounded length.
func panicError(value any) error {
	return fmt.Errorf("panic: %.200s", fmt.Sprint(value))
}
