// Package format writes values, such as numbers, sizes, spans of time, dates and lists, in the notation of a locale.
//
// The notation is that of the Unicode CLDR, for every locale that CLDR covers at its level "modern". The tables hold
// nothing but what the kinds of value here need; the command in the folder gen makes them, and UNICODE-LICENSE is the
// licence of their data. Plural categories come from package plural.
//
// Whatever a value is, it has a text: rendering an error must not fail. What is odd about a value, [Value.Fault] tells.
package format
