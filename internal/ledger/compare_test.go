package ledger_test

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
)

func TestCompare(t *testing.T) {
	tests := []struct {
		name     string
		old      string // without its header
		declared string
		want     string // the next ledger, without its header; "" for what is declared
		breaks   []string
		free     bool // the breaks cannot be accepted
	}{
		{name: "nothing changed", old: "7 AB 404 Left:int+\n", declared: "7 AB 404 Left:int+\n"},
		{name: "a new code and a new param", old: "7 AB 404 -\n",
			declared: "7 AB 404 Left:int\n9 CD 404 -\n"},
		{name: "a param gets public", old: "7 AB 404 Left:int\n", declared: "7 AB 404 Left:int+\n"},
		{name: "params in another order", old: "7 AB 404 A:int B:int\n",
			declared: "7 AB 404 B:int A:int\n"},
		{name: "a code goes", old: "7 AB 404 A:int\n9 CD 404 -\n", declared: "9 CD 404 -\n",
			want: "7 AB 404 A:int retired\n9 CD 404 -\n"},
		{name: "a renamed code goes", old: "7 AB 404 - was:CD\n", want: "7 AB 404 - was:CD retired\n"},
		{name: "a code comes back", old: "7 AB 404 A:int was:CD retired\n", declared: "7 AB 404 A:int\n",
			want: "7 AB 404 A:int was:CD\n"},
		{name: "a code comes back changed", old: "7 AB 404 A:int retired\n", declared: "7 AB 410 -\n",
			breaks: []string{"HTTP status of AB changed from 404 to 410 (codes.lock:2)",
				"param A of AB was removed (codes.lock:2)"}},
		{name: "another number", old: "7 AB 404 -\n", declared: "8 AB 404 -\n",
			want:   "7 AB 404 - retired\n8 AB 404 -\n",
			breaks: []string{"number of AB changed from 7 to 8 (codes.lock:2)"}},
		{name: "another name", old: "7 AB 404 -\n", declared: "7 CD 404 -\n", want: "7 CD 404 - was:AB\n",
			breaks: []string{"code 7 was renamed from AB to CD (codes.lock:2)"}},
		{name: "a third name", old: "7 CD 404 - was:AB\n", declared: "7 EF 404 -\n",
			want:   "7 EF 404 - was:AB was:CD\n",
			breaks: []string{"code 7 was renamed from CD to EF (codes.lock:2)"}},
		{name: "the former name", old: "7 CD 404 - was:AB\n", declared: "7 AB 404 -\n",
			want:   "7 AB 404 - was:CD\n",
			breaks: []string{"code 7 was renamed from CD to AB (codes.lock:2)"}},
		{name: "another status", old: "7 AB 404 -\n", declared: "7 AB - -\n",
			breaks: []string{"HTTP status of AB changed from 404 to none (codes.lock:2)"}},
		{name: "params gone, retyped and hidden", old: "7 AB 404 A:int B:int C:int+\n",
			declared: "7 AB 404 B:string C:int\n", breaks: []string{
				"param A of AB was removed (codes.lock:2)",
				"param B of AB changed from int to string (codes.lock:2)",
				"param C of AB is no longer public (codes.lock:2)",
			}},
		{name: "a new param with a former name", old: "7 AB 404 -\n",
			declared: "7 AB 404 B:int,was:A\n"},
		{name: "another name of a param", old: "7 AB 404 A:int\n",
			declared: "7 AB 404 B:int,was:A\n",
			breaks:   []string{"param A of AB was removed (codes.lock:2)"}},
		{name: "a third name of a param", old: "7 AB 404 B:int,was:A\n",
			declared: "7 AB 404 C:int,was:B\n", want: "7 AB 404 C:int,was:A,B\n",
			breaks: []string{"param B of AB was removed (codes.lock:2)"}},
		{name: "two new names of a param at once", old: "7 AB 404 A:int\n",
			declared: "7 AB 404 C:int,was:A,B\n",
			breaks:   []string{"param A of AB was removed (codes.lock:2)"}},
		{name: "the oldest name of a param", old: "7 AB 404 B:int,was:A\n",
			declared: "7 AB 404 A:int,was:B\n", want: "7 AB 404 A:int,was:A,B\n",
			breaks: []string{"param B of AB was removed (codes.lock:2)"}},
		{name: "a former name of a param that Go forgets", old: "7 AB 404 B:int,was:A\n",
			declared: "7 AB 404 B:int\n", want: "7 AB 404 B:int,was:A\n"},
		{name: "one that Go remembers too late", old: "7 AB 404 B:int\n",
			declared: "7 AB 404 B:int,was:A\n", want: "7 AB 404 B:int\n"},
		{name: "another number of a code with a renamed param", old: "7 AB 404 B:int,was:A\n",
			declared: "8 AB 404 B:int\n",
			want:     "7 AB 404 B:int,was:A retired\n8 AB 404 B:int,was:A\n",
			breaks:   []string{"number of AB changed from 7 to 8 (codes.lock:2)"}},
		{name: "a former name of another param", old: "7 AB 404 B:int,was:A\n",
			declared: "7 AB 404 A:int B:int\n", free: true,
			breaks: []string{"param A of AB has a former name of param B (codes.lock:2)"}},
		{name: "the number of a retired code", old: "7 AB 404 - retired\n", declared: "7 CD 404 -\n",
			free:   true,
			breaks: []string{"number 7 belongs to AB (codes.lock:2) and cannot be reused"}},
		{name: "the name of a retired code", old: "7 AB 404 - retired\n", declared: "8 AB 404 -\n",
			free:   true,
			breaks: []string{"name AB belongs to code 7 (codes.lock:2) and cannot be reused"}},
		{name: "the former name of another code", old: "7 CD 404 - was:AB\n",
			declared: "7 CD 404 -\n8 AB 404 -\n",
			free:     true,
			breaks:   []string{"name AB belongs to code 7 (codes.lock:2) and cannot be reused"}},
		{name: "the number of a code that moved", old: "7 AB 404 -\n",
			declared: "7 CD 404 -\n8 AB 404 -\n",
			free:     true, breaks: []string{
				"number 7 belongs to AB (codes.lock:2) and cannot be reused",
				"number of AB changed from 7 to 8 (codes.lock:2)",
			}},
		{name: "two codes change places", old: "7 AB 404 -\n8 CD 404 -\n",
			declared: "7 CD 404 -\n8 AB 404 -\n",
			free:     true, breaks: []string{
				"number 7 belongs to AB (codes.lock:2) and cannot be reused",
				"number 8 belongs to CD (codes.lock:3) and cannot be reused",
			}},
		{name: "a code takes the number of one that goes", old: "7 AB 404 -\n8 CD 404 -\n",
			declared: "7 CD 404 -\n", free: true,
			breaks: []string{"number 7 belongs to AB (codes.lock:2) and cannot be reused"}},
		{name: "a code takes the name of a retired one", old: "7 AB 404 -\n8 CD 404 - retired\n",
			declared: "7 CD 404 -\n", free: true,
			breaks: []string{"name CD belongs to code 8 (codes.lock:3) and cannot be reused"}},
		{name: "a code takes a number that was given up", old: "7 AB 404 -\n8 CD 404 - retired\n",
			declared: "8 AB 404 -\n", free: true,
			breaks: []string{"number 8 belongs to CD (codes.lock:3) and cannot be reused"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := ledger.Input{Domain: declare(t, test.declared), Ledger: parse(t, "codes.lock", test.old)}
			c := ledger.Compare(in)
			if got := texts(c.Breaks); !slices.Equal(got, test.breaks) {
				t.Errorf("breaks\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.breaks, "\n"))
			}
			if len(c.Conflicts)+len(c.Warnings) > 0 {
				t.Errorf("conflicts %v, warnings %v", c.Conflicts, c.Warnings)
			}
			in.Accept = func(string) bool { return true }
			c = ledger.Compare(in)
			if accepted := len(c.Breaks) == 0; accepted == test.free {
				t.Fatalf("breaks %v although all are accepted", c.Breaks)
			}
			if !test.free {
				wantNext(t, in, c, cmp.Or(test.want, test.declared))
			}
		})
	}
}

// TestContested shows that a code is not compared if another one is declared with its number or name:
// only one of them is known here, and the other one may be the issued one.
func TestContested(t *testing.T) {
	in := ledger.Input{Domain: declare(t, "7 CD 410 -\n8 EF 404 -\n"),
		Ledger: parse(t, "codes.lock", "7 AB 404 A:int\n8 EF 404 -\n")}
	if c := ledger.Compare(in); len(c.Breaks) == 0 {
		t.Fatal("no break without the other code")
	}
	in.Domain.Contested = []string{"CD"}
	c := ledger.Compare(in)
	if len(c.Breaks)+len(c.Conflicts)+len(c.Warnings) > 0 {
		t.Errorf("breaks %v, conflicts %v, warnings %v", c.Breaks, c.Conflicts, c.Warnings)
	}
	wantNext(t, in, c, "7 AB 404 A:int\n8 EF 404 -\n")
}

// TestHints shows what the hint of a break says besides how to accept it.
func TestHints(t *testing.T) {
	const undo = "undo the change"
	tests := []struct{ name, old, declared, want string }{
		{"another status", "7 AB 404 -\n", "7 AB 410 -\n", undo},
		{"another name", "7 AB 404 -\n", "7 CD 404 -\n",
			"if CD is another code, give it a number that was never used; if AB was renamed, undo that"},
		{"the former name", "7 CD 404 - was:AB\n", "7 AB 404 -\n", undo},
		{"a param for another one", "7 AB 404 A:int\n", "7 AB 404 B:int\n",
			`if it was renamed, first add .Formerly("A") to the declaration of B; undo the change`},
		{"a param with its former name", "7 AB 404 A:int\n", "7 AB 404 B:int,was:A\n", undo},
		{"a param of another kind", "7 AB 404 A:int\n", "7 AB 404 B:string\n", undo},
		{"two params for one", "7 AB 404 A:int\n", "7 AB 404 B:int C:int\n", undo},
		{"one param for two", "7 AB 404 A:int B:string\n", "7 AB 404 C:int\n", undo},
		{"a param that is gone", "7 AB 404 A:int\n", "7 AB 404 -\n", undo},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := declare(t, test.declared)
			c := ledger.Compare(ledger.Input{Domain: d, Ledger: parse(t, "codes.lock", test.old)})
			want := test.want + ", or accept it: extract accept --ledger " + d.Codes[0].Name
			if len(c.Breaks) == 0 || c.Breaks[0].Hint != want {
				t.Errorf("got %+v, want the hint %q", c.Breaks, want)
			}
		})
	}
}

