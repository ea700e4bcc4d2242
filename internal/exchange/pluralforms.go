package exchange

import (
	"errors"
	"strconv"
	"strings"
)

// parsePluralForms reads the header field Plural-Forms of a PO file, such as
// "nplurals=2; plural=(n != 1);". The function that it returns chooses the form for a number, and
// fails if there is no such form or the expression divides by zero. The expression is one of C with
// n as its only variable; see
// https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html.
func parsePluralForms(field string) (choose func(n uint64) (int, bool), err error) {
	number, expression, ok := strings.Cut(field, ";")
	digits, isCount := strings.CutPrefix(strings.ReplaceAll(number, " ", ""), "nplurals=")
	count, err := strconv.Atoi(digits)
	if !ok || !isCount || err != nil || count < 1 || count > 10 {
		return nil, errors.New("nplurals is not a number from 1 to 10")
	}
	expression = strings.TrimSpace(expression)
	name, expression, ok := strings.Cut(strings.TrimSuffix(expression, ";"), "=")
	if !ok || strings.TrimSpace(name) != "plural" {
		return nil, errors.New("there is no expression")
	}
	if len(expression) > maxExpression {
		return nil, errors.New("the expression is too long")
	}
	c := choice{text: expression}
	if c.evaluate(0); c.err {
		return nil, errors.New("the expression cannot be read")
	}
	return func(n uint64) (int, bool) {
		c := choice{text: expression}
		value := c.evaluate(n)
		return int(value), !c.failed && value < uint64(count)
	}, nil
}

// maxExpression bounds how deep an expression can be.
const maxExpression = 1000

// choice evaluates an expression while it reads it. Both sides of an operator are evaluated: they
// have no effects.
type choice struct {
	text   string
	n      uint64
	err    bool // the expression cannot be read
	failed bool // it divides by zero
}

func (c *choice) evaluate(n uint64) uint64 {
	c.n = n
	value := c.ternary()
	c.err = c.err || strings.TrimSpace(c.text) != ""
	return value
}

// take reads a token if it comes next.
func (c *choice) take(token string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(c.text, " \t\n"), token)
	// "<" is not the beginning of "<=".
	if !ok || (token == "<" || token == ">" || token == "!") && strings.HasPrefix(rest, "=") {
		return false
	}
	c.text = rest
	return true
}

func (c *choice) ternary() uint64 {
	condition := c.binary(0)
	if !c.take("?") {
		return condition
	}
	yes := c.ternary()
	c.err = c.err || !c.take(":")
	no := c.ternary()
	if condition != 0 {
		return yes
	}
	return no
}

// operators are the binary operators of C that gettext knows, those that bind least first.
var operators = [...][]string{
	{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"},
}

func (c *choice) binary(level int) uint64 {
	if level == len(operators) {
		return c.operand()
	}
	left := c.binary(level + 1)
	for {
		operator := ""
		for _, candidate := range operators[level] {
			if operator == "" && c.take(candidate) {
				operator = candidate
			}
		}
		if operator == "" || c.err {
			return left
		}
		left = c.apply(operator, left, c.binary(level+1))
	}
}

func (c *choice) apply(operator string, a, b uint64) uint64 {
	switch operator {
	case "||":
		return truth(a != 0 || b != 0)
	case "&&":
		return truth(a != 0 && b != 0)
	case "==":
		return truth(a == b)
	case "!=":
		return truth(a != b)
	case "<=":
		return truth(a <= b)
	case ">=":
		return truth(a >= b)
	case "<":
		return truth(a < b)
	case ">":
		return truth(a > b)
	case "+":
		return a + b
	case "-":
		return a - b
	case "*":
		return a * b
	}
	if b == 0 {
		c.failed = true
		return 0
	}
	if operator == "/" {
		return a / b
	}
	return a % b
}

func truth(is bool) uint64 {
	if is {
		return 1
	}
	return 0
}

func (c *choice) operand() uint64 {
	switch {
	case c.take("!"):
		return truth(c.operand() == 0)
	case c.take("("):
		value := c.ternary()
		c.err = c.err || !c.take(")")
		return value
	case c.take("n"):
		return c.n
	}
	c.text = strings.TrimLeft(c.text, " \t\n")
	end := 0
	for end < len(c.text) && '0' <= c.text[end] && c.text[end] <= '9' {
		end++
	}
	value, err := strconv.ParseUint(c.text[:end], 10, 64)
	c.err = c.err || err != nil
	c.text = c.text[end:]
	return value
}
