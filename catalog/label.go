package catalog

import "fmt"

// Label is a name that itself needs a translation, such as that of a form's field or of a kind of object. It is given
// as an argument and shows in the reader's language. It is immutable.
type Label struct {
	domain *Domain
	index  int
	name   string
	text   string
	at     place
}

// Label declares a label of the domain: its name, of the form [a-z][a-z0-9_]*, and its text in the source locale. A bad
// name, one of the words that [Domain.Define] calls reserved, a name declared twice or an empty text panics.
func (d *Domain) Label(name, text string) *Label {
	at := caller()
	if d == nil {
		panic(fmt.Sprintf("catalog: %v: label %q: its domain is nil: declare that by NewDomain, in a package-level variable", at, name))
	}
	if fault := checkLabel(name, text); fault != "" {
		panic(fmt.Sprintf("catalog: %v: %s", at, fault))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if other := d.byLabel[name]; other != nil {
		panic(fmt.Sprintf("catalog: %v: label %q is declared twice in domain %q, first at %v", at, name, d.name, other.at))
	}
	l := &Label{domain: d, index: len(d.labels), name: name, text: text, at: at}
	d.labels = append(d.labels, l)
	d.byLabel[name] = l
	return l
}

// Domain returns the domain that the label belongs to.
func (l *Label) Domain() *Domain { return l.domain }

// Index returns the label's place in [Domain.Labels].
func (l *Label) Index() int { return l.index }

// Name returns the label's name.
func (l *Label) Name() string { return l.name }

// Text returns the label's text in the source locale of its domain.
func (l *Label) Text() string { return l.text }

// Place returns the file and line of the declaration, as the compiler knows them.
func (l *Label) Place() (file string, line int) { return l.at.file, l.at.line }

// String returns the label's text in the source locale.
func (l *Label) String() string {
	if l == nil {
		return ""
	}
	return l.text
}
