package servertest

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet"
)

// NodeConfig says what a node is and does.
type NodeConfig struct {
	Name    string
	URL     string // of one or more servers
	User    string // for servers that ask for one; the password is the same
	Program string // for [Load]
	Keys    []ed25519.PublicKey
	Cache   string
	AtLeast uint64
	MaxPack int
	Poll    time.Duration
	// Renderers is how many goroutines render all texts of the program over and over, with a pause
	// in between, and look for wrong ones.
	Renderers int
	Pause     time.Duration
	// Measure makes the node say how much memory is in use, which takes time.
	Measure bool
}

// Line is what a node writes whenever its status changes, and at its start with an empty status.
type Line struct {
	Status fleet.Status
	Err    string            // of the status
	Texts  map[string]string // what readers see, by locale and text, such as "de CLOSED.title"
	At     time.Time
	Memory *Memory // if it is measured
	End    *End    // in the last line only
}

// Memory says how much memory a node takes, in bytes. What the system says is 0 outside of Linux.
type Memory struct {
	Heap     uint64 // in use, without garbage
	Resident uint64 // after what is free was given back to the system
	Peak     uint64 // the most that was resident since the line before
}

// End is what a node has to say at its end.
type End struct {
	Renders uint64
	Wrong   []string // texts that must not be shown
	Leaked  string   // the goroutines that are left, if there are more than at the start
}

// readers are the languages of those who use the program. The program has German texts itself,
// English ones are its source, and French ones are published only.
var readers = map[string][]string{"de": {"de"}, "en": {"en"}, "fr": {"fr", "en"}}

// Node is a node in a process of its own.
type Node struct {
	*process
	Config NodeConfig
	last   Line
	lines  int
}

// StartNode starts a node in a process of its own.
func StartNode(config NodeConfig) (*Node, error) {
	n := &Node{Config: config}
	p, err := start(job{Node: &config}, func(text []byte) {
		var line Line
		if err := json.Unmarshal(text, &line); err != nil {
			line.Err = fmt.Sprintf("the line %q can't be read: %v", text, err)
		}
		n.last = line
		n.lines++
	})
	if err != nil {
		return nil, err
	}
	n.process = p
	return n, nil
}

// Wait waits for a line for which the function returns true, and returns it.
func (n *Node) Wait(ctx context.Context, is func(Line) bool) (last Line, err error) {
	err = n.wait(ctx, func() bool {
		last = n.last
		return n.lines > 0 && is(last)
	})
	if err != nil {
		err = fmt.Errorf("node %q: %w; its last line was %+v", n.Config.Name, err, last)
	}
	return last, err
}

// End stops the node and returns its last line.
func (n *Node) End() (Line, error) {
	if err := n.Stop(); err != nil {
		return Line{}, fmt.Errorf("node %q: %w", n.Config.Name, err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.last.End == nil {
		return n.last, fmt.Errorf("node %q has not said how it ended", n.Config.Name)
	}
	return n.last, nil
}

// runNode is the process of a node. It ends when the input does.
func runNode(config *NodeConfig, in io.Reader, out io.Writer) error {
	program, err := Load(config.Program)
	if err != nil {
		return err
	}
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: program.Domain, FS: program.Texts}},
	})
	if err != nil {
		return err
	}
	n := &node{config: config, program: program, bundle: bundle, out: json.NewEncoder(out)}
	if err := n.write(Line{}); err != nil {
		return err
	}
	before := runtime.NumGoroutine()
	end, err := n.run(in)
	if err != nil {
		return err
	}
	end.Leaked = leaked(before)
	n.final.End = end
	return n.out.Encode(n.final)
}

// node is the inside of a node.
type node struct {
	config  *NodeConfig
	program *Program
	bundle  *errlingo.Bundle
	out     *json.Encoder
	final   Line

	renders atomic.Uint64
	mu      sync.Mutex
	wrong   []string
}

