package git_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/environ"
	"github.com/errlingo/errlingo/internal/git"
)

// TestOutputVariables checks that git gets the variables that are handed in and not those of the
// process, and that no variable makes it read another repository.
func TestOutputVariables(t *testing.T) {
	dir := repository(t)
	settings := filepath.Join(t.TempDir(), "settings")
	if err := os.WriteFile(settings, []byte("[user]\n\tname = Ada\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(dir, "those of the process"))
	t.Setenv("GIT_DIR", filepath.Join(dir, "nowhere"))
	tests := []struct {
		name string
		vars environ.Variables
		want string // the name in the settings, or else an error
	}{
		{"handed in", environ.Variables{"GIT_CONFIG_GLOBAL=" + settings}, "Ada\n"},
		{"none", environ.Variables{"GIT_CONFIG_NOSYSTEM=1"}, ""},
		{
			"another repository",
			environ.Variables{"GIT_DIR=" + filepath.Join(dir, "nowhere"), "GIT_CONFIG_GLOBAL=" + settings},
			"Ada\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, err := git.Output(t.Context(), test.vars, dir, "config", "user.name")
			if got := string(out); got != test.want || (err != nil) != (test.want == "") {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
			out, err = git.Output(t.Context(), test.vars, dir, "cat-file", "blob", "HEAD:a")
			if !strings.HasPrefix(string(out), "one\n") || err != nil {
				t.Errorf("got %q, %v", out, err)
			}
		})
	}
}
