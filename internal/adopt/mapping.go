package adopt

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// RuleMapping is the rule of a line in the mapping that says nothing possible.
var RuleMapping = diag.Rule{ID: "adopt-mapping", Severity: diag.Error,
	Doc: "the mapping of messages has a mistake"}

// Target is what becomes of a message: a part of a code, a phrase or a label. It is an entry of
// the mapping.
type Target struct {
	Name   string
	Number int
	Part   string
	Phrase string
	Label  string
	Count  string // the placeholder that has the count
}

// id returns the ID of the text in a locale file.
func (t Target) id() string {
	switch {
	case t.Phrase != "":
		return "phrases." + t.Phrase
	case t.Label != "":
		return "labels." + t.Label
	}
	return t.Name + "." + t.Part
}

// Mapping is what becomes of each message, by ID.
type Mapping map[string]Target

func ReadMapping(name string, src []byte) (Mapping, error) {
	if _, findings := tomldoc.Parse(name, src); len(findings) > 0 {
		return nil, findings
	}
	mapping := Mapping{}
	known, err := toml.Decode(string(src), &mapping)
	if err != nil {
		at := diag.Pos{}
		if wrong, ok := errors.AsType[toml.ParseError](err); ok {
			at.Line = wrong.Position.Line
		}
		return nil, RuleMapping.At(name, at, "not a mapping: "+err.Error(),
			"write a line for a message as adopt does")
	}
	if wrong := known.Undecoded(); len(wrong) > 0 {
		return nil, RuleMapping.At(name, diag.Pos{}, fmt.Sprintf("%q is not known", wrong[0].String()),
			"use name, number, part, phrase, label and count")
	}
	return mapping, nil
}

// firstNumber is the number of the first code that is proposed.
const firstNumber = 1001

const mappingHead = `# What becomes of each message: a part (title, detail or help) of a code with a name and a number,
# a phrase = "name", or a label = "name". count is the placeholder that chooses a plural form.
`

// Propose sets the target of each message, and returns what the mapping lacks.
func (p *Project) Propose(mapping Mapping) string {
	var b strings.Builder
	next, taken := firstNumber, map[string]bool{}
	numbers := map[string]int{}
	for _, t := range mapping {
		next = max(next, t.Number+1)
		taken[t.id()] = true
		numbers[t.Name] = t.Number
	}
	for _, m := range p.messages {
		t, known := mapping[m.ID]
		if known {
			m.target = t
			continue
		}
		if b.Len() == 0 && len(mapping) == 0 {
			b.WriteString(mappingHead)
		}
		t = proposal(m, p.byID)
		for base, n := t, 2; taken[t.id()]; n++ {
			t.Name, t.Phrase = suffixed(base.Name, n), suffixed(base.Phrase, n)
			t.Label = suffixed(base.Label, n)
		}
		taken[t.id()] = true
		fmt.Fprintf(&b, "%s = { ", tomldoc.MustQuote(m.ID))
		switch {
		case t.Phrase != "":
			fmt.Fprintf(&b, "phrase = %q", t.Phrase)
		case t.Label != "":
			fmt.Fprintf(&b, "label = %q", t.Label)
		default:
			if t.Number = numbers[t.Name]; t.Number == 0 {
				t.Number, next = next, next+1
				numbers[t.Name] = t.Number
			}
			fmt.Fprintf(&b, "name = %q, number = %d, part = %q", t.Name, t.Number, t.Part)
		}
		if t.Count != "" {
			fmt.Fprintf(&b, ", count = %q", t.Count)
		}
		b.WriteString(" }\n")
	}
	return b.String()
}

// suffixed returns a name with a number behind it.
func suffixed(name string, n int) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf("%s_%d", name, n)
}

// proposal returns what a message probably is. One that is called x.title, x.detail or x.help is a
// part of a code if x has a title and another part. One whose name speaks of an error is the title
// of a code, one whose name speaks of a field is a label, and all others are phrases.
func proposal(m *message, all map[string]*message) Target {
	var t Target
	if m.counted {
		t.Count = countOf(m)
	}
	if dot := strings.LastIndexByte(m.ID, '.'); dot > 0 {
		code, part := m.ID[:dot], m.ID[dot+1:]
		isCode := all[code+".title"] != nil && (all[code+".detail"] != nil || all[code+".help"] != nil)
		if isCode && slices.Contains([]string{"title", "detail", "help"}, part) {
			t.Name, t.Part = codeName(code), part
			return t
		}
	}
	named := words(m.ID)
	speaks := func(of ...string) func(string) bool {
		return func(word string) bool { return slices.Contains(of, word) }
	}
	if slices.ContainsFunc(named, speaks("error", "errors", "err", "invalid", "failed")) {
		t.Name, t.Part = codeName(m.ID), "title"
		return t
	}
	name := strings.Join(named, "_")
	isName := speaks("label", "labels", "field", "fields")
	if slices.ContainsFunc(named, isName) && !m.counted && len(placeholders(m.Message)) == 0 {
		t.Label = valid(cmp.Or(strings.Join(slices.DeleteFunc(named, isName), "_"), name), "label_")
		return t
	}
	t.Phrase = valid(name, "text_")
	return t
}

// valid returns a valid name for a phrase or label, with the prefix if it needs one.
func valid(name, prefix string) string {
	if !naming.Label(name) || naming.Reserved(name) {
		return prefix + name
	}
	return name
}

// countOf returns the placeholder that most probably has the count.
func countOf(m *message) string {
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

// Check returns what is wrong with the mapping in the file.
func (p *Project) Check(file string, src []byte) diag.List {
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
	missing := map[string]*message{} // a message of each code
	counts := map[string]string{}    // by the name of a code
	for _, m := range p.messages {
		t := m.target
		report := func(text, hint string) {
			wrong = append(wrong, RuleMapping.At(file, at[m.ID], fmt.Sprintf("%q: %s", m.ID, text), hint))
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
			wrong = append(wrong, RuleMapping.At(file, at[missing[name].ID],
				fmt.Sprintf("the code %s has no title", name), "make one of its messages the title"))
		}
	}
	return wrong
}
