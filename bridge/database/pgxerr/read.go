// Package pgxerr reads the errors of github.com/jackc/pgx/v5, used directly or with database/sql.
package pgxerr

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/errlingo/errlingo/bridge/database"
)

// Read returns what an error of pgx says. It is for the field Driver of [database.Bridge].
func Read(err error) (database.Failure, bool) {
	if failed, ok := errors.AsType[*pgconn.PgError](err); ok {
		kind := database.SQLState(failed.Code)
		return database.Failure{
			Kind: kind, Table: failed.TableName,
			Constraint: failed.ConstraintName, Column: failed.ColumnName,
		}, kind != ""
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return database.Failure{Kind: database.Unreachable}, true
	}
	return database.Failure{}, false
}
