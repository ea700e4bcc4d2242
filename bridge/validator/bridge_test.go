package validator_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	playground "github.com/go-playground/validator/v10"

	bridge "github.com/errlingo/errlingo/bridge/validator"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
)

func TestOtherErrors(t *testing.T) {
	v := playground.New()
	b := new(bridge.Bridge)
	if err := b.Convert(nil, nil); err != nil {
		t.Errorf("no error becomes %v", err)
	}
	if err := b.Convert(io.EOF, nil); err != io.EOF {
		t.Errorf("another error becomes %v", err)
	}
	for _, value := range []any{nil, 1, (*checked)(nil)} {
		err := b.Convert(v.Struct(value), value)
		if _, wrapped := errors.AsType[*playground.InvalidValidationError](err); !wrapped ||
			!errors.Is(err, codes.InternalServerError) {
			t.Errorf("a mistake in the program becomes %v", err)
		}
	}
	err := b.Convert(fmt.Errorf("sign up: %w", v.Struct(struct {
		A string `validate:"required"`
	}{})), nil)
	if !errors.Is(err, codes.ValidationError) {
		t.Errorf("a wrapped error becomes %v", err)
	}
}

type base struct {
	ID string `json:"id" validate:"required"`
}

type Named struct {
	Code string `validate:"required"`
}

type text string

type marshaled struct{ a, b int }

func (m marshaled) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d/%d", m.a, m.b), nil }

type optional struct{ inside any }

func (o optional) ValidatorValue() any { return o.inside }

type page[T any] struct {
	Items []T `json:"items" validate:"dive"`
}

