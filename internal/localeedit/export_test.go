package localeedit

import "github.com/errlingo/errlingo/internal/tomldoc"

// Verify lets tests play a File that makes mistakes.
func Verify(old, planned string, changes Meaning) error {
	doc, _ := tomldoc.Parse("", []byte(old))
	_, err := verify(doc, planned, &changes)
	return err
}
