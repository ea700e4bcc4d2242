package codescan

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
)

// param is a param while it is being read.
type param struct {
	model.Param
	kind kind // of a list: that of its elements
}

// kind is what a function of package catalog that declares a param makes of its example.
type kind struct {
	of   format.Kind
	form form
}

// form is how an example is written in Go.
type form uint8

const (
	quoted   form = iota // a string
	digits               // a string of digits
	whole                // a whole number
	decimal              // a number with a fraction
	span                 // a time.Duration
	moment               // a time.Time
	labelled             // a label
	worded               // a phrase with its arguments
	amount               // a catalog.Amount
	period               // a catalog.Period
)

// written says what the constant of an example has to be.
var written = map[form]string{
	quoted: "a string", digits: "a string with a number", whole: "a whole number", decimal: "a number",
	span: "a time.Duration",
}

var kinds = map[string]kind{
	"String":       {format.String, quoted},
	"LabelParam":   {format.Label, labelled},
	"PhraseParam":  {format.Phrase, worded},
	"Int":          {format.Int, whole},
	"Number":       {format.Number, decimal},
	"Decimal":      {format.Number, digits},
	"Percent":      {format.Percent, decimal},
	"Identifier":   {format.Identifier, whole},
	"Bytes":        {format.Bytes, whole},
	"Duration":     {format.Duration, span},
	"RelativeTime": {format.RelativeTime, span},
	"Time":         {format.Time, moment},
	"Date":         {format.Date, moment},
	"TimeOfDay":    {format.TimeOfDay, moment},
	"DateRange":    {format.DateRange, period},
	"Money":        {format.Money, amount},
	"URL":          {format.URL, quoted},
	"Literal":      {format.Literal, quoted},
}

// standardParams are the params of package catalog/codes, whose source may be anywhere. Each is in
// a variable with its name. A code with a higher number may declare one again, with an example of
// its own.
var standardParams = sync.OnceValue(func() map[string]*param {
	params := map[string]*param{}
	for _, c := range access.Model(codes.Domain).Codes {
		for _, p := range c.Params {
			if params[p.Name] != nil {
				continue
			}
			p.Public, p.Sensitive = false, false // Each code marks its own.
			element := strings.TrimSuffix(p.Kind, model.ListOf(""))
			for _, name := range slices.Sorted(maps.Keys(kinds)) {
				if k := kinds[name]; k.of.String() == element {
					params[p.Name] = &param{p, k}
				}
			}
		}
	}
	return params
})

// standardParam returns the param of package catalog/codes that the name refers to, or nil.
func standardParam(r referent) *param {
	if r.path != catalogPath+"/codes" {
		return nil
	}
	return standardParams()[r.member]
}

// newParam reads a call that declares a param. Whether its name is valid is a question of the code
// that takes it.
func (s *scanner) newParam(k kind, call *ast.CallExpr, e env) (meaning, *obstacle) {
	if len(call.Args) != 2 || call.Ellipsis.IsValid() {
		return nil, stop("the name and example of %s are not written out", show(call))
	}
	name, _, why := s.name(call.Args[0], e)
	if why != nil {
		return nil, stop("the name of a param is not a constant: %s", why.text)
	}
	p := &param{model.Param{Name: name, Kind: k.of.String()}, k}
	if examples := s.examples(p, call.Args[1:], e); len(examples) > 0 {
		p.Example = examples[0]
	}
	return p, nil
}

// list reads a call of catalog.List, whose element gives the name and the first example.
func (s *scanner) list(call *ast.CallExpr, e env) (meaning, *obstacle) {
	if len(call.Args) < 2 {
		return nil, describe(call)
	}
	m, why := s.eval(call.Args[1], e)
	element, ok := m.(*param)
	if !ok {
		return nil, orDescribe(why, call.Args[1])
	}
	join, why := s.integer(call.Args[0], e)
	if why != nil {
		return nil, why
	}
	more := call.Args[2:]
	if call.Ellipsis.IsValid() {
		more = more[:len(more)-1]
	}
	examples := s.examples(element, more, e)
	if element.Example.Kind() != format.None {
		examples = slices.Insert(examples, 0, element.Example)
	}
	p := *element
	p.Kind, p.Example = model.ListOf(element.Kind), format.Several(format.Join(join), examples)
	p.Param = p.Param.Styled(element.Style)
	return &p, nil
}

