package studio_test

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/studio"
)

// TestSave checks that nothing changes but the table of the text and the state.
func TestSave(t *testing.T) {
	files := newProject(t)
	text := files.read(t, "de.toml")
	files.write(t, "de.toml", strings.Replace(text, "[SOLD_OUT.title]\n", "[SOLD_OUT.title] # daneben\n#   Mit Leerzeichen.   \n\n\n", 1))
	p := open(t, files, studio.Options{})
	before := map[string]string{}
	for _, name := range []string{"ar.toml", "en.toml", "pl.toml", "_state/pl.lock", "_state/en.lock"} {
		before[name] = files.read(t, name)
	}
	old := files.read(t, "de.toml")
	line := p.text("de", "phrases.cart")["line"].(float64)
	doc := p.post(200, "save", "de", "SOLD_OUT.detail", object{
		"version": p.text("de", "SOLD_OUT.detail")["version"], "state": "review",
		"forms": object{"other": "Alle Stücke von {{.Item}} sind weg"}, "comments": []string{"Noch zu klären", "zweite Zeile"},
		"allow": []object{{"rule": "punctuation", "reason": "kein Satz"}}, "next": object{"state": "missing"},
	})
	expect(t, doc, map[string]any{
		"text.state": "review", "text.canUndo": true, "text.allowed.0.rule": "punctuation",
		"text.allowed.0.reason": "kein Satz", "text.findings": []any{}, "counts.review": 1, "counts.missing": 2,
		"next.id": "phrases.cart", "next.line": line + 5,
	})
	written := files.read(t, "de.toml")
	table := "# Noch zu klären\n# zweite Zeile\n# kein Satz\n# lint: allow punctuation\n[SOLD_OUT.detail]\n" +
		"#. en: \"All pieces of {{.Item}} are sold.\"\n#, review\nother = \"Alle Stücke von {{.Item}} sind weg\"\n"
	want := strings.Replace(old, "[SOLD_OUT.detail]\n#. en: \"All pieces of {{.Item}} are sold.\"\nother = \"\"\n", table, 1)
	if written != want {
		t.Errorf("de.toml is\n%s\nwant\n%s", written, want)
	}
	if diff := doc["diff"].(string); !strings.Contains(diff, "+other = \"Alle") || strings.Contains(diff, "SOLD_OUT.title") {
		t.Errorf("the difference is\n%s", diff)
	}
	for name, text := range before {
		if files.read(t, name) != text {
			t.Errorf("%s has changed", name)
		}
	}
	files.extract(t)
	if files.read(t, "de.toml") != written {
		t.Errorf("extract changes the file:\n%s", files.read(t, "de.toml"))
	}
	expect(t, p.text("de", "phrases.cart"), map[string]any{"line": line + 5})
}

func TestSaveRefuses(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	version := p.text("de", "SOLD_OUT.detail")["version"]
	tests := []struct {
		name   string
		more   object
		status int
	}{
		{"an error of lint", object{"forms": object{"other": "{{.Itme}} ist weg."}}, 422},
		{"white space alone", object{"forms": object{"other": "  "}}, 422},
		{"a control character", object{"forms": object{"other": "weg\x00"}}, 422},
		{"a form that the text does not have", object{"forms": object{"many": "weg"}}, 400},
		{"a form that does not exist", object{"forms": object{"x": "weg"}}, 400},
		{"another state", object{"state": "stale"}, 400},
		{"a rule that does not exist", object{"allow": []object{{"rule": "x", "reason": ""}}}, 422},
		{"a long text", object{"forms": object{"other": strings.Repeat("x", 65<<10)}}, 422},
		{"a large body", object{"forms": object{"other": strings.Repeat("x", 2<<20)}}, 413},
		{"a field that does not exist", object{"x": 1}, 400},
	}
	old := files.read(t, "de.toml") + files.read(t, "_state/de.lock")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := object{"version": version, "state": "translated", "forms": object{"other": "Alle {{.Item}} sind weg."}}
			for name, value := range tt.more {
				body[name] = value
			}
			if doc := p.in(t).post(tt.status, "save", "de", "SOLD_OUT.detail", body); doc["error"] == "" {
				t.Error("the answer does not say why")
			}
			if files.read(t, "de.toml")+files.read(t, "_state/de.lock") != old {
				t.Error("something was written")
			}
		})
	}
}

