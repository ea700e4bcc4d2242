// Package state finds out how far a translation can be trusted.
//
// A locale's state is a [Set] of facts, kept in a lock file beside the locale files. A [Fact] says
// that a form with one fingerprint is good for the source form with another. Facts are only ever
// added, so that nothing in the file has to be edited, and merging two branches is the union of
// what they know. [Resolve] compares a text with the facts and says whether it is translated, to be
// reviewed, stale or missing, which facts are new, and which lines its table shows.
//
// # What a new wording was made from
//
// A form whose wording has a fact is as good as its facts say, whatever the table shows. Comments
// count only for a wording without one. Its translator saw what the "#." lines in the table show;
// without such lines, what the source locale's file had before this run; and if that is not known
// either, the text in Go. The source text is [Unknown], and the form stale until somebody edits or
// confirms it,
//
//   - if the "#." lines show several texts,
//   - if they show the text in Go, but the source locale's file had another, or
//   - if the table shows "#, stale", "#, review" or "#|" lines, but "#." lines that the last run
//     did not write: then the table comes from elsewhere, and may show the state of this very
//     wording.
//
// So comments can make a text stale, never translated. Only "#, ok" can, which nobody writes by
// accident.
//
// # What cannot be known
//
// A wording without a fact is judged by what is beside it when extract runs. It counts as made from
// a source text that its translator never saw if, before any extract saw them together,
//
//   - it was edited, or confirmed with "#, ok", on one branch, while extract changed the comments
//     on another, and the two were merged;
//   - it came back, by a revert, from before an edit that extract did not see either;
//   - its table was taken from a commit that is not part of the branch, without the state of that
//     commit; or
//   - its comments were lost.
//
// The first two do not happen if extract runs on every change of a translation before it is merged.
// The tests run every short sequence of edits to one text on two branches to show that there are no
// other cases.
//
// # What was lost
//
// A lock file can lose facts: a merge takes one side of it, or somebody restores an old version. So
// a wording without a fact counts as new only if earlier versions of the file know nothing about it
// either; see [Text.Past]. [Set.Recall] puts back what the last commit still had. Neither makes a
// form better than the file says.
//
// # Roles
//
// If a lock file has several headers, the stronger role counts: [Source], then [Target], then
// [Variant]. Of two headers with the same role that of an overlay counts, and else the one that
// sorts last, so that the order of lines means nothing.
//
// The package reads and writes no files.
package state
