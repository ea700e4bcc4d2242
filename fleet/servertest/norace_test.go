//go:build !race

package servertest_test

// raceDetector reports whether the test runs with the race detector.
const raceDetector = false
