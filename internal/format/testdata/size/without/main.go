// Command without uses what package format is built on, but not the package.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"

	"github.com/errlingo/errlingo/internal/plural"
)

func main() {
	tag := language.Make(os.Args[1])
	p, _ := bidi.LookupString(os.Args[1])
	text, _ := json.Marshal(os.Args)
	slog.Info("size", "text", text)
	fmt.Printf("%s %v\n", plural.For(tag).Int(int64(len(os.Args))), p.Class())
}
