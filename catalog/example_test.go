package catalog_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/errlingo/errlingo/catalog"
)

// Shop is the namespace of the codes of a shop. Declarations belong in package-level variables.
var (
	Shop = catalog.NewDomain("shop", catalog.Docs("https://shop.example/errors/"))

	Item  = catalog.String("Item", "Blue socks")
	Left  = catalog.Int("Left", 3)
	Email = catalog.String("Email", "kim@example.com")

	OutOfStock = Shop.Define(1201, "OUT_OF_STOCK", catalog.Spec{
		Title:  "Out of stock",
		Detail: "Only {{.Left}} pieces of {{.Item}} are left.",
		Plural: catalog.Plural{By: Left, One: "Only one piece of {{.Item}} is left."},
		Params: catalog.Params{Item, catalog.Public(Left)},
		HTTP:   409,
		Action: catalog.ActionFix,
	})
	NewsletterFailed = Shop.Define(1301, "NEWSLETTER_FAILED", catalog.Spec{
		Title:  "Newsletter not sent",
		Detail: "The newsletter could not be sent to {{.Email}}.",
		Params: catalog.Params{catalog.Sensitive(Email)},
		HTTP:   502,
	})
	// A stranger must not find out who has an account.
	AddressTaken = Shop.Define(1302, "ADDRESS_TAKEN", catalog.Spec{
		Title:   "Address taken",
		Params:  catalog.Params{catalog.Sensitive(Email)},
		HTTP:    409,
		ShownAs: AddressInvalid,
	})
	AddressInvalid = Shop.Define(1303, "ADDRESS_INVALID", catalog.Spec{
		Title:  "Address not accepted",
		Detail: "The address {{.Email}} can't be used.",
		Params: catalog.Params{catalog.Sensitive(Email)},
		HTTP:   422,
		Action: catalog.ActionFix,
	})
)

func ExampleNewDomain() {
	fmt.Println(Shop.Name(), Shop.SourceLocale(), Shop.Code("OUT_OF_STOCK").Number(),
		Shop.CodeNumbered(1301).Name())
	fmt.Println(OutOfStock.TypeURI())
	// Output:
	// shop en 1201 NEWSLETTER_FAILED
	// https://shop.example/errors/OUT_OF_STOCK
}

var (
	Laden = catalog.NewDomain("laden", catalog.SourceLocale("de"))

	Pieces = catalog.Int("Pieces", 1200)

	SoldOut = Laden.Define(1, "SOLD_OUT", catalog.Spec{
		Title: "Ausverkauft", Detail: "Alle {{.Pieces}} Stück sind verkauft.",
		Params: catalog.Params{Pieces},
	})
)

func ExampleSourceLocale() {
	fmt.Println(SoldOut.Example())
	// Output: SOLD_OUT (1): Alle 1.200 Stück sind verkauft
}

var (
	Bakery   = catalog.NewDomain("bakery", catalog.Docs("https://bakery.example/errors#"))
	OvenCold = Bakery.Define(7, "OVEN_COLD", catalog.Spec{
		Title:  "The oven is cold",
		Detail: "Bread can be baked once the oven is hot.",
		HTTP:   503,
	})
)

func ExampleDocs() {
	fmt.Println(OvenCold.TypeURI())
	// Output: https://bakery.example/errors#OVEN_COLD
}

func ExampleDomain_Define() {
	fmt.Println(OvenCold, OvenCold.HTTPStatus(), OvenCold.Action())
	// Output: OVEN_COLD (7): The oven is cold 503 contact
}

var (
	Forms = catalog.NewDomain("forms")

	EmailField = Forms.Label("email", "email address")
	PageField  = Forms.Label("page", "page")
	Field      = catalog.LabelParam("Field", EmailField)

	FieldMissing = Forms.Define(1, "FIELD_MISSING", catalog.Spec{
		Title: "Field left empty", Detail: "Fill in: {{.Field}}.", Params: catalog.Params{Field},
	})
)

func ExampleDomain_Label() {
	fmt.Println(FieldMissing.New(Field.Arg(EmailField)))
	// Output: FIELD_MISSING (1): Fill in: email address
}

func ExampleCode_New() {
	fmt.Println(OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(1)))
	fmt.Println(OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(3)))
	fmt.Println(OutOfStock.New(Left.Arg(3)))
	// Output:
	// OUT_OF_STOCK (1201): Only one piece of Blue socks is left
	// OUT_OF_STOCK (1201): Only 3 pieces of Blue socks are left
	// OUT_OF_STOCK (1201): Only 3 pieces of {Item} are left
}

