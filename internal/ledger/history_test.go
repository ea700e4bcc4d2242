package ledger_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/errlingo/errlingo/internal/ledger"
)

// TestCompareWithBase shows that a code which is not in the base may change freely, and others may
// not.
func TestCompareWithBase(t *testing.T) {
	const status = "HTTP status of AB changed from 404 to 410 (v1:codes.lock:2)"
	tests := []struct {
		name      string
		base, old string // without their headers
		declared  string
		want      string // "" for what is declared; not compared if there are errors
		breaks    []string
		hint      string // of the first error, if it matters
		warnings  []string
		counts    [6]int
	}{
		{name: "a break", base: "7 AB 404 -\n", old: "7 AB 404 -\n", declared: "7 AB 410 -\n",
			breaks: []string{status}, hint: "undo the change, or accept it: extract accept --ledger AB"},
		{name: "released and unreleased codes go", base: "7 AB 404 -\n8 CD 404 -\n",
			old:      "7 AB 404 -\n8 CD 404 -\n9 EF 404 Left:int\n10 GH 404 -\n",
			declared: "7 AB 404 -\n11 IJ 400 -\n", want: "7 AB 404 -\n8 CD 404 - retired\n11 IJ 400 -\n",
			counts: [6]int{1, 1, 0, 0, 0, 2}},
		{name: "an unreleased code changes", base: "7 AB 404 -\n", old: "7 AB 404 -\n8 CD 404 A:int\n",
			declared: "7 AB 404 -\n8 CD 410 -\n", counts: [6]int{0, 0, 0, 1, 0, 0}},
		{name: "an unreleased code gets another name", base: "7 AB 404 -\n",
			old:      "7 AB 404 -\n8 CD 404 -\n",
			declared: "7 AB 404 -\n8 EF 404 -\n", counts: [6]int{1, 0, 0, 0, 0, 1}},
		{name: "an unreleased code gets another number", base: "7 AB 404 -\n",
			old:      "7 AB 404 -\n8 CD 404 -\n",
			declared: "7 AB 404 -\n9 CD 404 -\n", counts: [6]int{1, 0, 0, 0, 0, 1}},
		{name: "a released code is gone from source and ledger", base: "7 AB 404 -\n8 CD 404 A:int\n",
			old: "7 AB 404 -\n", declared: "7 AB 404 -\n", want: "7 AB 404 -\n8 CD 404 A:int retired\n",
			warnings: []string{"8 CD was issued (v1:codes.lock:3), so its line must stay, as retired"},
			counts:   [6]int{0, 0, 1, 0, 0, 0}},
		{name: "a retired code is gone from the ledger", base: "7 AB 404 -\n8 CD 404 - retired\n",
			old: "7 AB 404 -\n", declared: "7 AB 404 -\n", want: "7 AB 404 -\n8 CD 404 - retired\n",
			warnings: []string{"8 CD was issued (v1:codes.lock:3), so its line must stay, as retired"},
			counts:   [6]int{0, 0, 1, 0, 0, 0}},
		{name: "a declared code is gone from the ledger", base: "7 AB 404 -\n", declared: "7 AB 404 -\n",
			counts: [6]int{1, 0, 0, 0, 0, 0}},
		{name: "the number of a code that is gone from source and ledger", base: "7 AB 404 -\n",
			declared: "7 CD 404 -\n",
			breaks:   []string{"number 7 belongs to AB (v1:codes.lock:2) and cannot be reused"},
			hint:     "give CD a number that was never used"},
		{name: "two codes that share nothing but a number", base: "7 AB 404 A:int\n", old: "7 CD 410 -\n",
			declared: "7 CD 410 -\n",
			breaks:   []string{"number 7 belongs to AB (v1:codes.lock:2) and cannot be reused"},
			hint: "give CD a number that was never used, " +
				"then run extract accept --ledger CD"},
		{name: "two codes that share nothing but a name", base: "7 AB 404 A:int\n", old: "8 AB 410 -\n",
			declared: "8 AB 410 -\n",
			breaks:   []string{"name AB belongs to code 7 (v1:codes.lock:2) and cannot be reused"},
			hint: "if it is the same code, put its old line back into codes.lock: " +
				"7 AB 404 A:int retired"},

		{name: "an accepted status", base: "7 AB 404 -\n", old: "7 AB 410 -\n", declared: "7 AB 410 -\n",
			warnings: []string{"already accepted: " + status}},
		{name: "an accepted status beside a new param", base: "7 AB 404 -\n", old: "7 AB 410 -\n",
			declared: "7 AB 410 A:int\n", warnings: []string{"already accepted: " + status},
			counts: [6]int{0, 0, 0, 1, 0, 0}},
		{name: "another status than the accepted one", base: "7 AB 404 -\n", old: "7 AB 410 -\n",
			declared: "7 AB 422 -\n",
			breaks:   []string{"HTTP status of AB changed from 404 to 422 (v1:codes.lock:2)"}},
		{name: "accepted params", base: "7 AB 404 A:int B:int C:int+\n", old: "7 AB 404 B:string C:int\n",
			declared: "7 AB 404 B:string C:int\n", warnings: []string{
				"already accepted: param A of AB was removed (v1:codes.lock:2)",
				"already accepted: param B of AB changed from int to string (v1:codes.lock:2)",
				"already accepted: param C of AB is no longer public (v1:codes.lock:2)",
			}},
		{name: "one accepted param, one not", base: "7 AB 404 A:int B:int\n", old: "7 AB 404 B:int\n",
			declared: "7 AB 404 -\n",
			breaks:   []string{"param B of AB was removed (v1:codes.lock:2)"},
			warnings: []string{"already accepted: param A of AB was removed (v1:codes.lock:2)"}},
		{name: "an accepted name", base: "7 AB 404 -\n", old: "7 CD 404 - was:AB\n",
			declared: "7 CD 404 -\n",
			want:     "7 CD 404 - was:AB\n",
			warnings: []string{"already accepted: code 7 was renamed from AB to CD (v1:codes.lock:2)"}},
		{name: "an accepted number", base: "7 AB 404 -\n", old: "7 AB 404 - retired\n8 AB 404 -\n",
			declared: "8 AB 404 -\n", want: "7 AB 404 - retired\n8 AB 404 -\n",
			warnings: []string{"already accepted: number of AB changed from 7 to 8 (v1:codes.lock:2)"}},
		{name: "an accepted name, and then an accepted number", base: "7 CD 404 -\n",
			old: "7 AB 404 - was:CD retired\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			want:     "7 AB 404 - was:CD retired\n8 AB 404 -\n",
			warnings: []string{"already accepted: number of AB changed from 7 to 8 (v1:codes.lock:2)"}},
		{name: "an accepted number and another status", base: "7 AB 404 -\n",
			old: "7 AB 404 - retired\n8 AB 404 -\n", declared: "8 AB 410 -\n",
			breaks:   []string{status},
			warnings: []string{"already accepted: number of AB changed from 7 to 8 (v1:codes.lock:2)"}},
		{name: "an accepted name, and another status", base: "7 AB 404 -\n", old: "7 CD 404 - was:AB\n",
			declared: "7 CD 410 -\n",
			breaks:   []string{"HTTP status of CD changed from 404 to 410 (v1:codes.lock:2)"},
			warnings: []string{"already accepted: code 7 was renamed from AB to CD (v1:codes.lock:2)"}},
		{name: "a rename that was reverted", base: "7 CD 404 - was:AB\n", old: "7 AB 404 -\n",
			declared: "7 AB 404 -\n",
			breaks:   []string{"code 7 was renamed from CD to AB (v1:codes.lock:2)"},
			hint:     "undo the change, or accept it: extract accept --ledger AB"},
		{name: "a retired code that is back with another status", base: "7 AB 404 -\n",
			old: "7 AB 404 - retired\n", declared: "7 AB 410 -\n", breaks: []string{status}},
		{name: "another number and another status", base: "7 AB 404 -\n", old: "7 AB 404 -\n",
			declared: "8 AB 410 -\n", breaks: []string{
				"number of AB changed from 7 to 8 (v1:codes.lock:2)", status,
			}},
		{name: "both branches changed it, against the base", base: "7 AB 404 -\n",
			old: "7 AB 404 A:int\n7 AB 410 -\n", declared: "7 AB 410 A:int\n",
			warnings: []string{"already accepted: " + status}, counts: [6]int{0, 0, 0, 0, 1, 0}},
		{name: "a number is never acceptable", base: "7 AB 404 - retired\n",
			old: "7 CD 404 -\n7 AB 404 - retired\n", declared: "7 CD 404 -\n",
			breaks: []string{"number 7 belongs to both CD (line 2) and AB"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := ledger.Input{
				Domain: declare(t, test.declared),
				Ledger: parse(t, "codes.lock", test.old), Base: parse(t, "v1:codes.lock", test.base),
			}
			c := ledger.Compare(in)
			errs := slices.Concat(c.Breaks, c.Conflicts)
			if got := texts(errs); !slices.Equal(got, test.breaks) {
				t.Errorf("breaks %q, want %q", got, test.breaks)
			}
			if test.hint != "" && len(errs) > 0 && errs[0].Hint != test.hint {
				t.Errorf("the hint is %q, want %q", errs[0].Hint, test.hint)
			}
			if got := texts(c.Warnings); !slices.Equal(got, test.warnings) || len(c.Warnings.Errors()) > 0 {
				t.Errorf("warnings %q, want %q", got, test.warnings)
			}
			if len(test.breaks) > 0 {
				return
			}
			if got := counts(c); got != test.counts {
				t.Errorf("the counts are %v, want %v", got, test.counts)
			}
			wantNext(t, in, c, cmp.Or(test.want, test.declared))
		})
	}
}

