package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// shop is a domain with a text of each sort.
func shop() *model.Domain {
	return &model.Domain{
		Name: "shop", Source: language.English,
		Codes: []model.Code{{
			Number: 1201, Name: "OUT_OF_STOCK",
			Signature: model.Signature{Count: "Left", Params: []model.Param{
				{Name: "Item", Kind: "string", FormerNames: []string{"Thing"}, Public: true}, {Name: "Left", Kind: "int", Public: true},
			}},
			Texts: [model.NumParts]model.Text{
				model.Title: text("Out of stock"),
				model.Detail: {Forms: [plural.NumCategories]string{
					plural.One:   "Only one {{.Item}} is left.",
					plural.Other: "Only {{.Left}} pieces of {{.Item}} are left.",
				}},
				model.Help: text("Choose a smaller quantity, please."),
			},
		}},
		Labels: []model.Label{{Name: "email", Text: text("e-mail address")}},
	}
}

// domain returns a domain of one code with the title, which takes the params.
func domain(title string, params ...string) *model.Domain {
	code := model.Code{Number: 1, Name: "A_CODE"}
	code.Texts[model.Title] = text(title)
	for _, name := range params {
		code.Params = append(code.Params, model.Param{Name: name, Kind: "string", Public: true})
	}
	return &model.Domain{Name: "shop", Source: language.English, Codes: []model.Code{code}}
}

func text(other string) model.Text {
	var t model.Text
	t.Forms[plural.Other] = other
	return t
}

func read(t *testing.T, tag, src string) *localefile.File {
	t.Helper()
	f, syntax, texts := localefile.Read("locales/"+tag+".toml", language.MustParse(tag), []byte(src))
	if err := append(syntax, texts...).Err(); err != nil {
		t.Fatal(err)
	}
	return f
}

