//go:build unix

package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"

	"github.com/errlingo/errlingo/bridge/database"
	"github.com/errlingo/errlingo/bridge/database/pgxerr"
	"github.com/errlingo/errlingo/bridge/database/pqerr"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// schema has "zq" in every name, which must not be in an answer.
const schema = `
CREATE TABLE zq_rooms (id int PRIMARY KEY, zq_name varchar(12) NOT NULL,
	zq_seats smallint CONSTRAINT zq_seats_positive CHECK (zq_seats > 0));
CREATE TABLE zq_users (zq_email text CONSTRAINT zq_users_email_key UNIQUE, zq_phone text UNIQUE);
CREATE TABLE zq_bookings (zq_room int CONSTRAINT zq_bookings_room REFERENCES zq_rooms,
	zq_during int4range, CONSTRAINT zq_bookings_overlap EXCLUDE USING gist (zq_during WITH &&));
INSERT INTO zq_rooms VALUES (1, 'zq one', 10), (2, 'zq two', 20);
INSERT INTO zq_users VALUES ('zq@example.com', '+49 zq');
INSERT INTO zq_bookings VALUES (1, '[10,20)');
CREATE ROLE zq_narrow LOGIN CONNECTION LIMIT 1;`

func TestPostgreSQL(t *testing.T) {
	server := startPostgreSQL(t)
	t.Run("pgx without database/sql", func(t *testing.T) { checkPgx(t, server) })
	t.Run("canceled request", func(t *testing.T) { checkCanceled(t, server) })
	for _, driver := range []struct {
		name string
		read func(error) (database.Failure, bool)
	}{{"pgx", pgxerr.Read}, {"postgres", pqerr.Read}} {
		t.Run(driver.name, func(t *testing.T) {
			name := "zq_" + driver.name
			admin := open(t, driver.name, server.url("postgres", "postgres"))
			must(t, admin, "CREATE DATABASE "+name)
			db := open(t, driver.name, server.url("postgres", name))
			must(t, db, schema)
			t.Cleanup(func() { must(t, db, "DROP OWNED BY zq_narrow; DROP ROLE zq_narrow") })
			b := &database.Bridge{Driver: driver.read, Constraints: map[string]*catalog.Code{
				"zq_users_email_key": taken, "zq_rooms.zq_seats_positive": seats, "zq_rooms.zq_name": nameless,
			}}
			for _, test := range postgresCases(t, server, driver.name, name) {
				t.Run(test.name, func(t *testing.T) {
					test.check(t, b, test.fail(t, db))
				})
			}
		})
	}
}

