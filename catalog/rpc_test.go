package catalog_test

import (
	"net/http"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

func TestRPCStatus(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("rpc"))
	tests := []struct {
		name string
		spec catalog.Spec
		want catalog.RPC
	}{
		{"declared", catalog.Spec{HTTP: 409, RPC: catalog.RPCAlreadyExists}, catalog.RPCAlreadyExists},
		{"no status", catalog.Spec{}, catalog.RPCInternal},
		{"several", catalog.Spec{HTTP: 207, Aggregate: true}, catalog.RPCUnknown},
		{"bad request", catalog.Spec{HTTP: http.StatusBadRequest}, catalog.RPCInvalidArgument},
		{"not signed in", catalog.Spec{HTTP: http.StatusUnauthorized}, catalog.RPCUnauthenticated},
		{"payment", catalog.Spec{HTTP: http.StatusPaymentRequired}, catalog.RPCFailedPrecondition},
		{"forbidden", catalog.Spec{HTTP: http.StatusForbidden}, catalog.RPCPermissionDenied},
		{"not found", catalog.Spec{HTTP: http.StatusNotFound}, catalog.RPCNotFound},
		{"method", catalog.Spec{HTTP: http.StatusMethodNotAllowed}, catalog.RPCUnimplemented},
		{"conflict", catalog.Spec{HTTP: http.StatusConflict}, catalog.RPCAborted},
		{"precondition", catalog.Spec{HTTP: http.StatusPreconditionFailed}, catalog.RPCFailedPrecondition},
		{"too large", catalog.Spec{HTTP: http.StatusRequestEntityTooLarge}, catalog.RPCResourceExhausted},
		{"range", catalog.Spec{HTTP: http.StatusRequestedRangeNotSatisfiable}, catalog.RPCOutOfRange},
		{"invalid", catalog.Spec{HTTP: http.StatusUnprocessableEntity}, catalog.RPCInvalidArgument},
		{"too many", catalog.Spec{HTTP: http.StatusTooManyRequests}, catalog.RPCResourceExhausted},
		{"canceled", catalog.Spec{HTTP: 499}, catalog.RPCCanceled},
		{"server", catalog.Spec{HTTP: http.StatusInternalServerError}, catalog.RPCInternal},
		{"not offered", catalog.Spec{HTTP: http.StatusNotImplemented}, catalog.RPCUnimplemented},
		{"unavailable", catalog.Spec{HTTP: http.StatusServiceUnavailable}, catalog.RPCUnavailable},
		{"timeout", catalog.Spec{HTTP: http.StatusGatewayTimeout}, catalog.RPCDeadlineExceeded},
		{"other of servers", catalog.Spec{HTTP: http.StatusLoopDetected}, catalog.RPCInternal},
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.spec.Title = "Failed"
			code := domain.Define(i+1, "CODE_"+string(rune('A'+i)), test.spec)
			if got := code.RPCStatus(); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

// TestRPCAndHTTP checks that an RPC status survives the way over HTTP, except for those that share
// an HTTP status with a more general one.
func TestRPCAndHTTP(t *testing.T) {
	general := map[catalog.RPC]catalog.RPC{
		catalog.RPCUnknown: catalog.RPCInternal, catalog.RPCDataLoss: catalog.RPCInternal,
		catalog.RPCFailedPrecondition: catalog.RPCInvalidArgument,
		catalog.RPCOutOfRange:         catalog.RPCInvalidArgument,
		catalog.RPCAlreadyExists:      catalog.RPCAborted,
	}
	for status := catalog.RPCCanceled; status <= catalog.RPCUnauthenticated; status++ {
		want := status
		if other, ok := general[status]; ok {
			want = other
		}
		if got := catalog.RPCFromHTTP(status.HTTPStatus()); got != want {
			t.Errorf("%d is HTTP %d and then %d", status, status.HTTPStatus(), got)
		}
	}
}

func TestInvalidRPCStatus(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("rpc"))
	defer func() {
		if recover() == nil {
			t.Error("a status above 16 is accepted")
		}
	}()
	domain.Define(1, "FAILED", catalog.Spec{Title: "Failed", RPC: 17})
}
