package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

type order struct {
	Name  string
	Gift  bool
	Count int8
	Price float64
	Tags  []string
	Key   []byte
	At    time.Time
	Any   fmt.Stringer
	From  netip.Addr
	Notes map[string]string
	Item  struct{ Size *uint }
}

func TestDecodeErrorOfRealBodies(t *testing.T) {
	const limit = 200
	tests := []struct {
		name string
		body string
		want string // the developer's English, without the cause
	}{
		{"empty", ``, "INVALID_JSON (107)"},
		{"cut off", `{"Name": "K`, "INVALID_JSON (107)"},
		{"no JSON", `name=Kim`, "INVALID_JSON (107)"},
		{"HTML", `<p>`, "INVALID_JSON (107)"},
		{"string", `{"Name": 7}`, "INCORRECT_TYPE (111): The field Name has the type string, but the value is of type number"},
		{"boolean", `{"Gift": "yes"}`, "INCORRECT_TYPE (111): The field Gift has the type boolean, but the value is of type string"},
		{"a boolean sent", `{"Name": true}`, "INCORRECT_TYPE (111): The field Name has the type string, but the value is of type boolean"},
		{"out of range", `{"Count": 300}`, "INCORRECT_TYPE (111): The field Count has the type int8, but the value is of type number"},
		{"float", `{"Price": []}`, "INCORRECT_TYPE (111): The field Price has the type float64, but the value is of type array"},
		{"array", `{"Tags": {}}`, "INCORRECT_TYPE (111): The field Tags has the type array, but the value is of type object"},
		{"base64", `{"Key": 1}`, "INCORRECT_TYPE (111): The field Key has the type string, but the value is of type number"},
		{"interface", `{"Any": 1}`, "INCORRECT_TYPE (111): The field Any has the type object, but the value is of type number"},
		{"text", `{"From": 1}`, "INCORRECT_TYPE (111): The field From has the type string, but the value is of type number"},
		{"object", `{"Notes": []}`, "INCORRECT_TYPE (111): The field Notes has the type object, but the value is of type array"},
		{"nested, pointer", `{"Item": {"Size": "L"}}`, "INCORRECT_TYPE (111): The field Item.Size has the type uint, but the value is of type string"},
		{"the whole", `[1]`, "INCORRECT_TYPE (111): The field $ has the type object, but the value is of type array"},
		{"its own unmarshaler", `{"At": "tomorrow"}`, "INVALID_JSON (107)"},
		{"unknown field", `{"Colour": "blue"}`, "INVALID_KEY_NAME (105): A field cannot have the name “Colour”"},
		{"too large", `{"Name": "` + strings.Repeat("x", limit) + `"}`, "OBJECT_TOO_LARGE (116): What you sent is too large. The limit is 200 byte"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			body := http.MaxBytesReader(httptest.NewRecorder(), io.NopCloser(strings.NewReader(test.body)), limit)
			decoder := json.NewDecoder(body)
			decoder.DisallowUnknownFields()
			cause := decoder.Decode(&order{})
			if cause == nil {
				t.Fatal("it was decoded")
			}
			err := problem.DecodeError(fmt.Errorf("order: %w", cause))
			if test.name == "unknown field" { // It is told by its words, so it must not be wrapped.
				err = problem.DecodeError(cause)
			}
			if !strings.HasPrefix(err.Error(), test.want+":") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if !errors.Is(err, cause) {
				t.Error("the cause is lost")
			}
			rec := write(t, problem.Options{}, err)
			if rec.Code >= 500 || strings.Contains(rec.Body.String(), "order") {
				t.Errorf("answered %d %s", rec.Code, rec.Body)
			}
			if d := decode(t, rec); strings.Contains(d.Title+d.Detail+d.Help, "{") {
				t.Errorf("an argument is missing: %+v", d)
			}
		})
	}
}

func TestDecodeErrorLeavesAlone(t *testing.T) {
	tests := []struct {
		name string
		err  error
	}{
		{"nil", nil},
		{"a code", outOfStock.New()},
		{"a bad target", &json.InvalidUnmarshalError{}},
		{"a connection", &net.OpError{Op: "read", Err: errors.New("reset")}},
		{"a slow client", os.ErrDeadlineExceeded},
		{"a deadline", context.DeadlineExceeded},
		{"cancelled", fmt.Errorf("body: %w", context.Canceled)},
		{"a body that was closed", http.ErrBodyReadAfterClose},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := problem.DecodeError(test.err); got != test.err {
				t.Errorf("got %v (code %v), want %v", got, catalog.CodeOf(got), test.err)
			}
		})
	}
}
