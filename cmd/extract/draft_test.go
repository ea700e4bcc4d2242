package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
)

// hostileMain is a program that drafts translations and does what it must not do: hostile-engine
// seed.
func hostileMain() {
	seed, _ := strconv.ParseUint(os.Args[1], 10, 64)
	random := rand.New(rand.NewPCG(seed, 7))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answer := func(id string, forms map[string]string) {
		line, _ := json.Marshal(map[string]any{"id": id, "forms": forms})
		out.Write(append(line, '\n'))
	}
	texts := []string{"", " ", "Testo", "Testo.", "{{.Item}} e {{.Left}}", "{{.Left}}", "{{.Itme}}", "{{if .Left}}x{{end}}",
		"x\u202Ey.", "a\x00b", "\"\"\"", "[OUT_OF_STOCK.title]\nother = \"x\"", "#, ok", "\ufffd", strings.Repeat("lungo ", 20_000),
		"<script>alert(1)</script>", "Rimangono solo {{.Left}} pezzi di {{.Item}}.", "Scelga una quantità minore."}
	requests := bufio.NewScanner(os.Stdin)
	requests.Buffer(nil, 1<<20)
	for requests.Scan() {
		var r draftRequest
		if err := json.Unmarshal(requests.Bytes(), &r); err != nil {
			panic(err)
		}
		forms := map[string]string{}
		for _, form := range r.Forms {
			forms[form.Form] = texts[random.IntN(len(texts))]
			if random.IntN(3) == 0 {
				forms[form.Form] = form.Text
			}
		}
		switch random.IntN(24) {
		case 0:
			return
		case 1:
			out.WriteString("{\"id\":\"" + r.ID + "\",\"forms\":{\"other\":\"\xff\xfe\"}}\n")
		case 2:
			out.WriteString("<html>\n")
		case 3:
			r.ID = []string{"OUT_OF_STOCK.title", "../../x", "labels", "", "A.b.c"}[random.IntN(5)]
		case 4:
			forms[[]string{"two", "zero", "title", ""}[random.IntN(4)]] = "x"
		case 5:
			out.WriteString(strings.Repeat("[", 10_000) + "\n")
		case 6:
			fmt.Fprintf(out, "%s\n", strings.Repeat("x", 300<<10))
		case 7:
			for range 300 {
				answer(r.ID, forms)
			}
		case 8:
			if random.IntN(4) == 0 {
				out.Flush()
				_ = exec.Command("sleep", "60").Run()
			}
		case 9:
			os.Stderr.WriteString(strings.Repeat("complaint\n", 100_000))
		case 10:
			out.Flush()
			os.Exit(1)
		}
		answer(r.ID, forms)
	}
}

// Whatever a program answers, nobody's text changes, and each draft is whole, was asked for and has
// nothing wrong with it.
func TestHostileDrafts(t *testing.T) {
	runs := 50
	if os.Getenv("ERRLINGO_LONG") != "" {
		runs = 1000
	}
	dir := t.TempDir()
	if err := copyShop(dir); err != nil {
		t.Fatal(err)
	}
	extract := func(args ...string) (string, int) {
		r := runIn(t, dir, args...)
		return r.stdout + r.stderr, r.code
	}
	for _, args := range [][]string{{}, {"add", "it"}} {
		if out, code := extract(args...); code != 0 {
			t.Fatal(out)
		}
	}
	file, drafts := filepath.Join(dir, "locales", "it.toml"), filepath.Join(dir, "locales", "_state", "it.draft")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("[labels.email]\n#. en: \"e-mail address\"\nother = \"\""),
		[]byte("[labels.email]\n#. en: \"e-mail address\"\nother = \"indirizzo e-mail\""), 1)
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if out, code := extract(); code != 0 {
		t.Fatal(out)
	}
	snapshot := func() string {
		var all strings.Builder
		for _, name := range []string{"it.toml", "en.toml", "codes.lock", "_state/it.lock", "_state/en.lock", "../shop.go"} {
			src, err := os.ReadFile(filepath.Join(dir, "locales", name))
			if err != nil {
				t.Fatal(err)
			}
			all.Write(src)
		}
		return all.String()
	}
	want, kept := snapshot(), 0
	for seed := range runs {
		started := time.Now()
		out, code := extract("draft", "--lang", "it", "--time", "2s", "--", "hostile-engine", strconv.Itoa(seed))
		if code != 0 && code != 1 || time.Since(started) > 30*time.Second {
			t.Fatalf("seed %d: exit code %d\n%s", seed, code, out)
		}
		if snapshot() != want {
			t.Fatalf("seed %d: a file has changed\n%s", seed, out)
		}
		src, err := os.ReadFile(drafts)
		if os.IsNotExist(err) {
			continue
		}
		f, syntax, texts := localefile.Read("it.draft", language.Italian, src)
		if err != nil || len(syntax)+len(texts) > 0 {
			t.Fatalf("seed %d: %v %v %v\n%s", seed, err, syntax, texts, src)
		}
		for i := range f.Entries {
			e := &f.Entries[i]
			kept++
			if e.ID.Name != "OUT_OF_STOCK" {
				t.Fatalf("seed %d: a draft of %v", seed, e.ID)
			}
			other := e.Texts()[plural.Other]
			if strings.ContainsAny(other, "<\x00\u202E\ufffd") || strings.Contains(other, "Itme") || strings.Contains(other, "{{if") ||
				e.ID.Part == "detail" && !strings.Contains(other, "{{.Left}}") {
				t.Fatalf("seed %d: a draft of %v says %q", seed, e.ID, other)
			}
		}
		if err := os.Remove(drafts); err != nil {
			t.Fatal(err)
		}
	}
	if kept == 0 {
		t.Error("no draft was kept, so this test shows nothing")
	}
	if out, code := extract("check", "--exact"); code != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