// check returns the findings of a file as "line:column rule". That the title of a domain of one code
// has a placeholder, which spares the tests a detail, is not among them.
func check(t *testing.T, d *model.Domain, tag, src string) (short []string, full diag.List) {
	t.Helper()
	full = lint.Check(d, []*localefile.File{read(t, tag, src)}, nil, nil)
	full = slices.DeleteFunc(full, func(f diag.Finding) bool {
		return f.Rule == lint.RuleTitlePlaceholder.ID && f.Line == 0
	})
	for _, f := range full {
		short = append(short, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	return short, full
}

func expect(t *testing.T, d *model.Domain, tag, src string, want []string) {
	t.Helper()
	got, full := check(t, d, tag, src)
	if !slices.Equal(got, want) {
		t.Errorf("%s\ngot  %q\nwant %q\n%v", src, got, want, full)
	}
}

func TestWholeFileWithoutFindings(t *testing.T) {
	expect(t, shop(), "de", `
[OUT_OF_STOCK.title]
other = "Nicht vorrätig"

[OUT_OF_STOCK.detail]
one = "Nur noch ein Stück von {{.Item}}."
other = "Nur noch {{.Left}} Stück von {{.Thing}}."

[OUT_OF_STOCK.help]
other = "Wählen Sie bitte eine kleinere Menge."

[labels.email]
other = "E-Mail-Adresse"
`, nil)
}

// TestPhrases checks that a phrase is compared with its source as a detail is, and that its name
// doesn't make it one of a code's texts.
func TestPhrases(t *testing.T) {
	d := shop()
	title := model.Phrase{Name: "title", Text: text("{{.N}} pieces."),
		Signature: model.Signature{Count: "N", Params: []model.Param{{Name: "N", Kind: "int", Public: true}}}}
	title.Text.Forms[plural.One] = "One piece."
	d.Phrases = []model.Phrase{title}
	tests := []struct {
		name, src string
		want      []string
	}{
		{"right", "one = \"Ein Stück.\"\nother = \"{{.N}} Stück.\"", nil},
		{"form missing", "other = \"{{.N}} Stück.\"", []string{"1:1 missing-category"}},
		{"placeholder missing", "one = \"Ein Stück.\"\nother = \"Stück.\"", []string{"3:10 missing-placeholder"}},
		{"unknown placeholder", "one = \"Ein Stück.\"\nother = \"{{.M}} Stück.\"", []string{"3:10 unknown-placeholder"}},
		{"not a form of German", "one = \"Ein Stück.\"\nfew = \"{{.N}} S.\"\nother = \"{{.N}} Stück.\"",
			[]string{"3:8 impossible-category"}},
		{"punctuation", "one = \"Ein Stück\"\nother = \"{{.N}} Stück.\"", []string{"2:16 punctuation"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { expect(t, d, "de", "[phrases.title]\n"+test.src, test.want) })
	}
	expect(t, d, "de", "[phrases.titel]\nother = \"x\"\n", []string{"1:1 unknown-phrase"})
}

func TestEmptyTextsAndSparseFilesHaveNoFindings(t *testing.T) {
	expect(t, shop(), "de",
		"[OUT_OF_STOCK.detail]\none = \"\"\nother = \"\"\n[OUT_OF_STOCK.title]\nother = \"\"\n", nil)
	expect(t, shop(), "de-AT", "", nil)
}

func TestFaultsOfTextsAreIncluded(t *testing.T) {
	expect(t, shop(), "de", `[OUT_OF_STOCK.title]
other = "Nicht {{Item}} vorrätig"
[OUT_OF_STOCK.help]
other = "Wählen Sie {{.item}} kleiner."
[OUT_OF_STOK.title]
other = "Nicht vorrätig"
[labels.mail]
other = "E-Mail-Adresse"
`, []string{"2:16 placeholder-syntax", "4:21 unknown-placeholder", "5:1 unknown-code", "7:1 unknown-label"})
}

func TestMissingPlaceholder(t *testing.T) {
	tests := []struct {
		name string
		tag  string
		src  string
		want []string
	}{
		{"a form for one number needs no count", "de",
			"[OUT_OF_STOCK.detail]\none = \"Ein {{.Item}} ist noch da.\"\n" +
				"other = \"{{.Left}} {{.Item}} sind da.\"", nil},
		{"other needs the count", "de",
			"[OUT_OF_STOCK.detail]\none = \"Ein {{.Item}} ist noch da.\"\n" +
				"other = \"Einige {{.Item}} sind da.\"", []string{"3:10 missing-placeholder"}},
		{"every form needs the item", "de",
			"[OUT_OF_STOCK.detail]\none = \"Eines ist noch da.\"\nother = \"{{.Left}} {{.Item}} sind da.\"",
			[]string{"2:8 missing-placeholder"}},
		{"a Russian one is 21, too", "ru",
			"[OUT_OF_STOCK.detail]\none = \"Один {{.Item}}.\"\nfew = \"{{.Left}} {{.Item}}.\"\n" +
				"many = \"{{.Left}} {{.Item}}.\"\nother = \"{{.Left}} {{.Item}}.\"",
			[]string{"2:8 missing-placeholder"}},
		{"a French one is 0, too", "fr",
			"[OUT_OF_STOCK.detail]\none = \"Un seul {{.Item}}.\"\nmany = \"{{.Left}} {{.Item}}.\"\n" +
				"other = \"{{.Left}} {{.Item}}.\"",
			[]string{"2:8 missing-placeholder"}},
		{"a form at fault is reported once", "de",
			"[OUT_OF_STOCK.detail]\none = \"Ein {{.Itme}} ist da.\"\n" +
				"other = \"{{.Left}} {{.Item}} sind da.\"", []string{"2:12 unknown-placeholder"}},
		{"an earlier name serves", "de",
			"[OUT_OF_STOCK.detail]\none = \"Ein {{.Thing}} ist da.\"\n" +
				"other = \"{{.Left}} {{ .Thing }} sind da.\"", nil},
		{"V6: Vietnamese has one form", "vi",
			"[OUT_OF_STOCK.detail]\nother = \"Chỉ còn {{.Left}} {{.Item}}.\"", nil},
		{"the one form of Japanese needs all", "ja",
			"[OUT_OF_STOCK.detail]\nother = \"残りわずかです。\"",
			[]string{"2:10 missing-placeholder", "2:10 missing-placeholder"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, shop(), tt.tag, tt.src, tt.want) })
	}
}

func TestBlank(t *testing.T) {
	expect(t, shop(), "de", "[OUT_OF_STOCK.title]\nother = \" \\n\u00a0\"", []string{"2:10 blank"})
	expect(t, shop(), "de", "[OUT_OF_STOCK.detail]\none = \" \"\nother = \"\\t\"",
		[]string{"2:8 blank"})
	expect(t, shop(), "de", "[OUT_OF_STOCK.detail]\none = \" \"\nother = \"{{.Left}} {{.Item}}.\"",
		[]string{"2:8 blank"})
}

func TestUnusedFormsAreOneFinding(t *testing.T) {
	_, findings := check(t, shop(), "ru",
		"[OUT_OF_STOCK.title]\none = \"Нет\"\nfew = \"Нет\"\nmany = \"Нет\"\nother = \"Нет\"")
	if want := `the forms "one", "few" and "many" are never shown, since the source text is ` +
		`not plural`; len(findings) != 1 || findings[0].Text != want {
		t.Errorf("got %+v", findings)
	}
}

func TestStaleTextIsSparedWhatWouldBeAChange(t *testing.T) {
	const table = "[OUT_OF_STOCK.title]\n%s\none = \"Nicht da\"\nother = \"Nicht da \""
	expect(t, shop(), "de", fmt.Sprintf(table, "#, review"), []string{"3:8 unused-form", "4:18 space"})
	expect(t, shop(), "de", fmt.Sprintf(table, "#, stale"), nil)
}

func TestIsolatesWithoutAPair(t *testing.T) {
	for _, tt := range []struct{ text, says, hint string }{
		{`x\u2068y\u2069\u2069.`, "U+2069 closes nothing", "remove it"},
		{`x\u2067y.`, "U+2067 is not closed", "add U+2069 where the isolated text ends, or remove it"},
	} {
		_, findings := check(t, shop(), "ar", "[OUT_OF_STOCK.help]\nother = \""+tt.text+"\"")
		if len(findings) != 1 || findings[0].Text != tt.says || findings[0].Hint != tt.hint {
			t.Errorf("%s: got %+v", tt.text, findings)
		}
	}
}

// TestCharactersHaveNames checks that a finding about an invisible character says what it is.
func TestCharactersHaveNames(t *testing.T) {
	for _, tt := range []struct{ char, says string }{
		{`\u00ad`, "the text has a soft hyphen, U+00AD"},
		{`\u200c`, "the text has a zero-width non-joiner, U+200C"},
		{`\u200d`, "the text has a zero-width joiner, U+200D"},
		{`\u200e`, "the text has a direction mark, U+200E"},
		{`\u2060`, "the text has a word joiner, U+2060"},
		{`\u206a`, "the text has a deprecated shaping control, U+206A"},
	} {
		_, findings := check(t, shop(), "de",
			"[OUT_OF_STOCK.help]\nother = \"Nicht"+tt.char+"da.\"")
		if len(findings) != 1 || findings[0].Text != tt.says {
			t.Errorf("%s: got %+v", tt.char, findings)
		}
	}
}

func TestFormWithoutUseIsReportedOnce(t *testing.T) {
	expect(t, domain("No {{.Item}}", "Item"), "de",
		"[A_CODE.title]\none = \"Nichts\"\nother = \"Kein {{.Item}}\"", []string{"2:8 unused-form"})
	expect(t, domain("No {{.Item}}", "Item"), "de", "[A_CODE.title]\none = \"Nichts\"",
		[]string{"2:8 missing-placeholder", "2:8 unused-form"})
}

func TestMissingPlaceholderOfStaleTextIsAWarning(t *testing.T) {
	for _, tt := range []struct {
		name string
		flag string
		want diag.Severity
	}{
		{"not stale", "# stale", diag.Error},
		{"stale", "#, stale", diag.Warning},
		{"stale, after a formatter", "# , stale", diag.Warning},
		{"in review", "#, review", diag.Error},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := check(t, shop(), "de",
				"[OUT_OF_STOCK.detail]\n"+tt.flag+"\none = \"Eines ist da.\"\n"+
					"other = \"{{.Left}} {{.Item}} sind da.\"")
			if len(findings) != 1 || findings[0].Rule != lint.RuleMissingPlaceholder.ID ||
				findings[0].Severity != tt.want {
				t.Errorf("got %+v", findings)
			}
		})
	}
}

