package pack

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// A pack is gzip around lines and files, so that zcat shows it:
//
//	errlingo pack 1
//	domain shop
//	fingerprint 8f0c…
//	file de.toml 2048
//	2048 bytes, the file
//	file en.toml 1999
//	…
//
// The number changes with anything that an older receiver would misunderstand.
const (
	magic       = "errlingo pack "
	version     = "1"
	maxLine     = 256 // bytes of a line between files
	fieldFile   = "file"
	fieldDomain = "domain"
	fieldPrint  = "fingerprint"
)

// Encode returns the pack as bytes, for [Read]. They are the same for the same texts, and may
// differ only between versions of Go, whose compression may become better.
func (p *Pack) Encode() []byte {
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic("pack: " + err.Error()) // The level is a constant.
	}
	// A bytes.Buffer returns no error.
	fmt.Fprintf(zip, "%s%s\n", magic, version)
	fmt.Fprintf(zip, "%s %s\n%s %s\n", fieldDomain, p.Domain, fieldPrint, p.Fingerprint)
	for _, f := range p.files {
		fmt.Fprintf(zip, "%s %s %d\n", fieldFile, f.name, len(f.text))
		_, _ = io.WriteString(zip, f.text)
	}
	_ = zip.Close()
	return out.Bytes()
}

// Read reads a pack that [Pack.Encode] returned. It stops at the first fault and at each limit, so
// that it never takes much more memory than the limits say, however small the input is. The texts
// are for [Pack.For] to check.
func Read(data []byte) (*Pack, error) {
	src := bytes.NewReader(data)
	zip, err := gzip.NewReader(src)
	if err != nil {
		return nil, unreadable(err)
	}
	zip.Multistream(false)
	r := reader{in: bufio.NewReaderSize(zip, maxLine)}
	p, err := r.pack()
	if err != nil {
		return nil, unreadable(err)
	}
	if src.Len() > 0 {
		return nil, unreadable(fmt.Errorf("%d bytes follow its end", src.Len()))
	}
	return p, nil
}

// unreadable says what to do about data that is not what [Pack.Encode] returned.
func unreadable(err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("not a readable pack: %w; publish the texts again", err)
}

type reader struct {
	in *bufio.Reader
}

func (r *reader) pack() (*Pack, error) {
	first, err := r.line()
	if err != nil {
		return nil, err
	}
	switch number, is := strings.CutPrefix(first, magic); {
	case !is:
		return nil, fmt.Errorf("it begins with %.40q, not with %q", first, magic+version)
	case number != version:
		return nil, fmt.Errorf("it has version %.40q, and this program reads version %s; "+
			"update the program", number, version)
	}
	p := &Pack{}
	if p.Domain, err = r.field(fieldDomain); err != nil {
		return nil, err
	}
	if !naming.Domain(p.Domain) {
		return nil, fmt.Errorf("%q is not the name of a domain", p.Domain)
	}
	if p.Fingerprint, err = r.field(fieldPrint); err != nil {
		return nil, err
	}
	if !isFingerprint(p.Fingerprint) {
		return nil, fmt.Errorf("%q is not a fingerprint", p.Fingerprint)
	}
	size := 0
	for {
		f, err := r.file(MaxSize - size)
		if err == io.EOF && len(p.files) == 0 {
			return nil, errors.New("it has no file")
		}
		if err == io.EOF {
			return p, nil
		}
		if err != nil {
			return nil, err
		}
		if n := len(p.files); n == MaxFiles {
			return nil, fmt.Errorf("it has more than %d files", MaxFiles)
		} else if n > 0 && p.files[n-1].name >= f.name {
			return nil, fmt.Errorf("the file %q follows %q, but files are sorted", f.name, p.files[n-1].name)
		}
		p.files, size = append(p.files, f), size+len(f.text)
	}
}

// line reads a line, without its end.
func (r *reader) line() (string, error) {
	line, err := r.in.ReadSlice('\n')
	switch {
	case err == bufio.ErrBufferFull:
		return "", fmt.Errorf("a line has more than %d bytes", maxLine)
	case err == io.EOF && len(line) > 0:
		return "", io.ErrUnexpectedEOF
	case err != nil:
		return "", err
	}
	return string(line[:len(line)-1]), nil
}

// field reads the line of a field and returns its value.
func (r *reader) field(name string) (string, error) {
	line, err := r.line()
	if err == io.EOF {
		return "", io.ErrUnexpectedEOF
	}
	if err != nil {
		return "", err
	}
	value, is := strings.CutPrefix(line, name+" ")
	if !is {
		return "", fmt.Errorf("the line %q should begin with %q", line, name)
	}
	return value, nil
}

// file reads a file of no more than the given size. The error is [io.EOF] if there are no others.
func (r *reader) file(most int) (file, error) {
	line, err := r.line()
	if err != nil {
		return file{}, err
	}
	fields := strings.Split(line, " ")
	if len(fields) != 3 || fields[0] != fieldFile {
		return file{}, fmt.Errorf("the line %q should have the name and the size of a file", line)
	}
	f := file{name: fields[1]}
	tag, misnamed := localefile.TagOf(f.name)
	if misnamed != nil || nameOf(tag) != f.name {
		return file{}, fmt.Errorf("%q is not the name of a locale file", f.name)
	}
	f.tag = tag
	size, err := strconv.Atoi(fields[2])
	if err != nil || strconv.Itoa(size) != fields[2] || size < 0 {
		return file{}, fmt.Errorf("%q is not the size of a file", fields[2])
	}
	if size > min(most, tomldoc.MaxSize) {
		return file{}, fmt.Errorf("the file %q has %d bytes, which is too much; "+
			"a file has at most %d, and all files have %d", f.name, size, tomldoc.MaxSize, MaxSize)
	}
	var text strings.Builder
	text.Grow(size) // A false claim takes the memory of one file.
	n, err := io.Copy(&text, io.LimitReader(r.in, int64(size)))
	if err == nil && n < int64(size) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return file{}, fmt.Errorf("in the file %q: %w", f.name, err)
	}
	f.text = text.String()
	return f, nil
}
