package problem

import (
	"strconv"
	"strings"
)

// text returns the details as text/plain: the texts as paragraphs, then the list of errors, the
// links and what support asks for, in the order and words of the page. It has no link that opens
// the same address again.
func (d *Details) text() []byte {
	var b strings.Builder
	for _, t := range []string{d.Title.Value, d.Detail.Value, d.Help.Value} {
		if t != "" {
			b.WriteString(t + "\n\n")
		}
	}
	if len(d.Errors) > 0 || d.Total > 0 {
		d.writeErrors(&b, "")
		b.WriteByte('\n')
	}
	before := b.Len()
	for _, link := range d.Links {
		switch {
		case link.URL == "":
		case link.Text.Value == string(link.URL):
			b.WriteString(link.Text.Value + "\n")
		default:
			b.WriteString(link.Text.Value + ": " + string(link.URL) + "\n")
		}
	}
	if b.Len() > before {
		b.WriteByte('\n')
	}
	b.WriteString(d.Labels.Reference.Value + ": " + d.Reference + "\n")
	b.WriteString(d.Labels.Code.Value + ": " + d.Name + " (" + strconv.Itoa(d.Code) + ")\n")
	return []byte(b.String())
}

// writeErrors writes the errors as a list, nested ones with more indentation.
func (d *Details) writeErrors(b *strings.Builder, indent string) {
	for _, section := range d.Sections() {
		for i := range section.Errors {
			e := &section.Errors[i]
			b.WriteString(indent + "- ")
			if place := e.Place(); place != "" {
				b.WriteString(place + " ")
			}
			if e.Field.Value != "" {
				b.WriteString(e.Field.Value + ": ")
			}
			b.WriteString(e.Summary())
			if e.Times > 1 {
				b.WriteString(" (×" + strconv.Itoa(e.Times) + ")")
			}
			b.WriteByte('\n')
			e.writeErrors(b, indent+"  ")
		}
		if section.Help.Value != "" {
			b.WriteString(indent + "  " + section.Help.Value + "\n")
		}
	}
	if d.NotShown.Value != "" {
		b.WriteString(indent + d.NotShown.Value + "\n")
	}
}
