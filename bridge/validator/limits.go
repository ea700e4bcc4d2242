package validator

import (
	"math"
	"math/big"
	"reflect"
	"strconv"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/rules"
)

// measure is what the validator compares of a field.
type measure int

const (
	nothing  measure = iota // it is compared with nothing, or its type is not known
	length                  // the number of a text's characters
	entries                 // the number of entries in a list or map
	integer                 // a whole number
	fraction                // any number
	duration                // a length of time
	moment                  // a date and time
	truth                   // true or false
)

// typeOf returns the type of the field without pointers, or nil if it is not known.
func (f *failure) typeOf() reflect.Type {
	t := f.Type()
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func (f *failure) measure() measure {
	t := f.typeOf()
	switch {
	case t == nil:
		return nothing
	case t == reflect.TypeFor[time.Duration]():
		return duration
	case t.Kind() == reflect.Struct && t.ConvertibleTo(reflect.TypeFor[time.Time]()):
		return moment
	}
	switch t.Kind() {
	case reflect.String:
		return length
	case reflect.Slice, reflect.Array, reflect.Map:
		return entries
	case reflect.Float32, reflect.Float64:
		return fraction
	case reflect.Bool:
		return truth
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return integer
	}
	return nothing
}

// isNil reports whether there is no value, of whatever type it would be.
func (f *failure) isNil() bool {
	switch f.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Invalid:
		return true
	}
	return false
}

// relation is how a field must relate to a limit or to another field.
type relation int

const (
	equal relation = iota
	unequal
	above
	atLeast
	below
	atMost
)

// limits are the codes for the relations to a limit of type T, with the params that it is given
// for.
type limits[T any] [atMost + 1]struct {
	code  *catalog.Code
	param catalog.Handle[T]
}

func (l *limits[T]) say(is relation, limit T) sentence {
	return say(l[is].code, l[is].param.Arg(limit))
}

var (
	lengths = limits[int]{
		equal:   {rules.WrongLength, rules.Length},
		atLeast: {rules.TooShort, rules.MinLength},
		atMost:  {rules.TooLong, rules.MaxLength},
	}
	counts = limits[int]{
		equal:   {rules.WrongNumberOfEntries, rules.Entries},
		atLeast: {rules.TooFewEntries, rules.MinEntries},
		atMost:  {rules.TooManyEntries, rules.MaxEntries},
	}
	numbers = limits[string]{
		equal:   {rules.WrongNumber, rules.Number},
		unequal: {rules.NumberNotAllowed, rules.Number},
		above:   {rules.NumberNotAbove, rules.Min},
		atLeast: {rules.NumberTooSmall, rules.Min},
		below:   {rules.NumberNotBelow, rules.Max},
		atMost:  {rules.NumberTooLarge, rules.Max},
	}
	durations = limits[time.Duration]{
		equal:   {rules.WrongDuration, rules.Duration},
		unequal: {rules.DurationNotAllowed, rules.Duration},
		above:   {rules.DurationNotAbove, rules.MinDuration},
		atLeast: {rules.DurationTooShort, rules.MinDuration},
		below:   {rules.DurationNotBelow, rules.MaxDuration},
		atMost:  {rules.DurationTooLong, rules.MaxDuration},
	}
)

// limit is the rule for a tag whose param is a limit.
func limit(is relation) rule {
	return func(f *failure) sentence {
		if f.isNil() && is == atMost {
			return required(f) // since more than nothing is needed
		}
		switch f.measure() {
		case length:
			return f.size(&lengths, is)
		case entries:
			return f.size(&counts, is)
		case integer:
			if n, is, ok := whole(f.param, is); ok {
				return numbers.say(is, n.String())
			}
		case fraction:
			bits := f.typeOf().Bits()
			n, err := strconv.ParseFloat(f.param, bits)
			if err == nil && !math.IsInf(n, 0) && !math.IsNaN(n) {
				return numbers.say(is, strconv.FormatFloat(n, 'f', -1, bits))
			}
		case duration:
			if d, ok := parseDuration(f.param); ok {
				return durations.say(is, d)
			}
		case moment:
			switch is {
			case above, atLeast:
				return say(rules.NotInFuture)
			case below, atMost:
				return say(rules.NotInPast)
			}
		case truth:
			if yes, err := strconv.ParseBool(f.param); err == nil && yes == (is == equal) {
				return say(rules.BoxRequired)
			} else if err == nil {
				return say(rules.BoxNotAllowed)
			}
		}
		return say(rules.Invalid)
	}
}

// size returns the sentence for a limit of characters or entries.
func (f *failure) size(l *limits[int], is relation) sentence {
	n, is, ok := whole(f.param, is)
	switch {
	case !ok || !n.IsInt64() || n.Sign() < 0 || n.Int64() > math.MaxInt:
		return say(rules.Invalid)
	case n.Sign() == 0 && is == atLeast:
		return required(f) // since only what is nil can fail this
	case n.Sign() == 0 && is == unequal:
		return l.say(atLeast, 1)
	case n.Sign() == 0:
		return empty(f)
	case is == unequal:
		return say(rules.Invalid)
	}
	return l.say(is, int(n.Int64()))
}

