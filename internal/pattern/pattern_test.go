package pattern_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

var params = []string{"Item", "Left"}

func param(name string) int { return slices.Index(params, name) }

func TestPlaceholders(t *testing.T) {
	tests := []struct{ name, text, found, faults string }{
		{"none", "plain", "", ""},
		{"one", "a {{.Item}} b", "Item@2-11", ""},
		{"blanks", "{{ .Item }}{{\t.Left}}", "Item@0-11 Left@11-21", ""},
		{"in a row", "{{.A}}{{.B}}", "A@0-6 B@6-12", ""},
		{"single braces", "{.Item} } }}", "", ""},
		{"line break", "{{\n.Item}}", "", "{{\n.Item}}@0-10"},
		{"no dot", "{{Item}}", "", "{{Item}}@0-8"},
		{"empty", "{{}}", "", "{{}}@0-4"},
		{"dot alone", "{{.}}", "", "{{.}}@0-5"},
		{"digit first", "{{.1}}", "", "{{.1}}@0-6"},
		{"not ASCII", "{{.Größe}}", "", "{{.Größe}}@0-12"},
		{"never closed", "a {{.Item", "", `"{{.Item"@2-9`},
		{"one inside another", "{{ a {{.Item}}", "Item@5-14", `"{{ a "@0-5`},
		{"three braces", "{{{.Item}}}", "", "{{{.Item}}@0-10"},
		{"trim marks", "{{- .Item -}}", "", "{{- .Item -}}@0-13"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var found, faulty []string
			placeholders, faults := pattern.Placeholders(test.text)
			for _, p := range placeholders {
				found = append(found, fmt.Sprintf("%s@%d-%d", p.Name, p.Start, p.End))
			}
			for _, f := range faults {
				faulty = append(faulty, fmt.Sprintf("%s@%d-%d",
					strings.TrimSuffix(f.Text, " is not a placeholder"), f.Start, f.End))
			}
			if got := strings.Join(found, " "); got != test.found {
				t.Errorf("placeholders %q, want %q", got, test.found)
			}
			if got := strings.Join(faulty, " "); got != test.faults {
				t.Errorf("faults %q, want %q", got, test.faults)
			}
		})
	}
}

// text returns the text of the given forms, "category: text".
func text(t *testing.T, forms map[plural.Category]string) pattern.Text {
	t.Helper()
	var f pattern.Forms
	for category, s := range forms {
		p, faults := pattern.Compile(s, param)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		f[category] = p
	}
	return pattern.NewText(&f)
}

func TestAppend(t *testing.T) {
	item, three := format.Text(format.String, "socks"), format.Whole(format.Int, false, 3)
	both := []format.Value{item, three}
	two := map[plural.Category]string{plural.One: "one {{.Item}}", plural.Other: "{{.Left}} {{.Item}}"}
	tests := []struct {
		name     string
		forms    map[plural.Category]string
		args     []format.Value
		count    int
		want     string
		complete bool
	}{
		{"plain", map[plural.Category]string{plural.Other: "plain"}, nil, -1, "plain", true},
		{"placeholder at both ends", map[plural.Category]string{plural.Other: "{{.Left}} of {{.Item}}"},
			both, -1, "3 of socks", true},
		{"missing argument", map[plural.Category]string{plural.Other: "{{.Left}} of {{.Item}}"},
			[]format.Value{item}, -1, "{Left} of socks", false},
		{"zero argument", map[plural.Category]string{plural.Other: "{{.Left}}"}, []format.Value{item, {}},
			-1, "{Left}", false},
		{"plural other", two, both, 1, "3 socks", true},
		{"plural one", two, []format.Value{item, format.Whole(format.Int, false, 1)}, 1, "one socks",
			true},
		{"plural minus one", two, []format.Value{item, format.Whole(format.Int, true, 1)}, 1, "-1 socks",
			true},
		{"plural minus one with its number", map[plural.Category]string{plural.One: "{{.Left}} sock",
			plural.Other: "{{.Left}} socks"}, []format.Value{item, format.Whole(format.Int, true, 1)}, 1,
			"-1 sock", true},
		{"plural without count", two, both, -1, "3 socks", true},
		{"count missing", two, []format.Value{item}, 1, "{Left} socks", false},
		{"only one form, and it is not other", map[plural.Category]string{plural.One: "one"}, both, 1,
			"one", true},
		{"form of the category is empty", map[plural.Category]string{plural.One: "",
			plural.Other: "other"}, []format.Value{item, format.Whole(format.Int, false, 1)}, 1, "other",
			true},
		{"no other: the form with the number", map[plural.Category]string{plural.One: "one {{.Item}}",
			plural.Few: "few", plural.Many: "{{.Left}} {{.Item}}"},
			[]format.Value{item, format.Whole(format.Int, false, 4)}, 1, "4 socks", true},
		{"no other: many", map[plural.Category]string{plural.Few: "few", plural.Many: "many"}, both, 1,
			"many", true},
		{"no other and no many: the first form", map[plural.Category]string{plural.Two: "two",
			plural.Few: "few"}, both, 1, "two", true},
	}
	english := pattern.NewLocale(language.English)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			txt := text(t, test.forms)
			got, complete := txt.Append([]byte("> "), &english, test.args, test.count, nil)
			if string(got) != "> "+test.want || complete != test.complete {
				t.Errorf("Append = %q, %v; want %q, %v", got, complete, "> "+test.want, test.complete)
			}
		})
	}
}

