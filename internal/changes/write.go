package changes

import (
	"fmt"
	"strconv"
	"strings"
)

// Markdown returns the changes as a part of release notes.
func Markdown(domains []Domain) string {
	return page{
		domain:  func(name string) string { return "## Error codes: " + name + "\n" },
		section: func(title string) string { return "\n### " + title + "\n\n" },
		code:    span,
		text:    span,
		arrow:   " → ",
	}.write(domains)
}

// Plain returns the changes for a terminal.
func Plain(domains []Domain) string {
	return page{
		domain:  func(name string) string { return name + "\n" },
		section: func(title string) string { return "\n" + title + "\n" },
		code:    func(s string) string { return s },
		text:    strconv.Quote,
		arrow:   " -> ",
	}.write(domains)
}

// page is how the parts of a page are written.
type page struct {
	domain, section func(string) string
	code, text      func(string) string
	arrow           string
}

func (p page) write(domains []Domain) string {
	var b strings.Builder
	for i := range domains {
		if i > 0 {
			b.WriteByte('\n')
		}
		p.writeDomain(&b, &domains[i])
	}
	return b.String()
}

func (p page) writeDomain(b *strings.Builder, d *Domain) {
	b.WriteString(p.domain(d.Name))
	switch {
	case d.State != "changed":
		fmt.Fprintf(b, "%sThe domain is %s.\n", p.gap(), d.State)
	case d.Empty():
		fmt.Fprintf(b, "%sNothing has changed.\n", p.gap())
	}
	var breaks, added, retired, renamed, changed, texts, languages []string
	for _, x := range d.Breaks {
		breaks = append(breaks, x.Text)
	}
	for _, c := range d.New {
		added = append(added, p.summary(c))
	}
	for _, c := range d.Retired {
		retired = append(retired, p.summary(c))
	}
	for _, r := range d.Renamed {
		renamed = append(renamed, p.rename(r))
	}
	for _, a := range d.Changed {
		changed = append(changed, p.attribute(a))
	}
	for _, t := range d.Texts {
		texts = append(texts, p.change(p.textName(t), t.From, t.To, p.text))
	}
	for _, l := range d.Languages {
		from, to := "", ""
		if l.From != nil {
			from = l.From.String()
		}
		if l.To != nil {
			to = l.To.String()
		}
		languages = append(languages, p.change(l.Tag, from, to, func(s string) string { return s }))
	}
	for _, s := range []struct {
		title string
		lines []string
	}{
		{"Breaking changes", breaks}, {"New", added}, {"Retired", retired}, {"Renamed", renamed},
		{"Changed", changed}, {"Texts", texts}, {"Languages", languages},
	} {
		if len(s.lines) > 0 {
			b.WriteString(p.section(s.title))
		}
		for _, line := range s.lines {
			fmt.Fprintf(b, "- %s\n", line)
		}
	}
}

// gap returns what is between a heading and a paragraph.
func (p page) gap() string { return strings.Repeat("\n", strings.Count(p.section(""), "\n")-1) }

func (p page) summary(c Code) string {
	http := ""
	if c.HTTP != 0 {
		http = fmt.Sprintf(", HTTP %d", c.HTTP)
	}
	return fmt.Sprintf("%d %s%s: %s", c.Number, p.code(c.Name), http, p.text(c.Title))
}

func (p page) rename(r Rename) string {
	number, name := strconv.Itoa(r.Number), p.code(r.Name)
	if r.WasNumber != 0 {
		number = strconv.Itoa(r.WasNumber) + p.arrow + number
	}
	if r.WasName != "" {
		name = p.code(r.WasName) + p.arrow + name
	}
	return number + " " + name
}

func (p page) attribute(a Attribute) string {
	what := a.What
	if a.Param != "" {
		what += " " + p.code(a.Param)
	}
	return p.change(fmt.Sprintf("%d %s: %s", a.Number, p.code(a.Name), what), a.From, a.To, p.code)
}

func (p page) textName(t Text) string {
	if t.Form != "" {
		return fmt.Sprintf("%s (%s)", p.code(t.ID), t.Form)
	}
	return p.code(t.ID)
}

// change writes what something was and is.
func (p page) change(name, from, to string, write func(string) string) string {
	switch {
	case from == "":
		return fmt.Sprintf("%s: new, %s", name, write(to))
	case to == "":
		return fmt.Sprintf("%s: gone, was %s", name, write(from))
	}
	return fmt.Sprintf("%s: %s%s%s", name, write(from), p.arrow, write(to))
}

// span returns a text as a code span of Markdown, whatever characters it has.
func span(s string) string {
	longest, run := 0, 0
	for _, r := range s {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if longest > 0 || strings.TrimSpace(s) == "" {
		s = " " + s + " "
	}
	return fence + strings.ReplaceAll(s, "\n", " ") + fence
}
