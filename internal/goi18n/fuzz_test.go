package goi18n_test

import (
	"maps"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"

	"github.com/errlingo/errlingo/internal/goi18n"
	"github.com/errlingo/errlingo/internal/plural"
)

var peers = map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal, "yaml": yaml.Unmarshal}

// FuzzRead checks that a file in which nothing is wrong has the messages that go-i18n finds in it.
func FuzzRead(f *testing.F) {
	for _, seed := range []struct{ format, src string }{
		{"toml", "# Head\nhello = \"Hello\"\n[a.b]\none = \"1\"\nother = \"n\"\n"},
		{"toml", "[\"a.b\"]\nHash = \"sha1-1\"\nother = '''B'''\n" +
			"[\"c d\"]\ndescription = \"D\"\nother = \"C\""},
		{"json", `{"a": {"one": "1", "other": "\u00fc"}, "b": {"c": "C"}, "d": null}`},
		{"json", `[{"id": "a", "translation": "A"},
{"id": "b", "translation": {"one": "1", "other": "n"}}]`},
		{"yaml", "a:\n  one: '1'\n  other: n\nb: {c: C}\n"},
		{"yaml", "- id: a\n  other: A\n- id: b\n  translation: B\n"},
		{"yaml", "a: &x X\nb: *x\nc: {<<: {other: C}}\n? d\n: D\n"},
	} {
		f.Add(seed.format, []byte(seed.src))
	}
	f.Fuzz(func(t *testing.T, format string, src []byte) {
		if format != "json" && peers[format] == nil {
			return
		}
		ours, findings := goi18n.Read("active.de."+format, src)
		if len(findings) > 0 || len(ours.Messages) == 0 {
			return
		}
		theirs, err := i18n.ParseMessageFileBytes(src, "active.de."+format, peers)
		if err != nil {
			t.Fatalf("go-i18n does not read it: %v", err)
		}
		want := map[string]i18n.Message{}
		for _, m := range theirs.Messages {
			want[m.ID] = *m
		}
		got := map[string]i18n.Message{}
		for _, m := range ours.Messages {
			got[m.ID] = i18n.Message{
				ID: m.ID, Hash: m.Hash, Description: m.Description,
				LeftDelim: m.LeftDelim, RightDelim: m.RightDelim,
				Zero: m.Forms[plural.Zero], One: m.Forms[plural.One], Two: m.Forms[plural.Two],
				Few: m.Forms[plural.Few], Many: m.Forms[plural.Many], Other: m.Forms[plural.Other],
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%q\ngo-i18n has\n%q", got, want)
		}
	})
}
