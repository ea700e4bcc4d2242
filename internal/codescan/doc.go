// Package codescan finds the codes that a module declares, in its Go source alone.
//
// Nothing is built, run or downloaded. Every file of the module is searched for the import path of package catalog, only
// the files that have it are parsed, and only the constants that a declaration needs are computed. A declaration that
// cannot be read in this way is a finding that says what to write instead; it is never left out in silence.
//
// A module is always read whole, whatever the operating system or the build tags that its files are for, so that a run
// never takes a code for removed because it looked at a part. Not read are test files, files that the constraint
// "//go:build ignore" excludes, and the folders that the go command leaves out too: vendor, testdata, those that start
// with a dot or an underscore, those that go.mod ignores, and modules inside the module.
package codescan
