package atomicfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestReadOfALeasedFile reads a file on which another program has a lease, as file servers do for
// their clients. Opening it without waiting fails until the lease is given up.
func TestReadOfALeasedFile(t *testing.T) {
	f, dir := open(t)
	holder, err := os.OpenFile(filepath.Join(dir, "de.toml"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	if _, err := unix.FcntlInt(holder.Fd(), unix.F_SETLEASE, unix.F_WRLCK); err != nil {
		t.Skipf("the file system knows no leases: %v", err)
	}
	opens := 0
	f.BeforeOpen(func(string) {
		if opens++; opens == 3 {
			if _, err := unix.FcntlInt(holder.Fd(), unix.F_SETLEASE, unix.F_UNLCK); err != nil {
				t.Error(err)
			}
		}
	})
	if got, err := f.Read("de.toml", 100); string(got) != "old" || err != nil || opens != 3 {
		t.Errorf("got %q, %v after %d attempts", got, err, opens)
	}
}