// postgresCases are failures of a database that was made with schema.
func postgresCases(t *testing.T, server *postgres, driver, name string) []failure {
	narrow := open(t, driver, server.url("zq_narrow", name))
	return []failure{
		{"unique, mapped", database.Unique, taken, statement("INSERT INTO zq_users VALUES ('zq@example.com', 'zq')")},
		{"unique", database.Unique, codes.DuplicateValue, statement("INSERT INTO zq_users VALUES ('zq2@example.com', '+49 zq')")},
		{"foreign key, no such row", database.ForeignKey, codes.InvalidValue, statement("INSERT INTO zq_bookings VALUES (77, NULL)")},
		{"foreign key, row in use", database.ForeignKey, codes.InvalidValue, statement("DELETE FROM zq_rooms WHERE id = 1")},
		{"check, mapped", database.Check, seats, statement("UPDATE zq_rooms SET zq_seats = 0")},
		{"not null, mapped", database.NotNull, nameless, statement("INSERT INTO zq_rooms (id) VALUES (3)")},
		{"not null", database.NotNull, codes.ValidationError, statement("INSERT INTO zq_rooms (zq_name) VALUES ('zq')")},
		{"exclusion", database.Exclusion, codes.DuplicateValue, statement("INSERT INTO zq_bookings VALUES (2, '[15,16)')")},
		{"too long", database.TooLong, codes.InvalidValue, statement("INSERT INTO zq_rooms VALUES (4, 'zq much too long', 1)")},
		{"out of range", database.OutOfRange, codes.InvalidValue, statement("INSERT INTO zq_rooms VALUES (5, 'zq', 99999)")},
		{"malformed", database.Malformed, codes.InvalidValue, statement("SELECT 'zq'::uuid")},
		{"no rows", database.NoRows, codes.ObjectNotFound, func(_ *testing.T, db *sql.DB) error {
			return db.QueryRow("SELECT id FROM zq_rooms WHERE zq_name = 'zq nine'").Scan(new(int))
		}},
		{"serialization failure", database.Conflict, codes.Undefined, func(t *testing.T, db *sql.DB) error {
			tx, err := db.BeginTx(t.Context(), &sql.TxOptions{Isolation: sql.LevelSerializable})
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			if err := tx.QueryRow("SELECT zq_seats FROM zq_rooms WHERE id = 1").Scan(new(int)); err != nil {
				t.Fatal(err)
			}
			must(t, db, "UPDATE zq_rooms SET zq_seats = zq_seats + 1 WHERE id = 1")
			_, err = tx.Exec("UPDATE zq_rooms SET zq_seats = zq_seats + 2 WHERE id = 1")
			return err
		}},
		{"deadlock", database.Conflict, codes.Undefined, deadlock},
		{"lock timeout", database.Locked, codes.Timeout, blocked("SET LOCAL lock_timeout = 50", "SELECT 1 FROM zq_rooms WHERE id = 1 FOR UPDATE")},
		{"no wait", database.Locked, codes.Timeout, blocked("SELECT 1", "SELECT 1 FROM zq_rooms WHERE id = 1 FOR UPDATE NOWAIT")},
		{"statement timeout", database.Timeout, codes.Timeout, blocked("SET LOCAL statement_timeout = 50", "SELECT pg_sleep(10) AS zq")},
		{"deadline", database.Timeout, codes.Timeout, func(t *testing.T, db *sql.DB) error {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := db.ExecContext(ctx, "SELECT pg_sleep(10) AS zq")
			return err
		}},
		{"read-only", database.ReadOnly, codes.InternalServerError, blocked("SET TRANSACTION READ ONLY", "DELETE FROM zq_users")},
		{"too many connections", database.TooManyConnections, codes.ConnectionFailed, func(t *testing.T, _ *sql.DB) error {
			one, err := narrow.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer one.Close()
			return narrow.Ping()
		}},
		{"connection refused", database.Unreachable, codes.ConnectionFailed, func(t *testing.T, _ *sql.DB) error {
			nobody := *server
			nobody.port = freePort(t)
			return open(t, driver, nobody.url("zq", "zq")).Ping()
		}},
		{"connection lost", database.Unreachable, codes.ConnectionFailed, func(t *testing.T, db *sql.DB) error {
			_, err := db.Exec("SELECT pg_terminate_backend(pg_backend_pid())")
			return err
		}},
		{"syntax", "", nil, statement("SELEKT zq")},
		{"wrong database", "", nil, func(t *testing.T, _ *sql.DB) error {
			return open(t, driver, server.url("postgres", "zq_none")).Ping()
		}},
	}
}

// blocked fails with the second of two statements in a transaction, while another transaction has
// locked a row.
func blocked(first, second string) func(*testing.T, *sql.DB) error {
	return func(t *testing.T, db *sql.DB) error {
		other, mine := begin(t, db), begin(t, db)
		defer other.Rollback()
		defer mine.Rollback()
		must(t, other, "UPDATE zq_rooms SET zq_seats = 7 WHERE id = 1")
		must(t, mine, first)
		_, err := mine.Exec(second)
		return err
	}
}