func TestCategories(t *testing.T) {
	tests := []struct {
		name string
		tag  string
		src  string
		want []string
	}{
		{"plain where the locale has forms", "de",
			"[OUT_OF_STOCK.detail]\nother = \"{{.Left}} {{.Item}}.\"", []string{"1:1 missing-category"}},
		{"empty is missing", "de",
			"\n[OUT_OF_STOCK.detail]\none = \"\"\nother = \"{{.Left}} {{.Item}}.\"",
			[]string{"2:1 missing-category"}},
		{"one form is all that Japanese has", "ja",
			"[OUT_OF_STOCK.detail]\nother = \"{{.Left}} {{.Item}}.\"", nil},
		{"no number of Japanese is one", "ja",
			"[OUT_OF_STOCK.detail]\none = \"{{.Item}}.\"\nother = \"{{.Left}} {{.Item}}.\"",
			[]string{"2:8 impossible-category"}},
		{"a form for decimals may be there", "cs",
			"[OUT_OF_STOCK.detail]\none = \"{{.Item}}.\"\nfew = \"{{.Left}} {{.Item}}.\"\n" +
				"many = \"{{.Left}} {{.Item}}.\"\nother = \"{{.Left}} {{.Item}}.\"", nil},
		{"a form for decimals may be absent", "cs",
			"[OUT_OF_STOCK.detail]\none = \"{{.Item}}.\"\nfew = \"{{.Left}} {{.Item}}.\"\n" +
				"other = \"{{.Left}} {{.Item}}.\"", nil},
		{"other is not needed where no whole number takes it", "pl",
			"[OUT_OF_STOCK.detail]\none = \"{{.Item}}.\"\nfew = \"{{.Left}} {{.Item}}.\"\n" +
				"many = \"{{.Left}} {{.Item}}.\"", nil},
		{"other alone is not enough there", "pl",
			"[OUT_OF_STOCK.detail]\none = \"{{.Item}}.\"\nother = \"{{.Left}} {{.Item}}.\"",
			[]string{"1:1 missing-category"}},
		{"an empty impossible form does no harm", "ja",
			"[OUT_OF_STOCK.detail]\none = \"\"\nother = \"{{.Left}} {{.Item}}.\"", nil},
		{"a text that does not count", "de",
			"[OUT_OF_STOCK.title]\none = \"Nicht da\"\nother = \"Nicht vorrätig\"",
			[]string{"2:8 unused-form"}},
		{"a text that does not count and lacks other", "de", "[OUT_OF_STOCK.title]\none = \"Nicht da\"",
			[]string{"2:8 unused-form"}},
		{"a language without a known rule", "tlh",
			"[OUT_OF_STOCK.detail]\none = \"{{.Left}} {{.Item}}.\"\nother = \"{{.Left}} {{.Item}}.\"", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, shop(), tt.tag, tt.src, tt.want) })
	}
}

