package database_test

import (
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/errlingo/errlingo/bridge/database"
	"github.com/errlingo/errlingo/bridge/database/mysqlerr"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// TestMySQL checks errors as the driver makes them, with the texts of MySQL 8.4 and MariaDB 11. It
// needs no server.
func TestMySQL(t *testing.T) {
	b := &database.Bridge{Driver: mysqlerr.Read, Constraints: map[string]*catalog.Code{
		"zq_email": taken, "zq_seats_positive": seats, "zq_name": nameless, "zq_users.zq_phone": nameless, "fake": seats,
	}}
	tests := []struct {
		name    string
		number  uint16
		message string
		kind    database.Kind
		code    *catalog.Code
	}{
		{"unique, mapped", 1062, "Duplicate entry 'zq@example.com' for key 'zq_users.zq_email'", database.Unique, taken},
		{"unique, mapped with its table", 1062, "Duplicate entry '+49 zq' for key 'zq_users.zq_phone'", database.Unique, nameless},
		{"unique in another table", 1062, "Duplicate entry '+49 zq' for key 'zq_staff.zq_phone'", database.Unique, codes.DuplicateValue},
		{"unique, without its table", 1062, "Duplicate entry 'zq' for key 'zq_email'", database.Unique, taken},
		{"unique, value like a text", 1062, "Duplicate entry 'zq' for key 'fake' for key 'zq_email'", database.Unique, taken},
		{"unique, in German", 1062, "Doppelter Eintrag 'zq' für Schlüssel 'zq_email'", database.Unique, codes.DuplicateValue},
		{"foreign key, no such row", 1452, "Cannot add or update a child row: a foreign key constraint fails (`zq`.`zq_bookings`, CONSTRAINT `zq_email` FOREIGN KEY (`zq_room`) REFERENCES `zq_rooms` (`id`))", database.ForeignKey, taken},
		{"foreign key, row in use", 1451, "Cannot delete or update a parent row: a foreign key constraint fails (`zq`.`zq_bookings`, CONSTRAINT `zq_bookings_ibfk_1` FOREIGN KEY (`zq_room`) REFERENCES `zq_rooms` (`id`) ON DELETE RESTRICT)", database.ForeignKey, codes.InvalidValue},
		{"check, mapped", 3819, "Check constraint 'zq_seats_positive' is violated.", database.Check, seats},
		{"check of MariaDB", 4025, "CONSTRAINT `zq_seats_positive` failed for `zq`.`zq_rooms`", database.Check, seats},
		{"not null, mapped", 1048, "Column 'zq_name' cannot be null", database.NotNull, nameless},
		{"no default, mapped", 1364, "Field 'zq_name' doesn't have a default value", database.NotNull, nameless},
		{"too long, mapped", 1406, "Data too long for column 'zq_name' at row 1", database.TooLong, nameless},
		{"out of range", 1264, "Out of range value for column 'zq_seats' at row 12", database.OutOfRange, codes.InvalidValue},
		{"malformed", 1366, "Incorrect integer value: 'zq' for column 'zq_seats' at row 1", database.Malformed, codes.InvalidValue},
		{"malformed, value like a text", 1366, "Incorrect integer value: 'zq for column 'fake' at row 1' for column 'zq_seats' at row 1", database.Malformed, codes.InvalidValue},
		{"deadlock", 1213, "Deadlock found when trying to get lock; try restarting transaction", database.Conflict, codes.Undefined},
		{"lock timeout", 1205, "Lock wait timeout exceeded; try restarting transaction", database.Locked, codes.Timeout},
		{"no wait", 3572, "Statement aborted because lock(s) could not be acquired immediately and NOWAIT is set.", database.Locked, codes.Timeout},
		{"statement timeout", 3024, "Query execution was interrupted, maximum statement execution time exceeded", database.Timeout, codes.Timeout},
		{"too many connections", 1040, "Too many connections", database.TooManyConnections, codes.ConnectionFailed},
		{"shutdown", 1053, "Server shutdown in progress", database.Unreachable, codes.ConnectionFailed},
		{"read-only", 1290, "The MySQL server is running with the --read-only option so it cannot execute this statement", database.ReadOnly, codes.InternalServerError},
		{"full", 1114, "The table 'zq_rooms' is full", database.Full, codes.InternalServerError},
		{"syntax", 1064, "You have an error in your SQL syntax near 'SELEKT zq'", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			failed := &mysql.MySQLError{Number: test.number, Message: test.message}
			failure{kind: test.kind, code: test.code}.check(t, b, fmt.Errorf("zq: %w", failed))
		})
	}
	t.Run("connection lost", func(t *testing.T) {
		failure{kind: database.Unreachable, code: codes.ConnectionFailed}.check(t, b, mysql.ErrInvalidConn)
	})
	t.Run("connection refused", func(t *testing.T) {
		db := open(t, "mysql", fmt.Sprintf("zq@tcp(127.0.0.1:%d)/zq", freePort(t)))
		failure{kind: database.Unreachable, code: codes.ConnectionFailed}.check(t, b, db.Ping())
	})
	t.Run("broken read elsewhere", func(t *testing.T) {
		failure{}.check(t, b, &net.OpError{Op: "read", Net: "tcp", Err: fmt.Errorf("zq %v", time.Second)})
	})
}
