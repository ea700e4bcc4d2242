package database_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/errlingo/errlingo/bridge/database"
	"github.com/errlingo/errlingo/bridge/database/mysqlerr"
	"github.com/errlingo/errlingo/catalog"
)

// rows returns the cells of the table on the page that begins with the given row.
func rows(t *testing.T, head string) [][]string {
	t.Helper()
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "\n"+head+"\n")
	if !found {
		t.Fatalf("no table %q", head)
	}
	table, _, _ = strings.Cut(table, "\n\n")
	var all [][]string
	for _, line := range strings.Split(table, "\n")[1:] {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " `")
		}
		all = append(all, cells)
	}
	return all
}

// TestReadmeCodes checks the table of codes.
func TestReadmeCodes(t *testing.T) {
	table := rows(t, "| kind | code | status | why |")
	if len(table) != 16 {
		t.Errorf("the table has %d kinds", len(table))
	}
	for _, row := range table {
		b := &database.Bridge{Driver: func(error) (database.Failure, bool) {
			return database.Failure{Kind: database.Kind(row[0])}, true
		}}
		code := catalog.CodeOf(b.Convert(errors.New("failed")))
		if got, want := fmt.Sprintf("%s %d", code.Name(), code.HTTPStatus()), row[1]+" "+row[2]; got != want {
			t.Errorf("%s: the code is %s, want %s", row[0], got, want)
		}
	}
}

// TestReadmeNumbers checks that the table has all numbers of PostgreSQL and MySQL.
func TestReadmeNumbers(t *testing.T) {
	documented := map[string]string{}
	for _, row := range rows(t, "| kind | PostgreSQL | MySQL and MariaDB | SQLite |") {
		for _, number := range strings.Split(row[1]+", "+row[2], ", ") {
			documented[number] = row[0]
		}
	}
	for _, file := range []string{"sqlstate.go", "mysqlerr/read.go"} {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, line := range regexp.MustCompile(`(?m)^(?:\tcase |\t\t")["\d].*`).FindAllString(string(src), -1) {
			line, _, _ = strings.Cut(line, "//")
			for _, number := range regexp.MustCompile(`\b\w{4,5}\b`).FindAllString(strings.ReplaceAll(line, "case", ""), -1) {
				n++
				if _, found := documented[number]; !found {
					t.Errorf("%s: the page lacks %s", file, number)
				}
			}
		}
		if n < 30 {
			t.Errorf("%s: found only %d numbers", file, n)
		}
	}
	delete(documented, "")
	for number, want := range documented {
		got := database.SQLState(number)
		if len(number) == 4 {
			n, err := strconv.ParseUint(number, 10, 16)
			if err != nil {
				t.Fatal(err)
			}
			f, _ := mysqlerr.Read(&mysql.MySQLError{Number: uint16(n)})
			got = f.Kind
		}
		if string(got) != want {
			t.Errorf("%s is %q, want %q", number, got, want)
		}
	}
}

// TestLinksOneDriver checks that a program links no driver but the one that it asks for.
func TestLinksOneDriver(t *testing.T) {
	drivers := map[string]string{
		"pgxerr": "github.com/jackc/", "pqerr": "github.com/lib/pq", "mysqlerr": "github.com/go-sql-driver/", "sqliteerr": "modernc.org/",
	}
	for _, name := range []string{".", "pgxerr", "pqerr", "mysqlerr", "sqliteerr"} {
		out, err := exec.Command("go", "list", "-deps", "./"+name).Output()
		if err != nil {
			t.Fatal(err)
		}
		for other, driver := range drivers {
			if got, want := strings.Contains(string(out), driver), other == name; got != want {
				t.Errorf("package %s links %s: %t, want %t", name, driver, got, want)
			}
		}
	}
}
