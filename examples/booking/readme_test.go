package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// started is the command serve in a process of its own.
type started struct {
	*exec.Cmd
	http, grpc string // addresses
	errors     bytes.Buffer
}

// startServe starts the service as a user does.
func startServe(t *testing.T, args ...string) *started {
	t.Helper()
	s := &started{Cmd: exec.CommandContext(t.Context(), os.Args[0],
		append([]string{"serve", "-http", "localhost:0", "-grpc", "localhost:0"}, args...)...)}
	s.Env = append(os.Environ(), "BOOKING_MAIN=1", "TMPDIR="+t.TempDir())
	s.Stderr = &s.errors
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Process.Kill(); _ = s.Wait() })
	lines := bufio.NewScanner(out)
	for _, address := range []*string{&s.http, &s.grpc} {
		if !lines.Scan() {
			t.Fatalf("serve says nothing: %s", &s.errors)
		}
		_, *address, _ = strings.Cut(lines.Text(), ": ")
	}
	s.http = strings.TrimPrefix(s.http, "http://")
	return s
}

// TestCtrlC starts the service, presses Ctrl-C, and checks that nothing is left.
func TestCtrlC(t *testing.T) {
	s := startServe(t)
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
	s := startServe(t)
	here := strings.NewReplacer("localhost:8080", s.http, "localhost:9090", s.grpc,
		"go run . work <", os.Args[0]+" work -server http://"+s.http+" <", "go run .", os.Args[0])
	sessions := regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllStringSubmatch(string(readme), -1)
	if len(sessions) < 4 {
		t.Errorf("only %d sessions", len(sessions))
	}
	for _, session := range sessions {
		if got := typed(t, session[1], here); masked(got) != masked(session[1]) {
			t.Errorf("the session goes\n%s\nthe README says\n%s", got, session[1])
		}
	}
}

// masked returns a session without what differs each time: references and the IDs of bookings.
func masked(session string) string {
	session = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`).ReplaceAllString(session, "UUID")
	return regexp.MustCompile(`"id":"[A-Z2-7]{8}"`).ReplaceAllString(session, `"id":"ID"`)
}

// typed runs the commands of a session and returns it with what they print.
func typed(t *testing.T, session string, here *strings.Replacer) string {
	var got strings.Builder
	for _, command := range regexp.MustCompile(`(?m)^\$ .*\n(> .*\n)*`).FindAllString(session, -1) {
		script := strings.ReplaceAll(strings.TrimPrefix(command, "$ "), "\n> ", "\n")
		c := exec.CommandContext(t.Context(), "sh", "-c", here.Replace(script))
		c.Env = append(os.Environ(), "BOOKING_MAIN=1", "LC_ALL=", "LC_MESSAGES=")
		out, err := c.Output()
		if _, failed := err.(*exec.ExitError); err != nil && !failed {
			t.Fatal(err)
		}
		got.WriteString(command)
		got.WriteString(strings.TrimSuffix(string(out), "\n") + "\n")
	}
	return got.String()
}
