package servertest

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/locales"
)

// Program is what a node runs: declarations and the texts that are part of the program.
type Program struct {
	Domain *catalog.Domain
	Codes  []*catalog.Code // those that are shown
	Texts  fs.FS
}

// Name is the name of the domain of the small programs.
const Name = "fleet.test"

// Current is the version of the small program whose texts are published unless a test says
// otherwise.
const Current = "v3"

// The params of the small programs.
var (
	left = catalog.Int("Left", 3)
	item = catalog.String("Item", "socks")
)

// Load returns a program by its name: a version of a small one from v1 to v4, "standard" with
// the standard codes, or "large" with 10,000 codes in ten locales. Two calls return two domains.
func Load(name string) (*Program, error) {
	switch name {
	case "v1", "v2", "v3", "v4":
		return small(int(name[1] - '0')), nil
	case "standard":
		return &Program{codes.Domain, []*catalog.Code{codes.InternalServerError}, locales.FS}, nil
	case Large:
		p := large()
		p.Texts = p.Files(0, largeLocales...)
		return p, nil
	}
	return nil, fmt.Errorf("there is no program %q", name)
}

// small declares what differs between versions of one program: codes that come and go, a param that
// a detail gains, a label and a phrase.
func small(version int) *Program {
	p := newProgram(Name)
	if version < 4 {
		p.define(1, "CLOSED")
	}
	if version < 3 {
		p.define(2, "OUT_OF_STOCK", left)
	} else {
		p.define(2, "OUT_OF_STOCK", left, item)
	}
	if version >= 2 {
		p.define(3, "REFUSED")
		//errlingo:ignore the texts are made when they are needed
		p.Domain.Label("email", "en _labels email r0")
	}
	if version >= 3 {
		p.define(4, "GIFT_GONE", item)
		//errlingo:ignore the texts are made when they are needed
		p.Domain.Phrase("later", catalog.PhraseSpec{Text: "en _phrases later r0"})
	}
	if version >= 4 {
		p.define(5, "PAUSED")
	}
	p.Texts = p.Files(0, "de")
	return p
}

// Large is the name of the large program, as large as the largest that a pack is expected to have,
// and LargeCodes the number of its codes.
const (
	Large      = "large"
	LargeCodes = 10_000
)

var largeLocales = []string{"cs", "da", "de", "es", "fi", "fr", "it", "nl", "pl", "sv"}

func large() *Program {
	p := newProgram(Large)
	for n := range LargeCodes {
		p.define(n+1, fmt.Sprintf("CODE_%05d", n), item)
	}
	p.Codes = p.Codes[:1]
	return p
}

func newProgram(domain string) *Program {
	d := catalog.NewDomain(domain)
	access.Forget(d) // Another version has the name, too.
	return &Program{Domain: d}
}

// declared is a param, whatever its type.
type declared interface {
	catalog.Param
	Name() string
}

func (p *Program) define(number int, name string, params ...declared) {
	spec := catalog.Spec{Title: text("en", name+".title", 0), Detail: text("en", name+".detail", 0)}
	for _, param := range params {
		spec.Params = append(spec.Params, param)
		spec.Detail += " {{." + param.Name() + "}}"
	}
	//errlingo:ignore the texts are made when they are needed
	p.Codes = append(p.Codes, p.Domain.Define(number, name, spec))
}

// text returns a text that says what it is and with which revision it came: locale, code, part and
// revision.
func text(locale, id string, revision uint64) string {
	return fmt.Sprintf("%s %s r%d", locale, strings.ReplaceAll(id, ".", " "), revision)
}

// Files returns all texts of the program in the locales. Each says which revision it belongs to.
func (p *Program) Files(revision uint64, tags ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, tag := range tags {
		var b strings.Builder
		for m := range access.Model(p.Domain).Messages() {
			fmt.Fprintf(&b, "[%v]\nother = %q\n", m.ID, translation(&m, tag, revision))
		}
		files[tag+".toml"] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

func translation(m *model.Message, tag string, revision uint64) string {
	s := text(tag, m.ID.Name+"."+m.ID.Part, revision)
	placeholders, _ := pattern.Placeholders(m.Text.Forms[plural.Other])
	for _, p := range placeholders {
		s += " {{." + p.Name + "}}"
	}
	return s
}

// revisionOf returns the revision of a text that is shown, or an error if the text is not one of
// the code in one of the locales.
func revisionOf(shown string, code *catalog.Code, part string, tags ...string) (uint64, error) {
	fields := strings.Split(shown, " ")
	if len(fields) >= 4 && fields[1] == code.Name() && fields[2] == part {
		for _, tag := range tags {
			if number, is := strings.CutPrefix(fields[3], "r"); is && fields[0] == tag {
				return strconv.ParseUint(number, 10, 64)
			}
		}
	}
	return 0, fmt.Errorf("%q is not the %s of %s in one of %q", shown, part, code.Name(), tags)
}
