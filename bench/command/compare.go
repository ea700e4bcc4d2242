package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
)

const (
	filesPerPackage = 20
	codesPerPackage = 40
)

// searching compares the commands on a large module with few codes and up-to-date locale files.
func searching(
	ctx context.Context, dir string, p programs, s sizes, progress io.Writer,
) (*table, error) {
	ours := tree{
		dir: filepath.Join(dir, "many-files"), packages: s.files / filesPerPackage,
		filesPer:  filesPerPackage,
		declaring: 10, codesPer: codesPerPackage, plainBlocks: 30,
	}
	theirs := ours
	theirs.dir, theirs.forGoI18n = filepath.Join(dir, "many-files-goi18n"), true
	fmt.Fprintf(progress, "writing %d files twice\n", s.files)
	if err := prepare(ctx, ours, p, []string{"de"}); err != nil {
		return nil, err
	}
	if err := theirs.write(); err != nil {
		return nil, err
	}
	return takeTurns(ctx, s.runs, progress,
		fmt.Sprintf("%d Go files, %d codes", s.files, ours.codes()),
		contestant{name: "extract check", dir: ours.dir, args: []string{p.extract, "check"}},
		contestant{name: "read and search", dir: ours.dir, args: []string{p.self, "search", "."}},
		contestant{name: "goi18n extract", dir: theirs.dir,
			args: []string{p.goi18n, "extract", "-outdir", dir, "."}},
	)
}

// checking compares the commands on a module with many codes and up-to-date locale files.
func checking(
	ctx context.Context, dir string, p programs, s sizes, progress io.Writer,
) (*table, error) {
	ours := manyCodes(dir, s)
	fmt.Fprintf(progress, "writing %d codes in %d locales\n", s.codes, s.locales)
	if err := prepare(ctx, ours, p, targets); err != nil {
		return nil, err
	}
	theirs := filepath.Join(dir, "goi18n-files")
	if err := writeGoI18n(theirs, 0, ours.codes()); err != nil {
		return nil, err
	}
	return takeTurns(ctx, s.runs, progress, fmt.Sprintf("%d codes in %d locales", s.codes, s.locales),
		contestant{name: "extract check", dir: ours.dir, args: []string{p.extract, "check"}},
		contestant{name: "goi18n merge", dir: theirs, args: merge(p)},
	)
}

// writing compares adding 100 new codes to all files.
func writing(
	ctx context.Context, dir string, p programs, s sizes, progress io.Writer,
) (*table, error) {
	const added = 100
	ours := manyCodes(dir, s)
	theirs := filepath.Join(dir, "goi18n-files")
	oldOurs, oldTheirs := filepath.Join(dir, "locales-before"), filepath.Join(dir, "goi18n-before")
	if err := copyTree(filepath.Join(ours.dir, "core", "locales"), oldOurs); err != nil {
		return nil, err
	}
	if err := copyTree(theirs, oldTheirs); err != nil {
		return nil, err
	}
	more := ours
	more.packages, more.codesPer = 1, added
	if err := writeFile(ours.dir, "added/codes.go",
		more.declarations("added", ours.codes())); err != nil {
		return nil, err
	}
	return takeTurns(ctx, s.runs, progress,
		fmt.Sprintf("%d new codes for %d codes in %d locales", added, s.codes, s.locales),
		contestant{
			name: "extract", dir: ours.dir, args: []string{p.extract},
			before: func() error { return copyTree(oldOurs, filepath.Join(ours.dir, "core", "locales")) },
		},
		contestant{
			name: "goi18n merge", dir: theirs, args: append(merge(p), "new.en.toml"),
			before: func() error {
				if err := copyTree(oldTheirs, theirs); err != nil {
					return err
				}
				return writeFile(theirs, "new.en.toml", english(ours.codes(), ours.codes()+added))
			},
		},
	)
}

func manyCodes(dir string, s sizes) tree {
	return tree{
		dir: filepath.Join(dir, "many-codes"), packages: s.codes / codesPerPackage, filesPer: 1,
		declaring: 1, codesPer: codesPerPackage, plainBlocks: 1,
	}
}

// prepare writes a module and translated locale files.
func prepare(ctx context.Context, t tree, p programs, tags []string) error {
	if err := t.write(); err != nil {
		return err
	}
	for _, args := range [][]string{{p.extract}, append([]string{p.extract, "add"}, tags...)} {
		if _, err := execute(ctx, t.dir, args); err != nil {
			return err
		}
	}
	if err := translate(filepath.Join(t.dir, "core", "locales"), tags); err != nil {
		return err
	}
	_, err := execute(ctx, t.dir, []string{p.extract})
	return err
}

func merge(p programs) []string {
	args := []string{p.goi18n, "merge", "active.en.toml"}
	for _, tag := range targets {
		args = append(args, "active."+tag+".toml")
	}
	return args
}
