package main

import (
	"syscall"
	"time"
)

// cpu returns how much processor time this process has taken.
func cpu() (time.Duration, error) {
	var use syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &use)
	return time.Duration(use.Utime.Nano() + use.Stime.Nano()), err
}
