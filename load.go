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

// source is one file system with locale files of a domain. It remembers what it read, so that a reload reads only what
// changed and keeps what was good.
type source struct {
	domain *catalog.Domain
	fsys   fs.FS
	files  map[string]*loaded // by path
}

// loaded is what became of a file.
type loaded struct {
	tag      language.Tag
	src      []byte // as it was read last, good or not
	texts    localefile.Texts
	findings diag.List // of single texts
	told     bool      // the observer has heard the findings
	good     bool      // texts are there, though perhaps those of an earlier content
}

func newSources(pairs []pair) []*source {
	sources := make([]*source, 0, len(pairs))
	for _, p := range pairs {
		sources = append(sources, &source{domain: p.domain, fsys: p.fsys, files: map[string]*loaded{}})
	}
	return sources
}

// load reads all sources. The snapshot is always usable; the error says which files could not be read.
func (b *Bundle) load() (*snapshot, error) {
	var faults diag.List
	schemas := map[*catalog.Domain]*localefile.Schema{}
	for _, s := range b.sources {
		schema := schemas[s.domain]
		if schema == nil {
			schema = schemaOf(s.domain)
			schemas[s.domain] = schema
		}
		faults = append(faults, s.load(schema)...)
	}
	b.announce(faults)
	return newSnapshot(b), faults.Err()
}

// announce tells the observer of files that cannot be used and, once, of texts that cannot.
func (b *Bundle) announce(faults diag.List) {
	for _, f := range faults {
		b.tell(Event{Kind: BadFile, Err: f})
	}
	for _, s := range b.sources {
		for _, name := range slices.Sorted(maps.Keys(s.files)) {
			file := s.files[name]
			for _, f := range file.findings {
				if !file.told {
					b.tell(Event{Kind: BadText, Locale: file.tag, Err: f})
				}
			}
			file.told = true
		}
	}
}

// schemaOf tells package localefile what the domain declares.
func schemaOf(d *catalog.Domain) *localefile.Schema {
	parts := make([]string, 0, catalog.NumParts)
	for p := range catalog.Parts() {
		parts = append(parts, p.String())
	}
	schema := localefile.NewSchema(parts...)
	for _, c := range d.Codes() {
		schema.AddCode(c.Name(), &localefile.SchemaCode{Index: c.Index(), Param: c.ParamIndex, Names: c.ParamNames()})
	}
	for _, l := range d.Labels() {
		schema.AddLabel(l.Name(), l.Index())
	}
	return schema
}

// load reads the source's files, as many at once as there are processors, and returns what makes files unusable.
func (s *source) load(schema *localefile.Schema) diag.List {
	if s.fsys == nil {
		return nil
	}
	names, err := localefile.Find(s.fsys)
	if err != nil {
		return diag.List{{File: pathOf(err), Severity: diag.Error, Rule: "read", Text: fmt.Sprintf("the locale files cannot be read: %v", reason(err))}}
	}
	var (
		wait   sync.WaitGroup
		slots  = make(chan struct{}, runtime.GOMAXPROCS(0))
		files  = make([]*loaded, len(names))
		faults = make([]diag.List, len(names))
	)
	for i, name := range names {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			files[i], faults[i] = s.read(name, s.files[name], schema)
		})
	}
	wait.Wait()
	s.files = make(map[string]*loaded, len(names))
	for i, name := range names {
		s.files[name] = files[i]
	}
	return slices.Concat(faults...)
}

// read reads one file. before is what was read last time, nil the first time.
func (s *source) read(name string, before *loaded, schema *localefile.Schema) (*loaded, diag.List) {
	tag, misnamed := localefile.TagOf(name)
	if misnamed != nil {
		return &loaded{findings: diag.List{*misnamed}}, nil
	}
	src, err := fs.ReadFile(s.fsys, name)
	switch {
	case err != nil:
		fault := diag.Finding{File: name, Severity: diag.Error, Rule: "read", Text: fmt.Sprintf("cannot be read: %v", reason(err))}
		return before.stale(tag, nil), diag.List{fault}
	case before != nil && before.src != nil && bytes.Equal(before.src, src):
		return before, nil
	}
	file, syntax, findings := localefile.Read(name, tag, src)
	if len(syntax) > 0 {
		return before.stale(tag, src), syntax
	}
	texts, more := file.Compile(schema)
	findings = append(findings, more...)
	findings.Sort()
	return &loaded{tag: tag, src: src, texts: texts, findings: findings, good: true}, nil
}

// stale returns what is left of a file whose new content cannot be used: the texts of before.
func (l *loaded) stale(tag language.Tag, src []byte) *loaded {
	if l == nil {
		return &loaded{tag: tag, src: src}
	}
	kept := *l
	kept.src = src
	return &kept
}

// reason returns what the system said, without the path, which the finding has.
func reason(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

func pathOf(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Path
	}
	return ""
}
