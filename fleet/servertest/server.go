// Package servertest runs servers of NATS JetStream and nodes of a fleet, for tests of package
// fleet and of its command.
package servertest

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// ready is how long a server has to start. A machine with much to do takes its time.
const ready = 30 * time.Second

// Server is a server with JetStream on the loopback interface, in this process. Its methods are for
// one goroutine.
type Server struct {
	running *server.Server
	dir     string
	port    int // 0 before the first start
	change  []func(*server.Options)
}

// Start starts a server on a free port. It keeps its data in the folder. The functions change its
// options before each start.
func Start(dir string, change ...func(*server.Options)) (*Server, error) {
	s := &Server{dir: dir, change: change}
	return s, s.Start()
}

// Start starts a server that was stopped, on the same port and with its data.
func (s *Server) Start() error {
	options := &server.Options{
		ServerName: "fleet", Host: "127.0.0.1", Port: cmp.Or(s.port, server.RANDOM_PORT),
		JetStream: true, StoreDir: s.dir, NoLog: true, NoSigs: true,
	}
	for _, change := range s.change {
		change(options)
	}
	running, err := server.NewServer(options)
	if err != nil {
		return fmt.Errorf("the server can't be made: %w", err)
	}
	running.Start()
	if !running.ReadyForConnections(ready) {
		running.Shutdown()
		return errors.New("the server has not started")
	}
	s.running, s.port = running, options.Port
	return nil
}

// Change replaces the functions that change the options of the next start.
func (s *Server) Change(change ...func(*server.Options)) { s.change = change }

// Stop stops the server, which may be stopped already.
func (s *Server) Stop() {
	if s.running != nil {
		s.running.Shutdown()
		s.running.WaitForShutdown()
		s.running = nil
	}
}

// Dir returns the folder with the server's data.
func (s *Server) Dir() string { return s.dir }

// Erase removes the data of a stopped server.
func (s *Server) Erase() error { return os.RemoveAll(s.dir) }

// URL returns the address for clients.
func (s *Server) URL() string { return fmt.Sprintf("nats://127.0.0.1:%d", s.port) }

// Addr returns the address without its scheme.
func (s *Server) Addr() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }
