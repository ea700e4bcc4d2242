package database

// SQLState returns the kind of an SQLSTATE of PostgreSQL, or "" for one that says nothing to a
// reader. Servers that speak PostgreSQL's protocol use the same ones. See
// https://www.postgresql.org/docs/current/errcodes-appendix.html.
func SQLState(state string) Kind {
	switch state {
	case "23505": // unique_violation
		return Unique
	case "23503", "23001": // foreign_key_violation, restrict_violation
		return ForeignKey
	case "23514", "44000": // check_violation, with_check_option_violation
		return Check
	case "23502": // not_null_violation
		return NotNull
	case "23P01": // exclusion_violation
		return Exclusion
	case "22001": // string_data_right_truncation
		return TooLong
	case "22003", "22008": // numeric_value_out_of_range, datetime_field_overflow
		return OutOfRange
	case "22P02", "22007", "22021": // invalid text, datetime format, character for the encoding
		return Malformed
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return Conflict
	case "55P03": // lock_not_available
		return Locked
	case "57014", "25P03", "25P04": // query_canceled, idle in a transaction, transaction timeout
		return Timeout
	case "53300": // too_many_connections
		return TooManyConnections
	case "25006": // read_only_sql_transaction
		return ReadOnly
	case "53100", "53200": // disk_full, out_of_memory
		return Full
	case "08000", "08001", "08003", "08004", "08006", // connection exceptions
		"57P01", "57P02", "57P03", "57P05": // shutdown, crash, starting up, idle session
		return Unreachable
	}
	return ""
}