// renamed reads a call of Handle.Formerly.
func (s *scanner) renamed(p *param, call *ast.CallExpr, e env) (meaning, *obstacle) {
	copied := *p
	copied.FormerNames = slices.Clone(p.FormerNames)
	if call.Ellipsis.IsValid() {
		return nil, stop("the former names of param %q are not written out", p.Name)
	}
	for _, arg := range call.Args {
		name, _, why := s.name(arg, e)
		if why != nil {
			return nil, stop("a former name of param %q is not a constant: %s", p.Name, why.text)
		}
		copied.FormerNames = append(copied.FormerNames, name)
	}
	return &copied, nil
}

// styled reads a call of Handle.Styled.
func (s *scanner) styled(p *param, call *ast.CallExpr, e env) (meaning, *obstacle) {
	copied := *p
	for _, arg := range call.Args {
		style, ok := format.ParseStyle(s.catalogName(arg, e))
		if !ok || call.Ellipsis.IsValid() {
			return nil, stop("a style of param %q is not written out, as in catalog.Short", p.Name)
		}
		copied.Param = copied.Param.Styled(style)
	}
	return &copied, nil
}

// marked reads a call of catalog.Public or catalog.Sensitive.
func (s *scanner) marked(function string, call *ast.CallExpr, e env) (meaning, *obstacle) {
	if len(call.Args) != 1 {
		return nil, describe(call)
	}
	m, why := s.eval(call.Args[0], e)
	p, ok := m.(*param)
	if !ok {
		return nil, orDescribe(why, call.Args[0])
	}
	copied := *p
	if function == "Public" {
		copied.Public = true
	} else {
		copied.Sensitive = true
	}
	return &copied, nil
}

// orDescribe returns why or, if a thing could be read but is not a param, a description of it.
func orDescribe(why *obstacle, x ast.Expr) *obstacle {
	if why != nil {
		return why
	}
	return stop("%s is not a param", show(x))
}

// examples reads the examples of a param, one or those of a list, without those that are nil. One
// that cannot be read is a finding and is left out.
func (s *scanner) examples(p *param, written []ast.Expr, e env) []format.Value {
	var examples []format.Value
	for _, x := range written {
		v, why := s.example(p.kind, x, e)
		switch {
		case why != nil:
			s.report(nil, e.file.place(x.Pos()), ruleUnreadableExample,
				fmt.Sprintf("the example of param %q cannot be shown to translators: %s", p.Name, why.text),
				cmp.Or(why.hint, "write it as a constant, or a moment as time.Date(…) in time.UTC"),
				diag.Fix{})
		case v.Kind() != format.None:
			examples = append(examples, v)
		}
	}
	return examples
}

func (s *scanner) example(k kind, x ast.Expr, e env) (format.Value, *obstacle) {
	switch k.form {
	case labelled:
		return s.labelExample(x, e)
	case worded:
		return s.phraseExample(x, e)
	case moment:
		t, why := s.moment(x, e)
		if why != nil {
			return format.Value{}, why
		}
		return format.Moment(k.of, t), nil
	case period:
		return s.period(x, e)
	case amount:
		return s.amount(x, e)
	}
	v, why := s.fold(x, e)
	if why != nil {
		return format.Value{}, why
	}
	switch isNumber := v.Kind() == constant.Int || v.Kind() == constant.Float; {
	case k.form == quoted && v.Kind() == constant.String:
		return format.Text(k.of, constant.StringVal(v)), nil
	case k.form == digits && v.Kind() == constant.String:
		return format.Decimal(constant.StringVal(v)), nil
	case k.form == decimal && isNumber:
		n, _ := constant.Float64Val(v)
		return format.Float(k.of, n), nil
	case k.form == span && isNumber:
		if n, exact := constant.Int64Val(toInt(v)); exact {
			return format.Span(k.of, time.Duration(n)), nil
		}
	case k.form == whole && isNumber:
		v = toInt(v)
		if n, exact := constant.Int64Val(v); exact && n < 0 {
			return format.Whole(k.of, true, -uint64(n)), nil
		}
		if n, exact := constant.Uint64Val(v); exact {
			return format.Whole(k.of, false, n), nil
		}
	}
	why = stop("%s is not %s", show(x), written[k.form])
	why.hint = fmt.Sprintf("the example of such a param is %s", written[k.form])
	return format.Value{}, why
}

// period reads a catalog.Period.
func (s *scanner) period(x ast.Expr, e env) (format.Value, *obstacle) {
	values, e, why := s.pair(x, e, "Period", "From", "To")
	if why != nil {
		return format.Value{}, why
	}
	from, why := s.moment(values[0], e)
	if why != nil {
		return format.Value{}, why
	}
	to, why := s.moment(values[1], e)
	return format.Range(from, to), why
}

