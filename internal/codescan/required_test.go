package codescan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/codescan"
)

const requiredTree = `
-- app/shop/shop.go --
package shop
-- app/inner/readme --
This folder has no Go file.
-- beside/go.mod --
module example.com/beside
-- beside/beside.go --
package beside
-- cache/example.com/lib@v1.0.0/go.mod --
module example.com/lib
-- cache/example.com/lib@v1.0.0/lib.go --
package lib
-- cache/example.com/lib@v1.0.0/both/both.go --
package both
-- cache/example.com/lib@v1.1.0/lib.go --
package lib
-- cache/example.com/lib/both@v0.2.0/both.go --
package both
-- cache/example.com/lib/deep@v0.3.0/deep.go --
package deep
-- cache/example.com/!upper@v1.0.0/upper.go --
package upper
`

// A package is found where the go command would find it, without asking it.
func TestFindRequired(t *testing.T) {
	tests := []struct {
		name, require, work string
		pkg                 string
		want                string // the folder, or the error
	}{
		{"in the module cache", "require example.com/lib v1.0.0", "", "example.com/lib",
			"cache/example.com/lib@v1.0.0"},
		{"indirectly required", "require example.com/lib v1.0.0 // indirect", "", "example.com/lib/both",
			"cache/example.com/lib@v1.0.0/both"},
		{"of two modules the one with the longer path",
			"require example.com/lib v1.0.0\nrequire example.com/lib/both v0.2.0", "", "example.com/lib/both",
			"cache/example.com/lib/both@v0.2.0"},
		{"of two modules the one that has it",
			"require example.com/lib v1.0.0\nrequire example.com/lib/deep v0.3.0", "", "example.com/lib/deep",
			"cache/example.com/lib/deep@v0.3.0"},
		{"a path with capitals", "require example.com/Upper v1.0.0", "", "example.com/Upper",
			"cache/example.com/!upper@v1.0.0"},
		{"another version", "require example.com/lib v1.0.0\nreplace example.com/lib => example.com/lib v1.1.0",
			"", "example.com/lib", "cache/example.com/lib@v1.1.0"},
		{"a folder", "require example.com/beside v1.0.0\nreplace example.com/beside => ../beside", "",
			"example.com/beside", "beside"},
		{"a workspace", "require example.com/beside v1.0.0", "go 1.26\nuse ./app\nuse ./beside\n",
			"example.com/beside", "beside"},
		{"not downloaded", "require example.com/lib v1.2.0", "", "example.com/lib",
			"module example.com/lib v1.2.0 is not in the module cache"},
		{"not required", "", "", "example.com/lib",
			`no module that go.mod requires has the package "example.com/lib"`},
		{"a path that only begins alike", "require example.com/lib v1.0.0", "", "example.com/library",
			`no module that go.mod requires has the package "example.com/library"`},
		{"no such package", "require example.com/lib v1.0.0", "", "example.com/lib/none",
			`module "example.com/lib" has no package "example.com/lib/none"`},
		{"of the module itself", "", "", "example.com/app/shop",
			`package "example.com/app/shop" is in module "example.com/app" itself`},
		{"below the module, in another one", "require example.com/app/inner v1.0.0", "",
			"example.com/app/inner", "module example.com/app/inner v1.0.0 is not in the module cache"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) {
				name = filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			_, files := unpack(requiredTree)
			for _, f := range files {
				write(f.name, f.text)
			}
			write("app/go.mod", "module example.com/app\n"+test.require+"\n")
			if test.work != "" {
				write("go.work", test.work)
			}
			environment := map[string]string{"GOMODCACHE": filepath.Join(dir, "cache")}
			found, err := codescan.FindRequired(filepath.Join(dir, "app"), test.pkg,
				func(name string) string { return environment[name] })
			got := strings.TrimPrefix(filepath.ToSlash(filepath.Join(found.Root, found.Dir)),
				filepath.ToSlash(dir)+"/")
			if err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
