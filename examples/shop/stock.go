package main

import (
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// stock is what the shop has. It stands in for a database.
type stock struct {
	items []item
}

type item struct {
	ID   int
	Name string
	Left int
}

// newStock has as many pieces as there are plural forms to see.
func newStock() *stock {
	return &stock{items: []item{
		{1, "Blue socks", 0},
		{2, "Red socks", 1},
		{3, "Green socks", 2},
		{4, "Wool socks", 3},
		{5, "Running socks", 11},
		{6, "White socks", 100},
	}}
}

var errConnection = errors.New("dial tcp 10.3.0.7:5432: connect: connection refused")

// item returns the item with the number. The error carries a code; what the database said is its cause.
func (s *stock) item(id int) (item, error) {
	for _, it := range s.items {
		if it.ID == id {
			return it, nil
		}
	}
	return item{}, ItemNotFound.Wrap(sql.ErrNoRows, ItemID.Arg(id))
}

// reserve reports with an error that there are fewer pieces of an item. It takes none out of the stock, so that every
// visitor finds the same plural forms to see.
func (s *stock) reserve(id, pieces int) error {
	it, err := s.item(id)
	if err != nil {
		return err
	}
	if pieces > it.Left {
		return fmt.Errorf("reserve %d of item %d: %w", pieces, id, OutOfStock.New(Item.Arg(it.Name), Left.Arg(it.Left)))
	}
	return nil
}

// count asks the database, which is down.
func (s *stock) count(it item) error {
	return StockUnknown.Wrap(fmt.Errorf("select stock: %w", errConnection), Item.Arg(it.Name))
}

// limiter lets a few orders pass in each span of time.
type limiter struct {
	most int
	span time.Duration
	now  func() time.Time

	mu     sync.Mutex
	passed []time.Time
}

// pass reports with an error that there were too many orders, and when the next one can come.
func (l *limiter) pass() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for len(l.passed) > 0 && now.Sub(l.passed[0]) >= l.span {
		l.passed = l.passed[1:]
	}
	if len(l.passed) >= l.most {
		return TooManyOrders.New(Wait.Arg(l.span - now.Sub(l.passed[0])))
	}
	l.passed = append(l.passed, now)
	return nil
}
