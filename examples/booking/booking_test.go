package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"connectrpc.com/connect"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/errtest"
	pb "github.com/errlingo/errlingo/examples/booking/bookingpb"
	"github.com/errlingo/errlingo/internal/wireschema"
	"github.com/errlingo/errlingo/problem"
)

var wireSchema = wireschema.MustRead("../../docs/problem.schema.json")

// TestMain runs the command in place of the tests if a test has started this program for that.
func TestMain(m *testing.M) {
	if os.Getenv("BOOKING_MAIN") != "" {
		main()
	}
	os.Exit(m.Run())
}

// box is a theater with its servers.
type box struct {
	theater *theater
	url     string // of the HTTP server
	client  pb.BookingServiceClient
	bookers map[string]booker // by transport
	log     *bytes.Buffer
}

// open starts the servers of a new theater, which takes many bookings a minute.
func open(t *testing.T) *box {
	t.Helper()
	b := &box{log: new(bytes.Buffer)}
	var err error
	if b.theater, err = openTheater(t.Context(), filepath.Join(t.TempDir(), "booking.db"), 1000); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.theater.db.Close() })
	site, calls := newServers(b.theater, texts(t), slog.New(slog.NewTextHandler(b.log, nil)))
	server := httptest.NewServer(site.Handler)
	t.Cleanup(server.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = calls.Serve(listener) }()
	t.Cleanup(calls.Stop)
	conn, err := dial(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	client := &http.Client{Transport: wireSchema.Transport(t, http.DefaultTransport)}
	b.url, b.client = server.URL, pb.NewBookingServiceClient(conn)
	b.bookers = map[string]booker{
		"HTTP": overHTTP(client, server.URL), "gRPC": overGRPC(conn),
		"Connect":  overConnect(client, server.URL),
		"gRPC-Web": overConnect(client, server.URL, connect.WithGRPCWeb()),
	}
	return b
}

// as returns a context of a user who reads the language.
func as(t *testing.T, bundle *errlingo.Bundle, language string) context.Context {
	return errlingo.NewContext(t.Context(), bundle.Localizer(language))
}

