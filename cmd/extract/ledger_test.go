package main

import "testing"

// TestBecomes shows what the finding about a ledger that is out of date says about its codes.
func TestBecomes(t *testing.T) {
	tests := []struct{ name, old, next, want string }{
		{"a code goes", "7 AB 404 -\n", "7 AB 404 - retired\n", ": AB becomes retired"},
		{"a code comes back", "7 AB 404 - retired\n", "7 AB 404 -\n", ": AB is declared again"},
		{"a new code and a new param", "7 AB 404 -\n", "7 AB 404 A:int\n8 CD 404 -\n",
			": CD is new; AB changes"},
		{"a lost code", "7 AB 404 -\n", "7 AB 404 -\n8 CD 404 - retired\n", ": CD becomes retired"},
		{"a draft goes", "7 AB 404 -\n8 CD 404 -\n", "7 AB 404 -\n", ": CD is dropped"},
		{"two lines of a code", "7 AB 404 -\n7 AB 404 A:int\n", "7 AB 404 A:int\n", ": AB changes"},
		{"two codes", "", "1 A1 - -\n2 A2 - -\n", ": A1 and A2 are new"},
		{"four codes", "", "1 A1 - -\n2 A2 - -\n3 A3 - -\n4 A4 - -\n", ": A1, A2, A3 and A4 are new"},
		{"five codes", "", "1 A1 - -\n2 A2 - -\n3 A3 - -\n4 A4 - -\n5 A5 - -\n",
			": A1, A2, A3 and 2 more are new"},
		{"another order", "8 CD 404 -\n7 AB 404 -\n", "7 AB 404 -\n8 CD 404 -\n", ""},
	}
	const header = "errlingo 2 codes shop\n"
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := change{"codes.lock", []byte(header + test.old), []byte(header + test.next)}
			if got := becomes(c); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
