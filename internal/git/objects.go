package git

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"

	"github.com/errlingo/errlingo/internal/environ"
)

// Objects reads objects of repositories. Most runs ask several times, and starting git takes longer
// than the answer, so it keeps git running for each folder that it was asked about. Git before 2.36
// can't do that and is started for each question.
//
// It may be used by several goroutines at once.
type Objects struct {
	Environ environ.Variables // as for [Output]
	Once    bool              // git is started for each question, so nothing is left running

	mu      sync.Mutex
	running map[string]*catFile // by folder
	closed  bool
	old     bool // git doesn't know --batch-command
}

// Object is a git object.
type Object struct {
	Name    string // its hash, "" if the repository doesn't have it
	Size    int    // in bytes
	Content []byte // nil if it was not asked for or the repository doesn't have it
}

// Sizes looks up objects by their names, such as HEAD:./file, in the repository of a folder. It
// doesn't read their content.
func (o *Objects) Sizes(ctx context.Context, dir string, names []string) ([]Object, error) {
	return o.ask(ctx, dir, names, false)
}

// Read is like Sizes, but it also reads the content of the objects.
func (o *Objects) Read(ctx context.Context, dir string, names []string) ([]Object, error) {
	return o.ask(ctx, dir, names, true)
}

// Close ends what is running. Git is then started for each question.
func (o *Objects) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.running {
		_ = c.stop() // It has answered everything.
	}
	o.running, o.closed = nil, true
}

func (o *Objects) ask(
	ctx context.Context, dir string, names []string, content bool,
) ([]Object, error) {
	for _, name := range names {
		if strings.ContainsAny(name, "\r\n") {
			return nil, fmt.Errorf("%q has a line end", name) // Git would read two names.
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	if o.Once {
		return o.askOnce(ctx, dir, names, content)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.old || o.closed {
		return o.askOnce(ctx, dir, names, content)
	}
	c := o.running[dir]
	if c == nil {
		var err error
		if c, err = startCatFile(ctx, o.Environ, dir); err != nil {
			return nil, err
		}
		if o.running == nil {
			o.running = map[string]*catFile{}
		}
		o.running[dir] = c
	}
	found, err := c.ask(names, content)
	if err == nil {
		return found, nil
	}
	delete(o.running, dir)
	stopped := c.stop()
	if failed, ok := errors.AsType[*exec.ExitError](c.exit); ok && failed.ExitCode() == exitUsage {
		o.old = true
		return o.askOnce(ctx, dir, names, content)
	}
	return nil, cmp.Or(ctx.Err(), stopped, err)
}

// exitUsage is git's exit code for an option that it doesn't know.
const exitUsage = 129

func (o *Objects) askOnce(
	ctx context.Context, dir string, names []string, content bool,
) ([]Object, error) {
	option := "--batch-check"
	if content {
		option = "--batch"
	}
	input := strings.NewReader(strings.Join(names, "\n") + "\n")
	out, err := OutputOf(ctx, o.Environ, dir, input, "cat-file", option)
	if err != nil {
		return nil, err
	}
	return readAnswers(bufio.NewReader(bytes.NewReader(out)), len(names), content)
}

// catFile is a running "git cat-file --batch-command".
type catFile struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
	stderr bytes.Buffer // may be read after stop
	exit   error        // of the process, after stop
}

func startCatFile(
	ctx context.Context, vars environ.Variables, dir string,
) (*catFile, error) {
	c := &catFile{cmd: command(ctx, vars, dir, "cat-file", "--batch-command", "--buffer")}
	c.cmd.Stderr = &c.stderr
	var err error
	if c.stdin, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.stdout = bufio.NewReader(stdout)
	return c, c.cmd.Start()
}

func (c *catFile) ask(names []string, content bool) ([]Object, error) {
	verb := "info "
	if content {
		verb = "contents "
	}
	var request strings.Builder
	for _, name := range names {
		request.WriteString(verb + name + "\n")
	}
	request.WriteString("flush\n")
	// Git may answer before it has read all names. If it ends before that, it has no answers either.
	go func() { _, _ = io.WriteString(c.stdin, request.String()) }()
	found, err := readAnswers(c.stdout, len(names), content)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		_ = c.cmd.Process.Kill() // It may have more to say, and would wait for a reader.
	}
	return found, err
}

// stop ends the process, which has answered everything or failed. It returns why git failed.
func (c *catFile) stop() error {
	_ = c.stdin.Close()
	if c.exit = c.cmd.Wait(); c.exit != nil && c.stderr.Len() > 0 {
		return errors.New(errorLine(c.stderr.String()))
	}
	return c.exit
}

// readAnswers reads what cat-file prints for each name: a line with the object's name, type and
// size, and with content the bytes and a line feed. For what the repository doesn't have, that is
// the name as it was given, which may have spaces, and "missing".
func readAnswers(r *bufio.Reader, n int, content bool) ([]Object, error) {
	objects := make([]Object, n)
	for i := range objects {
		head, err := r.ReadString('\n')
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		head = strings.TrimSuffix(head, "\n")
		if strings.HasSuffix(head, " missing") {
			continue
		}
		words := strings.Fields(head)
		if len(words) != 3 {
			return nil, fmt.Errorf("unexpected answer %q", head)
		}
		size, err := strconv.Atoi(words[2])
		if err != nil || size < 0 {
			return nil, fmt.Errorf("unexpected answer %q", head)
		}
		objects[i] = Object{Name: words[0], Size: size}
		if !content {
			continue
		}
		text := make([]byte, size+1)
		if _, err := io.ReadFull(r, text); err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		objects[i].Content = text[:size:size]
	}
	return objects, nil
}
