// Package e2e tests the example shop in a real browser and behind nginx, the studio in that
// browser, and RPC servers with clients in another language. Tests are skipped if what they need is
// not installed.
//
// Set ERRLINGO_SCREENSHOTS to a folder to save a screenshot of each page.
package e2e
