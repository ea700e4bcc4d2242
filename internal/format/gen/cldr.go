package main

import (
	"io/fs"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/cldr"
	"github.com/errlingo/errlingo/internal/locale"
)

// packages names the npm packages that are read. The first one carries the licence.
var packages = [...]string{"cldr-core", "cldr-numbers-full", "cldr-units-full", "cldr-misc-full", "cldr-dates-full"}

// readMain reads a file of one locale and returns what stands below "main" and the locale.
func readMain[T any](input fs.FS, pkg, locale, file string) (T, error) {
	var data struct{ Main map[string]T }
	err := cldr.Read(input, pkg+"/main/"+locale+"/"+file, &data)
	return data.Main[locale], err
}

// root is the locale that all others inherit from.
const root = "und"

// modernLocales returns the root and, sorted, each locale that reaches "modern" coverage itself or inherits from one
// that does.
func modernLocales(input fs.FS) ([]string, error) {
	var coverage struct{ CoverageLevels map[string]string }
	if err := cldr.Read(input, "cldr-core/coverageLevels.json", &coverage); err != nil {
		return nil, err
	}
	parents, err := readParents(input)
	if err != nil {
		return nil, err
	}
	folders, err := fs.ReadDir(input, "cldr-numbers-full/main")
	if err != nil {
		return nil, err
	}
	var locales []string
	for _, folder := range folders {
		name := folder.Name()
		covered := name == root
		for l := name; l != root && !covered; l = parentOf(l, parents) {
			covered = coverage.CoverageLevels[l] == "modern"
		}
		if covered {
			locales = append(locales, name)
		}
	}
	slices.Sort(locales)
	return locales, nil
}

// parentOf returns the parent of a locale. CLDR names some in another language, as fr-HT for ht,
// whose notation is good enough although its texts are not.
func parentOf(name string, named map[string]string) string {
	if parent, ok := named[name]; ok {
		return parent
	}
	if parent, ok := locale.Of(language.Raw.Make(name)).Parent(); ok {
		return parent.String()
	}
	return root
}

func readParents(input fs.FS) (map[string]string, error) {
	var data struct {
		Supplemental struct {
			ParentLocales struct{ ParentLocale map[string]string }
		}
	}
	err := cldr.Read(input, "cldr-core/supplemental/parentLocales.json", &data)
	return data.Supplemental.ParentLocales.ParentLocale, err
}
