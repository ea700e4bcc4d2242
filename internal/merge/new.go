package merge

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
)

// The first lines of a new file, a translator's from then on.
const (
	sourceHead  = "# These texts are copied from Go. Change them there.\n"
	targetHead  = "# Write each translation between the quotation marks; an empty text is not translated yet.\n" + marksHead
	variantHead = "# The texts that differ from those in %v.\n" + marksHead
	marksHead   = "# Lines that begin with #. #, #| or #~ are kept by a program; all other comments are yours.\n"
)

// NewFile returns a new file for a locale: with every text of the domain, each empty, or, for a variant, without any. It
// is a variant if others has a parent of the locale, unless full is true.
func NewFile(d *model.Domain, tag language.Tag, others []language.Tag, full bool) []byte {
	in := Input{Domain: d}
	for _, other := range others {
		in.Files = append(in.Files, File{Name: other.String() + localefile.Ext, Tag: other})
	}
	if tag != d.Source {
		in.Files = append(in.Files, File{Name: tag.String() + localefile.Ext, Tag: tag, Bytes: []byte(newHead(tag, others, full))})
	}
	all, _ := Make(in)
	for i := range all.Files {
		if f := &all.Files[i]; f.Tag == tag {
			return f.New
		}
	}
	return nil
}

func newHead(tag language.Tag, others []language.Tag, full bool) string {
	parent, has := parentOf(tag, others)
	switch {
	case has && full:
		return targetHead + "\n" + localefile.MarkFlag.Line(localefile.FlagFull) + "\n"
	case has:
		return fmt.Sprintf(variantHead, parent)
	}
	return targetHead
}
