package lint_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

func TestWording(t *testing.T) {
	const stop = "All is lost."
	tests := []struct {
		name   string
		source string
		tag    string
		text   string
		want   string
	}{
		{"lost character", stop, "de", "Verloren f\ufffdr immer.", "2:20 encoding"},
		{"UTF-8 read as Latin letters", stop, "de", "Verloren fÃ¼r immer.", "2:20 encoding"},
		{"UTF-8 of a dash", stop, "de", "Verloren â€“ immer.", "2:19 encoding"},
		{"UTF-8 of Cyrillic", stop, "ru", "ÐŸÐ¾Ñ‚ÐµÑ€ÑÐ½Ð¾ вновь.", "2:10 encoding"},
		{"a Portuguese capital at the end of a quotation", stop, "pt", "Perdemos a «MANHÃ».", ""},
		{"a German quotation after ß", stop, "de", "Es ist „heiß“.", ""},

		{"escaped line break", stop, "de", `Verloren\nimmer.`, "2:18 escape-sequence"},
		{"a path in both texts", `See C:\net.`, "de", `Siehe C:\net.`, ""},

		{"decomposed", stop, "de", "Verloren fu\u0308r immer.", "2:20 decomposed"},
		{"Hindi nukta, which NFC has as two characters", stop, "hi", "\u095e़ाइल।", ""},
		{"Vietnamese", stop, "vi", "Tất cả đã mất.", ""},

		{"ICU", stop, "de", "{n, plural, one {eins} other {#}}.", "2:10 foreign-placeholder"},
		{"printf", stop, "de", "Alles %s weg.", "2:16 foreign-placeholder"},
		{"printf with a position", stop, "de", "Alles %1$s weg.", "2:16 foreign-placeholder"},
		{"braces with a position", stop, "de", "Alles {0} weg.", "2:16 foreign-placeholder"},
		{"per cent", stop, "fr", "Perdu à 100%d'un coup.", ""},
		{"both have it", "Write %s.", "de", "Schreiben Sie %s.", ""},

		{"to do", stop, "de", "TODO fragen.", "2:10 to-do"},
		{"all, in Spanish", "Delete all", "es", "Eliminar TODO", ""},
		{"to do, in Spanish", "Delete all", "es", "TODO: eliminar", "2:10 to-do"},

		{"a Cyrillic letter in a Latin word", stop, "de", "Vеrloren.", "2:11 mixed-scripts"},
		{"a Latin letter in a Cyrillic word", stop, "ru", "Всe потеряно.", "2:12 mixed-scripts"},
		{"a Cyrillic ending of a Latin name", stop, "ru", "Нет SMSка.", ""},
		{"a unit", stop, "el", "Χάθηκαν 5 kΩ.", ""},
		{"a Japanese word with Latin letters", stop, "ja", "USBケーブル。", ""},

		{"Cyrillic in a German file", stop, "de", "Всё потеряно.", "2:10 wrong-script"},
		{"a German sentence in a Russian file", stop, "ru", "Alles ist verloren.", "2:10 wrong-script"},
		{"a name in a Russian file", "Google Play", "ru", "Google Play Store", ""},
		{"Latin in a Serbian file", stop, "sr", "Sve je izgubljeno.", "2:10 wrong-script"},
		{"Latin in a Serbian file for Latin letters", stop, "sr-Latn", "Sve je izgubljeno.", ""},
		{"Hangul in a Japanese file", stop, "ja", "모두 잃었습니다.", "2:10 wrong-script"},
		{"Katakana only", stop, "ja", "エラー。", ""},
		{"a script that is not known", stop, "mn-Mong", "ᠣᠯᠣᠭᠳᠤᠭᠰᠠᠨ ᠦᠭᠡᠢ᠃", ""},

		{"small letter", stop, "de", "alles ist weg.", "2:10 first-letter"},
		{"a small letter after a quotation mark", stop, "de", "„alles“ ist weg.", "2:11 first-letter"},
		{"a name", stop, "de", "iPhone ist weg.", ""},
		{"a file", stop, "de", "go.mod ist weg.", ""},
		{"a prefix", stop, "zu", "iFayela alikho.", ""},
		{"Georgian has no capitals", stop, "ka", "ყველაფერი დაიკარგა.", ""},
		{"Dutch", stop, "nl", "'s Avonds is alles weg.", ""},
		{"small in both", "all is lost.", "de", "alles ist weg.", ""},

		{"number", "At most 25 files", "de", "Höchstens 52 Dateien", "2:20 number"},
		{"number in words", "At most 2 files", "de", "Höchstens zwei Dateien", ""},
		{"one fewer", "At most 25 of 30 files", "de", "Höchstens 25 Dateien", ""},
		{"one more", "At most 25 a day", "ja", "1日に25まで", ""},
		{"Arabic digits", "At most 25 files", "ar", "٢٥ ملفًا على الأكثر", ""},
		{"other Arabic digits", "At most 25 files", "ar", "٥٢ ملفًا على الأكثر", "2:10 number"},
		{"separators", "At most 1,000.5 m", "de", "Höchstens 1.000,5 m", ""},
		{"a space for a separator", "At most 1,000,000 m", "fr", "1\u202f000\u202f000 m au plus", ""},
		{"Indian digits", "At most 100,000 m", "hi", "१,००,००० मीटर", ""},

		{"address", "See https://a.example/x.", "de", "Siehe https://a.exampel/x.", "2:16 web-address"},
		{"address lost", "See https://a.example/x.", "de", "Siehe dort.", "2:10 web-address"},
		{"address before a letter", "See https://a.example/x.", "ja", "https://a.example/xを見る。", ""},
		{"address with a question mark", "See https://a.example/?x.", "es",
			"Véase https://a.example/?x.", ""},

		{"question lost", "Lost? Look again.", "de", "Verloren. Suchen Sie.", "2:10 question-mark"},
		{"question in Japanese", "Lost? Look again.", "ja", "失われましたか。探してください。", ""},
		{"question in Greek", "Lost? Look again.", "el", "Χάθηκε; Ψάξτε.", ""},
		{"question in Armenian", "Lost? Look again.", "hy", "Կորա՞ծ է։ Փնտրեք։", ""},
		{"a question mark in an address", "See https://a.example/?x now.", "de",
			"Jetzt https://a.example/?x sehen.", ""},

		{"bracket", stop, "de", "Alles (oder viel ist weg.", "2:16 brackets"},
		{"closing bracket", stop, "de", "Alles oder viel) ist weg.", "2:25 brackets"},
		{"wide and plain", stop, "ja", "すべて（多分)なし。", ""},
		{"list", stop, "de", "a) Alles b) Viel.", ""},
		{"both have it", "See :-)", "de", "Siehe :-)", ""},

		{"open quotation", stop, "de", "Das „Alles ist weg.", "2:14 quotation-marks"},
		{"English quotation in German", stop, "de", "Das “Alles” ist weg.", "2:14 quotation-marks"},
		{"English quotation in Switzerland", stop, "de-CH", "Das “Alles” ist weg.", "2:14 quotation-marks"},
		{"French quotation in German", stop, "de", "Das « Alles » ist weg.", "2:14 quotation-marks"},
		{"inches", stop, "de", "Das 15\"-Gerät ist weg.", ""},
		{"Hebrew abbreviation", stop, "he", "צה\"ל איננו.", ""},
		{"English quotation in Turkish", stop, "tr", "“Her şey” kayıp.", ""},

		{"two spaces", stop, "de", "Alles ist  weg.", "2:19 double-space"},
		{"indented line", stop, "de", "Alles ist\n  weg.", ""},
		{"two spaces in both", "All.  Lost.", "de", "Alles.  Weg.", ""},

		{"space before a full stop", stop, "de", "Alles ist weg .", "2:23 space-before-punctuation"},
		{"a name with a full stop", stop, "de", "Das ist .NET.", ""},
		{"ellipsis", "Lost…", "de", "Weg ...", ""},
		{"space before a full stop in French", stop, "fr", "Tout est perdu .",
			"2:24 space-before-punctuation"},

		{"two full stops", stop, "de", "Alles ist weg..", "2:23 doubled-punctuation"},
		{"three full stops", "Lost...", "de", "Weg...", ""},
		{"Chinese ellipsis", "Lost…", "zh", "不见了……", ""},
		{"folder above", stop, "de", "Alles ist in ../x weg.", ""},

		{"word twice", stop, "de", "Alles ist ist weg.", "2:20 repeated-word"},
		{"capital first", stop, "de", "Die die Sache ist weg.", "2:14 repeated-word"},
		{"relative clause", stop, "de", "Alle, die die Sache kennen.", ""},
		{"formal address", stop, "de", "Wollen Sie sie nicht?", "2:30 punctuation"},
		{"French reflexive", stop, "fr", "Vous vous êtes perdu.", "2:15 repeated-word"},
		{"Indonesian", stop, "id", "Hilang semua semua.", ""},
		{"Chinese", stop, "zh", "谢谢谢谢。", ""},

		{"exclamation without ¡", "Lost!", "es", "Perdido!", "2:17 language-punctuation"},
		{"question and exclamation", "Lost?", "es", "¿¡Perdido!?", ""},
		{"question without ¿", "Lost?", "es", "Perdido?", "2:17 language-punctuation"},
		{"French colon", "Lost:", "fr", "Perdu :", "2:15 language-punctuation"},
		{"French colon without space", "Lost:", "fr", "Perdu:", "2:15 language-punctuation"},
		{"Canadian question mark", "Lost?", "fr-CA", "Perdu?", ""},
		{"Swiss question mark", "Lost?", "fr-CH", "Perdu?", ""},
		{"time of day in French", stop, "fr", "Perdu à 12:30.", ""},
		{"French quotation", "“All”", "fr", "« Tout\u00a0»", "2:11 language-punctuation"},
		{"full stop in Japanese", stop, "ja", "失われました.", "2:16 language-punctuation"},
		{"comma in Chinese", stop, "zh", "丢失,再见。", "2:12 language-punctuation"},
		{"a file in Chinese", stop, "zh", "文件.txt丢失。", ""},
		{"question mark in Arabic", "Lost?", "ar", "ضاع?", "2:13 language-punctuation"},
		{"comma in Persian", stop, "fa", "گم شد, نیست.", "2:15 language-punctuation"},
		{"question mark in Greek", "Lost?", "el", "Χάθηκε?", "2:16 language-punctuation"},
		{"question mark in Armenian", "Lost?", "hy", "Կորած է?", "2:17 language-punctuation"},
		{"Korean has ASCII marks", stop, "ko", "없어졌습니다.", ""},

		{"Swiss spelling", stop, "de-CH", "Alles muß weg.", "2:18 regional-spelling"},
		{"German spelling", stop, "de", "Alles heißt weg.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := domain("A code")
			d.Codes[0].Texts[model.Detail] = text(tt.source)
			var want []string
			if tt.want != "" {
				want = []string{tt.want}
			}
			expect(t, d, tt.tag, "[A_CODE.detail]\nother = "+tomldoc.MustQuote(tt.text), want)
		})
	}
}

