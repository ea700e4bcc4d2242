package exchange_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// extensions are what the names of files end with, by format.
var extensions = map[exchange.Format]string{
	exchange.PO: ".po", exchange.XLIFF1: ".xlf", exchange.XLIFF2: ".xlf", exchange.CSV: ".csv",
}

// sample returns a file with a text in every state, and everything that a text can have.
func sample() *exchange.File {
	return &exchange.File{
		Domain: "shop", Source: language.English, Target: language.Polish,
		Texts: []exchange.Text{
			{
				ID: "OUT_OF_STOCK.title", Context: []string{"1201 OUT_OF_STOCK, HTTP 409", "The buyer asked for more."},
				Comments: []string{"Like the old site.", ", not a flag"}, Max: 40,
				Forms: []exchange.Form{{Category: plural.Other, Source: "Sold out", Previous: "Out of stock",
					Target: "Brak \"towaru\"\\ <b>&amp;", State: state.Stale}},
			},
			{
				ID: "OUT_OF_STOCK.detail", Plural: true, Context: []string{"{{.Left}} whole number, for example 3"},
				Singular: "Only one piece.", FormerSingular: "One piece.",
				Forms: []exchange.Form{
					{Category: plural.One, Numbers: "1", Source: "Only one piece.", Previous: "One piece.", Target: "Jedna.", State: state.Stale},
					{Category: plural.Few, Numbers: "2, 3", Source: "Only {{.Left}} pieces.", Target: "Tylko {{.Left}}\nsztuki.", State: state.Stale, Previous: "{{.Left}} pieces."},
					{Category: plural.Many, Numbers: "0, 5", Source: "Only {{.Left}} pieces.", State: state.Missing, Previous: ""},
				},
			},
			{ID: "OUT_OF_STOCK.help", Forms: []exchange.Form{{Category: plural.Other, Source: "=1+1", Target: "-2", State: state.Review}}},
			{ID: "labels.email", Forms: []exchange.Form{{Category: plural.Other, Source: "'e-mail", Target: "\te-mail ", State: state.Translated}}},
			{ID: "phrases.rooms", Forms: []exchange.Form{{Category: plural.Other, Source: "rooms", State: state.Missing}}},
		},
	}
}

// asRead returns what a file is expected to be read as that was written in the format.
func asRead(f *exchange.File, format exchange.Format) *exchange.File {
	read := *f
	read.Texts = slices.Clone(f.Texts)
	for i := range read.Texts {
		t := &read.Texts[i]
		t.Forms = slices.Clone(t.Forms)
		fuzzy, former := false, t.FormerSingular != ""
		for n := range t.Forms {
			fuzzy = fuzzy || t.Forms[n].State == state.Stale || t.Forms[n].State == state.Review
			former = former || t.Forms[n].Previous != ""
		}
		for n := range t.Forms {
			form := &t.Forms[n]
			form.Numbers = ""
			switch {
			case form.Target == "":
				form.State = state.Missing
			case format == exchange.PO && fuzzy && former:
				form.State = state.Stale
			case format == exchange.PO && fuzzy:
				form.State = state.Review
			}
			if format == exchange.PO && t.Plural && n == len(t.Forms)-1 && form.Previous == "" {
				form.Previous = t.Forms[max(n-1, 0)].Previous // They have one source form.
			}
		}
		if format != exchange.PO {
			t.Singular, t.FormerSingular = "", ""
		}
		if format != exchange.CSV {
			t.Max = 0
		}
		t.Context = nil // is for people
	}
	return &read
}

// withoutPlaces returns what was read without what says where it was.
func withoutPlaces(f *exchange.File) *exchange.File {
	plain := *f
	plain.Name = ""
	plain.Texts = slices.Clone(f.Texts)
	for i := range plain.Texts {
		t := &plain.Texts[i]
		t.Pos.Line, t.Pos.Column, t.Context = 0, 0, nil
		if len(t.Comments) == 0 {
			t.Comments = nil
		}
		t.Forms = slices.Clone(t.Forms)
		for n := range t.Forms {
			t.Forms[n].Pos.Line, t.Forms[n].Pos.Column = 0, 0
		}
	}
	return &plain
}

