package merge

import (
	"fmt"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
)

// The first lines of a new file, a translator's from then on.
const (
	sourceHead = "# These texts are copied from Go. Change them there.\n"
	targetHead = "# Write each translation between the quotation marks; " +
		"an empty text is not translated yet.\n" +
		marksHead
	variantHead = "# The texts that differ from those in %v.\n" + marksHead
	marksHead   = "# Lines that begin with #. #, or #| are written by a program; " +
		"all other comments are yours.\n"
)

// NewFile returns a new file for a locale of the input's domain or overlay, and its state: with
// every text of the domain, each empty, or, for a variant, without any. It is a variant if others
// has a parent of the locale, unless full is true.
func NewFile(in Input, tag language.Tag, others []language.Tag, full bool) Content {
	header := headerOf(&in, tag, others, full)
	head := targetHead
	if header.Role == state.Variant {
		head = fmt.Sprintf(variantHead, header.Parent)
	}
	facts := state.Set{Header: header}
	content := Content{Text: []byte(head), State: facts.Bytes()}
	all, _ := Make(Input{Domain: in.Domain, Overlay: in.Overlay,
		Files: []File{{Name: tag.String() + localefile.Ext, Tag: tag, Content: content}}})
	i := slices.IndexFunc(all.Files, func(f FilePlan) bool { return f.Tag == tag })
	content.Text = all.Files[i].New
	return content
}