func TestDryRun(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	old := files.read(t, "de.toml")
	doc := p.post(200, "save", "de", "SOLD_OUT.title", object{"version": p.text("de", "SOLD_OUT.title")["version"],
		"forms": object{"other": "Ausverkauft"}, "state": "translated", "dryRun": true})
	if !strings.Contains(doc["diff"].(string), "+other = \"Ausverkauft\"") || files.read(t, "de.toml") != old {
		t.Errorf("the difference is %v", doc["diff"])
	}
	expect(t, p.text("de", "SOLD_OUT.title"), map[string]any{"state": "missing", "canUndo": false})
}

// TestNext asks for the next text in the order in which the page had them: a text that is saved goes
// to the end of the list by state.
func TestNext(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	for _, tt := range []struct{ id, next string }{
		{"SOLD_OUT.title", "SOLD_OUT.detail"}, {"labels.socks", "OUT_OF_STOCK.title"}, {"SOLD_OUT.title", "<nil>"},
	} {
		doc := p.post(200, "save", "de", tt.id, object{"version": p.text("de", tt.id)["version"],
			"forms": object{"other": "Wort"}, "state": "translated", "next": object{"order": "state"}})
		expect(t, doc, map[string]any{"next.id": tt.next})
	}
}

// TestEmpty empties a text, which is missing then, and known to be.
func TestEmpty(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	p.save(200, "de", "labels.socks", "", "translated")
	expect(t, p.text("de", "labels.socks"), map[string]any{"state": "missing"})
	written := files.read(t, "_state/de.lock")
	files.extract(t)
	if files.read(t, "_state/de.lock") != written {
		t.Errorf("extract learns something else about the empty text: %s\n%s", written, files.read(t, "_state/de.lock"))
	}
}

// TestConflict has two pages edit one text, and then two texts.
func TestConflict(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	version := p.text("de", "OUT_OF_STOCK.title")["version"]
	other := p.text("de", "SOLD_OUT.title")["version"]
	p.save(200, "de", "OUT_OF_STOCK.title", "Vergriffen", "translated")
	doc := p.post(409, "save", "de", "OUT_OF_STOCK.title", object{"version": version,
		"forms": object{"other": "Nicht da"}, "state": "translated"})
	expect(t, doc, map[string]any{
		"conflict.base.other": "Nicht vorrätig", "conflict.theirs.other": "Vergriffen", "conflict.yours.other": "Nicht da",
	})
	p.post(200, "save", "de", "OUT_OF_STOCK.title", object{"version": at(doc, "conflict.version"),
		"forms": object{"other": "Nicht da"}, "state": "translated"})
	p.post(200, "save", "de", "SOLD_OUT.title", object{"version": other,
		"forms": object{"other": "Ausverkauft"}, "state": "translated"})
	if text := files.read(t, "de.toml"); !strings.Contains(text, `"Nicht da"`) || !strings.Contains(text, `"Ausverkauft"`) {
		t.Errorf("a text is lost:\n%s", text)
	}
}

// TestTogether has many pages save at the same time.
func TestTogether(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	ids := []string{"OUT_OF_STOCK.title", "SOLD_OUT.title", "SOLD_OUT.detail", "labels.socks"}
	var group sync.WaitGroup
	for _, locale := range []string{"ar", "de", "pl"} {
		for _, id := range ids {
			version := p.text(locale, id)["version"]
			group.Go(func() {
				body := object{"domain": "shop", "locale": locale, "id": id, "version": version, "state": "review",
					"forms": object{"other": "{{.Item}} " + locale}}
				if !strings.HasSuffix(id, "detail") {
					body["forms"] = object{"other": id + locale}
				}
				if status, doc := p.do("POST", "/api/save", body, nil); status != 200 {
					t.Errorf("%s %s: %d %v", locale, id, status, doc)
				}
			})
		}
	}
	group.Wait()
	for _, locale := range []string{"ar", "de", "pl"} {
		for _, id := range ids {
			expect(t, p.text(locale, id), map[string]any{"state": "review"})
		}
	}
}

