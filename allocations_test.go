//go:build !race

// The race detector drops what is put into a sync.Pool at random, so that more is allocated.

package errlingo_test

import (
	"fmt"
	"testing"
)

func TestAllocations(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts, "ru", russianTexts)))
	err := error(outOfStock.New(item.Arg("socks"), left.Arg(1234)))
	de, ru := bundle.Localizer("de"), bundle.Localizer("ru")
	buf := make([]byte, 0, 512)
	n, headers := 0, make([]string, 200)
	for i := range headers {
		headers[i] = fmt.Sprintf("de-CH, fr;q=0.9, ru;q=0.%03d", i)
	}
	tests := []struct {
		name string
		want float64
		run  func()
	}{
		{"title as a string", 0, func() { de.Title(err) }},
		{"detail appended", 0, func() { buf = de.AppendDetail(buf[:0], err) }},
		{"plural appended", 0, func() { buf = ru.AppendDetail(buf[:0], err) }},
		{"detail as a string", 1, func() { de.Detail(err) }},
		{"new error appended", 1, func() {
			buf = de.AppendDetail(buf[:0], outOfStock.New(item.Arg("socks"), left.Arg(1234)))
		}},
		{"new header", 4, func() { bundle.Localizer(headers[n]); n++ }},
		{"known header", 0, func() { bundle.Localizer("de-CH, fr;q=0.9") }},
		{"request appended", 0, func() { buf = bundle.Localizer("", "ru").AppendDetail(buf[:0], err) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := testing.AllocsPerRun(100, test.run); got > test.want {
				t.Errorf("%v allocations, want %v", got, test.want)
			}
		})
	}
}

// A server may have a layer for each of many customers.
func TestLayerBytes(t *testing.T) {
	if bytes := layerBytes(t); bytes > 40<<10 {
		t.Errorf("a layer of three small files takes %d bytes, want at most 40 KiB", bytes)
	}
}
