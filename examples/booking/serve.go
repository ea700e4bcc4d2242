package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"google.golang.org/grpc"

	"github.com/errlingo/errlingo"
	pb "github.com/errlingo/errlingo/examples/booking/bookingpb"
	pbconnect "github.com/errlingo/errlingo/examples/booking/bookingpb/bookingpbconnect"
)

// serve takes bookings over HTTP and RPC until the context ends.
func serve(
	ctx context.Context, web, rpc, file string, rate int, texts published, stdout, stderr io.Writer,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	dir, err := os.MkdirTemp("", "booking")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t, err := openTheater(ctx, cmp.Or(file, filepath.Join(dir, "booking.db")), rate)
	if err != nil {
		return err
	}
	defer t.db.Close()
	bundle, err := loadTexts()
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	site, calls := newServers(t, bundle, logger)
	listeners, err := listen(web, rpc)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "HTTP and Connect: http://%s\ngRPC: %s\nPress Ctrl-C to stop.\n",
		listeners[0].Addr(), listeners[1].Addr())

	if texts.from == "demo" {
		demo, stop, err := startDemo(dir, stdout)
		if err != nil {
			return err
		}
		defer stop()
		texts = demo
	}
	ended := make(chan error, 3)
	go func() { ended <- site.Serve(listeners[0]) }()
	go func() { ended <- calls.Serve(listeners[1]) }()
	if texts.from != "" {
		go func() { ended <- texts.follow(ctx, bundle, logger) }()
	}
	select {
	case <-ctx.Done():
	case err = <-ended: // A listener has failed, or the texts can't be followed.
	}
	return errors.Join(err, shutDown(site, calls))
}

// newServers returns the servers for HTTP with Connect, and for gRPC.
func newServers(
	t *theater, bundle *errlingo.Bundle, logger *slog.Logger,
) (*http.Server, *grpc.Server) {
	respond := newResponder(bundle, logger)
	calls := grpc.NewServer(answerGRPC(respond)...)
	pb.RegisterBookingServiceServer(calls, service{t})
	routes := (&api{t, respond}).routes()
	option, answered := answerConnect(respond)
	path, handler := pbconnect.NewBookingServiceHandler(service{t}, option)
	routes.Mount(path, answered(handler))
	return &http.Server{Handler: routes, ReadHeaderTimeout: 10 * time.Second}, calls
}

// listen listens on all addresses, or on none.
func listen(addresses ...string) (listeners []net.Listener, err error) {
	for _, address := range addresses {
		l, err := net.Listen("tcp", address)
		if err != nil {
			for _, l := range listeners {
				_ = l.Close()
			}
			return nil, fmt.Errorf("%w\nhint: use a free port, such as -http localhost:0", err)
		}
		listeners = append(listeners, l)
	}
	return listeners, nil
}

// shutDown lets the servers finish what they are doing, for a few seconds.
func shutDown(site *http.Server, calls *grpc.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	defer context.AfterFunc(ctx, calls.Stop)() // ends the calls that keep GracefulStop waiting
	err := site.Shutdown(ctx)
	calls.GracefulStop()
	return err
}
