package database_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bridge/database"
	"github.com/errlingo/errlingo/bridge/database/sqliteerr"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// hotel has the codes of a program.
var hotel = catalog.NewDomain("hotel")

// RoomTaken: the room has a booking for that night.
var RoomTaken = hotel.Define(1, "ROOM_TAKEN", catalog.Spec{
	Title:  "Room taken",
	Detail: "This room is already booked for that night.",
	Help:   "Choose another room or another night.",
	HTTP:   409,
	Action: catalog.ActionFix,
})

// failed is all that a program has to say about its database.
var failed = database.Bridge{
	Driver:      sqliteerr.Read,
	Constraints: map[string]*catalog.Code{"bookings.room, bookings.night": RoomTaken},
}

func Example() {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection has a memory of its own
	_, err = db.Exec("CREATE TABLE bookings (room INT NOT NULL, night TEXT, UNIQUE (room, night))")
	if err != nil {
		log.Fatal(err)
	}
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		log.Fatal(err)
	}
	const book = "INSERT INTO bookings VALUES (?, ?)"
	for _, room := range []any{101, 101, nil} {
		_, err := db.Exec(book, room, "2026-12-24")
		if err = failed.Convert(err); err != nil {
			fmt.Println(err)
			fmt.Println(bundle.Localizer("de").Title(err))
		}
	}
	// Output:
	// ROOM_TAKEN (1): This room is already booked for that night: constraint failed: UNIQUE constraint failed: bookings.room, bookings.night (2067)
	// Room taken
	// VALIDATION_ERROR (142): One detail needs to be corrected: constraint failed: NOT NULL constraint failed: bookings.room (1299)
	// Einige Angaben stimmen nicht
}

// Handlers return the errors of their queries.
func ExampleBridge_Map() {
	orders := database.Bridge{Driver: sqliteerr.Read}
	respond := problem.New(nil, problem.Options{
		Map: orders.Map, Logger: slog.New(slog.DiscardHandler),
	})
	handler := respond.Handler(func(http.ResponseWriter, *http.Request) error {
		return fmt.Errorf("find order 7: %w", sql.ErrNoRows)
	})
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", "/orders/7", nil))
	var answer struct{ Name, Title string }
	if err := json.NewDecoder(w.Body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Code, answer.Name, answer.Title)
	// Output: 404 OBJECT_NOT_FOUND Not found
}
