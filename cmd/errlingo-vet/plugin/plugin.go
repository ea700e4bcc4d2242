// Package plugin makes the analyzers a linter of golangci-lint, by its module plugin system. Import
// it for its effect; docs/vet.md has the lines for .custom-gcl.yml and .golangci.yml.
package plugin

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/errlingo/errlingo/cmd/errlingo-vet/vet"
)

// Name is the name of the linter in golangci-lint's configuration.
const Name = "errlingo"

func init() {
	register.Plugin(Name, func(settings any) (register.LinterPlugin, error) {
		return register.DecodeSettings[linter](settings)
	})
}

// linter has the settings of the linter.
type linter struct {
	Disable []string `json:"disable"` // names of analyzers
}

// BuildAnalyzers returns the analyzers that are not disabled.
func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) { return vet.Without(l.Disable...) }

// GetLoadMode says that the analyzers need types.
func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }
