package exchange

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/state"
)

// An XLIFF file has a unit per form, OUT_OF_STOCK.detail.few, since XLIFF has no plurals. Notes
// have the context and the translators' comments.
//
// XLIFF 1.2 (http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html) has the previous source text
// as an alt-trans of the type previous-version, and the maximum length as maxwidth. XLIFF 2.0
// (http://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html) has the previous source
// text as a note, and the maximum length in the module for size restrictions.

// xliff1States and xliff2States are the states of targets. XLIFF 2.0 has too few for all of ours,
// so that its attribute subState names one.
var (
	xliff1States = [...]string{
		state.Missing: "new", state.Stale: "needs-translation",
		state.Review: "needs-review-translation", state.Translated: "translated",
	}
	xliff2States = [...]string{
		state.Missing:    `state="initial"`,
		state.Stale:      `state="initial" subState="` + subState + `stale"`,
		state.Review:     `state="initial" subState="` + subState + `review"`,
		state.Translated: `state="translated"`,
	}
)

const subState = "errlingo:"

// The values of the attributes of notes that say whose they are.
const (
	noteContext    = "developer"
	noteTranslator = "translator"
	notePrevious   = "previous-source"
)

var (
	xmlText      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	xmlAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;")
)

func writeXLIFF1(f *File) []byte {
	var w strings.Builder
	w.WriteString(xml.Header)
	fmt.Fprintf(&w, `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="%s" source-language="%v" target-language="%v" datatype="plaintext">
    <body>
`, xmlAttribute.Replace(f.Domain), f.Source, f.Target)
	for i := range f.Texts {
		t := &f.Texts[i]
		for n := range t.Forms {
			form := &t.Forms[n]
			fmt.Fprintf(&w, `      <trans-unit id="%s" xml:space="preserve"`,
				xmlAttribute.Replace(t.unitID(form)))
			if t.Max > 0 {
				fmt.Fprintf(&w, ` maxwidth="%d" size-unit="char"`, t.Max)
			}
			fmt.Fprintf(&w, ">\n        <source>%s</source>\n", xmlText.Replace(form.Source))
			target := xmlText.Replace(form.Target)
			fmt.Fprintf(&w, "        <target state=\"%s\">%s</target>\n", xliff1States[form.State], target)
			note := func(from, text string) {
				if text != "" {
					fmt.Fprintf(&w, "        <note from=\"%s\">%s</note>\n", from, xmlText.Replace(text))
				}
			}
			note(noteContext, t.note(form))
			note(noteTranslator, strings.Join(t.Comments, "\n"))
			if form.Previous != "" {
				fmt.Fprintf(&w, `        <alt-trans alttranstype="previous-version">
          <source>%s</source>
          <target>%s</target>
        </alt-trans>
`, xmlText.Replace(form.Previous), target)
			}
			w.WriteString("      </trans-unit>\n")
		}
	}
	w.WriteString("    </body>\n  </file>\n</xliff>\n")
	return []byte(w.String())
}

func writeXLIFF2(f *File) []byte {
	var w strings.Builder
	w.WriteString(xml.Header)
	fmt.Fprintf(&w, `<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"
    xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0" srcLang="%v" trgLang="%v">
  <file id="texts" original="%s" xml:space="preserve">
    <slr:profiles generalProfile="xliff:codepoints"/>
`, f.Source, f.Target, xmlAttribute.Replace(f.Domain))
	for i := range f.Texts {
		t := &f.Texts[i]
		for n := range t.Forms {
			form := &t.Forms[n]
			fmt.Fprintf(&w, `    <unit id="%s"`, xmlAttribute.Replace(t.unitID(form)))
			if t.Max > 0 {
				fmt.Fprintf(&w, ` slr:sizeRestriction="%d"`, t.Max)
			}
			w.WriteString(">\n")
			notes := ""
			note := func(category, text string) {
				if text != "" {
					notes += fmt.Sprintf("        <note category=\"%s\">%s</note>\n", category,
						xmlText.Replace(text))
				}
			}
			note(noteContext, t.note(form))
			note(noteTranslator, strings.Join(t.Comments, "\n"))
			note(notePrevious, form.Previous)
			if notes != "" { // An empty element is invalid.
				fmt.Fprintf(&w, "      <notes>\n%s      </notes>\n", notes)
			}
			fmt.Fprintf(&w, "      <segment %s>\n        <source>%s</source>\n",
				xliff2States[form.State], xmlText.Replace(form.Source))
			if form.Target != "" {
				fmt.Fprintf(&w, "        <target>%s</target>\n", xmlText.Replace(form.Target))
			}
			w.WriteString("      </segment>\n    </unit>\n")
		}
	}
	w.WriteString("  </file>\n</xliff>\n")
	return []byte(w.String())
}

