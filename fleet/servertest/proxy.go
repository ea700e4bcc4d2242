package servertest

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
)

// Proxy is a way to a server that can be cut. It is safe for concurrent use.
type Proxy struct {
	listener net.Listener
	to       string

	received atomic.Int64 // bytes from the server

	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]bool
	free  chan struct{} // closed unless the way is blocked
}

// StartProxy returns a way to an address.
func StartProxy(to string) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: listener, to: to, conns: map[net.Conn]bool{}, free: make(chan struct{})}
	close(p.free)
	go p.accept()
	return p, nil
}

// Addr returns the address to which clients connect.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Received returns how many bytes have come from the server.
func (p *Proxy) Received() int64 { return p.received.Load() }

// Cut ends all connections and refuses new ones.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = true
	for conn := range p.conns {
		_ = conn.Close()
	}
}

// Block keeps what is sent from arriving, without a sign of it to either side.
func (p *Proxy) Block() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.free:
		p.free = make(chan struct{})
	default:
	}
}

// Restore undoes Cut and Block.
func (p *Proxy) Restore() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = false
	select {
	case <-p.free:
	default:
		close(p.free)
	}
}

// Close ends the proxy.
func (p *Proxy) Close() {
	_ = p.listener.Close()
	p.Cut()
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.free:
	default:
		close(p.free)
	}
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.connect(client)
	}
}

func (p *Proxy) connect(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer server.Close()
	if !p.add(client, server) {
		return
	}
	var both sync.WaitGroup
	both.Go(func() { p.copy(server, client, nil) })
	both.Go(func() { p.copy(client, server, &p.received) })
	both.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, client)
	delete(p.conns, server)
}

func (p *Proxy) add(conns ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cut {
		return false
	}
	for _, conn := range conns {
		p.conns[conn] = true
	}
	return true
}

func (p *Proxy) copy(to, from net.Conn, counted *atomic.Int64) {
	defer to.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		p.mu.Lock()
		free := p.free
		p.mu.Unlock()
		<-free
		if counted != nil {
			counted.Add(int64(n))
		}
		if _, writeErr := to.Write(buf[:n]); writeErr != nil || err != nil {
			if err != nil && err != io.EOF {
				_ = from.Close()
			}
			return
		}
	}
}
