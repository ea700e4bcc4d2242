// Package store keeps the releases and packs of a fleet, and what its nodes report, in buckets of
// NATS JetStream.
//
// A bucket has the releases of any number of domains: the key <domain>.release is the current one,
// and the earlier values of the key are the earlier ones. The bucket with _packs at the end of its
// name has a pack under <domain>.<digest>; a pack that is too large for one message is an object of
// that name in the object store that is called as the first bucket. Packs have a bucket of their
// own since they need no earlier values. The bucket with _nodes at its end has the reports of
// nodes, so that nodes need no right to write to the others.
package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/errlingo/errlingo/fleet/internal/pack"
)

// DefaultBucket is the name of the bucket unless a program names another one.
const DefaultBucket = "errlingo"

// History is the number of releases that are kept of a domain, the most that a bucket can keep.
const History = 64

// maxInline is the size in bytes up to which a pack is a value of the bucket, and that of the parts
// of a larger one. It is a little below the payload that a server accepts unless it is configured
// otherwise, 1 MiB.
const maxInline = 1<<20 - headroom

// headroom is for the headers of a message, which count as its payload.
const headroom = 4 << 10

// reportTTL is how long the server keeps a report that is not renewed.
const reportTTL = 24 * time.Hour

// What can go wrong apart from the connection, for errors.Is.
var (
	// ErrNone: the domain has no release, or the pack is not in the bucket.
	ErrNone = errors.New("not found")
	// ErrConflict: somebody else has put a release since the current one was read.
	ErrConflict = errors.New("somebody else has published in the meantime")
	// ErrDenied: the server doesn't permit the user to do this.
	ErrDenied = errors.New("this user lacks the permission")
	// ErrNoBucket: nothing was ever published to the server, or it has lost its data.
	ErrNoBucket = errors.New("the server has no such bucket")
)

// Store is a bucket of releases with all that belongs to it. It is safe for concurrent use.
type Store struct {
	js                     jetstream.JetStream
	releases, packs, nodes jetstream.KeyValue
	objects                jetstream.ObjectStore
	maxInline              int
	created                []string
}

// Created returns the names of the streams that [Create] has created since they did not exist.
func (s *Store) Created() []string { return s.created }

// Open opens the buckets of that name. It creates none, since a node may not have the right to.
func Open(ctx context.Context, conn *nats.Conn, bucket string) (*Store, error) {
	return open(ctx, conn, jetstream.JetStream.KeyValue, jetstream.JetStream.ObjectStore, bucket)
}

// Create opens the buckets of that name and creates those that do not exist, each with so many
// replicas.
func Create(ctx context.Context, conn *nats.Conn, bucket string, replicas int) (*Store, error) {
	var created []string
	keyValue := func(
		js jetstream.JetStream, ctx context.Context, name string,
	) (jetstream.KeyValue, error) {
		config := jetstream.KeyValueConfig{Bucket: name, Replicas: replicas, History: 1}
		switch name {
		case bucket:
			config.Description, config.History = "releases of error texts of errlingo", History
		case packsBucket(bucket):
			config.Description = "error texts of errlingo"
		case nodesBucket(bucket):
			config.Description, config.TTL = "what servers report to errlingo", reportTTL
		}
		kv, err := js.KeyValue(ctx, name)
		if errors.Is(err, jetstream.ErrBucketNotFound) {
			kv, err = js.CreateKeyValue(ctx, config)
			created = append(created, "KV_"+name)
		}
		return kv, err
	}
	objectStore := func(
		js jetstream.JetStream, ctx context.Context, name string,
	) (jetstream.ObjectStore, error) {
		objects, err := js.ObjectStore(ctx, name)
		if errors.Is(err, jetstream.ErrBucketNotFound) {
			objects, err = js.CreateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: name,
				Replicas: replicas, Description: "large packs of error texts of errlingo"})
			created = append(created, "OBJ_"+name)
		}
		return objects, err
	}
	s, err := open(ctx, conn, keyValue, objectStore, bucket)
	if err != nil {
		return nil, err
	}
	s.created = created
	return s, nil
}

