package deprecated

import (
	"errors"

	"example.com/vetted/shop"
)

func old(kind int) error {
	switch kind {
	case 1:
		return shop.Shut // want `code SHUT is deprecated: has another name`
	case 2:
		return shop.Shut.New() // want `code SHUT is deprecated`
	case 3:
		return shop.Fail(nil, shop.Shut) // want `code SHUT is deprecated`
	}
	return shop.SoldOut.New(shop.Item.Arg("socks")) // want `code SOLD_OUT is deprecated: says less than OUT_OF_STOCK`
}

func sent(err error) bool { return errors.Is(err, shop.Shut) }
