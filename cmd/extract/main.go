// Command extract carries the error codes that a Go module declares into its locale files, and checks these.
//
// It reads Go source without building it, and it never loses a translator's work: docs/extract.md describes the command,
// docs/locale-file.md the files. It is a tool of the module that uses it:
//
//	go get -tool github.com/errlingo/errlingo/cmd/extract
//	go tool extract
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // The second signal ends the process.
	// Whoever reads the result may have seen enough. The files are written and the locks given back all the same.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	os.Exit(run(ctx, processEnvironment()))
}

// processEnvironment returns what the process was given.
func processEnvironment() environment {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // What cannot be found from there says so itself.
	}
	return environment{
		args: os.Args, dir: dir, getenv: os.Getenv,
		stdout: os.Stdout, stderr: os.Stderr,
		stdoutTerminal: isTerminal(os.Stdout), stderrTerminal: isTerminal(os.Stderr),
		saveMemory: saveMemory,
	}
}

// saveMemory lets the heap grow by no more than three quarters between two collections. With the usual 100 % a check of
// 10,000 codes in ten locales takes 4 % less time and a sixth more memory.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(75)
	}
}

// isTerminal reports whether somebody is likely to look at what is written to the file.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
