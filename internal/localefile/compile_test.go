package localefile_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
)

// A file of unknown texts, as that of another program, takes work in proportion to its size, though
// each name is looked for among those that there are.
func TestCompileUnknown(t *testing.T) {
	work := func(n int) (allocations float64, findings int) {
		var domain model.Domain
		var b strings.Builder
		for i := range n {
			domain.Codes = append(domain.Codes, model.Code{Name: fmt.Sprintf("CODE_%05d", i)})
			fmt.Fprintf(&b, "[KODE_%05d.title]\nother = \"x\"\n", i)
		}
		schema := localefile.NewSchema(&domain)
		file, syntax, _ := localefile.Read("de.toml", language.German, []byte(b.String()))
		if len(syntax) > 0 {
			t.Fatal(syntax)
		}
		return testing.AllocsPerRun(1, func() {
			_, found := file.Compile(schema)
			findings = len(found)
		}), findings
	}
	few, _ := work(500)
	many, findings := work(5000)
	if findings != diag.MaxFindings+1 {
		t.Errorf("got %d findings", findings)
	}
	if many > 20*few {
		t.Errorf("ten times the texts took %.0f allocations instead of %.0f", many, few)
	}
}

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"de.toml": true, "messages.toml": true, "DE.TOML": true, "de.json": false, "toml": false,
		".de.toml": false, ".toml": false,
	} {
		if got := localefile.IsName(name); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