func open(
	ctx context.Context, conn *nats.Conn,
	keyValue func(jetstream.JetStream, context.Context, string) (jetstream.KeyValue, error),
	objectStore func(jetstream.JetStream, context.Context, string) (jetstream.ObjectStore, error),
	bucket string,
) (*Store, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, err
	}
	s := &Store{js: js, maxInline: min(maxInline, int(conn.MaxPayload())-headroom)}
	for _, b := range []struct {
		kv   *jetstream.KeyValue
		name string
	}{{&s.releases, bucket}, {&s.packs, packsBucket(bucket)}, {&s.nodes, nodesBucket(bucket)}} {
		if *b.kv, err = keyValue(js, ctx, b.name); err != nil {
			return nil, s.explainOpen(err, b.name)
		}
	}
	if s.objects, err = objectStore(js, ctx, bucket); err != nil {
		return nil, s.explainOpen(err, bucket)
	}
	return s, nil
}

func packsBucket(bucket string) string { return bucket + "_packs" }

func nodesBucket(bucket string) string { return bucket + "_nodes" }

// explainOpen is explain for a question about a bucket, which only JetStream answers.
func (s *Store) explainOpen(err error, bucket string) error {
	switch {
	case errors.Is(err, nats.ErrNoResponders), errors.Is(err, jetstream.ErrJetStreamNotEnabled):
		return errors.New("the server runs without JetStream; start it with -js")
	case errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return errors.New("this user's account has no JetStream; enable it for the account")
	}
	return s.explain(err, bucket)
}

// explain says in the terms of this package what an error of the server means.
func (s *Store) explain(err error, bucket string) error {
	switch {
	case errors.Is(err, jetstream.ErrBucketNotFound), errors.Is(err, jetstream.ErrStreamNotFound):
		return fmt.Errorf("%w %q", ErrNoBucket, bucket)
	case errors.Is(err, nats.ErrNoResponders), errors.Is(err, jetstream.ErrNoStreamResponse):
		return fmt.Errorf("no server answers for bucket %q: it was deleted, or a cluster is choosing "+
			"the server that leads it; try again", bucket)
	case errors.Is(err, jetstream.ErrKeyNotFound), errors.Is(err, jetstream.ErrObjectNotFound),
		errors.Is(err, jetstream.ErrMsgNotFound):
		return ErrNone
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, nats.ErrTimeout),
		errors.Is(err, nats.ErrConnectionClosed):
		return fmt.Errorf("bucket %q: %w", bucket, s.silence(err, bucket))
	}
	return fmt.Errorf("bucket %q: %w", bucket, err)
}

// silence says why the server didn't answer. It doesn't answer what it doesn't permit, but sends a
// message of its own about it, which the connection keeps.
func (s *Store) silence(err error, bucket string) error {
	conn := s.js.Conn()
	last := conn.LastError()
	switch {
	case !conn.IsConnected() && last != nil:
		return fmt.Errorf("the server can't be reached: %w", last)
	case !conn.IsConnected():
		return fmt.Errorf("the server can't be reached: %w", err)
	case errors.Is(last, nats.ErrPermissionViolation):
		_, denied, _ := strings.Cut(last.Error(), "Permissions Violation for ")
		_, subject, _ := strings.Cut(denied, `"`)
		if subject, _, _ = strings.Cut(subject, `"`); s.uses(subject, bucket) {
			return fmt.Errorf("%w for %s; give it on the server", ErrDenied, denied)
		}
	}
	return fmt.Errorf("the server doesn't answer: %w", err)
}

// uses reports whether a subject is one that is used for a bucket. The connection may be used for
// others, too.
func (s *Store) uses(subject, bucket string) bool {
	tokens := strings.Split(subject, ".")
	inbox := cmp.Or(s.js.Conn().Opts.InboxPrefix, "_INBOX")
	return subject == "$JS.API.INFO" || strings.HasPrefix(subject, inbox+".") ||
		slices.Contains(tokens, bucket) || slices.Contains(tokens, "KV_"+bucket) ||
		slices.Contains(tokens, "OBJ_"+bucket)
}

// Entry is a release as the bucket has it.
type Entry struct {
	Signed   []byte    // nil if the release was deleted
	Sequence uint64    // grows with every change of the bucket
	Created  time.Time // by the server's clock
}

func newEntry(e jetstream.KeyValueEntry) Entry {
	entry := Entry{Sequence: e.Revision(), Created: e.Created()}
	if e.Operation() == jetstream.KeyValuePut {
		entry.Signed = e.Value()
	}
	return entry
}

// Current returns the current release of a domain. The error is ErrNone before the first one.
func (s *Store) Current(ctx context.Context, domain string) (Entry, error) {
	e, err := s.releases.Get(ctx, releaseKey(domain))
	if err != nil {
		return Entry{}, s.explain(err, s.releases.Bucket())
	}
	return newEntry(e), nil
}

