package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/fleet"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/internal/access"
)

// take prints the processor time that a node needs for a release.
func (e effort) take(ctx context.Context, out io.Writer, subjects ...*subject) error {
	fmt.Fprint(out, "| codes × languages | signature | digest | unpacking | check | "+
		"texts in use | all |\n"+
		"|---|---:|---:|---:|---:|---:|---:|\n")
	for _, s := range subjects {
		if err := e.takeOf(ctx, out, s); err != nil {
			return err
		}
	}
	return nil
}

func (e effort) takeOf(ctx context.Context, out io.Writer, s *subject) error {
	bundle, err := load(s)
	if err != nil {
		return err
	}
	domain := access.Model(s.program.Domain)
	texts, err := pack.New(domain, s.version(1))
	if err != nil {
		return err
	}
	data := texts.Encode()
	signed, err := release.Sign(&release.Release{Domain: domain.Name, Revision: 1, Share: 100,
		Pack: release.RefOf(texts, data, "")}, key)
	if err != nil {
		return err
	}
	var read, fit *pack.Pack
	steps := []func() error{
		func() error { _, err := release.Open(signed, keys); return err },
		func() error { pack.Of(data); return nil },
		func() (err error) { read, err = pack.Read(data); return err },
		func() (err error) { fit, _, err = read.For(domain); return err },
		func() error { return bundle.Override(ctx, s.program.Domain, fit.FS()) },
	}
	took := make([][]time.Duration, len(steps))
	for range e.turns {
		for i, step := range steps {
			runtime.GC() // Each step has the garbage that it makes.
			began, err := cpu()
			if err == nil {
				err = step()
			}
			if err != nil {
				return err
			}
			ended, err := cpu()
			if err != nil {
				return err
			}
			took[i] = append(took[i], ended-began)
		}
	}
	fmt.Fprintf(out, "| %s |", s.size)
	var all time.Duration
	for _, t := range took {
		all += median(t)
		fmt.Fprintf(out, " %s |", milliseconds(median(t)))
	}
	fmt.Fprintf(out, " %s |\n", milliseconds(all))
	return nil
}

func load(s *subject) (*errlingo.Bundle, error) {
	return errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: s.program.Domain, FS: s.program.Texts}},
	})
}

// render prints how much longer a text takes in a program that follows.
func (e effort) render(ctx context.Context, out io.Writer) error {
	s, err := newSubject("standard", 64)
	if err != nil {
		return err
	}
	alone, err := load(s)
	if err != nil {
		return err
	}
	follows, err := load(s)
	if err != nil {
		return err
	}
	w, err := startSite(ctx, s)
	if err != nil {
		return err
	}
	defer w.close()
	if _, err := w.publish(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended, shown := make(chan error, 1), make(chan fleet.Status, 16)
	go func() {
		ended <- fleet.Follow(ctx, follows, fleet.NATS(w.conn), fleet.Options{
			Domain: s.program.Domain, Keys: keys, OnStatus: func(s fleet.Status) { shown <- s },
		})
	}()
	defer func() { cancel(); <-ended }()
	for status := range shown {
		if status.Revision > 0 {
			break
		}
	}
	plain := codes.InternalServerError.New()
	large := codes.FileTooLarge.New(codes.FileName.Arg("socks.jpg"), codes.SizeLimit.Arg(25_000_000))
	fmt.Fprint(out, "| the time of a text, following / not following | |\n|---|---:|\n")
	for _, c := range []struct {
		name string
		of   func(*errlingo.Bundle) func([]byte) []byte
	}{
		{"without arguments", func(b *errlingo.Bundle) func([]byte) []byte {
			l := b.Localizer("de")
			return func(dst []byte) []byte { return l.AppendDetail(dst, plain) }
		}},
		{"with two arguments", func(b *errlingo.Bundle) func([]byte) []byte {
			l := b.Localizer("de")
			return func(dst []byte) []byte { return l.AppendDetail(dst, large) }
		}},
		{"the same, from a header", func(b *errlingo.Bundle) func([]byte) []byte {
			return func(dst []byte) []byte {
				return b.Localizer("de-CH, fr;q=0.9").AppendDetail(dst, large)
			}
		}},
	} {
		fmt.Fprintf(out, "| %s | %.2f |\n", c.name, e.ratio(c.of(follows), c.of(alone)))
	}
	return nil
}

// ratio returns how much longer one rendering takes than another one: the least of many short runs
// in turns, which other work on the machine has affected little.
func (e effort) ratio(one, other func([]byte) []byte) float64 {
	const runs, renders = 50, 10_000
	buf := make([]byte, 0, 1<<10)
	least := [2]time.Duration{math.MaxInt64, math.MaxInt64}
	for range e.turns * runs {
		for i, render := range []func([]byte) []byte{one, other} {
			began := time.Now()
			for range renders {
				render(buf)
			}
			least[i] = min(least[i], time.Since(began))
		}
	}
	return float64(least[0]) / float64(least[1])
}

// size prints how many bytes a program has more that follows, built with -trimpath.
func (e effort) size(ctx context.Context, out io.Writer) error {
	dir, err := os.MkdirTemp("", "figures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprint(out, "| | alone | watch | fleet with a folder | fleet with NATS |\n"+
		"|---|---:|---:|---:|---:|\n")
	for _, base := range []struct{ name, tag string }{
		{"a program without a network", ""}, {"a web service", "service"},
	} {
		fmt.Fprintf(out, "| %s |", base.name)
		var alone int
		for _, tag := range []string{"", "watch", "folder", "nats"} {
			n, err := build(ctx, filepath.Join(dir, "program"), base.tag, tag)
			if err != nil {
				return err
			}
			if tag == "" {
				alone = n
				fmt.Fprintf(out, " %s |", megabytes(uint64(n)))
			} else {
				fmt.Fprintf(out, " %s more |", megabytes(uint64(n-alone)))
			}
		}
		fmt.Fprintln(out)
	}
	return nil
}

// build returns the size of a program.
func build(ctx context.Context, file string, tags ...string) (size int, err error) {
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", strings.Join(tags, " "),
		"-o", file, "github.com/errlingo/errlingo/fleet/servertest/figures/testdata/program")
	if said, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("can't build the program; run this in the folder fleet/servertest: %w\n%s",
			err, said)
	}
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return int(info.Size()), nil
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1e3) }

func kilobytes(n int) string { return fmt.Sprintf("%.0f KB", float64(n)/1e3) }

func megabytes(n uint64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