func TestGluedPlaceholder(t *testing.T) {
	for _, tt := range []struct{ name, tag, text, want string }{
		{"letters on the left", "de", "Datei{{.File}} fehlt.", "2:10 glued-placeholder"},
		{"letters on the right", "ru", "Нет {{.File}}файла.", "2:23 glued-placeholder"},
		{"unit", "de", "Es fehlen {{.File}}px.", ""},
		{"hyphen", "de", "Die {{.File}}-Datei fehlt.", ""},
		{"Turkish suffix", "tr", "{{.File}}'in yok.", ""},
		{"Korean particle", "ko", "{{.File}}에서는 없습니다.", ""},
		{"Arabic prefix", "ar", "بال{{.File}} نقص.", ""},
		{"Thai", "th", "ไม่พบ{{.File}}ในนี้", ""},
		{"Latin letters in Japanese", "ja", "ABC{{.File}}がありません。", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := domain("A code", "File")
			d.Codes[0].Texts[model.Detail] = text("The file {{.File}} is lost.")
			var want []string
			if tt.want != "" {
				want = []string{tt.want}
			}
			expect(t, d, tt.tag, "[A_CODE.detail]\nother = "+tomldoc.MustQuote(tt.text), want)
		})
	}
}

// No rule reports the quotation marks of a locale, outer or inner, for any locale of CLDR.
func TestQuotationMarksOfAllLocales(t *testing.T) {
	src, err := os.ReadFile("testdata/quotation.txt")
	if err != nil {
		t.Fatal(err)
	}
	d := domain("“{{.File}}” 25", "File")
	n := 0
	for line := range strings.Lines(string(src)) {
		fields := strings.Fields(line)
		// CLDR has “ and ’ for the outer marks of Southern Sotho.
		if strings.HasPrefix(line, "#") || fields[0] == "st" || language.Make(fields[0]) == language.Und {
			continue
		}
		n++
		space := ""
		if language.Make(fields[0]).Parent() == language.French || fields[0] == "fr" || fields[0] == "br" {
			space = "\u00a0"
		}
		for i, pair := range [][]string{fields[1:3], fields[3:5]} {
			quoted := pair[0] + space + "{{.File}}" + space + pair[1]
			expect(t, d, fields[0], "[A_CODE.title]\nother = "+
				tomldoc.MustQuote("25 "+quoted+" ("+quoted+")"), nil)
			if i == 1 {
				inner := strings.ReplaceAll(quoted, "{{.File}}", "1")
				expect(t, d, fields[0], "[A_CODE.title]\nother = "+tomldoc.MustQuote(
					fields[1]+space+"{{.File}} 25 "+inner+space+fields[2]), nil)
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d locales", n)
	}
}

func TestWordingOfStaleTextIsNotReported(t *testing.T) {
	expect(t, shop(), "de", "[OUT_OF_STOCK.title]\n#, stale\nother = \"nicht  vorrätig\"", nil)
}

func TestWordingIsAllowed(t *testing.T) {
	expect(t, shop(), "de",
		"# lint: allow double-space, first-letter\n[OUT_OF_STOCK.title]\nother = \"nicht  vorrätig\"", nil)
}

func TestLabelsMayBeginWithASmallLetter(t *testing.T) {
	d := shop()
	d.Labels[0].Text = text("Email")
	expect(t, d, "fr", "[labels.email]\nother = \"adresse\"", nil)
}

func TestHelpMissing(t *testing.T) {
	d := domain("Wrong name")
	for _, tt := range []struct {
		name   string
		change func(*model.Code)
		src    string
		want   int
	}{
		{"to fix", func(c *model.Code) { c.Action = 1 }, "", 1},
		{"not to fix", func(c *model.Code) { c.Action = 0 }, "", 0},
		{"help", func(c *model.Code) { c.Action, c.Texts[model.Help] = 1, text("Fix it.") }, "", 0},
		{"deprecated", func(c *model.Code) { c.Action, c.Deprecated = 1, "old" }, "", 0},
		{"allowed", func(c *model.Code) { c.Action = 1 },
			"# lint: allow help-missing\n[A_CODE.title]\nother = \"Wrong name\"", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d.Codes = domain("Wrong name").Codes
			tt.change(&d.Codes[0])
			if _, findings := check(t, d, "en", tt.src); len(findings) != tt.want {
				t.Errorf("got %v", findings)
			}
		})
	}
}

func TestTreatment(t *testing.T) {
	d := domain("Wrong name")
	wait := model.Param{Name: "Wait", Kind: "relative-time"}
	const retry, signIn, after, developer = 2, 3, 2, 2
	for _, tt := range []struct {
		name   string
		code   model.Code
		params []model.Param
		src    string
		want   string // the hint, or ""
	}{
		{"to fix", model.Code{HTTP: 404}, nil, "", "add Action: catalog.ActionFix"},
		{"to sign in", model.Code{HTTP: 401}, nil, "", "add Action: catalog.ActionSignIn"},
		{"to retry", model.Code{HTTP: 429}, nil, "", "add Action: catalog.ActionRetry"},
		{"only others can help", model.Code{HTTP: 403}, nil, "", ""},
		{"a legal obstacle", model.Code{HTTP: 451}, nil, "", ""},
		{"the server's fault", model.Code{HTTP: 500}, nil, "", ""},
		{"without a status", model.Code{}, nil, "", ""},
		{"with an action", model.Code{HTTP: 404, Treatment: model.Treatment{Action: retry}}, nil, "", ""},
		{"for developers", model.Code{HTTP: 404, Treatment: model.Treatment{Audience: developer}}, nil, "",
			""},
		{"for both", model.Code{HTTP: 404, Treatment: model.Treatment{Audience: developer | 1}}, nil, "",
			"add Action: catalog.ActionFix"},
		{"read only by the program", model.Code{HTTP: 404, Treatment: model.Treatment{Unread: true}}, nil,
			"", ""},
		{"deprecated", model.Code{HTTP: 404, Deprecated: "old"}, nil, "", ""},
		{"shown as another", model.Code{HTTP: 404, ShownAs: &model.Code{}}, nil, "", ""},
		{"allowed", model.Code{HTTP: 404}, nil,
			"# lint: allow action-contact\n[A_CODE.title]\nother = \"Wrong name\"", ""},

		{"a wait", model.Code{HTTP: 429, Treatment: model.Treatment{Action: retry}}, []model.Param{wait}, "",
			"add Retry: catalog.RetryAfter"},
		{"a wait with retry", model.Code{HTTP: 503, Treatment: model.Treatment{Retry: after}},
			[]model.Param{wait}, "", ""},
		{"another time", model.Code{HTTP: 503}, []model.Param{{Name: "Time", Kind: "time"}}, "", ""},
		{"a wait with another status", model.Code{HTTP: 401, Treatment: model.Treatment{Action: signIn}},
			[]model.Param{wait}, "", ""},
		{"a wait that is allowed", model.Code{HTTP: 503}, []model.Param{wait},
			"# lint: allow retry-missing\n[A_CODE.title]\nother = \"Wrong name\"", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code := domain("Wrong name").Codes[0]
			code.HTTP, code.Treatment, code.Deprecated = tt.code.HTTP, tt.code.Treatment, tt.code.Deprecated
			code.ShownAs, code.Params = tt.code.ShownAs, tt.params
			d.Codes = []model.Code{code}
			_, findings := check(t, d, "en", tt.src)
			if tt.want == "" && len(findings) == 0 {
				return
			}
			if len(findings) != 1 || tt.want == "" || !strings.HasPrefix(findings[0].Hint, tt.want) {
				t.Errorf("got %v, want the hint %q", findings, tt.want)
			}
		})
	}
}

