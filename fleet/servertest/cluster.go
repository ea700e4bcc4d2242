package servertest

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
)

// memberConfig says how a server of a cluster is started.
type memberConfig struct {
	Name, Dir         string
	Port, ClusterPort int // 0 for a free one
	Routes            []string
}

// ports are what a server of a cluster writes when it has started.
type ports struct{ Port, ClusterPort int }

// Cluster is a cluster of servers, each in a process of its own. Its methods are for one goroutine.
type Cluster struct{ members []*member }

type member struct {
	memberConfig
	process *process
}

// StartCluster starts a cluster of so many servers, which keep their data in subfolders.
func StartCluster(dir string, size int) (*Cluster, error) {
	c := &Cluster{}
	for i := range size {
		name := fmt.Sprintf("server-%d", i)
		m := &member{memberConfig: memberConfig{Name: name, Dir: filepath.Join(dir, name)}}
		c.members = append(c.members, m)
		if err := c.Start(i); err != nil {
			c.Stop()
			return nil, err
		}
	}
	return c, nil
}

// Start starts a server that was killed, on the same port and with its data.
func (c *Cluster) Start(i int) error {
	m := c.members[i]
	m.Routes = nil
	for _, other := range c.members {
		if other != m {
			m.Routes = append(m.Routes, fmt.Sprintf("nats-route://127.0.0.1:%d", other.ClusterPort))
		}
	}
	var at ports
	p, err := start(job{Member: &m.memberConfig}, func(line []byte) {
		_ = json.Unmarshal(line, &at) // Without ports, it has not started.
	})
	if err != nil {
		return err
	}
	for {
		p.mu.Lock()
		started, ended, changed := at, p.ended, p.changed
		p.mu.Unlock()
		switch {
		case started.Port != 0:
			m.Port, m.ClusterPort, m.process = started.Port, started.ClusterPort, p
			return nil
		case ended:
			return fmt.Errorf("server %q has not started: %w", m.Name, p.Stop())
		}
		<-changed
	}
}

// Kill ends a server at once, as if it had lost its power.
func (c *Cluster) Kill(i int) {
	if p := c.members[i].process; p != nil {
		p.Kill()
		c.members[i].process = nil
	}
}

// Index returns the number of the server with a name, such as that of a stream's leader, or -1.
func (c *Cluster) Index(name string) int {
	for i, m := range c.members {
		if m.Name == name {
			return i
		}
	}
	return -1
}

// Stop ends all servers.
func (c *Cluster) Stop() {
	for i := range c.members {
		c.Kill(i)
	}
}

// Addrs returns the addresses of the servers.
func (c *Cluster) Addrs() []string {
	var addrs []string
	for _, m := range c.members {
		addrs = append(addrs, fmt.Sprintf("127.0.0.1:%d", m.Port))
	}
	return addrs
}

// URL returns the addresses of the servers for clients.
func (c *Cluster) URL() string { return strings.Join(c.Addrs(), ",") }

// runMember is the process of a server in a cluster. It ends when the input does.
func runMember(config *memberConfig, in io.Reader, out io.Writer) error {
	options := &server.Options{
		ServerName: config.Name, Host: "127.0.0.1", Port: cmp.Or(config.Port, server.RANDOM_PORT),
		JetStream: true, StoreDir: config.Dir, NoLog: true, NoSigs: true,
		Cluster: server.ClusterOpts{Name: "fleet", Host: "127.0.0.1", NoAdvertise: true,
			Port: cmp.Or(config.ClusterPort, server.RANDOM_PORT)},
	}
	for _, route := range config.Routes {
		u, err := url.Parse(route)
		if err != nil {
			return err
		}
		options.Routes = append(options.Routes, u)
	}
	s, err := server.NewServer(options)
	if err != nil {
		return err
	}
	s.Start()
	defer s.Shutdown()
	if !s.ReadyForConnections(ready) || s.ClusterAddr() == nil {
		return errors.New("the server has not started")
	}
	at := ports{options.Port, s.ClusterAddr().Port}
	if err := json.NewEncoder(out).Encode(at); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return err
}
