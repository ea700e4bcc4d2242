package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/fleet/internal/store"
)

// NATS returns the releases in a bucket of NATS JetStream. Connect with nats.RetryOnFailedConnect
// and nats.MaxReconnects(-1), so that the program starts without the server and outlives it, and
// with nats.IgnoreAuthErrorAbort, or the connection ends for good when the server refuses its user
// twice. The connection may be shared.
//
// The user of the connection needs the right to read the bucket and the object store of
// [Options.Bucket] and the bucket of that name with _packs at its end, and to write to the bucket
// with _nodes at its end.
func NATS(conn *nats.Conn) Origin { return origin{conn} }

type origin struct{ conn *nats.Conn }

// The waits between two tries to reach the server, if it refuses or is not what it should be.
// Each is twice as long as the one before, and up to half of it is random, so that many servers
// don't ask at once.
const (
	firstWait = 100 * time.Millisecond
	lastWait  = 30 * time.Second
)

// timeout is how long the server has for an answer.
const timeout = 10 * time.Second

func (o origin) follow(ctx context.Context, f *follower) error {
	if o.conn == nil {
		return errors.New("the connection is nil")
	}
	if len(f.Keys) == 0 {
		return errors.New("Options.Keys has no key, so no release could be trusted")
	}
	restored, err := f.restore(ctx)
	f.unkept = err
	if f.amiss() || restored {
		f.tell()
	}
	var denied denials
	for wait := firstWait; ; wait = min(2*wait, lastWait) {
		began := time.Now()
		err := o.session(ctx, f, &denied)
		switch {
		case ctx.Err() != nil:
			return nil
		case o.conn.IsClosed():
			return closed(o.conn)
		}
		if f.unreached = err; f.amiss() {
			f.tell()
		}
		if time.Since(began) > lastWait {
			wait = firstWait
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(min(jitter(wait), f.Poll)):
		}
	}
}

// closed says why a connection has been closed for good.
func closed(conn *nats.Conn) error {
	err := fmt.Errorf("%w: connect with nats.MaxReconnects(-1) and nats.IgnoreAuthErrorAbort() "+
		"to go on trying", nats.ErrConnectionClosed)
	if last := conn.LastError(); last != nil && !errors.Is(last, nats.ErrConnectionClosed) {
		return fmt.Errorf("%w, %w", last, err)
	}
	return err
}

// jitter returns a time between half of d and d.
func jitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// session is the time during which the bucket can be used.
type session struct {
	*follower
	store    *store.Store
	next     *time.Timer // when to poll
	wait     time.Duration
	sequence uint64 // the highest that the bucket has shown
	behind   bool   // the last poll has shown a lower one

	due     bool       // it is time for a report
	sending bool       // a report is on its way
	sent    chan error // what came of it
	*denials
}

// denials says how many reports in a row the server has not permitted, and when to try again.
type denials struct {
	count int
	until time.Time
}

// session follows the releases until something goes wrong.
func (o origin) session(ctx context.Context, f *follower, denied *denials) error {
	var reporting sync.WaitGroup
	defer reporting.Wait()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	opening, done := context.WithTimeout(ctx, timeout)
	bucket, err := store.Open(opening, o.conn, f.Bucket)
	done()
	if err != nil {
		return err
	}
	s := session{follower: f, store: bucket, next: time.NewTimer(0), wait: firstWait,
		sent: make(chan error, 1), denials: denied}
	defer s.next.Stop()
	late := time.AfterFunc(timeout, func() { cancel(context.DeadlineExceeded) })
	releases, err := bucket.Watch(ctx, f.Domain.Name())
	late.Stop()
	if err != nil {
		return err
	}
	for {
		select {
		case e, open := <-releases:
			if !open {
				return errors.New("the server has ended the subscription")
			}
			s.settle(ctx, e)
		case <-s.next.C:
			s.next.Reset(jitter(f.Poll))
			err = s.poll(ctx)
		case err := <-s.sent:
			s.settleReport(ctx, err)
		case <-ctx.Done():
			return nil
		}
		if err != nil {
			return err
		}
		if s.due && !s.sending && time.Now().After(s.until) {
			s.due, s.sending = false, true
			status := s.status
			reporting.Go(func() { s.sent <- s.report(ctx, status) })
		}
	}
}

