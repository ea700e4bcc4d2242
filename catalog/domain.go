package catalog

import (
	"fmt"
	"iter"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/pattern"
)

// Domain is a namespace of codes. A number and a name are each unique within it, for ever.
//
// Codes and labels are defined while the program starts, in package-level variables; all methods may be called from
// several goroutines.
type Domain struct {
	name   string
	source language.Tag
	docs   string
	voice  func() pattern.Voice // of the source locale, made when the first error is printed

	mu       sync.RWMutex
	codes    []*Code // in the order of their definition
	byNumber map[int]*Code
	byName   map[string]*Code
	labels   []*Label
	byLabel  map[string]*Label
}

// DomainOption is a setting of [NewDomain].
type DomainOption func(*Domain)

// SourceLocale sets the locale that the domain's texts are written in, a BCP 47 language tag. Without it they are English.
func SourceLocale(tag string) DomainOption {
	return func(d *Domain) {
		t, err := language.Parse(tag)
		if err != nil {
			panic(fmt.Sprintf("catalog: domain %q: source %q is no language tag: %v", d.name, tag, err))
		}
		d.source = t
	}
}

// LocalesDir names the folder of the domain's locale files, relative to the package that calls [NewDomain]. Only the command
// that keeps these files looks at it; without it, that finds the nearest folder called locales that belongs to the
// domain.
func LocalesDir(dir string) DomainOption { return func(*Domain) { _ = dir } }

// Docs sets the base address of the domain's documentation, to which a code's name is appended: it becomes the "type"
// of a problem response (RFC 9457, section 3.1.1). A base that ends in none of "/", "#" and "=" gets a slash at its end.
func Docs(base string) DomainOption {
	if base != "" && !strings.ContainsAny(base[len(base)-1:], "/#=") {
		base += "/"
	}
	return func(d *Domain) { d.docs = base }
}

// NewDomain returns a new, empty domain. The name says whose codes they are, such as "shop"; it consists of lower-case
// letters, digits, dots, dashes and underscores, and starts with a letter. Any other name panics.
func NewDomain(name string, options ...DomainOption) *Domain {
	if !naming.Domain(name) {
		panic(fmt.Sprintf("catalog: %q is no name for a domain: use %s", name, naming.DomainForm))
	}
	d := &Domain{
		name:     name,
		source:   language.English,
		byNumber: map[int]*Code{},
		byName:   map[string]*Code{},
		byLabel:  map[string]*Label{},
	}
	for _, option := range options {
		option(d)
	}
	d.voice = sync.OnceValue(func() pattern.Voice { return pattern.VoiceOf(d.source) })
	return d
}

// Name returns the domain's name.
func (d *Domain) Name() string { return d.name }

// SourceLocale returns the locale that the domain's texts are written in.
func (d *Domain) SourceLocale() language.Tag { return d.source }

// Docs returns the base address of the domain's documentation, to which a code's name is appended, or "".
func (d *Domain) Docs() string { return d.docs }

// Codes yields the codes in the order in which they were defined. A code that is defined while the caller iterates is not
// among them.
func (d *Domain) Codes() iter.Seq[*Code] {
	return func(yield func(*Code) bool) {
		d.mu.RLock()
		codes := d.codes // Define only appends.
		d.mu.RUnlock()
		for _, c := range codes {
			if !yield(c) {
				return
			}
		}
	}
}

// Code returns the code with the name, or nil.
func (d *Domain) Code(name string) *Code {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.byName[name]
}

// CodeNumbered returns the code with the number, or nil.
func (d *Domain) CodeNumbered(number int) *Code {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.byNumber[number]
}

// Labels yields the labels in the order in which they were declared. A label that is declared while the caller iterates is
// not among them.
func (d *Domain) Labels() iter.Seq[*Label] {
	return func(yield func(*Label) bool) {
		d.mu.RLock()
		labels := d.labels // Label only appends.
		d.mu.RUnlock()
		for _, l := range labels {
			if !yield(l) {
				return
			}
		}
	}
}
