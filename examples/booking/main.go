// Booking sells the seats of a small theater, with errors in its users' languages. It is a service
// with a database, over HTTP and RPC, and a worker that calls it. The README says how much of it is
// about errors.
//
//	go run . serve
//	go run . work <orders.jsonl
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/errlingo/errlingo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}

// run runs a command until it is done or the context ends.
func run(
	ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer,
	getenv func(string) string,
) int {
	flags := flag.NewFlagSet("booking", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: booking serve [flags], or booking work [flags] <orders")
		flags.PrintDefaults()
	}
	if len(args) == 0 {
		flags.Usage()
		return 2
	}
	var do func() error
	switch args[0] {
	case "serve":
		web := flags.String("http", "localhost:8080", "listen on `host:port` for HTTP and Connect")
		rpc := flags.String("grpc", "localhost:9090", "listen on `host:port` for gRPC")
		file := flags.String("db", "", "keep the bookings in `file`; without one, they are lost")
		rate := flags.Int("rate", 20, "take `n` bookings a minute")
		var texts published
		flags.StringVar(&texts.from, "texts", "", "show the texts in a `folder`, those that are "+
			"published at a nats:// URL, or, with demo, at a server that is started for it")
		flags.StringVar(&texts.key, "texts-key", "", "take only texts signed with the key in `file`")
		flags.StringVar(&texts.cache, "texts-cache", "",
			"keep texts for a start without the server in `folder`")
		do = func() error { return serve(ctx, *web, *rpc, *file, *rate, texts, stdout, stderr) }
	case "work":
		server := flags.String("server", "http://localhost:8080",
			"book at this `URL`, whose scheme is http, connect or grpc")
		do = func() error { return work(ctx, *server, stdin, stdout, getenv) }
	default:
		flags.Usage()
		return 2
	}
	if err := flags.Parse(args[1:]); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if err := do(); err != nil {
		fmt.Fprintf(stderr, "booking %s: %v\n", args[0], err)
		return 1
	}
	return 0
}

// work books the orders at the server, for the user of a terminal.
func work(
	ctx context.Context, server string, orders io.Reader, out io.Writer, getenv func(string) string,
) error {
	bundle, err := loadTexts()
	if err != nil {
		return err
	}
	w := worker{out: out}
	switch scheme, address, _ := strings.Cut(server, "://"); scheme {
	case "http":
		w.book = overHTTP(http.DefaultClient, server)
	case "connect":
		w.book = overConnect(http.DefaultClient, "http://"+address)
	case "grpc":
		conn, err := dial(address)
		if err != nil {
			return err
		}
		defer conn.Close()
		w.book = overGRPC(conn)
	default:
		return fmt.Errorf("unknown scheme %q\nhint: use http, connect or grpc", scheme)
	}
	return w.work(errlingo.NewContext(ctx, bundle.LocalizerFromEnv(getenv)), orders)
}