// TestOtherPrograms changes the files while the page is open.
func TestOtherPrograms(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	old := files.read(t, "de.toml")
	version := p.text("de", "OUT_OF_STOCK.title")["version"]
	revision := p.get("/api/project")["revision"].(string)

	files.write(t, "de.toml", strings.Replace(old, `"Nicht vorrätig"`, `"Vergriffen"`, 1))
	expect(t, p.text("de", "OUT_OF_STOCK.title"), map[string]any{"forms.0.text": "Vergriffen"})
	expect(t, p.get("/api/changes?since="+revision), map[string]any{"changed.0.domain": "shop", "changed.0.locale": "de", "changed.1": nil})
	p.post(409, "save", "de", "OUT_OF_STOCK.title", object{"version": version, "forms": object{"other": "x"}, "state": "review"})

	files.write(t, "de.toml", "broken = [")
	status, doc := p.do("GET", "/api/text?domain=shop&locale=de&id=OUT_OF_STOCK.title", nil, nil)
	if status != 503 || !strings.Contains(fmt.Sprint(doc["error"]), "locales/de.toml:1") {
		t.Errorf("a broken file: %d %v", status, doc)
	}
	p.text("pl", "OUT_OF_STOCK.title")

	if err := os.Remove(files.path("de.toml")); err != nil {
		t.Fatal(err)
	}
	doc = p.post(404, "save", "de", "OUT_OF_STOCK.title", object{"version": version, "forms": object{"other": "x"}, "state": "review"})
	if !strings.Contains(fmt.Sprint(doc["hint"]), "deleted") {
		t.Errorf("a deleted file: %v", doc)
	}
	if _, err := os.Stat(files.path("de.toml")); err == nil {
		t.Error("the deleted file is back")
	}
	files.write(t, "de.toml", old)
	p.save(200, "de", "OUT_OF_STOCK.title", "Vergriffen", "translated")
}

func TestReview(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	review := func(want int, verdict, comment string) object {
		return p.post(want, "review", "de", "SOLD_OUT.title", object{"version": p.text("de", "SOLD_OUT.title")["version"],
			"verdict": verdict, "comment": comment})
	}
	review(422, "approve", "") // It is missing.
	p.save(200, "de", "SOLD_OUT.title", "Ausverkauft", "review")
	expect(t, review(200, "approve", ""), map[string]any{"text.state": "translated"})
	review(422, "request", "")
	expect(t, review(200, "reject", "Zu lang"), map[string]any{"text.state": "stale", "text.comments.0": "Zu lang"})
	review(422, "approve", "")
	p.save(422, "de", "SOLD_OUT.title", "Ausverkauft", "translated")
	expect(t, p.save(200, "de", "SOLD_OUT.title", "Vergriffen", "translated"), map[string]any{"text.state": "translated"})
	review(400, "praise", "")

	// Lint is less strict with a stale text, but not with what is to be saved.
	version := p.text("de", "OUT_OF_STOCK.detail")["version"]
	doc := p.post(200, "review", "de", "OUT_OF_STOCK.detail", object{"version": version, "verdict": "reject"})
	expect(t, doc, map[string]any{"text.state": "stale"})
	p.post(422, "save", "de", "OUT_OF_STOCK.detail", object{"version": at(doc, "text.version"),
		"forms": object{"one": "Nur noch eins.", "other": "Nur noch wenige."}, "state": "translated"})
}

const draftFile = `# Drafts
[SOLD_OUT.title]
#. en: "Sold out"
description = "draft by machine"
other = "Ausverkauft"

[SOLD_OUT.detail]
#. en: "All pieces of {{.Item}} are sold."
description = "draft by machine"
other = "Alle sind verkauft."
`