// deadlock locks two rows in both orders.
func deadlock(t *testing.T, db *sql.DB) error {
	a, b := begin(t, db), begin(t, db)
	defer a.Rollback()
	defer b.Rollback()
	const update = "UPDATE zq_rooms SET zq_seats = 8 WHERE id = "
	must(t, a, update+"1")
	must(t, b, update+"2")
	first := make(chan error, 1)
	go func() {
		_, err := a.Exec(update + "2")
		a.Rollback()
		first <- err
	}()
	_, err := b.Exec(update + "1")
	b.Rollback()
	return errors.Join(err, <-first)
}

// checkPgx checks pgx without database/sql.
func checkPgx(t *testing.T, server *postgres) {
	db, err := pgx.Connect(t.Context(), server.url("postgres", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(context.Background())
	b := &database.Bridge{Driver: pgxerr.Read}
	err = db.QueryRow(t.Context(), "SELECT 1 WHERE false").Scan(new(int))
	failure{kind: database.NoRows, code: codes.ObjectNotFound}.check(t, b, err)
	_, err = db.Exec(t.Context(), "CREATE TABLE zq (zq int PRIMARY KEY); INSERT INTO zq VALUES (1), (1)")
	failure{kind: database.Unique, code: codes.DuplicateValue}.check(t, b, err)
	if f, _ := b.Failure(err); f != (database.Failure{Kind: database.Unique, Table: "zq", Constraint: "zq_pkey"}) {
		t.Errorf("the failure is %+v", f)
	}
}

// checkCanceled checks that nobody is answered who has gone, whatever a driver returns.
func checkCanceled(t *testing.T, server *postgres) {
	for driver, read := range map[string]func(error) (database.Failure, bool){"pgx": pgxerr.Read, "postgres": pqerr.Read} {
		db := open(t, driver, server.url("postgres", "postgres"))
		if err := db.Ping(); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		_, err := db.ExecContext(ctx, "SELECT pg_sleep(10)")
		b := &database.Bridge{Driver: read}
		if mapped := b.Map(ctx, err); !errors.Is(mapped, context.Canceled) {
			t.Errorf("%s: the error is %v, from %v", driver, mapped, err)
		}
	}
}

// postgres is a running server.
type postgres struct{ port int }

func (p *postgres) url(role, name string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s?sslmode=disable", role, p.port, name)
}

// startPostgreSQL starts a server of its own on loopback, which ends with the test. PostgreSQL
// refuses to run as root, so root starts it as the user postgres of Debian's package. It skips the
// test if something is missing.
func startPostgreSQL(t *testing.T) *postgres {
	t.Helper()
	bin := postgresBinaries(t)
	attributes := &syscall.SysProcAttr{}
	dir, err := os.MkdirTemp("", "errlingo-postgres-") // t.TempDir is in a folder of root's
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skipf("PostgreSQL refuses to run as root, and there is no user postgres: %v", err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	command := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(bin, name), args...)
		c.Dir, c.SysProcAttr = dir, attributes
		return c
	}
	data := filepath.Join(dir, "data")
	out, err := command("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput()
	if err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	server := &postgres{freePort(t)}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	run := command("postgres", "-D", data, "-p", strconv.Itoa(server.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "deadlock_timeout=50ms")
	run.Stdout, run.Stderr = log, log
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		run.Process.Signal(syscall.SIGQUIT) // the immediate shutdown, which ends all of its processes
		run.Wait()
		log.Close()
	})
	db := open(t, "pgx", server.url("postgres", "postgres"))
	for began := time.Now(); db.Ping() != nil; time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			said, _ := os.ReadFile(log.Name())
			t.Fatalf("PostgreSQL does not start:\n%s", said)
		}
	}
	return server
}

// postgresBinaries returns the folder with the server, which Debian keeps out of PATH.
func postgresBinaries(t *testing.T) string {
	t.Helper()
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		t.Skip("PostgreSQL is not installed: apt-get install postgresql")
	}
	return filepath.Dir(found[len(found)-1])
}
