package localefile_test

import (
	"fmt"
	"slices"
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

// TestFix makes each fix, and checks that what it is about is gone then.
func TestFix(t *testing.T) {
	schema := localefile.NewSchema(&model.Domain{
		Codes: []model.Code{
			{Name: "OUT_OF_STOCK", Signature: model.Signature{Params: []model.Param{{Name: "Item"}, {Name: "Left"}}}},
			{Name: "SOLD", Signature: model.Signature{Params: []model.Param{{Name: "Item"}}}},
		},
		Labels: []model.Label{{Name: "socks"}},
	})
	tests := []struct{ name, old, new string }{
		{"code", "# ü\r\n  [OUT_OF_STOK.title]\r\nother = \"x\"\r\n", "# ü\r\n  [OUT_OF_STOCK.title]\r\nother = \"x\"\r\n"},
		{"code in quotes", "['OUT_OF_STOK'.title]\n", "[OUT_OF_STOCK.title]\n"},
		{"part", "[SOLD.tittle]\n", "[SOLD.title]\n"},
		{"label", "[labels.sock]\n", "[labels.socks]\n"},
		{"form", "[SOLD.title]\nohter = \"x\"\n", "[SOLD.title]\nother = \"x\"\n"},
		{"placeholder", "[SOLD.title]\nother = \"ü {{ .Itme }}.\"\n", "[SOLD.title]\nother = \"ü {{.Item}}.\"\n"},
		{"placeholder behind escapes", "[SOLD.title]\nother = \"\\u00fc {{.Itme}}.\"\n", "[SOLD.title]\nother = \"\\u00fc {{.Item}}.\"\n"},
		{"placeholder with a letter that looks like another", "[SOLD.title]\nother = \"{{.Itеm}}\"\n", "[SOLD.title]\nother = \"{{.Item}}\"\n"},
		{"no placeholder is near", "[OUT_OF_STOCK.title]\nother = \"{{.Buyer}}\"\n", ""},
		{"no code is near", "[CANCELLED.title]\n", ""},
		{"the code has the text", "[SOLD.title]\n[SOLT.title]\n", ""},
		{"the text has the form", "[SOLD.title]\nohter = \"x\"\nother = \"y\"\n", ""},
		{"the name is that of other texts, too", "[OUT_OF_STOK]\ntitle = \"x\"\n", ""},
	}
	check := func(src string) diag.List {
		file, syntax, findings := localefile.Read("de.toml", language.German, []byte(src))
		_, faults := file.Compile(schema)
		return slices.Concat(syntax, findings, faults)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			findings := check(tt.old)
			if len(findings) != 1 {
				t.Fatalf("got %v", findings)
			}
			fix := findings[0].Fix
			if tt.new == "" {
				if fix != (diag.Fix{}) {
					t.Errorf("got %+v", fix)
				}
				return
			}
			lines := strings.SplitAfter(tt.old, "\n")
			line := []rune(lines[fix.At.Line-1])
			rest, ok := strings.CutPrefix(string(line[fix.At.Column-1:]), fix.Old)
			if !ok {
				t.Fatalf("%+v is not in %q", fix, tt.old)
			}
			lines[fix.At.Line-1] = string(line[:fix.At.Column-1]) + fix.New + rest
			if got := strings.Join(lines, ""); got != tt.new || len(check(got)) > 0 {
				t.Errorf("got %q with %v", got, check(got))
			}
		})
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