func TestWithZero(t *testing.T) {
	latvian, english := pattern.NewLocale(language.Latvian), pattern.NewLocale(language.English)
	zero := text(t, map[plural.Category]string{plural.Other: "none"})
	one := text(t, map[plural.Category]string{plural.Other: "{{.Item}}"})
	forms := text(t, map[plural.Category]string{plural.Zero: "zero", plural.One: "one", plural.Other: "{{.Item}}"})
	tests := []struct {
		name   string
		text   pattern.Text
		locale pattern.Locale
		count  format.Value
		want   string
	}{
		{"zero", one.WithZero(&zero), english, format.Whole(format.Int, false, 0), "none"},
		{"minus zero", one.WithZero(&zero), english, format.Whole(format.Int, true, 0), "none"},
		{"one", one.WithZero(&zero), english, format.Whole(format.Int, false, 1), "1"},
		{"before the category", forms.WithZero(&zero), latvian, format.Whole(format.Int, false, 0), "none"},
		{"the category", forms.WithZero(&zero), latvian, format.Whole(format.Int, false, 10), "zero"},
		{"no whole number", one.WithZero(&zero), english, format.Float(format.Number, 0), "0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := test.text.Append(nil, &test.locale, []format.Value{test.count}, 0, nil)
			if string(got) != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	replaced := forms.WithZero(&zero)
	replaced = replaced.WithZero(&one)
	if got, _ := replaced.Append(nil, &english, []format.Value{format.Whole(format.Int, false, 0)}, 0, nil); string(got) != "0" {
		t.Errorf("a second text for zero gives %q", got)
	}
	if with := zero.WithZero(&zero); len(with.Form(plural.Other).Literal()) == 0 {
		t.Error("the text itself is lost")
	} else if _, ok := with.Constant(); ok {
		t.Error("a text with one for zero is constant")
	}
}

func TestMissing(t *testing.T) {
	empty := text(t, map[plural.Category]string{plural.One: "", plural.Other: ""})
	if !empty.Missing() {
		t.Error("a text of empty forms is not missing")
	}
	whole := text(t, map[plural.Category]string{plural.Other: "x {{.Left}}"})
	if whole.Missing() || whole.Needs(0) || !whole.Needs(1) {
		t.Errorf("Missing %v, Needs %v %v", whole.Missing(), whole.Needs(0), whole.Needs(1))
	}
	if s, ok := whole.Constant(); ok {
		t.Errorf("a text with a placeholder is constant: %q", s)
	}
}

func TestCompileFaults(t *testing.T) {
	_, faults := pattern.Compile("{{.Itme}} and {{x}} and {{.Left}} and {{.left}}", param)
	var got []string
	for _, f := range faults {
		got = append(got, f.Rule.ID+" "+f.Text)
	}
	slices.Sort(got)
	want := []string{
		"placeholder-syntax {{x}} is not a placeholder",
		"unknown-placeholder unknown placeholder {{.Itme}}",
		"unknown-placeholder unknown placeholder {{.left}}",
	}
	if !slices.Equal(got, want) {
		t.Errorf("faults %q, want %q", got, want)
	}
}

// FuzzCompile: any text compiles or has a fault; a text that compiles, rendered without arguments,
// is the text with each {{.Name}} as {Name}.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"", "a", "{{.Item}}", "{{ .Left }}x{{.Item}}", "{{", "}}",
		"{{{.Item}}}", "{{.Item", "ä{{.Item}}ö"} {
		f.Add(s)
	}
	english := pattern.NewLocale(language.English)
	f.Fuzz(func(t *testing.T, s string) {
		p, faults := pattern.Compile(s, param)
		placeholders, syntax := pattern.Placeholders(s)
		if len(faults) > 0 {
			return
		}
		if len(syntax) > 0 {
			t.Fatalf("%q compiles and has faults %v", s, syntax)
		}
		var want strings.Builder
		end := 0
		for _, h := range placeholders {
			want.WriteString(s[end:h.Start])
			want.WriteString("{" + h.Name + "}")
			end = h.End
		}
		want.WriteString(s[end:])
		var forms pattern.Forms
		forms[plural.Other] = p
		txt := pattern.NewText(&forms)
		if txt.Missing() {
			if s != "" {
				t.Fatalf("%q is missing", s)
			}
			return
		}
		if got, _ := txt.Append(nil, &english, nil, -1, nil); string(got) != want.String() {
			t.Fatalf("%q renders %q, want %q", s, got, want.String())
		}
	})
}

