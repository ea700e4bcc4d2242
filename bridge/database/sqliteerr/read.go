// Package sqliteerr reads the errors of modernc.org/sqlite.
package sqliteerr

import (
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/errlingo/errlingo/bridge/database"
)

// Read returns what an error of SQLite says. It is for the field Driver of [database.Bridge].
//
// SQLite names the columns of a unique constraint, as "users.email" or "seats.room, seats.number",
// the column that must not be null, as "users.name", and a check constraint, or its expression if
// it has no name. All of these are the Constraint. A foreign key has no name.
func Read(err error) (database.Failure, bool) {
	failed, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return database.Failure{}, false
	}
	kind := kindOf(failed)
	return database.Failure{Kind: kind, Constraint: constraint(failed)}, kind != ""
}

// kindOf returns the kind of an error, by its extended result code, and else by its primary one,
// which is the low byte. See https://www.sqlite.org/rescode.html.
func kindOf(failed *sqlite.Error) database.Kind {
	switch failed.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
		sqlite3.SQLITE_CONSTRAINT_ROWID:
		return database.Unique
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return database.ForeignKey
	case sqlite3.SQLITE_CONSTRAINT_TRIGGER: // RESTRICT is made of a trigger, which the text shows
		if strings.Contains(failed.Error(), "FOREIGN KEY constraint failed") {
			return database.ForeignKey
		}
	case sqlite3.SQLITE_CONSTRAINT_CHECK:
		return database.Check
	case sqlite3.SQLITE_CONSTRAINT_NOTNULL:
		return database.NotNull
	case sqlite3.SQLITE_CONSTRAINT_DATATYPE:
		return database.Malformed
	case sqlite3.SQLITE_BUSY_SNAPSHOT:
		return database.Conflict
	}
	switch failed.Code() & 0xff {
	case sqlite3.SQLITE_TOOBIG:
		return database.TooLong
	case sqlite3.SQLITE_MISMATCH:
		return database.Malformed
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return database.Locked
	case sqlite3.SQLITE_INTERRUPT:
		return database.Timeout
	case sqlite3.SQLITE_CANTOPEN:
		return database.Unreachable
	case sqlite3.SQLITE_READONLY:
		return database.ReadOnly
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM:
		return database.Full
	}
	return ""
}

// constraint returns what SQLite names: "users.email" for the text "constraint failed: UNIQUE
// constraint failed: users.email (2067)".
func constraint(failed *sqlite.Error) string {
	text := strings.TrimSuffix(failed.Error(), fmt.Sprintf(" (%d)", failed.Code()))
	text = strings.TrimPrefix(text, "constraint failed: ")
	_, name, _ := strings.Cut(text, " constraint failed: ")
	return name
}
