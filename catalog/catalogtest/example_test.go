package catalogtest_test

import (
	"fmt"
	"testing"
	"testing/fstest"

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
	fsys := fstest.MapFS{"de.toml": &fstest.MapFile{Data: []byte(`
[OUT_OF_STOCK.title]
other = "Nicht vorrätig."

[OUT_OF_STOCK.detail]
one = "Nur noch ein Stück von {{.Itme}}."
other = "Nur noch {{.Left}} Stück von {{.Item}}."
`)}}
	catalogtest.Check(t, shop, fsys, catalogtest.FailOn("missing"))
	// Output:
	// FAIL de.toml: labels.email is not translated
	// warning: de.toml:3:24: the text ends with a full stop, the source text without punctuation
	// hint: if this is intended, write "# lint: allow punctuation" above the text
	// FAIL de.toml:6:31: unknown placeholder {{.Itme}}
	// hint: did you mean {{.Item}}?
}