// Releases returns the releases of a domain that are kept, oldest first.
func (s *Store) Releases(ctx context.Context, domain string) ([]Entry, error) {
	all, err := s.values(ctx, s.releases, releaseKey(domain), jetstream.IncludeHistory())
	if err != nil {
		return nil, err
	}
	var entries []Entry
	for _, e := range all {
		if entry := newEntry(e); entry.Signed != nil {
			entries = append(entries, entry)
		}
	}
	return entries, nil
}

// values returns what is stored under the keys.
func (s *Store) values(
	ctx context.Context, kv jetstream.KeyValue, keys string, options ...jetstream.WatchOpt,
) ([]jetstream.KeyValueEntry, error) {
	watcher, err := kv.Watch(ctx, keys, options...)
	if err != nil {
		return nil, s.explain(err, kv.Bucket())
	}
	defer stop(watcher)
	var all []jetstream.KeyValueEntry
	for {
		select {
		case e, open := <-watcher.Updates():
			switch {
			case !open:
				return nil, fmt.Errorf("bucket %q: %w", kv.Bucket(), nats.ErrConnectionClosed)
			case e == nil: // the end of what is stored
				return all, nil
			}
			all = append(all, e)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// stop stops a watcher. It reads what is left, since a full channel would keep its sender.
func stop(watcher jetstream.KeyWatcher) {
	_ = watcher.Stop()
	for range watcher.Updates() {
	}
}

// Put makes a release the current one of its domain if the current one still has the sequence, 0
// for none. The error is ErrConflict if it has another.
func (s *Store) Put(ctx context.Context, domain string, signed []byte, sequence uint64) error {
	var err error
	if sequence == 0 {
		_, err = s.releases.Create(ctx, releaseKey(domain), signed)
	} else {
		_, err = s.releases.Update(ctx, releaseKey(domain), signed, sequence)
	}
	if errors.Is(err, jetstream.ErrKeyExists) || errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
		return ErrConflict
	}
	if err != nil {
		return s.explain(err, s.releases.Bucket())
	}
	return nil
}

// Pack returns a pack of the given size in bytes, at most one byte more. It doesn't check the
// digest. The error is ErrNone if the pack is not there.
func (s *Store) Pack(ctx context.Context, domain string, d pack.Digest, size int) ([]byte, error) {
	e, err := s.packs.Get(ctx, packKey(domain, d))
	if err == nil {
		return e.Value(), nil
	}
	if !errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, s.explain(err, s.packs.Bucket())
	}
	data, err := s.object(ctx, packKey(domain, d), size)
	if err != nil {
		return nil, s.explain(err, s.releases.Bucket())
	}
	return data, nil
}

// object returns an object, part by part. The reader of [jetstream.ObjectStore.Get] would go on
// waiting after the end of the context.
func (s *Store) object(ctx context.Context, key string, size int) ([]byte, error) {
	info, err := s.objects.GetInfo(ctx, key)
	if err != nil {
		return nil, err
	}
	stream, err := s.js.Stream(ctx, "OBJ_"+info.Bucket)
	if err != nil {
		return nil, err
	}
	parts := jetstream.WithGetMsgSubject("$O." + info.Bucket + ".C." + info.NUID)
	var data []byte
	for next := uint64(1); uint64(len(data)) < info.Size && len(data) <= size; {
		part, err := stream.GetMsg(ctx, next, parts)
		if err != nil {
			return nil, err
		}
		data, next = append(data, part.Data...), part.Sequence+1
	}
	return data[:min(len(data), size+1)], nil
}

// PutPack stores a pack. One that is there already is stored again, in case that it is damaged.
func (s *Store) PutPack(ctx context.Context, domain string, data []byte) error {
	key := packKey(domain, pack.Of(data))
	if len(data) > s.maxInline {
		meta := jetstream.ObjectMeta{Name: key,
			Opts: &jetstream.ObjectMetaOptions{ChunkSize: uint32(s.maxInline)}}
		if _, err := s.objects.Put(ctx, meta, bytes.NewReader(data)); err != nil {
			return s.explain(err, s.releases.Bucket())
		}
		return nil
	}
	if _, err := s.packs.Put(ctx, key, data); err != nil {
		return s.explain(err, s.packs.Bucket())
	}
	return nil
}

// Prune removes the packs of a domain that were stored before a time of the server's clock, except
// those to be kept. It returns how many it has removed.
func (s *Store) Prune(
	ctx context.Context, domain string, keep map[pack.Digest]bool, before time.Time,
) (removed int, err error) {
	kept := map[string]bool{}
	for d := range keep {
		kept[packKey(domain, d)] = true
	}
	packs, err := s.values(ctx, s.packs, allKeys(domain), jetstream.IgnoreDeletes(),
		jetstream.MetaOnly())
	if err != nil {
		return 0, err
	}
	for _, e := range packs {
		if !kept[e.Key()] && e.Created().Before(before) {
			if err := s.packs.Purge(ctx, e.Key()); err != nil {
				return removed, s.explain(err, s.packs.Bucket())
			}
			removed++
		}
	}
	objects, err := s.objects.List(ctx)
	if err != nil && !errors.Is(err, jetstream.ErrNoObjectsFound) {
		return removed, s.explain(err, s.releases.Bucket())
	}
	prefix := strings.TrimSuffix(allKeys(domain), "*")
	for _, o := range objects {
		if strings.HasPrefix(o.Name, prefix) && !kept[o.Name] && o.ModTime.Before(before) {
			if err := s.objects.Delete(ctx, o.Name); err != nil {
				return removed, s.explain(err, s.releases.Bucket())
			}
			removed++
		}
	}
	return removed, nil
}

// Watch returns a channel with the current release of the domain, if there is one, and all that
// become current later. It is closed when the context or the connection ends. A release may be
// missing from it and may come twice. The context is for the channel and has no deadline; one that
// is canceled before Watch returns says why by its cause.
func (s *Store) Watch(ctx context.Context, domain string) (<-chan Entry, error) {
	watcher, err := s.releases.Watch(ctx, releaseKey(domain))
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return nil, s.explain(err, s.releases.Bucket())
	}
	newest := make(chan Entry, 1)
	go func() {
		defer close(newest)
		defer stop(watcher)
		for {
			select {
			case e, open := <-watcher.Updates():
				if !open {
					return
				}
				if e == nil { // All that was stored has been sent.
					continue
				}
				select {
				case <-newest: // It was not read yet, and is not needed any more.
				default:
				}
				newest <- newEntry(e)
			case <-ctx.Done():
				return
			}
		}
	}()
	return newest, nil
}