// wantNext wants a ledger as the next one, and that it stays as it is.
func wantNext(t *testing.T, in ledger.Input, c ledger.Comparison, want string) {
	t.Helper()
	if got := string(c.Next.Bytes()); got != header+want {
		t.Errorf("next\n%s\nwant\n%s", got, header+want)
	}
	next, found := ledger.Parse("codes.lock", c.Next.Bytes())
	if len(found) > 0 {
		t.Fatal(found)
	}
	in.Ledger, in.Accept = next, nil
	again := ledger.Compare(in)
	if got := string(again.Next.Bytes()); got != header+want ||
		len(again.Breaks)+len(again.Conflicts) > 0 || counts(again) != [6]int{} {
		t.Errorf("the second time: %v, %v, counts %v\n%s",
			again.Breaks, again.Conflicts, counts(again), got)
	}
}

// counts returns what a comparison counts: new, retired, restored, changed, settled and dropped.
func counts(c ledger.Comparison) [6]int {
	return [6]int{c.New, c.Retired, c.Restored, c.Changed, c.Settled, c.Dropped}
}

func TestCompareWithoutLedger(t *testing.T) {
	in := ledger.Input{Domain: declare(t, "7 AB 404 Left:int\n")}
	c := ledger.Compare(in)
	if len(c.Breaks) > 0 || c.New != 1 {
		t.Errorf("got %+v", c)
	}
	wantNext(t, in, c, "7 AB 404 Left:int\n")
}

