package localetest

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/texttable"
)

// values are the arguments that each text is rendered with, made from the examples of the params.
var values = []struct {
	name string
	of   func(example *format.Value) format.Value
}{
	{"examples", func(example *format.Value) format.Value { return *example }},
	{"longest", texttable.Longest},
	{"left to right", text("Kim (kim@example.com)!")},
	{"right to left", text("(שלום) مرحبا!")},
}

// text returns a function that replaces texts, also in lists, by another one.
func text(with string) func(example *format.Value) format.Value {
	var replace func(example *format.Value) format.Value
	replace = func(example *format.Value) format.Value {
		switch kind := example.Kind(); kind {
		case format.String, format.Literal:
			return format.Text(kind, with)
		case format.List:
			list := example.Styled(0) // a copy, so its values may be changed
			for i, value := range list.Values() {
				list.Values()[i] = replace(&value)
			}
			return list
		}
		return *example
	}
	return replace
}

// rendered checks each text with each set of arguments, in each plural form.
func (f *file) rendered() {
	loc := f.Bundle.LocalizerFor(f.Tag)
	for code := range f.Codes() {
		for _, set := range values {
			for _, n := range f.counts(access.CodeOf(code).Count >= 0) {
				err := code.Example() // Nobody else has it yet, so its arguments may be changed.
				fill(access.ArgsOf(err), &access.CodeOf(code).Model.Signature, set.of, n)
				m := loc.Localize(err)
				f.shown(code.Name()+".title", set.name, m.Title)
				f.shown(code.Name()+".detail", set.name, m.Detail)
				if code.Spec().Help != "" {
					f.shown(code.Name()+".help", set.name, m.Help)
				}
			}
		}
	}
	for phrase := range f.Phrases() {
		for _, set := range values {
			data, _ := access.PhraseOf(phrase)
			for _, n := range f.counts(data.Count >= 0) {
				with := phrase.With() // a copy, so its arguments may be changed
				_, args := access.PhraseOf(with)
				fill(args, &data.Model.Signature, set.of, n)
				f.shown("phrases."+phrase.Name(), set.name, loc.Phrase(with))
			}
		}
	}
	for label := range f.Labels() {
		f.shown("labels."+label.Name(), "no argument", loc.Label(label))
	}
}

// counts returns two counts for each plural form, and 0 for texts that have words of their own for
// it. A text without a count is rendered once.
func (f *file) counts(plural bool) []uint64 {
	counts := []uint64{0}
	if plural {
		for category := range f.locale.Rule.Integers().All() {
			counts = append(counts, f.locale.Rule.Examples(category, 2)...)
		}
	}
	return counts
}

// fill makes the arguments. The count is n unless the longest is asked for.
func fill(
	args []format.Value, s *model.Signature, of func(example *format.Value) format.Value, n uint64,
) {
	for i := range s.Params {
		p := &s.Params[i]
		args[i] = of(&p.Example).Styled(p.Style)
		if p.Name == s.Count {
			args[i] = format.Whole(format.Int, false, n)
		}
	}
}

// shown checks a text as a reader sees it.
func (f *file) shown(id, set string, text errlingo.Text) {
	dir := "ltr"
	if slices.Contains([]string{"ar", "he"}, f.Tag.String()) {
		dir = "rtl"
	}
	switch leak := f.leak(text.Value); {
	case text.Value == "":
		f.t.Errorf("%s with %s is empty", id, set)
	case text.Locale != f.Tag:
		f.t.Errorf("%s with %s is in %v: %s", id, set, text.Locale, text.Value)
	case text.Dir != dir:
		f.t.Errorf("%s with %s runs %s, want %s", id, set, text.Dir, dir)
	case strings.ContainsAny(text.Value, "{}"):
		f.t.Errorf("%s with %s has braces: %s", id, set, text.Value)
	case leak != "":
		f.t.Errorf("%s with %s has %q, which could turn the text beside it: %.200q",
			id, set, leak, text.Value)
	}
}
