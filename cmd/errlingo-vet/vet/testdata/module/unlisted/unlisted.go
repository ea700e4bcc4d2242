package unlisted

import "github.com/errlingo/errlingo/catalog"

var domain = catalog.NewDomain("unlisted")

var (
	Listed = domain.Define(1, "LISTED", catalog.Spec{Title: "Listed"})
	label  = domain.Label("listed", "Listed")
)

type definer interface {
	Define(number int, name string, spec catalog.Spec) *catalog.Code
}

func late(d *catalog.Domain) *catalog.Code {
	return d.Define(2, "LATE", catalog.Spec{Title: "Late"}) // want `extract does not list this declaration, so it has no translations; write it in a variable of the package, with constants`
}

func ignored(d *catalog.Domain) *catalog.Code {
	//errlingo:ignore a domain of a program that is generated
	return d.Define(3, "IGNORED", catalog.Spec{Title: "Ignored"})
}
