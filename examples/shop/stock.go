package main

import (
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/errlingo/errlingo/catalog"
)

// stock is what the shop has. A real shop would use a database.
type stock struct {
	items []item
}

type item struct {
	ID    int
	Name  *catalog.Label
	Color string // of its picture
	Left  int
}

// stock returns the phrase that says how many pairs are left.
func (it item) stock() *catalog.Phrase {
	if it.Left == 0 {
		return soldOut
	}
	return pairsLeft.With(Left.Arg(it.Left))
}

// newStock returns a stock with an item for each Arabic plural form.
func newStock() *stock {
	return &stock{items: []item{
		{1, BlueSocks, "#2f6fb5", 0},
		{2, RedSocks, "#c0392b", 1},
		{3, GreenSocks, "#3c8c4a", 2},
		{4, WoolSocks, "#9a7b5b", 3},
		{5, RunningSocks, "#e08a1e", 11},
		{6, WhiteSocks, "#f4f1ea", 100},
	}}
}

var errConnection = errors.New("dial tcp 10.3.0.7:5432: connect: connection refused")

// item returns the item with the number. Its error has a code, with the database's error as the
// cause.
func (s *stock) item(id int) (item, error) {
	for _, it := range s.items {
		if it.ID == id {
			return it, nil
		}
	}
	return item{}, ItemNotFound.Wrap(sql.ErrNoRows, ItemID.Arg(id))
}

// reserve returns an error if there are not enough pieces of an item. It does not change the stock,
// so that every visitor sees the same plural forms.
func (s *stock) reserve(id, pieces int) error {
	it, err := s.item(id)
	if err != nil {
		return err
	}
	if pieces > it.Left {
		return fmt.Errorf("reserve %d of item %d: %w", pieces, id,
			OutOfStock.New(Item.Arg(it.Name), Left.Arg(it.Left)))
	}
	return nil
}

// count queries the database, which is down.
func (s *stock) count(it item) error {
	return StockUnknown.Wrap(fmt.Errorf("select stock: %w", errConnection), Item.Arg(it.Name))
}

// limiter limits the number of orders in a period of time.
type limiter struct {
	max int
	per time.Duration
	now func() time.Time

	mu     sync.Mutex
	recent []time.Time // of the orders in the period, oldest first
}

// allow counts an order. If there were too many, it returns an error that says how long to wait.
func (l *limiter) allow() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for len(l.recent) > 0 && now.Sub(l.recent[0]) >= l.per {
		l.recent = l.recent[1:]
	}
	if len(l.recent) >= l.max {
		return TooManyOrders.New(Wait.Arg(l.per - now.Sub(l.recent[0])))
	}
	l.recent = append(l.recent, now)
	return nil
}