func texts(t *testing.T) *errlingo.Bundle {
	t.Helper()
	bundle, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// kim orders seats, for the price that is right for the first performance.
func kim(performance int, seats ...int) order {
	return order{performance, "Kim", "kim@example.com", seats, euros(2400 * len(seats)).Digits}
}

// TestErrors books what can't be booked, over each transport and in each language. What comes back
// is the error that the service returned, and its reader's sentence.
func TestErrors(t *testing.T) {
	box, bundle := open(t), texts(t)
	if _, err := box.theater.book(t.Context(), kim(1, 1, 2)); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name       string
		order      order
		code       *catalog.Code
		args       []catalog.Arg
		en, de, ar string
	}{
		{"no such performance", kim(9, 1), PerformanceNotFound, []catalog.Arg{Performance.Arg(9)},
			"We don’t have a performance with the number 9.",
			"Es gibt keine Vorstellung mit der Nummer 9.",
			"لا يوجد عرض بالرقم ٩."},
		{"taken", kim(1, 3, 2), SeatTaken, nil,
			"Somebody else has just booked one of these seats.",
			"Einer dieser Plätze wurde gerade von jemand anderem gebucht.",
			"حجز شخص آخر للتو أحد هذه المقاعد."},
		{"too few left", kim(2, 1, 2, 3, 4), NotEnoughSeats, []catalog.Arg{Left.Arg(3)},
			"Only 3 seats are left for “Swan Lake”.",
			"Für „Schwanensee“ sind nur noch 3 Plätze frei.",
			"بقيت ٣ مقاعد فقط لعرض «\u2068بحيرة البجع\u2069»."},
		{"other price", kim(2, 1, 2), PriceChanged,
			[]catalog.Arg{Price.Arg(catalog.Amount{Digits: "63.00", Currency: "EUR"})},
			"The price for 2 seats is now €63.00.",
			"Der Preis für 2 Plätze beträgt jetzt EUR\u00a063.00.",
			"سعر مقعدين هو الآن \u200f٦٣٫٠٠\u00a0€."},
		{"over", kim(3, 1), BookingClosed, nil,
			"Seats for “The Nutcracker” could be booked until December 24, 2025 at 3:00\u202fPM GMT+1.",
			"Plätze für „Der Nussknacker“ konnten bis zum 24. Dezember 2025 um 15:00 GMT+1 gebucht werden.",
			"كان حجز مقاعد عرض «\u2068كسارة البندق\u2069» متاحًا حتى ٢٤ ديسمبر ٢٠٢٥ في ٣:٠٠ م غرينتش+١."},
		{"no such seat", kim(1, 5, 121), codes.ValidationError, []catalog.Arg{codes.Count.Arg(1)},
			"One detail needs to be corrected. /seats/1: The last seat is number 120.",
			"Eine Angabe muss korrigiert werden. /seats/1: Der letzte Platz hat die Nummer 120.",
			"هناك مُدخل واحد يحتاج إلى تصحيح. /seats/1: رقم آخر مقعد هو ١٢٠."},
		{"nothing filled in", order{Performance: 1, Email: "kim", Seats: []int{1}}, codes.ValidationError,
			[]catalog.Arg{codes.Count.Arg(3)},
			"3 details need to be corrected. /name: Fill in “name”. /email: Enter an email address, such as name@example.com. /total: Fill in “total price”.",
			"", ""},
		{"no seats", order{1, "Kim", "kim@example.com", []int{}, "0.00"}, codes.ValidationError,
			[]catalog.Arg{codes.Count.Arg(1)},
			"One detail needs to be corrected. /seats: At least one entry is needed.",
			"Eine Angabe muss korrigiert werden. /seats: Mindestens ein Eintrag ist erforderlich.", ""},
		{"a price that is not a number", order{1, "Kim", "kim@example.com", []int{9}, "abc"},
			codes.ValidationError, []catalog.Arg{codes.Count.Arg(1)},
			"One detail needs to be corrected. /total: Enter a number.",
			"Eine Angabe muss korrigiert werden. /total: Geben Sie eine Zahl ein.", ""},
	}
	for _, test := range tests {
		for transport, book := range box.bookers {
			for language, want := range map[string]string{"en": test.en, "de-CH": test.de, "ar-EG": test.ar} {
				t.Run(fmt.Sprintf("%s, %s, %s", test.name, transport, language), func(t *testing.T) {
					ctx := as(t, bundle, language)
					_, err := book(ctx, test.order)
					if !errors.Is(err, test.code) {
						t.Fatalf("error %v, want %v", err, test.code)
					}
					if test.args != nil {
						errtest.Is(t, err, test.code, test.args...)
					}
					if got := sentence(errlingo.FromContext(ctx), err); want != "" && got != want {
						t.Errorf("%q, want\n%q", got, want)
					}
				})
			}
		}
	}
	if n := strings.Count(box.log.String(), "level=ERROR"); n > 0 {
		t.Errorf("%d failures of the server:\n%s", n, box.log)
	}
}

// sentence returns the detail of an error, and those of its violations with their paths.
func sentence(loc *errlingo.Localizer, err error) string {
	m := loc.Localize(err)
	s := m.Detail.Value
	for _, v := range m.Violations {
		s += fmt.Sprintf(" %s: %s", v.Path, v.Detail)
	}
	return s
}

// TestViolations checks that the errors of fields come back with their codes.
func TestViolations(t *testing.T) {
	box := open(t)
	for transport, book := range box.bookers {
		_, err := book(t.Context(), order{Performance: 1, Email: "kim", Seats: []int{1, -1}})
		found := map[string]*catalog.Code{}
		for _, v := range catalog.AsError(err).Violations() {
			found[v.Path] = catalog.CodeOf(v.Err)
		}
		want := map[string]*catalog.Code{
			"/name": rules.FieldRequired, "/email": rules.NotEmail, "/seats/1": rules.NumberTooSmall,
			"/total": rules.FieldRequired,
		}
		if fmt.Sprint(found) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", transport, found, want)
		}
	}
}

