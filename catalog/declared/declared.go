// Package declared writes down what a running program declares, for tools that compare it with what
// they read elsewhere.
//
// The command extract uses it for "extract check --run": it builds a program that imports the
// packages of a module and calls [Write].
package declared

import (
	"encoding/json"
	"io"

	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/model"

	_ "github.com/errlingo/errlingo/catalog" // which sets what package access has
)

// Write writes all domains of the program with their codes and labels, as JSON: an object with the
// declarations of each domain under its name. Each has a subject, a place and values, all of them
// as text. The form may change from one version of this module to the next; only tools of the same
// version should read it.
//
// Domains and codes that are declared after the call are not part of it. Write may be called from
// several goroutines. The error is the writer's.
func Write(w io.Writer) error {
	all := map[string][]model.Declaration{}
	for _, d := range access.Domains() {
		all[d.Name] = d.Declarations()
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(all)
}