// TestHistory shows that what was ever issued stays issued.
func TestHistory(t *testing.T) {
	lost := func(what string) string { return what + ", so its line must stay, as retired" }
	tests := []struct {
		name     string
		history  []string // newest first
		old      string
		declared string
		want     string // "" for what is declared
		breaks   []string
		warnings []string
		restored int
	}{
		{name: "nothing is lost", history: []string{"7 AB 404 -\n"}, old: "7 AB 404 -\n",
			declared: "7 AB 404 -\n"},
		{name: "a draft", old: "7 AB 404 -\n", declared: "7 AB 404 -\n"},
		{name: "an earlier state of a code is not a promise", history: []string{"7 AB 404 A:int\n"},
			old: "7 AB 410 -\n", declared: "7 AB 410 -\n"},
		{name: "a param from before it was renamed", history: []string{"7 AB 404 B:int\n"},
			old: "7 AB 404 B:int,was:A\n", declared: "7 AB 404 B:int\n", want: "7 AB 404 B:int,was:A\n"},
		{name: "a former name of a param that the line has lost",
			history: []string{"7 AB 404 B:int,was:A\n"}, old: "7 AB 404 B:int\n",
			declared: "7 AB 404 B:int\n", want: "7 AB 404 B:int,was:A\n"},
		{name: "a lost code", history: []string{"7 AB 404 A:int\n"}, want: "7 AB 404 A:int retired\n",
			warnings: []string{lost("7 AB was issued (1:codes.lock:2)")}, restored: 1},
		{name: "the newest line of a lost code", history: []string{"7 AB 410 -\n", "7 AB 404 A:int\n"},
			want:     "7 AB 410 - retired\n",
			warnings: []string{lost("7 AB was issued (1:codes.lock:2)")}, restored: 1},
		{name: "a lost code that is declared again", history: []string{"7 AB 404 -\n"},
			declared: "7 AB 404 -\n"},
		{name: "a lost code that is declared again and differs", history: []string{"7 AB 404 -\n"},
			declared: "7 AB 410 -\n",
			breaks:   []string{"HTTP status of AB changed from 404 to 410 (1:codes.lock:2)"}},
		{name: "the number of a lost code", history: []string{"7 AB 404 -\n"}, declared: "7 CD 404 -\n",
			breaks: []string{"number 7 belongs to AB (1:codes.lock:2) and cannot be reused"}},
		{name: "the name of a lost code", history: []string{"7 AB 404 -\n"}, declared: "8 AB 404 -\n",
			breaks: []string{"name AB belongs to code 7 (1:codes.lock:2) and cannot be reused"}},
		{name: "the number of a lost code, in the ledger already", history: []string{"7 AB 404 -\n"},
			old: "7 CD 404 -\n", declared: "7 CD 404 -\n",
			breaks: []string{"number 7 belongs to AB (1:codes.lock:2) and cannot be reused"}},
		{name: "the number of a lost code, and both were issued",
			history: []string{"7 CD 404 -\n", "7 AB 404 -\n"},
			old:     "7 CD 404 -\n", declared: "7 CD 404 -\n",
			breaks: []string{"number 7 belongs to AB (2:codes.lock:2) and cannot be reused"}},
		{name: "the name of a lost code, in the ledger already", history: []string{"7 AB 404 -\n"},
			old: "8 AB 404 -\n", declared: "8 AB 404 -\n",
			breaks: []string{"name AB belongs to code 7 (1:codes.lock:2) and cannot be reused"}},
		{name: "the name of a retired code, in the ledger already",
			history: []string{"7 AB 404 - retired\n"},
			old:     "7 AB 404 - retired\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			breaks: []string{"name AB belongs to code 7 (codes.lock:2) and cannot be reused"}},
		{name: "a former name of a retired code, in the ledger already",
			history: []string{"7 CD 404 - was:AB retired\n"},
			old:     "7 CD 404 - was:AB retired\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			breaks: []string{"name AB belongs to code 7 (codes.lock:2) and cannot be reused"}},
		{name: "a former name that both codes were issued with",
			history: []string{"7 CD 404 - was:AB\n8 EF 404 - was:AB\n"},
			old:     "7 CD 404 -\n8 EF 404 -\n", declared: "7 CD 404 -\n8 EF 404 -\n",
			want: "7 CD 404 - was:AB\n8 EF 404 - was:AB\n"},
		{name: "an accepted number", history: []string{"7 AB 404 -\n"},
			old: "7 AB 404 - retired\n8 AB 404 -\n", declared: "8 AB 404 -\n",
			want: "7 AB 404 - retired\n8 AB 404 -\n"},
		{name: "an accepted number, where main has accepted another one",
			history: []string{"7 AB 404 - retired\n9 AB 404 -\n"},
			old:     "7 AB 404 - retired\n8 AB 404 -\n9 AB 404 - retired\n", declared: "8 AB 404 -\n",
			want: "7 AB 404 - retired\n8 AB 404 -\n9 AB 404 - retired\n"},
		{name: "an accepted number was reverted", history: []string{"7 AB 404 - retired\n8 AB 404 -\n"},
			old: "7 AB 404 -\n", declared: "7 AB 404 -\n", want: "7 AB 404 -\n8 AB 404 - retired\n",
			warnings: []string{lost("8 AB was issued (1:codes.lock:3)")}, restored: 1},
		{name: "the line of the former number is lost", history: []string{"8 AB 404 -\n", "7 AB 404 -\n"},
			old: "8 AB 404 -\n", declared: "8 AB 404 -\n", want: "7 AB 404 - retired\n8 AB 404 -\n",
			warnings: []string{lost("7 AB was issued (2:codes.lock:2)")}, restored: 1},
		{name: "an accepted name was reverted", history: []string{"7 CD 404 - was:AB\n", "7 AB 404 -\n"},
			old: "7 AB 404 -\n", declared: "7 AB 404 -\n", want: "7 AB 404 - was:CD\n"},
		{name: "the former name is lost", history: []string{"7 CD 404 - was:AB\n", "7 AB 404 -\n"},
			old: "7 CD 404 -\n", declared: "7 CD 404 -\n", want: "7 CD 404 - was:AB\n"},
		{name: "a renamed code is lost", history: []string{"7 CD 404 - was:AB\n", "7 AB 404 -\n"},
			want:     "7 CD 404 - was:AB retired\n",
			warnings: []string{lost("7 CD was issued (1:codes.lock:2)")}, restored: 1},
		{name: "a conflict that has ended", history: []string{"7 AB 404 -\n7 CD 404 -\n"},
			old: "7 AB 404 -\n8 CD 404 -\n", declared: "7 AB 404 -\n8 CD 404 -\n"},
		{name: "a conflict that has ended, and the ledger is lost",
			history:  []string{"7 AB 404 -\n8 CD 404 -\n", "7 AB 404 -\n7 CD 404 -\n"},
			declared: "7 AB 404 -\n8 CD 404 -\n"},
		{name: "a conflict that has ended in favor of a draft", history: []string{"7 CD 404 -\n"},
			old: "7 AB 404 -\n8 CD 404 -\n", declared: "7 AB 404 -\n8 CD 404 -\n",
			breaks: []string{"number 7 belongs to CD (1:codes.lock:2) and cannot be reused",
				"name CD belongs to code 7 (1:codes.lock:2) and cannot be reused"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var history ledger.History
			for i, lines := range test.history {
				if !history.Add(string('1'+rune(i))+":codes.lock", "shop", []byte(header+lines)) {
					t.Fatal("not added")
				}
			}
			in := ledger.Input{
				Domain: declare(t, test.declared), Ledger: parse(t, "codes.lock", test.old), History: &history,
			}
			c := ledger.Compare(in)
			if got := texts(slices.Concat(c.Breaks, c.Conflicts)); !slices.Equal(got, test.breaks) {
				t.Errorf("breaks %q, want %q", got, test.breaks)
			}
			if got := texts(c.Warnings); !slices.Equal(got, test.warnings) || len(c.Warnings.Errors()) > 0 {
				t.Errorf("warnings %q, want %q", got, test.warnings)
			}
			if len(test.breaks) > 0 {
				return
			}
			if c.Restored != test.restored {
				t.Errorf("%d restored, want %d", c.Restored, test.restored)
			}
			wantNext(t, in, c, cmp.Or(test.want, test.declared))
		})
	}
}

// TestMergedDrafts shows what counts of versions that only a branch had which was merged later.
func TestMergedDrafts(t *testing.T) {
	tests := []struct {
		name     string
		main     string // what the main branch had
		merged   string
		old      string
		declared string
		want     string // "" for what is declared
	}{
		{name: "the number went to a code of main", main: "7 AB 404 -\n", merged: "7 CD 404 -\n",
			old: "7 AB 404 -\n", declared: "7 AB 404 -\n"},
		{name: "the name went to a code of main", main: "7 AB 404 -\n", merged: "8 AB 404 -\n",
			old: "7 AB 404 -\n", declared: "7 AB 404 -\n"},
		{name: "a draft that is in nobody's way", main: "7 AB 404 -\n", merged: "8 CD 404 -\n",
			old: "7 AB 404 -\n", declared: "7 AB 404 -\n", want: "7 AB 404 -\n8 CD 404 - retired\n"},
		{name: "an earlier name of a code of main", main: "7 CD 404 - was:AB\n", merged: "7 AB 404 -\n",
			old: "7 CD 404 -\n", declared: "7 CD 404 -\n", want: "7 CD 404 - was:AB\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var history ledger.History
			history.Add("2:codes.lock", "shop", []byte(header+test.main))
			history.AddMerged("1:codes.lock", "shop", []byte(header+test.merged))
			in := ledger.Input{
				Domain: declare(t, test.declared), Ledger: parse(t, "codes.lock", test.old), History: &history,
			}
			c := ledger.Compare(in)
			if len(c.Breaks)+len(c.Conflicts) > 0 {
				t.Errorf("breaks %v, conflicts %v", c.Breaks, c.Conflicts)
			}
			wantNext(t, in, c, cmp.Or(test.want, test.declared))
		})
	}
}

// TestIssuedDoesNotGiveWay shows that a draft cannot keep the number of an issued code, although
// the issued one has got another number.
func TestIssuedDoesNotGiveWay(t *testing.T) {
	var history ledger.History
	history.Add("1:codes.lock", "shop", []byte(header+"7 CD 404 -\n"))
	c := ledger.Compare(ledger.Input{
		Domain: declare(t, "7 AB 404 -\n8 CD 404 -\n"), History: &history,
		Ledger: parse(t, "codes.lock", "7 AB 404 -\n7 CD 404 -\n"),
		Accept: func(string) bool { return true },
	})
	want := header + "7 AB 404 -\n7 CD 404 - retired\n8 CD 404 -\n"
	if got := string(c.Next.Bytes()); got != want {
		t.Errorf("next\n%s\nwant\n%s", got, want)
	}
	conflict := []string{"number 7 belongs to both AB (line 2) and CD"}
	if got := texts(c.Conflicts); !slices.Equal(got, conflict) {
		t.Errorf("conflicts %v, want %q", got, conflict)
	}
}

// TestRenamedDraft shows that a draft which gets another name leaves its first one to the code that
// was issued with it.
func TestRenamedDraft(t *testing.T) {
	tests := []struct {
		name    string
		history string
		old     string
		want    string
	}{
		{"the issued one is retired, and its line lacks that name", "7 CD 404 - was:AB\n",
			"7 CD 404 - retired\n8 AB 404 -\n", "7 CD 404 - was:AB retired\n8 EF 404 -\n"},
		{"its line is lost", "7 AB 404 -\n", "8 AB 404 -\n", "7 AB 404 - retired\n8 EF 404 -\n"},
		{"it is gone from Go, and has the higher number", "9 AB 404 -\n",
			"8 AB 404 -\n9 AB 404 -\n", "8 EF 404 -\n9 AB 404 - retired\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var history ledger.History
			history.Add("1:codes.lock", "shop", []byte(header+test.history))
			in := ledger.Input{
				Domain: declare(t, "8 EF 404 -\n"), Ledger: parse(t, "codes.lock", test.old),
				History: &history, Accept: func(name string) bool { return name == "EF" },
			}
			c := ledger.Compare(in)
			if len(c.Breaks)+len(c.Conflicts) > 0 {
				t.Errorf("breaks %v, conflicts %v", c.Breaks, c.Conflicts)
			}
			wantNext(t, in, c, test.want)
		})
	}
}

func TestHistoryOfOthers(t *testing.T) {
	tests := []struct{ name, src string }{
		{"another domain", "errlingo 2 codes store\n7 AB 404 -\n"},
		{"another version", "errlingo 1 domain shop\n7 AB 404 -\n"},
		{"another file", "7 AB 404 -\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var history ledger.History
			if history.Add("codes.lock", "shop", []byte(test.src)) {
				t.Error("it was added")
			}
			c := ledger.Compare(ledger.Input{Domain: declare(t, ""), History: &history})
			if got := c.Next.Entries(); len(got) > 0 {
				t.Errorf("got %v", got)
			}
		})
	}
}
