// Package e2e opens the example shop in a real browser. Its tests skip where no Chromium is
// installed.
//
// With ERRLINGO_SCREENSHOTS set to a folder, each page that is looked at is kept there as a
// picture.
package e2e
