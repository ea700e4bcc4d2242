package database_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/errlingo/errlingo/bridge/database"
	"github.com/errlingo/errlingo/bridge/database/sqliteerr"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// sqliteSchema has "zq" in every name, which must not be in an answer.
const sqliteSchema = `
CREATE TABLE zq_rooms (id INTEGER PRIMARY KEY, zq_name TEXT NOT NULL, zq_floor INTEGER NOT NULL DEFAULT 0 CHECK (zq_floor < 100),
	zq_seats INT CONSTRAINT zq_seats_positive CHECK (zq_seats > 0)) STRICT;
CREATE TABLE zq_users (zq_email TEXT UNIQUE, zq_first TEXT, zq_last TEXT, UNIQUE (zq_first, zq_last));
CREATE TABLE zq_tags (zq_tag TEXT);
CREATE UNIQUE INDEX zq_lower ON zq_tags (lower(zq_tag));
CREATE TABLE zq_bookings (zq_room INT REFERENCES zq_rooms);
CREATE TABLE zq_keys (zq_room INT REFERENCES zq_rooms ON DELETE RESTRICT);
CREATE TRIGGER zq_closed BEFORE INSERT ON zq_keys WHEN new.zq_room = 7
	BEGIN SELECT raise(ABORT, 'zq closed'); END;
INSERT INTO zq_rooms VALUES (1, 'zq one', 0, 10), (2, 'zq two', 0, 20);
INSERT INTO zq_users VALUES ('zq@example.com', 'Kim', 'zq');
INSERT INTO zq_bookings VALUES (1);
INSERT INTO zq_keys VALUES (2);`

func TestSQLite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "zq.db")
	db := open(t, "sqlite", file+"?_pragma=foreign_keys(1)&_pragma=journal_mode(wal)")
	must(t, db, sqliteSchema)
	b := &database.Bridge{Driver: sqliteerr.Read, Constraints: map[string]*catalog.Code{
		"zq_users.zq_email": taken, "zq_users.zq_first, zq_users.zq_last": nameless, "index 'zq_lower'": seats,
		"zq_seats_positive": seats, "zq_rooms.zq_name": nameless,
	}}
	long := strings.Repeat("zq", 2000)
	tests := []failure{
		{"unique, mapped", database.Unique, taken, statement("INSERT INTO zq_users VALUES ('zq@example.com', '', '')")},
		{"unique of two columns, mapped", database.Unique, nameless, statement("INSERT INTO zq_users VALUES ('zq2@example.com', 'Kim', 'zq')")},
		{"unique of an index, mapped", database.Unique, seats, statement("INSERT INTO zq_tags VALUES ('zq'), ('ZQ')")},
		{"primary key", database.Unique, codes.DuplicateValue, statement("INSERT INTO zq_rooms VALUES (1, 'zq', 0, 1)")},
		{"foreign key, no such row", database.ForeignKey, codes.InvalidValue, statement("INSERT INTO zq_bookings VALUES (77)")},
		{"foreign key, row in use", database.ForeignKey, codes.InvalidValue, statement("DELETE FROM zq_rooms WHERE id = 1")},
		{"foreign key, restricted", database.ForeignKey, codes.InvalidValue, statement("DELETE FROM zq_rooms WHERE id = 2")},
		{"check, mapped", database.Check, seats, statement("UPDATE zq_rooms SET zq_seats = 0")},
		{"check without a name", database.Check, codes.InvalidValue, statement("UPDATE zq_rooms SET zq_floor = 100")},
		{"not null, mapped", database.NotNull, nameless, statement("INSERT INTO zq_rooms (id) VALUES (3)")},
		{"not null", database.NotNull, codes.ValidationError, statement("UPDATE zq_rooms SET zq_floor = NULL")},
		{"type of a strict table", database.Malformed, codes.InvalidValue, statement("UPDATE zq_rooms SET zq_seats = 'zq'")},
		{"type of a row's ID", database.Malformed, codes.InvalidValue, statement("UPDATE zq_rooms SET id = 'zq' WHERE id = 1")},
		{"too long", database.TooLong, codes.InvalidValue, statement("SELECT zeroblob(2000000000) || '" + long + "'")},
		{"trigger", "", nil, statement("INSERT INTO zq_keys VALUES (7)")},
		{"no rows", database.NoRows, codes.ObjectNotFound, func(_ *testing.T, db *sql.DB) error {
			return db.QueryRow("SELECT id FROM zq_rooms WHERE zq_name = 'zq nine'").Scan(new(int))
		}},
		{"busy", database.Locked, codes.Timeout, func(t *testing.T, db *sql.DB) error {
			tx := begin(t, db)
			defer tx.Rollback()
			must(t, tx, "UPDATE zq_rooms SET zq_seats = 7")
			_, err := db.Exec("UPDATE zq_rooms SET zq_seats = 8")
			return err
		}},
		{"serialization failure", database.Conflict, codes.Undefined, func(t *testing.T, db *sql.DB) error {
			tx := begin(t, db)
			defer tx.Rollback()
			if err := tx.QueryRow("SELECT zq_seats FROM zq_rooms").Scan(new(int)); err != nil {
				t.Fatal(err)
			}
			must(t, db, "UPDATE zq_rooms SET zq_seats = 7")
			_, err := tx.Exec("UPDATE zq_rooms SET zq_seats = 8")
			return err
		}},
		{"deadline", database.Timeout, codes.Timeout, func(t *testing.T, db *sql.DB) error {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := db.ExecContext(ctx, "WITH RECURSIVE zq(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM zq) SELECT count(*) FROM zq")
			return err
		}},
		{"read-only", database.ReadOnly, codes.InternalServerError, func(t *testing.T, _ *sql.DB) error {
			_, err := open(t, "sqlite", "file:"+file+"?mode=ro").Exec("DELETE FROM zq_users")
			return err
		}},
		{"full", database.Full, codes.InternalServerError, func(t *testing.T, _ *sql.DB) error {
			small := open(t, "sqlite", filepath.Join(t.TempDir(), "zq.db")+"?_pragma=max_page_count(2)")
			must(t, small, "CREATE TABLE zq (zq TEXT)")
			_, err := small.Exec("INSERT INTO zq VALUES (?)", strings.Repeat(long, 4))
			return err
		}},
		{"no such folder", database.Unreachable, codes.ConnectionFailed, func(t *testing.T, _ *sql.DB) error {
			return open(t, "sqlite", filepath.Join(t.TempDir(), "zq", "zq.db")).Ping()
		}},
		{"syntax", "", nil, statement("SELEKT zq")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.check(t, b, test.fail(t, db)) })
	}
}
