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
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
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
	Item  struct {
		Size *uint
		N    json.Number
	}
	Lines []struct {
		Count uint8
		Spot  spot
	}
	IP   net.IP
	Link link
	Odd  string `json:"a~b/c"`
	Big  int64  `json:",string"`
	AB   int    `json:"a.b"`
	A    struct {
		B int `json:"b"`
	} `json:"a"`
	Ranks map[int]string
	Days  []time.Time
	address
}

type address struct{ Street string }

// spot is a place with its own JSON form.
type spot struct{ lat float64 }

func (s *spot) UnmarshalJSON(data []byte) error {
	var in struct{ Lat float64 }
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	if s.lat = in.Lat; s.lat > 90 {
		return fmt.Errorf("latitude %v is beyond the pole", s.lat)
	}
	return nil
}

// link is a URL in JSON.
type link struct{ url *url.URL }

func (l *link) UnmarshalText(text []byte) (err error) {
	l.url, err = url.Parse(string(text))
	return err
}

func TestDecodeErrorJSON(t *testing.T) {
	const (
		limit   = 200
		refused = "VALIDATION_ERROR (142): One detail needs to be corrected"
	)
	tests := []struct {
		name string
		body string
		want string // the start of the error's text
		at   string // the pointer of the violation
	}{
		{"empty", ``, "INVALID_JSON (107)", ""},
		{"truncated", `{"Name": "K`, "INVALID_JSON (107)", ""},
		{"not JSON", `name=Kim`, "INVALID_JSON (107)", ""},
		{"HTML", `<p>`, "INVALID_JSON (107)", ""},
		{"string", `{"Name": 7}`,
			"INCORRECT_TYPE (111): The field Name must be of type string, not number",
			"#/Name"},
		{"boolean", `{"Gift": "yes"}`,
			"INCORRECT_TYPE (111): The field Gift must be of type boolean, not string",
			"#/Gift"},
		{"boolean for a string", `{"Name": true}`,
			"INCORRECT_TYPE (111): The field Name must be of type string, not boolean",
			"#/Name"},
		{"out of range", `{"Count": 300}`, refused, "#/Count"},
		{"fraction", `{"Count": 1.5}`, refused, "#/Count"},
		{"inside an array", `{"Lines": [{"Count": 1}, {"Count": -1}]}`, refused, "#/Lines/1/Count"},
		{"special characters in a key", `{"a~b/c": 1}`,
			"INCORRECT_TYPE (111): The field a~b/c must be of type string, not number",
			"#/a~0b~1c"},
		{"json.Number", `{"Item": {"N": true}}`,
			"INCORRECT_TYPE (111): The field Item.N must be of type number, not boolean",
			"#/Item/N"},
		{"json.Number without digits", `{"Item": {"N": "x"}}`, refused, "#/Item/N"},
		{"a number without quotes", `{"Big": 7}`, refused, ""},
		{"not base64", `{"Key": "?"}`, refused, "#/Key"},
		{"IP address", `{"From": "1.2.3"}`, refused, "#/From"},
		{"URL", `{"Link": "http://[::1"}`, refused, "#/Link"},
		{"IP address of package net", `{"IP": "1.2.3"}`, refused, "#/IP"},
		{"float", `{"Price": []}`,
			"INCORRECT_TYPE (111): The field Price must be of type number, not array",
			"#/Price"},
		{"array", `{"Tags": {}}`,
			"INCORRECT_TYPE (111): The field Tags must be of type array, not object",
			"#/Tags"},
		{"base64", `{"Key": 1}`,
			"INCORRECT_TYPE (111): The field Key must be of type string, not number",
			"#/Key"},
		{"interface", `{"Any": 1}`,
			"INCORRECT_TYPE (111): The field Any must be of type object, not number",
			"#/Any"},
		{"text", `{"From": 1}`,
			"INCORRECT_TYPE (111): The field From must be of type string, not number",
			"#/From"},
		{"object", `{"Notes": []}`,
			"INCORRECT_TYPE (111): The field Notes must be of type object, not array",
			"#/Notes"},
		{"nested, pointer", `{"Item": {"Size": "L"}}`,
			"INCORRECT_TYPE (111): The field Item.Size must be of type number, not string",
			"#/Item/Size"},
		{"whole document", `[1]`,
			"INCORRECT_TYPE (111): The field body must be of type object, not array", ""},
		{"rejected by UnmarshalJSON", `{"At": "2020-01-01"}`, refused, "#/At"},
		{"unknown field", `{"Colour": "blue"}`,
			"INVALID_KEY_NAME (105): A field can’t be named “Colour”", "#/Colour"},
		{"dot in a name", `{"a.b": "x"}`,
			"INCORRECT_TYPE (111): The field a.b must be of type number, not string",
			"#/a.b"},
		{"dot between names", `{"a": {"b": "x"}}`,
			"INCORRECT_TYPE (111): The field a.b must be of type number, not string",
			"#/a/b"},
		{"name in another case", `{"NAME": 7}`,
			"INCORRECT_TYPE (111): The field Name must be of type string, not number",
			"#/NAME"},
		{"element of an array", `{"Tags": ["a", "b", 3]}`,
			"INCORRECT_TYPE (111): The field Tags must be of type string, not number",
			"#/Tags/2"},
		{"the first of two", `{"Tags": [1, 2], "Lines": [{"Count": -1}]}`,
			"INCORRECT_TYPE (111): The field Tags must be of type string, not number",
			"#/Tags/0"},
		{"member of a map", `{"Notes": {"a": "b", "x/y": 1}}`,
			"INCORRECT_TYPE (111): The field Notes must be of type string, not number",
			"#/Notes/x~1y"},
		{"key of a map", `{"Ranks": {"1": "a", "first": "b"}}`, refused, "#/Ranks"},
		{"promoted field", `{"Street": 7}`,
			"INCORRECT_TYPE (111): The field address.Street must be of type string, not number",
			"#/Street"},
		{"element rejected by UnmarshalJSON", `{"Days": ["2020-01-01T00:00:00Z", "tomorrow"]}`, refused,
			"#/Days/1"},
		{"object rejected by UnmarshalJSON", `{"Lines": [{"Spot": {"lat": 1}}, {"Spot": {"lat": 999}}]}`,
			refused, "#/Lines/1/Spot"},
		{"unknown field in an array", `{"Lines": [{"Count": 1}, {"Colour": "blue"}]}`,
			"INVALID_KEY_NAME (105): A field can’t be named “Colour”", "#/Lines/1/Colour"},
		{"unknown field of a known name", `{"Lines": [{"Name": 1}]}`,
			"INVALID_KEY_NAME (105): A field can’t be named “Name”", "#/Lines/0/Name"},
		{"too large", `{"Name": "` + strings.Repeat("x", limit) + `"}`,
			"OBJECT_TOO_LARGE (116): What you sent is too large. The limit is 200\u00a0bytes", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			body := http.MaxBytesReader(httptest.NewRecorder(), io.NopCloser(strings.NewReader(test.body)),
				limit)
			decoder := json.NewDecoder(body)
			decoder.DisallowUnknownFields()
			cause := decoder.Decode(&order{})
			if cause == nil {
				t.Fatal("decoding succeeded")
			}
			cause = fmt.Errorf("order: %w", cause)
			if e := catalog.AsError(problem.DecodeError(cause)); len(e.Violations()) > 0 {
				t.Errorf("without the body, the place %v cannot be known", e.Violations())
			}
			err := problem.DecodeErrorIn([]byte(test.body), &order{}, cause)
			if !strings.HasPrefix(err.Error(), test.want+":") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if !errors.Is(err, cause) {
				t.Error("the error does not wrap the cause")
			}
			rec := write(t, problem.Options{}, err)
			if rec.Code >= 500 || strings.Contains(rec.Body.String(), "order") {
				t.Errorf("status %d: %s", rec.Code, rec.Body)
			}
			d := decode(t, rec)
			if strings.Contains(d.Title+d.Detail+d.Help, "{") {
				t.Errorf("an argument is missing: %+v", d)
			}
			at := ""
			for _, e := range d.Errors {
				at += e.Pointer
				if e.Detail != d.Detail {
					t.Errorf("detail of the violation %q, of the error %q", e.Detail, d.Detail)
				}
			}
			if at != test.at {
				t.Errorf("pointer %q, want %q", at, test.at)
			}
		})
	}
}

