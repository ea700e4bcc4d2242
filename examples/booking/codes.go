package main

import (
	"net/http"
	"time"

	"github.com/errlingo/errlingo/catalog"
)

//go:generate go tool extract .

// Domain is the domain of the theater's codes.
var Domain = catalog.NewDomain("booking", catalog.Docs("https://theater.example/errors/"))

// The params of the theater's texts.
var (
	Performance = catalog.Identifier("Performance", 7)
	Booking     = catalog.String("Booking", "K7Q2XM4A")
	Play        = catalog.LabelParam("Play", MagicFlute)
	Left        = catalog.Int("Left", 3)
	LastSeat    = catalog.Int("LastSeat", 120)
	Starts      = catalog.Time("Starts", time.Date(2026, time.March, 31, 19, 30, 0, 0, time.UTC))
	Closed      = catalog.Time("Closed", time.Date(2026, time.March, 31, 18, 30, 0, 0, time.UTC))
	Count       = catalog.Int("Count", 2)
	Seats       = catalog.PhraseParam("Seats", SeatsCounted.With(Count.Arg(2)))
	Price       = catalog.Money("Price", catalog.Amount{Digits: "48.00", Currency: "EUR"})
	Wait        = catalog.RelativeTime("Wait", 2*time.Minute)
)

// PerformanceNotFound: there is no performance with this number.
var PerformanceNotFound = Domain.Define(101, "PERFORMANCE_NOT_FOUND", catalog.Spec{
	Title:  "Performance not found",
	Detail: "We don’t have a performance with the number {{.Performance}}.",
	Help:   "Choose another performance.",
	Params: catalog.Params{catalog.Public(Performance)},
	HTTP:   http.StatusNotFound,
	Action: catalog.ActionFix,
})

// BookingNotFound: there is no booking with this reference, or it was canceled.
var BookingNotFound = Domain.Define(102, "BOOKING_NOT_FOUND", catalog.Spec{
	Title:  "Booking not found",
	Detail: "We don’t have a booking with the reference {{.Booking}}.",
	Help:   "Check the booking reference in your confirmation. A canceled booking no longer exists.",
	Params: catalog.Params{catalog.Public(Booking)},
	HTTP:   http.StatusNotFound,
	Action: catalog.ActionFix,
})

// SeatTaken: somebody else has booked a seat since the reader chose it.
var SeatTaken = Domain.Define(201, "SEAT_TAKEN", catalog.Spec{
	Title:  "Seat taken",
	Detail: "Somebody else has just booked one of these seats.",
	Help:   "Choose other seats.",
	HTTP:   http.StatusConflict,
	RPC:    catalog.RPCAlreadyExists,
	Action: catalog.ActionFix,
})

// NotEnoughSeats: the reader wants more seats than are left. None may be left at all.
var NotEnoughSeats = Domain.Define(202, "NOT_ENOUGH_SEATS", catalog.Spec{
	Title:  "Not enough seats",
	Detail: "Only {{.Left}} seats are left for “{{.Play}}”.",
	Plural: catalog.Plural{
		By: Left, One: "Only one seat is left for “{{.Play}}”.",
		ExactZero:     "“{{.Play}}” is sold out.",
		HelpExactZero: "Choose another performance.",
	},
	Help:   "Choose fewer seats or another performance.",
	Params: catalog.Params{Play, catalog.Public(Left)},
	HTTP:   http.StatusConflict,
	RPC:    catalog.RPCFailedPrecondition,
	Action: catalog.ActionFix,
})

// NoSuchSeat: the number of a seat is higher than that of the last one.
var NoSuchSeat = Domain.Define(203, "NO_SUCH_SEAT", catalog.Spec{
	Title:  "Seat doesn’t exist",
	Detail: "The last seat is number {{.LastSeat}}.",
	Help:   "Choose another seat.",
	Params: catalog.Params{catalog.Public(LastSeat)},
	HTTP:   http.StatusUnprocessableEntity,
	Action: catalog.ActionFix,
})

// BookingClosed: the performance starts soon, or is over.
var BookingClosed = Domain.Define(204, "BOOKING_CLOSED", catalog.Spec{
	Title:  "Booking closed",
	Detail: "Seats for “{{.Play}}” could be booked until {{.Closed}}.",
	Help:   "Choose another performance.",
	Params: catalog.Params{Play, catalog.Public(Closed)},
	HTTP:   http.StatusConflict,
	RPC:    catalog.RPCFailedPrecondition,
	Action: catalog.ActionFix,
})

// PriceChanged: the price differs from the one that the reader has seen.
var PriceChanged = Domain.Define(205, "PRICE_CHANGED", catalog.Spec{
	Title:  "Price changed",
	Detail: "The price for {{.Seats}} is now {{.Price}}.",
	Help:   "If you accept the new price, book again.",
	Params: catalog.Params{Seats, catalog.Public(Price)},
	HTTP:   http.StatusConflict,
	RPC:    catalog.RPCFailedPrecondition,
	Action: catalog.ActionFix,
})

// TooManyBookings: more bookings came in than the box office takes in that time.
var TooManyBookings = Domain.Define(301, "TOO_MANY_BOOKINGS", catalog.Spec{
	Title:  "Too many bookings",
	Detail: "There are more bookings than we can take at once.",
	Help:   "You can book again {{.Wait}}.",
	Params: catalog.Params{Wait},
	HTTP:   http.StatusTooManyRequests,
	Retry:  catalog.RetryAfter,
	Action: catalog.ActionRetry,
})

// BoxOfficeBusy: others kept the database locked for too long.
var BoxOfficeBusy = Domain.Define(901, "BOX_OFFICE_BUSY", catalog.Spec{
	Title:  "Box office busy",
	Detail: "Many people are booking right now, so we couldn’t finish.",
	Help:   "Try again in a moment.",
	HTTP:   http.StatusServiceUnavailable,
	Retry:  catalog.RetryBackoff,
	Action: catalog.ActionRetry,
})