const statusOfAB = "HTTP status of AB changed from 404 to 410 (codes.lock:2)"

// TestSettle shows how several lines of one code, which merging leaves, become one.
func TestSettle(t *testing.T) {
	tests := []struct {
		name     string
		old      string
		declared string
		want     string // "" for what is declared
		warnings []string
		breaks   []string
		settled  int // 1, unless given
	}{
		{name: "a new param on one branch, the line of before on the other",
			old: "7 AB 404 -\n7 AB 404 A:int\n", declared: "7 AB 404 A:int\n"},
		{name: "a new param on each branch", old: "7 AB 404 A:int\n7 AB 404 B:int\n",
			declared: "7 AB 404 A:int B:int\n"},
		{name: "a new param on each branch, and one is lost in Go",
			old:      "7 AB 404 A:int\n7 AB 404 B:int\n",
			declared: "7 AB 404 A:int\n",
			warnings: []string{"already accepted: param B of AB was removed (codes.lock:3)"}},
		{name: "a new param on one branch, an accepted status on the other",
			old: "7 AB 404 A:int\n7 AB 410 -\n", declared: "7 AB 410 A:int\n",
			warnings: []string{"already accepted: " + statusOfAB}},
		{name: "an accepted status on one branch, an accepted kind on the other",
			old: "7 AB 410 A:int\n7 AB 404 A:string\n", declared: "7 AB 410 A:string\n",
			warnings: []string{
				"already accepted: HTTP status of AB changed from 404 to 410 (codes.lock:3)",
				"already accepted: param A of AB changed from int to string (codes.lock:2)",
			}},
		{name: "a param that got another name on one branch",
			old: "7 AB 404 A:int\n7 AB 404 B:int,was:A\n", declared: "7 AB 404 B:int\n",
			want:     "7 AB 404 B:int,was:A\n",
			warnings: []string{"already accepted: param A of AB was removed (codes.lock:2)"}},
		{name: "a param whose former name one branch knows",
			old: "7 AB 404 B:int\n7 AB 404 B:int,was:A\n", declared: "7 AB 404 B:int\n",
			want: "7 AB 404 B:int,was:A\n"},
		{name: "two accepted statuses", old: "7 AB 404 -\n7 AB 410 -\n", declared: "7 AB 410 -\n",
			warnings: []string{"already accepted: " + statusOfAB}},
		{name: "three accepted statuses", old: "7 AB 404 -\n7 AB 410 -\n7 AB 422 -\n",
			declared: "7 AB 410 -\n", warnings: []string{
				"already accepted: HTTP status of AB changed from 404 to 410 (codes.lock:2)",
				"already accepted: HTTP status of AB changed from 422 to 410 (codes.lock:4)",
			}},
		{name: "neither status", old: "7 AB 404 -\n7 AB 410 -\n", declared: "7 AB 422 -\n",
			breaks: []string{"HTTP status of AB changed from 404 to 422 (codes.lock:2)"}},
		{name: "retired on one branch, and a new param on the other",
			old: "7 AB 404 - retired\n7 AB 404 A:int\n", declared: "7 AB 404 A:int\n"},
		{name: "retired on one branch, a new param on the other, and gone from Go",
			old: "7 AB 404 - retired\n7 AB 404 A:int\n", want: "7 AB 404 A:int retired\n"},
		{name: "retired on one branch, an accepted status on the other",
			old: "7 AB 404 - retired\n7 AB 410 -\n", declared: "7 AB 410 -\n",
			warnings: []string{"already accepted: " + statusOfAB}},
		{name: "changed on both branches, and gone from Go",
			old:  "7 AB 404 A:int\n7 AB 404 A:int+ B:int\n",
			want: "7 AB 404 A:int+ B:int retired\n", settled: -1},
		{name: "a param whose former name one branch knows, and gone from Go",
			old: "7 AB 404 B:int\n7 AB 404 B:int,was:A\n", want: "7 AB 404 B:int,was:A retired\n",
			settled: -1},
		{name: "renamed on one branch, a new param on the other",
			old: "7 AB 404 A:int\n7 CD 404 - was:AB\n", declared: "7 CD 404 A:int\n",
			want: "7 CD 404 A:int was:AB\n"},
		{name: "renamed on one branch, retired on the other",
			old: "7 AB 404 - retired\n7 CD 404 - was:AB\n", declared: "7 CD 404 -\n",
			want: "7 CD 404 - was:AB\n"},
		{name: "renamed on one branch, a new param on the other, and the rename is lost in Go",
			old: "7 AB 404 A:int\n7 CD 404 - was:AB\n", declared: "7 AB 404 A:int\n",
			want:     "7 AB 404 A:int was:CD\n",
			warnings: []string{"already accepted: code 7 was renamed from CD to AB (codes.lock:3)"}},
		{name: "renamed differently", old: "7 CD 404 - was:AB\n7 EF 404 - was:AB\n",
			declared: "7 CD 404 -\n",
			want:     "7 CD 404 - was:AB was:EF\n",
			warnings: []string{"already accepted: code 7 was renamed from EF to CD (codes.lock:3)"}},
		{name: "renamed differently, and to a third name in Go",
			old:      "7 CD 404 - was:AB\n7 EF 404 - was:AB\n",
			declared: "7 GH 404 -\n",
			breaks:   []string{"code 7 was renamed from CD to GH (codes.lock:2)"}},
		{name: "renamed differently, and gone from Go", old: "7 CD 404 - was:AB\n7 EF 404 - was:AB\n",
			want: "7 CD 404 - was:AB was:EF retired\n", settled: -1},
		{name: "another number on one branch, a new param on the other",
			old: "7 AB 404 - retired\n7 AB 404 A:int\n8 AB 404 -\n", declared: "8 AB 404 A:int\n",
			want: "7 AB 404 A:int retired\n8 AB 404 A:int\n"},
		{name: "retired on both branches, with what each had",
			old: "7 AB 404 - retired\n7 AB 404 A:int retired\n", want: "7 AB 404 A:int retired\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := ledger.Input{Domain: declare(t, test.declared), Ledger: parse(t, "codes.lock", test.old)}
			before := string(in.Ledger.Bytes())
			c := ledger.Compare(in)
			if got := string(in.Ledger.Bytes()); got != before {
				t.Errorf("the ledger itself becomes\n%s", got)
			}
			if got := texts(c.Warnings); !slices.Equal(got, test.warnings) || len(c.Warnings.Errors()) > 0 {
				t.Errorf("warnings %q, want %q", got, test.warnings)
			}
			if got := texts(c.Breaks); !slices.Equal(got, test.breaks) || len(c.Conflicts) > 0 {
				t.Errorf("breaks %q and %v, want %q", got, c.Conflicts, test.breaks)
			}
			if len(test.breaks) > 0 {
				return
			}
			if want := max(cmp.Or(test.settled, 1), 0); c.Settled != want {
				t.Errorf("settled %d codes", c.Settled)
			}
			wantNext(t, in, c, cmp.Or(test.want, test.declared))
		})
	}
}

