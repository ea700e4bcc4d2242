package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// started is the command serve in a process of its own.
type started struct {
	*exec.Cmd
	http, grpc string         // addresses
	out        *bufio.Scanner // what it prints after them
	errors     bytes.Buffer
	log        chan string // the lines of errors, as they come

	// With a server of NATS: its address, the file with the key, and the command errlingo-fleet.
	nats, key, publisher string
}

// startServe starts the service as a user does.
func startServe(t *testing.T, args ...string) *started {
	t.Helper()
	s := &started{Cmd: exec.CommandContext(t.Context(), os.Args[0],
		append([]string{"serve", "-http", "localhost:0", "-grpc", "localhost:0"}, args...)...)}
	s.Env = append(os.Environ(), "BOOKING_MAIN=1", "TMPDIR="+t.TempDir())
	s.log = make(chan string, 1000)
	reader, writer := io.Pipe()
	s.Stderr = io.MultiWriter(&s.errors, writer)
	go func() {
		for lines := bufio.NewScanner(reader); lines.Scan(); {
			s.log <- lines.Text()
		}
	}()
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Process.Kill(); _ = s.Wait() })
	s.out = bufio.NewScanner(out)
	for _, address := range []*string{&s.http, &s.grpc} {
		if !s.out.Scan() {
			t.Fatal("serve says nothing")
		}
		_, *address, _ = strings.Cut(s.out.Text(), ": ")
	}
	s.http = strings.TrimPrefix(s.http, "http://")
	return s
}

// waitFor waits until the service logs a line with the text.
func (s *started) waitFor(t *testing.T, text string) {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case line := <-s.log:
			if strings.Contains(line, text) {
				return
			}
		case <-timeout:
			t.Fatalf("the service doesn't log %q", text)
		}
	}
}

// TestCtrlC starts the service, presses Ctrl-C, and checks that nothing is left.
func TestCtrlC(t *testing.T) {
	t.Run("alone", func(t *testing.T) { pressCtrlC(t, startServe(t)) })
	t.Run("with texts", func(t *testing.T) {
		s := startServe(t, "-texts", ".")
		s.waitFor(t, "texts are shown")
		pressCtrlC(t, s)
	})
	t.Run("demo", func(t *testing.T) {
		s := startServe(t, "-texts", "demo")
		s.waitFor(t, "the server has no such bucket") // It follows, and nothing was published yet.
		pressCtrlC(t, s)
	})
}

func pressCtrlC(t *testing.T, s *started) {
	t.Helper()
	if err := s.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { _ = s.Process.Kill() })
	defer timer.Stop()
	if err := s.Wait(); err != nil {
		t.Errorf("%v: %s", err, &s.errors)
	}
	dir, _ := strings.CutPrefix(s.Env[len(s.Env)-1], "TMPDIR=")
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

// TestReadme types what the README's sessions type, and compares what is printed.
func TestReadme(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	own, rest, _ := strings.Cut(string(readme), "\n## Change a text while it runs\n")
	changed, published, _ := strings.Cut(rest, "\n## Publish a text\n")
	s := startServe(t)
	s.plays(t, own, 4, ".", nil)

	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "locales"), os.DirFS("locales")); err != nil {
		t.Fatal(err)
	}
	s = startServe(t, "-texts", dir)
	s.waitFor(t, "texts are shown")
	s.plays(t, changed, 1, dir, func(command string) {
		if strings.HasPrefix(command, "$ sed ") {
			s.waitFor(t, "texts are")
		}
	})

	dir = t.TempDir()
	copySources(t, dir)
	s = startServe(t, "-texts", "demo")
	s.readDemo(t)
	s.plays(t, published, 1, dir, func(command string) {
		if strings.Contains(command, " errlingo-fleet ") {
			s.waitFor(t, "texts are shown")
		}
	})
}

// copySources copies what "errlingo-fleet publish" reads, and lets go.mod find the other modules.
func copySources(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	mod = bytes.ReplaceAll(mod, []byte("=> ../../"), []byte("=> "+root+"/"))
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), mod, 0o644); err != nil {
		t.Fatal(err)
	}
}

// readDemo reads what the service prints about its server of NATS, and builds the command for it.
func (s *started) readDemo(t *testing.T) {
	t.Helper()
	command := regexp.MustCompile(`errlingo-fleet publish --server (\S+) --key (\S+)`)
	for s.out.Scan() {
		if found := command.FindStringSubmatch(s.out.Text()); found != nil {
			s.nats, s.key = found[1], found[2]
			break
		}
	}
	s.publisher = filepath.Join(t.TempDir(), "errlingo-fleet")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", s.publisher,
		"github.com/errlingo/errlingo/fleet/cmd/errlingo-fleet")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
}

// plays types the sessions of a page in the folder, and compares what is printed. If typed is not
// nil, it is called after each command.
func (s *started) plays(t *testing.T, page string, atLeast int, dir string, typed func(command string)) {
	here := strings.NewReplacer("localhost:8080", s.http, "localhost:9090", s.grpc,
		"nats://127.0.0.1:4222", s.nats, "/tmp/booking/demo.key", s.key,
		"go tool errlingo-fleet", s.publisher,
		"go run . work <", os.Args[0]+" work -server http://"+s.http+" <", "go run .", os.Args[0])
	sessions := regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllStringSubmatch(page, -1)
	if len(sessions) < atLeast {
		t.Errorf("only %d sessions, want %d", len(sessions), atLeast)
	}
	for _, session := range sessions {
		var got strings.Builder
		for _, command := range regexp.MustCompile(`(?m)^\$ .*\n(> .*\n)*`).FindAllString(session[1], -1) {
			got.WriteString(command)
			got.WriteString(prints(t, dir, here.Replace(command)))
			if typed != nil {
				typed(command)
			}
		}
		if masked(got.String()) != masked(session[1]) {
			t.Errorf("the session goes\n%s\nthe README says\n%s", &got, session[1])
		}
	}
}

// masked returns a session without what differs each time: references, the IDs of bookings, times,
// and the size and the digest of texts.
func masked(session string) string {
	session = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`).ReplaceAllString(session, "UUID")
	session = regexp.MustCompile(`\d+ bytes`).ReplaceAllString(session, "N bytes")
	session = regexp.MustCompile(`texts [0-9a-f]{12}`).ReplaceAllString(session, "texts DIGEST")
	session = regexp.MustCompile(`[-\d]{10} [:\d]{8} UTC`).ReplaceAllString(session, "TIME")
	return regexp.MustCompile(`"id":"[A-Z2-7]{8}"`).ReplaceAllString(session, `"id":"ID"`)
}

// prints runs a command of a session in the folder and returns what it prints.
func prints(t *testing.T, dir, command string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "sh", "-c",
		strings.ReplaceAll(strings.TrimPrefix(command, "$ "), "\n> ", "\n"))
	c.Dir = dir
	c.Env = append(os.Environ(), "BOOKING_MAIN=1", "LC_ALL=", "LC_MESSAGES=")
	out, err := c.Output()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	if len(out) == 0 {
		return ""
	}
	return strings.TrimSuffix(string(out), "\n") + "\n"
}
