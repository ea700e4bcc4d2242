package validator

import (
	"cmp"
	"encoding"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	playground "github.com/go-playground/validator/v10"
)

// place is where a field is: the last step of its path, and the struct that it belongs to.
type place struct {
	last   *step
	parent reflect.Value // the innermost struct around the field, or invalid
	around *step         // the last step of the path to that struct
}

// step is a step of a path: the name of a field, or an element of a list or map.
type step struct {
	before  *step
	name    string
	element bool
}

// then returns a place one step further.
func (p place) then(name string, element bool) place {
	p.last = &step{p.last, name, element}
	return p
}

// pointer returns the path as a JSON Pointer (RFC 6901).
func (p place) pointer() string {
	return p.join(func(s *step) string { return s.name })
}

// pattern returns the path as it is in [Bridge.Labels].
func (p place) pattern() string {
	return p.join(func(s *step) string {
		if s.element {
			return "*"
		}
		return s.name
	})
}

var escaper = strings.NewReplacer("~", "~0", "/", "~1")

func (p place) join(word func(*step) string) string {
	var words []string
	for s := p.last; s != nil; s = s.before {
		words = append(words, escaper.Replace(word(s)), "/")
	}
	slices.Reverse(words)
	return strings.Join(words, "")
}

// resolver finds the fields that a validator's namespaces name in the value that was validated.
type resolver struct {
	name func(reflect.StructField) string
	top  reflect.Value
	maps map[unsafe.Pointer]*keys
}

// keys are the keys of a map, by what namespaces have between the brackets.
type keys struct {
	byText  map[string]reflect.Value
	lengths []int // of these texts, without duplicates
}

// field returns the place of a field that failed. The namespace is split by its dots and brackets
// alone if the value doesn't have such a field.
func (r *resolver) field(f playground.FieldError) place {
	if v := inside(r.top); v.IsValid() {
		path := f.StructNamespace()
		if v.Kind() == reflect.Struct {
			path = strings.TrimPrefix(path, v.Type().Name()+".")
		}
		if at, ok := r.find(v, path, place{}); ok {
			return at
		}
	}
	return split(f.Namespace())
}

// relative returns the place of the field that another one is compared with. Its path begins in the
// struct that both belong to, also for tags such as eqcsfield.
func (r *resolver) relative(at place, path string) (place, bool) {
	return r.find(at.parent, path, place{last: at.around})
}

// find returns the place that the rest of a path leads to.
func (r *resolver) find(v reflect.Value, path string, at place) (place, bool) {
	path = strings.TrimPrefix(path, ".")
	v = inside(v)
	switch {
	case path == "":
		return at, true
	case !v.IsValid():
		return at, false
	case v.Kind() == reflect.Struct:
		return r.inStruct(v, path, at)
	case path[0] != '[':
		return at, false
	case v.Kind() == reflect.Map:
		return r.inMap(v, path, at)
	case v.Kind() == reflect.Slice || v.Kind() == reflect.Array:
		index, rest, _ := strings.Cut(path[1:], "]")
		if i, err := strconv.Atoi(index); err == nil && 0 <= i && i < v.Len() {
			return r.find(v.Index(i), rest, at.then(index, true))
		}
	}
	return at, false
}

func (r *resolver) inStruct(v reflect.Value, path string, at place) (place, bool) {
	end := strings.IndexAny(path, ".[")
	if end < 0 {
		end = len(path)
	}
	field, ok := v.Type().FieldByName(path[:end])
	if !ok {
		return at, false
	}
	at.parent, at.around = v, at.last
	for _, i := range field.Index { // several if the field is promoted from an embedded struct
		if v = inside(v); v.Kind() != reflect.Struct {
			return at, false
		}
		if f := v.Type().Field(i); !r.promotes(f) {
			at = at.then(cmp.Or(r.name(f), f.Name), false)
		}
		v = v.Field(i)
	}
	return r.find(v, path[end:], at)
}

// promotes reports whether a field's own fields belong to the object around it in JSON.
func (r *resolver) promotes(f reflect.StructField) bool {
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return f.Anonymous && t.Kind() == reflect.Struct && r.name(f) == ""
}