func TestReadBack(t *testing.T) {
	for format, extension := range extensions {
		t.Run(string(format), func(t *testing.T) {
			f := sample()
			out, wrong := exchange.Write(format, f)
			if len(wrong) > 0 {
				t.Fatal(wrong)
			}
			for _, newline := range []string{"\n", "\r\n"} {
				src := strings.ReplaceAll(string(out), "\n", newline)
				got, findings := exchange.Read("pl"+extension, language.Und, []byte(src))
				if len(findings) > 0 {
					t.Fatalf("%v\n%s", findings, src)
				}
				want := asRead(f, format)
				if got := withoutPlaces(got); !reflect.DeepEqual(got, want) {
					t.Errorf("read back as\n%+v\nwant\n%+v\nof\n%s", got, want, src)
				}
				for i := range got.Texts {
					if got.Texts[i].Pos.Line == 0 {
						t.Errorf("%s has no position", got.Texts[i].ID)
					}
				}
			}
		})
	}
}

func TestControlCharacters(t *testing.T) {
	for format := range extensions {
		f := sample()
		f.Texts[0].Forms[0].Target = "a\x00b"
		if out, wrong := exchange.Write(format, f); len(wrong) != 1 || out != nil {
			t.Errorf("%s: written with %v", format, wrong)
		}
	}
}

const (
	poHead     = "msgid \"\"\nmsgstr \"Language: pl\\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n\"\n\n"
	xliff1Head = `<xliff version="1.2"><file original="shop" source-language="en" target-language="pl"><body>`
	xliff1Tail = "</body></file></xliff>"
)

