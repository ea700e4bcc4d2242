package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"connectrpc.com/connect"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	pb "github.com/errlingo/errlingo/examples/booking/bookingpb"
	pbconnect "github.com/errlingo/errlingo/examples/booking/bookingpb/bookingpbconnect"
)

// booker books what was ordered and returns the confirmation. Both the confirmation and the error
// are for the user whose localizer is in the context.
type booker func(ctx context.Context, o order) (confirmation string, err error)

// overHTTP books with the HTTP API at the URL.
func overHTTP(client *http.Client, url string) booker {
	return func(ctx context.Context, o order) (string, error) {
		body, err := json.Marshal(o)
		if err != nil {
			return "", err
		}
		req, err := http.NewRequestWithContext(ctx, "POST", url+"/bookings", bytes.NewReader(body))
		if err != nil {
			return "", err
		}
		req.Header.Set("Accept-Language", errlingo.FromContext(ctx).Reader().String())
		res, err := client.Do(req)
		if err != nil {
			return "", codes.ConnectionFailed.Wrap(err)
		}
		defer res.Body.Close()
		if err := failure(res); err != nil {
			return "", err
		}
		var b bookingJSON
		err = json.NewDecoder(res.Body).Decode(&b)
		return b.Message, err
	}
}

// overRPC books with a call of the service, over gRPC or Connect.
func overRPC(call func(context.Context, *pb.BookRequest) (*pb.BookResponse, error)) booker {
	return func(ctx context.Context, o order) (string, error) {
		response, err := call(ctx, o.request())
		return response.GetMessage(), err
	}
}

// dial connects to a gRPC server.
func dial(address string) (*grpc.ClientConn, error) {
	plain := grpc.WithTransportCredentials(insecure.NewCredentials())
	return grpc.NewClient(address, append([]grpc.DialOption{plain}, callGRPC...)...)
}

// overGRPC books over gRPC.
func overGRPC(conn grpc.ClientConnInterface) booker {
	client := pb.NewBookingServiceClient(conn)
	return overRPC(func(ctx context.Context, in *pb.BookRequest) (*pb.BookResponse, error) {
		return client.Book(ctx, in)
	})
}

// overConnect books over Connect, or another protocol that the options name.
func overConnect(client connect.HTTPClient, url string, options ...connect.ClientOption) booker {
	options = append(options, callConnect)
	return overRPC(pbconnect.NewBookingServiceClient(client, url, options...).Book)
}

// request returns the order as a request of the service.
func (o order) request() *pb.BookRequest {
	in := &pb.BookRequest{
		Performance: int64(o.Performance), Name: o.Name, Email: o.Email, Total: o.Total,
	}
	for _, seat := range o.Seats {
		in.Seats = append(in.Seats, int32(seat))
	}
	return in
}
