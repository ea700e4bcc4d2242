package jsontext_test

import (
	"encoding/json"
	"testing"

	"github.com/errlingo/errlingo/internal/jsontext"
)

// FuzzAppendString checks that a string is written as encoding/json writes it.
func FuzzAppendString(f *testing.F) {
	for c := range 0x100 {
		f.Add("a" + string([]byte{byte(c)}) + "b" + string(rune(c)))
	}
	for _, s := range []string{"", "Größe", "الملف «\u2068socks.jpg\u2069»", "\u2028\u2029\u202a", "\xe2\x80", "😀\xff", `a"b\c</script>&`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := jsontext.AppendString([]byte("x"), s); string(got) != "x"+string(want) {
			t.Errorf("AppendString(%q) = %s, want %s", s, got[1:], want)
		}
	})
}
