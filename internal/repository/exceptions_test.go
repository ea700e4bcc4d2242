package repository_test

// wordy lists the files with phrases that are still to be rewritten.
var wordy = []string{
	"catalog/codes/files.go",
	"cmd/extract/check.go",
	"cmd/extract/folder.go",
	"cmd/extract/status.go",
	"cmd/extract/testdata/script/add.txtar",
	"cmd/extract/testdata/script/bad.txtar",
	"cmd/extract/testdata/script/base.txtar",
	"cmd/extract/testdata/script/ledger.txtar",
	"cmd/extract/testdata/script/source-faults.txtar",
	"docs/extract.md",
	"docs/lint.md",
	"internal/localefile/conflict.go",
	"internal/localefile/field.go",
	"internal/localefile/file.go",
	"internal/localefile/find.go",
	"internal/localefile/hint.go",
	"internal/localefile/notes_test.go",
	"internal/localefile/read.go",
	"internal/merge/plan_test.go",
	"internal/merge/referee.go",
	"internal/merge/write.go",
	"locales/ar.toml",
	"locales/de.toml",
	"locales/en.toml",
}

// wide lists the files with lines that are still to be wrapped.
var wide = []string{
	"internal/state/doc.go",
}