// inline is the text of a source or a target.
type inline struct {
	State  string
	Text   strings.Builder
	Markup string // the first element inside that is not a mark of a program
}

// UnmarshalXML reads the text. Programs mark words and sentences, which does not change the text.
// Any other element would be lost.
func (t *inline) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	for _, attribute := range start.Attr {
		if attribute.Name.Local == "state" {
			t.State = attribute.Value
		}
	}
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.CharData:
			t.Text.Write(token)
		case xml.StartElement:
			depth++
			if name := token.Name.Local; name != "mrk" && name != "sm" && name != "em" {
				t.Markup = cmp.Or(t.Markup, name)
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// xliff1Unit is a trans-unit of XLIFF 1.2.
type xliff1Unit struct {
	ID     string      `xml:"id,attr"`
	Source inline      `xml:"source"`
	Target inline      `xml:"target"`
	Notes  []xliffNote `xml:"note"`
	Others []struct {
		Type   string `xml:"alttranstype,attr"`
		Source inline `xml:"source"`
	} `xml:"alt-trans"`
}

// xliff2Unit is a unit of XLIFF 2.0. Its parts are segments, and spaces that programs leave between
// these.
type xliff2Unit struct {
	ID    string      `xml:"id,attr"`
	Notes []xliffNote `xml:"notes>note"`
	Parts []struct {
		XMLName  xml.Name
		State    string `xml:"state,attr"`
		SubState string `xml:"subState,attr"`
		Source   inline `xml:"source"`
		Target   inline `xml:"target"`
	} `xml:",any"`
}

type xliffNote struct {
	From     string `xml:"from,attr"`
	Category string `xml:"category,attr"`
	Text     string `xml:",chardata"`
}

// maxDepth is how deep elements may be nested.
const maxDepth = 100

// shallow reads the tokens of a file whose elements are not nested too deep: a decoder keeps all
// that are open.
type shallow struct {
	*xml.Decoder
	depth int
}

func (s *shallow) Token() (xml.Token, error) {
	token, err := s.Decoder.Token()
	switch token.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > maxDepth {
			return nil, fmt.Errorf("elements are nested more than %d deep", maxDepth)
		}
	case xml.EndElement:
		s.depth--
	}
	return token, err
}

// xliffReader reads an XLIFF file.
type xliffReader struct {
	*reader
	source  *shallow
	decoder *xml.Decoder // of source
	lines   *diag.Lines
	version byte // '1' or '2'; 0 before the first element
}

func (r *reader) readXLIFF() {
	source := &shallow{Decoder: xml.NewDecoder(bytes.NewReader(r.src))}
	x := &xliffReader{reader: r, source: source, decoder: xml.NewTokenDecoder(source),
		lines: diag.NewLines(r.src)}
	for len(r.findings) < maxFindings {
		at := int(source.InputOffset())
		token, err := x.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = x.token(at, token)
		}
		if err != nil {
			x.fault(err)
			return
		}
	}
	if x.version == 0 && len(r.findings) == 0 {
		r.syntax(diag.Pos{Line: 1, Column: 1}, "the file is not XLIFF", "")
	}
}

// fault reports why the file cannot be read on.
func (x *xliffReader) fault(err error) {
	if finding, is := errors.AsType[diag.Finding](err); is {
		x.findings = append(x.findings, finding)
		return
	}
	text := err.Error()
	if syntax, is := errors.AsType[*xml.SyntaxError](err); is {
		text = syntax.Msg
	}
	x.syntax(x.lines.At(int(x.source.InputOffset())), strings.TrimPrefix(text, "xml: "), "")
}

