package errlingo_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
)

func TestDrafts(t *testing.T) {
	folder := fstest.MapFS{
		"de.toml":         {Data: []byte("[CLOSED.title]\nother = \"Geschlossen\"\n[CLOSED.detail]\nother = \"\"\n")},
		"_state/de.draft": {Data: []byte("[CLOSED.title]\ndescription = \"draft by x\"\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Morgen auf.\"\n")},
		"_state/de.lock":  {Data: []byte("errlingo 2 state shop target\n")},
	}
	tests := []struct {
		name    string
		options []option
		want    string
	}{
		{"without drafts", []option{from(shop, folder)}, "The shop is closed|The shop opens again tomorrow."},
		{"with drafts below", []option{from(shop, errlingo.Drafts(folder)), from(shop, folder)}, "Geschlossen|Morgen auf."},
		{"drafts alone", []option{from(shop, errlingo.Drafts(folder))}, "Zu|Morgen auf."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			bundle := load(t, test.options...)
			l := bundle.Localizer("de")
			if got := l.Title(closed) + "|" + l.Detail(closed); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if f := bundle.Findings(); len(f) > 0 {
				t.Errorf("findings %v", f)
			}
		})
	}
	none := load(t, from(shop, errlingo.Drafts(fstest.MapFS{})))
	if f := none.Findings(); len(f) > 0 {
		t.Errorf("without drafts: findings %v", f)
	}
}

func ExampleDrafts() {
	folder := fstest.MapFS{
		"_state/de.draft": {Data: []byte("[CLOSED.title]\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Morgen auf.\"\n")},
	}
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: shop, FS: errlingo.Drafts(folder)},
		{Domain: shop, FS: folder},
	}})
	fmt.Println(bundle.Localizer("de").Title(closed), err)
	// Output: Zu <nil>
}