// TestConflicts shows what becomes of a number or a name that two branches gave to two codes.
func TestConflicts(t *testing.T) {
	tests := []struct {
		name      string
		old       string
		declared  string
		accept    []string
		conflicts []string
		breaks    int
		want      string // if there are no errors
	}{
		{name: "two codes with one number", old: "7 AB 404 -\n7 CD 404 -\n", declared: "7 AB 404 -\n",
			conflicts: []string{"codes.lock:3:1: number 7 belongs to both AB (line 2) and CD\n" +
				"hint: if CD was never released, delete line 3"}},
		{name: "one of them gets another number", old: "7 AB 404 -\n7 CD 404 -\n",
			declared: "7 AB 404 -\n8 CD 404 -\n", breaks: 1,
			conflicts: []string{"codes.lock:3:1: number 7 belongs to both AB (line 2) and CD\n" +
				"hint: give the one of AB and CD that was not released another number, " +
				"then run extract accept --ledger with its name"}},
		{name: "that is accepted", old: "7 AB 404 -\n7 CD 404 -\n", declared: "7 AB 404 -\n8 CD 404 -\n",
			accept: []string{"CD"}, want: "7 AB 404 -\n8 CD 404 -\n"},
		{name: "the first gives way", old: "7 AB 404 -\n7 CD 404 -\n",
			declared: "7 CD 404 -\n8 AB 404 -\n",
			accept:   []string{"AB"}, want: "7 CD 404 -\n8 AB 404 -\n"},
		{name: "another one is accepted", old: "7 AB 404 -\n7 CD 404 -\n",
			declared: "7 AB 404 -\n8 CD 404 -\n",
			accept:   []string{"AB"}, breaks: 1,
			conflicts: []string{"codes.lock:3:1: number 7 belongs to both AB (line 2) and CD\n" +
				"hint: give the one of AB and CD that was not released another number, " +
				"then run extract accept --ledger with its name"}},
		{name: "a retired code and a new one", old: "7 AB 404 - retired\n7 CD 404 -\n",
			declared: "7 CD 404 -\n",
			conflicts: []string{"codes.lock:3:1: number 7 belongs to both AB (line 2) and CD\n" +
				"hint: if AB was never released, delete line 2"}},
		{name: "the new one gets another number", old: "7 AB 404 - retired\n7 CD 404 -\n",
			declared: "8 CD 404 -\n", accept: []string{"CD"}, want: "7 AB 404 - retired\n8 CD 404 -\n"},
		{name: "two retired ones", old: "7 AB 404 - retired\n7 CD 404 - retired\n",
			want: "7 AB 404 - retired\n7 CD 404 - retired\n"},
		{name: "three codes with one number", old: "7 AB 404 -\n7 CD 404 -\n7 EF 404 -\n",
			declared: "7 AB 404 -\n",
			conflicts: []string{
				"codes.lock:3:1: number 7 belongs to both AB (line 2) and CD\n" +
					"hint: if CD was never released, delete line 3",
				"codes.lock:4:1: number 7 belongs to both AB (line 2) and EF\n" +
					"hint: if EF was never released, delete line 4",
			}},
		{name: "one name with two numbers", old: "7 AB 404 -\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			conflicts: []string{"codes.lock:3:1: name AB belongs to both code 7 (line 2) and code 8\n" +
				"hint: declare it with the number that was released, then run extract accept --ledger AB"}},
		{name: "a name of a code that was retired before it had it",
			old: "7 AB 404 - was:CD\n7 CD 404 - retired\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			conflicts: []string{"codes.lock:4:1: name AB belongs to both code 7 (line 2) and code 8\n" +
				"hint: declare it with the number that was released, then run extract accept --ledger AB"}},
		{name: "the number is accepted", old: "7 AB 404 -\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			accept: []string{"AB"}, want: "7 AB 404 - retired\n8 AB 404 -\n"},
		{name: "an earlier number beside two", old: "6 AB 404 - retired\n7 AB 404 -\n8 AB 404 -\n",
			declared: "8 AB 404 -\n",
			conflicts: []string{"codes.lock:4:1: name AB belongs to both code 7 (line 3) and code 8\n" +
				"hint: declare it with the number that was released, then run extract accept --ledger AB"}},
		{name: "a former name and a new code", old: "7 CD 404 - was:AB\n8 AB 404 -\n",
			declared: "7 CD 404 -\n8 AB 404 -\n", accept: []string{"AB"},
			conflicts: []string{"codes.lock:3:1: name AB belongs to both code 7 (line 2) and code 8\n" +
				"hint: rename the one that was not released, " +
				"then run extract accept --ledger with its new name"}},
		{name: "a former name of both", old: "7 CD 404 - was:AB\n8 EF 404 - was:AB\n",
			declared: "7 CD 404 -\n8 EF 404 -\n",
			conflicts: []string{"codes.lock:3:1: name AB belongs to both code 7 (line 2) and code 8\n" +
				"hint: delete was:AB from the line of the one that was not released"}},
		{name: "a former name and a code that is gone", old: "7 CD 404 - was:AB\n8 AB 404 -\n",
			declared: "7 CD 404 -\n",
			conflicts: []string{"codes.lock:3:1: name AB belongs to both code 7 (line 2) and code 8\n" +
				"hint: if code 8 was never released, delete line 3"}},
		{name: "a former name and a code that gets another number",
			old: "7 CD 404 - was:AB\n8 AB 404 -\n8 EF 404 -\n", declared: "7 CD 404 -\n8 EF 404 -\n9 AB 404 -\n",
			accept: []string{"AB"}, breaks: 1, conflicts: []string{
				"codes.lock:4:1: number 8 belongs to both AB (line 3) and EF\n" +
					"hint: give the one of AB and EF that was not released another number, " +
					"then run extract accept --ledger with its name"}},
		{name: "the same, and the code with the former name was retired on a branch",
			old:      "7 CD 404 - was:AB\n7 CD 404 - retired\n8 AB 404 -\n8 EF 404 -\n",
			declared: "8 EF 404 -\n9 AB 404 -\n", accept: []string{"AB"}, breaks: 1, conflicts: []string{
				"codes.lock:5:1: number 8 belongs to both AB (line 4) and EF\n" +
					"hint: give the one of AB and EF that was not released another number, " +
					"then run extract accept --ledger with its name"}},
		{name: "the new code is renamed", old: "7 CD 404 - was:AB\n8 AB 404 -\n",
			declared: "7 CD 404 -\n8 EF 404 -\n", accept: []string{"EF"},
			want: "7 CD 404 - was:AB\n8 EF 404 -\n"},
		{name: "both are renamed", old: "7 AB 404 -\n8 AB 404 -\n",
			declared: "7 CD 404 -\n8 EF 404 -\n", accept: []string{"CD", "EF"},
			want: "7 CD 404 - was:AB\n8 EF 404 -\n"},
		{name: "a code that is renamed leaves a former name to another code",
			old: "7 AB 404 -\n8 EF 404 - was:AB\n", declared: "7 CD 404 -\n8 EF 404 -\n",
			accept: []string{"CD"}, want: "7 CD 404 -\n8 EF 404 - was:AB\n"},
		{name: "a former name of a code that was retired on a branch",
			old: "7 AB 404 -\n8 CD 404 - was:AB\n8 CD 404 - retired\n", declared: "7 AB 404 -\n8 CD 404 -\n",
			conflicts: []string{"codes.lock:3:1: name AB belongs to both code 7 (line 2) and code 8\n" +
				"hint: rename the one that was not released, " +
				"then run extract accept --ledger with its new name"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := ledger.Input{Domain: declare(t, test.declared), Ledger: parse(t, "codes.lock", test.old)}
			in.Accept = func(name string) bool { return slices.Contains(test.accept, name) }
			c := ledger.Compare(in)
			var got []string
			for _, f := range c.Conflicts {
				got = append(got, f.Detail())
			}
			if !slices.Equal(got, test.conflicts) || len(c.Breaks) != test.breaks {
				t.Errorf("got %d breaks and\n%s\nwant\n%s", len(c.Breaks),
					strings.Join(got, "\n"), strings.Join(test.conflicts, "\n"))
			}
			if len(test.conflicts) == 0 {
				wantNext(t, in, c, test.want)
			}
		})
	}
}

