package format_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// maxAdded is what package format, with its tables, may add to a program that has its dependencies
// anyway.
const maxAdded = 600_000

// TestBinarySize builds two programs that differ in nothing but this package.
func TestBinarySize(t *testing.T) {
	with, without := binarySize(t, "with"), binarySize(t, "without")
	t.Logf("%d bytes with, %d without: %d added", with, without, with-without)
	if with-without > maxAdded {
		t.Errorf("%d bytes are added, more than %d", with-without, maxAdded)
	}
}

func binarySize(t *testing.T, name string) int64 {
	t.Helper()
	binary := filepath.Join(t.TempDir(), name)
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", binary, "./testdata/size/"+name)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