func TestMissingCategoriesAreNamed(t *testing.T) {
	_, findings := check(t, shop(), "ar",
		"[OUT_OF_STOCK.detail]\none = \"{{.Item}}.\"\ntwo = \"{{.Item}}.\"\n"+
			"other = \"{{.Left}} {{.Item}}.\"")
	want := `locales/ar.toml:1:1: the forms "zero", "few" and "many" are missing
hint: add the lines zero = "…", few = "…" and many = "…" to the table; if this is intended, write "# lint: allow missing-category" above the text`
	if got := findings.Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCountWithoutFormsInTheSource(t *testing.T) {
	d := shop()
	d.Source = language.Japanese
	d.Codes[0].Texts[model.Detail] = text("{{.Item}}は残り{{.Left}}個です。")
	expect(t, d, "de", "[OUT_OF_STOCK.detail]\nother = \"{{.Left}} Stück von {{.Item}}.\"",
		[]string{"1:1 missing-category"})
}

func TestEnds(t *testing.T) {
	tests := []struct {
		name   string
		source string
		tag    string
		text   string
		want   string
	}{
		{"full stop", "All is lost.", "de", "Alles ist verloren.", ""},
		{"no full stop", "All is lost.", "de", "Alles ist verloren", "2:27 punctuation"},
		{"full stop too many", "All is lost", "de", "Alles ist verloren.", "2:28 punctuation"},
		{"a quotation mark is looked through", "She said “lost”.", "de", "Sie sagte „verloren.“", ""},
		{"Japanese", "All is lost.", "ja", "すべて失われました。", ""},
		{"Hindi", "All is lost.", "hi", "सब खो गया है।", ""},
		{"Urdu", "All is lost.", "ur", "سب کچھ کھو گیا ہے۔", ""},
		{"Armenian", "All is lost.", "hy", "Ամեն ինչ կորած է։", ""},
		{"Armenian with a colon", "All is lost.", "hy", "Ամեն ինչ կորած է:", ""},
		{"Armenian question", "Is all lost?", "hy", "Ամեն ինչ կորա՞ծ է։", ""},
		{"Amharic", "All is lost.", "am", "ሁሉም ጠፍቷል።", ""},
		{"Burmese", "All is lost.", "my", "အားလုံးဆုံးရှုံးသွားပြီ။", ""},
		{"Khmer", "All is lost.", "km", "អ្វីៗត្រូវបាត់បង់។", ""},
		{"Thai", "All is lost.", "th", "ทุกอย่างหายไป", ""},
		{"Thai question", "Is all lost?", "th", "ทุกอย่างหายไปหรือไม่", ""},
		{"Arabic question", "Is all lost?", "ar", "هل ضاع كل شيء؟", ""},
		{"Greek question", "Is all lost?", "el", "Χάθηκαν όλα;", ""},
		{"Greek question with its own mark", "Is all lost?", "el", "Χάθηκαν όλα\u037e", ""},
		{"a question made a statement", "Is all lost?", "de", "Alles ist verloren.", "2:28 punctuation"},
		{"French colon", "The fields are these:", "fr", "Voici les champs\u00a0:", ""},
		{"wide colon", "The fields are these:", "zh", "字段如下：", ""},
		{"Arabic comma", "First of all,", "ar", "أولاً،", ""},
		{"ellipsis", "Wait a moment...", "de", "Einen Moment…", ""},
		{"Chinese ellipsis", "Wait a moment…", "zh", "请稍候……", ""},
		{"wide exclamation mark", "Stop it now!", "ja", "やめて！", ""},
		{"an entity at the end", "All is lost.", "de", "Alles ist verloren.&nbsp;", "2:29 html"},
		{"several entities", "All is lost", "de", "Alles ist verloren &amp;&nbsp; &lt;",
			"2:29 html 2:34 html 2:41 html"},
		{"an entity for an end", "All is lost", "de", "Alles ist verloren&nbsp;", "2:28 html"},
		{"leading space", "All is lost.", "de", " Alles ist verloren.", "2:10 space"},
		{"trailing space", "All is lost.", "de", "Alles ist verloren. ", "2:29 space"},
		{"trailing space lost", "All is lost. ", "de", "Alles ist verloren.", "2:29 space"},
		{"trailing space kept", "All is lost. ", "de", "Alles ist verloren. ", ""},
		{"other trailing space", "All is lost. ", "de", "Alles ist verloren.\u00a0", "2:29 space"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := domain("A code")
			d.Codes[0].Texts[model.Detail] = text(tt.source)
			var want []string
			if tt.want != "" {
				want = strings.Split(strings.ReplaceAll(tt.want, "html ", "html\n"), "\n")
			}
			expect(t, d, tt.tag, "[A_CODE.detail]\nother = \""+tt.text+"\"", want)
		})
	}
}

