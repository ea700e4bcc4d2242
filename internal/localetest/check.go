// Package localetest checks that the texts of a domain are fit to be shown in each language: what
// package lint cannot see in one text alone. It is for tests.
package localetest

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// Domain is a domain with its locale files and what is intended in them.
type Domain struct {
	*catalog.Domain
	Bundle *errlingo.Bundle // has the locale files, and those of other domains whose labels are shown
	Files  fs.FS
	// Long has the reasons for texts that have more than twice as many characters as the source text
	// and 40 more, by language and ID, such as "de OUT_OF_STOCK.detail".
	Long map[string]string
}

// Check checks each locale file, and each text as its readers see it.
func (d *Domain) Check(t *testing.T) {
	t.Helper()
	names, err := localefile.Find(d.Files)
	if err != nil || len(names) < 3 {
		t.Fatalf("locale files %v, %v; want three at least", names, err)
	}
	var long []string
	for _, name := range names {
		t.Run(path.Base(name), func(t *testing.T) {
			f := d.read(t, name)
			f.head()
			f.goI18n()
			for m := range f.model.Messages() {
				entry := f.entries[m.ID]
				if entry == nil {
					if !m.Optional() {
						t.Errorf("%v is missing", m.ID)
					}
					continue
				}
				f.forms(&m, entry)
				f.language(&m, entry)
				if f.length(&m, entry) {
					long = append(long, f.Tag.String()+" "+m.ID.String())
				}
			}
			f.rendered()
		})
	}
	for text := range d.Long {
		if !slices.Contains(long, text) {
			t.Errorf("%s is not long, so it needs no reason", text)
		}
	}
}

// file is a locale file that is checked.
type file struct {
	*localefile.File
	*Domain
	t       *testing.T
	src     []byte
	model   *model.Domain
	entries map[model.ID]*localefile.Entry
	locale  pattern.Locale
}

func (d *Domain) read(t *testing.T, name string) *file {
	t.Helper()
	tag, misnamed := localefile.TagOf(name)
	if misnamed != nil {
		t.Fatal(misnamed.Detail())
	}
	src, err := localefile.ReadFile(d.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	read, syntax, findings := localefile.Read(name, tag, src)
	if len(syntax)+len(findings) > 0 {
		t.Fatal(syntax, findings)
	}
	f := &file{
		File: read, Domain: d, t: t, src: src, model: access.Model(d.Domain),
		entries: map[model.ID]*localefile.Entry{}, locale: pattern.NewLocale(tag),
	}
	for i := range read.Entries {
		f.entries[read.Entries[i].ID] = &read.Entries[i]
	}
	return f
}

// drafted is the line that a translation begins with, perhaps after others.
var drafted = regexp.MustCompile(`(?m)\A(#[^.,|].*\n)*?# Drafted by machine\b`)

// head checks that the file says at its head who has made the texts.
func (f *file) head() {
	if f.Tag != f.SourceLocale() && !drafted.Match(f.src) {
		f.t.Errorf("the first lines do not say who drafted the texts, and who has read them:\n%.200s",
			f.src)
	}
}

// forms checks that a text has just the plural forms that a whole number can take. Weblate knows no
// others, and drops them.
func (f *file) forms(m *model.Message, entry *localefile.Entry) {
	want := plural.SetOf(plural.Other)
	if m.Counts() {
		want = f.locale.Rule.Integers()
	}
	var got []plural.Category
	for c, form := range entry.Forms {
		if form.Present() {
			got = append(got, plural.Category(c))
		}
	}
	if plural.SetOf(got...) != want {
		f.t.Errorf("%v has the forms %v, want %v", m.ID, plural.SetOf(got...), want)
	}
}

// goI18n loads the file into go-i18n as it is, and compares each form of each text.
func (f *file) goI18n() {
	peer := i18n.NewBundle(language.English)
	peer.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	loaded, err := peer.ParseMessageFileBytes(f.src, path.Base(f.Name))
	if err != nil {
		f.t.Error(err)
		return
	}
	if len(loaded.Messages) != len(f.entries) {
		f.t.Errorf("go-i18n has %d texts, want %d", len(loaded.Messages), len(f.entries))
	}
	reader := i18n.NewLocalizer(peer, f.Tag.String())
	for m := range f.model.Messages() {
		entry := f.entries[m.ID]
		if entry == nil {
			continue
		}
		text := compile(&m, entry)
		for category := range f.locale.Rule.Integers().All() {
			config := &i18n.LocalizeConfig{MessageID: m.ID.String(), TemplateData: names(m.Signature)}
			var args []format.Value
			if m.Counts() {
				// Not the first: go-i18n 2.7 has a rule for Vietnamese in which 0 and 1 have a form of
				// their own, unlike CLDR 48.
				examples := f.locale.Rule.Examples(category, 3)
				n := examples[len(examples)-1]
				args, config.PluralCount = f.count(&m, n, config.TemplateData.(map[string]string))
			}
			want, err := reader.Localize(config)
			if err != nil {
				f.t.Errorf("go-i18n: %v", err)
				continue
			}
			got, _ := text.Append(nil, &f.locale, args, m.ParamIndex(m.Count), &format.Context{})
			if string(got) != want {
				f.t.Errorf("%v is %q, go-i18n has %q", m.ID, got, want)
			}
		}
	}
}

// names returns data for a template that shows each param as a pattern shows a missing argument.
func names(s *model.Signature) map[string]string {
	data := map[string]string{}
	for _, name := range s.ParamNames() {
		data[name] = "{" + name + "}"
	}
	return data
}

// count returns the arguments of a text with this count and no others, and what go-i18n needs for
// the same.
func (f *file) count(m *model.Message, n uint64, data map[string]string) ([]format.Value, string) {
	index := m.ParamIndex(m.Count)
	args := make([]format.Value, len(m.Params))
	args[index] = format.Whole(format.Int, false, n)
	data[m.Count] = string(f.locale.Values.Append(nil, &args[index], &format.Context{}))
	return args, strconv.FormatUint(n, 10)
}

// compile returns a text of the file, ready to be rendered.
func compile(m *model.Message, entry *localefile.Entry) pattern.Text {
	var forms pattern.Forms
	for c, form := range entry.Forms {
		forms[c], _ = pattern.Compile(form.Text, m.ParamIndex)
	}
	return pattern.NewText(&forms)
}

// length reports whether a text is long. It is an error unless there is a reason.
func (f *file) length(m *model.Message, entry *localefile.Entry) bool {
	most := 0
	for _, form := range m.Text.Forms {
		most = max(most, 2*length(form)+40)
	}
	for _, form := range entry.Forms {
		if n := length(form.Text); n > most {
			if f.Long[f.Tag.String()+" "+m.ID.String()] == "" {
				f.t.Errorf("%v has %d characters, more than twice the source text and 40: %s",
					m.ID, n, form.Text)
			}
			return true
		}
	}
	return false
}

var placeholder = regexp.MustCompile(`\{\{ *\.\w+ *\}\}`)

// length counts the characters of a form besides its placeholders.
func length(form string) int {
	return utf8.RuneCountInString(placeholder.ReplaceAllString(form, ""))
}

// own returns the words of a form that are not from arguments.
func own(form string) string {
	return strings.Join(placeholder.Split(form, -1), " \ufffc ")
}
