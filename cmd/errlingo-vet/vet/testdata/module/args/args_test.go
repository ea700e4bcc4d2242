package args

import "example.com/vetted/shop"

// A test may make an error without arguments.
var failed = shop.OutOfStock.New()
