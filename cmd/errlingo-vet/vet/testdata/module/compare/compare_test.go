package compare

import "example.com/vetted/shop"

func inTest(err error) bool {
	return err == shop.Closed || // want `== between`
		err.Error() == "CLOSED (1202): Closed"
}
