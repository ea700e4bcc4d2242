package environ_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/environ"
)

func TestGet(t *testing.T) {
	variables := environ.Variables{"LANG=de", "GOWORK=off", "EMPTY=", "FLAGS=-tags=a", "LANG=ar", "ODD"}
	tests := []struct{ name, want string }{
		{"GOWORK", "off"},
		{"LANG", "ar"},
		{"FLAGS", "-tags=a"},
		{"EMPTY", ""},
		{"ODD", ""},
		{"MISSING", ""},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := variables.Get(tt.name); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := environ.Variables(nil).Get("LANG"); got != "" {
		t.Errorf("no variables: got %q", got)
	}
}

// TestLikeTheProcess compares with the variables of this process, and with what a program gets.
func TestLikeTheProcess(t *testing.T) {
	t.Setenv("ERRLINGO_TEST", "a=b")
	variables := environ.Variables(os.Environ())
	for _, name := range []string{"ERRLINGO_TEST", "errlingo_test", "PATH"} {
		if got, want := variables.Get(name), os.Getenv(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	variables = append(variables, "ERRLINGO_TEST=c")
	cmd := exec.Command("sh", "-c", `echo "$ERRLINGO_TEST"`)
	cmd.Env = variables
	out, err := cmd.Output()
	if got := strings.TrimSpace(string(out)); err != nil || got != variables.Get("ERRLINGO_TEST") {
		t.Errorf("a program gets %q, %v", got, err)
	}
}
