package database_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bridge/database"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/wireschema"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// own has the codes of a program.
var own = catalog.NewDomain("own")

var (
	taken    = own.Define(1, "TAKEN", catalog.Spec{Title: "Taken", Detail: "Somebody has this address.", HTTP: 409})
	seats    = own.Define(2, "SEATS", catalog.Spec{Title: "Seats", Detail: "A room needs a seat.", HTTP: 422})
	nameless = own.Define(3, "NAME", catalog.Spec{Title: "Name", Detail: "A room needs a name.", HTTP: 422})
)

// failure is an error of a database, and what it should become. Kind and code are empty for an error
// that stays as it is.
type failure struct {
	name string
	kind database.Kind
	code *catalog.Code
	fail func(*testing.T, *sql.DB) error
}

// check checks the code of an error, and that no answer has a word of the driver.
func (want failure) check(t *testing.T, b *database.Bridge, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("it did not fail")
	}
	got := b.Convert(err)
	if f, ok := b.Failure(err); f.Kind != want.kind || ok != (want.kind != "") {
		t.Errorf("the failure is %+v, %t, want %q: %#v", f, ok, want.kind, err)
	}
	if code := catalog.CodeOf(got); code != want.code || !errors.Is(got, err) {
		t.Errorf("it becomes %v, want %v: %v", code, want.code, err)
	}
	status := http.StatusInternalServerError
	if want.code != nil {
		status = want.code.HTTPStatus()
	}
	for _, accept := range []string{"application/json", "text/html", "text/plain"} {
		for _, language := range []string{"en", "de", "ar"} {
			r := httptest.NewRequest("POST", "/", nil)
			r.Header.Set("Accept", accept)
			r.Header.Set("Accept-Language", language)
			w := httptest.NewRecorder()
			responder(t, b).Write(w, r, fmt.Errorf("save: %w", err))
			if accept == "application/json" {
				wireSchema.Check(t, w.Body.Bytes())
			}
			answer := w.Body.String() + fmt.Sprint(w.Header())
			if w.Code != status {
				t.Errorf("%s: the status is %d, want %d", accept, w.Code, status)
			}
			for _, leak := range []string{"zq", "SQLSTATE", "SQLite", "MySQL", "127.0.0.1", err.Error()} {
				if strings.Contains(answer, leak) {
					t.Errorf("%s has %q of %v:\n%s", accept, leak, err, answer)
				}
			}
		}
	}
}

var wireSchema = wireschema.MustRead("../../docs/problem.schema.json")

func responder(t *testing.T, b *database.Bridge) *problem.Responder {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}}})
	if err != nil {
		t.Fatal(err)
	}
	return problem.New(bundle, problem.Options{Map: b.Map, Logger: slog.New(slog.DiscardHandler)})
}

// TestWithoutDriver checks the errors that need no driver, and those of others.
func TestWithoutDriver(t *testing.T) {
	b := &database.Bridge{Codes: map[database.Kind]*catalog.Code{database.NoRows: nameless}}
	tests := []struct {
		name string
		err  error
		want *catalog.Code
	}{
		{"nil", nil, nil},
		{"no rows, with another code", fmt.Errorf("find: %w", sql.ErrNoRows), nameless},
		{"bad connection", driver.ErrBadConn, codes.ConnectionFailed},
		{"deadline", context.DeadlineExceeded, codes.Timeout},
		{"canceled", context.Canceled, nil},
		{"of another package", io.EOF, nil},
		{"has a code", seats.Wrap(sql.ErrNoRows), seats},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := b.Convert(test.err)
			if code := catalog.CodeOf(got); code != test.want {
				t.Errorf("the code is %v, want %v", code, test.want)
			}
			if (test.want == nil || test.want == seats) && got != test.err {
				t.Errorf("the error becomes %v", got)
			}
			if mapped := b.Map(t.Context(), test.err); catalog.CodeOf(mapped) != test.want {
				t.Errorf("Map returns %v", mapped)
			}
		})
	}
}

// TestKeys checks which of several keys for a constraint is used.
func TestKeys(t *testing.T) {
	tests := []struct {
		name    string
		failure database.Failure
		want    *catalog.Code
	}{
		{"constraint", database.Failure{Constraint: "c"}, taken},
		{"constraint of another table", database.Failure{Table: "u", Constraint: "c"}, taken},
		{"constraint of its table", database.Failure{Table: "t", Constraint: "c"}, seats},
		{"column", database.Failure{Table: "u", Column: "n"}, nameless},
		{"constraint before column", database.Failure{Constraint: "c", Column: "n"}, taken},
		{"unknown constraint, known column", database.Failure{Constraint: "d", Column: "n"}, nameless},
		{"by its kind", database.Failure{Constraint: "d", Kind: database.Check}, seats},
		{"unknown", database.Failure{Constraint: "d", Kind: database.Unique}, codes.DuplicateValue},
		{"no names", database.Failure{Kind: database.Unique}, codes.DuplicateValue},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := &database.Bridge{
				Driver: func(error) (database.Failure, bool) { return test.failure, true },
				Constraints: map[string]*catalog.Code{
					"c": taken, "t.c": seats, "n": nameless, "": nameless, ".": nameless, "t.": nameless,
				},
				Codes: map[database.Kind]*catalog.Code{database.Check: seats},
			}
			if code := catalog.CodeOf(b.Convert(io.EOF)); code != test.want {
				t.Errorf("the code is %v, want %v", code, test.want)
			}
		})
	}
}

// statement fails with one statement.
func statement(query string) func(*testing.T, *sql.DB) error {
	return func(_ *testing.T, db *sql.DB) error {
		_, err := db.Exec(query)
		return err
	}
}

func open(t *testing.T, driver, name string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func begin(t *testing.T, db *sql.DB) *sql.Tx {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

func must(t *testing.T, db interface {
	Exec(string, ...any) (sql.Result, error)
}, query string) {
	t.Helper()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
