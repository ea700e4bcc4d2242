package codescan_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
)

// A source file can make the scan refuse it, but not crash, hang or take much memory.
func TestBombs(t *testing.T) {
	const head = "package shop\nimport \"github.com/errlingo/errlingo/catalog\"\n" +
		"var Domain = catalog.NewDomain(\"shop\")\n"
	lines := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i, i+1)
		}
		return b.String()
	}
	const define = "var C%[1]d = Domain.Define(%[2]d, \"C_%[1]d\", catalog.Spec{Title: %[3]s})\n"
	use := func(n int, title string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, define, i, i+1, title)
		}
		return b.String()
	}
	literal := func(n int) string { return `"` + strings.Repeat("a", n) + `"` }
	for _, test := range []struct {
		name, source string
		refused      bool // there is an error
	}{
		{"a million constants in a row", "const K0 = 1\n" + lines(1_000_000, "const K%[2]d = K%[1]d\n") +
			use(1, "string(rune(K1000000))"), true},
		{"thirty thousand constants in a row", "const K0 = `x`\n" + lines(30_000, "const K%[2]d = K%[1]d\n") +
			use(1, "K30000"), true},
		{"many domains in a row", "var D0 = Domain\n" + lines(25_000, "var D%[2]d = D%[1]d\n") +
			"var C = D25000.Define(1, \"CC\", catalog.Spec{Title: \"x\"})\n", false},
		{"many types in a row", "type T0 = catalog.Spec\n" + lines(30_000, "type T%[2]d = T%[1]d\n") +
			"var C = Domain.Define(1, \"CC\", T30000{Title: \"x\"})\n", true},
		{"400 titles of one long constant", "const K = " + literal(512<<10) + "\n" + use(400, "K"), true},
		{"400 titles that end in one long constant", "const K = " + literal(512<<10) + "\n" +
			use(400, "\"a\" + K"), true},
		{"5,000 titles of a constant", "const K = " + literal(4<<10) + "\n" + use(5_000, "K"), true},
		{"5,000 titles of placeholders", "const K = \"" + strings.Repeat("{{.A}}", 600) + "\"\n" +
			use(5_000, "K"), true},
		{"5,000 titles of placeholders of a param", "const K = \"" + strings.Repeat("{{.A}}", 140) + "\"\n" +
			"var A = catalog.Int(\"A\", 1)\n" +
			use(5_000, "K, Params: catalog.Params{A}"), true},
		{"long titles of placeholders of a param", "const K = \"" + strings.Repeat("{{.A}}", 2600) + "\"\n" +
			"var A = catalog.Int(\"A\", 1)\n" +
			use(5_000, "K, Params: catalog.Params{A}"), true},
		{"constants that double", "const K0 = `0123456789`\n" + lines(100, "const K%[2]d = K%[1]d + K%[1]d\n") +
			use(1, "K100"), true},
		{"long constants in a row", "const K0 = " + literal(60<<10) + "\n" +
			lines(2000, "const K%[2]d = K%[1]d + `x`\n") + lines(2000, "var C%[1]d = Domain.Define(%[2]d, "+
			"\"C_%[1]d\", catalog.Spec{Title: K%[1]d})\n"), true},
		{"a long sum of strings", use(1, strings.Repeat("\"a\" + ", 50_000)+`"b"`), true},
		{"a long sum of numbers", "const N = 1" + strings.Repeat(" + 1", 100_000) + "\n" +
			"var C = Domain.Define(N, \"CC\", catalog.Spec{Title: \"x\"})\n", true},
		{"parentheses", use(1, strings.Repeat("(", 1_000_000)+`"x"`+strings.Repeat(")", 1_000_000)), true},
		{"a shift", "const N = 1 << 1_000_000_000\n" + use(1, "string(rune(N))"), true},
		{"an exponent", "const N = 1e1000000000\nvar C = Domain.Define(N, \"CC\", catalog.Spec{Title: \"x\"})\n",
			true},
		{"a product", "const N0 = 1e4000\n" + lines(1000, "const N%[2]d = N%[1]d * N%[1]d\n") +
			"var C = Domain.Define(N1000, \"CC\", catalog.Spec{Title: \"x\"})\n", true},
		{"a name of a million letters", "var C = Domain.Define(1, \"" + strings.Repeat("A", 1_000_000) +
			"\", catalog.Spec{Title: \"x\"})\n", true},
		{"a hundred thousand params", "var A = catalog.Int(\"A\", 1)\nvar C = Domain.Define(1, \"CC\", " +
			"catalog.Spec{Title: \"x\", Params: catalog.Params{" + strings.Repeat("A, ", 100_000) + "}})\n", true},
		{"many calls that are not known", "func f(d *catalog.Domain) {\n" +
			strings.Repeat("\td.Label(\"aa\", \"b\")\n", 20_000) + "}\n", true},
		{"many unreadable codes", strings.Repeat("var _ = Domain.Define(f(), \"CC\", g())\n", 10_000), true},
		{"many local variables", "func f() {\n" + lines(15_000, "\tx%[1]d := %[2]d\n") +
			lines(15_000, "\tx%[1]d = %[2]d\n") + "\tDomain.Label(\"aa\", x0)\n}\n", true},
		{"many variables of one name", "func f() {\n" + strings.Repeat("\t{ x := 1; x++ }\n", 15_000) +
			"\tDomain.Label(\"aa\", x)\n}\n", true},
		{"nested blocks", "func f() {\n" + strings.Repeat("{ x := 1; x++;", 15_000) + strings.Repeat("}", 15_000) +
			"\tDomain.Label(\"aa\", x)\n}\n", true},
		{"undeclared names", lines(15_000, "var _ = x%[1]d.Label(\"aa\", \"b\")\n"), true},
		{"calls of calls", "var C = f" + strings.Repeat("()", 90_000) + ".Label(\"aa\", \"b\")\n", true},
		{"fields of fields", "var C = f" + strings.Repeat(".f", 90_000) + ".Label(\"aa\", \"b\")\n", true},
		{"imports", "import (\n" + lines(9_000, "\tp%[1]d \"example.com/shop/p%[1]d\"\n") + ")\n" +
			lines(9_000, "var _ = p%[1]d.D.Label(\"aa\", \"b\")\n"), true},
		{"embedded types", lines(20_000, "type T%[1]d struct{ T%[2]d }\n") +
			"type T20000 struct{ *catalog.Domain }\nfunc f(t T0) { t.Label(\"aa\", \"b\") }\n", true},
		{"embedded types that branch", lines(30, "type T%[1]d struct{ T%[2]d; *U%[2]d }\ntype U%[1]d struct{ T%[2]d; *U%[2]d }\n") +
			"type T30 struct{}\ntype U30 struct{}\nfunc f(t T0) { t.Label(\"aa\", \"b\") }\n", false},
		{"fields that branch", lines(30, "func f%[1]d() T { return g(f%[2]d(), f%[2]d()) }\n") +
			"var _ = f0().Label(\"aa\", \"b\")\n", true},
		{"too many imports", "import (\n" + lines(20_000, "\tp%[1]d \"example.com/shop/p%[1]d\"\n") + ")\n", true},
		{"calls that branch", "import \"sort\"\nvar A0 = sort.F()\n" + lines(100, "var A%[2]d = sort.F(A%[1]d, A%[1]d)\n") +
			"var _ = A100.Label(\"aa\", \"b\")\n", false},
		{"comments", strings.Repeat("//errlingo:ignore\n", 500_000) + "var C = f().Label(\"aa\", \"b\")\n", true},
		{"a long line", strings.Repeat("var _ = f().Label(\"aa\", \"b\"); ", 15_000) + "\n", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			head := head
			if strings.HasPrefix(test.source, "import") {
				head = strings.Replace(head, "var", test.source+"\nvar", 1)
				test.source = ""
			}
			root := module(t, []sourceFile{{"shop.go", head + test.source}})
			took, grown := explode(t, root, test.refused)
			t.Logf("%v, %d MiB", took.Round(time.Millisecond), grown>>20)
			// Each takes less than 2 seconds on an idle machine, and a scan without limits minutes.
			if took > patience*20*time.Second {
				t.Errorf("took %v", took)
			}
			if grown > int64(patience)*64<<20 {
				t.Errorf("took %d MiB", grown>>20)
			}
		})
	}
}

// patience is by how much everything may take longer and use more memory.
var patience = time.Duration(1)

// explode scans a bomb and returns how long it took and how much the heap has grown.
func explode(t *testing.T, root string, refused bool) (took time.Duration, grown int64) {
	t.Helper()
	before := heap()
	start := time.Now()
	peak := watch(func() {
		result, err := codescan.Scan(t.Context(), root, codescan.Options{})
		if err != nil {
			t.Error(err)
			return
		}
		all := append(result.Syntax, result.Findings...)
		if got := all.Count(diag.Error) > 0; got != refused {
			t.Errorf("refused is %t: %v", got, all)
		}
		if len(all) > 2*(diag.MaxFindings+1) {
			t.Errorf("%d findings", len(all))
		}
		for _, f := range all {
			if len(f.Text) > 1000 {
				t.Errorf("a finding of %d bytes: %.100s", len(f.Text), f.Text)
			}
		}
	})
	return time.Since(start), int64(peak) - int64(before)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// watch runs the function and returns the most bytes that the heap had meanwhile.
func watch(run func()) uint64 {
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	run()
	close(stop)
	return <-peak
}