// token reads a token, and a unit as a whole. An error ends reading.
func (x *xliffReader) token(at int, token xml.Token) error {
	stop := func(text, hint string) error {
		return RuleSyntax.At(x.file.Name, x.lines.At(at), text, hint)
	}
	if _, is := token.(xml.Directive); is {
		return stop("a document type is not allowed", "delete <!DOCTYPE and what it declares")
	}
	e, is := token.(xml.StartElement)
	if !is {
		return nil
	}
	pos := x.lines.At(at)
	name, version := e.Name.Local, attribute(e, "version")
	switch {
	case x.version == 0 && (name != "xliff" || !strings.HasPrefix(version, "1.") &&
		!strings.HasPrefix(version, "2.")):
		return stop("the file is not XLIFF 1.2 or 2.0", "")
	case x.version == 0:
		x.version = version[0]
		x.locales(pos, attribute(e, "srcLang"), attribute(e, "trgLang"))
	case name == "file":
		x.file.Domain = attribute(e, "original")
		x.locales(pos, attribute(e, "source-language"), attribute(e, "target-language"))
	case x.full(pos):
		return stop("the rest is not read", "")
	case name == "trans-unit" && x.version == '1':
		var unit xliff1Unit
		if err := x.decoder.DecodeElement(&unit, &e); err != nil {
			return err
		}
		x.unit1(pos, &unit)
	case name == "unit" && x.version == '2':
		var unit xliff2Unit
		if err := x.decoder.DecodeElement(&unit, &e); err != nil {
			return err
		}
		x.unit2(pos, &unit)
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (x *xliffReader) locales(pos diag.Pos, source, target string) {
	if source != "" {
		x.file.Source = x.tag(pos, source)
	}
	if target != "" {
		x.file.Target = x.tag(pos, target)
	}
}

func (x *xliffReader) unit1(pos diag.Pos, unit *xliff1Unit) {
	form := Form{Source: unit.Source.Text.String(), Target: unit.Target.Text.String(), Pos: pos}
	for i := range unit.Others {
		if other := &unit.Others[i]; other.Type == "previous-version" {
			form.Previous = other.Source.Text.String()
		}
	}
	switch s := unit.Target.State; {
	case form.Target == "":
		form.State = state.Missing
	case s == "" || s == "translated" || s == "final" || s == "signed-off":
		form.State, form.Unstated = state.Translated, s == ""
	case s == "new" || s == xliff1States[state.Stale]:
		form.State = state.Stale
	default: // Whatever else there is, somebody should look at it.
		form.State = state.Review
	}
	x.add(pos, unit.ID, form, unit.Notes, cmp.Or(unit.Source.Markup, unit.Target.Markup))
}

func (x *xliffReader) unit2(pos diag.Pos, unit *xliff2Unit) {
	form := Form{State: state.Translated, Pos: pos}
	markup := ""
	for i := range unit.Parts {
		part := &unit.Parts[i]
		name := part.XMLName.Local
		if name != "segment" && name != "ignorable" {
			continue
		}
		form.Source += part.Source.Text.String()
		form.Target += part.Target.Text.String()
		markup = cmp.Or(markup, part.Source.Markup, part.Target.Markup)
		switch {
		case name == "ignorable" || part.State != "" && part.State != "initial":
		case part.State == "": // Initial is the default, and many programs drop the attribute.
			form.State, form.Unstated = min(form.State, state.Review), true
		case part.SubState == subState+"stale":
			form.State = state.Stale
		default:
			form.State = min(form.State, state.Review)
		}
	}
	if form.Target == "" {
		form.State = state.Missing
	}
	for _, note := range unit.Notes {
		if note.Category == notePrevious {
			form.Previous = note.Text
		}
	}
	x.add(pos, unit.ID, form, unit.Notes, markup)
}

// add adds the form of a unit.
func (x *xliffReader) add(pos diag.Pos, id string, form Form, notes []xliffNote, markup string) {
	switch {
	case id == "":
		x.syntax(pos, "a unit has no id", "extract export writes the text's name there")
		return
	case markup != "":
		x.syntax(pos, fmt.Sprintf("%s has <%s> in its text", diag.Cut(id), diag.Cut(markup)),
			"write placeholders as they are in the source text, such as {{.Item}}")
		return
	}
	var t Text
	for _, note := range notes {
		switch cmp.Or(note.From, note.Category) {
		case noteTranslator:
			t.Comments = append(t.Comments, lines(note.Text)...)
		case noteContext:
			t.Context = append(t.Context, lines(note.Text)...)
		}
	}
	x.addForm(id, form, t)
}
