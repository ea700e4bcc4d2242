package studio

// CompareWords returns how one text becomes another one, as the page gets it.
var CompareWords = compareWords
