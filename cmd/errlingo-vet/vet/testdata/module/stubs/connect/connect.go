// Package connect has what the tests need of connectrpc.com/connect.
package connect

type Code uint32

const CodeInternal Code = 13

type Error struct{ error }

func NewError(code Code, underlying error) *Error { return &Error{underlying} }
