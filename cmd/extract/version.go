package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/errlingo/errlingo/internal/cldr"
	"github.com/errlingo/errlingo/internal/ledger"
)

const modulePath = "github.com/errlingo/errlingo"

// versions returns what --version prints: the module's version and commit as far as the build knows
// them, the version of the locale folder's files, and that of the CLDR data.
func versions() string {
	text := commandName + " " + cmp.Or(version(), "(devel)")
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == modulePath {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				text += ", commit " + s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				text += ", modified"
			}
		}
	}
	return fmt.Sprintf("%s\nlocale folder: format %d\nCLDR: %s\n", text, ledger.Version, cldr.Version)
}

// version returns the version of the command, or "" if it is not known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	if info.Main.Path == modulePath && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, m := range info.Deps {
		if m.Path == modulePath {
			return m.Version
		}
	}
	return ""
}
