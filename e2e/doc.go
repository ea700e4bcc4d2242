// Package e2e opens the example shop in a real browser. Its tests are skipped if Chromium is not
// installed.
//
// If ERRLINGO_SCREENSHOTS names a folder, screenshots of the pages are saved there.
package e2e