// TestDecodeErrorInElsewhere checks targets for which there is no place to be found.
func TestDecodeErrorInElsewhere(t *testing.T) {
	type tree []tree
	deep := strings.Repeat("[", 5000) + "7" + strings.Repeat("]", 5000)
	tests := []struct {
		name   string
		body   string
		target any
		want   string
	}{
		{"an array", `[{"Name": "a"}, {"Name": 7}]`, &[]order{}, "/1/Name"},
		{"a map", `{"a~b": {"Name": 7}}`, &map[string]*order{}, "/a~0b/Name"},
		{"a longer array than the target", `[1, 2, "x"]`, &[2]int{}, ""},
		{"a number", `"x"`, new(int), ""},
		{"anything", `{"a": 1e999}`, new(any), ""},
		{"nested too deeply", deep, &tree{}, ""},
		{"not a pointer", `{"Name": 7}`, order{}, ""},
		{"nil", `{"Name": 7}`, nil, ""},
		{"another target", `{"Name": 7}`, new(string), ""},
		{"another body", `{"Name": "x"}`, &order{}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cause := json.Unmarshal([]byte(test.body), test.target)
			switch test.name {
			case "not a pointer", "nil", "another target", "another body":
				cause = json.Unmarshal([]byte(`{"Name": 7}`), &order{})
			}
			got := ""
			for _, v := range catalog.AsError(problem.DecodeErrorIn([]byte(test.body), test.target,
				cause)).Violations() {
				got += v.Path
			}
			if got != test.want {
				t.Errorf("%v is at %q, want %q", cause, got, test.want)
			}
		})
	}
}