// poll asks for the current release, since a subscription may be silent because it is broken, or
// because its bucket was recreated.
func (s *session) poll(ctx context.Context) error {
	asking, done := context.WithTimeout(ctx, timeout)
	defer done()
	e, err := s.store.Current(asking, s.Domain.Name())
	if err != nil && !errors.Is(err, store.ErrNone) {
		return err
	}
	switch {
	case err != nil && s.status.Revision > 0:
		s.unreached = fmt.Errorf("the bucket has no release of domain %q any more; "+
			"publish the texts with a revision after %d", s.Domain.Name(), s.status.Revision)
	case err != nil:
		s.unreached = nil
	case e.Sequence >= s.sequence:
		s.behind = false
		s.settle(ctx, e)
	case s.behind:
		return errors.New("the bucket was recreated, or restored from an older state")
	default:
		s.behind = true // A replica may lag, but not for long.
	}
	if s.amiss() {
		s.tell()
	}
	s.due = true
	return nil
}

// settle takes a release and says what came of it. If its pack can't be had, the next poll comes
// soon; a newer release may come before.
func (s *session) settle(ctx context.Context, e store.Entry) {
	if e.Sequence < s.sequence {
		return
	}
	s.sequence = e.Sequence
	if e.Signed == nil {
		return // It was deleted, which changes nothing here.
	}
	changed, err := s.take(ctx, e.Signed, s.fetch)
	if ctx.Err() != nil {
		return
	}
	if s.unreached = err; err != nil {
		s.next.Reset(min(jitter(s.wait), s.Poll))
		s.wait = min(2*s.wait, lastWait)
	} else {
		s.wait = firstWait
	}
	if s.amiss() || changed {
		s.tell()
		s.due = true
	}
}

func (s *session) fetch(ctx context.Context, ref *release.Ref) ([]byte, error) {
	// A large pack takes longer than an answer.
	ctx, done := context.WithTimeout(ctx, timeout+time.Duration(ref.Size)*time.Microsecond)
	defer done()
	return s.store.Pack(ctx, s.Domain.Name(), ref.Digest, ref.Size)
}

// report tells the publisher which texts are shown, and how soon the next report comes. It runs
// beside the session: a server that doesn't answer must not hold up the next release.
func (s *session) report(ctx context.Context, status Status) error {
	report, err := json.Marshal(struct {
		Status
		store.Renewal
	}{status, store.Renewal{Within: int64((s.Poll + time.Second - 1) / time.Second)}})
	if err != nil {
		return err
	}
	ctx, done := context.WithTimeout(ctx, timeout)
	defer done()
	return s.store.Report(ctx, s.Domain.Name(), s.Node, report)
}

// settleReport says what came of a report. If it failed, texts are followed all the same, and the
// next poll brings the next report. A server that doesn't permit it is asked less and less often.
func (s *session) settleReport(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	s.sending, s.unreported = false, nil
	if err != nil {
		s.unreported = fmt.Errorf("what is shown can't be reported: %w", err)
		s.due = false
	}
	if errors.Is(err, store.ErrDenied) {
		s.count++
		s.until = time.Now().Add(deniedWait(s.Poll, s.count))
	} else {
		*s.denials = denials{}
	}
	if s.amiss() {
		s.tell()
	}
}

// lastDeniedWait is the longest wait after reports that were not permitted, so that one gets
// through soon after somebody has corrected the rights.
const lastDeniedWait = 10 * time.Minute

// deniedWait is how long to wait after so many reports in a row that were not permitted.
func deniedWait(poll time.Duration, denied int) time.Duration {
	wait := poll
	for range denied {
		if wait >= lastDeniedWait {
			break
		}
		wait = min(2*wait, lastDeniedWait)
	}
	return wait
}
