package servertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/errlingo/errlingo/fleet/internal/store"
)

// Cluster is a cluster of servers with JetStream on the loopback interface. Each is a process, so
// that it can be killed. Its methods are for one goroutine.
type Cluster struct{ members []*member }

// member is a server of a cluster.
type member struct {
	*process // nil before the first start
	config   memberConfig
	ready    bool // accepts connections
}

// memberConfig says which server a process runs.
type memberConfig struct {
	Name   string
	Dir    string
	Port   int
	Route  int   // the port for the other servers
	Routes []int // of all servers
}

// StartCluster starts so many servers, which keep their data in the folder. All are started before
// it waits for one, since JetStream works only once most of them see each other.
func StartCluster(ctx context.Context, dir string, servers int) (*Cluster, error) {
	ports, err := freePorts(2 * servers)
	if err != nil {
		return nil, err
	}
	c := &Cluster{}
	for i, port := range ports[servers:] {
		name := fmt.Sprintf("server-%d", i)
		c.members = append(c.members, &member{config: memberConfig{Name: name,
			Dir: filepath.Join(dir, name), Port: port, Route: ports[i], Routes: ports[:servers]}})
	}
	for _, m := range c.members {
		err = errors.Join(err, m.start())
	}
	if err == nil {
		err = c.waitForLeader(ctx)
	}
	if err != nil {
		c.Stop()
		return nil, fmt.Errorf("the cluster has not started: %w", err)
	}
	return c, nil
}

// freePorts returns ports that nothing uses. They are below those that the system gives to
// connections (net.ipv4.ip_local_port_range), so that they are still free when a server that was
// killed starts again.
func freePorts(n int) ([]int, error) {
	const lowest, highest = 15_000, 32_000
	var ports []int
	for range 100 * n {
		port := lowest + rand.N(highest-lowest)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		defer l.Close() // All are held until the last one is found, so that they differ.
		if ports = append(ports, port); len(ports) == n {
			return ports, nil
		}
	}
	return nil, fmt.Errorf("there are no %d free ports between %d and %d", n, lowest, highest)
}

func (m *member) start() (err error) {
	m.ready = false
	m.process, err = start(job{Member: &m.config}, func([]byte) { m.ready = true })
	return err
}

// waitForLeader waits until the servers have chosen the one that makes buckets.
func (c *Cluster) waitForLeader(ctx context.Context) error {
	for _, m := range c.members {
		if err := m.wait(ctx, func() bool { return m.ready }); err != nil {
			return fmt.Errorf("%s: %w", m.config.Name, err)
		}
	}
	return c.ask(ctx, func(ctx context.Context, js jetstream.JetStream) error {
		_, err := js.AccountInfo(ctx)
		return err
	})
}

// ask asks the servers until there is an answer. Servers that have not chosen a leader don't answer
// at all, not even later, so each question has a short time.
func (c *Cluster) ask(
	ctx context.Context, question func(context.Context, jetstream.JetStream) error,
) error {
	conn, err := nats.Connect(c.URL())
	if err != nil {
		return err
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	for {
		asking, done := context.WithTimeout(ctx, time.Second)
		err := question(asking, js)
		done()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Leader waits until all streams of the buckets have a leader, and all other servers that run have
// what it has. It returns the name of the server that leads the stream with the releases.
func (c *Cluster) Leader(ctx context.Context) (name string, err error) {
	running := 0
	for _, m := range c.members {
		if !m.Ended() {
			running++
		}
	}
	err = c.ask(ctx, func(ctx context.Context, js jetstream.JetStream) error {
		for _, stream := range []string{"KV_%s_packs", "KV_%s_nodes", "OBJ_%s", "KV_%s"} {
			s, err := js.Stream(ctx, fmt.Sprintf(stream, store.DefaultBucket))
			if err != nil {
				return err
			}
			cluster := s.CachedInfo().Cluster
			current := 1
			for _, peer := range cluster.Replicas {
				if peer.Current && !peer.Offline {
					current++
				}
			}
			if name = cluster.Leader; name == "" || current < running {
				return fmt.Errorf("%d of %d servers are current in the stream %q, whose leader is %q",
					current, running, s.CachedInfo().Config.Name, name)
			}
		}
		return nil
	})
	return name, err
}

// Kill kills a server. Its data stay.
func (c *Cluster) Kill(name string) { c.member(name).Kill() }

// Start starts a server that was killed, and waits until it accepts connections.
func (c *Cluster) Start(ctx context.Context, name string) error {
	m := c.member(name)
	if err := m.start(); err != nil {
		return err
	}
	return m.wait(ctx, func() bool { return m.ready })
}

func (c *Cluster) member(name string) *member {
	for _, m := range c.members {
		if m.config.Name == name {
			return m
		}
	}
	panic(fmt.Sprintf("servertest: there is no server %q", name))
}

// Stop stops all servers.
func (c *Cluster) Stop() {
	for _, m := range c.members {
		if m.process != nil {
			m.Kill()
		}
	}
}

// URL returns the addresses of all servers, for clients.
func (c *Cluster) URL() string {
	var urls []string
	for _, addr := range c.Addrs() {
		urls = append(urls, "nats://"+addr)
	}
	return strings.Join(urls, ",")
}

// Addrs returns the addresses of all servers, without their scheme.
func (c *Cluster) Addrs() []string {
	var addrs []string
	for _, m := range c.members {
		addrs = append(addrs, address(m.config.Port))
	}
	return addrs
}

func address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// runMember is the process of a server. It ends when the input does.
func runMember(config *memberConfig, in io.Reader, out io.Writer) error {
	s, err := Start(config.Dir, func(o *server.Options) {
		o.ServerName, o.Port = config.Name, config.Port
		o.Cluster = server.ClusterOpts{Name: "fleet", Host: "127.0.0.1", Port: config.Route}
		for _, port := range config.Routes {
			o.Routes = append(o.Routes, &url.URL{Scheme: "nats", Host: address(port)})
		}
	})
	if err != nil {
		return err
	}
	defer s.Stop()
	if _, err := fmt.Fprintln(out, "ready"); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return err
}
