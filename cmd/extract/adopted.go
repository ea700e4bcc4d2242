package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// adoptedParts are the parts of a code that a message can become, with their fields in Go.
var adoptedParts = []struct{ name, field string }{
	{"title", "Title"}, {"detail", "Detail"}, {"help", "Help"},
}

// proposal returns what a message probably is. One that is called x.detail or x.help beside an
// x.title is a part of a code; so is the title. One whose name speaks of an error is the title of
// a code, and all others are phrases.
func proposal(m *adopted, all map[string]*adopted) target {
	var t target
	if m.counted {
		t.Count = countOf(m)
	}
	if dot := strings.LastIndexByte(m.ID, '.'); dot > 0 && all[m.ID[:dot]+".title"] != nil {
		if part := m.ID[dot+1:]; part == "title" || part == "detail" || part == "help" {
			t.Name, t.Part = codeName(m.ID[:dot]), part
			return t
		}
	}
	for _, word := range words(m.ID) {
		if slices.Contains([]string{"error", "errors", "err", "invalid", "failed"}, word) {
			t.Name, t.Part = codeName(m.ID), "title"
			return t
		}
	}
	t.Phrase = strings.Join(words(m.ID), "_")
	if !naming.Label(t.Phrase) || naming.Reserved(t.Phrase) {
		t.Phrase = "text_" + t.Phrase
	}
	return t
}

// countOf returns the placeholder that most probably has the count.
func countOf(m *adopted) string {
	names := placeholders(m.Message)
	for _, usual := range []string{"PluralCount", "Count", "count", "N", "n"} {
		if slices.Contains(names, usual) {
			return usual
		}
	}
	if len(names) == 1 {
		return names[0]
	}
	return "Count"
}

// codeName returns a name for a code.
func codeName(id string) string {
	name := strings.ToUpper(strings.Join(words(id), "_"))
	name = strings.TrimRight(name[:min(len(name), naming.MaxCode-4)], "_")
	if !naming.Code(name) || naming.Reserved(name) {
		name = "CODE_" + cmp.Or(name, "A")
	}
	return name
}

// words splits a name into lower-case words of ASCII letters and digits.
func words(s string) []string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		switch {
		case r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && lower:
			b.WriteByte(' ')
			fallthrough
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		lower = unicode.IsLower(r) || unicode.IsDigit(r)
	}
	return strings.Fields(b.String())
}

