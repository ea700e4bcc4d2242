package merge

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
)

// Fingerprint returns the first eight hexadecimal digits of the SHA-256 sum of a text's forms: of each that is not
// empty, in CLDR's order, the category, NUL, the text and NUL. Line ends count as LF, so that it does not depend on where
// a file was checked out.
func Fingerprint(forms *localefile.Forms) string {
	h := sha256.New()
	for c, text := range forms {
		if text != "" {
			h.Write([]byte(plural.Category(c).String() + "\x00" + strings.ReplaceAll(text, "\r\n", "\n") + "\x00"))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}