func TestPaths(t *testing.T) {
	type line struct {
		Count int `json:"count,omitempty" validate:"min=1"`
	}
	tests := []struct {
		name  string
		value any
		want  string
	}{
		{"JSON name", struct {
			A string `json:"first_name" validate:"required"`
		}{}, "/first_name"},
		{"no tag", struct {
			A string `validate:"required"`
		}{}, "/A"},
		{"tag with options only", struct {
			A string `json:",omitempty" validate:"required"`
		}{}, "/A"},
		{"not in JSON", struct {
			A string `json:"-" validate:"required"`
		}{}, "/A"},
		{"odd name", struct {
			A string `json:"a/b~c.d[0]" validate:"required"`
		}{}, "/a~1b~0c.d[0]"},
		{"pointer", &struct {
			A *line `json:"a"`
		}{&line{}}, "/a/count"},
		{"slice", struct {
			A []line `json:"a" validate:"dive"`
		}{[]line{{1}, {0}}}, "/a/1/count"},
		{"array of slices", struct {
			A [1][]string `json:"a" validate:"dive,dive,email"`
		}{[1][]string{{"z@example.com", "z"}}}, "/a/0/1"},
		{"slice of pointers", struct {
			A []*line `json:"a" validate:"dive"`
		}{[]*line{{0}}}, "/a/0/count"},
		{"the top is a slice", []string{"z"}, "/0"},
		{"map", struct {
			A map[string]line `json:"a" validate:"dive"`
		}{map[string]line{"k": {}}}, "/a/k/count"},
		{"map with odd keys", struct {
			A map[string]line `json:"a" validate:"dive"`
		}{map[string]line{"x].a[0].count/~": {}}}, "/a/x].a[0].count~1~0/count"},
		{"map with an empty key", struct {
			A map[string]line `json:"a" validate:"dive"`
		}{map[string]line{"": {}}}, "/a//count"},
		{"key that begins like another one", struct {
			A map[string]map[string]line `json:"a" validate:"dive,dive"`
		}{map[string]map[string]line{"x": nil, "x][y": {"z": {}}}}, "/a/x][y/z/count"},
		{"map of maps", struct {
			A map[string]map[int]line `json:"a" validate:"dive,dive"`
		}{map[string]map[int]line{"a.b": {-7: {}}}}, "/a/a.b/-7/count"},
		{"map with keys of a string type", struct {
			A map[text]line `json:"a" validate:"dive"`
		}{map[text]line{"k": {}}}, "/a/k/count"},
		{"map with unsigned keys", struct {
			A map[uint8]line `json:"a" validate:"dive"`
		}{map[uint8]line{7: {}}}, "/a/7/count"},
		{"map with numbers that have names", struct {
			A map[time.Weekday]line `json:"a" validate:"dive"`
		}{map[time.Weekday]line{time.Monday: {}}}, "/a/1/count"},
		{"map with keys that write themselves", struct {
			A map[marshaled]line `json:"a" validate:"dive"`
		}{map[marshaled]line{{1, 2}: {}}}, "/a/1~12/count"},
		{"map with keys that JSON has no form for", struct {
			A map[bool]line `json:"a" validate:"dive"`
		}{map[bool]line{true: {}}}, "/a/true/count"},
		{"map with a nil key", struct {
			A map[*marshaled]line `json:"a" validate:"dive"`
		}{map[*marshaled]line{nil: {}}}, "/a/<nil>/count"},
		{"map with keys of any type", struct {
			A map[any]line `json:"a" validate:"dive"`
		}{map[any]line{7: {}}}, "/a/7/count"},
		{"the key of a map", struct {
			A map[string]int `json:"a" validate:"dive,keys,max=2,endkeys"`
		}{map[string]int{"long": 1}}, "/a/long"},
		{"embedded", struct{ base }{}, "/id"},
		{"embedded pointer", struct{ *Named }{&Named{}}, "/Code"},
		{"embedded with a name", struct {
			base `json:"base"`
		}{}, "/base/id"},
		{"interface", struct {
			A any `json:"a"`
		}{line{}}, "/a/count"},
		{"Valuer", struct {
			A optional `json:"a" validate:"email"`
		}{optional{"z"}}, "/a"},
		{"Valuer around a struct", struct {
			A optional `json:"a"`
		}{optional{&line{}}}, "/a/count"},
		{"generic", page[line]{[]line{{}}}, "/items/0/count"},
		{"one variable", "z", ""},
	}
	v := playground.New(playground.WithRequiredStructEnabled(), playground.WithPrivateFieldValidation())
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var err error
			switch reflect.Indirect(reflect.ValueOf(test.value)).Kind() {
			case reflect.Struct:
				err = v.Struct(test.value)
			case reflect.Slice:
				err = v.Var(test.value, "dive,email")
			default:
				err = v.Var(test.value, "email")
			}
			if got := paths(new(bridge.Bridge).Convert(err, test.value)); len(got) != 1 || got[0] != test.want {
				t.Errorf("the paths are %q, want %q", got, test.want)
			}
		})
	}
}

func paths(err error) (all []string) {
	e, _ := errors.AsType[*catalog.Error](err)
	for _, v := range e.Violations() {
		all = append(all, v.Path)
	}
	return all
}

// TestPathsWithoutTheValue checks the paths that are made of namespaces alone, also if the value is
// another one.
func TestPathsWithoutTheValue(t *testing.T) {
	type line struct {
		Count int `json:"count" validate:"min=1"`
	}
	type order struct {
		Lines map[string][]line `json:"lines" validate:"dive,dive"`
	}
	v := playground.New()
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("json") })
	named := order{map[string][]line{"a.b": {{}}}}
	nameless := struct {
		Lines map[string][]line `json:"lines" validate:"dive,dive"`
	}(named)
	for _, err := range []error{v.Struct(named), v.Struct(nameless)} {
		for _, value := range []any{nil, 1, checked{}, &err, []int{1}, map[string]int{"lines": 1}} {
			if got := paths(new(bridge.Bridge).Convert(err, value)); len(got) != 1 || got[0] != "/lines/a.b/0/count" {
				t.Errorf("with %T, the paths are %q", value, got)
			}
		}
	}
	if got := paths(new(bridge.Bridge).Convert(v.VarWithKey("email", "z", "email"), "z")); got[0] != "/email" {
		t.Errorf("the path of a variable with a key is %q", got)
	}
}

