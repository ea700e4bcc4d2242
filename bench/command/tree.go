package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// tree is a module to generate, for errlingo or for go-i18n.
type tree struct {
	dir         string
	packages    int
	filesPer    int // files in each package
	declaring   int // one in this many packages declares codes
	codesPer    int // codes in a package that declares some
	forGoI18n   bool
	plainBlocks int // functions in a file without codes, about 200 bytes each
}

// codes returns how many codes the tree declares.
func (t tree) codes() int { return t.codesPer * ((t.packages + t.declaring - 1) / t.declaring) }

// write writes the module.
func (t tree) write() error {
	if err := writeFile(t.dir, "go.mod", "module example.com/shop\n\ngo 1.26\n"); err != nil {
		return err
	}
	if !t.forGoI18n {
		domain := fmt.Sprintf(`// Package core has the domain.
package core

import %q

// Domain is the domain of the shop.
var Domain = catalog.NewDomain("shop")
`, catalogPath)
		if err := writeFile(t.dir, "core/core.go", domain); err != nil {
			return err
		}
	}
	number := 0
	for p := range t.packages {
		name := fmt.Sprintf("part%03d", p)
		for f := range t.filesPer {
			file := fmt.Sprintf("%s/file%02d.go", name, f)
			if err := writeFile(t.dir, file, t.plain(name, f)); err != nil {
				return err
			}
		}
		if p%t.declaring != 0 {
			continue
		}
		declarations := t.declarations(name, number)
		number += t.codesPer
		if err := writeFile(t.dir, name+"/codes.go", declarations); err != nil {
			return err
		}
	}
	return nil
}

// plain returns a file without codes.
func (t tree) plain(name string, file int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n)\n", name)
	for i := range t.plainBlocks {
		fmt.Fprintf(&b, `
// handle%[1]d_%[2]d joins the words of a line and appends their number.
func handle%[1]d_%[2]d(line string) (string, error) {
	words := strings.Fields(line)
	if len(words) == 0 {
		return "", fmt.Errorf("empty line %%q", line)
	}
	return strings.Join(words, "-") + fmt.Sprint(len(words)), nil
}
`, file, i)
	}
	return b.String()
}

func (t tree) declarations(name string, first int) string {
	var b strings.Builder
	if t.forGoI18n {
		fmt.Fprintf(&b, "package %s\n\nimport \"github.com/nicksnyder/go-i18n/v2/i18n\"\n", name)
	} else {
		fmt.Fprintf(&b, `package %s

import (
	%q

	"example.com/shop/core"
)

var item = catalog.String("Item", "Blue socks")
`, name, catalogPath)
	}
	for i := range t.codesPer {
		n := first + i
		if t.forGoI18n {
			fmt.Fprintf(&b, `
// Title%[1]d and Detail%[1]d: the buyer asked for what is not there.
var Title%[1]d = &i18n.Message{ID: "CODE_%[1]d.title", Other: %[2]q}
var Detail%[1]d = &i18n.Message{ID: "CODE_%[1]d.detail", Other: %[3]q}
`, n, title(n), detail(n))
			continue
		}
		fmt.Fprintf(&b, `
// Code%[1]d: the buyer asked for what is not there.
var Code%[1]d = core.Domain.Define(%[1]d, "CODE_%[1]d", catalog.Spec{
	Title:  %[2]q,
	Detail: %[3]q,
	Params: catalog.Params{item},
	HTTP:   409,
	Action: catalog.ActionRetry,
})
`, n, title(n), detail(n))
	}
	return b.String()
}

func title(n int) string { return fmt.Sprintf("Problem %d with the order", n) }
func detail(n int) string {
	return fmt.Sprintf("There is no more of {{.Item}} in warehouse %d.", n)
}

func writeFile(dir, name, content string) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(content), 0o644)
}
