package args

import (
	"errors"

	"example.com/vetted/shop"
	. "example.com/vetted/shop"
	"github.com/errlingo/errlingo/catalog"
)

var _ = shop.Domain.Define(2, "BLANK", catalog.Spec{Title: "Blank"})

func late() error {
	spec := catalog.Spec{Title: "Late", Detail: "{{.Field}}", Params: catalog.Params{field}}
	spec.Detail = "Late."
	return shop.Domain.Define(3, "LATE", spec).New()
}

func inline() error {
	spec := catalog.Spec{Title: "Inline", Detail: "{{.Field}}", Params: catalog.Params{field}}
	return shop.Domain.Define(4, "INLINE", spec).New() // want `code INLINE is given no argument for {{.Field}}`
}

func methods() (catalog.Join, catalog.Handle[string]) { return catalog.Or, field }

var list = catalog.List(methods())

var field = catalog.String("Field", "name")

var here = shop.Domain.Define(1, "HERE", catalog.Spec{
	Title: "Here", Detail: "{{.Field}} and {{.Item}}", Params: catalog.Params{field, shop.Item}})

func missing(err error) []error {
	c := shop.OutOfStock
	return []error{
		shop.OutOfStock.New(shop.Item.Arg("socks")),                   // want `code OUT_OF_STOCK is given no argument for {{.Left}}, which its texts show`
		shop.OutOfStock.New(),                                         // want `no argument for {{.Item}}, {{.Left}}, which`
		shop.OutOfStock.Wrap(err),                                     // want `no argument for {{.Item}}, {{.Left}}, which`
		OutOfStock.Wrap(err, Left.Arg(3)),                             // want `no argument for {{.Item}}, which`
		(shop.OutOfStock).Wrap(err),                                   // want `no argument for {{.Item}}, {{.Left}}, which`
		here.New(shop.Item.Arg("socks")),                              // want `code HERE is given no argument for {{.Field}}, which`
		shop.NotAllowed.New(),                                         // want `code NOT_ALLOWED is given no argument for {{.Methods}}, which`
		c.New(shop.Left.Arg(3)),                                       // want `no argument for {{.Item}}, which`
		shop.Fail(err, shop.OutOfStock, shop.Left.Arg(3)),             // want `no argument for {{.Item}}, which`
		shop.Empty.New(shop.Left.Arg(3)),                              // want `code OUT_OF_STOCK is given no argument for {{.Item}}, which`
		shop.Lack(shop.Left.Arg(3)),                                   // want `no argument for {{.Item}}, which`
		shop.OutOfStock.New([]catalog.Arg{shop.Item.Arg("socks")}...), // want `no argument for {{.Left}}, which`
	}
}

func slice() error {
	args := []catalog.Arg{shop.Item.Arg("socks")}
	return shop.OutOfStock.New(args...) // want `no argument for {{.Left}}, which`
}

func doubled() []error {
	return []error{
		shop.OutOfStock.New(shop.Item.Arg("a"), shop.Left.Arg(1), shop.Item.Arg("b")),  // want `code OUT_OF_STOCK is given a second argument for the param Item; only the first one counts`
		shop.OutOfStock.New(shop.Item.Arg("a"), shop.Left.Arg(1), shop.Short.Arg("b")), // want `a second argument for the param Item`
		shop.Lack(shop.Item.Arg("a"), shop.Left.Arg(1), shop.Left.Arg(2)),              // want `a second argument for the param Left`
	}
}

func foreign() []error {
	return []error{
		shop.Closed.New(shop.Item.Arg("socks")),                                      // want `code CLOSED has no param Item of the kind String; leave the argument out, or add the param to the code's Params`
		shop.OutOfStock.New(shop.Item.Arg("a"), shop.Left.Arg(1), field.Arg("name")), // want `has no param Field`
		shop.Fail(nil, shop.Closed, shop.Item.Arg("socks")),                          // want `code CLOSED has no param Item`
	}
}

func bare(ok bool) (int, error) {
	if ok {
		return 0, shop.OutOfStock // want `code OUT_OF_STOCK is returned without arguments for {{.Item}}, {{.Left}}, which its texts show; return what its New or Wrap returns`
	}
	run(func() error { return here }) // want `code HERE is returned without arguments for {{.Field}}, {{.Item}}`
	return 1, shop.Closed
}

func run(func() error) {}

func known(item catalog.Arg, all []catalog.Arg, code *catalog.Code, err error) []error {
	changed := []catalog.Arg{shop.Item.Arg("socks")}
	changed = append(changed, shop.Left.Arg(3))
	filled := []catalog.Arg{item}
	filled[0] = shop.Left.Arg(1)
	own := catalog.String("Item", "another declaration, with the same name and kind")
	var none []catalog.Arg
	other := shop.Closed
	if err != nil {
		other = shop.OutOfStock
	}
	return []error{
		shop.OutOfStock.New(shop.Item.Arg("a"), shop.Left.Arg(1)),
		shop.OutOfStock.New(shop.Short.Arg("a"), shop.Left.Arg(1), shop.Size.Arg(1)),
		shop.OutOfStock.New(own.Arg("a"), shop.Left.Arg(1)),
		shop.OutOfStock.New(item),
		shop.OutOfStock.New(all...),
		shop.OutOfStock.New(none...),
		shop.OutOfStock.New(changed...),
		shop.OutOfStock.New(filled...),
		shop.SeveralErrors.New(),
		shop.Closed.New(),
		shop.Extend(shop.OutOfStock, shop.Left.Arg(1)),
		shop.Choose(shop.Closed, shop.Item.Arg("a")),
		shop.Fail(err, code),
		shop.Fail(err, shop.OutOfStock, all...),
		code.New(shop.Item.Arg("a")),
		other.New(shop.Item.Arg("a")),
		shop.OutOfStock.New(), //errlingo:ignore the peer did not say of what
		errors.Join(shop.Closed),
	}
}

func target() *catalog.Code { return shop.OutOfStock }
