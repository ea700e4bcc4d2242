package localefile_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
)

var update = flag.Bool("update", false, "write the findings that the files have now")

// testSchema is what the malformed files are held against: two codes and a label.
func testSchema() *localefile.Schema {
	return localefile.NewSchema(&model.Domain{
		Codes: []model.Code{
			{Name: "OUT_OF_STOCK", Signature: model.Signature{Params: []model.Param{{Name: "Item"}, {Name: "Left"}}}},
			{Name: "CLOSED"},
		},
		Labels: []model.Label{{Name: "email"}},
	})
}

// TestMalformed reads each folder's file and holds what is found against its findings.txt. One
// reader reads all of them, so nothing of a file may be left for the next.
func TestMalformed(t *testing.T) {
	dirs, err := filepath.Glob("testdata/malformed/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(dirs) < 40 {
		t.Fatalf("%d malformed files, want 40 at least", len(dirs))
	}
	var reader localefile.Reader
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			got := findings(t, &reader, dir)
			golden := filepath.Join(dir, "findings.txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("found:\n%s\nwant:\n%s", got, want)
			}
			if got == "" {
				t.Error("nothing was found in a malformed file")
			}
		})
	}
}

func findings(t *testing.T, reader *localefile.Reader, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.toml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%s has %d locale files, want one (%v)", dir, len(files), err)
	}
	name := filepath.Base(files[0])
	tag, misnamed := localefile.TagOf(name)
	if misnamed != nil {
		return diag.List{*misnamed}.Error() + "\n"
	}
	src, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	file, syntax, texts := reader.Read(name, tag, src)
	if len(syntax) > 0 {
		return syntax.Error() + "\n"
	}
	_, more := file.Compile(testSchema())
	all := append(texts, more...)
	all.Sort()
	if len(all) == 0 {
		return ""
	}
	return strings.TrimSuffix(all.Error(), "\n") + "\n"
}