func TestSameAsSource(t *testing.T) {
	tests := []struct {
		name   string
		source string
		tag    string
		want   []string
	}{
		{"a sentence", "Out of stock", "de", []string{"2:10 same-as-source"}},
		{"a word", "Server", "de", nil},
		{"a word and a number", "HTTP 2", "de", nil},
		{"placeholders are not words", "{{.Item}}: {{.Item}}", "de", nil},
		{"the source's language", "Out of stock", "en-GB", nil},
		{"the source's language in another script", "Out of stock", "en-Shaw",
			[]string{"2:10 same-as-source"}},
		{"a pseudo-locale", "Out of stock", "de-XA", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, domain(tt.source, "Item"), tt.tag, "[A_CODE.title]\nother = \""+tt.source+"\"",
				tt.want)
		})
	}
}

func TestSameAsSourceInOneForm(t *testing.T) {
	expect(t, shop(), "nl",
		"[OUT_OF_STOCK.detail]\none = \"Only one {{.Item}} is left.\"\n"+
			"other = \"Only {{.Left}} pieces of {{.Item}} are left.\"",
		[]string{"2:8 same-as-source"})
	expect(t, shop(), "nl",
		"[OUT_OF_STOCK.detail]\none = \"Nog één {{.Item}}.\"\n"+
			"other = \"Only {{.Left}} pieces of {{.Item}} are left.\"",
		[]string{"3:10 same-as-source"})
}

