package codescan_test

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/codescan"
)

// The built-in table has every status that net/http has, with its value.
func TestStatusConstants(t *testing.T) {
	tokens := token.NewFileSet()
	name := filepath.Join(build.Default.GOROOT, "src", "net", "http", "status.go")
	tree, err := parser.ParseFile(tokens, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Skip("the source of net/http is not at hand:", err)
	}
	pkg, err := (&types.Config{}).Check("net/http", tokens, []*ast.File{tree}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	var fields strings.Builder
	for _, name := range pkg.Scope().Names() {
		c, ok := pkg.Scope().Lookup(name).(*types.Const)
		if !ok || !c.Exported() {
			continue
		}
		value, _ := constant.Int64Val(c.Val())
		fmt.Fprintf(&fields, "var V%d = Domain.Define(http.%s, \"S_%d\", catalog.Spec{Title: \"x\"})\n",
			value, name, value)
		want = append(want, fmt.Sprintf("%d S_%d ", value, value))
	}
	if len(want) < 60 {
		t.Fatalf("net/http has only %d constants", len(want))
	}
	got := scanned(t, []sourceFile{{"codes.go", `package shop
import ("net/http"; "github.com/errlingo/errlingo/catalog")
var Domain = catalog.NewDomain("shop")
` + fields.String()}}, nil)
	for _, line := range want {
		if !strings.Contains(got, "\n  "+line) {
			t.Errorf("%q is not among the codes", line)
		}
	}
	if strings.Contains(got, "error") {
		t.Error(got)
	}
}

// Each style means in a scan what it means in a program, and a wrong one is a finding.
func TestStyles(t *testing.T) {
	result := scanned(t, []sourceFile{{"codes.go", `package shop
import ("time"; . "github.com/errlingo/errlingo/catalog")
var Domain = NewDomain("shop")
var Day = Date("Day", time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC))
var brief = Short
var Code = Domain.Define(1, "CODE", Spec{Title: "x", Params: Params{
	Day.Styled(Full), Time("At", time.Date(2026, 3, 31, 8, 0, 0, 0, time.UTC)).Styled(Medium, WithSeconds),
	Money("Price", Amount{"3", "CAD"}).Styled(Narrow), Bytes("Max", 1999).Styled(Limit),
	String("File", "a.pdf").Styled(FileName).Formerly("Name"), List(And, Bytes("Sizes", 1900).Styled(Limit), 1999),
}})
var Wrong = Domain.Define(2, "WRONG", Spec{Title: "x", Params: Params{Day.Styled(Limit), Day.Styled(brief)}})
var Both = Domain.Define(3, "BOTH", Spec{Title: "x", Params: Params{Day.Styled(Full, Short)}})
`}}, nil)
	for _, want := range []string{
		"Day date e.g. 2026-03-31 as Tuesday, March 31, 2026 (Full)",
		"2026-03-31 08:00 UTC as Mar 31, 2026, 8:00:00\u202fAM UTC (Medium, WithSeconds)",
		"Price money e.g. 3 CAD as $3.00 (Narrow)",
		"Max bytes e.g. 1999 as 1.9\u00a0kB (Limit)",
		`File string e.g. "a.pdf" as a.pdf (FileName) formerly=["Name"]`,
		"Sizes bytes-list e.g. 1900, 1999 as 1.9\u00a0kB and 1.9\u00a0kB (Limit)",
		"a style of param \"Day\" is not written out",
		`param "Day" of the kind "date" cannot have the style Full, Short`,
	} {
		if !strings.Contains(result, want) {
			t.Errorf("%q is not in\n%s", want, result)
		}
	}
	if n := strings.Count(result, "error"); n != 2 {
		t.Errorf("%d errors in\n%s", n, result)
	}
}

// The constants and functions of package catalog mean in a scan what they mean in a program.
func TestCatalogNames(t *testing.T) {
	domain := catalog.NewDomain("shop")
	t.Cleanup(func() { access.Forget(domain) })
	label := domain.Label("label", "label")
	params := catalog.Params{
		catalog.String("String", "x"), catalog.LabelParam("Label", label),
		catalog.Int("Int", 1), catalog.Number("Number", 1.5),
		catalog.Decimal("Decimal", "1.50"), catalog.Percent("Percent", 0.5),
		catalog.Identifier("Plain", 1), catalog.Bytes("Bytes", 1),
		catalog.Duration("Duration", time.Second),
		catalog.RelativeTime("In", time.Second), catalog.Time("Time", time.Time{}),
		catalog.Date("Date", time.Time{}), catalog.TimeOfDay("Clock", time.Time{}), catalog.URL("URL",
			"x"), catalog.Literal("Verbatim", "x"),
		catalog.Money("Money", catalog.Amount{Digits: "1", Currency: "EUR"}),
		catalog.DateRange("Range", catalog.Period{}),
		catalog.List(catalog.And, catalog.Int("List", 1)), catalog.List(catalog.Or,
			catalog.List(catalog.And, catalog.Int("Lists", 1))),
	}
	got := scanned(t, []sourceFile{{"codes.go", `package shop
import ("time"; "github.com/errlingo/errlingo/catalog")
var Domain = catalog.NewDomain("shop")
var label = Domain.Label("label", "label")
var moment = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
var Code = Domain.Define(1, "CODE", catalog.Spec{Title: "x", Params: catalog.Params{
	catalog.String("String", "x"), catalog.LabelParam("Label", label), catalog.Int("Int", 1), catalog.Number("Number", 1.5),
	catalog.Decimal("Decimal", "1.50"), catalog.Percent("Percent", 0.5), catalog.Identifier("Plain", 1), catalog.Bytes("Bytes", 1),
	catalog.Duration("Duration", time.Second), catalog.RelativeTime("In", time.Second), catalog.Time("Time", moment),
	catalog.Date("Date", moment), catalog.TimeOfDay("Clock", moment), catalog.URL("URL", "x"), catalog.Literal("Verbatim", "x"),
	catalog.Money("Money", catalog.Amount{"1", "EUR"}), catalog.DateRange("Range", catalog.Period{To: moment, From: moment}),
	catalog.List(catalog.And, catalog.Int("List", 1)), catalog.List(catalog.Or, catalog.List(catalog.And, catalog.Int("Lists", 1))),
}})
`}}, nil)
	for _, p := range params {
		if want := fmt.Sprintf("\n    param %s %s e.g. ", p.Name(), p.Kind()); !strings.Contains(got,
			want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "error") || strings.Contains(got, "warning") {
		t.Error(got)
	}
}

// A scan knows as a program does what programs do with a code, and where its documentation is.
func TestTreatment(t *testing.T) {
	domain := catalog.NewDomain("shop", catalog.Docs("https://shop.example/errors"))
	t.Cleanup(func() { access.Forget(domain) })
	const source = `package shop
import "github.com/errlingo/errlingo/catalog"
var Domain = catalog.NewDomain("shop", catalog.Docs("https://shop.example/errors"))
`
	for _, tt := range []struct {
		name, fields string
		spec         catalog.Spec
		toFix        bool
	}{
		{"contact", "", catalog.Spec{}, false},
		{"fix", "Action: catalog.ActionFix,", catalog.Spec{Action: catalog.ActionFix}, true},
		{"retry", "Action: catalog.ActionRetry, Retry: catalog.RetryOnce,",
			catalog.Spec{Action: catalog.ActionRetry, Retry: catalog.RetryOnce}, false},
		{"rpc", "RPC: catalog.RPCUnauthenticated,", catalog.Spec{RPC: catalog.RPCUnauthenticated}, false},
		{"developer", "Action: catalog.ActionFix, Audience: catalog.AudienceDeveloper,",
			catalog.Spec{Action: catalog.ActionFix, Audience: catalog.AudienceDeveloper}, false},
		{"both", "Action: catalog.ActionFix, Audience: catalog.AudienceOperator | catalog.AudienceEndUser,",
			catalog.Spec{Action: catalog.ActionFix,
				Audience: catalog.AudienceOperator | catalog.AudienceEndUser}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.spec.Title = "x"
			number := len(slices.Collect(domain.Codes())) + 1
			domain.Define(number, fmt.Sprintf("C_%d", number), tt.spec)
			root := module(t, []sourceFile{{"codes.go", source +
				`var C = Domain.Define(1, "C_1", catalog.Spec{Title: "x", ` + tt.fields + `})`}})
			result, err := codescan.Scan(t.Context(), root, codescan.Options{})
			if err != nil {
				t.Fatal(err)
			}
			running, read := access.Model(domain), result.Domains[0]
			got, want := read.Codes[0].Treatment, running.Codes[number-1].Treatment
			if got != want || got.ToFix() != tt.toFix {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if got, want := read.TypeURI("C_1"), running.TypeURI("C_1"); got != want || got == "" {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}
