//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// endWithChildren makes the end of the program that of all processes that it has started.
func endWithChildren(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
