package format_test

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

func ExampleLocale_Append() {
	values := []format.Value{
		format.Whole(format.Int, false, 1234567),
		format.Whole(format.Bytes, false, 1_500_000),
		format.Span(format.Duration, 90*time.Minute),
		format.Span(format.RelativeTime, 90*time.Second),
		format.Several(format.Or, []format.Value{format.Text(format.String, "PNG"),
			format.Text(format.String, "JPEG")}),
	}
	for _, tag := range []language.Tag{language.English, language.German, language.Hindi} {
		locale := format.For(tag)
		var line []byte
		for i := range values {
			if i > 0 {
				line = append(line, " · "...)
			}
			line = locale.Append(line, &values[i], nil)
		}
		fmt.Printf("%s\n", line)
	}
	// Output:
	// 1,234,567 · 1.5 MB · 1 hour, 30 minutes · in 2 minutes · PNG or JPEG
	// 1.234.567 · 1,5 MB · 1 Stunde, 30 Minuten · in 2 Minuten · PNG oder JPEG
	// 12,34,567 · 1.5 MB · 1 घंटा और 30 मिनट · 2 मिनट में · PNG या JPEG
}

func ExampleContext() {
	deadline := format.Moment(format.Time, time.Date(2026, 1, 5, 14, 5, 9, 0, time.UTC))
	ctx := &format.Context{Zone: time.FixedZone("CET", 3600)}
	fmt.Printf("%s\n", format.For(language.German).Append(nil, &deadline, ctx))
	// Output: 5. Januar 2026 um 15:05
}

func ExampleFor() {
	n := format.Float(format.Number, 12345.5)
	for _, tag := range []string{"es-MX", "es", "ar-EG", "de-CH-u-nu-deva"} {
		fmt.Printf("%s\n", format.For(language.MustParse(tag)).Append(nil, &n, nil))
	}
	// Output:
	// 12,345.5
	// 12.345,5
	// ١٢٬٣٤٥٫٥
	// १२'३४५.५
}

func ExampleLocale_AppendText() {
	fmt.Printf("%+q\n", format.For(language.English).AppendText(nil, "שלום\x00"))
	// Output: "\u2068\u05e9\u05dc\u05d5\u05dd\u2069"
}

func ExampleValue_Fault() {
	n := format.Float(format.Number, math.NaN())
	fmt.Println(n.Fault())
	// Output: not a number
}

func ExampleValue_MarshalJSON() {
	out, err := json.Marshal([]format.Value{
		format.Whole(format.Int, true, 3),
		format.Float(format.Percent, 0.25),
		format.Decimal("1.50"),
		format.Span(format.RelativeTime, 90*time.Second),
		format.Moment(format.Date, time.Date(2026, 1, 5, 14, 5, 9, 0, time.UTC)),
		format.Several(format.And, nil),
		{},
	})
	fmt.Println(string(out), err)
	// Output: [-3,0.25,"1.50",90,"2026-01-05",[],null] <nil>
}
