package repository_test

// wordy lists the files with phrases that are still to be rewritten.
var wordy = []string{}

// wide lists the files with lines that are still to be wrapped.
var wide = []string{}