func TestDraft(t *testing.T) {
	files := newProject(t)
	files.write(t, "_state/de.draft", draftFile)
	p := open(t, files, studio.Options{})
	draft := func(want int, id, verdict string) object {
		return p.post(want, "draft", "de", id, object{"version": p.text("de", id)["version"], "verdict": verdict})
	}
	expect(t, p.text("de", "SOLD_OUT.title"), map[string]any{"state": "missing",
		"forms.0.text": "", "forms.0.draft.text": "Ausverkauft", "forms.0.draft.tool": "machine"})
	expect(t, p.get("/api/texts?domain=shop&locale=de&state=draft"), map[string]any{"total": 2})
	draft(404, "OUT_OF_STOCK.title", "take")
	draft(400, "SOLD_OUT.title", "eat")
	draft(422, "SOLD_OUT.detail", "take") // It lacks a placeholder.
	old, oldDrafts := files.read(t, "de.toml"), files.read(t, "_state/de.draft")
	expect(t, draft(200, "SOLD_OUT.title", "take"), map[string]any{"text.state": "review", "counts.drafts": 1})
	if text := files.read(t, "_state/de.draft"); strings.Contains(text, "SOLD_OUT.title") {
		t.Errorf("the draft is still there:\n%s", text)
	}
	p.post(200, "undo", "de", "SOLD_OUT.title", nil)
	expect(t, p.text("de", "SOLD_OUT.title"), map[string]any{"state": "missing", "forms.0.draft.text": "Ausverkauft"})
	if files.read(t, "de.toml") != old {
		t.Errorf("undo leaves\n%s", files.read(t, "de.toml"))
	}
	draft(200, "SOLD_OUT.detail", "drop")
	draft(200, "SOLD_OUT.title", "drop")
	if _, err := os.Stat(files.path("_state/de.draft")); err == nil {
		t.Error("a file without drafts is left")
	}
	p.post(200, "undo", "de", "SOLD_OUT.title", nil)
	p.post(200, "undo", "de", "SOLD_OUT.detail", nil)
	_, tables, _ := strings.Cut(files.read(t, "_state/de.draft"), "\n")
	if _, before, _ := strings.Cut(oldDrafts, "\n"); strings.TrimSpace(tables) != strings.TrimSpace(before) {
		t.Errorf("undo leaves the drafts\n%s", tables)
	}
	if files.read(t, "de.toml") != old {
		t.Errorf("undo of a dropped draft changes\n%s", files.read(t, "de.toml"))
	}
}

func TestUndo(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	both := func() string { return files.read(t, "de.toml") + files.read(t, "_state/de.lock") }
	undo := func(want int, id string) object { return p.post(want, "undo", "de", id, nil) }
	undo(409, "SOLD_OUT.title")
	first := both()
	p.save(200, "de", "SOLD_OUT.title", "Weg", "review")
	second := both()
	p.save(200, "de", "SOLD_OUT.title", "Ausverkauft", "translated")
	p.save(200, "de", "OUT_OF_STOCK.title", "", "translated")
	undo(200, "OUT_OF_STOCK.title")
	expect(t, undo(200, "SOLD_OUT.title"), map[string]any{"text.state": "review", "text.canUndo": true, "counts.review": 1})
	if both() != second {
		t.Errorf("undo leaves\n%s\nwant\n%s", both(), second)
	}
	undo(200, "SOLD_OUT.title")
	if both() != first {
		t.Errorf("undo leaves\n%s\nwant\n%s", both(), first)
	}
	undo(409, "SOLD_OUT.title")

	p.save(200, "de", "SOLD_OUT.title", "Weg", "review")
	files.write(t, "de.toml", strings.Replace(files.read(t, "de.toml"), `"Weg"`, `"Fort"`, 1))
	undo(409, "SOLD_OUT.title") // Somebody has changed it since.
	p.save(200, "de", "SOLD_OUT.title", "Ausverkauft", "translated")
	files.commit(t)
	undo(409, "SOLD_OUT.title")
}

