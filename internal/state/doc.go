// Package state knows how far a translation can be trusted.
//
// A locale's state is a [Set] of facts, kept in a lock file beside the locale files. A [Fact] says
// that a form with one fingerprint is good for the source form with another. Facts are only ever
// added, so that nothing in the file has to be edited and merging two branches is the union of what
// they know. [Resolve] compares a text with the facts and says whether it is translated, to be
// reviewed, stale or missing, which facts are new, and which lines its table shows.
//
// Comments in a locale file can lower the trust in a translation. Only "#, ok" can raise it.
//
// The package reads and writes no files.
package state