func ExampleCode_Wrap() {
	err := fmt.Errorf("checkout: %w",
		OutOfStock.Wrap(io.ErrUnexpectedEOF, Item.Arg("Blue socks"), Left.Arg(0)))
	fmt.Println(err)
	fmt.Println(errors.Is(err, OutOfStock), errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// checkout: OUT_OF_STOCK (1201): Only 0 pieces of Blue socks are left: unexpected EOF
	// true true
}

func ExampleCode_Example() {
	fmt.Println(OutOfStock.Example())
	// Output: OUT_OF_STOCK (1201): Only 3 pieces of Blue socks are left
}

func ExampleError_Shown() {
	err := AddressTaken.New(Email.Arg("kim@example.com"))
	fmt.Println(err, errors.Is(err, AddressTaken))
	fmt.Println(err.Shown().Code().Name(), err.Shown().Code().HTTPStatus())
	// Output:
	// ADDRESS_TAKEN (1302): Address taken true
	// ADDRESS_INVALID 422
}

func ExampleError_With() {
	err := OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(2)).With(
		catalog.Violation{Path: "/items/0", Err: OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(2))},
		catalog.Violation{Path: "/items/1", Err: OutOfStock.New(Item.Arg("Red socks"), Left.Arg(1))},
	)
	for _, v := range err.Violations() {
		fmt.Println(v.Path, v.Err)
	}
	// Output:
	// /items/0 OUT_OF_STOCK (1201): Only 2 pieces of Blue socks are left
	// /items/1 OUT_OF_STOCK (1201): Only one piece of Red socks is left
}

func ExampleError_PublicArgs() {
	for name, value := range OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(3)).PublicArgs() {
		json, _ := value.MarshalJSON()
		fmt.Printf("%s = %s\n", name, json)
	}
	// Output: Left = 3
}

var (
	OrderID = catalog.Identifier("OrderID", 1187)
	Buyer   = catalog.String("Buyer", "Kim")

	OrderClosed = Shop.Define(1401, "ORDER_CLOSED", catalog.Spec{
		Title:  "Order closed",
		Detail: "{{.Buyer}} closed order {{.OrderID}}.",
		Params: catalog.Params{catalog.Public(OrderID), Buyer},
	})
)

func ExamplePublic() {
	for name, value := range OrderClosed.New(OrderID.Arg(1187), Buyer.Arg("Kim")).PublicArgs() {
		fmt.Println(name, value)
	}
	// Output: OrderID 1187
}

func ExampleSensitive() {
	fmt.Println(NewsletterFailed.New(Email.Arg("kim@example.com")))
	// Output: NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}
}

func ExampleHandle_Formerly() {
	// The param was called Product once, and some translations still say so.
	item := catalog.String("Item", "Blue socks").Formerly("Product")
	fmt.Println(item.Name(), item.FormerNames())
	// Output: Item [Product]
}

func ExampleHandle_From() {
	err := fmt.Errorf("checkout: %w", OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(3)))
	left, ok := Left.From(err)
	fmt.Println(left, ok)
	_, ok = Left.From(io.EOF)
	fmt.Println(ok)
	// Output:
	// 3 true
	// false
}

var (
	Methods = catalog.List(catalog.Or, catalog.String("Methods", "SMS"), "email")

	SecondStep = Shop.Define(1501, "SECOND_STEP", catalog.Spec{
		Title: "One more step", Detail: "Confirm by {{.Methods}}.", Params: catalog.Params{Methods},
	})
)

func ExampleList() {
	fmt.Println(SecondStep.New(Methods.Arg([]string{"SMS", "email", "app"})))
	// Output: SECOND_STEP (1501): Confirm by SMS, email, or app
}

var (
	at    = time.Date(2026, time.March, 31, 14, 30, 0, 0, time.UTC)
	Kinds = catalog.Params{
		catalog.String("Text", "socks"),
		catalog.LabelParam("Label", PageField),
		catalog.Int("Count", 1234),
		catalog.Number("Number", 1234.5),
		catalog.Decimal("Decimal", "1234.50"),
		catalog.Percent("Percent", 0.25),
		catalog.Identifier("Identifier", 1234),
		catalog.Bytes("Bytes", 25_000_000),
		catalog.Duration("Span", 90*time.Second),
		catalog.RelativeTime("Wait", 90*time.Second),
		catalog.Date("Date", at),
		catalog.URL("Address", "https://shop.example/"),
		catalog.Literal("Form", "[a-z]+"),
	}

	AllKinds = Forms.Define(2, "ALL_KINDS", catalog.Spec{
		Title: "All kinds",
		Detail: "{{.Text}} | {{.Label}} | {{.Count}} | {{.Number}} | {{.Decimal}} | {{.Percent}} | " +
			"{{.Identifier}} | " +
			"{{.Bytes}} | {{.Span}} | {{.Wait}} | {{.Date}} | {{.Address}} | {{.Form}}",
		Params: Kinds,
	})
)

// Each kind of param, as English has it. Another locale writes the same values in its own way.
func Example_kinds() {
	_, detail, _ := strings.Cut(AllKinds.Example().Error(), ": ")
	for i, text := range strings.Split(detail, " | ") {
		fmt.Printf("%-13s %s\n", Kinds[i].Kind(), text)
	}
	// Output:
	// string        socks
	// label         page
	// int           1,234
	// number        1,234.5
	// number        1,234.50
	// percent       25%
	// identifier    1234
	// bytes         25 MB
	// duration      1 minute, 30 seconds
	// relative-time in 2 minutes
	// date          March 31, 2026
	// url           https://shop.example/
	// literal       [a-z]+
}