// checkTargets returns what is wrong with the mapping in the file.
func (ad *adoption) checkTargets(file string, src []byte) diag.List {
	doc, _ := tomldoc.Parse(file, src)
	at := map[string]diag.Pos{} // of each message
	for _, item := range doc.Items() {
		if keys := doc.Keys(item); len(keys) == 1 && item.Parent() < 0 {
			at[keys[0].Name] = doc.Pos(item.Span().Start)
		}
	}
	var wrong diag.List
	used := map[string]string{}      // the message by the ID of its text
	numbers := map[string]int{}      // by the name of a code
	names := map[int]string{}        // by number
	missing := map[string]*adopted{} // a message of each code
	counts := map[string]string{}    // by the name of a code
	for _, m := range ad.messages {
		t := m.target
		report := func(text, hint string) {
			wrong = append(wrong, ruleFailure.At(file, at[m.ID], fmt.Sprintf("%q: %s", m.ID, text), hint))
		}
		if other, twice := used[t.id()]; twice {
			report(fmt.Sprintf("%s is %q already", t.id(), other), "choose another name or part")
		}
		used[t.id()] = m.ID
		switch {
		case t.Phrase != "" && t.Name+t.Label == "":
			if !naming.Label(t.Phrase) || naming.Reserved(t.Phrase) {
				report(fmt.Sprintf("%q is not a valid name for a phrase", t.Phrase), "use "+naming.LabelForm)
			}
		case t.Label != "" && t.Name == "":
			if !naming.Label(t.Label) || naming.Reserved(t.Label) {
				report(fmt.Sprintf("%q is not a valid name for a label", t.Label), "use "+naming.LabelForm)
			}
			if m.counted || len(placeholders(m.Message)) > 0 {
				report("a label has no placeholders and no plural", "make it a phrase")
			}
		case t.Name == "" || t.Phrase+t.Label != "":
			report("it is not one of a code, a phrase and a label", "set name, phrase or label")
		case !naming.Code(t.Name) || naming.Reserved(t.Name):
			report(fmt.Sprintf("%q is not a valid name for a code", t.Name), "use "+naming.CodeForm)
		case t.Part != "title" && t.Part != "detail" && t.Part != "help":
			report(fmt.Sprintf("%q is not a part of a code", t.Part), "use title, detail or help")
		case t.Number <= 0 || cmp.Or(numbers[t.Name], t.Number) != t.Number ||
			cmp.Or(names[t.Number], t.Name) != t.Name:
			report(fmt.Sprintf("%d cannot be the number of %s", t.Number, t.Name),
				"give each code a number of its own")
		default:
			numbers[t.Name], names[t.Number] = t.Number, t.Name
			missing[t.Name] = m
		}
		if m.counted && t.Count == "" {
			report("it has plural forms but no count", `add count = "…", the placeholder's name`)
		}
		if m.counted && t.Name != "" {
			if cmp.Or(counts[t.Name], t.Count) != t.Count {
				report(fmt.Sprintf("%s has another count, %q", t.Name, counts[t.Name]),
					"a code has one count for all its parts")
			}
			counts[t.Name] = t.Count
		}
	}
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		if used[name+".title"] == "" {
			wrong = append(wrong, ruleFailure.At(file, at[missing[name].ID],
				fmt.Sprintf("the code %s has no title", name), "make one of its messages the title"))
		}
	}
	return wrong
}

// moveTexts prints the declarations and writes the files of translations that don't exist.
func (a *app) moveTexts(ad *adoption, folder *atomicfile.Folder, into string) error {
	declared, err := ad.declarations(filepath.Base(filepath.Join(a.workDir(), into)), a.domain)
	if err != nil {
		return err
	}
	tags := map[language.Tag]int{}
	for _, m := range ad.messages {
		for tag := range m.translations {
			tags[tag]++
		}
	}
	locales := path.Join(filepath.ToSlash(into), localesName)
	if err := atomicfile.Make(a.workDir(), locales); err != nil {
		return failFile(into, err, a.fileHint(err))
	}
	for _, tag := range slices.SortedFunc(maps.Keys(tags), func(x, y language.Tag) int {
		return strings.Compare(x.String(), y.String())
	}) {
		name := path.Join(localesName, tag.String()+localefile.Ext)
		shown := path.Join(filepath.ToSlash(into), name)
		switch old, err := folder.Read(name, tomldoc.MaxSize); {
		case errors.Is(err, fs.ErrNotExist):
			if err := folder.Replace(name, nil, ad.localeFile(tag)); err != nil {
				return failFile(shown, err, a.fileHint(err))
			}
			fmt.Fprintf(a.stderr, "%s: new, %s\n", shown, counted(tags[tag], "text"))
		case err != nil:
			return failFile(shown, err, a.fileHint(err))
		default:
			ad.compare(shown, old, tag)
		}
	}
	_, err = a.stdout.Write(declared)
	return err
}

// compare reports the texts that an existing file lacks.
func (ad *adoption) compare(name string, src []byte, tag language.Tag) {
	doc, _ := tomldoc.Parse(name, src)
	has := map[string]bool{}
	for i := range doc.Tables() {
		has[strings.Join(doc.AppendPath(nil, i), ".")] = true
	}
	for _, m := range ad.messages {
		if _, ok := m.translations[tag]; ok && !has[m.target.id()] {
			ad.findings = append(ad.findings, ruleAdopt.At(name, diag.Pos{},
				fmt.Sprintf("the file exists, and lacks %s, which is the message %q", m.target.id(), m.ID),
				"copy the text by hand, or move the file away"))
		}
	}
}

