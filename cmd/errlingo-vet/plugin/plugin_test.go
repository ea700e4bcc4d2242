package plugin_test

import (
	"testing"

	"github.com/golangci/plugin-module-register/register"

	"github.com/errlingo/errlingo/cmd/errlingo-vet/plugin"
	"github.com/errlingo/errlingo/cmd/errlingo-vet/vet"
)

func TestPlugin(t *testing.T) {
	for _, tt := range []struct {
		name     string
		settings any
		left     int // analyzers; -1 if the settings are refused
	}{
		{"no settings", nil, len(vet.Analyzers())},
		{"without a rule", map[string]any{"disable": []string{"causeleak"}}, len(vet.Analyzers()) - 1},
		{"an unknown rule", map[string]any{"disable": []string{"leak"}}, -1},
		{"an unknown setting", map[string]any{"enable": true}, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			make, err := register.GetPlugin(plugin.Name)
			if err != nil {
				t.Fatal(err)
			}
			left := -1
			if linter, err := make(tt.settings); err == nil {
				if all, err := linter.BuildAnalyzers(); err == nil {
					left = len(all)
				}
				if linter.GetLoadMode() != register.LoadModeTypesInfo {
					t.Error("the analyzers need types")
				}
			}
			if left != tt.left {
				t.Errorf("%d analyzers, want %d", left, tt.left)
			}
		})
	}
}
