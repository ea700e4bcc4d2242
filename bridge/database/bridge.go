// Package database turns the errors of databases into errors with codes, so that readers learn in
// their language what they can do, and nothing about tables, constraints or other people's data.
//
//	var failed = database.Bridge{
//		Driver:      pgxerr.Read,
//		Constraints: map[string]*catalog.Code{"users_email_key": EmailTaken},
//		Codes:       map[database.Kind]*catalog.Code{database.NoRows: OrderNotFound},
//	}
//
//	respond := problem.New(bundle, problem.Options{Map: failed.Map})
//
// This package knows no driver. Each driver has a package of its own with a function Read: pgxerr
// (github.com/jackc/pgx/v5), pqerr (github.com/lib/pq), mysqlerr (github.com/go-sql-driver/mysql)
// and sqliteerr (modernc.org/sqlite). A program links only the ones that it imports. The README
// lists the codes that each kind of failure has.
package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// Kind is what went wrong, whichever database says so.
type Kind string

// The kinds of failure.
const (
	NoRows             Kind = "no rows"              // a query found nothing
	Unique             Kind = "unique"               // the value exists already
	ForeignKey         Kind = "foreign key"          // a row refers to one that doesn't exist
	Check              Kind = "check"                // a check constraint refuses the value
	NotNull            Kind = "not null"             // a required value is missing
	Exclusion          Kind = "exclusion"            // a row overlaps another, such as a booking
	TooLong            Kind = "too long"             // a text is too long for its column
	OutOfRange         Kind = "out of range"         // a number or a date is too large or too small
	Malformed          Kind = "malformed"            // a value isn't of its column's type
	Conflict           Kind = "conflict"             // a serialization failure or a deadlock
	Locked             Kind = "locked"               // another transaction kept a lock for too long
	Timeout            Kind = "timeout"              // a statement took too long or was canceled
	TooManyConnections Kind = "too many connections" // no connection is free
	Unreachable        Kind = "unreachable"          // the connection failed or was lost
	ReadOnly           Kind = "read-only"            // the database doesn't accept changes now
	Full               Kind = "full"                 // the disk or the memory is full
)

// Failure is what a driver's error says, without its text.
type Failure struct {
	Kind Kind

	// Table, Constraint and Column are what the database names, and empty otherwise.
	Table, Constraint, Column string
}

// Bridge converts errors. The zero value is ready to use, and knows the errors of database/sql and
// package context. A Bridge may be used by several goroutines if nobody changes its fields.
type Bridge struct {
	// Driver reads the errors of a driver, as pgxerr.Read does. It reports false for other errors.
	Driver func(error) (Failure, bool)

	// Constraints has the codes of constraints. The key is the name of a constraint or of a column,
	// alone or after its table and a dot: "users_email_key", "users.name". The longer key takes
	// precedence. What a database names is in the README of this package.
	//
	// The error gets no arguments, since databases don't report values in a form that can be read for
	// certain. So the texts of a code should need none.
	Constraints map[string]*catalog.Code

	// Codes has the codes of kinds that are to have another one than the standard code, for failures
	// that Constraints doesn't know.
	Codes map[Kind]*catalog.Code
}

// Convert returns the error of a database as one with a code that wraps it: that of its constraint,
// of its kind, or a standard code. Any other error, and one that has a code, is returned unchanged,
// nil as nil.
func (b *Bridge) Convert(err error) error {
	if catalog.CodeOf(err) != nil {
		return err
	}
	f, ok := b.Failure(err)
	if !ok {
		return err
	}
	code := b.code(f)
	if code == codes.ValidationError {
		return code.Wrap(err, codes.Count.Arg(1)) // databases stop at the first value
	}
	return code.Wrap(err)
}

// Map is [Bridge.Convert] for problem.Options.Map. If the request was canceled, a statement that
// was canceled with it is answered with the context's error, so not at all.
func (b *Bridge) Map(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) && catalog.CodeOf(err) == nil {
		if f, ok := b.Failure(err); ok && f.Kind == Timeout {
			return ctx.Err()
		}
	}
	return b.Convert(err)
}

// Failure returns what an error says, and false if no database is known to have caused it. A
// program uses it to try a transaction again after a [Conflict], or to count failures by kind.
func (b *Bridge) Failure(err error) (Failure, bool) {
	if b.Driver != nil {
		if f, ok := b.Driver(err); ok {
			return f, true
		}
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Failure{Kind: NoRows}, true
	case errors.Is(err, context.DeadlineExceeded):
		return Failure{Kind: Timeout}, true
	case errors.Is(err, driver.ErrBadConn):
		return Failure{Kind: Unreachable}, true
	}
	return Failure{}, false
}

// code returns the code for a failure.
func (b *Bridge) code(f Failure) *catalog.Code {
	for _, name := range []string{f.Constraint, f.Column} {
		if name == "" {
			continue
		}
		for _, key := range []string{f.Table + "." + name, name} {
			if code := b.Constraints[key]; code != nil {
				return code
			}
		}
	}
	if code := b.Codes[f.Kind]; code != nil {
		return code
	}
	return standard(f.Kind)
}

// standard returns the standard code for a kind. The README has the reasons.
func standard(kind Kind) *catalog.Code {
	switch kind {
	case NoRows:
		return codes.ObjectNotFound
	case Unique, Exclusion:
		return codes.DuplicateValue
	case ForeignKey, Check, TooLong, OutOfRange, Malformed:
		return codes.InvalidValue
	case NotNull:
		return codes.ValidationError
	case Conflict:
		return codes.Undefined
	case Locked, Timeout:
		return codes.Timeout
	case TooManyConnections, Unreachable:
		return codes.ConnectionFailed
	}
	return codes.InternalServerError
}
