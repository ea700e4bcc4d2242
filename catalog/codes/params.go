package codes

import (
	"time"

	"github.com/errlingo/errlingo/catalog"
)

// What an error is about, in words that the reader knows. The labels may be those of another
// domain.
var (
	ObjectType = catalog.LabelParam("ObjectType", KindFile)
	Operation  = catalog.LabelParam("Operation", OperationDelete)
	Field      = catalog.LabelParam("Field", FieldName)
	Provider   = catalog.LabelParam("Provider", ProviderGoogle)
	Quota      = catalog.LabelParam("Quota", QuotaStorage)
)

// What somebody typed or called by a name. Much of it is personal, and marked so by the codes that
// take it.
var (
	ObjectID = catalog.String("ObjectID", "A-1042")
	FileName = catalog.String("FileName", "holiday.jpg").Styled(catalog.FileName)
	Email    = catalog.String("Email", "kim@example.com")
	Username = catalog.String("Username", "kim")
	Value    = catalog.String("Value", "next Sunday")
	Platform = catalog.String("Platform", "iOS")
)

// Names that developers type. They are shown unchanged.
var (
	Class        = catalog.Literal("Class", "Order")
	ClassName    = catalog.Literal("ClassName", "2nd-order")
	Key          = catalog.Literal("Key", "delivery.date")
	Allowed      = catalog.Literal("Allowed", "^[A-Za-z][A-Za-z0-9_]*$") // a regular expression
	Operator     = catalog.Literal("Operator", "$gt")
	FieldType    = catalog.Literal("FieldType", "array")
	ExpectedType = catalog.Literal("ExpectedType", "number")
	ActualType   = catalog.Literal("ActualType", "string")
	Change       = catalog.Literal("Change", "addField")
	ChannelName  = catalog.Literal("ChannelName", "2nd-channel")
	RoleName     = catalog.Literal("RoleName", "2nd-role")
	EventName    = catalog.Literal("EventName", "2nd-event")
	FunctionName = catalog.Literal("FunctionName", "sendInvoice")
	Feature      = catalog.Literal("Feature", "$nearSphere")
	InitCall     = catalog.Literal("InitCall", "client.Init")
	Storage      = catalog.Literal("Storage", "localStorage")
	Host         = catalog.Literal("Host", "api.example.com")
	RequestID    = catalog.Literal("RequestID", "b3c1f0a2")
	// what links an answer to the line in the log
	Reference = catalog.Literal("Reference", "0f5d1c7e")
)

// Sizes in bytes.
var (
	Size         = catalog.Bytes("Size", int64(31_000_000))
	SizeLimit    = catalog.Bytes("SizeLimit", int64(25_000_000)).Styled(catalog.Limit)
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
	Offset       = catalog.Identifier("Offset", int64(17)) // in bytes, from the start of the data
)

// Spans of time and moments.
var (
	RetryAfter = catalog.RelativeTime("RetryAfter", 2*time.Minute)
	TimeLimit  = catalog.Duration("TimeLimit", 30*time.Second)
	Window     = catalog.Duration("Window", time.Hour) // in which RequestLimit counts
	PushTime   = catalog.Time("PushTime", time.Date(2026, time.November, 22, 16, 5, 0, 0, time.UTC))
	Earliest   = catalog.Time("Earliest", time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC))
	Latest     = catalog.Time("Latest", time.Date(2026, time.December, 7, 8, 0, 0, 0, time.UTC))
)

// What there is to choose from, and what must not be.
var (
	Formats    = catalog.List(catalog.Or, catalog.String("Formats", "JPEG"), "PNG", "WebP")
	MediaTypes = catalog.List(catalog.Or, catalog.Literal("MediaTypes", "image/jpeg"), "image/png")
	Forbidden  = catalog.List(catalog.Or, catalog.Literal("Forbidden", "$"), "#") // characters
	Methods    = catalog.List(catalog.Or, catalog.LabelParam("Methods", MethodApp), MethodSMS)
	Supported  = catalog.List(catalog.Or, catalog.LabelParam("Supported", ProviderApple),
		ProviderGoogle, ProviderMicrosoft)
)

// Web addresses.
var (
	SignupURL  = catalog.URL("SignupURL", "https://api.example.com/signup")
	LoginURL   = catalog.URL("LoginURL", "https://www.example.com/login")
	UpgradeURL = catalog.URL("UpgradeURL", "https://www.example.com/plans")
)
