package servertest

import (
	"context"
	"crypto/ed25519"
	"io/fs"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/internal/access"
)

// Publisher publishes the texts of a program.
type Publisher struct {
	publish.Publisher
	Program *Program
}

// NewPublisher returns a publisher, who makes the buckets with so many replicas.
func NewPublisher(
	ctx context.Context, conn *nats.Conn, program *Program, key ed25519.PrivateKey, replicas int,
) (*Publisher, error) {
	s, err := store.Create(ctx, conn, store.DefaultBucket, replicas)
	if err != nil {
		return nil, err
	}
	return &Publisher{publish.Publisher{Store: s, Domain: program.Domain.Name(), Key: key,
		Keys: []ed25519.PublicKey{key.Public().(ed25519.PublicKey)}}, program}, nil
}

// Encode returns the pack of locale files and its reference.
func (p *Publisher) Encode(files fs.FS) ([]byte, release.Ref, error) {
	texts, err := pack.New(access.Model(p.Program.Domain), files)
	if err != nil {
		return nil, release.Ref{}, err
	}
	data := texts.Encode()
	return data, release.RefOf(texts, data, ""), nil
}

// Files publishes locale files. The first ones are published as such, so a change need not say it.
func (p *Publisher) Files(
	ctx context.Context, files fs.FS, change publish.Change,
) (*release.Release, error) {
	data, ref, err := p.Encode(files)
	if err != nil {
		return nil, err
	}
	current, err := p.Current(ctx)
	if err != nil {
		return nil, err
	}
	change.First = current.Release == nil && change.After == 0
	return p.Publish(ctx, current, ref, data, change)
}
