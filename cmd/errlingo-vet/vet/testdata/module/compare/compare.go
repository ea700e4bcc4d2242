package compare

import (
	"errors"
	"io"
	"strings"

	"example.com/vetted/shop"
	"github.com/errlingo/errlingo/catalog"
)

func wrongWay(err error, made *catalog.Error) bool {
	return errors.Is(shop.Closed, err) || // want `errors.Is has its arguments the wrong way round: the code CLOSED is the target`
		errors.Is(shop.Closed, made) // want `wrong way round`
}

func madeJustNow(err error) bool {
	return errors.Is(err, shop.Closed.New()) || // want `errors.Is never finds an error that was just made; its target is the code`
		errors.Is(err, shop.OutOfStock.Wrap(nil, shop.Item.Arg("a"), shop.Left.Arg(1))) // want `never finds`
}

func madeOfLocals(err error) bool {
	name := "socks"
	if errors.Is(err, shop.OutOfStock.New(shop.Item.Arg(name), shop.Left.Arg(1))) { // want `never finds`
		return true
	}
	left := 1
	return err == shop.OutOfStock.New(shop.Item.Arg("socks"), shop.Left.Arg(left)) // want `== between`
}

func equal(err error) bool {
	if err != shop.Closed { // want `!= between an error and a code does not see the error's code; use errors.Is`
		return false
	}
	return shop.Closed == err || // want `== between an error and a code`
		err == shop.Closed.New() // want `== between an error and a code`
}

func choose(err error) int {
	switch err { // want `a switch on an error does not see the error's code; use errors.Is in its cases`
	case nil:
		return 0
	case shop.Closed, io.EOF:
		return 1
	case shop.OutOfStock:
		return 2
	}
	switch err := run(); err { // want `a switch on an error`
	case shop.Closed:
		return 3
	}
	switch run() { // want `a switch on an error`
	case shop.Closed:
		return 4
	}
	return 5
}

func byText(err error, made *catalog.Error) bool {
	switch err.Error() { // want `the text of an error may change, and does not say its code; use errors.Is`
	case "OUT_OF_STOCK":
		return true
	}
	return err.Error() == "Out of stock" || // want `the text of an error`
		"CLOSED (1202): Closed" != err.Error() || // want `the text of an error`
		strings.Contains(err.Error(), "OUT_OF_STOCK") || // want `the text of an error`
		strings.HasPrefix(err.Error(), shop.Closed.Name()) || // want `the text of an error`
		!strings.Contains(err.Error(), shop.Closed.Error()) || // want `the text of an error`
		made.Error() == "anything" // want `the text of an error`
}

type box struct{ code *catalog.Code }

func (b box) Error() string { return b.code.Error() }

// Is compares, as a method Is does.
func (b box) Is(target error) bool { return target == b.code || target == shop.Closed }

func right(err error, code *catalog.Code) bool {
	switch err {
	case nil, io.EOF:
		return true
	}
	switch code {
	case shop.Closed:
		return true
	}
	return errors.Is(err, shop.Closed) || errors.Is(shop.Closed, io.EOF) || errors.Is(code, err) ||
		code == shop.Closed || catalog.CodeOf(err) == shop.Closed || code == nil || err == nil ||
		err == io.EOF || strings.Contains(err.Error(), "UNIQUE constraint failed") ||
		err.Error() == "closed" || code.Name() == "CLOSED"
}

func run() error { return nil }
