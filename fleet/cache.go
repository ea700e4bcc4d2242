package fleet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/internal/atomicfile"
)

// cache keeps the release that is followed and the pack that is shown in one file, which is
// replaced as a whole: the signed release, of two lines, and behind it the pack. Neither is trusted
// when it is read again.
type cache struct {
	dir  string // "" keeps nothing
	name string
	max  int // of a pack
}

// read returns what was kept, nil if nothing was.
func (c *cache) read() (signed, data []byte, err error) {
	if c.dir == "" {
		return nil, nil, nil
	}
	folder, err := atomicfile.Open(c.dir, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	defer folder.Close()
	content, err := c.content(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("the kept texts are not used: %w", err)
	}
	signed, data = split(content)
	return signed, data, nil
}

func (c *cache) content(folder *atomicfile.Folder) ([]byte, error) {
	content, err := folder.Read(c.name, release.MaxSize+c.max)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return content, err
}

// split returns the two parts of the file.
func split(content []byte) (signed, data []byte) {
	end := 0
	for range 2 {
		n := bytes.IndexByte(content[end:], '\n')
		if n < 0 {
			return content, nil
		}
		end += n + 1
	}
	return content[:end:end], content[end:]
}

// write keeps a release and the pack that is shown. Data is nil if the pack is the one of before.
func (c *cache) write(ctx context.Context, ref *release.Ref, signed, data []byte) (err error) {
	if c.dir == "" {
		return nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("the texts can't be kept for the next start: %w", err)
		}
	}()
	if err := os.MkdirAll(c.dir, 0o777); err != nil {
		return err
	}
	folder, err := atomicfile.Open(c.dir, ".")
	if err != nil {
		return err
	}
	defer folder.Close()
	lock, err := folder.Lock(ctx)
	if err != nil {
		return err
	}
	defer lock.Release()
	old, err := c.content(folder)
	if err != nil && !errors.Is(err, atomicfile.ErrTooLarge) {
		return err
	}
	if ref != nil && data == nil {
		// Another program that shares the folder may show another pack.
		if _, data = split(old); pack.Of(data) != ref.Digest {
			return nil
		}
	}
	return folder.Replace(c.name, old, bytes.Join([][]byte{signed, data}, nil))
}
