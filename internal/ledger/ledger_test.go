package ledger_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/model"
)

const shop = `errlingo 1 domain shop
1187 OLD_NAME 400 - retired
1201 OUT_OF_STOCK 409 Item:string Left:int+
1300 OFFLINE - -
`

func TestParse(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want string // what Bytes returns; "" for src
		say  []string
	}{
		{name: "as it is written", src: shop},
		{name: "empty", src: "errlingo 1 domain shop\n"},
		{name: "CRLF", src: strings.ReplaceAll(shop, "\n", "\r\n")},
		{name: "a byte order mark, odd spacing, no last line end", src: "\uFEFFerrlingo 1 domain shop\n\n 7  AB\t404   -  ",
			want: "errlingo 1 domain shop\n7 AB 404 -\n"},
		{name: "merged: out of order, twice, with two first lines",
			src:  "errlingo 1 domain shop\n9 CD 404 -\n7 AB 404 -\nerrlingo 1 domain shop\n9 CD 404 -\n",
			want: "errlingo 1 domain shop\n7 AB 404 -\n9 CD 404 -\n"},
		{name: "no params at all", src: "errlingo 1 domain shop\n7 AB 404\n", want: "errlingo 1 domain shop\n7 AB 404 -\n"},
		{name: "a number that two codes have", src: "errlingo 1 domain shop\n7 AB 404 -\n7 CD 404 -\n",
			say: []string{"codes.lock:3:1: the number 7 stands on line 2 already, with something else"}},
		{name: "a name that two codes have", src: "errlingo 1 domain shop\n8 AB 404 -\n7 AB 404 -\n",
			want: "errlingo 1 domain shop\n7 AB 404 -\n8 AB 404 -\n",
			say:  []string{"codes.lock:3:1: the name AB stands on line 2 already, with something else"}},
		{name: "a code that differs on two branches", src: "errlingo 1 domain shop\n7 AB 404 -\n7 AB 404 - retired\n",
			say: []string{"codes.lock:3:1: 7 AB stands on line 2 already, with something else"}},
		{name: "an earlier name and an earlier number", src: "errlingo 1 domain shop\n6 AB 404 - retired\n7 AB 404 -\n7 CD 404 - retired\n"},
		{name: "a number below zero", src: "errlingo 1 domain shop\n-1 AB 404 -\n0 CD - Item:string\n"},
		{name: "another file", src: "7 AB 404 -\nother = \"Nicht\"\n", want: "errlingo 1 domain \n",
			say: []string{`codes.lock:1:1: the first line is not "errlingo 1 domain" and the domain's name`}},
		{name: "a later version", src: "errlingo 2 domain shop\n", want: "errlingo 1 domain \n", say: []string{
			`codes.lock:1:1: the first line is not "errlingo 1 domain" and the domain's name`}},
		{name: "bad lines", src: "errlingo 1 domain shop\nx AB 404\n7 AB\n7 AB no -\n7 AB 404 x:int  Left\n",
			want: "errlingo 1 domain shop\n", say: []string{
				`codes.lock:2:1: "x" is no number of a code`,
				`codes.lock:3:3: the line has no name or no HTTP status`,
				`codes.lock:4:6: "no" is no HTTP status`,
				`codes.lock:5:17: "Left" is no param with its kind`,
			}},
		{name: "a conflict", src: "errlingo 1 domain shop\n<<<<<<< ours\n7 AB 404 -\n", want: "errlingo 1 domain shop\n7 AB 404 -\n",
			say: []string{"codes.lock:2:1: an unresolved merge conflict"}},
		{name: "not UTF-8", src: "errlingo 1 domain shop\n\xff", want: "errlingo 1 domain \n", say: []string{"codes.lock:1:1: the ledger is not UTF-8"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, found := ledger.Parse("codes.lock", []byte(test.src))
			if got := said(found); !slices.Equal(got, test.say) {
				t.Errorf("findings\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.say, "\n"))
			}
			want := test.want
			if want == "" {
				want = test.src
			}
			if got := string(l.Bytes()); got != want {
				t.Errorf("written again:\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func said(findings diag.List) []string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.Error())
	}
	return lines
}

func TestDomain(t *testing.T) {
	tests := []struct {
		name, src, want string
		ok              bool
	}{
		{"shop", shop, "shop", true},
		{"a byte order mark and CRLF", "\uFEFFerrlingo 1 domain shop\r\n", "shop", true},
		{"no name", "errlingo 1 domain \n", "", false},
		{"another file", "# codes\n", "", false},
		{"empty", "", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := ledger.Domain([]byte(test.src)); ok != test.ok || ok && got != test.want {
				t.Errorf("got %q, %v, want %q, %v", got, ok, test.want, test.ok)
			}
		})
	}
}

// declare reads codes as the ledger has them, each at its line of shop.go.
func declare(t *testing.T, lines string) *model.Domain {
	t.Helper()
	l, found := ledger.Parse("shop.go", []byte("errlingo 1 domain shop\n"+lines))
	if len(found) > 0 {
		t.Fatal(found)
	}
	d := &model.Domain{Name: "shop"}
	for _, e := range l.Entries() {
		code := model.Code{Number: e.Number, Name: e.Name, HTTP: e.HTTP}
		code.Place = model.Place{File: "shop.go", Pos: diag.Pos{Line: e.Line, Column: 1}}
		for _, p := range e.Params {
			code.Params = append(code.Params, model.Param{Name: p.Name, Kind: p.Kind, Public: p.Public})
		}
		d.Codes = append(d.Codes, code)
	}
	return d
}

func TestCompare(t *testing.T) {
	const first = "errlingo 1 domain shop\n"
	tests := []struct {
		name     string
		old      string // without its first line
		declared string
		want     string // the next ledger, without its first line; "" for what is declared
		breaks   []string
		free     bool // the breaks cannot be accepted
	}{
		{name: "nothing changed", old: "7 AB 404 Left:int+\n", declared: "7 AB 404 Left:int+\n"},
		{name: "a new code and a new param", old: "7 AB 404 -\n", declared: "7 AB 404 Left:int\n9 CD 404 -\n"},
		{name: "a param gets public", old: "7 AB 404 Left:int\n", declared: "7 AB 404 Left:int+\n"},
		{name: "params in another order", old: "7 AB 404 A:int B:int\n", declared: "7 AB 404 B:int A:int\n"},
		{name: "a code goes", old: "7 AB 404 A:int\n9 CD 404 -\n", declared: "9 CD 404 -\n", want: "7 AB 404 A:int retired\n9 CD 404 -\n"},
		{name: "a code comes back", old: "7 AB 404 A:int retired\n", declared: "7 AB 404 A:int\n"},
		{name: "a code comes back changed", old: "7 AB 404 A:int retired\n", declared: "7 AB 410 -\n",
			breaks: []string{"the code AB had the HTTP status 404, at codes.lock:2, and has 410 now", "the code AB had the param A, at codes.lock:2"}},
		{name: "another number", old: "7 AB 404 -\n", declared: "8 AB 404 -\n", want: "7 AB 404 - retired\n8 AB 404 -\n",
			breaks: []string{"the code AB had the number 7, at codes.lock:2"}},
		{name: "another name", old: "7 AB 404 -\n", declared: "7 CD 404 -\n", want: "7 CD 404 -\n7 AB 404 - retired\n",
			breaks: []string{"the code 7 was called AB, at codes.lock:2"}},
		{name: "the name of before", old: "7 CD 404 -\n7 AB 404 - retired\n", declared: "7 AB 404 -\n", want: "7 AB 404 -\n7 CD 404 - retired\n",
			breaks: []string{"the code 7 was called CD, at codes.lock:2"}},
		{name: "another status", old: "7 AB 404 -\n", declared: "7 AB - -\n",
			breaks: []string{"the code AB had the HTTP status 404, at codes.lock:2, and has 0 now"}},
		{name: "params gone, retyped and hidden", old: "7 AB 404 A:int B:int C:int+\n", declared: "7 AB 404 B:string C:int\n", breaks: []string{
			"the code AB had the param A, at codes.lock:2",
			"the param B of AB was of the kind int, at codes.lock:2, and is of the kind string now",
			"the param C of AB was public, at codes.lock:2",
		}},
		{name: "the number of a retired code", old: "7 AB 404 - retired\n", declared: "7 CD 404 -\n", free: true,
			breaks: []string{"the number 7 is that of AB, at codes.lock:2, and is for no other code"}},
		{name: "the name of a retired code", old: "7 AB 404 - retired\n", declared: "8 AB 404 -\n", free: true,
			breaks: []string{"the name AB is that of the code 7, at codes.lock:2, and is for no other code"}},
		{name: "the number of a code that moved", old: "7 AB 404 -\n", declared: "7 CD 404 -\n8 AB 404 -\n", free: true, breaks: []string{
			"the number 7 is that of AB, at codes.lock:2, and is for no other code",
			"the code AB had the number 7, at codes.lock:2",
		}},
		{name: "two codes change places", old: "7 AB 404 -\n8 CD 404 -\n", declared: "7 CD 404 -\n8 AB 404 -\n", free: true, breaks: []string{
			"the number 7 is that of AB, at codes.lock:2, and is for no other code",
			"the number 8 is that of CD, at codes.lock:3, and is for no other code",
		}},
		{name: "a code takes the number of one that goes", old: "7 AB 404 -\n8 CD 404 -\n", declared: "7 CD 404 -\n", free: true,
			breaks: []string{"the number 7 is that of AB, at codes.lock:2, and is for no other code"}},
		{name: "a code takes the name of a retired one", old: "7 AB 404 -\n8 CD 404 - retired\n", declared: "7 CD 404 -\n", free: true,
			breaks: []string{"the name CD is that of the code 8, at codes.lock:3, and is for no other code"}},
		{name: "a code takes a number that was given up", old: "7 AB 404 -\n8 CD 404 - retired\n", declared: "8 AB 404 -\n", free: true,
			breaks: []string{"the number 8 is that of CD, at codes.lock:3, and is for no other code"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			old, found := ledger.Parse("codes.lock", []byte(first+test.old))
			if len(found) > 0 {
				t.Fatal(found)
			}
			d := declare(t, test.declared)
			c := ledger.Compare(old, nil, d, nil)
			if got := texts(c.Breaks); !slices.Equal(got, test.breaks) {
				t.Errorf("breaks\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.breaks, "\n"))
			}
			c = ledger.Compare(old, nil, d, func(string) bool { return true })
			if accepted := len(c.Breaks) == 0; accepted == test.free {
				t.Fatalf("breaks %v although all are accepted", c.Breaks)
			}
			if test.free {
				return
			}
			want := test.want
			if want == "" {
				want = test.declared
			}
			if got := string(c.Next.Bytes()); got != first+want {
				t.Errorf("next\n%s\nwant\n%s", got, first+want)
			}
			next, found := ledger.Parse("codes.lock", c.Next.Bytes())
			if len(found) > 0 {
				t.Fatal(found)
			}
			again := ledger.Compare(next, nil, d, nil)
			if len(again.Breaks) > 0 || string(again.Next.Bytes()) != first+want || again.New+again.Retired > 0 {
				t.Errorf("the second time: %v, %d new, %d retired\n%s", again.Breaks, again.New, again.Retired, again.Next.Bytes())
			}
		})
	}
}

func texts(findings diag.List) []string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.Text)
	}
	return lines
}

func TestCompareWithoutLedger(t *testing.T) {
	d := declare(t, "7 AB 404 Left:int\n")
	c := ledger.Compare(nil, nil, d, nil)
	if len(c.Breaks) > 0 || c.New != 1 || string(c.Next.Bytes()) != "errlingo 1 domain shop\n7 AB 404 Left:int\n" {
		t.Errorf("got %+v\n%s", c, c.Next.Bytes())
	}
}

// TestCompareWithBase shows that a code which is not in the base may change freely, and others may not.
func TestCompareWithBase(t *testing.T) {
	const first = "errlingo 1 domain shop\n"
	tests := []struct {
		name      string
		base, old string // without their first lines
		declared  string
		want      string // the next ledger, without its first line; "" for what is declared. It is not told if there are breaks
		breaks    []string
		hint      string // of the first break, if it matters
		standing  []string
		counts    [4]int // new, retired, changed, dropped
	}{
		{name: "a break", base: "7 AB 404 -\n", old: "7 AB 404 -\n", declared: "7 AB 410 -\n",
			breaks: []string{"the code AB had the HTTP status 404, at v1:codes.lock:2, and has 410 now"},
			hint:   "undo the change, or accept it: extract accept --ledger AB"},
		{name: "released and not released ones go", base: "7 AB 404 -\n8 CD 404 -\n",
			old:      "7 AB 404 -\n8 CD 404 -\n9 EF 404 Left:int\n10 GH 404 -\n",
			declared: "7 AB 404 -\n11 IJ 400 -\n", want: "7 AB 404 -\n8 CD 404 - retired\n11 IJ 400 -\n", counts: [4]int{1, 1, 0, 2}},
		{name: "one that is not released changes", base: "7 AB 404 -\n", old: "7 AB 404 -\n8 CD 404 A:int\n",
			declared: "7 AB 404 -\n8 CD 410 -\n", counts: [4]int{0, 0, 1, 0}},
		{name: "a released one is gone from source and ledger", base: "7 AB 404 -\n8 CD 404 A:int\n", old: "7 AB 404 -\n",
			declared: "7 AB 404 -\n", want: "7 AB 404 -\n8 CD 404 A:int retired\n", counts: [4]int{0, 1, 0, 0}},
		{name: "a retired one is gone from the ledger", base: "7 AB 404 -\n8 CD 404 - retired\n", old: "7 AB 404 -\n",
			declared: "7 AB 404 -\n", want: "7 AB 404 -\n8 CD 404 - retired\n", counts: [4]int{0, 1, 0, 0}},
		{name: "a declared one is gone from the ledger", base: "7 AB 404 -\n", old: "", declared: "7 AB 404 -\n", counts: [4]int{1, 0, 0, 0}},
		{name: "the number of one that is gone from source and ledger", base: "7 AB 404 -\n", old: "", declared: "7 CD 404 -\n",
			breaks: []string{"the code 7 was called AB, at v1:codes.lock:2"}, hint: "undo the change, or accept it: extract accept --ledger CD"},

		{name: "an accepted status", base: "7 AB 404 -\n", old: "7 AB 410 -\n", declared: "7 AB 410 -\n",
			standing: []string{"was accepted: the code AB had the HTTP status 404, at v1:codes.lock:2, and has 410 now"}},
		{name: "an accepted status beside a new param", base: "7 AB 404 -\n", old: "7 AB 410 -\n", declared: "7 AB 410 A:int\n",
			standing: []string{"was accepted: the code AB had the HTTP status 404, at v1:codes.lock:2, and has 410 now"}, counts: [4]int{0, 0, 1, 0}},
		{name: "another status than the accepted one", base: "7 AB 404 -\n", old: "7 AB 410 -\n", declared: "7 AB 422 -\n",
			breaks: []string{"the code AB had the HTTP status 404, at v1:codes.lock:2, and has 422 now"}},
		{name: "accepted params", base: "7 AB 404 A:int B:int C:int+\n", old: "7 AB 404 B:string C:int\n", declared: "7 AB 404 B:string C:int\n", standing: []string{
			"was accepted: the code AB had the param A, at v1:codes.lock:2",
			"was accepted: the param B of AB was of the kind int, at v1:codes.lock:2, and is of the kind string now",
			"was accepted: the param C of AB was public, at v1:codes.lock:2",
		}},
		{name: "one accepted param, one not", base: "7 AB 404 A:int B:int\n", old: "7 AB 404 B:int\n", declared: "7 AB 404 -\n",
			breaks:   []string{"the code AB had the param B, at v1:codes.lock:2"},
			standing: []string{"was accepted: the code AB had the param A, at v1:codes.lock:2"}},
		{name: "an accepted name", base: "7 AB 404 -\n", old: "7 CD 404 -\n7 AB 404 - retired\n", declared: "7 CD 404 -\n",
			want: "7 CD 404 -\n7 AB 404 - retired\n", standing: []string{"was accepted: the code 7 was called AB, at v1:codes.lock:2"}},
		{name: "an accepted number", base: "7 AB 404 -\n", old: "7 AB 404 - retired\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			want: "7 AB 404 - retired\n8 AB 404 -\n", standing: []string{"was accepted: the code AB had the number 7, at v1:codes.lock:2"}},
		{name: "an accepted name, and another status", base: "7 AB 404 -\n", old: "7 CD 404 -\n7 AB 404 - retired\n", declared: "7 CD 410 -\n",
			breaks:   []string{"the code AB had the HTTP status 404, at v1:codes.lock:2, and has 410 now"},
			standing: []string{"was accepted: the code 7 was called AB, at v1:codes.lock:2"}},
		{name: "a name that nobody accepted", base: "7 AB 404 -\n", old: "7 CD 404 -\n", declared: "7 CD 404 -\n",
			breaks: []string{"the code 7 was called AB, at v1:codes.lock:2"},
			hint:   "put the line back that codes.lock has lost: 7 AB 404 - retired"},
		{name: "a retired one that is back with another status", base: "7 AB 404 -\n", old: "7 AB 404 - retired\n", declared: "7 AB 410 -\n",
			breaks: []string{"the code AB had the HTTP status 404, at v1:codes.lock:2, and has 410 now"}},
		{name: "another number and another status", base: "7 AB 404 -\n", old: "7 AB 404 -\n", declared: "8 AB 410 -\n", breaks: []string{
			"the code AB had the number 7, at v1:codes.lock:2",
			"the code AB had the HTTP status 404, at v1:codes.lock:2, and has 410 now",
		}},
		{name: "one that was retired with another status", base: "7 AB 404 -\n", old: "7 AB 410 - retired\n", declared: "7 AB 410 -\n",
			breaks: []string{"the code AB had the HTTP status 404, at v1:codes.lock:2, and has 410 now"}},
		{name: "a number is never acceptable", base: "7 AB 404 - retired\n", old: "7 CD 404 -\n7 AB 404 - retired\n", declared: "7 CD 404 -\n",
			breaks: []string{"the number 7 is that of AB, at v1:codes.lock:2, and is for no other code"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, _ := ledger.Parse("v1:codes.lock", []byte(first+test.base))
			old, _ := ledger.Parse("codes.lock", []byte(first+test.old))
			d := declare(t, test.declared)
			c := ledger.Compare(old, base, d, nil)
			if got := texts(c.Breaks); !slices.Equal(got, test.breaks) {
				t.Errorf("breaks %q, want %q", got, test.breaks)
			}
			if test.hint != "" && c.Breaks[0].Hint != test.hint {
				t.Errorf("the hint is %q, want %q", c.Breaks[0].Hint, test.hint)
			}
			if got := texts(c.Standing); !slices.Equal(got, test.standing) || len(c.Standing.Errors()) > 0 {
				t.Errorf("standing %q, want the warnings %q", got, test.standing)
			}
			if len(test.breaks) > 0 {
				return
			}
			want := first + cmp.Or(test.want, test.declared)
			if got := string(c.Next.Bytes()); got != want {
				t.Errorf("next\n%s\nwant\n%s", got, want)
			}
			if got := [4]int{c.New, c.Retired, c.Changed, c.Dropped}; got != test.counts {
				t.Errorf("new, retired, changed and dropped are %v, want %v", got, test.counts)
			}
			next, _ := ledger.Parse("codes.lock", c.Next.Bytes())
			c = ledger.Compare(next, base, d, nil)
			if got := [4]int{c.New, c.Retired, c.Changed, c.Dropped}; string(c.Next.Bytes()) != want || got != [4]int{} {
				t.Errorf("the second time: %v\n%s", got, c.Next.Bytes())
			}
		})
	}
}

// TestAcceptDoubled shows how lines that a merge has doubled are settled: by accepting the code that is not as it was.
func TestAcceptDoubled(t *testing.T) {
	const first = "errlingo 1 domain shop\n"
	tests := []struct {
		name     string
		old      string
		declared string
		accept   []string
		want     string // "" if the doubled lines remain
		dropped  int
	}{
		{"two new codes with one number", "7 AB 404 -\n7 CD 404 -\n", "7 AB 404 -\n8 CD 404 -\n", []string{"CD"},
			"7 AB 404 -\n7 CD 404 - retired\n8 CD 404 -\n", 0},
		{"the first of the two gives way", "7 AB 404 -\n7 CD 404 -\n", "7 CD 404 -\n8 AB 404 -\n", []string{"AB"},
			"7 CD 404 -\n7 AB 404 - retired\n8 AB 404 -\n", 0},
		{"the other one is accepted", "7 AB 404 -\n7 CD 404 -\n", "7 AB 404 -\n8 CD 404 -\n", []string{"AB"}, "", 0},
		{"a third one is accepted", "7 AB 404 -\n7 CD 404 -\n9 EF 404 -\n", "7 AB 404 -\n8 CD 404 -\n9 EF 410 -\n", []string{"EF"}, "", 0},
		{"a third one stays", "7 AB 404 -\n7 CD 404 -\n9 EF 404 -\n", "7 AB 404 -\n8 CD 404 -\n9 EF 410 -\n", []string{"CD"},
			"7 AB 404 -\n7 CD 404 - retired\n8 CD 404 -\n9 EF 404 -\n", 0},
		{"one of the two is gone", "7 AB 404 -\n7 CD 404 -\n", "7 AB 404 -\n", []string{"CD"}, "7 AB 404 -\n7 CD 404 - retired\n", 0},
		{"one code with two statuses", "7 AB 404 -\n7 AB 410 -\n", "7 AB 410 -\n", []string{"AB"}, "7 AB 410 -\n", 1},
		{"nothing is accepted", "7 AB 404 -\n7 AB 410 -\n", "7 AB 404 -\n", nil, "", 0},
		{"retired on one branch", "7 AB 404 -\n7 AB 404 - retired\n", "7 AB 404 -\n", []string{"AB"}, "7 AB 404 -\n", 1},
		{"retired on one branch and gone", "7 AB 404 -\n7 AB 404 - retired\n", "", []string{"AB"}, "7 AB 404 - retired\n", 1},
		{"one code with two numbers", "7 AB 404 -\n8 AB 404 -\n", "8 AB 404 -\n", []string{"AB"}, "7 AB 404 - retired\n8 AB 404 -\n", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			old, found := ledger.Parse("codes.lock", []byte(first+test.old))
			if len(found) != 1 || found[0].Rule != ledger.RuleTwice {
				t.Fatal(found)
			}
			c := ledger.Compare(old, nil, declare(t, test.declared), func(name string) bool { return slices.Contains(test.accept, name) })
			if settled := len(c.Doubled) == 0; settled != (test.want != "") {
				t.Fatalf("doubled: %v", c.Doubled)
			}
			if test.want == "" {
				return
			}
			if got := string(c.Next.Bytes()); got != first+test.want || c.Dropped != test.dropped {
				t.Errorf("%d dropped, next\n%s\nwant\n%s", c.Dropped, got, first+test.want)
			}
			if _, found := ledger.Parse("codes.lock", c.Next.Bytes()); len(found) > 0 {
				t.Error(found)
			}
		})
	}
}

func TestCompareOfAnotherDomain(t *testing.T) {
	old, _ := ledger.Parse("codes.lock", []byte("errlingo 1 domain other\n"))
	c := ledger.Compare(old, nil, declare(t, "7 AB 404 -\n"), nil)
	want := []string{`codes.lock is the ledger of the domain "other", not of "shop"`}
	if got := texts(c.Breaks); !slices.Equal(got, want) {
		t.Errorf("breaks %q, want %q", got, want)
	}
}

func TestAcceptOneName(t *testing.T) {
	old, _ := ledger.Parse("codes.lock", []byte("errlingo 1 domain shop\n7 AB 404 -\n8 CD 404 -\n"))
	d := declare(t, "7 AB 410 -\n8 CD 410 -\n")
	c := ledger.Compare(old, nil, d, func(name string) bool { return name == "AB" })
	if !slices.Equal(c.Accepted, []string{"AB"}) || len(c.Breaks) != 1 || c.Breaks[0].Position() != "shop.go:3:1" {
		t.Errorf("accepted %q, breaks %v", c.Accepted, c.Breaks)
	}
}

// TestBrokenStay shows that what is written while breaks remain has the lines of these as they were, and can be read.
func TestBrokenStay(t *testing.T) {
	const first = "errlingo 1 domain shop\n"
	tests := []struct {
		name     string
		old      string
		declared string
		want     string
	}{
		{"another status", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n8 CD 410 -\n", "7 AB 410 -\n8 CD 404 -\n"},
		{"another name", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n8 EF 404 -\n", "7 AB 410 -\n8 CD 404 -\n"},
		{"another number", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n9 CD 404 -\n", "7 AB 410 -\n8 CD 404 -\n"},
		{"the number of a retired code", "7 AB 404 -\n8 CD 404 - retired\n", "7 AB 410 -\n8 EF 404 -\n", "7 AB 410 -\n8 CD 404 - retired\n"},
		{"the number that the accepted one had", "7 AB 404 -\n", "8 AB 404 -\n7 CD 404 -\n", "7 AB 404 - retired\n8 AB 404 -\n"},
		{"a new code beside", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n8 CD 410 -\n9 EF 404 -\n", "7 AB 410 -\n8 CD 404 -\n9 EF 404 -\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			old, _ := ledger.Parse("codes.lock", []byte(first+test.old))
			c := ledger.Compare(old, nil, declare(t, test.declared), func(name string) bool { return name == "AB" })
			if got := string(c.Next.Bytes()); got != first+test.want || len(c.Breaks) != 1 {
				t.Errorf("breaks %v, next\n%s\nwant\n%s", c.Breaks, got, first+test.want)
			}
			if _, found := ledger.Parse("codes.lock", c.Next.Bytes()); len(found) > 0 {
				t.Error(found)
			}
		})
	}
}

// FuzzParse holds that what was read is read again as the same, and that no file makes it fail otherwise than by findings.
func FuzzParse(f *testing.F) {
	f.Add([]byte(shop))
	f.Add([]byte("errlingo 1 domain x\r\n7 AB 404 A:b+ retired\r\n7 AB - -\r\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		l, found := ledger.Parse("codes.lock", src)
		if len(found) > 0 {
			return
		}
		again, found := ledger.Parse("codes.lock", l.Bytes())
		if len(found) > 0 || string(again.Bytes()) != string(l.Bytes()) {
			t.Errorf("%q was written as %q and read as %q, %v", src, l.Bytes(), again.Bytes(), found)
		}
	})
}