// TestOrderOfLines puts the lines of a ledger into every order, as merging branches may. It must not
// matter for the next ledger or for what is reported.
func TestOrderOfLines(t *testing.T) {
	tests := []struct {
		name, old, declared string
		accept              string
		want                string
	}{
		{name: "a name of three codes, two of which are gone",
			old:      "8 AB 404 -\n9 CD 404 - was:AB\n10 AB 404 -\n",
			declared: "9 CD 404 -\n",
			want:     "8 AB 404 -\n9 CD 404 - was:AB\n10 AB 404 -\n"},
		{name: "names that went around", declared: "7 CD 404 -\n",
			old: "7 CD 404 - was:AB\n8 EF 404 - was:CD\n9 AB 404 - was:EF\n" +
				"7 EF 404 - was:AB\n8 AB 404 - was:CD\n9 CD 404 - was:EF\n",
			want: "7 CD 404 - was:AB was:EF\n8 AB 404 - was:CD\n8 EF 404 - was:CD\n" +
				"9 AB 404 - was:EF\n9 CD 404 - was:EF\n"},
		{name: "a number of three codes, two of which are gone", declared: "7 EF 404 -\n",
			old:  "7 AB 404 -\n7 CD 404 -\n7 EF 404 -\n",
			want: "7 EF 404 -\n7 AB 404 - retired\n7 CD 404 - retired\n"},
		{name: "accepting does not choose between two codes", declared: "7 AB 404 -\n8 CD 404 -\n",
			old: "7 AB 404 -\n8 CD 404 - was:AB\n9 AB 404 -\n", accept: "AB",
			want: "7 AB 404 -\n8 CD 404 - was:AB\n9 AB 404 -\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			conflicts := -1
			for lines := range permutations(strings.Split(strings.TrimSpace(test.old), "\n")) {
				old := strings.Join(lines, "\n")
				c := ledger.Compare(ledger.Input{
					Domain: declare(t, test.declared), Ledger: parse(t, "codes.lock", old),
					Accept: func(name string) bool { return name == test.accept },
				})
				if got := string(c.Next.Bytes()); got != header+test.want {
					t.Errorf("the next ledger of\n%s\nis\n%s\nwant\n%s", old, got, test.want)
				}
				if conflicts < 0 {
					conflicts = len(c.Conflicts)
				}
				if len(c.Conflicts) == 0 || len(c.Conflicts) != conflicts {
					t.Errorf("%d conflicts in one order, and in\n%s\n%v", conflicts, old, c.Conflicts)
				}
			}
		})
	}
}

