package problem

import (
	"fmt"
	"reflect"
	"unicode/utf8"

	"github.com/errlingo/errlingo/catalog"
)

// words returns what an error says. An error whose method Error panics, or that of its cause, is told by what is left: its
// code, or its type.
func words(err error) (s string) {
	defer func() {
		if value := recover(); value != nil {
			s = remains(err, value)
		}
	}()
	if err == nil {
		return "nil error"
	}
	return err.Error()
}

func remains(err error, value any) string {
	if code := catalog.CodeOf(err); code != nil {
		return fmt.Sprintf("%v (cause panicked: %v)", code, value)
	}
	if v := reflect.ValueOf(err); v.Kind() == reflect.Pointer && v.IsNil() {
		return fmt.Sprintf("<nil %T>", err)
	}
	return fmt.Sprintf("%T (panicked: %v)", err, value)
}

// cut returns the string with no more bytes than the limit, of which three may mark the cut. No character is cut in two.
func cut(s string, limit int) string {
	const mark = "…"
	if len(s) <= limit {
		return s
	}
	end := limit - len(mark)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + mark
}