func TestCharacters(t *testing.T) {
	tests := []struct {
		name string
		tag  string
		text string // as in a basic string of TOML
		want []string
	}{
		{"line break", "de", `Nicht\nda`, nil},
		{"line break of Windows", "de", `Nicht\r\nda`, nil},
		{"carriage return", "de", `Nicht\rda`, []string{"2:15 control-character"}},
		{"tab", "de", `Nicht\tda`, []string{"2:15 control-character"}},
		{"escape", "de", `Nicht\u001b[1mda`, []string{"2:15 control-character", "2:21 brackets"}},
		{"line separator", "de", `Nicht\u2028da`, []string{"2:15 control-character"}},
		{"override", "ar", `ليس\u202e هنا`, []string{"2:13 bidi-control"}},
		{"isolate in pairs", "ar", `ليس \u2068ABC\u2069 هنا`, nil},
		{"isolate left open", "ar", `ليس \u2068ABC هنا`, []string{"2:14 bidi-control"}},
		{"isolate closed only", "ar", `ليس ABC\u2069 هنا`, []string{"2:17 bidi-control"}},
		{"mark of direction in Arabic", "ar", `ليس\u200f هنا`, nil},
		{"mark of direction in German", "de", `Nicht\u200f da`, []string{"2:15 invisible-character"}},
		{"zero-width space in German", "de", `Nicht\u200bda`, []string{"2:15 invisible-character"}},
		{"zero-width space in Khmer", "km", `មិន\u200bមាន`, nil},
		{"non-joiner in Persian", "fa", `نمی\u200cشود`, nil},
		{"non-joiner in German", "de", `Auf\u200clage`, []string{"2:13 invisible-character"}},
		{"joiner in Hindi", "hi", `क्\u200dष`, nil},
		{"joiner in an emoji", "de", `Eine 👩\u200d💻 fehlt`, nil},
		{"soft hyphen", "de", `Nicht\u00adda`, []string{"2:15 invisible-character"}},
		{"byte order mark", "de", `\ufeffNicht da`, []string{"2:10 invisible-character"}},
		{"word joiner", "de", `Nicht\u2060da`, []string{"2:15 invisible-character"}},
		{"Hangul filler", "ko", `없음\u3164`, []string{"2:12 invisible-character"}},
		{"sign of numbers", "ar", `ليس \u0600١٢`, nil},
		{"the first of each rule", "de", `A\u200bB\u200bC\tD\tE`,
			[]string{"2:11 invisible-character", "2:25 control-character"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, domain("Not there"), tt.tag, "[A_CODE.title]\nother = \""+tt.text+"\"", tt.want)
		})
	}
}