// TestFaultNamesWhatWasMeant checks that a fault has the name between the braces, if there is
// nothing else.
func TestFaultNamesWhatWasMeant(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no dot", "{{Item}}", "Item"},
		{"no dot and blanks", "{{ item }}", "item"},
		{"blanks around the dot", "{{ . Item }}", "Item"},
		{"no-break space", "{{.Item\u00a0}}", "Item"},
		{"zero-width space", "{{.It\u200bem}}", "Item"},
		{"Cyrillic letter", "{{.It\u0435m}}", "It\u0435m"},
		{"two words", "{{ item name }}", "itemname"},
		{"trim marks", "{{- .Item -}}", "Item"},
		{"three braces", "{{{.Item}}}", "Item"},
		{"one brace behind", "{{.Item} is out", "Item"},
		{"no brace behind", "{{ .Item is out", "Item"},
		{"function", "{{len .Item}}", ""},
		{"field", "{{.Item.Name}}", ""},
		{"pipe", "{{.Item | len}}", ""},
		{"nothing", "{{ . }}", ""},
		{"sentence", "{{ is no, }}", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, faults := pattern.Placeholders(test.text)
			if len(faults) != 1 || faults[0].Name != test.want {
				t.Errorf("got %+v, want one with the name %q", faults, test.want)
			}
		})
	}
}

// TestLimits compiles texts with as many placeholders as may be, and with more, and counts faults.
func TestLimits(t *testing.T) {
	known := func(name string) int { return strings.Index("X", name) }
	tests := []struct {
		name, text string
		faults     int
	}{
		{"as many placeholders as may be", strings.Repeat("{{.X}}", 100), 0},
		{"too many placeholders", strings.Repeat("{{.X}}", 101), 1},
		{"many unknown ones", strings.Repeat("{{.Y}}", 90), 20},
		{"many that are invalid", strings.Repeat("{{Y}}", 1000), 20},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, faults := pattern.Compile(test.text, known); len(faults) != test.faults {
				t.Errorf("%d faults, want %d", len(faults), test.faults)
			}
		})
	}
}
