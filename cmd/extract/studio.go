package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/git"
	"github.com/errlingo/errlingo/internal/studio"
)

func (a *app) studioCommand() *cobra.Command {
	var listen string
	var readOnly, noBrowser bool
	cmd := &cobra.Command{
		Use:   "studio [packages]",
		Short: "Translate and review texts in the browser",
		Long: `Studio serves a page on this machine, on which texts are translated and reviewed, and
prints its address. Nothing of it leaves the machine, and only those who have the
address can use it. What is saved is written into the locale files at once, as if extract
import had taken it over. Press Ctrl-C to end it.

https://github.com/errlingo/errlingo/blob/main/docs/studio.md describes the page.`,
		Example: `  extract studio
  extract studio --listen 127.0.0.1:8080 --no-browser`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink, a.readLazily = true, true
			address, err := loopback(listen)
			if err != nil {
				return err
			}
			return a.studio(cmd.Context(), args, address, readOnly, !noBrowser)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&listen, "listen", "127.0.0.1:0",
		"serve the page on this `address` of the machine itself; port 0 is a free one")
	flags.BoolVar(&readOnly, "read-only", false, "write nothing")
	flags.BoolVar(&noBrowser, "no-browser", false, "open no browser")
	return cmd
}

// loopback returns an address to listen on, which other machines must not be able to reach.
func loopback(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		return "", fail(fmt.Sprintf("%q is not an address", listen), "write one such as 127.0.0.1:8080")
	}
	if host == "localhost" {
		return listen, nil
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return "", fail(fmt.Sprintf("other machines could reach the studio on %q", listen),
			"listen on 127.0.0.1, and reach it from another machine through an SSH tunnel: "+
				"ssh -L 8080:127.0.0.1:8080 this-machine")
	}
	return listen, nil
}

// studio serves the page until the context is done.
func (a *app) studio(
	ctx context.Context, patterns []string, address string, readOnly, browser bool,
) error {
	if a.searched != nil {
		a.searched(manyFiles + 1) // All texts stay in memory, so the process takes what it needs.
	}
	modules, err := a.modules(patterns)
	if err != nil {
		return err
	}
	server, err := studio.New(ctx, &studioProject{a, patterns, modules},
		studio.Options{ReadOnly: readOnly})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return fail(fmt.Sprintf("cannot listen on %s: %v", address, err),
			"choose another port with --listen, or leave it out")
	}
	port := listener.Addr().(*net.TCPAddr).Port
	hosts := []string{listener.Addr().String(), fmt.Sprintf("localhost:%d", port)}
	access := studio.Access{Token: studio.NewToken(), Hosts: hosts}
	url := fmt.Sprintf("http://%s/?token=%s", hosts[0], access.Token)
	fmt.Fprintf(a.stdout, "%s\n", url)
	if browser && a.stdoutTerminal {
		a.openBrowser(ctx, url)
	}
	web := &http.Server{Handler: server.Handler(access), ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(listener) }()
	select {
	case err = <-ended:
	case <-ctx.Done():
		// A save that has begun is finished, and requests that wait for a change end with the context.
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace/2)
		defer cancel()
		err = web.Shutdown(grace)
	}
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fail(fmt.Sprintf("the page cannot be served any more: %v", err), "")
	}
	return nil
}

// openBrowser shows the page. If that fails, the address has been printed.
func (a *app) openBrowser(ctx context.Context, url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	if cmd := a.command(ctx, a.dir, name, args...); cmd.Start() == nil {
		go func() { _ = cmd.Wait() }()
	}
}

// studioProject gives the studio what is declared.
type studioProject struct {
	app      *app
	patterns []string
	modules  []module
}

// Load is that of [studio.Project].
func (s *studioProject) Load(ctx context.Context) ([]studio.Domain, error) {
	a := *s.app // Each run has its own.
	a.stderrTerminal, a.objects = false, &git.Objects{Environ: a.environ, Once: true}
	p, err := a.load(ctx, s.patterns)
	if err != nil {
		return nil, err
	}
	var domains []studio.Domain
	for _, d := range p.domains {
		in := d.input()
		in.History, in.Older = a.historyIn(ctx, d), a.olderIn(ctx, d, in.Renamed)
		domains = append(domains, studio.Domain{Domain: d.Domain, Input: in, Glossary: d.glossary,
			Root: d.folder.Base, Path: d.folder.Path})
	}
	return domains, nil
}

// Stamp is that of [studio.Project]: a hash of the names, sizes and times of all Go files.
func (s *studioProject) Stamp(ctx context.Context) string {
	h := fnv.New64a()
	for _, m := range s.modules {
		_ = codescan.Folders(ctx, m.root, func(dir string) bool {
			entries, _ := os.ReadDir(filepath.Join(m.root, filepath.FromSlash(dir)))
			for _, e := range entries {
				if info, err := e.Info(); err == nil && isSource(e) {
					fmt.Fprintf(h, "%s %d %d\n", path.Join(dir, e.Name()), info.Size(),
						info.ModTime().UnixNano())
				}
			}
			return true
		})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// isSource reports whether a file says what is declared.
func isSource(e fs.DirEntry) bool {
	return strings.HasSuffix(e.Name(), ".go") || e.Name() == "go.mod"
}

// Committed is that of [studio.Project].
func (s *studioProject) Committed(ctx context.Context, d *studio.Domain, name string) []byte {
	out, err := s.app.git(ctx, d.Root, "cat-file", "blob", "HEAD:./"+path.Join(d.Path, name))
	if err != nil {
		return nil
	}
	return out
}
