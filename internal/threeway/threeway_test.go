package threeway_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/threeway"
)

// A file with two codes and a head, as extract writes it.
const base = `# Ada translates this.

#. 1201 OUT_OF_STOCK, HTTP 409
[OUT_OF_STOCK.title]
#. en: "Out of stock"
other = "Nicht vorrätig"

[OUT_OF_STOCK.detail]
#. en.one:   "Only one is left."
#. en.other: "Only {{.Left}} are left."
one = "Nur noch eins."
other = "Nur noch {{.Left}}."

# Labels of the form.

[labels.email]
#. en: "e-mail"
other = ""
`

// edit returns a text with pairs of old and new replaced.
func edit(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("%q is not once in\n%s", pairs[i], text)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

func TestMerge(t *testing.T) {
	const (
		title   = "#. en: \"Out of stock\"\nother = \"Nicht vorrätig\"\n"
		detail  = "[OUT_OF_STOCK.detail]\n"
		gap     = "\n# Labels of the form.\n"
		label   = "[labels.email]\n#. en: \"e-mail\"\nother = \"\"\n"
		another = "[labels.phone]\n#. en: \"phone\"\nother = \"\"\n"
		third   = "[labels.city]\nother = \"Ort\"\n"
	)
	tests := []struct {
		name               string
		ours, theirs, want []string // edits of base
		conflicts          []threeway.Conflict
	}{
		{name: "neighboring texts", ours: []string{"Nicht vorrätig", "Ausverkauft"}, theirs: []string{"Nur noch eins", "Bloß eins"},
			want: []string{"Nicht vorrätig", "Ausverkauft", "Nur noch eins", "Bloß eins"}},
		{name: "the same words", ours: []string{"Nicht vorrätig", "Ausverkauft"}, theirs: []string{"Nicht vorrätig", "Ausverkauft", "Nur noch eins", "Eins"},
			want: []string{"Nicht vorrätig", "Ausverkauft", "Nur noch eins", "Eins"}},
		{name: "the same words, written otherwise", ours: []string{"\"Nicht vorrätig\"", "'Aus'"}, theirs: []string{"\"Nicht vorrätig\"", "\"A\\u0075s\""},
			want: []string{"\"Nicht vorrätig\"", "\"A\\u0075s\""}},
		{name: "other words", ours: []string{"Nicht vorrätig", "Ausverkauft"}, theirs: []string{"Nicht vorrätig", "Weg", "Nur noch eins", "Eins"},
			want: []string{"other = \"Nicht vorrätig\"\n", "<<<<<<< ours\nother = \"Ausverkauft\"\n=======\nother = \"Weg\"\n>>>>>>> theirs\n",
				"Nur noch eins", "Eins"},
			conflicts: []threeway.Conflict{{Table: "OUT_OF_STOCK.title", Line: 6}}},
		{name: "other forms of one text", ours: []string{"Nur noch eins", "Eins"}, theirs: []string{"Nur noch {{.Left}}", "{{.Left}}"},
			want: []string{"one = \"Nur noch eins.\"\nother = \"Nur noch {{.Left}}.\"\n",
				"<<<<<<< ours\none = \"Eins.\"\nother = \"Nur noch {{.Left}}.\"\n=======\none = \"Nur noch eins.\"\nother = \"{{.Left}}.\"\n>>>>>>> theirs\n"},
			conflicts: []threeway.Conflict{{Table: "OUT_OF_STOCK.detail", Line: 11}}},
		{name: "the source text and a translation of the old one",
			ours: []string{title, "#. en: \"Sold out\"\n#, stale\n#| en: \"Out of stock\"\nother = \"Nicht vorrätig\"\n"}, theirs: []string{"Nicht vorrätig", "Ausverkauft"},
			want: []string{"Nicht vorrätig", "Ausverkauft"}},
		{name: "two source texts", ours: []string{"\"Out of stock\"", "\"Sold out\""}, theirs: []string{"\"Out of stock\"", "\"Gone\""},
			want: []string{"#. en: \"Out of stock\"\n", "#. en: \"Gone\"\n#. en: \"Sold out\"\n"}},
		{name: "a translation, and who confirms the old one", ours: []string{"Nicht vorrätig", "Ausverkauft"}, theirs: []string{title, "#, ok\n" + title},
			want:      []string{title, "<<<<<<< ours\n#. en: \"Out of stock\"\nother = \"Ausverkauft\"\n=======\n#, ok\n" + title + ">>>>>>> theirs\n"},
			conflicts: []threeway.Conflict{{Table: "OUT_OF_STOCK.title", Line: 5}}},
		{name: "comments beside a translation", ours: []string{"Nicht vorrätig", "Ausverkauft"}, theirs: []string{"#. 1201", "# Keep it short.\n#. 1201", "#. en: \"Out of stock\"\n", "#. en: \"Out of stock\"\n# Or shorter.\n"},
			want: []string{"Nicht vorrätig", "Ausverkauft", "#. 1201", "# Keep it short.\n#. 1201", "[OUT_OF_STOCK.title]\n", "[OUT_OF_STOCK.title]\n# Or shorter.\n"}},
		{name: "comments of both", ours: []string{"#. 1201", "# One.\n#. 1201"}, theirs: []string{"#. 1201", "# Two.\n#. 1201", "Nicht", "Leider nicht"},
			want: []string{"#. 1201", "# One.\n# Two.\n#. 1201", "Nicht", "Leider nicht"}},
		{name: "the head of the file", ours: []string{"# Ada translates this.\n", "# Ada and Bob translate this.\n"}, theirs: []string{"# Ada translates this.\n", "# Ada translates this.\n# Ask her.\n"},
			want: []string{"# Ada translates this.\n", "# Ada and Bob translate this.\n# Ask her.\n"}},
		{name: "texts added at one place", ours: []string{label, label + "\n" + another}, theirs: []string{label, label + "\n" + third},
			want: []string{label, label + "\n" + another + "\n" + third}},
		{name: "texts added at two places", ours: []string{label, label + "\n" + another}, theirs: []string{detail, third + "\n" + detail},
			want: []string{label, label + "\n" + another, detail, third + "\n" + detail}},
		{name: "a text added twice, translated once", ours: []string{label, label + "\n" + another}, theirs: []string{label, label + "\n" + strings.Replace(another, `""`, `"Telefon"`, 1)},
			want: []string{label, label + "\n" + strings.Replace(another, `""`, `"Telefon"`, 1)}},
		{name: "a text added twice with other words", ours: []string{label, label + "\n" + third}, theirs: []string{label, label + "\n" + strings.Replace(third, "Ort", "Stadt", 1)},
			want:      []string{label, label + "\n[labels.city]\n<<<<<<< ours\nother = \"Ort\"\n=======\nother = \"Stadt\"\n>>>>>>> theirs\n"},
			conflicts: []threeway.Conflict{{Table: "labels.city", Line: 21}}},
		{name: "an empty form on one side, words on the other", ours: []string{label, label + "one = \"\"\n"}, theirs: []string{"other = \"\"", "other = \"E-Mail\""},
			want: []string{"other = \"\"", "other = \"E-Mail\""}},
		{name: "deleted", ours: []string{gap + "\n" + label, ""}, theirs: []string{"Nicht", "Leider nicht"},
			want: []string{gap + "\n" + label, "", "Nicht", "Leider nicht"}},
		{name: "deleted, and the comments of extract", ours: []string{"\n" + label, ""}, theirs: []string{"\"e-mail\"", "\"mail\"", "Nicht", "Leider nicht"},
			want: []string{"\n" + label, "", "Nicht", "Leider nicht"}},
		{name: "deleted, and another text in its place", ours: []string{gap + "\n" + label, ""}, theirs: []string{label, third + "\n" + label},
			want: []string{gap + "\n" + label, "\n" + third}},
		{name: "a blank line deleted", ours: []string{"\n\n" + detail, "\n" + detail}, theirs: []string{"Nur noch eins", "Eins"},
			want: []string{"\n\n" + detail, "\n" + detail, "Nur noch eins", "Eins"}},
		{name: "deleted and translated", ours: []string{"\n" + label, ""}, theirs: []string{"other = \"\"", "other = \"E-Mail\""},
			want: []string{"other = \"\"", "other = \"E-Mail\""}},
		{name: "deleted and commented", ours: []string{"\n" + label, "", "Nicht", "Leider nicht"}, theirs: []string{"[labels.email]\n", "[labels.email]\n# Ours is a form.\n"},
			want: []string{"[labels.email]\n", "[labels.email]\n# Ours is a form.\n", "Nicht", "Leider nicht"}},
		{name: "deleted with the line between", ours: []string{gap + "\n" + label, ""}, theirs: []string{"# Labels of", "# The labels of"},
			want: []string{gap + "\n" + label, "# The labels of the form.\n"}},
		{name: "all but one deleted", ours: []string{base[strings.Index(base, "[OUT_OF_STOCK.detail]"):], ""}, theirs: []string{"other = \"\"", "other = \"E-Mail\""},
			want: []string{base[strings.Index(base, "[OUT_OF_STOCK.detail]"):], "[labels.email]\n#. en: \"e-mail\"\nother = \"E-Mail\"\n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ours, theirs, want := edit(t, base, test.ours...), edit(t, base, test.theirs...), edit(t, base, test.want...)
			got, conflicts, ok := threeway.Merge([]byte(base), []byte(ours), []byte(theirs))
			if string(got) != want || !ok || !slices.Equal(conflicts, test.conflicts) {
				t.Errorf("ok is %v, conflicts %v, want %v, got\n%s\nwant\n%s", ok, conflicts, test.conflicts, got, want)
			}
		})
	}
}

var word = regexp.MustCompile(`w\d+`)

// TestNothingIsLost merges random changes. Whatever a side wrote is in the result, and so is what both
// kept. A conflict is a table that both changed.
func TestNothingIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	next := 0
	fresh := func() string { next++; return "w" + strconv.Itoa(next) + " " }
	table := func(id int) string {
		text := "[T" + strconv.Itoa(id) + ".title]\n"
		if r.IntN(3) == 0 {
			text = "# " + fresh() + "\n" + text
		}
		return text + "#. en: \"x\"\nother = \"" + fresh() + "\"\n"
	}
	change := func(tables []string) (changed []string) {
		for _, text := range tables {
			switch r.IntN(8) {
			case 0:
				text = regexp.MustCompile(`other = ".*"`).ReplaceAllString(text, `other = "`+fresh()+`"`)
			case 1:
				text = "# " + fresh() + "\n" + text
			case 2:
				text = strings.Replace(text, "#. en: \"x\"\n", "#. en: \"y\"\n#, stale\n", 1)
			case 3:
				continue
			case 4:
				next++
				changed = append(changed, table(next))
			}
			changed = append(changed, text)
		}
		return changed
	}
	separators := []string{"\n", "", "\n# about the next\n\n"}
	for range 3000 {
		var tables []string
		for i := range r.IntN(6) {
			tables = append(tables, table(i))
		}
		separator := separators[r.IntN(len(separators))]
		base := strings.Join(tables, separator)
		ours, theirs := strings.Join(change(tables), separator), strings.Join(change(tables), separator)
		merged, conflicts, ok := threeway.Merge([]byte(base), []byte(ours), []byte(theirs))
		if !ok || (len(conflicts) > 0) != strings.Contains(string(merged), "<<<<<<<") {
			t.Fatalf("ok is %v, %v\n%s\nours\n%s\ntheirs\n%s\nmerged\n%s", ok, conflicts, base, ours, theirs, merged)
		}
		has := func(text, w string) bool { return strings.Contains(text, w+" ") }
		for _, w := range word.FindAllString(ours+theirs, -1) {
			kept := has(ours, w) && has(theirs, w) || !has(base, w)
			if kept && !has(string(merged), w) {
				t.Fatalf("%s is lost\n%s\nours\n%s\ntheirs\n%s\nmerged\n%s", w, base, ours, theirs, merged)
			}
		}
		for _, side := range []struct{ base, ours, theirs, want string }{
			{base, base, theirs, theirs}, {base, ours, base, ours}, {base, ours, ours, ours},
		} {
			got, _, ok := threeway.Merge([]byte(side.base), []byte(side.ours), []byte(side.theirs))
			if string(got) != side.want || !ok {
				t.Fatalf("of one side's changes:\n%s\nwant\n%s", got, side.want)
			}
		}
	}
}

func TestMergeRefuses(t *testing.T) {
	tests := []struct{ name, base, ours, theirs string }{
		{"not TOML", "a = ", "", "b = 1"},
		{"conflict markers", "", "<<<<<<< HEAD\n[A.title]\n=======\n>>>>>>> b\n", "b = 1"},
		{"a table twice", "", "[A.title]\nother = \"a\"\n[A.title]\none = \"b\"\n", "b = 1"},
		{"a list of tables", "", "[[A]]\n[[A]]\n", "b = 1"},
		{"a text in two shapes", "", "[A.title]\nother = \"a\"\n", "A.title.other = \"b\"\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, _, ok := threeway.Merge([]byte(test.base), []byte(test.ours), []byte(test.theirs)); ok {
				t.Errorf("got\n%s", got)
			}
		})
	}
}
