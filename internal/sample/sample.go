// Package sample answers with the errors of a domain that was read in Go source, as a program does
// that declares it.
package sample

import (
	"bytes"
	"context"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// Reference identifies the answers, which nobody has got.
const Reference = "00000000-0000-4000-8000-000000000000"

// Program is a program that declares a domain. It may be shared between goroutines.
type Program struct {
	Bundle  *errlingo.Bundle
	domain  *catalog.Domain
	respond *problem.Responder
}

// New returns a program with the domain and the locale files, which may be nil. Page is the page of
// its answers; if it is nil, that is the one of package problem.
func New(d *model.Domain, files fs.FS, page *template.Template) (*Program, error) {
	p := &Program{domain: access.NewDomain(d).(*catalog.Domain)}
	sources := []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}}
	if files != nil {
		sources = append([]errlingo.Source{{Domain: p.domain, FS: files}}, sources...)
	}
	var err error
	if p.Bundle, err = errlingo.Load(errlingo.Options{Sources: sources}); err != nil {
		return nil, err
	}
	p.respond = problem.New(p.Bundle, problem.Options{
		Logger:       slog.New(slog.DiscardHandler),
		NewReference: func(context.Context) string { return Reference },
		Page:         page,
	})
	return p, nil
}

// Error returns the error of a code with the examples of its params.
func (p *Program) Error(c *model.Code) *catalog.Error {
	args := make([]format.Value, len(c.Params))
	for i := range c.Params {
		args[i] = access.ValueIn(p.domain, c.Params[i].Example)
	}
	return access.NewError(p.domain.Code(c.Name), args, []catalog.Violation(nil), nil,
		nil).(*catalog.Error)
}

// Answer returns the body with which a reader of a language is answered.
func (p *Program) Answer(err error, tag language.Tag, accept string) []byte {
	a := &answer{header: http.Header{}}
	p.respond.Write(a, &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/example"},
		Header: http.Header{"Accept": {accept}, "Accept-Language": {tag.String()}}}, err)
	return a.body.Bytes()
}

// answer is the body of a response. It implements [http.ResponseWriter].
type answer struct {
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(int)             {}
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }
