package errlingo

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
)

// source is a [Source] and what was read from it, so that a reload reads only what changed and
// keeps what was good.
type source struct {
	Source
	files map[string]*loaded // by path
}

// loaded is a locale file as it was read last.
type loaded struct {
	tag      language.Tag
	src      []byte // the last content, good or not
	texts    localefile.Texts
	findings diag.List // about single texts
	faults   diag.List // why src can't be used; empty if it can
	reported bool      // OnEvent was called for the findings and faults
	good     bool      // texts is usable, though perhaps from an earlier content
}

// load reads all sources. The snapshot is always usable; the error lists the files that aren't.
func (b *Bundle) load() (*snapshot, error) {
	var unreadable diag.List
	schemas := map[*catalog.Domain]*localefile.Schema{}
	for _, s := range b.sources {
		schema := schemas[s.Domain]
		if schema == nil {
			schema = schemaOf(s.Domain)
			schemas[s.Domain] = schema
		}
		if fault := s.load(schema); fault != nil {
			unreadable = append(unreadable, *fault)
		}
	}
	return newSnapshot(b), newFindings(b.reportFiles(unreadable)).err()
}

// reportFiles calls OnEvent for files and texts that can't be used, once per version of a file. It
// returns the faults of all files.
func (b *Bundle) reportFiles(unreadable diag.List) diag.List {
	for _, f := range unreadable {
		b.report(Event{Kind: InvalidFile, Err: newFinding(f)})
	}
	all := unreadable
	for _, s := range b.sources {
		for _, name := range slices.Sorted(maps.Keys(s.files)) {
			file := s.files[name]
			all = append(all, file.faults...)
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
				b.report(Event{Kind: kind, Locale: file.tag, Err: newFinding(f)})
			}
		}
	}
	return all
}

// schemaOf returns what package localefile must know about a domain.
func schemaOf(d *catalog.Domain) *localefile.Schema {
	parts := make([]string, 0, catalog.NumParts)
	for p := range catalog.Parts() {
		parts = append(parts, p.String())
	}
	schema := localefile.NewSchema(parts...)
	for c := range d.Codes() {
		schema.AddCode(c.Name(), &localefile.SchemaCode{
			Index: c.Index(), Param: c.ParamIndex, Names: c.ParamNames(),
		})
	}
	for l := range d.Labels() {
		schema.AddLabel(l.Name(), l.Index())
	}
	return schema
}

// load reads the files, as many at once as there are processors. It returns a finding if the folder
// can't be read.
func (s *source) load(schema *localefile.Schema) *diag.Finding {
	if s.FS == nil {
		return nil
	}
	names, err := localefile.Find(s.FS)
	if err != nil {
		fault := readFault("", err)
		fault.Text = fmt.Sprintf("domain %q: %s", s.Domain.Name(), fault.Text)
		return &fault
	}
	var (
		wait  sync.WaitGroup
		slots = make(chan struct{}, runtime.GOMAXPROCS(0))
		files = make([]*loaded, len(names))
	)
	for i, name := range names {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			files[i] = s.read(name, s.files[name], schema)
		})
	}
	wait.Wait()
	before := s.files
	s.files = make(map[string]*loaded, len(names))
	for i, name := range names {
		s.files[name] = files[i]
	}
	if len(names) == 0 {
		s.files["."] = s.noFiles(before["."])
	}
	return nil
}

const ruleRead = "read"

// noFiles warns of a file system without locale files, which is usually a mistake.
func (s *source) noFiles(before *loaded) *loaded {
	if before != nil {
		return before
	}
	return &loaded{findings: diag.List{{
		Severity: diag.Warning, Rule: ruleRead,
		Text: fmt.Sprintf("domain %q has no locale file here", s.Domain.Name()),
		Hint: "put files such as de.toml into the folder locales or at the root",
	}}}
}

// read reads one file. before is what was read last time, or nil.
func (s *source) read(name string, before *loaded, schema *localefile.Schema) *loaded {
	tag, misnamed := localefile.TagOf(name)
	if misnamed != nil {
		if before != nil {
			return before
		}
		return &loaded{findings: diag.List{*misnamed}}
	}
	src, err := localefile.ReadFile(s.FS, name)
	switch {
	case err != nil:
		return before.invalid(tag, nil, diag.List{readFault(name, err)})
	case before != nil && before.src != nil && bytes.Equal(before.src, src):
		return before
	}
	file, syntax, findings := localefile.Read(name, tag, src)
	if len(syntax) > 0 {
		return before.invalid(tag, src, syntax)
	}
	texts, more := file.Compile(schema)
	findings = append(findings, more...)
	findings.Sort()
	return &loaded{tag: tag, src: src, texts: texts, findings: findings, good: true}
}

// invalid returns the file with new content that can't be used, and the texts from before.
func (l *loaded) invalid(tag language.Tag, src []byte, faults diag.List) *loaded {
	kept := loaded{tag: tag}
	if l != nil {
		kept = *l
	}
	kept.src, kept.faults, kept.reported = src, faults, false
	return &kept
}

// readFault returns the finding about a file or folder that can't be read.
func readFault(name string, err error) diag.Finding {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		if name == "" {
			name = pathError.Path
		}
		err = pathError.Err
	}
	return diag.Finding{
		File: name, Severity: diag.Error, Rule: ruleRead, Text: fmt.Sprintf("cannot be read: %v", err),
	}
}