// whole returns the limit of a whole number, written as in Go, as one that is allowed itself: what
// is above 2 is at least 3.
func whole(param string, is relation) (*big.Int, relation, bool) {
	if len(param) > maxDigits {
		return nil, is, false
	}
	n, ok := new(big.Int).SetString(param, 0)
	if !ok {
		return nil, is, false
	}
	switch is {
	case above:
		return n.Add(n, big.NewInt(1)), atLeast, true
	case below:
		return n.Sub(n, big.NewInt(1)), atMost, true
	}
	return n, is, true
}

// maxDigits is how many digits a whole number may have. One of 64 bits has 66 in binary notation,
// with its prefix, and perhaps a sign and underscores.
const maxDigits = 128

// parseDuration reads a length of time as the validator does: with units, or in nanoseconds.
func parseDuration(param string) (time.Duration, bool) {
	if d, err := time.ParseDuration(param); err == nil {
		return d, true
	}
	n, err := strconv.ParseInt(param, 0, 64)
	return time.Duration(n), err == nil
}

// exactly is the rule for a tag whose param is the only value.
func exactly(f *failure) sentence {
	if f.measure() != length {
		return limit(equal)(f)
	}
	if f.param == "" {
		return empty(f)
	}
	return text(rules.WrongText)(f)
}

// anythingBut is the rule for a tag whose param is the value that is not allowed.
func anythingBut(f *failure) sentence {
	if f.measure() != length {
		return limit(unequal)(f)
	}
	if f.param == "" || f.isNil() {
		return required(f)
	}
	return text(rules.TextExcluded)(f)
}

// required is the rule for a field that has to be filled in.
func required(f *failure) sentence {
	switch {
	case f.isNil(): // Anything will do, even false or zero.
	case f.measure() == truth:
		return say(rules.BoxRequired)
	case f.measure() == integer || f.measure() == fraction:
		return say(rules.NumberRequired)
	case f.measure() == entries:
		return say(rules.EntryRequired)
	}
	if f.label != nil {
		return say(rules.FieldRequired)
	}
	return say(rules.Required)
}

// requiredFor is the rule for a field that is needed because of the value of another one. The
// param is a list of fields, each with its value.
func requiredFor(f *failure) sentence {
	if list := words(f.param); len(list) == 2 {
		return f.requiredBecause(rules.RequiredFor, list[0])
	}
	return required(f)
}

// requiredWith is the rule for a field that is needed because others are filled in, or because they
// are not. The param is a list of fields.
func requiredWith(code *catalog.Code) rule {
	return func(f *failure) sentence {
		if list := words(f.param); len(list) == 1 {
			return f.requiredBecause(code, list[0])
		}
		return required(f)
	}
}

func (f *failure) requiredBecause(code *catalog.Code, field string) sentence {
	said := required(f)
	if said.code != rules.Required && said.code != rules.FieldRequired {
		return said
	}
	if other := f.other(field); other != nil {
		return say(code, rules.OtherField.Arg(other))
	}
	return said
}

// empty is the rule for a field that has to be empty.
func empty(f *failure) sentence {
	if f.measure() == truth {
		return say(rules.BoxNotAllowed)
	}
	return say(rules.NotNeeded)
}

// emptyWith is the rule for a field that has to be empty because others are filled in. The param is
// a list of fields.
func emptyWith(f *failure) sentence {
	if list := words(f.param); len(list) == 1 {
		if other := f.other(list[0]); other != nil {
			return say(rules.NotBoth, rules.OtherField.Arg(other))
		}
	}
	return empty(f)
}

// compared is the rule for a tag whose param is a field to compare with.
func compared(is relation) rule {
	type codes struct{ known, unknown *catalog.Code } // whether the other field's label is known
	values := [...]codes{
		equal:   {rules.NotSameAs, rules.NotSame},
		unequal: {rules.NotDifferentFrom, rules.NotDifferent},
		above:   {rules.NotHigherThan, rules.NotHigher},
		atLeast: {rules.LowerThan, rules.NotHigher},
		below:   {rules.NotLowerThan, rules.NotLower},
		atMost:  {rules.HigherThan, rules.NotLower},
	}
	moments := [...]codes{
		equal:   values[equal],
		unequal: values[unequal],
		above:   {rules.NotLaterThan, rules.NotLater},
		atLeast: {rules.EarlierThan, rules.NotLater},
		below:   {rules.NotEarlierThan, rules.NotEarlier},
		atMost:  {rules.LaterThan, rules.NotEarlier},
	}
	return func(f *failure) sentence {
		of := values
		switch m := f.measure(); {
		case m == moment:
			of = moments
		case is != equal && is != unequal && m != integer && m != fraction && m != duration:
			return say(rules.Invalid) // Which of two texts is the greater one means nothing to people.
		}
		return withOther(of[is].known, of[is].unknown)(f)
	}
}

// withOther is the rule for a tag whose param is another field.
func withOther(known, unknown *catalog.Code) rule {
	return func(f *failure) sentence {
		if other := f.other(f.param); other != nil {
			return say(known, rules.OtherField.Arg(other))
		}
		return say(unknown)
	}
}

// unique is the rule for a list without duplicates, or for a field that differs from another one.
func unique(f *failure) sentence {
	if f.measure() == entries {
		return say(rules.DuplicateEntries)
	}
	return withOther(rules.NotDifferentFrom, rules.NotDifferent)(f)
}