func TestHTML(t *testing.T) {
	tests := []struct {
		name   string
		source string
		text   string
		want   []string
	}{
		{"tag", "Not there", "Nicht <b>da</b>", []string{"2:16 html"}},
		{"empty tag", "Not there", "Nicht<br/>da", []string{"2:15 html"}},
		{"tag with attribute", "Not there", "Nicht <a href='/'>da</a>", []string{"2:16 html"}},
		{"entity", "Not there", "Nicht&nbsp;da", []string{"2:15 html"}},
		{"number of a character", "Not there", "Nicht&#160;da", []string{"2:15 html"}},
		{"comparison", "Not there", "1 < 2 & 3 > 2", nil},
		{"company", "Not there", "R&D; nicht da", nil},
		{"the source has it, too", "No <title> here", "Kein <title> hier", nil},
		{"the source has another", "No <title> here", "Kein <titel> hier", []string{"2:15 html"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, full := check(t, domain(tt.source), "de", "[A_CODE.title]\nother = \""+tt.text+"\"")
			got = slices.DeleteFunc(got, func(s string) bool {
				return strings.HasPrefix(s,
					"0:0")
			}) // about the source
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q\n%v", got, tt.want, full)
			}
		})
	}
}

func TestLength(t *testing.T) {
	d := domain("Größe")
	d.Codes[0].Texts[model.Title].Max = 6
	expect(t, d, "ru", "[A_CODE.title]\nother = \"Размер\"", nil)
	expect(t, d, "ru", "[A_CODE.title]\nother = \"Размеры\"", []string{"2:10 too-long"})
}

func TestPseudoLocale(t *testing.T) {
	expect(t, domain("No {{.Item}}", "Item"), "ar-XB",
		"[A_CODE.title]\nother = \"\\u202e[No {{.Item}}!!!]\\u202c\"", nil)
	expect(t, domain("No {{.Item}}", "Item"), "ar-XB", "[A_CODE.title]\nother = \"[No]\"",
		[]string{"2:10 missing-placeholder"})
}

func TestSourceFileIsCheckedForPlaceholdersAlone(t *testing.T) {
	expect(t, shop(), "en", "[OUT_OF_STOCK.detail]\nother = \"Only {{.Itme}} <b>. \"",
		[]string{"2:15 unknown-placeholder"})
}

// TestOverride checks that a file which replaces the texts of a program is checked like a
// translation, in the source locale too.
func TestOverride(t *testing.T) {
	const hostile = "[OUT_OF_STOCK.title]\nother = \"Sold out\\u202E\"\n" +
		"[OUT_OF_STOCK.detail]\none = \"One {{.Item}}.\"\nother = \"Some {{.Thing}}.\"\n[OLD.title]\nother = \"Old\"\n"
	checker := lint.NewChecker(shop(), nil)
	for _, tag := range []string{"en", "de"} {
		t.Run(tag, func(t *testing.T) {
			var got []string
			for _, f := range checker.Override(read(t, tag, hostile)) {
				got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
			}
			slices.Sort(got)
			want := []string{"2:18 bidi-control", "5:10 missing-placeholder", "6:1 unknown-code"}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	d := &model.Domain{Name: "shop", Source: language.English}
	var src strings.Builder
	for i := range 1000 {
		code := shop().Codes[0]
		code.Number, code.Name = i, fmt.Sprintf("CODE_%d_X", i)
		d.Codes = append(d.Codes, code)
		fmt.Fprintf(&src,
			"[%[1]s.title]\nother = \"Nicht vorrätig\"\n[%[1]s.detail]\n"+
				"one = \"Nur noch ein Stück von {{.Item}}.\"\n"+
				"other = \"Nur noch {{.Left}} Stück von {{.Item}}.\"\n[%[1]s.help]\n"+
				"other = \"Wählen Sie bitte eine kleinere Menge.\"\n", code.Name)
	}
	f, _, _ := localefile.Read("de.toml", language.German, []byte(src.String()))
	files := []*localefile.File{f}
	b.ReportAllocs()
	for b.Loop() {
		if found := lint.Check(d, files, nil, nil); len(found) > 0 {
			b.Fatal(found)
		}
	}
}

func TestMarkupIsReportedThreeTimesAText(t *testing.T) {
	expect(t, shop(), "de",
		"[OUT_OF_STOCK.detail]\none = \"<b>{{.Item}}</b> <i>x</i>.\"\n"+
			"other = \"{{.Left}} {{.Item}} <b>a</b> <i>b</i>.\"",
		[]string{"2:8 html", "2:25 html", "3:30 html"})
}
