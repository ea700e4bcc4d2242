package e2e_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/frontend"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// frontendTools returns the folder with TypeScript and the libraries of messages.
func frontendTools(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ERRLINGO_FRONTEND")
	if dir == "" {
		t.Skip("ERRLINGO_FRONTEND is not set; .ci/tools says how to install TypeScript into the folder that it names")
	}
	return dir
}

// frontendSource is a domain with its locale files.
type frontendSource struct {
	domain *catalog.Domain
	files  fs.FS
}

// exported returns the domain as the command exports it.
func (s *frontendSource) exported(t *testing.T) frontend.Domain {
	t.Helper()
	d := frontend.Domain{Domain: access.Model(s.domain)}
	names, err := localefile.Find(s.files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		src, err := localefile.ReadFile(s.files, name)
		if err != nil {
			t.Fatal(err)
		}
		tag, _ := localefile.TagOf(name)
		file, syntax, _ := localefile.Read(name, tag, src)
		texts, faults := file.Compile(localefile.NewSchema(d.Domain))
		if len(syntax)+len(faults) > 0 {
			t.Fatal(syntax, faults)
		}
		d.Add(tag, &texts)
	}
	return d
}

// writeFrontend writes the files of the domains into a folder, and compiles what is TypeScript.
func writeFrontend(t *testing.T, tools string, files []frontend.File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	compileTypeScript(t, tools, dir, filepath.Join(dir, "render.ts"), filepath.Join(dir, "codes.ts"))
	return dir
}

// compileTypeScript compiles files with all checks on.
func compileTypeScript(t *testing.T, tools, out string, files ...string) {
	t.Helper()
	args := append([]string{filepath.Join(tools, "node_modules/typescript/bin/tsc"), "--strict",
		"--noUncheckedIndexedAccess", "--noImplicitOverride", "--noFallthroughCasesInSwitch", "--verbatimModuleSyntax",
		"--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler", "--outDir", out}, files...)
	if out, err := exec.Command("node", args...).CombinedOutput(); err != nil {
		t.Fatalf("tsc: %v\n%s", err, out)
	}
}

// frontendCase is a body, and what a Go client shows of it to a reader.
type frontendCase struct {
	Locale string          `json:"locale"`
	Reader string          `json:"reader"`
	Kind   string          `json:"kind"` // of the value that is tried, if it is a code for that
	Body   json.RawMessage `json:"body"`
	Title  string          `json:"title"`
	Detail string          `json:"detail"`
	Help   string          `json:"help"`
	Lang   string          `json:"lang"`
}

// frontendDeviations are the differences between what a Go client writes and what Intl writes, each
// with the reason. In a text of one of the locales, where both become the same by adapt, nothing is
// wrong.
var frontendDeviations = []struct {
	name    string
	locales string // empty for all
	kind    string // empty for all
	adapt   func(string) string
}{
	{"V8 11 writes a plain space for the U+202F and U+2009 of CLDR's dates and times", "", "",
		strings.NewReplacer("\u202f", " ", "\u2009", " ").Replace},
	{"ko has Latin letters for the halves of the day in CLDR 48.0 and Korean ones in 48.2", "ko", "",
		strings.NewReplacer("오전", "AM", "오후", "PM").Replace},
	{"fr-CH groups with U+202F in CLDR 48.0 and with an apostrophe in 48.2", "fr-CH", "",
		strings.NewReplacer("'", " ", "\u202f", " ").Replace},
	{"Intl has ranges of its own for dates with the day of the week and in numbers, which ja and zh also use for a " +
		"long date; Go writes both dates", "", "date-range", func(string) string { return "" }},
}