// TestBooking books, finds and cancels over one transport after the other.
func TestBooking(t *testing.T) {
	box, bundle := open(t), texts(t)
	want := map[string]string{
		"en": "You’ve booked 2 seats for “The Magic Flute” on December 30, 2099 at 7:30\u202fPM GMT+1.",
		"de": "Sie haben 2 Plätze gebucht: „Die Zauberflöte“ am 30. Dezember 2099 um 19:30 GMT+1.",
		"ar": "تم حجز مقعدين لعرض «\u2068الناي السحري\u2069» الذي يُقام بتاريخ 30 ديسمبر 2099 في 7:30 م غرينتش+1.",
	}
	seat := 0
	for transport, book := range box.bookers {
		for language, want := range want {
			seat += 2
			got, err := book(as(t, bundle, language), kim(1, seat, seat+1))
			if err != nil || got != want {
				t.Errorf("%s: %q, %v, want\n%q", transport, got, err, want)
			}
		}
	}

	for language, want := range map[string]string{"en": "Swan Lake, 3 seats left", "ar": "بحيرة البجع, بقيت 3 مقاعد"} {
		on, err := box.client.ListPerformances(as(t, bundle, language), new(pb.ListPerformancesRequest))
		if err != nil {
			t.Fatal(err)
		}
		last := on.Performances[len(on.Performances)-1]
		if got := last.Play + ", " + last.Left; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		_, _, body := box.send(t, "GET", "/performances", "", language)
		if !strings.Contains(body, fmt.Sprintf(`"play":%q`, last.Play)) || !strings.Contains(body, last.Left) {
			t.Errorf("want %q in %s", want, body)
		}
	}

	ctx := as(t, bundle, "de")
	made, err := box.client.Book(ctx, kim(1, 100).request())
	if err != nil {
		t.Fatal(err)
	}
	if status, _, body := box.send(t, "GET", "/bookings/"+made.Id, "", "de"); status != 200 || !strings.Contains(body, "einen Platz") {
		t.Errorf("status %d: %s", status, body)
	}
	if status, _, body := box.send(t, "DELETE", "/bookings/"+made.Id, "", "de"); status != http.StatusNoContent {
		t.Errorf("status %d: %s", status, body)
	}
	_, err = box.client.Cancel(ctx, &pb.CancelRequest{Id: made.Id})
	errtest.Is(t, err, BookingNotFound, Booking.Arg(made.Id))
	if _, err := box.client.Book(ctx, kim(1, 100).request()); err != nil {
		t.Errorf("the seat of a canceled booking: %v", err)
	}
}

// send sends a request and returns what was answered.
func (b *box) send(t *testing.T, method, path, body, language string) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Language", language)
	if method == "POST" {
		req.Header.Set("Content-Type", "application/json")
	}
	client := http.Client{Transport: wireSchema.Transport(t, http.DefaultTransport)}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(answer)
}

