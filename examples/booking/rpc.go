package main

import (
	"context"
	"time"

	"github.com/errlingo/errlingo"
	pb "github.com/errlingo/errlingo/examples/booking/bookingpb"
)

// service is the theater over gRPC and Connect.
type service struct{ *theater }

// ListPerformances implements the service.
func (s service) ListPerformances(
	ctx context.Context, _ *pb.ListPerformancesRequest,
) (*pb.ListPerformancesResponse, error) {
	all, err := s.performances(ctx)
	if err != nil {
		return nil, err
	}
	loc := errlingo.FromContext(ctx)
	response := new(pb.ListPerformancesResponse)
	for _, p := range all {
		price := euros(p.cents)
		response.Performances = append(response.Performances, &pb.Performance{
			Id: int64(p.id), Play: loc.Label(p.play).Value, Starts: p.starts.Format(time.RFC3339),
			Price: price.Digits, Currency: price.Currency, Left: loc.Phrase(p.stock()).Value,
		})
	}
	return response, nil
}

// Book implements the service.
func (s service) Book(ctx context.Context, in *pb.BookRequest) (*pb.BookResponse, error) {
	o := order{Performance: int(in.Performance), Name: in.Name, Email: in.Email, Total: in.Total}
	for _, seat := range in.Seats {
		o.Seats = append(o.Seats, int(seat))
	}
	b, err := s.book(ctx, o)
	if err != nil {
		return nil, err
	}
	return &pb.BookResponse{
		Id: b.id, Message: errlingo.FromContext(ctx).Phrase(b.confirmation()).Value,
	}, nil
}

// Cancel implements the service.
func (s service) Cancel(ctx context.Context, in *pb.CancelRequest) (*pb.CancelResponse, error) {
	if err := s.cancel(ctx, in.Id); err != nil {
		return nil, err
	}
	return new(pb.CancelResponse), nil
}
