// Package pqerr reads the errors of github.com/lib/pq.
package pqerr

import (
	"errors"
	"net"

	"github.com/lib/pq"

	"github.com/errlingo/errlingo/bridge/database"
)

// Read returns what an error of pq says. It is for the field Driver of [database.Bridge].
//
// The driver returns the error of package net if it can't connect. So an error in connecting to any
// other service is read as [database.Unreachable] too, unless it has a code.
func Read(err error) (database.Failure, bool) {
	if failed, ok := errors.AsType[*pq.Error](err); ok {
		kind := database.SQLState(failed.SQLState())
		return database.Failure{
			Kind: kind, Table: failed.Table, Constraint: failed.Constraint, Column: failed.Column,
		}, kind != ""
	}
	if failed, ok := errors.AsType[*net.OpError](err); ok && failed.Op == "dial" {
		return database.Failure{Kind: database.Unreachable}, true
	}
	return database.Failure{}, false
}
