package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"sync"
	"time"

	_ "modernc.org/sqlite"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// theater takes bookings. Its methods return the errors of the database as they are.
type theater struct {
	db     *sql.DB
	limits *limiter
}

// performance is one evening with a play.
type performance struct {
	id     int
	play   *catalog.Label
	starts time.Time
	seats  int
	left   int
	cents  int // the price of a seat
}

// order is what somebody wants to book. Total is the price that they have seen.
type order struct {
	Performance int    `json:"performance" validate:"required"`
	Name        string `json:"name" validate:"required,max=100"`
	Email       string `json:"email" validate:"required,email"`
	Seats       []int  `json:"seats" validate:"min=1,max=8,unique,dive,min=1"`
	Total       string `json:"total" validate:"required,numeric"`
}

// booking is an order that was accepted.
type booking struct {
	id    string
	seats int
	performance
}

// closesBefore is how long before a performance its last seats can be booked.
const closesBefore = time.Hour

//go:embed schema.sql
var schema string

// openTheater opens the database, and creates it if the file is new. The theater takes so many
// bookings a minute.
func openTheater(ctx context.Context, file string, perMinute int) (*theater, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=foreign_keys(1)"+
		"&_pragma=journal_mode(wal)&_pragma=busy_timeout(2000)")
	if err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("open %q: %w", file, err), db.Close())
	}
	return &theater{db, &limiter{max: perMinute, per: time.Minute}}, nil
}

// query is the start of each query for performances. The last column is how many seats are left.
const query = `SELECT id, play, starts, seats, cents,
	seats - (SELECT count(*) FROM seats WHERE performance = id) FROM performances`

// scan reads a row of such a query.
func (p *performance) scan(row interface{ Scan(...any) error }) error {
	var play, starts string
	err := row.Scan(&p.id, &play, &starts, &p.seats, &p.cents, &p.left)
	if err != nil {
		return err
	}
	p.play = plays[play]
	p.starts, err = time.Parse(time.RFC3339, starts)
	return err
}

// performances returns what is on.
func (t *theater) performances(ctx context.Context) ([]performance, error) {
	rows, err := t.db.QueryContext(ctx, query+" ORDER BY starts")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []performance
	for rows.Next() {
		var p performance
		if err := p.scan(rows); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// book accepts an order as a whole or not at all.
func (t *theater) book(ctx context.Context, o order) (booking, error) {
	if err := checkOrder(&o); err != nil {
		return booking{}, err
	}
	if err := t.limits.allow(); err != nil {
		return booking{}, err
	}
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return booking{}, err
	}
	defer tx.Rollback() // does nothing after the commit

	b := booking{id: rand.Text()[:8], seats: len(o.Seats)}
	err = b.scan(tx.QueryRowContext(ctx, query+" WHERE id = ?", o.Performance))
	if errors.Is(err, sql.ErrNoRows) {
		return booking{}, PerformanceNotFound.Wrap(err, Performance.Arg(o.Performance))
	} else if err != nil {
		return booking{}, err
	}
	if err := b.accepts(o); err != nil {
		return booking{}, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO bookings VALUES (?, ?, ?, ?)",
		b.id, o.Performance, o.Name, o.Email)
	if err != nil {
		return booking{}, err
	}
	for _, seat := range o.Seats {
		_, err := tx.ExecContext(ctx, "INSERT INTO seats VALUES (?, ?, ?)", o.Performance, seat, b.id)
		if err != nil {
			return booking{}, fmt.Errorf("seat %d: %w", seat, err)
		}
	}
	return b, tx.Commit()
}

// accepts returns why the performance can't be booked as ordered, or nil.
func (p *performance) accepts(o order) error {
	if closed := p.starts.Add(-closesBefore); time.Now().After(closed) {
		return BookingClosed.New(Play.Arg(p.play), Closed.Arg(closed))
	}
	if len(o.Seats) > p.left {
		return NotEnoughSeats.New(Play.Arg(p.play), Left.Arg(p.left))
	}
	var violations []catalog.Violation
	for i, seat := range o.Seats {
		if seat > p.seats {
			violations = append(violations, catalog.Violation{
				Path: fmt.Sprintf("/seats/%d", i), Err: NoSuchSeat.New(LastSeat.Arg(p.seats)),
			})
		}
	}
	if violations != nil {
		return codes.ValidationError.New().With(violations...)
	}
	if total := euros(p.cents * len(o.Seats)); total.Digits != o.Total {
		return PriceChanged.New(Seats.Arg(SeatsCounted.With(Count.Arg(len(o.Seats)))), Price.Arg(total))
	}
	return nil
}

// find returns a booking.
func (t *theater) find(ctx context.Context, id string) (booking, error) {
	b := booking{id: id}
	err := b.scan(t.db.QueryRowContext(ctx,
		query+" WHERE id = (SELECT performance FROM bookings WHERE id = ?)", id))
	if errors.Is(err, sql.ErrNoRows) {
		return booking{}, BookingNotFound.Wrap(err, Booking.Arg(id))
	} else if err != nil {
		return booking{}, err
	}
	return b, t.db.QueryRowContext(ctx, "SELECT count(*) FROM seats WHERE booking = ?", id).
		Scan(&b.seats)
}

// cancel deletes a booking, so that others can book its seats.
func (t *theater) cancel(ctx context.Context, id string) error {
	result, err := t.db.ExecContext(ctx, "DELETE FROM bookings WHERE id = ?", id)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return BookingNotFound.New(Booking.Arg(id))
	}
	return nil
}

// euros returns an amount in cents as one in euros.
func euros(cents int) catalog.Amount {
	return catalog.Amount{Digits: fmt.Sprintf("%d.%02d", cents/100, cents%100), Currency: "EUR"}
}

// stock returns the phrase that says how many seats are left.
func (p *performance) stock() *catalog.Phrase {
	if p.left == 0 {
		return SoldOut
	}
	return SeatsLeft.With(Left.Arg(p.left))
}

// confirmation returns the phrase that confirms a booking.
func (b *booking) confirmation() *catalog.Phrase {
	return Confirmed.With(Count.Arg(b.seats), Play.Arg(b.play), Starts.Arg(b.starts))
}

// limiter limits the number of bookings in a period of time.
type limiter struct {
	max int
	per time.Duration

	mu     sync.Mutex
	recent []time.Time // of the bookings in the period, oldest first
}

// allow counts a booking. If there were too many, it returns an error that says how long to wait.
func (l *limiter) allow() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	for len(l.recent) > 0 && now.Sub(l.recent[0]) >= l.per {
		l.recent = l.recent[1:]
	}
	if len(l.recent) >= l.max {
		return TooManyBookings.New(Wait.Arg(l.per - now.Sub(l.recent[0])))
	}
	l.recent = append(l.recent, now)
	return nil
}
