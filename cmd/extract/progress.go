package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// patience is how long a run takes before it says what it does.
const patience = time.Second

// progress tells somebody at a terminal what a long run does. It leaves no trace on the screen.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	timer *time.Timer
	what  string
	shown bool
}

// startProgress begins with the given step. At anything but a terminal the result stays silent.
func (a *app) startProgress(what string) *progress {
	p := &progress{w: a.stderr, what: what}
	p.mu.Lock()
	defer p.mu.Unlock()
	if a.stderrTerminal {
		p.timer = time.AfterFunc(patience, p.show)
	}
	return p
}

// says names the next step.
func (p *progress) says(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = what
	if p.shown {
		p.print()
	}
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.shown = true
		p.print()
	}
}

// print overwrites the line.
func (p *progress) print() { fmt.Fprintf(p.w, "\r\x1b[K%s …", p.what) }

// stop takes the line away.
func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