// TestDecodeErrorShowsNoValue checks that no answer has a value of the body, only names of members.
func TestDecodeErrorShowsNoValue(t *testing.T) {
	bodies := []string{
		`{"Name": 31337}`, `{"Count": 31337}`, `{"At": "31337"}`, `{"From": "31337"}`, `{"Link": "http://[31337"}`,
		`{"Big": 31337}`, `{"Item": {"N": "31337x"}}`, `{"Tags": [31337]}`, `{"Lines": [{"Spot": {"lat": 31337}}]}`,
		`{"Colour": "31337"}`, `{"Key": "31337?"}`, `{"Name": "31337`, `{"Name": 31337x}`, `{"Notes": {"a": 31337}}`,
	}
	for _, body := range bodies {
		decoder := json.NewDecoder(strings.NewReader(body))
		decoder.DisallowUnknownFields()
		cause := decoder.Decode(&order{})
		for _, accept := range []string{"application/json", "text/html", "text/plain"} {
			rec := write(t, problem.Options{}, problem.DecodeErrorIn([]byte(body), &order{}, cause), "Accept", accept)
			if rec.Code < 400 || rec.Code > 499 || strings.Contains(rec.Body.String(), "31337") {
				t.Errorf("%s: %d %s", body, rec.Code, rec.Body)
			}
		}
	}
}

func TestDecodeErrorUnchanged(t *testing.T) {
	tests := []struct {
		name string
		err  error
	}{
		{"nil", nil},
		{"a code", outOfStock.New()},
		{"invalid target", &json.InvalidUnmarshalError{}},
		{"an embedded pointer", errors.New("json: cannot set embedded pointer to unexported struct: x")},
		{"outgoing request", &url.Error{Op: "Get", URL: "http://db7", Err: errors.New("refused")}},
		{"failed connection", &net.OpError{Op: "read", Err: errors.New("reset")}},
		{"a slow client", os.ErrDeadlineExceeded},
		{"a deadline", context.DeadlineExceeded},
		{"cancelled", fmt.Errorf("body: %w", context.Canceled)},
		{"closed body", http.ErrBodyReadAfterClose},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := problem.DecodeError(test.err); got != test.err {
				t.Errorf("got %v (code %v), want %v", got, catalog.CodeOf(got), test.err)
			}
		})
	}
}

func TestDecodeErrorForm(t *testing.T) {
	tests := []struct {
		name        string
		contentType string
		body        string
		want        string
		status      int
	}{
		{"wrong type", "application/json", `{}`, "MISSING_CONTENT_TYPE", 415},
		{"no type", "", "", "MISSING_CONTENT_TYPE", 415},
		{"no boundary", "multipart/form-data", "", "MISSING_CONTENT_TYPE", 415},
		{"too much text", "multipart/form-data; boundary=b",
			"--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n" + strings.Repeat("x", 11<<20) +
				"\r\n--b--\r\n", "OBJECT_TOO_LARGE", 413},
		{"no file", "multipart/form-data; boundary=b",
			"--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b--\r\n", "VALIDATION_ERROR",
			422},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/photo", strings.NewReader(test.body))
			r.Header.Set("Content-Type", test.contentType)
			cause := r.ParseMultipartForm(100)
			if cause == nil {
				_, _, cause = r.FormFile("photo")
			}
			err := problem.DecodeError(fmt.Errorf("photo: %w", cause))
			if !errors.Is(err, cause) {
				t.Error("the error does not wrap the cause")
			}
			rec := write(t, problem.Options{}, err)
			if d := decode(t, rec); rec.Code != test.status || d.Name != test.want ||
				strings.Contains(d.Detail+d.Help, "{") {
				t.Errorf("answered %d %+v for %v", rec.Code, d, cause)
			}
		})
	}
}

func TestDecodeJSON(t *testing.T) {
	limited := http.MaxBytesReader(httptest.NewRecorder(), io.NopCloser(strings.NewReader(`{"Name": "x"}`)), 5)
	tests := []struct {
		name string
		body io.Reader
		code *catalog.Code
	}{
		{"valid", strings.NewReader(`{"Name": "x"}`), nil},
		{"of another type", strings.NewReader(`{"Name": 7}`), codes.IncorrectType},
		{"cut off", strings.NewReader(`{"Name"`), codes.InvalidJSON},
		{"empty", strings.NewReader(""), codes.InvalidJSON},
		{"more than one", strings.NewReader("{} {}"), codes.InvalidJSON},
		{"too large", limited, codes.ObjectTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var o order
			err := problem.DecodeJSON(test.body, &o)
			if got := catalog.CodeOf(err); got != test.code || (err == nil) != (test.code == nil) {
				t.Errorf("got %v, want %v", err, test.code)
			}
			if err == nil && o.Name != "x" {
				t.Errorf("decoded %+v", o)
			}
		})
	}
}
