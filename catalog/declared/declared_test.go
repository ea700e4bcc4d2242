package declared_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/declared"
)

func ExampleWrite() {
	var b strings.Builder
	if err := declared.Write(&b); err != nil {
		panic(err)
	}
	// Without domains of its own, a program has that of catalog.Unknown alone.
	for line := range strings.Lines(b.String()) {
		if strings.Contains(line, "Subject") {
			os.Stdout.WriteString(line)
		}
	}
	// Output:
	//       "Subject": "domain errlingo",
	//       "Subject": "code UNKNOWN_ERROR",
}

func TestWrite(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("shop", catalog.SourceLocale("de")))
	item, left := catalog.String("Item", "\xffsocks").Formerly("Thing"), catalog.Int("Left", 3)
	other := d.Define(8, "NO_STOCK", catalog.Spec{Title: "Anders"})
	d.Define(7, "SOLD_OUT", catalog.Spec{
		Title: "Weg", Detail: "{{.Left}} {{.Item}}", HTTP: 409,
		Plural: catalog.Plural{By: left, One: "{{.Item}}"},
		Params: catalog.Params{catalog.Sensitive(item), catalog.Public(left)},
		Max:    catalog.Max{Title: 9}, Deprecated: "old", ReplacedBy: other,
	})
	d.Label("email", "E-Mail")
	var b strings.Builder
	if err := declared.Write(&b); err != nil {
		t.Fatal(err)
	}
	var all map[string][]struct {
		Subject string
		Place   struct {
			File string
			Line int
		}
		Values []struct{ Name, Text string }
	}
	if err := json.Unmarshal([]byte(b.String()), &all); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range all["shop"] {
		if !strings.HasSuffix(one.Place.File, "declared_test.go") || one.Place.Line == 0 {
			t.Errorf("%s is at %+v", one.Subject, one.Place)
		}
		got = append(got, one.Subject)
		for _, v := range one.Values {
			got = append(got, v.Name+": "+v.Text)
		}
	}
	want := `domain shop
source locale: de
code NO_STOCK
number: 8
title (other): "Anders"
code SOLD_OUT
number: 7
HTTP status: 409
deprecation: "old"
replacement: "NO_STOCK"
count: "Left"
param Item: string, sensitive, formerly Thing
example of Item: "\"\xffsocks\""
param Left: int, public
example of Left: "3"
title (other): "Weg"
most characters of title: 9
detail (one): "{{.Item}}"
detail (other): "{{.Left}} {{.Item}}"
label email
text (other): "E-Mail"`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
