// Package textfiles reads the locale files of a domain, with what belongs to them, from a file
// system.
package textfiles

import (
	"io/fs"
	"path"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/pseudo"
)

// Files are the locale files of a domain.
type Files struct {
	Locales  []merge.File   // without those of pseudo-locales, which are made from the source texts
	Glossary *lint.Glossary // or nil
	Findings diag.List      // about what can't be read
}

// Read reads the locale files, which are where [localefile.Find] looks for them. Their states and
// the glossary are read where they are at hand: a program embeds the locale files alone. The names
// of files begin with dir, which may be "".
func Read(fsys fs.FS, dir string) Files {
	var names []string
	if fsys != nil {
		var err error
		if names, err = localefile.Find(fsys); err != nil {
			return Files{Findings: diag.List{diag.Unreadable(dir, err)}}
		}
	}
	if len(names) == 0 {
		return Files{Findings: diag.List{diag.RuleRead.At(dir, diag.Pos{}, "there is no locale file",
			"give the file system that has the folder locales, or the files themselves")}}
	}
	var all Files
	for _, name := range names {
		shown := path.Join(dir, name)
		tag, misnamed := localefile.TagOf(shown)
		if misnamed != nil {
			all.Findings = append(all.Findings, *misnamed)
			continue
		}
		if pseudo.Is(tag) {
			continue // It has no more plural forms than the source texts.
		}
		src, err := localefile.ReadFile(fsys, name)
		if err != nil {
			all.Findings = append(all.Findings, diag.Unreadable(shown, err))
			continue
		}
		file := merge.File{Name: shown, Tag: tag, Content: merge.Content{Text: src}}
		if state, err := localefile.ReadFile(fsys, path.Join(path.Dir(name),
			merge.StateName(tag))); err == nil {
			file.State = state
		}
		all.Locales = append(all.Locales, file)
	}
	glossary := path.Join(path.Dir(names[0]), lint.GlossaryName)
	if src, err := localefile.ReadFile(fsys, glossary); err == nil {
		var unclear diag.List
		all.Glossary, unclear = lint.ReadGlossary(path.Join(dir, glossary), src)
		all.Findings = append(all.Findings, unclear...)
	}
	return all
}