var (
	Price  = catalog.Money("Price", catalog.Amount{Digits: "1234.50", Currency: "CAD"})
	Limit  = catalog.Bytes("Limit", 1_000_000).Styled(catalog.Limit)
	Closed = catalog.DateRange("Closed", catalog.Period{
		From: time.Date(2026, time.March, 30, 0, 0, 0, 0, time.UTC),
		To:   time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC),
	})
	Opens = catalog.Time("Opens", time.Date(2026, time.April, 1, 8, 0, 0, 0, time.UTC))

	Styles = Shop.Define(1602, "STYLES", catalog.Spec{
		Title:  "Styles",
		Detail: "{{.Price}} | {{.Limit}} | {{.Closed}} | {{.Opens}}",
		Params: catalog.Params{Price.Styled(catalog.Narrow), Limit, Closed, Opens.Styled(catalog.Short)},
	})
)

func ExampleHandle_Styled() {
	fmt.Println(Styles.New(
		Price.Arg(catalog.Amount{Digits: "-3", Currency: "CAD"}),
		Limit.Arg(1_999_999),
		Closed.Arg(catalog.Period{
			From: time.Date(2026, time.March, 30, 23, 0, 0, 0, time.UTC),
			To:   time.Date(2026, time.April, 1, 0, 0, 0, 0, time.UTC),
		}),
		Opens.Arg(time.Date(2026, time.April, 2, 8, 0, 0, 0, time.FixedZone("CEST", 2*60*60))),
	))
	// Output: STYLES (1602): -$3.00 | 1.9 MB | March 30 – April 1, 2026 | 4/2/26, 8:00 AM GMT+2
}

var (
	Wait = catalog.RelativeTime("Wait", 2*time.Minute)

	TooFast = Shop.Define(1601, "TOO_FAST", catalog.Spec{
		Title: "Too fast", Detail: "Try again {{.Wait}}.", Params: catalog.Params{Wait}, HTTP: 429,
		Retry: catalog.RetryAfter, Action: catalog.ActionRetry,
	})
)

func ExampleRelativeTime() {
	err := TooFast.New(Wait.Arg(90 * time.Second))
	after, _ := err.RetryAfter()
	fmt.Println(err, after)
	// Output: TOO_FAST (1601): Try again in 2 minutes 1m30s
}

func ExampleCodeOf() {
	err := fmt.Errorf("read stock: %w", errors.Join(os.ErrDeadlineExceeded, OutOfStock))
	fmt.Println(catalog.CodeOf(err) == OutOfStock, catalog.CodeOf(io.EOF) == nil)
	// Output: true true
}

func ExampleAsError() {
	err := fmt.Errorf("sell: %w", OutOfStock.New(Left.Arg(3)))
	fmt.Println(catalog.AsError(err).Code().Name())
	// Output: OUT_OF_STOCK
}

func ExampleErrors() {
	err := errors.Join(OutOfStock, io.EOF, fmt.Errorf("news: %w", NewsletterFailed))
	for _, e := range catalog.Errors(err) {
		fmt.Println(e.Code().HTTPStatus(), e.Code().Name())
	}
	// Output:
	// 502 NEWSLETTER_FAILED
	// 409 OUT_OF_STOCK
}

func ExampleDomain_Phrase() {
	n := catalog.Int("N", 3)
	rooms := hotel.Phrase("rooms", catalog.PhraseSpec{
		Text:   "{{.N}} rooms",
		By:     n,
		Forms:  catalog.Forms{One: "one room"},
		Params: catalog.Params{n},
	})
	fmt.Println(rooms.With(n.Arg(1)))
	fmt.Println(rooms.With(n.Arg(2)))
	// Output:
	// one room
	// 2 rooms
}

func ExamplePhraseParam() {
	n := catalog.Int("N", 3)
	beds := hotel.Phrase("beds", catalog.PhraseSpec{Text: "{{.N}} beds", By: n,
		Forms: catalog.Forms{One: "one bed"}, Params: catalog.Params{n}})
	guests := hotel.Phrase("guests", catalog.PhraseSpec{Text: "{{.N}} guests", By: n,
		Forms: catalog.Forms{One: "one guest"}, Params: catalog.Params{n}})
	Beds := catalog.PhraseParam("Beds", beds.With(n.Arg(1)))
	Guests := catalog.PhraseParam("Guests", guests.With(n.Arg(3)))
	tooFew := hotel.Define(1, "TOO_FEW_BEDS", catalog.Spec{
		Title:  "Too few beds",
		Detail: "The room has {{.Beds}} for {{.Guests}}.",
		Params: catalog.Params{Beds, Guests},
	})
	fmt.Println(tooFew.New(Beds.Arg(beds.With(n.Arg(1))), Guests.Arg(guests.With(n.Arg(2)))))
	// Output: TOO_FEW_BEDS (1): The room has one bed for 2 guests
}

var hotel = catalog.NewDomain("hotel")