// labels are the names of fields in the tests.
var labels = catalog.NewDomain("labels")

var (
	emailLabel = labels.Label("email", "Email")
	phoneLabel = labels.Label("phone", "Phone")
	sizeLabel  = labels.Label("size", "Size")
)

func TestLabels(t *testing.T) {
	type item struct {
		Size string `json:"size" validate:"required"`
	}
	tests := []struct {
		name  string
		value any
		want  string
	}{
		{"its own", struct {
			A string `json:"email" validate:"required"`
		}{}, "Fill in “Email”."},
		{"by the function", struct {
			A string `json:"f" validate:"required"`
		}{}, "Fill in “Phone”."},
		{"of elements", struct {
			A map[string][]item `json:"items" validate:"dive,dive"`
		}{map[string][]item{"x": {{}}}}, "Fill in “Size”."},
		{"required_with", struct {
			A string `json:"a" validate:"required_with=B"`
			B string `json:"phone"`
		}{"", "1"}, "Fill in this field too, since “Phone” is filled in."},
		{"required_without", struct {
			A string `json:"email" validate:"required_without=B"`
			B string `json:"phone"`
		}{}, "Fill in this field or “Phone”."},
		{"required_without several", struct {
			A string `json:"email" validate:"required_without=B C"`
			B string `json:"phone"`
			C string
		}{}, "Fill in “Email”."},
		{"required_without_all", struct {
			A bool   `json:"email" validate:"required_without_all=B"`
			B string `json:"phone"`
		}{}, "Check this box."},
		{"required_if", struct {
			A string `json:"email" validate:"required_if=B 'by phone'"`
			B string `json:"phone"`
		}{"", "by phone"}, "Fill in this field. It’s needed for what you chose under “Phone”."},
		{"excluded_with", struct {
			A string `json:"email" validate:"excluded_with=B"`
			B string `json:"phone"`
		}{"1", "1"}, "Fill in this field or “Phone”, but not both."},
		{"eqfield", struct {
			A string `json:"a" validate:"eqfield=B"`
			B string `json:"email"`
		}{"1", "2"}, "Enter the same as in “Email”."},
		{"nefield", struct {
			A string `json:"a" validate:"nefield=B"`
			B string `json:"email"`
		}{"1", "1"}, "Enter something different from “Email”."},
		{"gtfield", struct {
			A int `json:"a" validate:"gtfield=B"`
			B int `json:"size"`
		}{}, "Enter a higher value than under “Size”."},
		{"gtefield", struct {
			A time.Duration `json:"a" validate:"gtefield=B"`
			B time.Duration `json:"size"`
		}{0, 1}, "Enter the same value as under “Size” or a higher one."},
		{"ltfield of a time", struct {
			A time.Time `json:"a" validate:"ltfield=B"`
			B time.Time `json:"size"`
		}{}, "Choose an earlier date than under “Size”."},
		{"ltefield of a time", struct {
			A time.Time `json:"a" validate:"ltefield=B"`
			B time.Time `json:"size"`
		}{A: tomorrow}, "Choose the same date as under “Size” or an earlier one."},
		{"fieldexcludes", struct {
			A string `json:"a" validate:"fieldexcludes=B"`
			B string `json:"email"`
		}{"kim1", "kim"}, "Leave out what you entered in “Email”."},
		{"a field inside another", struct {
			A string             `json:"a" validate:"eqcsfield=B.C"`
			B struct{ C string } `json:"b"`
		}{A: "1"}, "Enter the same as in “Size”."},
		{"a promoted field", struct {
			A string `json:"a" validate:"eqfield=ID"`
			base
		}{"1", base{"2"}}, "Enter the same as in “Phone”."},
		{"inside an element", struct {
			L []struct {
				A string `json:"a" validate:"eqfield=B"`
				B string `json:"b"`
			} `json:"items" validate:"dive"`
		}{[]struct {
			A string `json:"a" validate:"eqfield=B"`
			B string `json:"b"`
		}{{"1", "2"}}}, "Enter the same as in “Size”."},
	}
	b := &bridge.Bridge{
		Labels: map[string]*catalog.Label{
			"/email": emailLabel, "/phone": phoneLabel, "/size": sizeLabel, "/b/C": sizeLabel,
			"/items/*/*/size": sizeLabel, "/items/*/b": sizeLabel,
		},
		Label: func(path string) *catalog.Label {
			if path == "/f" || path == "/id" {
				return phoneLabel
			}
			return nil
		},
	}
	v := playground.New(playground.WithPrivateFieldValidation())
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := load(t, nil).Localizer("en").Localize(b.Convert(v.Struct(test.value), test.value))
			if got := m.Violations[0].Detail.Value; got != test.want {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

// TestFieldIsGiven checks that a program finds the label also if the sentence doesn't show it.
func TestFieldIsGiven(t *testing.T) {
	in := struct {
		A string `json:"email" validate:"email"`
	}{"z"}
	b := &bridge.Bridge{Labels: map[string]*catalog.Label{"/email": emailLabel}}
	failed := b.Convert(playground.New().Struct(in), in).(*catalog.Error).Violations()[0].Err
	if label, ok := rules.Field.From(failed); !ok || label != emailLabel {
		t.Errorf("the label is %v, want %v", label, emailLabel)
	}
}

// own has the codes of a program.
var own = catalog.NewDomain("own")

var (
	notSKU = own.Define(1, "NOT_SKU", catalog.Spec{
		Title: "Not an item", Detail: "Enter a number from our catalog, of the form {{.Text}}.",
		Params: catalog.Params{rules.Text},
	})
	tooYoung = own.Define(2, "TOO_YOUNG", catalog.Spec{
		Title: "Too young", Detail: "You can sign up from the age of {{.Min}}.",
		Params: catalog.Params{rules.Min},
	})
	notContact = own.Define(3, "NOT_CONTACT", catalog.Spec{
		Title: "Not a contact", Detail: "Enter an email address or phone number for {{.Field}}.",
		Params: catalog.Params{rules.Field},
	})
)

func TestCustomTags(t *testing.T) {
	v := playground.New()
	if err := v.RegisterValidation("sku", func(playground.FieldLevel) bool { return false }); err != nil {
		t.Fatal(err)
	}
	v.RegisterAlias("username", "alphanum,max=5")
	v.RegisterAlias("contact", "email|e164")
	v.RegisterAlias("adult", "min=18")
	b := &bridge.Bridge{
		Labels: map[string]*catalog.Label{"/value": emailLabel},
		Codes: map[string]*catalog.Code{
			"sku=1": nil, "min": tooYoung, "contact": notContact, "email|sku": notContact,
		},
	}
	withSKU := &bridge.Bridge{Codes: map[string]*catalog.Code{"sku": notSKU}}
	tests := []struct {
		name string
		b    *bridge.Bridge
		tagCase
	}{
		{"unknown tag", b, tagCase{tag: "sku", value: "z", code: rules.Invalid}},
		{"known tag", withSKU, tagCase{tag: "sku=A-1", value: "z", code: notSKU, said: "Enter a number from our catalog, of the form A-1."}},
		{"built-in tag", b, tagCase{tag: "min=16", value: 9, code: tooYoung, said: "You can sign up from the age of 16."}},
		{"alias", b, tagCase{tag: "contact", value: "z", code: notContact, said: "Enter an email address or phone number for Email."}},
		{"alternatives", b, tagCase{tag: "email|sku", value: "z", code: notContact}},
		{"unknown alternative", b, tagCase{tag: "email|sku=2", value: "z", code: rules.Invalid}},
		{"alias of a tag with a code", b, tagCase{tag: "adult", value: 9, code: tooYoung, said: "You can sign up from the age of 18."}},
		{"alias of built-in tags", b, tagCase{tag: "username", value: "zzzzzz", code: rules.TooLong, said: "Enter no more than 5 characters."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value, err := test.fail(t, v)
			m := load(t, nil).Localizer("en").Localize(test.b.Convert(err, value)).Violations[0]
			if m.Code() != test.code || test.said != "" && m.Detail.Value != test.said {
				t.Errorf("it is %s, %q; want %s, %q", m.Code().Name(), m.Detail.Value, test.code.Name(), test.said)
			}
			if len(m.Err.UnknownArgs()) > 0 {
				t.Errorf("arguments without a param: %q", m.Err.UnknownArgs())
			}
		})
	}
}

// TestValuesStayPrivate checks that what was entered gets into no text, no log and no argument.
func TestValuesStayPrivate(t *testing.T) {
	const secret = "hunter2\u202e"
	v := newValidate(t)
	bundle := load(t, nil)
	for _, c := range cases {
		if _, isText := c.value.(string); !isText || c.value == "" {
			continue
		}
		s := secret
		if c.other != nil {
			continue // which depends on the value
		}
		c.value = s
		value := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "Value", Type: reflect.TypeFor[string](),
			Tag: reflect.StructTag(`validate:"` + c.tag + `"`)}})).Elem()
		value.Field(0).SetString(s)
		failed := new(bridge.Bridge).Convert(v.Struct(value.Interface()), value.Interface())
		if failed == nil {
			continue
		}
		m := bundle.Localizer("de").Localize(failed)
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Error("failed", "err", failed)
		for _, out := range []string{m.Violations[0].Title.Value, m.Violations[0].Detail.Value, failed.Error(),
			fmt.Sprintf("%+v %#v", failed, failed), log.String()} {
			if strings.Contains(out, "hunter") {
				t.Errorf("%s: the value is in %q", c.tag, out)
			}
		}
		for p, arg := range m.Violations[0].Err.Args() {
			if strings.Contains(arg.String(), "hunter") {
				t.Errorf("%s: the value is in the argument %s", c.tag, p.Name())
			}
		}
	}
}

