package format

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// MarshalJSON returns the value in a notation for programs, the same for every reader: whole numbers and floats as
// JSON numbers, a [Decimal] as a string with its digits, spans of time as seconds, moments as RFC 3339 strings, lists as
// arrays, everything else as a string. A float that JSON has no number for (NaN and the infinities), and a missing
// argument, is null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case None:
		return []byte("null"), nil
	case Int, Number, Percent, Identifier, Bytes:
		return v.appendJSONNumber(nil), nil
	case Duration, RelativeTime:
		d, _ := v.Span()
		return strconv.AppendFloat(nil, d.Seconds(), 'f', -1, 64), nil
	case Time:
		return json.Marshal(v.moment().Format(time.RFC3339))
	case Date:
		return json.Marshal(v.moment().Format(time.DateOnly))
	case TimeOfDay:
		return json.Marshal(v.moment().Format(time.TimeOnly))
	case List:
		return json.Marshal(append([]Value{}, v.Values()...)) // an empty list is an array, too, rather than null
	case Label:
		if label, ok := v.ref.(interface{ Name() string }); ok {
			return json.Marshal(label.Name())
		}
	}
	return json.Marshal(v.text)
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
		quoted, _ := json.Marshal(v.text)
		return append(dst, quoted...)
	}
	if v.negative && v.bits != 0 {
		dst = append(dst, '-')
	}
	return strconv.AppendUint(dst, v.bits, 10)
}
