package main

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/cldr"
)

// money returns how an amount of money is written: the size of the groups, the pattern, and the
// signs that replace those of other numbers.
func (n numbers) money(system string, s *symbols) ([]string, error) {
	var p pattern
	if err := n.get("currencyFormats-numberSystem-"+system, &p); err != nil {
		return nil, err
	}
	groups, pattern, err := moneyPattern(p.Standard)
	return []string{groups, pattern, s.CurrencyDecimal, s.CurrencyGroup}, err
}

// moneyPattern returns the size of a pattern's groups, and the pattern with {0} for its number.
// What follows a semicolon is the pattern of negative amounts, left out if it is a minus sign and
// the other pattern.
func moneyPattern(standard string) (groups, pattern string, err error) {
	groups, pattern = "2", strings.ReplaceAll(standard, "#,##,##0.00", "{0}")
	if pattern == standard {
		groups, pattern = "3", strings.ReplaceAll(standard, "#,##0.00", "{0}")
	}
	positive, negative, _ := strings.Cut(pattern, ";")
	if negative == "-"+positive {
		pattern = positive
	}
	if strings.Count(positive, "{0}") != 1 || strings.Count(positive, "¤") != 1 ||
		strings.Trim(pattern, "{0}¤-;\u00a0\u200e\u200f") != "" {
		return "", "", fmt.Errorf("unexpected pattern for money %q", standard)
	}
	return groups, pattern, nil
}

// currency is how a locale writes one currency.
type currency struct {
	Symbol, Pattern, Decimal, Group string

	Narrow string `json:"symbol-alt-narrow"`
}

type currencies map[string]currency

func readCurrencies(input fs.FS, locale string) (currencies, error) {
	data, err := readMain[struct {
		Numbers struct{ Currencies currencies }
	}](input, "cldr-numbers-full", locale, "currencies.json")
	return data.Numbers.Currencies, err
}

// symbols returns a line for each currency that the locale writes in another way than the root:
// code|symbol|narrow symbol, then, if the currency has any of its own, its pattern, decimal sign
// and sign between groups. What is empty is as usual.
func (c currencies) symbols(root currencies) (string, error) {
	var lines []string
	for _, code := range slices.Sorted(maps.Keys(c)) {
		line, err := c[code].line(code)
		if err != nil {
			return "", fmt.Errorf("currency %s: %w", code, err)
		}
		usual := code
		if root != nil {
			if usual, err = root[code].line(code); err != nil {
				return "", fmt.Errorf("currency %s: %w", code, err)
			}
		}
		if line != usual {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n"), nil
}

// line returns the fields of a currency without those at the end that are empty.
func (c currency) line(code string) (string, error) {
	pattern := ""
	if c.Pattern != "" {
		var err error
		if _, pattern, err = moneyPattern(c.Pattern); err != nil {
			return "", err
		}
	}
	if c.Symbol == code {
		c.Symbol = ""
	}
	return strings.TrimRight(fields(code, c.Symbol, c.Narrow, pattern, c.Decimal, c.Group), "|"), nil
}

// readMinorDigits returns, sorted, each currency that has another number of decimals than two, with
// that number at its end.
func readMinorDigits(input fs.FS) ([]string, error) {
	var data struct {
		Supplemental struct {
			CurrencyData struct {
				Fractions map[string]struct {
					Digits string `json:"_digits"`
				}
			}
		}
	}
	err := cldr.Read(input, "cldr-core/supplemental/currencyData.json", &data)
	var lines []string
	for code, fraction := range data.Supplemental.CurrencyData.Fractions {
		if fraction.Digits != "2" {
			lines = append(lines, code+fraction.Digits)
		}
	}
	slices.Sort(lines)
	return lines, err
}