func (n *node) run(in io.Reader) (*End, error) {
	options := []nats.Option{nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1),
		nats.ReconnectWait(50 * time.Millisecond), nats.ReconnectJitter(50*time.Millisecond, 0),
		nats.PingInterval(time.Second), nats.IgnoreDiscoveredServers(), nats.Name(n.config.Name)}
	if n.config.User != "" {
		options = append(options, nats.UserInfo(n.config.User, n.config.User))
	}
	conn, err := nats.Connect(n.config.URL, options...)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var all sync.WaitGroup
	all.Go(func() {
		<-ctx.Done()
		conn.Close()
	})
	for range n.config.Renderers {
		all.Go(func() { n.render(ctx) })
	}
	var followErr, writeErr error
	followed := make(chan struct{})
	all.Go(func() {
		defer close(followed)
		followErr = fleet.Follow(ctx, n.bundle, fleet.NATS(conn), fleet.Options{
			Domain: n.program.Domain, Keys: n.config.Keys, Node: n.config.Name, Cache: n.config.Cache,
			AtLeast: n.config.AtLeast, MaxPack: n.config.MaxPack, Poll: n.config.Poll,
			OnStatus: func(s fleet.Status) {
				line := Line{Status: s}
				if s.Err != nil {
					line.Err = s.Err.Error()
				}
				writeErr = errors.Join(writeErr, n.write(line))
			},
		})
	})
	stopped := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, in)
		close(stopped)
	}()
	select {
	case <-stopped:
	case <-followed:
	}
	cancel()
	all.Wait()
	if err := errors.Join(followErr, writeErr); err != nil {
		return nil, err
	}
	return &End{Renders: n.renders.Load(), Wrong: n.wrong}, nil
}

// write completes a line and writes it.
func (n *node) write(line Line) error {
	line.At, line.Texts = time.Now(), map[string]string{}
	for _, code := range n.program.Codes {
		e := code.Example()
		for locale := range readers {
			l := n.bundle.Localizer(locale)
			line.Texts[locale+" "+code.Name()+".title"] = l.Title(e)
			line.Texts[locale+" "+code.Name()+".detail"] = l.Detail(e)
		}
	}
	if n.config.Measure {
		line.Memory = measure()
	}
	n.final = line
	return n.out.Encode(line)
}

func measure() *Memory {
	peak := ofProcess("VmHWM")
	debug.FreeOSMemory()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	m := &Memory{Heap: stats.HeapAlloc, Resident: ofProcess("VmRSS"), Peak: peak}
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // The peak begins anew.
	return m
}

// ofProcess returns a size that Linux tells about this process, in bytes.
func ofProcess(field string) uint64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if value, is := strings.CutPrefix(line, field+":"); is {
			kib, _ := strconv.ParseUint(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			return kib << 10
		}
	}
	return 0
}

// render renders all texts until the context ends, and notes each that is wrong: one that is not of
// a good revision, one that is older than what was shown before, or a detail of another revision
// than its title.
func (n *node) render(ctx context.Context) {
	pause := time.NewTicker(n.config.Pause)
	defer pause.Stop()
	seen := map[string]uint64{} // the newest revision by reader
	for {
		for _, reader := range slices.Sorted(maps.Keys(readers)) {
			l := n.bundle.Localizer(reader)
			newest := seen[reader]
			for _, code := range n.program.Codes {
				e := code.Example()
				title, err := revisionOf(l.Title(e), code, "title", readers[reader]...)
				detail, detailErr := revisionOf(l.Detail(e), code, "detail", readers[reader]...)
				switch err = errors.Join(err, detailErr); {
				case err != nil:
				case title != detail:
					err = fmt.Errorf("title %q and detail %q", l.Title(e), l.Detail(e))
				case title < newest:
					err = fmt.Errorf("%q after revision %d", l.Title(e), newest)
				}
				if err != nil {
					n.note(reader, err)
				}
				seen[reader] = max(seen[reader], title)
			}
			n.renders.Add(1)
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return
		}
	}
}

func (n *node) note(reader string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.wrong) < 20 {
		n.wrong = append(n.wrong, reader+": "+err.Error())
	}
}

// leaked returns the stacks of all goroutines if there are more than before and they do not end.
func leaked(before int) string {
	for range 200 {
		if runtime.NumGoroutine() <= before+1 { // One reads the input until the process ends.
			return ""
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 64<<10)
	return string(stacks[:runtime.Stack(stacks, true)])
}
