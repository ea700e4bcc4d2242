// Package status has what the tests need of google.golang.org/grpc/status.
package status

import (
	"errors"
	"fmt"

	"google.golang.org/grpc/codes"
)

func Error(c codes.Code, msg string) error { return errors.New(msg) }

func Errorf(c codes.Code, format string, a ...any) error { return fmt.Errorf(format, a...) }
