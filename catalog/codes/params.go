package codes

import (
	"time"

	"github.com/errlingo/errlingo/catalog"
)

// What an error is about, in words that the reader knows. The labels may be those of another domain.
var (
	ObjectType = catalog.Label("ObjectType", KindFile)
	Operation  = catalog.Label("Operation", OperationDelete)
	Field      = catalog.Label("Field", FieldName)
	Provider   = catalog.Label("Provider", ProviderGoogle)
	Quota      = catalog.Label("Quota", QuotaStorage)
)

// What somebody typed or called by a name. Much of it is personal, and marked so by the codes that take it.
var (
	ObjectID = catalog.String("ObjectID", "A-1042")
	FileName = catalog.String("FileName", "holiday.jpg")
	Email    = catalog.String("Email", "kim@example.com")
	Username = catalog.String("Username", "kim")
	Value    = catalog.String("Value", "next Sunday")
	Platform = catalog.String("Platform", "iOS")
)

// Names that developers type. They are shown as they stand.
var (
	Class        = catalog.Verbatim("Class", "Order")
	ClassName    = catalog.Verbatim("ClassName", "2nd-order")
	Key          = catalog.Verbatim("Key", "delivery.date")
	Allowed      = catalog.Verbatim("Allowed", "^[A-Za-z][A-Za-z0-9_]*$") // a regular expression
	Operator     = catalog.Verbatim("Operator", "$gt")
	FieldType    = catalog.Verbatim("FieldType", "array")
	ExpectedType = catalog.Verbatim("ExpectedType", "number")
	ActualType   = catalog.Verbatim("ActualType", "string")
	Change       = catalog.Verbatim("Change", "addField")
	ChannelName  = catalog.Verbatim("ChannelName", "2nd-channel")
	RoleName     = catalog.Verbatim("RoleName", "2nd-role")
	EventName    = catalog.Verbatim("EventName", "2nd-event")
	FunctionName = catalog.Verbatim("FunctionName", "sendInvoice")
	Feature      = catalog.Verbatim("Feature", "$nearSphere")
	InitCall     = catalog.Verbatim("InitCall", "client.Init")
	Storage      = catalog.Verbatim("Storage", "localStorage")
	Host         = catalog.Verbatim("Host", "api.example.com")
	RequestID    = catalog.Verbatim("RequestID", "b3c1f0a2")
	Reference    = catalog.Verbatim("Reference", "0f5d1c7e") // what links an answer to the line in the log
)

// Sizes in bytes.
var (
	Size         = catalog.Bytes("Size", int64(31_000_000))
	SizeLimit    = catalog.Bytes("SizeLimit", int64(25_000_000))
	DeclaredSize = catalog.Bytes("DeclaredSize", int64(25_000_000))
	ReceivedSize = catalog.Bytes("ReceivedSize", int64(18_000_000))
)

// Counts and positions.
var (
	Count        = catalog.Int("Count", 3)
	Total        = catalog.Int("Total", 20)
	AttemptsLeft = catalog.Int("AttemptsLeft", 2)
	MinLength    = catalog.Int("MinLength", 1) // in characters
	MaxLength    = catalog.Int("MaxLength", 128)
	RequestLimit = catalog.Int("RequestLimit", 100)
	QuotaUsed    = catalog.Int("QuotaUsed", int64(5000))
	QuotaLimit   = catalog.Int("QuotaLimit", int64(5000))
	Offset       = catalog.Plain("Offset", int64(17)) // in bytes, from the start of the data
)

// Spans of time and moments.
var (
	RetryAfter = catalog.In("RetryAfter", 2*time.Minute)
	TimeLimit  = catalog.Duration("TimeLimit", 30*time.Second)
	Window     = catalog.Duration("Window", time.Hour) // in which RequestLimit counts
	PushTime   = catalog.Time("PushTime", time.Date(2026, time.November, 22, 16, 5, 0, 0, time.UTC))
	Earliest   = catalog.Time("Earliest", time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC))
	Latest     = catalog.Time("Latest", time.Date(2026, time.December, 7, 8, 0, 0, 0, time.UTC))
)

// What there is to choose from, and what must not be.
var (
	Formats    = catalog.List(catalog.Or, catalog.String("Formats", "JPEG"), "PNG", "WebP")
	MediaTypes = catalog.List(catalog.Or, catalog.Verbatim("MediaTypes", "image/jpeg"), "image/png")
	Forbidden  = catalog.List(catalog.Or, catalog.Verbatim("Forbidden", "$"), ".") // characters
	Methods    = catalog.List(catalog.Or, catalog.Label("Methods", MethodApp), MethodSMS)
	Supported  = catalog.List(catalog.Or, catalog.Label("Supported", ProviderApple), ProviderGoogle, ProviderMicrosoft)
)

// Web addresses.
var (
	SignupURL  = catalog.URL("SignupURL", "https://api.example.com/signup")
	LoginURL   = catalog.URL("LoginURL", "https://www.example.com/login")
	UpgradeURL = catalog.URL("UpgradeURL", "https://www.example.com/plans")
)
