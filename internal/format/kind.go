package format

// Kind says what a value is, and with that how a locale writes it. The zero Kind belongs to no value.
type Kind uint8

// The kinds of value. Their names, as [Kind.String] returns them, stand in the ledger and in translators' context
// lines, so they never change.
const (
	None         Kind = iota // no value: the argument is missing
	String                   // text typed by somebody
	Label                    // a name that is itself translated
	Int                      // a whole number that counts something
	Number                   // a number, possibly with a fraction
	Percent                  // a ratio, 0.25 for 25 %
	Identifier               // a number that is a name: digits, never grouped
	Bytes                    // a size in bytes
	Duration                 // a span of time: "2 minutes"
	RelativeTime             // a span of time from now on: "in 2 minutes"
	Time                     // a date and a time of day
	Date                     // a date
	TimeOfDay                // a time of day
	List                     // values joined by "and" or "or"
	URL                      // a web address, shown unchanged
	Literal                  // something to be typed exactly as it is: a pattern, a key
)

var kindNames = [...]string{
	"none", "string", "label", "int", "number", "percent", "identifier", "bytes",
	"duration", "relative-time", "time", "date", "time-of-day", "list", "url", "literal",
}

// String returns the kind's lower-case name.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "none"
}

// Join says how the values of a list hang together.
type Join uint8

const (
	And Join = iota // all of them
	Or              // any one of them
)