func TestReadOnly(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{ReadOnly: true})
	old := files.read(t, "de.toml")
	version := p.text("de", "SOLD_OUT.title")["version"]
	for path, more := range map[string]object{
		"save":   {"forms": object{"other": "Weg"}, "state": "review"},
		"review": {"verdict": "approve"}, "draft": {"verdict": "take"}, "undo": {},
	} {
		more["version"] = version
		if doc := p.post(403, path, "de", "SOLD_OUT.title", more); doc["hint"] != "start it without --read-only" {
			t.Errorf("%s: %v", path, doc)
		}
	}
	p.post(200, "lint", "de", "SOLD_OUT.title", object{"forms": object{"other": "Weg"}})
	p.post(200, "preview", "de", "SOLD_OUT.title", object{"forms": object{"other": "Weg"}})
	expect(t, p.get("/api/project"), map[string]any{"readOnly": true})
	if files.read(t, "de.toml") != old {
		t.Error("something was written")
	}
}

// TestPreviewNote reads what the preview says above what it shows.
func TestPreviewNote(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	with := func(text string, more object) object {
		request := object{"forms": object{"other": text}, "as": "text"}
		maps.Copy(request, more)
		return request
	}
	const bad, sold = "Alle {{.Nichts}}", "Alle {{.Item}} sind weg."
	tests := []struct {
		name   string
		locale string
		id     string
		more   object
		note   string
		body   string
	}{
		{"as in the file", "de", "OUT_OF_STOCK.title", object{"as": "text"}, "As readers see it.", "Nicht vorrätig"},
		{"typed", "de", "OUT_OF_STOCK.title", with("Weg", nil), "As readers will see it once this text is saved.", "Weg"},
		{"an error", "de", "OUT_OF_STOCK.title", with(bad, nil), "English, because this text has an error.", "Out of stock\n\nOnly 3"},
		{"an error in one form", "de", "OUT_OF_STOCK.detail",
			object{"as": "text", "count": 1, "forms": object{"one": bad, "other": "Nur noch {{.Left}}."}},
			"English, because this text has an error.", "Out of stock\n\nOnly one piece"},
		{"empty", "de", "OUT_OF_STOCK.detail", object{"as": "text", "forms": object{"one": "", "other": ""}},
			"English, because this text is empty.", "Out of stock\n\nOnly 3"},
		{"an empty form", "de", "OUT_OF_STOCK.detail", object{"as": "text", "count": 1, "forms": object{"one": "", "other": "Nur noch {{.Left}}."}},
			"The form “one” is empty, so readers see another one.", "Nicht vorrätig\n\nNur noch 1."},
		{"a title whose detail is missing", "de", "SOLD_OUT.title", with("Ausverkauft", nil),
			"As readers will see it once the detail is translated too. Until then, they get title and detail in English.", "Ausverkauft\n\n…\n"},
		{"a detail whose title is missing", "de", "SOLD_OUT.detail", with(sold, nil),
			"As readers will see it once the title is translated too. Until then, they get title and detail in English.", "…\n\nAlle Blue socks sind weg.\n"},
		{"what readers get until then", "de", "SOLD_OUT.title", with("Ausverkauft", object{"now": true}),
			"English, until the detail is translated too: readers get title and detail in one language.", "Sold out\n\nAll pieces"},
		{"an error in a title whose detail is missing", "de", "SOLD_OUT.title", with(bad, nil), "English, because this text has an error.", "Sold out\n\nAll pieces"},
		{"a missing argument", "de", "OUT_OF_STOCK.detail", object{"as": "text", "arguments": "zero"},
			"An argument is missing, so readers get the title alone.", "Nicht vorrätig"},
		{"a phrase", "de", "phrases.cart", with("{{.Left}} im Korb", nil), "As readers will see it once this text is saved.", "3 im Korb"},
		{"an empty phrase", "de", "phrases.cart", object{"as": "text"}, "English, because this text is empty.", "3 in your cart"},
		{"a label", "de", "labels.socks", object{"as": "text"}, "As readers see it.", "Socken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := p.in(t).post(200, "preview", tt.locale, tt.id, tt.more)
			if doc["note"] != tt.note || !strings.HasPrefix(doc["body"].(string), tt.body) {
				t.Errorf("%q above\n%s\nwant %q above %q", doc["note"], doc["body"], tt.note, tt.body)
			}
			if waiting := strings.Contains(tt.note, "translated too"); doc["waiting"] != waiting {
				t.Errorf("waiting is %v, want %v", doc["waiting"], waiting)
			}
		})
	}
}

