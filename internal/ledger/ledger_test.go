package ledger_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/model"
)

const (
	header = "errlingo 2 codes shop\n"
	shop   = header + `1187 OLD_NAME 400 - retired
1201 OUT_OF_STOCK 409 Item:string Left:int+ was:SOLD_OUT
1300 OFFLINE - -
`
)

func TestParse(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want string // what Bytes returns; "" for src
		say  []string
	}{
		{name: "as it is written", src: shop},
		{name: "no codes", src: header},
		{name: "CRLF", src: strings.ReplaceAll(shop, "\n", "\r\n")},
		{name: "some lines with CRLF", src: header + "7 AB 404 -\r\n8 CD 404 -\n",
			want: header + "7 AB 404 -\n8 CD 404 -\n"},
		{name: "a byte order mark, odd spacing, no last line end",
			src:  "\uFEFFerrlingo 2 codes shop\n\n 7  AB\t404   -  ",
			want: header + "7 AB 404 -\n"},
		{name: "any order, repeated lines, the header last and twice",
			src:  "9 CD 404 -\n7 AB 404 -\n" + header + "9 CD 404 -\n" + header,
			want: header + "7 AB 404 -\n9 CD 404 -\n"},
		{name: "conflict markers",
			src: "<<<<<<< HEAD\n" + header + "7 AB 404 -\n||||||| 1a2b3c4\n" + header + "=======\n" +
				header + "9 CD 404 -\n>>>>>>> late\n",
			want: header + "7 AB 404 -\n9 CD 404 -\n"},
		{name: "two lines of one code", src: header + "7 AB 404 - retired\n7 AB 404 A:int\n",
			want: header + "7 AB 404 A:int\n7 AB 404 - retired\n"},
		{name: "no params at all", src: header + "7 AB 404\n", want: header + "7 AB 404 -\n"},
		{name: "several former names, in any order, twice, and the present one",
			src:  header + "7 AB 404 - retired was:EF was:CD was:EF was:AB\n",
			want: header + "7 AB 404 - was:CD was:EF retired\n"},
		{name: "a param with former names", src: header + "7 AB 404 Left:int+,was:Rest,Count A:int\n"},
		{name: "a number below zero", src: header + "-1 AB 404 -\n0 CD - Item:string\n"},
		{name: "another file", src: "7 AB 404 -\nother = \"Nicht\"\n", want: "errlingo 2 codes \n",
			say: []string{"codes.lock:1:1: the ledger has no header"}},
		{name: "an earlier version", src: "errlingo 1 domain shop\n7 AB 404 -\n",
			want: header + "7 AB 404 -\n",
			say:  []string{"codes.lock:1:1: format version 1 is no longer read"}},
		{name: "a later version", src: header + "7 AB gone\nerrlingo 3 codes shop new\n? ?\n",
			want: header,
			say:  []string{"codes.lock:3:1: the ledger has format version 3; this program reads version 2"}},
		{name: "a later version with another header", src: "errlingo 3 shop\n",
			want: "errlingo 2 codes \n",
			say:  []string{"codes.lock:1:1: the ledger has format version 3; this program reads version 2"}},
		{name: "two domains", src: header + "errlingo 2 codes store\n", want: header,
			say: []string{`codes.lock:2:1: the ledger belongs to two domains, "shop" and "store"`}},
		{name: "another role", src: header + "errlingo 2 target shop\n", want: header,
			say: []string{`codes.lock:2:1: invalid number "errlingo"`}},
		{name: "bad lines",
			src: header + "x AB 404\n7 AB\n7 AB no -\n7 AB 404 x:int  Left\n7 AB 404 X:+\n" +
				"7 AB 404 X:int X:int\n7 AB 404 was:\n7 AB 404 X:int,was:\n7 AB 404 X,was:A:int\n",
			want: header, say: []string{
				`codes.lock:2:1: invalid number "x"`,
				"codes.lock:3:3: the line has no name or no HTTP status",
				`codes.lock:4:6: invalid HTTP status "no"`,
				`codes.lock:5:17: invalid param "Left"`,
				`codes.lock:6:10: the param "X" has no kind`,
				`codes.lock:7:16: the param "X" is listed twice`,
				`codes.lock:8:10: invalid param "was:"`,
				`codes.lock:9:10: the param "X" has an empty former name`,
				`codes.lock:10:10: invalid param "X,was:A:int"`,
			}},
		{name: "a long bad line", src: header + strings.Repeat("ü", 81) + " AB 404\n", want: header,
			say: []string{`codes.lock:2:1: invalid number "` + strings.Repeat("ü", 80) + `…"`}},
		{name: "not UTF-8", src: header + "\xff", want: "errlingo 2 codes \n",
			say: []string{"codes.lock:1:1: the ledger is not UTF-8"}},
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

func TestParseReportsAHundredLines(t *testing.T) {
	_, found := ledger.Parse("codes.lock", []byte(header+strings.Repeat("bad\n", 123)))
	if len(found) != 101 {
		t.Fatalf("got %d findings", len(found))
	}
	if got, want := found[0].Error(), "codes.lock: 23 more invalid lines"; got != want {
		t.Errorf("got %q, want %q", got, want)
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
		{"a byte order mark and CRLF", "\uFEFFerrlingo 2 codes shop\r\n", "shop", true},
		{"behind a conflict marker", "<<<<<<< HEAD\n" + header, "shop", true},
		{"an earlier version", "errlingo 1 domain shop\n", "shop", true},
		{"a later version", "errlingo 7 codes shop and more\n", "shop", true},
		{"a later version with another header", "errlingo 3 shop\n", "", true},
		{"no name", "errlingo 2 codes \n", "", false},
		{"a state", "errlingo 2 target shop\n", "", false},
		{"another file", "# codes\n", "", false},
		{"empty", "", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := ledger.Domain([]byte(test.src))
			if ok != test.ok || ok && got != test.want {
				t.Errorf("got %q, %v, want %q, %v", got, ok, test.want, test.ok)
			}
		})
	}
}

