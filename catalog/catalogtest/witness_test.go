package catalogtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

func TestCheckComparesWithLedger(t *testing.T) {
	tests := []struct {
		name   string
		ledger string
		source string
		errors []string
	}{
		{name: "the same", ledger: issued, source: english},
		{
			name: "retired codes and an order of its own",
			ledger: "1201 OUT_OF_STOCK - Item:string Left:int\n7 GONE 400 - retired\n" +
				"errlingo 2 codes shop\n",
			source: english,
		},
		{
			name: "white space that means nothing", ledger: issued,
			source: strings.NewReplacer("{{.Left}}", "{{ .Left }}", "Out of stock", " Out of stock ").Replace(english),
		},
		{
			name: "a code that the ledger lacks", ledger: "errlingo 2 codes shop\n", source: english,
			errors: []string{"catalogtest_test.go:43: code OUT_OF_STOCK (1201) is not in codes.lock\n" +
				`hint: run "go tool extract"; if that changes nothing, `},
		},
		{
			name: "a code that the program lacks", ledger: issued + "1202 SOLD_OUT 409 -\n", source: english,
			errors: []string{"codes.lock:3: the program does not declare code SOLD_OUT (1202)\n" +
				`hint: if the code was removed, run "go tool extract"; if it is declared in a package that `},
		},
		{
			name: "a param that the ledger lacks", ledger: strings.Replace(issued, " Left:int", "", 1),
			source: english,
			errors: []string{`catalogtest_test.go:43: code OUT_OF_STOCK is ` +
				`"1201 OUT_OF_STOCK - Item:string" in codes.lock, and ` +
				`"1201 OUT_OF_STOCK - Item:string Left:int" in the program`},
		},
		{
			name: "a code that is retired", ledger: strings.Replace(issued, "Left:int", "Left:int retired", 1),
			source: english,
			errors: []string{"catalogtest_test.go:43: code OUT_OF_STOCK is "},
		},
		{
			name: "another status", ledger: strings.Replace(issued, " - ", " 409 ", 1), source: english,
			errors: []string{"catalogtest_test.go:43: "},
		},
		{
			name: "another name", ledger: strings.Replace(issued, "OUT_OF", "NO", 1), source: english,
			errors: []string{"catalogtest_test.go:43: "},
		},
		{
			name: "another domain's ledger", ledger: "errlingo 2 codes mail\n1 NO_MAIL - -\n", source: english,
			errors: []string{`catalogtest_test.go:41: codes.lock belongs to domain "mail", not "shop"`},
		},
		{
			name: "an invalid line", ledger: issued + "1202\n", source: english,
			errors: []string{"codes.lock:3:1: the line has no name"},
		},
		{
			name: "a text that differs", ledger: issued,
			source: strings.Replace(english, "Only one", "Just one", 1),
			errors: []string{`en.toml:5:8: OUT_OF_STOCK.detail is "Just one {{.Item}} is left." here, ` +
				`and "Only one {{.Item}} is left." in the program` + "\nhint: "},
		},
		{
			name: "a form that the file lacks", ledger: issued,
			source: strings.Replace(english, `one = "Only one {{.Item}} is left."`, "", 1),
			errors: []string{`en.toml:4:1: OUT_OF_STOCK.detail is "" here, and "Only one`},
		},
		{
			name: "a text that the file lacks", ledger: issued,
			source: strings.Replace(english, "[labels.email]\nother = \"e-mail address\"\n", "", 1),
			errors: []string{"catalogtest_test.go:50: labels.email is not in en.toml"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			catalogtest.Check(&r, shop, files("en.toml", tt.source, "codes.lock", tt.ledger))
			same(t, "errors", r.errors, tt.errors)
		})
	}
}

// TestSourceIsReadFromFolder checks that the texts are compared too if the program has none of the
// source locale.
func TestSourceIsReadFromFolder(t *testing.T) {
	texts := fstest.MapFS{"de.toml": {Data: []byte(german)}}
	var r recorder
	catalogtest.Check(&r, shop, texts, catalogtest.Folder(files("en.toml",
		strings.Replace(english, "Out of stock", "Sold out", 1))))
	same(t, "errors", r.errors, []string{`en.toml:2:10: OUT_OF_STOCK.title is "Sold out" here`})

	r = recorder{}
	folder := files("en.toml", english)
	delete(folder, "en.toml")
	catalogtest.Check(&r, shop, texts, catalogtest.Folder(folder))
	same(t, "errors", r.errors, []string{"en.toml: the source locale's file cannot be read: "})

	r = recorder{}
	catalogtest.Check(&r, shop, texts)
	same(t, "errors", r.errors, nil)
	same(t, "logs", r.logs, []string{`warning: catalogtest_test.go:41: no ledger of domain "shop" was found`})

	r = recorder{}
	catalogtest.Check(&r, shop, texts, catalogtest.Folder(texts))
	same(t, "fatals", r.fatals, []string{"catalogtest: the folder has no ledger: "})
	catalogtest.Check(&r, shop, texts, catalogtest.Folder(nil))
	same(t, "fatals", r.fatals[1:], []string{"catalogtest: the folder is nil"})
}

// TestFolderIsFound puts the ledger where extract keeps it, upward from where the test runs.
func TestFolderIsFound(t *testing.T) {
	tests := []struct {
		name, module, folder, dir string
		found                     bool
	}{
		{"beside the test", ".", "locales", ".", true},
		{"further up", ".", "locales", "a/b", true},
		{"of another module", "a", "locales", "a/b", false},
		{"of another name", ".", "texts", ".", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			for name, text := range map[string]string{
				filepath.Join(tt.module, "go.mod"):     "module example.com/m\n",
				filepath.Join(tt.folder, "codes.lock"): "errlingo 2 codes found\n",
				filepath.Join(tt.folder, "en.toml"):    "",
				filepath.Join(tt.dir, "x"):             "",
			} {
				if err := os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			t.Chdir(filepath.Join(root, tt.dir))
			d := catalogtest.Temporary(t, catalog.NewDomain("found"))
			d.Define(1, "A_CODE", catalog.Spec{Title: "A code"})
			var r recorder
			catalogtest.Check(&r, d, fstest.MapFS{"de.toml": {}})
			if found := len(r.errors) > 0 && strings.Contains(r.errors[len(r.errors)-1], "A_CODE"); found != tt.found {
				t.Errorf("errors %q, logs %q", r.errors, r.logs)
			}
		})
	}
}
