package main

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/cldr"
)

// packages names the npm packages that are read. The first one carries the licence.
var packages = [...]string{"cldr-core", "cldr-numbers-full", "cldr-units-full", "cldr-misc-full", "cldr-dates-full"}

// readMain reads a file of one locale and returns what stands below "main" and the locale.
func readMain[T any](input fs.FS, pkg, locale, file string) (T, error) {
	var data struct{ Main map[string]T }
	err := cldr.Read(input, pkg+"/main/"+locale+"/"+file, &data)
	return data.Main[locale], err
}

// inheritance is what CLDR says about the parents of locales (UTS #35 part 1, Parent Locales).
type inheritance struct {
	parents map[string]string // where the parent is not the locale without its last subtag
	scripts map[string]string // the usual script, by language, and by language and region
}

func readInheritance(input fs.FS) (*inheritance, error) {
	var data struct {
		Supplemental struct {
			ParentLocales struct{ ParentLocale map[string]string }
		}
	}
	if err := cldr.Read(input, "cldr-core/supplemental/parentLocales.json", &data); err != nil {
		return nil, err
	}
	var likely struct {
		Supplemental struct{ LikelySubtags map[string]string }
	}
	if err := cldr.Read(input, "cldr-core/supplemental/likelySubtags.json", &likely); err != nil {
		return nil, err
	}
	i := &inheritance{data.Supplemental.ParentLocales.ParentLocale, map[string]string{}}
	for key, full := range likely.Supplemental.LikelySubtags {
		if subtags := strings.Split(full, "-"); len(subtags) == 3 {
			i.scripts[key] = subtags[1]
		}
	}
	return i, nil
}

// parent returns the parent of a locale. That of a language in a script not its own is the root.
func (i *inheritance) parent(locale string) string {
	if parent, ok := i.parents[locale]; ok {
		return parent
	}
	cut := strings.LastIndexByte(locale, '-')
	if cut < 0 {
		return root
	}
	parent, last := locale[:cut], locale[cut+1:]
	if usual, ok := i.scripts[parent]; ok && len(last) == len("Latn") && last != usual {
		return root
	}
	return parent
}

// root is the locale that all others inherit from.
const root = "und"

// modernLocales returns the root and, sorted, each locale that reaches "modern" coverage itself or inherits from one
// that does.
func modernLocales(input fs.FS, from *inheritance) ([]string, error) {
	var coverage struct{ CoverageLevels map[string]string }
	if err := cldr.Read(input, "cldr-core/coverageLevels.json", &coverage); err != nil {
		return nil, err
	}
	folders, err := fs.ReadDir(input, "cldr-numbers-full/main")
	if err != nil {
		return nil, err
	}
	var locales []string
	for _, folder := range folders {
		for l := folder.Name(); ; l = from.parent(l) {
			if coverage.CoverageLevels[l] == "modern" || l == root && folder.Name() == root {
				locales = append(locales, folder.Name())
				break
			}
			if l == root {
				break
			}
		}
	}
	slices.Sort(locales)
	return locales, nil
}