// permutations returns every order of the items. The slice that it yields is valid until the next.
func permutations(items []string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		var permute func(n int) bool
		permute = func(n int) bool {
			if n == len(items) {
				return yield(items)
			}
			for i := n; i < len(items); i++ {
				items[n], items[i] = items[i], items[n]
				more := permute(n + 1)
				items[n], items[i] = items[i], items[n]
				if !more {
					return false
				}
			}
			return true
		}
		permute(0)
	}
}

func TestCompareOfAnotherDomain(t *testing.T) {
	old, _ := ledger.Parse("codes.lock", []byte("errlingo 2 codes other\n"))
	c := ledger.Compare(ledger.Input{Domain: declare(t, "7 AB 404 -\n"), Ledger: old})
	want := []string{`codes.lock belongs to domain "other", not "shop"`}
	if got := texts(c.Breaks); !slices.Equal(got, want) {
		t.Errorf("breaks %q, want %q", got, want)
	}
}

func TestAcceptOneName(t *testing.T) {
	c := ledger.Compare(ledger.Input{
		Domain: declare(t, "7 AB 410 -\n8 CD 410 -\n"),
		Ledger: parse(t, "codes.lock", "7 AB 404 -\n8 CD 404 -\n"),
		Accept: func(name string) bool { return name == "AB" },
	})
	want := diag.Pos{Line: 3, Column: 1}
	if !slices.Equal(c.Accepted, []string{"AB"}) || len(c.Breaks) != 1 || c.Breaks[0].Pos != want {
		t.Errorf("accepted %q, breaks %v", c.Accepted, c.Breaks)
	}
}

