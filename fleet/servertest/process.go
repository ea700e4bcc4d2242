package servertest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
)

// role is the environment variable that says what a process of this program does instead of its
// own work.
const role = "FLEET_SERVERTEST_ROLE"

// job is the value of role, as JSON.
type job struct {
	Node   *NodeConfig   `json:",omitempty"`
	Member *memberConfig `json:",omitempty"`
}

// Child does the work of a process that [StartNode] or [StartCluster] has started, and reports
// whether this is such a process. A program that uses them calls it first and then ends.
func Child() (isChild bool, err error) {
	value, isChild := os.LookupEnv(role)
	if !isChild {
		return false, nil
	}
	var j job
	if err := json.Unmarshal([]byte(value), &j); err != nil {
		return true, err
	}
	if j.Member != nil {
		return true, runMember(j.Member, os.Stdin, os.Stdout)
	}
	return true, runNode(j.Node, os.Stdin, os.Stdout)
}

// process is another process of this program. It writes lines of JSON, and ends when its input
// does.
type process struct {
	command *exec.Cmd
	input   io.Closer
	errs    *tail

	mu      sync.Mutex
	changed chan struct{} // closed at the next line and at the end
	ended   bool
	err     error
}

// start starts a process that does a job. Each line that it writes is handed to the function, which
// is called under the lock of the process.
func start(j job, line func([]byte)) (*process, error) {
	value, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{command: exec.Command(self), errs: &tail{}, changed: make(chan struct{})}
	p.command.Env = append(os.Environ(), role+"="+string(value))
	p.command.Stderr = p.errs
	if p.input, err = p.command.StdinPipe(); err != nil {
		return nil, err
	}
	output, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go p.read(output, line)
	return p, nil
}

func (p *process) read(output io.Reader, line func([]byte)) {
	in := bufio.NewReader(output)
	for {
		text, err := in.ReadBytes('\n')
		if err != nil {
			break
		}
		p.mu.Lock()
		line(text)
		close(p.changed)
		p.changed = make(chan struct{})
		p.mu.Unlock()
	}
	err := p.command.Wait()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, p.errs)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended, p.err = true, err
	close(p.changed)
}

// wait waits until the function returns true. It is called under the lock of the process.
func (p *process) wait(ctx context.Context, is func() bool) error {
	for {
		p.mu.Lock()
		done, ended, err, changed := is(), p.ended, p.err, p.changed
		p.mu.Unlock()
		switch {
		case done:
			return nil
		case ended:
			return fmt.Errorf("the process has ended: %v", err)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Kill ends the process at once.
func (p *process) Kill() {
	_ = p.command.Process.Kill()
	p.waitForEnd()
}

// Stop ends the process as its program would. It returns what the process has said if it failed.
func (p *process) Stop() error {
	_ = p.input.Close()
	p.waitForEnd()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Ended reports whether the process has ended.
func (p *process) Ended() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended
}

func (p *process) waitForEnd() {
	// The error can only be that it has ended.
	_ = p.wait(context.Background(), func() bool { return p.ended })
}

// tail keeps the last of what is written to it. It is for one writer, and read after it.
type tail struct{ text []byte }

func (t *tail) Write(text []byte) (int, error) {
	const most = 64 << 10
	t.text = append(t.text, text...)
	if extra := len(t.text) - most; extra > 0 {
		t.text = append(t.text[:0], t.text[extra:]...)
	}
	return len(text), nil
}

func (t *tail) String() string { return string(t.text) }
