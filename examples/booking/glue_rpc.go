package main

import (
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/errlingo/errlingo/grpcerr"
	"github.com/errlingo/errlingo/problem"
)

// newGRPC returns a server whose methods return errors as any Go function does.
func newGRPC(respond *problem.Responder) *grpc.Server {
	return grpc.NewServer(grpcerr.Server{Responder: respond}.Options()...)
}

// dial returns a connection whose calls fail with the errors that the server returned.
func dial(address string) (*grpc.ClientConn, error) {
	plain := grpc.WithTransportCredentials(insecure.NewCredentials())
	return grpc.NewClient(address, append(grpcerr.Client{Domains: domains}.Options(), plain)...)
}
