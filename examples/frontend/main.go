// Frontend is a page without a framework that asks the shop's API and shows its errors in a
// language that the reader chooses, without asking again.
//
//	go generate ./examples/frontend
//	npx --package typescript@5.9.3 tsc --project examples/frontend/web
//	go run ./examples/shop &
//	go run ./examples/frontend
//
// The first line writes web/errors, the second one compiles it with web/main.ts. The program serves
// the folder and forwards what begins with /api/ to the shop.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/signal"
	"time"
)

//go:generate go run ../../cmd/extract export ts --out web/errors ../shop ../../catalog/codes

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "frontend:", err)
		os.Exit(1)
	}
}

// run serves the page until the context is done.
func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("frontend", flag.ContinueOnError)
	address := flags.String("addr", "localhost:8081", "listen on `host:port`")
	shop := flags.String("shop", "http://localhost:8080", "the `address` of the shop")
	folder := flags.String("web", "examples/frontend/web", "the `folder` of the page")
	if err := flags.Parse(args); err != nil {
		return err
	}
	api, err := url.Parse(*shop)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", httputil.NewSingleHostReverseProxy(api))
	mux.Handle("/", http.FileServer(http.Dir(*folder)))
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "The page is at http://%s/\n", listener.Addr())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
