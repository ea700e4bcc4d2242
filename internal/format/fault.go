package format

import (
	"fmt"
	"math"
	"time"
)

// Fault says in developer's English what is odd about the value, or "" if nothing is. Such a value is written all the
// same; the text is for whoever should hear of it. A missing argument is no odd value.
func (v *Value) Fault() string {
	switch v.kind {
	case Int, Number, Percent, Identifier:
		return v.numberFault()
	case Bytes:
		if negative, n := v.size(); negative && n != 0 {
			return "negative number of bytes"
		}
		return v.numberFault()
	case Duration, RelativeTime:
		if v.negative {
			return "negative span of time"
		}
	case Time, Date, TimeOfDay:
		return v.momentFault()
	case List:
		return v.listFault()
	case String, Label, URL, Literal:
		if v.text == "" {
			return "empty text"
		}
	}
	return ""
}

func (v *Value) numberFault() string {
	switch v.form {
	case float:
		switch oddityOf(math.Float64frombits(v.bits)) {
		case notANumber:
			return "not a number"
		case infinite:
			return "infinite number"
		}
	case decimal:
		if _, ok := decimalOf(v.text); !ok {
			return fmt.Sprintf("%.40q, which is no decimal number", v.text)
		}
	}
	return ""
}

func (v *Value) momentFault() string {
	switch t, ok := v.ref.(time.Time); {
	case !ok:
		return "no time"
	case t.IsZero():
		return "zero time"
	case t.Year() < 1 || t.Year() > 9999:
		return "year outside of 1 to 9999"
	}
	return ""
}

func (v *Value) listFault() string {
	values := v.Values()
	switch {
	case len(values) == 0:
		return "empty list"
	case len(values) > MaxList:
		return fmt.Sprintf("list of %d values, of which %d are shown", len(values), MaxList-1)
	}
	for i := range values {
		if values[i].kind == None {
			return fmt.Sprintf("value %d of the list is missing", i+1)
		}
		if fault := values[i].Fault(); fault != "" {
			return fmt.Sprintf("value %d of the list: %s", i+1, fault)
		}
	}
	return ""
}
