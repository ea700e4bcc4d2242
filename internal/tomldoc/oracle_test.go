package tomldoc_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// readAnyway are the files that toml-test calls invalid in TOML 1.0 and valid in TOML 1.1. They are
// read and left.
var readAnyway = []string{
	"datetime/no-secs",
	"inline-table/linebreak-01",
	"inline-table/linebreak-02",
	"inline-table/linebreak-03",
	"inline-table/linebreak-04",
	"inline-table/trailing-comma",
	"local-datetime/no-secs",
	"local-time/no-secs",
	"string/basic-byte-escapes",
}

// TestConformance runs toml-test's files, valid and invalid, as the module of the reference decoder
// ships them.
func TestConformance(t *testing.T) {
	dir := conformanceDir(t)
	t.Run("valid", func(t *testing.T) {
		files := tomlFiles(t, filepath.Join(dir, "valid"))
		for name, src := range files {
			t.Run(name, func(t *testing.T) { checkAgainstReference(t, src) })
		}
	})
	t.Run("invalid", func(t *testing.T) {
		for name, src := range tomlFiles(t, filepath.Join(dir, "invalid")) {
			t.Run(name, func(t *testing.T) {
				_, found := tomldoc.Parse("x.toml", []byte(src))
				if accepted := len(found) == 0; accepted != slices.Contains(readAnyway, name) {
					t.Errorf("accepted = %t, findings: %v\n%s", accepted, found, src)
				}
			})
		}
	})
}

// conformanceDir returns the folder of the test files in the module cache, which has it because the
// module is a dependency of this one.
func conformanceDir(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}",
		"github.com/BurntSushi/toml").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "internal", "toml-test", "tests")
}

func tomlFiles(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".toml" {
			return err
		}
		name, err := filepath.Rel(dir, strings.TrimSuffix(path, ".toml"))
		if err != nil {
			return err
		}
		src, err := os.ReadFile(path)
		files[filepath.ToSlash(name)] = string(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 200 {
		t.Fatalf("%d test files in %s, there should be hundreds", len(files), dir)
	}
	return files
}

// checkAgainstReference fails the test unless src is read without a finding, comes back byte for
// byte, and says the same as the reference decoder.
func checkAgainstReference(t *testing.T, src string) {
	t.Helper()
	doc, found := tomldoc.Parse("x.toml", []byte(src))
	if len(found) > 0 {
		t.Fatalf("findings: %v\n%s", found, src)
	}
	if got := doc.Source(); got != src {
		t.Errorf("Bytes = %q, want %q", got, src)
	}
	var want map[string]any
	if _, err := toml.Decode(src, &want); err != nil {
		t.Fatalf("the reference rejects what was accepted: %v\n%s", err, src)
	}
	if diff := difference("", decode(doc), want); diff != "" {
		t.Errorf("%s\n%s", diff, src)
	}
}

// decode builds what the reference decoder builds, with a [tomldoc.ValueKind] for each value that
// is not a string.
func decode(doc *tomldoc.Doc) map[string]any {
	items, tables := doc.Items(), doc.Tables()
	maps := make([]map[string]any, len(tables))
	inline := make(map[int]map[string]any)
	maps[0] = make(map[string]any)
	for i, t := range tables[1:] {
		m := make(map[string]any)
		maps[i+1] = m
		inline[t.Item] = m
		switch in := maps[t.Parent]; {
		case !t.Array:
			in[t.Name] = m
		case items[t.Item].Kind == tomldoc.ArrayHeader:
			array, _ := in[t.Name].(*[]any)
			if array == nil {
				array = new([]any)
				in[t.Name] = array
			}
			*array = append(*array, m)
		}
	}
	arrays := make(map[int]*[]any)
	for i, it := range items {
		if it.Kind != tomldoc.Pair && it.Kind != tomldoc.Element {
			continue
		}
		var value any = it.Value
		switch {
		case it.Value.IsString():
			value = doc.Text(it)
		case it.Value == tomldoc.InlineTable:
			value = inline[i]
		case it.Value == tomldoc.Array:
			arrays[i] = new([]any)
			value = arrays[i]
		}
		if it.Kind == tomldoc.Element {
			*arrays[it.Parent()] = append(*arrays[it.Parent()], value)
			continue
		}
		keys := doc.Keys(it)
		maps[it.Table()][keys[len(keys)-1].Name] = value
	}
	return maps[0]
}

// difference describes the first place where what decode made is not what the reference decoder
// made.
func difference(path string, got, want any) string {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok || len(got) != len(want) {
			return fmt.Sprintf("%s: got %v, want %v", path, got, want)
		}
		for key := range want {
			if diff := difference(path+"."+key, got[key], want[key]); diff != "" {
				return diff
			}
		}
	case []map[string]any:
		elements := make([]any, len(want))
		for i := range want {
			elements[i] = want[i]
		}
		return difference(path, got, elements)
	case []any:
		got, ok := got.(*[]any)
		if !ok || len(*got) != len(want) {
			return fmt.Sprintf("%s: got %v, want %v", path, got, want)
		}
		for i := range want {
			if diff := difference(fmt.Sprintf("%s[%d]", path, i), (*got)[i], want[i]); diff != "" {
				return diff
			}
		}
	default:
		if got != scalar(want) {
			return fmt.Sprintf("%s: got %#v, want %#v", path, got, want)
		}
	}
	return ""
}

func scalar(v any) any {
	switch v := v.(type) {
	case int64:
		return tomldoc.Integer
	case float64:
		return tomldoc.Float
	case bool:
		return tomldoc.Bool
	case time.Time:
		return tomldoc.Datetime
	default:
		return v
	}
}