// TestBadRequests sends what no client of ours sends.
func TestBadRequests(t *testing.T) {
	box := open(t)
	tests := []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"not JSON", "POST", "/bookings", `{"seats":`, 400, `"name":"INVALID_JSON"`},
		{"wrong type", "POST", "/bookings", `{"seats":[1,"two"]}`, 400, `"pointer":"#/seats/1"`},
		{"too large", "POST", "/bookings", `{"name":"` + strings.Repeat("x", maxBody) + `"}`, 413, `"name":"OBJECT_TOO_LARGE"`},
		{"unknown address", "GET", "/stalls", "", 404, `"name":"OBJECT_NOT_FOUND"`},
		{"wrong method", "PUT", "/bookings/A", "", 405, `"feature":"PUT"`},
		{"no such booking", "GET", "/bookings/A", "", 404, `"name":"BOOKING_NOT_FOUND"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			status, header, body := box.send(t, test.method, test.path, test.body, "de")
			if status != test.status || !strings.Contains(body, test.want) || header.Get("Content-Language") != "de" {
				t.Errorf("status %d, %v, want %d and %s: %s", status, header, test.status, test.want, body)
			}
			if allow := header.Get("Allow"); status == 405 && allow != "GET, DELETE" {
				t.Errorf("Allow: %q", allow)
			}
		})
	}
}

// TestConnect calls the service as curl does, with JSON.
func TestConnect(t *testing.T) {
	box := open(t)
	const service = "/booking.v1.BookingService/"
	tests := []struct {
		name, method, path, body string
		status                   int
		want                     []string
	}{
		{"GET", "GET", "ListPerformances?connect=v1&encoding=json&message=%7B%7D", "", 200, []string{"Schwanensee", "Noch 3 Plätze frei"}},
		{"no such booking", "POST", "Cancel", `{"id":"A"}`, 404, []string{"BOOKING_NOT_FOUND", "Es gibt keine Buchung mit der Buchungsnummer A."}},
		{"unknown procedure", "POST", "Refund", "{}", 404, []string{"COMMAND_UNAVAILABLE", "Funktion nicht verfügbar"}},
		{"not JSON", "POST", "Cancel", "{", 400, []string{"VALIDATION_ERROR", "Einige Angaben stimmen nicht"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			status, _, body := box.send(t, test.method, service+test.path, test.body, "de")
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			for _, want := range test.want {
				if !strings.Contains(body, want) {
					t.Errorf("no %q in %s", want, body)
				}
			}
		})
	}
}

// TestSameSeat books one seat many times at once. One booking is made, and all others learn that
// they came too late.
func TestSameSeat(t *testing.T) {
	box := open(t)
	var all sync.WaitGroup
	results := make(chan error, 20*len(box.bookers))
	for range 20 {
		for _, book := range box.bookers {
			all.Go(func() {
				_, err := book(t.Context(), kim(1, 7))
				for errors.Is(err, BoxOfficeBusy) { // A slow machine may keep some waiting too long.
					_, err = book(t.Context(), kim(1, 7))
				}
				results <- err
			})
		}
	}
	all.Wait()
	close(results)
	made := 0
	for err := range results {
		if err == nil {
			made++
		} else if !errors.Is(err, SeatTaken) {
			t.Errorf("error %v, want %v", err, SeatTaken)
		}
	}
	var bookings int
	if err := box.theater.db.QueryRow("SELECT count(*) FROM bookings").Scan(&bookings); err != nil {
		t.Fatal(err)
	}
	if made != 1 || bookings != 1 {
		t.Errorf("%d bookings made, %d in the database, want one", made, bookings)
	}
}

// TestBusy keeps the database locked for longer than a booking waits.
func TestBusy(t *testing.T) {
	box := open(t)
	box.theater.db.SetMaxOpenConns(2)
	tx, err := box.theater.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	for transport, book := range box.bookers {
		_, err := book(t.Context(), kim(1, 1))
		errtest.Is(t, err, BoxOfficeBusy)
		if said := problem.Received(err); said == nil || said.Retry != catalog.RetryBackoff {
			t.Errorf("%s: received %+v", transport, said)
		}
	}
}

// TestSecrets checks that nothing of the database, and nothing of a booking's owner, is sent.
func TestSecrets(t *testing.T) {
	box := open(t)
	if _, err := box.theater.book(t.Context(), kim(1, 1)); err != nil {
		t.Fatal(err)
	}
	again := `{"performance":1,"name":"Ann","email":"ann@example.com","seats":[1],"total":"24.00"}`
	_, _, taken := box.send(t, "POST", "/bookings", again, "en")
	if err := box.theater.db.Close(); err != nil {
		t.Fatal(err)
	}
	status, _, broken := box.send(t, "GET", "/performances", "", "en")
	if status != http.StatusInternalServerError || !strings.Contains(box.log.String(), "database is closed") {
		t.Errorf("status %d, log:\n%s", status, box.log)
	}
	for _, secret := range []string{"constraint", "UNIQUE", "sql", "database", "kim", "Kim"} {
		if strings.Contains(taken+broken, secret) {
			t.Errorf("%q in\n%s%s", secret, taken, broken)
		}
	}
}
