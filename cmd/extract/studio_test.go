package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// browser is a browser that has the studio's page open.
type browser struct {
	t     *testing.T
	base  string
	token string
}

// openStudio reads the address that a studio prints.
func openStudio(t *testing.T, stdout io.Reader) *browser {
	t.Helper()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the studio prints %q: %v", line, err)
	}
	u, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, "http://" + u.Host, u.Query().Get("token")}
}

// send sends a request. The error is that of a studio that ends meanwhile.
func (b *browser) send(method, path string, body any) (status int, doc map[string]any, err error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, bytes.NewReader(encoded))
	if err != nil {
		return 0, nil, err
	}
	r.AddCookie(&http.Cookie{Name: "studio-" + r.URL.Port(), Value: b.token})
	r.Header.Set("Origin", b.base)
	r.Header.Set("Content-Type", "application/json")
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	return res.StatusCode, doc, json.NewDecoder(res.Body).Decode(&doc)
}

// save translates a title in German.
func (b *browser) save(text string) (status int, err error) {
	const id = "OUT_OF_STOCK.title"
	_, doc, err := b.send("GET", "/api/text?domain=shop&locale=de&id="+id, nil)
	if err != nil {
		return 0, err
	}
	status, _, err = b.send("POST", "/api/save", map[string]any{"domain": "shop", "locale": "de", "id": id,
		"version": doc["version"], "forms": map[string]string{"other": text}, "state": "review"})
	return status, err
}

// TestStudio starts the studio in a repository, saves, commits, and ends it as Ctrl-C does while a
// page waits for changes.
func TestStudio(t *testing.T) {
	dir := shop(t)
	mustRun(t, dir)
	mustRun(t, dir, "add", "de", "pl")
	git := func(args ...string) { gitIn(t, dir, args...) }
	git("init", "--quiet")
	git("add", ".")
	git("commit", "--quiet", "-m", "start")

	ctx, interrupt := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var stderr bytes.Buffer
	env := inProcess(dir, "studio")
	env.stdout, env.stderr = writer, &stderr
	env.grace = func() <-chan time.Time { return time.After(grace) }
	code := make(chan int)
	go func() { code <- run(ctx, env) }()
	b := openStudio(t, reader)

	save := func(text string) {
		t.Helper()
		if status, err := b.save(text); status != 200 || err != nil {
			t.Fatalf("save: %d %v", status, err)
		}
	}
	undo := func(want int) {
		t.Helper()
		status, doc, err := b.send("POST", "/api/undo", map[string]string{"domain": "shop", "locale": "de",
			"id": "OUT_OF_STOCK.title"})
		if status != want || err != nil {
			t.Fatalf("undo: %d %v %v, want %d", status, doc, err, want)
		}
	}
	before := files(t, dir)
	save("Vergriffen")
	undo(200)
	for name, text := range files(t, dir) {
		if text != before[name] {
			t.Errorf("undo leaves %s:\n%s", name, text)
		}
	}
	save("Nicht da")
	git("commit", "--quiet", "-a", "-m", "translate")
	undo(409)
	mustRun(t, dir, "check") // It is not in the way of other runs.
	comparePercentages(t, dir, b)

	waits := make(chan error)
	go func() {
		_, doc, err := b.send("GET", "/api/project", nil)
		if err == nil {
			_, _, err = b.send("GET", "/api/changes?since="+url.QueryEscape(fmt.Sprint(doc["revision"])), nil)
		}
		waits <- err
	}()
	time.Sleep(100 * time.Millisecond) // The request should be waiting, but need not.
	interrupt()
	if got := <-code; got != exitOK {
		t.Errorf("exit code %d: %s", got, &stderr)
	}
	<-waits // An answer or an end of the connection: both are fine.
}

// comparePercentages checks that the studio shows the same share of translated forms as status.
func comparePercentages(t *testing.T, dir string, b *browser) {
	t.Helper()
	var want []struct {
		Locale  string
		Percent float64
	}
	if err := json.Unmarshal([]byte(runIn(t, dir, "status", "--format", "json").stdout), &want); err != nil {
		t.Fatal(err)
	}
	_, doc, err := b.send("GET", "/api/project", nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	for _, l := range doc["domains"].([]any)[0].(map[string]any)["locales"].([]any) {
		l := l.(map[string]any)
		got[l["tag"].(string)] = l["counts"].(map[string]any)["percent"]
	}
	for _, s := range want {
		if got[s.Locale] != s.Percent {
			t.Errorf("%s: %v %%, but status says %v %%", s.Locale, got[s.Locale], s.Percent)
		}
	}
	if len(want) != 2 || want[1].Percent == 0 || want[1].Percent == 100 {
		t.Errorf("a language in parts, and another one, should be compared: %v", want)
	}
}

// TestStudioKilled kills the studio before each step of a save that changes the disk. Each file then
// has its old bytes or its new ones, and saving again gets to the same bytes as an undisturbed save.
func TestStudioKilled(t *testing.T) {
	t.Parallel()
	start := shop(t)
	mustRun(t, start)
	mustRun(t, start, "add", "de")
	undisturbed := duplicate(t, start)
	if step := saveKilled(t, undisturbed, 0); step != "" {
		t.Fatalf("killed before %q", step)
	}
	old, wanted := files(t, start), files(t, undisturbed)
	var steps []string
	for n := 1; ; n++ {
		dir := duplicate(t, start)
		step := saveKilled(t, dir, n)
		checkWhole(t, step, old, wanted, files(t, dir))
		if step == "" {
			break
		}
		steps = append(steps, step)
		if again := saveKilled(t, dir, 0); again != "" {
			t.Fatalf("killed before %q", again)
		}
		got := files(t, dir)
		for name := range wanted {
			if got[name] != wanted[name] {
				t.Errorf("killed before %q: %s is not as after an undisturbed save:\n%s", step, name, got[name])
			}
		}
		if len(got) != len(wanted) {
			t.Errorf("killed before %q: the folder has %q", step, names(t, dir))
		}
	}
	checkSteps(t, steps)
}

// saveKilled starts the studio, saves a text, and has the process killed before the n-th step. It
// returns the name of that step, or "" if the save was done before.
func saveKilled(t *testing.T, dir string, n int) string {
	t.Helper()
	cmd := traced(t, dir, "studio")
	cmd.Env = append(cmd.Environ(), killAt+"="+strconv.Itoa(n))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	status, err := openStudio(t, stdout).save("Vergriffen")
	if err == nil {
		if status != 200 {
			t.Errorf("status %d", status)
		}
		_ = cmd.Process.Kill() // All steps come before the answer.
	}
	_ = cmd.Wait() // It was killed.
	steps := strings.Split(strings.TrimSpace(stderr.String()), "\n")
	if n == 0 || len(steps) < n {
		return ""
	}
	return strings.TrimPrefix(steps[n-1], "next: ")
}
