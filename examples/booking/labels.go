package main

import "github.com/errlingo/errlingo/catalog"

// TheaterName is the name on error pages.
var TheaterName = Domain.Label("theater", "The Little Theater")

// The fields of a booking, in errors such as "Fill in “email address”."
var (
	// A field of a booking: the name of the person who books.
	NameField = Domain.Label("name", "name")
	// A field of a booking.
	EmailField = Domain.Label("email", "email address")
	// A field of a booking: the numbers of the seats.
	SeatsField = Domain.Label("seats", "seats")
	// A field of a booking: the price for all seats.
	TotalField = Domain.Label("total", "total price")
)

// What is on.
var (
	// The title of an opera by Mozart.
	MagicFlute = Domain.Label("magic_flute", "The Magic Flute")
	// The title of a ballet by Tchaikovsky.
	SwanLake = Domain.Label("swan_lake", "Swan Lake")
	// The title of a ballet by Tchaikovsky.
	Nutcracker = Domain.Label("nutcracker", "The Nutcracker")
)

// plays has the plays by their names in the database.
var plays = map[string]*catalog.Label{
	MagicFlute.Name(): MagicFlute, SwanLake.Name(): SwanLake, Nutcracker.Name(): Nutcracker,
}

var (
	// SeatsCounted is a number of seats, as in "The price for 2 seats is now €48.00."
	SeatsCounted = Domain.Phrase("seats_counted", catalog.PhraseSpec{
		Text: "{{.Count}} seats", By: Count, Forms: catalog.Forms{One: "one seat"},
		Params: catalog.Params{Count},
	})

	// SeatsLeft is shown beside a performance.
	SeatsLeft = Domain.Phrase("seats_left", catalog.PhraseSpec{
		Text: "{{.Left}} seats left", By: Left, Forms: catalog.Forms{One: "One seat left"},
		Params: catalog.Params{Left}, Max: 30,
	})

	// SoldOut is shown in place of the number of seats if none is left.
	SoldOut = Domain.Phrase("sold_out", catalog.PhraseSpec{Text: "Sold out", Max: 30})

	// Confirmed is the confirmation of a booking.
	Confirmed = Domain.Phrase("confirmed", catalog.PhraseSpec{
		Text: "You’ve booked {{.Count}} seats for “{{.Play}}” on {{.Starts}}.", By: Count,
		Forms:  catalog.Forms{One: "You’ve booked one seat for “{{.Play}}” on {{.Starts}}."},
		Params: catalog.Params{Count, Play, Starts},
	})

	// Failures is what the worker says at the end if there was any.
	Failures = Domain.Phrase("failures", catalog.PhraseSpec{
		Text: "{{.Count}} bookings failed.", By: Count,
		Forms:  catalog.Forms{One: "One booking failed."},
		Params: catalog.Params{Count},
	})
)
