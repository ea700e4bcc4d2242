package codes_test

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// The ID is for the reader alone, so that it does not show in what is written for developers.
func ExampleObjectNotFound() {
	err := codes.ObjectNotFound.Wrap(fs.ErrNotExist,
		codes.ObjectType.Arg(codes.KindPage),
		codes.ObjectID.Arg("price-list"),
	)
	fmt.Println(err)
	fmt.Println(errors.Is(err, codes.ObjectNotFound), errors.Is(err, fs.ErrNotExist),
		err.Code().HTTPStatus())
	// Output:
	// OBJECT_NOT_FOUND (101): We couldn’t find the page “{ObjectID}”: file does not exist
	// true true 404
}

// The wait is part of the help, and also what a response has as its Retry-After.
func ExampleRequestLimitExceeded() {
	err := codes.RequestLimitExceeded.New(
		codes.RetryAfter.Arg(2*time.Minute),
		codes.RequestLimit.Arg(100),
		codes.Window.Arg(time.Hour),
	)
	wait, ok := err.RetryAfter()
	fmt.Println(wait, ok, err.Code().Retry())
	// Output: 2m0s true after
}

func ExampleValidationError() {
	err := codes.ValidationError.New(codes.Count.Arg(2)).With(
		catalog.Violation{Path: "/email", Err: codes.EmailMissing},
		catalog.Violation{Path: "/name", Err: codes.UsernameTaken.New(codes.Username.Arg("kim"))},
	)
	fmt.Println(err)
	for _, v := range err.Violations() {
		fmt.Println(v.Path, catalog.CodeOf(v.Err).Name())
	}
	// Output:
	// VALIDATION_ERROR (142): 2 details need to be corrected
	// /email EMAIL_MISSING
	// /name USERNAME_TAKEN
}