// TestManyAndHuge checks that many faults, deep values and large ones take little time, and that
// params which the validator would not accept change nothing.
func TestManyAndHuge(t *testing.T) {
	v := playground.New()
	english := load(t, nil).Localizer("en")
	began := time.Now()

	many := struct {
		A map[string]string `json:"a" validate:"dive,email"`
	}{map[string]string{}}
	for i := range 10_000 {
		many.A[fmt.Sprintf("%d%s", i, strings.Repeat("]", i%50))] = "z"
	}
	failed := new(bridge.Bridge).Convert(v.Struct(many), many)
	seen := map[string]bool{}
	for _, path := range paths(failed) {
		seen[path] = true
	}
	if len(seen) != 10_000 || !seen["/a/7]]]]]]]"] {
		t.Errorf("there are %d paths", len(seen))
	}
	if got := english.Detail(failed); got != "10,000 details need to be corrected." {
		t.Errorf("it says %q", got)
	}

	for name, key := range map[string]string{
		"long": strings.Repeat("k", 1<<20), "brackets": strings.Repeat("][.", 1<<18), "bytes": "\xff\x00\n",
	} {
		huge := struct {
			A map[string]string `json:"a" validate:"dive,max=3"`
		}{map[string]string{key: strings.Repeat("z", 1<<20)}}
		err := v.Struct(huge)
		if got := paths(new(bridge.Bridge).Convert(err, huge)); len(got) != 1 || got[0] != "/a/"+key {
			t.Errorf("%s: the path has %d bytes", name, len(got[0]))
		}
		new(bridge.Bridge).Convert(err, nil)
	}

	type tree struct {
		Down *tree  `json:"down"`
		Name string `json:"name" validate:"required"`
	}
	deep := &tree{}
	for range 5_000 {
		deep = &tree{Down: deep, Name: "n"}
	}
	if got := paths(new(bridge.Bridge).Convert(v.Struct(deep), deep)); len(got) != 1 ||
		got[0] != strings.Repeat("/down", 5_000)+"/name" {
		t.Errorf("a deep path is wrong")
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

// fake is an error for a field that the validator itself would not make.
type fake struct {
	playground.FieldError
	tag, param string
	typ        reflect.Type
}

func (f fake) Tag() string             { return f.tag }
func (f fake) ActualTag() string       { return f.tag }
func (f fake) Param() string           { return f.param }
func (f fake) Namespace() string       { return "T.F" }
func (f fake) StructNamespace() string { return "T.F" }
func (f fake) Type() reflect.Type      { return f.typ }
func (f fake) Error() string           { return "failed" }
func (f fake) Kind() reflect.Kind {
	if f.typ == nil {
		return reflect.Invalid
	}
	return f.typ.Kind()
}

// TestOddParams gives every tag odd params for fields of every kind: there is always a sentence.
func TestOddParams(t *testing.T) {
	params := []string{"", " ", "0", "-1", "0x", "1_0", "9223372036854775807", "-9223372036854775808",
		"18446744073709551616", "1e400", "NaN", "-Inf", "'", "a 'b", "|", "=", "F", "\xff", "1e308", strings.Repeat("9", 1000)}
	types := []reflect.Type{nil, reflect.TypeFor[string](), reflect.TypeFor[*string](), reflect.TypeFor[int8](),
		reflect.TypeFor[uint64](), reflect.TypeFor[float32](), reflect.TypeFor[*float64](), reflect.TypeFor[bool](),
		reflect.TypeFor[[]int](), reflect.TypeFor[map[int]int](), reflect.TypeFor[time.Time](), reflect.TypeFor[**time.Duration](),
		reflect.TypeFor[complex128](), reflect.TypeFor[func()](), reflect.TypeFor[struct{}](), reflect.TypeFor[error]()}
	german := load(t, func(e errlingo.Event) {
		if e.Kind != errlingo.SuspiciousValue {
			t.Errorf("event %v", e)
		}
	}).Localizer("de")
	for _, tag := range append(sourceTags(t), "email|", "|", "eq=|eq=", "") {
		for _, param := range params {
			for _, typ := range types {
				failed := new(bridge.Bridge).Convert(playground.ValidationErrors{fake{nil, tag, param, typ}}, nil)
				m := german.Localize(failed).Violations[0]
				if m.Detail.Value == "" || m.Detail.Locale.String() != "de" || len(m.Detail.Value) > 64<<10 {
					t.Fatalf("%s=%.20s of %v: %.200q in %v", tag, param, typ, m.Detail.Value, m.Detail.Locale)
				}
			}
		}
	}
}

// FuzzPaths checks that the path of an entry is found whatever its keys are, and that the pointer
// leads back to them.
func FuzzPaths(f *testing.F) {
	for _, seed := range [][2]string{{"a", "b"}, {"", ""}, {"]", "["}, {"a].B[b", "~1/"}, {"x][y", "z"}, {"\xff", "."}} {
		f.Add(seed[0], seed[1])
	}
	v := playground.New()
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	f.Fuzz(func(t *testing.T, outer, inner string) {
		in := struct {
			A map[string]map[string]string `json:"a" validate:"dive,dive,email"`
		}{map[string]map[string]string{outer: {inner: "z"}, inner: nil, outer + "]": {}}}
		in.A[outer] = map[string]string{inner: "z"}
		got := paths(new(bridge.Bridge).Convert(v.Struct(in), in))
		if len(got) != 1 {
			t.Fatalf("there are %d paths", len(got))
		}
		steps := strings.Split(got[0], "/")
		if len(steps) != 4 || steps[1] != "a" || unescape.Replace(steps[2]) != outer || unescape.Replace(steps[3]) != inner {
			t.Errorf("the path of %q, %q is %q", outer, inner, got[0])
		}
		new(bridge.Bridge).Convert(v.Struct(in), nil)
	})
}
