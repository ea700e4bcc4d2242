package codescan

import (
	"go/ast"
	"go/constant"
	"strconv"
	"time"
)

// example returns a param's example as a person reads it and as a value. An example that is nil is empty.
func (s *scanner) example(f form, kind string, x ast.Expr, e env) (text string, value any, why *obstacle) {
	switch f {
	case labelled:
		return s.labelExample(x, e)
	case moment:
		return s.momentExample(kind, x, e)
	}
	v, why := s.fold(x, e)
	if why != nil {
		return "", nil, why
	}
	switch k := v.Kind(); {
	case (f == quoted || f == digits) && k == constant.String:
		text = constant.StringVal(v)
		if f == digits {
			return text, text, nil
		}
		return `"` + text + `"`, text, nil
	case k != constant.Int && k != constant.Float:
	case f == decimal:
		n, _ := constant.Float64Val(v)
		return strconv.FormatFloat(n, 'f', -1, 64), n, nil
	case f == span:
		if n, exact := constant.Int64Val(constant.ToInt(v)); exact {
			return time.Duration(n).String(), time.Duration(n), nil
		}
	case f == whole:
		if text, value, ok := wholeNumber(constant.ToInt(v)); ok {
			return text, value, nil
		}
	}
	return "", nil, stop("%s has the wrong type", show(x))
}

// wholeNumber returns an integer as int64 or, above its range, as uint64.
func wholeNumber(v constant.Value) (text string, value any, ok bool) {
	if v.Kind() != constant.Int {
		return "", nil, false
	}
	if n, exact := constant.Int64Val(v); exact {
		return v.ExactString(), n, true
	}
	n, exact := constant.Uint64Val(v)
	return v.ExactString(), n, exact
}

func (s *scanner) labelExample(x ast.Expr, e env) (string, any, *obstacle) {
	if s.isNil(x, e) {
		return "", nil, nil
	}
	m, why := s.eval(x, e)
	if l, ok := m.(*label); ok {
		return `"` + l.Text.Value + `"`, &l.Label, nil
	}
	if why == nil {
		why = stop("%s is no label", show(x))
	}
	return "", nil, why
}

var momentLayouts = map[string]string{
	"time": "2006-01-02 15:04 MST", "date": time.DateOnly, "time-of-day": "15:04",
}

// momentExample reads a call of time.Date, or a variable with one.
func (s *scanner) momentExample(kind string, x ast.Expr, e env) (string, any, *obstacle) {
	const mostNames = 100
	for range mostNames {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if ok {
			t, why := s.date(call, e)
			if why != nil {
				return "", nil, why
			}
			return t.Format(momentLayouts[kind]), t, nil
		}
		refs := s.refer(x, e)
		if len(refs) == 0 {
			return "", nil, describe(x)
		}
		if refs[0].object == nil || refs[0].assigned || refs[0].value == nil {
			return "", nil, s.unknown(x, refs)
		}
		x, e = refs[0].value, refs[0].env
	}
	return "", nil, stop("%s refers to itself", show(x))
}

// date reads a call of time.Date in time.UTC, or in time.Local, which is shown as if it were UTC, since the answer must
// not depend on the machine.
func (s *scanner) date(call *ast.CallExpr, e env) (time.Time, *obstacle) {
	const year, month, day, hour, minute, second, nanosecond, zone, n = 0, 1, 2, 3, 4, 5, 6, 7, 8
	if !s.isTime(call.Fun, e, "Date") || len(call.Args) != n {
		return time.Time{}, describe(call)
	}
	if !s.isTime(call.Args[zone], e, "UTC") && !s.isTime(call.Args[zone], e, "Local") {
		return time.Time{}, stop("%s is not time.UTC", show(call.Args[zone]))
	}
	var of [zone]int
	for i := range of {
		v, why := s.integer(call.Args[i], e)
		if why != nil {
			return time.Time{}, why
		}
		of[i] = v
	}
	return time.Date(of[year], time.Month(of[month]), of[day], of[hour], of[minute], of[second], of[nanosecond], time.UTC), nil
}

// isTime reports whether the expression is the name of package time.
func (s *scanner) isTime(x ast.Expr, e env, name string) bool {
	refs := s.refer(x, e)
	return len(refs) == 1 && refs[0].path == "time" && refs[0].member == name
}
