package main

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/model"
)

// declared returns the domain of the shop.
func declared(t *testing.T) *model.Domain {
	t.Helper()
	result, err := codescan.Scan(t.Context(), folder(t, shop(nil)), codescan.Options{})
	if err != nil || len(result.Findings) > 0 || len(result.Domains) != 1 {
		t.Fatalf("%v, %v", err, result)
	}
	return result.Domains[0]
}

func packOf(t *testing.T, d *model.Domain, files map[string]string) *pack.Pack {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, err := pack.New(d, fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCompare(t *testing.T) {
	d := declared(t)
	text := strings.Replace(shopGerman, "[phrases.later]\nother = \"\"\n", "", 1)
	german := map[string]string{"de.toml": text}
	tests := []struct {
		name     string
		from, to map[string]string
		want     string
	}{
		{name: "nothing", from: german, to: german},
		{
			name: "one form", from: german,
			to: map[string]string{"de.toml": strings.Replace(text, "ein Stück", "eins", 1)},
			want: "de: 1 change\n  SOLD_OUT.detail (for 1)\n" +
				"  - Nur noch ein Stück.\n  + Nur noch eins.\n",
		},
		{
			name: "the other form", from: german,
			to:   map[string]string{"de.toml": strings.Replace(text, "}} Stück", "}} Teile", 1)},
			want: "de: 1 change\n  SOLD_OUT.detail\n  - Nur noch 3 Stück.\n  + Nur noch 3 Teile.\n",
		},
		{
			name: "a text that goes and one that comes", from: german,
			to: map[string]string{"de.toml": strings.Replace(text,
				"[SOLD_OUT.title]\nother = \"Ausverkauft\"", "", 1) + "[phrases.later]\nother = \"Später\"\n"},
			want: "de: 4 changes\n  SOLD_OUT.title\n  - Ausverkauft\n  + Sold out\n" +
				"  SOLD_OUT.detail\n  - Nur noch 3 Stück.\n  + Only 3 pieces are left.\n" +
				"  SOLD_OUT.detail (for 1)\n  - Nur noch ein Stück.\n  + Only one piece is left.\n" +
				"  phrases.later\n  - Try again later\n  + Später\n",
		},
		{
			name: "a new language, and the source's", from: german,
			to: map[string]string{"de.toml": text, "fr.toml": "[phrases.later]\nother = \"Plus tard\"\n",
				"en.toml": "[phrases.later]\nother = \"Later\"\n"},
			want: "de: 1 change\n  phrases.later\n  - Try again later\n  + Later\n" +
				"en: 1 change\n  phrases.later\n  - Try again later\n  + Later\n" +
				"fr: 1 change\n  phrases.later\n  - Try again later\n  + Plus tard\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changes, err := compare(d, packOf(t, d, tt.from), packOf(t, d, tt.to))
			if err != nil {
				t.Fatal(err)
			}
			if got := listed(changes); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// However many texts change, the list stays short, and says how many there are.
func TestListIsShort(t *testing.T) {
	var changes []change
	for locale := range 12 {
		for n := range 300 {
			changes = append(changes, change{Locale: fmt.Sprintf("l%02d", locale), ID: "A.title",
				Old: fmt.Sprint(n), New: "\x1b[31m" + strings.Repeat("w", 10_000)})
		}
	}
	text := listed(changes)
	if lines := strings.Count(text, "\n"); lines > 3*maxListed+2*12 || len(text) > 100*maxListed*maxCell {
		t.Errorf("%d lines, %d bytes", lines, len(text))
	}
	if n := strings.Count(text, ": 300 changes\n"); n != 12 {
		t.Errorf("%d locales are counted, want 12", n)
	}
	if !strings.Contains(text, "  and 280 more; --json has them all\n") || !strings.Contains(text, "  and 300 more") {
		t.Errorf("got\n%s", text)
	}
	if strings.Contains(text, "\x1b") {
		t.Error("a control character is printed")
	}
}
