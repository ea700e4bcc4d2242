package adopt

import (
	"cmp"
	"fmt"
	"go/format"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// adoptedParts are the parts of a code that a message can become, with their fields in Go.
var adoptedParts = []struct{ name, field string }{
	{"title", "Title"}, {"detail", "Detail"}, {"help", "Help"},
}

// goParam is a param to declare.
type goParam struct {
	name    string
	former  []string
	counter bool
}

// Declarations returns the Go source of a package with the texts. Its domain is called like the
// package unless a name is given.
func (p *Project) Declarations(pkg, domain string) ([]byte, error) {
	domain = cmp.Or(domain, pkg)
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n", pkg)
	for _, comment := range p.comments[p.source] {
		fmt.Fprintf(&b, "// %s\n", comment)
	}
	b.WriteString("\n// Domain is the namespace of the codes and texts.\n")
	option := ""
	if p.source != language.English {
		option = fmt.Sprintf(", catalog.SourceLocale(%q)", p.source)
	}
	fmt.Fprintf(&b, "var Domain = catalog.NewDomain(%q%s)\n\n", domain, option)
	p.writeParamList(&b)
	taken := map[string]bool{"Domain": true}
	for _, m := range p.messages {
		for _, placeholder := range m.arguments() {
			taken[param(placeholder)+"Param"] = true
		}
	}
	for i, m := range p.messages {
		switch {
		case m.target.Phrase != "":
			writePhrase(&b, variable(m.target.Phrase, "Text", taken), m)
		case m.target.Label != "":
			v := variable(m.target.Label, "Label", taken)
			doc(&b, v, m)
			fmt.Fprintf(&b, "var %s = Domain.Label(%q, %q)\n\n", v, m.target.Label, m.Forms[plural.Other])
		case !slices.ContainsFunc(p.messages[:i], m.sameCode):
			var parts []*message
			for _, other := range p.messages[i:] {
				if m.sameCode(other) {
					parts = append(parts, other)
				}
			}
			writeCode(&b, variable(m.target.Name, "", taken), parts)
		}
	}
	src, err := format.Source([]byte(b.String()))
	if err != nil {
		return nil, fmt.Errorf("the declarations are not valid Go: %w", err)
	}
	return src, nil
}

func (m *message) sameCode(other *message) bool {
	return m.target.Name != "" && m.target.Name == other.target.Name
}

// variable returns a name for a Go variable that is not taken.
func variable(name, suffix string, taken map[string]bool) string {
	v := camel(name) + suffix
	for base, n := v, 2; taken[v]; n++ {
		v = fmt.Sprintf("%s%d", base, n)
	}
	taken[v] = true
	return v
}

func camel(s string) string {
	var b strings.Builder
	for _, word := range words(s) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// param returns the param's name for a placeholder.
func param(placeholder string) string {
	if naming.Param(placeholder) && !naming.ReservedParam(placeholder) {
		return placeholder
	}
	name := camel(placeholder)
	if placeholder == "PluralCount" {
		return "Count"
	}
	if !naming.Param(name) || naming.ReservedParam(name) {
		name = "Message" + name
	}
	return name
}

// writeParamList writes a variable for each param, under all names that it hp.
func (p *Project) writeParamList(b *strings.Builder) {
	params := map[string]*goParam{}
	for _, m := range p.messages {
		for _, placeholder := range m.arguments() {
			name := param(placeholder)
			p := params[name]
			if p == nil {
				p = &goParam{name: name}
				params[name] = p
			}
			if placeholder != name && !slices.Contains(p.former, placeholder) {
				p.former = append(p.former, placeholder)
			}
			p.counter = p.counter || m.counted && param(m.target.Count) == name
		}
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		p := params[name]
		declared := fmt.Sprintf("catalog.String(%q, %q)", name, strings.Join(words(name), " "))
		if p.counter {
			declared = fmt.Sprintf("catalog.Int(%q, 3)", name)
		}
		if len(p.former) > 0 {
			declared += fmt.Sprintf(".Formerly(%s)", quoted(p.former))
		}
		fmt.Fprintf(b, "var %sParam = %s\n", name, declared)
	}
	b.WriteByte('\n')
}

func quoted(all []string) string {
	var list []string
	for _, s := range all {
		list = append(list, fmt.Sprintf("%q", s))
	}
	return strings.Join(list, ", ")
}

// arguments returns the placeholders of the message, and its count.
func (m *message) arguments() []string {
	names := placeholders(m.Message)
	if m.counted && !slices.Contains(names, m.target.Count) {
		names = append(names, m.target.Count)
	}
	return names
}

// doc writes the comment of a declaration: what the messages' descriptions and comments say.
func doc(b *strings.Builder, v string, messages ...*message) {
	var lines []string
	for _, m := range messages {
		lines = append(lines, strings.Split(m.Description, "\n")...)
		lines = append(lines, m.Comments...)
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })
	for i, line := range lines {
		if i == 0 {
			line = v + ": " + line
		}
		fmt.Fprintf(b, "// %s\n", line)
	}
}

// pattern returns a form with the placeholders of Go's params.
func (m *message) pattern(form string) string {
	found, _ := pattern.Placeholders(form)
	for _, p := range slices.Backward(found) {
		form = form[:p.Start] + "{{." + param(p.Name) + "}}" + form[p.End:]
	}
	return form
}

// forms writes the plural forms besides "other".
func (m *message) forms() string {
	var list []string
	for c, form := range m.Forms {
		if name := plural.Category(c).String(); form != "" && plural.Category(c) != plural.Other {
			list = append(list, fmt.Sprintf("%s: %q", strings.ToUpper(name[:1])+name[1:], m.pattern(form)))
		}
	}
	return strings.Join(list, ", ")
}

func writePhrase(b *strings.Builder, v string, m *message) {
	doc(b, v, m)
	fmt.Fprintf(b, "var %s = Domain.Phrase(%q, catalog.PhraseSpec{\n", v, m.target.Phrase)
	fmt.Fprintf(b, "Text: %q,\n", m.pattern(m.Forms[plural.Other]))
	if m.counted {
		fmt.Fprintf(b, "By: %sParam,\n", param(m.target.Count))
	}
	if forms := m.forms(); forms != "" {
		fmt.Fprintf(b, "Forms: catalog.Forms{%s},\n", forms)
	}
	writeParams(b, m)
	b.WriteString("})\n\n")
}

func writeCode(b *strings.Builder, v string, parts []*message) {
	first := parts[0].target
	doc(b, v, parts...)
	fmt.Fprintf(b, "var %s = Domain.Define(%d, %q, catalog.Spec{\n", v, first.Number, first.Name)
	count, forms := "", ""
	for _, part := range adoptedParts {
		for _, m := range parts {
			if m.target.Part != part.name {
				continue
			}
			fmt.Fprintf(b, "%s: %q,\n", part.field, m.pattern(m.Forms[plural.Other]))
			if m.counted {
				count = cmp.Or(count, m.target.Count)
			}
			switch own := m.forms(); {
			case own == "":
			case part.name == "detail":
				forms += ", " + own
			default:
				forms += fmt.Sprintf(", %s: catalog.Forms{%s}", part.field, own)
			}
		}
	}
	if count != "" {
		fmt.Fprintf(b, "Plural: catalog.Plural{By: %sParam%s},\n", param(count), forms)
	}
	writeParams(b, parts...)
	b.WriteString("})\n\n")
}

// writeParams writes the field with the params of the messages.
func writeParams(b *strings.Builder, messages ...*message) {
	var list []string
	for _, m := range messages {
		for _, name := range m.arguments() {
			if v := param(name) + "Param"; !slices.Contains(list, v) {
				list = append(list, v)
			}
		}
	}
	if len(list) > 0 {
		fmt.Fprintf(b, "Params: catalog.Params{%s},\n", strings.Join(list, ", "))
	}
}
