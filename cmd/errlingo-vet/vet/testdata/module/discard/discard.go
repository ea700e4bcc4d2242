package discard

import (
	"fmt"

	"example.com/vetted/shop"
)

func last(n int) error {
	if n > 3 {
		shop.Closed.New() // want `the error is not used; return it`
	}
	shop.Closed.Wrap(nil)    // want `the error is not used`
	shop.Closed.New().With() // want `the error is not used`
	return nil
}

func nothing() {
	shop.Closed.New() // want `the error is not used`
}

func used() error {
	err := shop.Closed.New()
	_ = shop.Closed.New()
	fmt.Println(shop.Closed.New())
	return err
}
