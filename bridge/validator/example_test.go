package validator_test

import (
	"fmt"
	"log"

	"github.com/go-playground/validator/v10"

	bridge "github.com/errlingo/errlingo/bridge/validator"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/locales"
)

// Signup is what somebody sends to sign up.
type Signup struct {
	Email    string   `json:"email" validate:"required,email"`
	Password string   `json:"password" validate:"min=12"`
	Repeated string   `json:"repeated" validate:"eqfield=Password"`
	Topics   []string `json:"topics" validate:"max=3,dive,oneof=news offers"`
}

var validate = validator.New(validator.WithRequiredStructEnabled())

// signup has the labels of a form. They are usually those of the program's own domain.
var signup = bridge.Bridge{Labels: map[string]*catalog.Label{
	"/email":    codes.FieldEmail,
	"/password": codes.FieldPassword,
}}

func register(in Signup) error {
	return signup.Convert(validate.Struct(in), in)
}

func Example() {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{
			{Domain: codes.Domain, FS: locales.FS},
			{Domain: rules.Domain, FS: rules.Locales},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	failed := register(Signup{Password: "hunter2", Topics: []string{"news", "gossip"}})
	for _, language := range []string{"en", "de"} {
		for _, v := range bundle.Localizer(language).Localize(failed).Violations {
			fmt.Println(v.Path, v.Detail)
		}
	}
	// Output:
	// /email Fill in “email address”.
	// /password Enter at least 12 characters.
	// /repeated Enter the same as in “password”.
	// /topics/1 Choose one of these: news or offers.
	// /email Füllen Sie das Feld „E-Mail-Adresse“ aus.
	// /password Geben Sie mindestens 12 Zeichen ein.
	// /repeated Geben Sie dasselbe ein wie unter „Passwort“.
	// /topics/1 Wählen Sie eine dieser Möglichkeiten: news oder offers.
}
