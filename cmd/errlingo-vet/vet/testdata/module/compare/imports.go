package compare

import "example.com/vetted/shop"

func alone(err error) bool {
	return err == shop.Closed // want `== between`
}

func hidden(err error) bool {
	errors := 1
	return err == shop.Closed && errors > 0 // want `== between`
}
