package studio_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/studio"
)

func TestProject(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	expect(t, p.get("/api/project"), map[string]any{
		"readOnly": false, "source": "en", "domains.0.name": "shop",
		"domains.0.locales.0.tag": "ar", "domains.0.locales.0.dir": "rtl",
		"domains.0.locales.1.tag": "de", "domains.0.locales.1.name": "German",
		"domains.0.locales.1.nativeName":        "Deutsch",
		"domains.0.locales.1.characters.2.text": "„", "domains.0.locales.1.characters.0.label": "NBSP",
		"domains.0.locales.1.counts.texts":   6,
		"domains.0.locales.1.counts.missing": 3, "domains.0.locales.1.counts.translated": 3,
		"domains.0.locales.1.counts.forms.missing": 4, "domains.0.locales.1.counts.forms.translated": 4,
		"domains.0.locales.1.counts.percent": 50,
		"domains.0.locales.1.words.missing":  16,
	})
}

func TestTexts(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	tests := []struct {
		name  string
		query string
		want  string // the IDs
	}{
		{"all, labels first", "locale=de", "labels.socks OUT_OF_STOCK.title OUT_OF_STOCK.detail SOLD_OUT.title SOLD_OUT.detail phrases.cart"},
		{"by state", "locale=de&state=missing,stale", "SOLD_OUT.title SOLD_OUT.detail phrases.cart"},
		{"by part", "locale=de&part=title", "OUT_OF_STOCK.title SOLD_OUT.title"},
		{"by number", "locale=de&q=1202", "SOLD_OUT.title SOLD_OUT.detail"},
		{"by source text", "locale=de&q=ARE+SOLD", "SOLD_OUT.detail"},
		{"by translation", "locale=de&q=vorr%C3%A4tig", "OUT_OF_STOCK.title"},
		{"by comment", "locale=de&q=kurz", "OUT_OF_STOCK.detail"},
		{"a part of the list", "locale=de&offset=2&limit=2", "OUT_OF_STOCK.detail SOLD_OUT.title"},
		{"beyond the end", "locale=de&offset=9223372036854775807", ""},
		{"a part without a valid number", "locale=de&part=title&offset=-1&limit=x", "OUT_OF_STOCK.title SOLD_OUT.title"},
		{"by state in order", "locale=de&order=state&limit=4", "SOLD_OUT.title SOLD_OUT.detail phrases.cart labels.socks"},
		{"every locale", "part=title&limit=3", "OUT_OF_STOCK.title OUT_OF_STOCK.title OUT_OF_STOCK.title"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := p.in(t).get("/api/texts?domain=shop&" + tt.query)
			var ids []string
			for _, row := range doc["texts"].([]any) {
				ids = append(ids, row.(object)["id"].(string))
			}
			if got := strings.Join(ids, " "); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestPartsComeFirst checks that the list begins with labels and with phrases that are part of other
// texts, alone or in a list.
func TestPartsComeFirst(t *testing.T) {
	shop := catalogtest.Temporary(t, catalog.NewDomain("shop"))
	n := catalog.Int("N", 2)
	phrase := func(name string) *catalog.Phrase {
		return shop.Phrase(name, catalog.PhraseSpec{Text: "{{.N}} " + name, By: n, Params: catalog.Params{n}})
	}
	_, rooms, beds := phrase("alone"), phrase("rooms"), phrase("beds")
	booked := catalog.PhraseParam("Booked", rooms.With(n.Arg(2)))
	items := catalog.List(catalog.And, catalog.PhraseParam("Items", beds.With(n.Arg(2))))
	shop.Define(1, "BOOKED", catalog.Spec{Title: "Booked", Detail: "{{.Booked}}: {{.Items}}",
		Params: catalog.Params{booked, items}})
	shop.Label("lake", "lake")
	d := access.Model(shop)
	access.Forget(shop)
	// In source that is read, the examples are phrases of the model.
	said := func(i int) format.Value {
		return format.Phrased(&model.Said{Phrase: &d.Phrases[i]}, "2 "+d.Phrases[i].Name)
	}
	params := d.Codes[0].Params
	params[0].Example = said(1)
	params[1].Example = params[1].Example.WithValues([]format.Value{said(2)})
	files := newProject(t)
	files.domain.Store(d)
	files.extract(t)
	p := open(t, files, studio.Options{})
	expect(t, p.get("/api/texts?domain=shop&locale=de"), map[string]any{
		"texts.0.id": "labels.lake", "texts.1.id": "phrases.rooms", "texts.2.id": "phrases.beds",
		"texts.3.id": "BOOKED.title", "texts.5.id": "phrases.alone", "total": 6,
	})
}

func TestText(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	expect(t, p.text("pl", "OUT_OF_STOCK.detail"), map[string]any{
		"number": 1201, "code": "OUT_OF_STOCK", "http": 409, "part": "detail", "state": "missing",
		"source.forms.0.category": "one", "source.forms.1.text": "Only {{.Left}} pieces of {{.Item}} are left.",
		"params.0.name": "Item", "params.0.example": "Blue socks", "params.1.plural": true,
		"forms.0.category": "one", "forms.0.source": "Only one piece of {{.Item}} is left.",
		"forms.1.category": "few", "forms.1.numbers": "2, 3, 4, 22",
		"forms.2.category": "many", "forms.3": nil, // No whole number takes "other" in Polish.
		"others.0.locale": "de", "others.0.forms.1.text": "Nur noch {{.Left}} Stück von {{.Item}}.",
		"position.index": 3, "position.total": 6, "next": "SOLD_OUT.title", "previous_id": "OUT_OF_STOCK.title",
		"canUndo": false, "file": "locales/pl.toml", "previous": nil, "dir": "ltr",
	})
	expect(t, p.text("de", "OUT_OF_STOCK.detail"), map[string]any{
		"comments.0": "Kurz bleiben.", "state": "translated", "findings": []any{},
	})
	after := p.get("/api/text?domain=shop&locale=de&after=OUT_OF_STOCK.title&state=missing")
	expect(t, after, map[string]any{"id": "SOLD_OUT.title", "position.index": 1, "position.total": 3})
	before := p.get("/api/text?domain=shop&locale=de&before=SOLD_OUT.title")
	expect(t, before, map[string]any{"id": "OUT_OF_STOCK.detail"})
	byState := p.get("/api/text?domain=shop&locale=de&after=phrases.cart&order=state")
	expect(t, byState, map[string]any{"id": "labels.socks", "position.index": 4, "previous_id": "phrases.cart"})
	for _, end := range []string{"after=phrases.cart", "before=labels.socks", "after=OUT_OF_STOCK.title&q=xyz"} {
		if doc := p.get("/api/text?domain=shop&locale=de&" + end); doc != nil {
			t.Errorf("%s: %v", end, doc)
		}
	}
	for path, want := range map[string]int{
		"/api/text?domain=shop&locale=de&id=NOTHING.title":       404,
		"/api/text?domain=shop&locale=fr&id=OUT_OF_STOCK.title":  404,
		"/api/text?domain=other&locale=de&id=OUT_OF_STOCK.title": 404,
	} {
		if status, doc := p.do("GET", path, nil, nil); status != want || doc["error"] == "" {
			t.Errorf("%s: %d %v, want %d", path, status, doc, want)
		}
	}
}

// TestHelp checks what the page shows beside a text: similar ones, and the words of the glossary.
func TestHelp(t *testing.T) {
	files := newProject(t)
	var wrong []diag.Finding
	files.glossary, wrong = lint.ReadGlossary("glossary.toml",
		[]byte("[\"piece*\".de]\nallowed = [\"Stück\"]\nforbidden = [\"Teil*\"]\nnote = \"Nicht Stücke.\"\n"))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	p := open(t, files, studio.Options{})
	expect(t, p.get("/api/project"), map[string]any{"glossary": true})
	expect(t, p.text("de", "SOLD_OUT.detail"), map[string]any{
		"similar.0.id": "OUT_OF_STOCK.detail", "similar.0.target": "Nur noch {{.Left}} Stück von {{.Item}}.",
		"similar.1": nil, "terms.0.source": "piece*", "terms.0.use.0": "Stück", "terms.0.avoid.0": "Teil*",
		"terms.0.note": "Nicht Stücke.", "terms.1": nil,
	})
	expect(t, p.text("pl", "SOLD_OUT.detail"), map[string]any{"similar": []any{}, "terms": []any{}})
}

// TestOptional translates a text that readers see for the number 0.
func TestOptional(t *testing.T) {
	const id = "OUT_OF_STOCK.detail_zero"
	files := newProject(t)
	files.domain.Store(declare(t, "Out of stock", "{{.Item}} is sold out."))
	files.extract(t)
	p := open(t, files, studio.Options{})
	expect(t, p.get("/api/project"), map[string]any{
		"domains.0.locales.1.counts.texts": 6, "domains.0.locales.1.counts.optional": 1,
	})
	expect(t, p.get("/api/texts?domain=shop&locale=de&state=optional"), map[string]any{"total": 1, "texts.0.id": id})
	forms := object{"other": "{{.Item}} ist ausverkauft."}
	for _, arguments := range []string{"example", "extreme"} {
		shown := p.post(200, "preview", "de", id, object{"as": "text", "arguments": arguments, "forms": forms})
		if body := shown["body"].(string); !strings.Contains(body, "ist ausverkauft.") {
			t.Errorf("with arguments %s, readers see %q", arguments, body)
		}
	}
	doc := p.text("de", id)
	expect(t, doc, map[string]any{"state": "optional", "optional": true})
	saved := p.post(200, "save", "de", id, object{"version": doc["version"], "forms": forms, "state": "review"})
	expect(t, saved, map[string]any{"counts.texts": 7, "counts.optional": 0, "counts.review": 1})
}

// TestStale changes the source text while the page is open.
func TestStale(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	old := p.text("de", "OUT_OF_STOCK.title")
	revision := p.get("/api/project")["revision"].(string)
	files.domain.Store(declare(t, "Out of stock now", ""))
	changes := p.get("/api/changes?since=" + revision)
	expect(t, changes, map[string]any{"changed.0.domain": "", "changed.0.locale": ""})
	doc := p.text("de", "OUT_OF_STOCK.title")
	expect(t, doc, map[string]any{
		"state": "stale", "previous.forms.0.text": "Out of stock",
		"previous.diff.0.op": "same", "previous.diff.1.op": "new", "previous.diff.1.text": " now",
	})
	conflict := p.post(409, "save", "de", "OUT_OF_STOCK.title", object{"version": old["version"],
		"forms": object{"other": "Vergriffen"}, "state": "translated"})
	expect(t, conflict, map[string]any{"conflict.text.source.forms.0.text": "Out of stock now"})
	p.post(200, "review", "de", "OUT_OF_STOCK.title", object{"version": doc["version"], "verdict": "approve"})
	expect(t, p.text("de", "OUT_OF_STOCK.title"), map[string]any{"state": "translated"})
}

func TestLint(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	p.save(200, "de", "SOLD_OUT.title", "Aus  verkauft", "review")
	expect(t, p.get("/api/texts?domain=shop&locale=de&state=findings"), map[string]any{
		"total": 1, "texts.0.id": "SOLD_OUT.title", "texts.0.findings": 1})
	tests := []struct {
		name string
		text string
		want map[string]any
	}{
		{"right", "Alle Stücke von {{.Item}} sind verkauft.", map[string]any{"findings": []any{}}},
		{"empty", "", map[string]any{"findings": []any{}}},
		{"a wrong placeholder behind characters of two units", "🧦🧦 „{{.Itme}}“ ist weg.", map[string]any{
			"findings.0.category": "other", "findings.0.rule": "unknown-placeholder", "findings.0.severity": "error",
			"findings.0.from": 6, "findings.0.to": 15, "findings.0.fix": "🧦🧦 „{{.Item}}“ ist weg."}},
		{"behind what is escaped in the file", "Eins \"zwei\"\n{{.Itme}} drei.", map[string]any{
			"findings.0.from": 12, "findings.0.to": 21}},
		{"two spaces", "Alle  von {{.Item}} sind weg.", map[string]any{
			"findings.0.rule": "double-space", "findings.0.from": 4, "findings.0.fix": "Alle von {{.Item}} sind weg."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, p.in(t).post(200, "lint", "de", "SOLD_OUT.detail", object{"forms": object{"other": tt.text}}), tt.want)
		})
	}
}
