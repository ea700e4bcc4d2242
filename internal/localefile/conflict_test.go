package localefile_test

import (
	"testing"

	"github.com/errlingo/errlingo/internal/localefile"
)

func TestSides(t *testing.T) {
	tests := []struct {
		name, src, first, second string
		ok                       bool
	}{
		{"no conflict", "a\n", "a\n", "", false},
		{"one", "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd\n", "a\nb\nd\n", "a\nc\nd\n", true},
		{"with the base", "<<<<<<< HEAD\r\nb\r\n||||||| 12ab\r\nx\r\n=======\r\n>>>>>>> x\r\n", "b\r\n",
			"", true},
		{"two", "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n-\n<<<<<<< a\n=======\n3\n>>>>>>> b\n",
			"1\n-\n", "2\n-\n3\n", true},
		{"a rule of a text", "<<<<<<< a\n1\n=======\n2\n=======\n>>>>>>> b\n", "1\n", "2\n=======\n",
			true},
		{"no end", "<<<<<<< a\n1\n=======\n2\n", "<<<<<<< a\n1\n=======\n2\n", "", false},
		{"an end too many", "<<<<<<< a\n=======\n>>>>>>> b\n>>>>>>> b\n",
			"<<<<<<< a\n=======\n>>>>>>> b\n>>>>>>> b\n", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			first, second, ok := localefile.Sides([]byte(test.src))
			if string(first) != test.first || string(second) != test.second || ok != test.ok {
				t.Errorf("got %q, %q, %v", first, second, ok)
			}
		})
	}
}

func TestSettle(t *testing.T) {
	conflict := func(first, second string) string {
		return "[A.b]\n<<<<<<< ours\n" + first + "=======\n" + second + ">>>>>>> theirs\nother = \"x\"\n"
	}
	around := func(lines string) string { return "[A.b]\n" + lines + "other = \"x\"\n" }
	tests := []struct{ name, first, second, want string }{
		{"source lines", "#. en: \"a\"\n", "#. en: \"b\"\n", around("#. en: \"a\"\n#. en: \"b\"\n")},
		{"a flag on one side", "#, stale\n", "", around("#, stale\n")},
		{"lines around a common one", "#. 1\none = \"y\"\n#| en: \"c\"\n",
			"#. 2\none = \"y\"\n#, review\n",
			around("#. 1\n#. 2\none = \"y\"\n#| en: \"c\"\n#, review\n")},
		{"a translation", "one = \"y\"\n", "one = \"z\"\n", ""},
		{"a translator's comment", "#, stale\n", "# mine\n", ""},
		{"what a translator confirms", "#, stale\n", "#, ok\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := conflict(test.first, test.second)
			want := test.want
			if want == "" {
				want = src
			}
			if got := localefile.Settle([]byte(src)); string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
