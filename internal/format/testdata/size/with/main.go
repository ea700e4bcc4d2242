// Command with is the program without, and formats a value in a locale.
package main

import (
	"fmt"
	"os"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/plural"
)

func main() {
	tag := language.Make(os.Args[1])
	p, _ := bidi.LookupString(os.Args[1])
	v := format.Whole(format.Bytes, false, uint64(len(os.Args)))
	fmt.Printf("%s %v %s\n", plural.For(tag).Int(int64(len(os.Args))), p.Class(), format.For(tag).Append(nil, &v, nil))
}
