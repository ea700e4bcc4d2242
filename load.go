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
	faults   diag.List // what makes src unusable, if it is
	told     bool      // the observer has heard the findings and faults
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
	var unreadable diag.List
	schemas := map[*catalog.Domain]*localefile.Schema{}
	for _, s := range b.sources {
		schema := schemas[s.domain]
		if schema == nil {
			schema = schemaOf(s.domain)
			schemas[s.domain] = schema
		}
		if fault := s.load(schema); fault != nil {
			unreadable = append(unreadable, *fault)
		}
	}
	return newSnapshot(b), b.announce(unreadable).Err()
}

// announce returns all that makes the content of files unusable. The observer hears of it, of files that are passed over and
// of single texts, once for each content of a file.
func (b *Bundle) announce(unreadable diag.List) diag.List {
	for _, f := range unreadable {
		b.tell(Event{Kind: BadFile, Err: f})
	}
	all := unreadable
	for _, s := range b.sources {
		for _, name := range slices.Sorted(maps.Keys(s.files)) {
			file := s.files[name]
			all = append(all, file.faults...)
			if file.told {
				continue
			}
			file.told = true
			kind, news := BadText, file.findings
			switch {
			case len(file.faults) > 0: // The findings are those of an earlier content.
				kind, news = BadFile, file.faults
			case !file.good:
				kind = BadFile
			}
			for _, f := range news {
				b.tell(Event{Kind: kind, Locale: file.tag, Err: f})
			}
		}
	}
	return all
}

// schemaOf tells package localefile what the domain declares.
func schemaOf(d *catalog.Domain) *localefile.Schema {
	parts := make([]string, 0, catalog.NumParts)
	for p := range catalog.Parts() {
		parts = append(parts, p.String())
	}
	schema := localefile.NewSchema(parts...)
	for c := range d.Codes() {
		schema.AddCode(c.Name(), &localefile.SchemaCode{Index: c.Index(), Param: c.ParamIndex, Names: c.ParamNames()})
	}
	for l := range d.Labels() {
		schema.AddLabel(l.Name(), l.Index())
	}
	return schema
}

// load reads the source's files, as many at once as there are processors. It returns what keeps the folder from being read.
func (s *source) load(schema *localefile.Schema) *diag.Finding {
	if s.fsys == nil {
		return nil
	}
	names, err := localefile.Find(s.fsys)
	if err != nil {
		return &diag.Finding{File: pathOf(err), Severity: diag.Error, Rule: ruleRead,
			Text: fmt.Sprintf("the locale files of domain %q cannot be read: %v", s.domain.Name(), reason(err))}
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
		s.files["."] = s.empty(before["."])
	}
	return nil
}

const ruleRead = "read"

// empty stands for a file system without locale files, which is more often a mistake than meant.
func (s *source) empty(before *loaded) *loaded {
	if before != nil {
		return before
	}
	return &loaded{findings: diag.List{{
		Severity: diag.Warning, Rule: ruleRead, Text: fmt.Sprintf("domain %q has no locale file here", s.domain.Name()),
		Hint: "the files stand in a folder locales or at the root, and are called after their languages, such as de.toml",
	}}}
}

// read reads one file. before is what was read last time, nil the first time.
func (s *source) read(name string, before *loaded, schema *localefile.Schema) *loaded {
	tag, misnamed := localefile.TagOf(name)
	if misnamed != nil {
		if before != nil {
			return before
		}
		return &loaded{findings: diag.List{*misnamed}}
	}
	src, err := localefile.ReadFile(s.fsys, name)
	switch {
	case err != nil:
		fault := diag.Finding{File: name, Severity: diag.Error, Rule: ruleRead, Text: fmt.Sprintf("cannot be read: %v", reason(err))}
		return before.spoilt(tag, nil, diag.List{fault})
	case before != nil && before.src != nil && bytes.Equal(before.src, src):
		return before
	}
	file, syntax, findings := localefile.Read(name, tag, src)
	if len(syntax) > 0 {
		return before.spoilt(tag, src, syntax)
	}
	texts, more := file.Compile(schema)
	findings = append(findings, more...)
	findings.Sort()
	return &loaded{tag: tag, src: src, texts: texts, findings: findings, good: true}
}

// spoilt returns what is left of a file whose new content cannot be used: the texts of before.
func (l *loaded) spoilt(tag language.Tag, src []byte, faults diag.List) *loaded {
	kept := loaded{tag: tag}
	if l != nil {
		kept = *l
	}
	kept.src, kept.faults, kept.told = src, faults, false
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