// TestFrontendTexts compares what four implementations show of the same errors: Go, render.ts, the
// npm packages messageformat and intl-messageformat. It goes through every standard code, every
// rule and every kind of value, in every language, with boundary values.
func TestFrontendTexts(t *testing.T) {
	tools := frontendTools(t)
	sources := []frontendSource{{codes.Domain, locales.FS}, {rules.Domain, rules.Locales}}
	tags := localesOf(t, locales.FS)
	if os.Getenv("ERRLINGO_LONG") == "" {
		tags = slices.DeleteFunc(tags, func(tag language.Tag) bool {
			return !strings.Contains(" ar de en ja pl ", " "+tag.String()+" ")
		})
	}
	sources = append(sources, kindsSource(tags))
	var options errlingo.Options
	var domains []frontend.Domain
	var declared []*catalog.Domain
	for i := range sources {
		options.Sources = append(options.Sources, errlingo.Source{Domain: sources[i].domain, FS: sources[i].files})
		domains = append(domains, sources[i].exported(t))
		declared = append(declared, sources[i].domain)
	}
	bundle, err := errlingo.Load(options)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]frontend.File{}
	for _, messages := range []frontend.Format{frontend.MF2, frontend.ICU} {
		for _, f := range frontend.Files(domains, tags, messages) {
			files[f.Name] = f
		}
	}
	dir := writeFrontend(t, tools, slices.Collect(maps.Values(files)))

	cases := filepath.Join(dir, "cases.jsonl")
	out, err := os.Create(cases)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(out)
	n := writeFrontendCases(t, json.NewEncoder(w), bundle, declared, tags)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/frontend.mjs", dir, tools)
	cmd.Stderr = t.Output()
	result, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Compared map[string]int
		Wrong    []struct{ By, Reader, Kind, Part, Body, Want, Got string }
	}
	if err := json.Unmarshal(result, &got); err != nil {
		t.Fatal(err)
	}
	explained := map[string]int{}
	for _, wrong := range got.Wrong {
		want, shown := wrong.Want, wrong.Got
		name := ""
		for _, d := range frontendDeviations {
			if d.locales != "" && !slices.Contains(strings.Fields(d.locales), wrong.Reader) ||
				d.kind != "" && d.kind != wrong.Kind {
				continue
			}
			if want, shown = d.adapt(want), d.adapt(shown); want == shown {
				name = d.name
				break
			}
		}
		if name == "" {
			t.Errorf("%s in %s: %s is %+q, want %+q\n%s", wrong.By, wrong.Reader, wrong.Part, wrong.Got, wrong.Want, wrong.Body)
			continue
		}
		explained[wrong.By+": "+name]++
	}
	t.Logf("%d bodies; texts compared: %v", n, got.Compared)
	for _, name := range slices.Sorted(maps.Keys(explained)) {
		t.Logf("%d differ. %s", explained[name], name)
	}
}