// inMap tries each key that the path may begin with, since a key may contain brackets itself. Of
// two entries with the same path it takes any.
func (r *resolver) inMap(v reflect.Value, path string, at place) (place, bool) {
	k := r.keysOf(v)
	for _, n := range k.lengths {
		if 1+n >= len(path) || path[1+n] != ']' {
			continue
		}
		if key, ok := k.byText[path[1:1+n]]; ok {
			next := at.then(jsonKey(key), true)
			if found, ok := r.find(v.MapIndex(key), path[2+n:], next); ok {
				return found, true
			}
		}
	}
	return at, false
}

// keysOf returns the keys of a map, which are read once for all fields.
func (r *resolver) keysOf(v reflect.Value) *keys {
	if k := r.maps[v.UnsafePointer()]; k != nil {
		return k
	}
	k := &keys{byText: make(map[string]reflect.Value, v.Len())}
	lengths := map[int]bool{}
	for _, key := range v.MapKeys() {
		text := fmt.Sprint(key)
		k.byText[text] = key
		lengths[len(text)] = true
	}
	k.lengths = slices.Sorted(maps.Keys(lengths))
	if r.maps == nil {
		r.maps = map[unsafe.Pointer]*keys{}
	}
	r.maps[v.UnsafePointer()] = k
	return k
}

// jsonKey returns a key of a map as package encoding/json writes it.
func jsonKey(key reflect.Value) string {
	if key.Kind() == reflect.String {
		return key.String()
	}
	if key.CanInterface() && inside(key).IsValid() {
		if m, ok := key.Interface().(encoding.TextMarshaler); ok {
			if text, err := m.MarshalText(); err == nil {
				return string(text)
			}
		}
	}
	switch {
	case key.CanInt():
		return strconv.FormatInt(key.Int(), 10)
	case key.CanUint():
		return strconv.FormatUint(key.Uint(), 10)
	}
	return fmt.Sprint(key)
}

// maxWrapped is how many pointers, interfaces and Valuers may be around a value.
const maxWrapped = 32

// inside returns the value that pointers, interfaces and [playground.Valuer] lead to, as the
// validator sees it. It is invalid if one of them is nil.
func inside(v reflect.Value) reflect.Value {
	for range maxWrapped {
		wrapper := v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface
		if !v.IsValid() || wrapper && v.IsNil() {
			return reflect.Value{}
		}
		if v.CanInterface() {
			if valuer, ok := v.Interface().(playground.Valuer); ok {
				v = reflect.ValueOf(valuer.ValidatorValue())
				continue
			}
		}
		if !wrapper {
			return v
		}
		v = v.Elem()
	}
	return reflect.Value{}
}

// split returns the place that a namespace names, as far as its dots and brackets show.
func split(namespace string) (at place) {
	rest := namespace
	if i := strings.IndexAny(rest, ".["); i >= 0 && rest[i] == '.' {
		rest = rest[i+1:] // after the name of the struct's type
	}
	for rest != "" {
		if end := closing(rest); end > 0 {
			at = at.then(rest[1:end], true)
			rest = rest[end+1:]
		} else {
			end := 1 + strings.IndexAny(rest[1:], ".[")
			if end == 0 || rest[0] == '[' { // or nothing closes the bracket
				end = len(rest)
			}
			at = at.then(rest[:end], false)
			rest = rest[end:]
		}
		rest = strings.TrimPrefix(rest, ".")
	}
	return at
}

// closing returns the index of the bracket that ends the key at the start of a path, the first one
// before another step or the end, or 0 if the path doesn't start with a key.
func closing(path string) int {
	if path[0] != '[' {
		return 0
	}
	for i := 1; i < len(path); i++ {
		if path[i] == ']' && (i+1 == len(path) || path[i+1] == '.' || path[i+1] == '[') {
			return i
		}
	}
	return 0
}

// name returns the name of a field in a request, or "" for the name of the Go field.
func (b *Bridge) name(f reflect.StructField) string {
	if b.Name != nil {
		return b.Name(f)
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}
