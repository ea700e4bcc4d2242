// Package environ has the environment variables of a run, which need not be those of the process.
package environ

import (
	"runtime"
	"slices"
	"strings"
)

// Variables are environment variables, each as NAME=value. [os.Environ] returns those of the
// process, and [os/exec.Cmd] takes them for a program. If several have the same name, the last one
// counts. The zero value has no variables.
type Variables []string

// Get returns the value of the variable, like [os.Getenv]: it is empty if the variable is not set.
func (v Variables) Get(name string) string {
	for _, variable := range slices.Backward(v) {
		if is, value, ok := strings.Cut(variable, "="); ok && same(is, name) {
			return value
		}
	}
	return ""
}

// same reports whether two names are those of the same variable.
func same(a, b string) bool {
	return a == b || runtime.GOOS == "windows" && strings.EqualFold(a, b)
}
