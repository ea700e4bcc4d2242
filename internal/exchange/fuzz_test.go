package exchange_test

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

func FuzzPO(f *testing.F)     { fuzz(f, exchange.PO) }
func FuzzXLIFF1(f *testing.F) { fuzz(f, exchange.XLIFF1) }
func FuzzXLIFF2(f *testing.F) { fuzz(f, exchange.XLIFF2) }
func FuzzCSV(f *testing.F)    { fuzz(f, exchange.CSV) }

// fuzz checks a format: no file makes the reader panic, each finding is about a place in the file,
// and a text that is written is read as it was.
func fuzz(f *testing.F, format exchange.Format) {
	out, _ := exchange.Write(format, sample())
	f.Add(string(out), "a", "b", "c", "d", uint8(1))
	f.Add("", "Only {{.N}}\n", "=1", "", "# e", uint8(7))
	f.Add(poHead, "\"\\", "\t\r", "a", "", uint8(2))
	f.Add(xliff1Head, "<&>", "]]>", "x", "\n. y", uint8(3))
	f.Fuzz(func(t *testing.T, src, source, target, previous, comment string, bits uint8) {
		read, findings := exchange.Read("a"+extensions[format], language.Polish, []byte(src))
		for _, found := range findings {
			if found.Line < 1 || found.Line > 2+strings.Count(src, "\n") || found.Column < 1 {
				t.Fatalf("a finding out of the file: %v", found)
			}
		}
		if len(findings) == 0 && read == nil {
			t.Fatal("neither a file nor a finding")
		}

		if source == "" || len(source)+len(target)+len(previous) > 1000 {
			return
		}
		s := state.State(bits % 4)
		if strings.TrimSpace(target) == "" {
			target, s = "", state.Missing
		}
		if s != state.Stale || previous == source {
			previous = ""
		}
		if s == state.Missing {
			target = ""
		}
		text := exchange.Text{ID: "A.detail", Comments: commentLines(comment)}
		if text.Plural = bits&4 != 0; text.Plural {
			text.Singular, text.FormerSingular = source+"1", previous
			if previous == text.Singular {
				text.FormerSingular = ""
			}
			text.Forms = []exchange.Form{
				{Category: plural.One, Source: text.Singular, Previous: text.FormerSingular, Target: target, State: s},
				{Category: plural.Few, Source: source, Previous: previous, Target: target, State: s},
				{Category: plural.Many, Source: source, Previous: previous, Target: target, State: s},
			}
		} else {
			text.Forms = []exchange.Form{{Category: plural.Other, Source: source, Previous: previous, Target: target, State: s}}
		}
		file := &exchange.File{Domain: "shop", Source: language.English, Target: language.Polish, Texts: []exchange.Text{text}}
		written, wrong := exchange.Write(format, file)
		if len(wrong) > 0 {
			return
		}
		got, findings := exchange.Read("a"+extensions[format], language.Und, written)
		if len(findings) > 0 {
			t.Fatalf("%v\n%s", findings, written)
		}
		want := asRead(file, format)
		if format == exchange.CSV { // which has one kind of line end
			for i := range want.Texts[0].Forms {
				form := &want.Texts[0].Forms[i]
				form.Source, form.Target = oneNewline(form.Source), oneNewline(form.Target)
				form.Previous = oneNewline(form.Previous)
			}
		}
		if got := withoutPlaces(got); !reflect.DeepEqual(got, want) {
			t.Fatalf("read back as\n%+v\nwant\n%+v\nof\n%s", got, want, written)
		}
	})
}

func oneNewline(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

func commentLines(comment string) (lines []string) {
	for line := range strings.SplitSeq(comment, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// FuzzPluralForms checks that no header makes the reader panic, and that the forms are those that the
// header has.
func FuzzPluralForms(f *testing.F) {
	f.Add("nplurals=2; plural=(n != 1);", uint64(3))
	f.Add("nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n/0 ? 1 : 2;", uint64(5))
	f.Fuzz(func(t *testing.T, header string, n uint64) {
		exchange.Read("a.po", language.Polish, []byte(strings.Replace(poHead, "Plural-Forms: ", "Plural-Forms: "+
			strings.NewReplacer(`"`, "", `\`, "", "\n", "").Replace(header)+`\n`, 1)+
			"msgctxt \"A.detail\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n"))
	})
}
