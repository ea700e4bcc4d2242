// Package mysqlerr reads the errors of github.com/go-sql-driver/mysql, from MySQL and MariaDB.
package mysqlerr

import (
	"errors"
	"net"
	"regexp"

	"github.com/go-sql-driver/mysql"

	"github.com/errlingo/errlingo/bridge/database"
)

// Read returns what an error of MySQL says. It is for the field Driver of [database.Bridge].
//
// MySQL names constraints and columns only in its texts. They are read if they are in English,
// which is the default of lc_messages.
//
// The driver returns the error of package net if it can't connect. So an error in connecting to any
// other service is read as [database.Unreachable] too, unless it has a code.
func Read(err error) (database.Failure, bool) {
	if failed, ok := errors.AsType[*mysql.MySQLError](err); ok {
		f := database.Failure{Kind: kindOf(failed.Number)}
		f.Table, f.Constraint, f.Column = names(failed)
		return f, f.Kind != ""
	}
	failed, ok := errors.AsType[*net.OpError](err)
	if errors.Is(err, mysql.ErrInvalidConn) || ok && failed.Op == "dial" {
		return database.Failure{Kind: database.Unreachable}, true
	}
	return database.Failure{}, false
}

// kindOf returns the kind of an error number. See
// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and, above 1900 and
// 4000, https://mariadb.com/kb/en/mariadb-error-code-reference/.
func kindOf(number uint16) database.Kind {
	switch number {
	case 1062, 1169, 1586: // duplicate entry, unique constraint, duplicate entry with a key's name
		return database.Unique
	case 1216, 1217, 1451, 1452: // no parent row, a child row, each with and without a name
		return database.ForeignKey
	case 3819, 4025: // check constraint of MySQL, of MariaDB
		return database.Check
	case 1048, 1364: // null, no default value
		return database.NotNull
	case 1406: // data too long
		return database.TooLong
	case 1264, 1690: // value of a column, of an expression
		return database.OutOfRange
	case 1265, 1292, 1366, 3140: // data truncated, wrong value, wrong string, JSON
		return database.Malformed
	case 1020, 1213, 3101: // record has changed, deadlock, rollback by a group
		return database.Conflict
	case 1205, 3572: // lock wait timeout, NOWAIT
		return database.Locked
	case 1317, 1969, 3024: // interrupted, timeout of MariaDB, of MySQL
		return database.Timeout
	case 1040, 1203, 1226: // of the server, of a user, another limit of a user
		return database.TooManyConnections
	case 1053, 1927, 4031: // shutdown, killed, idle
		return database.Unreachable
	case 1290, 1792, 1836: // --read-only, of a transaction, read-only mode
		return database.ReadOnly
	case 1021, 1037, 1041, 1114: // disk, memory, memory, table
		return database.Full
	}
	return ""
}

// patterns are the texts that have names. What somebody entered may come before a name and look
// like one, so the patterns cover all that follows.
var (
	duplicate = regexp.MustCompile(`for key '(?:([^'.]+)\.)?([^']+)'$`)
	foreign   = regexp.MustCompile("CONSTRAINT `([^`]+)` FOREIGN KEY \\(.*\\)$")
	check     = regexp.MustCompile("^(?:Check constraint '([^']+)' is|CONSTRAINT `([^`]+)` failed)")
	column    = regexp.MustCompile(`(?:^Column|^Field|for column) '([^']+)' ` +
		`(?:cannot be null|doesn't have a default value|at row \d+)$`)
)

// names returns the names in a text of MySQL.
func names(failed *mysql.MySQLError) (table, constraint, col string) {
	text := failed.Message
	switch kindOf(failed.Number) {
	case database.Unique:
		if m := duplicate.FindStringSubmatch(text); m != nil {
			return m[1], m[2], ""
		}
	case database.ForeignKey:
		if m := foreign.FindStringSubmatch(text); m != nil {
			return "", m[1], ""
		}
	case database.Check:
		if m := check.FindStringSubmatch(text); m != nil {
			return "", m[1] + m[2], ""
		}
	default:
		if m := column.FindStringSubmatch(text); m != nil {
			return "", "", m[1]
		}
	}
	return "", "", ""
}
