package main

import (
	"context"
	"crypto/ed25519"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet"
)

// published says where texts come from that are shown over those of the program: from a folder, or
// from a server of NATS.
type published struct {
	from string // the folder, or the URL of the server; "" if the program's own texts are shown
	// For a server: the file with the public key of the publisher, the folder in which texts are kept
	// for the next start, or "", and how often the server is asked besides being listened to, or 0.
	key, cache string
	poll       time.Duration
}

// follow keeps the texts of the bundle as they are published until the context ends.
func (p published) follow(ctx context.Context, bundle *errlingo.Bundle, logger *slog.Logger) error {
	options := fleet.Options{
		Domain: Domain, Cache: p.cache, Poll: p.poll, OnStatus: logTexts(logger),
	}
	if !strings.HasPrefix(p.from, "nats://") {
		return fleet.Follow(ctx, bundle, fleet.Dir(p.from), options)
	}
	pem, err := os.ReadFile(p.key)
	if err != nil {
		return err
	}
	key, err := fleet.ParseKey(pem)
	if err != nil {
		return err
	}
	options.Keys = []ed25519.PublicKey{key}
	conn, err := nats.Connect(p.from, nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1),
		nats.IgnoreAuthErrorAbort())
	if err != nil {
		return err
	}
	defer conn.Close()
	return fleet.Follow(ctx, bundle, fleet.NATS(conn), options)
}

// logTexts logs which texts are shown, and what is wrong with newer ones.
func logTexts(logger *slog.Logger) func(fleet.Status) {
	return func(s fleet.Status) {
		switch {
		case s.Refused != nil:
			logger.Error("new texts are refused", "revision", s.Refused.Revision, "reason", s.Refused.Reason)
		case s.Err != nil:
			logger.Warn("newer texts can't be had", "error", s.Err)
		default:
			logger.Info("texts are shown", "revision", s.Revision, "pack", s.Pack, "git", s.Git)
		}
	}
}
