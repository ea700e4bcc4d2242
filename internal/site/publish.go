package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// Manifest is the file that lists what [Site.Publish] has written, so that it removes and replaces
// nothing else.
const Manifest = ".errlingo-site"

const manifestHead = "# \"extract site\" has written these files, and replaces and removes only " +
	"these.\n"

// ForeignError is a file in the way that [Site.Publish] has not written.
type ForeignError struct{ Name string }

func (e *ForeignError) Error() string {
	return fmt.Sprintf("there is a file %q that does not belong to the reference", e.Name)
}

// Published is what [Site.Publish] has done.
type Published struct{ Files, Written, Removed int }

// Publish writes the files that differ from what the folder has, and removes those that an earlier
// run has written and this one has not. A run that was interrupted is completed by the next one. If
// a file is in the way, nothing is written and the error is a [*ForeignError].
func (s *Site) Publish(root *os.Root) (done Published, err error) {
	listed, err := readManifest(root)
	if err != nil {
		return done, err
	}
	names := map[string]bool{}
	for name := range s.Names() {
		names[name] = true
		if !listed[name] {
			if _, err := root.Lstat(name); err == nil {
				return done, &ForeignError{name}
			}
		}
	}
	done.Files = len(names)
	all := maps.Clone(listed)
	maps.Copy(all, names)
	if err := writeManifest(root, all); err != nil { // before the files that it lists
		return done, err
	}
	err = s.Write(func(name string, content []byte) error {
		written, err := replace(root, name, content)
		if written {
			done.Written++
		}
		return err
	})
	if err != nil {
		return done, err
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		if names[name] {
			continue
		}
		switch err := root.Remove(name); {
		case err == nil:
			done.Removed++
		case !errors.Is(err, fs.ErrNotExist):
			return done, err
		}
		for dir := path.Dir(name); dir != "." && root.Remove(dir) == nil; dir = path.Dir(dir) {
		} // A folder with other files stays.
	}
	return done, writeManifest(root, names)
}

// replace writes a file unless it has the content.
func replace(root *os.Root, name string, content []byte) (written bool, err error) {
	old, err := root.ReadFile(name)
	if err == nil && bytes.Equal(old, content) {
		return false, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
			return false, err
		}
	}
	return true, root.WriteFile(name, content, 0o666)
}

// readManifest returns the names in the manifest, or none if there is no manifest.
func readManifest(root *os.Root) (map[string]bool, error) {
	names := map[string]bool{}
	text, err := root.ReadFile(Manifest)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		name := strings.TrimSpace(line)
		if fs.ValidPath(name) && !strings.HasPrefix(name, "#") && name != "." {
			names[name] = true
		}
	}
	return names, nil
}

func writeManifest(root *os.Root, names map[string]bool) error {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		b.WriteString(name + "\n")
	}
	_, err := replace(root, Manifest, b.Bytes())
	return err
}