// Renewal is a part of each report: how soon the node reports again.
type Renewal struct {
	Within int64 `json:"renewed_within"` // in seconds
}

// Report stores what a node reports about a domain.
func (s *Store) Report(ctx context.Context, domain, node string, report []byte) error {
	if _, err := s.nodes.Put(ctx, nodeKey(domain, node), report); err != nil {
		return s.explain(err, s.nodes.Bucket())
	}
	return nil
}

// Report is what a node has reported.
type Report struct {
	Data []byte
	Time time.Time // by the server's clock
}

// Reports returns what the nodes have reported about a domain in the last 24 hours.
func (s *Store) Reports(ctx context.Context, domain string) ([]Report, error) {
	all, err := s.values(ctx, s.nodes, allKeys(domain), jetstream.IgnoreDeletes())
	if err != nil {
		return nil, err
	}
	reports := make([]Report, len(all))
	for i, e := range all {
		reports[i] = Report{e.Value(), e.Created()}
	}
	return reports, nil
}

// Now returns the time by the server's clock, by which reports have their times.
func (s *Store) Now(ctx context.Context) (time.Time, error) {
	status, err := s.nodes.Status(ctx)
	if err != nil {
		return time.Time{}, s.explain(err, s.nodes.Bucket())
	}
	bucket, is := status.(*jetstream.KeyValueBucketStatus)
	if !is {
		return time.Time{}, fmt.Errorf("bucket %q: its status is %T", s.nodes.Bucket(), status)
	}
	return bucket.StreamInfo().TimeStamp, nil
}

// A domain is one token of a key, so that rights can be given by domain. Its name may have dots,
// which would end the token, but no slash.
func token(domain string) string { return strings.ReplaceAll(domain, ".", "/") }

func releaseKey(domain string) string { return token(domain) + ".release" }

func packKey(domain string, d pack.Digest) string { return token(domain) + "." + d.String() }

// allKeys has all packs, or the reports of all nodes.
func allKeys(domain string) string { return token(domain) + ".*" }

// nodeKey has the name of a node with all that a key can't have as hexadecimal digits.
func nodeKey(domain, node string) string {
	var b strings.Builder
	for _, c := range []byte(node) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "=%02X", c)
		}
	}
	return token(domain) + "." + b.String()
}
