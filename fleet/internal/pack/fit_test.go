package pack_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// packOf returns a pack with one file that nothing but a signature vouches for.
func packOf(t testing.TB, fingerprint, name, src string) *pack.Pack {
	t.Helper()
	body := fmt.Sprintf("errlingo pack 1\ndomain shop\nfingerprint %s\nfile %s %d\n%s",
		fingerprint, name, len(src), src)
	p, err := pack.Read(zipped(t, strings.NewReader(body)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Declarations that make the program another version than the pack is for.
func newer(d *model.Domain)  { d.Labels = append(d.Labels, model.Label{Name: "fax", Text: text("fax")}) }
func noCode(d *model.Domain) { d.Codes = d.Codes[:1] }
func noHelp(d *model.Domain) { d.Codes[0].Texts[model.Help] = model.Text{} }
func renamed(d *model.Domain) {
	d.Codes[0].Params[0] = model.Param{Name: "Product", Kind: "string", FormerNames: []string{"Item"}}
	replaceIn(d.Codes[0].Texts[:], "Item", "Product")
}
func otherParam(d *model.Domain) {
	d.Codes[0].Params[0] = model.Param{Name: "Product", Kind: "string"}
	replaceIn(d.Codes[0].Texts[:], "Item", "Product")
}
func noItem(d *model.Domain) { replaceIn(d.Codes[0].Texts[:], "{{.Item}}", "piece") }
func moreInHelp(d *model.Domain) {
	d.Codes[0].Texts[model.Help] = text("Choose fewer than {{.Left}}.")
}
func noCount(d *model.Domain) {
	d.Codes[0].Count, d.Codes[0].Texts[model.Detail] = "", text("{{.Left}} {{.Item}}")
}

func replaceIn(texts []model.Text, old, wording string) {
	for i := range texts {
		for c := range texts[i].Forms {
			texts[i].Forms[c] = strings.ReplaceAll(texts[i].Forms[c], old, wording)
		}
	}
}

const (
	closed = "[CLOSED.title]\nother=\"Zu\"\n"
	help   = "[OUT_OF_STOCK.help]\nother=\"Nehmen Sie weniger.\"\n"
	detail = "[OUT_OF_STOCK.detail]\none=\"Ein {{.Item}}.\"\nother=\"{{.Left}} {{.Item}}.\"\n"
)

func TestFor(t *testing.T) {
	const bidi = "[CLOSED.title]\nother=\"Zu\\u202E\"\n"
	tests := []struct {
		name    string
		src     string              // of de.toml
		program func(*model.Domain) // how it differs from what the pack is for; nil for not at all
		shown   string              // the texts that the program takes, by ID
		left    string              // the rules of those that are left out, with the ID
		refused string              // in the error; "" for none
	}{
		{"all is known", closed + help + detail, nil, "CLOSED.title OUT_OF_STOCK.detail OUT_OF_STOCK.help", "", ""},
		{"few texts", help, nil, "OUT_OF_STOCK.help", "", ""},
		{"no text", "", nil, "", "", ""},

		// The same declarations: what is an error is one of the pack.
		{"unknown code", "[CLOSE.title]\nother=\"Zu\"\n", nil, "", "", "CLOSE.title: no code is called"},
		{"unknown part", "[CLOSED.titel]\nother=\"Zu\"\n", nil, "", "", "CLOSED.titel: a code has no part"},
		{"unknown phrase", "[phrases.bye]\nother=\"x\"\n", nil, "", "", "phrases.bye: no phrase is called"},
		{"unknown label", "[labels.fax]\nother=\"x\"\n", nil, "", "", "labels.fax: no label is called"},
		{"unknown placeholder", "[phrases.hello]\nother=\"Hallo {{.Nam}}\"\n", nil, "", "", "phrases.hello: unknown placeholder {{.Nam}}"},
		{"missing placeholder", "[phrases.hello]\nother=\"Hallo\"\n", nil, "", "", "phrases.hello: the placeholder {{.Name}} is missing"},
		{"allowed", "[phrases.hello]\n# lint: allow missing-placeholder\nother=\"Hallo\"\n", nil, "phrases.hello", "", ""},
		{"stale", "[phrases.hello]\n#, stale\nother=\"Hallo\"\n", nil, "phrases.hello", "", ""},
		{"a help that was not declared", closed + "[CLOSED.help]\nother=\"\\u202Ex\"\n", nil, "CLOSED.title", "unknown-part CLOSED.help", ""},

		// Other declarations: the two have lived apart.
		{"a program that is newer", closed + help, newer, "CLOSED.title OUT_OF_STOCK.help", "", ""},
		{"a code that the program lacks", closed + help, noCode, "OUT_OF_STOCK.help", "unknown-code CLOSED.title", ""},
		{"a part that it lacks", closed + help, noHelp, "CLOSED.title", "unknown-part OUT_OF_STOCK.help", ""},
		{"a part that nobody has", "[CLOSED.titel]\nother=\"Zu\"\n", newer, "", "unknown-part CLOSED.titel", ""},
		{"a phrase and a label", closed + "[phrases.bye]\nother=\"x\"\n[labels.phone]\nother=\"x\"\n", newer, "CLOSED.title", "unknown-phrase phrases.bye, unknown-label labels.phone", ""},
		{"a param that was renamed", detail, renamed, "OUT_OF_STOCK.detail", "", ""},
		{"another param", closed + detail, otherParam, "CLOSED.title", "unknown-placeholder OUT_OF_STOCK.detail", ""},
		{"a placeholder that the program's text has more", closed + help, moreInHelp, "CLOSED.title", "missing-placeholder OUT_OF_STOCK.help", ""},
		{"a placeholder that the program's text has less", detail, noItem, "OUT_OF_STOCK.detail", "", ""},
		{"allowed for another version", "[phrases.hello]\n# lint: allow missing-placeholder\nother=\"Hallo\"\n", newer, "phrases.hello", "", ""},
		{"a name in braces that is a param here", closed + strings.ReplaceAll(help, "weniger", "{Item}"), newer, "CLOSED.title", "near-miss-placeholder OUT_OF_STOCK.help", ""},
		{"a category that nothing was said about", closed + strings.ReplaceAll(detail, "one", "few"), newer, "CLOSED.title", "impossible-category OUT_OF_STOCK.detail", ""},
		{"no count", detail, noCount, "OUT_OF_STOCK.detail", "", ""},

		// Whatever the declarations are.
		{"not TOML", "x = ", nil, "", "", "de.toml:1:"},
		{"not TOML, elsewhere", "x = ", newer, "", "", "de.toml:1:"},
		{"not UTF-8", "[CLOSED.title]\nother=\"\xff\"\n", newer, "", "", "UTF-8"},
		{"no text", "[CLOSED.title]\nother=1\n", newer, "", "", "expected a text"},
		{"a direction control", bidi, nil, "", "", "CLOSED.title: the text has a direction control"},
		{"a direction control, elsewhere", bidi, newer, "", "", "CLOSED.title: the text has a direction control"},
		{"a direction control that nobody is shown", bidi, noCode, "", "unknown-code CLOSED.title", ""},
		{"a control character", "[CLOSED.title]\nother=\"Zu\\u001B[2J\"\n", newer, "", "", "U+001B"},
		{"braces", "[CLOSED.title]\nother=\"{{range .X}}\"\n", newer, "", "", "CLOSED.title:"},
		{"a huge text", "[CLOSED.title]\nother=\"" + strings.Repeat("a", 70_000) + "\"\n", newer, "", "", "65536 bytes"},
		{"many placeholders", "[phrases.hello]\nother=\"" + strings.Repeat("{{.Name}}", 101) + "\"\n", newer, "", "", "more than 100 placeholders"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := shop()
			if test.program != nil {
				d = shop(test.program)
			}
			fit, left, err := packOf(t, pack.Fingerprint(shop()), "de.toml", test.src).For(d)
			if test.program == nil {
				// What For refuses, the author of the file learns with its place.
				faults := pack.Check(d, files("de.toml", test.src))
				if (len(faults) > 0) != (test.refused != "") || len(faults) > 0 && faults[0].Line == 0 {
					t.Errorf("Check finds %v", faults)
				}
			}
			if got := rulesOf(left); got != test.left {
				t.Errorf("left out: %q, want %q", got, test.left)
			}
			if test.refused != "" {
				expectError(t, err, test.refused)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var shown []string
			for name := range textsOf(t, fit.FS()) {
				id := strings.TrimPrefix(name, "de ")
				shown = append(shown, id[:strings.LastIndexByte(id, '.')])
			}
			slices.Sort(shown)
			if got := strings.Join(slices.Compact(shown), " "); got != test.shown {
				t.Errorf("shows %q, want %q", got, test.shown)
			}
			if got := fmt.Sprint(fit.Locales()); got != "[de]" {
				t.Errorf("locales %s", got)
			}
		})
	}
}

// rulesOf returns the rules of findings, each with the ID of the text.
func rulesOf(list diag.List) string {
	var all []string
	for _, f := range list {
		id, _, _ := strings.Cut(f.Text, ":")
		all = append(all, f.Rule+" "+id)
		if f.Domain != "shop" || f.File != "de.toml" || f.Hint == "" {
			return fmt.Sprintf("not complete: %+v", f)
		}
	}
	return strings.Join(all, ", ")
}

// A text in the source locale comes from people as well, and need not be the program's.
func TestForSourceLocale(t *testing.T) {
	print := pack.Fingerprint(shop())
	if _, _, err := packOf(t, print, "en.toml", "[CLOSED.title]\nother=\"Shut\"\n").For(shop()); err != nil {
		t.Error(err)
	}
	for _, other := range []string{"Clo\\u202Esed", "Clo\\u0007sed", "{Item} {{.Item}}"} {
		if _, _, err := packOf(t, print, "en.toml", "[CLOSED.title]\nother=\""+other+"\"\n").For(shop()); err == nil {
			t.Errorf("%s is accepted", other)
		}
	}
}

func TestForOtherDomain(t *testing.T) {
	p := newPack(t, shop(), files("de.toml", closed))
	_, _, err := p.For(shop(func(d *model.Domain) { d.Name = "bank" }))
	expectError(t, err, `the pack has the texts of domain "shop", not of "bank"`)
}

// A pack for a program with ten thousand other codes leaves out all of them, and lists some.
func TestForManyUnknown(t *testing.T) {
	var src strings.Builder
	src.WriteString(closed)
	for i := range 10_000 {
		fmt.Fprintf(&src, "[CODE_%d.title]\nother=\"x\"\n", i)
	}
	fit, left, err := packOf(t, "00", "de.toml", src.String()).For(shop())
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Collect(maps.Keys(textsOf(t, fit.FS()))); len(got) != 1 {
		t.Errorf("%d texts are shown", len(got))
	}
	if n := left.Count(diag.Error); n != 10_000 || len(left) > 101 {
		t.Errorf("%d findings for %d texts", len(left), n)
	}
}

func TestFingerprint(t *testing.T) {
	code := func(change func(*model.Code)) func(*model.Domain) {
		return func(d *model.Domain) { change(&d.Codes[0]) }
	}
	tests := []struct {
		name   string
		change func(*model.Domain)
		same   bool
	}{
		{"nothing", func(*model.Domain) {}, true},
		{"wording", func(d *model.Domain) { replaceIn(d.Codes[0].Texts[:], "Only", "No more than") }, true},
		{"wording of a label", func(d *model.Domain) { d.Labels[0].Text = text("mail") }, true},
		{"blanks in a placeholder", func(d *model.Domain) { replaceIn(d.Codes[0].Texts[:], "{{.Item}}", "{{ .Item }}") }, true},
		{"number", code(func(c *model.Code) { c.Number = 7 }), true},
		{"status", code(func(c *model.Code) { c.HTTP = 404 }), true},
		{"comment", code(func(c *model.Code) { c.Doc = "When it rains." }), true},
		{"place", code(func(c *model.Code) { c.Place.File = "x.go" }), true},
		{"audience of a param", code(func(c *model.Code) { c.Params[0].Public = true }), true},
		{"limit", code(func(c *model.Code) { c.Texts[0].Max = 3 }), true},
		{"order of codes", func(d *model.Domain) { slices.Reverse(d.Codes) }, true},
		{"order of params", code(func(c *model.Code) { slices.Reverse(c.Params) }), true},
		{"a text for an exact zero", code(func(c *model.Code) { c.Texts[model.DetailZero] = text("None") }), false},

		{"a code less", noCode, false},
		{"a code's name", code(func(c *model.Code) { c.Name = "SOLD_OUT" }), false},
		{"a part less", noHelp, false},
		{"a label more", newer, false},
		{"a label's name", func(d *model.Domain) { d.Labels[0].Name = "mail" }, false},
		{"a phrase less", func(d *model.Domain) { d.Phrases = nil }, false},
		{"a param's name", otherParam, false},
		{"a former name", code(func(c *model.Code) { c.Params[0].FormerNames = nil }), false},
		{"a kind", code(func(c *model.Code) { c.Params[0].Kind = "literal" }), false},
		{"a param that no text has", code(func(c *model.Code) { c.Params = append(c.Params, model.Param{Name: "X", Kind: "int"}) }), false},
		{"a placeholder more", moreInHelp, false},
		{"a placeholder less", noItem, false},
		{"a placeholder in one form less", code(func(c *model.Code) { c.Texts[model.Detail].Forms[plural.One] = "One is left." }), false},
		{"the count", code(func(c *model.Code) { c.Count = "" }), false},
		{"the source locale", func(d *model.Domain) { d.Source = d.Source.Parent() }, false},
	}
	base := pack.Fingerprint(shop())
	if len(base) != 32 {
		t.Errorf("the fingerprint is %q", base)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if same := pack.Fingerprint(shop(test.change)) == base; same != test.same {
				t.Errorf("same: %t, want %t", same, test.same)
			}
		})
	}
}
