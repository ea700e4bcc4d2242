package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/servertest"
)

// reach prints how long a change takes to the last of many nodes.
func (e effort) reach(ctx context.Context, out io.Writer, subjects ...*subject) error {
	fmt.Fprintf(out, "| codes × languages | median to %d nodes | worst of %d |\n|---|---:|---:|\n",
		e.nodes, e.changes)
	for _, s := range subjects {
		took, err := e.reachAll(ctx, s)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "| %s | %s | %s |\n",
			s.size, milliseconds(median(took)), milliseconds(slices.Max(took)))
	}
	return nil
}

func (e effort) reachAll(ctx context.Context, s *subject) ([]time.Duration, error) {
	w, err := startSite(ctx, s)
	if err != nil {
		return nil, err
	}
	defer w.close()
	nodes, err := w.start(e.nodes, servertest.NodeConfig{URL: w.server.URL()})
	defer func() { stop(nodes) }()
	if err != nil {
		return nil, err
	}
	var took []time.Duration
	for i := range e.changes + 1 {
		u, err := w.publish(ctx)
		if err != nil {
			return nil, err
		}
		last := u.began
		for _, n := range nodes {
			line, err := u.shown(ctx, n)
			if err != nil {
				return nil, err
			}
			if line.At.After(last) {
				last = line.At
			}
		}
		if i > 0 { // Nodes start until the first one is there.
			took = append(took, last.Sub(u.began))
		}
	}
	return took, nil
}

// bytes prints what a change sends to a node.
func (e effort) bytes(ctx context.Context, out io.Writer, subjects ...*subject) error {
	fmt.Fprint(out, "| codes × languages | texts | pack | release | received over TCP |\n"+
		"|---|---:|---:|---:|---:|\n")
	for _, s := range subjects {
		if err := e.bytesOf(ctx, out, s); err != nil {
			return err
		}
	}
	return nil
}

func (e effort) bytesOf(ctx context.Context, out io.Writer, s *subject) error {
	w, err := startSite(ctx, s)
	if err != nil {
		return err
	}
	defer w.close()
	proxy, err := servertest.StartProxy(w.server.Addr())
	if err != nil {
		return err
	}
	defer proxy.Close()
	nodes, err := w.start(1, servertest.NodeConfig{URL: "nats://" + proxy.Addr()})
	defer func() { stop(nodes) }()
	if err != nil {
		return err
	}
	var received [2]int64
	var u *update
	for i := range received {
		if u, err = w.publish(ctx); err != nil {
			return err
		}
		if _, err := u.shown(ctx, nodes[0]); err != nil {
			return err
		}
		if err := w.reported(ctx, u); err != nil {
			return err
		}
		received[i] = proxy.Received()
	}
	texts, err := unpacked(u.data)
	if err != nil {
		return err
	}
	signed, err := release.Sign(u.Release, key)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "| %s | %s | %s | %d B | %s |\n", s.size, kilobytes(texts),
		kilobytes(len(u.data)), len(signed), kilobytes(int(received[1]-received[0])))
	return nil
}

// reported waits until a node has reported that it shows an update.
func (w *site) reported(ctx context.Context, u *update) error {
	for {
		nodes, err := w.publisher.Nodes(ctx)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if n.Revision == u.Revision {
				return nil
			}
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// memory prints how much memory a node takes, over what the same program takes without following.
func (e effort) memory(ctx context.Context, out io.Writer, subjects ...*subject) error {
	fmt.Fprint(out, "| codes × languages | heap | more by following | resident | more by following | "+
		"more while taking the first pack | the second |\n|---|---:|---:|---:|---:|---:|---:|\n")
	for _, s := range subjects {
		if err := e.memoryOf(ctx, out, s); err != nil {
			return err
		}
	}
	return nil
}

func (e effort) memoryOf(ctx context.Context, out io.Writer, s *subject) error {
	w, err := startSite(ctx, s)
	if err != nil {
		return err
	}
	defer w.close()
	nodes, err := w.start(1, servertest.NodeConfig{URL: w.server.URL(), Measure: true})
	defer func() { stop(nodes) }()
	if err != nil {
		return err
	}
	line, err := nodes[0].Wait(ctx, func(servertest.Line) bool { return true })
	if err != nil {
		return err
	}
	states := []*servertest.Memory{line.Memory}
	for range 3 {
		u, err := w.publish(ctx)
		if err != nil {
			return err
		}
		if line, err = u.shown(ctx, nodes[0]); err != nil {
			return err
		}
		states = append(states, line.Memory)
	}
	alone, first, second, last := states[0], states[1], states[2], states[3]
	fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s | %s |\n", s.size,
		megabytes(alone.Heap), megabytes(last.Heap-alone.Heap),
		megabytes(alone.Resident), megabytes(last.Resident-alone.Resident),
		megabytes(first.Peak-alone.Resident), megabytes(second.Peak-alone.Resident))
	return nil
}
