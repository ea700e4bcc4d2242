package leak

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"connectrpc.com/connect"
	"example.com/vetted/shop"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func pages(w http.ResponseWriter, err error) {
	http.Error(w, err.Error(), 500)                                    // want `readers would see the text of an error, in a response; log it, and answer by package problem`
	http.Error(w, "failed: "+err.Error(), 500)                         // want `in a response`
	http.Error(w, fmt.Sprintf("failed: %v", err), 500)                 // want `in a response`
	fmt.Fprintln(w, "failed:", err)                                    // want `in a response`
	fmt.Fprintf(w, "failed: %s", strings.ToUpper(err.Error()))         // want `in a response`
	io.WriteString(w, shop.Closed.New().Error())                       // want `in a response`
	w.Write([]byte(err.Error()))                                       // want `in a response`
	json.NewEncoder(w).Encode(map[string]string{"error": err.Error()}) // want `in a response`
	message := "failed: " + err.Error()
	http.Error(w, message, 500) // want `in a response`
}

type logger struct{ http.ResponseWriter }

func wrapped(w *logger, err error) {
	fmt.Fprint(w, err) // want `in a response`
}

func statuses(err error) []error {
	return []error{
		status.Error(codes.Internal, err.Error()),                             // want `in a status of gRPC; log it, and answer by package grpcerr`
		status.Errorf(codes.Internal, "failed: %v", err),                      // want `in a status of gRPC`
		connect.NewError(connect.CodeInternal, err),                           // want `in an error of Connect; log it, and answer by package connecterr`
		connect.NewError(connect.CodeInternal, fmt.Errorf("failed: %w", err)), // want `in an error of Connect`
	}
}

func localize(error) string { return "" }

func failure(w http.ResponseWriter) (http.ResponseWriter, string, int) { return w, "failed", 500 }

func fine(w http.ResponseWriter, err error) []error {
	http.Error(w, "failed", 500)
	http.Error(w, localize(err), 500)
	http.Error(failure(w))
	fmt.Fprintln(os.Stderr, err)
	fmt.Fprintf(w, "%d bytes", 3)
	json.NewEncoder(os.Stdout).Encode(err.Error())
	w.Write([]byte("failed"))
	message := ""
	message = err.Error()
	fmt.Println(message)
	return []error{
		status.Error(codes.Internal, "failed"),
		connect.NewError(connect.CodeInternal, errors.New("failed")),
	}
}
