package format

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/errlingo/errlingo/internal/jsontext"
)

// MarshalJSON implements [json.Marshaler] by [Value.AppendJSON].
func (v Value) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON appends the value in a notation for programs, the same for every reader. The type
// follows from the kind: counts, sizes and floats are numbers, an Identifier is a string, as is a
// [Decimal], spans of time are numbers of seconds, moments are RFC 3339 strings, a range of dates
// is an object with "from" and "to", money is one with "amount" and "currency", lists are arrays,
// everything else is a string. A float that JSON has no number for (NaN and the infinities), and a
// missing argument, is null. [ParseJSON] reads it.
func (v *Value) AppendJSON(dst []byte) []byte {
	switch v.kind {
	case None:
		return append(dst, "null"...)
	case Identifier:
		return append(v.appendJSONNumber(append(dst, '"')), '"')
	case Int, Number, Percent, Bytes:
		return v.appendJSONNumber(dst)
	case Duration, RelativeTime:
		return v.appendSeconds(dst)
	case Time:
		return appendMoment(dst, v.moment(), time.RFC3339Nano)
	case Date:
		return appendMoment(dst, v.moment(), time.DateOnly)
	case TimeOfDay:
		return appendMoment(dst, v.moment(), time.TimeOnly)
	case DateRange:
		from, to, _ := v.Ends()
		dst = appendMoment(append(dst, `{"from":`...), from, time.DateOnly)
		dst = appendMoment(append(dst, `,"to":`...), to, time.DateOnly)
		return append(dst, '}')
	case Money:
		digits, currency, _ := v.Amount()
		dst = jsontext.AppendString(append(dst, `{"amount":`...), digits)
		dst = jsontext.AppendString(append(dst, `,"currency":`...), currency)
		return append(dst, '}')
	case List:
		dst = append(dst, '[')
		values := v.Values()
		for i := range values {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = values[i].AppendJSON(dst)
		}
		return append(dst, ']')
	case Label:
		if label, ok := v.ref.(interface{ Name() string }); ok {
			return jsontext.AppendString(dst, label.Name())
		}
	}
	return jsontext.AppendString(dst, v.text)
}

func (v *Value) appendJSONNumber(dst []byte) []byte {
	switch v.form {
	case float:
		f := math.Float64frombits(v.bits)
		if oddityOf(f) != finite {
			return append(dst, "null"...)
		}
		return strconv.AppendFloat(dst, f, 'g', -1, 64)
	case decimal:
		return jsontext.AppendString(dst, v.text)
	}
	if v.negative && v.bits != 0 {
		dst = append(dst, '-')
	}
	return strconv.AppendUint(dst, v.bits, 10)
}

// appendSeconds appends a span of time in seconds, with all its digits. A float64 may have fewer.
func (v *Value) appendSeconds(dst []byte) []byte {
	if v.negative && v.bits != 0 {
		dst = append(dst, '-')
	}
	dst = strconv.AppendUint(dst, v.bits/uint64(time.Second), 10)
	if rest := v.bits % uint64(time.Second); rest != 0 {
		dst = append(dst, '.')
		for unit := uint64(time.Second) / 10; rest != 0; unit /= 10 {
			dst = append(dst, byte('0'+rest/unit))
			rest %= unit
		}
	}
	return dst
}

func appendMoment(dst []byte, t time.Time, layout string) []byte {
	return append(t.AppendFormat(append(dst, '"'), layout), '"')
}

// ParseJSON returns the value that [Value.AppendJSON] writes as data, which must be valid JSON. It
// is of the kind and in the style of the given value; a list is joined like that and has elements
// like its first one. Label returns the one with a name, since only a domain knows it. The name of
// a time zone is lost. It is not ok if the data is not such a value.
func ParseJSON(like *Value, data []byte, label func(name string) (Value, bool)) (v Value, ok bool) {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0:
		return v, false
	case like.kind == List:
		return parseList(like, data, label)
	case data[0] == '{':
		v, ok = parseObject(like.kind, data)
	case data[0] != '"':
		v, ok = parseNumber(like.kind, string(data))
	default:
		var s string
		switch {
		case json.Unmarshal(data, &s) != nil:
		case like.kind == Label:
			v, ok = label(s)
		default:
			v, ok = parseText(like.kind, s)
		}
	}
	return v.Styled(like.style), ok
}

func parseList(
	like *Value, data []byte, label func(name string) (Value, bool),
) (v Value, ok bool) {
	var elements []json.RawMessage
	if len(like.Values()) == 0 || data[0] != '[' || json.Unmarshal(data, &elements) != nil {
		return v, false
	}
	values := make([]Value, len(elements))
	for i, element := range elements {
		if values[i], ok = ParseJSON(&like.Values()[0], element, label); !ok {
			return v, false
		}
	}
	return Value{kind: List, join: like.join, ref: values}, true
}

// parseText returns the value that is written as a string.
func parseText(kind Kind, s string) (v Value, ok bool) {
	switch kind {
	case String, URL, Literal:
		return Text(kind, s), true
	case Number:
		v, ok = decimalOf(s)
		return v, ok && v.form == decimal
	case Identifier:
		return parseWhole(kind, s)
	case Time:
		return parseMoment(kind, s, time.RFC3339)
	case Date:
		return parseMoment(kind, s, time.DateOnly)
	case TimeOfDay:
		return parseMoment(kind, s, time.TimeOnly)
	}
	return v, false
}

func parseMoment(kind Kind, s, layout string) (Value, bool) {
	t, err := time.Parse(layout, s)
	return Moment(kind, t), err == nil
}

func parseObject(kind Kind, data []byte) (v Value, ok bool) {
	var members struct{ From, To, Amount, Currency string }
	if json.Unmarshal(data, &members) != nil {
		return v, false
	}
	switch kind {
	case DateRange:
		from, err := time.Parse(time.DateOnly, members.From)
		to, err2 := time.Parse(time.DateOnly, members.To)
		return Range(from, to), err == nil && err2 == nil
	case Money:
		v = Amount(members.Amount, members.Currency)
		return v, v.moneyFault() == ""
	}
	return v, false
}

// parseNumber returns the value that is written as a number.
func parseNumber(kind Kind, s string) (v Value, ok bool) {
	switch kind {
	case Int, Bytes:
		return parseWhole(kind, s)
	case Number, Percent:
		f, err := strconv.ParseFloat(s, 64)
		return Float(kind, f), err == nil
	case Duration, RelativeTime:
		return parseSeconds(kind, s)
	}
	return v, false
}

func parseWhole(kind Kind, s string) (Value, bool) {
	unsigned, negative := strings.CutPrefix(s, "-")
	n, err := strconv.ParseUint(unsigned, 10, 64)
	return Whole(kind, negative, n), err == nil && isDigits(unsigned)
}

// parseSeconds parses a number of seconds. What is less than a nanosecond is dropped.
func parseSeconds(kind Kind, s string) (v Value, ok bool) {
	unsigned, negative := strings.CutPrefix(s, "-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	seconds, err := strconv.ParseUint(whole, 10, 63)
	fraction = (fraction + "000000000")[:9]
	rest, err2 := strconv.ParseUint(fraction, 10, 63)
	if err != nil || err2 != nil || seconds > math.MaxInt64/uint64(time.Second) {
		return v, false // also a number with an exponent
	}
	d := time.Duration(seconds)*time.Second + time.Duration(rest)
	if d < 0 {
		return v, false // overflow
	}
	if negative {
		d = -d
	}
	return Span(kind, d), true
}
