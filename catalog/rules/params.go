package rules

import (
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// The fields that a rule is about, in words that the reader knows. The labels are usually those of
// the program's own domain.
var (
	Field      = catalog.LabelParam("Field", codes.FieldEmail)         // the one that breaks the rule
	OtherField = catalog.LabelParam("OtherField", codes.FieldPassword) // the one it is compared with
)

// Limits of a text, in characters.
var (
	MinLength = catalog.Int("MinLength", 3)
	MaxLength = catalog.Int("MaxLength", 20)
	Length    = catalog.Int("Length", 8)
)

// Limits of a list.
var (
	MinEntries = catalog.Int("MinEntries", 2)
	MaxEntries = catalog.Int("MaxEntries", 10)
	Entries    = catalog.Int("Entries", 4)
)

// Limits of a number, all digits of which are shown.
var (
	Min    = catalog.Decimal("Min", "0.5")
	Max    = catalog.Decimal("Max", "1000")
	Number = catalog.Decimal("Number", "5")
)

// Limits of dates, lengths of time and files.
var (
	Earliest    = catalog.Date("Earliest", time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC))
	Latest      = catalog.Date("Latest", time.Date(2026, time.December, 31, 0, 0, 0, 0, time.UTC))
	MinDuration = catalog.Duration("MinDuration", 30*time.Minute)
	MaxDuration = catalog.Duration("MaxDuration", 2*time.Hour)
	Duration    = catalog.Duration("Duration", 90*time.Minute)
	MinSize     = catalog.Bytes("MinSize", int64(10_000))
	MaxSize     = catalog.Bytes("MaxSize", int64(25_000_000)).Styled(catalog.Limit)
)

// What the program asks for, as it must be typed. None of these is what the reader has entered.
// Example is in many codes, each of which declares it with an example of its own.
var (
	Text       = catalog.Literal("Text", "www.")
	Characters = catalog.List(catalog.Or, catalog.Literal("Characters", "!"), "?")
	Choices    = catalog.List(catalog.Or, catalog.Literal("Choices", "small"), "medium", "large")
	Example    = catalog.Literal("Example", "2026-03-31")
	Format     = catalog.Literal("Format", "JSON") // its name, the same in all languages
	MediaType  = catalog.Literal("MediaType", "image/png")
	Currency   = catalog.Literal("Currency", "Bitcoin")
)
