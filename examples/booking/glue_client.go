package main

import (
	"net/http"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/problem"
)

// domains are those whose codes the server sends.
var domains = []*catalog.Domain{Domain, codes.Domain, rules.Domain}

// failure returns the error that the server returned, or nil.
func failure(res *http.Response) error { return problem.FromResponse(res, domains...) }
