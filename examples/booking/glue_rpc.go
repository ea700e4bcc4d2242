package main

import (
	"net/http"

	"connectrpc.com/connect"
	"google.golang.org/grpc"

	"github.com/errlingo/errlingo/connecterr"
	"github.com/errlingo/errlingo/grpcerr"
	"github.com/errlingo/errlingo/problem"
)

// answerGRPC are the options of a gRPC server whose methods return errors as any Go function does.
func answerGRPC(respond *problem.Responder) []grpc.ServerOption {
	return grpcerr.Server{Responder: respond}.Options()
}

// answerConnect returns the same for Connect: an option of a handler, and what wraps the handler.
func answerConnect(respond *problem.Responder) (connect.Option, func(http.Handler) http.Handler) {
	answer := connecterr.Server{Responder: respond}
	return connect.WithInterceptors(answer), answer.Handler
}

// callGRPC are the options of a connection whose calls fail with the errors that the server
// returned, and callConnect is that of a Connect client.
var callGRPC = grpcerr.Client{Domains: domains}.Options()
var callConnect = connect.WithInterceptors(connecterr.Client{Domains: domains})
