package catalogtest_test

import (
	"fmt"
	"testing"

	"github.com/errlingo/errlingo/catalog/catalogtest"
)

// printer is a test whose log is the example's output.
type printer struct{ testing.TB }

func (printer) Helper()                           {}
func (printer) Logf(format string, args ...any)   { fmt.Printf(format+"\n", args...) }
func (printer) Errorf(format string, args ...any) { fmt.Printf("FAIL "+format+"\n", args...) }
func (printer) Fatalf(format string, args ...any) { fmt.Printf("FAIL "+format+"\n", args...) }

func ExampleCheck() {
	var t printer // in a test, its *testing.T
	fsys := files("de.toml", `
[OUT_OF_STOCK.title]
other = "Nicht vorrätig."

[OUT_OF_STOCK.detail]
one = "Nur noch ein Stück von {{.Itme}}."
other = "Nur noch {{.Left}} Stück von {{.Item}}."
`)
	catalogtest.Check(t, shop, fsys, catalogtest.FailOn("missing"))
	// Output:
	// FAIL de.toml: labels.email is not translated
	// warning: de.toml:3:24: the text ends with a full stop, the source text without punctuation
	// hint: if this is intended, write "# lint: allow punctuation" above the text
	// FAIL de.toml:6:31: unknown placeholder {{.Itme}}
	// hint: did you mean {{.Item}}?
}

// The program declares a code that extract has missed, or nobody has run extract.
func ExampleFolder() {
	var t printer // in a test, its *testing.T
	folder := files("codes.lock", "errlingo 2 codes shop\n")
	texts := files("de.toml", german)
	catalogtest.Check(t, shop, texts, catalogtest.Folder(folder))
	// Output:
	// FAIL catalogtest_test.go:43: code OUT_OF_STOCK (1201) is not in codes.lock
	// hint: run "go tool extract"; if that changes nothing, it cannot read the declaration, and "go tool extract check --run" shows what it reads
}