// localeFile returns the translations into a language. A hash that does not fit stays, so that
// extract marks the text for a review.
func (ad *adoption) localeFile(tag language.Tag) []byte {
	var b strings.Builder
	for _, comment := range ad.comments[tag] {
		fmt.Fprintf(&b, "# %s\n", comment)
	}
	for _, m := range ad.messages {
		translation, ok := m.translations[tag]
		if !ok {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		for _, comment := range translation.Comments {
			fmt.Fprintf(&b, "# %s\n", comment)
		}
		fmt.Fprintf(&b, "[%s]\n", m.target.id())
		if !m.fits(translation) {
			fmt.Fprintf(&b, "hash = %s\n", tomldoc.MustQuote(translation.Hash))
		}
		for c, form := range translation.Forms {
			if form != "" {
				fmt.Fprintf(&b, "%v = %s\n", plural.Category(c), tomldoc.MustQuote(form))
			}
		}
	}
	return []byte(b.String())
}

// goParam is a param to declare.
type goParam struct {
	name    string
	former  []string
	counter bool
}

// declarations returns the Go source of the texts.
func (ad *adoption) declarations(folder, domain string) ([]byte, error) {
	name := packageName(folder)
	domain = cmp.Or(domain, name)
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n", name)
	for _, comment := range ad.comments[ad.source] {
		fmt.Fprintf(&b, "// %s\n", comment)
	}
	b.WriteString("\n// Domain is the namespace of the codes and texts.\n")
	option := ""
	if ad.source != language.English {
		option = fmt.Sprintf(", catalog.SourceLocale(%q)", ad.source)
	}
	fmt.Fprintf(&b, "var Domain = catalog.NewDomain(%q%s)\n\n", domain, option)
	ad.writeParamList(&b)
	taken := map[string]bool{"Domain": true}
	for _, m := range ad.messages {
		for _, placeholder := range m.arguments() {
			taken[param(placeholder)+"Param"] = true
		}
	}
	for i, m := range ad.messages {
		switch {
		case m.target.Phrase != "":
			writePhrase(&b, variable(m.target.Phrase, "Text", taken), m)
		case m.target.Label != "":
			v := variable(m.target.Label, "Label", taken)
			doc(&b, v, m)
			fmt.Fprintf(&b, "var %s = Domain.Label(%q, %q)\n\n", v, m.target.Label, m.Forms[plural.Other])
		case !slices.ContainsFunc(ad.messages[:i], m.sameCode):
			var parts []*adopted
			for _, other := range ad.messages[i:] {
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

func (m *adopted) sameCode(other *adopted) bool {
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

// writeParamList writes a variable for each param, under all names that it had.
func (ad *adoption) writeParamList(b *strings.Builder) {
	params := map[string]*goParam{}
	for _, m := range ad.messages {
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
func (m *adopted) arguments() []string {
	names := placeholders(m.Message)
	if m.counted && !slices.Contains(names, m.target.Count) {
		names = append(names, m.target.Count)
	}
	return names
}

// doc writes the comment of a declaration: what the messages' descriptions and comments say.
func doc(b *strings.Builder, v string, messages ...*adopted) {
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
func (m *adopted) pattern(form string) string {
	found, _ := pattern.Placeholders(form)
	for _, p := range slices.Backward(found) {
		form = form[:p.Start] + "{{." + param(p.Name) + "}}" + form[p.End:]
	}
	return form
}

// forms writes the plural forms besides "other".
func (m *adopted) forms() string {
	var list []string
	for c, form := range m.Forms {
		if name := plural.Category(c).String(); form != "" && plural.Category(c) != plural.Other {
			list = append(list, fmt.Sprintf("%s: %q", strings.ToUpper(name[:1])+name[1:], m.pattern(form)))
		}
	}
	return strings.Join(list, ", ")
}

func writePhrase(b *strings.Builder, v string, m *adopted) {
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

func writeCode(b *strings.Builder, v string, parts []*adopted) {
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
func writeParams(b *strings.Builder, messages ...*adopted) {
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