// TestPreviewNoteOfHelp reads it for a help, which readers get in their language although title and
// detail are not, and for a code that is for operators.
func TestPreviewNoteOfHelp(t *testing.T) {
	files := newProject(t)
	shop := catalogtest.Temporary(t, catalog.NewDomain("shop"))
	shop.Define(1, "DISK_FULL", catalog.Spec{Title: "Disk full", Detail: "The disk is full.", Help: "Delete files.",
		Audience: catalog.AudienceOperator})
	files.domain.Store(access.Model(shop))
	access.Forget(shop)
	files.extract(t)
	p := open(t, files, studio.Options{})
	const operators = " Operators see this; readers get a general error instead."
	note := func(id, text, want string) {
		t.Helper()
		doc := p.post(200, "preview", "de", "DISK_FULL."+id, object{"forms": object{"other": text}})
		if doc["note"] != want+operators {
			t.Errorf("%s %q: %q, want %q", id, text, doc["note"], want+operators)
		}
	}
	note("help", "Löschen Sie Dateien.",
		"As readers will see it once this text is saved. The title and detail are still English.")
	note("help", "{{.Nichts}}", "The help is English, because this text has an error.")
	note("title", "Platte voll", "As readers will see it once the detail is translated too. "+
		"Until then, they get title and detail in English. The help is still English.")
	p.save(200, "de", "DISK_FULL.help", "Löschen Sie Dateien.", "translated")
	note("title", "", "English, because this text is empty. The help is German.")
	p.save(200, "de", "DISK_FULL.title", "Platte voll", "translated")
	note("detail", "Die Platte ist voll.", "As readers will see it once this text is saved.")
}

func TestPreview(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	tests := []struct {
		name string
		id   string
		more object
		want string
	}{
		{"the page", "OUT_OF_STOCK.title", object{"forms": object{"other": "Gerade getippt"}}, "<h1>Gerade getippt</h1>"},
		{"a plural form by its number", "OUT_OF_STOCK.detail", object{"as": "text", "count": 1}, "Nur noch ein Stück von Blue socks."},
		{"JSON", "OUT_OF_STOCK.detail", object{"as": "json"}, `"detail":"Nur noch 3 Stück von`},
		{"long arguments", "OUT_OF_STOCK.detail", object{"as": "text", "arguments": "extreme"}, "Nur noch 9.223.372.036.854.775.807 Stück von \u2068Donaudampf"},
		{"a missing argument", "OUT_OF_STOCK.detail", object{"as": "json", "arguments": "zero"}, `{"title":"Nicht vorrätig","status":409,"instance"`},
		{"a detail whose title is not translated yet", "SOLD_OUT.detail", object{"as": "text", "forms": object{"other": "{{.Item}} ist weg."}}, "…\n\nBlue socks ist weg.\n"},
		{"a phrase", "phrases.cart", object{"as": "text", "forms": object{"other": "{{.Left}} im Korb"}}, "3 im Korb\n"},
		{"a label", "labels.socks", object{"forms": object{"other": "<Socke>"}}, "<p>&lt;Socke&gt;</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := p.in(t).post(200, "preview", "de", tt.id, tt.more)
			if body := doc["body"].(string); !strings.Contains(body, tt.want) {
				t.Errorf("%q is not in\n%s", tt.want, body)
			}
			r, err := http.NewRequest("GET", p.server.URL+doc["url"].(string), nil)
			if err != nil {
				t.Fatal(err)
			}
			r.AddCookie(p.cookie())
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			shown, _ := io.ReadAll(res.Body)
			policy := strings.Split(res.Header.Get("Content-Security-Policy"), "; ")
			if string(shown) != doc["body"] || !slices.Contains(policy, "sandbox") || !slices.Contains(policy, "frame-ancestors 'self'") {
				t.Errorf("the frame gets %q with %q", shown, policy)
			}
		})
	}
}