func TestGlossary(t *testing.T) {
	const glossary = `
[file.de]
allowed = ["Datei", "Dokument"]
forbidden = ["File*"]
note = "for people"
["*"]
de = { forbidden = ["du"] }
fr.forbidden = ["tu"]
[file.ja]
forbidden = ["書類", "File"]
["credit card".de]
forbidden = ["Kreditcard"]
[email.de]
allowed = ["E-Mail", "E-Mail-Adresse"]
forbidden = ["Mail", "Adresse"]
`
	words, faults := lint.ReadGlossary("g.toml", []byte(glossary))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, tt := range []struct{ name, source, tag, text, want string }{
		{"forbidden", "No file", "de", "Kein File", `the glossary forbids "File*" for "file"`},
		{"an ending", "No file", "de", "Keine Files", `the glossary forbids "File*" for "file"`},
		{"part of a word", "No file", "de", "Kein Profile", ""},
		{"another term", "No folder", "de", "Kein File", ""},
		{"part of a term", "No profile", "de", "Kein File", ""},
		{"several words", "No credit card", "de", "Keine Kreditcard", `the glossary forbids "Kreditcard" ` +
			`for "credit card"`},
		{"within allowed words", "No email", "de", "Keine E-Mail, keine E-Mail-Adresse", ""},
		{"beside an allowed word", "No email", "de", "Keine E-Mail, keine Mail",
			`the glossary forbids "Mail" for "email"`},
		{"all texts", "No folder", "de", "Du hast keinen", `the glossary forbids "du"`},
		{"the language of a region", "No folder", "de-CH", "Hast du", `the glossary forbids "du"`},
		{"another language", "No folder", "nl", "Du hast keinen", ""},
		{"a script without spaces", "No file", "ja", "この書類なし", `the glossary forbids "書類" for "file"`},
		{"Latin letters in such a script", "No file", "ja", "このFileなし", `the glossary forbids "File" ` +
			`for "file"`},
		{"in a placeholder", "No file {{.Du}}", "de", "Keine Datei {{.Du}}", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := read(t, tt.tag, "[A_CODE.title]\nother = "+tomldoc.MustQuote(tt.text))
			got := ""
			for _, f := range lint.Check(domain(tt.source, "Du"), []*localefile.File{file}, words, nil) {
				if f.Rule != lint.RuleTitlePlaceholder.ID {
					got += f.Text
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestGlossaryFaults(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"syntax", "[file.de", "1:9 toml-syntax"},
		{"no term", "forbidden = [\"x\"]", "1:1 glossary"},
		{"no language", "[file]\nforbidden = [\"x\"]", "2:1 glossary"},
		{"too deep", "[file.de.at]\nforbidden = [\"x\"]", "2:1 glossary"},
		{"not a language", "[file.german_]\nforbidden = [\"x\"]", "2:1 glossary"},
		{"unknown key", "[file.de]\nforbiden = [\"x\"]", "2:1 glossary"},
		{"not a list", "[file.de]\nforbidden = \"x\"", "2:1 glossary"},
		{"not words", "[file.de]\nallowed = [1]", "2:1 glossary"},
		{"an empty word", "[file.de]\nforbidden = [\"*\"]", "2:1 glossary"},
		{"a note in numbers", "[file.de]\nnote = 1", "2:1 glossary"},
		{"array of tables", "[[file]]\nforbidden = [\"x\"]", "1:1 glossary 2:1 glossary"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := lint.ReadGlossary("g.toml", []byte(tt.src))
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q\n%v", got, findings)
			}
		})
	}
}
