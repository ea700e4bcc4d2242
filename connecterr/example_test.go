package connecterr_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/connecterr"
)

// Example shows a method that fails, and its caller. Code that is generated from a service calls
// connect.NewUnaryHandler and connect.NewClient.
func Example() {
	answer := connecterr.Server{}
	mux := http.NewServeMux()
	mux.Handle("/shop.Shop/Rename", connect.NewUnaryHandler("/shop.Shop/Rename",
		func(
			context.Context, *connect.Request[wrapperspb.StringValue],
		) (*connect.Response[wrapperspb.StringValue], error) {
			return nil, codes.InvalidKeyName.New(codes.Key.Arg("user-name"))
		}, connect.WithInterceptors(answer)))
	server := httptest.NewServer(answer.Handler(mux))
	defer server.Close()

	client := connect.NewClient[wrapperspb.StringValue, wrapperspb.StringValue](
		http.DefaultClient, server.URL+"/shop.Shop/Rename",
		connect.WithInterceptors(connecterr.Client{Domains: []*catalog.Domain{codes.Domain}}))
	_, err := client.CallUnary(context.Background(), connect.NewRequest(wrapperspb.String("x")))
	key, _ := codes.Key.From(err)
	fmt.Println(connect.CodeOf(err), errors.Is(err, codes.InvalidKeyName), key)
	// Output: invalid_argument true user-name
}
