package format

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// moneyNotation is how a locale writes an amount of money in one numbering system.
type moneyNotation struct {
	groups groupSize
	// {0} is the number, ¤ the symbol. A semicolon separates another pattern for negative amounts, in
	// which - is the minus sign; without one that sign is in front.
	pattern        string
	decimal, group string // "" if they are those of other numbers
}

func parseMoney(f []string) moneyNotation {
	return moneyNotation{groupSize(f[0][0] - '0'), f[1], f[2], f[3]}
}

// currency is how a locale writes the amounts of a currency, where that differs from others.
type currency struct {
	symbol, narrow, pattern, decimal, group string
}

// currencyOf returns the notation of a currency. A symbol that the locale does not have is the
// root's, and at last the code itself.
func (l *Locale) currencyOf(code string) currency {
	line, ok := symbolLine(l.symbols, code)
	if !ok {
		line, _ = symbolLine(symbolTable[find(root).symbols], code)
	}
	var c currency
	c.symbol, line, _ = strings.Cut(line, "|")
	c.narrow, line, _ = strings.Cut(line, "|")
	c.pattern, line, _ = strings.Cut(line, "|")
	c.decimal, c.group, _ = strings.Cut(line, "|")
	if c.symbol == "" {
		c.symbol = code
	}
	if c.narrow == "" {
		c.narrow = c.symbol
	}
	return c
}

// symbolLine returns what the line of a currency has after "code|".
func symbolLine(section, code string) (string, bool) {
	for at := 0; ; at += len(code) {
		i := strings.Index(section[at:], code)
		if i < 0 {
			return "", false
		}
		if at += i; at == 0 || section[at-1] == '\n' {
			line, _, _ := strings.Cut(section[at+len(code):], "\n")
			return strings.TrimPrefix(line, "|"), true
		}
	}
}

// decimalsOf returns how many decimals a currency has at least.
func decimalsOf(code string) int {
	if i := strings.Index(minorDigits, code); i >= 0 {
		return int(minorDigits[i+len(code)] - '0')
	}
	return 2
}

// isCurrency reports whether a code has the form of ISO 4217's.
func isCurrency(code string) bool {
	if len(code) != 3 {
		return false
	}
	for i := range len(code) {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}

// appendMoney appends an amount with all its digits, and with as many decimals as the currency has
// at least: no part of an amount is rounded away.
func (l *Locale) appendMoney(dst []byte, v *Value) []byte {
	var letters [maxCurrency]byte
	code := string(v.appendCurrency(letters[:0]))
	number, ok := decimalOf(v.text)
	if !ok || number.form != decimal || !isCurrency(code) {
		return l.AppendText(dst, strings.TrimSpace(v.text+" "+code))
	}
	c, n := l.currencyOf(code), l.numerals
	n.decimal = cmp.Or(c.decimal, n.money.decimal, n.decimal)
	n.group = cmp.Or(c.group, n.money.group, n.group)
	symbol := c.symbol
	if v.style&Narrow != 0 {
		symbol = c.narrow
	}
	var buf [MaxText + 8]byte
	f := number.figure(buf[:0], 0, 0)
	f.fraction = decimals(f.fraction, decimalsOf(code))
	pattern, negative, _ := strings.Cut(cmp.Or(c.pattern, n.money.pattern), ";")
	switch {
	case f.negative && negative != "":
		pattern = negative
	case f.negative:
		dst = append(dst, n.minus...)
	}
	return n.appendAmount(dst, pattern, symbol, &f)
}

// decimals returns the decimals of an amount: at least n, and no zeros after them.
func decimals(fraction []byte, n int) []byte {
	for len(fraction) > n && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	for len(fraction) < n {
		fraction = append(fraction, '0')
	}
	return fraction
}

// appendAmount appends a figure in a pattern. Where the symbol's letter would touch a digit, a
// no-break space comes between them (UTS #35 part 3, Currencies).
func (n *numerals) appendAmount(dst []byte, pattern, symbol string, f *figure) []byte {
	const sign, number = "¤", "{0}"
	for pattern != "" {
		switch {
		case strings.HasPrefix(pattern, sign):
			pattern = pattern[len(sign):]
			dst = append(dst, symbol...)
			last, _ := utf8.DecodeLastRuneInString(symbol)
			if strings.HasPrefix(pattern, number) && needsSpace(last) {
				dst = append(dst, noBreakSpace...)
			}
		case strings.HasPrefix(pattern, number):
			pattern = pattern[len(number):]
			dst = n.appendFigure(dst, f, n.money.groups)
			first, _ := utf8.DecodeRuneInString(symbol)
			if strings.HasPrefix(pattern, sign) && needsSpace(first) {
				dst = append(dst, noBreakSpace...)
			}
		case pattern[0] == '-':
			pattern = pattern[1:]
			dst = append(dst, n.minus...)
		default:
			dst, pattern = append(dst, pattern[0]), pattern[1:]
		}
	}
	return dst
}

const noBreakSpace = "\u00a0"

// needsSpace reports whether a character of a currency's symbol must not touch a digit: any but a
// symbol or a space.
func needsSpace(r rune) bool { return !unicode.In(r, unicode.S, unicode.Z) }