// TestBrokenStay shows that what is written while an error remains has the lines of its codes as they
// were, and can be read. The error is still there the next time.
func TestBrokenStay(t *testing.T) {
	tests := []struct {
		name     string
		old      string
		declared string
		want     string
		history  string
	}{
		{"another status", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n8 CD 410 -\n",
			"7 AB 410 -\n8 CD 404 -\n", ""},
		{"another name", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n8 EF 404 -\n",
			"7 AB 410 -\n8 CD 404 -\n", ""},
		{"another number", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n9 CD 404 -\n",
			"7 AB 410 -\n8 CD 404 -\n", ""},
		{"the number of a retired code", "7 AB 404 -\n8 CD 404 - retired\n", "7 AB 410 -\n8 EF 404 -\n",
			"7 AB 410 -\n8 CD 404 - retired\n", ""},
		{"the number that the accepted one had", "7 AB 404 -\n", "8 AB 404 -\n7 CD 404 -\n",
			"7 AB 404 - retired\n8 AB 404 -\n", ""},
		{"a new code beside", "7 AB 404 -\n8 CD 404 -\n", "7 AB 410 -\n8 CD 410 -\n9 EF 404 -\n",
			"7 AB 410 -\n8 CD 404 -\n9 EF 404 -\n", ""},
		{"two lines", "7 AB 404 -\n8 CD 404 -\n8 CD 410 -\n", "7 AB 410 -\n8 CD 422 -\n",
			"7 AB 410 -\n8 CD 404 -\n8 CD 410 -\n", ""},
		{"one name with two numbers", "7 AB 404 -\n8 CD 404 -\n9 CD 404 -\n", "7 AB 410 -\n9 CD 404 -\n",
			"7 AB 410 -\n8 CD 404 -\n9 CD 404 -\n", ""},
		{"the name of a lost code", "7 AB 404 -\n9 CD 404 -\n", "7 AB 410 -\n9 CD 404 -\n",
			"7 AB 410 -\n9 CD 404 -\n", "8 CD 404 -\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var history ledger.History
			history.Add("1:codes.lock", "shop", []byte(header+test.history))
			in := ledger.Input{
				Domain: declare(t, test.declared), Ledger: parse(t, "codes.lock", test.old), History: &history,
				Accept: func(name string) bool { return name == "AB" },
			}
			c := ledger.Compare(in)
			errors := slices.Concat(c.Breaks, c.Conflicts)
			if got := string(c.Next.Bytes()); got != header+test.want || len(errors) != 1 {
				t.Errorf("errors %v, next\n%s\nwant\n%s", errors, got, header+test.want)
			}
			in.Ledger = parse(t, "codes.lock", test.want)
			c = ledger.Compare(in)
			if again := slices.Concat(c.Breaks, c.Conflicts); !slices.Equal(texts(again), texts(errors)) {
				t.Errorf("then errors %v, want %v", again, errors)
			}
		})
	}
}
