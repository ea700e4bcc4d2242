package frontend

import (
	"fmt"
	"strings"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
)

// types returns the file with the types of all codes, with their public params as they are sent,
// which docs/wire-format.md describes.
func types(domains []Domain) []byte {
	var b strings.Builder
	b.WriteString(Generated + `
/** What the server sends of each code, by "domain/NAME". A param may be absent. */
export interface Codes {
`)
	for i := range domains {
		d := &domains[i]
		for c := range d.Codes {
			if code := &d.Codes[c]; isShown(code) {
				writeComment(&b, code)
				fmt.Fprintf(&b, "\t%q: {\n\t\tdomain: %q;\n\t\tname: %q;\n", d.Name+"/"+code.Name,
					d.Name, code.Name)
				fmt.Fprintf(&b, "\t\tcode: %d;\n\t\tparams: {%s};\n\t};\n", code.Number, members(code))
			}
		}
	}
	b.WriteString(`}

/** One of the codes, for a switch on name or code. */
export type Code = Codes[keyof Codes];

export interface Money {
	/** Decimal digits, such as "-12.50". */
	amount: string;
	/** A code of ISO 4217. */
	currency: string;
}

/** Days as "2026-03-31". */
export interface DateRange {
	from: string;
	to: string;
}
`)
	return []byte(b.String())
}

// writeComment writes when the code occurs, and which of its texts need the server.
func writeComment(b *strings.Builder, c *model.Code) {
	var lines []string
	if c.HTTP != 0 {
		lines = append(lines, fmt.Sprintf("HTTP %d.", c.HTTP))
	}
	lines = append(lines, strings.Split(strings.TrimSpace(c.Doc), "\n")...)
	declared := c.Compile()
	var private []string
	for _, p := range (&codeTexts{code: c, title: declared[model.Title],
		detail: declared[model.Detail], help: declared[model.Help]}).texts() {
		if isServerOnly(c, p.text) {
			private = append(private, p.name)
		}
	}
	if len(private) > 0 {
		lines = append(lines, "Only the server can say: "+strings.Join(private, ", ")+".")
	}
	if c.Deprecated != "" {
		lines = append(lines, "@deprecated "+strings.ReplaceAll(c.Deprecated, "\n", " "))
	}
	b.WriteString("\t/**\n")
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintf(b, "\t * %s\n", strings.ReplaceAll(line, "*/", "*\\/"))
		}
	}
	b.WriteString("\t */\n")
}

// members returns the public params of a code as members of a type.
func members(c *model.Code) string {
	var all []string
	for i := range c.Params {
		if p := &c.Params[i]; p.Public {
			all = append(all, naming.LowerCamel(p.Name)+"?: "+typeOf(p))
		}
	}
	if all == nil {
		return ""
	}
	return " " + strings.Join(all, "; ") + " "
}

// typeOf returns the type of a param's value in JSON.
func typeOf(p *model.Param) string {
	name := "string"
	switch format.ParseKind(p.ElementKind()) {
	case format.Int, format.Bytes, format.Percent, format.Duration, format.RelativeTime:
		name = "number"
	case format.Number:
		name = "number | string"
	case format.DateRange:
		name = "DateRange"
	case format.Money:
		name = "Money"
	}
	if p.IsList() {
		return "Array<" + name + ">"
	}
	return name
}