// amount reads a catalog.Amount.
func (s *scanner) amount(x ast.Expr, e env) (format.Value, *obstacle) {
	values, e, why := s.pair(x, e, "Amount", "Digits", "Currency")
	if why != nil {
		return format.Value{}, why
	}
	digits, _, why := s.text(values[0], e)
	if why != nil {
		return format.Value{}, why
	}
	currency, _, why := s.text(values[1], e)
	return format.Amount(digits, currency), why
}

// pair reads a literal of a struct with two fields, with or without their names.
func (s *scanner) pair(
	x ast.Expr, e env, typ string, names ...string,
) (values [2]ast.Expr, in env, why *obstacle) {
	lit, e, why := s.composite(x, e, typ)
	if why != nil {
		return values, e, why
	}
	for i, element := range lit.Elts {
		if named, ok := element.(*ast.KeyValueExpr); ok {
			key, _ := named.Key.(*ast.Ident)
			if key == nil {
				continue
			}
			i, element = slices.Index(names, key.Name), named.Value
		}
		if i >= 0 && i < len(values) {
			values[i] = element
		}
	}
	if values[0] == nil || values[1] == nil {
		return values, e, stop("%s lacks %s or %s", show(x), names[0], names[1])
	}
	return values, e, nil
}

func (s *scanner) labelExample(x ast.Expr, e env) (format.Value, *obstacle) {
	if s.isNil(x, e) {
		return format.Value{}, nil
	}
	m, why := s.eval(x, e)
	if l, ok := m.(*label); ok {
		return format.Named(&l.Label, l.text()), nil
	}
	if why == nil {
		why = stop("%s is not a label", show(x))
	}
	return format.Value{}, why
}

// phraseExample reads a phrase, perhaps with arguments. One that lacks an argument is missing, as
// it is in the program.
func (s *scanner) phraseExample(x ast.Expr, e env) (format.Value, *obstacle) {
	if s.isNil(x, e) {
		return format.Value{}, nil
	}
	m, why := s.eval(x, e)
	if p, ok := m.(*phrase); ok {
		m = &said{p, make([]format.Value, len(p.Params))}
	}
	words, ok := m.(*said)
	switch {
	case !ok && why == nil:
		return format.Value{}, stop("%s is not a phrase", show(x))
	case !ok:
		return format.Value{}, why
	}
	example := &model.Said{Phrase: &words.Phrase, Args: words.args}
	return example.Value(words.domain.Source), nil
}

// with reads a call of Phrase.With.
func (s *scanner) with(m meaning, call *ast.CallExpr, e env) (meaning, *obstacle) {
	words := &said{}
	switch m := m.(type) {
	case *phrase:
		words = &said{m, make([]format.Value, len(m.Params))}
	case *said:
		words = &said{m.phrase, slices.Clone(m.args)}
	default:
		return nil, describe(call)
	}
	for _, arg := range call.Args {
		p, given := s.argument(arg, e)
		if p == nil || len(given) != 1 || call.Ellipsis.IsValid() {
			return nil, stop("an argument of %s is not written out", show(call.Fun))
		}
		value, why := s.example(p.kind, given[0], e)
		if why != nil {
			return nil, why
		}
		if i := words.Takes(&p.Param); i >= 0 && words.args[i].Kind() == format.None {
			words.args[i] = value.Styled(words.Params[i].Style)
		}
	}
	return words, nil
}

// moment reads a call of time.Date, or a variable with one.
func (s *scanner) moment(x ast.Expr, e env) (time.Time, *obstacle) {
	for range mostNames {
		if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
			return s.date(call, e)
		}
		refs := s.refer(x, e)
		if len(refs) == 0 {
			return time.Time{}, describe(x)
		}
		if len(refs) > 1 || refs[0].object == nil || refs[0].value == nil || s.isChanged(refs[0]) {
			return time.Time{}, s.unknown(x, refs)
		}
		x, e = refs[0].value, refs[0].env
	}
	return time.Time{}, stop("%s refers to itself", show(x))
}

// date reads a call of time.Date in time.UTC, or in time.Local, which is shown as if it were UTC,
// since the result must not depend on the machine.
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
	return time.Date(of[year], time.Month(of[month]), of[day], of[hour], of[minute], of[second],
		of[nanosecond], time.UTC), nil
}

// isTime reports whether the expression is the name of package time.
func (s *scanner) isTime(x ast.Expr, e env, name string) bool {
	refs := s.refer(x, e)
	return len(refs) == 1 && refs[0].path == "time" && refs[0].member == name
}