func TestFormerNames(t *testing.T) {
	tests := []struct {
		name, lines string
		want        map[string]string
	}{
		{"no rename", "7 AB 404 -\n", nil},
		{"a rename", "7 CD 404 - was:AB\n", map[string]string{"AB": "CD"}},
		{"two renames", "7 EF 404 - was:AB was:CD\n", map[string]string{"AB": "EF", "CD": "EF"}},
		{"a retired code", "7 CD 404 - was:AB retired\n", map[string]string{"AB": "CD"}},
		{"renamed on one branch, changed on another", "7 AB 404 A:int\n7 CD 404 - was:AB\n",
			map[string]string{"AB": "CD"}},
		{"renamed twice, on two branches", "7 CD 404 - was:AB\n7 EF 404 - was:CD\n",
			map[string]string{"AB": "EF", "CD": "EF"}},
		{"renamed differently", "7 CD 404 - was:AB\n7 EF 404 - was:AB\n", nil},
		{"renamed and renamed back", "7 AB 404 - was:CD\n7 CD 404 - was:AB\n", nil},
		{"a former name that another code has now", "7 CD 404 - was:AB\n8 AB 404 -\n", nil},
		{"a former name of a retired code that another one had last",
			"7 CD 404 - was:AB retired\n8 AB 404 - retired\n", nil},
		{"a former name with another former number", "7 CD 404 - was:AB\n8 AB 404 - retired\n",
			map[string]string{"AB": "CD"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := parse(t, "codes.lock", test.lines)
			if got := l.FormerNames(); !maps.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestFormerParams(t *testing.T) {
	const lines = "7 AB 404 B:int,was:A C:int\n"
	tests := []struct {
		name, declared string
		want           []string
	}{
		{"the ledger and Go know them", "7 AB 404 B:int,was:A\n", []string{"A"}},
		{"Go has forgotten them", "7 AB 404 B:int\n", []string{"A"}},
		{"Go has remembered them too late", "7 AB 404 C:int,was:D\n", nil},
		{"a new name that is not accepted yet", "7 AB 404 D:int,was:B\n", []string{"A", "B"}},
		{"a new number that is not accepted yet", "8 AB 404 B:int\n", []string{"A"}},
		{"a new name of the code", "7 EF 404 B:int\n", []string{"A"}},
		{"the oldest name again", "7 AB 404 A:int,was:B\n", []string{"A", "B"}},
		{"a new param", "7 AB 404 E:int,was:D\n", []string{"D"}},
		{"a new code", "9 EF 404 B:int,was:D\n", []string{"D"}},
		{"a new code without one", "9 EF 404 B:int\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code := declare(t, test.declared).Codes[0]
			got := parse(t, "codes.lock", lines).FormerParams(&code, &code.Params[0])
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func parse(t *testing.T, file, lines string) *ledger.Ledger {
	t.Helper()
	l, found := ledger.Parse(file, []byte(header+lines))
	if len(found) > 0 {
		t.Fatal(found)
	}
	return l
}

// declare reads codes as the ledger has them, each at its line of shop.go.
func declare(t *testing.T, lines string) *model.Domain {
	t.Helper()
	d := &model.Domain{Name: "shop"}
	for _, e := range parse(t, "shop.go", lines).Entries() {
		code := model.Code{Number: e.Number, Name: e.Name, HTTP: e.HTTP}
		code.Place = model.Place{File: "shop.go", Pos: diag.Pos{Line: e.Line, Column: 1}}
		for _, p := range e.Params {
			code.Params = append(code.Params,
				model.Param{Name: p.Name, Kind: p.Kind, Public: p.Public, FormerNames: p.Was})
		}
		d.Codes = append(d.Codes, code)
	}
	return d
}

func texts(findings diag.List) []string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.Text)
	}
	return lines
}

func TestRules(t *testing.T) {
	var ids []string
	for _, r := range ledger.Rules() {
		ids = append(ids, r.ID)
	}
	if want := 7; len(ids) != want || len(slices.Compact(slices.Sorted(slices.Values(ids)))) != want {
		t.Errorf("got %q", ids)
	}
}

// FuzzParse checks that writing what was read and reading it again gives the same, whatever the
// order of the lines, and that every other file has findings.
func FuzzParse(f *testing.F) {
	f.Add([]byte(shop))
	f.Add([]byte("errlingo 2 codes x\r\n7 AB 404 A:b+ was:CD retired\r\n7 AB - -\r\n"))
	f.Add([]byte("<<<<<<< HEAD\n" + header + "7 AB 404 -\n=======\n7 AB 410 -\n>>>>>>> x\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		l, found := ledger.Parse("codes.lock", src)
		if len(found) > 101 {
			t.Errorf("%d findings", len(found))
		}
		_ = l.FormerNames()
		if len(found) > 0 {
			return
		}
		again, found := ledger.Parse("codes.lock", l.Bytes())
		if len(found) > 0 || string(again.Bytes()) != string(l.Bytes()) {
			t.Errorf("%q was written as %q and read as %q, %v", src, l.Bytes(), again.Bytes(), found)
		}
		lines := strings.SplitAfter(string(src), "\n")
		lines[len(lines)-1] += "\n"
		slices.Reverse(lines)
		turned, found := ledger.Parse("codes.lock", []byte(strings.Join(lines, "")))
		if want := strings.ReplaceAll(string(l.Bytes()), "\r", ""); len(found) > 0 ||
			strings.ReplaceAll(string(turned.Bytes()), "\r", "") != want {
			t.Errorf("%q was read backwards as %q, %v", src, turned.Bytes(), found)
		}
	})
}

// FuzzUnion checks that what merging two branches leaves, in any order, is settled to the same
// ledger without losing a number or a name that either had issued, that settling again changes
// nothing, and that what Go declares is in the ledger unless there is an error.
func FuzzUnion(f *testing.F) {
	f.Add([]byte{0, 0}, []byte{0, 4}, []byte{0, 4})
	f.Add([]byte{0, 4, 1, 0}, []byte{8, 0}, []byte{8, 4})
	f.Add([]byte{64, 0, 1, 0}, []byte{0, 4}, []byte{1, 4})
	f.Add([]byte{0, 0}, []byte{4, 0}, []byte{0, 0})
	f.Add([]byte{14, 0}, []byte{33, 0, 163, 0}, []byte{62, 0})
	f.Add([]byte{4, 0, 9, 32, 2, 64}, []byte{8, 0, 1, 32, 6, 64}, []byte{4, 0})
	f.Fuzz(func(t *testing.T, a, b, declared []byte) {
		if len(a)+len(b)+len(declared) > 200 {
			t.Skip("longer ledgers take longer and find nothing new")
		}
		ours, _ := ledger.Parse("codes.lock", []byte(header+linesOf(a)))
		theirs, _ := ledger.Parse("codes.lock", []byte(header+linesOf(b)))
		declares, _ := ledger.Parse("shop.go", []byte(header+linesOf(declared)))
		d := &model.Domain{Name: "shop"}
		numbers, names := map[int]bool{}, map[string]bool{}
		for _, e := range declares.Entries() {
			if e.Retired || numbers[e.Number] || names[e.Name] {
				continue // Go source that does this is not scanned without an error.
			}
			numbers[e.Number], names[e.Name] = true, true
			code := model.Code{Number: e.Number, Name: e.Name, HTTP: e.HTTP}
			for _, p := range e.Params {
				code.Params = append(code.Params, model.Param{Name: p.Name, Kind: p.Kind, Public: p.Public})
			}
			d.Codes = append(d.Codes, code)
		}
		union := string(ours.Bytes()) + string(theirs.Bytes())
		merged, _ := ledger.Parse("codes.lock", []byte(union))
		c := ledger.Compare(ledger.Input{Domain: d, Ledger: merged})
		checkNothingLost(t, ours, c.Next)
		checkNothingLost(t, theirs, c.Next)

		turned, _ := ledger.Parse("codes.lock",
			[]byte(string(theirs.Bytes())+string(ours.Bytes())))
		other := ledger.Compare(ledger.Input{Domain: d, Ledger: turned})
		if string(other.Next.Bytes()) != string(c.Next.Bytes()) {
			t.Errorf("the order of the lines matters:\n%s\n%s", c.Next.Bytes(), other.Next.Bytes())
		}
		if len(c.Breaks)+len(c.Conflicts) > 0 {
			return
		}
		next, found := ledger.Parse("codes.lock", c.Next.Bytes())
		if len(found) > 0 {
			t.Fatal(found)
		}
		again := ledger.Compare(ledger.Input{Domain: d, Ledger: next})
		if string(again.Next.Bytes()) != string(c.Next.Bytes()) ||
			len(again.Breaks)+len(again.Conflicts)+len(again.Warnings) > 0 {
			t.Errorf("%q was settled as\n%s\nand then as\n%s\n%v", union, c.Next.Bytes(), again.Next.Bytes(),
				slices.Concat(again.Breaks, again.Conflicts, again.Warnings))
		}
		live := 0
		for _, e := range next.Entries() {
			if !e.Retired {
				live++
			}
		}
		if live != len(d.Codes) {
			t.Errorf("%d codes are declared, and %d are live in\n%s", len(d.Codes), live, next.Bytes())
		}
	})
}

// linesOf makes lines of a ledger, each of two bytes, with few numbers, names and params, so that
// lines often have something in common.
func linesOf(data []byte) string {
	names := []string{"AB", "CD", "EF", "GH"}
	var b strings.Builder
	for ; len(data) > 1; data = data[2:] {
		x, y := int(data[0]), int(data[1])
		fmt.Fprintf(&b, "%d %s %d", 7+x%4, names[x/4%4], 404+6*(y&1))
		for i, param := range []string{"A:int", "B:string", "B:int+"} {
			if y&(4<<i) != 0 && (i < 2 || y&8 == 0) {
				b.WriteString(" " + param)
			}
		}
		for i, name := range names {
			if x/16%4 == 0 && y/32%8 == i || x/16%4 == 1 && y/32%4 >= i {
				b.WriteString(" was:" + name)
			}
		}
		if x&64 != 0 {
			b.WriteString(" retired")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// checkNothingLost wants every number and every name of a ledger in another one, each name with its
// number.
func checkNothingLost(t *testing.T, before, after *ledger.Ledger) {
	t.Helper()
	has := map[string]bool{}
	for _, e := range after.Entries() {
		for _, name := range append([]string{e.Name}, e.Was...) {
			has[fmt.Sprint(e.Number, " ", name)] = true
		}
	}
	for _, e := range before.Entries() {
		for _, name := range append([]string{e.Name}, e.Was...) {
			if !has[fmt.Sprint(e.Number, " ", name)] {
				t.Errorf("%d %s is lost in\n%s", e.Number, name, after.Bytes())
			}
		}
	}
}
