package problem

import (
	"unicode/utf8"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/wire"
)

// This file has every bound on what is said about an error. What comes from a client is bounded
// before it is escaped, and a response as a whole after that.

// The limits of a response. Programs that keep below [MaxErrors] hardly meet the others.
const (
	// MaxErrors is the maximum number of violations and joined errors that a response shows,
	// including nested ones, and the maximum number of violations that are logged. Outer errors take
	// precedence. The total is still reported.
	MaxErrors = 100

	// MaxBytes is the maximum size of a response's body. Errors that do not fit are only counted.
	// The markup of [Options.Page] is not included.
	MaxBytes = 64 << 10

	maxDepth      = access.MaxDepth // errors inside errors
	maxText       = 8 << 10         // bytes of each text, escaped
	maxLabel      = 256             // bytes of each label, escaped
	maxName       = 100             // characters of the product's name
	maxLink       = 512             // bytes of a link's address, escaped; a longer one is left out
	maxAddresses  = 3               // addresses in params that a page links to
	maxReference  = 64              // bytes of a reference
	maxExtensions = 2 << 10         // bytes of the members that a program adds

	maxReceived           = 1 << 20  // bytes of a document that is read
	maxReceivedURI        = 2 << 10  // bytes of a URI in it
	maxReceivedExtensions = 16 << 10 // bytes of the members in it that are not standard
)

// The size limits of logged values, in bytes. Most of them can be influenced by the client.
const (
	maxLogText  = 8 << 10  // an error's text
	maxLogStack = 32 << 10 // a panic's stack
	maxLogField = 512      // anything else: the path, an argument, a violation
)

// What a format adds to the texts, at most: members of a JSON object, or elements of a page.
const (
	frameBytes = 12 << 10 // around the whole, with the style, labels and links of a page
	errorBytes = 256      // around each error
)

// The parts of an error that is shown without others always fit: the title is twice on a page, and
// JSON has neither style nor links.
const (
	_ = uint(MaxBytes - frameBytes - errorBytes - 4*maxText - 3<<10)
	_ = uint(MaxBytes - 3<<10 - maxExtensions - errorBytes - 3*maxText - wire.MaxParams - 3<<10)
)

// cost returns the most bytes that the details of an error take in any format, without the errors
// inside it.
func (d *Details) cost() int {
	n := errorBytes + weight(d.Type) + weight(d.Pointer) + len(d.Name) + len(d.Domain)
	for _, t := range d.texts() {
		n += weight(t.Value)
	}
	n += weight(d.Field.Value) + len(d.params)
	for _, name := range d.Truncated {
		n += len(`"",`) + len(name)
	}
	return n
}

// weight returns the most bytes that a text takes in any format.
func weight(s string) int {
	n := 0
	for _, r := range s {
		n += runeWeight(r)
	}
	return n
}

// runeWeight returns the most bytes that a character takes: its own, or those of an escape such as
// \u003c in JSON or &#43; in HTML.
func runeWeight(r rune) int {
	const escape = 6
	switch r {
	case '"', '&', '\'', '+', '<', '>', '\\', 0x7f, '\u2028', '\u2029', utf8.RuneError:
		return escape
	}
	if r < ' ' {
		return escape
	}
	return utf8.RuneLen(r)
}

// limitText cuts a text that is longer than any that people write. Its arguments have limits of
// their own.
func limitText(t *errlingo.Text, most int) {
	const mark = "…"
	if len(t.Value) <= most/6 {
		return
	}
	used, end := 0, 0
	for at, r := range t.Value {
		if used <= most-len(mark) {
			end = at
		}
		if used += runeWeight(r); used > most {
			t.Value = t.Value[:end] + mark
			return
		}
	}
}

// addParams adds the public arguments of an error within the limits. Those that programs could not
// read as they were given are reported to the observer of the localizer.
func (d *Details) addParams(e *catalog.Error, l *errlingo.Localizer) {
	code, given := &access.CodeOf(e.Code()).Model, access.ArgsOf(e)
	var room [4]wire.Param // for most errors
	var all []wire.Param
	all, d.params, d.Truncated = wire.Params(room[:0], code, given)
	if len(all) > 0 {
		d.Params = make([]Argument, 0, len(all))
	}
	for i := range all {
		if p := &all[i]; p.Fault != "" {
			access.ReportArgument(l, e, p.Name, p.Fault)
		} else {
			d.Params = append(d.Params, Argument{Name: p.Member})
			access.SetValue(&d.Params[len(d.Params)-1].Value, p.Value)
		}
	}
}
