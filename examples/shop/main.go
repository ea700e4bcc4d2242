// Shop is a small web shop with errors in its users' languages. It shows each step of using a code:
// how it is declared in codes.go, returned as an error, and shown as a page, as JSON or as plain
// text.
//
//	go run ./examples/shop
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run serves the shop until the context is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("shop", flag.ContinueOnError)
	flags.SetOutput(stderr)
	address := flags.String("addr", "localhost:8080",
		"listen on `host:port`; port 0 means any free port")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if err := serve(ctx, *address, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "shop: %v\n", err)
		return 1
	}
	return 0
}

func serve(ctx context.Context, address string, stdout, stderr io.Writer) error {
	handler, err := newShop(slog.New(slog.NewTextHandler(stderr, nil)))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("%w\nhint: use a free port: go run ./examples/shop -addr localhost:0", err)
	}
	printUsage(stdout, listener.Addr().String())

	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		timeout, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		done <- server.Shutdown(timeout)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-done
}

func printUsage(w io.Writer, address string) {
	fmt.Fprintf(w, `The shop is open at http://%[1]s/

Try it in two languages:

  curl -H 'Accept-Language: de' http://%[1]s/api/items/4711
  curl -H 'Accept-Language: ar-EG' -X POST 'http://%[1]s/api/items/4/reserve?pieces=1000'

Press Ctrl-C to stop it.
`, address)
}
