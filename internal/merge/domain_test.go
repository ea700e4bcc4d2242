package merge_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// parseDomain reads a domain from lines such as
//
//	source en
//	1201 OUT_OF_STOCK 409
//	  doc The buyer asked for more pieces than are left.
//	  param Left int 3
//	  count Left
//	  title Out of stock
//	  detail.one Only one is left.
//	  detail Only {{.Left}} are left.
//	  max detail 80
//	phrase rooms {{.N}} rooms
//	  phrase.param N int 3
//	  phrase.count N
//	  phrase.one One room
//	label email e-mail address
//
// Texts may be quoted as in Go. Each one's place is its line in domain.go.
func parseDomain(t testing.TB, text string) *model.Domain {
	t.Helper()
	d := &model.Domain{Name: "shop", Source: language.English}
	for n, line := range strings.Split(text, "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if unquoted, err := strconv.Unquote(rest); err == nil {
			rest = unquoted
		}
		place := model.Place{File: "domain.go", Pos: diag.Pos{Line: n + 1, Column: 3}}
		if word == "" {
			continue
		}
		if number, err := strconv.Atoi(word); err == nil {
			fields := strings.Fields(rest)
			code := model.Code{Number: number, Name: fields[0], Place: place}
			if len(fields) > 1 {
				code.HTTP, _ = strconv.Atoi(fields[1])
			}
			d.Codes = append(d.Codes, code)
			continue
		}
		switch word {
		case "source":
			d.Source = language.MustParse(rest)
			continue
		case "phrase":
			name, text, _ := strings.Cut(rest, " ")
			phrase := model.Phrase{Name: name, Place: place}
			phrase.Text.Forms[plural.Other] = text
			d.Phrases = append(d.Phrases, phrase)
			continue
		case "label":
			name, text, _ := strings.Cut(rest, " ")
			label := model.Label{Name: name, Place: place}
			label.Text.Forms[plural.Other] = text
			d.Labels = append(d.Labels, label)
			continue
		}
		if part, ok := strings.CutPrefix(word, "phrase."); ok {
			declarePhraseLine(&d.Phrases[len(d.Phrases)-1], part, rest)
			continue
		}
		declareLine(t, &d.Codes[len(d.Codes)-1], word, rest, place)
	}
	slices.SortFunc(d.Codes, func(a, b model.Code) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortFunc(d.Labels, func(a, b model.Label) int { return cmp.Compare(a.Name, b.Name) })
	return d
}

func declarePhraseLine(phrase *model.Phrase, word, rest string) {
	switch category, _ := plural.ParseCategory(word); word {
	case "count":
		phrase.Count = rest
	case "param":
		phrase.Params = append(phrase.Params, parseParam(rest))
	default:
		phrase.Text.Forms[category] = rest
	}
}

func parseParam(line string) model.Param {
	name, rest, _ := strings.Cut(line, " ")
	kind, example, _ := strings.Cut(rest, " ")
	return model.Param{Name: name, Kind: kind, Example: format.Decimal(example)}
}

func declareLine(t testing.TB, code *model.Code, word, rest string, place model.Place) {
	t.Helper()
	switch word {
	case "doc":
		code.Doc = rest
	case "deprecated":
		code.Deprecated = rest
	case "replaced":
		code.ReplacedBy = rest
	case "count":
		code.Count = rest
	case "param":
		code.Params = append(code.Params, parseParam(rest))
	case "max":
		part, most, _ := strings.Cut(rest, " ")
		code.Texts[slices.Index(model.PartNames[:], part)].Max, _ = strconv.Atoi(most)
	default:
		part, name, _ := strings.Cut(word, ".")
		index := slices.Index(model.PartNames[:], part)
		category, ok := plural.ParseCategory(cmp.Or(name, "other"))
		if index < 0 || !ok {
			t.Fatalf("bad line in domain: %q", word)
		}
		code.Texts[index].Forms[category] = rest
		code.Texts[index].Places.Set(category, place)
	}
}