// TestFrontendHostile gives the renderer bodies that no server sends. It must not throw, and must
// always return a title.
func TestFrontendHostile(t *testing.T) {
	tools := frontendTools(t)
	standard := frontendSource{codes.Domain, locales.FS}
	kinds := kindsSource([]language.Tag{language.English, language.Arabic})
	dir := writeFrontend(t, tools, frontend.Files([]frontend.Domain{kinds.exported(t), standard.exported(t)},
		[]language.Tag{language.Arabic}, frontend.Compact))
	out, err := exec.Command("node", "testdata/hostile.mjs", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s bodies survived", strings.TrimSpace(string(out)))
}

// TestFrontendSize checks that the renderer stays small, minified and compressed.
func TestFrontendSize(t *testing.T) {
	tools := frontendTools(t)
	minify := exec.Command(filepath.Join(tools, "node_modules/.bin/esbuild"), "--minify", "--format=esm", "../internal/frontend/render.ts")
	out, err := minify.Output()
	if err != nil {
		t.Fatal(err)
	}
	var compressed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	if _, err := w.Write(out); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	if compressed.Len() > 2500 {
		t.Errorf("%d bytes, more than 2,500", compressed.Len())
	}
	t.Logf("%d bytes minified, %d with gzip", len(out), compressed.Len())
}

// TestFrontendPage uses examples/frontend against the shop in a browser: the shop's errors are shown
// in English, and then in the language that is chosen.
func TestFrontendPage(t *testing.T) {
	tools := frontendTools(t)
	browser := openBrowser(t)
	web := filepath.Join(t.TempDir(), "web")
	if err := os.CopyFS(web, os.DirFS("../examples/frontend/web")); err != nil {
		t.Fatal(err)
	}
	export := exec.Command("go", "run", "./cmd/extract", "export", "ts", "--out", filepath.Join(web, "errors"), "--lang", "ar,de,en",
		"./examples/shop", "./catalog/codes")
	export.Dir = ".."
	compile := exec.Command("node", filepath.Join(tools, "node_modules/typescript/bin/tsc"), "--project", web)
	binary := filepath.Join(t.TempDir(), "frontend")
	build := exec.Command("go", "build", "-o", binary, "./examples/frontend")
	build.Dir = ".."
	for _, cmd := range []*exec.Cmd{export, compile, build} {
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", cmd, err, out)
		}
	}
	server := exec.Command(binary, "-addr", "localhost:0", "-shop", startShop(t), "-web", web)
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, address, _ := strings.Cut(strings.TrimSpace(line), " at ")

	ctx, cancel := chromedp.NewContext(browser)
	defer cancel()
	shown := func(want string) {
		t.Helper()
		var got string
		for range 100 {
			got = text(t, ctx, "[role=alert]")
			if got = strings.Join(strings.Fields(got), " "); got == want {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("the page shows %q, want %q", got, want)
	}
	choose := func(locale string) {
		t.Helper()
		do(t, ctx, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
			`{ const s = document.querySelector("select"); s.value = %q; s.dispatchEvent(new Event("change")) }`, locale)))
	}
	do(t, ctx, chromedp.Navigate(address), chromedp.Click("nav button:nth-child(1)"))
	shown("Item not found We don’t have an item with the number 4711. Go back to the list and choose another item.")
	choose("de")
	shown("Artikel nicht gefunden Wir führen keinen Artikel mit der Nummer 4711. " +
		"Gehen Sie zurück zur Liste und wählen Sie einen anderen Artikel.")
	screenshot(t, ctx, "frontend-de")
	choose("ar")
	shown("المنتج غير موجود لا يوجد في المتجر منتج بالرقم 4711. يمكن الرجوع إلى القائمة واختيار منتج آخر.")
	if dir := attribute(t, ctx, "[role=alert] h2", "dir"); dir != "rtl" {
		t.Errorf("dir is %q", dir)
	}

	// The name of the item is the server's secret, so the text stays the server's own.
	choose("de")
	do(t, ctx, chromedp.Click("nav button:nth-child(2)"))
	shown("Not enough in stock Only 3 pairs of “Wool socks” are left. " +
		"Wählen Sie eine kleinere Menge oder einen anderen Artikel.")
	if lang := attribute(t, ctx, "[role=alert] h2", "lang"); lang != "en" {
		t.Errorf("lang is %q", lang)
	}
	if got := value(t, ctx, "[name=quantity]"); got != "3" {
		t.Errorf("the quantity is %q", got)
	}

	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.forms[0].quantity.value = "99"`), chromedp.Click("form button"))
	choose("de")
	shown("Einige Angaben stimmen nicht 3 Angaben müssen korrigiert werden. Enter your name. " +
		"Eine E-Mail-Adresse ist erforderlich. Geben Sie eine Menge von 1 bis 20 ein. " +
		"Korrigieren Sie Ihre Angaben und versuchen Sie es dann erneut.")
	if source := os.Getenv("ERRLINGO_AXE"); source != "" {
		do(t, ctx, chromedp.Evaluate[chromedp.Void](axe(t)))
		if found := get(t, ctx, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise)); found != "" {
			t.Errorf("axe-core finds\n%s", found)
		}
	}
}

func localesOf(t *testing.T, files fs.FS) []language.Tag {
	t.Helper()
	names, err := localefile.Find(files)
	if err != nil {
		t.Fatal(err)
	}
	var tags []language.Tag
	for _, name := range names {
		tag, _ := localefile.TagOf(name)
		tags = append(tags, tag)
	}
	return tags
}

// frontendReaders are readers whose notation is another one than that of their texts.
var frontendReaders = []string{"de-CH", "de-AT", "en-IN", "en-GB", "ar-EG", "fr-CH", "es-MX", "pt-BR"}

// writeFrontendCases writes the cases and returns how many bodies there are.
func writeFrontendCases(
	t *testing.T, to *json.Encoder, bundle *errlingo.Bundle, domains []*catalog.Domain, tags []language.Tag,
) (n int) {
	localizers := map[language.Tag]*errlingo.Localizer{}
	var regional []language.Tag
	for _, name := range frontendReaders {
		reader := language.MustParse(name)
		if loc := bundle.LocalizerFor(reader); slices.Contains(tags, loc.Locale()) {
			regional = append(regional, reader)
		}
	}
	for _, reader := range append(slices.Clone(tags), regional...) {
		localizers[reader] = bundle.LocalizerFor(reader).WithZone(time.UTC)
	}
	respond := problem.New(bundle, problem.Options{Logger: slog.New(slog.DiscardHandler)})
	for _, domain := range domains {
		for code := range domain.Codes() {
			declared := &access.CodeOf(code).Model
			if declared.ShownAs != nil {
				continue
			}
			readers := tags
			if domain.Name() == "kinds" {
				readers = append(slices.Clone(tags), regional...)
			}
			for set := range frontendSets(declared) {
				e := access.NewError(code, frontendValues(domain, declared, set), []catalog.Violation(nil), nil, nil)
				body, err := json.Marshal(e)
				if err != nil {
					t.Fatal(err)
				}
				if set == 0 { // as a server answers
					r := httptest.NewRequest(http.MethodGet, "/", nil)
					r.Header.Set("Accept-Language", "en")
					rec := httptest.NewRecorder()
					respond.Write(rec, r, e)
					body = rec.Body.Bytes()
				}
				n++
				received, err := problem.Unmarshal(body, domains...)
				if err != nil {
					t.Fatal(err)
				}
				for _, reader := range readers {
					loc := localizers[reader]
					m := loc.LocalizeFlat(received)
					kind := ""
					if domain.Name() == "kinds" {
						kind = declared.Params[0].Kind
					}
					if err := to.Encode(frontendCase{loc.Locale().String(), reader.String(), kind, body, m.Title.Value,
						m.Detail.Value, m.Help.Value, m.Title.Locale.String()}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	return n
}

// boundaries are values of each kind at which something changes: a plural form, a unit, a
// direction.
var boundaries = map[format.Kind][]format.Value{
	format.Int: wholes(format.Int, 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 19, 20, 21, 22, 25, 99, 100, 101, 102, 103, 111, 999,
		1000, 1001, 1234, 10000, 12345, 100000, 999999, 1000000, 1000001, 1<<53-1, -1, -2, -1234),
	format.Bytes: wholes(format.Bytes, 0, 1, 2, 3, 5, 11, 21, 999, 1000, 1001, 1500, 1050, 1099, 1100, 1999, 2000, 22000, 999_900, 999_901,
		999_999, 1_000_000, 1_000_001, 1_100_000, 25_000_000, 999_999_999, 3_200_000_000, 5e12, 1e15, 9e15, -2, -1500),
	format.Identifier: wholes(format.Identifier, 0, 7, 4711, 1234567, math.MaxInt64, -5),
	format.Number: {format.Float(format.Number, 0), format.Float(format.Number, 1.5), format.Float(format.Number, 0.0005),
		format.Float(format.Number, 1234.5678), format.Float(format.Number, -1234567.891), format.Float(format.Number, 1e15),
		format.Decimal("0"), format.Decimal("1.50"), format.Decimal("-1234567.125000"), format.Decimal("123456789012345678901234567890.5")},
	format.Percent: {format.Float(format.Percent, 0), format.Float(format.Percent, 0.25), format.Float(format.Percent, 0.999),
		format.Float(format.Percent, 0.9996), format.Float(format.Percent, -0.125), format.Float(format.Percent, 123.4)},
	format.Duration: frontendSpans(format.Duration, 0, 1, 2, 5, 11, 21, 59, 60, 61, 90, 120, 3599, 3600, 3601, 3661, 5400, 7199, 7200, 86399, 86400, 86401,
		90000, 172799, 172800, 259200+28800, 100*86400, 12345*86400),
	format.RelativeTime: frontendSpans(format.RelativeTime, 0, 1, 2, 3, 5, 11, 21, 59, 60, 61, 119, 120, 121, 3599, 3600, 3601, 7139, 7140, 7141, 7200, 7201,
		82801, 86399, 86400, 86401, 47*3600, 47*3600+1, 172800, 172801, 7*86400, 1234*86400, -5),
	format.Time: moments(format.Time, "2026-01-05T14:05:09Z", "2026-02-11T00:00:00Z", "2026-12-31T12:00:00+05:30", "1999-07-04T23:59:59Z"),
	format.Date: moments(format.Date, "2026-01-05T00:00:00Z", "2026-02-11T00:00:00Z", "2026-03-31T00:00:00Z", "2026-04-01T00:00:00Z", "2026-05-20T00:00:00Z",
		"2026-06-30T00:00:00Z", "2026-07-04T00:00:00Z", "2026-08-15T00:00:00Z", "2026-09-09T00:00:00Z", "2026-10-02T00:00:00Z",
		"2026-11-22T00:00:00Z", "1999-12-31T00:00:00Z"),
	format.TimeOfDay: moments(format.TimeOfDay, "2026-01-05T00:00:00Z", "2026-01-05T08:05:09Z", "2026-01-05T12:00:00Z", "2026-01-05T13:30:59Z",
		"2026-01-05T19:00:00Z", "2026-01-05T23:59:59Z"),
	format.DateRange: ranges("2026-01-05 2026-01-05", "2026-01-05 2026-01-08", "2026-01-05 2026-02-08", "2026-12-30 2027-01-02"),
	format.Money: {format.Amount("0", "EUR"), format.Amount("1", "USD"), format.Amount("12.50", "EUR"), format.Amount("1234.50", "CHF"),
		format.Amount("-1234567.89", "GBP"), format.Amount("12", "JPY"), format.Amount("1.2345", "USD"), format.Amount("99", "INR"),
		format.Amount("7.5", "KWD"), format.Amount("5", "XAF")},
	format.String: frontendTextsOf(format.String, "Blue socks", "", "<b>&amp;</b>", "a\u202eb\u0000c\nd", "شارع", "שלום", "v2.0", "كتاب جديد", "{{.Left}} {left} 'x' # |",
		"日本", "🧦", strings.Repeat("x", 256), "٣", "a\u200fb", "\u200b"),
	format.Literal: frontendTextsOf(format.Literal, "^[A-Z]{2,}$", "GET", "\\", "'{x}'"),
	format.URL:     frontendTextsOf(format.URL, "https://example.com/a?b=c&d", "https://example.com/ä"),
}

func wholes(kind format.Kind, numbers ...int64) (values []format.Value) {
	for _, n := range numbers {
		values = append(values, format.Whole(kind, n < 0, uint64(max(n, -n))))
	}
	return values
}

func frontendSpans(kind format.Kind, seconds ...int64) (values []format.Value) {
	for _, s := range seconds {
		values = append(values, format.Span(kind, time.Duration(s)*time.Second))
	}
	return append(values, format.Span(kind, 1500*time.Millisecond))
}

func moments(kind format.Kind, texts ...string) (values []format.Value) {
	for _, text := range texts {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		values = append(values, format.Moment(kind, at))
	}
	return values
}

func ranges(texts ...string) (values []format.Value) {
	for _, text := range texts {
		var ends [2]time.Time
		for i, day := range strings.Fields(text) {
			ends[i], _ = time.Parse(time.DateOnly, day)
		}
		values = append(values, format.Range(ends[0], ends[1]))
	}
	return values
}

func frontendTextsOf(kind format.Kind, texts ...string) (values []format.Value) {
	for _, text := range texts {
		values = append(values, format.Text(kind, text))
	}
	return values
}

// frontendChoices returns the values to try for a param, its example first.
func frontendChoices(p *model.Param) []format.Value {
	choices := []format.Value{p.Example}
	if !p.IsList() {
		for _, v := range boundaries[p.Example.Kind()] {
			choices = append(choices, v.Styled(p.Style))
		}
		return choices
	}
	element := p.Example.Values()[0]
	values := append([]format.Value{element}, boundaries[element.Kind()]...)
	for n := range min(len(values), 6) {
		choices = append(choices, p.Example.WithValues(values[:n]).Styled(p.Style))
	}
	return choices
}

// frontendSets returns how many sets of arguments are tried for a code.
func frontendSets(code *model.Code) int {
	n := 1
	for i := range code.Params {
		n = max(n, len(frontendChoices(&code.Params[i])))
	}
	return n
}

func frontendValues(domain *catalog.Domain, code *model.Code, set int) []format.Value {
	values := make([]format.Value, len(code.Params))
	for i := range values {
		choices := frontendChoices(&code.Params[i])
		values[i] = access.ValueIn(domain, choices[set%len(choices)]).Styled(code.Params[i].Style)
	}
	return values
}

// kindsSource returns a domain with a code for each kind of value in each style, and one for plural
// forms, in which a text has characters that mean something in the syntaxes of messages.
func kindsSource(tags []language.Tag) frontendSource {
	d := &model.Domain{Name: "kinds", Source: language.English}
	d.Labels = []model.Label{{Name: "one"}, {Name: "two"}}
	d.Labels[0].Text.Forms[plural.Other], d.Labels[1].Text.Forms[plural.Other] = "first", "second"
	add := func(p model.Param) *model.Code {
		p.Name, p.Public = "Value", true
		p.Example = p.Example.Styled(p.Style)
		c := model.Code{Number: len(d.Codes) + 1, Name: fmt.Sprintf("KIND_%d", len(d.Codes)+1), HTTP: http.StatusBadRequest}
		c.Params = []model.Param{p}
		c.Texts[model.Title].Forms[plural.Other] = "Title"
		c.Texts[model.Detail].Forms[plural.Other] = "It's {#1 | \\2} '{{.Value}}'."
		d.Codes = append(d.Codes, c)
		return &d.Codes[len(d.Codes)-1]
	}
	styles := map[format.Kind][]format.Style{
		format.Date: {format.Full, format.Medium, format.Short}, format.DateRange: {format.Full, format.Medium, format.Short},
		format.Time:      {format.Full, format.Medium, format.Short, format.WithSeconds, format.Short | format.WithSeconds},
		format.TimeOfDay: {format.WithSeconds}, format.Bytes: {format.Limit}, format.Money: {format.Narrow}, format.String: {format.FileName},
	}
	for _, kind := range slices.Sorted(maps.Keys(boundaries)) {
		for _, style := range append([]format.Style{0}, styles[kind]...) {
			add(model.Param{Kind: kind.String(), Example: boundaries[kind][0], Style: style})
		}
		if kind != format.DateRange && kind != format.Money {
			for _, join := range []format.Join{format.And, format.Or} {
				add(model.Param{Kind: model.ListOf(kind.String()), Example: format.Several(join, boundaries[kind][:2])})
			}
		}
	}
	add(model.Param{Kind: "label", Example: format.Named(&d.Labels[0], "first")})
	c := add(model.Param{Kind: "int", Example: boundaries[format.Int][0]})
	c.Count = "Value"
	detail := &c.Texts[model.Detail]
	for category := range plural.Category(plural.NumCategories) {
		detail.Forms[category] = fmt.Sprintf("%v: '{#}' {{.Value}}", category)
	}
	detail.Forms[plural.Two] = "two in words"
	c.Texts[model.DetailZero].Forms[plural.Other] = "none"

	files := fstest.MapFS{}
	for _, tag := range tags {
		var b strings.Builder
		for m := range d.Messages() {
			fmt.Fprintf(&b, "[%v]\n", m.ID)
			for category, form := range m.Text.Forms {
				if form != "" {
					fmt.Fprintf(&b, "%v = %q\n", plural.Category(category), form)
				}
			}
		}
		files[tag.String()+".toml"] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return frontendSource{access.NewDomain(d).(*catalog.Domain), files}
}