// TestRefused checks that a file that cannot be read is reported with the place.
func TestRefused(t *testing.T) {
	tests := []struct{ name, file, src, want string }{
		{"UTF-16", "a.csv", "\xFF\xFEi\x00d\x00", `a.csv:1:1: the file is UTF-16`},
		{"mixed encodings", "a.po", poHead + "msgctxt \"ä\xE4\"\n", `a.po:4:11: the byte 0xE4 is not UTF-8`},
		{"a control character", "a.po", "\n\"\x00\"", `a.po:2:2: the control character U+0000 is not allowed`},
		{"another charset", "a.po", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-2\\n\"\n", `a.po:1:1: the charset is "ISO-8859-2"`},
		{"no PO", "a.po", "<html>\n", `a.po:1:1: "<html>" is not a line of a PO file`},
		{"an empty PO file", "a.po", "\n", `a.po:1:1: the file has no header`},
		{"no msgctxt", "a.po", poHead + "msgid \"a\"\nmsgstr \"b\"\n", `a.po:4:1: "a" has no msgctxt`},
		{"no msgid", "a.po", poHead + "msgctxt \"a\"\nmsgstr \"b\"\n", `a.po:4:1: an entry without msgid`},
		{"no msgstr", "a.po", poHead + "msgctxt \"a\"\nmsgid \"b\"\n", `a.po:4:1: an entry without msgstr`},
		{"a field twice", "a.po", poHead + "msgctxt \"A.title\"\nmsgid \"b\"\n msgid \"c\"\nmsgstr \"\"\n", `a.po:6:2: msgid is in the entry twice`},
		{"an open quotation mark", "a.po", poHead + "msgid \"a\n", `a.po:4:7: the text has no last quotation mark`},
		{"text behind it", "a.po", poHead + "msgid \"a\" b\"\n", `a.po:4:7: something follows the text's last quotation mark`},
		{"an escape", "a.po", poHead + `msgid "\q"` + "\n", `a.po:4:7: the escape \q is not supported`},
		{"a lone text", "a.po", "\"a\"\n", `a.po:1:1: a text without a keyword`},
		{"a keyword", "a.po", "domain \"a\"\n", `a.po:1:1: "domain" is not a keyword`},
		{"a text twice in PO", "a.po", poHead + strings.Repeat("msgctxt \"A.title\"\nmsgid \"a\"\nmsgstr \"b\"\n\n", 2), `a.po:8:1: A.title is in the file twice`},
		{"bad plural forms", "a.po", "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=n = 1;\\n\"\n", `a.po:1:1: Plural-Forms: the expression cannot be read`},
		{"plural forms of another language", "a.po", strings.Replace(poHead, "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)", "nplurals=2; plural=n>1", 1) +
			"msgctxt \"A.detail\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"\"\n", `a.po:4:1: the header's Plural-Forms has no form of its own for many`},
		{"a document type", "a.xlf", "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n", `a.xlf:2:1: a document type is not allowed`},
		{"an entity", "a.xlf", xliff1Head + "\n<trans-unit id=\"A.title\"><source>&boom;</source></trans-unit>", `a.xlf:2:40: invalid character entity &boom;`},
		{"no XML", "a.xlf", "{}", `a.xlf:1:1: the file is not XLIFF`},
		{"another root", "a.xlf", "<a/>", `a.xlf:1:1: the file is not XLIFF 1.2 or 2.0`},
		{"another version", "a.xlf", `<xliff version="3.0"/>`, `a.xlf:1:1: the file is not XLIFF 1.2 or 2.0`},
		{"an encoding", "a.xlf", `<?xml version="1.0" encoding="ISO-8859-1"?><xliff/>`, `encoding "ISO-8859-1" declared but Decoder.CharsetReader is nil`},
		{"an open element", "a.xlf", xliff1Head, `a.xlf:1:`},
		{"markup", "a.xlf", xliff1Head + "\n <trans-unit id=\"A.title\"><source>a</source><target>b<x id=\"1\"/></target></trans-unit>" + xliff1Tail, `a.xlf:2:2: A.title has <x> in its text`},
		{"no ID", "a.xlf", xliff1Head + "<trans-unit><source>a</source></trans-unit>" + xliff1Tail, `a unit has no id`},
		{"a form twice", "a.xlf", xliff1Head + "\n" + strings.Repeat("<trans-unit id=\"A.detail.one\"/>\n", 2) + xliff1Tail, `a.xlf:3:1: A.detail.one is in the file twice`},
		{"no form", "a.xlf", xliff1Head + "\n<trans-unit id=\"A.detail.seven\"/>" + xliff1Tail, `a.xlf:2:1: "seven" is not a plural category`},
		{"no language", "a.xlf", `<xliff version="1.2"><file target-language="Polish language"/></xliff>`, `"Polish language" is not a language tag`},
		{"an empty CSV file", "a.csv", "", `a.csv:1:1: the file is empty`},
		{"no column id", "a.csv", "name,target\n", `a.csv:1:1: there is no column "id"`},
		{"a column twice", "a.csv", "id,target,target (de)\n", `a.csv:1:11: there are two columns "target"`},
		{"a quotation mark", "a.csv", "id,target\nA.title,ä\"b\n", `a.csv:2:10: bare " in non-quoted`},
		{"a state", "a.csv", "id,state,target\nA.title,done,b\n", `a.csv:2:9: "done" is not a state`},
		{"a form in CSV", "a.csv", "id,form,target\nA.title,seven,b\n", `a.csv:2:9: "seven" is not a plural category`},
		{"bad TOML", "pl.toml", "a = \n", `pl.toml:1:`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, findings := exchange.Read(test.file, language.Polish, []byte(test.src))
			if len(findings) == 0 || !strings.Contains(findings.Error(), test.want) {
				t.Errorf("got %v, want %s", findings, test.want)
			}
		})
	}
}

