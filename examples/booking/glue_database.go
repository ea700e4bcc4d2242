package main

import (
	"github.com/errlingo/errlingo/bridge/database"
	"github.com/errlingo/errlingo/bridge/database/sqliteerr"
	"github.com/errlingo/errlingo/catalog"
)

// failed gives codes to the errors of SQLite, wherever one is returned.
var failed = database.Bridge{
	Driver:      sqliteerr.Read,
	Constraints: map[string]*catalog.Code{"seats.performance, seats.number": SeatTaken},
	Codes:       map[database.Kind]*catalog.Code{database.Locked: BoxOfficeBusy},
}
