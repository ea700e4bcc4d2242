// Package e2e tests the example shop in a real browser. The tests are skipped if Chromium is not
// installed.
//
// Set ERRLINGO_SCREENSHOTS to a folder to save a screenshot of each page.
package e2e