// TestOtherPrograms checks what other programs write, and ours do not.
func TestOtherPrograms(t *testing.T) {
	tests := []struct{ name, file, src, want string }{
		{"PO with forms in another order", "a.po", strings.Replace(poHead, "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", "n==1 ? 2 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 0 : 1", 1) +
			"msgctxt \"A.detail\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"few\"\nmsgstr[1] \"many\"\nmsgstr[2] \"one\"\n",
			"A.detail one one, few few, many many"},
		{"PO with references, obsolete entries and no empty lines", "a.po", poHead +
			"#: a.go:1\n#, c-format\nmsgctxt \"A.title\"\nmsgid \"\"\n\"a\"\n\"b\"\nmsgstr \"c\"\nmsgctxt \"B.title\"\nmsgid \"d\"\nmsgstr \"e\"\n#~ msgctxt \"C.title\"\n#~ msgid \"f\"\n#~ msgstr \"g\"\n",
			"A.title c; B.title e"},
		{"PO with a tab before the text", "a.po", poHead + "msgctxt\t\"A.title\"\n  msgid   \"a\"\nmsgstr\t\"c\"", "A.title c"},
		{"XLIFF with marks", "a.xlf", xliff1Head + `<trans-unit id="A.title"><source>a</source><seg-source><mrk mtype="seg" mid="0">a</mrk></seg-source><target><mrk mtype="seg" mid="0">b</mrk> <mrk>c</mrk></target></trans-unit>` + xliff1Tail, "A.title b c"},
		{"XLIFF with CDATA and groups", "a.xlf", xliff1Head + `<group><trans-unit id="A.title"><source>a</source><target><![CDATA[b < c]]></target></trans-unit></group>` + xliff1Tail, "A.title b < c"},
		{"XLIFF 2 with segments", "a.xlf", `<xliff version="2.1" srcLang="en" trgLang="pl"><file id="f"><unit id="A.title"><segment state="final"><source>a.</source><target>b.</target></segment><ignorable><source> </source><target> </target></ignorable><segment state="final"><source>c</source><target>d</target></segment></unit></file></xliff>`, "A.title b. d"},
		{"CSV with semicolons and own columns", "a.csv", "target;note;id\n\"b;c\";x;A.title\n;;\n", "A.title b;c"},
		{"a short row", "a.csv", "id,target,state\nA.title\n", "A.title"},
		{"a form without a plural", "pl.toml", "[A]\ntitle = \"b\"\n", "A.title b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, findings := exchange.Read(test.file, language.Polish, []byte(test.src))
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			var texts []string
			for _, text := range f.Texts {
				var forms []string
				for _, form := range text.Forms {
					target := form.Target
					if text.Plural {
						target = form.Category.String() + " " + target
					}
					forms = append(forms, target)
				}
				texts = append(texts, strings.TrimSpace(text.ID+" "+strings.Join(forms, ", ")))
			}
			if got := strings.Join(texts, "; "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestTOML checks what a locale file says by its comments.
func TestTOML(t *testing.T) {
	const src = `# Formal.

#. 1201 OUT_OF_STOCK, HTTP 409
# mine
[OUT_OF_STOCK.detail]
#. en.one:   "One piece."
#. en.other: "{{.N}} pieces."
#, stale
#| en.other: "{{.N}} left."
# inside
one = "a" # behind
other = "b"

[OUT_OF_STOCK.title]
other = ""
`
	f, findings := exchange.Read("de.toml", language.German, []byte(src))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	want := []exchange.Text{
		{ID: "OUT_OF_STOCK.detail", Plural: true, Comments: []string{"mine", "inside", "behind"}, Forms: []exchange.Form{
			{Category: plural.One, Source: "One piece.", Previous: "{{.N}} left.", Target: "a", State: state.Stale},
			{Category: plural.Other, Source: "{{.N}} pieces.", Previous: "{{.N}} left.", Target: "b", State: state.Stale},
		}},
		{ID: "OUT_OF_STOCK.title", Forms: []exchange.Form{{Category: plural.Other}}},
	}
	if got := withoutPlaces(f).Texts; !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// TestFormulas checks that no cell of a CSV file begins like a formula.
func TestFormulas(t *testing.T) {
	for _, text := range []string{"=cmd|'/C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "'=1", "''", "'a"} {
		f := sample()
		f.Texts = f.Texts[2:3]
		f.Texts[0].Forms[0].Target = text
		out, _ := exchange.Write(exchange.CSV, f)
		if !strings.Contains(string(out), "'"+text[:1]) {
			t.Errorf("%q is written as it is: %s", text, out)
		}
		got, findings := exchange.Read("a.csv", language.Und, out)
		if len(findings) > 0 || got.Texts[0].Forms[0].Target != text {
			t.Errorf("%q is read as %+v, %v", text, got, findings)
		}
	}
}

func TestWords(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0}, {"Out of stock", 3}, {"Only {{.Left}} pieces of {{.Item}} are left.", 7}, {"a – b", 2}, {" 25 MB\n", 2},
	}
	for _, test := range tests {
		if got := exchange.Words(test.text); got != test.want {
			t.Errorf("%q has %d words, want %d", test.text, got, test.want)
		}
	}
}
