package naming_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/naming"
)

func TestLowerCamel(t *testing.T) {
	for name, want := range map[string]string{
		"Item": "item", "ObjectID": "objectID", "URL": "url", "URLPath": "urlPath", "Url": "url",
		"X": "x", "X1": "x1", "": "",
	} {
		if got := naming.LowerCamel(name); got != want {
			t.Errorf("LowerCamel(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestInstead checks that it names every reserved word.
func TestInstead(t *testing.T) {
	hint := naming.Instead("OrderID")
	if !strings.Contains(hint, "such as OrderID;") {
		t.Errorf("hint %q", hint)
	}
	for _, word := range strings.Fields("id description hash leftdelim rightdelim translation zero " +
		"one two few many other PluralCount") {
		if !strings.Contains(hint, " "+word) {
			t.Errorf("hint %q lacks %s", hint, word)
		}
	}
}

func TestForms(t *testing.T) {
	for _, test := range []struct {
		name      string
		is        func(string) bool
		good, bad string
	}{
		{"code", naming.Code, "AB A1 OUT_OF_STOCK X_1 A__B " + strings.Repeat("A", naming.MaxCode),
			"A A_ _A 1A aB Ab Ä_B A-B " + strings.Repeat("A", naming.MaxCode+1)},
		{"param", naming.Param, "I Item ObjectID X1 IO", "item I_O 1I Ä I-O {I}"},
		{"label", naming.Label, "e email e_mail e1 e_", "E eM _e 1e e-mail ä"},
		{"domain", naming.Domain, "shop s shop.cart shop-2 shop_b", "Shop .shop -shop 1shop shop/cart ä"},
		{"reserved", naming.Reserved, "id ID One OTHER leftDelim translation", "ids item PluralCount"},
		{"reserved param", naming.ReservedParam, "Id Zero PluralCount pluralcount", "Item Count"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, s := range strings.Fields(test.good) {
				if !test.is(s) {
					t.Errorf("%q is refused", s)
				}
			}
			for _, s := range append(strings.Fields(test.bad), "") {
				if test.is(s) {
					t.Errorf("%q is taken", s)
				}
			}
		})
	}
}
