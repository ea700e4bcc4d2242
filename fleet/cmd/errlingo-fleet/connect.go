package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/errlingo/errlingo/fleet/internal/publish"
	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/internal/diag"
)

// The limits for a server that does not answer.
const (
	connectTimeout = 5 * time.Second
	answerTimeout  = 30 * time.Second // for all that a command asks, without what --wait adds
)

// withServer connects to the server and calls do. Its context ends after the limit, and when the
// server refuses something.
func (a *app) withServer(
	ctx context.Context, limit time.Duration,
	do func(ctx context.Context, conn *nats.Conn) error,
) error {
	ctx, done := context.WithTimeout(ctx, limit)
	defer done()
	ctx, refuse := context.WithCancelCause(ctx)
	defer refuse(nil)
	conn, err := a.connect(refuse)
	if err == nil {
		defer conn.Close()
		err = do(ctx, conn)
		// The server says that a right is missing apart from the answer, which never comes.
		if cause := context.Cause(ctx); err != nil && errors.Is(cause, nats.ErrPermissionViolation) {
			err = cause
		}
	}
	return a.explain(err)
}

func (a *app) connect(refuse context.CancelCauseFunc) (*nats.Conn, error) {
	for address := range strings.SplitSeq(a.server, ",") {
		if _, err := parseAddress(address); err != nil { // The error may have a password in it.
			return nil, fail("the address of the server is invalid",
				"write it as nats://host:4222; in a password, write % as %25")
		}
	}
	options := []nats.Option{nats.Name(commandName), nats.Timeout(connectTimeout),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			if errors.Is(err, nats.ErrPermissionViolation) {
				refuse(err)
			}
		})}
	if a.creds != "" {
		options = append(options, nats.UserCredentials(a.path(a.creds)))
	}
	conn, err := nats.Connect(a.server, options...)
	if err != nil {
		return nil, &connectError{err}
	}
	return conn, nil
}

// page describes the command, and what it needs on the server.
const page = "https://github.com/errlingo/errlingo/blob/main/docs/fleet.md"

// connectError is the error of connecting to the server.
type connectError struct{ error }

func (e *connectError) Unwrap() error { return e.error }

// explain returns an error of the server with a hint on what to do about it.
func (a *app) explain(err error) error {
	if err == nil || errors.Is(err, errFindings) {
		return err
	}
	if _, is := errors.AsType[diag.Finding](err); is {
		return err
	}
	text, hint := err.Error(), ""
	_, connecting := errors.AsType[*connectError](err)
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired),
		errors.Is(err, nats.ErrAuthRevoked):
		text = fmt.Sprintf("the server %s refuses the login: %v", a.shownServer(), err)
		hint = "log in with --creds FILE, or with the user and password in --server"
	case connecting && strings.Contains(text, a.creds) && a.creds != "":
		hint = "--creds takes a file that \"nsc generate creds\" has made"
	case connecting:
		text = fmt.Sprintf("no server can be reached at %s: %v", a.shownServer(), err)
		hint = "check --server or $NATS_URL, and whether the server runs"
	case errors.Is(err, nats.ErrPermissionViolation):
		text = "the server refuses: " + strings.TrimPrefix(text, "nats: ")
		hint = "give the user this right; " + page + " lists all"
	case errors.Is(err, store.ErrNoBucket):
		hint = "\"publish --first\" creates it; if there was one, check --server and --bucket, or see " +
			page + "#when-the-nats-server-loses-data"
	case errors.Is(err, publish.ErrFirst):
		hint = "if it never had one, run the command again with --first; if it had, the server has " +
			"lost it: run it with --after and the last revision, which \"rollout status\" shows once " +
			"the servers report again, within about two minutes"
	case errors.Is(err, store.ErrConflict):
		text += "; nothing was published"
		hint = "look at \"rollout list\"; if that is not what you wanted, run the command again"
	case errors.Is(err, publish.ErrOldest):
		hint = "\"rollout list\" shows the revisions; name one, as in \"rollout back 41\""
	case errors.Is(err, publish.ErrUntrusted):
		hint = "if you trust who published it, give their public key with --trust FILE; if nobody " +
			"does any more, replace it with publish --after and the number of the last good revision"
	case isReplicas(err):
		hint = "keep fewer copies with --replicas, or start more servers"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, nats.ErrTimeout):
		text = fmt.Sprintf("the server %s has not answered in time: %v", a.shownServer(), err)
		hint = "see with \"rollout list\" whether something was published, then try again"
	}
	return fail(text, hint)
}

// isReplicas reports whether the server has too few others for the replicas of a bucket.
func isReplicas(err error) bool {
	const notClustered, tooFewPeers = 10074, 10005
	api, is := errors.AsType[*jetstream.APIError](err)
	return is && (api.ErrorCode == notClustered || api.ErrorCode == tooFewPeers)
}

// shownServer returns the address of the server without passwords.
func (a *app) shownServer() string {
	var shown []string
	for address := range strings.SplitSeq(a.server, ",") {
		if u, err := parseAddress(address); err == nil {
			u.User = nil
			shown = append(shown, u.String())
		}
	}
	return strings.Join(shown, ",")
}

// parseAddress reads an address, which may lack its scheme.
func parseAddress(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if !strings.Contains(address, "://") {
		address = "nats://" + address
	}
	return url.Parse(address)
}
